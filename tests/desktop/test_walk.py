from __future__ import annotations

from pathlib import Path

from relsim_desktop.itemmodels.walk import WalkModel
from relsim_desktop.question import Question

A, B, C = (Question(path=Path(f"/pictures/{name}.png")) for name in "abc")


def test_asking_otherwise_is_no_station_of_its_own() -> None:
    walk = WalkModel()
    more = A.adding(B)
    walk.replace((A, more, more.adding(Question(text="{Things} in a row")), C))
    assert [question.path for question in walk.questions] == [A.path, C.path]
    assert walk.questions[0].is_composed, "a station is what it was when it was left"
    assert [walk.position(row) for row in range(2)] == [2, 3]
    assert [walk.row_at(position) for position in range(4)] == [0, 0, 0, 1]


def test_coming_back_is_a_station() -> None:
    walk = WalkModel()
    walk.replace((A, B, A))
    assert walk.rowCount() == 3
    walk.replace(())
    assert walk.rowCount() == 0
