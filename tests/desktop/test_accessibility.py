"""Every page and dialog for everybody: screen readers, the keyboard, colours, contrast."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCalendarWidget,
    QCheckBox,
    QMenu,
    QMenuBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

import relsim_desktop
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.theme import Colors, Theme
from relsim_desktop.views.boards.dialog import BoardDialog
from relsim_desktop.views.dialogs import AboutDialog
from relsim_desktop.views.help.feature import HelpFeature
from relsim_desktop.views.help.shortcuts_dialog import ShortcutsDialog
from relsim_desktop.views.palette.feature import PaletteFeature
from relsim_desktop.views.tour.feature import TourFeature
from relsim_desktop.views.window.feature import PageFeature
from resources import ROOT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SOURCE = Path(relsim_desktop.__file__).parent

FIXED_COLOURS = {
    "filter_phrases.py",  # colours of pictures that a filter offers
    "views/picture_box.py",  # a picture with holes is laid on white, like paper
    "operations/pair_pictures.py",
    "operations/pictures.py",  # half transparent grey, which both themes bear
    "views/compare/stage.py",  # what is laid over a picture is black or white, whatever the theme
    "views/tour/overlay.py",  # a shade is black in both themes
}


def within(root: QWidget) -> list[QWidget]:
    """What the keyboard can reach in a window as it is shown now."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is root.window()
        and not isinstance(widget, (QMenu, QMenuBar))
        and not _is_inner(widget)
    ]


def _is_inner(widget: QWidget) -> bool:
    """Parts of one control, such as the line in a spin box, belong to it."""
    parent = widget.parentWidget()
    while parent is not None:
        if parent.focusProxy() is widget or widget.focusProxy() is parent:
            return True
        if isinstance(parent, QCalendarWidget) or parent.inherits("QAbstractSpinBox"):
            return True
        if parent.inherits("QComboBox"):
            return True
        parent = parent.parentWidget()
    return False


def complaints(root: QWidget) -> list[str]:
    """What is wrong with a window or page."""
    found = []
    for widget in within(root):
        what = f"{type(widget).__name__} {widget.objectName()!r} in {type(root).__name__}"
        face = QAccessible.queryAccessibleInterface(widget)
        name = face.text(QAccessible.Text.Name) if face is not None else ""
        if not name.strip() and not widget.accessibleName().strip():
            found.append(f"{what} has no accessible name")
        is_icon = isinstance(widget, QAbstractButton) and not widget.text()
        if is_icon and not widget.toolTip() and not isinstance(widget, QCheckBox):
            found.append(f"{what} ({name}) has no tooltip")
    return found


def unreachable(root: QWidget) -> list[str]:
    """What Tab never comes to, going through the whole window once."""
    window = root.window()
    seen: list[QWidget] = []
    at = window.nextInFocusChain()
    while at not in seen:
        seen.append(at)
        at = at.nextInFocusChain()
    return [f"{type(widget).__name__}" for widget in within(root) if widget not in seen]


def pages(desktop: Desktop, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Every page of the window, one after the other."""
    window = desktop.window
    yield "browser", window
    window.verbs.compare.setChecked(True)
    yield "comparison", window
    window.verbs.compare.setChecked(False)
    window.verbs.boards.setChecked(True)
    yield "boards", window
    window.verbs.boards.setChecked(False)
    for feature in window.features:
        if isinstance(feature, PageFeature):
            feature.show_action.setEnabled(True)
            feature.show_action.setChecked(True)
            qtbot.wait(50)
            yield type(feature).__name__, window
            feature.show_action.setChecked(False)


def test_every_page_speaks_and_is_reached_by_keyboard(
    filled: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    filled.window.resize(1500, 950)
    answer(filled, lambda: filled.window.ask(Question(path=pictures / "ring-crimson.png")), qtbot)
    with qtbot.waitSignal(filled.workspace.boards.said, timeout=TIMEOUT_MS):
        filled.workspace.boards.create("Growth", [1, 2])
    wrong = []
    for name, page in pages(filled, qtbot):
        assert within(page), "what is looked at is there"
        wrong += [f"{name}: {text}" for text in complaints(page)]
        wrong += [f"{name}: Tab never reaches a {text}" for text in unreachable(page)]
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_empty_window_and_every_dialog_speak(desktop: Desktop, qtbot: QtBot) -> None:
    window = desktop.window
    qtbot.waitUntil(window.parts.empty.isVisible)
    qtbot.waitUntil(lambda: desktop.workspace.models.inventory is not None, timeout=TIMEOUT_MS)
    tour = next(one for one in window.features if isinstance(one, TourFeature))
    palette = next(one for one in window.features if isinstance(one, PaletteFeature))
    help_feature = next(one for one in window.features if isinstance(one, HelpFeature))
    tour.start()
    palette.open()
    wrong = complaints(window)
    palette.box.dismiss()
    tour.leave()
    window.verbs.shortcuts.trigger()
    window.verbs.about.trigger()
    dialogs: list[QWidget] = [
        window.dialogs.show_models(),
        window.dialogs.show_failures(),
        help_feature.open(),
        window.judging.new_board(),
        *window.findChildren(ShortcutsDialog),
        *window.findChildren(AboutDialog),
    ]
    assert any(isinstance(dialog, BoardDialog) for dialog in dialogs)
    assert len(dialogs) == 6
    for dialog in dialogs:
        wrong += complaints(dialog)
        wrong += [f"{type(dialog).__name__}: {text}" for text in unreachable(dialog)]
        dialog.close()
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_keyboard_goes_round_a_page(filled: Desktop, qtbot: QtBot) -> None:
    """Tab alone comes to the grid, the neighbors and the buttons around them."""
    parts = filled.window.parts
    parts.search.setFocus()
    met = set[int]()
    for _ in range(80):
        widget = QApplication.focusWidget()
        assert widget is not None
        if id(widget) in met and widget is parts.search:
            break
        met.add(id(widget))
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
    for widget in (parts.search, parts.collection.view, parts.compare_button, parts.open_button):
        assert id(widget) in met, widget


def test_no_colour_is_fixed_outside_the_themes() -> None:
    wrong = []
    for path in sorted(SOURCE.rglob("*.py")):
        name = path.relative_to(SOURCE).as_posix()
        if name in FIXED_COLOURS or name.startswith("exporting/"):  # paper is white
            continue
        text = path.read_text("utf-8")
        for found in re.finditer(
            r"[\"'][^\"'\n]*#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b[^;]|GlobalColor\.(?:white|black)\b"
            r"|QColor\(\s*[0-9\"']",
            text,
        ):
            line = text[: found.start()].count("\n") + 1
            wrong.append(f"{name}:{line}: {found[0]}")
    assert not wrong, "\n".join(wrong)
    assert all((SOURCE / name).is_file() for name in FIXED_COLOURS)


def luminance(color: QColor) -> float:
    parts = [color.redF(), color.greenF(), color.blueF()]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: QColor, b: QColor) -> float:
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_texts_stand_out(qapp: QApplication, choice: str) -> None:
    colors: Colors = Theme(qapp, choice).colors
    for text, grounds in {
        "text": ("window", "canvas", "card", "hover", "accent_tint"),
        "muted": ("window", "canvas", "card", "hover"),
        "accent_text": ("window", "canvas", "card", "accent_tint"),
        "on_accent": ("accent", "accent_hover"),
        "danger": ("window", "canvas", "card", "hover"),
    }.items():
        for ground in grounds:
            reached = contrast(getattr(colors, text), getattr(colors, ground))
            assert reached >= 4.5, f"{text} on {ground}: {reached:.2f}"


def test_icons_are_crisp_at_every_scale(qapp: QApplication) -> None:
    theme = Theme(qapp, "light")
    for path in (ROOT / "icons").glob("*.svg"):
        for scale in (1, 2, 3):
            drawing = theme.drawing(path.stem, theme.colors.text, 20, scale)
            assert drawing.width() == 20 * scale
            assert drawing.devicePixelRatio() == scale


def test_pixmaps_know_the_scale_of_their_screen() -> None:
    """A pixmap that is made by its size alone would be blurred on a dense screen."""
    for path in sorted(SOURCE.rglob("*.py")):
        text = path.read_text("utf-8")
        makers = [
            node
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "QPixmap"
            and node.args
        ]
        assert not makers or "setDevicePixelRatio" in text, f"{path.name} draws at 1x only"
