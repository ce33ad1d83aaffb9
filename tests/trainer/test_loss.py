from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional as F

from trainer.contrastive.loss import caption_loss, equal_captions, group_loss, pair_loss

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


def test_a_pair_loss_that_tells_nothing_apart_is_log_b() -> None:
    same = torch.eye(5, dtype=torch.bool)
    vectors = F.normalize(torch.ones(5, 8), dim=1)
    for symmetric in (False, True):
        loss = pair_loss(vectors, vectors, same, torch.tensor([9.0]), symmetric=symmetric)
        assert loss.item() == pytest.approx(math.log(5), abs=1e-6)


def test_a_pair_loss_is_cross_entropy_from_images_to_captions() -> None:
    torch.manual_seed(0)
    images, captions = (F.normalize(torch.randn(6, 8), dim=1) for _ in range(2))
    none, scale = torch.eye(6, dtype=torch.bool), torch.tensor([1 / 0.07])
    logits = images @ captions.T / 0.07
    one_way = F.cross_entropy(logits, torch.arange(6))
    back = F.cross_entropy(logits.T, torch.arange(6))
    loss = pair_loss(images, captions, none, scale, symmetric=False)
    assert loss.item() == pytest.approx(one_way.item(), abs=1e-5)
    loss = pair_loss(images, captions, none, scale, symmetric=True)
    assert loss.item() == pytest.approx((one_way + back).item() / 2, abs=1e-5)


def test_equal_captions_do_not_push_each_other_s_images() -> None:
    torch.manual_seed(0)
    images, captions = (F.normalize(torch.randn(6, 8), dim=1) for _ in range(2))
    captions[4] = captions[1]
    captions[5] = F.normalize(captions[2] + 0.05 * torch.randn(8), dim=0)
    scale = torch.tensor([10.0])
    exact = equal_captions(captions, 1.0)
    assert exact.sum() == 6 + 2
    assert exact[1, 4]
    near = equal_captions(captions, 0.95)
    assert near.sum() == 6 + 4
    assert near[2, 5]
    assert torch.equal(equal_captions(captions, 2.0), torch.eye(6, dtype=torch.bool))
    images.requires_grad_()
    pair_loss(images, captions, exact, scale, symmetric=False).backward()
    gradient = images.grad
    assert gradient is not None
    # Image 1 is pulled to its caption and pushed from 0, 2, 3 and 5 alone.
    others = [0, 2, 3, 5]
    logits = 10 * images.detach()[1] @ captions[[1, *others]].T
    share = logits.softmax(0)
    expected = 10 * (share[:, None] * captions[[1, *others]]).sum(0) - 10 * captions[1]
    assert torch.allclose(gradient[1], expected / 6, atol=1e-5)
