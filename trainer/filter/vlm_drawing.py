"""Scenes of chosen relations, and as many without one, for a small model to tell apart."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from engine.errors import KnownError
from trainer.contrastive.drawing import Split, subjects_of
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.scenes import NONE, SceneGenerator
from trainer.scenes.writing import GROUND_TRUTH, truth_of, write_picture

_PLAN = "plan.json"


@dataclass(frozen=True, slots=True)
class YesNoPlan:
    """Which pictures there are: every other shows a relation, the rest none.

    Attributes:
        split: The subjects that it draws.
        pictures: How many.
        relations: Their names.
        side: In pixels.
        seed: Another seed is another sequence.
    """

    split: Split
    pictures: int
    relations: tuple[str, ...]
    side: int
    seed: int


def draw_yes_no(folder: Path, plan: YesNoPlan, reporter: Reporter) -> None:
    """Draw the pictures of a plan into a folder that `trainer.data.open_collection` reads.

    The ground truth comes last, so that an interrupted run draws again.

    Args:
        folder: Made if it is not there.
        plan: What to draw.
        reporter: Gets the progress.

    Raises:
        KnownError: If the folder holds something else, or cannot be written.
    """
    claim, claimed = json.dumps(asdict(plan)).encode(), folder / _PLAN
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not claimed.is_file() and not any(folder.iterdir()):
            write_atomically(claimed, claim)
        elif not claimed.is_file() or claimed.read_bytes() != claim:
            raise KnownError(f"{folder} holds something else: name another folder, or empty it")
        if (folder / GROUND_TRUTH).is_file():
            return
        scenes = SceneGenerator(
            subjects_of(plan.split), plan.relations, size=plan.side, seed=plan.seed
        )
        lines = []
        for index in range(plan.pictures):
            turn, without = divmod(index, 2)
            scene = scenes.draw_unrelated(turn) if without else scenes[turn]
            write_picture(folder, index, scene)
            truth = truth_of(scene, index, plan.seed) | {"label": scene.relation != NONE}
            lines.append(json.dumps(truth, ensure_ascii=False))
            reporter.step(f"Drawing {plan.split} pictures", len(lines), plan.pictures)
        write_atomically(folder / GROUND_TRUTH, ("\n".join(lines) + "\n").encode())
    except OSError as error:
        raise KnownError(f"Cannot draw into {folder}: {error.strerror or error}") from error
