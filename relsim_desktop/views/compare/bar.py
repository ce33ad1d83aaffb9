"""The tool bar of the comparison: how the two are laid out, how near, and what else there is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSlider, QToolButton, QWidget

from relsim_desktop.presenters.pair_view import PairMode, PairView
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button, text_button
from relsim_desktop.views.labels import label


def _modes() -> tuple[tuple[PairMode, str, str, str], ...]:
    """Each mode with its icon, its name with its key, and what it is good for."""
    return (
        (
            PairMode.SIDES,
            "compare",
            tr("Side by side"),
            tr("Both next to one another (V goes through the views)"),
        ),
        (
            PairMode.SWIPE,
            "swipe",
            tr("Swipe (S)"),
            tr("Drag a divider over both, or move it with the arrow keys"),
        ),
        (PairMode.OVERLAY, "overlay", tr("Overlay (O)"), tr("B over A, as opaque as you like")),
        (PairMode.BLINK, "blink", tr("Blink (F)"), tr("A, and B while the space bar is held")),
    )


class CompareBar(QWidget):
    """Shows a `PairView`, and changes it.

    Attributes:
        tools: What only some modes need; it belongs under the pictures.
        ends: For what the page adds at the end; it stays enabled without pictures.
    """

    stage_asked = Signal()
    """The keyboard should go to the pictures."""

    def __init__(self, theme: Theme, view: PairView, swap: QToolButton) -> None:
        super().__init__()
        self._view = view
        self.modes: dict[PairMode, QToolButton] = {}
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.difference = text_button(theme, "overlay", tr("Difference (D)"))
        self.flip = push_button(tr("Hold to see B"))
        self.out = icon_button(theme, "minus", tr("Smaller"), tooltip=tr("Smaller (−)"))
        self.closer = icon_button(theme, "add", tr("Larger"), tooltip=tr("Larger (+)"))
        self.percent = label(theme, muted=True)
        self.fit = push_button(tr("Fit"), link=True)
        self.natural = push_button("1:1", link=True)
        self.swap = swap
        self.tools = QWidget()
        self.ends: QHBoxLayout = QHBoxLayout()
        self._inside = QWidget()
        self._is_terse = False
        self._full = 0
        self._lay_out(theme)
        self._wire()
        self._on_changed()

    @property
    def tab_order(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return (*self.modes.values(), self.out, self.closer, self.fit, self.natural)

    def _lay_out(self, theme: Theme) -> None:
        row = QHBoxLayout(self._inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        group = QButtonGroup(self)
        for mode, icon, name, tip in _modes():
            button = text_button(theme, icon, name, tooltip=tip)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, mode=mode: self._on_mode(mode))
            group.addButton(button)
            self.modes[mode] = button
            row.addWidget(button)
        self.opacity.setRange(0, 100)
        self.opacity.setFixedWidth(240)
        self.opacity.setAccessibleName(tr("How opaque B is"))
        self.opacity.setToolTip(tr("How opaque B is (arrow keys on the pictures)"))
        self.difference.setCheckable(True)
        self.difference.setToolTip(tr("How the two differ: black where they are equal (D)"))
        self.flip.setToolTip(tr("Shows B while it is held; so does the space bar"))
        self.fit.setToolTip(tr("All of both pictures (0)"))
        self.natural.setToolTip(
            tr("One pixel of the picture with more pixels on one of the screen (Z)")
        )
        self.natural.setAccessibleName(tr("One to one"))
        self.percent.setMinimumWidth(48)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        tools = QHBoxLayout(self.tools)
        tools.setContentsMargins(0, 4, 0, 0)
        tools.setSpacing(12)
        tools.addStretch(1)
        for tool in (self.opacity, self.difference, self.flip):
            tools.addWidget(tool)
        tools.addStretch(1)
        row.addStretch(1)
        for part in (self.out, self.percent, self.closer, self.fit, self.natural):
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.swap)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self._inside, 1)
        whole.addLayout(self.ends)

    def allow(self, *, pictures: int) -> None:
        """Say how many pictures there are; modes need two of them."""
        self._inside.setEnabled(pictures > 0)
        for mode, button in self.modes.items():
            button.setEnabled(pictures == 2 or mode is PairMode.SIDES)

    def minimumSizeHint(self) -> QSize:
        """What icons without their names need."""
        size = super().minimumSizeHint()
        if not self._is_terse:
            size.setWidth(size.width() - sum(map(_name_width, self._named)))
        return size

    def event(self, event: QEvent) -> bool:
        """Leave the names out where there is no room for them."""
        done = super().event(event)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._fit()
        return done

    @property
    def _named(self) -> tuple[QToolButton, ...]:
        return (*self.modes.values(), self.swap)

    def _fit(self) -> None:
        if not self._is_terse:
            self._full = super().minimumSizeHint().width()
        is_terse = self.width() < self._full
        if is_terse == self._is_terse:
            return
        self._is_terse = is_terse
        styles = Qt.ToolButtonStyle
        style = styles.ToolButtonIconOnly if is_terse else styles.ToolButtonTextBesideIcon
        for button in self._named:
            button.setToolButtonStyle(style)
        self._inside.updateGeometry()  # at once, or what is asked meanwhile is the old width
        for mode, _, name, tip in _modes():
            self.modes[mode].setToolTip(f"{name}\n{tip}" if is_terse else tip)

    def _wire(self) -> None:
        view = self._view
        self.opacity.valueChanged.connect(self._on_opacity)
        self.difference.toggled.connect(lambda is_on: setattr(view, "is_difference", is_on))
        self.flip.pressed.connect(lambda: setattr(view, "shows_b", True))
        self.flip.released.connect(lambda: setattr(view, "shows_b", False))
        self.out.clicked.connect(lambda: view.step(-1))
        self.closer.clicked.connect(lambda: view.step(1))
        self.fit.clicked.connect(view.fit)
        self.natural.clicked.connect(lambda: view.zoom_to(view.natural))
        view.changed.connect(self._on_changed)

    def _on_mode(self, mode: PairMode) -> None:
        self._view.mode = mode
        self.stage_asked.emit()

    def _on_opacity(self, percent: int) -> None:
        if percent != round(100 * self._view.opacity):
            self._view.opacity = percent / 100

    def _on_changed(self) -> None:
        view = self._view
        is_overlay = view.mode is PairMode.OVERLAY
        self.modes[view.mode].setChecked(True)
        self.opacity.setVisible(is_overlay)
        self.opacity.setEnabled(not view.is_difference)
        self.opacity.setValue(round(100 * view.opacity))
        self.difference.setVisible(is_overlay)
        self.difference.setChecked(view.is_difference)
        self.flip.setVisible(view.mode is PairMode.BLINK)
        self.tools.setVisible(view.mode in (PairMode.OVERLAY, PairMode.BLINK))
        self.percent.setText(f"{view.percent} %")


def _name_width(button: QToolButton) -> int:
    """Pixels that a button saves at least without its name."""
    return button.fontMetrics().horizontalAdvance(button.text())
