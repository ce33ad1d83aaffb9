"""How a picture becomes the pixels that a Qwen2.5-VL model sees; a part of a model's identity.

The released code has three ways, and they give different vectors (method.md, "Traps"): inference
takes the picture as it is (`native`), training of relsim a centred square of 448 pixels
(`square448`), and the captioner the picture squashed to that square (`squash448`).
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, Self, get_args

import numpy as np
from PIL import Image

from engine.errors import DecodeError, ModelError
from engine.types import UInt8

Preparation = Literal["native", "square448", "squash448"]
PREPARATIONS: tuple[Preparation, ...] = get_args(Preparation)

_RULES_NAME = "preprocessor_config.json"
_EDGE = 448
_DECODED_EDGE = 3 * _EDGE
"""A shorter side to which a decoder may reduce: LANCZOS to 448 sees all it needs in three times as
many pixels, and pictures of fewer than twice that many are not reduced at all."""

_WIDEST = 200
"""Beyond this aspect ratio the models' own preparation refuses a picture."""


@dataclass(frozen=True, slots=True)
class PixelRules:
    """What a checkpoint's ``preprocessor_config.json`` demands of pixels.

    Attributes:
        patch: Side in pixels of a patch.
        merge: Patches a side that become one token of the language model.
        frames: Frames of a patch in time; a picture is shown as that many equal frames.
        min_pixels: Least area; a smaller picture is enlarged.
        max_pixels: Greatest area; a larger picture is reduced.
        mean: Of each channel, in 0..1.
        std: Of each channel, in 0..1.
    """

    patch: int
    merge: int
    frames: int
    min_pixels: int
    max_pixels: int
    mean: tuple[float, float, float]
    std: tuple[float, float, float]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the rules of a checkpoint.

        Raises:
            ModelError: If they are missing, or of a kind that this version does not know.
        """
        path = folder / _RULES_NAME
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            size = content.get("size") or {}
            rules = cls(
                patch=int(content["patch_size"]),
                merge=int(content["merge_size"]),
                frames=int(content["temporal_patch_size"]),
                min_pixels=int(content.get("min_pixels") or size["shortest_edge"]),
                max_pixels=int(content.get("max_pixels") or size["longest_edge"]),
                mean=_channels(content["image_mean"]),
                std=_channels(content["image_std"]),
            )
        except FileNotFoundError:
            raise ModelError(f"{folder} has no {path.name}; the checkpoint is incomplete") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path} cannot be used: {error!r}") from error
        if content.get("resample", 3) != Image.Resampling.BICUBIC:
            raise ModelError(f"{path} asks for another resampling than bicubic")
        return rules

    @classmethod
    def of_checkpoint(cls, folder: Path, base: Self) -> Self:
        """The rules that a checkpoint was trained with; its base's if it says nothing.

        Raises:
            ModelError: If they are damaged, or cut patches in another way than the base.
        """
        if not (folder / _RULES_NAME).exists():
            return base
        rules = cls.load(folder)
        alike = replace(rules, min_pixels=base.min_pixels, max_pixels=base.max_pixels)
        if alike != base:
            raise ModelError(f"{folder} was made for another base model: its pixels differ")
        return rules

    @property
    def step(self) -> int:
        """Pixels a side that become one token of the language model."""
        return self.patch * self.merge

    def tokens(self, pixels: UInt8) -> int:
        """How many tokens of the language model a prepared picture becomes."""
        height, width = pixels.shape[:2]
        return int(height // self.step) * int(width // self.step)

    def fit(self, width: int, height: int) -> tuple[int, int]:
        """The size nearest to this one that the model takes.

        Returns:
            Width and height, multiples of `step`, of an area within the limits.

        Raises:
            DecodeError: If the picture is too long and thin.
        """
        if max(width, height) > _WIDEST * min(width, height):
            raise DecodeError(f"more than {_WIDEST} times as long as wide: this model refuses it")
        # Rounded as in transformers to the last bit: for some large squares a token hangs on it.
        step = self.step
        wide, high = round(width / step) * step, round(height / step) * step
        if wide * high > self.max_pixels:
            scale = math.sqrt(width * height / self.max_pixels)
            wide = max(step, math.floor(width / scale / step) * step)
            high = max(step, math.floor(height / scale / step) * step)
        elif wide * high < self.min_pixels:
            scale = math.sqrt(self.min_pixels / (width * height))
            wide = math.ceil(width * scale / step) * step
            high = math.ceil(height * scale / step) * step
        return wide, high


def min_side(preparation: Preparation) -> int:
    """Shorter side in pixels that a decoder should keep for this preparation."""
    return 1 << 30 if preparation == "native" else _DECODED_EDGE


def prepare(image: Image.Image, preparation: Preparation, rules: PixelRules) -> UInt8:
    """Bring an upright RGB picture into the shape that the model takes. Any thread.

    Returns:
        uint8 ``[h, w, 3]``, h and w multiples of `PixelRules.step`.

    Raises:
        DecodeError: If the model cannot take a picture of this shape.
    """
    if preparation == "square448":
        side = min(image.size)
        left, top = (image.width - side) // 2, (image.height - side) // 2
        image = image.crop((left, top, left + side, top + side))
    if preparation != "native" and image.size != (_EDGE, _EDGE):
        image = image.resize((_EDGE, _EDGE), Image.Resampling.LANCZOS)
    size = rules.fit(*image.size)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BICUBIC)
    return np.asarray(image, dtype=np.uint8)


def _channels(values: object) -> tuple[float, float, float]:
    red, green, blue = (float(value) for value in values)  # type: ignore[attr-defined]
    return red, green, blue
