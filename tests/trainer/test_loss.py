from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional as F

from trainer.contrastive.loss import caption_loss, group_loss

NONE_SHARED = torch.zeros(8, 8, dtype=torch.bool)


def units(*shape: int) -> torch.Tensor:
    return F.normalize(torch.randn(*shape, generator=torch.Generator().manual_seed(1)), dim=-1)


def test_nothing_told_apart_costs_the_logarithm_of_the_choices() -> None:
    alike = units(1, 16).expand(8, 16)
    loss = caption_loss(alike, alike, torch.arange(8), NONE_SHARED, 0.07)
    assert loss.item() == pytest.approx(math.log(8), abs=1e-5)


def test_without_shared_captions_it_is_cross_entropy() -> None:
    images, captions = units(8, 16), units(8, 16).flip(0)
    expected = F.cross_entropy(images @ captions.T / 0.07, torch.arange(8))
    loss = caption_loss(images, captions, torch.arange(8), NONE_SHARED, 0.07)
    torch.testing.assert_close(loss, expected)


def test_equal_captions_in_a_batch_cost_nothing() -> None:
    """A batch of one relation only has no negatives, so nothing is pushed away."""
    images = units(8, 16).requires_grad_()
    captions = units(1, 16).expand(8, 16)
    same = torch.ones(8, 8, dtype=torch.bool)
    loss = caption_loss(images, captions, torch.arange(8), same, 0.07)
    loss.backward()
    assert loss.item() == pytest.approx(0.0, abs=1e-6)
    assert images.grad is not None
    assert images.grad.abs().max() < 1e-6


def test_each_pair_of_equal_captions_halves_the_choices() -> None:
    alike = units(1, 16).expand(8, 16)
    same = (torch.arange(8)[:, None] // 2) == (torch.arange(8)[None] // 2)
    loss = caption_loss(alike, alike, torch.arange(8), same, 0.07)
    assert loss.item() == pytest.approx(math.log(7), abs=1e-5)


def test_another_wording_of_the_relation_is_never_pushed_away() -> None:
    images = units(4, 16)
    captions = units(6, 16).flip(0).requires_grad_()
    same = torch.zeros(4, 6, dtype=torch.bool)
    same[:, 4] = True  # caption 4 is true of every image and nobody's own
    caption_loss(images, captions, torch.arange(4), same, 0.07).backward()
    assert captions.grad is not None
    assert captions.grad[4].abs().max() == 0
    assert captions.grad[5].abs().max() > 0


def test_group_loss_of_a_batch_that_is_all_alike() -> None:
    alike = units(1, 16).expand(8, 16)
    relations = torch.arange(8) // 2
    assert group_loss(alike, relations, 0.1).item() == pytest.approx(math.log(7), abs=1e-5)


def test_group_loss_vanishes_for_perfect_groups_and_without_pairs() -> None:
    images = torch.eye(4).repeat_interleave(2, 0)
    relations = torch.arange(4).repeat_interleave(2)
    assert group_loss(images, relations, 0.01).item() == pytest.approx(0.0, abs=1e-6)
    assert group_loss(units(5, 16), torch.arange(5), 0.1).item() == 0.0


def test_group_loss_has_finite_gradients() -> None:
    images = units(6, 16).requires_grad_()
    group_loss(images, torch.tensor([0, 0, 1, 1, 2, 3]), 0.05).backward()
    assert images.grad is not None
    assert torch.isfinite(images.grad).all()
