"""The tour for a first start."""
