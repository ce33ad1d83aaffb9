"""Getting models in the window, from a real hub on this computer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from hub_server import Fault, HubServer
from made_up_models import BASE, CAPTIONER, RELATIONAL, made_up, write_folder
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from engine.models.manager import ModelManager
from relsim_desktop.app import Desktop
from relsim_desktop.views.confirmation import Confirmation
from relsim_desktop.views.models.card import ModelCardView
from relsim_desktop.views.models.dialog import ModelsDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SHARD = "model-00002-of-00002.safetensors"
WEIGHTS = "adapter_model.safetensors"


@pytest.fixture
def dialog(hub: HubServer, desktop: Desktop, qtbot: QtBot) -> ModelsDialog:
    desktop.window.verbs.models.trigger()
    opened = desktop.window.dialogs.show_models()
    qtbot.waitUntil(lambda: len(opened.cards) == 6, timeout=TIMEOUT_MS)
    return opened


def asked(dialog: ModelsDialog) -> Confirmation:
    """The question that is open."""
    (box,) = (box for box in dialog.findChildren(Confirmation) if box.isVisible())
    return box


def installed(desktop: Desktop, model_id: str, qtbot: QtBot, ask: Callable[[], object]) -> None:
    with qtbot.waitSignal(
        desktop.workspace.models.installed,
        timeout=TIMEOUT_MS,
        check_params_cb=lambda one: one == model_id,
    ):
        ask()


def wait_for_bytes(card: ModelCardView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "MB of" in card.detail.text(), timeout=TIMEOUT_MS)


def test_the_cards_say_what_a_model_is_and_costs(dialog: ModelsDialog) -> None:
    cards = dialog.cards
    metrics = ["clip-vit-l14", "dinov2-large"]
    assert list(cards) == ["relsim-mini", RELATIONAL, CAPTIONER, BASE, *metrics]
    assert cards["clip-vit-l14"].kind.text() == "For metrics"
    mini, large = cards["relsim-mini"], cards[RELATIONAL]
    assert mini.standing.text() == "Ranks now"
    assert not mini.download_button.isVisible()
    assert not mini.remove_button.isVisible()
    assert large.standing.text() == "Not installed"
    assert large.cost.text() == (
        "Download of about 2.2 GB, with its base 18.8 GB · needs 17 GB of memory, or 7 GB in 4 bits"
    )
    assert large.licence.text() == "Licence: CC BY-NC-SA 4.0: non-commercial use only"
    assert large.accessibleName() == "relsim 7B: Not installed"
    assert "free in" in dialog.space.text()
    nameless = [
        widget
        for widget in dialog.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not widget.accessibleName()
        and not (isinstance(widget, QAbstractButton) and widget.text())
    ]
    assert nameless == []


def test_tab_goes_through_the_cards_in_reading_order(dialog: ModelsDialog, qtbot: QtBot) -> None:
    mini, large = dialog.cards["relsim-mini"], dialog.cards[RELATIONAL]
    mini.licence_button.setFocus()
    seen = [dialog.focusWidget()]
    while len(seen) < 4:
        qtbot.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        seen.append(dialog.focusWidget())
    assert seen == [
        mini.licence_button,
        large.licence_button,
        large.download_button,
        large.import_button,
    ]


def test_a_download_is_asked_for_and_brings_the_base(
    dialog: ModelsDialog, desktop: Desktop, hub: HubServer, qtbot: QtBot
) -> None:
    dialog.cards[RELATIONAL].download_button.click()
    box = asked(dialog)
    assert box.defaultButton() is box.no
    said = box.informativeText()
    for part in ("127.0.0.1", "Qwen2.5-VL 7B Instruct, about 16.6 GB", "In all about 18.8 GB"):
        assert part in said
    assert "relsim 7B may be used for non-commercial purposes only (CC BY-NC-SA 4.0)." in said
    box.no.click()
    assert not hub.asked
    dialog.cards[BASE].download_button.click()
    free = asked(dialog)
    assert free.defaultButton() is free.yes
    free.no.click()

    dialog.cards[RELATIONAL].download_button.click()
    installed(desktop, RELATIONAL, qtbot, asked(dialog).yes.click)
    cards, chooser = dialog.cards, desktop.window.parts.strip.chooser
    assert [cards[one].standing.text() for one in (RELATIONAL, BASE)] == ["Installed"] * 2
    assert cards[RELATIONAL].use_button.isVisible()
    assert not desktop.window.parts.strip.transfer_button.isVisible()
    names = [action.text() for action in chooser.choices.actions() if action.text()]
    assert names == ["relsim-mini", RELATIONAL, "Get more…"]


def test_a_cancelled_download_can_be_resumed(
    dialog: ModelsDialog, desktop: Desktop, hub: HubServer, qtbot: QtBot
) -> None:
    card = dialog.cards[RELATIONAL]
    hub.always[SHARD] = Fault(pause_s=0.05)
    desktop.workspace.models.download(RELATIONAL)
    wait_for_bytes(card, qtbot)
    assert card.standing.text() == "Downloading"
    qtbot.waitUntil(lambda: "MB/s" in card.detail.text(), timeout=TIMEOUT_MS)
    assert card.bar.value() > 0
    assert dialog.cards[BASE].standing.text() == "Comes with relsim 7B"
    assert desktop.window.parts.strip.transfer_button.text().startswith("↓ relsim 7B")
    card.cancel_button.click()
    qtbot.waitUntil(card.download_button.isVisible, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: "downloaded" in card.standing.text(), timeout=TIMEOUT_MS)
    assert card.download_button.text() == "Resume"

    hub.always.clear()
    hub.asked.clear()
    installed(desktop, RELATIONAL, qtbot, card.download_button.click)
    assert hub.content_requests(SHARD)[0].range, "what had come was not fetched again"


def test_a_download_goes_on_without_the_dialog_and_ends_with_the_window(
    dialog: ModelsDialog, desktop: Desktop, hub: HubServer, qtbot: QtBot
) -> None:
    strip, models = desktop.window.parts.strip, desktop.workspace.models
    hub.always[SHARD] = Fault(pause_s=0.05)
    models.download(RELATIONAL)
    wait_for_bytes(dialog.cards[RELATIONAL], qtbot)
    dialog.close_button.click()
    before = models.state(RELATIONAL).progress.done
    qtbot.waitUntil(lambda: models.state(RELATIONAL).progress.done > before, timeout=TIMEOUT_MS)
    assert strip.transfer_button.isVisible()
    strip.transfer_button.click()
    assert dialog.isVisible()
    desktop.window.close()
    assert desktop.workspace.jobs.running == 0
    status = ModelManager().status(BASE)
    assert status.state == "partial"
    assert status.bytes_on_disk > 0


def test_a_wrong_checksum_is_said_on_the_card(
    dialog: ModelsDialog, desktop: Desktop, hub: HubServer, qtbot: QtBot
) -> None:
    card = dialog.cards[BASE]
    hub.always[SHARD] = Fault(corrupt=True)
    desktop.workspace.models.download(BASE)
    qtbot.waitUntil(card.error.isVisible, timeout=TIMEOUT_MS)
    assert "wrong checksum" in card.error.text()
    qtbot.waitUntil(lambda: card.download_button.text() == "Resume", timeout=TIMEOUT_MS)
    hub.always.clear()
    installed(desktop, BASE, qtbot, card.download_button.click)
    assert not card.error.isVisible()


def test_a_hub_that_is_not_there_is_said_on_the_card(
    dialog: ModelsDialog, desktop: Desktop, hub: HubServer, qtbot: QtBot
) -> None:
    hub.repositories.clear()
    desktop.workspace.models.download(CAPTIONER)
    qtbot.waitUntil(dialog.cards[CAPTIONER].error.isVisible, timeout=TIMEOUT_MS)
    assert dialog.cards[CAPTIONER].download_button.isVisible()


def test_models_are_imported_and_removed(
    dialog: ModelsDialog, desktop: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    models, cards = desktop.workspace.models, dialog.cards
    base = write_folder(tmp_path / "base", made_up(BASE))
    models.import_folder(CAPTIONER, base)
    qtbot.waitUntil(cards[CAPTIONER].error.isVisible, timeout=TIMEOUT_MS)
    assert "is not a whole relsim captioner 7B" in cards[CAPTIONER].error.text()

    adapter = write_folder(tmp_path / "captioner", made_up(CAPTIONER))
    installed(desktop, CAPTIONER, qtbot, lambda: models.import_folder(CAPTIONER, adapter))
    assert cards[CAPTIONER].standing.text() == "Needs Qwen2.5-VL 7B Instruct"
    assert cards[CAPTIONER].download_button.isVisible()
    installed(desktop, BASE, qtbot, lambda: models.import_folder(BASE, base))
    assert cards[CAPTIONER].standing.text() == "Installed"
    qtbot.waitUntil(lambda: desktop.workspace.captions.can_write, timeout=TIMEOUT_MS)

    cards[BASE].remove_button.click()
    asked(dialog).yes.click()
    qtbot.waitUntil(cards[BASE].error.isVisible, timeout=TIMEOUT_MS)
    assert "is needed by relsim-captioner-7b" in cards[BASE].error.text()
    cards[CAPTIONER].remove_button.click()
    box = asked(dialog)
    assert box.defaultButton() is box.no
    with qtbot.waitSignal(models.removed, timeout=TIMEOUT_MS):
        box.yes.click()
    assert cards[CAPTIONER].standing.text() == "Not installed"
    qtbot.waitUntil(lambda: not desktop.workspace.captions.can_write, timeout=TIMEOUT_MS)
    assert not (ModelManager().directory / CAPTIONER).exists()
