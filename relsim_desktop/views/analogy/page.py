"""The page that makes analogies: what is wanted on the left, what came of it on the right."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop import analogy_phrases
from relsim_desktop.itemmodels.analogies import AnalogiesModel
from relsim_desktop.presenters.analogy import Composition
from relsim_desktop.presenters.analogy_making import Analogy, Making
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.analogy.composer import Composer
from relsim_desktop.views.analogy.maker import MakerBar
from relsim_desktop.views.analogy.tiles import AnalogiesView
from relsim_desktop.views.buttons import text_button
from relsim_desktop.views.labels import ElidedLabel, MessagePage, label

_HINT_WIDTH = 620


class AnalogyPage(QWidget):
    """Shows a `Composition` and a `Making`."""

    menu_asked = Signal(QPoint)
    """Context menu of the selected pictures, at a global position."""

    compare_asked = Signal(object)
    """An `Analogy` is to be compared with the reference."""

    copy_asked = Signal(object)
    """An `Analogy` is to be copied."""

    keep_asked = Signal(object)
    """Let a person choose a board; the widget below which the menu opens."""

    def __init__(
        self,
        theme: Theme,
        thumbnails: ThumbnailLoader,
        composition: Composition,
        making: Making,
    ) -> None:
        super().__init__()
        self.setObjectName("analogyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._composition = composition
        self._making = making
        self.composer = Composer(theme, thumbnails, composition)
        self.maker = MakerBar(theme, composition, making)
        self.model = AnalogiesModel()
        self.view = AnalogiesView(theme, self.model)
        self.said = label(theme, bold=True)
        self.of = ElidedLabel(theme, scale=0.9, muted=True)
        self.trouble = label(theme, scale=0.95)
        self.compare_button = text_button(
            theme, "compare", tr("Compare"), tooltip=tr("Compare with the reference (Return)")
        )
        self.copy_button = text_button(
            theme, "copy", tr("Copy"), tooltip=tr("Copy picture (Ctrl+C)")
        )
        self.copy_button.setAccessibleName(tr("Copy picture"))
        self.keep_button = text_button(
            theme, "board", tr("Keep on board…"),
            tooltip=tr("Put the selected pictures into the library and on a board"),
        )  # fmt: skip
        self.message = MessagePage(theme)
        self._found = QWidget()
        self._content = QStackedWidget()
        self._lay_out()
        self._wire()
        self._on_changed()

    @property
    def chosen(self) -> list[Analogy]:
        """The selected pictures."""
        return self.view.chosen

    def chosen_pictures(self) -> Sequence[Question]:
        """Those of them that are files by now."""
        return [Question(path=one.path, image_id=one.image_id) for one in self.chosen if one.path]

    def take_focus(self) -> None:
        """Let the keyboard act on what comes next."""
        if not self.composer.take_focus():
            self.maker.take_focus()

    def _wire(self) -> None:
        self._making.changed.connect(self._on_changed)
        self._making.chosen.connect(self._on_changed)
        self._composition.referred.connect(self._on_changed)
        self._composition.filled.connect(self._on_changed)
        self.view.activated.connect(
            lambda index: self.compare_asked.emit(self.model.analogy(index.row()))
        )
        self.view.customContextMenuRequested.connect(self._on_menu)
        self.view.copy_asked.connect(self._copy)
        self.view.selectionModel().selectionChanged.connect(self._enable)
        self.compare_button.clicked.connect(self._compare)
        self.copy_button.clicked.connect(self._copy)
        self.keep_button.clicked.connect(lambda: self.keep_asked.emit(self.keep_button))
        self.composer.slots.finished.connect(self.maker.take_focus)
        self.composer.reordered.connect(self._order_tabs)
        self._order_tabs()

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [
            *self.composer.tab_order,
            *self.maker.tab_order,
            self.compare_button,
            self.copy_button,
            self.keep_button,
            self.view,
        ]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _compare(self) -> None:
        if self.chosen:
            self.compare_asked.emit(self.chosen[0])

    def _copy(self) -> None:
        if self.chosen:
            self.copy_asked.emit(self.chosen[0])

    def _on_menu(self, point: QPoint) -> None:
        if self.view.indexAt(point).isValid():
            self.menu_asked.emit(self.view.viewport().mapToGlobal(point))

    # --- following --------------------------------------------------------------------------------

    def _on_changed(self) -> None:
        making = self._making
        self._show_pictures()
        self.said.setText(analogy_phrases.result(making))
        self.of.full_text = making.wish.prompt if making.wish is not None else ""
        trouble = making.trouble.text if making.trouble is not None else ""
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        self._enable()
        if making.analogies:
            self._content.setCurrentWidget(self._found)
        else:
            self._say_nothing_made()
            self._content.setCurrentWidget(self._empty)

    def _show_pictures(self) -> None:
        """Show what there is; what was selected stays so, and the best is, once they are ranked."""
        numbers = {one.number for one in self.chosen}
        current = self.view.currentIndex()
        here = self.model.analogy(current.row()).number if current.isValid() else None
        self.model.replace(self._making.analogies)
        if self.view.selectedIndexes() or not self.model.rowCount():
            return
        if not numbers and self._making.is_ranked:
            numbers, here = {self.model.analogy(0).number}, self.model.analogy(0).number
        flags = QItemSelectionModel.SelectionFlag
        for number in numbers:
            row = self.model.row_of(number)
            if row is not None:
                self.view.selectionModel().select(self.model.index(row), flags.Select)
        row = None if here is None else self.model.row_of(here)
        if row is not None:
            self.view.selectionModel().setCurrentIndex(self.model.index(row), flags.NoUpdate)
        self.view.scrollToTop()  # a card higher than the view would be shown by its foot

    def _enable(self) -> None:
        chosen = self.chosen
        self.compare_button.setEnabled(len(chosen) == 1)
        self.copy_button.setEnabled(len(chosen) == 1)
        can_keep = bool(chosen) and all(one.candidate is not None for one in chosen)
        self.keep_button.setEnabled(can_keep and not self._making.is_keeping)

    def _say_nothing_made(self) -> None:
        making, composition = self._making, self._composition
        if making.trouble is not None:
            self.message.say("warning", tr("No picture was made"), making.trouble.text)
        elif making.is_making:
            said = tr("The first picture is on its way")
            is_here = making.choice is not None and making.choice.kind == "diffusers"
            hint = tr("Large models take a minute to wake up.") if is_here else ""
            self.message.say("analogy", said, hint)
        elif making.is_stopped:
            self.message.say("analogy", tr("Stopped before the first picture was there"))
        elif composition.reference is None and not composition.caption:
            self.message.say(
                "analogy",
                tr("Make an analogy"),
                tr(
                    "Take a picture. Its idea is put into words; fill the slots with other things, "
                    "and a generator makes new pictures of the same idea."
                ),
            )
        elif not composition.caption and not composition.is_looking:
            self.message.say(
                "analogy",
                tr("The idea"),
                tr("This picture has no clear idea: write one, with {Slots} for what may differ"),
            )
        elif making.choice is None:
            self.message.say(
                "copy",
                tr("The prompt is yours to copy"),
                tr(
                    "Paste it into any image generator. Or choose above what shall make the "
                    "pictures here; they are then ranked by how well they keep the idea."
                ),
            )
        elif making.problem is not None:
            self.message.say(
                "warning",
                tr("The generator cannot run yet"),
                tr("It says above what is missing. The prompt can be copied meanwhile."),
            )
        elif not composition.is_complete:
            self.message.say(
                "analogy",
                tr("Fill the slots"),
                tr(
                    "Choose for each slot what it shall show instead, or let yourself be surprised."
                ),
            )
        else:
            self.message.say(
                "analogy",
                tr("Ready"),
                tr("The pictures come here, best first: the same idea, another look."),
            )

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.trouble.setProperty("danger", True)
        self.trouble.setWordWrap(True)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 12, 6)
        head.setSpacing(6)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.said)
        words.addWidget(self.of)
        head.addLayout(words, 1)
        head.addWidget(self.compare_button)
        head.addWidget(self.copy_button)
        head.addWidget(self.keep_button)
        trouble = QHBoxLayout()
        trouble.setContentsMargins(16, 0, 16, 0)
        trouble.addWidget(self.trouble)
        layout = QVBoxLayout(self._found)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(trouble)
        layout.addWidget(self.view, 1)
        middle = QWidget()
        narrow = QHBoxLayout(middle)
        narrow.addStretch(1)
        narrow.addWidget(self.message, 100)
        narrow.addStretch(1)
        self.message.setMaximumWidth(_HINT_WIDTH)
        self._empty = middle
        self._content.addWidget(middle)
        self._content.addWidget(self._found)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.maker)
        right.addWidget(self._content, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.composer, 2)
        whole.addLayout(right, 3)
