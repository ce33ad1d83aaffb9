"""Where pictures lie on a canvas: numbers only."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relsim_desktop.arranging import (
    GAP,
    NOTE,
    ROW,
    Box,
    Shape,
    Snapper,
    around,
    lay_out,
    rows,
    tidy,
)

ratios = st.lists(st.floats(0.2, 5.0), min_size=1, max_size=40)


def overlap(a: Box, b: Box) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom and b.y < a.bottom


@given(ratios)
def test_rows_never_overlap_and_keep_order_and_shape(given_ratios: list[float]) -> None:
    shapes = [Shape(n, ratio, n % 3 == 0) for n, ratio in enumerate(given_ratios)]
    boxes = rows(shapes, left=-50, top=7)
    assert list(boxes) == [shape.key for shape in shapes]
    for shape in shapes:
        assert boxes[shape.key].height == ROW
        assert boxes[shape.key].width == pytest.approx(ROW * shape.ratio)
    with_notes = {s.key: Box(*boxes[s.key][:3], ROW + (NOTE if s.has_note else 0)) for s in shapes}
    assert not any(overlap(a, b) for a, b in combinations(with_notes.values(), 2))
    placed = list(boxes.values())
    assert placed == sorted(placed, key=lambda box: (box.y, box.x))


def test_what_has_no_place_lies_below_what_has_one() -> None:
    boxes = lay_out([Shape(1, 2.0), Shape(2, 1.0), Shape(3, 1.0)], {2: (100.0, -40.0, 60.0)})
    assert boxes[2] == Box(100, -40, 60, 60)
    assert boxes[1].y == boxes[3].y > boxes[2].bottom
    assert boxes[1].x == 100
    assert lay_out([], {}) == {}


def test_tidying_reads_what_is_there_line_by_line() -> None:
    shapes = [Shape(key, 1.0) for key in (1, 2, 3, 4)]
    mess = {
        1: Box(500, 20, 100, 100),
        2: Box(10, 0, 100, 100),
        3: Box(300, 310, 90, 90),
        4: Box(20, 300, 100, 100),
    }
    boxes = tidy(shapes, mess)
    assert list(boxes) == [2, 1, 4, 3]
    assert boxes[2][:2] == (10, 0)
    assert boxes[1].x == 10 + ROW + GAP
    assert tidy(shapes, boxes) == boxes, "what is tidy stays as it is"
    assert tidy([], {}) == {}


def test_edges_and_middles_snap_within_reach_only() -> None:
    snapper = Snapper([Box(0, 0, 100, 100), Box(300, 40, 50, 50)])
    dx, dy, guides = snapper.snap(Box(4, 200, 80, 80), 7)
    assert (dx, dy) == (-4, 0)
    assert guides == [(0, 0, 0, 280)]
    dx, dy, guides = snapper.snap(Box(12, 200, 80, 80), 7)
    assert dx == -2, "the middles are nearer than the edges"
    assert snapper.snap(Box(1000, 1000, 5, 5), 7) == (0, 0, [])
    assert Snapper([]).snap(Box(0, 0, 1, 1), 7) == (0, 0, [])
    assert around([Box(0, 0, 1, 1), Box(5, -2, 1, 1)]) == Box(0, -2, 6, 3)
