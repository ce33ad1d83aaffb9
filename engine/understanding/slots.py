"""The slots of anonymous captions: where they stand, and what each may be.

``resources/captions/slots.json`` says it for every slot name of the caption bank, in the singular.
A captioner and a person may invent slots of their own; those are described by their own words.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from engine.errors import ModelError
from engine.models.anonymity import singulars
from resources import ROOT

RESOURCE = ROOT / "captions" / "slots.json"
FORMAT = 1

_SLOT = re.compile(r"\{([^{}]*\w[^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a caption.

    Attributes:
        name: What stands in the braces.
        start: Where its opening brace is in the caption.
        end: Where the caption goes on after its closing brace.
    """

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a slot may be.

    Attributes:
        name: The slot's name.
        what: A plain description, without a capital and a full stop.
        examples: Three to six things that it may be; none if only the name is known.
        is_several: Whether the slot stands for more than one.
    """

    name: str
    what: str
    examples: tuple[str, ...]
    is_several: bool


def slots_of(caption: str) -> tuple[Slot, ...]:
    """The slots of a caption, in its order; empty braces are none."""
    return tuple(
        Slot(match[1].strip(), match.start(), match.end()) for match in _SLOT.finditer(caption)
    )


def singular(name: str) -> str:
    """A slot's name for one of its kind, in the bank's capitals: ``{Living Things}`` is one too."""
    words = " ".join(name.split()).title()
    known = _meanings()
    if words in known:
        return words
    head, _, last = words.rpartition(" ")
    candidates = (f"{head} {one.capitalize()}".strip() for one in singulars(last.lower()))
    return next((candidate for candidate in candidates if candidate in known), words)


def meaning_of(name: str) -> Meaning:
    """What a slot may be; a name that the bank does not use is described by its own words."""
    words = " ".join(name.split()).title()
    kind = singular(words)
    known = _meanings().get(kind)
    if known is not None:
        return Meaning(name, *known, is_several=kind != words)
    last = words.rpartition(" ")[2]
    akin = _meanings().get(singular(last), ("", ()))  # {Wooden Toys} are toys
    what = f"anything that one would call “{words.lower()}”"
    return Meaning(name, what, akin[1], is_several=singular(last) != last)


@cache
def _meanings() -> dict[str, tuple[str, tuple[str, ...]]]:
    return read_meanings()


def read_meanings(path: Path = RESOURCE) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By name in the singular: the description, and examples.

    Raises:
        ModelError: If the file is missing, damaged, or of a newer format.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] > FORMAT:
            raise ModelError("The meanings of slots are of a newer format: update the program")
        return {
            " ".join(name.split()).title(): (entry["what"], tuple(entry["examples"]))
            for name, entry in content["slots"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The meanings of slots cannot be read: {error}") from error
