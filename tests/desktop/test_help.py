"""The help: every chapter in both languages, searchable, at the right place, and true."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.help_texts import CHAPTERS, KEY, KEYS, read_chapters
from relsim_desktop.views.help.feature import HelpFeature
from relsim_desktop.views.help.shortcuts_dialog import ShortcutsDialog, all_keys
from relsim_desktop.views.help.window import HelpWindow
from resources import ROOT

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

LANGUAGES = ("en", "de")


@pytest.fixture
def feature(desktop: Desktop) -> HelpFeature:
    return next(one for one in desktop.window.features if isinstance(one, HelpFeature))


@pytest.mark.parametrize("language", LANGUAGES)
def test_chapters_are_whole(language: str) -> None:
    chapters = read_chapters(language)
    assert [chapter.name for chapter in chapters] == list(CHAPTERS)
    english = read_chapters("en")
    for chapter, source in zip(chapters, english, strict=True):
        assert chapter.title
        assert re.findall(r"^#+ ", chapter.text, re.M) == re.findall(r"^#+ ", source.text, re.M)
        assert _keys(chapter.text) == _keys(source.text), f"{chapter.name} names other keys"
        assert (KEYS in chapter.text) == (KEYS in source.text)
        for link in re.findall(r"\]\((.*?)\)", chapter.text):
            assert link.removesuffix(".md") in CHAPTERS
    assert {path.stem for path in (ROOT / "help" / language).glob("*.md")} == set(CHAPTERS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_of_the_help_exists(desktop: Desktop, language: str) -> None:
    known = {key for group in all_keys(desktop.window.verbs) for _, key in group.keys}
    known |= {part.strip() for key in known for part in key.split(",")}
    known |= {"Tab", *"DFOSV"}  # letters belong to the page of the comparison
    for chapter in read_chapters(language):
        missing = _keys(chapter.text) - known
        assert not missing, f"{chapter.name} names keys that do not exist: {missing}"


def test_no_key_is_used_twice(desktop: Desktop) -> None:
    window = desktop.window
    keys: dict[str, str] = {}
    for action in window.findChildren(QAction):
        key = action.shortcut().toString()
        if key:
            assert key not in keys, f"{key}: {action.text()} and {keys[key]}"
            keys[key] = action.text()
    assert keys["F1"].replace("&", "") == "Help"
    assert keys["Ctrl+?"].replace("&", "") == "Keyboard shortcuts"


def test_f1_opens_the_chapter_of_what_is_shown(
    desktop: Desktop, feature: HelpFeature, qtbot: QtBot
) -> None:
    parts = desktop.window.parts
    for page in (parts.opening, parts.empty):  # which of them shows is a matter of moments
        parts.pages.setCurrentWidget(page)
        assert feature.chapter_of_now() == "start"
    window = feature.open()
    assert window.chapter == "start"
    window.close()
    desktop.window.verbs.compare.trigger()
    feature.action.trigger()
    assert window.chapter == "comparing"
    assert "Comparing" in window.text.toPlainText()


def test_search_hides_chapters_and_marks_words(feature: HelpFeature, qtbot: QtBot) -> None:
    window = feature.open()
    qtbot.keyClicks(window.search, "checkpoint")
    shown = [
        window.list.item(row).data(Qt.ItemDataRole.UserRole)
        for row in range(window.list.count())
        if not window.list.item(row).isHidden()
    ]
    assert shown == ["models"]
    assert window.chapter == "models"
    assert window.text.extraSelections()
    window.search.setText("qqqq")
    assert window.text.isHidden()
    assert not window.nothing.isHidden()
    window.search.clear()
    assert not any(window.list.item(row).isHidden() for row in range(window.list.count()))


def test_links_lead_to_chapters(feature: HelpFeature) -> None:
    window: HelpWindow = feature.show_chapter("finding")
    window.text.anchorClicked.emit(QUrl("privacy.md"))
    assert window.chapter == "privacy"


def test_the_list_of_keys_is_the_real_one(desktop: Desktop, feature: HelpFeature) -> None:
    window = feature.show_chapter("keyboard")
    text = window.text.toPlainText()
    assert KEYS not in text
    for group in all_keys(desktop.window.verbs):
        for what, key in group.keys:
            assert what in text
            assert key in text


def test_shortcuts_are_listed_and_found(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.window.verbs.shortcuts.trigger()
    dialog = desktop.window.findChild(ShortcutsDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.search, "compare")
    shown = [text for _, rows in dialog._rows for text, what, _ in rows if not what.isHidden()]
    assert any("Compare two pictures Ctrl+D" in text for text in shown)
    assert all("ompare" in text for text in shown)
    dialog.close()


def _keys(text: str) -> set[str]:
    """What looks like a key among the words in backticks."""
    return set(KEY.findall(text))
