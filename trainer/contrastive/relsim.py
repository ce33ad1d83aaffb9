"""The recipe of relsim and of the paper's tuned baselines (method.md, "relsim")."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor, nn  # noqa: TID253

from engine.types import UInt8
from trainer.contrastive.gradients import ScaledEncoder, add_gradients
from trainer.contrastive.loss import equal_captions, pair_loss
from trainer.contrastive.pairs import Pairs, embed_captions, read_pairs, texts_of
from trainer.contrastive.relsim_config import RelsimConfig
from trainer.contrastive.retrieval import caption_figures, naming_figures, relation_figures
from trainer.progress import Reporter
from trainer.runs import Run
from trainer.training.loop import fit, steps_for
from trainer.training.order import batch_at
from trainer.training.prefetch import Prefetcher, Remembered
from trainer.training.world import World
from trainer.vlm.base import BaseSettings, find_folder, load_base, training_tokenizer
from trainer.vlm.query_model import QueryLayer, QueryModel


class Encoder(Protocol):
    """What turns a picture into a vector; a torch module."""

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoder should keep before `prepare`."""

    def prepare(self, image: Image.Image) -> UInt8:
        """An upright RGB picture as it is taken, uint8 ``[h, w, 3]``. Thread-safe."""

    def export(self, folder: Path, state: Mapping[str, Tensor], settings: BaseSettings) -> None:
        """Write a checkpoint of trained tensors, by their names in this module."""


def train_relsim(
    config: RelsimConfig, folder: Path, reporter: Reporter, device: str | None = None
) -> dict[str, float]:
    """Train; a run of the same configuration goes on where it was.

    Args:
        config: Settings.
        folder: Of the run; ``model`` in it is the checkpoint at the end.
        reporter: Gets the progress.
        device: As torch calls it; CUDA where there is some by default.

    Returns:
        Figures of held-out pictures, in the main process.

    Raises:
        KnownError: With everything that is wrong with data or models, before the first step.
    """
    with World.start(device) as world:
        run = Run.claim(folder, config, writes=world.is_main)
        train, test = world.from_main(
            lambda: read_pairs(config.data, folder, config.loop.seed, reporter)
        )
        silent = reporter if world.is_main else Reporter.silent()
        steps = steps_for(config.loop, len(train.records), world)
        encoder, layers = build_encoder(config, folder, texts_of([train]), world)
        pairs, held_out = world.from_main(
            lambda: (
                embed_captions(train, config.data),
                embed_captions(test, config.data, config.data.test_limit),
            )
        )
        task = ContrastiveTask(
            config, encoder, pairs, held_out, steps=steps, layers=layers, world=world
        )
        if world.is_main:
            trained = sum(p.numel() for p in task.module.parameters() if p.requires_grad)
            run.describe(
                device=str(world.device),
                processes=world.size,
                trained_parameters=trained,
                pictures={"train": len(pairs.records), "held_out": len(held_out.records)},
                dropped={"train": train.drops.counts(), "held_out": test.drops.counts()},
            )
        with task:
            found = fit(task, config.loop, steps, run=run, world=world, reporter=silent)
            return found if world.is_main else {}


def build_encoder(
    config: RelsimConfig, folder: Path, texts: list[str], world: World
) -> tuple[nn.Module, tuple[type, ...]]:
    """The encoder that a configuration names, on the world's device.

    Returns:
        The encoder, and the classes of its layers.

    Raises:
        ModelError: If its base is not there, is something else, or does not fit into memory.
    """
    if config.recipe != "relsim":
        from trainer.contrastive.vision_model import VisionModel, load_vision_model

        return load_vision_model(config, folder, world), VisionModel.layers
    where = world.from_main(lambda: find_folder(config.base, folder, texts))
    base = load_base(where, config.base, writes=False, device=world.device.type)
    model = QueryModel(
        base,
        training_tokenizer(where, base),
        config.lora,
        config.query,
        seed=config.loop.seed,
        everything=config.base.trains == "everything",
        checkpointing=config.loop.checkpointing,
        start=config.start,
    )
    return model, (QueryLayer,)


class ContrastiveTask:
    """See `trainer.training.loop.Task`. A context manager: its threads read ahead.

    Args:
        config: Settings.
        encoder: An `Encoder`, on its device.
        train: Pictures to train on.
        held_out: Pictures to measure on.
        steps: In all.
        layers: Classes of the encoder's layers.
        world: Who trains.
    """

    def __init__(
        self,
        config: RelsimConfig,
        encoder: nn.Module,
        train: Pairs,
        held_out: Pairs,
        *,
        steps: int,
        layers: tuple[type, ...],
        world: World,
    ) -> None:
        self.module: nn.Module = ScaledEncoder(
            encoder, config.loss.temperature, learned=config.loss.learned
        )
        self.layers = layers
        self._encoder: Encoder = encoder  # type: ignore[assignment]
        self._config, self._train, self._held_out, self._steps = config, train, held_out, steps
        self._world = world
        self._read_train = Remembered(self._load_train)
        self._read_held_out = Remembered(self._load_held_out)
        self._ahead = Prefetcher(self._own_rows, self._read_train, config.loop.workers)

    def backward(self, step: int, module: nn.Module, world: World) -> Mapping[str, float]:
        """Add the gradients of one step."""
        loop, settings = self._config.loop, self._config.loss
        rows = self._batch(step)
        captions = torch.from_numpy(self._train.vectors_of(rows)).to(world.device)
        same = equal_captions(captions, settings.same)

        def loss_of(vectors: Tensor, scale: Tensor) -> Tensor:
            return pair_loss(vectors, captions, same, scale, symmetric=settings.symmetric)

        loss, scale, vectors = add_gradients(
            module,
            self._ahead(step, self._steps),
            loss_of,
            world,
            piece=settings.piece,
            precision=loop.precision,
            seed=loop.seed * 1_000_003 + step,
        )
        first = (vectors @ captions.T).argmax(1)
        found = same[torch.arange(len(rows), device=first.device), first]
        return {
            "loss": loss,
            "batch_accuracy": float(found.float().mean()),
            "temperature": 1.0 / scale,
        }

    def evaluate(self, module: nn.Module, world: World) -> Mapping[str, float]:
        """How well held-out pictures find their captions, and pictures of their relation."""
        size = self._config.loss.piece or max(1, self._config.loop.batch_size // world.size)

        def embed(rows: NDArray[np.int64]) -> Tensor:
            parts = []
            for start in range(0, len(rows), size):
                pictures = [self._read_held_out(int(row)) for row in rows[start : start + size]]
                with world.autocast(self._config.loop.precision):
                    parts.append(module(pictures)[0])
            return torch.cat(parts)

        vectors = world.gather_all(np.arange(len(self._held_out.records)), embed).cpu().numpy()
        captions, own = self._held_out.captions, self._held_out.own
        figures = caption_figures(vectors, captions, own)
        if (relations := self._held_out.relations) is not None:
            figures |= naming_figures(vectors, captions, own, relations)
            figures |= relation_figures(vectors, relations)
        return figures

    def export(self, folder: Path, state: Mapping[str, Tensor]) -> None:
        """Write the encoder's checkpoint."""
        own = {
            name.removeprefix("encoder."): tensor
            for name, tensor in state.items()
            if name.startswith("encoder.")
        }
        self._encoder.export(folder, own, self._config.base)

    def __enter__(self) -> ContrastiveTask:
        """Does nothing."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the threads."""
        self._ahead.__exit__()

    def _batch(self, step: int) -> NDArray[np.int64]:
        loop = self._config.loop
        return batch_at(step, len(self._train.records), loop.batch_size, loop.seed)

    def _own_rows(self, step: int) -> list[int]:
        return [int(row) for row in self._world.share(self._batch(step))]

    def _load_train(self, row: int) -> UInt8:
        return self._encoder.prepare(self._train.picture(row, self._encoder.min_side))

    def _load_held_out(self, row: int) -> UInt8:
        return self._encoder.prepare(self._held_out.picture(row, self._encoder.min_side))
