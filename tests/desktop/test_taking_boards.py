"""Boards as PNG, PDF, HTML and folders: what is written is opened again and looked at."""

from __future__ import annotations

import re
import zlib
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from board_driving import open_page, stored
from desktop_driving import TIMEOUT_MS
from judging_driving import NAMES, make_board, settle
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from engine.exports.contents import ExportReport
from engine.types import Place
from relsim_desktop import file_actions
from relsim_desktop.app import Desktop
from relsim_desktop.exporting.options import Kind
from relsim_desktop.views.boards.export_dialog import ExportDialog
from relsim_desktop.views.boards.feature import BoardsFeature

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CRIMSON = (220, 20, 60)


def feature(desktop: Desktop) -> BoardsFeature:
    return next(f for f in desktop.window.features if isinstance(f, BoardsFeature))


def open_dialog(desktop: Desktop, qtbot: QtBot, kind: Kind = "png") -> ExportDialog:
    """The dialog with its preview drawn."""
    feature(desktop).export_action.trigger()
    dialog = desktop.window.findChildren(ExportDialog)[-1]
    choose(dialog.kind, kind)
    qtbot.waitUntil(lambda: not dialog.preview.pixmap().isNull(), timeout=TIMEOUT_MS)
    return dialog


def choose(box: object, value: object) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]


def export(dialog: ExportDialog, out: Path, desktop: Desktop, qtbot: QtBot) -> ExportReport:
    with qtbot.waitSignal(dialog._exporting.done, timeout=TIMEOUT_MS) as done:
        dialog.export_to(out)
    settle(desktop, qtbot)
    report: ExportReport = done.args[0]
    return report


def share(image: Image.Image, box: tuple[int, int, int, int], colour: tuple[int, ...]) -> float:
    """Which share of a part of a picture has about a colour."""
    part = np.asarray(image.convert("RGB").crop(box)).astype(int)
    return float((np.abs(part - colour) < 40).all(axis=2).mean())


def test_a_contact_sheet_shows_every_picture_and_what_is_missing(
    filled: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    (pictures / NAMES[2]).unlink()
    dialog = open_dialog(filled, qtbot)
    choose(dialog.scale, 1)
    out = tmp_path / "rings.png"
    report = export(dialog, out, filled, qtbot)
    assert (report.pictures, [one.name for one in report.missing]) == (2, [NAMES[2]])
    image = Image.open(out)
    assert image.width == 1200
    cell = (1200 - 64 - 4 * 20) // 5
    top = next(y for y in range(60, 200) if share(image, (32, y, 32 + cell, y + 1), CRIMSON) > 0)
    first = (32, top, 32 + cell, top + round(cell * 0.75))
    assert share(image, first, CRIMSON) > 0.03
    second = (52 + cell, top, 52 + 2 * cell, first[3])
    assert share(image, second, CRIMSON) == 0
    assert share(image, second, (46, 139, 87)) > 0.03
    third = (72 + 2 * cell + 4, top, 72 + 3 * cell - 4, top + 10)
    assert share(image, third, (240, 239, 236)) > 0.9, "a placeholder stands for what is missing"
    assert NAMES[2] in dialog.said.text()
    shown: list[Path] = []
    monkeypatch.setattr(file_actions, "reveal", shown.append)
    dialog.reveal_button.click()
    assert shown == [out]
    dialog.reject()


def test_a_canvas_is_exported_as_it_is_arranged(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, NAMES[0], NAMES[1])
    first, second = stored(filled, "Rings").images
    filled.workspace.boards.open(stored(filled, "Rings").board_id)
    filled.workspace.boards.place({first: Place(0, 0, 100), second: Place(500, 200, 200)})
    settle(filled, qtbot)
    dialog = open_dialog(filled, qtbot)
    choose(dialog.arrangement, "canvas")
    for check in (dialog.captions, dialog.notes, dialog.sources):
        check.setChecked(False)
    choose(dialog.scale, 2)
    export(dialog, tmp_path / "canvas.png", filled, qtbot)
    image = Image.open(tmp_path / "canvas.png")
    assert image.width == 2 * (700 + 64)
    small = image.height - 2 * (32 + 400)
    assert share(image, (64, small, 264, small + 200), CRIMSON) > 0.03
    assert share(image, (1064, small + 400, 1464, small + 800), (46, 139, 87)) > 0.03
    assert share(image, (300, small + 300, 1000, small + 700), (255, 255, 255)) == 1
    dialog.reject()
    again = open_dialog(filled, qtbot)
    assert again.arrangement.currentData() == "canvas", "what was chosen last is remembered"
    assert not again.captions.isChecked()
    again.reject()


def pdf_texts(data: bytes) -> str:
    """All characters that the fonts of a PDF say they draw."""
    unpacked = b""
    for match in re.finditer(rb"(?<!end)stream\r?\n", data):
        with suppress(zlib.error):
            unpacked += zlib.decompressobj().decompress(data[match.end() :]) + b"\n"
    assert b" Tf" in unpacked, "text is drawn with a font, not as curves"
    assert b" Tj" in unpacked
    maps = data + unpacked  # of characters; some writers pack them
    ranges = b" ".join(re.findall(rb"beginbfrange(.*?)endbfrange", maps, re.DOTALL))
    lists = b" ".join(re.findall(rb"\[(.*?)\]", ranges, re.DOTALL))
    return "".join(chr(int(code, 16)) for code in re.findall(rb"<([0-9A-Fa-f]{4})>", lists))


def test_a_document_has_pages_of_the_chosen_paper_and_real_text(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    files = filled.workspace.collection.files
    make_board(filled, "Qx rings", qtbot, *(files.path(row).name for row in range(24)))
    dialog = open_dialog(filled, qtbot, "pdf")
    dialog.landscape.setChecked(False)
    report = export(dialog, tmp_path / "b.pdf", filled, qtbot)
    assert report.pictures == 24
    data = (tmp_path / "b.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert data.rstrip().endswith(b"%%EOF")
    pages = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", data)
    assert len(pages) > 1
    assert [round(float(edge)) for edge in pages[0]] == [595, 842]
    assert set("Qxrings") <= set(pdf_texts(data))
    choose(dialog.arrangement, "canvas")
    export(dialog, tmp_path / "c.pdf", filled, qtbot)
    whole = (tmp_path / "c.pdf").read_bytes()
    assert len(re.findall(rb"/MediaBox", whole)) == 1, "a canvas is one page of its own size"
    dialog.reject()


def test_a_page_and_a_folder_are_written_too(
    filled: Desktop, pictures: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    dialog = open_dialog(filled, qtbot, "html")
    assert dialog.arrangement.isHidden()
    export(dialog, tmp_path / "b.html", filled, qtbot)
    assert (tmp_path / "b.html").read_text("utf-8").count("data:image/jpeg") == 3
    choose(dialog.kind, "folder")
    for number in ("", " 2"):
        picker = dialog.choose_place()
        assert picker.fileMode() == QFileDialog.FileMode.Directory
        with qtbot.waitSignal(dialog._exporting.done, timeout=TIMEOUT_MS):
            picker.fileSelected.emit(str(tmp_path))
        settle(filled, qtbot)
        picker.close()
        copied = tmp_path / f"Rings{number}" / f"001 {NAMES[0]}"
        assert copied.read_bytes() == (pictures / NAMES[0]).read_bytes()
    dialog.reject()


def test_what_fails_or_is_cancelled_is_said_and_leaves_nothing(
    filled: Desktop, tmp_path: Path, qtbot: QtBot
) -> None:
    make_board(filled, "Rings", qtbot, *NAMES)
    dialog = open_dialog(filled, qtbot)
    with qtbot.waitSignal(dialog._exporting.failed, timeout=TIMEOUT_MS):
        dialog.export_to(tmp_path / "none" / "b.png")
    settle(filled, qtbot)
    assert "cannot be written" in dialog.said.text()
    assert dialog.export_button.isEnabled()
    dialog.export_to(tmp_path / "b.png")
    dialog.reject()
    settle(filled, qtbot)
    assert not (tmp_path / "b.png").exists()
    assert not list(tmp_path.glob(".*.part"))
    assert dialog.isVisible(), "cancelling an export is not closing the dialog"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_there_is_nothing_to_export_without_pictures(filled: Desktop, qtbot: QtBot) -> None:
    assert not feature(filled).export_action.isEnabled()
    make_board(filled, "Empty", qtbot)
    page = open_page(filled, qtbot)
    page.head.take_button.click()
    assert "nothing on this board" in filled.window.parts.strip.text.text()
