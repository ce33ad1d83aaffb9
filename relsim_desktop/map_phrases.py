"""The map, its groups and chains in words for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from relsim_desktop import phrases
from relsim_desktop.translation import number, tr

if TYPE_CHECKING:
    from engine.jobs import Progress
    from engine.mapping.chains import Chain, Link
    from engine.mapping.groups import MapGroupsReport
    from engine.mapping.values import LibraryMap, MapGroup
    from engine.types import Description

_PHASES = {
    "Reading the library": lambda: tr("Reading the library"),
    "Looking for groups": lambda: tr("Looking for groups"),
    "Joining what is alike": lambda: tr("Joining what is alike"),
    "Choosing the number of groups": lambda: tr("Choosing the number of groups"),
    "Sorting": lambda: tr("Sorting the pictures"),
    "Naming the groups": lambda: tr("Naming the groups"),
    "Drawing the map": lambda: tr("Drawing the map"),
}


def group_name(group: MapGroup) -> str:
    """The caption that names a group, with its slots; or that it has no name."""
    return group.name.text or tr("Unnamed group {number}").replace(
        "{number}", str(group.number + 1)
    )


def rest_name() -> str:
    """What the pictures in no group are called."""
    return tr("No clear group")


def plain(caption: str) -> str:
    """A caption without the braces of its slots, as it is read aloud."""
    return caption.replace("{", "").replace("}", "")


def pictures(count: int) -> str:
    """How many pictures."""
    return tr("%Ln picture(s)", "", count)


def group_line(name: str, count: int) -> str:
    """A group as a screen reader says it."""
    return f"{plain(name)}, {pictures(count)}"


def sureness(name: Description) -> str:
    """How sure a group's name is, and whose it is."""
    if name.text is None:
        return tr("No caption fits this group well")
    if name.source == "person":
        return tr("Named in your words")
    if name.source == "captioner":
        return tr("Named by what a captioner wrote of most of it")
    share = f"{name.confidence:.0%}"
    if name.confidence >= 0.75:
        return tr("Named from the caption bank, confident ({share})").replace("{share}", share)
    return tr("Named from the caption bank, fairly sure ({share})").replace("{share}", share)


def summary(made: LibraryMap) -> str:
    """What a map shows, whose counts add up."""
    parts = [
        pictures(made.images),
        tr("%Ln group(s)", "", len(made.groups)),
    ]
    if len(made.rest):
        parts.append(tr("{count} in no clear group").replace("{count}", number(len(made.rest))))
    if made.joined:
        parts.append(tr("{count} new since").replace("{count}", number(made.joined)))
    return " · ".join(parts)


def phase(progress: Progress) -> str:
    """What making the map is at."""
    known = _PHASES.get(progress.phase)
    return known() if known is not None else tr("Starting")


def exported(report: MapGroupsReport, out: Path) -> str:
    """What was written."""
    counts = report.pictures
    text = tr("Exported {groups} groups of {pictures} pictures to {file}")
    text = text.replace("{groups}", number(report.groups))
    text = text.replace("{pictures}", number(counts.grouped)).replace("{file}", out.name)
    if counts.offline:
        text += tr("; {count} are offline").replace("{count}", number(counts.offline))
    return text


def link_caption(link: Link) -> str:
    """What two pictures of a chain share, or that it is not clear."""
    return link.shared.text or tr("No clear relation in common")


def link_score(link: Link) -> str:
    """How strong a link is: its score, and where that stands among random pairs."""
    score = phrases.score(link.relational)
    if link.percentile != link.percentile:  # there is too little to compare with
        return score
    return f"{score} · {phrases.standing(link.percentile)}"


def chain_line(chain: Chain) -> str:
    """A chain in one line, honest about its weakest link."""
    if chain.weakest is None:
        return tr("The walk ends where it begins: nothing near looks different enough")
    weakest = chain.links[chain.weakest]
    steps = tr("%Ln step(s)", "", len(chain.links))
    said = tr("the weakest link is number {number}: {score}")
    said = said.replace("{number}", number(chain.weakest + 1))
    return f"{steps} · " + said.replace("{score}", link_score(weakest))


def chain_warning(chain: Chain) -> str:
    """Said where a chain holds together poorly; else empty."""
    weak = [link for link in chain.links if link.percentile < 85]
    if not weak:
        return ""
    return tr("%Ln link(s) are hardly more related than any two pictures", "", len(weak))
