"""What came from the web: is it a picture, and what of it goes into the shard?"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from io import BytesIO
from typing import Final

from PIL import Image

from engine.errors import DecodeError
from engine.imaging import content_id, decode
from trainer.data.rows import Row
from trainer.data.web import WebError

_QUALITY: Final = 95

_MAGIC: Final = (
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF8", "gif"),
    (b"II*\0", "tif"),
    (b"MM\0*", "tif"),
    (b"II+\0", "tif"),
    (b"MM\0+", "tif"),
    (b"BM", "bmp"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture for the shard.

    Attributes:
        content: The file.
        suffix: Of its kind, without a dot.
        source_id: Content id of what the host sent.
    """

    content: bytes
    suffix: str
    source_id: str

    def members(self, row: Row) -> dict[str, bytes]:
        """The members of its sample, by suffix: the picture, and all that the list says of it."""
        said = {name: value for name, value in asdict(row).items() if value is not None}
        said.pop("file", None)
        said["content"] = self.source_id
        return {self.suffix: self.content, "json": json.dumps(said).encode()}


def examine(content: bytes, least_side: int, side: int | None) -> Kept:
    """Decode what a host sent. Any thread.

    Args:
        content: What it sent.
        least_side: Pixels that the shorter side must have.
        side: Pixels that the shorter side keeps; None keeps the file as it is.

    Raises:
        WebError: If it is no picture, damaged, or too small.
    """
    suffix = suffix_of(content)
    if suffix is None:
        raise WebError("not-an-image", _beginning(content))
    try:
        picture = decode(content, min_side=side or least_side)
    except DecodeError as error:
        # A connection may have been cut where the host does not say how much there is.
        cut = str(error).startswith("cut off")
        raise WebError("unreadable", str(error), passing=cut) from error
    if min(picture.size) < least_side:
        shown = f"{picture.width} x {picture.height}"
        raise WebError("too-small", f"it has {shown} pixels, not {least_side} on each side")
    source_id = content_id(content)
    if side is None:
        return Kept(content, suffix, source_id)
    if min(picture.size) > side:
        scale = side / min(picture.size)
        size = (max(side, round(picture.width * scale)), max(side, round(picture.height * scale)))
        picture = picture.resize(size, Image.Resampling.LANCZOS)
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=_QUALITY)
    return Kept(stored.getvalue(), "jpg", source_id)


def suffix_of(content: bytes) -> str | None:
    """What kind of picture a file is by its beginning; None if it is none that is known."""
    for magic, suffix in _MAGIC:
        if content.startswith(magic):
            return suffix
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return "avif" if content[8:11] == b"avi" else "heic"
    return None


def _beginning(content: bytes) -> str:
    """What it seems to be, for a person who wonders."""
    start = content[:200].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html")):
        return "it is a web page"
    if start.startswith((b"<svg", b"<?xml")):
        return "it is a drawing or XML"
    return "it is no picture of a kind that can be read"
