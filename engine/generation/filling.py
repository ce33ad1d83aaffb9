"""From an anonymous caption to a prompt: what stands in its slots, put into a sound sentence.

The caption says a logic; with other things in its slots it says another picture of the same logic
(method.md, "Analogical image generation"). Only grammar is mended here: one determiner before a
noun, ``a`` or ``an``, several where the slot means several, a capital at the beginning.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.errors import QueryError
from engine.generation.grammar import fit, plain, plural, tidy
from engine.generation.suggesting import concrete, pool, uncounted
from engine.understanding.slots import Slot, meaning_of, singular, slots_of

_QUALIFIERS = frozenset({"Color", "Colour"})
"""Slots that a noun follows, as in "A {Color} house"."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A caption with things in its slots.

    Attributes:
        caption: The anonymous caption.
        values: Slot name and what was put there, in the order of the caption; filled slots only.
        prompt: The sentence, without braces. A slot that is not filled is there by its own name.
        missing: Names of the slots that are not filled, in the order of the caption.
    """

    caption: str
    values: tuple[tuple[str, str], ...]
    prompt: str
    missing: tuple[str, ...]


def fill(caption: str, values: Mapping[int, str]) -> Filled:
    """Put things into the slots of a caption.

    Args:
        caption: With slots, or without: then it is the prompt.
        values: What to put into which slot, by its place in the caption (0 is the first; see
            `slots_of`). Two slots of one name may differ. Blank is not filled.

    Raises:
        QueryError: If the caption is empty, or a place is none of its slots.
    """
    if not caption.strip():
        raise QueryError("Write a caption first, for example: {Subject} growing step by step")
    slots = slots_of(caption)
    strange = [place for place in values if not 0 <= place < len(slots)]
    if strange:
        raise QueryError(f"The caption has {len(slots)} slots: there is no slot {strange[0] + 1}")
    given = {place: plain(value) for place, value in values.items()}
    sentence, at = "", 0
    filled: list[tuple[str, str]] = []
    missing: list[str] = []
    for place, slot in enumerate(slots):
        between = plain(caption[at : slot.start], trim=False)
        value = given.get(place, "")
        if value:
            filled.append((slot.name, value))
        else:
            missing.append(slot.name)
        sentence = fit(
            sentence + between,
            value or slot.name.lower(),
            is_several=bool(value) and meaning_of(slot.name).is_several,
            is_uncounted=value.casefold() in uncounted() and not _qualifies(slots, place, caption),
            after_slot=place > 0 and not between.strip(),
        )
        at = slot.end
    sentence += plain(caption[at:], trim=False)
    return Filled(caption, tuple(filled), tidy(sentence), tuple(missing))


def suggestions(
    slot: Slot, *, taken: Sequence[str] = (), seed: int = 0, count: int = 6
) -> tuple[str, ...]:
    """What might stand in a slot; what its meaning names comes first, and names of kinds last.

    Args:
        slot: Of a caption.
        taken: What is not to be suggested again, in any capitals.
        seed: 0 for the likeliest ones in a fixed order; another number for another choice.
        count: How many at most; there may be fewer.
    """
    found = _free(concrete(slot.name), taken)
    if seed:
        random.Random(f"{seed} {singular(slot.name)}").shuffle(found)
    found += [one for one in _free(pool(slot.name), taken) if one not in found]
    return tuple(_for_slot(slot, value) for value in found[: max(0, count)])


def surprise_values(caption: str, *, avoid: Sequence[str], seed: int) -> dict[int, str]:
    """Fill all slots by chance, so that the sentence still makes one picture.

    Slots of one kind get the same thing, as ``{Subject}`` and ``{Subjects}`` in one caption mean
    the same; different kinds get different things.

    Args:
        caption: With slots.
        avoid: What is not to be used, for example what the reference shows.
        seed: The same seed, the same values.

    Returns:
        A value for each slot by its place; nothing for a caption without slots.
    """
    chance = random.Random(f"{seed} {caption}")
    chosen: dict[str, str] = {}
    values = {}
    for place, slot in enumerate(slots_of(caption)):
        kind = singular(slot.name)
        if kind not in chosen:
            found = _free(concrete(slot.name), [*avoid, *chosen.values()])
            chosen[kind] = chance.choice(found or list(concrete(slot.name)))
        values[place] = _for_slot(slot, chosen[kind])
    return values


def _qualifies(slots: Sequence[Slot], place: int, caption: str) -> bool:
    """Whether a slot says more of the noun behind it: the first of ``{Color} {Object}``."""
    following = slots[place + 1].start if place + 1 < len(slots) else len(caption)
    return singular(slots[place].name) in _QUALIFIERS or (
        following < len(caption) and not caption[slots[place].end : following].strip()
    )


def _for_slot(slot: Slot, value: str) -> str:
    return plural(value) if meaning_of(slot.name).is_several else value


def _free(values: Sequence[str], taken: Sequence[str]) -> list[str]:
    """What is not taken, neither as one nor as several."""
    used = {value.strip().casefold() for value in taken}
    return [
        value
        for value in values
        if value.casefold() not in used and plural(value).casefold() not in used
    ]
