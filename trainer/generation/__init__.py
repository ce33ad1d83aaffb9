"""Analogical image generation: making triplets, and measuring them as the paper does."""
