"""One stage in a process of its own: memory is freed, and its output goes to a log.

A stage ends when whoever started it does: its standard input is a pipe, whose end means that.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Sequence

from engine.errors import KnownError


def main(words: Sequence[str]) -> int:
    """Run a stage as `perform` does, for as long as standard input is open.

    Args:
        words: A file that one process of the stage at a time locks, because that of a run which was
            killed needs a while to end; then those of `perform`.
    """
    from filelock import FileLock

    # A shell's background job never hears Ctrl-C, and would hand that on to this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=_watch, daemon=True).start()
    lock, *call = words
    try:
        with FileLock(lock):
            return perform(call)
    except KeyboardInterrupt:
        return 130


def perform(words: Sequence[str]) -> int:
    """Run a stage in this process.

    Args:
        words: From `trainer.reproduce.plan.Stage.call`.

    Returns:
        The exit status of the command; 2 after an error of a step, which is printed, and 130 after
        an interruption.
    """
    kind, *rest = words
    if kind == "step":
        return _step(*rest)
    processes, *command = rest
    if int(processes) == 1:
        from trainer.cli import main as run

        return run(command)
    from torch.distributed.run import main as run_processes

    run_processes(["--nproc-per-node", processes, "-m", "--", "trainer.cli", *command])
    return 0


def _step(name: str, settings: str) -> int:
    from trainer.reproduce import grouped, steps

    try:
        (steps.STEPS | grouped.STEPS)[name](json.loads(settings))
    except KnownError as error:
        sys.stderr.write(f"relsim-train: {' '.join(str(error).split())}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _watch() -> None:
    """Interrupt this process, as Ctrl-C does, when the one that started it has ended."""
    while os.read(0, 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
