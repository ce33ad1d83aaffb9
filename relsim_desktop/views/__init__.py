"""Widgets: layout, painting and wiring."""
