"""The models of an open library: their threads, what each makes of the library, and of a query."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PIL.Image import Image

from engine.answers import Answers, Picture
from engine.describe import CaptionBank
from engine.errors import ModelError, QueryError
from engine.imaging import decode, load, naming
from engine.model_thread import ModelThread, Runs
from engine.models.chosen import ChosenModels
from engine.models.registry import load_embedder
from engine.searcher import Searcher
from engine.store import Store
from engine.types import Captioner, Embedder, Float32, Query, Vectors

if TYPE_CHECKING:
    from engine.models.large import LargeModel

_IDLE_S = 600.0
"""A large model that nobody has asked for this long gives its memory back."""


class ModelSet:
    """The small model and, where one was chosen, the large one. Thread-safe.

    Args:
        chosen: Which models; none is loaded before it is needed.
        store: The library.
        cache: Where indexes may be saved.

    Attributes:
        chosen: As given.
        bank: The captions that the small model chooses from.
        small: The small model's view of the library.
        large: The large model's, if one was chosen to rank.
        attribute: Fingerprint of looks, which are the small model's.
        answers: Ranks the library with both.
        users: How many questions and jobs are using it now; the engine counts.
    """

    def __init__(self, chosen: ChosenModels, store: Store, cache: Path) -> None:
        spec = chosen.small
        self.chosen = chosen
        self.bank = CaptionBank.load(spec)
        self._store = store
        self.attribute = spec.fingerprint("attribute")
        self._small = ModelThread(lambda: load_embedder(spec.folder))
        self._large = ModelThread(lambda: _load_large(chosen), idle_s=_idle_s())
        self.small = Searcher(
            store, spec.fingerprint("relational"), self.attribute, cache, spec.pairs
        )
        self.large: Searcher | None = None
        if chosen.relsim is not None:
            self.large = Searcher(store, chosen.relsim.fingerprint, self.attribute, cache)
        self.answers = Answers(self.small, self.large)
        self.users = 0

    def close(self) -> None:
        """End the threads, after the calls they are in, and let go of the models."""
        self._large.close()
        self._small.close()

    @property
    def small_embedder(self) -> Runs[Embedder]:
        """Runs the small model."""
        return self._small

    @property
    def large_embedder(self) -> Runs[Embedder]:
        """Runs the large model that ranks; there must be one."""
        return self._large.part(_embedder_of)

    @property
    def ranking_embedder(self) -> Runs[Embedder]:
        """Runs the model that was chosen to rank."""
        return self.small_embedder if self.large is None else self.large_embedder

    @property
    def captioner(self) -> Runs[Captioner]:
        """Runs the captioner.

        Raises:
            ModelError: If there is none.
        """
        if self.chosen.captioner is None:
            raise ModelError(
                "No captioner is installed: get one with 'relsim models download"
                " relsim-captioner-7b'"
            )
        return self._large.part(_captioner_of)

    @property
    def captioner_key(self) -> str:
        """Identifies the captioner, of which there must be one; see `Captioner.key`."""
        assert self.chosen.captioner is not None, "there is a captioner"
        return self.chosen.captioner.key

    @property
    def searchers(self) -> list[Searcher]:
        """Of each model that ranks."""
        return [self.small] if self.large is None else [self.small, self.large]

    @property
    def ranking(self) -> Searcher:
        """Of the model that was chosen to rank."""
        return self.large or self.small

    def unload_large(self) -> None:
        """Give the memory of the large model back; it is loaded again when it is needed."""
        self._large.unload()

    def looks(self, image_ids: Sequence[int]) -> Float32:
        """Attribute vectors float32 ``[n, a]`` of images."""
        return self._store.vectors(self.attribute, image_ids)

    def is_prompt(self, query: Query) -> bool:
        """Whether `picture` needs no large model to run.

        Raises:
            DecodeError: If the file cannot be read.
        """
        if self.large is None:
            return True
        if isinstance(query, Image):
            return False
        image_id = query if isinstance(query, int) else self._known(query)[0]
        return image_id is not None and self._large_vector(image_id) is not None

    def picture(self, query: Query, *, quick: bool) -> Picture:
        """Resolve a query to its vectors; embeds only what the library does not know.

        Args:
            query: An image of the library, a file, or a picture in memory.
            quick: Leave the large model out.
        """
        with_large = self.large is not None and not quick
        if isinstance(query, int):
            return self._stored(query, with_large=with_large)
        if isinstance(query, Image):
            return self._embedded(query.convert("RGB"), with_large=with_large)
        image_id, source = self._known(query)
        if image_id is not None:
            with suppress(QueryError):  # it may have been indexed with another model only
                return self._stored(image_id, with_large=with_large)
        return self._embedded(source, with_large=with_large, path=query)

    def _known(self, query: Path) -> tuple[int | None, Path | bytes]:
        """The image of the library that a file shows, if any, and the source for `decode`."""
        path = query.expanduser().absolute()
        with naming(path):
            content_id, source = load(path)
        return self._store.image_of(content_id), source

    def _stored(self, image_id: int, *, with_large: bool) -> Picture:
        try:
            relational = self.small.vectors([image_id])[0]
            attribute = self.looks([image_id])[0]
        except KeyError:
            raise QueryError("That picture is not indexed yet; wait for the indexing") from None
        if not with_large:
            return Picture(relational, attribute, None, image_id)
        large = self._large_vector(image_id)
        if large is None:
            path = self._store.path_of(image_id)
            if path is not None:  # else it is offline, and the small model alone knows it
                large = self._run_large(path, path)
        return Picture(relational, attribute, large, image_id)

    def _large_vector(self, image_id: int) -> Float32 | None:
        """The stored vector of the large model, if there is one."""
        assert self.large is not None
        try:
            vector: Float32 = self.large.vectors([image_id])[0]
        except KeyError:
            return None
        return vector

    def _embedded(
        self, source: Image | Path | bytes, *, with_large: bool, path: Path | None = None
    ) -> Picture:
        vectors = _embed(self._small, source, path)
        assert vectors.attribute is not None, "the small model gives looks"
        large = self._run_large(source, path) if with_large else None
        return Picture(vectors.relational[0], vectors.attribute[0], large, None)

    def _run_large(self, source: Image | Path | bytes, path: Path | None) -> Float32:
        vector: Float32 = _embed(self.large_embedder, source, path).relational[0]
        return vector


def _embed(models: Runs[Embedder], source: Image | Path | bytes, path: Path | None) -> Vectors:
    def run(embedder: Embedder) -> Vectors:
        if isinstance(source, Image):
            return embedder.embed([embedder.prepare(source)])
        with naming(path or Path()):
            return embedder.embed([embedder.prepare(decode(source, min_side=embedder.min_side))])

    return models.run(run)


def _load_large(chosen: ChosenModels) -> LargeModel:
    from engine.models.large import LargeModel  # brings torch, in the model's own thread

    return LargeModel.load(
        chosen.relsim, chosen.captioner, chosen.precisions, compiles=chosen.compiles
    )


def _embedder_of(model: LargeModel) -> Embedder:
    assert model.embedder is not None, "a relsim checkpoint was chosen"
    return model.embedder


def _captioner_of(model: LargeModel) -> Captioner:
    assert model.captioner is not None, "a captioner was chosen"
    return model.captioner


def _idle_s() -> float:
    """``RELSIM_IDLE_S`` overrides the patience with a large model that nobody asks."""
    return float(os.environ.get("RELSIM_IDLE_S") or _IDLE_S)
