"""Scores by every model, and of many pictures with one another."""
