"""Does the stages of a plan that are not done, side by side, each in a process of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.errors import KnownError
from engine.jobs import JobControl
from trainer.reproduce.lists import lead_here
from trainer.reproduce.plan import Plan, Stage
from trainer.reproduce.state import Entry, State, now

LOGS: Final = "logs"
_PHASE: Final = "Reproducing"
_EVERY_S: Final = 0.2
_TELL_S: Final = 30.0
_PATIENCE_S: Final = 60.0  # a training run writes a checkpoint when it is interrupted
_TAIL: Final = 1 << 14
_ERROR: Final = "relsim-train: "


@dataclass(slots=True)
class Running:
    """A stage at work.

    Attributes:
        stage: Which.
        process: Of it.
        began: When, by the clock that never goes back.
        before: Seconds that it took before a kill.
    """

    stage: Stage
    process: subprocess.Popen[bytes]
    began: float
    before: float

    @property
    def seconds(self) -> float:
        """That it took so far."""
        return self.before + time.monotonic() - self.began


class Runner:
    """Does a plan in a folder.

    Args:
        plan: Its stages.
        folder: Of the run.
        say: Gets a line for people now and then.
        only: Names of the stages to do; all by default. Those they need must be done.

    Raises:
        KnownError: If the folder holds a run of another scale, or there is no such stage.
    """

    def __init__(
        self,
        plan: Plan,
        folder: Path,
        say: Callable[[str], None],
        *,
        only: tuple[str, ...] = (),
    ) -> None:
        self.plan, self.folder, self._say = plan, folder, say
        known = {stage.name for stage in plan.stages}
        unknown = [name for name in only if name not in known]
        if unknown:
            raise KnownError(f"There is no stage {', '.join(unknown)}: {', '.join(sorted(known))}")
        self._only = frozenset(only or known)
        self.state = State.read(folder, plan.scale)
        self._running: dict[str, Running] = {}
        self._told = 0.0

    def left(self) -> list[Stage]:
        """Stages that are not done; one is not either if one that it needs is not."""
        keys: dict[str, str] = {}
        for stage in self.plan.stages:
            if all(name in keys for name in stage.needs):
                key = stage.key(keys, self.folder)
                if self._is_done(stage, key):
                    keys[stage.name] = key
        return [stage for stage in self.plan.stages if stage.name not in keys]

    def run(self, control: JobControl) -> list[str]:
        """Do what is left. Whatever ends it, no process of its is left behind.

        Args:
            control: Progress in stages; cancel interrupts the stages at work, as Ctrl-C does.

        Returns:
            Names of the stages that were done now.

        Raises:
            KnownError: If a stage fails, with the last line of its log; if the run is at work
                already, or the folder cannot be written.
            Cancelled: If told to; the next run goes on where the stages were.
        """
        with _claimed(self.folder):
            self.state = State.read(self.folder, self.plan.scale)
            with _written(self.folder):
                lead_here(self.folder, self.state.folder)
            try:
                return self._run(control)
            finally:
                self._end_all()

    def _run(self, control: JobControl) -> list[str]:
        done, order = list[str](), self.plan.path_minutes()
        total = len([stage for stage in self.left() if stage.name in self._only])
        while True:
            control.checkpoint()
            todo = [s for s in self.left() if s.name in self._only]
            control.report(_PHASE, len(done), total)
            ready = self._ready(todo)
            ready.sort(key=lambda stage: -order[stage.name])
            for stage in ready[: self.plan.lanes - len(self._running)]:
                self._begin(stage)
            if not self._running:
                if todo:
                    self._say_waiting(todo)
                control.report(_PHASE, len(done), total)
                return done
            ended = self._wait(control)
            reasons = {name: self._end(name) for name in ended}
            done += [name for name in ended if not reasons[name]]
            for reason in filter(None, reasons.values()):
                raise KnownError(reason)

    def _ready(self, todo: list[Stage]) -> list[Stage]:
        left = {stage.name for stage in self.left()}
        return [
            stage
            for stage in todo
            if stage.name not in self._running and left.isdisjoint(stage.needs)
        ]

    def _say_waiting(self, todo: list[Stage]) -> None:
        names = ", ".join(stage.name for stage in todo)
        raise KnownError(f"Not done, because what they need is not among --only: {names}")

    def _key(self, stage: Stage) -> str:
        """Of a stage whose needs are done."""
        keys = {name: self.state.stages[name].key for name in stage.needs}
        return stage.key(keys, self.folder)

    def _is_done(self, stage: Stage, key: str) -> bool:
        entry = self.state.stages.get(stage.name)
        there = all((self.folder / name).exists() for name in stage.makes if "dropped" not in name)
        return entry is not None and entry.status == "done" and entry.key == key and there

    def _begin(self, stage: Stage) -> None:
        key, entry = self._key(stage), self.state.stages.get(stage.name)
        goes_on = entry is not None and entry.key == key and entry.status != "done"
        for name in stage.makes:
            path = self.folder / name
            if name in stage.keeps and path.exists():
                path.replace(path.with_name(f"{path.stem}-{time.time_ns()}{path.suffix}"))
            if not goes_on:  # of other settings: it would be taken for this stage's
                _remove(path)
        for other in self.plan.stages:
            if not set(stage.makes).isdisjoint(other.changes):  # which it did to the old file
                self.state.stages.pop(other.name, None)
        before = entry.seconds if goes_on and entry is not None else 0.0
        log = f"{LOGS}/{stage.name}.log"
        begun = entry.begun if goes_on and entry is not None else now()
        self.state.stages[stage.name] = Entry(
            key, "running", stage.title, stage.spoken(), before, begun, log=log
        )
        self._write()
        path = self.folder / log
        child = [sys.executable, "-m", "trainer.reproduce.child", f"{LOGS}/{stage.name}.lock"]
        with _written(self.folder), path.open("ab" if goes_on else "wb") as output:
            process = subprocess.Popen(  # noqa: S603 - this interpreter, words of the plan
                [*child, *stage.call()],
                cwd=self.folder,
                env=self._environment(),
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a Ctrl-C in the terminal reaches this process alone
            )
        self._running[stage.name] = Running(stage, process, time.monotonic(), before)
        self._say(f"{stage.name}: {stage.title}" + (", goes on" if goes_on else ""))

    def _environment(self) -> dict[str, str]:
        environment = dict(os.environ)
        if self.plan.lanes > 1:
            threads = str(max(1, (os.cpu_count() or 1) // self.plan.lanes))
            environment |= {"OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        return environment

    def _wait(self, control: JobControl) -> list[str]:
        """Names of stages that have ended, at least one."""
        while True:
            ended = [n for n, one in self._running.items() if one.process.poll() is not None]
            if ended:
                return ended
            control.checkpoint()
            if time.monotonic() - self._told > _TELL_S:
                self._tell()
            time.sleep(_EVERY_S)

    def _tell(self) -> None:
        self._told = time.monotonic()
        pace = self._pace()
        spent = {name: one.seconds / 60 / pace for name, one in self._running.items()}
        left = pace * self.plan.minutes([stage.name for stage in self.left()], spent)
        for name, one in self._running.items():
            line = last_line(self.folder / LOGS / f"{name}.log")
            self._say(f"  {name}, {one.seconds / 60:.1f} min: {line}")
        if left:
            self._say(f"  about {left:.0f} min are left")

    def _pace(self) -> float:
        """How many times as long as planned stages take here; 1 before one ended."""
        planned, took = 0.0, 0.0
        for stage in self.plan.stages:
            entry = self.state.stages.get(stage.name)
            if entry is not None and entry.status == "done" and stage.minutes:
                planned, took = planned + stage.minutes, took + entry.seconds / 60
        return took / planned if took else 1.0

    def _write(self) -> None:
        with _written(self.folder):
            (self.folder / LOGS).mkdir(exist_ok=True)
            self.state.write(self.folder)

    def _end(self, name: str) -> str:
        """Note how a stage that has ended did; returns why it failed, if it did."""
        one = self._running.pop(name)
        code = one.process.returncode
        self._close(one)
        entry = self.state.stages[name]
        entry.seconds, entry.ended, entry.code = round(one.seconds, 1), now(), code
        missing = [path for path in one.stage.makes if not (self.folder / path).exists()]
        missing = [path for path in missing if "dropped" not in path]
        entry.status = "failed" if code or missing else "done"
        self._write()
        if entry.status == "done":
            self._say(f"{name}: done in {one.seconds / 60:.1f} min")
            return ""
        log = self.folder / entry.log
        reason = last_line(log, _ERROR) if code else f"it made no {', '.join(missing)}"
        return (
            f"Stage {name} ended with status {code}: {reason.removeprefix(_ERROR)}"
            f" (log: {log}). The same command goes on from here"
        )

    def _end_all(self) -> None:
        """Interrupt what is at work, and wait until it has written what it keeps."""
        for name in [n for n, one in self._running.items() if one.process.poll() is not None]:
            self._end(name)  # by itself, since anybody looked
        for one in self._running.values():
            self._close(one)  # which its child takes for Ctrl-C
        until = time.monotonic() + _PATIENCE_S
        for name, one in self._running.items():
            try:
                one.process.wait(max(0.0, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill(one.process)
            entry = self.state.stages[name]
            entry.seconds, entry.code = round(one.seconds, 1), one.process.returncode
        if self._running:
            self._running.clear()
            self._write()

    @staticmethod
    def _close(one: Running) -> None:
        if one.process.stdin is not None:
            one.process.stdin.close()


def last_line(path: Path, front: str = "") -> str:
    """The last line of a log that says something; empty if none does.

    Args:
        path: Of the log.
        front: How a line begins that is preferred: several processes end with a frame of dashes.
    """
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - _TAIL))
            lines = file.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    found = [line.strip() for line in reversed(lines) if line.strip()]
    return next((line for line in found if front and line.startswith(front)), (*found, "")[0])


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End a stage, and with it the processes that it began."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # it leads a session of its own
    process.wait()


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    """Says in words why something cannot be written, such as a full disk."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        raise KnownError(
            f"{folder} cannot be written ({reason}): make room there, then run the same command"
            " again"
        ) from error


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _claimed(folder: Path) -> Iterator[None]:
    """One process does a run; the system frees the lock when it dies."""
    from filelock import FileLock, Timeout

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "run.lock", thread_local=False)
        lock.acquire(blocking=False)
    except Timeout as error:
        raise KnownError(f"The run in {folder} is at work already: wait, or end it") from error
    except OSError as error:
        raise KnownError(f"{folder} cannot be written: {error.strerror or error}") from error
    try:
        yield
    finally:
        lock.release()
