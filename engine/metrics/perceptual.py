"""LPIPS and DreamSim: how far apart two pictures look to people, by packages of others."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
from PIL import Image as Pictures
from PIL.Image import Image

from engine.errors import ModelError
from engine.jobs import JobControl
from engine.metrics.interface import MetricSpec
from engine.metrics.sources import Sources, others_code
from engine.metrics.vectors import VectorMetric
from engine.models.device import devices, release
from engine.models.identity import file_sha256
from engine.types import Float32

_SIDE = 256
_ALEXNET = "alexnet-owt-7be5be79.pth"
"""The one file of AlexNet that torchvision reads; others beside it are not looked at."""
_DREAMSIM = (
    "ensemble_lora/adapter_config.json",
    "dino_vitb16_pretrain.pth",
    "clip_vitb16_pretrain.pth.tar",
    "open_clip_vitb16_pretrain.pth.tar",
    "facebookresearch_dino_main/hubconf.py",
)


class LpipsMetric:
    """LPIPS with AlexNet, by torchmetrics; both pictures are squashed to 256 pixels a side.

    It compares patch with patch, so there is no vector of a picture, and a pair costs two passes.

    Args:
        spec: What it is.
        fingerprint: Metric and weights.
        network: torchmetrics' ``LearnedPerceptualImagePatchSimilarity``.
        device: Where it computes.
    """

    def __init__(self, spec: MetricSpec, fingerprint: str, network: Any, device: str) -> None:
        self.spec = spec
        self.fingerprint = fingerprint
        self._network = network
        self._device = device

    @staticmethod
    def find(sources: Sources) -> Path:
        """AlexNet's weights as torchvision names them, in a folder ``checkpoints``.

        Raises:
            ModelError: If they, or the packages, are not here.
        """
        sources.require("torchmetrics", "torchvision")
        folders = [sources.folder_of_files()]
        if sources.folder is None:
            folders.append(_usual_hub())
        for folder in folders:
            for within in (folder, folder / "checkpoints"):
                if within.name == "checkpoints" and (within / _ALEXNET).is_file():
                    return within / _ALEXNET
        raise ModelError(
            f"LPIPS needs the weights of torchvision's AlexNet: put {_ALEXNET} into"
            f" {folders[0] / 'checkpoints'}"
        )

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If weights or packages are not here, or damaged.
        """
        import pickle

        import torch

        weights = cls.find(sources)
        try:  # torch.hub would run what a file of others says
            torch.load(weights, map_location="cpu", weights_only=True)
        except (OSError, RuntimeError, EOFError, pickle.UnpicklingError) as error:
            raise ModelError(f"{weights} is no file of weights: {error}") from error
        with others_code(sources.spec.title, weights.parent.parent):
            from torchmetrics.image.lpip import LearnedPerceptualImagePatchSimilarity

            network = LearnedPerceptualImagePatchSimilarity(net_type="alex", normalize=True)
        device = devices()[0].name
        fingerprint = f"lpips/alex/{file_sha256(weights)[:16]}/squash{_SIDE}"
        return cls(sources.spec, fingerprint, network.eval().to(device), device)

    def score(self, a: Image, b: Image, control: JobControl | None = None) -> float:
        """The distance, 0 or more; it is the same in both directions."""
        return float(self.scores(a, [b], control)[0])

    def scores(
        self, query: Image, others: Sequence[Image], control: JobControl | None = None
    ) -> Float32:
        """The distance of one picture to each of n, float32 ``[n]``."""
        import torch

        control = control or JobControl()
        asked, found = self._pixels(query), []
        for done, other in enumerate(others):
            control.checkpoint()
            if len(others) > 1:
                control.report(self.spec.title, done, len(others))
            with torch.inference_mode():
                found.append(float(self._network(asked, self._pixels(other))))
            self._network.reset()
        return np.asarray(found, np.float32)

    def close(self) -> None:
        """Let go of the weights."""
        self._network = None
        release(self._device)

    def _pixels(self, image: Image) -> Any:
        import torch

        small = image.resize((_SIDE, _SIDE), Pictures.Resampling.BICUBIC, reducing_gap=2.0)
        pixels = torch.from_numpy(np.array(small, np.uint8)).to(self._device)
        return pixels.permute(2, 0, 1)[None].float() / 255


class DreamSimMetric(VectorMetric):
    """DreamSim's ensemble, by the package dreamsim; its distance is one minus a cosine.

    Args:
        spec: What it is.
        fingerprint: Metric and weights.
        model: The package's model.
        prepare: The package's preparation of pictures.
        device: Where it computes.
    """

    def __init__(
        self, spec: MetricSpec, fingerprint: str, model: Any, prepare: Any, device: str
    ) -> None:
        super().__init__(spec, fingerprint, 8)
        self._model = model
        self._prepare = prepare
        self._device = device

    @staticmethod
    def find(sources: Sources) -> Path:
        """The folder that the package keeps its weights in.

        Raises:
            ModelError: If it, or the package, is not here.
        """
        sources.require("dreamsim", "torchvision")
        folder = sources.folder_of_files()
        missing = [name for name in _DREAMSIM if not (folder / name).is_file()]
        if missing:
            raise ModelError(
                f"DreamSim needs its weights in {folder}, and {missing[0]} is not there: let the"
                f" package fetch them with dreamsim(cache_dir={str(folder)!r})"
            )
        return folder

    @classmethod
    def load(cls, sources: Sources) -> Self:
        """Load it.

        Raises:
            ModelError: If weights or packages are not here, or damaged.
        """
        folder = cls.find(sources)
        device = devices()[0].name
        with others_code(sources.spec.title, folder):
            from dreamsim import dreamsim

            model, prepare = dreamsim(pretrained=True, device=device, cache_dir=str(folder))
        sums = hashlib.sha256()
        for path in sorted([*folder.glob("ensemble_lora/*"), *folder.glob("*_pretrain.pth*")]):
            sums.update(f"{path.name}\0{file_sha256(path)}\0".encode())
        fingerprint = f"dreamsim/ensemble/{sums.hexdigest()[:16]}"
        return cls(sources.spec, fingerprint, model, prepare, device)

    def vectors(self, images: Sequence[Image], control: JobControl) -> Float32:
        """See `VectorMetric.vectors`."""
        import torch

        with torch.inference_mode():
            pixels = torch.cat([self._prepare(image) for image in images]).to(self._device)
            vectors = self._model.embed(pixels)
        return np.asarray(vectors.reshape(len(images), -1).float().cpu().numpy(), np.float32)

    def close(self) -> None:
        """Let go of the weights."""
        self._model = None
        release(self._device)


def _usual_hub() -> Path:
    """Where ``torch.hub`` keeps files, without torch."""
    cache = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    home = os.environ.get("TORCH_HOME") or f"{cache}/torch"
    return Path(home).expanduser() / "hub"
