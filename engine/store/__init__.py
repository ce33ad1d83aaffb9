"""The library on disk: SQLite is the truth, everything else is a cache."""

from engine.store.intake import Batch, Embedded, FileToRead, Intake, Plan
from engine.store.store import Store, StoreCounts

__all__ = ["Batch", "Embedded", "FileToRead", "Intake", "Plan", "Store", "StoreCounts"]
