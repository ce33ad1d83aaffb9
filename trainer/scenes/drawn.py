"""Scenes of one split in a folder, drawn by several processes; an interrupted run goes on."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from trainer.contrastive.drawing import TRAINED, Split, subjects_of
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.scenes.generator import SceneGenerator
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
    """

    split: Split
    count: int
    relations: tuple[str, ...] = ()
    side: int = 224
    seed: int = 0

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


def _drawn(folder: Path, plan: ScenePlan, workers: int) -> Any:
    if workers == 1:
        generator = plan.generator()
        return (_draw(folder, generator, index) for index in range(plan.count))
    context = multiprocessing.get_context("spawn")  # a forked child would inherit running threads
    pool = context.Pool(workers, _start_worker, (folder, plan))
    return _until_done(pool, plan.count)


def _until_done(pool: Any, count: int) -> Any:
    with pool:
        yield from pool.imap(_draw_in_worker, range(count), chunksize=8)


def _draw(folder: Path, generator: SceneGenerator, index: int) -> dict[str, Any]:
    """Scene `index`, which is drawn even if its picture is there: only then its truth is known."""
    scene = generator[index]
    if not (folder / f"{index:06d}.png").is_file():
        write_picture(folder, index, scene)
    return truth_of(scene, index, generator.seed)


_workers: list[tuple[Path, SceneGenerator]] = []  # one in each worker process


def _start_worker(folder: Path, plan: ScenePlan) -> None:
    _workers.append((folder, plan.generator()))


def _draw_in_worker(index: int) -> dict[str, Any]:
    return _draw(*_workers[0], index)
