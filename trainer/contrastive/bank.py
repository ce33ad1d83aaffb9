"""The caption bank: wordings of relations that are drawn, that pictures show, and further ones.

A relation has one name, whether it is drawn, noted by annotators, or neither; `EQUALS` and `KINDS`
say where the codebook's keys are called otherwise than what is drawn.
"""

from __future__ import annotations

import json
from pathlib import Path

from engine.describe import BANK, Caption, write_bank
from engine.errors import KnownError
from engine.models.anonymity import leaks
from engine.models.text import TextEncoder
from trainer.relbench.annotations import read_annotations
from trainer.scenes import RELATIONS

EQUALS = {
    "balanced": "weighed",
    "catching": "caught",
    "contrast_halves": "contrasted",
    "cut_open": "cutaway",
    "family": "parent_and_young",
    "heap": "pile",
    "made_of": "composed",
    "scattered_on_ground": "scattered",
    "silhouette": "backlit",
    "tree_diagram": "tree",
    "waving_surface": "wave_surface",
}
"""Keys of the codebook, and the drawn relations that mean the same; the bank knows the latter."""

KINDS = {
    "depicted": ("on_screen",),
    "falling": ("raining",),
    "imagining": ("speaking",),
    "pushing_pulling": ("pushing", "pulling_apart"),
    "striking": ("cut_through", "struck"),
}
"""Keys of the codebook whose definition takes in relations that are drawn under their own names."""


def bank_names(relation: str) -> tuple[str, ...]:
    """What a relation is called in the bank: its name, then those of its kinds.

    Args:
        relation: A drawn one, or a key of the codebook; it may be none that the bank words.
    """
    return (EQUALS.get(relation, relation), *KINDS.get(relation, ()))


def bank_captions(directory: Path = BANK) -> list[Caption]:
    """The captions in order, none twice: of what is drawn, of RelBench's groups, of `extra.json`.

    The groups are those of both parts, because no model learns from the bank. Where the sources
    know a relation by the same name, the first one says what its family is. A caption that names a
    thing outside its slots is left out, from wherever it is.

    Raises:
        KnownError: If `extra.json` or the annotations cannot be read.
    """
    captions = [
        Caption(text, relation.name, relation.family)
        for relation in RELATIONS.values()
        for text in relation.captions
    ]
    captions += [
        Caption(group.caption, EQUALS.get(group.relation, group.relation), group.family)
        for group in read_annotations().groups
    ]
    try:
        content = json.loads((directory / "extra.json").read_text(encoding="utf-8"))
        captions += [Caption(**entry) for entry in content["captions"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"The extra captions in {directory} cannot be read: {error}") from error
    families: dict[str, str] = {}
    chosen: dict[str, Caption] = {}
    for one in captions:
        if leaks(one.text):
            continue
        family = families.setdefault(one.relation, one.family)
        chosen.setdefault(one.text, Caption(one.text, one.relation, family))
    return list(chosen.values())


def build_bank(directory: Path = BANK) -> int:
    """Embed the captions and write `bank.json` and `bank.npy`; returns how many there are."""
    captions = bank_captions(directory)
    write_bank(captions, TextEncoder().encode([caption.text for caption in captions]), directory)
    return len(captions)
