"""Scenes of one split in a folder, drawn by several processes; an interrupted run goes on."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import KnownError
from trainer.contrastive.drawing import TRAINED, Split, subjects_of
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.scenes.generator import SceneGenerator
from trainer.scenes.types import NONE, Scene
from trainer.scenes.writing import GROUND_TRUTH, truth_of, write_picture

_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class ScenePlan:
    """Which scenes there are; scene i is a function of the plan and i alone.

    Attributes:
        split: The subjects that it draws.
        count: Scenes.
        relations: Their names; all that are trained on if empty.
        side: In pixels.
        seed: Another seed is another sequence.
        unrelated_every: Every how manieth scene shows no clear relation; 0 for none of them. The
            truth says of each then whether there is one.
    """

    split: Split
    count: int
    relations: tuple[str, ...] = ()
    side: int = 224
    seed: int = 0
    unrelated_every: int = 0

    def scene(self, index: int, generator: SceneGenerator) -> Scene:
        """Scene `index` of the plan."""
        if not self.unrelated_every:
            return generator[index]
        turn, rest = divmod(index, self.unrelated_every)
        if rest == self.unrelated_every - 1:
            return generator.draw_unrelated(turn)
        return generator[index - turn]

    def generator(self) -> SceneGenerator:
        """What draws them."""
        return SceneGenerator(
            subjects_of(self.split), self.relations or TRAINED, size=self.side, seed=self.seed
        )


def draw_scenes_into(folder: Path, plan: ScenePlan, workers: int, reporter: Reporter) -> None:
    """Draw the scenes of a plan into a folder that `trainer.data.open_collection` reads.

    Pictures that are there are kept; the ground truth comes last, when all are.

    Args:
        folder: Made if it is not there.
        plan: What to draw.
        workers: Processes that draw; 1 for this one.
        reporter: Gets the progress.

    Raises:
        KnownError: If the folder holds something else, or cannot be written.
    """
    claim, claimed = json.dumps(dataclasses.asdict(plan)).encode(), folder / _PLAN
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not claimed.is_file() and not any(folder.iterdir()):
            write_atomically(claimed, claim)
        elif not claimed.is_file() or claimed.read_bytes() != claim:
            raise KnownError(f"{folder} holds something else: name another folder, or empty it")
        if (folder / GROUND_TRUTH).is_file():
            return
        lines = []
        for line in _drawn(folder, plan, workers):
            lines.append(json.dumps(line, ensure_ascii=False))
            reporter.step(f"Drawing {plan.split} scenes", len(lines), plan.count)
        write_atomically(folder / GROUND_TRUTH, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise KnownError(f"Cannot draw into {folder}: {error.strerror or error}") from error


def _drawn(folder: Path, plan: ScenePlan, workers: int) -> Iterator[dict[str, object]]:
    if workers == 1:
        painter = _Painter(folder, plan)
        yield from map(painter.draw, range(plan.count))
        return
    context = multiprocessing.get_context("spawn")  # a forked child would inherit running threads
    with context.Pool(workers, _start_worker, (folder, plan)) as pool:
        yield from pool.imap(_draw_in_worker, range(plan.count), chunksize=8)


class _Painter:
    """Draws the scenes of a plan into its folder."""

    def __init__(self, folder: Path, plan: ScenePlan) -> None:
        self._folder, self._plan, self._generator = folder, plan, plan.generator()

    def draw(self, index: int) -> dict[str, object]:
        """Scene `index`, which is drawn even if its picture is there: only then it has a truth."""
        scene = self._plan.scene(index, self._generator)
        if not (self._folder / f"{index:06d}.png").is_file():
            write_picture(self._folder, index, scene)
        truth = truth_of(scene, index, self._generator.seed)
        return truth | {"label": scene.relation != NONE} if self._plan.unrelated_every else truth


_painters: list[_Painter] = []  # one in each worker process


def _start_worker(folder: Path, plan: ScenePlan) -> None:
    _painters.append(_Painter(folder, plan))


def _draw_in_worker(index: int) -> dict[str, object]:
    return _painters[0].draw(index)
