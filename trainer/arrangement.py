"""The arrangement of a picture: which of its places look alike, and not what they look like.

A relation says how things stand to one another. Cosines between the places of a picture keep that
(repetition, symmetry, one that differs, a figure on its ground) and lose the things themselves, so
that what is learned from drawn scenes says more about pictures that look otherwise. It is the idea
of local self-similarity (Shechtman and Irani, CVPR 2007), over a network's features.
"""

from __future__ import annotations

import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

from trainer.backbone import Backbone

SIDE, CELL = 7, 2
TOKENS = SIDE * SIDE
_FINE = TOKENS * CELL * CELL
MIDDLE = CELL * CELL * Backbone.MIDDLE_CHANNELS
"""Channels of a token that are of the finer map."""

ARRANGEMENT_CHANNELS = _FINE + TOKENS + 3
_FINE_SCALE, _COARSE_SCALE = 3.0, 2.0  # cosines spread less than the normalised strengths beside
_LEAST = 1e-5


class Arrangement(nn.Module):
    """Rewrites the tokens of `trainer.head.tokens_of` as likenesses among places; has no weights.

    A token gets, for its cell of the 7 by 7: the cosines of the finer map there to each of its 14
    by 14 places (the mean over the four places within the cell), the cosines of the coarser map to
    each of its 7 by 7 places, and how strong and how uneven the features are there, compared with
    the rest of the picture. The mean over the picture is taken off first: what is everywhere tells
    no places apart.
    """

    def forward(self, tokens: Tensor) -> Tensor:
        """Map float ``[n, 49, 832]`` to ``[n, 49, 248]``."""
        n = len(tokens)
        fine = tokens[..., :MIDDLE].reshape(n, SIDE, SIDE, Backbone.MIDDLE_CHANNELS, CELL, CELL)
        fine = fine.permute(0, 1, 4, 2, 5, 3).reshape(n, _FINE, Backbone.MIDDLE_CHANNELS)
        coarse = tokens[..., MIDDLE:]
        among_fine = _cosines(fine).reshape(n, SIDE, CELL, SIDE, CELL, _FINE).mean((2, 4))
        strength = fine.norm(dim=2).reshape(n, SIDE, CELL, SIDE, CELL).permute(0, 1, 3, 2, 4)
        strength = strength.reshape(n, TOKENS, CELL * CELL)
        mean = strength.mean(2, keepdim=True)
        uneven = ((strength - mean) ** 2).mean(2).sqrt()
        how_strong = torch.stack([mean[..., 0], uneven, coarse.norm(dim=2)], 2)
        return torch.cat(
            [
                among_fine.reshape(n, TOKENS, _FINE) * _FINE_SCALE,
                _cosines(coarse) * _COARSE_SCALE,
                _standardised(how_strong),
            ],
            2,
        )


def _cosines(places: Tensor) -> Tensor:
    """Among places float ``[n, p, c]``, the mean over the places taken off: ``[n, p, p]``."""
    centred = F.normalize(places - places.mean(1, keepdim=True), dim=2)
    return centred @ centred.transpose(1, 2)


def _standardised(values: Tensor) -> Tensor:
    """Mean 0 and deviation 1 over the places, float ``[n, p, c]``; 0 where all places are equal."""
    centred = values - values.mean(1, keepdim=True)
    return centred / ((centred**2).mean(1, keepdim=True).sqrt() + _LEAST)
