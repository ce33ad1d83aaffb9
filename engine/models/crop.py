"""How a picture becomes the pixels that a CLIP or DINOv2 sees: scaled, and its centre cut out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from PIL import Image

from engine.errors import ModelError
from engine.types import UInt8

if TYPE_CHECKING:
    import torch
    from torch import Tensor

RULES_NAME = "preprocessor_config.json"

_STEPS = ("do_resize", "do_center_crop", "do_rescale", "do_normalize")
_DECODED_EDGES = 3
"""A decoder may reduce a picture to so many times the shorter side: bicubic scaling sees all it
needs there."""

_LONGEST = 200
"""Times its shorter side that a picture is scaled whole: 40 MB at 256 pixels, and few are so
long."""


@dataclass(frozen=True, slots=True)
class CropRules:
    """What a checkpoint's ``preprocessor_config.json`` demands of pixels.

    Attributes:
        shorter: Pixels that the shorter side is scaled to.
        height: Of what is cut out of the middle, in pixels.
        width: Likewise.
        resample: Pillow's number of the filter.
        scale: What 0..255 is multiplied by before mean and std.
        mean: Of each channel.
        std: Of each channel.
    """

    shorter: int
    height: int
    width: int
    resample: int
    scale: float
    mean: tuple[float, ...]
    std: tuple[float, ...]

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the rules of a checkpoint.

        Raises:
            ModelError: If they are missing, or of a kind that this version does not know.
        """
        path = folder / RULES_NAME
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            size, crop = content["size"], content["crop_size"]
            rules = cls(
                shorter=int(size["shortest_edge"] if isinstance(size, dict) else size),
                height=int(crop["height"] if isinstance(crop, dict) else crop),
                width=int(crop["width"] if isinstance(crop, dict) else crop),
                resample=Image.Resampling(content.get("resample", Image.Resampling.BICUBIC)).value,
                scale=float(content.get("rescale_factor", 1 / 255)),
                mean=_channels(content["image_mean"]),
                std=_channels(content["image_std"]),
            )
        except FileNotFoundError:
            raise ModelError(f"{folder} has no {path.name}; the checkpoint is incomplete") from None
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{path} cannot be used: {error!r}") from error
        left_out = [step for step in _STEPS if not content.get(step, True)]
        if left_out or max(rules.height, rules.width) > rules.shorter:
            reason = f"{left_out[0]} is false" if left_out else "crop_size is larger than size"
            raise ModelError(f"{path} cannot be used: {reason}")
        return rules

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoder should keep."""
        return _DECODED_EDGES * self.shorter

    def cut(self, image: Image.Image) -> UInt8:
        """Scale an upright RGB picture and cut its middle out. Thread-safe.

        Returns:
            uint8 ``[height, width, 3]``, to the bit what transformers' own processors make of it.
        """
        image = _shortened(image)
        shorter = min(image.size)
        # Rounded down, as in transformers; so is the corner of what is cut out.
        wide, high = (self.shorter * side // shorter for side in image.size)
        scaled = image.resize((wide, high), Image.Resampling(self.resample))
        left, top = (wide - self.width) // 2, (high - self.height) // 2
        cut = scaled.crop((left, top, left + self.width, top + self.height))
        return np.asarray(cut, dtype=np.uint8)

    def normalised(self, pictures: Sequence[UInt8], device: torch.device) -> Tensor:
        """Pixels as the model takes them.

        Args:
            pictures: Results of `cut`.
            device: Where to; bytes travel, not floats.

        Returns:
            float32 ``[b, 3, height, width]``.
        """
        import torch

        pixels = torch.from_numpy(np.stack(pictures)).to(device).permute(0, 3, 1, 2).float()
        mean = torch.tensor(self.mean, device=device)[:, None, None]
        std = torch.tensor(self.std, device=device)[:, None, None]
        return (pixels * self.scale - mean) / std


def _shortened(image: Image.Image) -> Image.Image:
    """Without most of what is cut off anyway, where scaling that would cost gigabytes."""
    longest = _LONGEST * min(image.size)
    if max(image.size) <= longest:
        return image
    wide, high = (min(side, longest) for side in image.size)
    left, top = (image.width - wide) // 2, (image.height - high) // 2
    return image.crop((left, top, left + wide, top + high))


def _channels(values: Any) -> tuple[float, ...]:
    red, green, blue = (float(value) for value in values)
    return red, green, blue
