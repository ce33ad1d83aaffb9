"""The relational embedding engine, usable without the desktop. Imports no torch and no Qt."""
