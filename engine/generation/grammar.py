"""As much English grammar as a filled slot needs: determiners, ``a`` or ``an``, plurals."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"^(?:an?|the)\s+(?=\S)", re.IGNORECASE)
_INDEFINITE = re.compile(r"^an?\s+(?=\S)", re.IGNORECASE)
_ENDS_INDEFINITE = re.compile(r"(?:^|(?<=\W))(an?)(\s+)$", re.IGNORECASE)
_WORDS = re.compile(r"[\w'’-]+|[^\w\s]")
_DETERMINERS = frozenset(
    str.split(
        "a an the this these another each every any some no several many few multiple "
        "various both all its their his her our your my whose one two three four five six seven "
        "eight nine ten"
    )
)
_ARTICLES = frozenset({"a", "an", "the"})
_NO_ADJECTIVES = frozenset(
    str.split(
        "about above across against along alongside amid among around as at atop before behind "
        "below beneath beside besides between beyond by down during for from in inside into like "
        "near next of off on onto out outside over past through throughout to toward towards under "
        "underneath up upon via with within without and or versus nor but than then who which "
        "that is are was were be been has have had can may while where when becomes become make"
    )
)
_LONGEST_PHRASE = 3
"""Adjectives between a determiner and its noun, at most."""

# Sounds, not letters: "a one-way street", "a unicorn", "an hourglass".
_CONSONANT_SOUND = re.compile(r"(?:eu|one\b|once|u(?:ni(?!n)|s[ae]|t[ei]|bi))", re.IGNORECASE)
_SILENT_H = re.compile(r"h(?:our|onest|onou?r|eir)", re.IGNORECASE)
_VOWEL = re.compile(r"[aeiou]", re.IGNORECASE)
_LETTER_NAME = re.compile(r"[AEFHILMNORSX](?:[A-Z0-9]|$|-)")  # "an X-ray", "an SUV"

_IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "tooth": "teeth", "goose": "geese", "mouse": "mice", "fish": "fish", "sheep": "sheep",
    "deer": "deer", "aircraft": "aircraft", "spacecraft": "spacecraft", "leaf": "leaves",
    "wolf": "wolves", "knife": "knives", "half": "halves", "shelf": "shelves", "loaf": "loaves",
    "calf": "calves", "scarf": "scarves", "life": "lives", "wife": "wives", "thief": "thieves",
    "elf": "elves", "cactus": "cacti", "octopus": "octopuses", "hero": "heroes",
    "potato": "potatoes", "tomato": "tomatoes", "species": "species", "series": "series",
    "ox": "oxen", "somebody": "people", "passer-by": "passers-by",
}  # fmt: skip
_SEVERAL = frozenset(_IRREGULAR.values()) - {"fish", "sheep", "deer", "series", "species"}
_ONE_WITH_S = frozenset({"lens", "canvas", "gas", "atlas", "series", "species", "news"})
_AFTER_HEAD = frozenset(
    str.split(
        "of in on at with without from for to over under up down behind before after between "
        "against by into out that which who whose made full seen drawn held"
    )
)


def plain(text: str, *, trim: bool = True) -> str:
    """A text without braces, on one line."""
    words = re.sub(r"\s+", " ", re.sub(r"\{\s*\}|[{}]", "", text))
    return words.strip() if trim else words


def tidy(sentence: str) -> str:
    """A sentence with single spaces, none before a comma, and a capital at its beginning."""
    words = re.sub(r"\s+([,.;:!?])", r"\1", re.sub(r"\s+", " ", sentence)).strip()
    return words[:1].upper() + words[1:]


def bare(value: str) -> str:
    """A noun without its article."""
    return _ARTICLE.sub("", value)


def article(word: str) -> str:
    """``a`` or ``an``, by how a word probably sounds."""
    if _LETTER_NAME.match(word) or _SILENT_H.match(word):
        return "an"
    sounds = _VOWEL.match(word) and not _CONSONANT_SOUND.match(word)
    return "an" if sounds else "a"


def plural(value: str) -> str:
    """Several of a counted thing: "a cup of tea" becomes "cups of tea".

    What has no ``a`` before it, or names two things, stays as it is.
    """
    if not _INDEFINITE.match(value) or re.search(r",|\b(?:and|or)\b", value):
        return value
    words = _INDEFINITE.sub("", value).split()
    head = _head(words)
    words[head] = _plural_word(words[head])
    return " ".join(words)


def _plural_word(word: str) -> str:
    lower = word.lower()
    if len(word) == 1:
        return word + "s"
    for single, several in _IRREGULAR.items():
        if lower == single or (len(single) > 2 and lower.endswith(("-" + single, "wo" + single))):
            return word[: len(word) - len(single)] + several
    if lower.endswith("man") and lower not in {"human", "german", "roman", "shaman", "talisman"}:
        return word[:-2] + "en"
    if re.search(r"[^aeiou]y$", lower):
        return word[:-1] + "ies"
    if lower.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word + "s"


def fit(
    before: str,
    value: str,
    *,
    is_several: bool = False,
    is_uncounted: bool = False,
    after_slot: bool = False,
) -> str:
    """Continue a sentence with a noun so that it has one determiner, and the right one.

    Args:
        before: The sentence so far.
        value: A noun, with or without an article.
        is_several: Whether several are meant.
        is_uncounted: Whether the noun is known to take no ``a``, like "smoke".
        after_slot: Whether nothing but space stands between the slot before and this one.
    """
    if is_several:
        value = plural(value)
    ending = _ENDS_INDEFINITE.search(before)
    if ending and (is_uncounted or _takes_no_article(value)):
        return before[: ending.start()] + value
    if after_slot or _has_determiner(before):
        value = bare(value)
    if ending:
        word = article(value)
        word = word.capitalize() if ending[1][0].isupper() else word
        before = before[: ending.start()] + word + ending[2]
    return before + value


def _takes_no_article(value: str) -> bool:
    """Whether ``a`` before this would be wrong: "the moon", "Napoleon", "ripe bananas"."""
    if _INDEFINITE.match(value):
        return False
    if bare(value) != value or re.match(r"[A-Z][a-z]", value):
        return True
    words = value.lower().split()
    head = words[_head(words)]
    several = head in _SEVERAL or (head.endswith("s") and not head.endswith(("ss", "us", "is")))
    return several and head not in _ONE_WITH_S


def _head(words: list[str]) -> int:
    """Where the noun stands that a phrase is about."""
    ends = (at for at, word in enumerate(words) if at and word.lower() in _AFTER_HEAD)
    return next(ends, len(words)) - 1


def _has_determiner(before: str) -> bool:
    """Whether the noun that follows has its determiner already, perhaps before adjectives."""
    words = [word.lower().replace("’", "'") for word in _WORDS.findall(before)]
    for distance, word in enumerate(reversed(words[-_LONGEST_PHRASE - 1 :])):
        if word in _DETERMINERS:
            return True
        if word.endswith("'s"):
            return True
        if not word[0].isalpha():
            return False
        if word in _NO_ADJECTIVES or _may_be_verb(word):  # but "a near {Hand}", "a rising {Thing}"
            return _follows_determiner(words, distance, word)
    return False


def _may_be_verb(word: str) -> bool:
    """Whether a word is a verb rather than an adjective, if it stands behind a noun."""
    return (word.endswith(("ing", "ed", "en")) and not word.endswith("sized")) or (
        word.endswith("s") and not word.endswith(("ss", "ous", "less"))
    )


def _follows_determiner(words: list[str], distance: int, word: str) -> bool:
    """Whether the determiner stands right before a word; "each of" has none."""
    at = len(words) - distance - 2
    return at >= 0 and words[at] in (_ARTICLES if word in _NO_ADJECTIVES else _DETERMINERS)
