"""The map of the library in the window: bubbles, groups, and what is done with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, index, remove_folder, row_of
from drawn_pictures import draw
from judging_driving import boards, focus, settle
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.judging.groups import read_groups
from relsim_desktop.app import Desktop
from relsim_desktop.itemmodels.map_groups import REST
from relsim_desktop.views.boards.dialog import BoardDialog
from relsim_desktop.views.map.feature import MapFeature
from relsim_desktop.views.map.page import MapPage
from relsim_desktop.views.map.painting import MEMBERS_FROM
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def feature(desktop: Desktop) -> MapFeature:
    return next(f for f in desktop.window.features if isinstance(f, MapFeature))


def made(desktop: Desktop, qtbot: QtBot) -> MapPage:
    """The page with the map on it."""
    feature(desktop).show_action.trigger()
    page = feature(desktop).page
    qtbot.waitUntil(lambda: page.is_map_shown, timeout=TIMEOUT_MS)
    return page


def names(page: MapPage) -> set[str]:
    model = page.group_page.pictures
    return {model.path(row).name.split("-")[0] for row in range(model.rowCount())}


def test_the_map_shows_every_picture_once(filled: Desktop, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    assert filled.window.parts.pages.currentWidget() is page
    model = page.groups
    counted = sum(model.count(number) for number in model.numbers)
    assert counted == 24
    assert page.summary.text().startswith("24 picture")
    images = [image for number in model.numbers for image in model.images(number)]
    assert len(set(images)) == 24
    assert model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).count("{") == 0
    assert not page.canvas.grab().isNull()


def test_a_group_is_opened_by_keys_and_escape_goes_back_one_level(
    filled: Desktop, qtbot: QtBot
) -> None:
    page = made(filled, qtbot)
    focus(filled, page.list.view, qtbot)
    page.list.view.setCurrentIndex(page.groups.index(0))
    assert page.canvas.current == page.groups.number(0)
    qtbot.keyClick(page.list.view, Qt.Key.Key_Return)
    assert page.open_group == page.groups.number(0)
    assert len(names(page)) == 1, "one relation a group"
    qtbot.keyClick(page.group_page.view, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert page.open_group == page.groups.number(1)
    page.group_page.previous_button.click()
    assert page.open_group == page.groups.number(0)
    assert not page.group_page.previous_button.isEnabled()
    qtbot.keyClick(page.group_page.view, Qt.Key.Key_Escape)
    assert page.is_map_shown
    qtbot.keyClick(page.list.view, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing
    assert not feature(filled).show_action.isChecked()


def test_bubbles_are_clicked_zoomed_and_gone_through(filled: Desktop, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    canvas = page.canvas
    state = feature(filled).presenter.state
    assert state is not None
    whole = canvas.scale
    group = state.made.groups[0]
    canvas.show_group(0)
    assert canvas.scale > whole
    middle = canvas.rect().center()
    found = canvas.group_at(QPointF(middle))
    assert found is group
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert page.list.current == 0
    assert canvas.scale >= MEMBERS_FROM
    assert canvas.image_at(QPointF(middle)) == group.members[0], "the first is in the middle"
    answer(
        filled,
        lambda: qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=middle),
        qtbot,
    )
    assert filled.window.parts.is_browsing
    made(filled, qtbot)
    focus(filled, canvas, qtbot)
    qtbot.keyClick(canvas, Qt.Key.Key_0)
    assert canvas.scale == pytest.approx(whole)
    before = canvas.scale
    qtbot.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.scale > before
    reached = set()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down) * 2:
        qtbot.keyClick(canvas, key)
        reached.add(canvas.current)
    assert len(reached) > 1
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert page.open_group == canvas.current


def test_thumbnails_of_what_is_in_view_are_loaded(filled: Desktop, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    page.canvas.show_group(0)
    settle(filled, qtbot)
    page.canvas.grab()
    settle(filled, qtbot)
    group = page.groups.group(0)
    assert group is not None
    assert filled.workspace.thumbnails.bytes > 0


def test_groups_are_searched_and_sorted(filled: Desktop, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    model = page.groups
    everything = set(model.numbers)
    named = next(n for n in model.numbers if (g := model.group(n)) and g.name.text)
    word = model.name(named).split()[-1].strip("{}")
    qtbot.keyClicks(page.list.search, word)
    assert named in model.numbers
    qtbot.keyClicks(page.list.search, " zzz")
    assert model.rowCount() == 0
    page.list.search.clear()
    assert set(model.numbers) == everything
    page.list.order.setCurrentIndex(1)
    shown = [model.name(n).replace("{", "").casefold() for n in model.numbers if n != REST]
    texts = [t for t in shown if not t.startswith("unnamed")]
    assert texts == sorted(texts)
    assert feature(filled).host.settings.read_text("map/order") == "name"


def test_a_picture_is_asked_about_and_has_the_menu_of_all_pictures(
    filled: Desktop, qtbot: QtBot
) -> None:
    page = made(filled, qtbot)
    page.open(0)
    view = page.group_page.view
    view.setCurrentIndex(view.model().index(0, 0))
    assert [q.path for q in page.chosen_pictures()] == [page.group_page.pictures.path(0)]
    view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = filled.window.findChildren(PictureMenu)[-1]
    assert any(action.text() == "Show in the map" for action in menu.actions())
    menu.close()
    focus(filled, view, qtbot)
    answer(filled, lambda: qtbot.keyClick(view, Qt.Key.Key_Return), qtbot)
    assert filled.window.parts.is_browsing


def test_a_picture_is_shown_among_its_group(filled: Desktop, qtbot: QtBot) -> None:
    entry = filled.workspace.collection.files.entry(row_of(filled, "ring-crimson.png"))
    assert entry.image_id is not None
    feature(filled).show_image(entry.image_id)
    page = feature(filled).page
    qtbot.waitUntil(lambda: page.is_group_open, timeout=TIMEOUT_MS)
    assert [q.image_id for q in page.chosen_pictures()] == [entry.image_id]


def test_a_whole_group_goes_on_a_board(filled: Desktop, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    page.open(0)
    count = page.groups.count(0)
    menu = page.group_page.board_button.menu()
    menu.actions()[-1].trigger()
    dialog = filled.window.findChildren(BoardDialog)[-1]
    dialog.line.setText("Rings")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": count}
    assert page.group_page.board_button.menu().actions()[0].isChecked()
    page.open(1)
    view = page.group_page.view
    focus(filled, view, qtbot)
    view.setCurrentIndex(view.model().index(0, 0))
    qtbot.keyClick(view, Qt.Key.Key_B)
    settle(filled, qtbot)
    assert boards(filled) == {"Rings": count + 1}


def test_groups_are_exported(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    page.export_button.click()
    dialog = filled.window.findChild(QFileDialog)
    out = tmp_path / "map.jsonl"
    with qtbot.waitSignal(feature(filled).presenter.exported, timeout=TIMEOUT_MS):
        dialog.fileSelected.emit(str(out))
    dialog.close()
    written = read_groups(out)
    grouped = sum(page.groups.count(n) for n in page.groups.numbers if n != REST)
    assert sum(len(group.images) for group in written) == grouped
    assert "Exported" in filled.window.parts.strip.text.text()


def test_the_map_follows_the_library(filled: Desktop, pictures: Path, qtbot: QtBot) -> None:
    page = made(filled, qtbot)
    page.open(0)
    first = page.group_page.pictures.picture(0)
    draw("ring", "purple").save(pictures / "ring-purple.png")
    with qtbot.waitSignal(filled.workspace.indexing.idle, timeout=TIMEOUT_MS):
        filled.window.verbs.rescan.trigger()
    qtbot.waitUntil(
        lambda: sum(page.groups.count(n) for n in page.groups.numbers) == 25, timeout=TIMEOUT_MS
    )
    assert page.is_group_open, "what a person looks at stays open"
    assert page.group_page.pictures.row_of(first.image_id) is not None
    remove_folder(filled, qtbot)
    qtbot.waitUntil(lambda: page.message.title == "Nothing to put on a map yet", timeout=TIMEOUT_MS)


def test_an_empty_library_is_said(desktop: Desktop, qtbot: QtBot) -> None:
    feature(desktop).show_action.trigger()
    page = feature(desktop).page
    qtbot.waitUntil(lambda: page.message.title == "Nothing to put on a map yet", timeout=TIMEOUT_MS)
    assert not page.list.isVisible()


def test_making_it_can_be_cancelled_and_asked_for_again(filled: Desktop, qtbot: QtBot) -> None:
    presenter = feature(filled).presenter
    feature(filled).show_action.trigger()
    page = feature(filled).page
    page.cancel_button.click()
    qtbot.waitUntil(lambda: not presenter.is_making, timeout=TIMEOUT_MS)
    assert page.message.title == "The map has not been made"
    page.retry_button.click()
    qtbot.waitUntil(lambda: page.is_map_shown, timeout=TIMEOUT_MS)
    path = next((filled.workspace.engine.library_dir / "cache").glob("map-*"))  # type: ignore[union-attr]
    path.unlink()
    path.mkdir()  # what cannot be kept is made anew, and says so nowhere
    page.anew_button.click()
    qtbot.waitUntil(lambda: not presenter.is_making, timeout=TIMEOUT_MS)
    assert page.is_map_shown


def test_too_few_pictures_make_no_groups(
    open_desktop: Callable[..., Desktop], tmp_path: Path, qtbot: QtBot
) -> None:
    one = tmp_path / "one"
    one.mkdir()
    draw("ring", "crimson").save(one / "ring.png")
    desktop = open_desktop()
    index(desktop, [one], qtbot)
    feature(desktop).show_action.trigger()
    page = feature(desktop).page
    qtbot.waitUntil(lambda: page.message.title == "No groups yet", timeout=TIMEOUT_MS)
    page.open(REST)
    assert page.group_page.name.text == "No clear group"
    assert page.group_page.pictures.rowCount() == 1
