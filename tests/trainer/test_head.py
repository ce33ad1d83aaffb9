from __future__ import annotations

from typing import get_args

import pytest
import torch

from trainer.backbone import FeatureMaps
from trainer.contrastive.config import Reads
from trainer.head import (
    TOKEN_CHANNELS,
    AttributeProjection,
    Block,
    RelationalHead,
    tokens_of,
)


def test_a_token_holds_its_own_cell_of_both_maps() -> None:
    middle = torch.arange(120 * 14 * 14).float().view(1, 120, 14, 14)
    last = torch.arange(352 * 7 * 7).float().view(1, 352, 7, 7)
    tokens = tokens_of(FeatureMaps(middle, last))
    assert tokens.shape == (1, 49, TOKEN_CHANNELS)
    row, column = 3, 5
    token = tokens[0, row * 7 + column]
    cell = middle[0, :, 2 * row : 2 * row + 2, 2 * column : 2 * column + 2]
    assert set(token[:480].tolist()) == set(cell.flatten().tolist())
    assert token[480:].tolist() == last[0, :, row, column].tolist()


def test_first_token_alone_is_what_the_whole_layer_says_of_it() -> None:
    torch.manual_seed(0)
    block = Block(32, 4, 0.0).eval()
    x = torch.randn(3, 10, 32)
    torch.testing.assert_close(block(x, first_only=True), block(x)[:, :1])


def test_relational_vectors_have_norm_one_and_depend_on_place() -> None:
    torch.manual_seed(0)
    head = RelationalHead(width=32, layers=2, heads=4).eval()
    tokens = torch.randn(2, 49, TOKEN_CHANNELS)
    vectors = head(tokens)
    assert vectors.shape == (2, 384)
    torch.testing.assert_close(vectors.norm(dim=1), torch.ones(2))
    moved = head(tokens.flip(1))
    assert (vectors - moved).abs().max() > 1e-4


def test_noise_is_for_training_only() -> None:
    torch.manual_seed(0)
    head = RelationalHead(width=32, layers=1, heads=4, dropout=0.0, noise=0.5)
    tokens = torch.randn(2, 49, TOKEN_CHANNELS)
    assert not torch.equal(head.train()(tokens), head(tokens))
    assert torch.equal(head.eval()(tokens), head(tokens))


def test_attribute_projection_finds_the_directions_that_vary_most() -> None:
    torch.manual_seed(0)
    features = torch.randn(500, 1280) * 0.01
    features[:, 7] += torch.randn(500) * 3
    features[:, 11] += torch.randn(500) * 2
    features += 5  # a common offset says nothing about a picture
    projection = AttributeProjection.fit(features, 2)
    assert projection.components.abs().argmax(1).tolist() == [7, 11]
    torch.testing.assert_close(
        projection.components @ projection.components.T, torch.eye(2), atol=1e-5, rtol=1e-5
    )
    torch.testing.assert_close(projection(features).norm(dim=1), torch.ones(500))


@pytest.mark.parametrize("reads", get_args(Reads))
def test_a_head_reads_what_it_is_told_to(reads: Reads) -> None:
    torch.manual_seed(0)
    head = RelationalHead(width=32, layers=1, heads=4, reads=reads).eval()
    tokens = torch.randn(2, 49, TOKEN_CHANNELS)
    coarse = tokens.clone()
    coarse[..., 480:] *= 2  # as strong everywhere: the arrangement is the same
    changed = (head(tokens) - head(coarse)).abs().max()
    assert (changed > 1e-4) == (reads == "maps")


def test_whitening_makes_components_count_alike() -> None:
    torch.manual_seed(0)
    features = torch.randn(500, 1280) * 0.01
    features[:, 7] += torch.randn(500) * 9
    features[:, 11] += torch.randn(500)
    plain, half, whole = (
        AttributeProjection.fit(features, 2, whitening=power).components.norm(dim=1)
        for power in (0.0, 0.5, 1.0)
    )
    torch.testing.assert_close(plain, torch.ones(2))
    torch.testing.assert_close(half, torch.tensor([1.0, 3.0]), atol=0.2, rtol=0)
    torch.testing.assert_close(whole, torch.tensor([1.0, 9.0]), atol=1.0, rtol=0)
