"""What goes into a table that a spreadsheet opens."""

from __future__ import annotations


def harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula, as text; anything else as it is."""
    if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return cell if _is_number(cell) else f"'{cell}"
    return cell


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
