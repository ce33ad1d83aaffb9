"""A library with the tiny embedder, and a folder of pictures beside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from tiny_embedder import TinyEmbedder, draw_picture

from engine.jobs import JobControl
from engine.library.pipeline import IndexingPipeline
from engine.model_thread import ModelThread
from engine.store import Store
from engine.types import Float32, IndexReport


class Library:
    """See above; it must be closed."""

    def __init__(self, directory: Path) -> None:
        self.pictures = directory / "pictures"
        self.pictures.mkdir()
        self.store = Store.open(directory / "library")
        self.embedder = TinyEmbedder()
        self.models = ModelThread(lambda: self.embedder)
        self.batches: list[tuple[np.ndarray, Float32]] = []

    def close(self) -> None:
        self.models.close()
        self.store.close()

    def pipeline(self, **options: object) -> IndexingPipeline:
        return IndexingPipeline(
            self.store,
            self.models,
            relational=self.embedder.fingerprint,
            attribute=self.embedder.attribute_fingerprint,
            on_batch=lambda ids, relational: self.batches.append((ids, relational)),
            **options,  # type: ignore[arg-type]
        )

    def index(
        self,
        *roots: Path,
        control: JobControl | None = None,
        on_scanned: Callable[[], None] | None = None,
    ) -> IndexReport:
        report = self.pipeline().run(list(roots) or [self.pictures], control, on_scanned)
        failed = len(report.failed)
        assert report.found == report.indexed + report.reused + failed + report.skipped
        assert self.store.problems() == []
        return report

    def draw(self, *names: str) -> list[Path]:
        return [draw_picture(self.pictures / name, seed=hash_of(name)) for name in names]

    def states(self) -> dict[str, str]:
        return {
            entry.path.relative_to(self.pictures).as_posix(): entry.state
            for entry in self.store.files()
        }


def hash_of(name: str) -> int:
    return int.from_bytes(name.encode(), "little")


def counts(report: IndexReport) -> tuple[int, int, int, int]:
    return report.indexed, report.reused, len(report.failed), report.skipped


def names(n: int) -> list[str]:
    return [f"{i:03}.png" for i in range(n)]
