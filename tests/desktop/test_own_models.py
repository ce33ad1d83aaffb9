"""Models in folders of a person's own: added, ranking, remembered, and taken off the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, index
from golden_files import golden
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.operations.models import OwnModel
from relsim_desktop.question import Question
from relsim_desktop.settings import DEFAULT_MODEL, Settings
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.models.own_models import OwnModels

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LONG_MS = 120_000  # torch is imported on the way


@pytest.fixture
def checkpoint(tmp_path: Path) -> Path:
    """A relsim checkpoint that names no base that is here."""
    folder = tmp_path / "my-relsim"
    folder.mkdir()
    for file in golden("relsim-tiny", "relsim").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    return folder


def own_of(desktop: Desktop, qtbot: QtBot) -> OwnModels:
    qtbot.waitUntil(lambda: desktop.workspace.models.inventory is not None, timeout=TIMEOUT_MS)
    return desktop.window.dialogs.show_models().own


def test_a_checkpoint_is_added_ranks_and_is_remembered(
    open_desktop: Callable[..., Desktop],
    settings: Settings,
    checkpoint: Path,
    few: Path,
    qtbot: QtBot,
) -> None:
    settings.describes = False
    desktop = open_desktop()
    choice = desktop.workspace.choice
    index(desktop, [few], qtbot)
    own = own_of(desktop, qtbot)
    own.add(OwnModel(checkpoint))
    qtbot.waitUntil(lambda: desktop.window.findChild(Confirmation) is not None, timeout=TIMEOUT_MS)
    box = desktop.window.findChild(Confirmation)
    assert box is not None
    assert "my-relsim" in box.informativeText()
    box.no.click()
    assert not choice.own, "without a base it cannot rank"

    model = OwnModel(checkpoint, golden("relsim-tiny", "base"))
    with qtbot.waitSignal(choice.own_changed, timeout=TIMEOUT_MS):
        own.add(model)
    card = own.cards[checkpoint]
    assert "built on" in card.where.text()
    assert "my-relsim" in [
        action.text() for action in desktop.window.parts.strip.chooser.choices.actions()
    ]
    with qtbot.waitSignals([choice.changed, desktop.workspace.indexing.idle], timeout=LONG_MS):
        card.use_button.click()
    assert card.standing.text() == "Ranks now"
    assert card.use_button.isHidden()
    assert "my-relsim" in desktop.window.parts.strip.chooser.text()
    assert desktop.workspace.engine is not None
    assert desktop.workspace.engine.model == "my-relsim"
    answer(desktop, lambda: desktop.window.ask(Question(path=few / "ring.png")), qtbot)
    desktop.window.close()

    again = open_desktop()
    choice = again.workspace.choice
    assert choice.own == (model,)
    if choice.model != model.id:
        qtbot.waitUntil(lambda: choice.model == model.id, timeout=LONG_MS)
    own = own_of(again, qtbot)
    with qtbot.waitSignal(choice.changed, timeout=LONG_MS):
        own.cards[checkpoint].forget_button.click()
    assert choice.model == DEFAULT_MODEL
    assert not own.cards
    again.workspace.undo.stack.undo()
    assert choice.own == (model,)
    again.workspace.undo.stack.redo()
    assert not choice.own
    again.workspace.undo.stack.undo()
    assert choice.own == (model,), "once is enough, however often it was done again"
    assert checkpoint.is_dir()


def test_what_is_wrong_with_a_folder_is_said_in_words(
    desktop: Desktop, checkpoint: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own = own_of(desktop, qtbot)
    empty = tmp_path / "empty"
    empty.mkdir()
    own.add(OwnModel(empty))
    qtbot.waitUntil(lambda: not own.note.isHidden(), timeout=TIMEOUT_MS)
    assert "choose the folder of a relsim checkpoint" in own.note.text()
    own.add(OwnModel(checkpoint, empty))
    qtbot.waitUntil(lambda: "holds no base model" in own.note.text(), timeout=TIMEOUT_MS)
    assert not desktop.workspace.choice.own


@pytest.mark.parametrize("text", ["nonsense", "[1]", '[{"folder": "/x"}]', "{}", '"text"'])
def test_nonsense_in_the_settings_is_no_model(
    settings: Settings, open_desktop: Callable[..., Desktop], text: str
) -> None:
    settings.write("models/own", text)
    assert open_desktop().workspace.choice.own == ()
