"""Why two pictures match, in words for people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.understanding.explainer import Explanation, Standing
    from engine.understanding.slots import Meaning

_TEENS = range(11, 14)


def ordinal(place: int) -> str:
    """``1st``, ``22nd``, ``1,204th``."""
    ending = place % 10 if place % 100 not in _TEENS else 0
    suffix = {
        1: tr("st", "ending of the ordinal number 1st, 21st"),
        2: tr("nd", "ending of the ordinal number 2nd, 22nd"),
        3: tr("rd", "ending of the ordinal number 3rd, 23rd"),
    }.get(ending, tr("th", "ending of an ordinal number such as 4th"))
    return f"{number(place)}{suffix}"


def logic_rank(standing: Standing) -> str:
    """``3rd closest of 41,208 by logic``."""
    return _rank(standing, tr("Closest of {of} by logic"), tr("{rank} closest of {of} by logic"))


def look_rank(standing: Standing) -> str:
    """``1,204th closest of 41,208 by look``."""
    return _rank(standing, tr("Closest of {of} by look"), tr("{rank} closest of {of} by look"))


def _rank(standing: Standing, first: str, other: str) -> str:
    said = first if standing.rank == 1 else other.replace("{rank}", ordinal(standing.rank))
    return said.replace("{of}", number(standing.of))


def rank_back(standing: Standing) -> str:
    """The rank the other way round: ``seen from the match, the query is 5th``."""
    rank = ordinal(standing.rank_back)
    return tr("Seen from the match, the query is {rank}").replace("{rank}", rank)


def percentile(standing: Standing) -> str:
    """Where a similarity stands among the library's pairs."""
    if math.isnan(standing.percentile):
        return tr(phrases.UNPLACED)
    share = phrases.percentile(standing.percentile)
    return tr("More alike than {share} of this library’s pairs").replace("{share}", share)


def models(explanation: Explanation) -> str:
    """Whose scores they are."""
    logic, look = explanation.logic.model, explanation.look.model
    if logic == look:
        return tr("Both scored by {model}").replace("{model}", logic)
    said = tr("Relation scored by {logic}, look and shared relation by {look}")
    return said.replace("{logic}", logic).replace("{look}", look)


def shared(explanation: Explanation) -> str:
    """How sure the shared relation is, or that none is known."""
    relation = explanation.shared
    if relation is None:
        return tr("The caption bank knows no relation that both clearly show")
    sure = f"{relation.confidence:.0%}"
    return tr("From the caption bank, {sure} likely for both").replace("{sure}", sure)


def unaligned(explanation: Explanation) -> str:
    """Why no slots are aligned; empty if some are."""
    if not all(caption.text for caption in explanation.captions):
        return tr("Without two captions there are no slots to align")
    alignment = explanation.alignment
    if alignment is None:
        return tr("Aligning the slots… The first time waits for the text encoder")
    if alignment.pairs:
        return ""
    if not all(alignment.slots):
        return tr("One of the captions has no slots to align")
    return tr("The captions name different relations, so their slots do not line up")


def alignment(explanation: Explanation) -> str:
    """How the slots were aligned."""
    found = explanation.alignment
    if found is None or not found.pairs:
        return ""
    if found.way == "relation":
        return tr("Aligned because both captions word the same relation")
    return tr("Aligned by their names and the words around them; this may err")


def meaning(meaning: Meaning) -> str:
    """What a slot may be: ``Barrier: what stands in the way, such as a wall, a fence, a door``."""
    what = meaning.what
    if meaning.is_several:
        what = tr("several; each is {what}").replace("{what}", what)
    if not meaning.examples:
        return f"{meaning.name}: {what}"
    such = tr("{what}, such as {examples}").replace("{what}", what)
    return f"{meaning.name}: " + such.replace("{examples}", ", ".join(meaning.examples))
