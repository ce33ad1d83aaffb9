"""The language of the window: which there are, and bringing one in when the program starts."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from resources import ROOT

LANGUAGES: Final = ("en", "de")
"""Those that the program speaks; the texts in the source are English."""

TRANSLATIONS: Final = ROOT / "translations"
"""Folder of ``relsim_<language>.qm``."""


class Language:
    """Lets an application speak a language, numbers and dates included.

    Texts are put into widgets when these are made, so another choice needs another start.

    Args:
        application: Gets the translators; Qt's own texts are translated too.
        choice: One of `LANGUAGES`, or ``system``.
    """

    def __init__(self, application: QApplication, choice: str) -> None:
        self.code = choice if choice in LANGUAGES else _of_system()
        self._translators: list[QTranslator] = []
        system = QLocale.system()
        if system.name().split("_")[0] != self.code:
            # Another language than the system's, in the country's forms as far as they are known.
            system = QLocale(QLocale(self.code).language(), system.territory())
        QLocale.setDefault(system)
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (("qtbase", qt), ("relsim", str(TRANSLATIONS))):
            translator = QTranslator(application)
            # English has no file of Qt's, and ours holds the plural forms only.
            if translator.load(f"{name}_{self.code}", folder):
                application.installTranslator(translator)
                self._translators.append(translator)
        self._application = application

    def remove(self) -> None:
        """Speak the language of the source again."""
        for translator in self._translators:
            self._application.removeTranslator(translator)
        self._translators.clear()


def _of_system() -> str:
    """The first language that the person has told the system and that the program speaks."""
    for name in QLocale.system().uiLanguages():
        code = name.replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return LANGUAGES[0]
