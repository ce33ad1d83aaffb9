"""Parquet tables: of URLs, as LAION is published, or with the pictures inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from engine.errors import KnownError
from trainer.data.gathering import Gathering
from trainer.data.records import Cell
from trainer.data.rows import NAMES, Row, RowError, parse_row

if TYPE_CHECKING:
    import pyarrow

_BATCH: Final = 8192  # rows in memory at a time
_KNOWN: Final = frozenset(name for names in NAMES.values() for name in names)


@dataclass(frozen=True, slots=True)
class Table:
    """What one parquet file has.

    Attributes:
        path: The file.
        rows: How many it has.
        columns: Those that say something of a picture.
        pictures: The column with pictures' bytes (see `Cell.column`), or None.
    """

    path: Path
    rows: int
    columns: tuple[str, ...]
    pictures: str | None


def table_paths(source: Path) -> list[Path]:
    """The parquet files that a path means: itself, or those in a folder, sorted; else none."""
    if source.is_dir():
        return sorted(path for path in source.iterdir() if path.suffix.lower() == ".parquet")
    return [source] if source.suffix.lower() == ".parquet" else []


def open_table(path: Path) -> Table:
    """Look at a table's schema; no row is read.

    Raises:
        KnownError: If it cannot be read, or has neither pictures, nor their names, nor URLs.
    """
    with _reading(path) as file:
        schema, rows = file.schema_arrow, file.metadata.num_rows
        columns, pictures = [], None
        for field in schema:
            inner = _bytes_column(field)
            if inner is not None:
                pictures = pictures or inner
            elif field.name.lower() in _KNOWN:
                columns.append(field.name)
    lowered = {name.lower() for name in columns}
    wanted = [name for kind in ("url", "file", "key") for name in NAMES[kind]]
    if pictures is None and not lowered & set(wanted):
        raise KnownError(
            f"{path} has the columns {', '.join(schema.names)[:200]}; none holds pictures, and"
            f" none is called {', '.join(wanted)}: rename one"
        )
    return Table(path, rows, tuple(columns), pictures)


def table_rows(tables: Sequence[Table]) -> Iterator[tuple[str, Row | RowError]]:
    """The rows of tables, read in batches; where each stands, and it or what is wrong with it.

    Raises:
        KnownError: If a table cannot be read to its end.
    """
    for table in tables:
        with _reading(table.path) as file:
            number = 0
            for batch in file.iter_batches(_BATCH, columns=list(table.columns)):
                for fields in batch.to_pylist():
                    yield _row(table, number, fields)
                    number += 1


def gather_table(tables: Sequence[Table], gathering: Gathering) -> None:
    """Take the rows of tables that hold pictures. A row without a key is named by its place.

    Raises:
        KnownError: If a table cannot be read to its end.
    """
    for table in tables:
        assert table.pictures is not None
        with _reading(table.path) as file:
            for group in range(file.metadata.num_row_groups):
                _gather_group(table, file, group, gathering)


def _gather_group(table: Table, file: Any, group: int, gathering: Gathering) -> None:
    number = 0
    if not table.columns:  # a batch of no columns has no rows either
        nothing: list[Mapping[str, Any]] = [{}] * file.metadata.row_group(group).num_rows
        batches: Iterator[Sequence[Mapping[str, Any]]] = iter([nothing])
    else:
        read = file.iter_batches(_BATCH, row_groups=[group], columns=list(table.columns))
        batches = (batch.to_pylist() for batch in read)
    assert table.pictures is not None
    for batch in batches:
        for fields in batch:
            place = f"{table.path.stem}/{group}/{number}"
            named = any(fields.get(name) for name in table.columns if name.lower() in NAMES["key"])
            try:
                row = parse_row(fields, None if named else place)
            except RowError as error:
                gathering.refuse(error, place)
            else:
                gathering.take(row, Cell(table.path, table.pictures, group, number))
            number += 1


def _row(table: Table, number: int, fields: Mapping[str, Any]) -> tuple[str, Row | RowError]:
    place = f"{table.path.name}, row {number}"
    try:
        return place, parse_row(fields)
    except RowError as error:
        return place, error


def _bytes_column(field: pyarrow.Field) -> str | None:
    """The column with bytes that a field is or has, as Hugging Face data sets have it."""
    import pyarrow

    def is_bytes(kind: pyarrow.DataType) -> bool:
        return bool(pyarrow.types.is_binary(kind) or pyarrow.types.is_large_binary(kind))

    if is_bytes(field.type):
        return str(field.name)
    if pyarrow.types.is_struct(field.type):
        inner = {child.name: child.type for child in field.type}
        if "bytes" in inner and is_bytes(inner["bytes"]):
            return f"{field.name}.bytes"
    return None


@contextmanager
def _reading(path: Path) -> Iterator[Any]:
    """An open parquet file; what goes wrong with it, also while it is read, is said in words."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise KnownError(
            f"{path} is a parquet table, and pyarrow, which reads it, is not installed: install"
            " relsim-desktop[train]"
        ) from error
    try:
        with parquet.ParquetFile(path) as file:
            yield file
    except (OSError, pyarrow.ArrowException) as error:
        reason = " ".join(str(error).split())[:200]
        raise KnownError(f"{path} cannot be read as a parquet table: {reason}") from error
