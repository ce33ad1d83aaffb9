"""Progress of a run: lines for people, or JSON lines for a program that started it."""

from __future__ import annotations

import io
import json
import sys
import time
from typing import TextIO

_EVERY_S = 5.0


class Reporter:
    """Writes progress.

    Args:
        as_json: JSON lines instead of sentences.
        stream: Standard error by default.
    """

    def __init__(self, *, as_json: bool = False, stream: TextIO | None = None) -> None:
        self._as_json = as_json
        self._stream = stream if stream is not None else sys.stderr
        self._phase, self._began, self._first, self._last = "", 0.0, 0, 0.0

    @classmethod
    def silent(cls) -> Reporter:
        """One that says nothing, for processes beside the main one."""
        return cls(stream=io.StringIO())

    def step(self, phase: str, done: int, total: int, **figures: float) -> None:
        """Say how far a phase is: at its beginning, at its end, and every few seconds between.

        Args:
            phase: A present participle ("Drawing").
            done: Units finished, those of an earlier, interrupted run included.
            total: Units there are.
            figures: Named measurements.
        """
        now = time.monotonic()
        if phase != self._phase:
            self._phase, self._began, self._first, self._last = phase, now, done, 0.0
        if done < total and now - self._last < _EVERY_S:
            return
        self._last = now
        elapsed = now - self._began
        rate = (done - self._first) / elapsed if elapsed > 0 else 0.0
        if self._as_json:
            self._write(
                {"phase": phase, "done": done, "total": total, "rate": round(rate, 2), **figures}
            )
            return
        left = f", {(total - done) / rate:.0f} s left" if rate > 0 and done < total else ""
        named = "".join(f", {name} {value:.4f}" for name, value in figures.items())
        self._stream.write(f"{phase}: {done} of {total} ({rate:.1f}/s{left}){named}\n")
        self._stream.flush()

    def note(self, text: str) -> None:
        """Say something once."""
        if self._as_json:
            self._write({"note": text})
        else:
            self._stream.write(f"{text}\n")
            self._stream.flush()

    def _write(self, document: dict[str, object]) -> None:
        self._stream.write(json.dumps(document) + "\n")
        self._stream.flush()
