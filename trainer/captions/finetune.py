"""The recipe of the anonymous captioner (method.md, "The three models"): pictures and captions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from torch import Tensor, nn  # noqa: TID253

from engine.models.anonymity import is_anonymous
from engine.models.captioner import MAX_TOKENS, PROMPT
from engine.models.text import TextEncoder
from trainer.contrastive.pairs import read_pairs, texts_of
from trainer.contrastive.relsim_config import PairSettings
from trainer.data.records import Record
from trainer.progress import Reporter
from trainer.runs import Run
from trainer.scenes import RELATIONS
from trainer.training.loop import LoopSettings, fit, steps_for
from trainer.training.order import batch_at
from trainer.training.world import World
from trainer.vlm.answering import Question, write_greedily
from trainer.vlm.base import BaseSettings
from trainer.vlm.finetuning import (
    AnswerSettings,
    Learner,
    Pictures,
    Trainable,
    losses_of_answers,
    per_piece,
)
from trainer.vlm.lora import LoraSettings

_NOTHING = -1
_REPEATED = 4  # so that a vocabulary made on the spot has most words of the prompt whole


@dataclass(frozen=True, slots=True)
class CaptionerConfig:
    """A captioner.

    Attributes:
        recipe: This one.
        id: Its name.
        data: Pictures with captions.
        base: What is trained.
        loop: How.
        lora: Of LoRA.
        answers: Of pictures.
        written: Held-out pictures that are captioned at each measurement, at most.
    """

    recipe: Literal["captioner"]
    id: str
    data: PairSettings
    base: BaseSettings
    loop: LoopSettings
    lora: LoraSettings = field(default_factory=LoraSettings)
    answers: AnswerSettings = field(default_factory=AnswerSettings)
    written: int = 96


class CaptionerTask:
    """Writes captions; see `trainer.training.loop.Task`.

    Args:
        trainable: What is trained.
        learner: Over the training pictures.
        held: Held-out pictures.
        config: Settings.
    """

    def __init__(
        self,
        trainable: Trainable,
        learner: Learner,
        held: Sequence[Record],
        config: CaptionerConfig,
    ) -> None:
        self.module: nn.Module = trainable.model
        self.layers: Collection[type] = trainable.layers
        self._trainable, self._learner, self._config = trainable, learner, config
        self._answers = [trainable.encode(caption_of(record, config)) for record in held]
        self._pictures = Pictures(held, config.answers.preparation, trainable.model.rules)
        self._sayings = Sayings.of(held, config)
        self._limit = min(MAX_TOKENS, 2 * max(map(len, self._answers)))

    def backward(self, step: int, module: nn.Module, world: World) -> Mapping[str, float]:
        """See `trainer.vlm.finetuning.Learner.backward`."""
        return self._learner.backward(step, module, world)

    def evaluate(self, module: nn.Module, world: World) -> Mapping[str, float]:
        """Measure captions of held-out pictures.

        Returns:
            ``perplexity`` of a token of the right ones, and what `Sayings.figures` says of greedy
            ones.
        """
        model, config = self._trainable.model, self._config

        def losses(rows: list[int]) -> Tensor:
            asked = [Question(self._pictures(row), self._answers[row]) for row in rows]
            with world.autocast(config.loop.precision):
                return losses_of_answers(module, model, asked, ends=True)

        def write(rows: list[int]) -> Tensor:
            with world.autocast(config.loop.precision):
                said = write_greedily(
                    module,
                    model,
                    [self._pictures(row) for row in rows],
                    self._limit,
                    any_left=lambda left: _any(left, world),
                )
            filled = [[*tokens, *[_NOTHING] * (self._limit - len(tokens))] for tokens in said]
            return torch.tensor(filled, device=world.device)

        piece = config.answers.piece
        sums = per_piece(len(self._answers), piece, world, losses).double().sum(dim=0)
        count = min(config.written, len(self._answers))
        rows = per_piece(count, piece, world, write).tolist()
        texts = [self._trainable.decode([t for t in row if t != _NOTHING]) for row in rows]
        return {"perplexity": float((sums[0] / sums[1]).exp()), **self._sayings.figures(texts)}

    def export(self, folder: Path, state: Mapping[str, Tensor]) -> None:
        """Write the checkpoint in the released layout."""
        self._trainable.export(folder, state)


class Sayings(NamedTuple):
    """What can be said of held-out pictures.

    Attributes:
        own: Of each picture the relation that it shows, where it was drawn; else its caption.
        texts: All captions of those.
        names: What each text belongs to.
    """

    own: tuple[str, ...]
    texts: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, held: Sequence[Record], config: CaptionerConfig) -> Sayings:
        """Of these pictures."""
        wordings: dict[str, Sequence[str]] = {}
        own = []
        for record in held:
            if record.relation in RELATIONS:
                name, texts = record.relation, RELATIONS[record.relation].captions
            else:
                name = caption_of(record, config)
                texts = (name,)
            own.append(name)
            wordings[name] = texts
        pairs = [(text, name) for name, texts in wordings.items() for text in texts]
        return cls(tuple(own), tuple(t for t, _ in pairs), tuple(n for _, n in pairs))

    def figures(self, written: Sequence[str]) -> dict[str, float]:
        """How often captions say the right thing.

        Args:
            written: Of the first pictures; each says what the nearest text says, by the frozen
                text encoder.

        Returns:
            ``named_right``, a share; ``chance_named_right``, that of one and the same caption for
            all, at best; ``anonymous``, the share that names nothing outside its slots.
        """
        encoder = TextEncoder()
        nearest = (encoder.encode(written) @ encoder.encode(self.texts).T).argmax(axis=1)
        own = self.own[: len(written)]
        right = [self.names[n] == name for n, name in zip(nearest, own, strict=True)]
        return {
            "named_right": float(np.mean(right)),
            "chance_named_right": max(map(own.count, own)) / len(own),
            "anonymous": float(np.mean([is_anonymous(text) for text in written])),
        }


def train_captioner(
    config: CaptionerConfig, work: Path, reporter: Reporter, *, device: str | None = None
) -> dict[str, float]:
    """Train a captioner; an interrupted run goes on.

    Args:
        config: Settings.
        work: Of the run; the checkpoint is made in its folder ``model``, in the released layout.
        reporter: Gets the progress.
        device: As torch calls it; None for the best there is.

    Returns:
        Figures of held-out pictures.

    Raises:
        KnownError: If there is nothing to learn from, no base, or too little memory.
    """
    with World.start(device) as world:
        run = Run.claim(work, config, writes=world.is_main)
        speaker = reporter if world.is_main else Reporter.silent()
        train, test = world.from_main(
            lambda: read_pairs(config.data, work, config.loop.seed, speaker)
        )
        steps = steps_for(config.loop, len(train.records), world)
        question = PROMPT.read_text(encoding="utf-8")
        trainable = Trainable.load(
            config.base,
            config.lora,
            config.loop,
            question,
            texts=[question] * _REPEATED + texts_of([train]),
            work=work,
            world=world,
        )
        rules, shown = trainable.model.rules, config.answers.preparation
        loop = config.loop
        with Learner(
            trainable.model,
            Pictures(train.records, shown, rules),
            [trainable.encode(caption_of(record, config)) for record in train.records],
            lambda step: batch_at(step, len(train.records), loop.batch_size, loop.seed),
            steps=steps,
            ends=True,  # else it would not know when to stop
            settings=config.answers,
            loop=loop,
            world=world,
        ) as learner:
            held = test.records[: config.data.test_limit]
            task = CaptionerTask(trainable, learner, held, config)
            learner.rehearse(world)
            if world.is_main:
                run.describe(
                    device=str(world.device),
                    processes=world.size,
                    pictures={"train": len(train.records), "held_out": len(held)},
                    dropped={"train": train.drops.counts(), "held_out": test.drops.counts()},
                )
            return fit(task, loop, steps, run=run, world=world, reporter=speaker)


def caption_of(record: Record, config: CaptionerConfig) -> str:
    """What a picture's caption is to be."""
    anonymous = config.data.captions == "anonymous"
    return str(record.caption if anonymous else record.conventional)


def _any(left: bool, world: World) -> bool:
    return bool(world.gather(torch.tensor([left], device=world.device)).any())
