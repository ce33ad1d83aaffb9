"""A chain as a row of pictures, with what joins two neighbors between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from relsim_desktop import map_phrases, phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import ElidedLabel
from relsim_desktop.views.picture_box import PictureBox
from relsim_desktop.views.slot_text import SlotText

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

    from engine.mapping.chains import Chain, Link

EDGE: Final = 176
"""Side of a station's picture in device-independent pixels."""

_LINK = 148


class ChainRow(QScrollArea):
    """Shows a chain; it breaks into lines where the window is narrow."""

    picked = Signal(int)
    """The place of a station that was double-clicked, or Return pressed on it."""

    menu_asked = Signal(int, QPoint)
    """Context menu of a station, at a global position."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self.cards: list[ChainCard] = []
        self.links: list[ChainLink] = []
        self._content = QWidget()
        self._flow = FlowLayout(self._content, gap=8)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._content)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self._content.setAutoFillBackground(False)

    @property
    def current(self) -> int | None:
        """The place of the station that has the keyboard."""
        return next((at for at, card in enumerate(self.cards) if card.hasFocus()), None)

    def show_chain(self, chain: Chain, questions: list[Question | None]) -> None:
        """Show another chain.

        Args:
            chain: What to show.
            questions: Each station as it is asked about.
        """
        self._flow.take_all()
        self.cards, self.links = [], []
        for at, question in enumerate(questions):
            card = ChainCard(self._theme, self._thumbnails, question, at + 1)
            card.picked.connect(lambda at=at: self.picked.emit(at))
            card.menu_asked.connect(lambda point, at=at: self.menu_asked.emit(at, point))
            card.step_asked.connect(lambda by, at=at: self._step(at + by))
            self.cards.append(card)
            if at:
                link = ChainLink(
                    self._theme, chain.links[at - 1], is_weakest=chain.weakest == at - 1
                )
                self.links.append(link)
                unit = _Unit(link, card)
                self._flow.addWidget(unit)
            else:
                self._flow.addWidget(card)
        self._content.updateGeometry()

    def _step(self, at: int) -> None:
        if 0 <= at < len(self.cards):
            self.cards[at].setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(self.cards[at])


class _Unit(QWidget):
    """A link and the card that it leads to; they are never torn apart."""

    def __init__(self, link: ChainLink, card: ChainCard) -> None:
        super().__init__()
        self._card = card
        link.setParent(self)
        card.setParent(self)
        size = card.sizeHint()
        link.setGeometry(0, 0, _LINK, size.height())
        card.setGeometry(_LINK + 8, 0, size.width(), size.height())

    def sizeHint(self) -> QSize:
        """Both side by side."""
        size = self._card.sizeHint()
        return QSize(_LINK + 8 + size.width(), size.height())


class ChainCard(QWidget):
    """A station: its picture and its name."""

    picked = Signal()
    menu_asked = Signal(QPoint)
    step_asked = Signal(int)
    """An arrow key leads to the card before (-1) or after (1)."""

    def __init__(
        self, theme: Theme, thumbnails: ThumbnailLoader, question: Question | None, number: int
    ) -> None:
        super().__init__()
        self._theme = theme
        self.question = question
        self._box = PictureBox(theme, thumbnails, least=QSize(EDGE, EDGE))
        self._box.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name = ElidedLabel(theme, scale=0.85, muted=True)
        self._name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = question.title if question is not None else ""
        self._name.full_text = title
        self._box.show_question(question)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        place = tr("Picture {number} of the chain: {name}")
        self.setAccessibleName(place.replace("{number}", str(number)).replace("{name}", title))
        self.setToolTip(title)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 6)
        layout.setSpacing(4)
        layout.addWidget(self._box, 1)
        layout.addWidget(self._name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """One size for all."""
        return QSize(EDGE + 16, EDGE + 18 + self._name.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """A card, with a ring where the keyboard is."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_focus = self.hasFocus()
        painter.setPen(QPen(colors.accent if has_focus else colors.border, 2 if has_focus else 1))
        painter.setBrush(colors.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask about it."""
        self.picked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return asks about it; arrows lead along the chain."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self.picked.emit()
            case Qt.Key.Key_Left:
                self.step_asked.emit(-1)
            case Qt.Key.Key_Right:
                self.step_asked.emit(1)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with it."""
        self.menu_asked.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """And no longer."""
        super().focusOutEvent(event)
        self.update()


class ChainLink(QWidget):
    """What two stations share, an arrow, and how strong the link is."""

    def __init__(self, theme: Theme, link: Link, *, is_weakest: bool) -> None:
        super().__init__()
        self._theme = theme
        self.is_weakest = is_weakest
        self.caption = map_phrases.link_caption(link)
        self._is_clear = link.shared.text is not None
        self._score = map_phrases.link_score(link)
        self._note = tr("Weakest link") if is_weakest else ""
        said = (map_phrases.plain(self.caption), self._score, self._note)
        self.setAccessibleName(", ".join(part for part in said if part))
        self.setToolTip(
            tr("Relation {relational} · look {attribute}")
            .replace("{relational}", phrases.score(link.relational))
            .replace("{attribute}", phrases.score(link.attribute))
        )
        self.setFixedWidth(_LINK)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The caption above the arrow, the score below it."""
        colors = self._theme.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, room = self.height() / 2 - 8, self.width() - 8
        small = self._theme.font(0.85)
        painter.setFont(small)
        painter.setPen(colors.muted)
        if self._is_clear:
            laid = SlotText(self.caption, self._theme.font(0.88), room, 4, centred=True)
            laid.draw(painter, QPointF(4, middle - 10 - laid.height), colors)
        else:
            above = QRectF(4, 0, room, middle - 10)
            flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
            painter.drawText(above, int(flags | Qt.TextFlag.TextWordWrap), self.caption)
        below = QRectF(4, middle + 8, room, 18)
        painter.setFont(small)
        painter.setPen(colors.muted)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, self._score)
        if self._note:
            painter.setFont(self._theme.font(0.82, bold=True))
            painter.setPen(colors.text)
            painter.drawText(below.translated(0, 18), Qt.AlignmentFlag.AlignCenter, self._note)
        painter.setPen(QPen(colors.attribute, 1.7, c=Qt.PenCapStyle.RoundCap))
        end = QPointF(self.width() - 12, middle)
        painter.drawLine(QPointF(12, middle), end)
        painter.drawLine(end, end + QPointF(-6, -5))
        painter.drawLine(end, end + QPointF(-6, 5))
        painter.end()
