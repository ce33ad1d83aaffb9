"""The recipe of the VLM filter (method.md, "Filter"): labels, a base with LoRA, Yes or No."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253

from engine.errors import KnownError
from engine.types import Float32
from trainer.config import config_json
from trainer.data.checking import verify
from trainer.data.collection import open_collection, split
from trainer.files import write_atomically
from trainer.filter.figures import annotator_figures, held_out_figures
from trainer.filter.labels import Labelled, read_annotations, training_labels
from trainer.filter.metrics import accuracy
from trainer.filter.vlm import PROMPT, YesNo, save_filter
from trainer.progress import Reporter
from trainer.runs import Run
from trainer.scenes import RELATIONS
from trainer.scenes.drawn import ScenePlan, draw_scenes_into
from trainer.training.loop import LoopSettings, fit, steps_for
from trainer.training.order import batch_at
from trainer.training.world import World
from trainer.vlm.answering import Question, asking_batch
from trainer.vlm.base import BaseSettings
from trainer.vlm.finetuning import (
    AnswerSettings,
    Learner,
    Pictures,
    Trainable,
    per_piece,
)
from trainer.vlm.lora import LoraSettings

_WORDS = ("Yes", "No")
_REPEATED = 200  # so that a vocabulary made on the spot has the words whole


@dataclass(frozen=True, slots=True)
class SceneSettings:
    """What is drawn where no source is named: every other picture shows a relation.

    Attributes:
        pictures: For training, of the training subjects.
        held_out: For the figures, of the test subjects.
        relations: Which; all that are trained on if none is named.
        side: In pixels.
        workers: Processes that draw.
    """

    pictures: int = 3000
    held_out: int = 600
    relations: tuple[str, ...] = ()
    side: int = 112
    workers: int = 2

    def problems(self) -> Iterator[str]:
        """What is not there."""
        unknown = [name for name in self.relations if name not in RELATIONS]
        if unknown:
            yield f"relations: there is no {', '.join(unknown)}"


@dataclass(frozen=True, slots=True)
class VlmFilterConfig:
    """A VLM filter.

    Attributes:
        recipe: This one.
        base: What is trained.
        loop: How.
        source: Pictures with labels; None for drawn scenes.
        images: Where the pictures of a list lie.
        labels: A file of labels, of one or two people; None for those of the source.
        held_out: Share of the source that is not trained on.
        keep_rate: Share of pictures that a scan is meant to keep.
        positive_share: Share of each batch whose answer is Yes, however many pictures there are of
            each kind: among 1,300 to 11,000 (the paper's labels) No would be right too often.
        verifiers: Processes that look whether every picture can be read.
        scenes: What is drawn.
        lora: Of LoRA.
        answers: Of pictures.
    """

    recipe: Literal["vlm"]
    base: BaseSettings
    loop: LoopSettings
    source: Path | None = None
    images: Path | None = None
    labels: Path | None = None
    held_out: float = 0.1
    keep_rate: float = 0.1
    positive_share: float = 0.5
    verifiers: int = 2
    scenes: SceneSettings = field(default_factory=SceneSettings)
    lora: LoraSettings = field(default_factory=LoraSettings)
    answers: AnswerSettings = field(default_factory=AnswerSettings)

    def problems(self) -> Iterator[str]:
        """What does not fit together."""
        for name in ("held_out", "keep_rate", "positive_share"):
            if not 0 < getattr(self, name) < 1:
                yield f"{name} must lie between 0 and 1"
        if self.source is None and (self.labels or self.images):
            yield "labels and images need a source"
        if self.loop.batch_size < 2:
            yield "loop.batch_size must be at least 2: one picture of each kind"


class FilterTask:
    """Answers Yes or No; see `trainer.training.loop.Task`.

    Args:
        trainable: What is trained.
        learner: Over the training pictures.
        held: Held-out pictures with labels.
        asked: What is answered.
        config: Settings.
        work: Folder of the run.
    """

    def __init__(
        self,
        trainable: Trainable,
        learner: Learner,
        *,
        held: Labelled,
        asked: YesNo,
        config: VlmFilterConfig,
        work: Path,
    ) -> None:
        self.module: nn.Module = trainable.model
        self.layers: Collection[type] = trainable.layers
        self._trainable, self._learner = trainable, learner
        self._held, self._asked, self._config = held, asked, config
        self._figures = work / "held-out.json"
        # Read once: every measurement looks at the same ones.
        shown, preparation = (*held.records, *held.disputed), config.answers.preparation
        self._pictures = Pictures(shown, preparation, trainable.model.rules)

    def backward(self, step: int, module: nn.Module, world: World) -> Mapping[str, float]:
        """See `trainer.vlm.finetuning.Learner.backward`."""
        return self._learner.backward(step, module, world)

    def evaluate(self, module: nn.Module, world: World) -> Mapping[str, float]:
        """Measure the held-out pictures, those that people dispute apart."""
        held = self._held
        every = self._scores(module, world)
        scores = every[: len(held.records)]
        if np.ptp(scores) == 0:  # a base may know nothing yet, or nothing any more
            if world.is_main:
                self._figures.unlink(missing_ok=True)
            return {"accuracy": accuracy(scores, held.labels)}
        figures = held_out_figures(scores, held.labels, self._config.keep_rate)
        if held.annotations.second:
            keys = [record.key for record in (*held.records, *held.disputed)]
            said = dict(zip(keys, (every >= 0.5).tolist(), strict=True))
            figures |= annotator_figures(held.annotations.first, held.annotations.second, said)
        if world.is_main:  # a run that is killed before its export goes on there
            write_atomically(self._figures, json.dumps(figures, indent=1).encode())
        return {name: x for name, x in figures.items() if isinstance(x, float)}

    def export(self, folder: Path, state: Mapping[str, Tensor]) -> None:
        """Write the filter: checkpoint, question, threshold, figures."""
        self._trainable.export(folder, state)
        figures = self.figures()
        save_filter(
            folder,
            self._asked,
            keep_rate=self._config.keep_rate,
            threshold=figures["threshold"],
            details={"figures": figures, "config": json.loads(config_json(self._config))},
        )

    def figures(self) -> dict[str, Any]:
        """Those of the last measurement.

        Raises:
            KnownError: If no threshold told pictures apart.
        """
        try:
            figures: dict[str, Any] = json.loads(self._figures.read_bytes())
        except FileNotFoundError:
            raise KnownError(
                "The filter gives all held-out pictures one score: it has learned nothing; train it"
                " for more steps, or at another loop.learning_rate"
            ) from None
        return figures

    def _scores(self, module: nn.Module, world: World) -> Float32:
        """Probabilities of Yes of all held-out pictures float32 ``[n]``, in every process."""
        model, pictures = self._trainable.model, self._pictures

        def score(rows: list[int]) -> Tensor:
            asked = [Question(pictures(row)) for row in rows]
            batch = asking_batch(model.prompt, model.rules, asked).to(world.device)
            with world.autocast(self._config.loop.precision):
                return self._asked.probability(module(batch))

        scores: Float32 = per_piece(len(pictures), self._config.answers.piece, world, score).numpy()
        return scores


def train_vlm_filter(
    config: VlmFilterConfig, work: Path, reporter: Reporter, *, device: str | None = None
) -> dict[str, Any]:
    """Make a VLM filter from its configuration; an interrupted run goes on.

    Args:
        config: Settings.
        work: Of the run; the filter is made in its folder ``model``.
        reporter: Gets the progress.
        device: As torch calls it; None for the best there is.

    Returns:
        The held-out figures, as they are kept in the filter's folder, in the main process.

    Raises:
        KnownError: If there is nothing to learn from, no base, or too little memory.
    """
    with World.start(device) as world:
        run = Run.claim(work, config, writes=world.is_main)
        speaker = reporter if world.is_main else Reporter.silent()
        rest, held = world.from_main(lambda: read_labelled(config, work, speaker))
        order = balanced_order(rest.labels, config)
        steps = steps_for(config.loop, len(rest.records), world)
        question = PROMPT.read_text(encoding="utf-8")
        trainable = Trainable.load(
            config.base,
            config.lora,
            config.loop,
            question,
            texts=[question, *_WORDS] * _REPEATED,
            work=work,
            world=world,
        )
        answers = {True: trainable.encode(_WORDS[0])[:1], False: trainable.encode(_WORDS[1])[:1]}
        asked = YesNo(question, answers[True][0], answers[False][0], config.answers.preparation)
        if asked.yes == asked.no:
            raise KnownError(f"{config.base.name} begins Yes and No with one and the same token")
        pictures = Pictures(rest.records, config.answers.preparation, trainable.model.rules)
        with Learner(
            trainable.model,
            pictures,
            [answers[bool(label)] for label in rest.labels],
            order,
            steps=steps,
            ends=False,  # the score is that of the first word alone
            settings=config.answers,
            loop=config.loop,
            world=world,
        ) as learner:
            task = FilterTask(trainable, learner, held=held, asked=asked, config=config, work=work)
            learner.rehearse(world)
            if world.is_main:
                run.describe(
                    device=str(world.device),
                    processes=world.size,
                    trained_on=_account(rest),
                    held_out=_account(held),
                )
            fit(task, config.loop, steps, run=run, world=world, reporter=speaker)
            return task.figures() if world.is_main else {}


def read_labelled(
    config: VlmFilterConfig, work: Path, reporter: Reporter
) -> tuple[Labelled, Labelled]:
    """The pictures to train on, and those held out; what cannot be read is dropped and counted.

    Args:
        config: Settings.
        work: Of the run: scenes are drawn there, and what was dropped is listed there.
        reporter: Gets the progress.

    Raises:
        KnownError: If something is not there, there are no labels, or labels of one kind only.
    """
    if config.source is None:
        scenes, seed = config.scenes, config.loop.seed
        plans = {
            "training": ScenePlan("train", scenes.pictures, scenes.relations, scenes.side, seed, 2),
            "held-out": ScenePlan(
                "test", scenes.held_out, scenes.relations, scenes.side, seed + 1, 2
            ),
        }
        for name, plan in plans.items():
            draw_scenes_into(work / "scenes" / name, plan, scenes.workers, reporter)
        drawn = (open_collection(work / "scenes" / name) for name in plans)
        rest, held = (training_labels(part, None) for part in drawn)
        return rest, held
    annotations = None if config.labels is None else read_annotations(config.labels)
    collection = open_collection(config.source, images=config.images)
    training_labels(collection, annotations)  # its mistakes are told before pictures are read
    checked = verify(
        collection, cache=work / "readable", workers=config.verifiers, reporter=reporter
    )
    checked.drops.write(work / "dropped.jsonl")
    rest, held = (
        training_labels(part, annotations)
        for part in split(checked, config.held_out, config.loop.seed)
    )
    return rest, held


def balanced_order(
    labels: NDArray[np.bool_], config: VlmFilterConfig
) -> Callable[[int], NDArray[np.int64]]:
    """The rows of a step: so many of each kind, both in an order of their own.

    Args:
        labels: bool ``[n]`` of both kinds.
        config: Settings.

    Returns:
        From the number of a step to int64 ``[batch_size]``. Both kinds are spread evenly over it,
        so that every process gets its share of them.

    Raises:
        KnownError: If there are too few pictures of a kind for one batch.
    """
    size, seed = config.loop.batch_size, config.loop.seed
    positive = min(max(1, round(config.positive_share * size)), size - 1)
    kinds = (np.flatnonzero(labels), np.flatnonzero(~labels))
    counts = (positive, size - positive)
    for rows, count, word in zip(kinds, counts, _WORDS, strict=True):
        if len(rows) < count:
            raise KnownError(
                f"A batch takes {count} pictures labelled {word}, and there are {len(rows)}: label"
                " more, or lower loop.batch_size"
            )
    # Place i of a batch is where the i-th of its rows, kinds apart, goes.
    places = np.argsort(
        np.concatenate([(np.arange(count) + 0.5) / count for count in counts]), kind="stable"
    )

    def rows_of(step: int) -> NDArray[np.int64]:
        picked = [
            rows[batch_at(step, len(rows), count, 2 * seed + kind)]
            for kind, (rows, count) in enumerate(zip(kinds, counts, strict=True))
        ]
        return np.concatenate(picked)[places]

    return rows_of


def _account(labelled: Labelled) -> dict[str, int]:
    """What became of the pictures of a part."""
    return {
        "pictures": len(labelled.records),
        "positive": int(labelled.labels.sum()),
        "unlabelled": labelled.unlabelled,
        "disputed": len(labelled.disputed),
    }
