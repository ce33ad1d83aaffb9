"""A person's judgements: verdicts on pairs of images, and, in `engine.store.boards`, boards.

Both are kept by image, so that a move or a rename of the files changes nothing. Images in them
stay known when their folder leaves the library; they are found there when it comes back.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from engine.store import paths
from engine.store.boards import Boards, require_images
from engine.store.rows import listed
from engine.types import Judged, PairVerdict


class Judgements(Boards):
    """The part of a `Store` that is about verdicts and boards. Each change is one transaction."""

    def set_verdict(self, a: int, b: int, verdict: PairVerdict | None) -> PairVerdict | None:
        """Judge a pair, or take the judgement back; the order of the two means nothing.

        Args:
            a: An image.
            b: Another.
            verdict: None for none.

        Returns:
            What it was before.

        Raises:
            KeyError: If the library has no such image.
            ValueError: If the two are one.
        """
        if a == b:
            raise ValueError("a pair is two images")
        pair = (min(a, b), max(a, b))
        with self._database.transaction() as connection:
            require_images(connection, pair)
            before = connection.execute(
                "SELECT verdict FROM verdicts WHERE a = ? AND b = ?", pair
            ).fetchone()
            connection.execute("DELETE FROM verdicts WHERE a = ? AND b = ?", pair)
            if verdict is not None:
                connection.execute(
                    "INSERT INTO verdicts (a, b, verdict, time) VALUES (?, ?, ?, ?)",
                    (*pair, verdict, time.time()),
                )
        return None if before is None else before[0]

    def verdict(self, a: int, b: int) -> PairVerdict | None:
        """The judgement of a pair, or None."""
        row = self._database.row(
            "SELECT verdict FROM verdicts WHERE a = ? AND b = ?", (min(a, b), max(a, b))
        )
        return None if row is None else row[0]

    def verdicts_of(self, image_id: int) -> dict[int, PairVerdict]:
        """The judgements of all pairs with an image, by the other image."""
        return dict(
            self._database.rows(
                "SELECT b, verdict FROM verdicts WHERE a = ?1"
                " UNION ALL SELECT a, verdict FROM verdicts WHERE b = ?1",
                (image_id,),
            )
        )

    def verdicts(self) -> list[Judged]:
        """All judgements, the oldest first."""
        rows = self._database.rows("SELECT a, b, verdict FROM verdicts ORDER BY rowid")
        return [Judged(*row) for row in rows]

    def last_known(self, image_ids: Sequence[int]) -> dict[int, tuple[Path, bool]]:
        """For each image with a file, there or not: the file, and whether it is there now."""
        rows = self._database.rows(
            "SELECT value, (SELECT min(path) FROM shown WHERE image_id = value),"
            " (SELECT min(path) FROM files WHERE image_id = value) FROM json_each(?)",
            (listed(image_ids),),
        )
        return {
            image_id: (paths.decode(online or known), online is not None)
            for image_id, online, known in rows
            if known is not None
        }
