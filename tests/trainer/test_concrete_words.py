"""The choice of words from WordNet's files, on a few entries in their format."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.captions.concrete_words import Reviewed, WordNet, choose, read_reviewed

LICENCE = "  1 This software and database is being provided to you, the LICENSEE\n"
# offset, lexicographer file, word, pointer symbols
SENSES = [
    ("00000001", "05", "bear", "@"),
    ("00000002", "05", "cat", "@"),
    ("00000003", "25", "circle", "@"),
    ("00000004", "06", "frame", "@"),
    ("00000005", "13", "orange", "@"),
    ("00000006", "15", "Paris", "@i"),
    ("00000007", "05", "mouse", "@"),
    ("00000008", "05", "cats", "@"),
    ("00000009", "06", "coating", "@"),
    ("00000010", "18", "ancient", "@"),
]
TAGS = [
    "bear%1:05:00:: 1 3", "bear%2:42:00:: 1 40", "cat%1:05:00:: 1 18", "circle%1:25:00:: 1 15",
    "frame%1:06:00:: 1 9", "orange%1:13:00:: 1 2", "orange%3:00:00:: 1 5", "mouse%1:05:00:: 1 7",
]  # fmt: skip


@pytest.fixture
def wordnet(tmp_path: Path) -> WordNet:
    data = [f"{at} {file} n 01 {word} 0 001 {p} 1 n 0000 | x\n" for at, file, word, p in SENSES]
    index = [f"{word.lower()} n 1 1 @ 1 0 {at}  \n" for at, _, word, _ in SENSES]
    files = {
        "data.noun": [LICENCE, *data],
        "index.noun": [LICENCE, *index],
        "index.verb": ["bear v 1 1 @ 1 1 00000001  \n", "coat v 1 1 @ 1 0 00000001  \n"],
        "index.adj": ["orange a 1 1 & 1 1 00000001  \n", "ancient a 1 1 & 1 0 00000001  \n"],
        "index.adv": [],
        "verb.exc": ["bore bear\n"],
        "noun.exc": ["mice mouse\n", "aardwolves aardwolf\n"],
        "cntlist.rev": [f"{line}\n" for line in TAGS],
    }
    for name, lines in files.items():
        (tmp_path / name).write_text("".join(lines), encoding="latin-1")
    return WordNet(tmp_path)


def test_tags_and_the_reviewed_list_decide(wordnet: WordNet) -> None:
    reviewed = Reviewed(frozenset({"frame"}), ("wing",), ("hot dog",), ("family tree",))
    assert choose(wordnet, reviewed) == [
        "bear~", "cat", "mouse", "orange^", "wing", "hot dog", "Paris", "mice=mouse",
        "-family tree",
    ]  # fmt: skip


def test_the_reviewed_list_contradicts_itself_nowhere() -> None:
    reviewed = read_reviewed()
    assert not reviewed.general & {word.rstrip("~^") for word in reviewed.added}
