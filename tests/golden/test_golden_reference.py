"""Our short cuts against what transformers and PEFT compute without any."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from golden_files import golden
from golden_images import image
from large_models import load_base, model_inputs, peft_model, reference_embedding, relsim_spec

from engine.models import checkpoint
from engine.models.language import places
from engine.models.preparation import Preparation, prepare
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder

BASE, RELSIM = golden("relsim-tiny", "base"), golden("relsim-tiny", "relsim")
SIZES = [(448, 448), (56, 56), (28, 112), (980, 56), (364, 252), (140, 308), (112, 112)]
"""Width and height: whole windows, less than one, and windows that are cut off at the edges."""

Embedders = Callable[[Preparation], RelsimEmbedder]


@pytest.mark.parametrize("size", [(2, 2), (16, 16), (1, 12), (31, 2), (63, 47)])
def test_positions_are_those_of_get_rope_index(
    base: QwenBase, embedders: Embedders, size: tuple[int, int]
) -> None:
    import torch

    reader = embedders("native")._reader
    before, after = len(reader._prompt.before), len(reader._prompt.after)
    rows, columns = size
    kinds = torch.tensor([[0] * before + [1] * (rows * columns) + [0] * after]).int()
    grid = torch.tensor([[1, 2 * rows, 2 * columns]])
    expected, _ = base.core.get_rope_index(torch.zeros_like(kinds).long(), kinds, grid)
    assert torch.equal(expected[:, 0, :before], torch.arange(before).expand(3, -1))
    assert torch.equal(places(reader._prompt, rows, columns), expected[:, 0, before:])


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_vision_tower_sees_what_transformers_sees(
    base: QwenBase, size: tuple[int, int]
) -> None:
    import torch

    pixels = prepare(image("mam2").resize(size), "native", base.rules)
    inputs = model_inputs(BASE, pixels)
    with torch.inference_mode():
        expected = base.core.visual(inputs["pixel_values"], inputs["image_grid_thw"]).pooler_output
        (ours,) = base.vision([pixels])
    assert ours.shape == expected.shape == (base.rules.tokens(pixels), 32)
    assert float((ours - expected).abs().max()) < 1e-5 * float(expected.abs().max())


def test_the_vision_tower_keeps_pictures_of_a_batch_apart(base: QwenBase) -> None:
    import torch

    pictures = [prepare(image("bo2").resize(size), "native", base.rules) for size in SIZES[1:]]
    pictures.append(pictures[0][:, ::-1].copy())
    with torch.inference_mode():
        together = base.vision(pictures)
        for picture, seen in zip(pictures, together, strict=True):
            (alone,) = base.vision([picture])
            assert float((alone - seen).abs().max()) < 1e-5 * float(alone.abs().max())


def test_merging_a_checkpoint_gives_peft_s_weights() -> None:
    import torch

    base = load_base()
    before = {name: weight.clone() for name, weight in base.core.named_parameters()}
    lora = checkpoint.read_lora(RELSIM, base.core)
    assert base.merge(lora, keeps=False)
    assert not base.merge(lora, keeps=False)
    merged = peft_model(BASE, RELSIM, 151_666).merge_and_unload().model
    expected = dict(merged.named_parameters())
    changed = set()
    for name, weight in base.core.named_parameters():
        if not name.endswith("embed_tokens.weight"):  # resized there
            assert float((weight - expected[name]).abs().max()) < 1e-6, name
        if not torch.equal(weight, before[name]):
            changed.add(name.removesuffix(".weight"))
    assert changed == set(lora.factors)
    assert len(changed) == 8
    base.close()


@pytest.mark.parametrize("size", [(448, 448), (84, 196), (28, 5000)], ids=str)
def test_the_embedding_is_that_of_peft_and_transformers(
    embedders: Embedders, size: tuple[int, int]
) -> None:
    native = embedders("native")
    pixels = native.prepare(image("mam5").resize(size))
    expected = reference_embedding(BASE, RELSIM, pixels)
    assert np.abs(native.embed([pixels]).relational[0] - expected).max() < 1e-5


def test_positions_of_a_text_would_be_noticed(embedders: Embedders) -> None:
    """The trap: without marks for the picture, positions are those of a text, and no error."""
    native = embedders("native")
    pixels = native.prepare(image("mam5").resize((448, 448)))
    expected = native.embed([pixels]).relational[0]
    wrong = reference_embedding(BASE, RELSIM, pixels, marks_picture=False)
    assert np.abs(wrong - expected).max() > 1e-3


def test_the_identity_of_the_spec_says_how_pictures_are_prepared() -> None:
    keys = {
        relsim_spec(preparation=p).fingerprint.key for p in ("native", "square448", "squash448")
    }
    assert len(keys) == 3
