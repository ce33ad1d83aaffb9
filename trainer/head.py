"""Two ways out of the backbone, relational head and attribute projection, and the whole model."""

from __future__ import annotations

from typing import NamedTuple

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

from trainer.arrangement import ARRANGEMENT_CHANNELS, MIDDLE, TOKENS, Arrangement
from trainer.backbone import HEAD_CHANNELS, Backbone, FeatureMaps
from trainer.contrastive.config import Reads

TOKEN_CHANNELS = MIDDLE + Backbone.LAST_CHANNELS
RELATIONAL_DIMENSION = 384
_LEAST = 1e-12  # of a variance

_CHANNELS: dict[Reads, int] = {
    "maps": TOKEN_CHANNELS,
    "arrangement": ARRANGEMENT_CHANNELS,
    "arrangement and finer map": ARRANGEMENT_CHANNELS + MIDDLE,
}


def tokens_of(maps: FeatureMaps) -> Tensor:
    """Both maps as one sequence: float ``[n, 49, 832]``, row by row from the top left.

    The finer map is folded two by two into channels. It keeps where within a cell a thing is, which
    is what tells a ring from a grid, and costs no further tokens.
    """
    n, channels, height, width = maps.middle.shape
    cells = maps.middle.reshape(n, channels, height // 2, 2, width // 2, 2)
    folded = cells.permute(0, 2, 4, 1, 3, 5).reshape(n, TOKENS, 4 * channels)
    return torch.cat([folded, maps.last.flatten(2).transpose(1, 2)], 2)


class Block(nn.Module):
    """Pre-norm transformer layer."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.before_attention, self.before_mixing = nn.LayerNorm(width), nn.LayerNorm(width)
        self.query = nn.Linear(width, width)
        self.key_value = nn.Linear(width, 2 * width)
        self.output = nn.Linear(width, width)
        self.mixing = nn.Sequential(
            nn.Linear(width, 4 * width), nn.GELU(), nn.Dropout(dropout), nn.Linear(4 * width, width)
        )
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, *, first_only: bool = False) -> Tensor:
        """Map float ``[n, t, width]`` to the same shape, or to its first token, ``t`` = 1."""
        normal = self.before_attention(x)
        kept, asking = (x[:, :1], normal[:, :1]) if first_only else (x, normal)
        key, value = (self._split(part) for part in self.key_value(normal).chunk(2, -1))
        attended = F.scaled_dot_product_attention(
            self._split(self.query(asking)),
            key,
            value,
            dropout_p=self.dropout if self.training else 0.0,
        )
        kept = kept + self.drop(self.output(attended.transpose(1, 2).flatten(2)))
        mixed: Tensor = kept + self.drop(self.mixing(self.before_mixing(kept)))
        return mixed

    def _split(self, x: Tensor) -> Tensor:
        n, tokens, width = x.shape
        return x.reshape(n, tokens, self.heads, width // self.heads).transpose(1, 2)


class RelationalHead(nn.Module):
    """A learned query token reads the feature maps and answers in the text encoder's space.

    Args:
        width: Width of the transformer.
        layers: Transformer layers; the last one computes the query token only.
        heads: Attention heads.
        dropout: Dropout within the layers while training.
        noise: Deviation of Gaussian noise on normalised features while training.
        reads: What it sees of the tokens.
    """

    def __init__(
        self, *, width: int = 256, layers: int = 3, heads: int = 8, dropout: float = 0.1,
        noise: float = 0.0, reads: Reads = "arrangement and finer map",
    ) -> None:  # fmt: skip
        super().__init__()
        self.noise, self.reads = noise, reads
        self.arrangement = Arrangement()
        self.norm = nn.LayerNorm(_CHANNELS[reads])
        self.input = nn.Linear(_CHANNELS[reads], width)
        self.position = nn.Parameter(torch.randn(TOKENS, width) * 0.02)
        self.query = nn.Parameter(torch.randn(1, 1, width) * 0.02)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(layers))
        self.output = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, RELATIONAL_DIMENSION))

    def forward(self, tokens: Tensor) -> Tensor:
        """Map float ``[n, 49, 832]`` to relational vectors ``[n, 384]`` with rows of norm 1."""
        x = self.norm(self._read(tokens))
        if self.training and self.noise > 0:
            x = x + self.noise * torch.randn_like(x)
        x = self.input(x) + self.position
        x = torch.cat([self.query.expand(len(x), -1, -1), x], 1)
        for block in self.blocks[:-1]:
            x = block(x)
        x = self.blocks[-1](x, first_only=True)
        return F.normalize(self.output(x[:, 0]), dim=-1)

    def _read(self, tokens: Tensor) -> Tensor:
        """What is seen of tokens float ``[n, 49, 832]``: float ``[n, 49, c]``."""
        if self.reads == "maps":
            return tokens
        arrangement: Tensor = self.arrangement(tokens)
        if self.reads == "arrangement":
            return arrangement
        finer = tokens[..., :MIDDLE]
        return torch.cat([arrangement, F.layer_norm(finer, (MIDDLE,))], 2)


class AttributeProjection(nn.Module):
    """Principal components of the pooled backbone features.

    Args:
        mean: float ``[1280]``.
        components: float ``[a, 1280]`` with orthogonal rows.
    """

    mean: Tensor
    components: Tensor

    def __init__(self, mean: Tensor, components: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("components", components)

    @classmethod
    def fit(cls, pooled: Tensor, dimension: int, *, whitening: float = 0.0) -> AttributeProjection:
        """From float ``[n, 1280]`` features; deterministic.

        Args:
            pooled: The features.
            dimension: How many components.
            whitening: The power of its deviation that each component is divided by: 0 for the
                plain components, 1 for components of equal deviation.
        """
        mean = pooled.double().mean(0)
        centred = pooled.double() - mean
        values, vectors = torch.linalg.eigh(centred.T @ centred)  # in ascending order
        components = vectors[:, -dimension:].flip(1).T
        signs = components.gather(1, components.abs().argmax(1, keepdim=True)).sign()
        deviations = values[-dimension:].flip(0).clamp(min=_LEAST).sqrt()
        scale = (deviations[0] / deviations) ** whitening
        return cls(mean.float(), (components * signs * scale[:, None]).float())

    @classmethod
    def empty(cls, dimension: int) -> AttributeProjection:
        """With zeros, to load a checkpoint into."""
        return cls(torch.zeros(HEAD_CHANNELS), torch.zeros(dimension, HEAD_CHANNELS))

    def forward(self, pooled: Tensor) -> Tensor:
        """Map float ``[n, 1280]`` to attribute vectors ``[n, a]`` with rows of norm 1."""
        return F.normalize((pooled - self.mean) @ self.components.T, dim=-1)


class Outputs(NamedTuple):
    """Both vectors of each picture.

    Attributes:
        relational: float ``[n, 384]``, rows of norm 1.
        attribute: float ``[n, a]``, rows of norm 1.
    """

    relational: Tensor
    attribute: Tensor


class RelsimMini(nn.Module):
    """The whole model: one forward pass, two vectors."""

    def __init__(
        self, backbone: Backbone, head: RelationalHead, attribute: AttributeProjection
    ) -> None:
        super().__init__()
        self.backbone, self.head, self.attribute = backbone, head, attribute

    def forward(self, pixels: Tensor) -> Outputs:
        """Map uint8 pixels ``[n, 224, 224, 3]`` (RGB) to both vectors."""
        maps = self.backbone(pixels)
        pooled = self.backbone.pool(maps.last)
        return Outputs(self.head(tokens_of(maps)), self.attribute(pooled))
