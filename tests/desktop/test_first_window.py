"""The first window comes up without what only the model needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
from PySide6.QtCore import QEvent, QObject
from relsim_desktop.app import Application

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            heavy = {"torch", "onnxruntime", "transformers", "numpy", "PIL", "hnswlib"}
            print(sorted(heavy & set(sys.modules)))
            application.quit()
        return False

application = Application(["--library", sys.argv[1]])
first_paint = FirstPaint()
application.window.installEventFilter(first_paint)
sys.exit(application.run())
"""


def test_nothing_heavy_is_imported_before_the_first_window(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "library")],
        check=True,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == ["[]"]


def test_wrong_arguments_are_one_line_and_status_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "relsim_desktop", str(tmp_path / "nowhere")],
        check=False,
        text=True,
        capture_output=True,
        timeout=120,
    )
    assert done.returncode == 2
    assert "there is no file or folder" in done.stderr
    assert "Traceback" not in done.stderr
