"""Pixels of CLIP and DINOv2 against transformers' own processors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from golden_files import golden
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from engine.errors import ModelError
from engine.models.crop import RULES_NAME, CropRules

CPU = torch.device("cpu")
DINO_PIXELS: dict[str, Any] = {
    "size": {"shortest_edge": 256},
    "crop_size": {"height": 224, "width": 224},
    "image_mean": [0.485, 0.456, 0.406],
    "image_std": [0.229, 0.224, 0.225],
}


def noise(*sizes: tuple[int, int]) -> list[Image.Image]:
    """Pictures of these widths and heights."""
    random = np.random.default_rng(0)
    return [
        Image.fromarray(random.integers(0, 256, (high, wide, 3), np.uint8)) for wide, high in sizes
    ]


@pytest.mark.parametrize(
    "processor", [CLIPImageProcessorPil(), BitImageProcessorPil(**DINO_PIXELS)]
)
def test_pixels_are_those_of_transformers(processor: Any, tmp_path: Path) -> None:
    processor.save_pretrained(tmp_path)
    rules = CropRules.load(tmp_path)
    real = sorted(golden("images").glob("*.jpg"))[:2]
    pictures = [Image.open(path).convert("RGB") for path in real]
    pictures += noise((224, 224), (223, 224), (333, 500), (641, 479), (30, 31), (1001, 37))

    for picture in pictures:
        wanted = processor(picture, return_tensors="pt")["pixel_values"]
        assert_allclose(rules.normalised([rules.cut(picture)], CPU), wanted, atol=1e-6)


def test_a_picture_far_longer_than_wide_costs_no_gigabytes() -> None:
    rules = CropRules(256, 224, 224, Image.Resampling.BICUBIC, 1 / 255, (0, 0, 0), (1, 1, 1))
    line = Image.new("RGB", (2, 60_000), "red")  # scaled whole: 6 GB
    assert_array_equal(rules.cut(line), np.broadcast_to(np.uint8([255, 0, 0]), (224, 224, 3)))


def test_sizes_may_be_plain_numbers_as_in_old_checkpoints(tmp_path: Path) -> None:
    old = {"size": 224, "crop_size": 224, "resample": 3, "image_mean": [0.5] * 3}
    (tmp_path / RULES_NAME).write_text(json.dumps(old | {"image_std": [0.5] * 3}))
    rules = CropRules.load(tmp_path)
    assert (rules.shorter, rules.height, rules.width) == (224, 224, 224)
    assert rules.min_side == 3 * 224


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"do_center_crop": False}, "do_center_crop is false"),
        ({"crop_size": 400}, "crop_size is larger than size"),
        ({"size": {"width": 224, "height": 224}}, "shortest_edge"),
        ({"image_mean": [0.5]}, "cannot be used"),
        ({"resample": 77}, "77"),
    ],
)
def test_rules_that_are_not_known_are_refused(
    changes: dict[str, Any], reason: str, tmp_path: Path
) -> None:
    (tmp_path / RULES_NAME).write_text(json.dumps(DINO_PIXELS | changes))
    with pytest.raises(ModelError, match=reason):
        CropRules.load(tmp_path)
