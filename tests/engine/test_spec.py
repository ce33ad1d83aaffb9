from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from engine.errors import ModelError
from engine.models.registry import DEFAULT_MODEL, find_model, list_models, load_embedder
from engine.models.spec import ModelSpec


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A model folder that a test may damage."""
    return Path(shutil.copytree(find_model().folder, tmp_path / "model"))


def change(folder: Path, **fields: Any) -> Path:
    path = folder / "spec.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, **fields}), encoding="utf-8")
    return folder


def test_the_bundled_model_is_complete_and_small() -> None:
    spec = find_model()
    assert spec.id == DEFAULT_MODEL
    assert spec in list_models()
    assert spec.preparation == "squash224"
    assert spec.licence
    assert spec.sources
    assert list(spec.pairs) == sorted(spec.pairs)
    assert sum(path.stat().st_size for path in spec.folder.iterdir()) <= 25_000_000


def test_fingerprints_tell_roles_weights_and_dimensions_apart() -> None:
    spec = find_model()
    relational, attribute = spec.fingerprint("relational"), spec.fingerprint("attribute")
    assert relational.dimension == 384
    assert attribute.dimension == spec.attribute_dimension
    assert relational.weights == attribute.weights == spec.sha256
    assert relational.key != attribute.key


def test_a_model_folder_is_found_by_its_path(copy: Path) -> None:
    assert find_model(copy).folder == copy
    assert find_model(str(copy)).sha256 == find_model().sha256


def test_an_unknown_model_names_those_that_are_installed(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="installed: relsim-mini"):
        find_model("relsim-maxi")
    with pytest.raises(ModelError, match="not a model folder"):
        find_model(tmp_path)


def test_damaged_weights_are_refused_before_they_are_loaded(copy: Path) -> None:
    weights = copy / "model.onnx"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match="damaged"):
        load_embedder(copy)


def test_missing_weights_are_a_known_error(copy: Path) -> None:
    (copy / "model.onnx").unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        load_embedder(copy)


def test_weights_that_are_no_network_are_a_known_error(copy: Path) -> None:
    (copy / "model.onnx").write_bytes(b"no network")
    change(copy, sha256=hashlib.sha256(b"no network").hexdigest())
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_embedder(copy)


def test_a_newer_format_asks_for_an_update(copy: Path) -> None:
    with pytest.raises(ModelError, match="update the program"):
        ModelSpec.load(change(copy, format=2))


@pytest.mark.parametrize(
    "fields",
    [
        {"input_size": "224"},
        {"input_size": 0},
        {"id": None},
        {"preparation": "crop"},
        {"weights": "../model.onnx"},
        {"description": {"bias": 1.0}},
        {"pairs": ["much"]},
    ],
)
def test_a_damaged_specification_is_a_known_error(copy: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(ModelError, match="damaged"):
        ModelSpec.load(change(copy, **fields))


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": "1"}'])
def test_what_is_no_specification_is_a_known_error(copy: Path, text: str) -> None:
    (copy / "spec.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match=r"spec\.json"):
        ModelSpec.load(copy)
