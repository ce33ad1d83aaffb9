"""The window: toolbar, collection and analogies side by side, comparison, status."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from engine.formats.kinds import patterns
from relsim_desktop import incoming
from relsim_desktop.incoming import Incoming
from relsim_desktop.jobs import Trouble
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.judging.judging import Judging
from relsim_desktop.views.verify.verification import Verification
from relsim_desktop.views.window.actions import build_actions
from relsim_desktop.views.window.context_menus import ContextMenus, question_of
from relsim_desktop.views.window.dialogs import WindowDialogs
from relsim_desktop.views.window.drop_target import DropTarget
from relsim_desktop.views.window.feature import Host
from relsim_desktop.views.window.features import build_features
from relsim_desktop.views.window.layout import WindowLayout
from relsim_desktop.views.window.strip_wiring import StripWiring
from relsim_desktop.workspace import Workspace
from resources import ROOT

SAMPLE: Final = ROOT / "sample"
"""The collection that ships with the program."""


class MainWindow(QMainWindow):
    """Shows a `Workspace`. What is remembered comes from `Settings` and goes there on closing."""

    painted = Signal()
    """A frame is on its way to the screen."""

    def __init__(self, workspace: Workspace, theme: Theme, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("Relsim Desktop")
        self._workspace = workspace
        self._theme = theme
        self._settings = settings
        self.verbs = build_actions(self)
        self.dialogs = WindowDialogs(self, workspace, theme, self.verbs)
        self.parts = WindowLayout(self, workspace, theme, settings, self.verbs)
        self.drops = DropTarget(self, theme, self.parts)
        self.verification = Verification(self, workspace, theme, self.verbs, self.parts)
        self.judging = Judging(self, workspace, theme, self.verbs, self.parts)
        host = Host(
            self,
            workspace,
            theme,
            settings,
            self.verbs,
            self.parts,
            self.dialogs,
            self.ask,
            self.compare,
            self.judging,
            self._menu_of,
        )
        self.features = build_features(host)
        self.menus = ContextMenus(host, self.judging, self.features)
        self._wire_actions()
        self._wire_views()
        self._wire_workspace()
        self._restore()

    # --- taking in --------------------------------------------------------------------------------

    def take(self, what: Incoming) -> None:
        """A single picture is asked about; folders and several pictures go to the library.

        A file of groups is verified.
        """
        question = what.question
        if what.groups is not None:
            self.verification.open(what.groups)
        elif question is not None and not (question.path and question.path.is_dir()):
            self.ask(question)
        else:
            self.add(what.paths)

    def add(self, paths: Sequence[Path]) -> None:
        """Put folders and files into the library."""
        if paths:
            self._workspace.indexing.add([path.absolute() for path in paths])
            self.parts.show_browser()

    def ask(self, question: Question) -> None:
        """Find the analogies of something."""
        self.parts.show_browser()
        self._workspace.inquiry.ask(question)

    def paste(self) -> None:
        """Take in what is on the clipboard; while comparing it goes to a free side."""
        what = incoming.read(QGuiApplication.clipboard().mimeData())
        question = what.question
        if question is None and not what.paths:
            self.parts.strip.say(tr("There is no picture on the clipboard"))
        elif question is not None and self.parts.is_comparing:
            self._workspace.comparison.place_next(question)
        else:
            self.take(what)

    def open_folder(self) -> None:
        """Let a person choose a folder for the library."""
        folder = QFileDialog.getExistingDirectory(self, tr("Open folder"))
        if folder:
            self.add([Path(folder)])

    def open_pictures(self) -> None:
        """Let a person choose pictures for the library."""
        files, _ = QFileDialog.getOpenFileNames(self, tr("Open pictures"), "", _patterns())
        self.add([Path(file) for file in files])

    def open_sample(self) -> None:
        """Put the sample collection into the library."""
        self.add([SAMPLE])

    def search(self) -> None:
        """Find pictures for the relation in the search field."""
        text = self.parts.search.text().strip()
        if text:
            self.ask(Question(text=text))

    # --- comparing --------------------------------------------------------------------------------

    def toggle_compare(self, is_on: bool) -> None:
        """Show the comparison, with the pictures that are at hand, or go back."""
        if not is_on:
            self.parts.show_browser()
            return
        selected = [question_of(entry) for entry in self.parts.collection.selected]
        comparison = self._workspace.comparison
        asked = self._workspace.inquiry.question
        if len(selected) == 2:
            comparison.compare(*selected)
        elif asked is not None and not asked.is_text and comparison.sides == (None, None):
            comparison.place(0, asked)
        self.parts.show_comparison()

    def compare(self, a: Question, b: Question) -> None:
        """Show two pictures side by side."""
        self._workspace.comparison.compare(a, b)
        self.parts.show_comparison()

    def _pick_side(self, side: int) -> None:
        file, _ = QFileDialog.getOpenFileName(self, tr("Choose a picture"), "", _patterns())
        if file:
            self._workspace.comparison.place(side, Question(path=Path(file)))

    def _paste_side(self, side: int) -> None:
        question = incoming.read(QGuiApplication.clipboard().mimeData()).question
        if question is not None:
            self._workspace.comparison.place(side, question)

    # --- menus and dialogs ------------------------------------------------------------------------

    def _menu_of(self, questions: Sequence[Question]) -> QMenu:
        return self.menus.menu(questions)

    def _rescan(self) -> None:
        if self._workspace.engine is not None:
            self._workspace.look_through()

    def edit_description(self) -> None:
        """Let a person say what the picture that is asked about shows."""
        if self.parts.analogies.card.menu.open_editor() is None:
            self.parts.strip.say(tr("Pick a picture of the library to describe it"))

    def _describe_pictures(self, is_on: bool) -> None:
        """Describe behind the index from now on, or not; without a captioner, offer one."""
        if is_on and not self._workspace.captions.can_write:
            self.verbs.describe.setChecked(False)
            self.parts.strip.say(tr("Pictures are described by a captioner: choose one to get"))
            self.dialogs.show_models()
        else:
            self._workspace.describing.wanted = is_on

    # --- what happens -----------------------------------------------------------------------------

    def _on_collection_loaded(self) -> None:
        self.parts.strip.show_failures(self._workspace.collection.failures.rowCount())
        has_files = self._workspace.collection.files.rowCount() > 0
        if has_files or self._workspace.indexing.is_running:
            self.parts.leave_empty()
        elif self._workspace.inquiry.question is None:
            self.parts.show_empty()

    def _on_library_failed(self, trouble: Trouble) -> None:
        if self._workspace.engine is None:
            self.parts.show_broken(trouble.text)
        if self._workspace.engine is not None or trouble.details is not None:
            self.dialogs.show_trouble(trouble)

    def _on_fell_back(self) -> None:
        """A choice that was made here has failed: show why. What was remembered fails quietly."""
        refusal = self._workspace.choice.refusal
        if refusal is not None and refusal.is_news:
            self.dialogs.show_models()

    def _on_models(self) -> None:
        """Another model ranks, or there may be a captioner now."""
        choice, describing = self._workspace.choice, self._workspace.describing
        can_write = self._workspace.captions.can_write
        self.verbs.describe.setChecked(describing.wanted and can_write)
        if choice.refusal is None:
            self._settings.model = choice.wanted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the window is there."""
        super().paintEvent(event)
        self.painted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the comparison."""
        if event.key() == Qt.Key.Key_Escape and self.parts.is_comparing:
            self.verbs.compare.setChecked(False)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember, disappear, and only then wait for the batch in flight."""
        if not self.verification.may_close():
            event.ignore()
            return
        self._settings.geometry = self.saveGeometry()
        self._settings.splitter = self.parts.splitter.saveState()
        self._settings.save()
        self.hide()
        for feature in self.features:
            feature.shut_down()
        self._workspace.close()
        super().closeEvent(event)

    # --- wiring -----------------------------------------------------------------------------------

    def _wire_actions(self) -> None:
        verbs, inquiry = self.verbs, self._workspace.inquiry
        for action, verb in (
            (verbs.open_folder, self.open_folder),
            (verbs.open_pictures, self.open_pictures),
            (verbs.open_sample, self.open_sample),
            (verbs.paste, self.paste),
            (verbs.quit, self.close),
            (verbs.back, inquiry.back),
            (verbs.forward, inquiry.forward),
            (verbs.search, self.parts.focus_search),
            (verbs.swap, self._workspace.comparison.swap),
            (verbs.browse, lambda: self.parts.leave_page(self._workspace)),
            (verbs.rescan, self._rescan),
            (verbs.models, self.dialogs.show_models),
            (verbs.edit, self.edit_description),
            (verbs.larger, lambda: self.parts.collection.step_size(1)),
            (verbs.smaller, lambda: self.parts.collection.step_size(-1)),
            (verbs.shortcuts, self.dialogs.show_shortcuts),
            (verbs.about, self.dialogs.show_about),
        ):
            action.triggered.connect(lambda _=False, verb=verb: verb())
        verbs.compare.toggled.connect(self.toggle_compare)
        verbs.describe.triggered.connect(self._describe_pictures)
        verbs.names.toggled.connect(self._on_names)
        for name, action in verbs.themes.items():
            action.triggered.connect(lambda _=False, name=name: self._on_theme(name))
        inquiry.history_changed.connect(self._on_history)
        inquiry.asked.connect(self._show_in_collection)
        self._on_history()

    def _wire_views(self) -> None:
        parts = self.parts
        parts.search.returnPressed.connect(self.search)
        parts.search.textEdited.connect(self._workspace.expect_text)
        parts.collection.picked.connect(lambda entry: self.ask(question_of(entry)))
        parts.collection.size_changed.connect(self._on_size)
        parts.analogies.trouble.connect(self.dialogs.show_trouble)
        parts.analogies.surprise.valueChanged.connect(self._on_surprise)
        parts.analogies.collapse.toggled.connect(self._on_collapse)
        parts.comparison.pick_asked.connect(self._pick_side)
        parts.comparison.paste_asked.connect(self._paste_side)
        parts.comparison.trouble.connect(self.dialogs.show_trouble)
        parts.empty.open_asked.connect(self.open_folder)
        parts.empty.sample_asked.connect(self.open_sample)
        parts.strip.failures_asked.connect(self.dialogs.show_failures)
        parts.strip.models_asked.connect(self.dialogs.show_models)
        self.drops.add_asked.connect(self.add)
        self.drops.query_asked.connect(self.ask)
        self.drops.groups_asked.connect(self.verification.open)
        self.judging.asked.connect(self.ask)
        self.judging.verify_asked.connect(self.verification.open)
        self.judging.trouble.connect(self.dialogs.show_trouble)
        self.drops.side_asked.connect(self._workspace.comparison.place)

    def _wire_workspace(self) -> None:
        workspace = self._workspace
        StripWiring(self.parts.strip, workspace).trouble.connect(self.dialogs.show_trouble)
        workspace.failed.connect(self._on_library_failed)
        workspace.collection.loaded.connect(self._on_collection_loaded)
        workspace.models.failed.connect(self.dialogs.show_trouble)
        workspace.opened.connect(self._on_models)
        workspace.choice.changed.connect(self._on_models)
        workspace.choice.fell_back.connect(self._on_fell_back)
        workspace.describing.wanted_changed.connect(self._on_describing)

    def _on_describing(self, is_wanted: bool) -> None:
        self._settings.describes = is_wanted
        self.verbs.describe.setChecked(is_wanted and self._workspace.captions.can_write)

    def _on_history(self) -> None:
        self.verbs.back.setEnabled(self._workspace.inquiry.can_go_back)
        self.verbs.forward.setEnabled(self._workspace.inquiry.can_go_forward)

    def _show_in_collection(self, question: Question) -> None:
        """Mark the picture that is asked about, wherever it was found."""
        row = self._workspace.collection.files.row_of(question.path)
        if row is not None and row not in self.parts.collection.selected_rows:
            self.parts.collection.select(row)

    # --- what is remembered -----------------------------------------------------------------------

    def _restore(self) -> None:
        if not self.restoreGeometry(self._settings.geometry):
            free = self.screen().availableSize()
            self.resize(min(1360, free.width() - 80), min(880, free.height() - 80))
        self.parts.splitter.restoreState(self._settings.splitter)
        self.verbs.themes[self._settings.theme].setChecked(True)
        self.verbs.names.setChecked(self._settings.shows_names)

    def _on_theme(self, name: str) -> None:
        QTimer.singleShot(0, lambda: setattr(self._theme, "choice", name))
        self._settings.theme = name

    def _on_names(self, shows: bool) -> None:
        self.parts.collection.show_names(shows)
        self._settings.shows_names = shows

    def _on_size(self, size: int) -> None:
        self._settings.thumbnail_size = size

    def _on_surprise(self, percent: int) -> None:
        self._settings.surprise = percent / 100

    def _on_collapse(self, collapse: bool) -> None:
        self._settings.collapse = collapse


def _patterns() -> str:
    """What a file dialog shows."""
    pictures, everything = tr("Pictures"), tr("All files")
    return f"{pictures} ({patterns()});;{everything} (*)"
