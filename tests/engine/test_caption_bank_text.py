"""The extra captions of the bank: format, slots, length, anonymity, uniqueness."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from importlib.resources import files

FAMILIES = {
    "growth and decay over time",
    "repetition and order",
    "containment and concealment",
    "part and whole",
    "symmetry and opposition",
    "hierarchy and network",
    "support and balance",
    "exception and contrast",
    "flow and direction",
    "substitution and hybrid",
    "scale and perspective",
    "grouping",
    "light and reflection",
    "cause and effect",
    "art and depiction",
}
SLOT = re.compile(r"\{([A-Z][A-Za-z]*(?: [A-Z][A-Za-z]*)*)\}")
WORD = re.compile(r"[a-z]+")
# What a caption may only show behind a slot. A slot itself may be as general as "{Animal}".
CONCRETE_WORDS = """
    animal apple baby ball balloon banana bear bee bicycle bird boat book bottle box boy
    branch bread building bus butterfly cake candle car cat chair child church city clock
    cloud coin cow crown cup dancer desk dog door dress duck egg elephant eye finger fire fish
    flag flower foot forest fruit garden gate girl glass grass gun hair hand hat heart hill
    hive horse house ice insect island key king knife lake lamp leaf letter lion man meal
    mirror moon mountain mouth mushroom nail ocean orange owl paper pear pen pencil penguin
    person photo pig plane planet plant plate puppet queen rabbit river road rocket root rope
    rose sea sheep shell ship shirt shoe skull sky snake snow soldier spider spoon star stone
    street string sun sword table tail tent toy train tree trunk umbrella wall water wheel
    window wolf woman wood worm
"""
CONCRETE = frozenset(CONCRETE_WORDS.split())


def captions() -> list[dict[str, str]]:
    text = (files("resources") / "captions" / "extra.json").read_text(encoding="utf-8")
    document = json.loads(text)
    assert document["format"] == 1
    return document["captions"]


def singulars(word: str) -> set[str]:
    """The word and what it may be the plural of."""
    return {word, word.removesuffix("s"), word.removesuffix("es")}


def test_every_caption_has_text_key_and_family() -> None:
    rows = captions()
    assert len(rows) >= 350
    for row in rows:
        assert set(row) == {"text", "relation", "family"}
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", row["relation"]), row
    assert {row["family"] for row in rows} == FAMILIES


def test_captions_are_short_sentences_with_one_to_three_slots() -> None:
    for row in captions():
        text = row["text"]
        assert 6 <= len(text.split()) <= 16, text
        assert 1 <= len(SLOT.findall(text)) <= 3, text
        assert not set("{}") & set(SLOT.sub("", text)), text
        assert text == text.strip(), text
        assert not text.endswith("."), text
        assert text.lstrip("{")[0].isupper(), text


def test_captions_name_nothing_concrete_outside_slots() -> None:
    for row in captions():
        bare = SLOT.sub(" ", row["text"]).lower()
        named = {word for word in WORD.findall(bare) if singulars(word) & CONCRETE}
        assert not named, (row["text"], named)


def test_wordings_are_unique_and_relations_keep_one_family() -> None:
    rows = captions()
    plain = [" ".join(WORD.findall(row["text"].lower())) for row in rows]
    assert not [text for text, count in Counter(plain).items() if count > 1]
    families: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        families[row["relation"]].add(row["family"])
    assert all(len(names) == 1 for names in families.values())
    assert max(Counter(row["relation"] for row in rows).values()) <= 2
