"""Pictures with their captions as text that can be pasted elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Captioned:
    """A file with its anonymous caption, which may be empty."""

    path: Path
    caption: str


def captions(pictures: Sequence[Captioned]) -> str:
    """The captions with their slots, one a line; the name of a file that has none."""
    return "\n".join(picture.caption or picture.path.name for picture in pictures)


def markdown(pictures: Sequence[Captioned]) -> str:
    """An image and a line below it for each picture."""
    return "\n\n".join(
        f"![{_escaped(_words(picture))}]({picture.path.as_uri()})\n*{_escaped(_words(picture))}*"
        for picture in pictures
    )


def html(pictures: Sequence[Captioned]) -> str:
    """A figure for each picture."""
    return "\n".join(
        f'<figure><img src="{escape(picture.path.as_uri())}" alt="{escape(_words(picture))}">'
        f"<figcaption>{escape(_words(picture))}</figcaption></figure>"
        for picture in pictures
    )


def _words(picture: Captioned) -> str:
    """The caption without the braces of its slots."""
    return picture.caption.replace("{", "").replace("}", "") or picture.path.name


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in "\\`*_[]<>" else c for c in text)
