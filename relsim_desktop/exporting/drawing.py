"""Drawing sheets: on an image, or on the pages of a document where text stays text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTextCharFormat, QTextLayout, QTextOption

from engine.errors import DecodeError
from relsim_desktop import phrases
from relsim_desktop.exporting.sheets import Cell, Sheet, Words, font
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.exports.contents import BoardItem, Missing

PAPER = QColor("white")
_INK = QColor("#1c1c1f")
_QUIET = QColor("#68686e")
_SLOT = QColor("#4846b8")
_AWAY = QColor("#f0efec")
_PLATE = QColor(255, 255, 255, 215)

Load = Callable[[Path, int], QImage]
"""Loads a picture that fits a square of so many pixels; raises `DecodeError`."""


class SheetPainter:
    """Draws sheets, and remembers which pictures could not be shown.

    Args:
        load: Loads the pictures.
        checkpoint: Called before each picture; raises `Cancelled` to end it.
    """

    def __init__(self, load: Load, checkpoint: Callable[[], None]) -> None:
        self._load = load
        self._checkpoint = checkpoint
        self.missing: dict[int, Missing] = {}

    def draw(self, painter: QPainter, sheet: Sheet, scale: float) -> None:
        """Draw a sheet.

        Args:
            painter: Its units are the sheet's.
            sheet: What stands where.
            scale: Pixels of a unit, which pictures are loaded for.
        """
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing
            | QPainter.RenderHint.TextAntialiasing
            | QPainter.RenderHint.SmoothPixmapTransform
        )
        for words in sheet.words:
            _write(painter, words)
        for cell in sheet.cells:
            self._checkpoint()
            self._picture(painter, cell, scale)
        for cell in sheet.cells:  # last, so that no picture lies over words
            for words in cell.words:
                if sheet.overlaps:
                    painter.fillRect(words.box, _PLATE)
                _write(painter, words)

    def _picture(self, painter: QPainter, cell: Cell, scale: float) -> None:
        edge = max(16, round(max(cell.box.width(), cell.box.height()) * scale))
        image = self._image(cell.item, edge)
        if image is not None:
            size = QSizeF(image.size()).scaled(cell.box.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRectF(QPointF(), size)
            target.moveCenter(cell.box.center())
            painter.drawImage(target, image)
            return
        painter.fillRect(cell.box, _AWAY)
        painter.setPen(_QUIET)
        painter.setFont(font(13))
        flags = Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value
        text = tr("Not there now") + "\n" + cell.item.name
        painter.drawText(cell.box.adjusted(8, 8, -8, -8), flags, text)

    def _image(self, item: BoardItem, edge: int) -> QImage | None:
        from engine.exports.contents import NOT_THERE, Missing

        reason = NOT_THERE
        if item.path is not None and item.path.is_file():
            try:
                return self._load(item.path, edge)
            except DecodeError as error:
                reason = str(error)
        self.missing[item.image_id] = Missing(item.name, reason)
        return None


def _write(painter: QPainter, words: Words) -> None:
    """Draw a text in its box, broken into lines; slots of a caption in their colour."""
    pieces = list(phrases.pieces(words.text)) if words.is_caption else [(words.text, False)]
    layout = QTextLayout("".join(text for text, _ in pieces).replace("\n", "\u2028"), words.font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    ranges, at = [], 0
    for text, is_slot in pieces:
        if is_slot:
            colour = QTextLayout.FormatRange()
            colour.start, colour.length = at, len(text)
            style = QTextCharFormat()
            style.setForeground(_SLOT)
            colour.format = style
            ranges.append(colour)
        at += len(text)
    layout.setFormats(ranges)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(words.box.width())
        line.setPosition(QPointF(0, y))
        y += line.height()
    layout.endLayout()
    painter.setPen(_QUIET if words.is_quiet else _INK)
    layout.draw(painter, words.box.topLeft())
