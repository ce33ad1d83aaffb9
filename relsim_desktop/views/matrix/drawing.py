"""A matrix as a picture of its own: heads, cells, names, and a legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from engine.errors import DecodeError
from relsim_desktop.operations.comparing import Matrix
from relsim_desktop.presenters.matrix import Measure
from relsim_desktop.theme import Colors
from relsim_desktop.translation import tr
from relsim_desktop.views.compare.drawing import SCALE, blank, png_of, sheet_font
from relsim_desktop.views.matrix.painting import Cells

if TYPE_CHECKING:
    from engine.service import Engine

_MARGIN = 32
_HEAD = 56
_NAMES = 220  # width of the names beside the rows
_EDGE = 56  # of a cell of a small matrix
_WIDEST = 2400  # of all cells of a large one
_FOOT = 84


@dataclass(frozen=True, slots=True)
class MatrixSheet:
    """What is drawn; plain values, so that any thread may draw it.

    Attributes:
        engine: Its thumbnails are the heads.
        matrix: The scores.
        rows: Its rows in the order in which they are shown.
        measure: Which numbers.
        colors: Of the theme.
        family: The interface font.
    """

    engine: Engine
    matrix: Matrix
    rows: Sequence[int]
    measure: Measure
    colors: Colors
    family: str

    def png(self) -> bytes:
        """Draw it at twice the size of a design, as a PNG."""
        n = len(self.rows)
        edge = max(24, min(_EDGE, _WIDEST // n))
        side, head = n * edge, min(_HEAD, max(edge, 40))
        left, top = _MARGIN + _NAMES + head, _MARGIN + 40 + head
        width = max(left + side + _MARGIN, 720)
        heads = [self._head(row, head) for row in self.rows]
        image = blank(QSize(width, top + side + _FOOT + _MARGIN), self.colors)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        self._draw_title(painter, width)
        cells = Cells(self.matrix, self.rows, self.measure, self.colors)
        number = sheet_font(self.family, max(8, min(13, edge // 3.6)))
        cells.paint(painter, QPointF(left, top), edge, number, (range(n), range(n)))
        for place, row in enumerate(self.rows):
            at = place * edge
            _draw_head(painter, heads[place], QRect(left + at, top - head, edge, head))
            _draw_head(painter, heads[place], QRect(left - head, top + at, head, edge))
            self._draw_name(painter, row, QRect(_MARGIN, top + at, _NAMES - 12, edge))
        legend = QRectF(left, top + side + 20, max(side, 400), _FOOT)
        cells.paint_legends(painter, legend, sheet_font(self.family, 12))
        painter.end()
        return png_of(image)

    def _draw_title(self, painter: QPainter, width: int) -> None:
        painter.setPen(self.colors.text)
        painter.setFont(sheet_font(self.family, 20, bold=True))
        title = tr("%n picture(s), each with each", "", len(self.rows))
        painter.drawText(_MARGIN, _MARGIN - 4, width, 28, Qt.AlignmentFlag.AlignLeft, title)
        painter.setPen(self.colors.muted)
        painter.setFont(sheet_font(self.family, 12))
        said = tr("Scored by {model}").replace("{model}", self.matrix.scores.model)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(_MARGIN, _MARGIN - 4, width - 2 * _MARGIN, 28, right, said)

    def _draw_name(self, painter: QPainter, row: int, box: QRect) -> None:
        font = sheet_font(self.family, 12)
        painter.setFont(font)
        painter.setPen(self.colors.text)
        name = self.matrix.questions[row].title
        name = QFontMetricsF(font).elidedText(name, Qt.TextElideMode.ElideMiddle, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, name)

    def _head(self, row: int, edge: int) -> QImage:
        """Null where the file has gone since it was scored; its name still says what it was."""
        question, thumbnails = self.matrix.questions[row], self.engine.thumbnails
        if question.pasted is not None:
            image = question.pasted
        else:
            assert question.path is not None, "a picture has a file or pixels"
            try:
                known = thumbnails.get(question.path) or thumbnails.make(question.path)
            except DecodeError:
                return QImage()
            image = QImage.fromData(known)
        keep, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
        side = (edge - 8) * SCALE
        return image.scaled(side, side, keep, mode.SmoothTransformation)


def _draw_head(painter: QPainter, picture: QImage, box: QRect) -> None:
    if picture.isNull():
        return
    side = min(box.width(), box.height()) - 6
    size = picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(0, 0, size.width(), size.height())
    target.moveCenter(box.center())
    painter.drawImage(target, picture)
