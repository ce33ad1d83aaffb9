"""What a model is, costs and may be used for, in words for people."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from engine.models.catalogue import ModelCard
    from engine.models.manager import ModelStatus
    from engine.types import Coverage
    from relsim_desktop.presenters.models import ModelState

_KINDS = {
    "bundled": QT_TRANSLATE_NOOP("", "Small model"),
    "base": QT_TRANSLATE_NOOP("", "Base model"),
    "relational": QT_TRANSLATE_NOOP("", "Large model"),
    "captioner": QT_TRANSLATE_NOOP("", "Captioner"),
    "clip": QT_TRANSLATE_NOOP("", "For metrics"),
    "dino": QT_TRANSLATE_NOOP("", "For metrics"),
}
_DOING = {
    "waiting": QT_TRANSLATE_NOOP("", "Waiting for its turn"),
    "downloading": QT_TRANSLATE_NOOP("", "Downloading"),
    "importing": QT_TRANSLATE_NOOP("", "Copying"),
    "removing": QT_TRANSLATE_NOOP("", "Removing"),
}
_NEED = {
    "bfloat16": QT_TRANSLATE_NOOP("", "{} of memory"),
    "int8": QT_TRANSLATE_NOOP("", "{} in 8 bits"),
    "int4": QT_TRANSLATE_NOOP("", "{} in 4 bits"),
}


SUMMARIES = (
    QT_TRANSLATE_NOOP(
        "",
        "The small model that comes with the program: relational and attribute vectors, "
        "on any computer.",
    ),
    QT_TRANSLATE_NOOP(
        "",
        "The vision-language model that relsim-7b and its captioner are built on.",
    ),
    QT_TRANSLATE_NOOP(
        "",
        "The published model of Relational Visual Similarity: relational vectors, made "
        "for a graphics card.",
    ),
    QT_TRANSLATE_NOOP(
        "",
        "The published anonymous captioner: one sentence on what a picture shows, without "
        "naming the things in it.",
    ),
    QT_TRANSLATE_NOOP(
        "",
        "What CLIP sees in pictures: for the metrics CLIP-I and CLIP-T, and to train from.",
    ),
    QT_TRANSLATE_NOOP(
        "",
        "What DINOv2 sees in pictures: for the metric DINO, and to train from.",
    ),
)
"""What the catalogue says of its models."""


def name(model: str) -> str:
    """What a model is called: its id, or the name of the folder of a person's own."""
    return Path(model).name


def kind(card: ModelCard) -> str:
    """What kind of model it is, in two words."""
    return tr(_KINDS[card.kind])


def state(state: ModelState, needed: Sequence[ModelStatus]) -> str:
    """Where a model stands: ``Installed``, ``3.2 of 18.8 GB downloaded``.

    Args:
        state: Of the model.
        needed: It, and what it requires and is not there.
    """
    if state.doing != "nothing":
        return tr(_DOING[state.doing])
    if state.comes_with:
        return tr("Comes with {model}").format(model=state.comes_with)
    status = state.status
    if status.state == "bundled":
        return tr("Comes with the program")
    if status.state == "installed":
        lacking = [one.card.title for one in needed if one.card.id in status.missing]
        said = tr("Needs {models}") if lacking else tr("Installed")
        return said.format(models=tr(" and ").join(lacking))
    if status.state == "partial":
        return tr("{part} downloaded").format(part=_part(needed))
    return tr("Not installed")


def cost(status: ModelStatus, needed: Sequence[ModelStatus]) -> str:
    """Disk or download, and memory: ``Download of about 18.8 GB · needs 17 GB of memory, …``.

    Args:
        status: Of the model.
        needed: It, and what it requires and is not there.
    """
    card, parts = status.card, []
    if status.state in ("bundled", "installed"):
        size = phrases.size(status.bytes_on_disk)
        parts.append(tr("{size} on this computer").format(size=size))
    else:
        size = phrases.size(card.bytes)
        parts.append(tr("Download of about {size}").format(size=size))
        others = sum(one.card.bytes for one in needed if one.card.id != card.id)
        if others:
            whole = phrases.size(card.bytes + others)
            parts[0] += tr(", with its base {size}").format(size=whole)
    need = [
        tr(_NEED.get(precision, _NEED["bfloat16"])).format(phrases.size(n))
        for precision, n in _memory(card)
    ]
    parts.append(tr("needs {memory}").format(memory=tr(", or ").join(need)))
    return " · ".join(parts)


def licence(card: ModelCard) -> str:
    """The licence, and plainly what it forbids."""
    if not card.non_commercial:
        return card.licence
    return tr("{licence}: non-commercial use only").format(licence=card.licence)


def offer(needed: Sequence[ModelStatus], host: str, free_bytes: int) -> str:
    """What a download fetches, from whom, how much it is, and under which licences.

    Args:
        needed: What is fetched.
        host: Who sends it.
        free_bytes: Space where it goes.
    """
    lines = [tr("From {host}:").format(host=host)]
    for one in needed:
        card = one.card
        about = tr("{title}, about {size}")
        lines.append("•  " + about.format(title=card.title, size=phrases.size(card.bytes)))
        where = tr("{repository}, licence {licence}")
        lines.append("    " + where.format(repository=card.repository, licence=card.licence))
    total = sum(one.card.bytes for one in needed)
    here = sum(one.bytes_on_disk for one in needed)
    whole = tr("In all about {size}, of which {here} are here already.")
    if not here:
        whole = tr("In all about {size}.")
    whole = whole.format(size=phrases.size(total), here=phrases.size(here))
    lines += ["", f"{whole} {room(free_bytes)}"]
    bound = [one.card for one in needed if one.card.non_commercial]
    if bound:
        names = tr(" and ").join(card.title for card in bound)
        said = tr("{models} may be used for non-commercial purposes only ({licence}).")
        lines += ["", said.format(models=names, licence=bound[0].licence)]
    return "\n".join(lines)


def room(free_bytes: int) -> str:
    """The free space."""
    return tr("{size} are free.").format(size=phrases.size(free_bytes))


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
    said = tr(
        "{model}: {number} of %n picture(s) embedded; until then it re-ranks {small}’s answers",
        "",
        coverage.of,
    )
    return said.format(model=coverage.model, number=number(coverage.images), small=small)


def share(coverage: Coverage) -> str:
    """As `coverage`, as short as can be: ``1,204 of 8,923``; empty when all are there."""
    if coverage.images >= coverage.of:
        return ""
    said = tr("{done} of {total}")
    return said.format(done=number(coverage.images), total=number(coverage.of))


def looking(model: str) -> str:
    """A large model is at work on a question."""
    return tr("{model} is looking…").format(model=name(model))


def unlooked(model: str, why: str) -> str:
    """A large model failed at a question.

    Args:
        model: Its id.
        why: A sentence that says what to do.
    """
    return tr("Without {model}: {why}").replace("{model}", name(model)).replace("{why}", why)


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
    done = here.split()[0] if same_unit else here
    return tr("{done} of {total}").format(done=done, total=total)
