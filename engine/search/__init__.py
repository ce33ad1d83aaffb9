"""Vectors, their index, and ranking by them."""
