"""The folder of a run: its settings, where it came from, what it measured."""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from trainer.config import config_json
from trainer.files import write_atomically

_PACKAGES = ("torch", "transformers", "peft", "sentence-transformers", "numpy", "pillow")
_VERSION = 1


class Run:
    """A folder that belongs to one configuration.

    Attributes:
        folder: Holds ``config.json``, ``run.json``, ``metrics.jsonl``, ``curves.png``,
            ``tensorboard/`` and ``checkpoints/``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.checkpoints = folder / "checkpoints"
        self._metrics = folder / "metrics.jsonl"

    @classmethod
    def claim(cls, folder: Path, config: Any, *, writes: bool = True) -> Run:
        """Make a folder this configuration's own, or go on in it.

        Args:
            folder: Made if it is not there.
            config: A dataclass.
            writes: Whether this process is the one that writes.

        Raises:
            KnownError: If it holds a run with other settings, or cannot be written.
        """
        run, path, text = cls(folder), folder / "config.json", config_json(config)
        try:
            if path.is_file():
                if path.read_text(encoding="utf-8") != text:
                    raise KnownError(
                        f"{folder} holds a run with other settings; name another folder"
                    )
            elif writes:
                folder.mkdir(parents=True, exist_ok=True)
                write_atomically(path, text.encode())
        except OSError as error:
            raise KnownError(f"Cannot write to {folder}: {error.strerror or error}") from error
        return run

    def describe(self, **facts: Any) -> None:
        """Record where the run came from, at its start; a run that goes on adds a line.

        Args:
            **facts: What else is worth knowing: counts of data, the device.
        """
        path = self.folder / "run.json"
        starts = json.loads(path.read_text(encoding="utf-8"))["starts"] if path.is_file() else []
        starts.append(
            {
                "command": sys.argv[:],
                "commit": _commit(),
                "python": platform.python_version(),
                "platform": platform.platform(),
                "packages": {name: metadata.version(name) for name in _PACKAGES},
                **facts,
            }
        )
        content = {"version": _VERSION, "starts": starts}
        write_atomically(path, json.dumps(content, indent=1, default=str).encode())

    def record(self, step: int, figures: Mapping[str, float]) -> None:
        """Add a line to the metrics.

        Args:
            step: Steps done.
            figures: By name.
        """
        with self._metrics.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"step": step, **figures}) + "\n")

    def metrics(self) -> list[dict[str, float]]:
        """All lines of the metrics; one that a kill cut short is left out."""
        if not self._metrics.is_file():
            return []
        lines = []
        for line in self._metrics.read_text(encoding="utf-8").splitlines():
            try:
                lines.append(json.loads(line))
            except ValueError:
                continue
        return lines

    def forget_after(self, step: int) -> None:
        """Drop the metrics of steps that are going to be repeated."""
        kept = [line for line in self.metrics() if line["step"] <= step]
        write_atomically(self._metrics, "".join(json.dumps(x) + "\n" for x in kept).encode())


def _commit() -> str | None:
    """The commit of the source, with a plus sign where files differ from it."""
    here = Path(__file__).parent
    try:
        head = _git(here, "rev-parse", "HEAD")
        return head + ("+" if _git(here, "status", "--porcelain", "--", "..") else "")
    except (OSError, subprocess.CalledProcessError):
        return None


def _git(folder: Path, *words: str) -> str:
    command = ["git", "-C", str(folder), *words]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()  # noqa: S603
