from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.models.anonymity import is_anonymous, leaks
from relsim_desktop.presenters.leaks import concern, leak_spans, slot_spans


def marked(caption: str) -> list[str]:
    return [caption[start : start + length] for start, length in leak_spans(caption)]


@pytest.mark.parametrize(
    ("caption", "words"),
    [
        ("Stages of a {Subject} over time", []),
        ("Two mice and a Dog beside {Animals}", ["mice", "Dog"]),
        ("A {Dog} beside the dog's bowl", ["dog's", "bowl"]),
        ("A man-made {Object}", ["man-made"]),
        ("A {Tower} near the Eiffel Tower", ["Eiffel Tower"]),
        ("{Toys} that bear a load near a bear", ["bear"]),
        ("A dog and another dog with {Things}", ["dog", "dog"]),
    ],
)
def test_the_words_that_name_something_are_found(caption: str, words: list[str]) -> None:
    assert marked(caption) == words


@given(st.lists(st.sampled_from(["a", "dog", "{Dog}", "dogs", "that", "bear", "{", "}", "fire"])))
def test_places_lie_in_the_caption_and_outside_its_slots(words: list[str]) -> None:
    caption = " ".join(words)
    slots = [set(range(start, start + length)) for start, length in slot_spans(caption)]
    end = 0
    for start, length in leak_spans(caption):
        assert end <= start < start + length <= len(caption)
        assert not any(slot & set(range(start, start + length)) for slot in slots)
        end = start + length
    assert bool(leaks(caption)) >= bool(end)
    assert bool(concern(caption)) != is_anonymous(caption)


@pytest.mark.parametrize(
    ("caption", "said"),
    [
        ("Stages of a {Subject} over time", ""),
        ("A dog, a cat and {Animal}", "names “dog” and “cat” outside a slot"),
        ("Stages over time", "no slot"),
        ("Stages of {Subject over time", "brace has no partner"),
        ("{A} " + "so " * 60, "more than 60 words"),
    ],
)
def test_what_is_wrong_is_said(caption: str, said: str) -> None:
    assert said in concern(caption)


def test_a_caption_of_a_whole_page_is_not_looked_through() -> None:
    assert marked("A dog on a cat. " * 500) == []
    assert marked("A dog on a {Surface}") == ["dog"]
