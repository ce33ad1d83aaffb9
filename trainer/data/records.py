"""A picture with what is known of it, and the places where its bytes can lie."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from engine.errors import DecodeError, KnownError
from engine.imaging import decode
from trainer.data.drops import Drops

if TYPE_CHECKING:
    from PIL.Image import Image

Field = Literal["caption", "conventional", "label", "group", "relation", "url"]
"""What a record can have beside its picture."""


@dataclass(frozen=True, slots=True)
class Slice:
    """Bytes inside a tar that is not compressed: random access without unpacking.

    Attributes:
        path: The shard.
        offset: Where the bytes begin.
        size: How many there are.
        name: The member's name.
    """

    path: Path
    offset: int
    size: int
    name: str

    @property
    def place(self) -> str:
        """Where in the shard, as a text."""
        return f"{self.offset}+{self.size}"

    def read(self) -> bytes:
        """The bytes.

        Raises:
            DecodeError: If the shard is gone, or shorter than it was.
        """
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                content = file.read(self.size)
        except OSError as error:
            raise DecodeError(f"the shard cannot be read: {error.strerror}") from error
        if len(content) < self.size:
            raise DecodeError("the shard ends before the picture does")
        return content


@dataclass(frozen=True, slots=True)
class Cell:
    """Bytes in a column of a parquet file, which is read one row group at a time.

    Attributes:
        path: The file.
        column: Name of the column; with a dot and a field's name after it for a struct.
        row_group: Which one, from 0.
        row: Which row in it, from 0.
    """

    path: Path
    column: str
    row_group: int
    row: int

    @property
    def place(self) -> str:
        """Where in the file, as a text."""
        return f"{self.column}/{self.row_group}/{self.row}"

    def read(self) -> bytes:
        """The bytes.

        Raises:
            DecodeError: If the file is gone or damaged, or there are no bytes in the row.
        """
        content = _column(self.path, self.column, self.row_group)[self.row]
        if not content:
            raise DecodeError("the row holds no picture")
        return content


Source = Path | Slice | Cell
"""Where the bytes of a picture lie: a file, or something with a method `read`."""


@lru_cache(maxsize=2)
def _column(path: Path, column: str, row_group: int) -> list[bytes | None]:
    """One column of a row group; neighbors are usually asked for together."""
    import pyarrow
    from pyarrow import parquet

    name, _, field = column.partition(".")
    try:
        with parquet.ParquetFile(path) as file:
            chunk = file.read_row_group(row_group, columns=[column]).column(name).combine_chunks()
    except (OSError, pyarrow.ArrowException, KeyError) as error:
        raise DecodeError(f"the table cannot be read: {error}") from error
    values: list[bytes | None] = (chunk.field(field) if field else chunk).to_pylist()
    return values


@dataclass(frozen=True, slots=True)
class Record:
    """A picture with what is known of it.

    Attributes:
        key: Unique in its collection: image hash, path relative to the folder, or key in a shard.
        source: Where the picture's bytes lie.
        caption: Anonymous caption; never blank.
        conventional: Caption that names what is seen; never blank.
        label: Whether there is a transferable relational pattern in it.
        group: Images of one group share one logic.
        relation: Ground truth of drawn scenes.
        url: Where the picture was found.
        content: Content id of the picture's bytes; known once it is verified.
    """

    key: str
    source: Source
    caption: str | None = None
    conventional: str | None = None
    label: bool | None = None
    group: str | None = None
    relation: str | None = None
    url: str | None = None
    content: str | None = None


FIELDS: Final = tuple(f.name for f in fields(Record) if f.name not in ("key", "source", "content"))


@dataclass(frozen=True, slots=True)
class Collection:
    """Records, and what was left out; ``found == len(records) + drops.total``, always.

    Attributes:
        name: What the user calls it.
        records: In the order of the source, with keys that differ.
        drops: Everything that was left out.
        found: How many pictures the source spoke of.
        kind: What was recognised, in words.
    """

    name: str
    records: tuple[Record, ...]
    drops: Drops
    found: int
    kind: str = "records"

    def __post_init__(self) -> None:
        assert self.found == len(self.records) + self.drops.total, "a record got lost"

    def require_some(self) -> Collection:
        """The collection itself.

        Raises:
            KnownError: If there is no record in it.
        """
        if self.records:
            return self
        if not self.found:
            raise KnownError(f"{self.name} is empty: there is no picture in it")
        reason = next(iter(self.drops.counts()))
        example = self.drops.examples(reason, 1)[0]
        raise KnownError(
            f"Nothing of {self.name} can be used: {self.drops.summary()} (for example"
            f" {example.key}: {example.detail or reason})"
        )


def content_of(source: Source) -> Path | bytes:
    """What `engine.imaging.decode` takes.

    Raises:
        DecodeError: If the bytes cannot be read.
    """
    return source if isinstance(source, Path) else source.read()


def load_picture(record: Record, *, min_side: int) -> Image:
    """Decode a record's picture.

    Args:
        record: One that was verified.
        min_side: Pixels that the shorter side keeps if it has them; see `engine.imaging.decode`.

    Returns:
        RGB, upright.

    Raises:
        KnownError: If it cannot be read any more.
    """
    try:
        return decode(content_of(record.source), min_side=min_side)
    except DecodeError as error:
        raise KnownError(
            f"The picture {record.key} could be read at the start and cannot be now ({error}):"
            " restore it, then resume"
        ) from error
