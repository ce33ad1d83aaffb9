"""The pictures that groups are proposed from: those of a library, or of a folder."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.models.chosen import ModelRequest, choose
from engine.models.spec import ModelSpec
from engine.service import Engine
from engine.types import Failure, Float32


@dataclass(frozen=True, slots=True)
class Pictures:
    """Distinct pictures and what the models make of them, the same order for the same files.

    Attributes:
        paths: A file of each; the first that is preferred, else the first.
        relational: float32 ``[n, d]``, unit rows, of the model that ranks.
        attribute: float32 ``[n, a]``, unit rows, of the small model.
        small: float32 ``[n, 384]``, the small model's relational vectors; `relational` itself where
            that model ranks.
        spec: The small model.
        model: Id of the model that ranks.
        failed: Files that could not be read.
    """

    paths: tuple[Path, ...]
    relational: Float32
    attribute: Float32
    small: Float32
    spec: ModelSpec
    model: str
    failed: tuple[Failure, ...]


def pictures_of_library(
    library: Path, request: ModelRequest, preferred: Collection[Path] = ()
) -> Pictures:
    """The pictures that are indexed with all models asked for, and whose files are there.

    Args:
        library: Its folder.
        request: The models.
        preferred: Files to name where several show the same picture.

    Raises:
        KnownError: If there is no library, or nothing is indexed with these models.
    """
    if not library.expanduser().is_dir():
        raise KnownError(
            f"There is no library in {library}: index pictures first, or name a folder"
        )
    with Engine.open(library, request=request) as engine:
        return _read(engine, request, None, preferred)


def pictures_of_folder(
    folder: Path,
    library: Path,
    request: ModelRequest,
    preferred: Collection[Path] = (),
    control: JobControl | None = None,
) -> Pictures:
    """Index a folder and take what it shows.

    Args:
        folder: Of pictures, or one picture.
        library: Where vectors are kept, so that a second time nothing is embedded.
        request: The models.
        preferred: Files to name where several show the same picture.
        control: Progress and cancel.

    Raises:
        Cancelled: If the control says so; what was embedded is kept.
        KnownError: If the folder is not there, or holds no pictures.
    """
    root = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - as the engine names it
    if not root.exists():
        raise KnownError(f"There is no folder {folder}")
    with Engine.open(library, request=request) as engine:
        engine.index([root], control=control)
        return _read(engine, request, root, preferred)


def _read(
    engine: Engine, request: ModelRequest, below: Path | None, preferred: Collection[Path]
) -> Pictures:
    store, spec = engine.store, choose(request, engine.manager, lambda *_: None).small
    small, looks = spec.fingerprint("relational"), spec.fingerprint("attribute")
    known = set(store.image_ids(engine.fingerprint).tolist())
    known &= set(store.image_ids(looks).tolist()) & set(store.image_ids(small).tolist())
    paths = dict[int, Path]()
    for file in store.files():
        image, shown = file.image_id, file.state == "indexed" and _is_below(file.path, below)
        if not shown or image is None or image not in known:
            continue
        if image not in paths or (file.path in preferred and paths[image] not in preferred):
            paths[image] = file.path
    if not paths:
        there = "no picture that can be read" if below is not None else "nothing that is indexed"
        raise KnownError(f"{below or engine.library_dir} holds {there} with {engine.model}")
    ids = list(paths)
    relational = store.vectors(engine.fingerprint, ids)
    return Pictures(
        paths=tuple(paths.values()),
        relational=relational,
        attribute=store.vectors(looks, ids),
        small=relational if engine.fingerprint == small else store.vectors(small, ids),
        spec=spec,
        model=engine.model,
        failed=tuple(_below(store.failures(), below)),
    )


def _below(failures: Iterable[Failure], below: Path | None) -> Iterable[Failure]:
    return (failure for failure in failures if _is_below(failure.path, below))


def _is_below(path: Path, below: Path | None) -> bool:
    return below is None or path.is_relative_to(below)
