"""Where pictures lie on a canvas: rows, alignment, and what has no place yet. Numbers only."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

ROW: Final = 220.0
"""Height of a tidy row, in units of the canvas."""

GAP: Final = 24.0
"""Distance between tidy pictures."""

NOTE: Final = 56.0
"""Height that is kept for a note below a picture."""

NARROWEST: Final = 24.0
"""Least width of a picture."""


class Box(NamedTuple):
    """A rectangle; `x` and `y` are its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.height

    def moved(self, dx: float, dy: float) -> Box:
        """The same elsewhere."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds one or more."""
    held = list(boxes)
    left, top = min(box.x for box in held), min(box.y for box in held)
    right, bottom = max(box.right for box in held), max(box.bottom for box in held)
    return Box(left, top, right - left, bottom - top)


@dataclass(frozen=True, slots=True)
class Shape:
    """What is to be laid out.

    Attributes:
        key: Which picture.
        ratio: Width over height, above 0.
        has_note: Whether a note stands below it.
    """

    key: int
    ratio: float
    has_note: bool = False


def rows(shapes: Sequence[Shape], left: float = 0.0, top: float = 0.0) -> dict[int, Box]:
    """Pictures of one height side by side, in rows of about equal width, in their order.

    Args:
        shapes: The pictures.
        left: Where the rows begin.
        top: Where the first begins.
    """
    area = sum((ROW * shape.ratio + GAP) * (ROW + GAP) for shape in shapes)
    widest = max(4 * ROW, math.sqrt(area * 1.6))
    placed: dict[int, Box] = {}
    x, has_note = left, False
    for shape in shapes:
        width = ROW * shape.ratio
        if x > left and x + width > left + widest:
            top += ROW + GAP + (NOTE if has_note else 0)
            x, has_note = left, False
        placed[shape.key] = Box(x, top, width, ROW)
        x += width + GAP
        has_note = has_note or shape.has_note
    return placed


def lay_out(
    shapes: Sequence[Shape], places: Mapping[int, tuple[float, float, float]]
) -> dict[int, Box]:
    """Where everything lies: what has a place there, the rest in rows below it.

    Args:
        shapes: The pictures.
        places: Left, top and width of some of them.
    """
    placed = {
        shape.key: Box(*places[shape.key], places[shape.key][2] / shape.ratio)
        for shape in shapes
        if shape.key in places
    }
    rest = [shape for shape in shapes if shape.key not in places]
    if not placed:
        return rows(rest)
    taken = around(placed.values())
    return placed | rows(rest, taken.x, taken.bottom + GAP + NOTE)


def tidy(shapes: Sequence[Shape], boxes: Mapping[int, Box]) -> dict[int, Box]:
    """Rows in the order in which the pictures are read now, beginning where they begin now."""
    if not shapes:
        return {}
    taken = around(boxes[shape.key] for shape in shapes)
    tallest = max(boxes[shape.key].height for shape in shapes)

    def read(shape: Shape) -> tuple[int, float]:
        box = boxes[shape.key]
        return int((box.y + box.height / 2 - taken.y) // tallest), box.x

    return rows(sorted(shapes, key=read), taken.x, taken.y)


class Guide(NamedTuple):
    """A line along which something is aligned."""

    x1: float
    y1: float
    x2: float
    y2: float


class Snapper:
    """Aligns what is moved with edges and middles of what lies still.

    Args:
        still: The boxes that are not moved.
    """

    def __init__(self, still: Iterable[Box]) -> None:
        boxes = list(still)
        self._xs = sorted(
            (x, box.y, box.bottom)
            for box in boxes
            for x in (box.x, box.x + box.width / 2, box.right)
        )
        self._ys = sorted(
            (y, box.x, box.right)
            for box in boxes
            for y in (box.y, box.y + box.height / 2, box.bottom)
        )

    def snap(self, box: Box, reach: float) -> tuple[float, float, list[Guide]]:
        """How to move a box a little so that it is aligned.

        Args:
            box: Where it would be.
            reach: How far it may be moved.

        Returns:
            Distance to the right and down, and the lines to show.
        """
        x = _nearest(self._xs, (box.x, box.x + box.width / 2, box.right), reach)
        y = _nearest(self._ys, (box.y, box.y + box.height / 2, box.bottom), reach)
        dx, dy = (x[0] if x else 0.0), (y[0] if y else 0.0)
        at = box.moved(dx, dy)
        guides = []
        if x is not None:
            line, low, high = x[1]
            guides.append(Guide(line, min(low, at.y), line, max(high, at.bottom)))
        if y is not None:
            line, low, high = y[1]
            guides.append(Guide(min(low, at.x), line, max(high, at.right), line))
        return dx, dy, guides


_Line = tuple[float, float, float]
"""Where a line is, and from where to where what it belongs to reaches."""


def _nearest(
    lines: Sequence[_Line], own: Sequence[float], reach: float
) -> tuple[float, _Line] | None:
    best: tuple[float, _Line] | None = None
    for value in own:
        at = bisect_left(lines, (value,))
        for line in lines[max(0, at - 1) : at + 1]:
            distance = line[0] - value
            if abs(distance) <= reach and (best is None or abs(distance) < abs(best[0])):
                best = distance, line
    return best
