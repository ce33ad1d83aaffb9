"""How far a person is with the groups of a file, and whether all of it is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import verify_phrases
from relsim_desktop.presenters.verifying import Verifying
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.verify.keys import KeyButton

if TYPE_CHECKING:
    from relsim_desktop.presenters.decisions import Decisions


class VerifyHeader(QWidget):
    """Shows a `Verifying`'s place and count, and what is wrong with its file."""

    close_asked = Signal()
    solve_asked = Signal()
    """The person wants to do something about decisions that are not on disk."""

    def __init__(self, theme: Theme, verifying: Verifying) -> None:
        super().__init__()
        self._verifying = verifying
        self.place = label(theme, scale=1.25, bold=True)
        self.tally = label(theme, muted=True)
        self.file = ElidedLabel(theme, scale=0.9, muted=True)
        self.file.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.close_button = KeyButton(theme, tr("Close"), tr("Esc"))
        self.progress = VerifiedBar(theme)
        self.trouble = QFrame()
        self.trouble.setObjectName("trouble")
        self.trouble_text = label(theme)
        self.trouble_text.setProperty("danger", True)
        self.trouble_text.setWordWrap(True)
        self.solve_button = push_button(tr("Try again"))
        self.close_button.clicked.connect(self.close_asked)
        self.solve_button.clicked.connect(self.solve_asked)
        verifying.changed.connect(self._on_changed)
        verifying.kept.connect(self._on_kept)
        self._lay_out()
        self._on_kept()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.place)
        top.addWidget(self.tally)
        top.addWidget(self.file, 1)
        top.addWidget(self.close_button)
        inside = QHBoxLayout(self.trouble)
        inside.setContentsMargins(16, 8, 8, 8)
        inside.setSpacing(12)
        inside.addWidget(self.trouble_text, 1)
        inside.addWidget(self.solve_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.progress)
        layout.addWidget(self.trouble)

    def _on_changed(self) -> None:
        decisions, path = self._verifying.decisions, self._verifying.path
        self.place.setText(verify_phrases.place(decisions))
        self.tally.setText(verify_phrases.tally(decisions))
        self.file.full_text = str(path) if path is not None else ""
        self.progress.show_counts(decisions)

    def _on_kept(self) -> None:
        trouble = self._verifying.trouble
        self.trouble.setVisible(trouble is not None)
        self.trouble_text.setText(trouble.text if trouble is not None else "")
        conflict = self._verifying.is_conflicting
        self.solve_button.setText(tr("Choose what to keep…") if conflict else tr("Try again"))


class VerifiedBar(QWidget):
    """The shares of accepted, rejected and undecided groups."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares = (0.0, 0.0)
        self.setFixedHeight(6)
        theme.changed.connect(self.update)

    def show_counts(self, decisions: Decisions) -> None:
        """Show how many there are of each."""
        total = max(1, len(decisions))
        self._shares = (decisions.count("accepted") / total, decisions.count("rejected") / total)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shares side by side."""
        colors, (accepted, rejected) = self._theme.colors, self._shares
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPainterPath()
        edge.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(edge)
        painter.fillRect(self.rect(), colors.track)
        width, height = self.width(), self.height()
        painter.fillRect(QRectF(0, 0, accepted * width, height), colors.accent)
        left = accepted * width
        painter.fillRect(QRectF(left, 0, rejected * width, height), colors.attribute)
        painter.end()
