"""Folders in the window: added, removed with undo, moved, watched, and what is left out of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, index, wait_for_grid
from drawn_pictures import draw
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from relsim_desktop import options
from relsim_desktop.app import Desktop
from relsim_desktop.views.library.folder_card import FolderCard
from relsim_desktop.views.library.folders_feature import FoldersFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen


def feature_of(desktop: Desktop) -> FoldersFeature:
    return next(f for f in desktop.window.features if isinstance(f, FoldersFeature))


@pytest.fixture
def feature(filled: Desktop, qtbot: QtBot) -> FoldersFeature:
    feature = feature_of(filled)
    with qtbot.waitSignal(feature.folders.changed, timeout=TIMEOUT_MS):
        feature.show_action.trigger()
    return feature


def only_card(feature: FoldersFeature, qtbot: QtBot) -> FolderCard:
    qtbot.waitUntil(lambda: len(feature.page.cards) == 1, timeout=TIMEOUT_MS)
    (card,) = feature.page.cards.values()
    return card


def rows(desktop: Desktop) -> int:
    return desktop.workspace.collection.files.rowCount()


def test_the_page_shows_each_folder_with_numbers_that_add_up(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    assert feature.show_action.shortcut() == QKeySequence("Ctrl+Shift+L")
    card = only_card(feature, qtbot)
    assert card.title.text() == "pictures"
    assert card.path.full_text == str(pictures)
    assert "24" in card.numbers.text()
    assert "24 indexed" in card.numbers.text()
    assert not card.loss.isVisible()
    qtbot.waitUntil(lambda: "watched" in card.standing.text(), timeout=TIMEOUT_MS)
    assert all(control.accessibleName() for control in card.controls)
    qtbot.keyClick(feature.page, Qt.Key.Key_Escape)
    assert filled.window.parts.is_browsing


def test_removing_is_undone_without_embedding_anything(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    workspace = filled.workspace
    only_card(feature, qtbot).remove_button.click()
    qtbot.waitUntil(lambda: rows(filled) == 0, timeout=TIMEOUT_MS)
    assert len(list(pictures.iterdir())) == 24
    assert feature.page.message.isVisible()
    assert "Removed pictures" in filled.window.parts.strip.text.text()
    with qtbot.waitSignal(workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        workspace.undo.stack.undo()
    assert (done.args[0].indexed, done.args[0].reused) == (0, 24)
    qtbot.waitUntil(lambda: rows(filled) == 24, timeout=TIMEOUT_MS)
    workspace.undo.stack.redo()
    qtbot.waitUntil(lambda: rows(filled) == 0, timeout=TIMEOUT_MS)
    workspace.undo.stack.undo()
    qtbot.waitUntil(lambda: rows(filled) == 24, timeout=TIMEOUT_MS)


def test_what_was_removed_is_forgotten_when_the_library_is_opened_next(
    filled: Desktop,
    feature: FoldersFeature,
    open_desktop: Callable[..., Desktop],
    qtbot: QtBot,
) -> None:
    only_card(feature, qtbot).remove_button.click()
    qtbot.waitUntil(lambda: rows(filled) == 0, timeout=TIMEOUT_MS)
    filled.window.close()
    engine = open_desktop().workspace.engine
    assert engine is not None
    assert engine.store._database.rows("SELECT * FROM folders") == []
    assert engine.store._database.rows("SELECT * FROM images") == []


def test_a_folder_is_added_from_the_page(
    feature: FoldersFeature, filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    draw("ring", "purple").save(other / "more.png")
    dialog = feature.add()
    with qtbot.waitSignal(filled.workspace.indexing.idle, timeout=TIMEOUT_MS):
        dialog.fileSelected.emit(str(other))
    dialog.close()
    qtbot.waitUntil(lambda: len(feature.page.cards) == 2, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: rows(filled) == 25, timeout=TIMEOUT_MS)


def test_new_pictures_are_noticed_and_old_ones_leave(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    card = only_card(feature, qtbot)
    qtbot.waitUntil(lambda: "watched" in card.standing.text(), timeout=TIMEOUT_MS)
    draw("ring", "purple").save(pictures / "new.png")
    qtbot.waitUntil(lambda: rows(filled) == 25, timeout=TIMEOUT_MS)
    wait_for_grid(filled, qtbot)
    (pictures / "new.png").unlink()
    qtbot.waitUntil(lambda: rows(filled) == 24, timeout=TIMEOUT_MS)


def test_a_folder_that_is_not_watched_is_left_alone(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    card = only_card(feature, qtbot)
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)
    card.watch.click()
    qtbot.waitUntil(lambda: "not watched" in card.standing.text(), timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: not feature.watching.states, timeout=TIMEOUT_MS)
    draw("ring", "purple").save(pictures / "new.png")
    with qtbot.waitSignal(filled.workspace.indexing.succeeded, timeout=TIMEOUT_MS):
        card.rescan_button.click()
    qtbot.waitUntil(lambda: rows(filled) == 25, timeout=TIMEOUT_MS)


def test_a_folder_that_goes_is_offline_and_may_be_found_elsewhere(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    card = only_card(feature, qtbot)
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)
    new = pictures.with_name("elsewhere")
    pictures.rename(new)
    qtbot.waitUntil(lambda: "Offline" in card.standing.text(), timeout=TIMEOUT_MS)
    assert card.relocate_button.isVisible()
    assert not card.rescan_button.isVisible()
    files = filled.workspace.collection.files
    qtbot.waitUntil(lambda: files.entry(0).state == "offline", timeout=TIMEOUT_MS)
    dialog = feature.relocate(feature.folders.states[0])
    with qtbot.waitSignal(filled.workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        dialog.fileSelected.emit(str(new))
    dialog.close()
    assert (done.args[0].indexed, done.args[0].reused) == (0, 24)
    qtbot.waitUntil(lambda: card.path.full_text == str(new), timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: files.entry(0).path.parent == new, timeout=TIMEOUT_MS)


def test_a_wrong_place_is_refused_in_words(
    feature: FoldersFeature,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shown: list[object] = []
    monkeypatch.setattr(feature.host.dialogs, "show_trouble", shown.append)
    qtbot.waitUntil(lambda: bool(feature.folders.states), timeout=TIMEOUT_MS)
    empty = tmp_path / "empty"
    empty.mkdir()
    with qtbot.waitSignal(feature.folders.failed, timeout=TIMEOUT_MS) as failed:
        feature.folders.relocate(feature.folders.states[0], empty)
    assert "none of the pictures" in failed.args[0].text
    assert shown == [failed.args[0]]


def test_a_drive_that_comes_back_is_noticed(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    card = only_card(feature, qtbot)
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)
    away = pictures.with_name("away")
    pictures.rename(away)
    qtbot.waitUntil(lambda: "Offline" in card.standing.text(), timeout=TIMEOUT_MS)
    draw("ring", "purple").save(away / "new.png")
    away.rename(pictures)
    qtbot.waitUntil(lambda: "There" in card.standing.text(), timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: rows(filled) == 25, timeout=TIMEOUT_MS)


def test_rules_say_what_they_would_hide_and_can_be_undone(
    filled: Desktop, feature: FoldersFeature, qtbot: QtBot
) -> None:
    editor = feature.page.rules
    editor.text.setPlainText("ring-*\n!*.jpg")
    qtbot.waitUntil(lambda: "4 of 24" in editor.count.text(), timeout=TIMEOUT_MS)
    assert rows(filled) == 24
    editor.save_button.click()
    qtbot.waitUntil(lambda: rows(filled) == 20, timeout=TIMEOUT_MS)
    wait_for_grid(filled, qtbot)
    with qtbot.waitSignal(filled.workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        filled.workspace.undo.stack.undo()
    assert (done.args[0].indexed, done.args[0].reused) == (0, 24)
    qtbot.waitUntil(lambda: rows(filled) == 24, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: editor.text.toPlainText() == "", timeout=TIMEOUT_MS)


def test_wrong_rules_are_named_by_their_line_and_cannot_be_saved(
    feature: FoldersFeature, qtbot: QtBot
) -> None:
    editor = feature.page.rules
    editor.text.setPlainText("*.tmp\n!\n")
    qtbot.waitUntil(lambda: "Line 2" in editor.count.text(), timeout=TIMEOUT_MS)
    assert not editor.save_button.isEnabled()
    editor.revert_button.click()
    assert editor.text.toPlainText() == ""


def test_many_lost_files_are_asked_about(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(25):
        draw("ring", "crimson", (64 + number, 64)).save(folder / f"{number}.png")
    draw("grid", "crimson").save(folder / "stays.png")
    index(desktop, [folder], qtbot)
    feature = feature_of(desktop)
    feature.show_action.trigger()
    card = only_card(feature, qtbot)
    away = tmp_path / "away"
    away.mkdir()
    for number in range(25):
        (folder / f"{number}.png").rename(away / f"{number}.png")
    qtbot.waitUntil(card.loss.isVisible, timeout=TIMEOUT_MS)
    assert "25" in card.loss.text()
    card.dismiss_button.click()
    qtbot.waitUntil(lambda: not card.loss.isVisible(), timeout=TIMEOUT_MS)


def test_a_person_may_want_no_folder_to_be_watched(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)
    feature.host.settings.write(options.WATCH.key, False)
    qtbot.waitUntil(lambda: not feature.watching.states, timeout=TIMEOUT_MS)
    feature.host.settings.write(options.WATCH.key, True)
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)


def test_a_change_just_before_a_removal_does_not_bring_the_folder_back(
    filled: Desktop, feature: FoldersFeature, pictures: Path, qtbot: QtBot
) -> None:
    card = only_card(feature, qtbot)
    qtbot.waitUntil(lambda: pictures in feature.watching.states, timeout=TIMEOUT_MS)
    card.remove_button.click()
    qtbot.waitUntil(lambda: not feature.folders.states, timeout=TIMEOUT_MS)
    feature.watching._changed.emit([pictures])  # told late by the watcher's thread
    qtbot.wait(100)
    assert not filled.workspace.indexing.is_running
    assert not feature.folders.states


def test_a_folder_that_is_removed_while_it_is_indexed_is_not_indexed_to_the_end(
    desktop: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    indexing, feature = desktop.workspace.indexing, feature_of(desktop)
    other = tmp_path / "other"
    other.mkdir()
    draw("ring", "purple").save(other / "more.png")
    with qtbot.waitSignal(indexing.scanned, timeout=TIMEOUT_MS):
        desktop.window.add([pictures, other])
    indexing.pause()
    qtbot.waitUntil(lambda: len(feature.folders.states) == 2, timeout=TIMEOUT_MS)
    (state,) = [one for one in feature.folders.states if one.folder.path == pictures]
    with qtbot.waitSignal(indexing.idle, timeout=TIMEOUT_MS):
        feature.folders.remove(state)
    qtbot.waitUntil(lambda: rows(desktop) == 1, timeout=TIMEOUT_MS)
    wait_for_grid(desktop, qtbot)
    qtbot.waitUntil(lambda: len(feature.folders.states) == 1, timeout=TIMEOUT_MS)
