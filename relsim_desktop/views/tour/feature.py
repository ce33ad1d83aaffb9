"""The tour: a few steps over the real window, for whoever is here for the first time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMetaObject, Qt, QTimer, SignalInstance

from relsim_desktop.translation import tr
from relsim_desktop.views.tour.steps import STEPS, Step
from relsim_desktop.views.window.feature import Feature, Host

if TYPE_CHECKING:
    from relsim_desktop.views.tour.overlay import TourOverlay


_STEP: Final = "tour/step"
_SETTLE_MS: Final = 900  # what a person has done should be seen before the next step comes


class TourFeature(Feature):
    """Goes on by itself when a person does what it says; it can be left at any time."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._overlay: TourOverlay | None = None
        self._steps: list[Step] = []
        self._at = -1
        self._watched: list[tuple[SignalInstance, QMetaObject.Connection]] = []
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self.next)
        self.action = self.add_action("help/help", tr("Take the &tour"), self.start)
        self.action.setObjectName("tourAction")
        host.parts.empty.tour_asked.connect(self.start)

    @property
    def overlay(self) -> TourOverlay:
        """What lies over the window; it is built now if it was not."""
        from relsim_desktop.views.tour.overlay import TourOverlay

        if self._overlay is None:
            self._overlay = TourOverlay(self.host.theme, self.host.window)
            card = self._overlay.card
            card.back_asked.connect(self.back)
            card.next_asked.connect(self.next)
            card.end_asked.connect(self.leave)
        return self._overlay

    @property
    def step(self) -> Step | None:
        """The step of now; None while there is no tour."""
        return self._steps[self._at] if 0 <= self._at < len(self._steps) else None

    def start(self) -> None:
        """Begin, or go on where it was left."""
        self._unwatch()  # of the steps that were
        self._steps = [step for step in STEPS if step.is_needed(self.host)]
        left = self.host.settings.read_text(_STEP)
        names = [step.name for step in self._steps]
        self._show(names.index(left) if left in names else 0)
        self.overlay.card.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> None:
        """The next step, or the end."""
        if self._at + 1 < len(self._steps):
            self._show(self._at + 1)
        else:
            self._end("")

    def back(self) -> None:
        """The step before."""
        self._show(max(self._at - 1, 0))

    def leave(self) -> None:
        """End it here; the help leads back to this step."""
        step = self.step
        self._end("" if step is None else step.name)

    def shut_down(self) -> None:
        """Leave with the window."""
        if self.step is not None:
            self.leave()

    def _show(self, at: int) -> None:
        self._unwatch()
        self._at = at
        step = self._steps[at]
        self.host.settings.write(_STEP, step.name)
        target = step.target(self.host)
        if step.name == "index":
            self.host.parts.leave_page(self.host.workspace)
        elif not self.host.parts.is_browsing:
            self.host.parts.show_browser()
        self.overlay.card.say(
            tr("Step {number} of {all}").format(number=at + 1, all=len(self._steps)),
            tr(step.title),
            tr(step.text),
            is_first=at == 0,
            is_last=at + 1 == len(self._steps),
        )
        self.overlay.show(target)
        self._watched = [(signal, signal.connect(self._on_done)) for signal in step.done(self.host)]

    def _on_done(self, *_: object) -> None:
        if self._at + 1 < len(self._steps):
            self._settling.start()

    def _unwatch(self) -> None:
        self._settling.stop()
        for signal, connection in self._watched:
            signal.disconnect(connection)
        self._watched = []

    def _end(self, left_at: str) -> None:
        self._unwatch()
        self._at = -1
        self.host.settings.write(_STEP, left_at)
        self.overlay.hide()
        if not left_at:
            self.host.parts.strip.say(tr("That was the tour. F1 opens the help at any time"))
