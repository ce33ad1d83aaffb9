"""Where a value of a similarity space is on the page: axes that can be zoomed and moved."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF

MAX_ZOOM = 200.0
"""How much nearer than the whole one may go."""

_PADDING = 0.06  # of the values' range, so that no picture sticks to an edge
_LEAST_RANGE = 1e-3  # equal values still get an axis
_TICKS = 6  # at most, about
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


class Axes:
    """Maps values to the pixels of a rectangle; y grows upwards in values.

    Attributes:
        plot: The rectangle on the page.
        shown: The values that are in it: left, bottom, width, height as x, y, width, height.
    """

    def __init__(self) -> None:
        self.plot = QRectF(0, 0, 1, 1)
        self.shown = QRectF(0, 0, 1, 1)
        self._whole = QRectF(0, 0, 1, 1)

    @property
    def zoom(self) -> float:
        """How much nearer than the whole: 1 shows all."""
        return self._whole.width() / self.shown.width()

    def cover(self, xs: Sequence[float], ys: Sequence[float]) -> None:
        """Fit the axes to values, and show all of them."""
        left, width = _range(xs)
        bottom, height = _range(ys)
        self._whole = QRectF(left, bottom, width, height)
        self.reset()

    def reset(self) -> None:
        """Show all."""
        self.shown = QRectF(self._whole)

    def place(self, x: float, y: float) -> QPointF:
        """Where a value is on the page."""
        return QPointF(
            self.plot.left() + (x - self.shown.x()) / self.shown.width() * self.plot.width(),
            self.plot.bottom() - (y - self.shown.y()) / self.shown.height() * self.plot.height(),
        )

    def place_all(self, xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
        """Where many values are on the page; faster than one by one."""
        across = self.plot.width() / self.shown.width()
        up = self.plot.height() / self.shown.height()
        left = self.plot.left() - self.shown.x() * across
        bottom = self.plot.bottom() + self.shown.y() * up
        return [(left + x * across, bottom - y * up) for x, y in zip(xs, ys, strict=True)]

    def value(self, point: QPointF) -> tuple[float, float]:
        """Which value is at a point of the page."""
        across = (point.x() - self.plot.left()) / self.plot.width()
        up = (self.plot.bottom() - point.y()) / self.plot.height()
        return (
            self.shown.x() + across * self.shown.width(),
            self.shown.y() + up * self.shown.height(),
        )

    def zoom_by(self, factor: float, about: QPointF) -> None:
        """Go nearer (above 1) or back; what is at a point of the page stays there."""
        factor = min(max(self.zoom * factor, 1.0), MAX_ZOOM) / self.zoom
        x, y = self.value(about)
        width, height = self.shown.width() / factor, self.shown.height() / factor
        self._show(
            x - (x - self.shown.x()) / factor, y - (y - self.shown.y()) / factor, width, height
        )

    def move_by(self, pixels: QPointF) -> None:
        """Move what is shown along with the pointer."""
        self._show(
            self.shown.x() - pixels.x() / self.plot.width() * self.shown.width(),
            self.shown.y() + pixels.y() / self.plot.height() * self.shown.height(),
            self.shown.width(),
            self.shown.height(),
        )

    def bring_in(self, x: float, y: float) -> bool:
        """Move as little as it takes to show a value; whether anything moved."""
        shown = self.shown
        left = min(max(shown.x(), x - 0.95 * shown.width()), x - 0.05 * shown.width())
        bottom = min(max(shown.y(), y - 0.95 * shown.height()), y - 0.05 * shown.height())
        inside = shown.x() <= x <= shown.x() + shown.width()
        inside = inside and shown.y() <= y <= shown.y() + shown.height()
        if inside:
            return False
        self._show(left, bottom, shown.width(), shown.height())
        return True

    def ticks(self) -> tuple[list[float], list[float]]:
        """Round values along x and y."""
        return (
            _round_values(self.shown.x(), self.shown.width()),
            _round_values(self.shown.y(), self.shown.height()),
        )

    def _show(self, left: float, bottom: float, width: float, height: float) -> None:
        """Show a part, which never leaves the whole."""
        whole = self._whole
        left = min(max(left, whole.x()), whole.x() + whole.width() - width)
        bottom = min(max(bottom, whole.y()), whole.y() + whole.height() - height)
        self.shown = QRectF(left, bottom, width, height)


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The least value and the width of a range, with padding."""
    least, most = (min(values), max(values)) if values else (0.0, 1.0)
    width = max(most - least, _LEAST_RANGE)
    return least - _PADDING * width, width * (1 + 2 * _PADDING)


def _round_values(start: float, length: float) -> list[float]:
    rough = length / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough)
    first = math.ceil(start / step)
    return [
        round(number * step, 10) for number in range(first, math.floor((start + length) / step) + 1)
    ]
