"""The arguments of ``relsim neighbors``, and what it says to those that mean nothing."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.commands.finding import add_finding_arguments, ask_from
from engine.errors import QueryError
from engine.finding.filters import NO_FILTERS, Filters
from engine.finding.finder import Ask, Part


def ask(*arguments: str) -> Ask:
    parser = argparse.ArgumentParser()
    add_finding_arguments(parser)
    return ask_from(parser.parse_args(arguments))


def day(*numbers: int) -> int:
    return int(datetime(*numbers, tzinfo=UTC).timestamp() * 1e9)  # type: ignore[arg-type]


def test_one_picture_is_a_plain_question() -> None:
    assert ask("a.png") == Ask((Part(Path("a.png")),))


def test_all_that_can_be_asked() -> None:
    question = ask(
        *("a.png", "b.png", "--also", "A {Thing} in two", "--not", "c.png"),
        *("--not-text", "A row", "--relation", "A ring", "--surprise", "0.5", "--collapse"),
        *("--folder", "/x/../y", "--folder", "z", "--format", ".JPG", "--format", "raw"),
        *("--orientation", "Portrait", "--colour", "red", "--colour", "Teal"),
        *("--after", "2024", "--before", "2024-05-31", "--min-percentile", "90", "--farthest"),
    )
    assert question.parts == (
        Part(Path("a.png")),
        Part(Path("b.png")),
        Part("A {Thing} in two"),
        Part(Path("c.png"), -1.0),
        Part("A row", -1.0),
    )
    assert (question.relation, question.surprise, question.collapse) == ("A ring", 0.5, True)
    assert question.order == "farthest"
    assert question.filters == Filters(
        folders=(Path("/x/../y"), Path("z").absolute()),
        after_ns=day(2024, 1, 1),
        before_ns=day(2024, 5, 31),
        formats=("JPEG", "RAW"),
        orientations=("portrait",),
        colours=("red", "teal"),
        min_percentile=90.0,
    )


def test_a_sentence_is_enough() -> None:
    assert ask("--also", "A ring") == Ask((Part("A ring"),), filters=NO_FILTERS)


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--colour", "ochre"], "black, grey, white"),
        (["--format", "docx"], "jpeg, jpg, png"),
        (["--orientation", "upright"], "landscape, portrait, square"),
        (["--after", "yesterday"], "2024-05-31"),
        (["--before", "2024-13-01"], "2024-05-31"),
        (["--before", "2024-02-30"], "2024-05-31"),
        (["--min-percentile", "101"], "between 0 and 100"),
        (["--surprise", "much"], "between 0 and 1"),
    ],
)
def test_nonsense_is_answered_with_what_is_allowed(
    arguments: list[str], allowed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        ask("a.png", *arguments)
    assert stopped.value.code == 2
    last = capsys.readouterr().err.splitlines()[-1]
    assert arguments[0] in last
    assert allowed in last


def test_only_negatives_are_no_question() -> None:
    with pytest.raises(QueryError, match="--also"):
        ask("--not", "a.png", "--not-text", "A row")
    with pytest.raises(QueryError, match="--also"):
        ask()


def test_no_day_is_between_a_day_and_an_earlier_one() -> None:
    with pytest.raises(QueryError, match="earlier"):
        ask("a.png", "--after", "2024-02-01", "--before", "2024-02-01")
