"""What people said: shares with intervals, agreement, and the paper's figures beside them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final, NamedTuple

import numpy as np

from engine.estimates import Estimate, fleiss_kappa, pair_agreement, share_estimates
from engine.study.values import Answer, Choice, Method, Study, Trial

CHOICES: Final[tuple[Choice, ...]] = ("first", "same", "second")
"""In the order of the paper's bars: the method under test, no difference, the baseline."""


class Shares(NamedTuple):
    """Of answers, in percent."""

    win: float
    tie: float
    loss: float


PAPER: Final[Mapping[str, Shares]] = {
    "dreamsim": Shares(48.5, 17.0, 34.4),
    "dino": Shares(54.2, 21.5, 24.3),
    "clip-i": Shares(42.5, 25.6, 31.9),
    "clip-t": Shares(59.7, 12.6, 27.7),
    "qwen-t": Shares(60.7, 17.5, 21.8),
}
"""Figure 8 of the paper by baseline: its relsim against each, about 900 answers a baseline."""


@dataclass(frozen=True, slots=True)
class BaselineResult:
    """The method under test against one baseline. Estimates are None while there are no answers.

    Attributes:
        baseline: The baseline.
        trials: Questions there are.
        identical: Pictures for which both found the same, so that there was nothing to ask.
        queries: Different pictures on top among the questions that were answered.
        wins: Answers for the method under test.
        ties: Answers that see no difference.
        losses: Answers for the baseline.
        win: Share of the wins in 0..1, with an interval that counts queries, not answers.
        tie: The same of ties.
        loss: The same of losses.
        lead: Wins less losses, in -1..1; an interval without 0 says that it is hardly an accident.
        paper: The paper's relsim against this baseline, where the paper has it.
    """

    baseline: Method
    trials: int
    identical: int
    queries: int
    wins: int
    ties: int
    losses: int
    win: Estimate | None
    tie: Estimate | None
    loss: Estimate | None
    lead: Estimate | None
    paper: Shares | None

    @property
    def answers(self) -> int:
        """How many there are."""
        return self.wins + self.ties + self.losses


@dataclass(frozen=True, slots=True)
class PersonResult:
    """One person's answers.

    Attributes:
        person: Who.
        answers: How many of the study's trials they have answered.
        wins: Answers for the method under test.
        ties: Answers that see no difference.
        losses: Answers for a baseline.
        seconds: Median time of an answer.
    """

    person: str
    answers: int
    wins: int
    ties: int
    losses: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far people agree on the trials that two or more have answered.

    Attributes:
        trials: How many these are.
        share: Mean share of pairs of people who gave the same answer, 0..1; NaN without trials.
        kappa: Fleiss' kappa, `engine.estimates.fleiss_kappa`; NaN where it is not defined.
    """

    trials: int
    share: float
    kappa: float


@dataclass(frozen=True, slots=True)
class Results:
    """What a study has found so far.

    Attributes:
        study: Id of the study.
        title: Its title.
        tested: The method under test.
        trials: Questions there are.
        answers: Answers there are, of all people.
        baselines: For each baseline.
        people: For each person.
        agreement: Among people.
    """

    study: str
    title: str
    tested: Method
    trials: int
    answers: int
    baselines: tuple[BaselineResult, ...]
    people: tuple[PersonResult, ...]
    agreement: Agreement

    def document(self) -> dict[str, Any]:
        """For JSON; what is not known is null."""
        return {
            "study": self.study,
            "title": self.title,
            "tested": self.tested.id,
            "trials": self.trials,
            "answers": self.answers,
            "baselines": [_baseline_document(found) for found in self.baselines],
            "people": [
                {
                    "person": one.person,
                    "answers": one.answers,
                    "wins": one.wins,
                    "ties": one.ties,
                    "losses": one.losses,
                    "seconds": round(one.seconds, 3),
                }
                for one in self.people
            ],
            "agreement": {
                "trials": self.agreement.trials,
                "share": _number(self.agreement.share),
                "kappa": _number(self.agreement.kappa),
            },
        }


def results(study: Study, answers: Sequence[Answer]) -> Results:
    """Sum up.

    Args:
        study: The study.
        answers: At most one of a person for a trial; those to trials of no such study are an error.

    Raises:
        KeyError: If an answer is to no trial of the study.
    """
    trials = {trial.id: trial for trial in study.trials}
    by_baseline: dict[str, list[tuple[Trial, Choice]]] = defaultdict(list)
    by_person: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        trial = trials[answer.trial]
        by_baseline[trial.second].append((trial, answer.choice))
        by_person[answer.person].append(answer)
    asked = Counter(trial.second for trial in study.trials)
    return Results(
        study=study.id,
        title=study.title,
        tested=Method(study.tested, study.title_of(study.tested)),
        trials=len(study.trials),
        answers=len(answers),
        baselines=tuple(
            _against(one, by_baseline[one.id], asked[one.id], study.identical.get(one.id, 0))
            for one in study.baselines
        ),
        people=tuple(_of_person(name, given) for name, given in sorted(by_person.items())),
        agreement=_agreement(answers),
    )


def _against(
    baseline: Method, given: Sequence[tuple[Trial, Choice]], trials: int, identical: int
) -> BaselineResult:
    counts = Counter(choice for _, choice in given)
    estimates: list[Estimate] | list[None] = [None] * 4
    if given:
        shares = np.array([[float(choice == name) for _, choice in given] for name in CHOICES])
        clusters = _codes([trial.query for trial, _ in given])
        estimates = [
            *share_estimates(shares, clusters),
            *share_estimates(shares[:1] - shares[2:], clusters, least=-1.0),
        ]
    win, tie, loss, lead = estimates
    return BaselineResult(
        baseline=baseline,
        trials=trials,
        identical=identical,
        queries=len({trial.query for trial, _ in given}),
        wins=counts["first"],
        ties=counts["same"],
        losses=counts["second"],
        win=win,
        tie=tie,
        loss=loss,
        lead=lead,
        paper=PAPER.get(baseline.id),
    )


def _of_person(person: str, given: Sequence[Answer]) -> PersonResult:
    counts = Counter(answer.choice for answer in given)
    seconds = median(answer.seconds for answer in given)
    return PersonResult(
        person, len(given), counts["first"], counts["same"], counts["second"], seconds
    )


def _agreement(answers: Sequence[Answer]) -> Agreement:
    by_trial: dict[str, Counter[Choice]] = defaultdict(Counter)
    for answer in answers:
        by_trial[answer.trial][answer.choice] += 1
    table = np.array(
        [[counts[name] for name in CHOICES] for counts in by_trial.values() if counts.total() > 1],
        np.int64,
    ).reshape(-1, len(CHOICES))
    return Agreement(len(table), pair_agreement(table), fleiss_kappa(table))


def _codes(queries: Sequence[Path]) -> np.ndarray[Any, np.dtype[np.int64]]:
    numbers = {query: number for number, query in enumerate(dict.fromkeys(queries))}
    return np.array([numbers[query] for query in queries], np.int64)


def _baseline_document(found: BaselineResult) -> dict[str, Any]:
    return {
        "baseline": found.baseline.id,
        "title": found.baseline.title,
        "trials": found.trials,
        "identical": found.identical,
        "answers": found.answers,
        "queries": found.queries,
        "wins": found.wins,
        "ties": found.ties,
        "losses": found.losses,
        **{
            name: None if estimate is None else estimate.document()
            for name, estimate in (
                ("win", found.win),
                ("tie", found.tie),
                ("loss", found.loss),
                ("lead", found.lead),
            )
        },
        "paper": None if found.paper is None else found.paper._asdict(),
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, 6)
