"""The library on disk: SQLite is the truth, everything else is a cache."""
