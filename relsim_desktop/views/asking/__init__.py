"""The question, its parts and terms, and the answers."""
