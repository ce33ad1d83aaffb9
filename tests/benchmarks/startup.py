"""Seconds from the start of the process to the first painted window, as a person waits for it.

    python tests/benchmarks/startup.py [--runs 5] [--library DIR]

Each run is a fresh process with an event loop that ends right after the first paint. The first run
is reported apart: files may still have to come from the disk.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from relsim_desktop.app import Application

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            heavy = [m for m in ("torch", "onnxruntime", "transformers") if m in sys.modules]
            print(time.time(), ",".join(heavy) or "none", flush=True)
            watched.removeEventFilter(self)
            QTimer.singleShot(0, application.quit)
        return False

application = Application(sys.argv[1:])
first_paint = FirstPaint()
application.window.installEventFilter(first_paint)
sys.exit(application.run())
"""


def first_paint(library: str) -> tuple[float, str]:
    """Seconds until the window was painted, and the heavy modules that were loaded by then."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    command = [sys.executable, "-c", PROGRAM, "--library", library]
    began = time.time()
    printed = subprocess.run(
        command, check=True, text=True, stdout=subprocess.PIPE, env=environment
    ).stdout.split()
    return float(printed[0]) - began, printed[1]


def main() -> None:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--library")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        runs = [first_paint(arguments.library or temporary) for _ in range(arguments.runs + 1)]
    seconds = [run[0] for run in runs]
    outcome = {
        "first_run_seconds": round(seconds[0], 3),
        "median_seconds": round(statistics.median(seconds[1:]), 3),
        "heavy_modules_before_the_first_paint": runs[-1][1],
    }
    print(json.dumps(outcome, indent=1))


if __name__ == "__main__":
    main()
