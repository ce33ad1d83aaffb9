"""A question: a picture, two others below it, and three things to say."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from relsim_desktop import study_phrases
from relsim_desktop.presenters.study_answering import Answering, Side
from relsim_desktop.theme import Theme
from relsim_desktop.thumbnails import ThumbnailLoader
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.buttons import push_button, text_button
from relsim_desktop.views.labels import label
from relsim_desktop.views.picture_box import picture_key
from relsim_desktop.views.study.choice import StudyPicture
from relsim_desktop.views.verify.keys import KeyButton

_SIDES: dict[Qt.Key, Side] = {
    Qt.Key.Key_1: "left",
    Qt.Key.Key_A: "left",
    Qt.Key.Key_Left: "left",
    Qt.Key.Key_2: "right",
    Qt.Key.Key_B: "right",
    Qt.Key.Key_Right: "right",
    Qt.Key.Key_3: "same",
    Qt.Key.Key_S: "same",
    Qt.Key.Key_Down: "same",
}
_VERBS = {
    Qt.Key.Key_Z: "back",
    Qt.Key.Key_Backspace: "back",
    Qt.Key.Key_L: "later",
}
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
_HINT = QT_TRANSLATE_NOOP(
    "", "The arrow keys answer as well: left for A, right for B, down for neither."
)


class TrialPanel(QWidget):
    """Shows the question of an `Answering`."""

    pause_asked = Signal()

    def __init__(self, theme: Theme, thumbnails: ThumbnailLoader, answering: Answering) -> None:
        super().__init__()
        self._theme = theme
        self._thumbnails = thumbnails
        self._answering = answering
        self.question = label(theme, scale=1.15, bold=True)
        self.place = label(theme, muted=True)
        self.bar = QProgressBar()
        self.query = StudyPicture(theme, thumbnails, tr("The picture in question"))
        self.left = StudyPicture(theme, thumbnails, tr("Picture A"), letter="A")
        self.right = StudyPicture(theme, thumbnails, tr("Picture B"), letter="B")
        self.left_button = KeyButton(theme, tr("A is closer"), "1")
        self.right_button = KeyButton(theme, tr("B is closer"), "2")
        self.same_button = KeyButton(theme, tr("Neither is closer"), "3")
        self.back_button = KeyButton(theme, tr("Take back"), "Z")
        self.later_button = KeyButton(theme, tr("Later"), "L")
        self.pause_button = text_button(theme, "pause", tr("Pause"))
        self.trouble = QFrame()
        self.trouble_text = label(theme)
        self.again_button = push_button(tr("Try again"))
        self._lay_out()
        self._wire()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What the keyboard can reach, in order; the panel, from where it begins, is the first."""
        buttons = (self.left_button, self.same_button, self.right_button)
        last = (self.back_button, self.later_button)
        return (self, self.pause_button, self.again_button, *buttons, *last)

    def show_trial(self) -> None:
        """Show what is asked now; the pictures of what comes next are loaded meanwhile."""
        answering = self._answering
        sitting, shown = answering.sitting, answering.current
        if sitting is None or shown is None:
            return
        self.question.setText(study_phrases.question(sitting.folder.study))
        self.place.setText(study_phrases.place(answering))
        self.bar.setRange(0, answering.total)
        self.bar.setValue(answering.done)
        self.query.show_file(shown.trial.query)
        self.left.show_file(shown.left_image)
        self.right.show_file(shown.right_image)
        self._show_trouble()
        self._look_ahead()
        if not self._has_usable_focus():
            self.take_focus()

    def choose(self, side: Side) -> None:
        """Answer, unless the pictures are not to be seen, or not yet."""
        if all(box.is_showing for box in (self.query, self.left, self.right)):
            self._answering.choose(side)

    def take_focus(self) -> None:
        """Let the keys of the page work."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Keep the window's shortcuts from taking the keys of the page."""
        if event.type() == QEvent.Type.ShortcutOverride:
            assert isinstance(event, QKeyEvent)
            if self._is_ours(event):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key says, once however long it is held."""
        if not self._is_ours(event):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            key = Qt.Key(event.key())
            if key in _SIDES:
                self.choose(_SIDES[key])
            elif _VERBS[key] == "back":
                self._answering.take_back()
            else:
                self._answering.put_off()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the buttons from moving the focus by arrow keys, and from answering twice at once.

        The second half of a double click would answer a question that nobody has looked at.
        """
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._is_ours(event):
            self.keyPressEvent(event)
            return True
        return kind == QEvent.Type.MouseButtonDblClick

    def showEvent(self, event: QShowEvent) -> None:
        """Time counts from now on."""
        super().showEvent(event)
        self._look_ahead()

    @staticmethod
    def _is_ours(event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        return event.modifiers() in _PLAIN and (key in _SIDES or key in _VERBS)

    # --- inside -----------------------------------------------------------------------------------

    @property
    def _is_unreadable(self) -> bool:
        """Whether one of the pictures cannot be shown."""
        questions = (box.question for box in (self.query, self.left, self.right))
        paths = (question.path for question in questions if question is not None)
        return any(path and self._thumbnails.why_unreadable(path) for path in paths)

    def _show_trouble(self) -> None:
        """Say why nothing can be answered now, if so."""
        answering, trouble = self._answering, self._answering.trouble
        text = trouble.text if trouble is not None else ""
        if not text and self._is_unreadable:
            text = tr(study_phrases.UNREADABLE)
        self.trouble.setVisible(bool(text))
        self.trouble_text.setText(text)
        self.again_button.setVisible(trouble is not None)
        for control in (self.left_button, self.right_button, self.same_button):
            control.setEnabled(not text)
        self.back_button.setEnabled(trouble is None and answering.done > 0)
        self.later_button.setEnabled(answering.following is not None)

    def _on_loaded(self, path: object) -> None:
        if isinstance(path, Path) and self._thumbnails.why_unreadable(path):
            self._show_trouble()

    def _has_usable_focus(self) -> bool:
        focus = self.window().focusWidget()
        return focus is None or not self.isAncestorOf(focus) or focus.isEnabled()

    def _look_ahead(self) -> None:
        following = self._answering.following if self.isVisible() else None
        keys = []
        if following is not None:
            scale = self.devicePixelRatioF()
            keys = [
                picture_key(following.trial.query, self.query.size(), scale),
                picture_key(following.left_image, self.left.size(), scale),
                picture_key(following.right_image, self.right.size(), scale),
            ]
        self._thumbnails.want(self, keys)

    def _wire(self) -> None:
        answering = self._answering
        for control, side in (
            (self.left_button, "left"),
            (self.right_button, "right"),
            (self.same_button, "same"),
        ):
            control.clicked.connect(lambda _=False, side=side: self.choose(side))
        for part in self.controls[1:]:
            part.installEventFilter(self)
        self.left.chosen.connect(lambda: self.choose("left"))
        self.right.chosen.connect(lambda: self.choose("right"))
        self._thumbnails.loaded.connect(self._on_loaded)
        self.back_button.clicked.connect(answering.take_back)
        self.later_button.clicked.connect(answering.put_off)
        self.again_button.clicked.connect(answering.try_again)
        self.pause_button.clicked.connect(self.pause_asked)

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(tr("Which picture is closer?"))
        self.question.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for line in (self.question, self.trouble_text):
            line.setWordWrap(True)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.left_button.setToolTip(tr("1, A, or the left arrow key"))
        self.right_button.setToolTip(tr("2, B, or the right arrow key"))
        self.same_button.setToolTip(tr("3, S, or the down arrow key"))
        self.back_button.setToolTip(tr("Ask the last question again"))
        self.later_button.setToolTip(tr("Ask this one last"))
        self.pause_button.setToolTip(tr("Go on later where you are now (Escape)"))
        self.trouble.setObjectName("trouble")
        inside = QHBoxLayout(self.trouble)
        inside.setContentsMargins(16, 8, 8, 8)
        inside.addWidget(self.trouble_text, 1)
        inside.addWidget(self.again_button)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self.place)
        head.addWidget(self.bar, 1)
        head.addWidget(self.pause_button)
        center = Qt.AlignmentFlag.AlignHCenter
        grid = QGridLayout()  # of four columns, so that what is in the middle covers two halves
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(12)
        grid.addWidget(self.query, 0, 1, 1, 2)
        grid.addWidget(self.left, 1, 0, 1, 2)
        grid.addWidget(self.right, 1, 2, 1, 2)
        grid.addWidget(self.left_button, 2, 0, 1, 2, center)
        grid.addWidget(self.same_button, 2, 1, 1, 2, center)
        grid.addWidget(self.right_button, 2, 2, 1, 2, center)
        for column in range(4):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 5)
        grid.setRowStretch(1, 6)
        hint = label(self._theme, tr(_HINT), scale=0.9, muted=True)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(hint, 1)
        foot.addWidget(self.later_button)
        foot.addWidget(self.back_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 12, 24, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.trouble)
        layout.addWidget(self.question)
        layout.addLayout(grid, 1)
        layout.addLayout(foot)
        self.trouble.hide()
