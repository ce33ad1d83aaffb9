"""Boards and good analogies on the real engine, and as groups from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from drawn_pictures import COLOURS, draw

from engine.cli import main
from engine.errors import KnownError, QueryError
from engine.judging.groups import Group, read_groups
from engine.judging.judged_groups import PictureCounts
from engine.service import Engine
from engine.types import Board

RING = "{Objects} arranged in a circle around an empty center"


def ids(engine: Engine, pictures: Path, *names: str) -> list[int]:
    found = [engine.store.image_at(pictures / f"{name}.png") for name in names]
    return [image_id for image_id in found if image_id is not None]


def relation(name: str) -> list[str]:
    return [f"{name}-{colour}" for colour in COLOURS]


def stems(group: Group) -> list[str]:
    return [image.stem for image in group.images]


def test_a_board_becomes_a_group_with_its_name_or_what_its_pictures_share(
    engine: Engine, pictures: Path, tmp_path: Path
) -> None:
    engine.index([pictures])
    judgements = engine.judgements
    judgements.create_board(f"  {RING} ", ids(engine, pictures, *relation("ring")))
    grids = ids(engine, pictures, *relation("grid"))
    judgements.create_board("Walls", grids)
    for image_id in grids[:3]:
        engine.descriptions.set(image_id, "{Marks} on a tablecloth")
    out = tmp_path / "groups.jsonl"
    report = judgements.export_groups(out)
    ring, walls = sorted(read_groups(out), key=lambda group: group.caption != RING)
    assert (stems(ring), ring.caption, ring.source) == (relation("ring"), RING, "board")
    assert (ring.verdict, ring.flags, ring.images[0].parent) == ("unseen", (), pictures)
    assert walls.caption == "{Marks} on a tablecloth"
    assert walls.flags == ("tablecloth",), "a person's words may name things, and that is said"
    assert (report.groups, report.boards, report.left_out) == (2, 2, ())
    assert report.on_boards == PictureCounts(8, 8, 0, 0)
    judgements.export_groups(out)
    assert {group.id for group in read_groups(out)} == {ring.id, walls.id}


def test_pictures_that_share_no_description_leave_the_caption_open(
    engine: Engine, pictures: Path
) -> None:
    engine.index([pictures])
    mixed = ids(engine, pictures, "ring-crimson", "grid-crimson")
    for image_id, text in zip(mixed, ("{One}", "{Two}"), strict=True):
        engine.descriptions.set(image_id, text)
    engine.judgements.create_board("Mixed", mixed)
    (group,), _ = engine.judgements.groups()
    assert (group.caption, group.flags) == ("", ())


def test_good_analogies_become_groups_and_a_no_keeps_apart(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    a, b, c, d = ids(engine, pictures, *relation("ring"))
    other = ids(engine, pictures, "grid-crimson")[0]
    for pair in ((a, b), (b, c), (c, d), (d, other)):
        engine.judgements.set_verdict(*pair, "good")
    engine.judgements.set_verdict(a, other, "no")
    groups, report = engine.judgements.groups()
    assert [sorted(stems(group)) for group in groups] == [sorted(relation("ring"))]
    assert groups[0].source == "verdicts"
    assert (report.good, report.from_verdicts) == (4, 1)
    assert report.in_verdicts == PictureCounts(found=5, grouped=4, offline=0, alone=1)


def test_a_large_board_is_cut_and_what_is_offline_is_counted(
    engine: Engine, pictures: Path
) -> None:
    for number in range(3):
        draw("ring", f"hsl({number * 90}, 60%, 40%)").save(pictures / f"more-{number}.png")
    other = pictures.parent / "stick"
    other.mkdir()
    draw("growth", "teal").save(other / "away.png")
    engine.index([pictures, other])
    everything = [file.image_id for file in engine.store.files() if file.image_id is not None]
    engine.judgements.create_board("Everything", everything)
    engine.judgements.create_board("Lonely", everything[-2:])
    shutil.rmtree(other)
    engine.index([other])
    groups, report = engine.judgements.groups()
    assert [len(group.images) for group in groups] == [7, 8]
    assert len({group.id for group in groups}) == 2
    assert report.left_out == ("Lonely",)
    assert report.on_boards == PictureCounts(found=18, grouped=15, offline=2, alone=1)


def test_the_last_board_is_remembered(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    one, two = ids(engine, pictures, "ring-crimson", "grid-crimson")
    judgements = engine.judgements
    assert judgements.last_board is None
    judgements.create_board("First", [one])
    judgements.create_board("Second")
    judgements.add(1, [two])
    assert judgements.last_board == Board(1, "First", (one, two))
    assert judgements.arrange(1, [two, one]).before == Board(1, "First", (one, two))
    assert judgements.remove(1, [two]).after == Board(1, "First", (one,))
    change = judgements.delete_board(1)
    assert judgements.last_board is None
    judgements.restore(1, change.before)
    assert judgements.last_board == Board(1, "First", (one,))


def test_what_cannot_be_is_said_in_words(engine: Engine, pictures: Path, tmp_path: Path) -> None:
    engine.index([pictures])
    one, two = ids(engine, pictures, "ring-crimson", "grid-crimson")
    judgements = engine.judgements
    judgements.create_board("Rings")
    for wrong, says in (
        (lambda: judgements.set_verdict(one, one, "good"), "against itself"),
        (lambda: judgements.set_verdict(one, 999, "good"), "no longer in the library"),
        (lambda: judgements.create_board("  "), "Give the board a name"),
        (lambda: judgements.create_board("rings"), "already"),
        (lambda: judgements.add(9, [one]), "no longer"),
        (lambda: judgements.export_groups(tmp_path / "x.jsonl"), "no board and no good analogy"),
    ):
        with pytest.raises(QueryError, match=says):
            wrong()
    judgements.set_verdict(one, two, "good")
    with pytest.raises(KnownError, match="cannot be written"):
        judgements.export_groups(tmp_path / "no folder" / "x.jsonl")


def test_the_command_writes_groups_and_says_what_it_left_out(
    capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path
) -> None:
    out = tmp_path / "groups.jsonl"
    assert main(["groups", "export", "--out", str(out)]) == 2
    assert "nothing to export" in capsys.readouterr().err
    assert not out.exists()
    with Engine.open() as engine:
        engine.index([pictures])
        rings = ids(engine, pictures, *relation("ring"))
        engine.judgements.create_board(RING, rings)
        engine.judgements.create_board("One", rings[:1])
        engine.judgements.set_verdict(*ids(engine, pictures, *relation("grid")[:2]), "good")
    assert main(["groups", "export", "--out", str(out), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {
        "out": str(out),
        "groups": 2,
        "boards": {
            "found": 2,
            "groups": 1,
            "left_out": ["One"],
            "pictures": {"found": 5, "grouped": 4, "offline": 0, "alone": 1},
        },
        "verdicts": {
            "found": 1,
            "groups": 1,
            "pictures": {"found": 2, "grouped": 2, "offline": 0, "alone": 0},
        },
    }
    assert [group.source for group in read_groups(out)] == ["board", "verdicts"]
    before = out.read_bytes()
    assert main(["groups", "export", "--out", str(out)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert out.read_bytes() == before
    assert main(["groups", "export", "--out", str(out), "--force"]) == 0
    assert "2 groups in" in capsys.readouterr().out
