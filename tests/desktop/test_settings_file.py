from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray
from pytestqt.qtbot import QtBot

from relsim_desktop.settings import Settings


def test_everything_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "config" / "desktop.ini"
    first = Settings(file)
    first.theme, first.thumbnail_size, first.shows_names = "dark", 224, True
    first.surprise, first.collapse = 0.35, False
    first.model, first.describes = "relsim-7b", False
    first.library = tmp_path / "library"
    first.geometry, first.splitter = QByteArray(b"\x00\x01"), QByteArray(b"\x02")
    first.save()
    again = Settings(file)
    assert (again.theme, again.thumbnail_size, again.shows_names) == ("dark", 224, True)
    assert (again.surprise, again.collapse) == (0.35, False)
    assert (again.model, again.describes) == ("relsim-7b", False)
    assert again.library == tmp_path / "library"
    assert (again.geometry.data(), again.splitter.data()) == (b"\x00\x01", b"\x02")


@pytest.mark.parametrize("content", ["", "\x00\xff[[[", "[view]\ntheme=pink\nthumbnail_size=7\n"])
def test_nonsense_reads_as_defaults(qtbot: QtBot, tmp_path: Path, content: str) -> None:
    file = tmp_path / "desktop.ini"
    file.write_text(content)
    settings = Settings(file)
    assert (settings.theme, settings.thumbnail_size, settings.shows_names) == ("system", 128, False)
    assert (settings.surprise, settings.collapse, settings.library) == (0.0, True, None)
    assert (settings.model, settings.describes) == ("relsim-mini", None)


def test_a_file_of_a_newer_version_is_left_alone(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "desktop.ini"
    file.write_text("[General]\nformat=2\n\n[view]\ntheme=dark\n")
    before = file.read_text()
    settings = Settings(file)
    assert settings.theme == "system"
    settings.theme = "light"
    settings.save()
    del settings
    assert file.read_text() == before
