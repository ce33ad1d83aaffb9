"""Trains a head on groups of pictures alone: those of one group attract each other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch  # noqa: TID253 - the reproduction imports this module only to train
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

from trainer.contrastive.config import TrainingConfig
from trainer.contrastive.loss import group_loss
from trainer.contrastive.training import PHASE, Trainer, Vocabulary
from trainer.head import RELATIONAL_DIMENSION
from trainer.progress import Reporter


class GroupTrainer(Trainer):
    """A head in training that no caption is shown; goes on where a killed run stopped.

    The loss is supervised InfoNCE at ``temperature``, that of the loss from images to captions. All
    pictures of other groups are negatives, also where their group shows the same relation, because
    nothing but groups is known. A step sees whole groups, but for those that its ends cut: among
    pictures drawn one by one, hardly any would have another of its group.

    Args:
        head: Maps tokens float ``[n, 49, 832]`` to ``[n, 384]``, freshly made.
        training: Settings of the training.
        seed: Decides everything that is random.
        folder: Of the run; holds the checkpoint and the metrics.
    """

    def __init__(self, head: nn.Module, training: TrainingConfig, seed: int, folder: Path) -> None:
        nothing = np.zeros((0, RELATIONAL_DIMENSION), np.float32)
        vocabulary = Vocabulary((), np.zeros(0, np.int64), nothing)
        super().__init__(head, training, vocabulary, seed, folder)

    def _run_epoch(
        self, epoch: int, tokens: NDArray[np.float16], relations: Tensor, reporter: Reporter
    ) -> float:
        generator = torch.Generator().manual_seed(self._seed * 1000 + epoch)
        torch.manual_seed(self._seed * 1000 + epoch)
        batches = batches_of_groups(relations, self._config.batch_size, generator)
        total = len(batches) * self._config.epochs
        self.head.train()
        losses = list[float]()
        for index, batch in enumerate(batches):
            step = epoch * len(batches) + index
            self._set_rate(step, total)
            features = torch.from_numpy(np.take(tokens, batch.numpy(), axis=0))
            losses.append(self._learn(features, relations[batch]))
            reporter.step(PHASE, step + 1, total, loss=sum(losses[-50:]) / len(losses[-50:]))
        return sum(losses) / len(losses)

    def _learn(self, features: Tensor, groups: Tensor) -> float:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            answered = self.head(features.float())
        vectors = F.normalize(answered.float(), dim=-1)
        loss = group_loss(vectors, groups, self._config.temperature)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.head.parameters(), self._config.clip)
        self._optimizer.step()
        return loss.item()


def batches_of_groups(groups: Tensor, size: int, generator: torch.Generator) -> list[Tensor]:
    """Pictures in batches, those of a group one behind the other, groups in a new order.

    Args:
        groups: int ``[n]``, from 0 up.
        size: Of a batch; a smaller last one is left out, unless it is the only one.
        generator: Decides the order.

    Returns:
        int ``[size]`` each, places in `groups`.
    """
    turn = torch.randperm(int(groups.max()) + 1, generator=generator)
    batches = torch.split(torch.argsort(turn[groups], stable=True), size)
    kept = batches[:-1] if len(batches) > 1 and len(batches[-1]) < size else batches
    return list(kept)
