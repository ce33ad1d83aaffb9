"""A base model of any size loads; damaged, partial and foreign ones are refused with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from golden_files import golden
from large_models import (
    Shape,
    edit_json,
    edit_tensors,
    linked,
    load_base,
    make_base,
    make_relsim,
    reference_embedding,
    relsim_spec,
    replace_file,
)

from engine.errors import ModelError
from engine.models import checkpoint
from engine.models.large import LargeModel, memory_needed
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder
from engine.types import UInt8


def picture(width: int = 112, height: int = 84) -> UInt8:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def base() -> Iterator[QwenBase]:
    loaded = load_base()
    yield loaded
    loaded.close()


@pytest.fixture
def base_folder(tmp_path: Path) -> Path:
    return linked(golden("relsim-tiny", "base"), tmp_path / "my-base")


def base_refusal(folder: Path) -> str:
    """Why a base does not load, through the door that the engine takes."""
    with pytest.raises(ModelError) as caught:
        LargeModel.load(relsim_spec(base=folder), None, ("float32",))
    text = str(caught.value)
    assert "my-base" in text
    return text


def shard(folder: Path) -> list[Path]:
    """Turn the one file of weights into two, as large models have them."""
    from safetensors.torch import load_file, save_file

    whole = folder / "model.safetensors"
    tensors = load_file(whole)
    whole.unlink()
    names = sorted(tensors)
    files = {"model-00001-of-00002.safetensors": names[::2]}
    files["model-00002-of-00002.safetensors"] = names[1::2]
    for file, part in files.items():
        save_file({name: tensors[name] for name in part}, folder / file, {"format": "pt"})
    index = {
        "metadata": {"total_size": sum(t.nbytes for t in tensors.values())},
        "weight_map": {name: file for file, part in files.items() for name in part},
    }
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    return [folder / file for file in files]


def test_a_base_in_shards_is_the_same_and_one_missing_is_noticed(
    base_folder: Path, base: QwenBase
) -> None:
    whole = memory_needed(base_folder, writes=True)
    shards = shard(base_folder)
    assert memory_needed(base_folder, writes=True) == whole
    loaded = RelsimEmbedder.load(relsim_spec(), load_base(base_folder))
    expected = RelsimEmbedder.load(relsim_spec(), base, shares=True).embed([picture()])
    assert np.array_equal(loaded.embed([picture()]).relational, expected.relational)
    shards[1].unlink()
    base_refusal(base_folder)


def test_a_base_without_weights(base_folder: Path) -> None:
    (base_folder / "model.safetensors").unlink()
    assert "no safetensors files" in base_refusal(base_folder)


def test_a_base_that_lacks_a_tensor(base_folder: Path) -> None:
    def drop(tensors: dict[str, Any]) -> None:
        name = next(name for name in tensors if name.endswith("layers.2.mlp.up_proj.weight"))
        del tensors[name]

    edit_tensors(base_folder / "model.safetensors", drop)
    text = base_refusal(base_folder)
    assert "1 tensors are missing" in text
    assert "layers.2.mlp.up_proj.weight" in text
    assert "Download the model again" in text


def test_a_base_with_a_tensor_of_another_shape(base_folder: Path) -> None:
    def cut(tensors: dict[str, Any]) -> None:
        name = next(name for name in tensors if name.endswith("layers.2.mlp.up_proj.weight"))
        tensors[name] = tensors[name][:90].clone()

    edit_tensors(base_folder / "model.safetensors", cut)
    assert "layers.2.mlp.up_proj.weight" in base_refusal(base_folder)


@pytest.mark.parametrize("share", [0.0, 0.00001, 0.5, 0.999])
def test_a_base_that_is_cut_off(base_folder: Path, share: float) -> None:
    path = base_folder / "model.safetensors"
    content = path.read_bytes()
    replace_file(path, content[: int(share * len(content))])
    assert "damaged" in base_refusal(base_folder)


@pytest.mark.parametrize("kind", ["bert", "qwen2_vl"])
def test_another_architecture(base_folder: Path, kind: str) -> None:
    from transformers import AutoConfig

    content = AutoConfig.for_model(kind).to_dict()
    replace_file(base_folder / "config.json", json.dumps(content).encode())
    assert f"holds a {kind}, not a Qwen2.5-VL" in base_refusal(base_folder)


def test_an_architecture_that_nobody_knows(base_folder: Path) -> None:
    edit_json(base_folder / "config.json", model_type="relsim_9000")
    assert "cannot be loaded" in base_refusal(base_folder)


def test_a_damaged_configuration(base_folder: Path) -> None:
    replace_file(base_folder / "config.json", b"{")
    base_refusal(base_folder)
    (base_folder / "config.json").unlink()
    base_refusal(base_folder)


CODE = """
from pathlib import Path
Path({proof!r}).mkdir()
from transformers import PretrainedConfig
class Evil(PretrainedConfig):
    model_type = "relsim_9000"
"""


@pytest.mark.parametrize("kind", ["qwen2_5_vl", "relsim_9000"])
def test_code_beside_a_base_does_not_run(
    base_folder: Path, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = tmp_path / "the code ran"
    (base_folder / "evil.py").write_text(CODE.format(proof=str(proof)))
    classes = {"AutoConfig": "evil.Evil", "AutoModel": "evil.Evil"}
    edit_json(base_folder / "config.json", model_type=kind, auto_map=classes)
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("it asks whether to run code"))
    if kind == "qwen2_5_vl":
        load_base(base_folder).close()
    else:
        base_refusal(base_folder)
    assert not proof.exists()


# Other sizes


SHAPES = {
    "wider": Shape(),
    "two heads of keys": Shape(
        width=64, inner=96, layers=2, heads=4, key_value_heads=2, vision_depth=2,
        vision_width=32, vision_heads=2, full_attention=(0,), window=112,
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("shape", "resized"), [("wider", True), ("wider", False), ("two heads of keys", True)]
)
def test_any_size_with_a_checkpoint_saved_by_peft(
    tmp_path: Path, shape: str, resized: bool
) -> None:
    base = make_base(tmp_path / "base", SHAPES[shape])
    relsim = make_relsim(tmp_path / "relsim", base, resized=resized)
    assert checkpoint.base_of(relsim) == str(base)
    large = LargeModel.load(relsim_spec(relsim, base), None, ("float32",))
    assert large.embedder is not None
    pixels = picture(196, 140)
    ours = large.embedder.embed([pixels]).relational[0]
    assert np.abs(ours - reference_embedding(base, relsim, pixels)).max() < 1e-5
    large.close()
