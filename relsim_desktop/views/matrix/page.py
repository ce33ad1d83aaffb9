"""Many pictures, each scored with each, as a coloured square."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop import incoming, phrases
from relsim_desktop.operations.comparing import MOST
from relsim_desktop.presenters.matrix import Measure, Order, ScoreMatrixState
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.labels import MessagePage, label
from relsim_desktop.views.matrix.side import MatrixSide
from relsim_desktop.views.matrix.view import MatrixView


class MatrixPage(QWidget):
    """Shows a `ScoreMatrixState`, and takes pictures that are dropped on it."""

    add_asked = Signal()
    """Pictures are to be chosen."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, state: ScoreMatrixState) -> None:
        super().__init__()
        self.setObjectName("matrixPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self._state = state
        self._theme = theme
        self._waits_for_cells = False  # the keyboard goes to them when they come
        self.view = MatrixView(theme, thumbnails, state)
        self.side = MatrixSide(theme, thumbnails)
        self.count = label(theme, muted=True)
        self.measure = QComboBox()
        self.order = QComboBox()
        self.add_button = text_button(theme, "add", tr("Add pictures…"))
        self.again_button = push_button(tr("Score again"), link=True)
        self.export_button = icon_button(theme, "save_as", tr("Save"))
        self.cancel_button = icon_button(theme, "cancel", tr("Stop scoring"))
        self.choose_button = push_button(tr("Choose pictures…"), primary=True)
        self.legend = _Legend(theme, self.view)
        self.message = MessagePage(theme)
        self._bar = QProgressBar()
        self._doing = label(theme, scale=0.9, muted=True)
        self._running = QWidget()
        self._empty = QWidget()
        self._content = QStackedWidget()
        self._lay_out(theme)
        self._wire()
        self._on_changed()

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (
            self.measure,
            self.order,
            self.add_button,
            self.export_button,
            self.choose_button,
            self.view,
            *(card.remove_button for card in self.side.cards),
            self.side.compare_button,
        )

    def chosen_pictures(self) -> list[Question]:
        """The current pair."""
        return self.view.chosen_pictures()

    def take_focus(self) -> None:
        """Let the keyboard act on the cells, or on the invitation."""
        has_matrix = self.view.cells is not None
        self._waits_for_cells = not has_matrix
        target = self.view if has_matrix else self.choose_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_measure(self, measure: Measure) -> None:
        """Choose what the cells show."""
        self.measure.setCurrentIndex(self.measure.findData(measure))

    def show_order(self, order: Order) -> None:
        """Choose how the pictures are ordered."""
        self.order.setCurrentIndex(self.order.findData(order))

    def _lay_out(self, theme: Theme) -> None:
        for text, measure in (
            (tr("Relation"), Measure.RELATION),
            (tr("Relation, percentile"), Measure.PERCENTILE),
            (tr("Look"), Measure.LOOK),
            (tr("Relation above, look below"), Measure.BOTH),
        ):
            self.measure.addItem(text, measure)
        for text, order in (
            (tr("Alike side by side"), Order.SIMILAR),
            (tr("As they came"), Order.ADDED),
            (tr("By name"), Order.NAME),
        ):
            self.order.addItem(text, order)
        self.measure.setAccessibleName(tr("What the cells show"))
        self.order.setAccessibleName(tr("How the pictures are ordered"))
        self.export_button.setToolTip(tr("Save the matrix as a picture or a table"))
        self.export_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(160)
        running = QHBoxLayout(self._running)
        running.setContentsMargins(0, 0, 0, 0)
        for part in (self._doing, self._bar, self.cancel_button):
            running.addWidget(part)
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 6)
        head.setSpacing(8)
        head.addWidget(label(theme, tr("Matrix"), scale=1.15, bold=True))
        head.addWidget(self.count)
        head.addSpacing(8)
        head.addWidget(self.measure)
        head.addWidget(self.order)
        head.addStretch(1)
        head.addWidget(self._running)
        for button in (self.again_button, self.add_button, self.export_button):
            head.addWidget(button)
        inviting = QVBoxLayout(self._empty)
        inviting.addStretch(3)
        inviting.addWidget(self.message)
        inviting.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        inviting.addStretch(4)
        self._content.addWidget(self.view)
        self._content.addWidget(self._empty)
        middle = QVBoxLayout()
        middle.setContentsMargins(16, 0, 16, 12)
        middle.setSpacing(8)
        middle.addWidget(self._content, 1)
        middle.addWidget(self.legend)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(head)
        left.addLayout(middle, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(left, 1)
        layout.addWidget(self.side)

    def _wire(self) -> None:
        state = self._state
        self.measure.currentIndexChanged.connect(self._on_measure)
        self.order.currentIndexChanged.connect(
            lambda: setattr(state, "order", self.order.currentData())
        )
        self.add_button.clicked.connect(self.add_asked)
        self.choose_button.clicked.connect(self.add_asked)
        self.again_button.clicked.connect(state.refresh)
        self.cancel_button.clicked.connect(state.cancel)
        self.view.pair_changed.connect(self._on_pair)
        self.view.remove_asked.connect(state.remove)
        self.side.remove_asked.connect(state.remove)
        self.side.compare_asked.connect(self.view.compare_asked)
        state.changed.connect(self._on_changed)
        state.progressed.connect(self._on_progress)

    # --- what happens -----------------------------------------------------------------------------

    def _on_measure(self) -> None:
        self.view.measure = self.measure.currentData()
        self.legend.update()

    def _on_changed(self) -> None:
        state = self._state
        has_matrix = state.matrix is not None
        self._content.setCurrentIndex(0 if has_matrix else 1)
        self.side.setVisible(has_matrix)
        self.legend.setVisible(has_matrix)
        for part in (self.measure, self.order, self.export_button):
            part.setEnabled(has_matrix)
        self._running.setVisible(state.is_running)
        self.again_button.setVisible(bool(state.trouble))
        self.choose_button.setVisible(not state.is_running)
        count = len(state.questions)
        self.count.setText(phrases.pictures(count) if count else "")
        if state.trouble:
            self.message.say("warning", tr("These cannot be scored"), state.trouble)
        elif state.is_running:
            self.message.say("matrix", tr("Scoring…"))
        elif count == 1:
            self.message.say("matrix", tr("One more picture, please"), self._hint())
        else:
            self.message.say("matrix", tr("Compare many pictures with one another"), self._hint())
        if has_matrix and self._waits_for_cells:
            self.take_focus()
        self._on_progress()
        self.legend.update()

    @staticmethod
    def _hint() -> str:
        hint = tr(
            "Drop up to {most} here, or select some in the collection and choose “Compare in a"
            " matrix” in their menu."
        )
        return hint.replace("{most}", str(MOST))

    def _on_progress(self) -> None:
        progress = self._state.progress
        if progress is not None:
            self._bar.setRange(0, progress.total or 0)
            self._bar.setValue(progress.done)
            total = progress.total or len(self._state.questions)
            said = tr("{done} of {total}").replace("{done}", str(progress.done))
            self._doing.setText(said.replace("{total}", str(total)))

    def _on_pair(self) -> None:
        pair, matrix = self.view.pair, self._state.matrix
        if pair is not None and matrix is not None:
            rows = self._state.rows
            self.side.show_pair(matrix, rows[pair[0]], rows[pair[1]])

    # --- dropping ---------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        what = incoming.read(event.mimeData())
        if what.paths or what.image is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self._show_drop(is_near=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away."""
        self._show_drop(is_near=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put them into the matrix; files are only looked at once the source is free again."""
        what = incoming.read(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._show_drop(is_near=False)
        if what.image is not None:
            self._state.add([Question(pasted=what.image)])
        elif what.paths:
            self._state.add_files(what.paths)

    def _show_drop(self, *, is_near: bool) -> None:
        self.count.setText(
            tr("Drop to add to the matrix")
            if is_near
            else phrases.pictures(len(self._state.questions))
        )


class _Legend(QWidget):
    """What the colours mean."""

    def __init__(self, theme: Theme, view: MatrixView) -> None:
        super().__init__()
        self._theme = theme
        self._view = view
        self._font = theme.font(0.85)

    def sizeHint(self) -> QSize:
        """Two lines and a bar."""
        return QSize(240, 2 * self.fontMetrics().height() + 16)

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars."""
        if self._view.cells is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._view.cells.paint_legends(painter, QRectF(self.rect()), self._font)
            painter.end()
