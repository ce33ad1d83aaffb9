"""What the slots of captions are, and may be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.describe import read_bank
from engine.errors import ModelError
from engine.understanding.slots import meaning_of, read_meanings, singular, slots_of


def test_slots_are_found_in_order_and_empty_braces_are_none() -> None:
    caption = "A {Small Animal} behind a {Barrier}, and {} and { }"
    first, second = slots_of(caption)
    assert (first.name, second.name) == ("Small Animal", "Barrier")
    assert caption[first.start : first.end] == "{Small Animal}"
    assert caption[second.start : second.end] == "{Barrier}"


def test_every_slot_of_the_bank_is_described_with_three_to_six_examples() -> None:
    captions, _ = read_bank()
    names = {slot.name for caption in captions for slot in slots_of(caption.text)}
    assert len(names) > 300
    known = read_meanings()
    for name in names:
        meaning = meaning_of(name)
        assert singular(name) in known, name
        assert 3 <= len(meaning.examples) <= 6, name
        assert len(set(meaning.examples)) == len(meaning.examples), name
        assert meaning.what == meaning.what.strip(" ."), name


def test_no_description_is_of_a_slot_that_the_bank_does_not_use() -> None:
    captions, _ = read_bank()
    used = {singular(slot.name) for caption in captions for slot in slots_of(caption.text)}
    assert set(read_meanings()) == used


@pytest.mark.parametrize(
    ("name", "kind", "is_several"),
    [
        ("Objects", "Object", True),
        ("Living Things", "Living Thing", True),
        ("Bodies", "Body", True),
        ("branches", "Branch", True),
        ("Subject", "Subject", False),
        ("Lens", "Lens", False),
        ("Runner-up", "Runner-Up", False),
    ],
)
def test_a_plural_is_several_of_its_kind(name: str, kind: str, is_several: bool) -> None:
    assert singular(name) == kind
    assert meaning_of(name).is_several == is_several


def test_an_unknown_slot_is_described_by_its_own_words() -> None:
    zeppelin = meaning_of("Zeppelin")
    assert "zeppelin" in zeppelin.what
    assert zeppelin.examples == ()
    toys = meaning_of("Wooden Toys")
    assert "wooden toys" in toys.what
    assert toys.examples == meaning_of("Toy").examples
    assert toys.is_several


@pytest.mark.parametrize("content", ["", "[]", '{"format": 2, "slots": {}}', '{"format": 1}'])
def test_a_damaged_file_is_a_known_error(content: str, tmp_path: Path) -> None:
    path = tmp_path / "slots.json"
    path.write_text(content)
    with pytest.raises(ModelError):
        read_meanings(path)


def test_the_file_is_in_order() -> None:
    names = list(read_meanings())
    assert names == sorted(names)
    assert len(names) == len({json.dumps(name.lower()) for name in names})
