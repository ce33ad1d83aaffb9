"""A picture on the free canvas of a board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyle, QStyleOptionGraphicsItem, QWidget

from relsim_desktop.arranging import NOTE, Box
from relsim_desktop.operations.pictures import HAIRLINE
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailKey, ThumbnailLoader

if TYPE_CHECKING:
    from engine.types import BoardPicture

HANDLE: Final = 14
"""Edge of the corner by which a picture is resized, in device-independent pixels."""

_EDGES = (48, 96, 192, 384, 768, 1536, 3072)  # device pixels that pictures are loaded for
_READABLE = 0.45  # below this zoom a note would be a smear


class CanvasItem(QGraphicsItem):
    """Paints the thumbnail that is there, the largest that is not more than needed."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, picture: BoardPicture, box: Box
    ) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self.picture = picture
        self._box = box
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.box = box

    @property
    def box(self) -> Box:
        """Where the picture lies, its note not included."""
        return self._box

    @box.setter
    def box(self, box: Box) -> None:
        if box[2:] != self._box[2:]:
            self.prepareGeometryChange()
        self._box = box
        self.setPos(box.x, box.y)

    def show_picture(self, picture: BoardPicture) -> None:
        """Show another state of the same picture."""
        if bool(picture.note) != bool(self.picture.note):
            self.prepareGeometryChange()
        self.picture = picture
        self.update()

    def boundingRect(self) -> QRectF:
        """The picture, its border, and its note."""
        note = NOTE if self.picture.note else 0.0
        return QRectF(-2, -2, self._box.width + 4, self._box.height + note + 4)

    def is_on_handle(self, point: QPointF, zoom: float) -> bool:
        """Whether a point of the canvas is on the corner by which it is resized."""
        reach = HANDLE / zoom
        x, y = self._box.right - point.x(), self._box.bottom - point.y()
        return 0 <= x <= reach and 0 <= y <= reach

    def key(self, zoom: float) -> ThumbnailKey | None:
        """The thumbnail that this zoom needs; None where there is no file.

        Args:
            zoom: Device pixels of a unit.
        """
        if self.picture.path is None:
            return None
        wanted = max(self._box.width, self._box.height) * zoom
        edge = next((edge for edge in _EDGES if edge >= wanted), _EDGES[-1])
        return ThumbnailKey(self.picture.path, edge, 0)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the picture, its note, and what says that it is selected."""
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        area = QRectF(0, 0, self._box.width, self._box.height)
        self._draw_picture(painter, area, zoom)
        colors = self._theme.colors
        if self.picture.note and zoom >= _READABLE:
            painter.setFont(self._theme.font(0.9))
            painter.setPen(colors.text)
            line = QRectF(0, area.height() + 6, area.width(), NOTE - 8)
            words = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value
            painter.save()
            painter.setClipRect(line)
            painter.drawText(line, words, self.picture.note)
            painter.restore()
        if option.state & QStyle.StateFlag.State_Selected:
            border = QPen(colors.accent, 2)
            border.setCosmetic(True)
            painter.setPen(border)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)
            edge = HANDLE / zoom
            corner = QRectF(area.right() - edge, area.bottom() - edge, edge, edge)
            painter.fillRect(corner, colors.accent)

    def _draw_picture(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        wanted = self.key(zoom * painter.device().devicePixelRatioF())
        pixmap = None if wanted is None else self._thumbnails.pixmap(wanted)
        if wanted is not None and pixmap is None:  # until it is there, one of another size
            near = sorted(_EDGES, key=lambda edge: (edge < wanted.edge, abs(edge - wanted.edge)))
            found = (self._thumbnails.pixmap(wanted._replace(edge=edge)) for edge in near)
            pixmap = next((one for one in found if one is not None), None)
        colors = self._theme.colors
        if pixmap is None:
            painter.fillRect(area, colors.hover)
            spot = QRect(0, 0, 32, 32)
            spot.moveCenter(area.center().toPoint())
            is_away = not self.picture.is_online
            name = "offline" if is_away else "unreadable" if self._is_broken() else "picture"
            drawing = self._theme.drawing(name, colors.attribute, 32, 1.0)
            painter.drawPixmap(spot, drawing)
            return
        painter.setOpacity(1.0 if self.picture.is_online else 0.3)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))
        painter.setOpacity(1.0)
        if zoom < _READABLE:
            return
        line = QPen(HAIRLINE, 1)  # sets a white picture off from a white canvas
        line.setCosmetic(True)
        painter.setPen(line)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area)

    def _is_broken(self) -> bool:
        path = self.picture.path
        return path is not None and self._thumbnails.why_unreadable(path) is not None
