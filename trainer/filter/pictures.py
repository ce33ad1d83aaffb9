"""Decodes records in threads, ahead of whoever scores them, and says of each why it cannot be."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import NamedTuple, Protocol

from PIL.Image import Image

from engine.errors import DecodeError
from engine.imaging import decode
from engine.types import UInt8
from trainer.data.drops import Drop
from trainer.data.records import Record, content_of


class Preparing(Protocol):
    """The part of an embedder or a scorer that a decoding thread needs."""

    @property
    def batch_size(self) -> int:
        """How many pictures make a batch."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn a picture into the model's input. Any thread."""
        ...


class Batch(NamedTuple):
    """Some of the records, in their order.

    Attributes:
        records: Those that could be read.
        pictures: Prepared, one for each of those.
        drops: Those that could not.
    """

    records: list[Record]
    pictures: list[UInt8]
    drops: list[Drop]


def prepared_batches(
    records: Iterable[Record], model: Preparing, *, threads: int
) -> Iterator[Batch]:
    """Decode and prepare every record's picture.

    Args:
        records: Read as they are needed.
        model: What the pictures are for.
        threads: How many decode. Two batches are made ready ahead, which bounds the memory.
    """

    def prepared(record: Record) -> UInt8 | Drop:
        try:
            image = decode(content_of(record.source), min_side=model.min_side)
        except DecodeError as error:
            return Drop("unreadable", record.key, str(error))
        return model.prepare(image)

    waiting = iter(records)
    pool = ThreadPoolExecutor(threads, thread_name_prefix="decode")
    ahead: deque[tuple[Record, Future[UInt8 | Drop]]] = deque()
    try:
        while True:
            for record in islice(waiting, 3 * model.batch_size - len(ahead)):
                ahead.append((record, pool.submit(prepared, record)))
            if not ahead:
                return
            batch = Batch([], [], [])
            while ahead and len(batch.pictures) < model.batch_size:
                record, future = ahead.popleft()
                outcome = future.result()
                if isinstance(outcome, Drop):
                    batch.drops.append(outcome)
                else:
                    batch.records.append(record)
                    batch.pictures.append(outcome)
            yield batch
    finally:
        pool.shutdown(cancel_futures=True)
