"""The report of a reproduction: one file, whole, honest about what is missing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.errors import KnownError
from trainer.reproduce.paper import JUDGE, STUDY
from trainer.reproduce.report_page import write_report


def estimate(value: float, width: float = 0.1) -> dict[str, Any]:
    return {"value": value, "low": value - width, "high": value + width, "n": 9}


def row(name: str, kind: str, score: float, **more: Any) -> dict[str, Any]:
    figures = {"score": estimate(score), "relation": estimate(score / 10)}
    figures |= {one: estimate(0.5) for one in ("r10", "map", "conflict", "subject")}
    against = {"difference": estimate(7.0 - score), "wins": estimate(0.5)}
    against |= {"ties": estimate(0.3), "losses": estimate(0.2)}
    document = {"id": name, "title": name, "kind": kind, "note": "", "paper": None, "start": ""}
    beside = against | {"difference": estimate(8.0 - score)}
    both = {"against": against, "against_counterpart": beside}
    return document | {"figures": figures} | both | more


def figures() -> dict[str, Any]:
    said = {"pictures": 100, "related": 80, "right": 0.81, "right_of_all": 0.65, "chance": 0.1}
    said |= {"anonymous": 0.93, "distinct": 12}
    rows = [
        row("relsim", "relational", 7.0, against=None, paper={"name": "relsim", "score": 6.77}),
        row("seen & more", "relational", 8.0, against_counterpart=None, start="<photographs>"),
        row("<b>looks & more", "attribute", 4.0, note="sees {Looks} only"),
        row("upper", "reference", 9.0),
    ]
    return {
        "format": "relsim-reproduction",
        "version": 1,
        "scale": "small",
        "test": {"pictures": 50, "queries": 40, "distractors": 10, "relations": ["a", "b"]}
        | {"subjects": 5},
        "paper": {"judge": JUDGE, "study": STUDY, "filter_agreement": 0.93},
        "chance": {"score": 1.25, "relation": 0.125, "r10": 0.7, "map": 0.2, "conflict": 0.5},
        "tested": "relsim",
        "counterpart": "seen & more",
        "rows": rows,
        "filter": {"pictures": 200, "agreement": 0.9, "auc": 0.97, "share_related": 0.25}
        | {"at_the_threshold_of_the_scan": {"rate": 0.203}, "precision": 0.88, "recall": 0.7},
        "groups": {"groups": 30, "pictures": 90, "relations": 2},
        "captions": {"kept": said, "unfiltered": said, "test": said},
        "runs": {"filter": "filter-run", "relsim": "relsim"},
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A run with figures, curves of one of its two trainings, neighbors and stages."""
    return filled(tmp_path)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of such a run, for tests that only read it."""
    return write_report(filled(tmp_path_factory.mktemp("run")))


def filled(tmp_path: Path) -> Path:
    (tmp_path / "figures.json").write_text(json.dumps(figures()))
    (tmp_path / "relsim").mkdir()
    lines = [{"step": n, "loss": 2.0 - n / 10, "held_out/relation_p1": n / 10} for n in range(6)]
    (tmp_path / "relsim" / "metrics.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (tmp_path / "test").mkdir()
    Image.new("RGB", (16, 16), "red").save(tmp_path / "test" / "1.png")
    shown = {"picture": "test/1.png", "relation": "ring", "conventional": 'a "red" ring'}
    hits = [shown | {"caption": "", "same": True}]
    hits += [shown | {"picture": "test/2.png", "relation": "none", "caption": "", "same": False}]
    query = shown | {"caption": "A ring of {Objects}", "neighbors": {"relsim": hits}}
    neighbors = {"format": "relsim-reproduction-neighbors", "version": 1, "queries": [query]}
    neighbors["methods"] = [{"id": "relsim", "title": "relsim"}, {"id": "x", "title": "x"}]
    (tmp_path / "neighbors.json").write_text(json.dumps(neighbors))
    stage = {"status": "done", "title": "Train", "command": "relsim-train relsim --run 'a b'"}
    state = {"format": "relsim-reproduction-state", "version": 1}
    state["stages"] = {
        "train": stage | {"seconds": 90.0},
        "half": stage | {"title": "Half", "status": "failed", "seconds": 30.0},
    }
    (tmp_path / "state.json").write_text(json.dumps(state))
    return tmp_path


class Reader(HTMLParser):
    """Checks that tags close, and collects addresses and text."""

    _VOID = frozenset({"meta", "img", "br", "path", "use", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        named = ("src", "href", "xlink:href", "data")
        self.addresses += [value or "" for name, value in attributes if name in named]
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.text.append(data.strip())


def read(path: Path) -> tuple[str, Reader]:
    content = path.read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(content)
    assert not reader.open
    return content, reader


def test_everything_is_inside_one_file(written: Path) -> None:
    _, reader = read(written)
    assert written.name == "report.html"
    assert all(one.startswith(("data:image/png;base64,", "#")) for one in reader.addresses)
    assert sum(one.startswith("data:") for one in reader.addresses) == 2  # the query and a hit


def test_each_row_has_its_figures_and_the_papers_beside_it(written: Path) -> None:
    content, reader = read(written)
    assert "7.00 (6.90 – 7.10)" in reader.text
    assert re.search(r"6\.77 <small>relsim</small>", content)
    assert "&lt;b&gt;looks &amp; more" in content
    assert "<b>looks" not in content
    assert "+3.00 (+2.90 – +3.10)" in reader.text  # relsim less looks
    assert "20.3%" in reader.text  # kept by the filter
    assert "-2.00 (-2.10 – -1.90)" in reader.text  # relsim less what is better


def test_the_counterpart_is_compared_as_well(folder: Path, written: Path) -> None:
    content, reader = read(written)
    assert "&lt;photographs&gt;" in content
    assert "By seen &amp; more 80% do, more than by any measure of looks." in content
    assert "seen & more against each of the others" in reader.text
    assert "+4.00 (+3.90 – +4.10)" in reader.text  # it less looks
    assert reader.text.count("-1.00 (-1.10 – -0.90)") == 2  # less "upper", and relsim less it
    document = figures()
    del document["counterpart"]  # of an earlier program
    for one in document["rows"]:
        del one["start"], one["against_counterpart"]
    (folder / "figures.json").write_text(json.dumps(document))
    content, _ = read(write_report(folder))
    assert "seen &amp; more against each" not in content
    assert "relsim against each" in content


@pytest.mark.parametrize(
    ("difference", "words"),
    [(3.0, "more than by any"), (-3.0, "less than by the best"), (0.0, "within the uncertainty")],
)
def test_the_first_sentence_says_whether_looks_were_beaten(
    folder: Path, difference: float, words: str
) -> None:
    document = figures()
    document["rows"][2]["against"]["difference"] = estimate(difference)
    del document["counterpart"]
    (folder / "figures.json").write_text(json.dumps(document))
    content, _ = read(write_report(folder))
    assert words in content


def test_a_picture_that_is_gone_and_a_run_without_metrics_leave_a_report(
    written: Path, folder: Path
) -> None:
    content, reader = read(written)
    assert "2.png is not there any more" in reader.text
    assert "loss, relsim and its kin" in content
    assert "loss, filter" not in content
    for name in ("neighbors.json", "state.json", "relsim/metrics.jsonl"):
        (folder / name).unlink()
    content, _ = read(write_report(folder))
    assert "<h2>Training" not in content
    assert "<h2>Neighbors" not in content
    assert "<h2>How it was made" not in content


def test_only_finished_stages_count(written: Path) -> None:
    _, reader = read(written)
    assert "Half" not in reader.text
    assert "1.5" in reader.text
    assert "relsim-train relsim --run 'a b'" in reader.text


def test_the_same_figures_make_the_same_file(written: Path, folder: Path) -> None:
    assert write_report(folder).read_bytes() == written.read_bytes()


def test_full_scale_shows_captions_found_and_what_the_judge_said(folder: Path) -> None:
    found = {"model": "x", "pictures": 14881, "captions": 900, "caption_r1": 0.25}
    found |= {"chance_caption_r1": 0.001}
    method = {"title": "relsim", "first": estimate(6.5), "paper": 6.77}
    judged: dict[str, Any] = {
        "methods": [method, method | {"title": "LPIPS", "first": None, "paper": None}]
    }
    judged |= {"judge": {"id": "gpt & co"}, "queries": 1000, "seed": 0}
    document = {"format": "relsim-reproduction", "version": 1, "scale": "full", "rows": []}
    document |= {"measured": {"relsim": found}, "judged": judged, "runs": {"relsim": "relsim"}}
    document["filter"] = {"auc": 0.98, "name": "not a number"}
    (folder / "figures.json").write_text(json.dumps(document))
    _, reader = read(write_report(folder))
    assert "14,881" in reader.text
    assert "0.250" in reader.text
    assert "6.50 (6.40 – 6.60)" in reader.text
    assert "gpt & co" in " ".join(reader.text)
    document["judged"] = None
    (folder / "figures.json").write_text(json.dumps(document))
    content, _ = read(write_report(folder))
    assert "No judge was asked" in content
    assert "verified" not in content, "nothing is known of the groups"
    groups = {"groups": 40, "accepted": 30, "unseen_by_people": 20}
    (folder / "figures.json").write_text(json.dumps({**document, "groups": groups}))
    content, _ = read(write_report(folder))
    assert "30 of 40 groups, 20 of which no person verified" in content


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("{", "cannot be read"),
        ('{"format": "relsim-reproduction", "version": 2}', "newer"),
        ('{"format": "else", "version": 1}', "something else"),
    ],
)
def test_figures_that_cannot_be_used_are_refused(
    folder: Path, content: str | None, words: str
) -> None:
    path = folder / "figures.json"
    path.unlink()
    if content is not None:
        path.write_text(content)
    with pytest.raises(KnownError, match=words):
        write_report(folder)
    assert not (folder / "report.html").exists()
