"""Where a person verifies groups, one after another, with the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from relsim_desktop import verify_phrases
from relsim_desktop.jobs import Trouble
from relsim_desktop.presenters.verifying import Verifying
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import tr
from relsim_desktop.views.buttons import push_button
from relsim_desktop.views.labels import MessagePage
from relsim_desktop.views.verify.bar import VerifyBar
from relsim_desktop.views.verify.caption import CaptionCard
from relsim_desktop.views.verify.grid import GroupGrid
from relsim_desktop.views.verify.header import VerifyHeader

_OF_A_GROUP = ("accept", "edit", "reject", "take out")
_KEYS = {
    Qt.Key.Key_A: "accept",
    Qt.Key.Key_E: "edit",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_R: "reject",
    Qt.Key.Key_P: "previous",
    Qt.Key.Key_Left: "previous",
    Qt.Key.Key_N: "next",
    Qt.Key.Key_Space: "next",
    Qt.Key.Key_Right: "next",
    Qt.Key.Key_U: "unseen",
    Qt.Key.Key_Delete: "take out",
    Qt.Key.Key_Backspace: "take out",
    Qt.Key.Key_Escape: "close",
}
_ONCE = ("accept", "reject", "take out")
"""What a key that is held does once: it must not decide group after group, nor pass a warning."""

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class VerifyPage(QWidget):
    """Shows a `Verifying`."""

    close_asked = Signal()
    choose_asked = Signal()
    """Another file is to be chosen, because this one cannot be verified."""

    solve_asked = Signal()
    """The person wants to do something about decisions that are not on disk."""

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, verifying: Verifying) -> None:
        super().__init__()
        self.setObjectName("verifyPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._verifying = verifying
        self._shown: str | None = None
        self.header = VerifyHeader(theme, verifying)
        self.grid = GroupGrid(theme, thumbnails)
        self.card = CaptionCard(theme)
        self.bar = VerifyBar(theme)
        self.message = MessagePage(theme)
        self.choose_button = push_button(tr("Choose another file…"))
        self._body = QStackedWidget()
        self._verbs: dict[str, Callable[[], object]] = {
            "accept": verifying.accept,
            "edit": self._edit,
            "reject": verifying.reject,
            "previous": lambda: verifying.move(-1),
            "next": lambda: verifying.move(1),
            "unseen": verifying.seek_unseen,
            "take out": self._take_out,
            "undo": verifying.undo,
            "redo": verifying.redo,
            "write": lambda: self._write(self.card.editor.toPlainText()),
            "give up": self._give_up,
            "close": self.close_asked.emit,
        }
        self._lay_out()
        self._wire()

    @property
    def is_showing_group(self) -> bool:
        """Whether there is a group on the page, rather than a message."""
        return self._body.currentWidget() is self.grid

    def do(self, verb: str) -> None:
        """Do what a key or a button says."""
        if verb in _OF_A_GROUP and not self.is_showing_group:
            return
        self._verbs[verb]()

    def take_focus(self) -> None:
        """Let the keys of the page work."""
        if self.card.is_editing:
            self.card.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.is_showing_group:
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from taking the keys of the page."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if self._verb_of(event) is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says, unless a caption is being written."""
        verb = self._verb_of(event)
        number = event.key() - Qt.Key.Key_1
        if self.card.is_editing:
            super().keyPressEvent(event)
        elif verb is not None:
            if not (event.isAutoRepeat() and verb in _ONCE):
                self.do(verb)
        elif 0 <= number < 9 and event.modifiers() in _PLAIN and self.is_showing_group:
            self.grid.choose(number)
        else:
            super().keyPressEvent(event)

    def _verb_of(self, event: QKeyEvent) -> str | None:
        if self.card.is_editing:
            return None
        if event.matches(QKeySequence.StandardKey.Undo):
            return "undo"
        with_shift = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        is_redo = event.key() == Qt.Key.Key_Z and event.modifiers() == with_shift
        if is_redo or event.matches(QKeySequence.StandardKey.Redo):
            return "redo"
        return _KEYS.get(Qt.Key(event.key())) if event.modifiers() in _PLAIN else None

    # --- doing ------------------------------------------------------------------------------------

    def _edit(self) -> None:
        self.card.edit()
        self.bar.show_writing()

    def _write(self, text: str) -> None:
        if self._verifying.accept_as(text):
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    def _give_up(self) -> None:
        self.card.leave()
        self.bar.show_deciding()

    def _take_out(self) -> None:
        at = self.grid.current
        if at is None:
            self._say(tr(verify_phrases.NO_PICTURE_CHOSEN))
        elif self._verifying.take_out(at):
            self.grid.choose(min(at, len(self.grid.pictures) - 1))

    # --- what happens -----------------------------------------------------------------------------

    def _on_changed(self) -> None:
        decisions = self._verifying.decisions
        group, following = decisions.current, decisions.peek(1)
        is_other = group is None or group.id != self._shown
        self._shown = group.id if group is not None else None
        focus = self.window().focusWidget()
        is_ours = focus is self or self.isAncestorOf(focus)
        # Somebody who walks through the buttons stays there; a picture that had the focus is gone.
        moves_focus = is_ours and (
            self.card.is_editing or (is_other and not self.bar.isAncestorOf(focus))
        )
        if group is not None:
            then = following.images if following is not None else ()
            self.card.show_group(group)
            self.grid.show_images(group.images, then)
            self._body.setCurrentWidget(self.grid)
        else:
            self.grid.show_images((), ())
            self.bar.show_concern("")
            icon = "analogy" if decisions.count("unseen") or not len(decisions) else "verified"
            self._show_message(icon, *verify_phrases.end(decisions))
        self._order_tabs()
        self.card.setVisible(group is not None)
        self.header.show()
        self.bar.show()
        self.bar.show_deciding(has_group=group is not None)
        self._enable()
        if moves_focus or not self._can_keep(focus):
            self.take_focus()

    def _can_keep(self, focus: QWidget | None) -> bool:
        """Whether a widget that had the focus still takes keys."""
        if focus is None or not (focus is self or self.isAncestorOf(focus)):
            return True
        return focus.isEnabled() and focus.isVisibleTo(self)

    def _enable(self) -> None:
        decisions, buttons = self._verifying.decisions, self.bar.buttons
        for verb in _OF_A_GROUP:
            buttons[verb].setEnabled(decisions.current is not None)
        buttons["take out"].setEnabled(self.grid.current is not None)
        buttons["previous"].setEnabled(decisions.at > 0)
        buttons["next"].setEnabled(decisions.current is not None)
        buttons["unseen"].setEnabled(decisions.count("unseen") > 0)
        buttons["undo"].setEnabled(decisions.can_undo)
        buttons["redo"].setEnabled(decisions.can_redo)

    def _on_opening(self, path: Path) -> None:
        if self._verifying.path is None:
            self._show_message("analogy", tr("Opening {name}…").format(name=path.name), "")
            self._show_alone()

    def _on_refused(self, trouble: Trouble) -> None:
        if self._verifying.path is None:
            self._show_message("warning", tr("These groups cannot be verified"), trouble.text)
            self._show_alone()
            self.choose_button.show()
            self.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_message(self, icon: str, title: str, hint: str) -> None:
        self.message.say(icon, title, hint)
        self.message.setAccessibleName(f"{title}. {hint}")
        self._body.setCurrentWidget(self._message_side)
        self.choose_button.hide()

    def _show_alone(self) -> None:
        """Show a message and nothing else: there are no groups."""
        if self.isAncestorOf(self.window().focusWidget()):
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt would choose for itself
        for part in (self.header, self.card, self.bar):
            part.hide()

    def _say(self, text: str) -> None:
        self.bar.say(text)
        if text:  # a screen reader says it, wherever the focus is
            event = QAccessibleEvent(self.bar.line, QAccessible.Event.Alert)
            QAccessible.updateAccessibility(event)

    # --- building ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Verify groups"))
        self._message_side = QWidget()
        side = QVBoxLayout(self._message_side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addStretch(2)
        side.addWidget(self.message)
        side.addWidget(self.choose_button, 0, Qt.AlignmentFlag.AlignHCenter)
        side.addStretch(3)
        still = QSizePolicy.Policy.Preferred
        self.message.setSizePolicy(still, QSizePolicy.Policy.Fixed)
        # A small window has room for pictures, if not for this; it is not shown beside them.
        self._message_side.setSizePolicy(still, QSizePolicy.Policy.Ignored)
        self._body.addWidget(self.grid)
        self._body.addWidget(self._message_side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(14)
        layout.addWidget(self.header)
        layout.addWidget(self._body, 1)
        layout.addWidget(self.card)
        layout.addWidget(self.bar)
        self._show_message("analogy", "", "")
        self._show_alone()

    def _order_tabs(self) -> None:
        """Go through the page in reading order; pictures come and go."""
        header, buttons = self.header, self.bar.buttons.values()
        first = (header.close_button, header.solve_button)
        chain = (*first, *self.grid.pictures, self.card, self.card.editor, *buttons)
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    def _wire(self) -> None:
        verifying = self._verifying
        verifying.changed.connect(self._on_changed)
        verifying.said.connect(self._say)
        verifying.opening.connect(self._on_opening)
        verifying.refused.connect(self._on_refused)
        self.header.close_asked.connect(self.close_asked)
        self.header.solve_asked.connect(self.solve_asked)
        self.choose_button.clicked.connect(self.choose_asked)
        self.bar.asked.connect(self.do)
        self.card.written.connect(self._write)
        self.card.given_up.connect(self._give_up)
        self.card.concerned.connect(self.bar.show_concern)
        self.grid.chosen.connect(self._on_chosen)

    def _on_chosen(self) -> None:
        self.bar.buttons["take out"].setEnabled(self.grid.current is not None)
