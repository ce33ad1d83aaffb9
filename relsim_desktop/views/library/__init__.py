"""The folders of a library, its rules, its health."""
