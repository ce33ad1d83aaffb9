"""Answering a study as a person does: a real folder, a real window, the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_driving import TIMEOUT_MS
from drawn_pictures import COLOURS, draw
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.service import Engine
from engine.study.folder import StudyFolder, order
from engine.study.values import QUESTION, Answer, Method, Shown, Study, Trial
from relsim_desktop.app import Desktop
from relsim_desktop.jobs import JobRunner
from relsim_desktop.presenters.study import Studies
from relsim_desktop.presenters.study_answering import Answering
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.views.study.feature import StudyFeature
from relsim_desktop.views.study.page import StudyPage

TESTED = Method("relsim-mini", "Tested Model")
LOOKS = Method("attribute", "Plain Looks")
DREAMSIM = Method("dreamsim", "DreamSim")


def drawn_study(folder: Path, at: Path, *, title: str = "Rings or grids?") -> StudyFolder:
    """Two pictures, each asked against two methods: four questions.

    Args:
        folder: Where the pictures are drawn.
        at: The study's folder.
        title: Its title.
    """
    trials: list[Trial] = []
    for number in range(2):
        paths = []
        for relation, colour in zip(("ring", "grid", "growth"), COLOURS, strict=False):
            path = folder / f"{relation}-secret-{number}.png"
            draw(relation, colour, (200 + 20 * number, 200)).save(path)
            paths.append(path)
        for baseline in (LOOKS, DREAMSIM):
            name = f"t{len(trials)}"
            trials.append(Trial(name, paths[0], TESTED.id, baseline.id, paths[1], paths[2]))
    study = Study(
        id="0123456789abcdef",
        title=title,
        question=QUESTION,
        created="2026-01-01T00:00:00.000+00:00",
        seed=3,
        methods=(TESTED, LOOKS, DREAMSIM),
        tested=TESTED.id,
        trials=tuple(trials),
        identical={LOOKS.id: 2, DREAMSIM.id: 0},
    )
    return StudyFolder.create(at, study)


def feature_of(desktop: Desktop) -> StudyFeature:
    return next(one for one in desktop.window.features if isinstance(one, StudyFeature))


def see(page: StudyPage, qtbot: QtBot) -> None:
    """Wait until the pictures of a question are shown, or it is said why they are not."""
    trial = page.trial
    boxes = (trial.query, trial.left, trial.right)
    qtbot.waitUntil(
        lambda: trial.trouble.isVisible() or all(box.is_showing for box in boxes),
        timeout=TIMEOUT_MS,
    )


class StudyDriver:
    """Presses keys on the page and looks at what is on disk.

    Attributes:
        at: Folder of a study in the library, which is in the list.
    """

    def __init__(
        self, page: StudyPage, jobs: JobRunner, engine: Engine, tmp_path: Path, qtbot: QtBot
    ) -> None:
        self.page, self.jobs, self.qtbot = page, jobs, qtbot
        self.at = engine.library_dir / "studies" / "rings"
        self.folder = drawn_study(tmp_path, self.at)
        page.show_home()
        qtbot.waitUntil(lambda: self.at in page.home.cards, timeout=TIMEOUT_MS)

    @property
    def studies(self) -> Studies:
        return self.page.studies

    @property
    def answering(self) -> Answering:
        return self.page.answering

    def sit_down(self, name: str) -> None:
        """Begin from the list, or go on."""
        self.page.home.cards[self.at].answer_button.click()
        line = self.page.who.name
        line.clear()
        self.qtbot.keyClicks(line, name)
        self.qtbot.keyClick(line, Qt.Key.Key_Return)
        page = self.page
        self.qtbot.waitUntil(lambda: page.shown in (page.trial, page.end), timeout=TIMEOUT_MS)

    def press(self, *keys: Qt.Key) -> None:
        """Press keys one after another, wherever the keyboard is, on what is seen."""
        for key in keys:
            self.see()
            target = self.page.window().focusWidget()
            assert target is self.page or self.page.isAncestorOf(target)
            self.qtbot.keyClick(target, key)

    def see(self) -> None:
        """See what is asked, if something is."""
        if self.page.shown is self.page.trial:
            see(self.page, self.qtbot)

    def order(self, person: str) -> list[Shown]:
        return order(self.folder.study, person)

    def settle(self) -> None:
        """Wait until nothing runs."""
        self.qtbot.waitUntil(lambda: not self.jobs.running, timeout=TIMEOUT_MS)

    def kept(self) -> list[Answer]:
        """What is on disk."""
        self.settle()
        return StudyFolder.open(self.at).answers()


@contextmanager
def study_page(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[StudyDriver]:
    """The page alone, with a real library and real threads."""
    jobs = JobRunner()
    with Engine.open(tmp_path / "library") as engine:
        thumbnails = ThumbnailLoader(jobs)
        thumbnails.attach(engine)
        studies = Studies(jobs)
        studies.attach(engine)
        page = StudyPage(Theme(qapp, "light"), thumbnails, studies, Answering(jobs))
        qtbot.addWidget(page)
        page.resize(900, 700)
        page.show()
        yield StudyDriver(page, jobs, engine, tmp_path, qtbot)
        jobs.close()
