"""User studies in a window: the page, its place in menus, and its files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFile, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from relsim_desktop import file_actions, study_phrases
from relsim_desktop.presenters.study import Studies
from relsim_desktop.presenters.study_answering import Answering
from relsim_desktop.question import Question
from relsim_desktop.translation import tr
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.window.feature import Host, PageFeature

if TYPE_CHECKING:
    from engine.service import Engine
    from engine.types import Neighbor
    from relsim_desktop.operations.study import ExportKind
    from relsim_desktop.views.study.make_dialog import MakeDialog
    from relsim_desktop.views.study.page import StudyPage

_OTHERS = "study/folders"
_PERSON = "study/person"
_FOLDER = "study/export_folder"


class StudyFeature(PageFeature):
    """Ctrl+Shift+U shows the page."""

    def __init__(self, host: Host) -> None:
        super().__init__(host, tr("&User studies"), menu="view/pages", key="Ctrl+Shift+U")
        jobs = host.workspace.jobs
        self.studies = Studies(jobs)
        self.answering = Answering(jobs)
        self._study_page: StudyPage | None = None
        self.studies.others = _paths(host.settings.read_text(_OTHERS))
        self.studies.said.connect(host.parts.strip.say)
        self.studies.failed.connect(host.dialogs.show_trouble)
        self.studies.written.connect(self._on_written)
        self.studies.added.connect(self._on_others)
        self.answering.refused.connect(host.dialogs.show_trouble)
        host.workspace.opened.connect(self._on_opened)

    @property
    def page(self) -> StudyPage:
        """The page; it is built now if it was not."""
        self.shown_page  # noqa: B018 - builds it
        assert self._study_page is not None
        return self._study_page

    def build_page(self) -> QWidget:
        """Make the page, the first time that it is wanted."""
        from relsim_desktop.views.study.page import StudyPage

        host = self.host
        page = self._study_page = StudyPage(
            host.theme, host.workspace.thumbnails, self.studies, self.answering
        )
        page.last_person = host.settings.read_text(_PERSON)
        page.name_taken.connect(lambda name: host.settings.write(_PERSON, name))
        page.home.new_asked.connect(self.new_study)
        page.home.open_asked.connect(self.choose_folder)
        page.home.page_asked.connect(self.choose_page)
        page.home.import_asked.connect(self.choose_answers)
        page.home.reveal_asked.connect(lambda path: file_actions.reveal(path / "study.json"))
        page.home.remove_asked.connect(self.remove)
        page.results.import_asked.connect(self.choose_answers)
        page.results.page_asked.connect(self.choose_page)
        page.results.export_asked.connect(self.choose_export)
        for before, after in pairwise(page.tab_order):
            QWidget.setTabOrder(before, after)
        return page

    def entered(self) -> None:
        """See what there is, and let the keyboard act on it."""
        self.studies.reload()
        self.page.take_focus()

    def extend_menu(
        self, menu: QMenu, questions: Sequence[Question], neighbor: Neighbor | None
    ) -> None:
        """Offer a study of several pictures of the library."""
        images = tuple(q.image_id for q in questions if q.image_id is not None)
        if len(images) > 1:
            text = tr("New user study of these %n…", "", len(images))
            menu.addAction(text, lambda: self._study_of(images))

    # --- making -----------------------------------------------------------------------------------

    def new_study(self) -> MakeDialog | None:
        """Let a person say what is to be compared: of the selected pictures, if there are some."""
        selected = self.host.parts.collection.selected
        images = [entry.image_id for entry in selected if entry.image_id is not None]
        return self._make(tuple(dict.fromkeys(images)))

    def _study_of(self, images: tuple[int, ...]) -> None:
        self.enter()
        self._make(images)

    def _make(self, images: tuple[int, ...]) -> MakeDialog | None:
        from relsim_desktop.views.study.make_dialog import MakeDialog

        if self.host.workspace.engine is None:
            return None
        self.studies.look_for_methods()
        dialog = MakeDialog(
            self.host.theme,
            self.studies,
            images,
            library=self.host.workspace.collection.files.rowCount(),
            preferred=self.host.workspace.choice.wanted,
            parent=self.host.window,
        )
        dialog.made.connect(self._on_made)
        dialog.open()
        return dialog

    # --- files ------------------------------------------------------------------------------------

    def choose_folder(self) -> QFileDialog:
        """Let a person choose the folder of a study that somebody gave them."""
        dialog = QFileDialog(self.host.window, tr("Open the folder of a study"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.studies.add(Path(folder)))
        return self._open(dialog)

    def choose_answers(self, path: Path) -> QFileDialog:
        """Let a person choose answers that were given on the web page."""
        dialog = QFileDialog(
            self.host.window,
            tr("Take in answers"),
            self._last_folder,
            tr("Answers (*.json)"),
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(
            lambda files: self.studies.import_answers(path, [Path(file) for file in files])
        )
        return self._open(dialog)

    def choose_page(self, path: Path) -> QFileDialog:
        """Let a person choose where the study is written as a web page."""
        dialog = self._saving(tr("Save the study as a web page"), path, "html")
        dialog.fileSelected.connect(lambda file: self.studies.write_page(path, Path(file)))
        return self._open(dialog)

    def choose_export(self, path: Path, kind: ExportKind) -> QFileDialog:
        """Let a person choose where answers or the chart are written."""
        title = tr("Save the chart") if kind == "svg" else tr("Save the answers")
        dialog = self._saving(title, path, kind)
        dialog.fileSelected.connect(lambda file: self.studies.export(path, kind, Path(file)))
        return self._open(dialog)

    def remove(self, path: Path) -> Confirmation | None:
        """Take a study out of the list; one of the library's own goes to the trash."""
        if path in self.studies.others:
            self.studies.forget(path)
            self._on_others()
            return None
        overview = self.studies.overview(path)
        box = Confirmation(
            tr("Move “{study}” to the trash?").replace(
                "{study}", overview.title if overview is not None else path.name
            ),
            study_phrases.loss(overview),
            tr("Move to trash"),
            self.host.window,
        )
        box.ask(lambda: self._trash(path), is_harmless=False)
        return box

    # --- what happens -----------------------------------------------------------------------------

    def _on_opened(self, engine: Engine) -> None:
        self.studies.attach(engine)
        if self.is_shown:
            self.studies.reload()

    def _on_made(self, path: Path) -> None:
        self.page.focus_when_listed(path)

    def _on_others(self, path: Path | None = None) -> None:
        paths = json.dumps([str(other) for other in self.studies.others])
        self.host.settings.write(_OTHERS, paths)
        if path is not None:
            self.page.focus_when_listed(path)

    def _on_written(self, path: Path) -> None:
        self.host.settings.write(_FOLDER, str(path.parent))
        box = QMessageBox(self.host.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Information)
        box.setWindowTitle(tr("Saved"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(tr("Saved {name}").replace("{name}", path.name))
        hint = tr("It is in {folder}").replace("{folder}", str(path.parent))
        if path.suffix == ".html":
            hint += "\n\n" + tr(study_phrases.ABOUT_THE_PAGE)
        box.setInformativeText(hint)
        show = box.addButton(tr("Show in file manager"), QMessageBox.ButtonRole.ActionRole)
        close = box.addButton(tr("Close"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(close)
        show.clicked.connect(lambda: file_actions.reveal(path))
        box.open()

    def _trash(self, path: Path) -> None:
        if QFile(str(path)).moveToTrash():
            self.host.parts.strip.say(tr("Moved to the trash"))
        else:
            self.host.parts.strip.say(
                tr("It cannot be moved to the trash: remove the folder {folder} yourself").replace(
                    "{folder}", str(path)
                )
            )
        self.studies.reload()

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _last_folder(self) -> str:
        return self.host.settings.read_text(_FOLDER, str(Path.home()))

    def _saving(self, title: str, path: Path, suffix: str) -> QFileDialog:
        overview = self.studies.overview(path)
        name = overview.title if overview is not None else path.name
        dialog = QFileDialog(
            self.host.window, title, self._last_folder, tr(study_phrases.PATTERNS[suffix])
        )
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{study_phrases.file_name(name)}.{suffix}")
        return dialog

    @staticmethod
    def _open(dialog: QFileDialog) -> QFileDialog:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog


def _paths(text: str) -> list[Path]:
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [Path(one) for one in found if isinstance(one, str)] if isinstance(found, list) else []
