"""How two pictures are looked at: beside or over one another, how near, and which part."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QObject, QPointF, Signal

STEP = 1.25
"""One step of the zoom."""

_NEAREST = 8.0  # picture pixels are shown at most so large
_FARTHEST = 1.0  # of the fitted size; a picture smaller than the frame goes down to its own size


class PairMode(Enum):
    """How the two are laid out; the value is what is remembered."""

    SIDES = "sides"
    SWIPE = "swipe"
    OVERLAY = "overlay"
    BLINK = "blink"


class PairView(QObject):
    """Zoom and place are the same for both pictures in every mode.

    Each picture is fitted into the same frame, centred and as large as goes. Places are in parts of
    the frame, 0 to 1 from its top left, so that they mean the same in frames of other sizes.
    """

    changed = Signal()
    """Something about what is painted."""

    mode_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._mode = PairMode.SIDES
        self._zoom = 1.0
        self._centre = QPointF(0.5, 0.5)
        self._divider = 0.5
        self._opacity = 0.5
        self._is_difference = False
        self._shows_b = False
        self._natural = 1.0

    @property
    def mode(self) -> PairMode:
        """How the two are laid out."""
        return self._mode

    @mode.setter
    def mode(self, mode: PairMode) -> None:
        if mode is not self._mode:
            self._mode = mode
            self._shows_b = False
            self.mode_changed.emit()
            self.changed.emit()

    def next_mode(self) -> None:
        """Go through the modes."""
        modes = list(PairMode)
        self.mode = modes[(modes.index(self._mode) + 1) % len(modes)]

    # --- near and far -----------------------------------------------------------------------------

    @property
    def zoom(self) -> float:
        """1 where the pictures fit their frame."""
        return self._zoom

    @property
    def natural(self) -> float:
        """The zoom at which the picture with more pixels is shown one to one."""
        return self._natural

    @natural.setter
    def natural(self, natural: float) -> None:
        if abs(natural - self._natural) > 1e-6:
            self._natural = natural
            self.changed.emit()

    @property
    def is_fitted(self) -> bool:
        """Whether all of the pictures shows."""
        return abs(self._zoom - 1.0) < 1e-6

    @property
    def percent(self) -> int:
        """How large a pixel of the picture is on the screen."""
        return round(100 * self._zoom / self._natural)

    @property
    def centre(self) -> QPointF:
        """The place in the middle of the view."""
        return self._centre

    def zoom_to(self, zoom: float, about: QPointF | None = None) -> None:
        """Come nearer or go away.

        Args:
            zoom: Is kept within bounds.
            about: The point of the view that stays where it is, in parts of its size; None for the
                middle.
        """
        low = min(_FARTHEST, self._natural)
        zoom = max(low, min(zoom, _NEAREST * max(1.0, self._natural)))
        if about is not None:
            offset = about - QPointF(0.5, 0.5)
            self._centre = self._centre + offset / self._zoom - offset / zoom
        self._zoom = zoom
        self._keep_inside()
        self.changed.emit()

    def step(self, steps: float, about: QPointF | None = None) -> None:
        """Zoom by steps."""
        self.zoom_to(self._zoom * STEP**steps, about)

    def fit(self) -> None:
        """Show all of the pictures."""
        self.zoom_to(1.0)

    def toggle_natural(self) -> None:
        """One to one, or fitted again."""
        is_natural = abs(self._zoom - self._natural) < 1e-6
        self.zoom_to(1.0 if is_natural else self._natural)

    def pan(self, by: QPointF) -> None:
        """Move the pictures by parts of the view's size."""
        self._centre = self._centre - by / self._zoom
        self._keep_inside()
        self.changed.emit()

    def _keep_inside(self) -> None:
        half = 0.5 / self._zoom
        if half >= 0.5:
            self._centre = QPointF(0.5, 0.5)
        else:
            x = max(half, min(self._centre.x(), 1 - half))
            y = max(half, min(self._centre.y(), 1 - half))
            self._centre = QPointF(x, y)

    # --- over one another -------------------------------------------------------------------------

    @property
    def divider(self) -> float:
        """Where B begins when swiping, in parts of the view's width."""
        return self._divider

    @divider.setter
    def divider(self, divider: float) -> None:
        self._divider = max(0.0, min(divider, 1.0))
        self.changed.emit()

    @property
    def opacity(self) -> float:
        """Of B over A."""
        return self._opacity

    @opacity.setter
    def opacity(self, opacity: float) -> None:
        self._opacity = max(0.0, min(opacity, 1.0))
        self.changed.emit()

    @property
    def is_difference(self) -> bool:
        """Whether the overlay shows how the two differ: black where they are equal."""
        return self._is_difference

    @is_difference.setter
    def is_difference(self, is_difference: bool) -> None:
        if is_difference != self._is_difference:
            self._is_difference = is_difference
            self.changed.emit()

    @property
    def shows_b(self) -> bool:
        """Whether B shows while blinking."""
        return self._shows_b

    @shows_b.setter
    def shows_b(self, shows_b: bool) -> None:
        if shows_b != self._shows_b:
            self._shows_b = shows_b
            self.changed.emit()
