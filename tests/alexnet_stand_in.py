"""A torchvision that has nothing but AlexNet, which is all that LPIPS needs of it.

torchvision is an extra that cannot be installed everywhere.
"""

from __future__ import annotations

import importlib.machinery
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

FILE = "alexnet-owt-7be5be79.pth"


def make_alexnet() -> Any:
    """The layers of torchvision's AlexNet that LPIPS looks at, with random weights."""
    from torch import nn

    network = nn.Module()
    network.features = nn.Sequential(
        nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size=3, stride=2),
        nn.Conv2d(64, 192, kernel_size=5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(kernel_size=3, stride=2),
        nn.Conv2d(192, 384, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.Conv2d(384, 256, kernel_size=3, padding=1),
        nn.ReLU(),
        nn.Conv2d(256, 256, kernel_size=3, padding=1),
        nn.ReLU(),
    )
    return network


def alexnet(weights: SimpleNamespace) -> Any:
    """As torchvision makes it: with weights from the hub's folder, downloaded if need be."""
    import torch

    model = make_alexnet()
    model.load_state_dict(torch.hub.load_state_dict_from_url(weights.url, progress=False))
    return model


def stand_in(monkeypatch: pytest.MonkeyPatch, name: str, **content: Any) -> None:
    """Let a package be there until the test ends."""
    module = ModuleType(name)
    module.__spec__ = importlib.machinery.ModuleSpec(name, None)
    module.__dict__.update(content)
    monkeypatch.setitem(sys.modules, name, module)


def put_torchvision(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let torchmetrics find a torchvision until the test ends."""
    import torchmetrics.functional.image.lpips as functional
    import torchmetrics.image.lpip as image

    weights = SimpleNamespace(DEFAULT=SimpleNamespace(url=f"https://nowhere.invalid/{FILE}"))
    models = SimpleNamespace(alexnet=alexnet, AlexNet_Weights=weights)
    stand_in(monkeypatch, "torchvision", models=models)
    for module in (functional, image):
        monkeypatch.setattr(module, "_TORCHVISION_AVAILABLE", True)


def save_alexnet(folder: Path) -> Path:
    """A folder with AlexNet's weights, random ones, in the layout of the hub."""
    import torch

    (folder / "checkpoints").mkdir(parents=True)
    with torch.random.fork_rng([]):
        torch.manual_seed(0)
        torch.save(make_alexnet().state_dict(), folder / "checkpoints" / FILE)
    return folder
