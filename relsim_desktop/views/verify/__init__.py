"""Groups, verified by a person."""
