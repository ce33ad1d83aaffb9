"""What the pixels say: slots, bars, focus, both themes, and sharpness on HiDPI screens."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from relsim_desktop.theme import ICON_EDGE, Theme
from relsim_desktop.views.slot_text import CaptionLabel, SlotText
from relsim_desktop.views.tile_painting import draw_bar

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CAPTION = "A {Subject} emerges step by step, and {Another Thing}, from {Frame}"


@pytest.fixture(params=["light", "dark"])
def theme(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Theme]:
    made = Theme(qapp, request.param)
    yield made
    made.choice = "light"


def paint(text: SlotText, theme: Theme, scale: float = 1.0) -> QImage:
    image = QImage(round(400 * scale), round(200 * scale), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(theme.colors.card)
    painter = QPainter(image)
    text.draw(painter, QPointF(0, 0), theme.colors)
    painter.end()
    return image


def count(image: QImage, color: QColor) -> int:
    return sum(
        image.pixelColor(x, y) == color for x in range(image.width()) for y in range(image.height())
    )


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_slots_are_tinted_at_every_scale(theme: Theme, scale: float) -> None:
    slots = paint(SlotText(CAPTION, theme.font(), 380), theme, scale)
    plain = paint(SlotText(CAPTION.replace("{", "").replace("}", ""), theme.font(), 380), theme)
    assert count(slots, theme.colors.accent_tint) > 500 * scale * scale
    assert count(plain, theme.colors.accent_tint) == 0


def test_a_caption_breaks_into_lines_and_ends_in_an_ellipsis(theme: Theme) -> None:
    font = QFont(theme.font())
    one = SlotText("A {Subject}", font, 400).height
    assert SlotText(CAPTION, font, 160).height >= 3 * one
    assert SlotText(CAPTION, font, 160, max_lines=2).height == 2 * one
    assert SlotText("", font, 160).height == one


def test_a_caption_label_grows_with_its_text(theme: Theme, qtbot: QtBot) -> None:
    label = CaptionLabel(theme)
    qtbot.addWidget(label)
    label.text = CAPTION
    assert label.accessibleName() == CAPTION
    assert label.heightForWidth(120) > label.heightForWidth(600)
    label.resize(300, 80)
    assert count(label.grab().toImage(), theme.colors.accent_tint) > 100


@pytest.mark.parametrize("value", [-0.4, 0.0, math.nan, 0.5, 1.0])
def test_a_bar_shows_its_value(theme: Theme, value: float) -> None:
    image = QImage(200, 10, QImage.Format.Format_RGB32)
    image.fill(theme.colors.card)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_bar(painter, QRectF(0, 0, 200, 10), value, theme.colors.accent, theme.colors.track)
    painter.end()
    filled = sum(image.pixelColor(x, 5) == theme.colors.accent for x in range(200))
    share = 0.0 if math.isnan(value) else max(0.0, value)
    assert abs(filled - 200 * share) <= 10


def test_icons_follow_the_theme(qapp: QApplication, qtbot: QtBot) -> None:
    theme, button = Theme(qapp, "light"), QToolButton()
    qtbot.addWidget(button)
    theme.bind_icon(button, "compare")
    before = button.icon().pixmap(ICON_EDGE).toImage()
    theme.choice = "dark"
    assert button.icon().pixmap(ICON_EDGE).toImage() != before
    theme.choice = "light"
    assert button.icon().pixmap(ICON_EDGE).toImage() == before


def test_icons_are_sharp_on_hidpi_screens(theme: Theme) -> None:
    drawing = theme.drawing("compare", theme.colors.text, 20, 2.0)
    assert drawing.size().toTuple() == (40, 40)
    assert drawing.deviceIndependentSize().toTuple() == (20.0, 20.0)


def test_text_can_be_read_on_every_ground(theme: Theme) -> None:
    colors = theme.colors
    for text, ground in (
        (colors.text, colors.window),
        (colors.muted, colors.window),
        (colors.muted, colors.card),
        (colors.accent_text, colors.accent_tint),
        (colors.on_accent, colors.accent),
        (colors.danger, colors.card),
    ):
        assert contrast(text, ground) >= 4.5, (text.name(), ground.name())


def contrast(a: QColor, b: QColor) -> float:
    """Ratio of luminances after WCAG 2."""
    light, dark = sorted((luminance(a), luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: QColor) -> float:
    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(v) for v in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_systems_scheme_is_followed_only_when_asked(qapp: QApplication) -> None:
    theme = Theme(qapp, "system")
    assert theme.is_dark == (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    theme.choice = "dark"
    assert theme.is_dark
    theme.choice = "light"
    assert not theme.is_dark
