"""What the desktop remembers between two starts, in one small file that a person can read."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QSettings, Signal

from relsim_desktop import options
from relsim_desktop.options import Option, Value

FORMAT: Final = 1
"""Written to the file; a file of a newer format is left alone and the defaults are used."""

DEFAULT_MODEL: Final = "relsim-mini"
"""The model that comes with the program."""

THEMES: Final = tuple(str(value) for value, _ in options.THEME.choices)
THUMBNAIL_SIZES: Final = tuple(int(value) for value, _ in options.THUMBNAIL_SIZE.choices)
"""Edges of the collection's tiles in device-independent pixels."""


class Settings(QObject):
    """Typed access to the settings file. GUI thread only; nonsense in the file reads as default.

    Args:
        file: The ini file; it and its folder are created when something is stored.
    """

    changed = Signal(str)
    """The value of this key is another one now."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._values = QSettings(str(file), QSettings.Format.IniFormat)
        self._is_ours = True
        self._is_ours = self._int("format", FORMAT) <= FORMAT
        if self._is_ours:
            self._values.setValue("format", FORMAT)

    def save(self) -> None:
        """Write to disk now; Qt replaces the file in one step."""
        if self._is_ours:
            self._values.sync()

    def value(self, option: Option) -> Value:
        """What a person has set, or the default."""
        default = option.default
        if isinstance(default, bool):
            return self._bool(option.key, default=default)
        if isinstance(default, int):
            return option.accept(self._int(option.key, default))
        return option.accept(self._text(option.key, default))

    def read_text(self, key: str, default: str = "") -> str:
        """A text that a feature remembers under a key such as ``map/order``."""
        return self._text(key, default)

    def read_int(self, key: str, default: int) -> int:
        """A whole number that a feature remembers."""
        return self._int(key, default)

    def read_bool(self, key: str, *, default: bool) -> bool:
        """A choice that a feature remembers."""
        return self._bool(key, default=default)

    def write(self, key: str, value: str | int | bool) -> None:
        """Remember something for a feature."""
        self._set(key, value)

    @property
    def theme(self) -> str:
        """One of `THEMES`."""
        return str(self.value(options.THEME))

    @theme.setter
    def theme(self, theme: str) -> None:
        self._set(options.THEME.key, theme)

    @property
    def thumbnail_size(self) -> int:
        """One of `THUMBNAIL_SIZES`."""
        return int(self.value(options.THUMBNAIL_SIZE))

    @thumbnail_size.setter
    def thumbnail_size(self, size: int) -> None:
        self._set(options.THUMBNAIL_SIZE.key, size)

    @property
    def shows_names(self) -> bool:
        """Whether the collection shows file names under its pictures."""
        return bool(self.value(options.NAMES))

    @shows_names.setter
    def shows_names(self, shows: bool) -> None:
        self._set(options.NAMES.key, shows)

    @property
    def surprise(self) -> float:
        """In 0..1."""
        return int(self.value(options.SURPRISE)) / 100

    @surprise.setter
    def surprise(self, surprise: float) -> None:
        self._set(options.SURPRISE.key, round(surprise * 100))

    @property
    def collapse(self) -> bool:
        """Whether near-identical pictures are collapsed into one neighbor."""
        return bool(self.value(options.COLLAPSE))

    @collapse.setter
    def collapse(self, collapse: bool) -> None:
        self._set(options.COLLAPSE.key, collapse)

    @property
    def model(self) -> str:
        """Id of the model that ranks; it may be gone from this computer by now."""
        return self._text("analogies/model", DEFAULT_MODEL)

    @model.setter
    def model(self, model: str) -> None:
        self._set("analogies/model", model)

    @property
    def describes(self) -> bool | None:
        """Whether pictures are described behind the index once a captioner is installed.

        None where a graphics card decides.
        """
        return {"true": True, "false": False}.get(str(self.value(options.DESCRIBES)))

    @describes.setter
    def describes(self, describes: bool | None) -> None:
        self._set(options.DESCRIBES.key, "auto" if describes is None else str(describes).lower())

    @property
    def library(self) -> Path | None:
        """The library that was open last, or None for the default one."""
        text = self._text("library", "")
        return Path(text) if text else None

    @library.setter
    def library(self, library: Path) -> None:
        self._set("library", str(library))

    @property
    def geometry(self) -> QByteArray:
        """The window's; empty before the first time."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._set("window/geometry", geometry)

    @property
    def splitter(self) -> QByteArray:
        """State of the splitter between collection and analogies; empty before the first time."""
        return self._bytes("window/splitter")

    @splitter.setter
    def splitter(self, state: QByteArray) -> None:
        self._set("window/splitter", state)

    def _set(self, key: str, value: object) -> None:
        if self._is_ours:
            is_other = self._raw(key) != value
            self._values.setValue(key, value)
            if is_other:
                self.changed.emit(key)

    def _raw(self, key: str) -> object:
        return self._values.value(key) if self._is_ours else None

    def _text(self, key: str, default: str) -> str:
        value = self._raw(key)
        return value if isinstance(value, str) else default

    def _int(self, key: str, default: int) -> int:
        try:
            return int(str(self._raw(key)))
        except ValueError:
            return default

    def _bool(self, key: str, *, default: bool) -> bool:
        value = str(self._raw(key)).lower()
        return value == "true" if value in ("true", "false") else default

    def _bytes(self, key: str) -> QByteArray:
        value = self._raw(key)
        return value if isinstance(value, QByteArray) else QByteArray()
