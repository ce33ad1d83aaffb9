"""The library as seen from a picture: both similarities of every image to it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from engine.search.answers import Picture
from engine.search.searcher import Searcher
from engine.types import Float32
from engine.understanding.appearance import Appearance

if TYPE_CHECKING:
    from engine.model_set import ModelSet
    from engine.service import Engine

Int64: TypeAlias = NDArray[np.int64]

_FEWEST = 2  # images that make a pair to compare with


@dataclass(frozen=True, slots=True)
class View:
    """Every image of the library but the picture itself.

    Attributes:
        ids: int64 ``[n]``, ascending.
        relational: float32 ``[n]``, cosines to the picture.
        attribute: float32 ``[n]``, likewise.
        searcher: Of the model whose scores `relational` are.
        looks_model: Id of the model whose scores `attribute` are.
    """

    ids: Int64
    relational: Float32
    attribute: Float32
    searcher: Searcher
    looks_model: str

    def relational_percentiles(self, relational: Float32) -> NDArray[np.float64]:
        """Share in percent of the library's random pairs that are less alike in logic.

        Args:
            relational: float32 ``[m]``, cosines.

        Returns:
            float64 ``[m]``; NaN where there are no pairs to compare with.
        """
        return self.searcher.sample().pairs.percentile(relational)

    def attribute_percentiles(self, attribute: Float32) -> NDArray[np.float64]:
        """The same of looks, for which a library of one picture has no pairs."""
        pairs = self.searcher.sample().pairs.attribute
        if len(self.searcher.index()) < _FEWEST or not len(pairs):
            return np.full(len(attribute), np.nan)
        return 100.0 * np.searchsorted(pairs, attribute, side="left") / len(pairs)

    def rank(self, scores: Float32, similarity: float, image_id: int | None) -> int:
        """The place of an image, from 1; one from outside has the place that it would have.

        Args:
            scores: `relational` or `attribute`.
            similarity: The image's, where it is none of `ids`.
            image_id: The image; None for one that the library does not have.
        """
        row = None if image_id is None else int(np.searchsorted(self.ids, image_id))
        if row is None or row == len(self.ids) or self.ids[row] != image_id:
            return 1 + int(np.count_nonzero(scores > similarity))
        own = scores[row]
        is_before = (scores > own) | ((scores == own) & (self.ids < self.ids[row]))
        return 1 + int(np.count_nonzero(is_before))

    def best(self, scores: Float32, k: int) -> NDArray[np.intp]:
        """Rows of the k highest of `scores`; equal ones in the order of ids."""
        wanted = min(k, len(scores))
        if not wanted:
            return np.empty(0, np.intp)
        least = np.partition(scores, len(scores) - wanted)[len(scores) - wanted]
        rows = np.flatnonzero(scores >= least)  # more than wanted where scores tie
        return rows[np.lexsort((self.ids[rows], -scores[rows]))][:wanted]


class Views:
    """Looks at the library from pictures. Thread-safe; keeps looks in memory.

    Args:
        engine: An open engine.
    """

    def __init__(self, engine: Engine) -> None:
        self._store = engine.store
        self._lock = threading.Lock()  # guards making the table of looks
        self._appearance: Appearance | None = None

    def of(self, models: ModelSet, picture: Picture, *, by_large: bool = True) -> View:
        """The library as seen from a picture: by the large model if it knows it, else the small.

        Args:
            models: What the engine lends.
            picture: A resolved query.
            by_large: False to keep to the small model.

        Raises:
            QueryError: If the library is empty.
        """
        searcher, vector = models.small, picture.relational
        if models.large is not None and picture.large is not None and by_large:
            searcher, vector = models.large, picture.large
        hits = searcher.scan(vector)
        order = np.argsort(hits.ids, kind="stable")
        ids, relational = hits.ids[order], hits.scores[order]
        known = models.small.index().ids()  # those with a look
        looks = self._looks(models).scan(picture.attribute, known)
        both = np.isin(ids, known, assume_unique=True)
        if picture.image_id is not None:
            both &= ids != picture.image_id
        ids, relational = ids[both], relational[both]
        attribute = looks[np.searchsorted(known, ids)]
        return View(ids, relational, attribute, searcher, models.attribute.model)

    def _looks(self, models: ModelSet) -> Appearance:
        with self._lock:
            if self._appearance is None or self._appearance.fingerprint != models.attribute:
                self._appearance = Appearance(self._store, models.attribute)
            return self._appearance
