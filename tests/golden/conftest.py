"""The golden models, loaded once, and what they make of the golden images."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from golden_engine import LARGE, Open
from golden_images import NAMES, image
from large_models import captioner_spec, load_base, relsim_spec

from engine.models.captioner import AnonymousCaptioner
from engine.models.chosen import ModelRequest
from engine.models.preparation import Preparation
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder
from engine.service import Engine


@pytest.fixture(scope="session")
def base() -> Iterator[QwenBase]:
    """The golden base with its LM head, float32; checkpoints take turns on it."""
    loaded = load_base(writes=True)
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def captioner(base: QwenBase) -> AnonymousCaptioner:
    return AnonymousCaptioner.load(captioner_spec(), base)


@pytest.fixture(scope="session")
def embedders(base: QwenBase) -> Callable[[Preparation], RelsimEmbedder]:
    """The golden embedder of each preparation."""
    loaded: dict[Preparation, RelsimEmbedder] = {}

    def embedder(preparation: Preparation) -> RelsimEmbedder:
        if preparation not in loaded:
            spec = relsim_spec(preparation=preparation)
            loaded[preparation] = RelsimEmbedder.load(spec, base, shares=True)
        return loaded[preparation]

    return embedder


@pytest.fixture(scope="session")
def native_vectors(
    embedders: Callable[[Preparation], RelsimEmbedder],
) -> dict[str, np.ndarray]:
    """Each golden image at its own size, embedded alone."""
    embedder = embedders("native")
    return {name: embedder.embed([embedder.prepare(image(name))]).relational[0] for name in NAMES}


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six pictures; nobody may change them."""
    folder = tmp_path_factory.mktemp("pictures")
    for relation in ("ring", "grid", "growth"):
        for colour in ("crimson", "royalblue"):
            draw(relation, colour).save(folder / f"{relation}-{colour}.png")
    return folder


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory, pictures: Path) -> Path:
    """A library that both models have indexed; tests work on copies of it."""
    library = tmp_path_factory.mktemp("indexed") / "library"
    with Engine.open(library, request=LARGE) as engine:
        engine.index([pictures])
    return library


@pytest.fixture
def open_engine(tmp_path: Path, indexed: Path) -> Iterator[Open]:
    """Opens a copy of the indexed library, or an empty one."""
    opened: list[Engine] = []

    def open_it(request: ModelRequest = LARGE, *, empty: bool = False) -> Engine:
        library = tmp_path / f"library {len(opened)}"
        if not empty:
            shutil.copytree(indexed, library)
        opened.append(Engine.open(library, request=request))
        return opened[-1]

    yield open_it
    for engine in opened:
        engine.close()
