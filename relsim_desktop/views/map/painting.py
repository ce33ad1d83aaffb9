"""Paints the bubbles of the map: from afar a cover and a name, from near the pictures."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap

from relsim_desktop import map_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import CORNER, ThumbnailKey, ThumbnailLoader
from relsim_desktop.translation import number
from relsim_desktop.views.slot_text import SlotText

if TYPE_CHECKING:
    from engine.mapping.values import MapGroup
    from relsim_desktop.operations.maps import MapState

MEMBERS_FROM: Final = 30.0
"""Pixels of a picture's width from which a bubble shows its pictures instead of its cover."""

_EDGES = (48, 96, 192, 384)  # sizes that thumbnails are loaded at, in device pixels
_LARGEST_FIRST = tuple(reversed(_EDGES))
_DOT = 13.0  # radius in pixels below which a bubble is a dot
_NAMED = 44.0  # and from which its name is legible
_NAME_LINES = 3


class MapPainter:
    """Paints one frame after another; what it could not show yet is in `wanted`."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        self._theme = theme
        self._thumbnails = thumbnails
        self._scale = 1.0
        self._ratio = 1.0
        self._laid: dict[tuple[str, int, float], SlotText] = {}
        self.wanted: dict[ThumbnailKey, None] = {}
        self._places: dict[Path, QRectF] = {}
        self._discs: dict[int, QPixmap] = {}
        self._pills: list[tuple[MapGroup, QRectF]] = []

    def forget(self) -> None:
        """Another map comes, or other colours."""
        self._laid.clear()
        self._discs.clear()

    def shows_members(self, scale: float) -> bool:
        """Whether bubbles show their pictures at a scale in pixels."""
        return scale >= MEMBERS_FROM

    def begin(self, scale: float, ratio: float, *, goes_on: bool) -> None:
        """Begin a frame.

        Args:
            scale: Pixels of a picture's width on the map.
            ratio: Device pixels of a pixel.
            goes_on: Whether a part of the last frame is painted anew, and the rest stays.
        """
        if ratio != self._ratio:
            self._discs.clear()
        self._scale, self._ratio = scale, ratio
        if not goes_on:
            self.wanted = {}
            self._places = {}
        self._pills = []

    def finish(self, painter: QPainter, view: QRectF) -> None:
        """End the frame with the names that lie over everything."""
        for group, circle in self._pills:
            self._draw_pill(painter, group, circle, view)

    def place_of(self, path: Path) -> QRectF | None:
        """Where the frame shows a file; None if it does not."""
        return self._places.get(path)

    def draw(
        self,
        painter: QPainter,
        state: MapState,
        group: MapGroup,
        circle: QRectF,
        view: QRectF,
        *,
        is_current: bool,
        is_hovered: bool,
    ) -> None:
        """Paint a bubble.

        Args:
            painter: With antialiasing on.
            state: The map.
            group: Of the bubble.
            circle: Its place.
            view: What is seen; pictures outside it are left out.
            is_current: Whether it is chosen.
            is_hovered: Whether the pointer is on it.
        """
        colors = self._theme.colors
        radius = circle.width() / 2
        is_loud = is_current or is_hovered
        if radius < _NAMED and not is_loud:
            disc = self._disc(radius)
            half = disc.deviceIndependentSize().width() / 2
            painter.drawPixmap(circle.center() - QPointF(half, half), disc)
        else:
            painter.setPen(
                QPen(colors.accent if is_loud else colors.border, 2.5 if is_current else 1.2)
            )
            painter.setBrush(colors.accent_tint if is_current else colors.card)
            painter.drawEllipse(circle)
        if radius < _DOT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.accent if is_loud else colors.attribute)
            painter.drawEllipse(circle.center(), radius * 0.45, radius * 0.45)
        elif self.shows_members(self._scale):
            self._draw_members(painter, state, group, circle, view)
            self._pills.append((group, circle))
        elif radius < _NAMED:
            self._draw_cover(painter, state, group, _square(circle.center(), radius * 1.3), 1)
        else:
            self._draw_named(painter, state, group, circle)

    def _draw_named(
        self, painter: QPainter, state: MapState, group: MapGroup, circle: QRectF
    ) -> None:
        """A cover above, the name and the count below."""
        radius, middle = circle.width() / 2, circle.center()
        font_scale = 0.78 if radius < 70 else 0.86 if radius < 110 else 1.0
        laid = self._caption(
            map_phrases.group_name(group), round(radius * 1.56), font_scale, centred=True
        )
        count_font = self._theme.font(font_scale * 0.92)
        line = QFontMetricsF(count_font).height()
        words = laid.height + line
        side = min(radius * 1.02, 2 * radius * 0.92 - words - 8)
        top = middle.y() - (side + 6 + words) / 2 + radius * 0.06
        if side >= 16:
            box = QRectF(middle.x() - side / 2, top, side, side)
            self._draw_cover(painter, state, group, box, 4 if radius > 80 else 1)
        else:
            side = -6.0
        left = middle.x() - radius * 0.78
        laid.draw(painter, QPointF(left, top + side + 6), self._theme.colors)
        painter.setFont(count_font)
        painter.setPen(self._theme.colors.muted)
        below = QRectF(left, top + side + 6 + laid.height, radius * 1.56, line)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, number(len(group)))

    def _draw_cover(
        self, painter: QPainter, state: MapState, group: MapGroup, box: QRectF, most: int
    ) -> None:
        """One picture, or four in a square."""
        paths = [path for image in group.cover if (path := state.paths.get(image)) is not None]
        if most < 4 or len(paths) < 4:
            if paths:
                self._draw_picture(painter, paths[0], box)
            return
        half = (box.width() - 3) / 2
        for at, path in enumerate(paths[:4]):
            left = box.left() + (at % 2) * (half + 3)
            top = box.top() + (at // 2) * (half + 3)
            self._draw_picture(painter, path, QRectF(left, top, half, half))

    def _draw_members(
        self, painter: QPainter, state: MapState, group: MapGroup, circle: QRectF, view: QRectF
    ) -> None:
        middle, scale = circle.center(), self._scale
        x, y = middle.x() + group.places[:, 0] * scale, middle.y() + group.places[:, 1] * scale
        seen = (
            (x > view.left() - scale)
            & (x < view.right() + scale)
            & (y > view.top() - scale)
            & (y < view.bottom() + scale)
        )
        side = scale * 0.9
        for row in seen.nonzero()[0].tolist():
            path = state.paths.get(int(group.members[row]))
            if path is not None:
                self._draw_picture(painter, path, _square(QPointF(x[row], y[row]), side))

    def _draw_pill(self, painter: QPainter, group: MapGroup, circle: QRectF, view: QRectF) -> None:
        """The name across the bubble's upper edge, or at the view's where that is out of sight."""
        colors = self._theme.colors
        width = min(max(circle.width() * 0.96, 110.0), 360.0)
        name = map_phrases.group_name(group)
        laid = self._caption(name, round(width - 20), 0.82, lines=3, centred=True)
        height = laid.height + 8
        top = max(circle.top() - height * 0.4, view.top() + 6)
        top = min(top, circle.bottom() - height - 4)
        wide = min(laid.width + 20, width)
        pill = QRectF(circle.center().x() - wide / 2, top, wide, height)
        painter.setPen(QPen(colors.border, 1))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(pill, 8, 8)
        laid.draw(painter, QPointF(circle.center().x() - (width - 20) / 2, pill.top() + 4), colors)

    def _draw_picture(self, painter: QPainter, path: Path, box: QRectF) -> None:
        self._places[path] = box.united(self._places.get(path, box))
        pixmap = self._pixmap(path, box.width())
        if pixmap is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colors.hover)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), CORNER, CORNER)
            return
        size = pixmap.deviceIndependentSize()
        fit = min(box.width() / size.width(), box.height() / size.height())
        width, height = size.width() * fit, size.height() * fit
        left = box.center().x() - width / 2
        target = QRectF(left, box.center().y() - height / 2, width, height)
        painter.drawPixmap(target, pixmap, QRectF(pixmap.rect()))

    def _pixmap(self, path: Path, side: float) -> QPixmap | None:
        """The thumbnail at the size that fits, or for now at one that is there."""
        wanted = next((e for e in _EDGES if e >= side * self._ratio), _EDGES[-1])
        key = _key(path, wanted)
        pixmap = self._thumbnails.pixmap(key)
        if pixmap is not None:
            return pixmap
        self.wanted[key] = None
        others = (self._thumbnails.pixmap(_key(path, edge)) for edge in _LARGEST_FIRST)
        return next((other for other in others if other is not None), None)

    def _disc(self, radius: float) -> QPixmap:
        """A small bubble that is not chosen; hundreds of them are the same few sizes."""
        size = max(2, math.ceil(2 * radius) + 2)
        if size not in self._discs:
            pixmap = QPixmap(round(size * self._ratio), round(size * self._ratio))
            pixmap.setDevicePixelRatio(self._ratio)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.colors.border, 1.2))
            painter.setBrush(self._theme.colors.card)
            painter.drawEllipse(QRectF(1, 1, size - 2, size - 2))
            painter.end()
            self._discs[size] = pixmap
        return self._discs[size]

    def _caption(
        self,
        text: str,
        width: int,
        scale: float,
        *,
        centred: bool = False,
        lines: int = _NAME_LINES,
    ) -> SlotText:
        key = (text, width, scale)
        if key not in self._laid:
            if len(self._laid) > 1024:
                self._laid.clear()
            self._laid[key] = SlotText(text, self._theme.font(scale), width, lines, centred=centred)
        return self._laid[key]


def _key(path: Path, edge: int) -> ThumbnailKey:
    return ThumbnailKey(path, edge, corner=max(2, edge * CORNER // 192))


def _square(middle: QPointF, side: float) -> QRectF:
    return QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
