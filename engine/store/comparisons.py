"""The part of the store that remembers which pictures were compared, and how they scored."""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.store import paths
from engine.store.database import Database
from engine.store.rows import listed

MOST = 1000
"""Comparisons that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class PastComparison:
    """A pair of files that was scored.

    Attributes:
        comparison_id: Stable, and never used again.
        a: A file, which may be gone by now, or show another picture.
        b: The other.
        model: Id of the model that scored them.
        relational: Cosine in -1..1.
        attribute: Cosine in -1..1.
        percentile: As in `engine.types.Neighbor`; NaN where there was nothing to compare with.
        time: Seconds since 1970.
    """

    comparison_id: int
    a: Path
    b: Path
    model: str
    relational: float
    attribute: float
    percentile: float
    time: float


class Comparisons:
    """Reads and writes comparisons; a part of `Store`."""

    _database: Database

    def comparisons(self) -> list[PastComparison]:
        """All that are remembered, newest first."""
        rows = self._database.rows("SELECT * FROM comparisons ORDER BY time DESC, id DESC")
        return [_past(row) for row in rows]

    def add_comparison(
        self,
        pair: tuple[Path, Path],
        model: str,
        *,
        relational: float,
        attribute: float,
        percentile: float,
    ) -> int:
        """Remember a comparison; it takes the place of an older one of the same pair and model.

        Args:
            pair: Two files; in either order they are the same pair.
            model: Id of the model that scored them.
            relational: Cosine.
            attribute: Cosine.
            percentile: In percent; NaN if there is none.

        Returns:
            Its id.
        """
        a, b = paths.encode(pair[0]), paths.encode(pair[1])
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM comparisons WHERE model = ?3"
                " AND ((a = ?1 AND b = ?2) OR (a = ?2 AND b = ?1))",
                (a, b, model),
            )
            cursor = connection.execute(
                "INSERT INTO comparisons (a, b, model, relational, attribute, percentile, time)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (a, b, model, relational, attribute, _or_null(percentile), time.time()),
            )
            _bound(connection)
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def remove_comparisons(self, ids: Sequence[int] | None = None) -> list[PastComparison]:
        """Forget some comparisons, or all.

        Returns:
            What was forgotten, for `restore_comparisons`.
        """
        values = (None if ids is None else listed(ids),)
        with self._database.transaction() as connection:
            rows = connection.execute(
                "SELECT * FROM comparisons"
                " WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))",
                values,
            ).fetchall()
            connection.execute(
                "DELETE FROM comparisons"
                " WHERE ?1 IS NULL OR id IN (SELECT value FROM json_each(?1))",
                values,
            )
        return [_past(row) for row in rows]

    def restore_comparisons(self, forgotten: Sequence[PastComparison]) -> None:
        """Bring back what was forgotten, under the ids and times that it had.

        A pair that the same model has scored anew meanwhile stays as it is.
        """
        with self._database.transaction() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO comparisons SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8"
                " WHERE NOT EXISTS (SELECT 1 FROM comparisons WHERE model = ?4 AND id <> ?1"
                " AND ((a = ?2 AND b = ?3) OR (a = ?3 AND b = ?2)))",
                [
                    (
                        past.comparison_id,
                        paths.encode(past.a),
                        paths.encode(past.b),
                        past.model,
                        past.relational,
                        past.attribute,
                        _or_null(past.percentile),
                        past.time,
                    )
                    for past in forgotten
                ],
            )
            _bound(connection)


def _bound(connection: sqlite3.Connection) -> None:
    """Forget the oldest beyond `MOST`."""
    connection.execute(
        "DELETE FROM comparisons WHERE id NOT IN"
        " (SELECT id FROM comparisons ORDER BY time DESC, id DESC LIMIT ?)",
        (MOST,),
    )


def _past(row: tuple[int, bytes, bytes, str, float, float, float | None, float]) -> PastComparison:
    number, a, b, model, relational, attribute, percentile, when = row
    return PastComparison(
        number,
        paths.decode(a),
        paths.decode(b),
        model,
        relational,
        attribute,
        math.nan if percentile is None else percentile,
        when,
    )


def _or_null(value: float) -> float | None:
    return None if math.isnan(value) else value
