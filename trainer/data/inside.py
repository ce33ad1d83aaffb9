"""Our own lists of pictures, which may lie inside shards and tables."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from trainer.data.records import FIELDS, Cell, Record, Slice, Source
from trainer.data.rows import Row
from trainer.data.shards import index_shard
from trainer.data.tables import open_table
from trainer.files import write_atomically

FORMAT: Final = "relsim-list"
VERSION: Final = 1


def write_list(path: Path, records: Iterable[Record]) -> None:
    """Write records so that `open_collection` reads them again, wherever their pictures lie.

    Raises:
        OSError: If the file cannot be written.
    """
    lines: list[dict[str, Any]] = [{"format": FORMAT, "version": VERSION}]
    for record in records:
        said = {name: getattr(record, name) for name in FIELDS}
        line = {"key": record.key, **_place(record.source)}
        lines.append(line | {name: value for name, value in said.items() if value is not None})
    write_atomically(path, "".join(json.dumps(line) + "\n" for line in lines).encode())


def _place(source: Source) -> dict[str, Any]:
    match source:
        case Slice():
            return {"archive": str(source.path.absolute()), "member": source.name}
        case Cell():
            table = str(source.path.absolute())
            return {"table": table, "row_group": source.row_group, "row": source.row}
    return {"file": str(source.absolute())}


class InsidePictures:
    """Finds the pictures of rows that lie in shards and tables.

    Args:
        folder: Of the list, from which relative paths lead.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._members: dict[Path, dict[str, Slice]] = {}
        self._columns: dict[Path, str | None] = {}
        self.where = "its shard or table does not hold it any more"

    def find(self, row: Row) -> Source | None:
        """Where a row's picture lies; None if it does not lie there."""
        assert row.inside is not None
        path = self._folder / row.inside.path
        try:
            if row.inside.member is not None:
                return self._slices(path).get(row.inside.member)
            if path not in self._columns:
                self._columns[path] = open_table(path).pictures
        except KnownError:  # one lost shard of a thousand must not end it
            self._members.setdefault(path, {})
            self._columns.setdefault(path, None)
        column = self._columns.get(path)
        return Cell(path, column, row.inside.row_group, row.inside.row) if column else None

    def _slices(self, path: Path) -> dict[str, Slice]:
        if path not in self._members:
            samples = (sample for sample in index_shard(path) if sample.reason is None)
            self._members[path] = {s.name: Slice(path, s.offset, s.size, s.name) for s in samples}
        return self._members[path]
