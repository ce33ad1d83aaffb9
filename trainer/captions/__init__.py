"""Data that the engine reads about captions: made here, from sources that do not ship."""
