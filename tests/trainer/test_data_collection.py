"""Lists and folders: each format is recognised, every drop has a reason, nothing gets lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from golden_files import golden
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.judging.groups import Group, write_groups
from trainer.data.collection import open_collection, read_collection
from trainer.data.drops import Drops
from trainer.data.inside import write_list
from trainer.data.records import Collection, Record
from trainer.data.rows import RowError, parse_row


def draw(path: Path, colour: str = "teal") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (40, 32), colour).save(path)
    return path


def write_lines(path: Path, *lines: object) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_text("".join(f"{text}\n" for text in texts))
    return path


def keys(collection: Collection) -> list[str]:
    return [record.key for record in collection.records]


def test_released_captions_find_their_pictures_by_hash(tmp_path: Path) -> None:
    content = golden("anonymous_captions_sample.jsonl").read_bytes()
    rows = [json.loads(line) for line in content.splitlines()]
    (tmp_path / "captions.jsonl").write_bytes(content)
    for row in rows[:30]:
        draw(tmp_path / "images" / f"{row['image_hash']}.png")
    draw(tmp_path / "images" / f"{rows[30]['image_hash']}.jpg")
    found = open_collection(tmp_path / "captions.jsonl", needs=("caption", "url"))
    assert found.found == 40
    assert found.drops.counts() == {"missing": 9}
    assert [(r.key, r.caption, r.url) for r in found.records] == [
        (row["image_hash"], row["caption"], row["url_link"]) for row in rows[:31]
    ]
    assert found.records[30].source == tmp_path / "images" / f"{rows[30]['image_hash']}.jpg"


def test_released_random_images_have_no_caption(tmp_path: Path) -> None:
    listed = golden("random_images_sample.jsonl")
    row = json.loads(listed.read_text().splitlines()[0])
    draw(tmp_path / "there" / f"{row['image_hash']}.png")
    found = open_collection(listed, images=tmp_path / "there")
    assert (found.found, keys(found)) == (50, [row["image_hash"]])
    with pytest.raises(KnownError, match=r"49 missing, 1 empty-caption"):
        open_collection(listed, images=tmp_path / "there", needs=("caption",))


def test_released_seed_groups(tmp_path: Path) -> None:
    groups = json.loads(golden("seed_group.json").read_text())
    for number, group in enumerate(groups[:3]):
        for url in group["image_urls"]:
            draw(tmp_path / "images" / str(number) / url.rpartition("/")[2])
    found = open_collection(golden("seed_group.json"), images=tmp_path / "images")
    assert found.kind == "released seed groups"
    assert found.found == 1529
    assert len(found.records) == sum(len(group["image_urls"]) for group in groups[:3])
    first = found.records[0]
    assert (first.key, first.group) == ("0/1", "0")
    assert first.source == tmp_path / "images" / "0" / "1.png"
    assert first.caption == groups[0]["anonymous_caption"].strip('"')
    assert first.url == groups[0]["image_urls"][0]


def test_a_folder_with_what_lies_beside_the_pictures(tmp_path: Path) -> None:
    draw(tmp_path / "a.png")
    draw(tmp_path / "b.jpg")
    draw(tmp_path / "deep" / "a.png")
    draw(tmp_path / "c.png")
    draw(tmp_path / ".hidden.png")
    (tmp_path / "a.txt").write_text("\ufeff  {Thing}\n in a row \n")
    (tmp_path / "deep" / "a.json").write_text('{"caption": "{B}", "label": "yes", "group": 7}')
    (tmp_path / "c.json").write_text("{")
    (tmp_path / "drawing.eps").write_text("<svg/>")
    (tmp_path / "notes.txt").write_text("of no picture")
    found = open_collection(tmp_path)
    assert found.kind == "a folder of pictures"
    assert keys(found) == ["a.png", "b.jpg", "deep/a.png"]
    assert [r.caption for r in found.records] == ["{Thing} in a row", None, "{B}"]
    assert (found.records[2].label, found.records[2].group) == (True, "7")
    assert found.drops.counts() == {"malformed": 1, "unsupported": 1}


def test_texts_that_are_none(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        draw(tmp_path / f"{name}.png")
    (tmp_path / "a.txt").write_bytes(b"\xff\xfe")
    (tmp_path / "b.txt").write_bytes(b"x" * 2_000_000)
    (tmp_path / "c.txt").write_text(" \n")
    found = read_collection(tmp_path, needs=("caption",))
    assert found.drops.counts() == {"malformed": 2, "empty-caption": 1}


def test_a_list_in_a_folder_speaks_for_its_pictures(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        draw(tmp_path / f"{name}.png")
    rows = [{"file": "a.png", "caption": "{A}"}, {"image_hash": "b", "caption": "{B}"}]
    write_lines(tmp_path / "captions.jsonl", *rows, {"file": "gone.png", "caption": "{G}"})
    found = open_collection(tmp_path)
    assert [(r.key, r.caption) for r in found.records] == [
        ("a.png", "{A}"),
        ("b", "{B}"),
        ("c.png", None),
    ]
    assert found.drops.counts() == {"missing": 1}
    wanted = read_collection(tmp_path, needs=("caption", "label"))
    assert wanted.drops.counts() == {"empty-caption": 1, "missing": 1, "no-label": 2}


@pytest.mark.parametrize("folder", ["pictures", "./pictures", "../here/pictures", "."])
def test_a_list_in_a_folder_that_is_named_from_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    here = tmp_path / "here"
    pictures = here if folder == "." else here / "pictures"
    for name in ("a", "b", "c", "deep/d"):
        draw(pictures / f"{name}.png")
    rows = [{"file": "a.png", "caption": "{A}"}, {"file": "deep/../b.png", "key": "b"}]
    write_lines(pictures / "captions.jsonl", *rows)
    monkeypatch.chdir(here)
    found = open_collection(folder)
    assert keys(found) == ["a.png", "b", "c.png", "deep/d.png"]
    assert (found.found, found.drops.total) == (4, 0)


def test_a_picture_whose_row_is_a_duplicate_counts_once(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        draw(tmp_path / f"{name}.png")
    rows = [{"file": "a.png", "key": "k"}, {"file": "b.png", "key": "k"}]
    write_lines(tmp_path / "captions.jsonl", *rows)
    found = open_collection(tmp_path)
    assert keys(found) == ["k", "c.png"]
    assert (found.found, found.drops.counts()) == (3, {"duplicate": 1})


def test_scenes(tmp_path: Path) -> None:
    truth = {"relation": "symmetry", "family": "balance", "caption": "{A}", "conventional": "cat"}
    write_lines(tmp_path / "scenes.jsonl", {"file": draw(tmp_path / "0.png").name, **truth})
    draw(tmp_path / "sheet.png")
    for source in (tmp_path, tmp_path / "scenes.jsonl"):
        found = open_collection(source, needs=("relation", "conventional"))
        assert (found.kind, keys(found)) == ("scenes", ["0.png"])
        assert found.records[0].relation == "symmetry"


def test_groups_file(tmp_path: Path) -> None:
    pictures = [draw(tmp_path / f"{n}.png") for n in range(4)]
    gone = tmp_path / "gone.png"
    groups = [
        Group("g1", (pictures[0], pictures[1]), "{A}", verdict="accepted"),
        Group("g2", (pictures[0], gone), "{B}", verdict="accepted"),
        Group("g3", (pictures[2], pictures[3]), "{C}"),
        Group("g4", (pictures[2], pictures[3]), "{D}", verdict="rejected"),
        Group("g5", (pictures[2], pictures[3]), " ", verdict="accepted"),
    ]
    write_groups(tmp_path / "groups.jsonl", groups)
    found = open_collection(tmp_path / "groups.jsonl", needs=("caption", "group"))
    assert [(r.key, r.caption, r.group) for r in found.records] == [
        ("g1/0.png", "{A}", "g1"),
        ("g1/1.png", "{A}", "g1"),
        ("g2/0.png", "{B}", "g2"),
    ]
    assert found.drops.counts() == {
        "empty-caption": 2,
        "rejected": 2,
        "unverified": 2,
        "missing": 1,
    }


def test_pictures_of_a_group_that_share_a_file_name(tmp_path: Path) -> None:
    names = ["3-1.jpg", "a/1.jpg", "b/1.jpg", "c/1.jpg", "a/2.jpg"]
    pictures = [draw(tmp_path / name) for name in names]
    twice = Group("twice", (pictures[1], pictures[2], pictures[2]), "{B}", verdict="accepted")
    group = Group("g", tuple(pictures), "{A}", verdict="accepted")
    write_groups(tmp_path / "groups.jsonl", [group, twice])
    found = open_collection(tmp_path / "groups.jsonl")
    assert [(r.key, r.source) for r in found.records] == [
        ("g/3-1.jpg", pictures[0]),
        ("g/1.jpg", pictures[1]),
        ("g/3-3-1.jpg", pictures[2]),
        ("g/4-1.jpg", pictures[3]),
        ("g/2.jpg", pictures[4]),
        ("twice/1.jpg", pictures[1]),
        ("twice/2-1.jpg", pictures[2]),
    ]
    assert (found.found, found.drops.counts()) == (8, {"duplicate": 1})


def test_lines_that_say_nothing_have_a_reason(tmp_path: Path) -> None:
    draw(tmp_path / "a.png")
    listed = write_lines(
        tmp_path / "list.jsonl",
        '{"format": "relsim-kept", "version": 1}',
        {"file": "a.png"},
        {"file": "a.png"},
        "",
        "{",
        "[1]",
        "null",
        {"caption": "of nothing"},
        {"file": "a.png", "caption": ["list"]},
        {"file": "b.png", "label": "perhaps"},
        {"file": "x" * 2000},
        {"file": "y" * 1_100_000},
        {"file": "zero\0.png"},
        "[" * 100_000,
    )
    with listed.open("ab") as file:
        file.write(b'{"file": "\xff"}\n{"file": "last.png"}')
    found = open_collection(listed)
    assert found.found == 14
    assert keys(found) == ["a.png"]
    assert found.drops.counts() == {
        "malformed": 9,
        "missing": 2,
        "duplicate": 1,
        "too-large": 1,
    }
    details = {drop.key: drop.detail for drop in found.drops.examples("malformed", 20)}
    assert details["line 6"] == "it is no JSON object"
    assert details["b.png"] == "line 10: its label is 'perhaps', not yes or no"


@pytest.mark.parametrize(
    ("value", "label"),
    [("yes", True), ("No", False), (1, True), (0, False), (True, True), ("positive", True)],
)
def test_labels(value: object, label: bool) -> None:
    assert parse_row({"key": "a", "label": value}).label is label


@pytest.mark.parametrize("value", [2, 0.5, 1.0, [], "maybe", {}])
def test_labels_that_are_none(value: object) -> None:
    with pytest.raises(RowError, match="not yes or no"):
        parse_row({"key": "a", "label": value})


def test_what_is_nothing_known_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.csv").write_text("a,b")
    (tmp_path / "a.json").write_text("{}")
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "urls.txt").write_text("http://a.example/1.png")
    (tmp_path / "new.jsonl").write_text('{"format": "relsim-list", "version": 2}\n')
    (tmp_path / "none.jsonl").write_text("\n")
    picture = draw(tmp_path / "one" / "a.png")
    for source, words in {
        tmp_path / "nowhere": "There is no .*nowhere: a source is a folder of pictures",
        tmp_path / "empty": "holds nothing that is known",
        tmp_path / "a.csv": "is nothing known",
        tmp_path / "a.json": "no list of pictures",
        tmp_path / "broken.json": "is no JSON",
        tmp_path / "urls.txt": "relsim-train data fetch",
        tmp_path / "new.jsonl": "version 2",
        tmp_path / "none.jsonl": "is empty",
        picture: "is one picture",
    }.items():
        with pytest.raises(KnownError, match=words):
            open_collection(source)
    listed = write_lines(tmp_path / "list.jsonl", {"file": "a.png"})
    with pytest.raises(KnownError, match="no folder"):
        open_collection(listed, images=tmp_path / "nowhere")
    with pytest.raises(ValueError, match="no colour"):
        open_collection(listed, needs=("colour",))


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    listed = write_lines(tmp_path / "list.jsonl", *({"key": str(n)} for n in range(3000)))
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        open_collection(listed, control=control)


def test_our_own_lists_are_read_again(tmp_path: Path) -> None:
    records = [
        Record("a", draw(tmp_path / "x" / "a.png"), "{A}", "an a", True, "g", "ring", "http://a"),
        Record("b", draw(tmp_path / "y" / "b.png"), label=False),
    ]
    (tmp_path / "lists").mkdir()
    write_list(tmp_path / "lists" / "train.jsonl", records)
    assert open_collection(tmp_path / "lists" / "train.jsonl").records == tuple(records)


def test_drops_are_written_with_their_format(tmp_path: Path) -> None:
    drops = Drops()
    drops.add("missing", "a", "gone")
    drops.add("unreadable", "b\x1b[2J")
    drops.add("missing", "c")
    assert drops.summary() == "3 dropped: 2 missing, 1 unreadable"
    assert Drops().summary() == "none dropped"
    assert [drop.key for drop in drops.examples("missing", 1)] == ["a"]
    drops.write(tmp_path / "drops.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "drops.jsonl").read_text().splitlines()]
    assert lines[0] == {"format": "relsim-drops", "version": 1}
    assert lines[1] == {"reason": "missing", "key": "a", "detail": "gone"}
    assert len(lines) == 4


_values: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
_names = st.sampled_from(
    ["key", "file", "caption", "label", "group", "url", "URL", "archive", "member", "table", "x"]
)
_rows = st.dictionaries(_names, _values | st.lists(_values, max_size=2), max_size=6)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    lines=st.lists(_rows.map(json.dumps) | st.text(max_size=12), max_size=12),
    needs=st.sets(st.sampled_from(["caption", "label", "group", "url"])),
)
def test_whatever_a_list_says_counts_add_up(
    tmp_path: Path, lines: list[str], needs: set[str]
) -> None:
    draw(tmp_path / "a.png")
    listed = tmp_path / "list.jsonl"
    content = "\n".join(["", *lines]).encode(errors="replace")
    listed.write_bytes(content)
    found = read_collection(listed, needs=needs)
    spoken = [line for line in content.split(b"\n") if line.decode().strip()]
    assert found.found == len(spoken) == len(found.records) + found.drops.total
    assert len({record.key for record in found.records}) == len(found.records)
    assert all(getattr(record, name) is not None for record in found.records for name in needs)
