"""Slots of two captions that stand for the same role."""

from __future__ import annotations

from itertools import combinations

import pytest

from engine.describe import CaptionBank, read_bank
from engine.models.registry import find_model
from engine.models.text import TextEncoder
from engine.understanding.aligning import Alignment, align
from engine.understanding.slots import slots_of


@pytest.fixture(scope="module")
def text() -> TextEncoder:
    return TextEncoder()


def named(alignment: Alignment | None) -> dict[str, str]:
    """Name of a slot of the first caption -> of the second."""
    assert alignment is not None
    a, b = alignment.slots
    return {a[pair.a].name: b[pair.b].name for pair in alignment.pairs}


def by_words(a: str, b: str, text: TextEncoder) -> Alignment | None:
    return align(a, b, encode=text.encode, is_same_relation=None)


# fmt: off
RIGHT = [
    ("An {Animal} peeking out from behind a {Barrier}", "A {Person} hiding behind a {Wall}",
     {"Animal": "Person", "Barrier": "Wall"}),
    ("A {Wall} that conceals half of an {Animal}", "A {Person} peeking over a {Fence}",
     {"Wall": "Fence", "Animal": "Person"}),
    ("A {Cat} inside a {Box}", "A {Container} that holds a {Machine}",
     {"Cat": "Machine", "Box": "Container"}),
    ("A {Cat} inside a {Box}", "A {Machine} kept in a {Container}",
     {"Cat": "Machine", "Box": "Container"}),
    ("A {Projectile} flying straight toward the centre of its {Target}",
     "An {Arrow} stuck in the {Bullseye}", {"Projectile": "Arrow", "Target": "Bullseye"}),
    ("A {Leader} followed by a line of {Followers}",
     "A {Duck} walking in front of many {Ducklings}",
     {"Leader": "Duck", "Followers": "Ducklings"}),
    ("A {Leader} followed by a line of {Followers}", "Many {Ducklings} walking behind one {Duck}",
     {"Leader": "Duck", "Followers": "Ducklings"}),
    ("A small {Item} outweighing a large {Object} on a {Scale}",
     "A {Scale} on which a big {Animal} is lighter than a tiny {Fruit}",
     {"Item": "Fruit", "Object": "Animal", "Scale": "Scale"}),
    ("A {Building} reflected in {Water}", "A {Tree} mirrored by a {Lake}",
     {"Building": "Tree", "Water": "Lake"}),
    ("A {Subject} casting the shadow of a {Monster}",
     "The shadow of a {Lion} falls from a small {Monkey}",
     {"Subject": "Monkey", "Monster": "Lion"}),
    ("A {Head} replaced by a {Flower}",
     "A {Figure} whose {Head} has been replaced by an {Object}",
     {"Head": "Head", "Flower": "Object"}),
    ("{Objects} arranged in a ring around a {Center}",
     "A {Hub} with {Satellites} all around it", {"Objects": "Satellites", "Center": "Hub"}),
    ("A {Parent} leading its {Young} in single file",
     "{Ducklings} in a line behind their {Mother}", {"Parent": "Mother", "Young": "Ducklings"}),
    ("A {Vehicle} built out of {Goods}", "{Fruit} arranged in the form of a {Car}",
     {"Vehicle": "Car", "Goods": "Fruit"}),
    ("A {Person} carrying a heavy {Bag}", "A {Sack} on the back of a {Donkey}",
     {"Person": "Donkey", "Bag": "Sack"}),
]
APART = [
    ("{Objects} stacked into a tower", "A {Subject} reflected in {Water}"),
    ("A {Cat} inside a {Box}", "{Objects} in a regular grid"),
    ("A {Subject} cut open to show its {Inside}", "A {Leader} followed by {Followers}"),
    ("An {Animal} peeking out from behind a {Barrier}", "A {Ball} balanced on a {Nose}"),
    ("A {Subject} growing step by step", "A ring of {Objects} around an empty center"),
]
# fmt: on


@pytest.mark.parametrize(("a", "b", "expected"), RIGHT)
def test_slots_of_free_captions_are_paired_by_their_words(
    a: str, b: str, expected: dict[str, str], text: TextEncoder
) -> None:
    found = by_words(a, b, text)
    assert found is not None
    if found.way == "words":
        assert named(found) == expected
        assert named(by_words(b, a, text)) == {there: here for here, there in expected.items()}
    else:  # worded so differently that no logic in common is claimed: no wrong pair either
        assert found.pairs == ()


def test_most_captions_of_one_logic_are_recognised_as_such(text: TextEncoder) -> None:
    ways = [by_words(a, b, text) for a, b, _ in RIGHT]
    assert sum(found is not None and found.way == "words" for found in ways) >= 0.8 * len(RIGHT)


@pytest.mark.parametrize(("a", "b"), APART)
def test_captions_of_different_relations_are_not_aligned(a: str, b: str, text: TextEncoder) -> None:
    found = by_words(a, b, text)
    assert found is not None
    assert (found.way, found.pairs) == ("none", ())


def test_relations_of_the_bank_that_differ_need_no_words() -> None:
    found = align("A {Cat} in a {Box}", "{Objects} in a row", encode=None, is_same_relation=False)
    assert found is not None
    assert (found.way, found.pairs) == ("none", ())


def test_captions_of_one_relation_pair_slots_of_one_name_in_any_order() -> None:
    found = align(
        "A small {Object} placed on the head of a larger {Subject}",
        "A {Subject} carrying a little {Object} on top",
        encode=None,
        is_same_relation=True,
    )
    assert named(found) == {"Object": "Object", "Subject": "Subject"}
    assert found is not None
    assert found.way == "relation"


def test_what_is_left_over_belongs_together_and_singular_to_plural() -> None:
    found = align(
        "{Objects} hung from a {Line}", "A {Cord} with an {Object}",
        encode=None, is_same_relation=True,
    )  # fmt: skip
    assert named(found) == {"Objects": "Object", "Line": "Cord"}


def test_more_left_over_waits_for_the_encoder(text: TextEncoder) -> None:
    a = "A {Subject} that wears an {Object} like a hat"
    b = "A little {Thing} sitting on a large {Support}"
    assert align(a, b, encode=None, is_same_relation=True) is None
    assert align(a, b, encode=None, is_same_relation=None) is None
    found = align(a, b, encode=text.encode, is_same_relation=True)
    assert found is not None
    assert len(found.pairs) == 2


@pytest.mark.parametrize("other", ["Three in a row", "A {} with nothing in it", ""])
def test_a_caption_without_slots_aligns_with_nothing(other: str) -> None:
    found = align("A {Cat} in a {Box}", other, encode=None, is_same_relation=None)
    assert found is not None
    assert (found.way, found.pairs) == ("none", ())


def test_a_caption_aligns_with_itself_place_by_place_without_words() -> None:
    caption = "A {Subject} inside the same {Subject} inside the same {Subject}"
    found = align(caption, caption, encode=None, is_same_relation=None)
    assert found is not None
    assert [(pair.a, pair.b) for pair in found.pairs] == [(0, 0), (1, 1), (2, 2)]


def test_every_two_wordings_of_a_relation_of_the_bank_are_aligned(text: TextEncoder) -> None:
    """Each slot has at most one partner, and as many have one as can."""
    captions, _ = read_bank()
    bank = CaptionBank.load(find_model())
    by_relation: dict[str, list[str]] = {}
    for caption in captions:
        if slots_of(caption.text):
            by_relation.setdefault(caption.relation, []).append(caption.text)
    pairs = [pair for texts in by_relation.values() for pair in combinations(texts, 2)]
    assert len(pairs) > 500
    for a, b in pairs:
        assert bank.are_alike(bank.relations[a], bank.relations[b])
        found = align(a, b, encode=None, is_same_relation=True)
        if found is None:  # several slots of other names: the encoder decides
            continue
        fewest = min(len(slots) for slots in found.slots)
        assert len(found.pairs) == fewest, (a, b)
        assert len({pair.b for pair in found.pairs}) == fewest
