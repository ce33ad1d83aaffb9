"""Axes that can be zoomed and moved, and where pictures have room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF

from relsim_desktop.views.space.axes import MAX_ZOOM, Axes
from relsim_desktop.views.space.painting import place


@pytest.fixture
def axes() -> Axes:
    made = Axes()
    made.plot = QRectF(100, 50, 400, 300)
    made.cover([0.0, 1.0], [-1.0, 1.0])
    return made


def test_every_value_is_inside_and_y_grows_upwards(axes: Axes) -> None:
    low, high = axes.place(0, -1), axes.place(1, 1)
    assert axes.plot.contains(low)
    assert axes.plot.contains(high)
    assert low.x() < high.x()
    assert low.y() > high.y()
    x, y = axes.value(axes.place(0.25, -0.5))
    assert (x, y) == (pytest.approx(0.25), pytest.approx(-0.5))


def test_zooming_keeps_what_is_under_the_pointer_and_has_bounds(axes: Axes) -> None:
    point = QPointF(320, 180)
    before = axes.value(point)
    axes.zoom_by(3, point)
    assert axes.value(point) == (pytest.approx(before[0]), pytest.approx(before[1]))
    assert axes.zoom == pytest.approx(3)
    axes.zoom_by(1e6, point)
    assert axes.zoom == pytest.approx(MAX_ZOOM)
    axes.zoom_by(1e-6, point)
    assert axes.zoom == pytest.approx(1)


def test_what_is_shown_never_leaves_the_whole(axes: Axes) -> None:
    whole = QRectF(axes.shown)
    axes.move_by(QPointF(1000, -1000))
    assert axes.shown == whole
    axes.zoom_by(2, axes.plot.center())
    axes.move_by(QPointF(10_000, 10_000))
    assert axes.shown.left() == pytest.approx(whole.left())
    assert axes.shown.bottom() == pytest.approx(whole.bottom())
    axes.reset()
    assert axes.shown == whole


def test_a_value_out_of_sight_is_brought_in(axes: Axes) -> None:
    axes.zoom_by(8, axes.place(0, -1))
    assert axes.bring_in(1, 1)
    assert axes.plot.contains(axes.place(1, 1))
    assert not axes.bring_in(1, 1)


def test_ticks_are_round_and_few(axes: Axes) -> None:
    across, up = axes.ticks()
    assert across == [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert 3 <= len(up) <= 7
    axes.cover([0.5], [0.5])
    assert all(3 <= len(ticks) <= 7 for ticks in axes.ticks())


def test_pictures_get_room_in_order_and_never_overlap(axes: Axes) -> None:
    xs = [0.5, 0.5, 0.51, 0.1, 0.9]
    ys = [0.0, 0.0, 0.0, 0.5, -0.5]
    placed = place(axes, xs, ys, [])
    assert set(placed.pictures) == {0, 3, 4}
    assert placed.dots == [1, 2]
    boxes = list(placed.pictures.values())
    assert not any(a.intersects(b) for number, a in enumerate(boxes) for b in boxes[number + 1 :])
    assert all(axes.plot.contains(box) for box in boxes)
    preferred = place(axes, xs, ys, [2])
    assert 2 in preferred.pictures
    assert 0 in preferred.dots


def test_going_nearer_turns_dots_into_larger_pictures(axes: Axes) -> None:
    xs = [index % 20 / 20 for index in range(400)]
    ys = [index // 20 / 10 - 1 for index in range(400)]
    far = place(axes, xs, ys, [])
    axes.zoom_by(8, axes.plot.center())
    near = place(axes, xs, ys, [])
    assert near.edge > far.edge
    shown = len(near.pictures) + len(near.dots)
    assert shown < 20
    assert len(far.pictures) + len(far.dots) == 400
