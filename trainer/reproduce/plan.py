"""Stages: what each runs, needs and makes, and the key that changes when any of it does."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from trainer import __path__ as _trainer
from trainer.config import CONFIGS

PLAN_VERSION: Final = 1
"""Of what stages write for one another; another version, and all is done anew."""

_CONTENT: Final = 1 << 24  # bytes up to which a file counts by its content
_HEADS: Final = (
    *("arrangement.py", "backbone.py", "head.py", "reproduce/pretrained.py"),
    *(f"contrastive/{name}.py" for name in ("features", "loss", "training")),
)
_CODE: Final = {
    "pictures": ("scenes", "reproduce/drawing.py"),
    "data": ("data", "reproduce/steps.py"),
    "filter": ("filter", "vlm", "training", "data"),
    "captioner": ("captions", "vlm", "training", "data"),
    "contrastive": ("contrastive", "vlm", "training", "data"),
    "pretrained": _HEADS,
    "grouped": (*_HEADS, "reproduce/grouped.py", "reproduce/group_training.py"),
    "evaluation": (
        "relbench",
        *(f"reproduce/{name}.py" for name in ("evaluation", "measuring", "methods", "paper")),
        *("evaluation/ranking.py", "filter/figures.py", "../engine/estimates.py"),
    ),
    "report": tuple(
        f"reproduce/report_{name}.py" for name in ("curves", "html", "methods", "page", "plots")
    ),
}
"""Source below the trainer that decides what a kind of stage makes."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One command, or one of this package's own steps.

    Attributes:
        name: Unique in its plan.
        title: What it does, for people.
        kind: Whose source decides what it makes; a key of `_CODE`. Empty where a newer program is
            no reason to do it anew, because it took days, or people.
        words: Behind ``relsim-train``; empty for a step. Paths are relative to the run's folder.
        step: Name of a step in `trainer.reproduce.steps`; empty for a command.
        settings: Of the step; plain values.
        options: Of the step, too; they do not change what it makes.
        needs: Stages that come before.
        files: Files and folders that the run did not make, or that a person changes.
        makes: What is there afterwards; removed before the stage is done anew with another key.
        keeps: Those of `makes` that hold people's work: they are put aside instead.
        changes: Files of other stages that it writes into; where one is made anew, so is this.
        minutes: To expect on the machine that the plan is for; 0 where nobody can know.
        processes: To train with; the outcome is the same with any number.
    """

    name: str
    title: str
    kind: str = ""
    words: tuple[str, ...] = ()
    step: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    files: tuple[Path, ...] = ()
    makes: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    minutes: float = 0.0
    processes: int = 1

    def call(self) -> list[str]:
        """Arguments of `trainer.reproduce.child`."""
        if self.step:
            return ["step", self.step, json.dumps({**self.settings, **self.options})]
        return ["command", str(self.processes), *self.words]

    def spoken(self) -> str:
        """What a person would type for it."""
        if self.step:
            return f"(a step of reproduce: {self.step})"
        front = "relsim-train"
        if self.processes > 1:
            front = f"torchrun --nproc-per-node {self.processes} -m -- trainer.cli"
        return " ".join([front, *map(_quoted, self.words)])

    def key(self, needed: Mapping[str, str], folder: Path) -> str:
        """What it would make, as 16 letters.

        Args:
            needed: Keys of the stages that come before, by name.
            folder: Of the run.
        """
        parts = {
            "version": PLAN_VERSION,
            "call": [self.step, dict(self.settings), *self.words],
            "needs": [needed[name] for name in self.needs],
            "files": [_digest(folder / path) for path in (*self.files, *self._configs())],
            "code": _code(self.kind) if self.kind else "",
        }
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]

    def _configs(self) -> Iterator[Path]:
        """Configurations it names; shipped ones only where a newer program is a reason."""
        for flag, name in pairwise(self.words):
            if flag == "--config" and Path(name).is_absolute():
                yield Path(name)
            elif flag == "--config" and self.kind:
                yield CONFIGS / f"{name}.toml"


@dataclass(frozen=True, slots=True)
class Plan:
    """Stages in an order in which they could be done one by one.

    Attributes:
        scale: ``small`` or ``full``.
        stages: Each behind those it needs.
        lanes: Stages that are done side by side.
    """

    scale: str
    stages: tuple[Stage, ...]
    lanes: int

    def __post_init__(self) -> None:
        seen = set[str]()
        for stage in self.stages:
            assert seen.issuperset(stage.needs), f"{stage.name} stands before what it needs"
            assert stage.name not in seen, f"{stage.name} is there twice"
            seen.add(stage.name)

    def path_minutes(self) -> dict[str, float]:
        """Minutes from the beginning of each stage to the end of all that wait for it."""
        left: dict[str, float] = {}
        for stage in reversed(self.stages):
            after = [left[other.name] for other in self.stages if stage.name in other.needs]
            left[stage.name] = stage.minutes + max(after, default=0.0)
        return left

    def minutes(
        self, left: Sequence[str] | None = None, spent: Mapping[str, float] | None = None
    ) -> float:
        """How long stages take on the plan's lanes, by the minutes that each says of itself.

        Args:
            left: Names of those that are to be done; all by default.
            spent: Minutes that some of these took already.
        """
        before = spent or {}
        todo = {s.name: s for s in self.stages if left is None or s.name in left}
        order, ends, running, now = self.path_minutes(), dict[str, float](), dict[str, float](), 0.0
        while todo or running:
            ready = [
                s for s in todo.values() if not any(n in todo or n in running for n in s.needs)
            ]
            ready.sort(key=lambda stage: -order[stage.name])
            for stage in ready[: self.lanes - len(running)]:
                running[stage.name] = now + max(0.0, stage.minutes - before.get(stage.name, 0.0))
                del todo[stage.name]
            first = min(running, key=lambda name: running[name])
            now = ends[first] = running.pop(first)
        return now


def _quoted(word: str) -> str:
    import shlex

    return shlex.quote(word)


@cache
def _code(kind: str) -> str:
    """Digest of the source that a kind of stage is made by."""
    digest = hashlib.sha256()
    for part in _CODE[kind]:
        root = Path(_trainer[0]) / part
        for path in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
            digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def _digest(path: Path) -> str:
    """Says whether a file or folder changed; of large ones by size and time of change."""
    if path.is_dir():
        inside = sorted((p.name, p.stat().st_size) for p in path.iterdir())
        return hashlib.sha256(json.dumps(inside).encode()).hexdigest()
    if not path.is_file():
        return "missing"
    state = path.stat()
    if state.st_size > _CONTENT:
        return f"{state.st_size}-{state.st_mtime_ns}"
    return hashlib.sha256(path.read_bytes()).hexdigest()
