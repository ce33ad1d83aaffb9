"""The caption of a group: read, with what is wrong with it, or written anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QResizeEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout

from relsim_desktop import verify_phrases
from relsim_desktop.presenters.leaks import concern, leak_spans, slot_spans
from relsim_desktop.theme import Theme
from relsim_desktop.translation import tr
from relsim_desktop.views.labels import ElidedLabel, label
from relsim_desktop.views.slot_text import CaptionLabel

if TYPE_CHECKING:
    from engine.judging.groups import Group, Verdict

_SCALE: Final = 1.4
_LINES: Final = 2  # room for so many even if fewer are needed, so that the pictures stay put
_MOST_LINES: Final = 6
_MARGIN: Final = 20
_RETURN: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CaptionCard(QFrame):
    """Takes the focus while nothing else needs it, so that a screen reader reads it."""

    written = Signal(str)
    """A caption that is to be accepted."""

    given_up = Signal()
    """What was written is dropped."""

    concerned = Signal(str)
    """What is wrong with the caption as it is now, also while it is written; empty if nothing."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("verifyCaption")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self._group: Group | None = None
        self.verdict = label(theme, scale=0.9, bold=True)
        self.verdict.setObjectName("verdict")
        self.source = label(theme, scale=0.9, muted=True)
        self.original = ElidedLabel(theme, scale=0.9, muted=True)
        self.caption = CaptionLabel(theme, scale=_SCALE, max_lines=_MOST_LINES)
        self.editor = CaptionEditor(theme)
        self._nothing = label(theme, tr(verify_phrases.NO_CAPTION), scale=_SCALE, muted=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._words = QStackedWidget()
        self._lay_out()
        self.editor.written.connect(self.written)
        self.editor.given_up.connect(self.given_up)
        self.editor.textChanged.connect(self._on_edited)

    @property
    def is_editing(self) -> bool:
        """Whether a caption is being written."""
        return self._words.currentWidget() is self.editor

    def show_group(self, group: Group) -> None:
        """Show what is said of a group; what was being written is dropped."""
        self._group = group
        self._words.setCurrentWidget(self.caption if group.caption else self._nothing)
        self._set_verdict(group.verdict)
        self.source.setText(tr(verify_phrases.SOURCES[group.source]))
        was = group.original
        self.original.full_text = "" if was is None else verify_phrases.edited_from(was)
        self.caption.text = group.caption
        self.caption.mark(leak_spans(group.caption))
        self._fit()
        found = concern(group.caption) if group.caption else ""
        text = group.caption or tr(verify_phrases.NO_CAPTION)
        parts = (text, self.verdict.text(), self.source.text(), found)
        self.setAccessibleName(". ".join(filter(None, parts)))
        self.concerned.emit(found)

    def edit(self) -> None:
        """Let a person write another caption."""
        if self._group is not None:
            self.editor.setPlainText(self._group.caption)
            self.editor.moveCursor(QTextCursor.MoveOperation.End)
            self._words.setCurrentWidget(self.editor)
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._on_edited()

    def leave(self) -> None:
        """Show the caption as it is, whatever was written."""
        if self._group is not None:
            self.show_group(self._group)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrower is taller."""
        self._fit()

    def _on_edited(self) -> None:
        if self.is_editing:
            text = self.editor.toPlainText().strip()
            found = concern(text) if text else ""
            self.editor.setAccessibleDescription(found)
            self.concerned.emit(found)

    def _set_verdict(self, verdict: Verdict) -> None:
        self.verdict.setText(tr(verify_phrases.VERDICTS[verdict]))
        self.verdict.setProperty("verdict", verdict)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.verdict)
        top.addWidget(self.source)
        top.addWidget(self.original, 1)
        self._words.addWidget(self.caption)
        self._words.addWidget(self.editor)
        self._words.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, 12, _MARGIN, 8)
        layout.setSpacing(8)
        layout.addLayout(top)
        layout.addWidget(self._words)
        self._fit()

    def _fit(self) -> None:
        """Make room for a long caption in a narrow window: all of it has to be read."""
        needed = self.caption.heightForWidth(max(1, self.width() - 2 * _MARGIN))
        usual = _LINES * self.caption.minimumSizeHint().height() + 14
        self._words.setFixedHeight(max(usual, needed))


class CaptionEditor(QPlainTextEdit):
    """One line that wraps. Return writes, Escape gives up; braces enclose what is selected."""

    written = Signal(str)
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setFont(theme.font(_SCALE))
        self.setAccessibleName(tr("Caption"))
        self.setPlaceholderText(tr("{Subject} growing step by step"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # what is dropped belongs to the window
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._highlighter = _Highlighter(self.document(), theme)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle what differs from a text of many lines."""
        if event.key() in _RETURN:
            if not event.isAutoRepeat():  # a held key must not pass a warning
                self.written.emit(self.toPlainText())
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.text() == "{" and self._can_enclose:
            cursor = self.textCursor()
            cursor.insertText(f"{{{cursor.selectedText()}}}")
        else:
            super().keyPressEvent(event)

    @property
    def _can_enclose(self) -> bool:
        selected = self.textCursor().selectedText()
        return bool(selected) and not {"{", "}"} & set(selected)


class _Highlighter(QSyntaxHighlighter):
    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        theme.changed.connect(self.rehighlight)

    def highlightBlock(self, text: str) -> None:
        colors = self._theme.colors
        slot = QTextCharFormat()
        slot.setForeground(colors.accent_text)
        slot.setBackground(colors.accent_tint)
        for start, length in slot_spans(text):
            self.setFormat(start, length, slot)
        leak = QTextCharFormat()
        leak.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        leak.setUnderlineColor(QColor(colors.danger))
        for start, length in leak_spans(text):
            self.setFormat(start, length, leak)
