"""The library in groups by logic, and chains of analogies through it."""
