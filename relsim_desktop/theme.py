"""Colours, fonts and icons: one light and one dark look, from the files in ``resources/themes``."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, fields
from typing import Protocol

import shiboken6
from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from resources import ROOT

ICON_EDGE = 20
"""Edge of an icon in device-independent pixels."""

_SCALES = (1, 2, 3)  # device pixel ratios that icons are drawn for


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of a theme; the names are those of the JSON files and the stylesheet."""

    window: QColor
    canvas: QColor
    card: QColor
    border: QColor
    hover: QColor
    text: QColor
    muted: QColor
    track: QColor
    attribute: QColor
    accent: QColor
    accent_hover: QColor
    accent_text: QColor
    accent_tint: QColor
    on_accent: QColor
    danger: QColor


class TakesIcon(Protocol):
    """A button or an action."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show `icon`."""
        ...


class Theme(QObject):
    """Dresses the application, and again whenever the choice or the system's scheme changes.

    Args:
        application: Gets palette and stylesheet.
        choice: ``system``, ``light`` or ``dark``.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str) -> None:
        super().__init__()
        self._application = application
        self._choice = choice
        self._bound: list[tuple[TakesIcon, str]] = []
        self._drawings: dict[str, str] = {}
        self._drawn: dict[tuple[str, str, int, float], QPixmap] = {}
        self.colors = _load("light")
        font = application.font()
        font.setPointSizeF(
            max(font.pointSizeF(), 10.0)
        )  # smaller defaults are meant for 96 dpi CRTs
        application.setFont(font)
        application.setStyle("fusion")
        application.setWindowIcon(QIcon(str(ROOT / "icons" / "relsim.svg")))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)
        self._apply()

    @property
    def choice(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice

    @choice.setter
    def choice(self, choice: str) -> None:
        if choice != self._choice:
            self._choice = choice
            self._apply()

    @property
    def is_dark(self) -> bool:
        """Whether the dark colours are on."""
        scheme = QGuiApplication.styleHints().colorScheme()
        return self._choice == "dark" or (
            self._choice == "system" and scheme == Qt.ColorScheme.Dark
        )

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """The interface font, larger or smaller."""
        font = QFont(self._application.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def bind_icon(self, target: TakesIcon, name: str) -> None:
        """Give `target` an icon that follows the theme; binding again replaces the icon."""
        self._bound = [pair for pair in self._bound if pair[0] is not target]
        self._bound.append((target, name))
        target.setIcon(self.icon(name))

    def icon(self, name: str) -> QIcon:
        """The icon ``resources/icons/<name>.svg`` in the colours of now."""
        icon = QIcon()
        states = (
            (QIcon.Mode.Normal, QIcon.State.Off, self.colors.text),
            (QIcon.Mode.Normal, QIcon.State.On, self.colors.accent_text),
            (QIcon.Mode.Disabled, QIcon.State.Off, self.colors.attribute),
        )
        for mode, state, color in states:
            for scale in _SCALES:
                icon.addPixmap(self.drawing(name, color, ICON_EDGE, scale), mode, state)
        return icon

    def drawing(self, name: str, color: QColor, edge: int, scale: float) -> QPixmap:
        """An icon as a pixmap.

        Args:
            name: File name without suffix.
            color: Of its lines.
            edge: Device-independent pixels.
            scale: Device pixel ratio.
        """
        asked = (name, color.name(), edge, scale)
        if asked not in self._drawn:
            self._drawn[asked] = self._draw(name, color, edge, scale)
        return self._drawn[asked]

    def _draw(self, name: str, color: QColor, edge: int, scale: float) -> QPixmap:
        if name not in self._drawings:
            self._drawings[name] = (ROOT / "icons" / f"{name}.svg").read_text("utf-8")
        svg = self._drawings[name].replace("currentColor", color.name())
        pixmap = QPixmap(QSize(edge, edge) * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        QSvgRenderer(svg.encode()).render(painter, QRectF(pixmap.rect()))
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _on_scheme_changed(self) -> None:
        if self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        self.colors = _load("dark" if self.is_dark else "light")
        self._drawn.clear()
        self._application.setPalette(_palette(self.colors))
        self._application.setStyleSheet(_stylesheet(self.colors))
        self._bound = [pair for pair in self._bound if shiboken6.isValid(pair[0])]
        for target, name in self._bound:
            target.setIcon(self.icon(name))
        self.changed.emit()


def _load(name: str) -> Colors:
    values = json.loads((ROOT / "themes" / f"{name}.json").read_text("utf-8"))
    return Colors(**{key: QColor(value) for key, value in values.items()})


def _stylesheet(colors: Colors) -> str:
    values = {field.name: getattr(colors, field.name).name() for field in fields(colors)}
    values["icons"] = (ROOT / "icons").as_posix()
    text = (ROOT / "themes" / "style.qss").read_text("utf-8")
    return re.sub(r"@(\w+)", lambda match: values.get(match[1], match[0]), text)


def _palette(colors: Colors) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for of, color in (
        (role.Window, colors.window),
        (role.WindowText, colors.text),
        (role.Base, colors.card),
        (role.AlternateBase, colors.canvas),
        (role.Text, colors.text),
        (role.Button, colors.card),
        (role.ButtonText, colors.text),
        (role.ToolTipBase, colors.card),
        (role.ToolTipText, colors.text),
        (role.PlaceholderText, colors.muted),
        (role.Highlight, colors.accent),
        (role.HighlightedText, colors.on_accent),
        (role.Accent, colors.accent),
        (role.Link, colors.accent_text),
        (role.Mid, colors.border),
        (role.Midlight, colors.hover),
    ):
        palette.setColor(of, color)
    for of in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, of, colors.muted)
    return palette
