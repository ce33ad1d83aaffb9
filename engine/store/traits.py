"""The part of the store that knows what filters ask about."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.library.traits import Traits
from engine.store.database import Database
from engine.store.rows import listed


class TraitsRows:
    """Reads and writes `Traits`; a part of `Store`."""

    _database: Database

    def traits(self, image_ids: Sequence[int] | None = None) -> dict[int, Traits]:
        """The traits of images, or of all; images whose traits are not known are left out."""
        query = "SELECT image_id, width, height, format, taken_ns, colours FROM traits"
        if image_ids is None:
            rows = self._database.rows(query)
        else:
            query += " WHERE image_id IN (SELECT value FROM json_each(?))"
            rows = self._database.rows(query, (listed(image_ids),))
        return {
            image_id: Traits(width, height, kind, taken_ns, tuple(colours))
            for image_id, width, height, kind, taken_ns, colours in rows
        }

    def set_traits(self, traits: Mapping[int, Traits]) -> None:
        """Store the traits of images; images that the library has forgotten are left out."""
        with self._database.transaction() as connection:
            write_traits(connection, traits)

    def untraited(self) -> NDArray[np.int64]:
        """Ids int64 ``[n]`` of the images with an online file whose traits are not known."""
        rows = self._database.rows(
            "SELECT DISTINCT image_id FROM shown WHERE image_id NOT IN"
            " (SELECT image_id FROM traits) ORDER BY image_id"
        )
        return np.fromiter((row[0] for row in rows), np.int64, len(rows))


def write_traits(connection: sqlite3.Connection, traits: Mapping[int, Traits]) -> None:
    """`TraitsRows.set_traits` inside a transaction."""
    connection.executemany(
        "INSERT OR REPLACE INTO traits SELECT ?, ?, ?, ?, ?, ?"
        " WHERE EXISTS (SELECT 1 FROM images WHERE id = ?)",
        [
            (image_id, t.width, t.height, t.format, t.taken_ns, bytes(t.colours), image_id)
            for image_id, t in traits.items()
        ],
    )
