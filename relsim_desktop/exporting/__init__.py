"""Boards drawn as pictures and pages, in worker threads: `QImage` and `QPainter` only."""
