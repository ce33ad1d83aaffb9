"""How smooth the window is on a large library: what holds its GUI thread, flow by flow.

    xvfb-run -s "-screen 0 1600x1000x24" python tests/benchmarks/smoothness.py DIR [--pictures N]

Makes a library of 100,000 pictures in DIR unless it is there (`big_library.py`), opens the real
program on it, and does what a person does. For each flow: the longest stretch in which the GUI
thread did not come back to its event loop, by clock and by processor time, and what it did then.
For questions also the time from the click until the neighbors are painted.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from big_library import make_big_library
from event_loop import Watchdog, worst
from PySide6.QtCore import QEventLoop, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from relsim_desktop.app import Application
from relsim_desktop.views.tile_view import TileView
from relsim_desktop.views.window.feature import PageFeature

CLICKS = 60


def wait(milliseconds: int) -> None:
    """Let the window work."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class Flows:
    """Does with the window what a person does, under a watchdog."""

    def __init__(self, application: Application, watchdog: Watchdog) -> None:
        self.window = application.window
        self.workspace = application.workspace
        self._watchdog = watchdog
        self._random = random.Random(0)
        self.outcome: dict[str, object] = {}

    @property
    def view(self) -> TileView:
        """The collection's grid."""
        return self.window.parts.collection.view

    def measure(self, name: str, act: Callable[[], object]) -> None:
        """Do something and note what held the thread."""
        with self._watchdog.flow() as stalls:
            found = act()
        self.outcome[name] = worst(stalls) | (found if isinstance(found, dict) else {})
        print(name, json.dumps(self.outcome[name]), file=sys.stderr, flush=True)

    def wheel(self) -> None:
        """Turn the wheel for two seconds, sixty times a second."""
        view = self.view
        middle = view.viewport().rect().center()
        for _ in range(120):
            event = QWheelEvent(
                QPointF(middle),
                QPointF(view.viewport().mapToGlobal(middle)),
                QPoint(0, -120),
                QPoint(0, -120),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QApplication.sendEvent(view.viewport(), event)
            wait(16)

    def pages(self) -> None:
        """Page through the grid."""
        for _ in range(40):
            QTest.keyClick(self.view, Qt.Key.Key_PageDown)
            wait(30)

    def jumps(self) -> None:
        """Drag the scroll bar to and fro."""
        bar = self.view.verticalScrollBar()
        for _ in range(40):
            bar.setValue(self._random.randrange(bar.maximum()))
            wait(50)

    def clicks(self) -> dict[str, object]:
        """Click pictures in view; milliseconds until their neighbors are painted."""
        taken: list[float] = []
        for _ in range(CLICKS):
            rows = self.view.visible_rows()
            index = self.view.model().index(self._random.choice(list(rows)[: len(rows) // 2]), 0)
            loop = QEventLoop()

            def painted(_: object, began: float, loop: QEventLoop = loop) -> None:
                self.window.parts.analogies.view.viewport().repaint()
                taken.append((time.perf_counter() - began) * 1000)
                loop.quit()

            began = time.perf_counter()
            connection = self.workspace.inquiry.answered.connect(
                lambda found, began=began, painted=painted: painted(found, began)
            )
            at = self.view.visualRect(index).center()
            QTest.mouseClick(self.view.viewport(), Qt.MouseButton.LeftButton, pos=at)
            QTimer.singleShot(3000, loop.quit)
            loop.exec()
            self.workspace.inquiry.answered.disconnect(connection)
            wait(150)
        p50, p95 = np.percentile(taken, [50, 95])
        return {
            "answered": len(taken),
            "p50_ms": round(float(p50), 1),
            "p95_ms": round(float(p95), 1),
        }

    def surprise(self) -> None:
        """Move the surprise slider from end to end."""
        for value in range(0, 101, 5):
            self.window.parts.analogies.surprise.setValue(value)
            wait(40)
        wait(500)

    def sizes(self) -> None:
        """Make thumbnails larger and smaller."""
        for step in (1, 1, -1, -1):
            self.window.parts.collection.step_size(step)
            wait(200)

    def resize(self) -> None:
        """Change the window's size as a drag does."""
        for width in (*range(1500, 1100, -40), *range(1100, 1501, 40)):
            self.window.resize(width, 900)
            wait(30)

    def select_all(self) -> None:
        """Select everything, and one again."""
        self.view.selectAll()
        wait(300)
        self.view.setCurrentIndex(self.view.model().index(0, 0))
        wait(300)

    def page(self, feature: PageFeature) -> None:
        """Show a page, stay, and leave it."""
        feature.enter()
        wait(4000)
        feature.leave()
        wait(300)

    def run(self) -> dict[str, object]:
        """All of it."""
        for name in (
            "wheel",
            "pages",
            "jumps",
            "clicks",
            "surprise",
            "sizes",
            "resize",
            "select_all",
        ):
            self.measure(name, getattr(self, name))
        for feature in self.window.features:
            if isinstance(feature, PageFeature):
                name = feature.show_action.text().replace("&", "")
                self.measure(f"page: {name}", lambda feature=feature: self.page(feature))
        return self.outcome


def main() -> int:
    """Measure and print one JSON document."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("where", type=Path)
    parser.add_argument("--pictures", type=int, default=100_000)
    arguments = parser.parse_args()
    _, made = make_big_library(arguments.where.absolute(), arguments.pictures)
    with tempfile.TemporaryDirectory() as own:
        library = shutil.copytree(made, Path(own) / "library")
        os.environ["XDG_CONFIG_HOME"] = own  # the user's settings are no part of this
        # Under glib, Qt says that it waits before it handles events, and the watchdog sees nothing.
        os.environ["QT_NO_GLIB"] = "1"
        application = Application(["--library", str(library)])
        application.window.resize(1500, 900)
        with Watchdog() as watchdog:
            flows = Flows(application, watchdog)
            opening = watchdog.flow()
            stalls = opening.__enter__()

            def opened() -> None:
                if application.workspace.indexing.is_running or not flows.view.model().rowCount():
                    QTimer.singleShot(100, opened)
                    return
                wait(3000)
                opening.__exit__(None, None, None)
                flows.outcome["opening"] = worst(stalls)
                print(json.dumps(flows.run(), indent=1))
                application.window.close()
                application.quit()

            application.workspace.opened.connect(lambda _: QTimer.singleShot(500, opened))
            return application.run()


if __name__ == "__main__":
    sys.exit(main())
