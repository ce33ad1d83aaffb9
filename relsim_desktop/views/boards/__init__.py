"""Boards: their list, grid and canvas, and taking them away."""
