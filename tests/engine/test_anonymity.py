"""What counts as naming a thing outside the slots, and what a sound caption is."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from golden_files import golden

from engine.models.anonymity import MAX_WORDS, is_anonymous, leaks
from resources import ROOT


def bank() -> list[str]:
    text = (ROOT / "captions" / "bank.json").read_text(encoding="utf-8")
    return [row["text"] for row in json.loads(text)["captions"]]


@pytest.mark.parametrize(
    ("caption", "expected"),
    [
        ("A {Animal} beside a banana and two cats", ("banana", "cat")),
        ("A {Animal} beside a cat, and another CAT", ("cat",)),
        ("Mice, wolves and knives around {Objects}", ("mouse", "wolf", "knife")),
        ("A fireman's ladder holding {Objects}", ("fireman", "ladder")),
        ("A cat-shaped {Container}", ("cat",)),
        ("A tree-lined {Route}", ("tree",)),
        ("{Subject} posing before the Eiffel Tower", ("eiffel tower",)),
        ("Paris seen from a {Vehicle}", ("paris",)),
        ("The Eiffel Tower made of {Food}", ("eiffel tower",)),
        ("A hot dog standing beside a {Subject}", ("hot dog",)),
        ("A woman\u2019s face made of {Objects}", ("woman",)),
        ("Children drawing a {Subject}", ("child",)),
    ],
)
def test_things_outside_slots_are_named(caption: str, expected: tuple[str, ...]) -> None:
    assert leaks(caption) == expected
    assert not is_anonymous(caption)


@pytest.mark.parametrize(
    ("noun", "other"),
    [
        ("A bear carries a {Load}", "A {Wall} that bears a {Load}"),
        ("A large brown bear and a {Load}", "Strong {Animals} bear a {Load}"),
        ("An orange balanced on a {Subject}", "An orange glow around a {Subject}"),
        ("A leaf on a {Subject}", "What a {Subject} leaves behind"),
        ("A duck below a {Subject}", "A {Person} has to duck below a {Subject}"),
    ],
)
def test_neighbours_decide_about_words_of_two_kinds(noun: str, other: str) -> None:
    assert leaks(noun)
    assert not leaks(other)


@pytest.mark.parametrize(
    "caption",
    [
        "A {Animal} balancing a {Leaf} on its head",
        "{Objects} arranged in a circle around an empty center",
        "A {Subject} seen from a bird's-eye view",
        "A family tree of {Subjects}",
        "A Gothic {Building} in December",
        "Creative Arrangement of {Objects} Showing Their Many Shapes and Colors",
        '"Layers of {Material} form a pattern."',
        "A {Person/Animal}-like silhouette in red and blue",
    ],
)
def test_words_of_the_logic_are_free(caption: str) -> None:
    assert leaks(caption) == ()
    assert is_anonymous(caption)


@pytest.mark.parametrize(
    "caption",
    [
        "",
        "   ",
        "Two rows that meet in the middle",
        "A {Subject hidden from view",
        "A Subject} hidden from view",
        "A {{Subject}} hidden from view",
        "A {Sub{ject} hidden}",
        "A {} hidden from view",
        "A { } hidden from view",
        "A {Subject} hidden\nfrom view",
        "A {Subject} " + "again " * (MAX_WORDS - 1),
    ],
)
def test_broken_captions_are_not_anonymous(caption: str) -> None:
    assert not is_anonymous(caption)


def test_sixty_words_are_not_too_many() -> None:
    assert is_anonymous("A {Subject} " + "again " * (MAX_WORDS - 2))


def test_slots_are_not_looked_into() -> None:
    assert leaks("A {Cat} on a {Park Bench} beside the {Eiffel Tower}") == ()


def test_the_bank_names_nothing() -> None:
    assert {text: leaks(text) for text in bank() if leaks(text)} == {}


def test_captions_of_a_model_are_refused_for_what_they_name() -> None:
    text = golden("anonymous_captions_sample.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    captions = [row["caption"] for row in rows if "caption" in row]
    refused = [leaks(caption) for caption in captions if not is_anonymous(caption)]
    assert len(captions) == 40
    assert len(refused) == 5
    assert all(refused)


def test_threads_may_ask_at_once() -> None:
    captions = [*bank()[:100], "A cat on a {Subject}"]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(leaks, captions * 4))
    assert answers == [*[()] * 100, ("cat",)] * 4
