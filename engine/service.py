"""The engine's facade: everything that the desktop and the command line ask for."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Self, TypeAlias

import numpy as np

from engine.descriptions import Descriptions
from engine.errors import QueryError
from engine.imaging import decode, naming
from engine.jobs import JobControl
from engine.judging.judgements import Judgements
from engine.library.health import check_health
from engine.library.pipeline import IndexingPipeline
from engine.library.thumbnails import ThumbnailCache
from engine.model_set import ModelSet
from engine.model_thread import Runs
from engine.models.chosen import ModelRequest, choose
from engine.models.device import Quantisation
from engine.models.large_spec import RelsimSpec
from engine.models.manager import ModelManager
from engine.models.text import TextEncoder
from engine.paths import default_library
from engine.search.answers import Picture, Ranked
from engine.search.hits import neighbors_of
from engine.search.searcher import Searcher
from engine.store import Store
from engine.types import (
    Coverage,
    Description,
    Embedder,
    Fingerprint,
    Health,
    IndexReport,
    Neighbor,
    PairScore,
    Query,
    Vectors,
)

_Pass: TypeAlias = tuple[Runs[Embedder], Searcher, Fingerprint | None, ThumbnailCache | None]
"""A model that goes through the pictures: what runs it, where its vectors are searched, the
fingerprint of the looks that it gives, and where thumbnails are kept on the way."""


class Engine:
    """A library with its index and its models. Open it with `Engine.open`; a context manager.

    Attributes:
        library_dir: Folder that holds the library.
        store: The library's truth.
        thumbnails: Its thumbnail cache.
        manager: The models on this computer.
        descriptions: What is said of the library's images, and who may change it.
        judgements: A person's verdicts on pairs, and boards.
        text: The text encoder.
    """

    def __init__(self, library: Path, request: ModelRequest) -> None:
        self.library_dir = library
        self.manager = ModelManager()
        self.store = Store.open(library)
        self._cache = library / "cache"
        self.thumbnails = ThumbnailCache(self._cache / "thumbnails")
        self.text = TextEncoder()
        self._jobs = 0
        self._changed = threading.Condition()  # guards what is lent, and to how many
        self.descriptions = Descriptions(self.store, self.lend)
        self.judgements = Judgements(self.store, self.descriptions)
        try:
            self._models = self._load_set(request)
        except BaseException:
            self.store.close()
            raise

    @classmethod
    def open(
        cls,
        library: Path | None = None,
        *,
        model: str | Path | None = None,
        request: ModelRequest | None = None,
    ) -> Self:
        """Open a library, or create it. Fast: no model is loaded yet.

        Args:
            library: Its folder; None for `engine.paths.default_library`.
            model: Model id or model folder; None for the bundled model.
            request: The same with more to say; instead of `model`.

        Raises:
            LibraryError: If the library is damaged, newer than this program, or cannot be written.
            ModelError: If there is no such model.
        """
        folder = (library or default_library()).expanduser().absolute()
        return cls(folder, request or ModelRequest(model=model))

    def use(self, request: ModelRequest) -> None:
        """Go on with other models; the library stays open.

        Raises:
            ModelError: If one is not there; then all stays as it was.
            QueryError: If pictures are being indexed or described.
        """
        models = self._load_set(request)
        with self._changed:
            if self._jobs:
                models.close()
                raise QueryError("Pictures are being indexed; wait for that, or cancel it")
            self._models, old = models, self._models
            self._changed.wait_for(lambda: not old.users)  # questions that are being answered
        old.close()

    @property
    def model(self) -> str:
        """Id of the model that ranks."""
        return self.fingerprint.model

    @property
    def fingerprint(self) -> Fingerprint:
        """Of the vectors by which the library is ranked."""
        return self._models.ranking.fingerprint

    def close(self) -> None:
        """End the model threads, after the calls they are in, and close the library."""
        self._models.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> None:
        """Load the small model, so that the first question need not wait for it.

        Raises `ModelError` if it is damaged.
        """
        self._models.small_embedder.run(lambda embedder: None)

    def warm_up_text(self) -> None:
        """Load the text encoder, so that the first sentence need not wait for it.

        Raises `ModelError` if it is not installed.
        """
        self.text.load()

    def release_models(self) -> None:
        """Give the memory of the large model back now, not only when it has been idle."""
        self._models.unload_large()

    # Indexing

    def index(
        self,
        roots: Sequence[Path],
        *,
        control: JobControl | None = None,
        thumbnails: bool = False,
        on_scanned: Callable[[], None] | None = None,
    ) -> IndexReport:
        """Bring folders into the library; what is there already and unchanged costs nothing.

        With a large model chosen, the small one goes through all pictures first, so that the
        library answers soon, and the large one after it.

        Args:
            roots: Folders or files.
            control: Progress, pause and cancel.
            thumbnails: Keep a thumbnail of each picture that is decoded.
            on_scanned: Called once all files have their row in the store, before any is read.

        Returns:
            What the model that ranks did; the time is that of all.

        Raises:
            Cancelled: If `control` was told to; what was committed stays.
            KnownError: If a root is missing, another run holds the library, or the disk is full.
        """
        began = time.monotonic()
        control = control or JobControl()
        cache = self.thumbnails if thumbnails else None
        with self.lend(to_job=True) as models:
            passes: list[_Pass] = [(models.small_embedder, models.small, models.attribute, cache)]
            if models.large is not None:
                passes.append((models.large_embedder, models.large, None, None))
            for embedder, searcher, attribute, kept in passes:
                pipeline = IndexingPipeline(
                    self.store,
                    embedder,
                    relational=searcher.fingerprint,
                    attribute=attribute,
                    thumbnails=kept,
                    on_batch=searcher.add,
                )
                try:
                    report = pipeline.run(roots, control, on_scanned)
                finally:
                    searcher.refresh()
                on_scanned = None
        return replace(report, seconds=time.monotonic() - began)

    def remove_folder(self, folder_id: int) -> None:
        """Take a folder out of the library, with all that is known of its pictures.

        The folder itself is not touched. Taking it in again means to embed its pictures again.
        """
        self.store.remove_folder(folder_id)
        for searcher in self._models.searchers:
            searcher.refresh()

    def coverage(self) -> list[Coverage]:
        """How many images each model that was ever used here has embedded."""
        return self.store.coverage()

    def health(self, *, recall: bool = True) -> Health:
        """Whether the counts add up and the index finds what an exact scan finds.

        Args:
            recall: Measure recall@10 on up to 100 images; takes a moment on a large library.
        """
        return check_health(self.store, self._models.ranking, recall=recall)

    # Questions

    def is_prompt(self, query: Query) -> bool:
        """Whether `neighbors` needs no large model to run, and so answers in milliseconds."""
        return self._models.queries.is_prompt(query)

    def neighbors(
        self,
        query: Query,
        k: int = 24,
        *,
        surprise: float = 0.0,
        collapse: bool = False,
        quick: bool = False,
    ) -> list[Neighbor]:
        """The images of the library that share a logic with the query, best first.

        The query itself is excluded by its id, never by its rank.

        Args:
            query: An image of the library, a file, or a picture in memory.
            k: How many at most.
            surprise: 0.0 orders by relational similarity; towards 1.0, look-alikes sink.
            collapse: Show near-identical pictures once, and none that is so to the query.
            quick: The small model's answer, whatever model was chosen.

        Raises:
            QueryError: If the library is empty, or has no such image.
            DecodeError: If the file cannot be read.
            ModelError: If a large model is needed and cannot be loaded.
        """
        with self.lend() as models:
            picture = models.queries.picture(query, quick=quick)
            ranked = models.answers.to_picture(
                picture, models.looks, k, surprise=surprise, collapse=collapse
            )
            return self._hits(models, ranked)

    def search(self, text: str, k: int = 24) -> list[Neighbor]:
        """The images whose logic fits a sentence, best first; it may hold slots.

        A percentile here is the share of the library's images that fit the sentence less.

        Raises:
            QueryError: If the text or the library is empty.
        """
        if not text.strip():
            raise QueryError("Describe a relation, for example: {Subject} growing step by step")
        vector = self.text.encode([text])[0]
        with self.lend() as models:
            return self._hits(models, models.answers.to_sentence(vector, k))

    def score(self, a: Query, b: Query, *, quick: bool = False) -> PairScore:
        """How alike two pictures are, in logic and in look. Works without a library too.

        Args:
            a: A picture.
            b: Another.
            quick: By the small model, whatever model was chosen.

        Raises:
            DecodeError: If a file cannot be read.
            QueryError: If the library has no such image.
            ModelError: If a large model is needed and cannot be loaded.
        """
        with self.lend() as models:
            first, second = (models.queries.picture(query, quick=quick) for query in (a, b))
            searcher, relational = models.small, first.relational @ second.relational
            if models.large is not None and first.large is not None and second.large is not None:
                searcher, relational = models.large, first.large @ second.large
            pairs = searcher.sample().pairs
            return PairScore(
                relational=float(relational),
                attribute=float(first.attribute @ second.attribute),
                percentile=float(pairs.percentile(np.asarray([relational]))[0]),
                descriptions=(self._describe(models, first), self._describe(models, second)),
                model=searcher.model,
            )

    def describe(self, query: Query) -> Description:
        """The anonymous caption of a picture. Errors as in `score`.

        A person's caption comes before a captioner's, and that before the bank's.
        """
        with self.lend() as models:
            return self._describe(models, models.queries.picture(query, quick=True))

    def embed(self, paths: Sequence[Path]) -> Vectors:
        """Embed files with the model that ranks, in the library or not; nothing is stored.

        Returns:
            Vectors of n pictures, in the order given.

        Raises:
            DecodeError: If a file cannot be read; its path is in the text.
            ModelError: If the model cannot be loaded.
        """
        with self.lend() as models:
            return models.ranking_embedder.run(partial(_embed_files, paths))

    def _load_set(self, request: ModelRequest) -> ModelSet:
        return ModelSet(choose(request, self.manager, self.quantisation), self.store, self._cache)

    def quantisation(self, relsim: RelsimSpec, writes: bool) -> Quantisation | None:
        """Whether a large model is quantised: decided by free memory once for each library."""
        key = f"quantisation {relsim.id} {relsim.weights[:16]}"
        known = self.store.setting(key)
        if known is None:
            from engine.models.large import choose_quantisation

            known = choose_quantisation(relsim.base, writes=writes) or "none"
            self.store.set_setting(key, known)
        return "int8" if known == "int8" else "int4" if known == "int4" else None

    def _describe(self, models: ModelSet, picture: Picture) -> Description:
        ids = [-1 if picture.image_id is None else picture.image_id]
        return self.descriptions.of(models, ids, picture.relational[None])[0]

    @contextmanager
    def lend(self, *, to_job: bool = False) -> Iterator[ModelSet]:
        """The models, which stay open for the while; none are exchanged during a job."""
        with self._changed:
            models = self._models
            models.users += 1
            self._jobs += to_job
        try:
            yield models
        finally:
            with self._changed:
                models.users -= 1
                self._jobs -= to_job
                self._changed.notify_all()

    def _hits(self, models: ModelSet, ranked: Ranked) -> list[Neighbor]:
        return neighbors_of(models, self.store, self.descriptions, ranked)


def _embed_files(paths: Sequence[Path], embedder: Embedder) -> Vectors:
    batches = []
    for start in range(0, len(paths), embedder.batch_size):
        prepared = []
        for path in paths[start : start + embedder.batch_size]:
            with naming(path):
                prepared.append(embedder.prepare(decode(path, min_side=embedder.min_side)))
        batches.append(embedder.embed(prepared))
    looks = [batch.attribute for batch in batches if batch.attribute is not None]
    return Vectors(
        np.concatenate([batch.relational for batch in batches]),
        np.concatenate(looks) if looks else None,
    )
