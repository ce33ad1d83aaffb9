"""Help and the list of keys."""
