"""``relsim-train data``: what it prints, and what it refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from rotten_web import picture, rotten_web

from trainer.cli import main
from trainer.data.collection import open_collection
from trainer.data.drops import DropReason

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of twenty pictures in five groups, one of them damaged, and one that is gone."""
    rows = []
    for number in range(20):
        (tmp_path / f"{number}.png").write_bytes(picture(number)[: 90 if number == 3 else None])
        rows.append({"file": f"{number}.png", "caption": "{A}", "group": f"g{number // 4}"})
    rows.append({"file": "gone\x1b[2J.png", "caption": "{A}"})
    path = tmp_path / "list.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def document(capsys: Captured, *words: str, status: int = 0) -> dict[str, object]:
    assert main(["data", *words, "--json"]) == status
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_show_says_what_it_is_and_what_is_dropped(listed: Path, capsys: Captured) -> None:
    assert main(["data", "show", str(listed), "--needs", "group"]) == 0
    printed = capsys.readouterr().out
    assert "a list in JSON lines\n21 found, 20 can be used" in printed
    assert "dropped, missing: 1\n  gone?[2J.png: there is no such file" in printed
    shown = document(capsys, "show", str(listed), "--verify", "--drops", f"{listed}.drops")
    assert (shown["found"], shown["records"], shown["groups"]) == (21, 19, 5)
    assert shown["dropped"] == {"missing": 1, "unreadable": 1}
    assert shown["fields"] == {"caption": 19, "group": 19}
    assert len(Path(f"{listed}.drops").read_text().splitlines()) == 3


def test_show_hints_at_fetching(tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "l.jsonl").write_text('{"image_hash": "a", "url_link": "http://a.example/a.png"}')
    assert main(["data", "show", str(tmp_path / "l.jsonl")]) == 0
    assert "relsim-train data fetch" in capsys.readouterr().out


def test_split_writes_two_lists_that_are_collections(listed: Path, capsys: Captured) -> None:
    out = listed.parent / "parts"
    document(capsys, "split", str(listed), "--out", str(out), "--share", "0.4")
    train, test = (open_collection(out / f"{name}.jsonl") for name in ("train", "test"))
    assert len(train.records) + len(test.records) == 19
    assert not {r.group for r in train.records} & {r.group for r in test.records}
    dropped = (out / "dropped.jsonl").read_text().splitlines()[1:]
    assert [json.loads(line)["reason"] for line in dropped] == ["missing", "unreadable"]


def test_fetch_counts_every_url(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    with rotten_web() as web:
        urls = tmp_path / "urls.txt"
        urls.write_text("".join(f"{web.url}/{p}\n" for p in ("ok/1", "ok/2", "status/404")))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        words = ["fetch", str(urls), "--out", str(tmp_path / "out"), "--private-addresses"]
        shown = document(capsys, *words)
        assert (shown["found"], shown["fetched"], shown["left"]) == (3, 2, 0)
        assert shown["lost"] == {"http-404": 1}
        assert main(["data", *words]) == 0
        printed = capsys.readouterr().out
    assert "2 of 3 URLs gave a picture (66.7%)" in printed
    assert "http-404" in printed


def test_every_reason_is_explained() -> None:
    text = (Path(__file__).parents[2] / "docs" / "training" / "data.md").read_text()
    assert not [reason for reason in get_args(DropReason) if f"`{reason}`" not in text]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (lambda p: ["show", str(p / "nowhere")], "There is no"),
        (lambda p: ["show", str(p), "--needs", "colour"], "no field 'colour'"),
        (lambda p: ["show", str(p), "--verify", "--workers", "0"], "--workers must be at least 1"),
        (lambda p: ["show", str(p), "--drops", str(p / "no" / "f")], "cannot be written"),
        (lambda p: ["split", str(p), "--out", str(p / "o"), "--share", "1"], "between 0 and 1"),
        (lambda p: ["fetch", str(p / "no.txt"), "--out", str(p / "o")], "no list of URLs"),
        (
            lambda p: ["fetch", "a", "--out", "b", "--retries", "-1", "--side", "9"],
            "--retries must be at least 0; --side must not be less than --least-side",
        ),
        (lambda p: ["fetch", "a", "--out", "b", "--agent", "ä"], "--agent must be plain"),
    ],
)
def test_mistakes_are_one_line(
    listed: Path, capsys: Captured, words: Callable[[Path], list[str]], message: str
) -> None:
    assert main(["data", *words(listed.parent)]) == 2
    errors = capsys.readouterr().err
    assert message in errors
    assert errors.count("\n") == 1
