"""Pixels as transformers' own image processor makes them, and the three preparations."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from engine.errors import DecodeError, ModelError
from engine.models.preparation import PREPARATIONS, PixelRules, min_side, prepare

RULES = PixelRules(
    patch=14,
    merge=2,
    frames=2,
    min_pixels=56 * 56,
    max_pixels=28 * 28 * 16384,
    mean=(0.48145466, 0.4578275, 0.40821073),
    std=(0.26862954, 0.26130258, 0.27577711),
)
FEW = replace(RULES, max_pixels=28 * 28 * 20)


def noise(width: int, height: int) -> Image.Image:
    pixels = np.random.default_rng(width).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def theirs(image: Image.Image, rules: PixelRules) -> tuple[np.ndarray, list[int]]:
    """Normalised patches float32 ``[p, 3, frames, patch, patch]`` and their grid."""
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    processor = Qwen2VLImageProcessorPil(
        size={"shortest_edge": rules.min_pixels, "longest_edge": rules.max_pixels}
    )
    out = processor(image, return_tensors="np")
    patches = out["pixel_values"].reshape(-1, 3, rules.frames, rules.patch, rules.patch)
    return patches, out["image_grid_thw"][0].tolist()


@pytest.mark.parametrize(
    ("size", "rules"),
    [
        ((448, 448), RULES),
        ((333, 501), RULES),
        ((29, 57), RULES),
        ((41, 43), RULES),
        ((1, 1), RULES),  # below the least area, enlarged
        ((7, 3), RULES),
        ((13, 400), RULES),
        ((1, 200), RULES),  # one pixel wide
        ((199, 1), RULES),
        ((28, 5600), RULES),
        ((640, 480), FEW),  # above the greatest area, reduced
        ((900, 10), FEW),
        ((151, 149), FEW),
    ],
)
def test_pixels_are_those_of_transformers(size: tuple[int, int], rules: PixelRules) -> None:
    image = noise(*size)
    pixels = prepare(image, "native", rules)
    patches, (time, rows, columns) = theirs(image, rules)
    assert time == 1
    assert pixels.dtype == np.uint8
    assert pixels.shape == (rows * rules.patch, columns * rules.patch, 3)
    assert rules.tokens(pixels) == rows * columns // rules.merge**2
    assert np.array_equal(patches[:, :, 0], patches[:, :, 1])  # every frame is the same picture
    step, merge = rules.patch, rules.merge
    blocks = pixels.reshape(rows // merge, merge, step, columns // merge, merge, step, 3)
    ours = blocks.transpose(0, 3, 1, 4, 6, 2, 5).reshape(-1, 3, step, step)
    mean, std = (np.reshape(values, (3, 1, 1)) for values in (rules.mean, rules.std))
    back = np.rint((patches[:, :, 0] * std + mean) * 255).astype(np.int64)
    assert np.array_equal(back, ours)


@given(
    width=st.integers(1, 20_000),
    height=st.integers(1, 20_000),
    rules=st.sampled_from([RULES, FEW]),
)
def test_sizes_are_those_of_transformers(width: int, height: int, rules: PixelRules) -> None:
    assert_same_size(width, height, rules)


@pytest.mark.parametrize("rules", [RULES, FEW])
def test_sizes_of_squares_and_small_pictures(rules: PixelRules) -> None:
    """Where a product is a whole number, the last bit of a root decides."""
    for side in range(1, 9000):
        assert_same_size(side, side, rules)
    for width in range(1, 90):
        for height in range(1, 90):
            assert_same_size(width, height, rules)


def assert_same_size(width: int, height: int, rules: PixelRules) -> None:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import smart_resize

    limits = (rules.step, rules.min_pixels, rules.max_pixels)
    try:
        high, wide = smart_resize(height, width, *limits)
    except ValueError:
        with pytest.raises(DecodeError, match="200 times"):
            rules.fit(width, height)
    else:
        assert rules.fit(width, height) == (wide, high), (width, height)


def test_the_training_square_is_cut_from_the_centre() -> None:
    image = noise(700, 500)
    expected = image.crop((100, 0, 600, 500)).resize((448, 448), Image.Resampling.LANCZOS)
    assert np.array_equal(prepare(image, "square448", RULES), np.asarray(expected))
    tall = noise(301, 500)
    expected = tall.crop((0, 99, 301, 400)).resize((448, 448), Image.Resampling.LANCZOS)
    assert np.array_equal(prepare(tall, "square448", RULES), np.asarray(expected))


def test_the_captioner_s_square_holds_all_of_the_picture() -> None:
    image = noise(700, 500)
    expected = image.resize((448, 448), Image.Resampling.LANCZOS)
    assert np.array_equal(prepare(image, "squash448", RULES), np.asarray(expected))


def test_a_picture_of_the_right_size_is_left_as_it_is() -> None:
    image = noise(448, 448)
    for preparation in PREPARATIONS:
        assert np.array_equal(prepare(image, preparation, RULES), np.asarray(image))


def test_strips_are_refused_only_where_their_shape_stays() -> None:
    strip = noise(402, 2)
    with pytest.raises(DecodeError, match="200 times as long as wide"):
        prepare(strip, "native", RULES)
    assert prepare(strip, "square448", RULES).shape == (448, 448, 3)
    assert prepare(strip, "squash448", RULES).shape == (448, 448, 3)


def test_a_decoder_may_reduce_only_what_is_reduced_anyway() -> None:
    assert min_side("native") > 1 << 20
    assert min_side("square448") == min_side("squash448") >= 2 * 448


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A ``preprocessor_config.json`` as it is released."""
    path = tmp_path / "preprocessor_config.json"
    content = {
        "patch_size": 14,
        "merge_size": 2,
        "temporal_patch_size": 2,
        "image_mean": list(RULES.mean),
        "image_std": list(RULES.std),
        "min_pixels": RULES.min_pixels,
        "max_pixels": RULES.max_pixels,
        "resample": 3,
    }
    path.write_text(json.dumps(content))
    return path


def edit(path: Path, **changes: object) -> None:
    content = json.loads(path.read_text()) | changes
    path.write_text(json.dumps({k: v for k, v in content.items() if v is not None}))


def test_rules_are_read_in_either_form(config: Path) -> None:
    assert PixelRules.load(config.parent) == RULES
    sizes = {"shortest_edge": RULES.min_pixels, "longest_edge": RULES.max_pixels}
    edit(config, min_pixels=None, max_pixels=None, size=sizes)
    assert PixelRules.load(config.parent) == RULES


def test_rules_that_cannot_be_kept_are_refused(config: Path) -> None:
    edit(config, resample=2)
    with pytest.raises(ModelError, match="resampling"):
        PixelRules.load(config.parent)
    edit(config, resample=3, image_mean=[0.5, 0.5])
    with pytest.raises(ModelError, match="cannot be used"):
        PixelRules.load(config.parent)
    edit(config, image_mean=list(RULES.mean), patch_size="wide")
    with pytest.raises(ModelError, match="cannot be used"):
        PixelRules.load(config.parent)
    edit(config, patch_size=None)
    with pytest.raises(ModelError, match="patch_size"):
        PixelRules.load(config.parent)
    config.write_text("{")
    with pytest.raises(ModelError, match="cannot be used"):
        PixelRules.load(config.parent)
    config.unlink()
    with pytest.raises(ModelError, match="has no preprocessor_config"):
        PixelRules.load(config.parent)
