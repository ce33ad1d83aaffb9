"""The studies of a library in the window: making them, the list, menus, and what goes wrong."""

from __future__ import annotations

import shutil
from pathlib import Path
from threading import Event

import pytest
from desktop_driving import TIMEOUT_MS, row_of
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from study_driving import drawn_study, feature_of, see
from test_accessibility import complaints, unreachable

from engine.study.folder import StudyFolder
from relsim_desktop.app import Desktop
from relsim_desktop.jobs import Lane
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.help.feature import HelpFeature
from relsim_desktop.views.study.make_dialog import MakeDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def select(desktop: Desktop, *names: str) -> list[Question]:
    """Select files in the collection; they as questions."""
    view, files = desktop.window.parts.collection.view, desktop.workspace.collection.files
    view.clearSelection()
    for name in names:
        index = files.index(row_of(desktop, name))
        view.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
    return [
        Question(path=entry.path, image_id=entry.image_id)
        for entry in desktop.window.parts.collection.selected
    ]


def know_methods(dialog: MakeDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: dialog.tested.count() > 1, timeout=TIMEOUT_MS)


def cancel_what_is_made(desktop: Desktop, dialog: MakeDialog, qtbot: QtBot) -> None:
    """Begin to make a study and press Escape; the thread is busy, so that it cannot be done yet."""
    busy = Event()
    desktop.workspace.jobs.start(lambda task: busy.wait(), lane=Lane.WORK)
    dialog.make_button.click()
    assert not dialog.make_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    busy.set()
    qtbot.waitUntil(dialog.make_button.isEnabled, timeout=TIMEOUT_MS)
    assert dialog.isVisible(), "to be changed and tried again"
    engine = desktop.workspace.engine
    assert engine is not None
    assert not list(engine.library_dir.glob("studies/*"))


def test_a_study_is_made_of_selected_pictures_and_answered(filled: Desktop, qtbot: QtBot) -> None:
    feature = feature_of(filled)
    questions = select(filled, "ring-crimson.png", "grid-crimson.png", "growth-crimson.png")
    menu = filled.window.menus.menu(questions)
    (offer,) = [one for one in menu.actions() if "user study" in one.text()]
    offer.trigger()
    (dialog,) = filled.window.findChildren(MakeDialog)
    know_methods(dialog, qtbot)
    assert feature.is_shown
    assert dialog.selected.isChecked()
    assert dialog.tested.currentData() == "relsim-mini"
    assert dialog.request.baselines == ("attribute",)
    assert dialog.said.text() == "3 questions at most."
    dialog.baselines["attribute"].setChecked(False)
    assert not dialog.make_button.isEnabled()
    dialog.tested.setCurrentIndex(dialog.tested.findData("attribute"))
    assert dialog.request.baselines == ("relsim-mini",), "the other one is compared with"
    dialog.name.setText("")
    dialog.name.textEdited.emit("")
    assert not dialog.make_button.isEnabled()
    dialog.name.setText("Same or alike?")
    dialog.name.textEdited.emit("Same or alike?")
    cancel_what_is_made(filled, dialog, qtbot)
    with qtbot.waitSignal(feature.studies.made, timeout=TIMEOUT_MS) as made:
        dialog.make_button.click()
    path = made.args[0]
    study = StudyFolder.open(path).study
    assert (study.title, study.tested) == ("Same or alike?", "attribute")
    assert len(study.trials) + study.identical["relsim-mini"] == 3
    qtbot.waitUntil(lambda: path in feature.page.home.cards, timeout=TIMEOUT_MS)
    card = feature.page.home.cards[path]
    assert filled.window.focusWidget() is card.answer_button, "what one wants next"
    qtbot.keyClick(card.answer_button, Qt.Key.Key_Space)
    qtbot.keyClicks(feature.page.who.name, "Anna")
    qtbot.keyClick(feature.page.who.name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: feature.page.shown is feature.page.trial, timeout=TIMEOUT_MS)
    see(feature.page, qtbot)
    qtbot.keyClick(filled.window.focusWidget(), Qt.Key.Key_1)
    assert feature.answering.done == 1
    trial = feature.page.trial
    assert filled.window.focusWidget() is trial
    qtbot.keyClick(trial, Qt.Key.Key_Tab)
    assert filled.window.focusWidget() is trial.pause_button, "and not the window's tool bar"
    qtbot.keyClick(filled.window.focusWidget(), Qt.Key.Key_Escape)
    assert feature.is_shown, "Escape goes back to the list first"
    filled.window.activateWindow()  # the dialog had been the active one
    qtbot.waitUntil(filled.window.isActiveWindow, timeout=TIMEOUT_MS)
    qtbot.keyClick(filled.window.focusWidget(), Qt.Key.Key_Escape)
    assert not feature.is_shown
    single = QMenu(filled.window)
    feature.extend_menu(single, questions[:1], None)
    assert not single.actions(), "one picture is no study"


def test_what_cannot_be_made_is_said_and_leaves_nothing(desktop: Desktop, qtbot: QtBot) -> None:
    feature = feature_of(desktop)
    feature.show_action.trigger()
    dialog = feature.new_study()
    assert dialog is not None
    know_methods(dialog, qtbot)
    assert not complaints(dialog)
    assert not unreachable(dialog)
    assert "three pictures" in dialog.said.text()
    assert not dialog.make_button.isEnabled()
    with qtbot.waitSignal(feature.studies.making_failed, timeout=TIMEOUT_MS) as failed:
        feature.studies.make(dialog.request)
    assert failed.args[0].details is None
    assert dialog.isVisible()
    dialog.reject()
    engine = desktop.workspace.engine
    assert engine is not None
    assert not list(engine.library_dir.glob("studies/*"))


def test_studies_elsewhere_and_broken_ones(
    desktop: Desktop, settings: Settings, tmp_path: Path, qtbot: QtBot
) -> None:
    engine = desktop.workspace.engine
    assert engine is not None
    sound = tmp_path / "elsewhere"
    drawn_study(tmp_path, sound)
    broken = engine.library_dir / "studies" / "broken"
    shutil.copytree(sound, broken)
    (broken / "study.json").write_text('{"format": "relsim-study", "version": 99}')
    feature = feature_of(desktop)
    feature.show_action.trigger()
    home = feature.page.home
    qtbot.waitUntil(lambda: broken in home.cards, timeout=TIMEOUT_MS)
    assert "update the program" in home.cards[broken].trouble.text()
    assert not home.cards[broken].answer_button.isVisible()
    with qtbot.waitSignal(feature.studies.failed, timeout=TIMEOUT_MS) as failed:
        feature.studies.add(tmp_path)
    assert "no study" in failed.args[0].text
    feature.studies.add(sound)
    qtbot.waitUntil(lambda: sound in home.cards, timeout=TIMEOUT_MS)
    card = home.cards[sound]
    assert card.title.text() == "Rings or grids?"
    assert card.compared.text() == "Tested Model against Plain Looks and DreamSim"
    assert card.place.full_text == str(sound)
    assert str(sound) in settings.read_text("study/folders")
    assert feature.remove(sound) is None, "its folder is not touched, so nobody is asked"
    qtbot.waitUntil(lambda: sound not in home.cards, timeout=TIMEOUT_MS)
    assert (sound / "study.json").exists()
    assert str(sound) not in settings.read_text("study/folders")


def test_a_study_goes_to_the_trash_when_that_is_meant(
    desktop: Desktop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    data = tmp_path / "data"
    data.mkdir()
    monkeypatch.setenv("XDG_DATA_HOME", str(data))  # not into the real trash
    engine = desktop.workspace.engine
    assert engine is not None
    path = engine.library_dir / "studies" / "rings"
    drawn_study(tmp_path, path)
    feature = feature_of(desktop)
    feature.show_action.trigger()
    home = feature.page.home
    qtbot.waitUntil(lambda: path in home.cards, timeout=TIMEOUT_MS)
    for is_meant in (False, True):
        box = feature.remove(path)
        assert isinstance(box, Confirmation)
        assert "Rings or grids?" in box.text()
        (box.yes if is_meant else box.no).click()
        assert path.exists() is not is_meant
    qtbot.waitUntil(lambda: path not in home.cards, timeout=TIMEOUT_MS)
    assert home.message.isVisible()


def test_help_leads_to_the_chapter(desktop: Desktop) -> None:
    feature_of(desktop).show_action.trigger()
    help_feature = next(one for one in desktop.window.features if isinstance(one, HelpFeature))
    assert help_feature.chapter_of_now() == "studies"
