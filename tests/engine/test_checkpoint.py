"""Checkpoints of any size load; damaged, partial and foreign ones are refused with the reason."""

from __future__ import annotations

import json
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from golden_files import golden
from large_models import (
    ADAPTER,
    Shape,
    drop_embeddings,
    edit_json,
    edit_tensors,
    linked,
    load_base,
    make_base,
    make_relsim,
    relsim_spec,
    replace_file,
)
from PIL import Image

from engine.errors import ModelError
from engine.models import checkpoint
from engine.models.qwen import QwenBase, load_tokenizer
from engine.models.relsim_vl import RelsimEmbedder
from engine.types import UInt8

PROJECTION = checkpoint.PROJECTION
CONFIG = checkpoint.ADAPTER_CONFIG
Q0 = "base_model.model.model.language_model.layers.0.self_attn.q_proj.lora_"


@pytest.fixture(scope="module")
def base() -> Iterator[QwenBase]:
    loaded = load_base()
    yield loaded
    loaded.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The golden checkpoint, whose files may be replaced; without the embeddings, it is small."""
    copy = linked(golden("relsim-tiny", "relsim"), tmp_path / "my-relsim")
    edit_tensors(copy / ADAPTER, drop_embeddings)
    return copy


def refusal(folder: Path, base: QwenBase) -> str:
    """Why a checkpoint does not load."""
    with pytest.raises(ModelError) as caught:
        RelsimEmbedder.load(relsim_spec(folder), base)
    text = str(caught.value)
    assert "my-relsim" in text, "it says which checkpoint"
    assert "\n" not in text
    return text


def picture(width: int = 112, height: int = 84) -> UInt8:
    return np.random.default_rng(3).integers(0, 256, (height, width, 3), dtype=np.uint8)


# The projection


def edit_projection(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    import torch

    content = torch.load(folder / PROJECTION, weights_only=True)
    edit(content)
    (folder / PROJECTION).unlink()
    torch.save(content, folder / PROJECTION)


def test_without_a_projection(folder: Path, base: QwenBase) -> None:
    (folder / PROJECTION).unlink()
    assert f"incomplete: it has no {PROJECTION}" in refusal(folder, base)


def narrower(content: dict[str, Any]) -> None:
    content["projection"]["weight"] = content["projection"]["weight"][:, :-1].clone()


def fewer_rows(content: dict[str, Any]) -> None:
    projection = content["projection"]
    for name in projection:
        projection[name] = projection[name][:383].clone()


def short_bias(content: dict[str, Any]) -> None:
    content["projection"]["bias"] = content["projection"]["bias"][:383].clone()


def without_bias(content: dict[str, Any]) -> None:
    del content["projection"]["bias"]


def no_numbers(content: dict[str, Any]) -> None:
    content["projection"]["weight"] = "a projection"


def flat(content: dict[str, Any]) -> None:
    content["projection"]["weight"] = content["projection"]["weight"].flatten()


def zero(content: dict[str, Any]) -> None:
    content["projection"]["weight"].zero_()


def not_finite(content: dict[str, Any]) -> None:
    content["projection"]["weight"][7, 3] = float("nan")


def infinite_bias(content: dict[str, Any]) -> None:
    content["projection"]["bias"][7] = float("inf")


def without_query(content: dict[str, Any]) -> None:
    del content["query_token_id"]


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (narrower, "another base model: it projects states of width 31, this base has 32"),
        (fewer_rows, "projects to 383 dimensions, not to 384"),
        (short_bias, "384"),
        (without_bias, "damaged: KeyError"),
        (no_numbers, "holds no projection"),
        (flat, "another base model"),
        (zero, "damaged: its numbers make no projection"),
        (not_finite, "damaged: its numbers make no projection"),
        (infinite_bias, "damaged: its numbers make no projection"),
        (without_query, "damaged: KeyError"),
    ],
)
def test_a_projection_that_does_not_fit(
    folder: Path, base: QwenBase, edit: Callable[[dict[str, Any]], object], reason: str
) -> None:
    edit_projection(folder, edit)
    assert reason in refusal(folder, base)


class Evil:
    """Runs code when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.path),)


@pytest.mark.parametrize("wrapped", [True, False], ids=["saved by torch", "a plain pickle"])
def test_code_in_a_pickle_does_not_run(
    folder: Path, base: QwenBase, tmp_path: Path, wrapped: bool
) -> None:
    import torch

    proof = tmp_path / "the code ran"
    path = folder / PROJECTION
    path.unlink()
    content = {"projection": Evil(proof), "query_token_id": 151665}
    if wrapped:
        torch.save(content, path)
    else:
        path.write_bytes(pickle.dumps(content, protocol=2))
    assert "could run code of others" in refusal(folder, base)
    assert not proof.exists()
    pickle.loads(pickle.dumps(content))
    assert proof.exists(), "the code would have run"


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.99])
def test_a_projection_that_is_cut_off(folder: Path, base: QwenBase, share: float) -> None:
    content = (folder / PROJECTION).read_bytes()
    replace_file(folder / PROJECTION, content[: int(share * len(content))])
    refusal(folder, base)


# The adapter


def edit_adapter(folder: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    edit_tensors(folder / ADAPTER, edit)


def missing_tensor(tensors: dict[str, Any]) -> None:
    del tensors[f"{Q0}A.weight"]


def extra_layer(tensors: dict[str, Any]) -> None:
    tensors[f"{Q0}A.weight".replace("layers.0", "layers.4")] = tensors[f"{Q0}A.weight"].clone()


def extra_kind(tensors: dict[str, Any]) -> None:
    tensors[f"{Q0}magnitude_vector"] = tensors[f"{Q0}A.weight"][0].clone()


def other_rank(tensors: dict[str, Any]) -> None:
    tensors[f"{Q0}A.weight"] = tensors[f"{Q0}A.weight"][:8].clone()
    tensors[f"{Q0}B.weight"] = tensors[f"{Q0}B.weight"][:, :8].clone()


def other_width(tensors: dict[str, Any]) -> None:
    import torch

    tensors[f"{Q0}A.weight"] = torch.ones(16, 48)


def nan(tensors: dict[str, Any]) -> None:
    tensors[f"{Q0}B.weight"][0, 0] = float("nan")


def one_dimension(tensors: dict[str, Any]) -> None:
    tensors[f"{Q0}B.weight"] = tensors[f"{Q0}B.weight"].flatten()


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (missing_tensor, f"incomplete: it has no {Q0}A.weight"),
        (extra_layer, "another base model: 1 of its tensors have no place"),
        (extra_kind, "another base model: 1 of its tensors have no place"),
        (other_rank, "has rank 8, but the configuration says 16"),
        (other_width, "another base model: 32 x 48 there, 32 x 32 in this one"),
        (nan, "damaged: it has numbers that are not finite"),
        (one_dimension, "rank"),
    ],
)
def test_an_adapter_that_does_not_fit(
    folder: Path, base: QwenBase, edit: Callable[[dict[str, Any]], object], reason: str
) -> None:
    edit_adapter(folder, edit)
    assert reason in refusal(folder, base)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"use_dora": True}, "uses use_dora, which this version cannot load"),
        ({"rank_pattern": {"q_proj": 4}}, "uses rank_pattern"),
        ({"alpha_pattern": {"q_proj": 4}}, "uses alpha_pattern"),
        ({"bias": "lora_only"}, "uses bias"),
        ({"modules_to_save": ["lm_head"]}, "uses modules_to_save"),
        ({"layers_to_transform": [0]}, "uses layers_to_transform"),
        ({"peft_type": "IA3"}, "another kind of adapter than LoRA"),
        ({"r": 8}, "rank 16, but the configuration says 8"),
        ({"r": 0}, "rank 0"),
        ({"r": None}, "no rank and alpha"),
        ({"lora_alpha": "much"}, "no rank and alpha"),
        ({"target_modules": ["q_proj"]}, "another base model: 8 of its tensors have no place"),
        ({"target_modules": ["q_proj", "v_proj", "o_proj"]}, "incomplete"),
        ({"target_modules": ["query_key_value"]}, "layers that this one does not have"),
        ({"target_modules": "all-linear"}, "does not list its target_modules by name"),
    ],
)
def test_a_configuration_of_another_kind(
    folder: Path, base: QwenBase, changes: dict[str, object], reason: str
) -> None:
    edit_json(folder / CONFIG, **changes)
    assert reason in refusal(folder, base)


def test_a_configuration_that_is_missing_or_damaged(folder: Path, base: QwenBase) -> None:
    replace_file(folder / CONFIG, b"[]")
    assert "another kind of adapter" in refusal(folder, base)
    replace_file(folder / CONFIG, b"{")
    assert "cannot be read" in refusal(folder, base)
    (folder / CONFIG).unlink()
    assert "no LoRA checkpoint" in refusal(folder, base)


def test_adapter_weights_that_are_missing_or_cut_off(folder: Path, base: QwenBase) -> None:
    content = (folder / ADAPTER).read_bytes()
    for kept in (len(content) - 1, 100, 0):
        replace_file(folder / ADAPTER, content[:kept])
        assert "damaged" in refusal(folder, base)
    (folder / ADAPTER).unlink()
    assert f"incomplete: it has no {ADAPTER}" in refusal(folder, base)


def test_an_adapter_of_another_base_of_the_same_shape(tmp_path: Path, base: QwenBase) -> None:
    folder = linked(golden("relsim-tiny", "relsim"), tmp_path / "my-relsim")

    def shift(tensors: dict[str, Any]) -> None:
        tensors["base_model.model.model.language_model.embed_tokens.weight"] += 1

    edit_adapter(folder, shift)
    assert "its embeddings are not those of this base" in refusal(folder, base)


def test_an_adapter_with_too_small_a_vocabulary(tmp_path: Path, base: QwenBase) -> None:
    folder = linked(golden("relsim-tiny", "relsim"), tmp_path / "my-relsim")

    def cut(tensors: dict[str, Any]) -> None:
        name = "base_model.model.model.language_model.embed_tokens.weight"
        tensors[name] = tensors[name][:151_665].clone()

    edit_adapter(folder, cut)
    assert "its vocabulary differs" in refusal(folder, base)


def test_the_embeddings_in_a_released_adapter_need_not_be_there(
    folder: Path, base: QwenBase
) -> None:
    with_them = RelsimEmbedder.load(relsim_spec(), base, shares=True)
    without = RelsimEmbedder.load(relsim_spec(folder), base, shares=True)
    expected = with_them.embed([picture()]).relational
    assert np.array_equal(without.embed([picture()]).relational, expected)


def test_what_a_checkpoint_says_of_itself(folder: Path) -> None:
    assert checkpoint.is_adapter(folder)
    assert checkpoint.is_relsim(folder)
    assert checkpoint.base_of(folder) == "tiny/base"
    assert not checkpoint.is_relsim(golden("relsim-tiny", "captioner"))
    assert not checkpoint.is_adapter(golden("relsim-tiny", "base"))
    with pytest.raises(ModelError, match="no LoRA checkpoint"):
        checkpoint.base_of(golden("relsim-tiny", "base"))


# The tokenizer


def test_a_query_token_that_the_tokenizer_numbers_otherwise(folder: Path, base: QwenBase) -> None:
    edit_projection(folder, lambda content: content.update(query_token_id=151_664))
    text = refusal(folder, base)
    assert "<|query|> is token 151665" in text
    assert "trained on token 151664" in text


def test_a_tokenizer_without_the_query_token(tmp_path: Path, base: QwenBase) -> None:
    folder = linked(golden("relsim-tiny", "captioner"), tmp_path / "my-relsim")
    (folder / PROJECTION).symlink_to(golden("relsim-tiny", "relsim", PROJECTION))
    assert "contradicts itself" in refusal(folder, base)


def test_without_a_tokenizer(tmp_path: Path, base: QwenBase) -> None:
    released = golden("relsim-tiny", "relsim")
    kept = (ADAPTER, CONFIG, PROJECTION)
    others = tuple(path.name for path in released.iterdir() if path.name not in kept)
    folder = linked(released, tmp_path / "my-relsim", without=others)
    refusal(folder, base)


def test_without_a_chat_template(folder: Path, base: QwenBase) -> None:
    (folder / "chat_template.jinja").unlink()
    content = json.loads((folder / "tokenizer_config.json").read_text())
    assert "chat_template" not in content
    assert "no usable chat template" in refusal(folder, base)


CODE = """
from pathlib import Path
Path({proof!r}).mkdir()
from transformers import PretrainedConfig
class Evil(PretrainedConfig):
    model_type = "relsim_9000"
"""


def test_code_beside_a_tokenizer_does_not_run(
    folder: Path, base: QwenBase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proof = tmp_path / "the code ran"
    (folder / "evil.py").write_text(CODE.format(proof=str(proof)))
    edit_json(
        folder / "tokenizer_config.json",
        auto_map={"AutoTokenizer": ["evil.Evil", "evil.Evil"]},
        tokenizer_class="Evil",
    )
    monkeypatch.setattr("builtins.input", lambda *_: pytest.fail("it asks whether to run code"))
    with suppress(ModelError):
        load_tokenizer(folder)
    assert not proof.exists()


def test_a_checkpoint_of_another_size_is_refused(tmp_path: Path, base: QwenBase) -> None:
    other = make_base(tmp_path / "base", Shape())
    relsim = make_relsim(tmp_path / "my-relsim", other, resized=False)
    assert "another base model" in refusal(relsim, base)


def test_pictures_of_any_mode_and_shape(base: QwenBase) -> None:
    embedder = RelsimEmbedder.load(relsim_spec(preparation="native"), base, shares=True)
    for size in ((1, 1), (3, 200), (60, 60)):
        vector = embedder.embed([embedder.prepare(Image.new("RGB", size, "teal"))]).relational
        assert np.linalg.norm(vector[0]) == pytest.approx(1.0, abs=1e-6)
