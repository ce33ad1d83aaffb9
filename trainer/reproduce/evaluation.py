"""All figures of a run: every method on the same test pictures, beside the paper's."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from engine.types import Float32
from trainer.files import write_atomically
from trainer.filter.figures import scan_figures
from trainer.filter.labels import Annotations
from trainer.filter.scanning_run import read_scan
from trainer.progress import Reporter
from trainer.reproduce.drawing import TRUTH
from trainer.reproduce.lists import read_truth
from trainer.reproduce.measuring import Outcome, TestSet
from trainer.reproduce.methods import IN_TEXT_SPACE, Pictures, vectors_of
from trainer.reproduce.paper import COUNTERPART, FILTER_AGREEMENT, JUDGE, STUDY, TESTED, Row
from trainer.scenes import NONE, RELATIONS

FIGURES: Final = "figures.json"
NEIGHBORS: Final = "neighbors.json"
FORMAT: Final = "relsim-reproduction"
NEIGHBORS_FORMAT: Final = "relsim-reproduction-neighbors"
VERSION: Final = 1
_SHOWN_METHODS: Final = (TESTED, COUNTERPART, "attribute", "colours")  # in neighbors.json
_SHOWN: Final = 5
_PHASE: Final = "Measuring methods"

Document = dict[str, Any]


def evaluate_run(folder: Path, settings: Mapping[str, Any]) -> None:
    """Write ``figures.json`` and ``neighbors.json``.

    Args:
        folder: Of the run.
        settings: ``rows`` (see `trainer.reproduce.paper.documents`), ``relations``, ``keep_rate``,
            ``examples`` and ``seed``.

    Raises:
        KnownError: If something that is measured is not there.
    """
    rows = [Row(**row) for row in settings["rows"]]
    truth = read_truth(folder / TRUTH / "test.jsonl")
    keys = list(truth)
    known = [truth[key] for key in keys]
    pictures = Pictures([folder / "test" / line["file"] for line in known], keys)
    test = TestSet([line["relation"] for line in known], [line["subject"] for line in known])
    names = sorted(set(test.relations.tolist()) - {NONE})
    outcomes, table = _measure(rows, pictures, test, names, folder)
    figures = {
        "format": FORMAT,
        "version": VERSION,
        "scale": "small",
        "judge": "truth",
        "test": {
            "pictures": len(keys),
            "queries": len(test.queries),
            "distractors": int((test.relations == NONE).sum()),
            "relations": names,
            "subjects": len(set(test.subjects.tolist()) - {""}),
            "clusters": "relation",
        },
        "paper": {"judge": JUDGE, "study": STUDY, "filter_agreement": FILTER_AGREEMENT},
        "chance": {"score": 10 * test.by_lot()["relation"], **test.by_lot()},
        "tested": TESTED,
        "counterpart": COUNTERPART,
        "rows": table,
        "filter": filter_figures(folder, settings["keep_rate"]),
        "groups": _read(folder / "groups.json"),
        "captions": _read(folder / "captions.json"),
        "runs": settings["runs"],
    }
    shown = _neighbors(outcomes, rows, _describer(known, keys, folder), test, settings)
    write_atomically(folder / NEIGHBORS, _text(shown))
    write_atomically(folder / FIGURES, _text(figures))
    Reporter().note(summary(figures))


def _measure(
    rows: Sequence[Row], pictures: Pictures, test: TestSet, names: Sequence[str], folder: Path
) -> tuple[dict[str, Outcome], list[Document]]:
    from engine.models.text import TextEncoder

    owners = [name for name in names for _ in RELATIONS[name].captions]
    wordings = [text for name in names for text in RELATIONS[name].captions]
    texts: Float32 = TextEncoder().encode(wordings)
    reporter, outcomes = Reporter(), dict[str, Outcome]()
    table = list[Document]()
    for number, row in enumerate(rows, start=1):
        vectors = vectors_of(row, pictures, folder)
        outcomes[row.id] = outcome = test.ask(vectors)
        found = test.estimates(outcome)
        if row.source in IN_TEXT_SPACE:
            found |= test.captions(vectors, texts, owners)
        paper = {"name": row.paper, "score": JUDGE[row.paper]} if row.paper else None
        table.append(
            {
                "id": row.id,
                "title": row.title,
                "kind": row.kind,
                "note": row.note,
                "start": row.start,
                "paper": paper,
                "figures": {name: estimate.document() for name, estimate in found.items()},
                "against": None,
                "against_counterpart": None,
            }
        )
        reporter.step(_PHASE, number, len(rows))
    for field, tested in (("against", TESTED), ("against_counterpart", COUNTERPART)):
        for entry in table:
            if entry["id"] != tested and tested in outcomes:
                entry[field] = test.compare(outcomes[tested], outcomes[entry["id"]])
    return outcomes, table


def filter_figures(folder: Path, keep_rate: float) -> Document:
    """What the filter kept of the wild pictures, by the truth.

    Args:
        folder: Of the run.
        keep_rate: That of the scan.

    Returns:
        Those of `trainer.filter.figures.scan_figures`, and ``agreement``, the share of pictures
        of which filter and truth say the same at the scan's threshold; ``share_related``, of all
        wild pictures.
    """
    truth = read_truth(folder / TRUTH / "wild.jsonl")
    labels = {key: line["relation"] != NONE for key, line in truth.items()}
    scan = read_scan(folder / "scan")
    figures = scan_figures(scan, Annotations(labels, {}), keep_rate=keep_rate)
    said = [(score >= scan.threshold) == labels[key] for key, score in scan.scores.items()]
    return {
        **figures,
        "agreement": sum(said) / len(said),
        "share_related": sum(labels.values()) / len(labels),
    }


def _neighbors(
    outcomes: Mapping[str, Outcome],
    rows: Sequence[Row],
    shown: Callable[[int], Document],
    test: TestSet,
    settings: Mapping[str, Any],
) -> Document:
    """The first pictures of a few queries, each of another relation, drawn by lot."""
    methods = [row for row in rows if row.id in _SHOWN_METHODS]
    r = random.Random(settings["seed"])
    by_relation: dict[str, list[int]] = {}
    for place, name in enumerate(test.clusters.tolist()):
        by_relation.setdefault(name, []).append(place)
    queries = []
    for name in r.sample(sorted(by_relation), min(settings["examples"], len(by_relation))):
        query = r.choice(by_relation[name])
        found = {
            row.id: [shown(int(place)) for place in outcomes[row.id].nearest[query][:_SHOWN]]
            for row in methods
        }
        for some in found.values():
            for entry in some:
                entry["same"] = entry["relation"] == name
        queries.append(shown(int(test.queries[query])) | {"neighbors": found})
    return {
        "format": NEIGHBORS_FORMAT,
        "version": VERSION,
        "methods": [{"id": row.id, "title": row.title} for row in methods],
        "queries": queries,
    }


def _describer(
    known: Sequence[Document], keys: Sequence[str], folder: Path
) -> Callable[[int], Document]:
    """What is shown of the picture at a place."""
    said = read_truth(folder / "data" / "test.jsonl")

    def shown(place: int) -> Document:
        line, own = known[place], said.get(keys[place])
        return {
            "picture": f"test/{line['file']}",
            "relation": line["relation"],
            "conventional": line["conventional"],
            "caption": own["caption"] if own else "",
        }

    return shown


def summary(figures: Mapping[str, Any]) -> str:
    """The table of methods as lines for people."""
    lines = [f"{'method':<40}{'truth, 0-10':>22}{'paper':>8}{'R@10':>7}{'mAP':>7}{'conflict':>10}"]
    for row in figures["rows"]:
        score, rest = row["figures"]["score"], row["figures"]
        interval = f"{score['value']:.2f} ({score['low']:.2f}-{score['high']:.2f})"
        paper = f"{row['paper']['score']:.2f}" if row["paper"] else ""
        others = [rest[name]["value"] for name in ("r10", "map", "conflict")]
        lines.append(
            f"{row['title']:<40}{interval:>22}{paper:>8}{others[0]:>7.2f}{others[1]:>7.2f}"
            f"{others[2]:>10.2f}"
        )
    chance = figures["chance"]
    lines.append(
        f"{'chance':<40}{chance['score']:>22.2f}{'':>8}{chance['r10']:>7.2f}{chance['map']:>7.2f}"
        f"{chance['conflict']:>10.2f}"
    )
    return "\n".join(lines)


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None


def _text(document: Document) -> bytes:
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
