"""Sentences that name the subjects, in passable English."""

from __future__ import annotations

import re


def singular(noun: str) -> str:
    """A name without its plural ending, by the regular rules."""
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(x|ch|sh|ss)es$", noun):
        return noun[:-2]
    return noun[:-1] if re.search(r"[^usi]s$", noun) and len(noun) > 3 else noun


def plural(noun: str) -> str:
    """The plural of a singular noun by the regular rules."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def fill(template: str, a: str, b: str) -> str:
    """Put the subjects' names into a conventional template.

    ``{a}s`` becomes the plural, and ``a {a}`` or ``A {a}`` takes the right article.
    """
    a, b = singular(a), singular(b)
    text = template.replace("{a}s", plural(a)).replace("{b}s", plural(b))
    text = text.replace("{a}", a).replace("{b}", b)
    text = re.sub(r"\b([Aa]) (?=[aeio])", r"\1n ", text)
    return text[0].upper() + text[1:]
