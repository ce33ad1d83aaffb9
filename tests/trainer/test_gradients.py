from __future__ import annotations

import pytest
import torch
from torch import nn

from trainer.contrastive.gradients import ScaledEncoder


def scaled(temperature: float, *, learned: bool) -> ScaledEncoder:
    return ScaledEncoder(nn.Linear(2, 2), temperature, learned=learned)


def scale_of(model: ScaledEncoder) -> torch.Tensor:
    scale: torch.Tensor = model(torch.ones(1, 2))[1]
    return scale


def test_a_fixed_temperature_is_what_was_asked_for() -> None:
    for temperature in (0.002, 0.07, 1.0):
        found = scale_of(scaled(temperature, learned=False)).item()
        assert found == pytest.approx(1 / temperature, rel=1e-5)


def test_a_learned_temperature_is_bounded_and_finds_its_way_back() -> None:
    model = scaled(0.002, learned=True)
    scale = scale_of(model)
    assert scale.item() == pytest.approx(100.0, rel=1e-4)
    scale.sum().backward()
    assert model.log_scale.grad is not None
    assert model.log_scale.grad.item() > 0
