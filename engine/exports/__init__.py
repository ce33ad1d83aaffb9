"""Boards taken away from the library: as a page to look at, or as a folder of pictures."""
