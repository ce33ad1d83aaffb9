"""Verdicts: their marks, keys and page."""
