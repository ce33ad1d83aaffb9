"""One side of the comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.compare.canvas import SideCanvas
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.slot_text import CaptionLabel
from relsim_desktop.views.tile_painting import draw_bar

if TYPE_CHECKING:
    from engine.types import Description


class PairSlot(QWidget):
    """One side: a picture or an invitation, its name, and its anonymous caption."""

    pick_asked = Signal()
    paste_asked = Signal()
    clear_asked = Signal()

    def __init__(self, theme: Theme, canvas: SideCanvas, side: str) -> None:
        super().__init__()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.canvas = canvas
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.caption = CaptionLabel(theme, scale=1.1, max_lines=2)
        self.quiet = label(theme, muted=True)
        self.pick_button = push_button(tr("Choose…"))
        self.paste_button = push_button(tr("Paste"))
        self.clear_button = icon_button(
            theme, "clear", tr("Take picture {side} away").replace("{side}", side)
        )
        self.pick_button.clicked.connect(self.pick_asked)
        self.paste_button.clicked.connect(self.paste_asked)
        self.clear_button.clicked.connect(self.clear_asked)
        self.pick_button.setAccessibleName(tr("Choose picture {side}").replace("{side}", side))
        self.paste_button.setAccessibleName(tr("Paste picture {side}").replace("{side}", side))
        self.frame = QFrame()
        self.words = QWidget()
        self._head = QWidget()
        self._invitation = QWidget()
        self._content = QStackedWidget()
        self._hint = label(theme, tr("Drop a picture here"), muted=True)
        self._badge = label(theme, side, scale=2.2, bold=True, muted=True)
        self._lay_out()

    @property
    def buttons(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order."""
        return self.clear_button, self.pick_button, self.paste_button, self.canvas

    def show_question(self, question: Question | None, fetching: str = "") -> None:
        """Show a picture, or the invitation.

        Args:
            question: The picture, if there is one.
            fetching: The link that is on its way here.
        """
        is_there = question is not None
        self._hint.setText(tr("Fetching…") if fetching else tr("Drop a picture here"))
        self._content.setCurrentWidget(self.canvas if is_there else self._invitation)
        self.clear_button.setVisible(is_there or bool(fetching))
        name = question.title if question is not None else fetching
        self.name.full_text = name or tr("Picture {side}").replace("{side}", self._side)
        self.canvas.setAccessibleName(self.name.full_text)
        self.caption.text = ""
        self.quiet.clear()
        for line in (self.caption, self.quiet):
            line.setVisible(is_there)

    def show_description(self, description: Description) -> None:
        """Say what the picture is about."""
        self.caption.text = description.text or ""
        self.caption.setVisible(description.text is not None)
        sure = phrases.provenance(description)
        self.quiet.setText(sure if description.text is not None else tr(phrases.NO_RELATION))

    def _lay_out(self) -> None:
        inviting = QVBoxLayout(self._invitation)
        inviting.addStretch()
        inviting.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignHCenter)
        inviting.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignHCenter)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.pick_button)
        buttons.addWidget(self.paste_button)
        buttons.addStretch()
        inviting.addSpacing(8)
        inviting.addLayout(buttons)
        inviting.addStretch()
        self.frame.setObjectName("slotPicture")
        inside = QVBoxLayout(self.frame)
        inside.setContentsMargins(8, 8, 8, 8)
        self._content.addWidget(self._invitation)
        self._content.addWidget(self.canvas)
        inside.addWidget(self._content)
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self.name, 1)
        head.addWidget(self.clear_button)
        self._head.setFixedHeight(self.clear_button.sizeHint().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._head)
        layout.addWidget(self.frame, 1)
        layout.addWidget(self.words)
        self._lay_out_words()

    def show_picture(self, is_shown: bool) -> None:
        """Show the picture here; where both lie on the stage, only the caption is left."""
        self.frame.setVisible(is_shown)
        self._head.setVisible(is_shown)
        vertical = QSizePolicy.Policy.Expanding if is_shown else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, vertical)

    def _lay_out_words(self) -> None:
        """The caption's place; as high without one, so that both pictures stay level."""
        lines = QVBoxLayout(self.words)
        lines.setContentsMargins(0, 2, 0, 0)
        lines.setSpacing(2)
        lines.addWidget(self.caption)
        lines.addWidget(self.quiet)
        lines.addStretch()
        line = self.quiet.fontMetrics().height()
        self.words.setFixedHeight(2 * self.caption.minimumSizeHint().height() + line + 8)


class ScoreRow(QWidget):
    """A name, a bar, and a number."""

    def __init__(self, theme: Theme, *, is_relation: bool) -> None:
        super().__init__()
        self._theme = theme
        self._is_relation = is_relation
        self._name = tr("Relation") if is_relation else tr("Look")
        self._value = 0.0
        self.number = label(theme, bold=True)
        self.number.setMinimumWidth(56)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        caption = label(theme, self._name, muted=True)
        caption.setFixedWidth(80)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(caption)
        row.addStretch()
        row.addWidget(self.number)
        self.setToolTip(
            tr("The relational similarity of the two, a cosine: at most 1")
            if is_relation
            else tr("The attribute similarity of the two, a cosine: at most 1")
        )

    def clear(self) -> None:
        """Show no score."""
        self._value = 0.0
        self.number.clear()
        self.update()

    def show_score(self, cosine: float) -> None:
        """Show a score."""
        self._value = cosine
        self.number.setText(phrases.score(cosine))
        self.setAccessibleName(f"{self._name} {phrases.score(cosine)}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar between name and number."""
        colors = self._theme.colors
        color: QColor = colors.accent if self._is_relation else colors.attribute
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(88, self.height() / 2 - 3, self.width() - 88 - 64, 6)
        draw_bar(painter, groove, self._value, color, colors.track)
        painter.end()
