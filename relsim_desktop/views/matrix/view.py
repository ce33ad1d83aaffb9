"""The matrix on the screen: pictures as heads that stay in sight, cells, a cursor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from relsim_desktop.presenters.matrix import Measure, ScoreMatrixState
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.matrix.painting import Cells

_HEAD = 64  # edge of the heads' row and column, at most
_LEAST, _MOST = 24, 96  # edge of a cell
_PIXELS = 64  # edge of the thumbnails, which smaller heads shrink

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class MatrixView(QAbstractScrollArea):
    """Shows a `ScoreMatrixState`; where the pointer or the keyboard is, is the current pair."""

    pair_changed = Signal()

    compare_asked = Signal()
    """The current pair is to be looked at closely."""

    remove_asked = Signal(object)
    """A `Question` is to be taken out."""

    menu_asked = Signal(object, QPoint)
    """Context menu for a list of `Question`, at a global position."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, state: ScoreMatrixState) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._state = state
        self._measure = Measure.RELATION
        self._cells: Cells | None = None
        self._cursor = (0, 1)
        self._hovered: tuple[int, int] | None = None
        self._pasted: dict[tuple[int, int], QPixmap] = {}  # by picture and edge
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setAutoFillBackground(False)  # the page shows through
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        state.changed.connect(self._on_changed)
        theme.changed.connect(self._on_changed)
        thumbnails.loaded.connect(self._on_thumbnail)
        self._on_changed()

    @property
    def measure(self) -> Measure:
        """What the cells show."""
        return self._measure

    @measure.setter
    def measure(self, measure: Measure) -> None:
        self._measure = measure
        self._on_changed()

    @property
    def cells(self) -> Cells | None:
        """What is painted."""
        return self._cells

    @property
    def pair(self) -> tuple[int, int] | None:
        """The current row and column, as shown; None without a matrix."""
        return None if self._cells is None else self._hovered or self._cursor

    @property
    def cursor_cell(self) -> tuple[int, int]:
        """Where the keyboard is."""
        return self._cursor

    def picture(self, place: int) -> Question:
        """The picture in a row or column, as shown."""
        assert self._state.matrix is not None, "there is a matrix"
        return self._state.matrix.questions[self._state.rows[place]]

    def chosen_pictures(self) -> list[Question]:
        """The two of the current pair, or the one on the diagonal."""
        if self.pair is None:
            return []
        return [self.picture(place) for place in dict.fromkeys(self.pair)]

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor into a cell, and show it."""
        last = self._count - 1
        self._cursor = (max(0, min(row, last)), max(0, min(column, last)))
        self._hovered = None
        box = self._box(*self._cursor)
        view = self.viewport().rect().adjusted(self._head, self._head, 0, 0)
        bars = self.horizontalScrollBar(), self.verticalScrollBar()
        for bar, before, after in zip(
            bars,
            (view.left() - box.left(), view.top() - box.top()),
            (box.right() - view.right(), box.bottom() - view.bottom()),
            strict=True,
        ):
            bar.setValue(bar.value() - max(round(before), 0) + max(round(after), 0))
        self._tell()

    # --- layout -----------------------------------------------------------------------------------

    @property
    def _count(self) -> int:
        return 0 if self._cells is None else len(self._cells.rows)

    @property
    def _head(self) -> int:
        """Edge of the heads' row and column."""
        return max(36, min(_HEAD, self._edge + 4))

    @property
    def _edge(self) -> int:
        """Of a cell: as large as all of them fit, within bounds."""
        free = min(self.viewport().width(), self.viewport().height()) - _HEAD
        return max(_LEAST, min(_MOST, free // max(self._count, 1)))

    @property
    def _origin(self) -> QPoint:
        """Where the first cell is."""
        return QPoint(
            self._head - self.horizontalScrollBar().value(),
            self._head - self.verticalScrollBar().value(),
        )

    def _box(self, row: int, column: int) -> QRect:
        edge, origin = self._edge, self._origin
        return QRect(origin.x() + column * edge, origin.y() + row * edge, edge, edge)

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        """The cell at a point; over a head, the one on its diagonal."""
        edge, origin = self._edge, self._origin
        column, row = (point.x() - origin.x()) // edge, (point.y() - origin.y()) // edge
        if point.y() < self._head:
            row = column
        elif point.x() < self._head:
            column = row
        is_inside = 0 <= row < self._count and 0 <= column < self._count
        return (
            (row, column)
            if is_inside and (point.x() >= self._head or point.y() >= self._head)
            else None
        )

    def _visible(self) -> tuple[range, range]:
        """The rows and columns in sight."""
        edge, origin, size = self._edge, self._origin, self.viewport().size()

        def span(start: int, length: int) -> range:
            first = max((self._head - start) // edge, 0)
            return range(first, max(first, min((length - start) // edge + 1, self._count)))

        return span(origin.y(), size.height()), span(origin.x(), size.width())

    def _measure_bars(self) -> None:
        whole, size = self._head + self._count * self._edge, self.viewport().size()
        for bar, length in (
            (self.horizontalScrollBar(), size.width()),
            (self.verticalScrollBar(), size.height()),
        ):
            bar.setRange(0, max(whole - length, 0))
            bar.setPageStep(length)
            bar.setSingleStep(self._edge)

    # --- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        cells = self._cells
        if cells is None:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        part, size = self._visible(), self.viewport().size()
        painter.save()
        painter.setClipRect(self._head, self._head, size.width(), size.height())
        font = self._theme.font(0.85)
        cells.paint(painter, QPointF(self._origin), self._edge, font, part)
        self._paint_cursor(painter)
        painter.restore()
        for row in part[0]:
            self._paint_head(painter, row, self._box(row, 0), is_left=True)
        for column in part[1]:
            self._paint_head(painter, column, self._box(0, column), is_left=False)
        painter.end()

    def _paint_cursor(self, painter: QPainter) -> None:
        colors = self._theme.colors
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._hovered is not None:
            painter.setPen(QPen(colors.text, 1))
            painter.drawRect(self._box(*self._hovered).adjusted(0, 0, -2, -2))
        if self.hasFocus() or self._hovered is None:
            box = QRectF(self._box(*self._cursor)).adjusted(0, 0, -1, -1)
            painter.setPen(QPen(colors.card, 4))
            painter.drawRect(box)
            painter.setPen(QPen(colors.text if self.hasFocus() else colors.muted, 2))
            painter.drawRect(box)

    def _paint_head(self, painter: QPainter, place: int, cell: QRect, *, is_left: bool) -> None:
        edge, colors = self._edge, self._theme.colors
        box = (
            QRect(0, cell.top(), self._head, edge)
            if is_left
            else QRect(cell.left(), 0, edge, self._head)
        )
        room = QRect(0, self._head, self._head, self.viewport().height())
        if not is_left:
            room = QRect(self._head, 0, self.viewport().width(), self._head)
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(box, colors.canvas)
        if self.pair is not None and place == self.pair[0 if is_left else 1]:
            painter.fillRect(box, colors.accent_tint)
        side = min(edge, self._head) - 6
        spot = QRect(0, 0, side, side)
        spot.moveCenter(box.center())
        if is_left:
            spot.moveRight(self._head - 5)
        else:
            spot.moveBottom(self._head - 5)
        pixmap = self._pixmap(place)
        if pixmap is None:
            drawing = self._theme.drawing("picture", colors.attribute, side, self._scale)
            painter.drawPixmap(spot.topLeft(), drawing)
        else:
            fitted = pixmap.size().scaled(spot.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(QPoint(0, 0), fitted)
            target.moveCenter(spot.center())
            painter.drawPixmap(target, pixmap)
        painter.restore()

    @property
    def _scale(self) -> float:
        return self.devicePixelRatioF()

    def _pixmap(self, place: int) -> QPixmap | None:
        question = self.picture(place)
        if question.pasted is not None:
            return self._of_pasted(question.pasted)
        key = self._key(question)
        return None if key is None else self._thumbnails.pixmap(key)

    def _of_pasted(self, image: QImage) -> QPixmap:
        edge = round(_PIXELS * self._scale)
        known = (image.cacheKey(), edge)
        if known not in self._pasted:
            keep, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
            small = image.scaled(QSize(edge, edge), keep, mode.SmoothTransformation)
            self._pasted[known] = QPixmap.fromImage(small)
        return self._pasted[known]

    def _key(self, question: Question) -> ThumbnailKey | None:
        if question.path is None:
            return None
        return ThumbnailKey(
            question.path, round(_PIXELS * self._scale), round(CORNER * self._scale / 2)
        )

    # --- what a person does -----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the pair under the pointer."""
        hovered = self._at(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self._tell()

    def leaveEvent(self, event: object) -> None:
        """Go back to the pair of the keyboard."""
        self._hovered = None
        self._tell()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor there."""
        cell = self._at(event.position().toPoint())
        if cell is not None:
            self.go_to(*cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Compare the two."""
        self._compare()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the cursor; Return compares the two; Delete takes the row's picture out."""
        key, (row, column) = Qt.Key(event.key()), self._cursor
        last = self._count - 1
        is_far = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if self._cells is None:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            down, right = _ARROWS[key]
            far = self._count if is_far else 1
            self.go_to(row + down * far, column + right * far)
        elif key == Qt.Key.Key_Home:
            self.go_to(0 if is_far else row, 0)
        elif key == Qt.Key.Key_End:
            self.go_to(last if is_far else row, last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._compare()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit(self.picture(row))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self._tell()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cells."""
        self._measure_bars()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Paint other cells; the heads stay."""
        self.viewport().update()

    def _compare(self) -> None:
        if self.pair is not None and self._cursor[0] != self._cursor[1]:
            self.compare_asked.emit()

    def _on_menu(self, point: QPoint) -> None:
        cell = self._at(self.viewport().mapFrom(self, point))
        if cell is not None:
            self.go_to(*cell)
        if self._cells is not None:
            self.menu_asked.emit(self.chosen_pictures(), self.mapToGlobal(point))

    # --- what happens -----------------------------------------------------------------------------

    def _on_thumbnail(self) -> None:
        self.viewport().update()

    def _on_changed(self) -> None:
        matrix = self._state.matrix
        self._hovered = None
        self._cells = None
        if matrix is not None:
            rows, colors = self._state.rows, self._theme.colors
            self._cells = Cells(matrix, rows, self._measure, colors)
            last = len(rows) - 1
            self._cursor = (min(self._cursor[0], last), min(self._cursor[1], last))
        keys = [self._key(question) for question in self._state.questions]
        self._thumbnails.want(self, [key for key in keys if key is not None])
        self._measure_bars()
        self._tell()

    def _tell(self) -> None:
        """Say which pair it is, to who looks and to who listens."""
        if self._cells is None:
            self.setAccessibleName(tr("Matrix"))
        else:
            row, column = self._cursor
            names = self.picture(row).title, self.picture(column).title
            number = self._cells.text(row, column)
            self.setAccessibleName(f"{names[0]} – {names[1]}: {number}")
        self.viewport().update()
        self.pair_changed.emit()
