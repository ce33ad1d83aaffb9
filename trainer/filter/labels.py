"""Labels: whether a picture shows a relation that others could share, as one or two people say."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import KnownError
from trainer.data.records import Collection, Record
from trainer.data.rows import RowError, parse_row
from trainer.filter.metrics import Bools
from trainer.scenes import NONE

_SHOWN = 3  # mistakes of a file that are told in full


@dataclass(frozen=True, slots=True)
class Annotations:
    """Labels by key, from one or two people.

    Attributes:
        first: Of the one whose labels come first in the file.
        second: Of the other; empty if there is none.
    """

    first: dict[str, bool]
    second: dict[str, bool]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Pictures with a label each, of both classes.

    Attributes:
        records: The pictures.
        labels: bool ``[n]``, in their order.
        annotations: All that was said, of other pictures and disputed ones as well.
        unlabelled: Records of the collection that nobody labelled.
        disputed: Records that two people labelled differently; nothing is learned from them.
        unmatched: Labels whose key is none of the collection's.
    """

    records: tuple[Record, ...]
    labels: Bools
    annotations: Annotations
    unlabelled: int = 0
    disputed: tuple[Record, ...] = ()
    unmatched: int = 0


def read_annotations(path: Path) -> Annotations:
    """Read a file of labels.

    Args:
        path: CSV with a header, or JSON lines: ``key`` and ``label`` (yes or no, true or false, 1
            or 0), and ``annotator`` where two people labelled.

    Raises:
        KnownError: If the file cannot be read or holds no label, with its mistakes: rows that say
            nothing, more than two annotators, one who labels a picture in two ways.
    """
    found: dict[str, dict[str, bool]] = {}
    problems: list[str] = []
    for place, fields in _rows(path):
        try:
            row = parse_row(fields)
        except RowError as error:
            problems.append(f"{place}: {error.detail}")
            continue
        if row.label is None:
            problems.append(f"{place}: {row.key} has no label")
            continue
        labels = found.setdefault(str(fields.get("annotator") or ""), {})
        if labels.setdefault(row.key, row.label) != row.label:
            problems.append(f"{place}: {row.key} was labelled otherwise before")
    if len(found) > 2:
        problems.append(f"there are {len(found)} annotators, and at most two can be compared")
    if problems:
        more = f" and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise KnownError(f"{path}: {'; '.join(problems[:_SHOWN])}{more}; repair the file")
    if not found:
        raise KnownError(f"{path} holds no labels: it needs rows with a key and a label")
    first, *others = found.values()
    return Annotations(first, others[0] if others else {})


def training_labels(collection: Collection, annotations: Annotations | None) -> Labelled:
    """Bring pictures and labels together.

    Args:
        collection: Pictures; where no file of labels is given, their own labels count, and of
            drawn scenes whether there is a relation.
        annotations: Labels by key.

    Raises:
        KnownError: If no picture has a label, or all labels are equal.
    """
    if annotations is None:
        own = ((record.key, _own_label(record)) for record in collection.records)
        annotations = Annotations({k: label for k, label in own if label is not None}, {})
    records, labels, disputed, unlabelled = [], [], [], 0
    for record in collection.records:
        said = {who[record.key] for who in _people(annotations) if record.key in who}
        if len(said) == 1:
            records.append(record)
            labels.append(said.pop())
        elif said:
            disputed.append(record)
        else:
            unlabelled += 1
    keys = {record.key for record in collection.records}
    unmatched = len((annotations.first.keys() | annotations.second.keys()) - keys)
    _require_both(collection.name, labels, unmatched)
    truth = np.array(labels, bool)
    return Labelled(tuple(records), truth, annotations, unlabelled, tuple(disputed), unmatched)


def _own_label(record: Record) -> bool | None:
    if record.label is None and record.relation is not None:
        return record.relation != NONE
    return record.label


def _people(annotations: Annotations) -> tuple[dict[str, bool], ...]:
    return annotations.first, annotations.second


def _require_both(name: str, labels: list[bool], unmatched: int) -> None:
    if not labels:
        if unmatched:
            raise KnownError(
                f"None of the {unmatched} labels is of a picture in {name}: a label's key must be"
                " that of the picture (its path inside the folder, or its key in the list)"
            )
        raise KnownError(
            f"No picture in {name} has a label: give a file of labels, or a field 'label'"
        )
    if len(set(labels)) == 1:
        only = "yes" if labels[0] else "no"
        raise KnownError(
            f"All {len(labels)} labelled pictures in {name} are labelled {only!r}: a filter needs"
            " pictures of both kinds"
        )


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The rows of a file with their places."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnownError(f"The labels {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise KnownError(f"The labels {path} are no UTF-8 text: save them as such") from error
    if path.suffix.lower() == ".csv":
        for row in (reader := csv.DictReader(io.StringIO(text))):
            yield f"line {reader.line_num}", row
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                fields = json.loads(line)
            except ValueError:
                raise KnownError(
                    f"{path}, line {number}, is no JSON: labels are JSON lines, or end in .csv"
                ) from None
            yield f"line {number}", fields if isinstance(fields, dict) else {}
