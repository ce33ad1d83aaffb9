"""What may stand in a slot, drawn from the meanings of all slots.

A slot's own examples come first. Then those of its next of kin: slots that share two examples with
it, and slots that one of its examples names (``{Subject}`` may be "an animal", so it may be all
that an ``{Animal}`` may be).
"""

from __future__ import annotations

from functools import cache

from engine.generation.grammar import bare
from engine.understanding.slots import meaning_of, read_meanings, singular

_ANYTHING = ("Thing", "Object", "Animal", "Person", "Structure")
"""Whose examples do for a slot of which nothing but the name is known."""

_NOT_SHOWN = frozenset({"Letter"})
"""Kinds that a slot may name, and that a picture seldom shows in the place of another thing."""


@cache
def pool(name: str) -> tuple[str, ...]:
    """Things that a slot may be, likeliest first, each once and in the singular where there is one.

    Args:
        name: Of the slot, in singular or plural.
    """
    own = meaning_of(name).examples
    if not own:
        own = tuple(one for kind in _ANYTHING for one in _meanings()[kind])
    kin = [one for kind in _kin(singular(name), own) for one in _meanings()[kind]]
    return tuple(dict.fromkeys((*own, *kin)))


@cache
def concrete(name: str) -> tuple[str, ...]:
    """As `pool`, without names of kinds ("an animal") and letters, where others are left."""
    found = pool(name)
    named = (one for one in found if singular(bare(one)) not in _meanings())
    return tuple(one for one in named if len(bare(one)) > 1) or found


def _kin(kind: str, own: tuple[str, ...]) -> list[str]:
    meanings = _meanings()
    named = [singular(bare(one)) for one in own]
    akin = [other for other, found in meanings.items() if len(set(own) & set(found)) > 1]
    found = dict.fromkeys((*akin, *named))
    return [one for one in found if one in meanings and one not in {kind, *_NOT_SHOWN}]


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    return {name: examples for name, (_, examples) in read_meanings().items()}


@cache
def uncounted() -> frozenset[str]:
    """What the meanings name without an article: "smoke", "people in a square"."""
    every = (one for examples in _meanings().values() for one in examples)
    return frozenset(one.casefold() for one in every if bare(one) == one)
