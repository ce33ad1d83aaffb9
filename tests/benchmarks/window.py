"""The main job in the real window: how long the GUI thread is held, and a click takes to show.

    xvfb-run -s "-screen 0 1600x1000x24" python tests/benchmarks/window.py FOLDER... [--shots DIR]

Indexes the folders in a library of its own while a 10 ms timer notes how late it comes; then asks
for the neighbors of pictures that stand together in the grid, and of pictures far apart, and times
each until the neighbors are painted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from engine.types import FileEntry
from relsim_desktop.app import Application
from relsim_desktop.question import Question

QUERIES = 40


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Measurement:
    """Drives a running application and collects figures."""

    def __init__(self, application: Application, shots: Path | None) -> None:
        self.window = application.window
        self.workspace = application.workspace
        self._shots = shots

    def shoot(self, name: str) -> None:
        """Keep a picture of the window."""
        if self._shots is not None:
            self._shots.mkdir(parents=True, exist_ok=True)
            self.window.grab().save(str(self._shots / f"{name}.png"))

    def indexing(self) -> dict[str, object]:
        """Wait for the indexing; seconds, and lateness of a 10 ms timer in milliseconds."""
        late: list[float] = []
        began = last = time.perf_counter()

        def tick() -> None:
            nonlocal last
            now = time.perf_counter()
            late.append((now - last) * 1000 - 10)
            last = now

        timer = QTimer()
        timer.timeout.connect(tick)
        timer.start(10)
        wait(3000)
        self.shoot("indexing")
        while self.workspace.indexing.is_running:
            wait(100)
        timer.stop()
        p50, p99 = np.percentile(late, [50, 99])
        return {
            "seconds": round(time.perf_counter() - began, 1),
            "late_ms": {"p50": round(p50), "p99": round(p99), "max": round(max(late))},
        }

    def clicks(self, files: list[FileEntry]) -> dict[str, int]:
        """Milliseconds from a question to its painted neighbors."""
        taken = []
        for file in files:
            loop = QEventLoop()
            began = time.perf_counter()

            def painted(_: object, began: float = began, loop: QEventLoop = loop) -> None:
                self.window.parts.analogies.repaint()
                taken.append((time.perf_counter() - began) * 1000)
                loop.quit()

            connection = self.workspace.inquiry.answered.connect(painted)
            self.window.ask(Question(image_id=file.image_id, path=file.path))
            loop.exec()
            self.workspace.inquiry.answered.disconnect(connection)
            wait(100)
        p50, p95 = np.percentile(taken, [50, 95])
        return {"p50": round(p50), "p95": round(p95)}

    def run(self) -> dict[str, object]:
        """All of it."""
        outcome: dict[str, object] = {"indexing": self.indexing()}
        assert self.workspace.engine is not None
        files = [file for file in self.workspace.engine.store.files() if file.state == "indexed"]
        middle = len(files) // 2
        together = files[middle : middle + 8] * (QUERIES // 8)
        outcome["click_ms"] = {
            "pictures_in_view": self.clicks(together),
            "pictures_far_apart": self.clicks(random.Random(0).sample(files, QUERIES)),
        }
        self.shoot("neighbors")
        return outcome


def main() -> int:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--shots", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as own:
        os.environ["XDG_CONFIG_HOME"] = own  # the user's settings are no part of this
        application = Application([*arguments.folders, "--library", f"{own}/library"])
        measurement = Measurement(application, arguments.shots)

        def measure() -> None:
            print(json.dumps(measurement.run(), indent=1))
            application.quit()

        application.window.resize(1500, 950)
        measurement.workspace.opened.connect(lambda _: QTimer.singleShot(500, measure))
        return application.run()


if __name__ == "__main__":
    sys.exit(main())
