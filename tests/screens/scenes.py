"""What is shown on each picture of the program, and how a person gets there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from engine.jobs import JobControl
from engine.mapping.groups import export_map_groups
from engine.mapping.maker import MapMaker
from engine.study.documents import now
from engine.study.folder import StudyFolder, order
from engine.study.values import Answer
from relsim_desktop.app import Application
from relsim_desktop.operations.study import StudyRequest
from relsim_desktop.question import Question
from relsim_desktop.views.window.feature import PageFeature
from resources import ROOT

sys.path.append(str(Path(__file__).parents[1]))  # what the tests have made up


class Stage:
    """The running program, and a person's hands.

    Args:
        application: Its window is shown.
        own: A folder for what a scene needs on disk.
    """

    def __init__(self, application: Application, own: Path) -> None:
        self.window = application.window
        self.workspace = application.workspace
        self.own = own
        self.pictures = own / "Pictures"
        shutil.copytree(ROOT / "sample", self.pictures, ignore=shutil.ignore_patterns("*.md"))

    def wait(self, milliseconds: int) -> None:
        """Let the window work."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def settle(self) -> None:
        """Wait until nothing is computed and nothing is loaded any more."""
        for _ in range(200):
            self.wait(100)
            if not self.workspace.jobs.running:
                self.wait(250)
                if not self.workspace.jobs.running:
                    return

    def grab(self, shown: QWidget | None) -> QPixmap:
        """A picture of a dialog, or of the window with what has popped up over it."""
        if shown is not None:
            return shown.grab()
        picture = self.window.grab()
        painter = QPainter(picture)
        for top in QApplication.topLevelWidgets():
            if top.isVisible() and top.windowType() == Qt.WindowType.Popup:
                painter.drawPixmap(self.window.mapFromGlobal(top.pos()), top.grab())
        painter.end()
        return picture

    def ask(self, name: str) -> None:
        """Ask about a picture of the sample collection."""
        self.window.ask(self.question(name))
        self.settle()

    def question(self, name: str) -> Question:
        """A picture of the sample collection."""
        path = self.pictures / name
        assert self.workspace.engine is not None
        return Question(path=path, image_id=self.workspace.engine.store.image_at(path))

    def feature(self, kind: str) -> PageFeature:
        """A feature by the name of its class."""
        return next(f for f in self.window.features if type(f).__name__ == kind)  # type: ignore[return-value]

    def page(self, kind: str) -> None:
        """Show the page of a feature."""
        self.feature(kind).enter()
        self.settle()

    def act(self, text: str) -> None:
        """Trigger a verb by the beginning of its text."""
        actions = [a for a in self.window.verbs.all() if a.text().replace("&", "").startswith(text)]
        actions[0].trigger()
        self.settle()

    def dialog(self) -> QWidget:
        """The dialog or window that was opened last."""
        tops = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w is not self.window]
        return tops[-1]


def _nothing(stage: Stage) -> None:
    """Leave the scene as it is."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A page in a state worth seeing.

    Attributes:
        act: Brings it about; returns the dialog to picture, None for the window.
        leave: Puts away what it opened.
        is_needed: Later scenes build on it.
    """

    act: Callable[[Stage], QWidget | None]
    leave: Callable[[Stage], None] = _nothing
    is_needed: bool = False


def _leave(kind: str) -> Callable[[Stage], None]:
    return lambda stage: stage.feature(kind).leave()


def _page(kind: str) -> Scene:
    def act(stage: Stage) -> None:
        stage.page(kind)

    return Scene(act, _leave(kind))


def _empty(stage: Stage) -> None:
    stage.settle()


def _browse(stage: Stage) -> None:
    stage.window.add([stage.pictures])
    stage.wait(500)
    stage.settle()
    stage.ask("owl-growing.jpg")


def _judge(stage: Stage) -> None:
    for row, verdict in enumerate(("good", "alike", "no")):
        neighbor = stage.window.parts.analogies.model.neighbor(row)
        stage.workspace.query_verdicts.toggle(neighbor.image_id, verdict)
    stage.settle()


def _compose(stage: Stage) -> None:
    inquiry = stage.workspace.inquiry
    stage.ask("pears-in-grid.jpg")
    inquiry.add(stage.question("boats-in-rows.png"))
    inquiry.add(stage.question("apple-among-penguins.jpg"), -1.0)
    stage.settle()


def _filter(stage: Stage) -> QWidget | None:
    stage.ask("beetles-in-ring.jpg")
    stage.act("Filters")
    return None


def _inspect(stage: Stage) -> None:
    stage.ask("duck-with-pterosaur-shadow.jpg")
    stage.act("Why this match")
    view = stage.window.parts.analogies.view
    view.setCurrentIndex(view.model().index(0, 0))
    stage.settle()


def _space(stage: Stage) -> None:
    stage.ask("strawberries-in-ring.jpg")
    stage.page("WhyFeature")


def _group(stage: Stage) -> None:
    stage.page("MapFeature")
    stage.feature("MapFeature").shown_page.open(0)  # type: ignore[attr-defined]
    stage.settle()


def _chain(stage: Stage) -> None:
    stage.feature("ChainFeature").between(  # type: ignore[attr-defined]
        stage.question("balloon-growing.jpg"), stage.question("snow-globe-bear.png")
    )
    stage.settle()


def _compare(stage: Stage) -> None:
    pair = "duck-with-pterosaur-shadow.jpg", "monkey-with-lion-shadow.jpg"
    stage.window.compare(*map(stage.question, pair))
    stage.settle()


def _leave_comparison(stage: Stage) -> None:
    stage.window.verbs.compare.setChecked(False)


def _matrix(stage: Stage) -> None:
    names = sorted(path.name for path in stage.pictures.iterdir())[::4]
    stage.feature("MatrixFeature").show([stage.question(name) for name in names])  # type: ignore[attr-defined]
    stage.settle()


def _boards(stage: Stage) -> None:
    boards = stage.workspace.boards
    names = (
        "pumpkin-crumbling.jpg",
        "guitar-crumbling.jpg",
        "balloon-growing.jpg",
        "owl-growing.jpg",
        "evolution-walk.png",
        "apple-core.png",
        "apple-bitten.png",
    )
    ids = [stage.question(name).image_id for name in names]
    boards.create("Time passing", [image_id for image_id in ids if image_id is not None])
    stage.settle()
    stage.act("Boards")


def _leave_boards(stage: Stage) -> None:
    stage.window.verbs.boards.setChecked(False)


def _canvas(stage: Stage) -> None:
    stage.act("Boards")
    stage.window.judging.page.show_layout("canvas")
    stage.settle()


def _palette(stage: Stage) -> QWidget | None:
    stage.act("Command palette")
    box = stage.feature("PaletteFeature").box  # type: ignore[attr-defined]
    box.findChild(QLineEdit).setText("comp")
    stage.settle()
    return None


def _dismiss(stage: Stage) -> None:
    stage.feature("PaletteFeature").box.dismiss()  # type: ignore[attr-defined]


def _close_filters(stage: Stage) -> None:
    stage.feature("AskingFeature").panel.close()  # type: ignore[attr-defined]


def _opened(text: str) -> Scene:
    def act(stage: Stage) -> QWidget:
        stage.act(text)
        return stage.dialog()

    return Scene(act, lambda stage: stage.dialog().close())


def _tour(stage: Stage) -> None:
    stage.act("Take the tour")
    stage.feature("TourFeature").next()  # type: ignore[attr-defined]
    stage.settle()


def _verify(stage: Stage) -> None:
    groups = stage.own / "groups.jsonl"
    stage.feature("MapFeature")
    assert stage.workspace.engine is not None
    made = MapMaker(stage.workspace.engine).make(JobControl())
    export_map_groups(stage.workspace.engine, made.groups, groups)
    stage.window.verification.open(groups)
    stage.settle()


def _study_list(stage: Stage) -> None:
    feature = stage.feature("StudyFeature")
    stage.page("StudyFeature")
    feature.studies.make(  # type: ignore[attr-defined]
        StudyRequest("An example with made-up answers", None, 24, 1, "relsim-mini", ("attribute",))
    )
    stage.settle()


def _study_question(stage: Stage) -> None:
    stage.page("StudyFeature")
    page = stage.feature("StudyFeature").shown_page
    page.show_who(next(iter(page.home.cards)))  # type: ignore[attr-defined]
    page.who.started.emit("Anna")  # type: ignore[attr-defined]
    stage.settle()


def _study_results(stage: Stage) -> None:
    page = stage.feature("StudyFeature").shown_page
    path = next(iter(page.home.cards))  # type: ignore[attr-defined]
    folder = StudyFolder.open(path)
    said: tuple[tuple[str, str], ...] = (("Anna", "llrsllrl"), ("Ben", "lsrlllrr"))
    sides: dict[str, Literal["left", "right", "same"]] = {"l": "left", "r": "right", "s": "same"}
    for person, choices in said:
        for shown, key in zip(order(folder.study, person), choices * 9, strict=False):
            choice = shown.choice(sides[key])
            folder.record(Answer(shown.trial.id, person, choice, 4.2, now()))
    stage.page("StudyFeature")
    page.show_results(path)  # type: ignore[attr-defined]
    stage.settle()


def _leave_study(stage: Stage) -> None:
    stage.feature("StudyFeature").shown_page.show_home()  # type: ignore[attr-defined]
    stage.feature("StudyFeature").leave()
    stage.settle()


def _analogy(stage: Stage) -> None:
    feature = stage.feature("AnalogyFeature")
    feature.of(stage.question("owl-growing.jpg"))  # type: ignore[attr-defined]
    stage.settle()
    feature.composition.fill(0, "a hot-air balloon")  # type: ignore[attr-defined]
    stage.settle()


def _analogy_made(stage: Stage) -> None:
    """A server of the tests gives pictures of the sample collection in place of a generator."""
    from endpoint_server import endpoint_server

    feature = stage.feature("AnalogyFeature")
    _analogy(stage)
    maker = feature.page.maker  # type: ignore[attr-defined]
    names = ["pears-in-grid.jpg", "owl-growing.jpg", "evolution-walk.png", "balloon-growing.jpg"]
    with endpoint_server() as server:
        server.paints = lambda *_: Image.open(stage.pictures / names.pop()).convert("RGB")
        maker.generator.show_values({"kind": "server", "url": server.url, "model": "example"})
        stage.settle()
        maker.count.setValue(len(names))
        maker.make_button.click()
        stage.settle()
    maker.generator.url.setText("https://images.example.org/v1")


SCENES: dict[str, Scene] = {
    "empty": Scene(_empty),
    "browse": Scene(_browse, is_needed=True),
    "verdicts": Scene(_judge, is_needed=True),
    "question": Scene(_compose),
    "filters": Scene(_filter, _close_filters),
    "why": Scene(_inspect, lambda stage: stage.act("Why this match")),
    "space": Scene(_space, _leave("WhyFeature")),
    "map": _page("MapFeature"),
    "map-group": Scene(_group, _leave("MapFeature")),
    "chain": Scene(_chain, _leave("ChainFeature")),
    "compare": Scene(_compare, _leave_comparison),
    "matrix": Scene(_matrix, _leave("MatrixFeature")),
    "boards": Scene(_boards, _leave_boards, is_needed=True),
    "board-canvas": Scene(_canvas, _leave_boards),
    "all-verdicts": _page("VerdictsFeature"),
    "analogy": Scene(_analogy, _leave("AnalogyFeature")),
    "analogy-made": Scene(_analogy_made, _leave("AnalogyFeature")),
    "studies": Scene(_study_list, _leave_study, is_needed=True),
    "study-question": Scene(_study_question, _leave_study),
    "study-results": Scene(_study_results, _leave_study),
    "folders": _page("FoldersFeature"),
    "health": _page("HealthFeature"),
    "settings": _page("PreferencesFeature"),
    "models": _opened("Models"),
    "help": _opened("Help"),
    "shortcuts": _opened("Keyboard shortcuts"),
    "palette": Scene(_palette, _dismiss),
    "verify": Scene(_verify, lambda stage: stage.window.verification.leave()),
    "tour": Scene(_tour, lambda stage: stage.feature("TourFeature").leave()),
}
"""By the name of the picture, in the order in which they are taken."""
