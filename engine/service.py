"""The one facade that the desktop and the command line use.

Every method blocks and may be called from any thread except the GUI's; one serial thread owns the
model. For an image of the library nothing is embedded: answers come from stored vectors.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.describe import CaptionBank
from engine.errors import QueryError
from engine.imaging import decode, load, naming
from engine.index import ExactIndex, Hits, Index, open_index, recall_at
from engine.jobs import JobControl
from engine.model_thread import ModelThread
from engine.models.registry import find_model, load_embedder
from engine.models.spec import ModelSpec
from engine.models.text import TextEncoder
from engine.paths import default_library
from engine.pipeline import IndexingPipeline
from engine.ranking import collapse_near_identical
from engine.sample import LibrarySample
from engine.store import Store
from engine.thumbnails import ThumbnailCache
from engine.types import (
    Description,
    Embedder,
    Float32,
    Health,
    IndexReport,
    Neighbor,
    PairScore,
    Query,
    Vectors,
)

_POOL = 400
"""Candidates that surprise and collapsing choose from, at least; relational rank cuts the rest."""

_RECALL_FLOOR = 0.95


@dataclass(frozen=True, slots=True)
class _Picture:
    """A resolved query: its two vectors, and the library's image that it is, if any."""

    relational: Float32
    attribute: Float32
    image_id: int | None


class Engine:
    """A library with its index and its model. Open it with `Engine.open`; it is a context manager.

    Attributes:
        library_dir: Folder that holds the library.
        store: The library's truth.
        thumbnails: Its thumbnail cache.
    """

    def __init__(self, library: Path, spec: ModelSpec) -> None:
        self.library_dir = library
        self.store = Store.open(library)
        self._cache = library / "cache"
        self.thumbnails = ThumbnailCache(self._cache / "thumbnails")
        self._spec = spec
        self._bank = CaptionBank.load(spec)
        self._relational = spec.fingerprint("relational")
        self._attribute = spec.fingerprint("attribute")
        self._models: ModelThread[Embedder] = ModelThread(lambda: load_embedder(spec.folder))
        self._text = TextEncoder()
        self._lock = threading.Lock()  # guards opening the index and drawing the sample
        self._index: Index | None = None
        self._sampled: LibrarySample | None = None

    @classmethod
    def open(cls, library: Path | None = None, *, model: str | Path | None = None) -> Self:
        """Open a library, or create it. Fast: no model is loaded yet.

        Args:
            library: Its folder; None for `engine.paths.default_library`.
            model: Model id or model folder; None for the bundled model.

        Raises:
            LibraryError: If the library is damaged, newer than this program, or cannot be written.
            ModelError: If there is no such model.
        """
        folder = (library or default_library()).expanduser().absolute()
        return cls(folder, find_model(model))

    def close(self) -> None:
        """End the model thread, after the call it is in, and close the library."""
        self._models.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def warm_up(self) -> None:
        """Load the model, so that the first question need not wait for it.

        Raises:
            ModelError: If it is damaged.
        """
        self._models.run(lambda embedder: None)

    def warm_up_text(self) -> None:
        """Load the text encoder, so that the first sentence need not wait for it.

        Raises:
            ModelError: If it is not installed.
        """
        self._text.load()

    def index(
        self,
        roots: Sequence[Path],
        *,
        control: JobControl | None = None,
        thumbnails: bool = False,
        on_scanned: Callable[[], None] | None = None,
    ) -> IndexReport:
        """Bring folders into the library; what is there already and unchanged costs nothing.

        Args:
            roots: Folders or files.
            control: Progress, pause and cancel.
            thumbnails: Keep a thumbnail of each picture that is decoded.
            on_scanned: Called once all files have their row in the store, before any is read.

        Raises:
            Cancelled: If `control` was told to; what was committed stays.
            KnownError: If a root is missing, another run holds the library, or the disk is full.
        """
        pipeline = IndexingPipeline(
            self.store,
            self._models,
            relational=self._relational,
            attribute=self._attribute,
            thumbnails=self.thumbnails if thumbnails else None,
            on_batch=self._add_to_index,
        )
        try:
            return pipeline.run(roots, control=control or JobControl(), on_scanned=on_scanned)
        finally:
            self._refresh_index()

    def remove_folder(self, folder_id: int) -> None:
        """Take a folder out of the library, with all that is known of its pictures.

        The folder itself is not touched. Taking it in again means to embed its pictures again.
        """
        self.store.remove_folder(folder_id)
        self._refresh_index()

    def neighbors(
        self, query: Query, k: int = 24, *, surprise: float = 0.0, collapse: bool = False
    ) -> list[Neighbor]:
        """The images of the library that share a logic with the query, best first.

        The query itself is excluded by its id, never by its rank.

        Args:
            query: An image of the library, a file, or a picture in memory.
            k: How many at most.
            surprise: 0.0 orders by relational similarity; towards 1.0, look-alikes sink.
            collapse: Show near-identical pictures once, and none that is so to the query.

        Raises:
            QueryError: If the library is empty, or has no such image.
            DecodeError: If the file cannot be read.
        """
        picture = self._picture(query)
        exclude = frozenset() if picture.image_id is None else frozenset([picture.image_id])
        wanted = max(_POOL, 4 * k) if surprise > 0 or collapse else k
        ids, relational = self._nearest(picture.relational, wanted, exclude)
        looks = self.store.vectors(self._attribute, ids.tolist())
        attribute = looks @ picture.attribute
        order = np.arange(len(ids))
        if surprise > 0:
            pairs = self._sample().pairs
            order = np.argsort(-pairs.surprise(relational, attribute, surprise), kind="stable")
        if collapse:
            kept = collapse_near_identical(looks[order], picture.attribute, k)
        else:
            kept = [(position, 0) for position in range(min(k, len(ids)))]
        chosen = order[[position for position, _ in kept]]
        return self._hits(
            Hits(ids[chosen], relational[chosen]),
            attribute[chosen],
            self._sample().pairs.percentile(relational[chosen]),
            [copies for _, copies in kept],
        )

    def search(self, text: str, k: int = 24) -> list[Neighbor]:
        """The images whose logic fits a sentence, best first; it may hold slots.

        A percentile here is the share of the library's images that fit the sentence less.

        Raises:
            QueryError: If the text or the library is empty.
        """
        if not text.strip():
            raise QueryError("Describe a relation, for example: {Subject} growing step by step")
        vector = self._text.encode([text])[0]
        hits = self._nearest(vector, k)
        fits = np.sort(self._sample().relational @ vector)
        percentile = 100.0 * np.searchsorted(fits, hits.scores, side="left") / len(fits)
        no_look = np.full(len(hits.ids), np.nan, np.float32)
        return self._hits(hits, no_look, percentile, [0] * len(hits.ids))

    def score(self, a: Query, b: Query) -> PairScore:
        """How alike two pictures are, in logic and in look. Works without a library too.

        Raises:
            DecodeError: If a file cannot be read.
            QueryError: If the library has no such image.
        """
        first, second = self._picture(a), self._picture(b)
        relational = first.relational @ second.relational
        return PairScore(
            relational=float(relational),
            attribute=float(first.attribute @ second.attribute),
            percentile=float(self._sample().pairs.percentile(np.asarray([relational]))[0]),
            descriptions=(self._description(first), self._description(second)),
        )

    def describe(self, query: Query) -> Description:
        """The anonymous caption of a picture. Errors as in `score`."""
        return self._description(self._picture(query))

    def embed(self, paths: Sequence[Path]) -> Vectors:
        """Embed files, whether or not they are in the library; nothing is stored.

        Returns:
            Vectors of n pictures, in the order given.

        Raises:
            DecodeError: If a file cannot be read; its path is in the text.
        """

        def run(embedder: Embedder) -> Vectors:
            batches = []
            for start in range(0, len(paths), embedder.batch_size):
                prepared = []
                for path in paths[start : start + embedder.batch_size]:
                    with naming(path):
                        prepared.append(embedder.prepare(decode(path, min_side=embedder.min_side)))
                batches.append(embedder.embed(prepared))
            return Vectors(*(np.concatenate(parts) for parts in zip(*batches, strict=True)))

        return self._models.run(run)

    def health(self, *, recall: bool = True) -> Health:
        """Whether the counts add up and the index finds what an exact scan finds.

        Args:
            recall: Measure recall@10 on up to 100 images; takes a moment on a large library.
        """
        counts = self.store.counts()
        problems = self.store.problems()
        index = self._open_index()
        measured: float | None = None
        if recall and len(index):
            exact = ExactIndex(*self.store.all_vectors(self._relational))
            ids = index.ids()
            asked = ids[:: max(1, len(ids) // 100)].tolist()
            measured = recall_at(index, exact, self.store.vectors(self._relational, asked), k=10)
            if measured < _RECALL_FLOOR:
                problems.append(
                    f"The index finds {measured:.1%} of the ten nearest. Delete "
                    f"{self._cache}; it is rebuilt."
                )
        return Health(
            library=self.library_dir,
            files=counts.files,
            indexed=counts.indexed,
            failed=counts.failed,
            pending=counts.pending,
            offline=counts.offline,
            images=counts.images,
            model=self._spec.id,
            database_bytes=self.store.bytes(),
            index=index.kind,
            recall_at_10=measured,
            problems=tuple(problems),
        )

    def _picture(self, query: Query) -> _Picture:
        """Resolve a query to its vectors; embeds only what the library does not know."""
        if isinstance(query, int):
            return self._stored(query)
        if isinstance(query, Image):
            return self._embedded(query.convert("RGB"))
        path = query.expanduser().absolute()
        with naming(path):
            content_id, source = load(path)
        image_id = self.store.image_of(content_id)
        if image_id is not None:
            with suppress(QueryError):  # it may have been indexed with another model only
                return self._stored(image_id)
        with naming(path):
            image = decode(source, min_side=self._spec.input_size)
        return self._embedded(image)

    def _stored(self, image_id: int) -> _Picture:
        try:
            return _Picture(
                self.store.vectors(self._relational, [image_id])[0],
                self.store.vectors(self._attribute, [image_id])[0],
                image_id,
            )
        except KeyError:
            raise QueryError("That picture is not indexed yet; wait for the indexing") from None

    def _embedded(self, image: Image) -> _Picture:
        vectors = self._models.run(lambda embedder: embedder.embed([embedder.prepare(image)]))
        assert vectors.attribute is not None, "a model folder gives attributes"
        return _Picture(vectors.relational[0], vectors.attribute[0], None)

    def _description(self, picture: _Picture) -> Description:
        return self._bank.describe(picture.relational[None])[0]

    def _hits(
        self,
        hits: Hits,
        attribute: Float32,
        percentile: NDArray[np.float64],
        copies: Sequence[int],
    ) -> list[Neighbor]:
        """Hits as people see them; one whose last file has just gone offline is left out."""
        ids = hits.ids.tolist()
        paths = self.store.paths_of(ids)
        descriptions = self._bank.describe(self.store.vectors(self._relational, ids))
        rows = zip(
            ids,
            hits.scores.tolist(),
            attribute.tolist(),
            percentile.tolist(),
            descriptions,
            copies,
            strict=True,
        )
        return [
            Neighbor(image_id, paths[image_id], relational, look, rank, description, like_it)
            for image_id, relational, look, rank, description, like_it in rows
            if image_id in paths
        ]

    def _nearest(self, vector: Float32, k: int, exclude: Collection[int] = frozenset()) -> Hits:
        index = self._open_index()
        if not len(index):
            raise QueryError("The library is empty. Index a folder of pictures first.")
        return index.query(vector, k, exclude)

    def _open_index(self) -> Index:
        with self._lock:
            if self._index is None:
                self._index = open_index(self.store, self._relational, self._cache)
            return self._index

    def _add_to_index(self, ids: NDArray[np.int64], relational: Float32) -> None:
        """Called after each committed batch; an index not opened yet reads it from the store."""
        with self._lock:
            if self._index is not None:
                self._index.add(ids, relational)

    def _refresh_index(self) -> None:
        """After an indexing run: files may have come, gone, or gone offline."""
        with self._lock:
            current, self._sampled = self._index, None
        if current is not None:
            fresh = open_index(self.store, self._relational, self._cache, current)
            with self._lock:
                self._index = fresh

    def _sample(self) -> LibrarySample:
        """The library's sample; drawn anew once the library has grown by half."""
        index = self._open_index()
        with self._lock:
            if self._sampled is None or len(index) > 1.5 * self._sampled.images:
                self._sampled = LibrarySample.draw(
                    self.store, self._relational, self._attribute, index.ids(), self._spec.pairs
                )
            return self._sampled
