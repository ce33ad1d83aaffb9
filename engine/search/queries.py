"""Turns what a person asks about into vectors: stored ones, remembered ones, or embedded now."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL.Image import Image

from engine.errors import QueryError
from engine.imaging import content_id, decode, load, naming
from engine.model_thread import Runs
from engine.search.answers import Picture
from engine.search.searcher import Searcher
from engine.store import Store
from engine.types import Embedder, Float32, Query, Vectors

_REMEMBERED = 64
"""Pictures from outside the library whose vectors are kept, so that another surprise, or the large
model after the small one, does not embed them again."""


@dataclass(frozen=True, slots=True)
class _Content:
    """What a query shows.

    Attributes:
        key: Names the content.
        image_id: The library's image of it, if any.
        source: Its pixels, or what `decode` reads; None if the library knows of no online file.
        path: Of the file, for errors.
    """

    key: str
    image_id: int | None
    source: Image | Path | bytes | None
    path: Path | None = None


class QueryResolver:
    """Resolves queries for the models of a library. Thread-safe.

    Args:
        store: The library.
        small: The small model's view of it.
        looks: Reads attribute vectors of image ids.
        small_embedder: Runs the small model.
        large: The large model's view, if one was chosen.
        large_embedder: Runs the large model, if one was chosen.
    """

    def __init__(
        self,
        store: Store,
        small: Searcher,
        looks: Callable[[Sequence[int]], Float32],
        small_embedder: Runs[Embedder],
        *,
        large: Searcher | None,
        large_embedder: Runs[Embedder],
    ) -> None:
        self._store = store
        self._small = small
        self._looks = looks
        self._small_embedder = small_embedder
        self._large = large
        self._large_embedder = large_embedder
        self._remembered: OrderedDict[tuple[str, str], Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def is_prompt(self, query: Query) -> bool:
        """Whether `picture` needs no large model to run.

        Raises:
            DecodeError: If the file cannot be read.
        """
        if self._large is None:
            return True
        content = self._content(query)
        key = (self._large.model, content.key)
        return key in self._remembered or self._stored_large(content) is not None

    def picture(self, query: Query, *, quick: bool) -> Picture:
        """Resolve a query to its vectors; embeds only what is not known yet.

        Args:
            query: An image of the library, a file, or a picture in memory.
            quick: Leave the large model out.

        Raises:
            QueryError: If the library has no such image.
            DecodeError: If the file cannot be read.
            ModelError: If a model is needed and cannot be loaded.
        """
        content = self._content(query)
        image_id, relational, attribute = self._by_small(content)
        large = None if self._large is None or quick else self._by_large(content)
        return Picture(relational, attribute, large, image_id)

    def _content(self, query: Query) -> _Content:
        if isinstance(query, Image):
            image = query.convert("RGB")
            key = content_id(f"{image.size}".encode() + image.tobytes())
            return _Content(f"pixels {key}", None, image)
        if isinstance(query, Path):
            path = query.expanduser().absolute()
            with naming(path):
                key, source = load(path)
            return _Content(key, self._store.image_of(key), source, path)
        path_of_image = self._store.path_of(query)
        return _Content(f"image {query}", query, path_of_image, path_of_image)

    def _by_small(self, content: _Content) -> tuple[int | None, Float32, Float32]:
        """The library's image, if it has the small model's vectors, and these."""
        if content.image_id is not None:
            try:
                relational = self._small.vectors([content.image_id])[0]
                return content.image_id, relational, self._looks([content.image_id])[0]
            except KeyError:
                # A file may have been indexed by another model only; an id says it was by this.
                if content.key.startswith("image "):
                    raise QueryError(
                        "That picture is not indexed yet; wait for the indexing"
                    ) from None
        vectors = self._embedded(content, self._small.model, self._small_embedder)
        assert vectors.attribute is not None, "the small model gives looks"
        return None, vectors.relational[0], vectors.attribute[0]

    def _by_large(self, content: _Content) -> Float32 | None:
        """The large model's vector; None for an offline picture that it has not seen."""
        assert self._large is not None
        stored = self._stored_large(content)
        if stored is not None or content.source is None:
            return stored
        vector: Float32 = self._embedded(
            content, self._large.model, self._large_embedder
        ).relational[0]
        return vector

    def _stored_large(self, content: _Content) -> Float32 | None:
        assert self._large is not None
        if content.image_id is None:
            return None
        try:
            vector: Float32 = self._large.vectors([content.image_id])[0]
        except KeyError:
            return None
        return vector

    def _embedded(self, content: _Content, model: str, models: Runs[Embedder]) -> Vectors:
        with self._lock:
            known = self._remembered.get((model, content.key))
        if known is not None:
            return known
        assert content.source is not None, "there is something to embed"
        with models.hold() as embedder:  # decoded here, so that the model's thread is free
            image = content.source
            if not isinstance(image, Image):
                with naming(content.path or Path()):
                    image = decode(image, min_side=embedder.min_side)
            prepared = embedder.prepare(image)
            del embedder, image
        vectors = models.run(lambda embedder: embedder.embed([prepared]))
        with self._lock:
            self._remembered[model, content.key] = vectors
            if len(self._remembered) > _REMEMBERED:
                self._remembered.popitem(last=False)
        return vectors
