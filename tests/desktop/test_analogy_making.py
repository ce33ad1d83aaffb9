"""Making pictures on the page: by a server and by a model of this computer, ranked and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from analogy_driving import choose_server, feature, made, painting, refer, settled
from desktop_driving import TIMEOUT_MS
from drawn_pictures import draw
from endpoint_server import EndpointServer, Fault, endpoint_server
from judging_driving import boards, focus, settle
from memory_keyring import MemoryKeyring, using
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from tiny_pipelines import make_text_model
from tqdm import tqdm

from relsim_desktop.app import Desktop
from relsim_desktop.views.boards.dialog import BoardDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def server() -> Iterator[EndpointServer]:
    with endpoint_server() as running:
        yield running


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    path = tmp_path / "ring.png"
    draw("ring", "crimson").save(path)
    return path


def test_pictures_are_made_ranked_and_kept(
    desktop: Desktop, ring: Path, server: EndpointServer, qtbot: QtBot
) -> None:
    analogies = refer(desktop, ring, qtbot)
    page, maker = analogies.page, analogies.page.maker
    choose_server(desktop, server, qtbot)
    assert not maker.make_button.isEnabled(), "a slot is empty"
    assert page.message.title == "Fill the slots"
    page.composer.slots.rows[0].field.setText("candles")
    assert page.message.title == "Ready"
    copy, other, ringlike = (
        draw("ring", "crimson"), draw("grid", "seagreen"), draw("ring", "royalblue"),
    )  # fmt: skip
    server.paints = painting([copy, other, ringlike])
    maker.count.setValue(3)
    made(desktop, qtbot)
    asked = server.asked_for("/images/generations")
    assert {one.prompt for one in asked} == {page.composer.prompt.editor.toPlainText()}
    shown = [page.model.analogy(row) for row in range(3)]
    assert shown[0].number == 3, "the same idea, another look"
    assert shown[-1].number == 1
    assert page.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Place 3, ")
    assert "A mere copy" in page.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "repeats the reference" in page.model.index(2).data(Qt.ItemDataRole.ToolTipRole)
    assert page.said.text() == "3 pictures, best first"
    assert not page.grab().isNull()

    assert [one.number for one in page.chosen] == [3], "the best one is at hand"
    page.view.copy_asked.emit()
    assert QGuiApplication.clipboard().image().size() == shown[0].image.size()
    verbs = [action.text() for action in analogies.menu().actions()]
    assert "Compare with the reference" in verbs
    assert verbs[-1] == "Keep on board"
    menu = analogies.keep_menu(page)
    assert [action.text() for action in menu.actions()] == ["New board…"]
    menu.actions()[-1].trigger()
    menu.close()
    dialog = desktop.window.findChildren(BoardDialog)[-1]
    dialog.line.setText("Rings")
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    settled(desktop, qtbot)
    assert boards(desktop) == {"Rings": 1}
    kept = page.model.analogy(0)
    assert kept.path is not None
    with Image.open(kept.path) as file:
        assert file.size == ringlike.size
    engine = desktop.workspace.engine
    assert engine is not None
    assert engine.store.image_at(kept.path) == kept.image_id
    assert [one.path for one in page.chosen_pictures()] == [kept.path]
    qtbot.waitUntil(
        lambda: desktop.workspace.collection.files.row_of(kept.path) is not None,
        timeout=TIMEOUT_MS,
    )
    assert "Show in file manager" in [action.text() for action in analogies.menu().actions()]
    desktop.window.verbs.undo.trigger()
    settle(desktop, qtbot)
    assert boards(desktop) == {}
    assert kept.path.is_file(), "the file stays"

    page.view.activated.emit(page.model.index(0))
    sides = desktop.workspace.comparison.sides
    assert [side.path if side else None for side in sides] == [ring, kept.path]
    settle(desktop, qtbot)


def test_a_run_is_stopped_and_fails_without_losing_what_came(
    desktop: Desktop, ring: Path, server: EndpointServer, qtbot: QtBot
) -> None:
    analogies = refer(desktop, ring, qtbot, "A ring of {Things}")
    page, maker = analogies.page, analogies.page.maker
    page.composer.dice_button.click()
    choose_server(desktop, server, qtbot)
    server.fail(Fault(), Fault(stall=True))
    focus(desktop, maker.make_button, qtbot)
    qtbot.keyClick(maker.make_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: len(server.asked) == 2, timeout=TIMEOUT_MS)
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=TIMEOUT_MS)
    assert maker.doing.text() == "Making picture 2 of 4"
    assert maker.stop_button.hasFocus(), "it stands in the other one's place"
    qtbot.keyClick(maker.stop_button, Qt.Key.Key_Space)
    settled(desktop, qtbot)
    assert page.said.text() == "1 picture, then stopped"
    assert page.model.analogy(0).candidate is not None, "what came is ranked"

    server.fail(Fault(), Fault(status=400, message="not like this"))
    made(desktop, qtbot)
    assert page.model.rowCount() == 1
    assert "not like this" in page.trouble.text()
    assert page.trouble.isVisibleTo(page)
    server.fail(Fault(status=401, message="Bad key: {authorization}"))
    made(desktop, qtbot)
    assert page.model.rowCount() == 0
    assert page.message.title == "No picture was made"
    server.fail(Fault(stall=True))
    count = len(server.asked)
    maker.make_button.click()
    qtbot.waitUntil(lambda: len(server.asked) > count, timeout=TIMEOUT_MS)
    desktop.window.close()  # while a picture is on its way; no thread is left


def test_what_was_chosen_is_remembered_and_the_key_is_not(
    open_desktop: Callable[..., Desktop],
    ring: Path,
    tmp_path: Path,
    server: EndpointServer,
    qtbot: QtBot,
) -> None:
    server.key = "sk-very-secret"
    with using(MemoryKeyring()) as ring_of_keys:
        desktop = open_desktop()
        analogies = refer(desktop, ring, qtbot, "Nothing but this")
        maker = analogies.page.maker
        choose_server(desktop, server, qtbot)
        dialog = analogies.show_keys()
        qtbot.waitUntil(lambda: not dialog.is_busy, timeout=TIMEOUT_MS)
        assert dialog.secret.echoMode() == QLineEdit.EchoMode.Password
        qtbot.keyClicks(dialog.name, "painter")
        assert not dialog.save_button.isEnabled()
        qtbot.keyClicks(dialog.secret, "two words")
        dialog.save_button.click()
        qtbot.waitUntil(lambda: not dialog.is_busy, timeout=TIMEOUT_MS)
        assert "no key" in dialog.trouble.text(), "it says what is wrong"
        assert dialog.secret.text() == ""
        qtbot.keyClicks(dialog.secret, server.key)
        dialog.save_button.click()
        qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=TIMEOUT_MS)
        dialog.accept()
        assert maker.generator.key_name == "painter"
        maker.count.setValue(1)
        maker.seed.setValue(7)
        maker.along.setChecked(True)
        settle(desktop, qtbot)
        made(desktop, qtbot)
        asked = server.asked_for("/images/edits")
        assert len(asked) == 1, "the reference went along"
        assert asked[0].headers["authorization"] == f"Bearer {server.key}"
        assert server.key in ring_of_keys.entries.values()
        desktop.window.close()
        for file in (path for path in tmp_path.rglob("*") if path.is_file()):
            assert server.key.encode() not in file.read_bytes(), file
        again = feature(open_desktop())
        values = again.page.maker.generator.values
        assert values["kind"] == "server"
        assert (values["url"], values["model"], values["key"]) == (server.url, "painter", "painter")
        assert (again.making.count, again.making.seed, again.making.shows_reference) == (1, 7, True)
        qtbot.waitUntil(lambda: again.making.choice is not None, timeout=TIMEOUT_MS)
        dialog = again.show_keys()
        qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=TIMEOUT_MS)
        dialog.list.setCurrentRow(0)
        dialog.remove_button.click()
        qtbot.waitUntil(lambda: dialog.list.count() == 0, timeout=TIMEOUT_MS)
        dialog.accept()
        assert again.page.maker.generator.key_name == "", "it is gone"
        again.show_keys().accept()  # before the keyring has answered
        settle(desktop, qtbot)


def test_a_model_of_this_computer_makes_the_same_pictures_for_a_seed(
    desktop: Desktop, ring: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tqdm, "monitor_interval", 0)  # its thread is the process's, not ours
    analogies = refer(desktop, ring, qtbot, "A ring")
    page, maker = analogies.page, analogies.page.maker
    maker.generator.kind.setCurrentIndex(1)
    settle(desktop, qtbot)
    assert "Choose the folder" in maker.generator.note.text()
    assert page.message.title == "The generator cannot run yet"
    maker.generator.show_folder(str(tmp_path / "nowhere"))
    settle(desktop, qtbot)
    assert "There is no folder" in maker.generator.note.text()
    maker.generator.show_folder(str(make_text_model(tmp_path / "text")))
    settle(desktop, qtbot)
    assert page.message.title == "Ready"
    maker.count.setValue(1)
    maker.seed.setValue(5)
    made(desktop, qtbot)
    first = analogies.making.analogies[0].made.generated
    assert first.seed == 5
    assert first.generator == "diffusers/text"
    assert ", seed 5" in page.model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    made(desktop, qtbot)
    again = analogies.making.analogies[0].made.generated
    assert again.image.tobytes() == first.image.tobytes()


def test_trouble_with_ranking_is_over_once_they_are_ranked(
    desktop: Desktop, ring: Path, server: EndpointServer, qtbot: QtBot
) -> None:
    analogies = refer(desktop, ring, qtbot, "A ring")
    choose_server(desktop, server, qtbot)
    analogies.page.maker.count.setValue(1)
    elsewhere = ring.with_suffix(".moved")
    ring.rename(elsewhere)
    made(desktop, qtbot)
    assert analogies.making.trouble is not None
    assert analogies.page.trouble.text() == analogies.making.trouble.text
    elsewhere.rename(ring)
    analogies.making.rank()
    settled(desktop, qtbot)
    assert analogies.making.is_ranked
    assert analogies.making.trouble is None
    assert not analogies.page.trouble.isVisibleTo(analogies.page)


def test_the_best_picture_is_seen_from_its_top_in_a_low_window(
    desktop: Desktop, ring: Path, server: EndpointServer, qtbot: QtBot
) -> None:
    desktop.window.resize(1000, 620)
    analogies = refer(desktop, ring, qtbot, "A ring")
    choose_server(desktop, server, qtbot)
    analogies.page.maker.count.setValue(5)
    made(desktop, qtbot)
    view = analogies.page.view
    assert view.tile_size.height() > view.viewport().height(), "higher than there is room"
    assert analogies.page.chosen == [analogies.page.model.analogy(0)]
    assert view.verticalScrollBar().value() == 0
