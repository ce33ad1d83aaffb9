"""A study of drawn pictures, made without a library, and answers to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drawn_pictures import draw

from engine.study.folder import StudyFolder
from engine.study.page import meanings
from engine.study.values import QUESTION, Answer, Choice, Method, Study, Trial

TESTED = Method("clip-i", "CLIP-I")
BASELINES = (Method("attribute", "looks (attribute vector)"), Method("dreamsim", "DreamSim"))


def drawn_study(pictures: Path, *, title: str = "Rings & <grids>", queries: int = 4) -> Study:
    """Each query with two baselines; the pictures are drawn into a folder that is made."""
    pictures.mkdir(exist_ok=True)
    trials = []
    for number in range(queries):
        side = 200 + 20 * number  # so that no two pictures are the same
        paths = []
        for place, relation in enumerate(("ring", "grid", "growth")):
            path = pictures / f"{relation}-{number}.png"
            draw(relation, ("crimson", "seagreen", "royalblue")[place], (side, 200)).save(path)
            paths.append(path)
        for baseline in BASELINES:
            name = f"t{len(trials) + 1:04}"
            trials.append(Trial(name, paths[0], TESTED.id, baseline.id, paths[1], paths[2]))
    return Study(
        id="0123456789abcdef",
        title=title,
        question=QUESTION,
        created="2026-01-01T00:00:00.000+00:00",
        seed=3,
        methods=(TESTED, *BASELINES),
        tested=TESTED.id,
        trials=tuple(trials),
        identical={"attribute": 2, "dreamsim": 0},
    )


def made_folder(directory: Path, **wishes: object) -> StudyFolder:
    """The study in a folder of its own."""
    study = drawn_study(directory / "drawn", **wishes)  # type: ignore[arg-type]
    return StudyFolder.create(directory / "study", study)


def answer(trial: int, person: str, choice: Choice, *, second: int = 0) -> Answer:
    """An answer to the trial of this number, from 1."""
    at = f"2026-02-03T04:{second // 60:02}:{second % 60:02}.000+00:00"
    return Answer(f"t{trial:04}", person, choice, 1.5, at)


def downloaded(folder: StudyFolder, choices: dict[str, str], **other: object) -> dict[str, Any]:
    """What the page downloads, for choices by the ids of trials."""
    tokens = {trial.id: (token, means) for token, (trial, means) in meanings(folder).items()}
    answers = []
    for number, (trial, choice) in enumerate(choices.items()):
        token, means = tokens[trial]
        chosen = next(option for option, meaning in means.items() if meaning == choice)
        at = f"2026-05-06T07:08:{number:02}.009Z"
        answers.append({"trial": token, "choice": chosen, "seconds": 2.5, "at": at})
    usual = {"format": "study-answers", "version": 1, "study": folder.study.id, "person": "Ann"}
    return usual | {"answers": answers} | other
