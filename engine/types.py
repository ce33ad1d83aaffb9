"""The values that the engine's layers, the command line and the desktop hand to each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from engine.jobs import JobControl

Float32: TypeAlias = NDArray[np.float32]
UInt8: TypeAlias = NDArray[np.uint8]

Query: TypeAlias = "int | Path | Image"
"""A picture to ask about: the id of an image in the library, a file, or a picture in memory."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What produced a vector. Vectors of different fingerprints never meet.

    Attributes:
        model: Model id, for example ``relsim-mini``.
        role: Which of the two similarities the vector is for.
        weights: SHA-256 of the weights, hexadecimal.
        preparation: How a picture becomes the model's input, for example ``squash224``.
        dimension: Length of the vector.
    """

    model: str
    role: Literal["relational", "attribute"]
    weights: str
    preparation: str
    dimension: int

    @property
    def key(self) -> str:
        """The fingerprint as one stable string, as it is stored."""
        parts = (self.model, self.role, self.weights[:16], self.preparation, str(self.dimension))
        return "/".join(parts)


class Vectors(NamedTuple):
    """The two vectors of each picture of a batch, from one forward pass.

    Attributes:
        relational: float32 ``[n, d]``, rows of L2 norm 1.
        attribute: float32 ``[n, a]``, rows of L2 norm 1; None if the model gives none.
    """

    relational: Float32
    attribute: Float32 | None


class Embedder(Protocol):
    """Image -> unit vectors. Deterministic on a CPU."""

    @property
    def fingerprint(self) -> Fingerprint:
        """Of the relational vectors."""
        ...

    @property
    def attribute_fingerprint(self) -> Fingerprint | None:
        """Of the attribute vectors; None if the model gives none."""
        ...

    @property
    def batch_size(self) -> int:
        """How many pictures one call should embed for the best rate."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input. Thread-safe: many decode at once.

        Returns:
            uint8 ``[height, width, 3]``; two pictures' may differ in size.
        """
        ...

    def embed(self, prepared: Sequence[UInt8]) -> Vectors:
        """Embed prepared pictures; called in the model thread only.

        Args:
            prepared: One or more results of `prepare`.
        """
        ...

    def close(self) -> None:
        """Let go of memory; called in the model thread. The embedder is not used afterwards."""
        ...


class Captioner(Protocol):
    """Image -> anonymous caption. Greedy captions are deterministic on a CPU."""

    @property
    def id(self) -> str:
        """For example ``relsim-captioner-7b``."""
        ...

    @property
    def key(self) -> str:
        """Id and weights as one stable string: the `Description.model` of its captions."""
        ...

    @property
    def batch_size(self) -> int:
        """How many pictures one call should describe for the best rate."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input. Thread-safe: many decode at once.

        Returns:
            uint8 ``[height, width, 3]``; two pictures' may differ in size.
        """
        ...

    def caption(
        self,
        prepared: Sequence[UInt8],
        *,
        seed: int | None = None,
        control: JobControl | None = None,
    ) -> list[Description]:
        """Describe prepared pictures; called in the model thread only.

        Args:
            prepared: One or more results of `prepare`.
            seed: None for the greedy caption; else the caption is sampled from this seed.
            control: Looked at before each word, because a batch may take minutes.

        Returns:
            One description a picture, of source ``captioner`` and model `key`.

        Raises:
            Cancelled: If the control says so.
        """
        ...


@dataclass(frozen=True, slots=True)
class Description:
    """The anonymous caption of a picture.

    Attributes:
        text: The caption with its slots, or None when no relation is clear.
        confidence: Calibrated probability in 0..1 that the caption names the picture's relation.
        source: Where the caption comes from.
        model: `Captioner.key` of the captioner that wrote it; else empty.
        pinned: Whether a person keeps it: no captioner replaces it.
    """

    text: str | None
    confidence: float
    source: Literal["bank", "captioner", "person"] = "bank"
    model: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Neighbor:
    """A hit with its scores.

    Attributes:
        image_id: The image in the library.
        path: One file that shows it; offline files are never hits.
        relational: Cosine in -1..1.
        attribute: Cosine in -1..1; NaN for a text query, which has no look.
        percentile: Share in percent of the library's random pairs that are relationally less alike;
            NaN where a model knows no pairs to compare with.
        description: The hit's anonymous caption.
        copies: Near-identical pictures collapsed into this hit; 0 unless collapsing was asked for.
        model: Id of the model whose score `relational` is. Scores of two models are not comparable.
    """

    image_id: int
    path: Path
    relational: float
    attribute: float
    percentile: float
    description: Description
    copies: int = 0
    model: str = ""


@dataclass(frozen=True, slots=True)
class PairScore:
    """Two pictures side by side; `percentile` and `model` as in `Neighbor`."""

    relational: float
    attribute: float
    percentile: float
    descriptions: tuple[Description, Description]
    model: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why, in words for people."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class IndexReport:
    """What indexing did. ``found == indexed + reused + len(failed) + skipped``.

    Attributes:
        found: Picture files seen.
        indexed: Files embedded now.
        reused: Files whose vectors were there already (unchanged, moved, renamed or copied).
        failed: Files that could not be read, now or before, and have not changed since.
        skipped: Picture files of a kind that is not supported.
        seconds: Wall time.
        model: Model id.
    """

    found: int
    indexed: int
    reused: int
    failed: tuple[Failure, ...]
    skipped: int
    seconds: float
    model: str


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file of the library, as the grid shows it.

    Attributes:
        file_id: Stable id of the path within the library.
        path: Absolute path.
        image_id: The image it shows, or None while it is not indexed.
        state: ``pending`` (not read yet), ``indexed``, ``failed``, or ``offline`` (not there now).
        size: Bytes.
        mtime_ns: Modification time in nanoseconds.
    """

    file_id: int
    path: Path
    image_id: int | None
    state: Literal["pending", "indexed", "failed", "offline"]
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder (or a single file) that the library covers."""

    folder_id: int
    path: Path
    online: bool


PairVerdict: TypeAlias = Literal["good", "alike", "no"]
"""A person's judgement of a pair: a good analogy, two that only look alike, or no analogy."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair of images with its verdict; ``a < b``."""

    a: int
    b: int
    verdict: PairVerdict


class Place(NamedTuple):
    """Where a picture lies on the free canvas of a board, in units of a screen at zoom 1.

    Attributes:
        x: Left edge.
        y: Upper edge; it grows downwards.
        width: Above 0; the height follows from the picture.
    """

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Board:
    """A saved collection of analogies.

    Attributes:
        board_id: Stable, and never used again.
        name: As a person wrote it.
        images: Ids of its images in its order, each once. On the canvas the last lies on top.
        note: What a person says of the whole.
        notes: What a person says of images, by id; images without a note are left out.
        places: Where images lie on the free canvas, by id; those never arranged are left out.
    """

    board_id: int
    name: str
    images: tuple[int, ...]
    note: str = ""
    notes: Mapping[int, str] = field(default_factory=dict)
    places: Mapping[int, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BoardChange:
    """What a change made of a board; either is None where there was, or is, no board."""

    before: Board | None
    after: Board | None


@dataclass(frozen=True, slots=True)
class BoardPicture:
    """An image of a board, as it is shown.

    Attributes:
        image_id: The image.
        path: One file that shows it, or showed it last; None once the library covers it no more.
        is_online: Whether the file is there now.
        note: What a person says of it on this board.
        place: Where it lies on the free canvas; None where nobody has put it.
        ratio: Its width over its height, where that was measured.
    """

    image_id: int
    path: Path | None
    is_online: bool
    note: str = ""
    place: Place | None = None
    ratio: float | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many images of the library have a relational vector of one fingerprint.

    Images without an online file count nowhere.

    Attributes:
        model: Model id.
        preparation: See `Fingerprint.preparation`.
        key: `Fingerprint.key`.
        images: Images with such a vector.
        of: Images there are.
    """

    model: str
    preparation: str
    key: str
    images: int
    of: int


@dataclass(frozen=True, slots=True)
class Health:
    """The library's state; see `relsim doctor`."""

    library: Path
    files: int
    indexed: int
    failed: int
    pending: int
    offline: int
    images: int
    model: str
    database_bytes: int
    index: Literal["exact", "hnsw"]
    recall_at_10: float | None
    problems: tuple[str, ...] = field(default=())
