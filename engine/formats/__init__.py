"""Picture formats beyond what Pillow reads, and what is told of a file."""
