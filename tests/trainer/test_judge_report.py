from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from judged import JUDGE, content, entry, made_up_protocol, random_scores
from PIL import Image

from engine.estimates import mean_estimates
from trainer.judge.figures import judge_figures
from trainer.judge.ledger import Entry, Key
from trainer.judge.plots import write_judge_plots
from trainer.judge.protocol import Asked, Protocol
from trainer.judge.report import render_judge, write_judge_report

FOUND = {
    "clip-i": {"q": ["x", "y"], "r": ["z", "q"], "s": ["x", "y"]},
    "attribute": {"q": ["x", "z"], "r": ["x", "z"], "s": ["q", "r"]},
}


def ledger(*entries: Entry) -> dict[Key, Entry]:
    return {one.key: one for one in entries}


def figures(*entries: Entry, protocol: Protocol | None = None) -> dict[str, Any]:
    return judge_figures(
        protocol or made_up_protocol(FOUND, paper={"clip-i": 5.91}), ledger(*entries)
    )


SOME = (
    entry("q", "x", 8.0),
    entry("r", "z", 5.0),
    entry("s", "x", None),
    entry("r", "x", 2.0),
    entry("s", "q", 6.0),
    entry("q", "y", 3.0),
)


def test_means_are_of_scores_and_what_is_missing_is_counted() -> None:
    found = figures(*SOME)
    clip, looks = found["methods"]
    assert clip["first"]["value"] == pytest.approx(6.5)
    assert clip["first"]["n"] == 2
    assert clip["all"]["value"] == pytest.approx(16 / 3, abs=1e-5)
    assert [rank["value"] for rank in clip["ranks"]] == [6.5, 3.0]
    assert (clip["pairs"], clip["judged"], clip["unusable"]) == (6, 4, 1)
    assert clip["coverage"] == pytest.approx(4 / 6)
    assert clip["unusable_share"] == pytest.approx(1 / 4)
    assert looks["first"]["value"] == pytest.approx(16 / 3, abs=1e-5)
    assert looks["ranks"][1] == {"value": 5.0, "low": 5.0, "high": 5.0, "n": 1}
    assert clip["less"] is None
    # q: 8 - 8, r: 2 - 5; s has no score of the first method's hit
    assert looks["less"]["value"] == pytest.approx(-1.5)
    assert looks["less"]["n"] == 2
    pairs = found["pairs"]
    assert (pairs["wanted"], pairs["pairs"], pairs["judged"], pairs["unusable"]) == (12, 10, 6, 1)


def test_intervals_resample_queries_not_pairs() -> None:
    count, k = 40, 5
    queries = [f"q{n}" for n in range(count)]
    scores = np.array(random_scores(count, 1))
    hits = {query: [f"{query}-{rank}" for rank in range(k)] for query in queries}
    # Every hit of a query has the same score: k times the pairs tell nothing more.
    entries = [
        entry(query, hit, float(score))
        for query, score in zip(queries, scores, strict=True)
        for hit in hits[query]
    ]
    (method,) = figures(*entries, protocol=made_up_protocol({"clip-i": hits}))["methods"]
    labels = np.array([content(query) for query in queries])
    expected = mean_estimates(scores[None], labels)[0].document()
    assert method["first"] == expected
    for end in ("value", "low", "high"):
        assert method["all"][end] == pytest.approx(expected[end])
    assert method["all"]["high"] - method["all"]["low"] > 0.5
    assert method["all"]["n"] == count * k


def test_what_another_judge_said_does_not_count() -> None:
    other = Entry(Key("somebody-2", content("q"), content("x")), 1.0, "1")
    assert figures(other)["pairs"]["judged"] == 0
    assert figures(other)["methods"][0]["first"] is None


def test_costs_count_each_pair_once_and_say_what_is_not_known() -> None:
    cost = figures(*SOME)["cost"]
    assert cost == {"tokens_in": 600, "tokens_out": 12, "untold": 0, "dollars": 0.001296}
    untold = figures(*SOME, entry("q", "z", 4.0, None))["cost"]
    assert untold["untold"] == 1
    assert untold["tokens_in"] == 600
    unpriced = made_up_protocol(FOUND, judge=Asked("endpoint", JUDGE))
    assert figures(*SOME, protocol=unpriced)["cost"]["dollars"] is None
    local = made_up_protocol(FOUND, judge=Asked("local", JUDGE))
    assert figures(*SOME, protocol=local)["cost"]["dollars"] == 0.0


def rows(page: str, title: str) -> list[list[str]]:
    lines = [line for line in page.splitlines() if line.startswith(f"| {title} |")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_the_page_stands_by_itself() -> None:
    page = render_judge(figures(*SOME))
    (clip, _), (looks, _) = rows(page, "CLIP-I"), rows(page, "ATTRIBUTE")
    assert clip[2].startswith("6.50 (")
    assert clip[3:] == ["–", clip[4], "66.7%", "25.0%", "5.91"]
    assert looks[3].startswith("-1.50 (-3.00 to +0.00")
    assert looks[-1] == "–"
    for words in (
        "100 distinct pictures, 60 of the test half and 40 distractors",
        "2 copies of the same content, 3 unreadable",
        "12 of all methods, 10 distinct ones, 6 judged (60.0%), 1 answers unusable (16.7%)",
        "600 tokens in, 12 out, 0.00 dollars",
        "Not all pairs are judged yet",
        "order of methods",
    ):
        assert words in page


def test_ground_truth_does_not_stand_beside_the_paper() -> None:
    truth = made_up_protocol(FOUND, judge=Asked("truth", JUDGE), paper={"clip-i": 5.91})
    page = render_judge(figures(*SOME, protocol=truth))
    assert "no judge of the paper's" in page
    assert "5.91" not in page
    assert "Nothing was paid" in page


def test_a_page_keeps_what_people_wrote(tmp_path: Path) -> None:
    page = tmp_path / "new" / "page.md"
    page.parent.mkdir()
    page.write_text("# Mine\n\n<!-- figures -->\nold\n<!-- end of figures -->\n\nEnd.\n")
    write_judge_report(page, figures(*SOME))
    text = page.read_text()
    assert text.startswith("# Mine")
    assert text.endswith("End.\n")
    assert "old" not in text
    assert "CLIP-I" in text


@pytest.mark.parametrize("kind", ["endpoint", "truth"])
def test_plots_show_methods_beside_the_paper_and_ranks(tmp_path: Path, kind: Any) -> None:
    protocol = made_up_protocol(FOUND, judge=Asked(kind, JUDGE), paper={"clip-i": 5.91})
    found = figures(*SOME, protocol=protocol)
    write_judge_plots(tmp_path, found)
    for name in ("methods", "ranks"):
        with Image.open(tmp_path / f"{name}.png") as picture:
            assert picture.width > 300
    assert (b"in the paper" in (tmp_path / "methods.svg").read_bytes()) == (kind == "endpoint")


def test_plots_and_page_of_nothing_judged(tmp_path: Path) -> None:
    found = figures()
    write_judge_plots(tmp_path, found)
    assert (tmp_path / "ranks.png").is_file()
    assert rows(render_judge(found), "CLIP-I")[0][2] == "–"


def test_one_rank_has_no_curve(tmp_path: Path) -> None:
    hits: dict[str, dict[str, Sequence[str]]] = {"clip-i": {"q": ["x"], "r": ["y"]}}
    found = figures(entry("q", "x", 4.0), protocol=made_up_protocol(hits))
    for folder in ("a", "b"):
        write_judge_plots(tmp_path / folder, found)
        assert not (tmp_path / folder / "ranks.png").exists()
    drawn, again = ((tmp_path / folder / "methods.svg").read_bytes() for folder in "ab")
    assert drawn == again
    assert "By rank" not in render_judge(found)
