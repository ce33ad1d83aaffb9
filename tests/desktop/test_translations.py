"""Texts in other languages: complete, sound, compiled, and shown."""

from __future__ import annotations

import ast
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import PySide6
import pytest
from PySide6.QtCore import QLibraryInfo, QLocale
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import relsim_desktop
from relsim_desktop import options, phrases
from relsim_desktop.app import Desktop
from relsim_desktop.language import LANGUAGES, TRANSLATIONS, Language
from relsim_desktop.settings import Settings
from relsim_desktop.translation import number, tr

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SOURCE = Path(relsim_desktop.__file__).parent
ENGINE = SOURCE.parent / "engine"
UPDATE = (
    "make translations (pyside6-lupdate, then translate what is unfinished, then pyside6-lrelease)"
)

Key = tuple[str, str]
"""Source text, and the comment that tells two equal ones apart."""


@dataclass(frozen=True)
class Text:
    forms: tuple[str, ...]
    has_number: bool
    is_finished: bool


def tool(name: str) -> str:
    """One of Qt's tools, as PySide6 brings it along."""
    suffix = ".exe" if os.name == "nt" else ""
    found = Path(PySide6.__file__).parent / f"{name}{suffix}"
    if not found.exists():
        libexec = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibraryExecutablesPath))
        found = libexec / f"{name}{suffix}"
    return str(found)


def run(*arguments: str) -> None:
    subprocess.run(arguments, check=True, capture_output=True, text=True)


def read(path: Path) -> dict[Key, Text]:
    texts = {}
    for message in ElementTree.parse(path).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        forms = tuple(form.text or "" for form in translation.iter("numerusform"))
        key = (message.findtext("source") or "", message.findtext("comment") or "")
        texts[key] = Text(
            forms or (translation.text or "",),
            message.get("numerus") == "yes",
            "type" not in translation.attrib,
        )
    return texts


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Text]:
    """What Qt's tool finds in the source."""
    out = tmp_path_factory.mktemp("texts") / "found.ts"
    files = [str(path) for path in sorted(SOURCE.rglob("*.py"))]
    run(tool("lupdate"), *files, "-ts", str(out), "-locations", "none", "-target-language", "de")
    return read(out)


def test_everything_is_translated(found: dict[Key, Text]) -> None:
    german = read(TRANSLATIONS / "relsim_de.ts")
    missing = sorted(source for source, _ in found.keys() - german.keys())
    assert not missing, f"not in relsim_de.ts: {missing}; {UPDATE}"
    gone = sorted(source for source, _ in german.keys() - found.keys())
    assert not gone, f"no longer in the program: {gone}; {UPDATE}"
    empty = sorted(
        source
        for (source, _), text in german.items()
        if not text.is_finished or not all(text.forms)
    )
    assert not empty, f"without a translation: {empty}"


def test_english_has_its_plural_forms(found: dict[Key, Text]) -> None:
    english = read(TRANSLATIONS / "relsim_en.ts")
    assert set(english) == {key for key, text in found.items() if text.has_number}, UPDATE
    for (source, _), text in english.items():
        assert text.is_finished
        assert len(text.forms) == 2
        assert "%Ln" in text.forms[1], source
        for form in text.forms:
            assert "(s)" not in form
            assert "/" not in form.replace("images/s", ""), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_keep_what_is_put_in_later(language: str) -> None:
    slots = re.compile(r"\{[^{}]*\}")
    for (source, _), text in read(TRANSLATIONS / f"relsim_{language}.ts").items():
        for form in text.forms:
            assert sorted(slots.findall(form)) == sorted(slots.findall(source)), source
            assert ("\t" in form) == ("\t" in source), source
            assert form.count("\n") == source.count("\n"), source
            assert form.startswith(" ") == source.startswith(" "), source
            assert form.endswith(" ") == source.endswith(" "), source
            assert form.endswith(" …") or form.endswith("…") == source.endswith("…"), source
            assert re.findall(r"</?\w+>", form) == re.findall(r"</?\w+>", source), source
            assert form.count("&") == source.count("&"), source
            assert "%n" not in form, f"{source}: %Ln writes the number as the language does"


def test_what_is_compiled_is_what_was_translated(tmp_path: Path) -> None:
    for language in LANGUAGES:
        out = tmp_path / f"relsim_{language}.qm"
        run(tool("lrelease"), str(TRANSLATIONS / f"relsim_{language}.ts"), "-qm", str(out))
        assert out.read_bytes() == (TRANSLATIONS / out.name).read_bytes(), UPDATE


def test_the_tool_sees_every_text(found: dict[Key, Text]) -> None:
    """What it does not see: calls within f-strings, arguments that are no literals."""
    known = {source for source, _ in found}
    for path in sorted(SOURCE.rglob("*.py")):
        for name, argument, line in _marked(ast.parse(path.read_text("utf-8"))):
            where = f"{path.relative_to(SOURCE)}:{line}"
            if isinstance(argument, ast.Constant):
                assert argument.value in known, f"{where}: Qt's tool does not see this text"
            else:
                assert name == "tr", f"{where}: only a literal can be marked"
                assert not isinstance(argument, ast.JoinedStr), f"{where}: put values in afterwards"


def test_nothing_is_translated_while_a_module_is_imported() -> None:
    """The language is not known then."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            for inner in _outside_functions(node):
                is_call = isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name)
                if is_call and inner.func.id == "tr":  # type: ignore[union-attr]
                    pytest.fail(f"{path.relative_to(SOURCE)}:{inner.lineno} is too early")


def test_what_the_engine_is_at_has_a_name_in_every_language() -> None:
    said = set()
    for path in ENGINE.rglob("*.py"):
        text = path.read_text("utf-8")
        said |= set(re.findall(r"(?:report|meter\.add)\(\s*\"([A-Z][^\"]*)\"", text))
    unknown = said - {source for source, _ in read(TRANSLATIONS / "relsim_de.ts")}
    assert not unknown, f"phrases.PHASES lacks {sorted(unknown)}"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[Language]:
    language = Language(qapp, "de")
    yield language
    language.remove()
    Language(qapp, "en").remove()  # numbers, too


def test_numbers_and_plurals(german: Language) -> None:
    assert number(1234567) == "1.234.567"
    assert number(0.5, 2) == "0,50"
    assert phrases.pictures(1) == "1 Bild"
    assert phrases.pictures(8121) == "8.121 Bilder"
    assert phrases.size(18_800_000_000) == "18,8 GB"
    assert phrases.percentile(97.3) == "97 %"
    assert tr("a text that nobody knows") == "a text that nobody knows"


def test_english_numbers_and_plurals(qapp: QApplication) -> None:
    assert (phrases.pictures(1), phrases.pictures(8121)) == ("1 picture", "8,121 pictures")
    assert phrases.size(18_800_000_000) == "18.8 GB"


def test_the_system_s_language_is_spoken_if_it_is_known(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = {"de_AT": "de", "de-CH": "de", "en-GB": "en", "fr-FR": "en"}
    for said, expected in spoken.items():
        monkeypatch.setattr(QLocale, "uiLanguages", lambda _, said=said: [said])
        language = Language(qapp, "system")
        assert language.code == expected
        language.remove()
    monkeypatch.setattr(QLocale, "uiLanguages", lambda _: ["fr-FR", "de-CH"])
    language = Language(qapp, "nonsense")
    assert language.code == "de", "the first that is known"
    language.remove()
    Language(qapp, "en").remove()


def test_a_window_speaks_german(
    settings: Settings, open_desktop: Callable[..., Desktop], qtbot: QtBot
) -> None:
    settings.write(options.LANGUAGE.key, "de")
    desktop = open_desktop()
    window = desktop.window
    titles = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert titles[:3] == ["Datei", "Bearbeiten", "Bibliothek"]
    assert window.parts.empty.sample_button.text() == "Beispielsammlung ausprobieren"
    no_button = QApplication.translate("QPlatformTheme", "Cancel")
    assert no_button == "Abbrechen", "Qt's own texts, too"
    settings.write(options.LANGUAGE.key, "en")
    desktop.language.remove()
    Language(QApplication.instance(), "en").remove()  # type: ignore[arg-type]


def _marked(tree: ast.AST) -> Iterator[tuple[str, ast.expr, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "tr" and node.args:
                yield "tr", node.args[0], node.lineno
            elif node.func.id == "QT_TRANSLATE_NOOP":
                yield "QT_TRANSLATE_NOOP", node.args[1], node.lineno


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        for inner in ast.iter_child_nodes(node):
            yield from _outside_functions(inner)
