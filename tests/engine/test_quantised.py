"""Weights in 8 and 4 bits: how much smaller, and how far the vectors drift."""

from __future__ import annotations

import json

import numpy as np
import pytest
import torch
from golden_files import golden
from PIL import Image
from torch import nn

from engine.models.device import Precision
from engine.models.large import LargeModel, memory_needed
from engine.models.large_spec import CaptionerSpec, RelsimSpec
from engine.models.quantised import bits_of, quantise


@pytest.fixture
def layer() -> nn.Linear:
    torch.manual_seed(0)
    made = nn.Linear(1000, 300, dtype=torch.bfloat16)  # no multiple of a block
    nn.init.normal_(made.weight, std=0.02)
    return made


@pytest.mark.parametrize(("bits", "share", "error"), [(8, 0.51, 0.012), (4, 0.28, 0.1)])
def test_a_layer_computes_about_the_same_from_less(
    layer: nn.Linear, bits: int, share: float, error: float
) -> None:
    # For weights with a normal distribution, 255 steps to the largest of a row are off by 0.8 % of
    # their spread, and NF4 by 9 %.
    smaller = quantise(layer, bits)  # type: ignore[arg-type]
    states = torch.randn(7, 1000, dtype=torch.bfloat16)
    truth = nn.functional.linear(states.float(), layer.weight.float(), layer.bias.float())
    got = smaller(states).float()
    assert got.shape == truth.shape
    assert ((got - truth).norm() / truth.norm()).item() < error
    kept = sum(t.nbytes for t in smaller.buffers()) + smaller.bias.nbytes
    table = 2 * 256 * layer.weight.element_size() if bits == 4 else 0
    assert kept - table < share * (layer.weight.nbytes + layer.bias.nbytes)


def test_zeros_stay_zero() -> None:
    layer = nn.Linear(128, 4, bias=False, dtype=torch.bfloat16)
    nn.init.zeros_(layer.weight)
    for bits in (8, 4):
        smaller = quantise(layer, bits)  # type: ignore[arg-type]
        assert not smaller(torch.ones(2, 128, dtype=torch.bfloat16)).any()


def test_layers_on_which_checkpoints_take_turns_are_left_alone() -> None:
    assert bits_of("language_model.layers.0.self_attn.q_proj", 2) == 16
    assert bits_of("model.layers.3.self_attn.v_proj", 2) == 16
    assert bits_of("model.layers.3.self_attn.k_proj", 2) == 4
    assert bits_of("visual.blocks.0.attn.qkv", 2) == 8
    assert bits_of("visual.patch_embed.proj", 5) == 16
    assert bits_of("model.embed_tokens", 2) == 16


def load(precision: Precision, *, writes: bool = False) -> LargeModel:
    base = golden("relsim-tiny/base")
    quantisation = precision if precision in ("int8", "int4") else None
    relsim = RelsimSpec(
        "tiny", golden("relsim-tiny/relsim"), base, "square448", quantisation, "0" * 64
    )
    captioner = CaptionerSpec("tiny", golden("relsim-tiny/captioner"), base, "0" * 64)
    return LargeModel.load(relsim, captioner if writes else None, (precision,))


def vectors(precision: Precision) -> np.ndarray:
    model = load(precision)
    assert model.embedder is not None
    names = json.loads(golden("training_step.json").read_text())["order"]
    prepared = []
    for name in names:
        with Image.open(golden("images", f"{name}.jpg")) as image:
            prepared.append(model.embedder.prepare(image.convert("RGB")))
    found = model.embedder.embed(prepared).relational
    model.close()
    return found


def test_drift_on_the_golden_images() -> None:
    truth = vectors("float32")
    # The tiny model is 32 wide, so that blocks of 4-bit weights are whole rows of it: real widths
    # drift less (docs/benchmarks/relsim-7b.md).
    for precision, least in (("bfloat16", 0.999), ("int8", 0.995), ("int4", 0.9)):
        found = vectors(precision)  # type: ignore[arg-type]
        assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(found)), abs=1e-5)
        assert (found * truth).sum(axis=1).min() > least, precision


def test_the_estimate_of_memory_is_what_is_taken() -> None:
    needed = memory_needed(golden("relsim-tiny/base"), writes=False)
    for precision in ("float32", "bfloat16", "int8"):
        model = load(precision)  # type: ignore[arg-type]
        core = model._base.core
        taken = sum(t.nbytes for t in (*core.parameters(), *core.buffers()))
        assert taken == pytest.approx(needed[precision], rel=0.02)  # type: ignore[index]
        model.close()


def test_captions_and_vectors_take_turns_on_quantised_weights() -> None:
    model = load("int8", writes=True)
    assert model.embedder is not None
    assert model.captioner is not None
    with Image.open(golden("images/bo.jpg")) as image:
        picture = image.convert("RGB")
    prepared = [model.embedder.prepare(picture)]
    first = model.embedder.embed(prepared).relational
    tokens, _ = model.captioner.generate([model.captioner.prepare(picture)], max_tokens=3)
    assert tokens.shape == (1, 3)
    assert np.array_equal(model.embedder.embed(prepared).relational, first)
    model.close()


def test_quantised_vectors_never_meet_the_full_ones() -> None:
    base = golden("relsim-tiny/base")
    keys = {
        RelsimSpec("x", base, base, "square448", quantisation, "0" * 64).fingerprint.key
        for quantisation in (None, "int8", "int4")
    }
    assert len(keys) == 3
