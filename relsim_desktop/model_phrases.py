"""What a model is, costs and may be used for, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop import phrases

if TYPE_CHECKING:
    from engine.models.catalogue import ModelCard
    from engine.models.manager import ModelStatus
    from engine.types import Coverage
    from relsim_desktop.presenters.models import ModelState

_KINDS = {
    "bundled": "Small model",
    "base": "Base model",
    "relational": "Large model",
    "captioner": "Captioner",
}
_DOING = {
    "waiting": "Waiting for its turn",
    "downloading": "Downloading",
    "importing": "Copying",
    "removing": "Removing",
}
_NEED = {"bfloat16": "{} of memory", "int8": "{} in 8 bits", "int4": "{} in 4 bits"}


def name(model: str) -> str:
    """What a model is called: its id, or the name of the folder of a person's own."""
    return Path(model).name


def kind(card: ModelCard) -> str:
    """What kind of model it is, in two words."""
    return _KINDS[card.kind]


def state(state: ModelState, needed: Sequence[ModelStatus]) -> str:
    """Where a model stands: ``Installed``, ``3.2 of 18.8 GB downloaded``.

    Args:
        state: Of the model.
        needed: It, and what it requires and is not there.
    """
    if state.doing != "nothing":
        return _DOING[state.doing]
    if state.comes_with:
        return f"Comes with {state.comes_with}"
    status = state.status
    if status.state == "bundled":
        return "Comes with the program"
    if status.state == "installed":
        lacking = [one.card.title for one in needed if one.card.id in status.missing]
        return f"Needs {' and '.join(lacking)}" if lacking else "Installed"
    if status.state == "partial":
        return f"{_part(needed)} downloaded"
    return "Not installed"


def cost(status: ModelStatus, needed: Sequence[ModelStatus]) -> str:
    """Disk or download, and memory: ``Download of about 18.8 GB · needs 17 GB of memory, …``.

    Args:
        status: Of the model.
        needed: It, and what it requires and is not there.
    """
    card, parts = status.card, []
    if status.state in ("bundled", "installed"):
        parts.append(f"{phrases.size(status.bytes_on_disk)} on this computer")
    else:
        parts.append(f"Download of about {phrases.size(card.bytes)}")
        others = sum(one.card.bytes for one in needed if one.card.id != card.id)
        if others:
            parts[0] += f", with its base {phrases.size(card.bytes + others)}"
    need = [_NEED.get(name, "{} of memory").format(phrases.size(n)) for name, n in _memory(card)]
    return " · ".join([*parts, f"needs {', or '.join(need)}"])


def licence(card: ModelCard) -> str:
    """The licence, and plainly what it forbids."""
    return f"{card.licence}: non-commercial use only" if card.non_commercial else card.licence


def offer(needed: Sequence[ModelStatus], host: str, free_bytes: int) -> str:
    """What a download fetches, from whom, how much it is, and under which licences.

    Args:
        needed: What is fetched.
        host: Who sends it.
        free_bytes: Space where it goes.
    """
    lines = [f"From {host}:"]
    for one in needed:
        card = one.card
        lines.append(f"•  {card.title}, about {phrases.size(card.bytes)}")
        lines.append(f"    {card.repository}, licence {card.licence}")
    total = sum(one.card.bytes for one in needed)
    here = sum(one.bytes_on_disk for one in needed)
    lines += ["", f"In all about {phrases.size(total)}"]
    lines[-1] += f", of which {phrases.size(here)} are here already." if here else "."
    lines[-1] += f" {room(free_bytes)}"
    bound = [one.card for one in needed if one.card.non_commercial]
    if bound:
        names = " and ".join(card.title for card in bound)
        lines += ["", f"{names} may be used for non-commercial purposes only ({bound[0].licence})."]
    return "\n".join(lines)


def room(free_bytes: int) -> str:
    """The free space."""
    return f"{phrases.size(free_bytes)} are free."


def place(directory: Path) -> str:
    """A folder, as short as a person would write it."""
    with suppress(ValueError):
        return str("~" / directory.relative_to(Path.home()))
    return str(directory)


def coverage(coverage: Coverage, small: str) -> str:
    """How far a model's vectors have come, and what happens until then; empty when all are there.

    Args:
        coverage: Of the model that ranks.
        small: Id of the model that ranks first.
    """
    if coverage.images >= coverage.of:
        return ""
    share = f"{coverage.images:,} of {phrases.count(coverage.of, 'picture')} embedded"
    return f"{coverage.model}: {share}; until then it re-ranks {small}’s answers"


def share(coverage: Coverage) -> str:
    """As `coverage`, as short as can be: ``1,204 of 8,923``; empty when all are there."""
    if coverage.images >= coverage.of:
        return ""
    return f"{coverage.images:,} of {coverage.of:,}"


def looking(model: str) -> str:
    """A large model is at work on a question."""
    return f"{name(model)} is looking…"


def unlooked(model: str, why: str) -> str:
    """A large model failed at a question.

    Args:
        model: Its id.
        why: A sentence that says what to do.
    """
    return f"Without {name(model)}: {why}"


def _memory(card: ModelCard) -> list[tuple[str, int]]:
    """The largest and the smallest need; what lies between helps nobody to decide."""
    needs = sorted(card.memory.items(), key=lambda pair: -pair[1])
    return needs if len(needs) < 3 else [needs[0], needs[-1]]


def _part(needed: Sequence[ModelStatus]) -> str:
    here, total = (
        phrases.size(sum(one.bytes_on_disk for one in needed)),
        phrases.size(sum(one.card.bytes for one in needed)),
    )
    same_unit = here.split()[1] == total.split()[1]
    return f"{here.split()[0] if same_unit else here} of {total}"
