from __future__ import annotations

import math
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from engine.types import Description, Failure, FileEntry, Neighbor
from relsim_desktop.itemmodels.failures import FailuresModel
from relsim_desktop.itemmodels.files import FilesModel, changes
from relsim_desktop.itemmodels.neighbors import NeighborsModel


def entry(number: int, state: str = "indexed", mtime_ns: int = 1) -> FileEntry:
    return FileEntry(number, Path(f"/pictures/{number:04d}.png"), number, state, 10, mtime_ns)


def neighbor(number: int, attribute: float = 0.1, copies: int = 0) -> Neighbor:
    description = Description("{Subject} growing step by step", 0.8)
    path = Path(f"/pictures/{number:04d}.png")
    return Neighbor(number, path, 0.9, attribute, 98.7, description, copies)


def test_files_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = FilesModel()
    qtmodeltester.check(model)
    model.replace([entry(number) for number in range(0, 40, 2)])
    qtmodeltester.check(model)
    model.replace([entry(number) for number in range(10, 30)])
    qtmodeltester.check(model)


def test_neighbors_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = NeighborsModel()
    model.replace([neighbor(number) for number in range(5)])
    qtmodeltester.check(model)


def test_failures_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    model = FailuresModel()
    model.replace([Failure(Path("/pictures/a.png"), "empty file")])
    qtmodeltester.check(model)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Reason"
    assert model.index(0, 1).data() == "empty file"


files = st.dictionaries(
    st.integers(0, 60), st.sampled_from(["pending", "indexed", "failed"]), max_size=40
).map(lambda states: [entry(number, states[number]) for number in sorted(states)])


@given(old=files, new=files)
def test_a_model_shows_what_it_is_given_and_rows_that_stay_keep_their_index(
    old: list[FileEntry], new: list[FileEntry]
) -> None:
    model = FilesModel()
    model.replace(old)
    kept = {e.file_id: QPersistentModelIndex(model.index(row)) for row, e in enumerate(old)}
    change = changes(old, new)
    model.apply(change)
    assert model.entries == new
    if not change.is_reset:
        for row, e in enumerate(new):
            assert e.file_id not in kept or kept[e.file_id].row() == row


def test_only_rows_that_changed_are_announced() -> None:
    model = FilesModel()
    model.replace([entry(number, "pending") for number in range(10)])
    announced: list[tuple[int, int]] = []
    stale: list[Path] = []
    model.dataChanged.connect(lambda first, last: announced.append((first.row(), last.row())))
    model.content_changed.connect(stale.extend)
    states = ["pending"] * 3 + ["indexed"] * 4 + ["pending"] * 3
    model.replace([entry(number, state) for number, state in enumerate(states)])
    assert announced == [(3, 6)]
    assert stale == []
    model.replace([entry(n, state, 2 if n == 9 else 1) for n, state in enumerate(states)])
    assert stale == [Path("/pictures/0009.png")]


def test_a_tooltip_says_why_a_file_failed() -> None:
    model = FilesModel()
    model.replace([entry(1, "failed")])
    model.set_reasons({entry(1).path: "empty file"})
    assert "Could not be read: empty file" in str(model.index(0).data(Qt.ItemDataRole.ToolTipRole))


def test_a_neighbors_tooltip_has_words_and_numbers() -> None:
    model = NeighborsModel()
    model.replace([neighbor(1, copies=14), neighbor(2, attribute=math.nan)])
    pair = str(model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert "closer than 98% of this library’s pairs (relational similarity 0.90)" in pair
    assert "look nothing alike (attribute similarity 0.10)" in pair
    assert "14 near-identical pictures collapsed" in pair
    text = str(model.index(1).data(Qt.ItemDataRole.ToolTipRole))
    assert "Fits better than 98% of this library" in text
    assert "attribute" not in text


def test_rows_are_dragged_out_as_files() -> None:
    model = NeighborsModel()
    model.replace([neighbor(1), neighbor(2)])
    data = model.mimeData([model.index(1)])
    assert [url.toLocalFile() for url in data.urls()] == ["/pictures/0002.png"]
