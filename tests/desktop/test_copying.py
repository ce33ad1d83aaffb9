"""Copying what is selected, from whatever page it is on."""

from __future__ import annotations

from pathlib import Path

import pytest
from board_driving import open_page
from desktop_driving import TIMEOUT_MS, row_of
from judging_driving import NAMES, ask, focus, make_board, settle
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from relsim_desktop import file_actions
from relsim_desktop.app import Desktop
from relsim_desktop.views.picture_menu import PictureMenu
from relsim_desktop.views.window.copying_feature import CopyingFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def copying(desktop: Desktop) -> CopyingFeature:
    return next(f for f in desktop.window.features if isinstance(f, CopyingFeature))


def key(desktop: Desktop, keys: str) -> None:
    """Trigger the verb that has a key."""
    action = next(a for a in desktop.window.verbs.all() if a.shortcut().toString() == keys)
    action.trigger()


def select(desktop: Desktop, *names: str) -> None:
    collection = desktop.window.parts.collection.view
    collection.clearSelection()
    for name in names:
        index = collection.model().index(row_of(desktop, name), 0)
        flags = collection.selectionModel().SelectionFlag
        collection.selectionModel().setCurrentIndex(index, flags.Select)


def test_pictures_paths_and_files_are_copied_from_the_collection(
    filled: Desktop, pictures: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clipboard = QGuiApplication.clipboard()
    key(filled, "Ctrl+C")
    assert "Select a picture first" in filled.window.parts.strip.text.text()
    select(filled, NAMES[0])
    key(filled, "Ctrl+C")
    settle(filled, qtbot)
    image = clipboard.mimeData().imageData()
    assert isinstance(image, QImage)
    assert image.size().toTuple() == (320, 320)
    assert clipboard.mimeData().urls()[0].toLocalFile() == str(pictures / NAMES[0])
    select(filled, NAMES[0], NAMES[1])
    key(filled, "Ctrl+C")
    assert len(clipboard.mimeData().urls()) == 2
    key(filled, "Ctrl+Shift+C")
    assert set(clipboard.text().splitlines()) == {str(pictures / name) for name in NAMES[:2]}
    shown: list[Path] = []
    monkeypatch.setattr(file_actions, "reveal", shown.append)
    key(filled, "Ctrl+Shift+E")
    assert shown[0].name in NAMES[:2]


def test_captions_and_snippets_are_copied(filled: Desktop, pictures: Path, qtbot: QtBot) -> None:
    engine = filled.workspace.engine
    assert engine is not None
    image_id = engine.store.image_at(pictures / NAMES[0])
    assert image_id is not None
    engine.descriptions.set(image_id, "{Marks} <in> a *ring*")
    select(filled, NAMES[0])
    feature, clipboard = copying(filled), QGuiApplication.clipboard()
    feature.copy_captions()
    settle(filled, qtbot)
    assert clipboard.text() == "{Marks} <in> a *ring*"
    feature.copy_markdown()
    settle(filled, qtbot)
    uri = (pictures / NAMES[0]).as_uri()
    words = r"Marks \<in\> a \*ring\*"
    assert clipboard.text() == f"![{words}]({uri})\n*{words}*"
    feature.copy_html()
    settle(filled, qtbot)
    assert f'<img src="{uri}" alt="Marks &lt;in&gt; a *ring*">' in clipboard.text()
    assert clipboard.mimeData().html() == clipboard.text()


def test_each_page_gives_what_is_selected_on_it(filled: Desktop, qtbot: QtBot) -> None:
    feature = copying(filled)
    ask(filled, NAMES[0], qtbot)
    panel = filled.window.parts.analogies
    focus(filled, panel.view, qtbot)
    panel.view.setCurrentIndex(panel.model.index(1))
    assert [one.path for one in feature.chosen()] == [panel.model.neighbor(1).path]
    make_board(filled, "Rings", qtbot, *NAMES)
    page = open_page(filled, qtbot)
    page.view.selectAll()
    assert [one.title for one in feature.chosen()] == list(NAMES)
    page.show_layout("canvas")
    page.canvas.select([page.selected[1].image_id])
    assert [one.title for one in feature.chosen()] == [NAMES[1]]


def test_the_menu_of_a_picture_copies_its_words(
    filled: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    select(filled, NAMES[0])
    entry = filled.window.parts.collection.selected[0]
    filled.window.menus.show_for_files([entry], filled.window.rect().center())
    menu = filled.window.findChildren(PictureMenu)[-1]
    copy = next(a.menu() for a in menu.actions() if a.text() == "Copy as")
    assert copy is not None
    next(a for a in copy.actions() if a.text() == "Markdown").trigger()  # type: ignore[attr-defined]
    qtbot.waitUntil(
        lambda: (pictures / NAMES[0]).as_uri() in QGuiApplication.clipboard().text(),
        timeout=TIMEOUT_MS,
    )
    menu.close()
