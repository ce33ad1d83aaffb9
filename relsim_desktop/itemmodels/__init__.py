"""Qt item models over plain lists of the engine's values."""
