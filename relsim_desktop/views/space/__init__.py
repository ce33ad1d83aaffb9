"""The similarity space of a query."""
