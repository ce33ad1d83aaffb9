"""One side of `contrastive_step.py`, in a process of its own: answers lines of JSON."""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch  # noqa: TID253 - it is what is measured
import transformers  # noqa: TID253 - it loads what is measured
from PIL import Image
from random_relsim import RANK, SHAPES, draw_instead_of_loading
from relsim_worker import memory
from torch import Tensor, nn  # noqa: TID253
from torch.nn.functional import cross_entropy, normalize  # noqa: TID253

from engine.models.checkpoint import PROJECTION, QUERY_TOKEN
from engine.models.device import Placement, devices
from engine.models.qwen import QwenBase
from trainer.contrastive.gradients import ScaledEncoder, add_gradients
from trainer.contrastive.loss import equal_captions, pair_loss
from trainer.training.world import World
from trainer.vlm.base import training_tokenizer
from trainer.vlm.lora import LoraSettings
from trainer.vlm.query_model import QueryModel, QuerySettings

TEMPERATURE = 0.07


@dataclass(frozen=True, slots=True)
class StepTask:
    """What a side is told.

    Attributes:
        side: Whose step.
        shape: Name of the shape.
        folder: With ``base`` and ``relsim``, as `random_relsim.write` makes them, dropout off.
        has_weights: Whether the base's weights are in files there; otherwise they are drawn.
        pictures: ``.npy`` file with uint8 ``[b, 448, 448, 3]``.
        device: ``cuda`` or ``cpu``.
        dtype: Of frozen weights and of products.
    """

    side: str
    shape: str
    folder: str
    has_weights: bool
    pictures: str
    device: str
    dtype: Literal["float32", "bfloat16"]


class Side:
    """A model, its optimizer, and one batch.

    Args:
        task: What is measured.
    """

    module: nn.Module

    def __init__(self, task: StepTask) -> None:
        self._task = task
        stored = np.load(task.pictures)
        self._pictures = [Image.fromarray(pixels) for pixels in stored]
        drawn = torch.randn(len(stored), 384, generator=torch.Generator().manual_seed(0))
        self._captions = normalize(drawn, dim=1).to(task.device)
        if not task.has_weights:
            for name in ("Qwen2_5_VLModel", "Qwen2_5_VLForConditionalGeneration"):
                kind = getattr(transformers, name)
                draw_instead_of_loading(kind, SHAPES[task.shape], Path(task.folder, "base"))
        self.module = self._load()
        self._trained = [p for p in self.module.parameters() if p.requires_grad]
        self._optimizer = torch.optim.AdamW(self._trained, lr=1e-4, weight_decay=0.01)

    def step(self, piece: int, *, checkpointing: bool) -> dict[str, float]:
        """One whole step from pictures to new weights; returns loss and gradient norm."""
        self.module.train()
        self._optimizer.zero_grad(set_to_none=True)
        loss = self._backward(piece, checkpointing=checkpointing)
        norm = float(nn.utils.clip_grad_norm_(self._trained, 1.0))
        self._optimizer.step()
        if self._task.device == "cuda":
            torch.cuda.synchronize()
        return {"loss": loss, "gradient_norm": norm}

    def _load(self) -> nn.Module:
        raise NotImplementedError

    def _backward(self, piece: int, *, checkpointing: bool) -> float:
        raise NotImplementedError


class Own(Side):
    """The recipe's step."""

    def _load(self) -> nn.Module:
        folder = Path(self._task.folder)
        place = next(found for found in devices() if found.name == self._task.device)
        placement = Placement(place, self._task.dtype, "the benchmark says so")
        base = QwenBase.load(folder / "base", placement, writes=False)
        self._encoder = QueryModel(
            base,
            training_tokenizer(folder / "base", base),
            LoraSettings(rank=RANK, alpha=2 * RANK, dropout=0.0),
            QuerySettings(),
            seed=0,
            everything=False,
            checkpointing=False,
            start=folder / "relsim",
        )
        self._world = World(0, 1, torch.device(self._task.device))
        return ScaledEncoder(self._encoder, TEMPERATURE, learned=False)

    def _backward(self, piece: int, *, checkpointing: bool) -> float:
        self._encoder._checkpointing = checkpointing
        captions = self._captions
        same = equal_captions(captions, 2.0)
        loss, _, _ = add_gradients(
            self.module,
            [self._encoder.prepare(picture) for picture in self._pictures],
            lambda vectors, scale: pair_loss(vectors, captions, same, scale, symmetric=False),
            self._world,
            piece=piece,
            precision=self._task.dtype,
            seed=0,
        )
        return loss


class Straight(Side):
    """The step as method.md tells it of the paper's code, with nothing left out or put together.

    transformers' whole forward pass with the LM head over every token and the states of every
    layer kept, under PEFT's model, each picture through the processor by itself.
    """

    def _load(self) -> nn.Module:
        from peft import PeftModel
        from transformers import AutoImageProcessor, AutoTokenizer

        folder = Path(self._task.folder)
        kind: Any = transformers.Qwen2_5_VLForConditionalGeneration
        base: Any = kind.from_pretrained(
            folder / "base",
            dtype=getattr(torch, self._task.dtype),
            attn_implementation="sdpa",
            device_map={"": self._task.device},
        )
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder / "relsim")
        self._images: Any = AutoImageProcessor.from_pretrained(folder / "base", backend="pil")
        base.resize_token_embeddings(len(self._tokenizer), mean_resizing=False)
        model = PeftModel.from_pretrained(base, str(folder / "relsim"), is_trainable=True)
        content = torch.load(folder / "relsim" / PROJECTION, weights_only=True)["projection"]
        projection = nn.Linear(content["weight"].shape[1], content["weight"].shape[0])
        projection.load_state_dict(content)
        self._query = self._tokenizer.convert_tokens_to_ids(QUERY_TOKEN)
        self._image_token = base.config.image_token_id
        return nn.ModuleDict({"model": model, "projection": projection.to(self._task.device)})

    def _backward(self, piece: int, *, checkpointing: bool) -> float:
        assert not piece, "it has no pieces"
        model: Any = self.module["model"]  # type: ignore[index]
        if checkpointing and not model.is_activation_checkpointing:
            model.activation_checkpointing_enable({"use_reentrant": False})
        elif not checkpointing and model.is_activation_checkpointing:
            model.activation_checkpointing_disable()
        inputs = self._inputs()
        with World(0, 1, torch.device(self._task.device)).autocast(self._task.dtype):
            states = model(**inputs, output_hidden_states=True, use_cache=False).hidden_states[-1]
        row, place = (inputs["input_ids"] == self._query).nonzero(as_tuple=True)
        vectors = normalize(self.module["projection"](states[row, place].float()), dim=-1)  # type: ignore[index]
        own = torch.arange(len(vectors), device=vectors.device)
        loss = cross_entropy(vectors @ self._captions.T / TEMPERATURE, own)
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())

    def _inputs(self) -> dict[str, Tensor]:
        """Equal sizes make equal lengths, so that nothing is filled up."""
        content = [{"type": "image"}, {"type": "text", "text": QUERY_TOKEN}]
        said = self._tokenizer.apply_chat_template(
            [{"role": "user", "content": content}], tokenize=False
        )
        ids, pixels, grids = [], [], []
        for picture in self._pictures:
            seen = self._images(images=picture, return_tensors="pt")
            count = int(seen["image_grid_thw"].prod()) // self._images.merge_size**2
            text = said.replace("<|image_pad|>", "<|image_pad|>" * count)
            ids.append(self._tokenizer(text, return_tensors="pt")["input_ids"])
            pixels.append(seen["pixel_values"])
            grids.append(seen["image_grid_thw"])
        tokens = torch.cat(ids)
        found = {
            "input_ids": tokens,
            "attention_mask": torch.ones_like(tokens),
            "mm_token_type_ids": (tokens == self._image_token).int(),
            "pixel_values": torch.cat(pixels),
            "image_grid_thw": torch.cat(grids),
        }
        return {name: tensor.to(self._task.device) for name, tensor in found.items()}


SIDES = {"own": Own, "straight": Straight}


def held(device: str) -> dict[str, int]:
    """What `peaks` is to be compared with: memory held now; the peak of loading is forgotten."""
    gc.collect()
    found = memory(device)
    if device == "cuda":
        found |= {"peak_device": torch.cuda.memory_allocated()}
    if _STATUS.exists():
        found["peak_rss"] = _status("VmRSS")
        Path("/proc/self/clear_refs").write_text("5")
    return found


def peaks(device: str) -> dict[str, int]:
    """Peaks in bytes since `held`, where the system can forget one, else since the start."""
    found = memory(device)
    if _STATUS.exists():
        found["peak_rss"] = _status("VmHWM")
    return found


_STATUS = Path("/proc/self/status")


def _status(name: str) -> int:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) * 1024


def main() -> None:
    task = StepTask(**json.loads(sys.argv[1]))
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # what the libraries print is no answer
    side = SIDES[task.side](task)
    answers.write(json.dumps({"loaded": held(task.device)}) + "\n")
    for line in sys.stdin:
        request = json.loads(line)
        if task.device == "cuda":
            torch.cuda.reset_peak_memory_stats()
        began = time.perf_counter()
        figures = side.step(request["piece"], checkpointing=request["checkpointing"])
        seconds = time.perf_counter() - began
        answers.write(json.dumps({"seconds": seconds} | figures | peaks(task.device)) + "\n")


if __name__ == "__main__":
    main()
