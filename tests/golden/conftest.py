"""The golden models, loaded once, and what they make of the golden images."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from golden_images import NAMES, image
from large_models import captioner_spec, load_base, relsim_spec

from engine.models.captioner import AnonymousCaptioner
from engine.models.preparation import Preparation
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder


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
