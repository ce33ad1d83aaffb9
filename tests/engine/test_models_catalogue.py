"""What the program says of the models that it knows."""

from __future__ import annotations

import json

import pytest

from engine.errors import ModelError
from engine.models import catalogue as cards
from engine.models.catalogue import bundled_folder, card, catalogue
from engine.models.spec import ModelSpec


def test_every_card_is_complete() -> None:
    ids = [known.id for known in catalogue()]
    large = ["qwen2.5-vl-7b", "relsim-7b", "relsim-captioner-7b"]
    assert ids == ["relsim-mini", *large, "clip-vit-l14", "dinov2-large"]
    for position, known in enumerate(catalogue()):
        assert set(known.requires) <= set(ids[:position]), "a base comes before what needs it"
        assert known.bytes > 0
        assert known.licence_url.startswith("https://")
        assert known.non_commercial == ("NC" in known.licence)
        if known.kind != "bundled":
            assert known.repository is not None
            assert known.revision is not None
            numbers = {"bfloat16", "int8", "int4"} if known.id in large else {"float32"}
            assert set(known.memory) == numbers


def test_the_bundled_model_is_described_by_its_own_folder() -> None:
    mini, spec = card("relsim-mini"), ModelSpec.load(bundled_folder("relsim-mini"))
    assert (mini.licence, mini.bytes) == (spec.licence, spec.weights_path.stat().st_size)


def test_unknown_models_are_named() -> None:
    with pytest.raises(ModelError, match="no model 'x'; known: relsim-mini, qwen"):
        card("x")


def test_another_format_is_refused(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path_factory.mktemp("resources")
    (root / "models").mkdir()
    (root / "models" / "catalogue.json").write_text(json.dumps({"format": 2, "models": []}))
    monkeypatch.setattr(cards, "ROOT", root)
    with pytest.raises(ModelError, match="format 2"):
        catalogue.__wrapped__()
