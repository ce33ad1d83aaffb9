"""Scans shards with a filter on one machine; the result of each is written once."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, Protocol, TypeAlias

from engine.errors import KnownError
from trainer.filter.pictures import prepared_batches
from trainer.filter.scanning_plan import Shard
from trainer.filter.scanning_results import Counts, ShardResult, counts_of, read_header
from trainer.filter.scorer import Scorer


class Loading(Protocol):
    """A scorer that is not loaded, as `ScorerSpec` is: hashable, and it can be pickled."""

    @property
    def key(self) -> str:
        """Of the scorer."""
        ...

    def __hash__(self) -> int: ...

    def load(self, *, threads: int | None = None, device: str | None = None) -> Scorer:
        """Load it in this process."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """What every process of a scan has to know. It can be pickled.

    Attributes:
        spec: The scorer.
        out: Folder of the results, one file a shard; it is there, and on a cluster every node sees
            it under this path.
        threshold: The lowest score that is kept.
        threads: Processor threads that decode, and as many that score.
        device: Where a VLM runs; None for the best there is.
    """

    spec: Loading
    out: Path
    threshold: float
    threads: int = 1
    device: str | None = None

    def result(self, shard: str) -> Path:
        """Where a shard's result lies."""
        return self.out / f"{shard}.jsonl"


class Outcome(NamedTuple):
    """What became of a shard.

    Attributes:
        shard: Its name.
        counts: Of its pictures; none if there is an error.
        error: Why it could not be scanned, in words; else empty.
        node: Where it was scanned, if a cluster did.
    """

    shard: str
    counts: Counts
    error: str = ""
    node: str = ""


Runner: TypeAlias = Callable[[Job, Sequence[Shard]], Iterator[Outcome]]
"""Scans shards in any order, and tells of each when its result is there."""


def scan_here(job: Job, shards: Sequence[Shard]) -> Iterator[Outcome]:
    """Scan one shard after the other in this process.

    Raises:
        ModelError: As `scan_shard`.
    """
    for shard in shards:
        yield scan_shard(job, shard)


def scan_shard(job: Job, shard: Shard) -> Outcome:
    """Scan a shard in this process, unless its result is there.

    Returns:
        The outcome, which is an error where the shard cannot be read or its result not be written:
        the other shards are scanned all the same.

    Raises:
        ModelError: If the scorer cannot be loaded, which no other shard would change.
    """
    path = job.result(shard.name)
    if not job.out.is_dir():
        where = f"{job.out} is not there on {platform.node()}"
        text = f"{where}: all nodes must see the source and the results under the same paths"
        return Outcome(shard.name, Counts(), text)
    try:
        if (header := read_header(path)) is not None:
            return Outcome(shard.name, counts_of(header))
        opened = shard.opened()
    except KnownError as error:
        return Outcome(shard.name, Counts(), str(error))
    result = ShardResult(shard, job.spec.key, job.threshold)
    _score(opened, _scorer(job.spec, job.threads, job.device), job.threads, result)
    try:
        result.write(path)
    except OSError as error:
        text = f"{path} cannot be written: {error.strerror or error}"
        return Outcome(shard.name, Counts(), text)
    return Outcome(shard.name, result.counts)


@lru_cache(maxsize=1)
def _scorer(spec: Loading, threads: int, device: str | None) -> Scorer:
    """Loaded once a process, however many shards that scans."""
    return spec.load(threads=threads, device=device)


def _score(shard: Shard, scorer: Scorer, threads: int, result: ShardResult) -> None:
    for drop in shard.drops:
        result.drop(drop)
    for batch in prepared_batches(shard.records, scorer, threads=threads):
        for drop in batch.drops:
            result.drop(drop)
        if batch.pictures:
            scores = scorer.score(batch.pictures).tolist()
            for record, score in zip(batch.records, scores, strict=True):
                result.scored(record, score)
