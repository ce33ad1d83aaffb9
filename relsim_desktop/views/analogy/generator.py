"""Where a person chooses what makes the pictures: nothing, a model of this computer, a server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from relsim_desktop.theme import Theme
from relsim_desktop.translation import QT_TRANSLATE_NOOP, tr
from relsim_desktop.views.buttons import icon_button, push_button
from relsim_desktop.views.labels import label

if TYPE_CHECKING:
    from engine.generation.generators import GeneratorChoice

KINDS: Final = {
    "none": QT_TRANSLATE_NOOP("", "Only the prompt"),
    "folder": QT_TRANSLATE_NOOP("", "A model in a folder"),
    "hub": QT_TRANSLATE_NOOP("", "A model from the hub"),
    "server": QT_TRANSLATE_NOOP("", "A server"),
}
"""What can be chosen, and how it is called."""

_NOTES: Final = {
    "none": "",
    "folder": QT_TRANSLATE_NOOP("", "It runs on this computer; nothing is sent anywhere."),
    "hub": QT_TRANSLATE_NOOP(
        "", "It runs on this computer. Only what was downloaded before is used."
    ),
    "server": QT_TRANSLATE_NOOP(
        "", "The prompt is sent to this server, and the reference if you give it along."
    ),
}
"""What a person should know of each."""

_NO_KEY: Final = QT_TRANSLATE_NOOP("", "No key")
_LEAST_WIDTH, _NARROW = 360, 660  # pixels
_TYPING_MS: Final = 400


class GeneratorChooser(QWidget):
    """What is typed for one kind is still there when a person comes back to it."""

    chosen = Signal(object)
    """A ``GeneratorChoice``, or None."""

    pick_asked = Signal()
    """Let a person choose the folder of a model."""

    keys_asked = Signal()
    """Let a person put a key into the keyring."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.folder = QLineEdit()
        self.pick_button = icon_button(theme, "open", tr("Choose the folder of a model"))
        self.hub = QLineEdit()
        self.url = QLineEdit()
        self.model = QLineEdit()
        self.key = QComboBox()
        self.keys_button = push_button(tr("Keys…"))
        self.note = label(theme, scale=0.9, muted=True)
        self.note.setWordWrap(True)
        self._problem = ""
        self._shows_note = True
        self._pages = QStackedWidget()
        self._line = QHBoxLayout()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._lay_out(theme)
        self._typing.timeout.connect(self._tell)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.key.currentIndexChanged.connect(self._tell)
        self.pick_button.clicked.connect(self.pick_asked)
        self.keys_button.clicked.connect(self.keys_asked)
        for field in (self.folder, self.hub, self.url, self.model):
            field.textEdited.connect(lambda _: self._typing.start())
            field.editingFinished.connect(self._tell_now)
        self._on_kind()

    @property
    def tab_order(self) -> list[QWidget]:
        """What the keyboard can reach, in order."""
        fields = [self.folder, self.pick_button, self.hub, self.url, self.model, self.key]
        return [self.kind, *fields, self.keys_button]

    @property
    def key_name(self) -> str:
        """The name of the key; empty for none."""
        return str(self.key.currentData() or "")

    @property
    def choice(self) -> GeneratorChoice | None:
        """What is chosen now, perhaps half of it."""
        from engine.generation.generators import GeneratorChoice

        match self.kind.currentData():
            case "folder":
                return GeneratorChoice("diffusers", self.folder.text().strip())
            case "hub":
                return GeneratorChoice("diffusers", self.hub.text().strip())
            case "server":
                url, model = self.url.text().strip(), self.model.text().strip()
                return GeneratorChoice("endpoint", model, url, self.key_name or None)
        return None

    def show_values(self, values: dict[str, str]) -> None:
        """Show what was chosen the last time: ``kind``, and the fields by their names."""
        for name, field in self.fields.items():
            field.setText(values.get(name, ""))
            field.setCursorPosition(0)
        self.show_keys([values["key"]] if values.get("key") else [], values.get("key", ""))
        with QSignalBlocker(self.kind):
            self.kind.setCurrentIndex(max(0, self.kind.findData(values.get("kind", "none"))))
        self._on_kind()

    @property
    def values(self) -> dict[str, str]:
        """What `show_values` takes; the name of a key, never the key."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        return {"kind": str(self.kind.currentData()), "key": self.key_name, **typed}

    @property
    def fields(self) -> dict[str, QLineEdit]:
        """The lines to write in, by the names under which they are remembered."""
        return {"folder": self.folder, "hub": self.hub, "url": self.url, "model": self.model}

    def show_keys(self, names: Sequence[str], chosen: str | None = None) -> None:
        """Offer the keys of these names.

        Args:
            names: What the keyring holds.
            chosen: The one to take; None for the one that is taken now, as long as it is there.
        """
        taken = self.key_name if chosen is None else chosen
        with QSignalBlocker(self.key):
            self.key.clear()
            self.key.addItem(tr(_NO_KEY), "")
            for name in names:
                self.key.addItem(name, name)
            self.key.setCurrentIndex(max(0, self.key.findData(taken)))
        if self.key_name != taken or chosen is not None:
            self._tell()

    def show_folder(self, folder: str) -> None:
        """Take the model of this folder."""
        self.folder.setText(folder)
        self._tell()

    def show_problem(self, text: str | None) -> None:
        """Say why the generator cannot run now, or else what a person should know of it."""
        self._problem = text or ""
        self.note.setText(self._problem or tr(_NOTES[str(self.kind.currentData())]))
        self.show_note(self._shows_note)
        choice = self.choice
        is_begun = choice is not None and bool(choice.model or choice.url)
        self.note.setProperty("danger", bool(self._problem) and is_begun)
        self.note.style().polish(self.note)

    def show_note(self, is_wanted: bool) -> None:
        """Show what is said of the generator, if anything is, or give its place to another."""
        self._shows_note = is_wanted
        self.note.setVisible(is_wanted and bool(self.note.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the fields below the kind where there is no room beside it."""
        super().resizeEvent(event)
        directions = QBoxLayout.Direction
        is_narrow = self.width() < _NARROW
        self._line.setDirection(directions.TopToBottom if is_narrow else directions.LeftToRight)

    def _on_kind(self) -> None:
        self._pages.setCurrentIndex(self.kind.currentIndex())
        self.show_problem(None)
        self._tell()

    def _tell_now(self) -> None:
        if self._typing.isActive():
            self._typing.stop()
            self._tell()

    def _tell(self) -> None:
        self.chosen.emit(self.choice)

    def _lay_out(self, theme: Theme) -> None:
        for kind, text in KINDS.items():
            self.kind.addItem(tr(text), kind)
        for field, name, hint in (
            (self.folder, tr("Folder of the model"), tr("Folder of a diffusers model")),
            (self.hub, tr("Id of the model"), "owner/name"),
            (self.url, tr("Address of the server"), "https://api.openai.com/v1"),
            (self.model, tr("Model of the server"), "gpt-image-1"),
        ):
            field.setAccessibleName(name)
            field.setPlaceholderText(hint)
        self.kind.setAccessibleName(tr("Made by"))
        self.key.setAccessibleName(tr("Name of the key"))
        self.keys_button.setToolTip(tr("Put a key into the keyring of this computer"))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.key.setMinimumWidth(90)
        for field in self.fields.values():
            field.setMinimumWidth(70)
        pages = (
            (),
            (self.folder, self.pick_button),
            (self.hub,),
            (self.url, self.model, self.key, self.keys_button),
        )
        for parts in pages:
            page = QWidget()
            row = QHBoxLayout(page)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            for part in parts:
                row.addWidget(part, {self.url: 3, self.model: 2, self.key: 1}.get(part, 0))
            self._pages.addWidget(page)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(theme, tr("Made by"), bold=True))
        head.addWidget(self.kind, 1)
        line = self._line
        line.setSpacing(8)
        line.addLayout(head)
        line.addWidget(self._pages, 1)
        self.setMinimumWidth(_LEAST_WIDTH)
        layout = QVBoxLayout(self)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(line)
        layout.addWidget(self.note)
