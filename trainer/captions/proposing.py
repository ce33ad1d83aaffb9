"""From a folder or a library to a groups file: what ``relsim-train captions propose`` does."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.describe import CaptionBank
from engine.errors import KnownError
from engine.jobs import JobControl
from engine.judging.groups import Group, write_groups
from engine.models.chosen import ModelRequest
from engine.types import Failure
from trainer.captions.pictures import Pictures, pictures_of_folder, pictures_of_library
from trainer.captions.propose import Proposals, ProposalSettings, propose_groups
from trainer.data.collection import open_collection

_LISTED_FAILURES = 10


@dataclass(frozen=True, slots=True)
class Task:
    """Where pictures come from and where groups go.

    Attributes:
        out: The groups file.
        folder: Of pictures; None if a library is meant.
        library: Indexed before; None if a folder is meant.
        work: Keeps the vectors of a folder; None for a folder beside `out`.
        only: What a filter kept, or any other list of files: no other pictures are taken.
        clear: Least confidence in 0..1 that a picture shows a relation; None for the model's own,
            or for any where a list says which pictures do.
        force: Write over a groups file that is there.
    """

    out: Path
    folder: Path | None = None
    library: Path | None = None
    work: Path | None = None
    only: Path | None = None
    clear: float | None = None
    force: bool = False

    def check(self, settings: ProposalSettings) -> None:
        """Refuse what cannot work, before it begins.

        Raises:
            KnownError: With every mistake.
        """
        problems = list(settings.problems())
        if (self.folder is None) == (self.library is None):
            problems.append("name a folder of pictures, or a library with --library")
        if self.clear is not None and not 0 <= self.clear <= 1:
            problems.append("clear is a probability: it must lie between 0 and 1")
        if not self.out.absolute().parent.is_dir():
            problems.append(f"there is no folder {self.out.absolute().parent} to write into")
        elif self.out.exists() and not self.force:
            problems.append(f"{self.out} is there already: name another file, or use --force")
        if problems:
            raise KnownError("; ".join(problems))


@dataclass(frozen=True, slots=True)
class ProposalReport:
    """What was proposed.

    ``found == unlisted + unclear + repeats + alone + grouped``; files that could not be read are in
    `failed`.

    Attributes:
        out: The groups file.
        model: Id of the model that said what is related.
        found: Distinct pictures.
        unlisted: Pictures that are not in the list to choose from.
        unclear: Pictures that show no clear relation.
        proposals: The groups, with the other counts; their rows are those of the clear pictures.
        failed: Files that could not be read.
        seconds: Wall time.
    """

    out: Path
    model: str
    found: int
    unlisted: int
    unclear: int
    proposals: Proposals
    failed: tuple[Failure, ...]
    seconds: float

    def document(self) -> dict[str, Any]:
        """For a program."""
        p = self.proposals
        return {
            "out": str(self.out),
            "model": self.model,
            "found": self.found,
            "unlisted": self.unlisted,
            "unclear": self.unclear,
            "repeats": p.repeats,
            "alone": p.alone,
            "grouped": p.grouped,
            "groups": len(p.groups),
            "scores": [round(group.score, 4) for group in p.groups],
            "related": _rounded(p.related),
            "alike": _rounded(p.alike),
            "failed": [{"path": str(f.path), "reason": f.reason} for f in self.failed],
            "seconds": round(self.seconds, 2),
        }

    def text(self) -> str:
        """For a person."""
        p = self.proposals
        lines = [
            f"{len(p.groups):,} groups of {p.grouped:,} pictures: {self.out}",
            f"{self.found:,} pictures: {p.grouped:,} in groups, {p.alone:,} fit into none,"
            f" {self.unclear:,} without a clear relation, {p.repeats:,} repeat another one,"
            f" {self.unlisted:,} not in the list; {len(self.failed):,} files could not be read",
            f"Pairs are related by {p.related:.3f} or more and alike by less than {p.alike:.3f}"
            f" ({self.model}, {self.seconds:.1f} s)",
            *(f"  failed  {f.path}: {f.reason}" for f in self.failed[:_LISTED_FAILURES]),
        ]
        return "\n".join(lines) + "\n"


def run(
    task: Task, request: ModelRequest, settings: ProposalSettings, control: JobControl
) -> ProposalReport:
    """Index, if need be, propose, and write the groups file, best group first.

    Raises:
        Cancelled: If the control says so; vectors are kept, no groups are written.
        KnownError: If there are no pictures, or a model is not there.
    """
    began = time.monotonic()
    listed = set[Path]() if task.only is None else _listed(task.only, control)
    pictures = _pictures(task, request, listed, control)
    taken = np.array([task.only is None or path in listed for path in pictures.paths], bool)
    unlisted = int((~taken).sum())
    if task.only is None or task.clear is not None:
        taken &= _is_clear(pictures, task.clear)
    rows = np.flatnonzero(taken).tolist()
    found = propose_groups(pictures.relational[rows], pictures.attribute[rows], settings, control)
    groups = [
        Group(f"p-{number:05}", tuple(pictures.paths[rows[image]] for image in group.images))
        for number, group in enumerate(found.groups, start=1)
    ]
    write_groups(task.out, groups)
    return ProposalReport(
        out=task.out,
        model=pictures.model,
        found=len(pictures.paths),
        unlisted=unlisted,
        unclear=len(pictures.paths) - unlisted - len(rows),
        proposals=found,
        failed=pictures.failed,
        seconds=time.monotonic() - began,
    )


def _pictures(
    task: Task, request: ModelRequest, listed: Collection[Path], control: JobControl
) -> Pictures:
    if task.library is not None:
        return pictures_of_library(task.library, request, listed)
    assert task.folder is not None, "check found a folder or a library"
    work = task.work or task.out.with_name(task.out.stem + ".work")
    return pictures_of_folder(task.folder, work, request, listed, control)


def _listed(only: Path, control: JobControl) -> set[Path]:
    """The files of a list that any recipe reads."""
    records = open_collection(only, control=control).records
    files = [record.source for record in records if isinstance(record.source, Path)]
    if len(files) < len(records):
        raise KnownError(
            f"{only} names pictures inside of shards or tables: groups are made of files, so unpack"
            " those pictures first"
        )
    return {Path(os.path.abspath(file)) for file in files}  # noqa: PTH100 - as the engine names it


def _is_clear(pictures: Pictures, least: float | None) -> NDArray[np.bool_]:
    """Which pictures show a relation at all; without one they are all alike to a model."""
    bank = CaptionBank.load(pictures.spec)
    least = bank.calibration.threshold if least is None else least
    confidence = [
        bank.confidence(bank.match(pictures.small[start : start + 4096]))
        for start in range(0, len(pictures.small), 4096)
    ]
    clear: NDArray[np.bool_] = np.concatenate(confidence) >= least
    return clear


def _rounded(value: float) -> float | None:
    """A cosine for JSON, which knows no NaN."""
    return None if np.isnan(value) else round(value, 4)
