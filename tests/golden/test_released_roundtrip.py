"""What the recipe exports has the released layout, and the engine serves what was trained.

`tests/benchmarks/released_roundtrip.py` lets the released package itself read it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import pytest
import torch
from exported_golden import export
from golden_files import golden
from PIL import Image
from safetensors.torch import load_file

from engine.models.device import Placement, devices
from engine.models.large_spec import RelsimSpec
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder

BASE, RELEASED = golden("relsim-tiny", "base"), golden("relsim-tiny", "relsim")
QUERIES = cast(tuple[Literal["frozen", "trained"], ...], ("frozen", "trained"))


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("query", QUERIES)
def test_tensors_are_those_of_a_released_checkpoint(
    tmp_path: Path, query: Literal["frozen", "trained"]
) -> None:
    export(tmp_path, query)
    own, released = (load_file(f / "adapter_model.safetensors") for f in (tmp_path, RELEASED))
    written = {name for name in released if ".lora_" in name}
    if query == "trained":  # the only place where the released package looks for it
        written.add("base_model.model.model.language_model.embed_tokens.weight")
    assert own.keys() == written
    for name in written:
        assert own[name].shape == released[name].shape, name
    projections = [
        torch.load(f / "projection_and_config.pt", weights_only=True) for f in (tmp_path, RELEASED)
    ]
    assert projections[0]["query_token_id"] == projections[1]["query_token_id"]
    shapes = [{n: t.shape for n, t in p["projection"].items()} for p in projections]
    assert shapes[0] == shapes[1]


def test_settings_are_named_as_transformers_4_and_peft_read_them(tmp_path: Path) -> None:
    export(tmp_path, "frozen")
    own, released = (read(folder / "adapter_config.json") for folder in (tmp_path, RELEASED))
    for name in ("peft_type", "task_type", "r", "lora_alpha", "lora_dropout", "bias"):
        assert own[name] == released[name], name
    assert sorted(own["target_modules"]) == sorted(released["target_modules"])
    tokens = read(tmp_path / "tokenizer_config.json")
    assert tokens["additional_special_tokens"] == ["<|query|>"]
    assert not isinstance(tokens.get("extra_special_tokens"), list)  # transformers 4 fails there
    for name in ("preprocessor_config.json", "chat_template.jinja"):
        assert (tmp_path / name).read_bytes() == (RELEASED / name).read_bytes()


@pytest.mark.parametrize("query", QUERIES)
def test_the_engine_serves_what_was_trained(
    tmp_path: Path, query: Literal["frozen", "trained"]
) -> None:
    model = export(tmp_path, query)
    place = next(device for device in devices() if device.name == "cpu")
    base = QwenBase.load(BASE, Placement(place, "float32", "a test"), writes=False)
    spec = RelsimSpec("exported", tmp_path, BASE, "square448", None, "0" * 64)
    embedder = RelsimEmbedder.load(spec, base)
    pictures = [
        Image.open(golden("images", name)).convert("RGB") for name in ("mam.jpg", "bo2.jpg")
    ]
    with torch.no_grad():
        trained = model([model.prepare(picture) for picture in pictures]).numpy()
    served = embedder.embed([embedder.prepare(picture) for picture in pictures]).relational
    np.testing.assert_allclose(served, trained, atol=1e-5)
