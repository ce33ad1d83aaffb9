"""Scores as tables for spreadsheets: one pair, the history of comparisons, a matrix."""

from __future__ import annotations

import csv
import datetime
import io
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from engine.comparing.scoring import ModelScore, ScoreMatrix
from engine.store.comparisons import PastComparison
from engine.tables import harmless
from engine.types import Description

Measure = Literal["relational", "attribute", "percentile"]
"""Which numbers of a `ScoreMatrix`."""


def pair_table(
    names: Sequence[str], scores: Iterable[ModelScore], descriptions: Sequence[Description]
) -> bytes:
    """A pair, a row for each model that scored it."""
    said = [description.text or "" for description in descriptions]
    head = (
        "a", "b", "model", "relational", "attribute", "percentile", "trouble",
        "description_a", "description_b",
    )  # fmt: skip
    return _csv(
        head,
        (
            (
                *names,
                score.model,
                _number(score.relational),
                _number(score.attribute),
                _number(score.percentile, 2),
                score.trouble or "",
                *said,
            )
            for score in scores
        ),
    )


def history_table(comparisons: Iterable[PastComparison]) -> bytes:
    """Comparisons in the order given; times in UTC."""
    return _csv(
        ("time", "a", "b", "model", "relational", "attribute", "percentile"),
        (
            (
                datetime.datetime.fromtimestamp(past.time, datetime.UTC).isoformat("T", "seconds"),
                past.a,
                past.b,
                past.model,
                _number(past.relational),
                _number(past.attribute),
                _number(past.percentile, 2),
            )
            for past in comparisons
        ),
    )


def matrix_list(matrix: ScoreMatrix, names: Sequence[str], order: Sequence[int]) -> bytes:
    """A matrix as a long table: each pair once, in an order of the pictures."""
    return _csv(
        ("a", "b", "relational", "attribute", "percentile", "model"),
        (
            (
                names[a],
                names[b],
                _number(float(matrix.relational[a, b])),
                _number(float(matrix.attribute[a, b])),
                _number(float(matrix.percentile[a, b]), 2),
                matrix.model,
            )
            for place, a in enumerate(order)
            for b in order[place + 1 :]
        ),
    )


def matrix_square(
    matrix: ScoreMatrix, names: Sequence[str], order: Sequence[int], measure: Measure
) -> bytes:
    """A matrix as a square with the pictures as heads; the model is in the corner."""
    values = getattr(matrix, measure)
    model = matrix.model if measure != "attribute" else ""
    return _csv(
        (f"{measure} {model}".strip(), *(names[column] for column in order)),
        (
            (names[row], *(_number(float(values[row, column]), 4) for column in order))
            for row in order
        ),
    )


def name_of(query: object) -> str:
    """What a picture is called in a table."""
    return str(query) if isinstance(query, Path) else "" if query is None else f"{query}"


def _csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(cell) for cell in head])
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    # A path need not be text; its bytes go through as they are.
    return text.getvalue().encode("utf-8", "surrogateescape")


def _number(value: float | None, digits: int = 6) -> str:
    """Empty where there is none; a spreadsheet knows no NaN."""
    return "" if value is None or math.isnan(value) else f"{value:.{digits}f}"
