"""Many pictures scored with one another."""
