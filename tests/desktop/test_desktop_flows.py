"""The main job on the real engine with the bundled model: drop, browse, ask, order, compare."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import (
    TIMEOUT_MS,
    answer,
    click,
    drop,
    index,
    middle,
    remove_folder,
    row_of,
    urls,
    wait_for_grid,
)
from drawn_pictures import draw
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.question import Question

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def relations(neighbors: list, most: int) -> set[str]:
    return {neighbor.path.stem.split("-")[0] for neighbor in neighbors[:most]}


def test_drop_a_folder_click_a_picture_see_its_neighbors(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    window, parts = desktop.window, desktop.window.parts
    qtbot.waitUntil(lambda: parts.pages.currentWidget() is parts.empty, timeout=TIMEOUT_MS)
    with qtbot.waitSignal(desktop.workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        assert drop(window, urls(pictures), middle(window, parts.pages)).isAccepted()
        assert not desktop.workspace.indexing.is_running, "the drop handler must return at once"
    assert (done.args[0].found, done.args[0].indexed) == (24, 24)
    wait_for_grid(desktop, qtbot)
    assert parts.is_browsing
    assert parts.collection.view.model().rowCount() == 24
    assert parts.strip.text.text() == "24 found: 24 indexed"

    row = row_of(desktop, "ring-crimson.png")
    hits = answer(desktop, lambda: click(parts.collection.view, row, qtbot), qtbot)
    assert relations(hits, 4) == {"ring"}
    assert parts.analogies.is_showing_neighbors
    assert parts.analogies.model.rowCount() == len(hits)
    assert pictures / "ring-crimson.png" not in [hit.path for hit in hits]
    card = parts.analogies.card
    assert card.name.full_text == "ring-crimson.png"
    assert card.caption.text or card.quiet.text() == "No clear relation"


def test_activating_a_neighbor_asks_about_it_and_back_returns(
    filled: Desktop, qtbot: QtBot
) -> None:
    parts, inquiry = filled.window.parts, filled.workspace.inquiry
    first = row_of(filled, "grid-crimson.png")
    answer(filled, lambda: click(parts.collection.view, first, qtbot), qtbot)
    neighbor = parts.analogies.model.neighbor(0)

    def activate() -> None:
        parts.analogies.view.setCurrentIndex(parts.analogies.model.index(0))
        qtbot.keyClick(parts.analogies.view, Qt.Key.Key_Return)

    answer(filled, activate, qtbot)
    assert inquiry.question == Question(path=neighbor.path, image_id=neighbor.image_id)
    assert [entry.path for entry in parts.collection.selected] == [neighbor.path]
    assert parts.analogies.card.back_button.isEnabled()

    answer(filled, parts.analogies.card.back_button.click, qtbot)
    assert parts.analogies.card.name.full_text == "grid-crimson.png"
    assert not inquiry.can_go_back
    answer(filled, filled.window.verbs.forward.trigger, qtbot)
    assert inquiry.question.path == neighbor.path


def test_arrow_keys_ask_once_they_rest(filled: Desktop, qtbot: QtBot) -> None:
    view = filled.window.parts.collection.view
    click(view, 0, qtbot)

    def move() -> None:
        qtbot.keyClick(view, Qt.Key.Key_Right)
        qtbot.keyClick(view, Qt.Key.Key_Right)

    with qtbot.waitSignal(
        filled.workspace.inquiry.asked,
        check_params_cb=lambda question: question.path.name == names(filled)[2],
        timeout=TIMEOUT_MS,
    ):
        move()


def names(desktop: Desktop) -> list[str]:
    files = desktop.workspace.collection.files
    return [files.path(row).name for row in range(files.rowCount())]


def test_drop_a_picture_from_outside_on_the_analogies(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    window, parts = filled.window, filled.window.parts
    outside = tmp_path / "outside.png"
    draw("growth", "purple").save(outside)
    hits = answer(
        filled, lambda: drop(window, urls(outside), middle(window, parts.analogies)), qtbot
    )
    assert relations(hits, 3) == {"growth"}
    assert parts.analogies.card.name.full_text == "outside.png"
    assert len(names(filled)) == 24, "a query is not added to the library"


def test_drop_a_picture_on_the_collection_adds_it(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    window, parts = filled.window, filled.window.parts
    one = tmp_path / "one-more.png"
    draw("growth", "purple").save(one)
    with qtbot.waitSignal(filled.workspace.indexing.succeeded, timeout=TIMEOUT_MS):
        drop(window, urls(one), middle(window, parts.collection))
    qtbot.waitUntil(lambda: "one-more.png" in names(filled), timeout=TIMEOUT_MS)


def test_paste_pixels_and_paste_a_file(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    parts, clipboard = filled.window.parts, QGuiApplication.clipboard()
    saved = tmp_path / "browser.png"
    draw("ring", "purple").save(saved)
    clipboard.setImage(QImage(str(saved)))
    pasted = answer(filled, filled.window.verbs.paste.trigger, qtbot)
    assert relations(pasted, 4) == {"ring"}
    assert parts.analogies.card.name.full_text == "Pasted picture"
    clipboard.setMimeData(urls(saved))
    from_file = answer(filled, filled.window.verbs.paste.trigger, qtbot)
    assert [hit.path for hit in from_file] == [hit.path for hit in pasted]
    clipboard.clear()


def test_a_picture_dragged_from_a_browser_is_the_query(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    saved = tmp_path / "browser.png"
    draw("grid", "purple").save(saved)
    data = QMimeData()
    data.setImageData(QImage(str(saved)))
    window = filled.window
    at = middle(window, window.parts.collection)
    assert relations(answer(filled, lambda: drop(window, data, at), qtbot), 4) == {"grid"}


def test_surprise_changes_the_order(filled: Desktop, qtbot: QtBot) -> None:
    parts = filled.window.parts
    parts.analogies.collapse.setChecked(False)
    row = row_of(filled, "ring-crimson.png")
    plain = answer(filled, lambda: click(parts.collection.view, row, qtbot), qtbot)
    surprising = answer(filled, lambda: parts.analogies.surprise.setValue(100), qtbot)
    assert [hit.path for hit in plain] != [hit.path for hit in surprising]
    look = [sum(hit.attribute for hit in hits[:6]) for hits in (plain, surprising)]
    assert look[1] < look[0]


def test_describing_a_relation_in_words(filled: Desktop, qtbot: QtBot) -> None:
    parts = filled.window.parts
    parts.search.setText("{Subject} growing step by step")
    hits = answer(filled, lambda: qtbot.keyClick(parts.search, Qt.Key.Key_Return), qtbot)
    assert hits
    assert parts.analogies.card.caption.text == "{Subject} growing step by step"
    assert not parts.analogies.surprise.isVisible(), "words have no look"


def test_comparing_two_pictures(filled: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    window, page = filled.window, filled.window.parts.comparison
    comparison = filled.workspace.comparison
    window.verbs.compare.trigger()
    assert window.parts.is_comparing
    outside = tmp_path / "outside.png"
    draw("ring", "purple").save(outside)
    inside = filled.workspace.collection.files.path(row_of(filled, "ring-crimson.png"))
    with qtbot.waitSignal(comparison.scored, timeout=TIMEOUT_MS) as scored:
        drop(window, urls(outside), middle(window, page.slots[0]))
        drop(window, urls(inside), middle(window, page.slots[1]))
    score = scored.args[0]
    assert page.verdict.text().endswith("alike") or page.verdict.text().endswith("identical")
    assert "of this library’s pairs" in page.standing.text()
    assert page.relational.number.text() == f"{score.relational:.2f}"
    assert page.attribute.number.text() == f"{score.attribute:.2f}"
    with qtbot.waitSignal(comparison.scored, timeout=TIMEOUT_MS) as swapped:
        page.swap_button.click()
    assert swapped.args[0].descriptions == score.descriptions[::-1]
    assert [slot.name.full_text for slot in page.slots] == ["ring-crimson.png", "outside.png"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.parts.is_browsing


def test_two_selected_pictures_are_compared(filled: Desktop, qtbot: QtBot) -> None:
    view = filled.window.parts.collection.view
    click(view, 0, qtbot)
    at = view.visualRect(view.model().index(3, 0)).center()
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, at
    )
    with qtbot.waitSignal(filled.workspace.comparison.scored, timeout=TIMEOUT_MS):
        filled.window.verbs.compare.trigger()


def test_a_second_start_embeds_nothing(
    open_desktop: Callable[..., Desktop], pictures: Path, qtbot: QtBot
) -> None:
    first = open_desktop()
    assert index(first, [pictures], qtbot).indexed == 24
    first.window.close()
    with qtbot.waitSignal(open_desktop().workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        pass
    assert (done.args[0].indexed, done.args[0].reused) == (0, 24)


def test_what_cannot_be_read_is_listed_and_can_be_tried_again(
    desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    broken, empty = pictures / "broken.jpg", pictures / "empty.png"
    broken.write_bytes(b"no picture at all")
    empty.touch()
    index(desktop, [pictures], qtbot)
    parts = desktop.window.parts
    qtbot.waitUntil(lambda: parts.strip.failures_button.text() == "2 failed", timeout=TIMEOUT_MS)
    parts.strip.failures_button.click()
    dialog = desktop.window.dialogs.show_failures()
    table = dialog.table.model()
    listed = [table.index(row, 0).data() for row in range(table.rowCount())]
    assert listed == ["broken.jpg", "empty.png"]
    assert all(table.index(row, 1).data() for row in range(2))
    dialog.copy()
    assert str(broken) in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()

    draw("ring", "purple").save(broken, "JPEG")
    dialog.retry_button.click()
    qtbot.waitUntil(lambda: table.rowCount() == 1, timeout=TIMEOUT_MS)
    assert dialog.title.text() == "1 file could not be read"
    dialog.close()


def test_a_query_that_cannot_be_read_says_why(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture at all")
    with qtbot.waitSignal(filled.workspace.inquiry.failed, timeout=TIMEOUT_MS) as failed:
        filled.window.ask(Question(path=broken))
    assert failed.args[0].details is None
    panel = filled.window.parts.analogies
    assert not panel.is_showing_neighbors
    assert panel.message.title == "No answer to this one"


def test_removing_a_folder_leaves_its_files(filled: Desktop, pictures: Path, qtbot: QtBot) -> None:
    parts = filled.window.parts
    remove_folder(filled, qtbot)
    qtbot.waitUntil(lambda: parts.pages.currentWidget() is parts.empty, timeout=TIMEOUT_MS)
    assert len(list(pictures.iterdir())) == 24


def test_closing_while_indexing_keeps_what_is_done(
    open_desktop: Callable[..., Desktop], pictures: Path, qtbot: QtBot
) -> None:
    desktop = open_desktop()
    with qtbot.waitSignal(desktop.workspace.indexing.scanned, timeout=TIMEOUT_MS):
        desktop.window.add([pictures])
    desktop.window.close()
    assert desktop.workspace.jobs.running == 0
    again = open_desktop()
    with qtbot.waitSignal(again.workspace.indexing.succeeded, timeout=TIMEOUT_MS) as done:
        pass
    report = done.args[0]
    assert report.indexed + report.reused == 24


def test_pause_holds_and_cancel_ends(desktop: Desktop, pictures: Path, qtbot: QtBot) -> None:
    indexing, strip = desktop.workspace.indexing, desktop.window.parts.strip
    with qtbot.waitSignal(indexing.started, timeout=TIMEOUT_MS):
        desktop.window.add([pictures])
    strip.pause_button.click()
    assert indexing.is_paused
    assert strip.pause_button.accessibleName() == "Resume"
    with qtbot.waitSignal(indexing.cancelled, timeout=TIMEOUT_MS):
        strip.cancel_button.click()
    assert not indexing.is_running
    assert strip.text.text() == "Indexing cancelled; what is done so far stays"


def test_several_drops_queue_up(desktop: Desktop, tmp_path: Path, qtbot: QtBot) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder, relation in zip(folders, ("ring", "grid", "growth"), strict=True):
        folder.mkdir()
        draw(relation, "purple").save(folder / f"{relation}.png")
    for folder in folders:
        desktop.window.add([folder])
    with qtbot.waitSignal(desktop.workspace.indexing.idle, timeout=TIMEOUT_MS):
        pass
    qtbot.waitUntil(lambda: len(names(desktop)) == 3, timeout=TIMEOUT_MS)


def test_what_is_set_is_remembered(
    open_desktop: Callable[..., Desktop], qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_desktop(library=tmp_path / "elsewhere").window
    window.resize(780, 640)
    window.parts.analogies.surprise.setValue(40)
    window.parts.analogies.collapse.setChecked(False)
    window.parts.collection.step_size(1)
    window.verbs.themes["dark"].trigger()
    size = window.parts.collection.tile_edge
    window.close()

    again = open_desktop(library=tmp_path / "elsewhere")
    assert again.theme.choice == "dark"
    assert again.theme.is_dark
    assert again.window.size() == window.size()
    assert again.window.parts.analogies.surprise.value() == 40
    assert not again.window.parts.analogies.collapse.isChecked()
    assert again.window.parts.collection.tile_edge == size
    assert again.workspace.inquiry.ranking.surprise == 0.4
