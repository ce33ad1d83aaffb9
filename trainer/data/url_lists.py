"""Lists of URLs of any length: read as a stream, twice, never held as a whole."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import KnownError
from trainer.data.lists import MAX_LINE, Line, is_groups_file, read_document, read_lines
from trainer.data.rows import Row, RowError, url_key
from trainer.data.tables import open_table, table_paths, table_rows
from trainer.progress import Reporter

_NOTE_EVERY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class UrlList:
    """A list that was read once.

    Attributes:
        source: File or folder.
        rows: How many there are, unusable ones included.
        repeated: bool ``[rows]``: whether a row's key or URL was there before.
        digest: 32 hexadecimal digits over keys and URLs in their order.
    """

    source: Path
    rows: int
    repeated: NDArray[np.bool_]
    digest: str

    def lines(self) -> Iterator[Line]:
        """The rows, read anew.

        Raises:
            KnownError: If the list cannot be read any more.
        """
        return _lines(self.source)


def open_urls(source: Path, reporter: Reporter) -> UrlList:
    """Read a list of URLs once: parquet, a folder of parquet, JSON lines, JSON, or plain text.

    At most 60 bytes of memory a row: 1 GB for 16 million.

    Raises:
        KnownError: If it is no such list, cannot be read, or is empty.
    """
    digest = hashlib.blake2b(digest_size=16)
    keys, urls = array("q"), array("q")
    for number, (place, row) in enumerate(_lines(source)):
        if isinstance(row, RowError):
            digest.update(b"\n")
            # Such a row is like no other, not like those with the same mistake.
            key, url = f"{place} {number}", f"{place} {number}"
        else:
            key, url = row.key, row.url or f"{place} {number}"
            digest.update(f"{key} {url}\n".encode(errors="replace"))
        keys.append(hash(key))
        urls.append(hash(url))
        if (number + 1) % _NOTE_EVERY == 0:
            reporter.note(f"Reading the list: {number + 1:,} rows")
    if not keys:
        raise KnownError(f"{source} is empty: there is no URL in it")
    repeated = _repeated(keys) | _repeated(urls)
    return UrlList(source, len(keys), repeated, digest.hexdigest())


def _repeated(hashes: array[int]) -> NDArray[np.bool_]:
    """Which values were there before; 64 bits, so that two different ones hardly ever meet."""
    values = np.frombuffer(hashes, np.int64)
    repeated = np.ones(len(values), np.bool_)
    repeated[np.unique(values, return_index=True)[1]] = False
    return repeated


def _lines(source: Path) -> Iterator[Line]:
    tables = table_paths(source)
    suffix = source.suffix.lower()
    if tables:
        yield from table_rows([open_table(path) for path in tables])
    elif not source.is_file():
        raise KnownError(f"There is no list of URLs {source}: give .parquet, .jsonl, .json or .txt")
    elif suffix in (".jsonl", ".ndjson"):
        if is_groups_file(source):
            raise KnownError(f"{source} is a groups file: its images lie on this computer")
        yield from read_lines(source)
    elif suffix == ".json":
        yield from read_document(source)[1]
    elif suffix == ".txt":
        yield from _text(source)
    else:
        raise KnownError(f"{source} is no list of URLs: give .parquet, .jsonl, .json or .txt")


def _text(source: Path) -> Iterator[Line]:
    """One URL a line; blank lines and those that begin with # are passed over."""
    try:
        with source.open(encoding="utf-8-sig", errors="replace") as file:
            for number, line in enumerate(iter(lambda: file.readline(MAX_LINE), ""), start=1):
                url = line.strip()
                if url and not url.startswith("#"):
                    yield f"line {number}", Row(url_key(url), url=url)
    except OSError as error:
        raise KnownError(f"{source} cannot be read: {error.strerror}") from error
