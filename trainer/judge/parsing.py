"""The score in what a judge says, or none: a guess would become a figure in a table."""

from __future__ import annotations

import json
import re
from typing import Any, Final

LOWEST: Final = 0.0
HIGHEST: Final = 10.0

_KEYS = frozenset({"score", "rating"})
# Also thoughts whose beginning was part of the question, and such that were cut off.
_THOUGHTS = re.compile(r"\A.*</think>|<think>.*", re.DOTALL)
_FENCED = re.compile(r"```(?:json)?\s*(.*?)```", re.DOTALL)
_BOXED = re.compile(r"\\boxed\{([^{}]*)\}")
_MARKS = re.compile(r"^\s*>\s|[*`#\"“”()\[\]]|(?<!\w)_|_(?!\w)")
# "on a scale from 0 to 10" says nothing about the pictures.
_SCALE = re.compile(r"(?<![\d.])[01]\s*(?:-|–|to)\s*10(?![\d.])(?!\s*/)")
_OUT_OF = re.compile(r"(?<=\d)\s*(?:/|\bout of\b|\bof\b)\s*(?=\d)")
# A number with everything that hangs on it: "7/10", "-1", "7-8", "2024-05-07", "7th", "70%".
_NUMBER = re.compile(r"[^\s:=,;]*\d(?:[^\s;:=]*[^\s;:=.,!])?", re.ASCII)
_SCORE = re.compile(r"(\d+(?:\.\d+)?)(/10(?:\.0+)?)?", re.ASCII)
_LABEL = re.compile(r"\b(?:score|rating)\b|^(?:final )?answer\b", re.IGNORECASE)
_BOUND = re.compile(
    r"\b(?:(?:less|more|lower|higher|greater) than|at (?:least|most)|up to|under|over|above|below"
    r"|not)\s+(?:an? )?\d",
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile(r"[^\w\s]*\s*\S*\d\S*\s*", re.ASCII)


def parse_score(text: str, *, is_cut: bool = False) -> float | None:
    """Read a score from 0 to 10.

    A score is a JSON object with a `score`, or a line that is a number, says "score" or "rating",
    or grades out of ten. All such lines have to agree, and none may hold another number. Other
    lines, an explanation for example, may say what they like.

    Args:
        text: What the judge said.
        is_cut: Whether it was cut off: its last line then counts for nothing, since a number in it
            may have been a longer one.

    Returns:
        The score, or None where there is none, or where two readings are possible: other numbers,
        ranges, bounds, dates, percents, something below 0 or above 10, a refusal.
    """
    text = _THOUGHTS.sub("", text).strip()
    if is_cut:
        text = text.rpartition("\n")[0]
    is_object, value = _from_json(text)
    if is_object:
        return value
    claims = [claim for line in text.splitlines() for claim in _claims(line)]
    if not claims or None in claims or len(set(claims)) > 1:
        return None
    return claims[0]


def _claims(line: str) -> list[float | None]:
    """What one line says about the score: nothing, a value, or None for what cannot be read."""
    line = _MARKS.sub("", _BOXED.sub(r"\1", line)).strip()
    plain = _SCALE.sub("", line)
    plain = _OUT_OF.sub("/", plain)
    found = _NUMBER.findall(plain)
    is_bare = len(found) == 1 and _BARE.fullmatch(plain) is not None
    is_graded = any("/" in number for number in found)
    if not (is_bare or is_graded or _LABEL.search(line)):
        # Numbers alone on a line are meant as an answer, whatever they are.
        return [None] if found and not re.search("[A-Za-z]", plain) else []
    if found and _BOUND.search(plain):
        return [None]
    return [_value(number) for number in found]


def _value(number: str) -> float | None:
    match = _SCORE.fullmatch(number)
    if match is None:
        return None
    value = float(match[1])
    return value if LOWEST <= value <= HIGHEST else None


def _from_json(text: str) -> tuple[bool, float | None]:
    """Whether a text is a JSON object, and the score that it holds."""
    fenced = _FENCED.search(text)
    body = fenced[1].strip() if fenced else text
    if not body.startswith("{"):
        return False, None
    try:
        pairs = json.loads(body, object_pairs_hook=list)
    except (ValueError, RecursionError):
        return False, None
    values = [value for key, value in pairs if key.strip().lower() in _KEYS]
    if len(values) != 1:
        return True, None
    return True, _from_value(values[0])


def _from_value(value: Any) -> float | None:
    if isinstance(value, str):
        return _value(_OUT_OF.sub("/", value.strip()))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if LOWEST <= value <= HIGHEST else None
