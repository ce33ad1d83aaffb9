"""Answers as a table for spreadsheets, and with the results as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from engine.study.documents import answer_fields
from engine.study.results import results
from engine.study.values import Answer, Study, Trial
from engine.tables import harmless

_HEAD = (
    "person", "trial", "tested", "baseline", "choice", "preferred", "seconds", "at",
    "query", "tested_image", "baseline_image",
)  # fmt: skip


def answers_csv(study: Study, answers: Sequence[Answer]) -> bytes:
    """A row for each answer; pictures by the names of their copies in the study's folder.

    ``choice`` is ``first`` for the tested method, ``second`` for the baseline, or ``same``;
    ``preferred`` is the method's id.
    """
    trials = {trial.id: trial for trial in study.trials}
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_HEAD)
    for answer in answers:
        trial = trials[answer.trial]
        row = (
            answer.person,
            trial.id,
            trial.first,
            trial.second,
            answer.choice,
            _preferred(trial, answer),
            f"{answer.seconds:.3f}",
            answer.at,
            trial.query.name,
            trial.first_image.name,
            trial.second_image.name,
        )
        table.writerow([harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8")


def answers_document(study: Study, answers: Sequence[Answer]) -> dict[str, Any]:
    """The same as one JSON document, with the results."""
    trials = {trial.id: trial for trial in study.trials}
    return {
        "results": results(study, answers).document(),
        "answers": [
            {
                "person": answer.person,
                **answer_fields(answer),
                "baseline": trials[answer.trial].second,
                "preferred": _preferred(trials[answer.trial], answer),
            }
            for answer in answers
        ],
    }


def _preferred(trial: Trial, answer: Answer) -> str:
    chosen = {"first": trial.first, "second": trial.second, "same": "same"}
    return chosen[answer.choice]
