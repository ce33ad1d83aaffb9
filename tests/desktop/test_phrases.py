from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.jobs import Progress
from engine.types import Coverage, Description, Failure, IndexReport, PairScore
from relsim_desktop import model_phrases, phrases


def test_pieces_tell_slots_from_text() -> None:
    assert list(phrases.pieces("A {Subject} inside {Frame}.")) == [
        ("A ", False),
        ("Subject", True),
        (" inside ", False),
        ("Frame", True),
        (".", False),
    ]


@given(st.text())
def test_pieces_lose_nothing(caption: str) -> None:
    joined = "".join(f"{{{text}}}" if slot else text for text, slot in phrases.pieces(caption))
    assert joined == caption


def test_a_summary_names_what_there_is() -> None:
    failed = (Failure(Path("a.png"), "empty file"),) * 71
    report = IndexReport(8121, 6850, 1200, failed, 0, 1.0, "relsim-mini")
    assert phrases.summary(report) == "8,121 found: 6,850 indexed, 1,200 reused, 71 failed"
    unchanged = IndexReport(8121, 0, 8121, (), 0, 1.0, "relsim-mini")
    assert phrases.summary(unchanged) == "Up to date: 8,121 pictures"
    assert phrases.summary(IndexReport(0, 0, 0, (), 0, 1.0, "m")) == "No pictures found"


@pytest.mark.parametrize(
    ("progress", "line"),
    [
        (
            Progress("Indexing", 1200, 8121, 3, 38.2, 181.0),
            "1,200 of 8,121 · 38 images/s · about 3 min left",
        ),
        (Progress("Scanning", 500, None), "500"),
        (Progress("Indexing", 10, 20, 0, 4.0, 2.5, paused=True), "10 of 20 · paused"),
        (Progress(), ""),
    ],
)
def test_progress_in_one_line(progress: Progress, line: str) -> None:
    assert phrases.progress(progress) == line


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(3, "a few seconds"), (41, "about 50 s"), (119, "about 2 min"), (7000, "about 1.9 h")],
)
def test_duration_is_no_more_precise_than_known(seconds: float, text: str) -> None:
    assert phrases.duration(seconds) == text


@given(st.floats(0, 100))
def test_a_percentile_is_never_the_whole_library(value: float) -> None:
    assert phrases.percentile(value) != "100%"
    assert phrases.standing(value) != "top 0%"
    assert phrases.relation(value)


def test_percentiles_from_both_ends() -> None:
    assert phrases.percentile(98.6) == "98%"
    assert phrases.percentile(99.97) == "99.9%"
    assert phrases.standing(98.6) == "top 2%"
    assert phrases.standing(99.97) == "top 0.1%"


@given(st.floats(-1, 1))
def test_every_cosine_has_words(cosine: float) -> None:
    assert "look" in phrases.look(cosine)


def test_words_that_have_no_look() -> None:
    assert phrases.look(math.nan) == ""
    assert phrases.score(math.nan) == "–"
    assert phrases.score(-0.25) == "−0.25"


def test_no_clear_relation_is_said_calmly() -> None:
    nothing = Description(None, 0.1)
    assert phrases.caption(nothing) == "No clear relation"
    assert phrases.confidence(nothing) == ""
    assert phrases.confidence(Description("{Subject}", 0.62)) == "Fairly sure (62%)"


def test_a_high_score_without_a_relation_is_no_analogy() -> None:
    clear = Description("{Objects} in a ring", 0.9)
    unclear = Description(None, 0.1)
    assert phrases.neighbor(99.5, clear) == "Strongly related · top 0.5%"
    assert phrases.neighbor(99.8, unclear) == "Alike in showing no clear relation"
    assert phrases.neighbor(40.0, unclear) == "Hardly related"
    assert phrases.pair(99.8, (clear, unclear)) == "Strongly related"
    assert phrases.pair(99.8, (unclear, unclear)) == "No clear relation"


def test_where_a_description_comes_from() -> None:
    assert phrases.provenance(Description("{Subject}", 0.62)) == (
        "From the caption bank, fairly sure (62%)"
    )
    written = Description("{Subject}", 0.62, "captioner", "relsim-captioner-7b/0a1b")
    assert phrases.provenance(written) == "Written by relsim-captioner-7b"
    pinned = Description("{Subject}", 0.62, "captioner", "relsim-captioner-7b/0a1b", pinned=True)
    assert phrases.provenance(pinned) == "Written by relsim-captioner-7b, pinned"
    assert phrases.provenance(Description("{Subject}", 1.0, "person")) == "In your words"
    assert phrases.provenance(Description(None, 0.1)) == ""


def test_a_score_without_a_percentile_is_not_placed() -> None:
    clear = Description("{Objects} in a ring", 0.9)
    for words in (
        phrases.neighbor(math.nan, clear),
        phrases.relation(math.nan),
        phrases.relation_in_full(math.nan),
        phrases.fit(math.nan),
    ):
        assert words == "Too few pictures to place it"
    score = PairScore(0.8, 0.2, math.nan, (clear, clear), "relsim-7b")
    assert phrases.verdict(score) == "Look nothing alike"
    assert "too few pictures" in phrases.standing_of_pair(math.nan)
    placed = PairScore(0.8, 0.2, 97.0, (clear, clear), "relsim-7b")
    assert phrases.verdict(placed) == "Clearly related, look nothing alike"


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 bytes"), (20_000_000, "20 MB"), (18_800_000_000, "18.8 GB"), (990_000_000, "1 GB")],
)
def test_bytes_in_words(count: int, text: str) -> None:
    assert phrases.size(count) == text


def test_a_transfer_in_one_line() -> None:
    running = Progress(
        "Downloading", 3_200_000_000, 18_800_000_000, 0, 12.4e6, 1258.0, unit="bytes"
    )
    assert phrases.progress(running) == "3.2 GB of 18.8 GB · 12.4 MB/s · about 21 min left"
    assert phrases.progress(Progress("Asking the hub", 0, None, unit="bytes")) == ""


def test_how_far_a_model_has_come() -> None:
    part = Coverage("relsim-7b", "square448", "key", 1204, 8923)
    assert model_phrases.coverage(part, "relsim-mini") == (
        "relsim-7b: 1,204 of 8,923 pictures embedded; until then it re-ranks relsim-mini’s answers"
    )
    assert model_phrases.share(part) == "1,204 of 8,923"
    whole = Coverage("relsim-7b", "square448", "key", 8923, 8923)
    assert model_phrases.coverage(whole, "relsim-mini") == model_phrases.share(whole) == ""
