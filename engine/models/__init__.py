"""Models that the engine can load."""
