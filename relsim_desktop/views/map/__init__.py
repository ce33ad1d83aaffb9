"""The library as a map of groups."""
