"""Settings of relsim and of the paper's tuned baselines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from trainer.training.loop import LoopSettings
from trainer.vlm.base import BaseSettings
from trainer.vlm.lora import LoraSettings
from trainer.vlm.query_model import QuerySettings

SCENES = "scenes"
"""Names drawn scenes, instead of pictures that are there."""


@dataclass(frozen=True, slots=True)
class SceneSettings:
    """Scenes that are drawn into the run's folder.

    Attributes:
        train: How many to train on.
        test: How many held out, of subjects that are not trained on.
        relations: Which; all that are trained on by default.
        side: In pixels.
        workers: Processes that draw.
    """

    train: int = 4000
    test: int = 500
    relations: tuple[str, ...] = ()
    side: int = 224
    workers: int = 2


@dataclass(frozen=True, slots=True)
class PairSettings:
    """Pictures with captions.

    Attributes:
        train: What `trainer.data` reads, or ``scenes``.
        images: Where the pictures are that a list names.
        test: Held-out pictures; None to hold out a share of those in `train`.
        test_share: That share.
        test_limit: Held-out pictures that are looked at, at most.
        captions: ``anonymous``, or the ``conventional`` ones of an ablation.
        workers: Processes that look whether every picture can be read.
        scenes: What is drawn.
    """

    train: str
    images: Path | None = None
    test: str | None = None
    test_share: float = 0.02
    test_limit: int = 2000
    captions: Literal["anonymous", "conventional"] = "anonymous"
    workers: int = 2
    scenes: SceneSettings = field(default_factory=SceneSettings)

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if not 0 < self.test_share < 1:
            yield "test_share must be between 0 and 1"
        if self.train == SCENES and self.test is not None:
            yield "test must be left out where train is scenes: held-out scenes are drawn"


@dataclass(frozen=True, slots=True)
class LossSettings:
    """InfoNCE over a batch (method.md, "relsim").

    Attributes:
        temperature: At the beginning.
        learned: Whether it is trained, as the paper says; the released code fixes it.
        symmetric: Also from caption to image; the released code goes from image to caption.
        same: Captions of at least this cosine are no negatives of each other's images; above 1
            every other caption is one, as in the released code.
        piece: Pictures that are computed at once in each process (GradCache); 0 for all. The batch,
            and with it the loss, is the same.
    """

    temperature: float = field(default=0.07, metadata={"least": 0.001})
    learned: bool = False
    symmetric: bool = False
    same: float = 1.0
    piece: int = field(default=0, metadata={"least": 0})


@dataclass(frozen=True, slots=True)
class RelsimConfig:
    """A whole run.

    Attributes:
        id: Name of the model.
        recipe: ``relsim`` trains a query token behind a picture in a Qwen2.5-VL; ``clip`` and
            ``dino`` tune a tower of vision to the same target, as the paper's baselines do.
        base: What is tuned: a Qwen2.5-VL, or the tower.
        start: A relsim checkpoint to go on from, the released one or one of ours.
    """

    id: str
    recipe: Literal["relsim", "clip", "dino"]
    data: PairSettings
    base: BaseSettings
    loop: LoopSettings
    lora: LoraSettings = field(default_factory=LoraSettings)
    query: QuerySettings = field(default_factory=QuerySettings)
    loss: LossSettings = field(default_factory=LossSettings)
    start: Path | None = None

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if self.loop.batch_size < 2:
            yield "loop.batch_size must be at least 2: a contrastive loss needs other captions"
        if self.recipe != "relsim" and self.start is not None:
            yield f"start is for relsim, not for {self.recipe}"
        if self.recipe != "relsim" and self.query != QuerySettings():
            yield f"query says nothing to {self.recipe}: only relsim has a query token"
