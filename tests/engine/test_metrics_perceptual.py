"""LPIPS by the real torchmetrics, on a torchvision that has nothing but AlexNet; and DreamSim.

torchvision and dreamsim are an extra that cannot be installed everywhere, so they are stood in for.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
from alexnet_stand_in import FILE, make_alexnet, put_torchvision, save_alexnet, stand_in
from numpy.testing import assert_allclose
from PIL import Image
from tiny_metric_models import noise
from torch import nn

from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.metrics.catalogue import load_metric
from engine.metrics.interface import EmbeddingMetric
from engine.models.manager import ModelManager

PICTURES = noise((300, 200), (64, 64), (100, 400))


@pytest.fixture
def torchvision(monkeypatch: pytest.MonkeyPatch) -> None:
    put_torchvision(monkeypatch)


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A folder with AlexNet's weights, in the layout of the hub."""
    return save_alexnet(tmp_path / "lpips")


def by_hand(folder: Path, a: Image.Image, b: Image.Image) -> float:
    """LPIPS from its definition: squared differences of unit features, weighted, averaged."""
    import torchmetrics.functional.image.lpips as functional

    network = make_alexnet()
    network.load_state_dict(torch.load(folder / "checkpoints" / FILE))
    heads = torch.load(Path(functional.__file__).parent / "lpips_models" / "alex.pth", "cpu")
    shift = torch.tensor([-0.030, -0.088, -0.188])[:, None, None]
    scale = torch.tensor([0.458, 0.448, 0.450])[:, None, None]
    seen = []
    for picture in (a, b):
        small = picture.resize((256, 256), Image.Resampling.BICUBIC, reducing_gap=2.0)
        pixels = torch.tensor(np.asarray(small)).permute(2, 0, 1) / 127.5 - 1
        state, states = ((pixels - shift) / scale)[None], []
        for layer in network.features:
            state = layer(state)
            if isinstance(layer, nn.ReLU):
                states.append(state / (1e-8 + (state**2).sum(1, keepdim=True)).sqrt())
        seen.append(states)
    total = 0.0
    for number, (one, other) in enumerate(zip(*seen, strict=True)):
        head = heads[f"lin{number}.model.1.weight"]
        total += float(((one - other) ** 2 * head[:, :, 0, 0][..., None, None]).sum(1).mean())
    return total


@pytest.mark.usefixtures("torchvision")
def test_lpips_is_what_its_definition_says(weights: Path) -> None:
    before = torch.hub.get_dir()
    metric = load_metric("lpips", ModelManager(), folder=weights)
    assert torch.hub.get_dir() == before
    assert not isinstance(metric, EmbeddingMetric)
    a, b, c = PICTURES
    scores = metric.scores(a, PICTURES)
    with torch.no_grad():
        assert_allclose(scores, [by_hand(weights, a, one) for one in PICTURES], atol=1e-5)
    assert scores[0] == pytest.approx(0, abs=1e-6)
    assert min(scores[1:]) > 1e-4
    assert metric.score(b, c) == pytest.approx(metric.score(c, b), abs=1e-6)
    assert metric.score(a, b) == pytest.approx(scores[1], abs=1e-6)
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        metric.score(a, b, control)
    metric.close()


@pytest.mark.usefixtures("torchvision")
def test_nothing_is_downloaded_for_lpips(
    weights: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(own_folders / "torch"))
    with pytest.raises(ModelError, match=r"put alexnet-owt-7be5be79\.pth into"):
        load_metric("lpips", ModelManager())
    models = sys.modules["torchvision"].models
    other = SimpleNamespace(url="https://nowhere.invalid/alexnet-owt-00000000.pth")
    monkeypatch.setattr(models.AlexNet_Weights, "DEFAULT", other)  # another torchvision
    with pytest.raises(ModelError, match=r"00000000\.pth is missing, and nothing is downloaded"):
        load_metric("lpips", ModelManager(), folder=weights)


@pytest.mark.usefixtures("torchvision")
def test_weights_in_the_usual_folder_of_the_hub_are_found(
    weights: Path, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TORCH_HOME", str(own_folders / "torch"))
    hub = own_folders / "torch" / "hub"
    hub.mkdir(parents=True)
    (weights / "checkpoints").rename(hub / "checkpoints")
    assert load_metric("lpips", ModelManager()).score(PICTURES[0], PICTURES[1]) > 0


class _Runs:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("harm",)


@pytest.mark.usefixtures("torchvision")
def test_a_pickle_that_would_run_something_is_not_read(
    weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(weights)
    path = weights / "checkpoints" / FILE
    path.rename(path.with_name("alexnet-owt-4df8aa71.pth"))  # sound, but it is not read
    torch.save({"features": _Runs()}, path)
    with pytest.raises(ModelError, match="is no file of weights"):
        load_metric("lpips", ModelManager(), folder=weights)
    assert not (weights / "harm").exists()


@pytest.mark.usefixtures("torchvision")
def test_weights_of_another_network_are_told_in_one_line(weights: Path) -> None:
    torch.save({"features.0.weight": torch.zeros(3)}, weights / "checkpoints" / FILE)
    with pytest.raises(ModelError, match=r"LPIPS cannot be loaded from .* in loading") as caught:
        load_metric("lpips", ModelManager(), folder=weights)
    assert "\n" not in str(caught.value)


@pytest.fixture
def dreamsim_folder(tmp_path: Path) -> Path:
    """The files that the package keeps, as far as anyone but the package looks at them."""
    for name in (
        "ensemble_lora/adapter_config.json",
        "dino_vitb16_pretrain.pth",
        "clip_vitb16_pretrain.pth.tar",
        "open_clip_vitb16_pretrain.pth.tar",
        "facebookresearch_dino_main/hubconf.py",
    ):
        path = tmp_path / "dreamsim" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(name.encode())
    return tmp_path / "dreamsim"


class Mean:
    """The package's model: it embeds a picture by the colours of its quarters."""

    def embed(self, pixels: torch.Tensor) -> torch.Tensor:
        vectors = nn.functional.adaptive_avg_pool2d(pixels, 2).flatten(1)
        return (vectors - vectors.mean(1, keepdim=True)).squeeze()  # as the package does for one


def prepare(picture: Image.Image) -> torch.Tensor:
    pixels = np.asarray(picture.convert("RGB").resize((224, 224)), np.float32) / 255
    return torch.from_numpy(pixels).permute(2, 0, 1)[None]


def test_dreamsim_is_one_minus_the_cosine_of_what_the_package_embeds(
    dreamsim_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = []

    def dreamsim(**options: Any) -> tuple[Mean, Any]:
        asked.append(options)
        torch.hub.set_dir("elsewhere")  # the package leaves it so
        return Mean(), prepare

    stand_in(monkeypatch, "torchvision")
    stand_in(monkeypatch, "dreamsim", dreamsim=dreamsim)
    before = torch.hub.get_dir()
    metric = load_metric("dreamsim", ModelManager(), folder=dreamsim_folder)
    assert asked == [{"pretrained": True, "device": "cpu", "cache_dir": str(dreamsim_folder)}]
    assert torch.hub.get_dir() == before
    a, b, _ = PICTURES
    one, other = (Mean().embed(prepare(picture)) for picture in (a, b))
    wanted = 1 - float(nn.functional.cosine_similarity(one, other, dim=0))
    assert metric.score(a, b) == pytest.approx(wanted, abs=1e-5)
    assert metric.score(a, a) == pytest.approx(0, abs=1e-6)
    assert isinstance(metric, EmbeddingMetric)
    rows = metric.embed(PICTURES)
    assert_allclose(metric.scores(a, PICTURES), 1 - rows @ rows[0], atol=1e-5)


def test_nothing_is_downloaded_for_dreamsim(
    dreamsim_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dreamsim(**_: Any) -> None:
        torch.hub.download_url_to_file("https://nowhere.invalid/pretrained.zip", "x")

    stand_in(monkeypatch, "torchvision")
    stand_in(monkeypatch, "dreamsim", dreamsim=dreamsim)
    with pytest.raises(ModelError, match=r"pretrained\.zip is missing, and nothing is downloaded"):
        load_metric("dreamsim", ModelManager(), folder=dreamsim_folder)
    (dreamsim_folder / "dino_vitb16_pretrain.pth").unlink()
    with pytest.raises(ModelError, match=r"dino_vitb16_pretrain\.pth is not there"):
        load_metric("dreamsim", ModelManager(), folder=dreamsim_folder)


def test_a_package_that_fails_in_its_own_way_is_a_sentence(
    dreamsim_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dreamsim(**_: Any) -> None:
        raise AttributeError("module 'timm' has no attribute 'layers'")

    stand_in(monkeypatch, "torchvision")
    stand_in(monkeypatch, "dreamsim", dreamsim=dreamsim)
    with pytest.raises(ModelError, match=r"DreamSim cannot be loaded from .*: module 'timm' has"):
        load_metric("dreamsim", ModelManager(), folder=dreamsim_folder)
