"""The parts of a question, each with its sign, its weight, and a way out."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from relsim_desktop.question import WEIGHTS, Part, Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import ElidedLabel
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel

_PICTURE = 60
_WIDTH = 196
_WEIGHTS = {0.5: "½×", 1.0: "1×", 2.0: "2×"}


class PartCard(QFrame):
    """One part: what it is, towards or away, how much, and the button that takes it out."""

    weighed = Signal(float)
    """Another weight, with its sign."""

    removed = Signal()

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, part: Part, *, is_needed: bool
    ) -> None:
        """Build it.

        Args:
            theme: Dresses it.
            thumbnails: Load the picture.
            part: What is shown.
            is_needed: Whether nothing would be asked for without it.
        """
        super().__init__()
        self.setObjectName("partCard")
        self.setFixedWidth(_WIDTH)
        self.part = part
        title = part.what.title
        self.sign_button = self._button(theme, "−" if part.weight < 0 else "+")
        self.sign_button.setCheckable(True)
        self.sign_button.setChecked(part.weight < 0)
        self.sign_button.setEnabled(not is_needed or part.weight < 0)
        self._say(
            self.sign_button,
            tr("Away from {title}; ask for it instead")
            if part.weight < 0
            else tr("Towards {title}; push away from it instead"),
        )
        self.weight_button = self._button(theme, _WEIGHTS.get(abs(part.weight), "1×"))
        self._say(
            self.weight_button,
            tr("Weight of {title}: {weight}; change it").replace(
                "{weight}", self.weight_button.text()
            ),
        )
        self.remove_button = icon_button(theme, "clear", "", tooltip="")
        self.remove_button.setIconSize(QSize(16, 16))
        self.remove_button.setEnabled(not is_needed)
        self._say(self.remove_button, tr("Take {title} out of the question"))
        self.sign_button.clicked.connect(lambda: self.weighed.emit(-part.weight))
        self.weight_button.clicked.connect(self._on_weight)
        self.remove_button.clicked.connect(self.removed)
        self._lay_out(theme, thumbnails, title)

    @property
    def buttons(self) -> tuple[QToolButton, ...]:
        """In the order of the Tab key."""
        return self.sign_button, self.weight_button, self.remove_button

    def _lay_out(self, theme: Theme, thumbnails: ThumbnailLoader, title: str) -> None:
        if self.part.what.is_text:
            shown: QWidget = CaptionLabel(theme, scale=0.9, max_lines=2)
            assert isinstance(shown, CaptionLabel)
            shown.text = self.part.what.text
            shown.setFixedHeight(shown.heightForWidth(_WIDTH - 20))
            layout = QVBoxLayout(self)
            layout.addWidget(shown)
            layout.addStretch()
        else:
            box = PictureBox(theme, thumbnails, least=QSize(_PICTURE, _PICTURE))
            box.setFixedSize(_PICTURE, _PICTURE)
            box.show_question(self.part.what)
            name = ElidedLabel(theme, scale=0.85, muted=True)
            name.full_text = title
            layout = QVBoxLayout()
            layout.addWidget(name)
            layout.addStretch()
            row = QHBoxLayout(self)
            row.setContentsMargins(8, 8, 4, 4)
            row.setSpacing(8)
            row.addWidget(box)
            row.addLayout(layout, 1)
        if self.part.what.is_text:
            layout.setContentsMargins(10, 8, 4, 4)
        layout.setSpacing(2)
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.sign_button)
        line.addWidget(self.weight_button)
        line.addStretch()
        line.addWidget(self.remove_button)
        layout.addLayout(line)
        self.setFixedHeight(_PICTURE + 16)

    def _button(self, theme: Theme, text: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("part", True)
        button.setFont(theme.font(0.95, bold=True))
        button.setText(text)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return button

    def _say(self, button: QToolButton, text: str) -> None:
        words = text.replace("{title}", self.part.what.title)
        button.setAccessibleName(words)
        button.setToolTip(words)

    def _on_weight(self) -> None:
        """The next heavier one; after the heaviest the lightest."""
        size = abs(self.part.weight)
        heavier = next((weight for weight in WEIGHTS if weight > size), WEIGHTS[0])
        self.weighed.emit(heavier if self.part.weight > 0 else -heavier)


class PartCards(QWidget):
    """All parts of a question that has several."""

    changed = Signal(object)
    """The `Question` with other parts."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._flow = FlowLayout(self)
        self.cards: list[PartCard] = []

    def show_question(self, question: Question | None) -> None:
        """Show the parts; a single one needs no card."""
        focused = self._focused()
        self._flow.take_all()
        self.cards = []
        parts = question.composition if question is not None else ()
        for at, part in enumerate(parts):
            assert question is not None
            card = PartCard(
                self._theme, self._thumbnails, part, is_needed=not question.can_lose(at)
            )
            card.weighed.connect(
                lambda weight, at=at: self.changed.emit(question.weighing(at, weight))
            )
            card.removed.connect(lambda at=at: self.changed.emit(question.without(at)))
            self._flow.addWidget(card)
            self.cards.append(card)
        self.setVisible(bool(parts))
        if focused is not None and focused[0] < len(self.cards):
            self.cards[focused[0]].buttons[focused[1]].setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused(self) -> tuple[int, int] | None:
        """The card and the button that the keyboard is on, so that it stays there."""
        for number, card in enumerate(self.cards):
            for place, button in enumerate(card.buttons):
                if button.hasFocus():
                    return number, place
        return None
