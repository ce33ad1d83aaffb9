"""The database that methods search: distinct pictures of a test half and of distractors."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from engine.jobs import JobControl
from trainer.data.checking import verify
from trainer.data.collection import open_collection
from trainer.data.records import Collection, Record
from trainer.progress import Reporter

LEAST = 2
"""Pictures: a query, and something else to find."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the pictures come from.

    Attributes:
        tests: The test half, from which queries are drawn; what `open_collection` reads.
        distractors: The other half, if any.
        images: Where the pictures of a list of the test half lie, if not beside it.
        distractor_images: The same for the distractors.
    """

    tests: str
    distractors: str | None = None
    images: Path | None = None
    distractor_images: Path | None = None


@dataclass(frozen=True, slots=True)
class Database:
    """Distinct pictures, ordered by content id, so that no order of files decides a tie.

    Attributes:
        records: Verified records, one a content id, ascending by it.
        tests: Content ids of the test half.
        copies: Records that were left out because their content was there already.
        dropped: What could not be used, counted by reason.
        names: Of the collections.
    """

    records: tuple[Record, ...]
    tests: frozenset[str]
    copies: int
    dropped: dict[str, int]
    names: tuple[str, ...]

    @classmethod
    def of(cls, collections: Iterable[Collection]) -> Database:
        """Put verified collections together, the test half first.

        Raises:
            KnownError: If there are fewer than `LEAST` distinct pictures.
        """
        distinct: dict[str, Record] = {}
        tests: frozenset[str] | None = None
        dropped: Counter[str] = Counter()
        names, seen = [], 0
        for collection in collections:
            for record in collection.records:
                assert record.content is not None, "verified records have content ids"
                distinct.setdefault(record.content, record)
            tests = frozenset(distinct) if tests is None else tests
            seen += len(collection.records)
            dropped += Counter(collection.drops.counts())
            names.append(collection.name)
        if len(distinct) < LEAST:
            raise KnownError(
                f"{' and '.join(names)} hold {len(distinct)} distinct picture: a search needs"
                f" {LEAST} or more"
            )
        records = tuple(distinct[content] for content in sorted(distinct))
        copies = seen - len(records)
        return cls(records, tests or frozenset(), copies, dict(dropped), tuple(names))

    @property
    def contents(self) -> list[str]:
        """The content ids of all records, in their order."""
        return [str(record.content) for record in self.records]

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal, over the content ids: the same pictures, the same digest."""
        return hashlib.sha256("\n".join(self.contents).encode()).hexdigest()

    def by_content(self) -> dict[str, Record]:
        """Every record by its content id."""
        return dict(zip(self.contents, self.records, strict=True))

    def document(self) -> dict[str, Any]:
        """For JSON: what there is."""
        return {
            "collections": list(self.names),
            "pictures": len(self.records),
            "tests": len(self.tests),
            "distractors": len(self.records) - len(self.tests),
            "copies": self.copies,
            "dropped": dict(self.dropped),
            "digest": self.digest,
        }


def open_database(
    sources: Sources,
    reporter: Reporter,
    *,
    cache: Path | None = None,
    workers: int = 1,
    control: JobControl | None = None,
) -> Database:
    """Read and verify the pictures.

    Args:
        sources: Where they come from.
        reporter: Is told how far it is.
        cache: A file that remembers what was verified.
        workers: Processes that decode.
        control: Checked while lists are read.

    Raises:
        KnownError: If a source cannot be read, or holds too little.
        Cancelled: If `control` was told to cancel.
    """
    opened = [open_collection(sources.tests, images=sources.images, control=control)]
    if sources.distractors is not None:
        images = sources.distractor_images
        opened.append(open_collection(sources.distractors, images=images, control=control))
    return Database.of(
        verify(one, cache=cache, workers=workers, reporter=reporter) for one in opened
    )


def sample_queries(database: Database, count: int, seed: int) -> tuple[str, ...]:
    """Draw queries from the test half.

    Which ones depends on contents and the seed, not on the order of files; more queries of one seed
    contain the fewer.

    Args:
        database: What is searched.
        count: How many; all of the test half if it has fewer.
        seed: Another seed, another sample.

    Returns:
        Content ids, in the order in which they were drawn.
    """

    def lot(content: str) -> bytes:
        return hashlib.blake2b(f"{seed}:{content}".encode(), digest_size=16).digest()

    return tuple(sorted(database.tests, key=lot)[:count])
