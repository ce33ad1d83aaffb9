"""Steps between the trainer's commands; each reads and writes in the current folder, the run's."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import KnownError
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.reproduce import full_steps, pretrained
from trainer.reproduce.drawing import (
    LIST,
    TRUTH,
    Drawing,
    draw_labelled,
    draw_test,
    draw_validation,
    draw_wild,
    make_groups,
)
from trainer.reproduce.lists import read_list, read_truth, write_list
from trainer.scenes import RELATIONS

_note = Reporter().note
Settings = Mapping[str, Any]
KEPT = Path("scan") / "kept.jsonl"


def _drawing(settings: Settings) -> Drawing:
    return Drawing(tuple(settings["relations"]), settings["side"], settings["seed"])


def pictures(settings: Settings) -> None:
    """Draw what is trained on."""
    drawing = _drawing(settings)
    draw_labelled(drawing, settings["labelled"])
    draw_validation(drawing, settings["validation"])


def wild(settings: Settings) -> None:
    """Draw what nobody labelled."""
    draw_wild(_drawing(settings), settings["wild"], settings["related"])


def test(settings: Settings) -> None:
    """Draw what is measured on."""
    draw_test(_drawing(settings), settings["subjects"], settings["unrelated"])


def groups(settings: Settings) -> None:
    """Make seed groups."""
    make_groups(*(settings[name] for name in ("seed", "least", "most", "wordings")))


def lot(settings: Settings) -> None:
    """As many wild pictures as the filter kept, drawn by lot; of the kept ones also the truth."""
    kept = [line["key"] for line in read_list(KEPT)]
    every = read_list(Path("wild") / LIST)
    if len(kept) < 2:
        raise KnownError("The filter kept hardly anything: train it longer, or raise keep_rate")
    drawn = random.Random(settings["seed"]).sample(every, len(kept))
    lines = [line | {"file": f"../wild/{line['file']}"} for line in drawn]
    write_list(Path("data") / "unfiltered-pictures.jsonl", lines)
    truth = read_truth(Path(TRUTH) / "wild.jsonl")
    told = [truth[key] | {"file": f"../wild/{truth[key]['file']}"} for key in kept]
    write_list(Path("data") / "true.jsonl", [_without_relation(line) for line in told])


def _without_relation(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in ("key", "file", "caption", "conventional")}


def captions(_: Settings) -> None:
    """Say how many of the captioner's captions are right, by the truth."""
    truth = read_truth(Path(TRUTH) / "wild.jsonl")
    test = read_truth(Path(TRUTH) / "test.jsonl")
    parts = {"kept": truth, "unfiltered": truth, "test": test}
    found = {
        name: caption_quality(read_list(Path("data") / f"{name}.jsonl"), known)
        for name, known in parts.items()
    }
    write_atomically(Path("captions.json"), json.dumps(found, indent=1).encode())
    for name, figures in found.items():
        _note(f"{name}: {figures}")


def caption_quality(
    lines: list[dict[str, Any]], truth: Mapping[str, Mapping[str, Any]]
) -> dict[str, float]:
    """Captions against what the pictures show.

    Args:
        lines: ``key``, ``caption``, ``anonymous``.
        truth: ``relation`` by key.

    Returns:
        ``pictures``; ``related``, how many of them show a relation; ``right``, of those the share
        whose caption is nearest, by the frozen text encoder, to a wording of their own relation;
        ``right_of_all``, the same over all, where one without a relation counts as wrong;
        ``chance``, what one caption for all reaches of ``right``; ``anonymous``, a share;
        ``distinct``, how many captions differ.
    """
    from engine.models.text import TextEncoder

    relations = [str(truth[line["key"]]["relation"]) for line in lines]
    names = sorted({name for name in relations if name in RELATIONS})
    owners = [name for name in names for _ in RELATIONS[name].captions]
    encoder = TextEncoder()
    wordings = encoder.encode([text for name in names for text in RELATIONS[name].captions])
    said = encoder.encode([line["caption"] for line in lines])
    nearest = [owners[place] for place in (said @ wordings.T).argmax(axis=1)]
    is_right = np.array([a == b for a, b in zip(nearest, relations, strict=True)])
    related = np.array([name in RELATIONS for name in relations])
    commonest = max(Counter(name for name in relations if name in RELATIONS).values())
    return {
        "pictures": len(lines),
        "related": int(related.sum()),
        "right": float(is_right[related].mean()),
        "right_of_all": float(is_right.mean()),
        "chance": commonest / int(related.sum()),
        "anonymous": float(np.mean([line["anonymous"] for line in lines])),
        "distinct": len({line["caption"] for line in lines}),
    }


def evaluate(settings: Settings) -> None:
    """Measure every method on the test pictures."""
    from trainer.reproduce.evaluation import evaluate_run

    evaluate_run(Path(), settings)


def report(_: Settings) -> None:
    """Write the report."""
    from trainer.reproduce.report_page import write_report

    _note(f"Wrote {write_report(Path())}")


STEPS: dict[str, Callable[[Settings], None]] = {
    step.__name__: step
    for step in (
        *(pictures, wild, test, groups, lot, captions, evaluate, report),
        *(pretrained.backbone, pretrained.features, pretrained.head),
        *(full_steps.verified, full_steps.captioned, full_steps.as_many),
        *(full_steps.distractors, full_steps.measure, full_steps.figures),
    )
}
"""By name."""
