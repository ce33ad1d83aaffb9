"""Made analogies in words for people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.jobs import Progress
    from engine.understanding.slots import Slot
    from relsim_desktop.presenters.analogy_making import Analogy, Making


def name(analogy: Analogy) -> str:
    """What a made picture is called until it has a file."""
    return tr("Analogy {number}").format(number=analogy.number)


def flag(analogy: Analogy) -> str:
    """What is wrong with a picture as an analogy, in a word or three; empty if nothing is."""
    candidate = analogy.candidate
    if candidate is None:
        return ""
    if candidate.is_copy:
        return tr("A mere copy")
    return tr("Another idea") if candidate.is_unrelated else ""


def standing(analogy: Analogy) -> str:
    """One line below the scores: ``Strongly related · top 1%``."""
    candidate = analogy.candidate
    if candidate is None:
        return tr("Not ranked yet")
    if candidate.percentile is None:
        return tr(phrases.UNPLACED)
    words = phrases.relation(candidate.percentile)
    return f"{words} · {phrases.standing(candidate.percentile)}"


def in_full(analogy: Analogy) -> str:
    """All that is known of a picture, one thing a line."""
    candidate, generated = analogy.candidate, analogy.made.generated
    lines = [name(analogy)]
    if candidate is not None:
        relational = phrases.score(candidate.relational)
        nan = math.nan
        percentile = nan if candidate.percentile is None else candidate.percentile
        said = tr("relational similarity {score}").format(score=relational)
        lines.append(f"{phrases.relation_in_full(percentile)} ({said})")
        look, score = phrases.look(candidate.attribute), phrases.score(candidate.attribute)
        if look:
            text = tr("The two {look} (attribute similarity {score})")
            lines.append(text.format(look=look, score=score))
        if candidate.is_copy:
            lines.append(tr("It repeats the reference: related, because it is the same picture"))
        elif candidate.is_unrelated:
            lines.append(tr("Its idea is no closer to the reference than that of any two pictures"))
    seed = "" if generated.seed is None else tr(", seed {seed}").format(seed=generated.seed)
    lines.append(tr("Made by {generator}{seed}").format(generator=generated.generator, seed=seed))
    lines.append(str(analogy.path) if analogy.path is not None else tr("Not kept yet"))
    return "\n".join(lines)


def line(analogy: Analogy) -> str:
    """A picture in one line, for screen readers."""
    candidate = analogy.candidate
    parts = [name(analogy)]
    if candidate is not None:
        parts.insert(0, tr("Place {place}").format(place=candidate.place))
        parts.append(tr("relation {score}").format(score=phrases.score(candidate.relational)))
        parts.append(tr("look {score}").format(score=phrases.score(candidate.attribute)))
    parts += [flag(analogy), tr("kept") if analogy.path is not None else ""]
    return ", ".join(part for part in parts if part)


def slot_title(slots: Sequence[Slot], place: int) -> str:
    """A slot's name, with a number where there are several of it: ``Subject 2``."""
    same = [at for at, slot in enumerate(slots) if slot.name == slots[place].name]
    title = slots[place].name
    return f"{title} {same.index(place) + 1}" if len(same) > 1 else title


def missing(slots: Sequence[str]) -> str:
    """Which slots are empty; nothing if none are."""
    if not slots:
        return ""
    names = ", ".join(dict.fromkeys(slots))
    return tr("Still empty: {slots}").replace("{slots}", names)


def running(making: Making) -> str:
    """What goes on: ``Picture 2 of 4``."""
    if making.is_ranking:
        return tr("Ranking the pictures…")
    if making.is_keeping:
        return tr("Keeping the pictures…")
    if making.is_stopping:
        return tr("Stopping…")
    progress, wish = making.progress, making.wish
    if not making.is_making or wish is None:
        return ""
    if not progress.phase:
        return tr("Waking the generator…")
    done = min(len(making.analogies) + 1, wish.count)
    said = tr("Making picture {number} of {count}")
    return said.format(number=number(done), count=number(wish.count))


def share(progress: Progress) -> float | None:
    """How far a run is, 0..1; None if that is not known."""
    return progress.done / progress.total if progress.total else None


def result(making: Making) -> str:
    """What came of a run, in one line."""
    count = len(making.analogies)
    said = phrases.pictures(count)
    if making.is_ranked and count > 1:
        said = tr("{pictures}, best first").format(pictures=said)
    is_over = not making.is_making
    if making.wish is not None and is_over and making.is_stopped and count < making.wish.count:
        return tr("{made}, then stopped").format(made=said)
    return said
