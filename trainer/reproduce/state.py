"""What a run has done: ``state.json``, which a kill leaves whole."""

from __future__ import annotations

import datetime
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Literal

from engine.errors import KnownError
from trainer.files import write_atomically

STATE: Final = "state.json"
FORMAT: Final = "relsim-reproduction-state"
VERSION: Final = 1

Status = Literal["running", "done", "failed"]


@dataclass(slots=True)
class Entry:
    """A stage that was begun.

    Attributes:
        key: What it makes; see `trainer.reproduce.plan.Stage.key`.
        status: ``running`` also where a kill ended it.
        title: What it does.
        command: What a person would type for it.
        seconds: That it took, over all its beginnings.
        begun: When it was begun first, ISO time.
        ended: When it ended; empty before.
        code: Exit status; None before it ended.
        log: File of its output, below the run's folder.
    """

    key: str
    status: Status
    title: str = ""
    command: str = ""
    seconds: float = 0.0
    begun: str = ""
    ended: str = ""
    code: int | None = None
    log: str = ""


@dataclass(slots=True)
class State:
    """Of a run's folder.

    Attributes:
        scale: Of its plan.
        stages: By name, in the order in which they were begun.
        folder: Where it was written; empty if that is not known.
    """

    scale: str
    stages: dict[str, Entry] = field(default_factory=dict)
    folder: str = ""

    @classmethod
    def read(cls, folder: Path, scale: str) -> State:
        """The state of a folder; a new one if it holds none.

        Raises:
            KnownError: If it is damaged, of a newer version, or of another scale.
        """
        path = folder / STATE
        if not path.is_file():
            return cls(scale)
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            is_ours, version = found["format"] == FORMAT, int(found["version"])
            if is_ours and version > VERSION:
                raise KnownError(f"{path} was written by a newer relsim-train: update this one")
            stages = {n: Entry(**e) for n, e in found["stages"].items()}
            state = cls(found["scale"], stages, str(found.get("folder", "")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise KnownError(f"{path} is damaged ({error!r}): name another folder") from error
        if not is_ours:
            raise KnownError(f"{path} is something else: name another folder")
        if state.scale != scale:
            raise KnownError(f"{folder} holds a run of scale {state.scale}: name another folder")
        return state

    def write(self, folder: Path) -> None:
        """Replace the file."""
        content = {
            "format": FORMAT,
            "version": VERSION,
            "scale": self.scale,
            "folder": str(folder.resolve()),
            "stages": {name: asdict(entry) for name, entry in self.stages.items()},
        }
        write_atomically(folder / STATE, (json.dumps(content, indent=1) + "\n").encode())


def now() -> str:
    """The time, as it is written."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
