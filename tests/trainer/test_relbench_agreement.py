"""How far two people agree, and the command that says so, fetches and exports."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from made_up_annotations import FILES, TOLD, documents, id_of, write_annotations, write_package
from rotten_web import picture

from engine.imaging import decode
from trainer.cli import main
from trainer.data.collection import open_collection
from trainer.relbench import command
from trainer.relbench.agreement import agreement, cohens_kappa
from trainer.relbench.annotations import read_annotations
from trainer.scenes.types import NONE


def answers(table: list[list[int]]) -> tuple[list[str], list[str]]:
    """What two people said, of how often each pair of answers came."""
    first, second = list[str](), list[str]()
    for row, counts in enumerate(table):
        for column, count in enumerate(counts):
            first += [str(row)] * count
            second += [str(column)] * count
    return first, second


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.06 / 0.46),
        ([[25, 35], [5, 35]], 0.14 / 0.54),
        ([[10, 0, 0], [0, 7, 0], [0, 0, 3]], 1.0),
        ([[25, 25], [25, 25]], 0.0),
        ([[0, 10], [10, 0]], -1.0),
    ],
)
def test_kappa_of_known_tables(table: list[list[int]], kappa: float) -> None:
    first, second = answers(table)
    assert cohens_kappa(first, second) == pytest.approx(kappa)
    assert cohens_kappa(second, first) == pytest.approx(kappa)


def test_kappa_says_nothing_where_nothing_could_differ() -> None:
    assert math.isnan(cohens_kappa([], []))
    assert math.isnan(cohens_kappa(["a", "a"], ["a", "a"]))
    assert cohens_kappa(["a", "a"], ["b", "b"]) == 0.0
    with pytest.raises(ValueError, match="shorter"):
        cohens_kappa(["a", "a"], ["a"])


def test_figures_of_a_second_pass(tmp_path: Path) -> None:
    opinions = [
        {"picture": id_of(number), "relation": relation, "second": second}
        for number, relation, second in (
            (1, "ring", None),  # the same
            (2, "row", "ring"),  # the same as second
            (3, "none", None),  # the same
            (4, "none", None),  # only one sees a relation
            (5, "ring", None),  # another
            (6, "grid", None),  # the other's second
            (7, "unclear", None),
        )
    ]
    folder = write_annotations(tmp_path / "said", {"second-pass.jsonl": opinions})
    found = agreement(read_annotations(folder))
    assert (found["pictures"], found["unclear"]) == (7, 1)
    assert found["related"] == {
        "n": 6,
        "agreement": pytest.approx(5 / 6),
        "kappa": pytest.approx((5 / 6 - 22 / 36) / (14 / 36)),
    }
    assert found["relation"]["agreement"] == pytest.approx(2 / 6)
    assert found["among_related"]["n"] == 4
    assert found["among_related"]["agreement"] == pytest.approx(1 / 4)
    assert found["with_second"] == pytest.approx(3 / 4)


@pytest.fixture
def made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose ``debs`` hold the package of the annotated pictures."""
    said = read_annotations(write_annotations(tmp_path / "said"))
    package = write_package(tmp_path / "debs")
    monkeypatch.setenv("RELSIM_PICTURES", str(tmp_path / "pictures"))
    monkeypatch.setattr(command, "read_annotations", lambda: said)
    monkeypatch.setattr(command, "read_packages", lambda: {package.name: package})
    return tmp_path


def fetch(folder: Path, *words: str) -> int:
    return main(["relbench", "fetch", "--debs", str(folder / "debs"), *words])


def test_what_is_shown(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relbench", "show", "--json"]) == 0
    figures: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert figures["version"] == "3"
    assert figures["packages"] == {"made-up-pictures": 7}
    assert figures["parts"]["train"] == {
        "pictures": 3,
        "related": 2,
        "photographs": 0,
        "relations": 1,
        "groups": 1,
    }
    assert figures["parts"]["test"] == {
        "pictures": 4,
        "related": 3,
        "photographs": 1,
        "relations": 2,
        "groups": 1,
        "triplets: conflict": 1,
    }
    assert figures["agreement"]["pictures"] == 4
    assert main(["relbench", "show"]) == 0
    text = capsys.readouterr().out
    assert "test: 4 pictures, 3 related, 1 photographs, 2 relations, 1 groups" in text
    assert "Looked at twice: 4 pictures. Whether there is a relation: 100.0% agree" in text
    assert "which: 66.7% (kappa" in text


def test_the_shipped_annotations_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["relbench", "show", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    counts = [part["pictures"] for part in figures["parts"].values()]
    assert sum(counts) == sum(figures["packages"].values()) > 5000
    assert figures["agreement"]["related"]["kappa"] > 0.8
    assert figures["agreement"]["relation"]["kappa"] > 0.7


def test_fetching_checks_every_picture(made_up: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert fetch(made_up, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures == {
        "directory": str(made_up / "pictures"),
        "packages": 1,
        "pictures": 7,
        "right": 7,
        "changed": [],
        "missing": [],
    }
    assert fetch(made_up) == 0
    assert "7 of 7 pictures are as they were annotated" in capsys.readouterr().out


def test_what_differs_is_named(
    made_up: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {name: content for name, content in FILES.items() if not name.endswith("/2.png")}
    files["./usr/share/things/5.png"] = picture(99)
    package = write_package(made_up / "others", files)
    monkeypatch.setattr(command, "read_packages", lambda: {package.name: package})
    assert main(["relbench", "fetch", "--debs", str(made_up / "others"), "--json"]) == 2
    printed = capsys.readouterr()
    figures = json.loads(printed.out)
    assert figures["right"] == 5
    assert figures["changed"] == ["made-up-pictures: usr/share/things/5.png"]
    assert figures["missing"] == ["made-up-pictures: usr/share/things/2.png"]
    said = printed.err.splitlines()[-1]
    assert said.startswith("relsim-train: 2 pictures differ from those that were annotated")
    assert "made-up-pictures: usr/share/things/5.png" in said


@pytest.mark.parametrize("part", ["train", "test"])
def test_an_exported_part_is_a_collection(
    part: str, made_up: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch(made_up)
    out = made_up / "list.jsonl"
    assert main(["relbench", "export", "--part", part, "--out", str(out)]) == 0
    own = {number: told for number, told in TOLD.items() if told[1] == part}
    assert capsys.readouterr().out.endswith(f"{len(own)} pictures: {out}\n")
    records = {record.key: record for record in open_collection(out).records}
    groups = {i: one["id"] for one in documents()["groups.jsonl"] for i in one["pictures"]}
    assert list(records) == [id_of(number) for number in own]
    for number, (relation, _, caption) in own.items():
        record = records[id_of(number)]
        assert (record.relation, record.caption) == (relation, caption)
        assert record.label is (relation != NONE)
        assert record.group == groups.get(record.key)
        assert record.conventional == f"A picture of a thing {number}"
        assert isinstance(record.source, Path)
        assert record.source.read_bytes() == picture(number)
        assert decode(record.source, min_side=96).size == (104, 96)


def test_what_is_not_here_cannot_be_exported(
    made_up: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = made_up / "list.jsonl"
    assert main(["relbench", "export", "--out", str(out)]) == 2
    assert "1.png is not here: relsim-train relbench fetch" in capsys.readouterr().err
    assert not out.exists()
    fetch(made_up)
    assert main(["relbench", "export", "--out", str(made_up / "no" / "such" / "list.jsonl")]) == 2
    assert "cannot be written" in capsys.readouterr().err
