"""Folders and their files: scanned, watched, indexed, told apart, kept healthy."""
