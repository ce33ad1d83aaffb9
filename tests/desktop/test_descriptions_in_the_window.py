"""What is said of a picture: where it comes from, and changing it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, index, row_of
from drawn_pictures import draw
from made_up_models import CAPTIONER
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from engine.models.manager import ModelManager
from engine.types import Description
from relsim_desktop.app import Desktop
from relsim_desktop.operations.captions import Portrait
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.views.caption_dialog import CaptionDialog
from relsim_desktop.views.caption_menu import CaptionMenu
from relsim_desktop.views.picture_menu import PictureMenu

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

WORDS = "{Things} that close a {Circle}"
LONG_MS = 120_000  # torch is imported, and the captioner takes its time


@pytest.fixture
def quiet(settings: Settings) -> None:
    """Nothing is described without being asked for."""
    settings.describes = False


@pytest.fixture
def eager(settings: Settings) -> None:
    """Pictures are described although this is no graphics card."""
    settings.describes = True


def ask(desktop: Desktop, path: Path, qtbot: QtBot) -> None:
    answer(desktop, lambda: desktop.window.ask(Question(path=path)), qtbot)


def change(desktop: Desktop, do: Callable[[], object], qtbot: QtBot) -> Description:
    """Do something to a description and wait for what is said then."""
    with qtbot.waitSignal(desktop.workspace.captions.changed, timeout=LONG_MS) as changed:
        do()
    portrait: Portrait = changed.args[0]
    return portrait.description


def test_a_person_s_words_come_first_and_can_be_undone(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    ask(desktop, few / "ring.png", qtbot)
    card = desktop.window.parts.analogies.card
    automatic, source = card.caption.text, card.source.text()
    assert source.startswith("From the caption bank, ") or not automatic
    assert not card.menu.automatic.isEnabled()
    assert not card.menu.pin.isEnabled()
    assert card.menu.again.text() == "Write again (needs a captioner)"

    desktop.window.verbs.edit.trigger()
    dialog = desktop.window.findChild(CaptionDialog)
    assert not dialog.save_button.isEnabled()
    dialog.line.setText(WORDS)
    assert dialog.preview.text == WORDS
    said = change(desktop, lambda: qtbot.keyClick(dialog.line, Qt.Key.Key_Return), qtbot)
    assert said == Description(WORDS, 1.0, "person")
    assert card.caption.text == WORDS
    assert card.source.text() == "In your words"

    change(desktop, card.menu.automatic.trigger, qtbot)
    assert (card.caption.text, card.source.text()) == (automatic, source)


def test_escape_changes_nothing(desktop: Desktop, few: Path, qtbot: QtBot) -> None:
    index(desktop, [few], qtbot)
    ask(desktop, few / "ring.png", qtbot)
    menu = desktop.window.parts.analogies.card.menu
    dialog = menu.open_editor()
    assert dialog is not None
    dialog.line.setText(WORDS)
    with qtbot.assertNotEmitted(desktop.workspace.captions.changed, wait=200):
        qtbot.keyClick(dialog.line, Qt.Key.Key_Escape)


def test_a_picture_outside_the_library_cannot_be_edited(
    desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    outside = tmp_path / "outside.png"
    draw("ring", "purple").save(outside)
    ask(desktop, outside, qtbot)
    card = desktop.window.parts.analogies.card
    assert not card.edit_button.isVisible()
    assert card.menu.open_editor() is None


def test_the_context_menu_edits_a_neighbor(desktop: Desktop, few: Path, qtbot: QtBot) -> None:
    index(desktop, [few], qtbot)
    ask(desktop, few / "ring.png", qtbot)
    panel = desktop.window.parts.analogies
    neighbor = panel.model.neighbor(0)
    panel.view.customContextMenuRequested.emit(panel.view.visualRect(panel.model.index(0)).center())
    menu = desktop.window.findChildren(PictureMenu)[-1]
    descriptions = menu.findChild(CaptionMenu)
    qtbot.waitUntil(descriptions.edit.isEnabled, timeout=TIMEOUT_MS)
    dialog = descriptions.open_editor()
    assert dialog is not None
    menu.close()
    dialog.line.setText(WORDS)
    change(desktop, dialog.save_button.click, qtbot)
    assert panel.model.neighbor(0).description.text == WORDS
    assert panel.model.neighbor(0).image_id == neighbor.image_id
    assert "In your words" in panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole)


def test_the_menu_of_the_collection_may_be_gone_before_its_answer(
    desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    view = desktop.window.parts.collection.view
    view.setCurrentIndex(desktop.workspace.collection.files.index(row_of(desktop, "ring.png")))
    view.customContextMenuRequested.emit(QPoint(20, 20))
    menu = desktop.window.findChildren(PictureMenu)[-1]
    with qtbot.waitSignal(menu.destroyed, timeout=TIMEOUT_MS):
        menu.close()
    qtbot.waitUntil(lambda: desktop.workspace.jobs.running == 0, timeout=TIMEOUT_MS)


@pytest.mark.usefixtures("quiet")
def test_the_captioner_writes_again_until_it_is_pinned(
    tiny_models: ModelManager, desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    ask(desktop, few / "ring.png", qtbot)
    card = desktop.window.parts.analogies.card
    assert card.menu.again.isEnabled()
    first = change(desktop, card.menu.again.trigger, qtbot)
    assert first.source == "captioner"
    assert card.source.text() == "Written by relsim-captioner-7b"
    second = change(desktop, card.menu.again.trigger, qtbot)
    assert second.text != first.text, "another seed"

    assert change(desktop, card.menu.pin.trigger, qtbot).pinned
    assert card.source.text() == "Written by relsim-captioner-7b, pinned"
    assert card.menu.again.text() == "Write again (it is pinned)"
    assert not card.menu.again.isEnabled()
    assert card.menu.pin.text() == "Unpin"
    assert not change(desktop, card.menu.pin.trigger, qtbot).pinned


@pytest.mark.usefixtures("tiny_models")
def test_without_a_graphics_card_nobody_describes_without_being_asked(
    monkeypatch: pytest.MonkeyPatch,
    desktop: Desktop,
    few: Path,
    settings: Settings,
    qtbot: QtBot,
) -> None:
    monkeypatch.setenv("RELSIM_DEVICE", "cpu")
    describing, verbs = desktop.workspace.describing, desktop.window.verbs
    with qtbot.waitSignal(describing.held_back, timeout=LONG_MS):
        index(desktop, [few], qtbot)
    assert "Library › Describe pictures" in desktop.window.parts.strip.text.text()
    assert not describing.is_running
    assert not verbs.describe.isChecked()
    assert settings.describes is None, "nobody has decided that"
    with qtbot.waitSignal(describing.succeeded, timeout=LONG_MS) as done:
        verbs.describe.trigger()
    assert done.args[0].captioned == 3
    assert settings.describes


@pytest.mark.usefixtures("eager")
def test_pictures_are_described_behind_the_index(
    tiny_models: ModelManager, desktop: Desktop, few: Path, settings: Settings, qtbot: QtBot
) -> None:
    describing, strip = desktop.workspace.describing, desktop.window.parts.strip
    assert desktop.window.verbs.describe.isChecked()
    with qtbot.waitSignal(describing.started, timeout=LONG_MS):
        index(desktop, [few], qtbot)
    qtbot.waitUntil(lambda: strip.text.text() == "Describing", timeout=LONG_MS)
    strip.pause_button.click()
    assert describing.is_paused
    strip.pause_button.click()
    with qtbot.waitSignal(describing.succeeded, timeout=LONG_MS) as done:
        pass
    assert done.args[0].captioned == 3
    assert strip.text.text() == "Described 3 pictures"
    ask(desktop, few / "grid.png", qtbot)
    assert desktop.window.parts.analogies.card.source.text() == "Written by relsim-captioner-7b"

    with qtbot.waitSignal(describing.succeeded, timeout=LONG_MS) as done:
        desktop.window.verbs.rescan.trigger()
    assert done.args[0].captioned == 0, "nothing is described twice"
    assert settings.describes


@pytest.mark.usefixtures("eager", "tiny_models")
def test_describing_gives_way_to_indexing_and_stays_stopped(
    desktop: Desktop, few: Path, pictures: Path, settings: Settings, qtbot: QtBot
) -> None:
    describing, strip = desktop.workspace.describing, desktop.window.parts.strip
    with qtbot.waitSignal(describing.started, timeout=LONG_MS):
        index(desktop, [few], qtbot)
    index(desktop, [pictures], qtbot)
    assert len(desktop.workspace.collection.files.entries) == 27
    qtbot.waitUntil(lambda: strip.text.text() == "Describing", timeout=LONG_MS)
    strip.cancel_button.click()
    qtbot.waitUntil(lambda: not describing.is_running, timeout=LONG_MS)
    assert strip.text.text() == "Describing stopped; what is written so far stays"
    assert not desktop.window.verbs.describe.isChecked()
    assert not settings.describes
    with qtbot.waitSignal(desktop.workspace.indexing.idle, timeout=TIMEOUT_MS):
        desktop.window.verbs.rescan.trigger()
    assert not describing.is_running


def test_without_a_captioner_the_models_are_offered(desktop: Desktop, qtbot: QtBot) -> None:
    verbs = desktop.window.verbs
    assert not verbs.describe.isChecked()
    verbs.describe.trigger()
    assert not verbs.describe.isChecked()
    dialog = desktop.window.dialogs.show_models()
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: CAPTIONER in dialog.cards, timeout=TIMEOUT_MS)
