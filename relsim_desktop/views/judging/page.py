"""All that a person has said of pairs: to look through, change (1, 2, 3) and take back (Del)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.judging_phrases import VERDICTS, verdict_with_key
from relsim_desktop.presenters.verdict_list import VerdictList
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button, text_button
from relsim_desktop.views.judging.tiles import VerdictsView
from relsim_desktop.views.labels import MessagePage, label

if TYPE_CHECKING:
    from engine.judging.judgements import JudgedPair
    from engine.types import PairVerdict
    from relsim_desktop.jobs import Trouble


class VerdictsPage(QWidget):
    """Shows a `VerdictList`."""

    compare_asked = Signal(object, object)
    """Two `Question` values to be shown side by side."""

    export_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, verdicts: VerdictList) -> None:
        super().__init__()
        self.setObjectName("boardsPage")  # looks like it
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._verdicts = verdicts
        self.view = VerdictsView(theme, thumbnails, verdicts.model)
        self.message = MessagePage(theme)
        self.message.say("good", tr("Reading the verdicts…"))
        self.kinds: dict[PairVerdict | None, QToolButton] = {}
        self._group = QButtonGroup(self)
        self.remove_button = text_button(
            theme, "clear", tr("Take back"), tooltip=tr("Take back what is selected (Del)")
        )
        self.export_button = push_button(tr("Export as groups…"))
        self._content = QStackedWidget()
        self._lay_out(theme)
        self.view.activated.connect(self._on_activated)
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.remove_button.clicked.connect(lambda: self.judge(None))
        self.export_button.clicked.connect(self.export_asked)
        for number, verdict in enumerate(VERDICTS, start=1):
            self._key(str(number), verdict)
        self._key("Delete", None)
        verdicts.changed.connect(self._on_changed)
        verdicts.failed.connect(self._on_failed)
        self._on_selection()

    @property
    def selected(self) -> list[JudgedPair]:
        """The selected pairs."""
        return [self._verdicts.model.pair(row) for row in self.view.selected_rows]

    def chosen_pictures(self) -> list[Question]:
        """The pictures of the selected pairs, for what can be done with files."""
        pictures = [picture for pair in self.selected for picture in (pair.a, pair.b)]
        return [Question(path=p.path, image_id=p.image_id) for p in pictures if p.path]

    def judge(self, verdict: PairVerdict | None) -> None:
        """Say something else of what is selected, or take it back."""
        row = max(self.view.currentIndex().row(), 0)
        self._row = row
        self._verdicts.judge(self.selected, verdict)

    def show_kind(self, kind: PairVerdict | None) -> None:
        """Show the verdicts of a kind; None for all."""
        self._verdicts.model.show_kind(kind)
        self._on_changed()

    def menu(self) -> QMenu:
        """What can be done with the selected pairs; who calls pops it up."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(self.selected) == 1:
            menu.addAction(tr("Compare these two"), self._compare)
            menu.addSeparator()
        for number, (verdict, text) in enumerate(VERDICTS.items(), start=1):
            action = menu.addAction(f"{tr(text)}\t{number}")
            action.setCheckable(True)
            action.setChecked(all(pair.verdict == verdict for pair in self.selected))
            action.triggered.connect(lambda _=False, verdict=verdict: self.judge(verdict))
        menu.addSeparator()
        menu.addAction(tr("Take back") + "\t" + tr("Del"), lambda: self.judge(None))
        return menu

    def take_focus(self) -> None:
        """Let the keyboard act on the pairs."""
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _key(self, key: str, verdict: PairVerdict | None) -> None:
        """Let a key judge what is selected while the keyboard is on the pairs."""
        shortcut = QShortcut(QKeySequence(key), self.view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(lambda: self.judge(verdict))

    def _compare(self) -> None:
        pair = self.selected[0]
        if pair.a.path is not None and pair.b.path is not None:
            self.compare_asked.emit(
                Question(path=pair.a.path, image_id=pair.a.image_id),
                Question(path=pair.b.path, image_id=pair.b.image_id),
            )

    def _on_activated(self) -> None:
        if len(self.selected) == 1:
            self._compare()

    def _on_menu(self, point: QPoint) -> None:
        if self.selected:
            self.menu().popup(self.view.viewport().mapToGlobal(point))

    def _on_selection(self) -> None:
        self.remove_button.setEnabled(bool(self.view.selected_rows))

    def _on_changed(self) -> None:
        model = self._verdicts.model
        for kind, button in self.kinds.items():
            text = tr("All") if kind is None else tr(VERDICTS[kind])
            button.setText(f"{text}  {model.count(kind):,}")
        rows = model.rowCount()
        self.export_button.setEnabled(model.count("good") > 0)
        if rows:
            self._content.setCurrentWidget(self.view)
            if self.view.hasFocus() and not self.view.currentIndex().isValid():
                self.view.setCurrentIndex(model.index(min(self._row, rows - 1)))
        elif model.count(None):
            self._say("good", tr("No verdict of this kind"), "")
        else:
            hint = tr("Find the analogies of a picture, and press 1, 2 or 3 on what you see.")
            self._say("good", tr("No verdicts yet"), hint)
        self._on_selection()

    def _on_failed(self, trouble: Trouble) -> None:
        self._say("warning", tr("The verdicts cannot be read"), trouble.text)

    def _say(self, icon: str, title: str, hint: str) -> None:
        self.message.say(icon, title, hint)
        self._content.setCurrentWidget(self.message)

    def _lay_out(self, theme: Theme) -> None:
        self._row = 0
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 12, 8)
        head.setSpacing(8)
        head.addWidget(label(theme, tr("Verdicts"), scale=1.15, bold=True))
        head.addSpacing(16)
        for kind in (None, *VERDICTS):
            button = text_button(
                theme,
                "verified" if kind is None else kind,
                tr("All") if kind is None else tr(VERDICTS[kind]),
                tooltip=tr("All verdicts") if kind is None else verdict_with_key(kind),
            )
            button.setCheckable(True)
            button.setChecked(kind is None)
            button.clicked.connect(lambda _=False, kind=kind: self.show_kind(kind))
            self._group.addButton(button)
            self.kinds[kind] = button
            head.addWidget(button)
        head.addStretch()
        head.addWidget(self.remove_button)
        head.addWidget(self.export_button)
        self._content.addWidget(self.message)
        self._content.addWidget(self.view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self._content, 1)
