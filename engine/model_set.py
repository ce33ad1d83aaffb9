"""The models of an open library: their threads, what each makes of the library, and of a query."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.describe import CaptionBank
from engine.errors import ModelError
from engine.model_thread import ModelThread, Runs
from engine.models.chosen import ChosenModels
from engine.models.registry import load_embedder
from engine.search.answers import Answers
from engine.search.queries import QueryResolver
from engine.search.searcher import Searcher
from engine.store import Store
from engine.types import Captioner, Embedder, Float32

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
        queries: Turns queries into vectors of both.
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
        self.queries = QueryResolver(
            store,
            self.small,
            self.looks,
            self._small,
            large=self.large,
            large_embedder=self.large_embedder,
        )
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
        """Runs the large model that ranks, if there is one."""
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
                " relsim-captioner-7b'",
                in_window="No captioner is installed: open Models (Ctrl+M) and download one.",
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
