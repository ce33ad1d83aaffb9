"""Shares, intervals, agreement, the chart and the tables."""

from __future__ import annotations

import csv
import io
import math
import random
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from made_study import answer, drawn_study

from engine.study.chart import chart_svg
from engine.study.export import answers_csv, answers_document
from engine.study.results import PAPER, Results, results
from engine.study.values import Answer, Choice, Method, Study


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return drawn_study(tmp_path / "drawn", queries=4)


@pytest.fixture
def answers() -> list[Answer]:
    """Odd trials are against looks, even ones against DreamSim."""
    said: dict[str, dict[int, Choice]] = {
        "Ann": {1: "first", 2: "first", 3: "first", 5: "second", 7: "same"},
        "Bob": {1: "first", 3: "same", 5: "second"},
        "Cid": {1: "second"},
    }
    return [
        answer(trial, who, choice) for who, all_ in said.items() for trial, choice in all_.items()
    ]


def test_shares_by_hand(study: Study, answers: list[Answer]) -> None:
    found = results(study, answers)
    looks, dreamsim = found.baselines
    assert (looks.wins, looks.ties, looks.losses, looks.answers) == (3, 2, 3, 8)
    assert looks.win is not None
    assert looks.loss is not None
    assert looks.lead is not None
    assert (looks.win.value, looks.loss.value, looks.lead.value) == (3 / 8, 3 / 8, 0.0)
    assert looks.win.low is not None
    assert looks.win.low < 3 / 8
    assert (looks.trials, looks.identical, looks.paper) == (4, 2, None)
    assert (dreamsim.wins, dreamsim.answers, dreamsim.identical) == (1, 1, 0)
    assert dreamsim.paper == (48.5, 17.0, 34.4)
    assert (found.trials, found.answers, found.tested.id) == (8, 9, "clip-i")
    ann = found.people[0]
    assert (ann.person, ann.answers, ann.wins, ann.ties, ann.losses) == ("Ann", 5, 3, 1, 1)
    assert ann.seconds == 1.5


def test_agreement_by_hand(study: Study, answers: list[Answer]) -> None:
    """Trial 1: one of three pairs agrees; trial 3: none of one; trial 5: one of one."""
    found = results(study, answers).agreement
    observed = (1 / 3 + 0 + 1) / 3
    first, same, second = (2 / 3 + 1 / 2 + 0) / 3, (0 + 1 / 2 + 0) / 3, (1 / 3 + 0 + 1) / 3
    chance = first**2 + same**2 + second**2
    assert found.trials == 3
    assert found.share == pytest.approx(observed)
    assert found.kappa == pytest.approx((observed - chance) / (1 - chance))


def test_intervals_count_queries_not_answers(study: Study) -> None:
    """Twenty people who say the same of four pictures are still four pictures."""
    few = [answer(trial, "p0", "first" if trial < 5 else "second") for trial in (1, 3, 5, 7)]
    many = [
        Answer(one.trial, f"p{number}", one.choice, one.seconds, one.at)
        for number in range(20)
        for one in few
    ]
    one, other = (results(study, given).baselines[0].win for given in (few, many))
    assert one is not None
    assert other is not None
    assert (one.low, one.high) == (other.low, other.high)
    assert other.n == 80


@pytest.mark.parametrize(("queries", "shows"), [(1, False), (5, False), (6, True)])
def test_a_few_pictures_show_no_difference_however_all_agree(
    tmp_path: Path, queries: int, shows: bool
) -> None:
    """Five coins that all fall alike are no proof at 95 %, six are; each person sees the same."""
    study = drawn_study(tmp_path / "more", queries=queries)
    given = [answer(t, who, "first") for who in ("a", "b", "c") for t in range(1, 2 * queries, 2)]
    looks = results(study, given).baselines[0]
    assert (looks.wins, looks.queries) == (3 * queries, queries)
    assert looks.win is not None
    assert looks.win.low == pytest.approx(0.025 ** (1 / queries))
    assert looks.win.high == 1.0
    assert looks.lead is not None
    assert looks.lead.low is not None
    assert (looks.lead.low > 0) is shows


def test_nothing_is_made_up_while_there_are_no_answers(study: Study) -> None:
    found = results(study, [])
    assert all(one.win is None and one.lead is None for one in found.baselines)
    assert (found.people, found.answers) == ((), 0)
    assert math.isnan(found.agreement.kappa)
    document = found.document()
    assert document["baselines"][0]["win"] is None
    assert document["agreement"] == {"trials": 0, "share": None, "kappa": None}
    with pytest.raises(KeyError):
        results(study, [answer(99, "Ann", "same")])


def test_the_papers_shares_are_whole() -> None:
    assert set(PAPER) == {"dreamsim", "dino", "clip-i", "clip-t", "qwen-t"}
    assert all(sum(shares) == pytest.approx(100, abs=0.11) for shares in PAPER.values())


def bars(found: Results) -> list[tuple[str, float, float]]:
    """Kind, left end and width of each part of a bar, top to bottom."""
    root = ET.fromstring(chart_svg(found))
    space = {"svg": "http://www.w3.org/2000/svg"}
    parts = [r for r in root.findall("svg:rect", space) if float(r.get("width", 0)) != 14]
    return [
        (str(r.get("class")), float(r.get("x", 0)), float(r.get("width", 0)))
        for r in parts
        if r.get("class") != "page"
    ]


def test_the_chart_is_drawn_to_scale(study: Study, answers: list[Answer]) -> None:
    found = results(study, answers)
    win, tie, loss, all_won, *_ = bars(found)
    assert (win[0], tie[0], loss[0]) == ("win", "tie", "loss")
    assert win[2] / (win[2] + tie[2] + loss[2]) == pytest.approx(3 / 8, abs=0.001)
    assert tie[1] == pytest.approx(win[1] + win[2], abs=0.11)
    assert all_won[2] == pytest.approx(win[2] + tie[2] + loss[2], abs=0.2)
    paper = bars(found)[-3:]
    assert paper[0][2] / sum(part[2] for part in paper) == pytest.approx(48.5 / 99.9, abs=0.001)


def test_the_chart_says_all_in_words_and_refers_to_nothing(
    study: Study, answers: list[Answer]
) -> None:
    svg = chart_svg(results(study, answers))
    assert "Rings &amp; &lt;grids&gt;" in svg
    assert "Against looks (attribute vector): better 37.5%, the same 25.0%, worse 37.5%." in svg
    assert "paper: 48.5 : 17.0 : 34.4 %" in svg
    assert "9 answers of 3 people" in svg
    assert "href" not in svg
    assert "url(" not in svg
    assert svg.count("http") == 1, "the name of SVG itself"
    empty = chart_svg(results(study, []))
    ET.fromstring(empty)
    assert empty.count("no answers yet.") == 2


def test_long_names_stay_in_the_chart(study: Study) -> None:
    long = Method("clip-i", "relsim (Qwen2.5-VL-7B), trained on everything that we have")
    svg = chart_svg(results(replace(study, methods=(long, *study.methods[1:])), []))
    root = ET.fromstring(svg)
    legend = [r for r in root.iter() if r.get("width") == "14"]
    assert len(legend) == 3
    assert max(float(r.get("x", 0)) for r in legend) < 720, "the last one's words need 140 more"
    one = chart_svg(results(study, [answer(1, "Ann", "first")]))
    assert "1 answer of 1 person" in one
    assert "1 answers" not in one


def test_answers_as_a_table(study: Study, answers: list[Answer]) -> None:
    given = [*answers, answer(2, "=1+1", "second")]
    rows = list(csv.DictReader(io.StringIO(answers_csv(study, given).decode())))
    assert len(rows) == 10
    assert rows[0]["preferred"] == "clip-i"
    assert (rows[3]["trial"], rows[3]["choice"]) == ("t0005", "second")
    assert rows[3]["preferred"] == "attribute"
    assert rows[4]["preferred"] == "same"
    assert rows[-1]["person"] == "'=1+1", "a spreadsheet would run it"
    assert rows[-1]["preferred"] == "dreamsim"
    assert rows[0]["query"] == study.trials[0].query.name


def test_answers_as_json(study: Study, answers: list[Answer]) -> None:
    document = answers_document(study, answers)
    assert document["results"] == results(study, answers).document()
    assert document["answers"][0] == {
        "person": "Ann",
        "trial": "t0001",
        "choice": "first",
        "seconds": 1.5,
        "at": "2026-02-03T04:00:00.000+00:00",
        "baseline": "attribute",
        "preferred": "clip-i",
    }


def test_many_people_who_answer_by_lot_agree_by_chance(study: Study) -> None:
    drawn = random.Random(4)
    choices: tuple[Choice, ...] = ("first", "second", "same")
    given = [
        answer(trial, f"p{person}", drawn.choice(choices))
        for person in range(60)
        for trial in range(1, 9)
    ]
    assert results(study, given).agreement.kappa == pytest.approx(0, abs=0.03)
