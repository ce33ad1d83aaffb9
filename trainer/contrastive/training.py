"""Trains the relational head on cached features."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from numpy.typing import NDArray
from safetensors import safe_open
from safetensors.torch import save
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

from engine.types import Float32
from trainer.contrastive.config import TrainingConfig
from trainer.contrastive.loss import caption_loss, group_loss
from trainer.files import write_atomically
from trainer.progress import Reporter

PHASE = "Training"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The captions that the head is trained against.

    Attributes:
        relations: Names of the trained relations and of "no relation", in order.
        relation_of: int ``[m]``, index of each caption's relation; ascending.
        vectors: float32 ``[m, 384]``, rows of norm 1.
    """

    relations: tuple[str, ...]
    relation_of: NDArray[np.int64]
    vectors: Float32

    @classmethod
    def build(cls, captions: Mapping[str, Sequence[str]], vectors: Float32) -> Vocabulary:
        """From the wordings of each relation and their embeddings, in the same order."""
        counts = [len(wordings) for wordings in captions.values()]
        return cls(tuple(captions), np.repeat(np.arange(len(counts)), counts), vectors)


class Trainer:
    """A head in training. Goes on where a killed run stopped, and ends with the same head.

    Each epoch's shuffling, wordings and dropout depend on the seed and the epoch's number alone, so
    a checkpoint needs no state of any generator.

    Args:
        head: Maps tokens float ``[n, 49, 832]`` to ``[n, 384]``, freshly made.
        training: Settings of the training.
        vocabulary: What the images are pulled to.
        seed: Decides everything that is random.
        folder: Of the run; holds the checkpoint and the metrics.
    """

    def __init__(
        self,
        head: nn.Module,
        training: TrainingConfig,
        vocabulary: Vocabulary,
        seed: int,
        folder: Path,
    ) -> None:
        self._config, self._seed = training, seed
        self._checkpoint = folder / "checkpoint.safetensors"
        self._metrics = folder / "metrics.jsonl"
        self._captions = torch.from_numpy(vocabulary.vectors)
        self._relation_of = torch.from_numpy(vocabulary.relation_of)
        self.head = head
        matrices = [p for p in self.head.parameters() if p.ndim >= 2]
        others = [p for p in self.head.parameters() if p.ndim < 2]
        self._optimizer = torch.optim.AdamW(
            [{"params": matrices, "weight_decay": training.weight_decay},
             {"params": others, "weight_decay": 0.0}],
            lr=training.learning_rate,
        )  # fmt: skip
        self.epoch = 0

    def fit(
        self, tokens: NDArray[np.float16], relations: NDArray[np.int64], reporter: Reporter
    ) -> None:
        """Train for the remaining epochs, and leave the head in eval mode.

        Args:
            tokens: float16 ``[n, 49, 832]``; may be memory-mapped.
            relations: int ``[n]``, indices into `Vocabulary.relations`.
            reporter: Gets the loss.
        """
        torch.set_num_threads(self._config.threads)
        self._resume()
        for epoch in range(self.epoch, self._config.epochs):
            loss = self._run_epoch(epoch, tokens, torch.from_numpy(relations), reporter)
            self.epoch = epoch + 1
            self._record(loss)
            self._save()
        self.head.eval()

    def _run_epoch(
        self, epoch: int, tokens: NDArray[np.float16], relations: Tensor, reporter: Reporter
    ) -> float:
        generator = torch.Generator().manual_seed(self._seed * 1000 + epoch)
        torch.manual_seed(self._seed * 1000 + epoch)
        order = torch.randperm(len(tokens), generator=generator)
        own = self._draw_wordings(relations, generator)
        batches = torch.split(order, self._config.batch_size)
        if len(batches) > 1 and len(batches[-1]) < self._config.batch_size:
            batches = batches[:-1]  # a small last batch would weigh as much as a full one
        total = len(batches) * self._config.epochs
        self.head.train()
        losses = []
        for index, batch in enumerate(batches):
            step = epoch * len(batches) + index
            self._set_rate(step, total)
            features = torch.from_numpy(np.take(tokens, batch.numpy(), axis=0))
            losses.append(self._step(features, relations[batch], own[batch]))
            reporter.step(PHASE, step + 1, total, loss=sum(losses[-50:]) / len(losses[-50:]))
        return sum(losses) / len(losses)

    def _step(self, features: Tensor, relations: Tensor, own: Tensor) -> float:
        config = self._config
        with torch.autocast("cpu", dtype=torch.bfloat16):
            answered = self.head(features.float())
        vectors = F.normalize(answered.float(), dim=-1)
        same = self._relation_of[None] == relations[:, None]
        loss = caption_loss(vectors, self._captions, own, same, config.temperature)
        if config.group_weight > 0:
            among = group_loss(vectors, relations, config.group_temperature)
            loss = loss + config.group_weight * among
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.head.parameters(), config.clip)
        self._optimizer.step()
        return loss.item()

    def _draw_wordings(self, relations: Tensor, generator: torch.Generator) -> Tensor:
        """One wording of each image's relation: int ``[n]``, indices of captions."""
        counts = torch.bincount(self._relation_of)
        first = counts.cumsum(0) - counts
        share = torch.rand(len(relations), generator=generator)
        return first[relations] + (share * counts[relations]).long()

    def _set_rate(self, step: int, total: int) -> None:
        rising = max(1, round(self._config.warmup * total))
        if step < rising:
            factor = (step + 1) / rising
        else:
            factor = 0.5 * (1 + math.cos(math.pi * (step - rising) / max(1, total - rising)))
        for group in self._optimizer.param_groups:
            group["lr"] = self._config.learning_rate * factor

    def _record(self, loss: float) -> None:
        """Keep the metrics of this epoch; of an epoch that is repeated, the last ones."""
        lines = []
        if self._metrics.is_file():
            lines = self._metrics.read_text(encoding="utf-8").splitlines()
        lines = [*lines[: self.epoch - 1], json.dumps({"epoch": self.epoch, "loss": loss})]
        write_atomically(self._metrics, ("\n".join(lines) + "\n").encode())

    def _save(self) -> None:
        state = {f"head.{name}": value for name, value in self.head.state_dict().items()}
        for index, parameter in enumerate(self._parameters()):
            for name, value in self._optimizer.state[parameter].items():
                state[f"optimizer.{index}.{name}"] = value
        content = save({name: value.contiguous() for name, value in state.items()},
                       {"epoch": str(self.epoch)})  # fmt: skip
        write_atomically(self._checkpoint, content)

    def _resume(self) -> None:
        if not self._checkpoint.is_file():
            return
        with safe_open(self._checkpoint, "pt") as file:
            self.epoch = int(file.metadata()["epoch"])
            state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
        own = {name.removeprefix("head."): value for name, value in state.items()
               if name.startswith("head.")}  # fmt: skip
        self.head.load_state_dict(own, strict=True)
        for index, parameter in enumerate(self._parameters()):
            prefix = f"optimizer.{index}."
            self._optimizer.state[parameter] = {
                name.removeprefix(prefix): value
                for name, value in state.items()
                if name.startswith(prefix)
            }

    def _parameters(self) -> list[Tensor]:
        return [p for group in self._optimizer.param_groups for p in group["params"]]
