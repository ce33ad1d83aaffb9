"""The pair that is looked at in a matrix: both pictures, their captions, and the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from relsim_desktop.operations.comparing import Matrix

_WIDTH = 296


class MatrixSide(QWidget):
    """Shows a pair of a `Matrix`."""

    compare_asked = Signal()

    remove_asked = Signal(object)
    """A `Question` is to be taken out."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self.setObjectName("compareSide")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self.cards = tuple(_Card(theme, thumbnails) for _ in range(2))
        self.relation = label(theme, scale=1.15, bold=True)
        self.standing = label(theme, muted=True)
        self.look = label(theme, muted=True)
        self.model = label(theme, scale=0.9, muted=True)
        self.compare_button = push_button(tr("Compare these two"), primary=True)
        self.compare_button.setToolTip(tr("Look at the two closely (Return)"))
        self._scores = QWidget()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(8)
        lines = QVBoxLayout(self._scores)
        lines.setContentsMargins(0, 4, 0, 4)
        lines.setSpacing(2)
        for line in (self.relation, self.standing, self.look, self.model):
            line.setWordWrap(True)
            lines.addWidget(line)
        layout.addWidget(self.cards[0], 1)
        layout.addWidget(self.cards[1], 1)
        layout.addWidget(self._scores)
        layout.addWidget(self.compare_button)
        self.compare_button.clicked.connect(self.compare_asked)
        for card in self.cards:
            card.remove_asked.connect(self.remove_asked)

    def show_pair(self, matrix: Matrix, a: int, b: int) -> None:
        """Show two rows of the scores; the same one twice is one picture alone."""
        scores, is_pair = matrix.scores, a != b
        self.cards[0].show_picture(matrix.questions[a], scores.descriptions[a].text)
        self.cards[1].setVisible(is_pair)
        self._scores.setVisible(is_pair)
        self.compare_button.setEnabled(is_pair)
        if not is_pair:
            return
        self.cards[1].show_picture(matrix.questions[b], scores.descriptions[b].text)
        said = tr("Relation {score}")
        self.relation.setText(
            said.replace("{score}", phrases.score(float(scores.relational[a, b])))
        )
        self.standing.setText(phrases.standing_of_pair(float(scores.percentile[a, b])))
        attribute = float(scores.attribute[a, b])
        look = tr("Look {score}: they {words}").replace("{score}", phrases.score(attribute))
        self.look.setText(look.replace("{words}", phrases.look(attribute)))
        self.model.setText(tr("Scored by {model}").replace("{model}", scores.model))


class _Card(QWidget):
    """A picture with its name and caption."""

    remove_asked = Signal(object)

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._question: Question | None = None
        self.picture = PictureBox(theme, thumbnails, least=QSize(120, 80), framed=True)
        self.name = ElidedLabel(theme, scale=0.9, muted=True)
        self.caption = CaptionLabel(theme, max_lines=3)
        self.remove_button = icon_button(theme, "clear", tr("Take this picture out (Delete)"))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.name, 1)
        head.addWidget(self.remove_button)
        grid.addLayout(head, 0, 0)
        grid.addWidget(self.picture, 1, 0)
        grid.addWidget(self.caption, 2, 0)
        grid.setRowStretch(1, 1)
        self.remove_button.clicked.connect(self._on_remove)

    def show_picture(self, question: Question, caption: str | None) -> None:
        """Show another one."""
        if self._question is None or not question.is_same_as(self._question):
            self.picture.show_question(question)
        self._question = question
        self.name.full_text = question.title
        self.caption.text = caption or tr(phrases.NO_RELATION)

    def _on_remove(self) -> None:
        if self._question is not None:
            self.remove_asked.emit(self._question)
