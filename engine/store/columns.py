"""The part of the store that tells all files and traits at once, for filters."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.library.traits import COLOURS
from engine.store.database import Database

Int64: TypeAlias = NDArray[np.int64]


class FileColumns(NamedTuple):
    """Each online file that shows an image, by path.

    Attributes:
        paths: Stored bytes of each path, ascending.
        image_ids: int64 ``[m]``.
        mtime_ns: int64 ``[m]``, when each was last changed.
    """

    paths: list[bytes]
    image_ids: Int64
    mtime_ns: Int64


class TraitColumns(NamedTuple):
    """The traits of each image whose traits are known; see `Traits`.

    Attributes:
        image_ids: int64 ``[t]``, ascending.
        width: int64 ``[t]``.
        height: int64 ``[t]``.
        formats: Of each.
        taken_ns: int64 ``[t]``, or `unknown`.
        colours: uint8 ``[t, len(COLOURS)]``, in percent.
    """

    image_ids: Int64
    width: Int64
    height: Int64
    formats: list[str]
    taken_ns: Int64
    colours: NDArray[np.uint8]


class ColumnRows:
    """Reads columns; a part of `Store`."""

    _database: Database

    def revision(self) -> tuple[int, int]:
        """Changes with every change of the library that this thread can see.

        Two threads' revisions do not compare. Takes microseconds.
        """
        row = self._database.row("SELECT data_version, total_changes() FROM pragma_data_version")
        assert row is not None, "there is always one"
        return int(row[0]), int(row[1])

    def column_state(self) -> tuple[int, ...]:
        """Changes with what `file_columns` and `trait_columns` say. Takes milliseconds."""
        files = self._database.row(
            "SELECT count(*), max(id), total(image_id), total(mtime_ns / 1000000), max(mtime_ns)"
            " FROM entries WHERE image_id IS NOT NULL AND state IN ('pending', 'indexed')"
        )
        traits = self._database.row("SELECT count(*), max(image_id), total(taken_ns) FROM traits")
        return tuple(int(value or 0) for row in (files, traits) for value in row or ())

    def file_columns(self) -> FileColumns:
        """The files, for example 100,000 of them in a fifth of a second."""
        rows = self._database.rows(
            "SELECT path, image_id, mtime_ns FROM entries WHERE image_id IS NOT NULL"
            " AND state IN ('pending', 'indexed') ORDER BY path"
        )
        numbers = np.array([row[1:] for row in rows], np.int64).reshape(len(rows), 2)
        return FileColumns([row[0] for row in rows], numbers[:, 0].copy(), numbers[:, 1].copy())

    def trait_columns(self, unknown: int) -> TraitColumns:
        """The traits.

        Args:
            unknown: In place of the moment at which a picture was taken, where no camera tells.
        """
        rows = self._database.rows(
            "SELECT image_id, width, height, ifnull(taken_ns, ?), format, colours FROM traits"
            " ORDER BY image_id",
            (unknown,),
        )
        numbers = np.array([row[:4] for row in rows], np.int64).reshape(len(rows), 4)
        colours = np.frombuffer(b"".join(row[5] for row in rows), np.uint8)
        return TraitColumns(
            numbers[:, 0].copy(),
            numbers[:, 1].copy(),
            numbers[:, 2].copy(),
            [row[4] for row in rows],
            numbers[:, 3].copy(),
            colours.reshape(len(rows), len(COLOURS)),
        )
