"""The golden models as an engine is asked for them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from golden_files import golden

from engine.models.chosen import ModelRequest
from engine.models.relsim_vl import RelsimEmbedder
from engine.service import Engine

BASE, RELSIM = golden("relsim-tiny", "base"), golden("relsim-tiny", "relsim")
LARGE = ModelRequest(RELSIM, BASE, precision="float32")
SMALL = ModelRequest()
QUERY = "ring-crimson.png"

Open = Callable[..., Engine]
"""See the fixture `open_engine`."""


def coverage(engine: Engine) -> dict[str, tuple[int, int]]:
    return {part.model: (part.images, part.of) for part in engine.coverage()}


def forbid_large(monkeypatch: pytest.MonkeyPatch) -> None:
    def embed(*_: object) -> None:
        pytest.fail("the large model ran")

    monkeypatch.setattr(RelsimEmbedder, "embed", embed)
