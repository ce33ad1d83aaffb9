"""Why two pictures match, in words."""

from __future__ import annotations

import math

import pytest

from engine.finding.relations import Relation
from engine.types import Description
from engine.understanding.aligning import align
from engine.understanding.explainer import Explanation, Standing
from engine.understanding.slots import Meaning
from relsim_desktop import why_phrases

STANDING = Standing(0.9, 99.5, 3, 1204, 41_208, "relsim-mini")


def explained(a: str | None, b: str | None, *, same: bool | None = None) -> Explanation:
    alignment = align(a, b, encode=None, is_same_relation=same) if a and b else None
    captions = Description(a, 0.9), Description(b, 0.8)
    return Explanation(STANDING, STANDING, captions, Relation("A {Thing}", 0.834, "x"), alignment)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"),
     (21, "21st"), (111, "111th"), (122, "122nd")],
)  # fmt: skip
def test_ordinals(number: int, text: str) -> None:
    assert why_phrases.ordinal(number) == text


def test_ranks_say_of_how_many_by_what() -> None:
    rank, of = why_phrases.ordinal(3), why_phrases.number(41_208)
    assert why_phrases.logic_rank(STANDING) == f"{rank} closest of {of} by logic"
    assert why_phrases.look_rank(STANDING).endswith("by look")
    first = Standing(0.9, 99.5, 1, 1, 7, "relsim-mini")
    assert why_phrases.look_rank(first) == "Closest of 7 by look"
    assert why_phrases.ordinal(1204) in why_phrases.rank_back(STANDING)


def test_percentiles_are_said_where_there_is_something_to_compare_with() -> None:
    assert "99.5%" in why_phrases.percentile(STANDING)
    nowhere = Standing(0.9, math.nan, 1, 1, 1, "relsim-mini")
    assert "%" not in why_phrases.percentile(nowhere)


def test_two_models_are_both_named() -> None:
    one = explained("A {Cat}", "A {Dog}", same=True)
    assert why_phrases.models(one).count("relsim-mini") == 1
    large = Standing(0.9, 99.5, 3, 4, 100, "relsim-qwenvl25")
    two = Explanation(large, STANDING, one.captions, one.shared, one.alignment)
    assert "relsim-qwenvl25" in why_phrases.models(two)
    assert "relsim-mini" in why_phrases.models(two)


def test_why_no_slots_are_aligned_is_said_plainly() -> None:
    said = {
        why_phrases.unaligned(explained("A {Cat} in a {Box}", None)),
        why_phrases.unaligned(explained("A {Cat} in a {Box}", "Three in a row")),
        why_phrases.unaligned(explained("A {Cat} in a {Box}", "A {Dog}", same=False)),
        why_phrases.unaligned(explained("A {Cat} in a {Box}", "A {Dog} on a {Mat}")),
    }
    assert len(said) == 4
    aligned = explained("A {Cat} asleep", "A sleeping {Dog}", same=True)
    assert why_phrases.unaligned(aligned) == ""
    assert "same relation" in why_phrases.alignment(aligned)


def test_a_meaning_is_one_line() -> None:
    barrier = Meaning("Barrier", "what stands between", ("a wall", "a fence", "a door"), False)
    assert (
        why_phrases.meaning(barrier)
        == "Barrier: what stands between, such as a wall, a fence, a door"
    )
    assert "several" in why_phrases.meaning(Meaning("Walls", "a flat barrier", (), True))
