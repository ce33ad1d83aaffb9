"""Draws what stands for photographs, and keeps what it shows apart from the lists."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL.Image import Image

from engine.judging.groups import Group, write_groups
from trainer.contrastive.drawing import Split, subjects_of
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.reproduce.lists import read_list, write_list
from trainer.scenes import NONE, RELATIONS, SceneGenerator
from trainer.scenes.drawn import ScenePlan, draw_scenes_into

TRUTH = "truth"
LIST = "pictures.jsonl"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A step's settings.

    Attributes:
        relations: That pictures can show.
        side: In pixels.
        seed: Another seed, other pictures.
        reporter: Gets the progress.
    """

    relations: tuple[str, ...]
    side: int
    seed: int
    reporter: Reporter = field(default_factory=Reporter)

    def draw(self, folder: Path, split: Split, count: int, turn: int, unrelated_every: int) -> None:
        """Draw scenes of one kind into a folder; `turn` is another sequence of the same seed."""
        seed = 100 * self.seed + turn
        plan = ScenePlan(split, count, self.relations, self.side, seed, unrelated_every)
        draw_scenes_into(folder, plan, 1, self.reporter)  # other stages work beside it


def draw_labelled(drawing: Drawing, count: int) -> None:
    """Pictures with labels of people: every other shows a relation."""
    drawing.draw(Path("labelled"), "train", count, 0, 2)


def draw_validation(drawing: Drawing, count: int) -> None:
    """Held-out pictures with captions, for the curves."""
    drawing.draw(Path("validation"), "validation", count, 3, 0)


def draw_wild(drawing: Drawing, count: int, related: float) -> None:
    """Pictures that nobody labelled, mixed, with the conventional captions that the web has.

    The list says nothing of relations; what it must not say is in ``truth/wild.jsonl``.
    """
    folder, lines = Path("wild"), []
    shares = {"related": round(count * related), "noise": count - round(count * related)}
    for turn, (name, share) in enumerate(shares.items(), start=1):
        drawing.draw(folder / name, "train", share, turn, 1 if name == "noise" else 0)
        for line in _scenes(folder / name):
            lines.append(line | {"file": f"{name}/{line['file']}"})
    random.Random(drawing.seed).shuffle(lines)
    for number, line in enumerate(lines):
        line["key"] = f"w{number:06d}"  # so that the key does not tell
    _write(folder, "wild", lines, ("key", "file", "conventional"))


def draw_test(drawing: Drawing, subjects: int, unrelated: int) -> None:
    """Test subjects, each in every relation, and pictures without one; one list, mixed."""
    folder = Path("test")
    folder.mkdir(exist_ok=True)
    lines = []
    total = subjects * len(drawing.relations) + unrelated
    for number, (image, line) in enumerate(_test_pictures(drawing, subjects, unrelated)):
        name = f"{number:05d}.png"
        image.save(folder / f".{name}.part", "PNG")
        (folder / f".{name}.part").replace(folder / name)
        lines.append(line | {"file": name, "key": f"t{number:05d}"})
        drawing.reporter.step("Drawing test pictures", number + 1, total)
    random.Random(drawing.seed).shuffle(lines)
    _write(folder, "test", lines, ("key", "file"))


def _test_pictures(
    drawing: Drawing, subjects: int, unrelated: int
) -> Iterator[tuple[Image, dict[str, Any]]]:
    r = random.Random(f"reproduce/{drawing.seed}")
    pool = list(subjects_of("test"))
    seed = 100 * drawing.seed + 4
    generator = SceneGenerator(pool, drawing.relations, size=drawing.side, seed=seed)
    r.shuffle(pool)
    chosen = list({subject.concept: subject for subject in reversed(pool)}.values())[:subjects]
    for subject in chosen:
        others = [other for other in pool if other.concept != subject.concept]
        for name in drawing.relations:
            scene = generator.draw(name, subject, r.choice(others), r.randrange(1 << 40))
            yield scene.image, _known(scene.relation, subject.concept, scene.conventional)
    for number in range(unrelated):
        scene = generator.draw_unrelated(number)
        yield scene.image, _known(NONE, "", scene.conventional)


def _known(relation: str, subject: str, conventional: str) -> dict[str, Any]:
    return {"relation": relation, "subject": subject, "conventional": conventional}


def make_groups(seed: int, least: int, most: int, wordings: int) -> None:
    """Seed groups of labelled pictures: one relation, one caption, as a person would accept them.

    The truth stands for the people who find groups and verify their captions.
    """
    by_relation: dict[str, list[Path]] = {}
    for line in _scenes(Path("labelled")):
        if line["relation"] != NONE:
            path = Path("labelled") / line["file"]
            by_relation.setdefault(line["relation"], []).append(path.absolute())
    r, groups = random.Random(seed), list[Group]()
    for name in sorted(by_relation):
        paths = by_relation[name]
        r.shuffle(paths)
        while len(paths) >= least:
            count = r.randint(least, most)
            own, paths = paths[:count], paths[count:]
            caption = r.choice(RELATIONS[name].captions[:wordings])
            identity = f"g-{len(groups):04d}"
            groups.append(Group(identity, tuple(own), caption, "seed", (), "accepted"))
    write_groups(Path("groups.jsonl"), groups)
    sizes = [len(group.images) for group in groups]
    about = {"groups": len(groups), "pictures": sum(sizes), "relations": len(by_relation)}
    write_atomically(Path("groups.json"), json.dumps(about).encode())
    Reporter().note(f"{len(groups)} groups of {sum(sizes)} pictures")


def _scenes(folder: Path) -> list[dict[str, Any]]:
    return read_list(folder / "scenes.jsonl")


def _write(folder: Path, name: str, lines: list[dict[str, Any]], shown: tuple[str, ...]) -> None:
    """What stages may see, and what only the evaluation does."""
    known = ("key", "file", "relation", "subject", "conventional", "caption")
    truth = [{field: line[field] for field in known if field in line} for line in lines]
    write_list(Path(TRUTH) / f"{name}.jsonl", truth)
    write_list(folder / LIST, [{field: line[field] for field in shown} for line in lines])
