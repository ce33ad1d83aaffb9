"""What is said about user studies."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from relsim_desktop.translation import QT_TRANSLATE_NOOP, number, tr

if TYPE_CHECKING:
    from engine.estimates import Estimate
    from engine.study.importing import ImportReport
    from engine.study.results import Agreement, BaselineResult, Results
    from engine.study.values import Study
    from relsim_desktop.operations.study import StudyOverview, StudyRequest, StudyResults
    from relsim_desktop.presenters.study_answering import Answering

LEAST_PICTURES: Final = 3
"""A library with fewer has no two others to choose from."""

TOO_SMALL = QT_TRANSLATE_NOOP(
    "", "A study needs three pictures in the library at least: add a folder first."
)
UNREADABLE = QT_TRANSLATE_NOOP(
    "",
    "A picture of this question cannot be read, so there is no answer to it. Press L to go on with"
    " another question.",
)
ABOUT_THE_PAGE = QT_TRANSLATE_NOOP(
    "",
    "It is one file that works in any browser, without a network. Who answers sends you the file"
    " that it saves; take it in with “Take in answers…”.",
)
ABOUT_THE_PAPER = QT_TRANSLATE_NOOP(
    "",
    "The thin bars are the paper’s: its relsim against that method, with other pictures and other"
    " people.",
)
ABOUT_INTERVALS = QT_TRANSLATE_NOOP(
    "",
    "In brackets: where the share would lie in 95 of 100 such studies with other pictures. “Same"
    " hit” counts the pictures for which both methods found the same one; nobody is asked about"
    " these.",
)
PATTERNS: Final[Mapping[str, str]] = {
    "html": QT_TRANSLATE_NOOP("", "Web page (*.html)"),
    "csv": QT_TRANSLATE_NOOP("", "Table (*.csv)"),
    "json": QT_TRANSLATE_NOOP("", "Answers and results (*.json)"),
    "svg": QT_TRANSLATE_NOOP("", "Drawing (*.svg)"),
}
_NONE: Final = "–"
_REASONS = 3


# --- the list -------------------------------------------------------------------------------------


def compared(study: StudyOverview) -> str:
    """``relsim-mini against looks and CLIP-I``."""
    said = tr("{tested} against {others}")
    return said.replace("{others}", _listed(study.baselines)).replace("{tested}", study.tested)


def progress(study: StudyOverview) -> str:
    """``24 questions · 2 people · 31 answers``."""
    people = [name for name, count in study.answered.items() if count]
    parts = [tr("%n question(s)", "", study.trials)]
    if people:
        parts.append(tr("%n person(s)", "", len(people)))
        parts.append(tr("%n answer(s)", "", sum(study.answered.values())))
    else:
        parts.append(tr("nobody has answered yet"))
    return " · ".join(parts)


def length(study: StudyOverview) -> str:
    """``24 questions``."""
    return tr("%n question(s)", "", study.trials)


def person(study: StudyOverview, name: str) -> str:
    """``Anna, 3 of 24``."""
    said = tr("{name}, {done} of {all}")
    said = said.replace("{done}", number(study.answered.get(name, 0)))
    return said.replace("{all}", number(study.trials)).replace("{name}", name)


def loss(study: StudyOverview | None) -> str:
    """What goes with a study that is thrown away."""
    answers = sum(study.answered.values()) if study is not None else 0
    kept = tr("Your pictures are not touched; the study holds copies.")
    if not answers:
        return kept
    gone = tr("%n answer(s) go with it.", "", answers)
    return f"{gone} {kept}"


def file_name(title: str) -> str:
    """A title as a name of a file."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", title).strip(" .") or "study"


# --- making ---------------------------------------------------------------------------------------


def questions(request: StudyRequest, chosen: int) -> str:
    """How many questions there will be at most."""
    pictures = request.count if request.images is None else chosen
    return tr("%n question(s) at most.", "", pictures * len(request.baselines))


# --- answering ------------------------------------------------------------------------------------


def question(study: Study) -> str:
    """What is asked: the usual question in the language of the window, another as it is."""
    from engine.study.values import QUESTION

    if study.question != QUESTION:
        return study.question
    return tr(
        "Which picture, A or B, shares the logic of the picture on top, no matter what it shows or"
        " what it looks like?"
    )


def place(answering: Answering) -> str:
    """``Anna: question 4 of 24``."""
    sitting = answering.sitting
    said = tr("{name}: question {at} of {all}")
    said = said.replace("{at}", number(answering.done + 1))
    said = said.replace("{all}", number(answering.total))
    return said.replace("{name}", sitting.person if sitting is not None else "")


def end(answering: Answering) -> tuple[str, str]:
    """Thanks, and what was done."""
    sitting = answering.sitting
    name = sitting.person if sitting is not None else ""
    return (
        tr("Thank you, {name}").replace("{name}", name),
        tr("All %n question(s) are answered, and every answer is kept.", "", answering.total),
    )


# --- results --------------------------------------------------------------------------------------


def answers(shown: StudyResults) -> str:
    """``31 answers by 2 people``, and whether that is all of them."""
    results = shown.results
    said = tr("%n answer(s)", "", results.answers)
    people = tr("by %n person(s)", "", len(results.people))
    waiting = sum(1 for one in results.people if one.answers < results.trials)
    if waiting:
        open_ones = tr("%n of them have not finished", "", waiting)
        return f"{said} {people}; {open_ones}"
    return f"{said} {people}"


def share(value: float) -> str:
    """A share of answers, without decimals that so few answers do not carry."""
    return tr("{percent}%").replace("{percent}", number(value * 100))


def estimate(found: Estimate | None) -> str:
    """``48 % (40–57)``."""
    if found is None:
        return _NONE
    said = share(found.value)
    if found.low is None or found.high is None:
        return said
    low, high = number(found.low * 100), number(found.high * 100)
    return f"{said} ({low}–{high})"


def paper(shares: Sequence[float]) -> str:
    """The paper's figures, in percent."""
    said = " : ".join(number(one, 1) for one in shares)
    return tr("Paper: {shares}").replace("{shares}", said)


def spoken_shares(tested: str, row: BaselineResult) -> str:
    """A bar in words."""
    said = tr("{tested} {win}, neither {tie}, {baseline} {loss}")
    for key, count in (("{win}", row.wins), ("{tie}", row.ties), ("{loss}", row.losses)):
        said = said.replace(key, share(count / row.answers))
    return said.replace("{baseline}", row.baseline.title).replace("{tested}", tested)


def against(results: Results, row: BaselineResult) -> str:
    """What a row of the table means, as far as it means something."""
    lead = row.lead
    if lead is None or lead.low is None or lead.high is None:
        said = tr("Against {baseline} nobody has answered yet.")
    elif lead.low > 0:
        said = tr("{tested} is chosen more often than {baseline}.")
    elif lead.high < 0:
        said = tr("{baseline} is chosen more often than {tested}.")
    else:
        said = tr("Between {tested} and {baseline} it is too close to call.")
    said = said.replace("{baseline}", row.baseline.title)
    return said.replace("{tested}", results.tested.title)


def part(done: int, of: int) -> str:
    """``3 of 24``."""
    said = tr("{done} of {total}").replace("{done}", number(done))
    return said.replace("{total}", number(of))


def agreement(found: Agreement) -> str:
    """How far people agree."""
    if not found.trials:
        return tr("How far people agree is known once two of them have answered the same question.")
    said = tr("Two people give the same answer in {share} of cases, over %n question(s).", "",
              found.trials)  # fmt: skip
    said = said.replace("{share}", share(found.share))
    if math.isnan(found.kappa):
        return said
    kappa = tr("Fleiss’ kappa is {kappa}: {meaning}.").replace("{kappa}", number(found.kappa, 2))
    return f"{said} {kappa.replace('{meaning}', _meaning(found.kappa))}"


_MEANINGS: Final = (
    (0.0, QT_TRANSLATE_NOOP("", "no better than chance")),
    (0.2, QT_TRANSLATE_NOOP("", "slight agreement")),
    (0.4, QT_TRANSLATE_NOOP("", "fair agreement")),
    (0.6, QT_TRANSLATE_NOOP("", "moderate agreement")),
    (0.8, QT_TRANSLATE_NOOP("", "substantial agreement")),
    (math.inf, QT_TRANSLATE_NOOP("", "almost perfect agreement")),
)
"""Landis and Koch's words, up to these values of kappa."""


def _meaning(kappa: float) -> str:
    return next(tr(text) for most, text in _MEANINGS if kappa <= most)


# --- taking answers in ----------------------------------------------------------------------------


def imported(reports: Sequence[ImportReport]) -> str:
    """``12 new answers taken in, 3 were known, 1 refused: …``."""
    new = sum(report.new + report.changed for report in reports)
    known = sum(report.known for report in reports)
    said = tr("%n new answer(s) taken in", "", new)
    if known:
        said += ", " + tr("%n known already", "", known)
    reasons = refusals(reports)
    return f"{said}. {reasons}" if reasons else said


def refusals(reports: Sequence[ImportReport]) -> str:
    """Why something was not taken in; empty if all was."""
    refused = [one for report in reports for one in report.refused]
    if not refused:
        return ""
    reasons = list(dict.fromkeys(one.reason for one in refused))[:_REASONS]
    said = tr("%n answer(s) refused: {reasons}", "", len(refused))
    return said.replace("{reasons}", "; ".join(reasons))


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    said = tr("{first} and {last}").replace("{last}", names[-1])
    return said.replace("{first}", ", ".join(names[:-1]))
