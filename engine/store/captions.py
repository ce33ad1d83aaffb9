"""The captions that a library holds: a person's and a captioner's, one of each an image.

What the caption bank says is not stored; it is worked out from the vectors.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.store.database import Database
from engine.store.rows import listed
from engine.types import Description


class Captions:
    """The part of a `Store` that is about captions. A person's comes before a captioner's."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def caption(self, image_id: int) -> Description | None:
        """The caption of an image, or None if none is stored."""
        return self.captions([image_id]).get(image_id)

    def captions(self, image_ids: Sequence[int]) -> dict[int, Description]:
        """The captions of many images; those without one are left out."""
        rows = self._database.rows(
            "SELECT image_id, text, confidence, source, model, pinned FROM captions"
            " WHERE image_id IN (SELECT value FROM json_each(?))"
            " ORDER BY source = 'person'",  # the last row of an image is the one that counts
            (listed(image_ids),),
        )
        return {
            image_id: Description(text, confidence, source, model, bool(pinned))
            for image_id, text, confidence, source, model, pinned in rows
        }

    def set_caption(self, image_id: int, description: Description) -> None:
        """Store a caption; it replaces one of the same source, pinned or not.

        Raises:
            KeyError: If the library has no such image.
            ValueError: If it is the bank's.
        """
        with self._database.transaction() as connection:
            if not _write(connection, image_id, description, unless_kept=False):
                raise KeyError(image_id)

    def fill_captions(self, descriptions: Mapping[int, Description]) -> list[int]:
        """Store a captioner's captions, but where a person wrote or pinned one meanwhile.

        Args:
            descriptions: By image id; images that the library has just forgotten are left out.

        Returns:
            Ids of the images whose caption was stored.

        Raises:
            ValueError: If one is the bank's.
        """
        with self._database.transaction() as connection:
            return [
                image_id
                for image_id, description in descriptions.items()
                if _write(connection, image_id, description, unless_kept=True)
            ]

    def remove_caption(self, image_id: int, source: Literal["captioner", "person"]) -> None:
        """Forget the caption of this source, if there is one."""
        with self._database.transaction() as connection:
            connection.execute(
                "DELETE FROM captions WHERE image_id = ? AND source = ?", (image_id, source)
            )

    def pin_caption(self, image_id: int, pinned: bool) -> None:
        """Say whether the caption that `caption` returns is kept from captioners.

        Raises:
            KeyError: If the image has no caption.
        """
        with self._database.transaction() as connection:
            cursor = connection.execute(
                "UPDATE captions SET pinned = ?1 WHERE image_id = ?2 AND source ="
                " (SELECT source FROM captions WHERE image_id = ?2"
                " ORDER BY source = 'person' DESC LIMIT 1)",
                (pinned, image_id),
            )
            if not cursor.rowcount:
                raise KeyError(image_id)

    def uncaptioned(self, key: str) -> NDArray[np.int64]:
        """What there is to do for a captioner.

        Args:
            key: Its `Captioner.key`.

        Returns:
            Ids of the images with an online file and neither a person's nor a pinned caption nor
            one by this captioner; ascending.
        """
        rows = self._database.rows(
            "SELECT DISTINCT image_id FROM shown WHERE image_id NOT IN"
            " (SELECT image_id FROM captions WHERE source = 'person' OR pinned OR model = ?)"
            " ORDER BY image_id",
            (key,),
        )
        return np.fromiter((row[0] for row in rows), np.int64, len(rows))


def _write(
    connection: sqlite3.Connection, image_id: int, description: Description, *, unless_kept: bool
) -> bool:
    """Write a caption if the image is there and, `unless_kept`, has none that a person keeps."""
    if description.source == "bank":
        raise ValueError("captions of the bank are not stored")
    cursor = connection.execute(
        "INSERT OR REPLACE INTO captions (image_id, source, model, text, confidence, pinned)"
        " SELECT id, ?, ?, ?, ?, ? FROM images WHERE id = ? AND (? OR NOT EXISTS (SELECT 1"
        " FROM captions WHERE image_id = images.id AND (source = 'person' OR pinned)))",
        (
            description.source,
            description.model,
            description.text,
            description.confidence,
            description.pinned,
            image_id,
            not unless_kept,
        ),
    )
    return cursor.rowcount > 0
