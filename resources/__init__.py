"""Data that ships with the program: models, captions, sample pictures, icons. No other code."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent
"""Folder that holds the data; the wheel is always installed unpacked."""
