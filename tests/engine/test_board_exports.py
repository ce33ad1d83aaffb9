"""Boards as a page and as a folder, from the real engine and from the command line."""

from __future__ import annotations

import argparse
import csv
import json
from base64 import b64decode
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from engine.commands.arguments import add_engine_arguments
from engine.commands.boards import add_boards_arguments
from engine.errors import KnownError, QueryError
from engine.exports.atomic import free_name, safe_name
from engine.exports.contents import read_contents
from engine.exports.folder import TABLE, write_folder
from engine.exports.page import PageOptions, write_page
from engine.jobs import Cancelled, JobControl
from engine.service import Engine
from engine.types import Place

NAMES = ("ring-crimson", "grid-crimson", "ring-seagreen")
EVIL = '<b>{Rings}</b> & "grids"'
VOID = {"meta", "img", "link", "br"}


class Page(HTMLParser):
    """Reads a page strictly: every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag == "img":
            self.images.append(dict(attrs))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.texts.append(data.strip())


@pytest.fixture
def board(engine: Engine, pictures: Path) -> int:
    """A board of three pictures, one of which is gone; with notes that need escaping."""
    engine.index([pictures])
    ids = [engine.store.image_at(pictures / f"{name}.png") for name in NAMES]
    change = engine.judgements.create_board(EVIL, [i for i in ids if i is not None])
    assert change.after is not None
    board_id = change.after.board_id
    engine.judgements.note_board(board_id, "a < b\nsecond line")
    engine.judgements.note(board_id, change.after.images[0], "=SUM(1) & <i>more</i>")
    engine.judgements.place(board_id, {change.after.images[0]: Place(1, 2, 3)})
    (pictures / "ring-seagreen.png").unlink()
    return board_id


def test_contents_hold_captions_notes_and_scores(engine: Engine, board: int) -> None:
    contents = read_contents(engine, board)
    ring, grid, gone = contents.items
    assert (contents.name, contents.note) == (EVIL, "a < b\nsecond line")
    assert ring.caption == engine.describe(ring.image_id).text
    assert ring.place == Place(1, 2, 3)
    scores = [engine.score(ring.image_id, other.image_id).relational for other in (grid, gone)]
    assert ring.relational == pytest.approx(sum(scores) / 2, abs=1e-5)
    assert 0 <= ring.percentile <= 100
    with pytest.raises(QueryError, match="no longer"):
        read_contents(engine, 99)


def test_a_page_is_valid_holds_everything_and_names_what_is_missing(
    engine: Engine, board: int, pictures: Path, tmp_path: Path
) -> None:
    out = tmp_path / "board.html"
    options = PageOptions(scores=True)
    report = write_page(read_contents(engine, board), out, engine.thumbnails.make, options)
    assert (report.out, report.pictures) == (out, 2)
    assert [missing.name for missing in report.missing] == ["ring-seagreen.png"]
    page = Page(out.read_text("utf-8"))
    assert page.seen.count("figure") == 3
    assert "".join(page.texts[1:4]) == '<b>Rings</b> & "grids"', "the title, with its slot apart"
    assert "a < b\nsecond line" in page.texts
    assert "=SUM(1) & <i>more</i>" in page.texts
    assert str(pictures / "ring-crimson.png") in page.texts
    assert any(text.startswith("ring-seagreen.png: its file") for text in page.texts)
    assert any(text.startswith("Relation to the others 0.") for text in page.texts)
    source = page.images[0]["src"]
    assert source is not None
    picture = Image.open(BytesIO(b64decode(source.removeprefix("data:image/jpeg;base64,"))))
    assert picture.size == (320, 320)
    assert "http" not in out.read_text("utf-8"), "it opens without a network"
    bare = PageOptions(captions=False, notes=False, sources=False)
    write_page(read_contents(engine, board), out, engine.thumbnails.make, bare)
    assert "figcaption" not in Page(out.read_text("utf-8")).seen


def test_a_folder_holds_the_originals_in_order_and_a_table(
    engine: Engine, board: int, pictures: Path, tmp_path: Path
) -> None:
    out = tmp_path / "taken"
    report = write_folder(read_contents(engine, board), out)
    assert (report.pictures, len(report.missing)) == (2, 1)
    copies = ["001 ring-crimson.png", "002 grid-crimson.png"]
    assert sorted(file.name for file in out.iterdir()) == [*copies, TABLE, "note.txt"]
    for copy, name in zip(copies, NAMES, strict=False):
        assert (out / copy).read_bytes() == (pictures / f"{name}.png").read_bytes()
    with (out / TABLE).open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["file"] for row in rows] == [*copies, ""]
    assert rows[0]["note"] == "'=SUM(1) & <i>more</i>", "no spreadsheet runs it"
    assert rows[0]["source"] == str(pictures / "ring-crimson.png")
    assert rows[2]["missing"] == "its file is not there now"
    with pytest.raises(KnownError, match="there already"):
        write_folder(read_contents(engine, board), out)
    assert free_name(tmp_path, "taken") == tmp_path / "taken 2"


def test_what_is_cancelled_or_fails_leaves_nothing(
    engine: Engine, board: int, tmp_path: Path
) -> None:
    contents, control = read_contents(engine, board), JobControl()
    place = tmp_path / "place"
    place.mkdir()
    control.cancel()
    with pytest.raises(Cancelled):
        write_folder(contents, place / "taken", control)
    with pytest.raises(Cancelled):
        write_page(contents, place / "b.html", engine.thumbnails.make, None, control)
    assert list(place.iterdir()) == []
    with pytest.raises(KnownError, match="Make room or choose another place"):
        write_page(contents, place / "none" / "b.html", engine.thumbnails.make)


def test_names_of_boards_become_names_of_files() -> None:
    assert safe_name("{A/B}: c?\n") == "A B c"
    assert safe_name("...") == "board"
    assert safe_name("x" * 300) == "x" * 80


def run(*line: object) -> None:
    common = argparse.ArgumentParser(add_help=False)
    add_engine_arguments(common)
    common.add_argument("--json", action="store_true")
    parser = argparse.ArgumentParser()
    add_boards_arguments(parser, common)
    arguments = parser.parse_args([str(word) for word in line])
    arguments.run(arguments)


def test_the_command_lists_and_exports(
    engine: Engine, board: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("list")
    assert capsys.readouterr().out == f"     3  {EVIL}\n"
    run("list", "--json")
    assert json.loads(capsys.readouterr().out) == [
        {"name": EVIL, "pictures": 3, "note": "a < b\nsecond line"}
    ]
    page, folder = tmp_path / "b.html", tmp_path / "taken"
    run("export", EVIL.upper(), "--html", page, "--folder", folder, "--json")
    document = json.loads(capsys.readouterr().out)
    assert [written["pictures"] for written in document["written"]] == [2, 2]
    assert document["pictures"][0]["place"] == {"x": 1, "y": 2, "width": 3}
    assert Page(page.read_text("utf-8")).images
    assert (folder / TABLE).exists()
    with pytest.raises(QueryError, match="--force"):
        run("export", EVIL, "--html", page)
    run("export", EVIL, "--html", page, "--force")
    assert "left out: ring-seagreen.png" in capsys.readouterr().out
    with pytest.raises(QueryError, match="the boards are"):
        run("export", "Nothing", "--json")
    with pytest.raises(QueryError, match="--folder"):
        run("export", EVIL)
