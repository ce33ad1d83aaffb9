"""Whether a caption keeps its promise: the logic in words, the things in slots.

A word list decides (``resources/captions/concrete.txt``, made by `trainer.captions`), with a few
rules on how words stand in a sentence. It is a check, not a parser: docs/models/anonymity.md says
how often it errs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from resources import ROOT

RESOURCE = ROOT / "captions" / "concrete.txt"
"""One entry a line; its head explains the marks."""

MAX_WORDS = 60
"""A longer caption describes a picture rather than a logic."""

_SLOT = re.compile(r"\{[^{}]*\}")
_FILLED_SLOT = re.compile(r"\{[^{}]*\w[^{}]*\}")
_TOKEN = re.compile(r"\{\}|[^\W\d_]+(?:['-][^\W\d_]+)*|\d+|[^\w\s]")
_TYPOGRAPHY = str.maketrans("‘’‐‑", "''--")

_DETERMINERS = frozenset(
    str.split(
        "a an the this these another each every any some no several many few multiple various "
        "both all its their his her our your my whose one two three four five six seven eight "
        "nine ten"
    )
)
_PREPOSITIONS = frozenset(
    str.split(
        "about above across against along alongside amid among around as at atop before "
        "behind below beneath beside between beyond by down during for from in inside into "
        "like near next of off on onto out outside over past through throughout toward "
        "towards under underneath up upon via with within without and or versus"
    )
)
# After these a word that may be a verb is one.
_BEFORE_VERBS = frozenset(
    str.split(
        "to that which who not can cannot could may might must shall should will would do "
        "does did they it we you i he she what never"
    )
)
# After these a noun is complete: it does not qualify another.
_AFTER_NOUNS = _PREPOSITIONS | frozenset(
    str.split("to that which who is are was were be has have had can while where when but than")
)
_FUNCTION_WORDS = _DETERMINERS | _AFTER_NOUNS | _BEFORE_VERBS
# Capitals inside a sentence that name no thing: times, feasts, styles.
_TIMES_AND_STYLES = frozenset(
    str.split(
        "monday tuesday wednesday thursday friday saturday sunday january february march "
        "april may june july august september october november december christmas halloween "
        "easter thanksgiving valentine ramadan diwali hanukkah gothic baroque renaissance "
        "rococo deco nouveau bauhaus pop art earth i"
    )
)
_STYLE_ENDINGS = ("ism", "ist", "ish", "ese", "ian", "ean", "ic", "can")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The parsed resource: lemma -> mark ("", "~" or "^"), compounds, names, plurals, phrases."""

    words: dict[str, str]
    compounds: frozenset[str]
    names: frozenset[str]
    plurals: dict[str, str]
    phrases: re.Pattern[str]


def is_anonymous(caption: str) -> bool:
    """Whether a caption is one sound line with a slot that names nothing outside its slots."""
    lines = caption.strip().splitlines()
    if len(lines) != 1 or len(caption.split()) > MAX_WORDS:
        return False
    slots = _SLOT.findall(caption)
    if not slots or not all(_FILLED_SLOT.fullmatch(slot) for slot in slots):
        return False
    if set("{}") & set(_SLOT.sub("", caption)):
        return False
    return not leaks(caption)


def leaks(caption: str) -> tuple[str, ...]:
    """The concrete visible things that a caption names outside the slots in curly braces.

    Args:
        caption: In English; slots such as ``{Object}`` are not looked into.

    Returns:
        Lower-case lemmas in the order of the caption, each once; empty if it is anonymous.
    """
    lexicon = _lexicon()
    text = _SLOT.sub(" {} ", caption.translate(_TYPOGRAPHY))
    tokens = _TOKEN.findall(lexicon.phrases.sub(" something ", text))
    return tuple(dict.fromkeys(_named(tokens, lexicon)))


def singulars(form: str) -> tuple[str, ...]:
    """What a lower-case noun may be the regular plural of, itself first."""
    found = [form]
    if form.endswith("s") and not form.endswith(("ss", "us", "is")):
        found.append(form[:-1])
    if form.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        found.append(form[:-2])
    if form.endswith("ies"):
        found.append(form[:-3] + "y")
    if form.endswith("children"):
        found.append(form[:-3])
    if form.endswith("men"):
        found.append(form[:-3] + "man")
    return tuple(found)


@cache
def _lexicon() -> _Lexicon:
    words: dict[str, str] = {}
    compounds: set[str] = set()
    names: set[str] = set()
    plurals: dict[str, str] = {}
    phrases: list[str] = []
    for line in RESOURCE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        if line.startswith("-"):
            phrases.append(line[1:])
        elif "=" in line:
            form, _, lemma = line.partition("=")
            plurals[form] = lemma
        elif " " in line:
            compounds.add(line)
        elif line[0].isupper():
            names.add(line.lower())
        elif line[-1] in "~^":
            words[line[:-1]] = line[-1]
        else:
            words[line] = ""
    longest_first = sorted(phrases, key=len, reverse=True)
    pattern = rf"\b(?:{'|'.join(map(re.escape, longest_first))})s?\b"
    return _Lexicon(
        words, frozenset(compounds), frozenset(names), plurals, re.compile(pattern, re.IGNORECASE)
    )


def _named(tokens: Sequence[str], lexicon: _Lexicon) -> Iterator[str]:
    lower = [token.lower().removesuffix("'s").removesuffix("s'") for token in tokens]
    titled = _is_titled(tokens)
    at = 0
    while at < len(tokens):
        name = [] if titled else _name(tokens, at)
        if name:
            yield " ".join(name)
            at += len(name)
            continue
        width = next((n for n in (3, 2) if _compound(lower[at : at + n], lexicon)), 0)
        if width:
            yield _compound(lower[at : at + width], lexicon)
            at += width
            continue
        if tokens[at][0].isupper() and lower[at] in lexicon.names:
            yield lower[at]
        else:
            yield from _words(lower, at, lexicon)
        at += 1


def _is_titled(tokens: Sequence[str]) -> bool:
    """Whether the caption is set like a title, so that capitals say nothing."""
    words = [token for token in tokens if len(token) > 3 and token[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    return capitals >= 4 and capitals > 0.7 * len(words)


def _name(tokens: Sequence[str], at: int) -> list[str]:
    """The proper name that begins here; a capital at the start of a sentence is no sign of one."""
    end = at
    while end < len(tokens) and _is_capital(tokens[end]):
        end += 1
    name = [token.lower().removesuffix("'s") for token in tokens[at:end]]
    if name and _begins_sentence(tokens, at) and (len(name) == 1 or name[0] in _FUNCTION_WORDS):
        return []
    return name


def _is_capital(token: str) -> bool:
    """Whether a word is written like a name: neither an acronym nor a time nor a style."""
    word = token.lower().removesuffix("'s").split("-")[0]
    return (
        token[0].isupper()
        and any(letter.islower() for letter in token[1:])
        and len(word) > 2
        and word not in _TIMES_AND_STYLES
        and not word.endswith(_STYLE_ENDINGS)
    )


def _begins_sentence(tokens: Sequence[str], at: int) -> bool:
    return at == 0 or tokens[at - 1] in set(".!?:;\"'“”«»()[]-–—*#•")


def _compound(parts: Sequence[str], lexicon: _Lexicon) -> str:
    """The compound that these words make, in the singular, or ""."""
    if len(parts) < 2:
        return ""
    for last in singulars(parts[-1]):
        whole = " ".join([*parts[:-1], last])
        if whole in lexicon.compounds:
            return whole
    return ""


def _words(lower: Sequence[str], at: int, lexicon: _Lexicon) -> Iterator[str]:
    """The leaks of one token: a hyphenated word leaks what any part of it names."""
    parts = lower[at].split("-")
    whole = _lemma(lower[at].replace("-", ""), lexicon)
    if len(parts) > 1 and whole:
        yield whole
        return
    for part in parts:
        lemma = _lemma(part, lexicon)
        if lemma and _is_noun(lower, at, lexicon.words[lemma]):
            yield lemma


def _lemma(form: str, lexicon: _Lexicon) -> str:
    if form in _FUNCTION_WORDS:
        return ""
    if form in lexicon.plurals:
        return lexicon.plurals[form]
    return next((word for word in singulars(form) if word in lexicon.words), "")


def _is_noun(lower: Sequence[str], at: int, mark: str) -> bool:
    """Whether a word that is sometimes something else stands here as a noun."""
    if not mark:
        return True
    before = lower[at - 1] if at else "."
    after = lower[at + 1] if at + 1 < len(lower) else "."
    if mark == "^":
        ends = after in _AFTER_NOUNS or after.endswith(("ing", "ed")) or not after[0].isalnum()
    else:
        ends = after != "{}" and after not in _DETERMINERS
    if before == "{}":  # "{Color} dress", but "{Animals} bear" and "a {Wall} bears"
        return ends and not lower[at].endswith("s")
    if before in _DETERMINERS | _PREPOSITIONS or not before[0].isalnum():
        return ends
    # "to bear", "slowly bears", "that the action leaves", but "a large brown bear"
    earlier = {before, *lower[max(0, at - 3) : at - 1]}
    is_verb = before.endswith("ly") or bool(earlier & _BEFORE_VERBS)
    return ends and not is_verb and bool(earlier & (_DETERMINERS | _PREPOSITIONS))
