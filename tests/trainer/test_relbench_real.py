from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from trainer.cli import main
from trainer.relbench import real
from trainer.relbench.annotations import Annotations, Group, Picture, Triplet
from trainer.relbench.real import RealPart
from trainer.scenes import RELATIONS, SceneGenerator, load_subjects

CAPTIONS = {
    "ring": "Many {Subjects} arranged in a closed circle",
    "grid": "Many {Subjects} in even rows and columns",
    "tower": "Several {Objects} piled one on another",
}
PER_RELATION = 4


def picture(number: int, relation: str, **others: Any) -> Picture:
    values: dict[str, Any] = {
        "id": f"{number:016x}",
        "package": "made-up-pictures",
        "path": f"usr/share/{number}.png",
        "sha256": f"{number:064x}",
        "relation": relation,
        "second": None,
        "subject": f"thing {number % 3}",
        "caption": CAPTIONS.get(relation),
        "part": "test",
        "kind": "drawing" if number % 2 else "photo",
    }
    return Picture(**(values | others))


def annotations() -> Annotations:
    """Twelve pictures of three relations, four without one, and one that is not for tests."""
    names = [name for name in CAPTIONS for _ in range(PER_RELATION)]
    made = [picture(number, name) for number, name in enumerate(names)]
    made += [picture(12 + number, "none", subject="apple") for number in range(4)]
    made[4] = picture(4, "grid", second="ring")
    made.append(picture(16, "ring", part="train"))
    ids = [one.id for one in made]
    groups = [
        Group(
            id=f"group-{name}",
            relation=name,
            family=RELATIONS[name].family,
            part="test",
            caption=CAPTIONS[name],
            pictures=tuple(ids[at * PER_RELATION : (at + 1) * PER_RELATION]),
        )
        for at, name in enumerate(CAPTIONS)
    ]
    triplets = [
        Triplet("conflict", ids[0], ids[1], ids[5], "ring", RELATIONS["ring"].family, True),
        Triplet("conflict", ids[5], ids[6], ids[8], "grid", RELATIONS["grid"].family, False),
        Triplet("logic_only", ids[8], ids[9], ids[1], "tower", RELATIONS["tower"].family, None),
        Triplet("look_only", ids[12], ids[13], ids[2], "none", "none", True),
    ]
    return Annotations(
        version="7",
        families={name: RELATIONS[name].family for name in CAPTIONS},
        pictures={one.id: one for one in made},
        groups=tuple(groups),
        triplets=tuple(triplets),
        second_pass=(),
    )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the pictures are; drawn scenes stand for them."""
    said = annotations()
    scenes = SceneGenerator(load_subjects(["shapes"]), size=224, backgrounds=())
    for number, one in enumerate(said.pictures.values()):
        drawn = scenes.draw_unrelated(number)
        if one.relation in RELATIONS:
            drawn = SceneGenerator(load_subjects(["shapes"]), [one.relation], backgrounds=())[
                number
            ]
        if one.part == "test":
            drawn.image.save(tmp_path / f"{one.id}.png")

    def located(one: Picture) -> Path | None:
        path = tmp_path / f"{one.id}.png"
        return path if path.is_file() else None

    monkeypatch.setattr(real, "read_annotations", lambda: said)
    monkeypatch.setattr(real, "locate", located)
    return tmp_path


def test_the_bundled_model_is_measured_on_pictures(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["evaluate", "--suite", "relbench", "--part", "real", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert "drawn" not in figures
    found = figures["real"]
    assert found["version"] == "7"
    assert (found["pictures"], found["groups"], found["relations"]) == (16, 3, 3)
    assert found["kinds"] == {"drawing": 8, "photo": 8}
    split = found["splits"]["test"]
    assert split["counts"] == {"agree": 0, "conflict": 2, "logic_only": 1, "look_only": 1}
    person = split["triplets"]["second annotator"]
    assert {name: one["value"] for name, one in person.items()} == {"conflict": 0.5, "look_only": 1}
    assert split["search"]["queries"] == 12
    assert split["search"]["database"] == 16
    assert split["search"]["table"]["relsim-mini relational"]["p1"]["value"] > 0.8
    by_hand = split["search"]["table"]["hand captions"]
    assert by_hand["p1"]["value"] == by_hand["map"]["value"] == 1.0
    assert split["captions"]["table"]["hand captions"]["r1"]["value"] == 1.0
    assert "relsim-mini attribute" not in split["captions"]["table"]
    assert set(split["kinds"]) == {"drawing", "photo"}
    assert split["kinds"]["photo"]["chance"]["conflict"]["n"] == 1
    assert set(split["families"]["conflict"]["chance"]) == {
        RELATIONS["ring"].family,
        RELATIONS["grid"].family,
    }


def test_the_figures_can_be_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plots = folder / "plots"
    words = ["evaluate", "--suite", "relbench", "--part", "real", "--plots", str(plots)]
    assert main(words) == 0
    page = capsys.readouterr().out
    assert "### Real pictures" in page
    assert "16 test pictures (8 drawings, 8 photos)" in page
    assert "| second annotator | 0.500 (0.000–1.000) | – | 1.000 (1.000–1.000) |" in page
    assert "Triplets whose anchor is a photo:" in page
    assert "Drawn" not in page
    assert (plots / "conditions.svg").is_file()


def test_a_second_relation_counts_neither_way(folder: Path) -> None:
    search = RealPart.locate().search()
    queries, database = search.queries.tolist(), search.database.tolist()

    def about(query: int, other: int) -> tuple[bool, bool]:
        place = queries.index(query), database.index(other)
        return bool(search.relevant[place]), bool(search.ignored[place])

    assert about(0, 1) == (True, False)
    assert about(0, 5) == (False, False)
    assert about(0, 4) == (False, True)
    assert about(4, 0) == (False, True)
    assert about(4, 5) == (True, False)
    assert about(0, 12) == (False, False)
    assert search.ignored[queries.index(0), database.index(0)]


def test_pictures_that_are_not_here_are_an_error_that_helps(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{3:016x}.png").unlink()
    assert main(["evaluate", "--suite", "relbench", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    assert "1 of 16 pictures" in printed.err
    assert "made-up-pictures" in printed.err
    assert "relsim-train relbench fetch" in printed.err


def test_a_picture_that_cannot_be_read_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / f"{3:016x}.png").write_bytes(b"no picture")
    assert main(["evaluate", "--suite", "relbench", "--part", "real"]) == 2
    assert f"{3:016x}.png cannot be read" in capsys.readouterr().err


def test_options_of_the_drawn_part_mean_nothing_here(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["evaluate", "--suite", "relbench", "--part", "real", "--subjects", "3"]
    assert main(words) == 2
    assert "--subjects" in capsys.readouterr().err
