from __future__ import annotations

import torch

from trainer.arrangement import ARRANGEMENT_CHANNELS, Arrangement
from trainer.backbone import FeatureMaps
from trainer.head import tokens_of


def maps(seed: int = 0) -> FeatureMaps:
    generator = torch.Generator().manual_seed(seed)
    return FeatureMaps(
        torch.randn(1, 120, 14, 14, generator=generator),
        torch.randn(1, 352, 7, 7, generator=generator),
    )


def test_likenesses_are_cosines_of_the_right_places() -> None:
    middle, last = maps()
    seen = Arrangement()(tokens_of(FeatureMaps(middle, last)))
    assert seen.shape == (1, 49, ARRANGEMENT_CHANNELS)
    places = (middle - middle.mean((2, 3), keepdim=True))[0].flatten(1).T  # [196, 120]
    places = places / places.norm(dim=1, keepdim=True)
    row, column = 2, 5
    cell = [14 * (2 * row + i) + 2 * column + j for i in (0, 1) for j in (0, 1)]
    expected = (places[cell] @ places.T).mean(0)
    token = seen[0, row * 7 + column]
    torch.testing.assert_close(token[:196] / 3.0, expected)
    coarse = (last - last.mean((2, 3), keepdim=True))[0].flatten(1).T
    coarse = coarse / coarse.norm(dim=1, keepdim=True)
    torch.testing.assert_close(
        token[196:245] / 2.0, coarse[row * 7 + column] @ coarse.T, atol=1e-5, rtol=1e-4
    )


def test_what_things_look_like_is_lost_and_where_they_are_is_kept() -> None:
    middle, last = maps()
    rotation, _ = torch.linalg.qr(torch.randn(120, 120, generator=torch.Generator().manual_seed(1)))
    other = torch.einsum("dc,nchw->ndhw", rotation, middle)  # other features, the same likenesses
    arrangement = Arrangement()
    seen, again = (arrangement(tokens_of(FeatureMaps(m, last))) for m in (middle, other))
    torch.testing.assert_close(seen, again, atol=1e-4, rtol=1e-4)
    moved = arrangement(tokens_of(FeatureMaps(middle.flip(3), last.flip(3))))
    assert (seen - moved).abs().max() > 0.1


def test_a_picture_that_is_the_same_everywhere_gives_numbers() -> None:
    seen = Arrangement()(
        tokens_of(FeatureMaps(torch.ones(2, 120, 14, 14), torch.ones(2, 352, 7, 7)))
    )
    assert torch.isfinite(seen).all()
