"""Texts in the language of the person. Qt's tools collect what stands in `tr` from the source."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale


def tr(text: str, comment: str = "", n: int = -1, /) -> str:
    """The text in the language that the application was started in.

    Called when the text is shown, never while a module is imported: a constant holds the English
    text marked with ``QT_TRANSLATE_NOOP("", text)``, and is passed through here on its way out.
    Qt's tools see neither calls within the braces of an f-string nor arguments by name.

    Args:
        text: In English, a literal. Values come in afterwards with ``str.replace`` or
            ``.format``; a caption's ``{Slots}`` never pass through ``format``.
        comment: What a translator should know.
        n: A number that stands as ``%n`` in the text, for its plural forms; -1 for none.
    """
    return QCoreApplication.translate("", text, comment or None, n)


def QT_TRANSLATE_NOOP(context: str, text: str, /) -> str:
    """Mark a text that is passed through `tr` later, for Qt's tools; they know it by this name.

    Args:
        context: Always empty.
        text: In English, a literal.

    Returns:
        The text as it is.
    """
    return text


def number(value: float, decimals: int = 0) -> str:
    """A number as it is written in the language of the window: ``1,234`` or ``1.234``."""
    if isinstance(value, int) and not decimals:
        return QLocale().toString(value)
    return QLocale().toString(float(value), "f", decimals)
