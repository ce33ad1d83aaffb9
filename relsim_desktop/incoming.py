"""What a drag or the clipboard brings: files, a picture without a file, or a link to one."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage

from relsim_desktop.fetching import is_web
from relsim_desktop.question import Question

MOST_TOGETHER: Final = 12
"""How many pictures may be asked about at once when they come together."""

_MAX_HTML = 2_000_000  # characters; a browser's copy of one picture holds less
_MAX_DATA = 50_000_000  # characters of a picture that stands in its own address
_LONGEST: Final = 2048  # pixels


@dataclass(frozen=True, slots=True)
class Incoming:
    """Made without touching a disk or the network, because the source of a drag waits for it.

    Attributes:
        paths: Local files and folders.
        image: A picture in memory, only where there are no paths.
        link: The address of a picture, only where there is neither.
    """

    paths: tuple[Path, ...] = ()
    image: QImage | None = None
    link: str = ""

    @property
    def groups(self) -> Path | None:
        """A single file that holds groups, by its name."""
        is_one = len(self.paths) == 1 and self.paths[0].suffix.lower() == ".jsonl"
        return self.paths[0] if is_one else None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to take."""
        return not self.paths and self.image is None and not self.link

    @property
    def several(self) -> tuple[Question, ...]:
        """The questions of a few pictures that come together; empty for one, and for many."""
        are_files = all(path.suffix for path in self.paths)
        if not 2 <= len(self.paths) <= MOST_TOGETHER or not are_files:
            return ()
        return tuple(Question(path=path) for path in self.paths)

    @property
    def question(self) -> Question | None:
        """The question of a single picture; whether it is one shows when it is read."""
        if self.image is not None:
            return Question(pasted=_bounded(self.image))
        if self.link:
            return Question(link=self.link)
        if len(self.paths) == 1 and self.paths[0].suffix:
            return Question(path=self.paths[0])
        return None


def _bounded(image: QImage) -> QImage:
    """Keep no more of a picture than is needed: it stays in memory as long as the history."""
    if max(image.width(), image.height()) <= _LONGEST:
        return image
    keep, mode = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode
    return image.scaled(_LONGEST, _LONGEST, keep, mode.SmoothTransformation)


def read(data: QMimeData) -> Incoming:
    """Take out what a drag or the clipboard holds.

    Pixels come before a link, because they need no network; and the address of a picture before
    that of the page that it leads to, because a browser gives both.
    """
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return Incoming(paths)
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return Incoming(image=image)
    for address in _addresses(data):
        if address.startswith("data:"):
            image = _inline(address)
            if image is not None:
                return Incoming(image=image)
        elif is_web(address):
            return Incoming(link=address)
    return Incoming()


def _addresses(data: QMimeData) -> list[str]:
    """Addresses outside this computer, those of pictures first."""
    found = _Pictures.in_html(data.html()) if data.hasHtml() else []
    found += [url.toString() for url in data.urls()]
    if not found and data.hasText():
        words = data.text().split()
        found += words if len(words) == 1 else []
    return [one for one in found if is_web(one) or one.startswith("data:image/")]


def _inline(address: str) -> QImage | None:
    """The picture that an address holds itself."""
    head, _, content = address.partition(",")
    if not head.endswith(";base64") or len(content) > _MAX_DATA:
        return None
    try:
        image = QImage.fromData(base64.b64decode(content, validate=True))
    except (ValueError, binascii.Error):
        return None
    return None if image.isNull() else image


class _Pictures(HTMLParser):
    """Collects the addresses of a fragment's pictures."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    @classmethod
    def in_html(cls, html: str) -> list[str]:
        """The addresses in the order of the fragment."""
        parser = cls()
        parser.feed(html[:_MAX_HTML])
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a picture."""
        address = dict(attrs).get("src") if tag == "img" else None
        if address:
            self.found.append(address)
