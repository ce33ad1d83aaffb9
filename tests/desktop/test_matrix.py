"""Many pictures in a matrix: where they come from, how they are shown, what is done with them."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest
from desktop_driving import TIMEOUT_MS, drop, middle, row_of, urls
from drawn_pictures import draw
from made_up_models import RELATIONAL
from PySide6.QtCore import QItemSelectionModel, QMimeData, QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from engine.models.manager import ModelManager
from relsim_desktop.app import Desktop
from relsim_desktop.operations import comparing
from relsim_desktop.presenters.matrix import Measure, Order
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.views.matrix.feature import MatrixFeature
from relsim_desktop.views.matrix.painting import Cells, Ramp, contrast

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG_MS = 120_000


def feature(desktop: Desktop) -> MatrixFeature:
    return next(one for one in desktop.window.features if isinstance(one, MatrixFeature))


def select(desktop: Desktop, *names: str) -> None:
    """Select files in the collection."""
    view, files = desktop.window.parts.collection.view, desktop.workspace.collection.files
    view.clearSelection()
    for name in names:
        index = files.index(row_of(desktop, name))
        view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def wait_for_matrix(desktop: Desktop, count: int, qtbot: QtBot) -> None:
    state = feature(desktop).state

    def there() -> None:
        assert not state.is_running
        assert state.matrix is not None
        assert len(state.matrix.questions) == count

    qtbot.waitUntil(there, timeout=TIMEOUT_MS)


def show(desktop: Desktop, paths: list[Path], qtbot: QtBot) -> MatrixFeature:
    one = feature(desktop)
    one.show([Question(path=path) for path in paths])
    wait_for_matrix(desktop, len(paths), qtbot)
    return one


def titles(desktop: Desktop) -> list[str]:
    view, state = feature(desktop).page.view, feature(desktop).state
    return [view.picture(place).title for place in range(len(state.rows))]


NAMES = [f"{relation}-{colour}.png" for relation in ("ring", "grid") for colour in
         ("crimson", "seagreen", "royalblue")]  # fmt: skip


def test_selected_pictures_are_scored_with_one_another(filled: Desktop, qtbot: QtBot) -> None:
    select(filled, *NAMES)
    one = feature(filled)
    one.show_action.trigger()
    wait_for_matrix(filled, 6, qtbot)
    assert one.is_shown
    assert sorted(titles(filled)) == sorted(NAMES)
    relations = [title.split("-")[0] for title in titles(filled)]
    assert relations in (["ring"] * 3 + ["grid"] * 3, ["grid"] * 3 + ["ring"] * 3)
    assert one.page.count.text() == "6 pictures"
    qtbot.keyClick(one.page.view, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing
    assert not one.show_action.isChecked()
    one.state.remove(Question(path=one.state.questions[0].path))
    one.show_action.trigger()
    assert len(one.state.questions) == 5, "what was done with it is not lost"


def test_the_menu_of_several_pictures_leads_there(filled: Desktop, qtbot: QtBot) -> None:
    select(filled, *NAMES[:3])
    entries = filled.window.parts.collection.selected
    menu = filled.window.menus.menu([Question(path=entry.path) for entry in entries])
    (action,) = [one for one in menu.actions() if "in a matrix" in one.text()]
    assert "3" in action.text()
    action.trigger()
    wait_for_matrix(filled, 3, qtbot)
    single = filled.window.menus.menu([Question(path=entries[0].path)])
    assert not [one for one in single.actions() if "matrix" in one.text()]
    many = [Question(path=Path(f"/{n}.png")) for n in range(61)]
    extended = QMenu(filled.window)
    feature(filled).extend_menu(extended, many, None)
    assert not extended.actions()[0].isEnabled()


def test_the_keyboard_goes_through_the_pairs_and_compares(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    one = show(desktop, [pictures / name for name in NAMES], qtbot)
    view, side = one.page.view, one.page.side
    assert view.hasFocus()
    view.go_to(0, 0)
    assert not side.compare_button.isEnabled(), "one picture is no pair"
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down):
        qtbot.keyClick(view, key)
    assert view.pair == (1, 2)
    a, b = one.state.rows[1], one.state.rows[2]
    scores = one.state.matrix.scores
    number = f"{scores.relational[a, b]:.2f}"
    assert view.accessibleName() == f"{titles(desktop)[1]} – {titles(desktop)[2]}: {number}"
    assert [card.name.full_text for card in side.cards] == titles(desktop)[1:3]
    assert number in side.relation.text()
    assert scores.model in side.model.text()
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.pair == (1, 5)
    qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert view.pair == (0, 5)
    pair = [question.path for question in view.chosen_pictures()]
    with qtbot.waitSignal(desktop.workspace.comparison.settled, timeout=TIMEOUT_MS):
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desktop.window.parts.is_comparing
    assert [side.path for side in desktop.workspace.comparison.sides] == pair


def test_the_pointer_shows_a_pair_and_gives_it_back(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    one = show(desktop, [pictures / name for name in NAMES], qtbot)
    view = one.page.view
    view.go_to(0, 1)
    cell = view._box(3, 4).center()
    qtbot.mouseMove(view.viewport(), cell)
    assert view.pair == (3, 4)
    qtbot.mouseMove(view.viewport(), QPoint(cell.x(), 5))
    assert view.pair == (4, 4), "a head is a picture alone"
    view.leaveEvent(None)
    assert view.pair == (0, 1)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert view.cursor_cell == (3, 4)
    view.customContextMenuRequested.emit(cell)
    menu = one.page.findChild(QMenu, "matrixMenu")
    assert [action.text().partition("\t")[0] for action in menu.actions() if action.text()] == [
        f"Find analogies of {titles(desktop)[3]}",
        f"Find analogies of {titles(desktop)[4]}",
        "Compare these two",
        f"Take {titles(desktop)[3]} out",
        f"Take {titles(desktop)[4]} out",
    ]
    menu.close()


def test_pictures_come_and_go(
    desktop: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    one = feature(desktop)
    one.show_action.trigger()
    page, window = one.page, desktop.window
    assert page.choose_button.isVisible()
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("a", "b"):
        draw("growth", "purple" if name == "a" else "olive").save(outside / f"{name}.png")
    (outside / "notes.txt").write_text("no picture")
    drop(page, urls(outside), middle(page, page.view))
    wait_for_matrix(desktop, 2, qtbot)
    drop(page, urls(pictures / NAMES[0], outside / "a.png"), middle(page, page.view))
    wait_for_matrix(desktop, 3, qtbot)
    pasted = QMimeData()
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    pasted.setImageData(image)
    drop(page, pasted, middle(page, page.view))
    wait_for_matrix(desktop, 4, qtbot)
    page.view.grab()
    page.view.go_to(0, 1)
    first = titles(desktop)[0]
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    wait_for_matrix(desktop, 3, qtbot)
    assert first not in titles(desktop)
    assert first in desktop.window.verbs.undo.text()
    desktop.workspace.undo.stack.undo()
    wait_for_matrix(desktop, 4, qtbot)
    desktop.workspace.undo.stack.redo()
    wait_for_matrix(desktop, 3, qtbot)
    page.side.cards[0].remove_button.click()
    wait_for_matrix(desktop, 2, qtbot)
    page.side.cards[0].remove_button.click()
    assert one.state.matrix is None
    assert page.choose_button.isVisible()
    assert "One more" in page.message.title
    dialog = one.choose_pictures()
    dialog.filesSelected.emit([str(pictures / NAMES[1])])
    dialog.close()
    wait_for_matrix(desktop, 2, qtbot)
    assert window.parts.pages.currentWidget() is page


def test_two_files_of_one_image_keep_their_names(
    filled: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    image_id = filled.workspace.engine.store.image_at(pictures / NAMES[0])
    copy = Path(shutil.copy(pictures / NAMES[0], tmp_path / "copy.png"))
    paths = (pictures / NAMES[0], copy, pictures / NAMES[1])
    feature(filled).show([Question(path=path, image_id=image_id) for path in paths[:2]])
    wait_for_matrix(filled, 2, qtbot)
    assert sorted(titles(filled)) == ["copy.png", NAMES[0]]
    feature(filled).state.add([Question(path=paths[2])])
    wait_for_matrix(filled, 3, qtbot)


def test_measures_and_orders(desktop: Desktop, pictures: Path, qtbot: QtBot) -> None:
    one = show(desktop, [pictures / name for name in NAMES], qtbot)
    page, view = one.page, one.page.view
    page.show_order(Order.ADDED)
    assert titles(desktop) == NAMES
    page.show_order(Order.NAME)
    assert titles(desktop) == sorted(NAMES)
    scores, rows = one.state.matrix.scores, one.state.rows
    a, b = rows[0], rows[3]
    for measure, above, below in (
        (Measure.RELATION, scores.relational, scores.relational),
        (Measure.PERCENTILE, scores.percentile, scores.percentile),
        (Measure.LOOK, scores.attribute, scores.attribute),
        (Measure.BOTH, scores.relational, scores.attribute),
    ):
        page.show_measure(measure)
        assert view.cells.value(0, 3) == pytest.approx(float(above[a, b]))
        assert view.cells.value(3, 0) == pytest.approx(float(below[a, b]))
        assert np.isnan(view.cells.value(2, 2))
        page.grab()
    page.show_measure(Measure.PERCENTILE)
    again = desktop.window.features
    assert one in again
    assert one.host.settings.read_text("matrix/measure") == "percentile"
    assert one.host.settings.read_text("matrix/order") == "name"


def test_unreadable_and_too_many_pictures(
    desktop: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    one = feature(desktop)
    said: list[str] = []
    one.state.said.connect(said.append)
    one.show([Question(path=path) for path in (pictures / NAMES[0], broken, pictures / NAMES[1])])
    wait_for_matrix(desktop, 2, qtbot)
    assert "broken.png" in said[-1]
    one.state.remove(Question(path=pictures / NAMES[0]))
    qtbot.waitUntil(lambda: bool(one.state.trouble), timeout=TIMEOUT_MS)
    assert "at least two pictures" in one.state.trouble
    one.show([Question(path=Path(f"/none/{n}.png")) for n in range(comparing.MOST + 3)])
    assert len(one.state.questions) == comparing.MOST
    assert "3" in said[-1]
    one.state.cancel()
    assert not one.state.is_running
    assert one.page.again_button.isVisible()


def test_the_model_that_ranks_scores_after_the_small_one(
    tiny_models: ModelManager, desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    models, choice = desktop.workspace.models, desktop.workspace.choice
    desktop.workspace.describing.wanted = False
    qtbot.waitUntil(lambda: models.can_rank(RELATIONAL), timeout=TIMEOUT_MS)
    with qtbot.waitSignal(choice.changed, timeout=LONG_MS):
        choice.choose(RELATIONAL)
    state = feature(desktop).state
    seen: list[str] = []
    state.changed.connect(lambda: state.matrix and seen.append(state.matrix.scores.model))
    feature(desktop).show([Question(path=path) for path in sorted(few.iterdir())])
    qtbot.waitUntil(lambda: bool(seen) and not state.is_running, timeout=LONG_MS)
    assert list(dict.fromkeys(seen)) == ["relsim-mini", RELATIONAL]


def save(desktop: Desktop, dialog: QFileDialog | None, path: Path, qtbot: QtBot) -> None:
    assert dialog is not None
    dialog.selectFile(str(path))
    dialog.accept()
    qtbot.waitUntil(path.exists, timeout=TIMEOUT_MS)

    def told() -> None:
        boxes = [box for box in desktop.window.findChildren(QMessageBox) if box.isVisible()]
        assert boxes
        for box in boxes:
            box.close()

    qtbot.waitUntil(told, timeout=TIMEOUT_MS)


def test_a_matrix_is_saved(desktop: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot) -> None:
    one = show(desktop, [pictures / name for name in NAMES], qtbot)
    assert len(one.export_menu().actions()) == 3
    save(desktop, one.export_list(), tmp_path / "pairs.csv", qtbot)
    with (tmp_path / "pairs.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 15
    one.page.show_measure(Measure.PERCENTILE)
    save(desktop, one.export_square(), tmp_path / "square.csv", qtbot)
    with (tmp_path / "square.csv").open(newline="") as file:
        square = list(csv.reader(file))
    assert square[0][0] == "percentile relsim-mini"
    assert [Path(name).name for name in square[0][1:]] == titles(desktop)
    save(desktop, one.export_picture(), tmp_path / "matrix.png", qtbot)
    image = QImage(str(tmp_path / "matrix.png"))
    assert min(image.width(), image.height()) > 1000
    colors = {image.pixelColor(x, image.height() // 2).name() for x in range(0, image.width(), 7)}
    assert len(colors) > 5


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_colours_are_even_and_numbers_legible(desktop: Desktop, choice: str) -> None:
    theme: Theme = feature(desktop).host.theme
    theme.choice = choice
    for strong in (theme.colors.accent_text, theme.colors.muted):
        ramp = Ramp(theme.colors, strong, 0.0, 1.0)
        shades = [ramp.color(part / 10) for part in range(11)]
        # Whoever sees no hues sees the steps all the same: lightness goes one way.
        luminances = [contrast(shade, QColor("black")) for shade in shades]
        steps = np.diff(luminances)
        assert (steps < 0).all() or (steps > 0).all()
        assert all(contrast(ramp.ink(part / 10), shades[part]) >= 3.4 for part in range(11))
        assert ramp.color(-5) == shades[0]
        assert ramp.color(5) == shades[-1]
    flat = Ramp(theme.colors, theme.colors.muted, 0.5, 0.5)
    assert flat.color(0.5).isValid()


def test_cells_know_no_minus_zero(desktop: Desktop, pictures: Path, qtbot: QtBot) -> None:
    one = show(desktop, [pictures / name for name in NAMES[:2]], qtbot)
    matrix = one.state.matrix
    matrix.scores.relational[:] = -0.001
    cells = Cells(matrix, (0, 1), Measure.RELATION, one.host.theme.colors)
    assert cells.text(0, 1) == "0.00"
