"""Chains of analogies, and the walk so far."""
