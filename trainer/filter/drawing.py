"""Labelled scenes as files: pictures that show a relation, and as many that show none."""

from __future__ import annotations

import json
import multiprocessing
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PIL import Image

from engine.errors import KnownError
from trainer.contrastive.drawing import TRAINED, Split, plain_picture, subjects_of
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.scenes import HELD_OUT, NONE, RELATIONS, SceneGenerator
from trainer.scenes.writing import GROUND_TRUTH

PLAIN = "one subject on white"
"""Kind of the negatives that look as a shop's pictures do."""

_KIND = dict.fromkeys(TRAINED, "trained relation")
_KIND |= dict.fromkeys(HELD_OUT, "held-out relation")
_KIND[NONE] = "no clear relation"


@dataclass(frozen=True, slots=True)
class LabelledPlan:
    """Which pictures there are; picture i is a function of the plan and i alone.

    Every other picture shows a relation. Of the rest, every `plain_every`-th is a plain picture
    and the others are scenes without a clear relation.

    Attributes:
        split: The subjects that it draws.
        pictures: How many.
        plain_every: See above.
        held_out: Whether the held-out relations are drawn as well.
        seed: Another seed is another sequence.
        size: Side in pixels.
    """

    split: Split
    pictures: int
    plain_every: int
    held_out: bool
    seed: int
    size: int = 224


def draw_labelled(folder: Path, plan: LabelledPlan, workers: int, reporter: Reporter) -> None:
    """Draw the pictures of a plan into a folder that `trainer.data.open_collection` reads.

    Pictures that are there already are kept, so that an interrupted run goes on. The ground truth
    comes last: it has one line a picture, whose ``relation`` is ``none`` for those that show none.

    Args:
        folder: Made if it is not there.
        plan: What to draw.
        workers: Processes that draw; 1 for this one.
        reporter: Gets the progress.

    Raises:
        KnownError: If the folder holds something else, or cannot be written.
    """
    truth = folder / GROUND_TRUTH
    claimed, claim = folder / "plan.json", _claim(plan)
    lines = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mine = claimed.is_file() and claimed.read_bytes() == claim
        if not mine and any(folder.iterdir()):
            raise KnownError(f"{folder} holds something else: name another folder, or empty it")
        if mine and truth.is_file():
            return
        write_atomically(claimed, claim)
        for done, line in enumerate(_drawn(folder, plan, workers), start=1):
            lines.append(json.dumps(line))
            reporter.step(f"Drawing {plan.split} pictures", done, plan.pictures)
        write_atomically(truth, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise KnownError(f"Cannot draw into {folder}: {error.strerror or error}") from error


def kinds_of(folder: Path) -> dict[str, str]:
    """What each drawn picture of a folder shows, by key, in words of a few kinds."""
    lines = (folder / GROUND_TRUTH).read_text(encoding="utf-8").splitlines()
    return {line["file"]: line["kind"] for line in map(json.loads, lines)}


def _claim(plan: LabelledPlan) -> bytes:
    content = {"format": "relsim-labelled-scenes", "version": 1, **asdict(plan)}
    return (json.dumps(content, indent=1) + "\n").encode()


def _drawn(folder: Path, plan: LabelledPlan, workers: int) -> Iterator[dict[str, Any]]:
    numbers = range(plan.pictures)
    if workers == 1:
        painter = _Painter(folder, plan)
        yield from map(painter.draw, numbers)
        return
    context = multiprocessing.get_context("spawn")  # a forked child would inherit running threads
    with context.Pool(workers, _start_worker, (folder, plan)) as pool:
        yield from pool.imap(_draw_in_worker, numbers, chunksize=8)


class _Painter:
    """Draws the pictures of a plan into its folder."""

    def __init__(self, folder: Path, plan: LabelledPlan) -> None:
        self._folder, self._plan = folder, plan
        self._subjects = subjects_of(plan.split)
        relations = tuple(RELATIONS) if plan.held_out else TRAINED
        self._scenes = SceneGenerator(self._subjects, relations, size=plan.size, seed=plan.seed)

    def draw(self, number: int) -> dict[str, Any]:
        """Write picture `number` unless it is there; returns its ground truth."""
        turn, negative = divmod(number, 2)
        plain = negative and turn % self._plan.plain_every == 0
        relation = NONE if negative else self._scenes.relations[turn % len(self._scenes.relations)]
        name = f"{number:06d}.png"
        if not (self._folder / name).is_file():
            if plain:
                subject = random.Random(f"{self._plan.seed}/{number}").choice(self._subjects)
                image = Image.fromarray(plain_picture(subject, self._plan.size))
            elif negative:
                image = self._scenes.draw_unrelated(turn).image
            else:
                image = self._scenes[turn].image
            partial = self._folder / f".{name}.part"
            image.save(partial, "PNG", compress_level=1)
            partial.replace(self._folder / name)
        kind = PLAIN if plain else _KIND[relation]
        return {"file": name, "relation": relation, "kind": kind, "label": not negative}


_painters: list[_Painter] = []  # one in each worker process


def _start_worker(folder: Path, plan: LabelledPlan) -> None:
    _painters.append(_Painter(folder, plan))


def _draw_in_worker(number: int) -> dict[str, Any]:
    return _painters[0].draw(number)
