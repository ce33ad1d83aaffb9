"""What the slots of two captions may be, pair by pair, for eyes and for the keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from relsim_desktop import why_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import label
from relsim_desktop.views.why.captions import pair_colors

if TYPE_CHECKING:
    from engine.understanding.aligning import Alignment

_BAR = 3.0  # width of the coloured edge


class SlotList(QWidget):
    """One row for each pair of slots, and one for each slot without a partner."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[SlotRow] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(8)

    def show_alignment(self, alignment: Alignment | None) -> None:
        """Show other slots; None for none."""
        for row in self.rows:
            self._rows.removeWidget(row)
            row.deleteLater()
        self.rows = [] if alignment is None else self._made(alignment)
        for row in self.rows:
            self._rows.addWidget(row)
        self.setVisible(bool(self.rows))

    def _made(self, alignment: Alignment) -> list[SlotRow]:
        first, second = alignment.slots
        rows = [
            SlotRow(self._theme, number, (first[pair.a].name, second[pair.b].name))
            for number, pair in enumerate(alignment.pairs)
        ]
        lonely = [
            *(slot.name for place, slot in enumerate(first)
              if all(pair.a != place for pair in alignment.pairs)),
            *(slot.name for place, slot in enumerate(second)
              if all(pair.b != place for pair in alignment.pairs)),
        ]  # fmt: skip
        return rows + [SlotRow(self._theme, None, (name,)) for name in dict.fromkeys(lonely)]


class SlotRow(QWidget):
    """One or two slot names, and what each may be. The keyboard can rest on it."""

    def __init__(self, theme: Theme, number: int | None, names: Sequence[str]) -> None:
        """Make it.

        Args:
            theme: Colours and fonts.
            number: Of the pair, which has a colour; None for a slot without a partner.
            names: Of the slots.
        """
        super().__init__()
        from engine.understanding.slots import meaning_of

        self._theme = theme
        self._number = number
        title = label(theme, " ↔ ".join(names), bold=True)
        meanings = [why_phrases.meaning(meaning_of(name)) for name in dict.fromkeys(names)]
        said = label(theme, "\n".join(meanings), scale=0.9, muted=True)
        said.setWordWrap(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        joined = tr("{a} stands for {b}").replace("{a}", names[0]).replace("{b}", names[-1])
        head = joined if len(names) > 1 else names[0]
        self.setAccessibleName(". ".join([head, *meanings]))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 4, 4, 4)
        column.setSpacing(2)
        column.addWidget(title)
        column.addWidget(said)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the coloured edge, and the ring where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        color: QColor = self._theme.colors.border
        if self._number is not None:
            color = pair_colors(self._theme, self._number)[1]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(QRectF(0, 2, _BAR, self.height() - 4), 1.5, 1.5)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colors.accent, 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
