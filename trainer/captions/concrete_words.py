"""Which words name a concrete visible thing, from WordNet's noun files and its tag counts.

    python -m trainer.captions.concrete_words WORDNET_DIR

WORDNET_DIR holds ``index.noun``, ``data.noun`` and the like of WordNet 3.0, as Debian's package
``wordnet-base`` installs them under ``/usr/share/wordnet``. The result goes to
``resources/captions/concrete.txt``, where `engine.models.anonymity` reads it. It lives here and not
with the tests because it makes something that ships, as the other commands of the trainer do.

A noun is taken if at least half of its tagged senses (the first sense, where none is tagged) are
animals, artifacts, food, natural objects, persons or plants. Words that are more often verbs are
marked to be judged by their neighbours; words that are more often adjectives are left out unless
they are food, plants or animals ("orange"). ``reviewed.toml`` beside this file has the last word.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.models.anonymity import RESOURCE, singulars

HEADER = """\
# Words that name a concrete visible thing; made by `python -m trainer.captions.concrete_words`.
# Derived from WordNet 3.0, Copyright 2006 by Princeton University; see NOTICE for its licence.
# word: a noun; word~: a noun unless it stands like a verb; word^: a noun unless a noun follows.
# Capitalised: a name. form=word: an irregular plural. -phrase: harmless as a whole.
"""
_ANIMAL, _ARTIFACT, _FOOD, _OBJECT, _PERSON, _PLANT = "05", "06", "13", "17", "18", "20"
_LOCATION = "15"
_CONCRETE = frozenset({_ANIMAL, _ARTIFACT, _FOOD, _OBJECT, _PERSON, _PLANT})
_EDIBLE_OR_ALIVE = frozenset({_ANIMAL, _FOOD, _PLANT})


@dataclass(frozen=True, slots=True)
class Synset:
    """A sense: the file it lies in, its words as spelled, whether it is one individual."""

    file: str
    words: tuple[str, ...]
    is_instance: bool


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The decisions of a person; see ``reviewed.toml``."""

    general: frozenset[str]
    added: tuple[str, ...]
    compounds: tuple[str, ...]
    phrases: tuple[str, ...]


def read_reviewed() -> Reviewed:
    """The list beside this file."""
    text = Path(__file__).with_name("reviewed.toml").read_text(encoding="utf-8")
    document = tomllib.loads(text)
    return Reviewed(
        frozenset(document["general"].split()),
        tuple(document["added"].split()),
        tuple(document["compounds"].strip().splitlines()),
        tuple(document["phrases"].strip().splitlines()),
    )


class WordNet:
    """The parts of the database that the choice needs.

    Args:
        folder: With the database files of WordNet 3.0.

    Raises:
        OSError: If a file is missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._synsets = {line[:8]: _synset(line) for line in self._rows("data.noun")}
        self.nouns = {lemma: self._synsets[offset] for lemma, offset in self._first_senses()}
        self.verbs = {line.split()[0] for line in self._rows("index.verb")}
        parts = ("index.adj", "index.adv")
        self.modifiers = {line.split()[0] for part in parts for line in self._rows(part)}
        self.verb_forms = {line.split()[0] for line in self._rows("verb.exc")}
        self.plurals = [line.split()[:2] for line in self._rows("noun.exc")]
        self._tags: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for line in self._rows("cntlist.rev"):
            key, _, count = line.split()
            lemma, _, rest = key.partition("%")
            part, file = rest.split(":")[:2]
            self._tags[lemma][file if part == "1" else part] += int(count)

    def counts(self, lemma: str) -> tuple[int, int, int, int]:
        """How often it was tagged as a concrete noun, another noun, a verb, a modifier."""
        tags = self._tags[lemma]
        concrete = sum(tags[file] for file in _CONCRETE)
        nouns = sum(count for key, count in tags.items() if len(key) == 2)
        return concrete, nouns - concrete, tags["2"], tags["3"] + tags["4"] + tags["5"]

    def _first_senses(self) -> Iterator[tuple[str, str]]:
        for line in self._rows("index.noun"):
            fields = line.split()
            yield fields[0], fields[-int(fields[2])]

    def _rows(self, name: str) -> Iterator[str]:
        with (self._folder / name).open(encoding="latin-1") as lines:
            yield from (line for line in lines if not line.startswith("  "))  # the licence


def choose(wordnet: WordNet, reviewed: Reviewed) -> list[str]:
    """The lines of the resource, without its header, sorted."""
    words = {word.rstrip("~^").replace("-", ""): word.replace("-", "") for word in reviewed.added}
    for lemma in wordnet.nouns:
        if lemma.isalpha() and len(lemma) > 2 and lemma not in reviewed.general:
            mark = _mark(wordnet, lemma)
            is_form = any(stem in reviewed.general for stem in singulars(lemma)[1:])
            if mark is not None and not is_form:
                words.setdefault(lemma, lemma + mark)
    # WordNet lists some plurals by themselves ("cows", "arms"); the engine makes its own.
    words = {w: marked for w, marked in words.items() if not set(singulars(w)[1:]) & words.keys()}
    names = sorted(_names(wordnet, words))
    plurals = [
        f"{form}={lemma}"
        for form, lemma in wordnet.plurals
        if lemma in words and form not in words and lemma not in singulars(form)
    ]
    phrases = [f"-{phrase}" for phrase in reviewed.phrases]
    return [
        *sorted(words.values()),
        *sorted(reviewed.compounds),
        *names,
        *sorted(plurals),
        *phrases,
    ]


def _synset(line: str) -> Synset:
    fields = line.partition(" | ")[0].split()
    count = int(fields[3], 16)
    return Synset(fields[1], tuple(fields[4 : 4 + 2 * count : 2]), "@i" in fields)


def _mark(wordnet: WordNet, lemma: str) -> str | None:
    """How to treat a single word: sure (""), by context ("~", "^"), or not at all (None)."""
    first = wordnet.nouns[lemma]
    concrete, other, verb, modifier = wordnet.counts(lemma)
    if lemma not in first.words or lemma in wordnet.verb_forms:  # a name; "spoke", "sang"
        return None
    if concrete < other or (concrete == other and first.file not in _CONCRETE):
        return None
    if lemma.endswith(("ing", "ed")) and _is_participle(wordnet, lemma):
        return None
    untagged = concrete == 0
    if modifier > concrete or (untagged and lemma in wordnet.modifiers):
        return "^" if first.file in _EDIBLE_OR_ALIVE else None
    if verb > concrete or (untagged and lemma in wordnet.verbs):
        return "~"
    return ""


def _is_participle(wordnet: WordNet, word: str) -> bool:
    stem = word.removesuffix("ing").removesuffix("ed")
    return len(stem) > 2 and bool({stem, stem + "e", stem[:-1]} & wordnet.verbs)


def _names(wordnet: WordNet, words: Iterable[str]) -> Iterator[str]:
    """Places, and persons often met, of one word: those that a caption may begin with."""
    taken = wordnet.verbs | wordnet.modifiers | set(words)
    for lemma, first in wordnet.nouns.items():
        is_known = first.file in {_LOCATION, _OBJECT} or sum(wordnet.counts(lemma)) > 0
        if first.is_instance and is_known and lemma.isalpha():
            name = lemma.capitalize()
            if name in first.words and lemma not in taken and len(lemma) > 2:
                yield name


def main() -> None:
    """Write the resource."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("wordnet", type=Path, metavar="WORDNET_DIR")
    lines = choose(WordNet(parser.parse_args().wordnet), read_reviewed())
    RESOURCE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
