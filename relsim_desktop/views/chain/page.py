"""The page of chains: two ends, how many steps, and the chain between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QSlider,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import map_phrases
from relsim_desktop.presenters.chain import STEPS, ChainPresenter
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.chain.end import ChainEnd
from relsim_desktop.views.chain.row import ChainRow
from relsim_desktop.views.labels import MessagePage, label

if TYPE_CHECKING:
    from engine.mapping.chains import Chain
    from relsim_desktop.question import Question


class ChainPage(QWidget):
    """Shows a `ChainPresenter`."""

    here_asked = Signal(int)
    """Take the picture of now as an end (0 or 1)."""

    pick_asked = Signal(int)
    """Choose a file for an end."""

    paste_asked = Signal(int)
    """Take what is on the clipboard for an end."""

    picked = Signal(object)
    """The `Question` of a station."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of one `Question`, at a global position."""

    board_asked = Signal()
    export_asked = Signal()

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, presenter: ChainPresenter
    ) -> None:
        super().__init__()
        self.setObjectName("chainPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._presenter = presenter
        self._shown: Chain | None = None
        self.ends = (
            ChainEnd(theme, thumbnails, tr("Start")),
            ChainEnd(theme, thumbnails, tr("End")),
        )
        self.swap_button = icon_button(theme, "swap", tr("Go the other way"))
        self.steps = QSpinBox()
        self.find_button = push_button(tr("Find chain"), primary=True)
        self.wander_button = push_button(tr("Wander from the start"))
        self.surprise = QSlider(Qt.Orientation.Horizontal)
        self.other_button = text_button(
            theme, "again", tr("Another way"), tooltip=tr("A chain of other pictures")
        )
        self.board_button = text_button(
            theme, "board", tr("Save as board"), tooltip=tr("Put the chain on a new board")
        )
        self.export_button = text_button(
            theme, "picture", tr("Save as picture…"), tooltip=tr("Paint the chain into a PNG file")
        )
        self.said = label(theme, bold=True)
        self.warning = label(theme, muted=True)
        self.row = ChainRow(theme, thumbnails)
        self.message = MessagePage(theme)
        self._pages = QStackedWidget()
        self._found = QWidget()
        self._lay_out()
        self._wire()
        self._on_changed()

    @property
    def is_chain_shown(self) -> bool:
        """Whether a chain is shown."""
        return self._pages.currentWidget() is self._found

    def chosen_pictures(self) -> list[Question]:
        """The picture that the keyboard is on."""
        at = self.row.current
        question = None if at is None else self._presenter.question(at)
        return [] if question is None else [question]

    def take_focus(self) -> None:
        """Let the keyboard act on what comes next."""
        if self._presenter.can_find:
            self.find_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            empty = next(end for end in (0, 1) if self._presenter.ends[end] is None)
            self.ends[empty].pick_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wire(self) -> None:
        presenter = self._presenter
        presenter.changed.connect(self._on_changed)
        for at, end in enumerate(self.ends):
            end.placed.connect(lambda question, at=at: presenter.place(at, question))
            end.clear_asked.connect(lambda at=at: presenter.place(at, None))
            end.here_asked.connect(lambda at=at: self.here_asked.emit(at))
            end.pick_asked.connect(lambda at=at: self.pick_asked.emit(at))
            end.paste_asked.connect(lambda at=at: self.paste_asked.emit(at))
        self.swap_button.clicked.connect(presenter.swap)
        self.steps.valueChanged.connect(presenter.set_steps)
        self.surprise.valueChanged.connect(lambda value: presenter.set_surprise(value / 100))
        self.find_button.clicked.connect(presenter.find)
        self.wander_button.clicked.connect(presenter.wander)
        self.other_button.clicked.connect(presenter.find_another)
        self.board_button.clicked.connect(self.board_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.row.picked.connect(self._on_picked)
        self.row.menu_asked.connect(self._on_menu)

    def _on_picked(self, station: int) -> None:
        question = self._presenter.question(station)
        if question is not None:
            self.picked.emit(question)

    def _on_menu(self, station: int, point: QPoint) -> None:
        question = self._presenter.question(station)
        if question is not None:
            self.menu_asked.emit([question], point)

    def _on_changed(self) -> None:
        presenter = self._presenter
        for at, (end, question) in enumerate(zip(self.ends, presenter.ends, strict=True)):
            end.show_question(question, is_coming=presenter.is_coming(at))
        is_free = not presenter.is_looking
        self.find_button.setEnabled(presenter.can_find and is_free)
        self.wander_button.setEnabled(presenter.can_wander and is_free)
        self.other_button.setEnabled(presenter.chain is not None and is_free)
        trouble = presenter.trouble
        if presenter.chain is not self._shown and presenter.chain is not None:
            self._show(presenter.chain)
        if self._shown is not None:
            self.said.setText(map_phrases.chain_line(self._shown))
            warning = map_phrases.chain_warning(self._shown)
            self.warning.setText(trouble.text if trouble is not None else warning)
            self.warning.setProperty("danger", trouble is not None)
            self.warning.style().polish(self.warning)
            self._pages.setCurrentWidget(self._found)
        elif trouble is not None:
            self._say("warning", tr("No chain was found"), trouble.text)
        elif presenter.is_looking:
            self._say("chain", tr("Looking for a chain"), "")
        else:
            self._say(
                "chain",
                tr("From one picture to another"),
                tr(
                    "Choose a start and an end. Each step of the chain shares a logic with the one"
                    " before and looks different. Or wander from the start alone."
                ),
            )

    def _show(self, chain: Chain) -> None:
        self._shown = chain
        questions = [self._presenter.question(at) for at in range(len(chain.stations))]
        self.row.show_chain(chain, questions)

    def _say(self, icon: str, title: str, hint: str) -> None:
        self.message.say(icon, title, hint)
        self._pages.setCurrentWidget(self.message)

    # --- layout -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.steps.setRange(*STEPS)
        self.steps.setValue(self._presenter.steps)
        self.steps.setAccessibleName(tr("Steps at most"))
        self.surprise.setRange(0, 100)
        self.surprise.setValue(round(self._presenter.surprise * 100))
        self.surprise.setFixedWidth(110)
        self.surprise.setAccessibleName(tr("Surprise of a walk"))
        self.surprise.setToolTip(tr("How unlike the pictures of a walk look"))
        head = QWidget()
        head.setObjectName("chainHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.ends[0], 1)
        top.addWidget(self.swap_button)
        top.addWidget(self.ends[1], 1)
        below = QHBoxLayout()
        below.setSpacing(8)
        below.addWidget(label(self._theme, tr("Steps at most")))
        below.addWidget(self.steps)
        below.addSpacing(8)
        below.addWidget(self.find_button)
        below.addStretch()
        below.addWidget(label(self._theme, tr("Surprise"), muted=True))
        below.addWidget(self.surprise)
        below.addWidget(self.wander_button)
        whole = QVBoxLayout(head)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addLayout(top)
        whole.addLayout(below)
        self._lay_out_found()
        self._pages.addWidget(self.message)
        self._pages.addWidget(self._found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(head)
        layout.addWidget(self._pages, 1)

    def _lay_out_found(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.said)
        words.addWidget(self.warning)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addLayout(words, 1)
        line.addWidget(self.other_button)
        line.addWidget(self.board_button)
        line.addWidget(self.export_button)
        layout = QVBoxLayout(self._found)
        layout.setContentsMargins(16, 12, 12, 16)
        layout.setSpacing(12)
        layout.addLayout(line)
        layout.addWidget(self.row, 1)
