"""Draws numbered scenes in worker processes. Imports no torch: each worker would pay for it."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
from PIL import Image

from engine.types import UInt8
from trainer.relbench.annotations import Picture, read_annotations
from trainer.scenes import (
    HELD_OUT,
    RELATIONS,
    SceneGenerator,
    Subject,
    load_backgrounds,
    load_subjects,
)
from trainer.scenes import split_subjects as split_by_concept
from trainer.scenes.subjects import PACKAGES

Split = Literal["train", "validation", "test"]
TRAINED = tuple(name for name in RELATIONS if name not in HELD_OUT)


class Drawn(NamedTuple):
    """A scene on its way to the backbone: pixels uint8 ``[s, s, 3]``, relation, what is seen."""

    pixels: UInt8
    relation: str
    conventional: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Which scenes there are; scene i is a function of the plan and i alone.

    Attributes:
        split: The subjects that it draws.
        scenes: How many.
        unrelated_every: Every how manieth scene shows no clear relation.
        held_out: Whether the held-out relations are drawn as well.
        seed: Another seed is another sequence.
        size: Side in pixels.
    """

    split: Split
    scenes: int
    unrelated_every: int
    held_out: bool
    seed: int
    size: int = 224

    @property
    def relations(self) -> tuple[str, ...]:
        """Names of the relations that it goes round."""
        return tuple(RELATIONS) if self.held_out else TRAINED


class Painter:
    """Draws the scenes of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._generator = SceneGenerator(
            subjects_of(plan.split),
            plan.relations,
            size=plan.size,
            seed=plan.seed,
            backgrounds=grounds(),
        )

    def draw(self, number: int) -> Drawn:
        """Scene `number` of the plan."""
        turn, rest = divmod(number, self._plan.unrelated_every)
        if rest == self._plan.unrelated_every - 1:
            scene = self._generator.draw_unrelated(turn)
        else:
            scene = self._generator[number - turn]
        pixels = np.asarray(scene.image, dtype=np.uint8)
        return Drawn(pixels, scene.relation, scene.conventional)


def draw_scenes(plan: Plan, chunks: Sequence[range], workers: int) -> Iterator[Drawn]:
    """The scenes of these chunks of numbers, in order.

    Args:
        plan: What to draw.
        chunks: At most two are drawn ahead of what was taken, which bounds the memory.
        workers: Processes that draw; 1 for this one.
    """
    if workers == 1:
        painter = Painter(plan)
        yield from (painter.draw(number) for chunk in chunks for number in chunk)
        return
    context = multiprocessing.get_context("spawn")  # a forked child would inherit running threads
    with context.Pool(workers, _start_worker, (plan,)) as pool:
        ahead: deque[Iterator[Drawn]] = deque()
        for chunk in chunks:
            ahead.append(pool.imap(_draw_in_worker, chunk, chunksize=8))
            if len(ahead) > 2:
                yield from ahead.popleft()
        for scenes in ahead:
            yield from scenes


@cache
def subjects_of(split: Split) -> Sequence[Subject]:
    """The subjects of a split; none that is a picture which the benchmark asks about."""
    asked = {(picture.package, picture.path) for picture in _asked()}
    own = split_by_concept(load_subjects())[split]
    return [subject for subject in own if _file_of(subject) not in asked]


def grounds() -> list[Path]:
    """Photographs to draw on; none that the benchmark asks about."""
    asked = tuple(f"/{picture.path}" for picture in _asked())
    return [path for path in load_backgrounds() if not path.as_posix().endswith(asked)]


def _asked() -> list[Picture]:
    annotations = read_annotations()
    return [annotations.pictures[key] for key in sorted(annotations.asked)]


def _file_of(subject: Subject) -> tuple[str, str]:
    """The package of a subject, and its path there; empty if it is from none."""
    source, _, inside = subject.id.partition(":")
    package, folder = PACKAGES.get(source, ("", ""))
    return package, f"{folder}/{inside}"


def plain_picture(subject: Subject, size: int) -> UInt8:
    """The subject alone on white, uint8 ``[size, size, 3]``: a picture that is all attribute."""
    picture = subject.load(size * 9 // 10)
    canvas = Image.new("RGB", (size, size), "white")
    place = ((size - picture.width) // 2, (size - picture.height) // 2)
    canvas.paste(picture, place, picture)
    return np.asarray(canvas, dtype=np.uint8)


_painters: list[Painter] = []  # one in each worker process


def _start_worker(plan: Plan) -> None:
    _painters.append(Painter(plan))


def _draw_in_worker(number: int) -> Drawn:
    return _painters[0].draw(number)
