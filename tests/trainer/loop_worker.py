"""A run in a process of its own, which is killed or interrupted when it reports a given step."""

from __future__ import annotations

import io
import os
import signal
import sys
from pathlib import Path

from small_training import WITH_CHANCE, small_config

from trainer.contrastive.relsim import train_relsim
from trainer.progress import Reporter


class Deadly(Reporter):
    """Sends its own process a signal."""

    def __init__(self, step: int, number: int) -> None:
        super().__init__(stream=io.StringIO())
        self._step, self._number = step, number

    def step(self, phase: str, done: int, total: int, **figures: float) -> None:
        if phase == "Training" and done == self._step:
            os.kill(os.getpid(), self._number)


if __name__ == "__main__":
    data, folder, step, name = sys.argv[1:]
    reporter = Deadly(int(step), getattr(signal, name))
    train_relsim(small_config(Path(data), **WITH_CHANCE), Path(folder), reporter, "cpu")
