"""One picture, shown as large as its place allows."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMargins, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from relsim_desktop.operations.pictures import HAIRLINE
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailKey, ThumbnailLoader

_ENLARGED = 2.0  # small pictures are shown larger than they are, up to this factor
_FRAME_CORNER = 12
_INSET = 8  # from the frame to the picture
_STEP = 64  # sizes are rounded up to this, so that resizing does not load at every pixel


class PictureBox(QWidget):
    """Shows a question's picture: from a file through the loader, or pasted pixels."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, *, least: QSize, framed: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._is_framed = framed
        self._question: Question | None = None
        self._pasted: QPixmap | None = None
        self.setMinimumSize(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        thumbnails.loaded.connect(self._on_loaded)

    @property
    def question(self) -> Question | None:
        """What is shown."""
        return self._question

    @property
    def is_showing(self) -> bool:
        """Whether the picture itself is painted, not its placeholder."""
        return self._pixmap() is not None

    def show_question(self, question: Question | None) -> None:
        """Show another picture; a placeholder stands in until it is loaded, never the old one."""
        self._question = question
        pasted = question.pasted if question is not None else None
        self._pasted = QPixmap.fromImage(_over_white(pasted)) if pasted is not None else None
        self.setAccessibleName(question.title if question is not None else "")
        self._want()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Load for the new size."""
        self._want()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the picture centred."""
        if self._question is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        if self._is_framed:
            painter.setPen(self._theme.colors.border)
            painter.setBrush(self._theme.colors.card)
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, _FRAME_CORNER, _FRAME_CORNER)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        pixmap = self._pixmap()
        if pixmap is None:
            self._paint_placeholder(painter)
        else:
            size = pixmap.size() / self.devicePixelRatioF() * _ENLARGED
            inset = _INSET if self._is_framed else 0
            free = self.size().shrunkBy(QMargins(inset, inset, inset, inset))
            if size.width() > free.width() or size.height() > free.height():
                size = size.scaled(free, Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(0, 0, size.width(), size.height())
            target.moveCenter(self.rect().center())
            self._paint_rounded(painter, target, pixmap)
        painter.end()

    def _paint_rounded(self, painter: QPainter, target: QRect, pixmap: QPixmap) -> None:
        """Round the corners at the size on screen, to which the picture may have been enlarged."""
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(target).adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
        painter.save()
        painter.setClipPath(edge)
        painter.drawPixmap(target, pixmap)
        painter.restore()
        painter.setPen(QPen(HAIRLINE, 1))
        painter.drawPath(edge)

    def _paint_placeholder(self, painter: QPainter) -> None:
        question = self._question
        path = question.path if question is not None else None
        is_broken = path is not None and self._thumbnails.why_unreadable(path) is not None
        if not self._is_framed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colors.hover)
            painter.drawRoundedRect(self.rect(), CORNER, CORNER)
        icon = (
            "search" if question is not None and question.is_text
            else "unreadable" if is_broken else "picture"
        )  # fmt: skip
        edge = min(40, self.height() // 2)
        drawing = self._theme.drawing(
            icon, self._theme.colors.attribute, edge, self.devicePixelRatioF()
        )
        spot = QRect(0, 0, edge, edge)
        spot.moveCenter(self.rect().center())
        painter.drawPixmap(spot, drawing)

    def _pixmap(self) -> QPixmap | None:
        if self._pasted is not None:
            return self._pasted
        key = self._key()
        return self._thumbnails.pixmap(key) if key is not None else None

    def _key(self) -> ThumbnailKey | None:
        if self._question is None or self._question.path is None:
            return None
        return picture_key(self._question.path, self.size(), self.devicePixelRatioF())

    def _want(self) -> None:
        key = self._key()
        self._thumbnails.want(self, [key] if key is not None and self._pasted is None else [])

    def _on_loaded(self, path: object) -> None:
        if self._question is not None and self._question.path == path:
            self.update()


def picture_key(path: Path, size: QSize, scale: float) -> ThumbnailKey:
    """What a box loads to show a file.

    Args:
        path: The file.
        size: The box's, in device-independent pixels.
        scale: Device pixel ratio.
    """
    edge = -(-max(size.width(), size.height()) // _STEP) * _STEP
    return ThumbnailKey(path, round(edge * scale), corner=0)


def _over_white(image: QImage) -> QImage:
    """As the engine sees it: transparency over white."""
    if not image.hasAlphaChannel():
        return image
    out = QImage(image.size(), QImage.Format.Format_RGB32)
    out.fill(Qt.GlobalColor.white)
    painter = QPainter(out)
    painter.drawImage(0, 0, image)
    painter.end()
    return out
