"""Which relation do you mean? What a picture may show, as chips, and room for one's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton, QVBoxLayout, QWidget

from relsim_desktop import phrases
from relsim_desktop.question import Question
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.asking.chips import chip
from relsim_desktop.views.flow_layout import FlowLayout
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.finding.relations import Relation

_SURE = 0.5
_WIDEST = 30  # characters of one's own words on a chip
_FIELD_WIDTH = 260


class RelationRow(QWidget):
    """One of the relations can be chosen; choosing it again lets it go."""

    chosen = Signal(str)
    """The relation that is meant, in words; empty for all of them."""

    text_expected = Signal()
    """Somebody is about to choose or to type; words take a moment to be understood at first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._question: Question | None = None
        self._relations: Sequence[Relation] = ()
        self.title = label(theme, scale=0.85, muted=True)
        self.chips: list[QToolButton] = []
        self.type_chip = chip(theme, "")
        self.type_chip.setCheckable(False)
        self.type_chip.setProperty("quiet", True)
        self.type_chip.clicked.connect(self.start_typing)
        self.field = _Field()
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.returnPressed.connect(self._on_typed)
        self.field.left.connect(self._stop_typing)
        self.field.hide()
        self._flow = FlowLayout(gap=6)
        self._flow.addWidget(self.type_chip)
        self._flow.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 4)
        layout.setSpacing(4)
        layout.addWidget(self.title)
        layout.addLayout(self._flow)
        self.hide()

    @property
    def tab_order(self) -> list[QWidget]:
        """In the order of the Tab key."""
        return [*self.chips, self.type_chip, self.field]

    def show_question(self, question: Question | None, relations: Sequence[Relation]) -> None:
        """Offer what a question may mean.

        Args:
            question: What is asked; one about sentences alone says already what it means.
            relations: Best first; empty while they are not known.
        """
        if question is not self._question:
            self._stop_typing()
        self._question, self._relations = question, relations
        number = len(question.pictures) if question is not None else 0
        self.title.setText(
            tr("What these pictures share") if number > 1 else tr("Which relation do you mean?")
        )
        self.type_chip.setText(tr("Type one…"))
        self.type_chip.setAccessibleName(tr("Type the relation that you mean"))
        self.type_chip.setToolTip(tr("Say in your own words which relation you mean"))
        self.field.setPlaceholderText(tr("e.g. {Subject} growing step by step"))
        self.field.setAccessibleName(tr("The relation that you mean"))
        self._build()
        self.setVisible(number > 0 and (bool(relations) or bool(question and question.relation)))

    def start_typing(self) -> None:
        """Let a person say what is meant."""
        self.text_expected.emit()
        meant = self._question.relation if self._question is not None else ""
        is_own = meant not in [relation.text for relation in self._relations]
        self.field.setText(meant if is_own else "")
        self.type_chip.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.selectAll()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer comes near."""
        if not self.chips or not any(one.isChecked() for one in self.chips):
            self.text_expected.emit()
        super().enterEvent(event)

    def _build(self) -> None:
        focused = next((at for at, one in enumerate(self.chips) if one.hasFocus()), None)
        for old in self.chips:
            self._flow.removeWidget(old)
            old.hide()
            old.deleteLater()
        meant = self._question.relation if self._question is not None else ""
        self.chips = []
        if meant and meant not in [relation.text for relation in self._relations]:
            words = meant if len(meant) <= _WIDEST else meant[: _WIDEST - 1].rstrip() + "…"
            self._add(words, meant, tr("In your words"), is_quiet=False)
        for relation in self._relations:
            sure = tr("{confidence} likely").format(confidence=f"{relation.confidence:.0%}")
            is_quiet = relation.confidence < _SURE
            self._add(relation.name, relation.text, sure, is_quiet=is_quiet)
        for one, text in zip(self.chips, self._texts(), strict=True):
            one.setChecked(text == meant and bool(meant))
        if focused is not None and focused < len(self.chips):
            self.chips[focused].setFocus(Qt.FocusReason.OtherFocusReason)
        for before, after in zip(self.tab_order, self.tab_order[1:], strict=False):
            QWidget.setTabOrder(before, after)

    def _texts(self) -> list[str]:
        return [str(one.property("relation")) for one in self.chips]

    def _add(self, name: str, text: str, origin: str, *, is_quiet: bool) -> None:
        said = "".join(piece for piece, _ in phrases.pieces(text))
        made = chip(self._theme, name, name=said, tooltip=f"{text}\n{origin}")
        made.setAccessibleDescription(origin)
        made.setProperty("quiet", is_quiet)
        made.setProperty("relation", text)
        made.clicked.connect(lambda is_on, text=text: self.chosen.emit(text if is_on else ""))
        self._flow.insert(len(self.chips), made)
        self.chips.append(made)

    def _on_typed(self) -> None:
        text = self.field.text().strip()
        self._stop_typing()
        self.type_chip.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._question is not None and text != self._question.relation:
            self.chosen.emit(text)

    def _stop_typing(self) -> None:
        self.field.hide()
        self.type_chip.show()


class _Field(QLineEdit):
    """A field that is left with Escape, or by going elsewhere."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes nothing over."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Escape belongs to the field, not to a shortcut of the page."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)
