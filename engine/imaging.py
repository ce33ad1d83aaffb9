"""The one decoder: any supported picture file -> a small upright RGB picture, or a reason why not.

The format is read from the content, never from the name, and no parser but those listed here is
ever reached. Colours, transparency and rotation are done in strips or on the reduced picture, so
that decoding costs little more than the raster that the file holds.
"""

from __future__ import annotations

import hashlib
import os
import stat
import struct
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Final, Protocol, cast

from PIL import Image as Pillow
from PIL.Image import Image
from PIL.ImageFile import ImageFile

from engine.errors import DecodeError
from engine.formats.exif import SIDEWAYS, TURNS, read_exif
from engine.formats.flattening import flatten, reduction
from engine.formats.kinds import RAW_PARSER, SUPPORTED, is_cut_off, parser_of
from engine.formats.raw import is_raw

__all__ = [
    "MAX_PIXELS",
    "SUPPORTED",
    "Decoded",
    "PixelBudget",
    "content_id",
    "content_id_of",
    "decode",
    "decode_whole",
    "load",
    "naming",
]

MAX_PIXELS: Final = 180_000_000
"""Pictures with more pixels than this are refused before anything is decoded."""

_IN_MEMORY = 64 << 20  # up to this size a file is read once, for its content id and the decoder
_IN_FLIGHT_PIXELS = 60_000_000
_JPEG_ALLOWANCE = 4  # a JPEG that is decoded at a fraction of its size may be so much larger

# Pillow reports oddities of a file as warnings, but the outcome of `decode` says all that matters.
warnings.filterwarnings("ignore", module=r"PIL\.")


class PixelBudget:
    """Bounds the pixels that all threads hold at a time; a picture above the limit runs alone.

    First come, first served, so that small pictures do not overtake a large one for ever.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._held = 0
        self._turn = threading.Lock()
        self._released = threading.Condition()

    @contextmanager
    def hold(self, pixels: int) -> Iterator[None]:
        """Wait until `pixels` more fit, then hold them for the duration of the block."""
        with self._turn, self._released:
            self._released.wait_for(lambda: not self._held or self._held + pixels <= self._limit)
            self._held += pixels
        try:
            yield
        finally:
            with self._released:
                self._held -= pixels
                self._released.notify_all()


_budget = PixelBudget(_IN_FLIGHT_PIXELS)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded picture, with what its file says of it.

    Attributes:
        image: As `decode` returns it.
        width: Of the full picture in pixels, upright.
        height: Of the full picture in pixels, upright.
        format: For example ``JPEG``.
        taken_ns: When its camera says that it was taken, nanoseconds since 1970, the camera's clock
            taken for local time; None if it says nothing.
    """

    image: Image
    width: int
    height: int
    format: str
    taken_ns: int | None


def decode(source: Path | bytes, *, min_side: int = 256, max_pixels: int = MAX_PIXELS) -> Image:
    """Decode a picture to upright RGB, no larger than needed. Any thread.

    Transparency is laid over white, the EXIF orientation is applied, 16-bit, integer and float
    data are scaled to 8 bits, and of an animation the first frame is taken. All threads together
    hold about 60 megapixels of raster at a time; a single larger picture waits until it is alone.

    Args:
        source: A file, or the content of one.
        min_side: Pixels, at least 1, that the shorter side keeps if it has them. The picture is
            reduced by a whole factor, so that it is usually larger, and never enlarged. Above an
            aspect ratio of 32 an area of about ``32 * min_side ** 2`` is kept instead.
        max_pixels: A picture with more is refused. A baseline JPEG may have 4 times as many where
            it can be decoded at a fraction of its size; WebP, AVIF and HEIC, whose decoders need
            several times the memory, may have half as many.

    Raises:
        DecodeError: If this is not a whole picture of a supported kind within the limit. The text
            is the reason and does not name the file.
    """
    return decode_whole(source, min_side=min_side, max_pixels=max_pixels).image


def decode_whole(
    source: Path | bytes, *, min_side: int = 256, max_pixels: int = MAX_PIXELS
) -> Decoded:
    """As `decode`, and tell from the same reading what the file says of the picture."""
    assert min_side > 0
    with _reasons(), _opened(source) as file:
        picture = _parse_header(file)
        size = picture.size
        kind = picture.format or ""
        picture.draft(None, (min_side, min_side))
        with _budget.hold(_check_size(picture, size, max_pixels)):
            picture.load()
            if kind not in _DRAFTED:  # some kinds are turned while they are loaded
                size = picture.size
            small = flatten(picture, reduction(picture.size, min_side))
        orientation, taken_ns = read_exif(picture)
        if orientation in TURNS:
            small = small.transpose(TURNS[orientation])
        if orientation in SIDEWAYS:
            size = size[::-1]
        size = getattr(picture, "upright_size", size)
        small.info = {}  # profile, comment and the like would travel on into every copy
        return Decoded(small, size[0], size[1], kind, taken_ns)


def content_id(data: bytes) -> str:
    """Identify a file by its content.

    Returns:
        32 hexadecimal digits.
    """
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def content_id_of(path: Path) -> str:
    """`content_id` of a file of any size, which is never held in memory as a whole.

    Raises:
        DecodeError: If the file is empty or cannot be read.
    """
    with _reasons(), _opened(path) as file:
        return hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=16)).hexdigest()


def load(path: Path) -> tuple[str, Path | bytes]:
    """Read a file once, to identify it and then, if it is new, to `decode` it.

    Returns:
        The content id, and the source for `decode`: the file's content, or the path again where
        the file is larger than 64 MiB.

    Raises:
        DecodeError: If the file is empty or cannot be read.
    """
    with _reasons(), _opened(path) as file:
        if path.stat().st_size > _IN_MEMORY:
            return content_id_of(path), path
        data = file.read()
    return content_id(data), data


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Put the file's name before the reason why it cannot be read, for who sees only the reason."""
    try:
        yield
    except DecodeError as error:
        raise DecodeError(f"{path}: {error}") from error


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...
    def readinto(self, buffer: bytearray, /) -> int: ...
    def readable(self) -> bool: ...
    def seek(self, offset: int, whence: int = 0, /) -> int: ...


@contextmanager
def _opened(source: Path | bytes) -> Iterator[_Readable]:
    if isinstance(source, bytes):
        if not source:
            raise DecodeError("empty file")
        yield BytesIO(source)
        return
    status = source.stat()
    if not stat.S_ISREG(status.st_mode):  # to open a pipe would wait for ever
        raise DecodeError("not a file")
    if status.st_size == 0:
        raise DecodeError("empty file")
    with source.open("rb") as file:
        yield file


def _parse_header(file: _Readable) -> ImageFile:
    """Let the one parser that the content calls for read the header. No pixel is decoded."""
    module, parser = _parser(file)
    # Called directly, because Pillow's own `open` tries every parser, refuses by a limit that is
    # global, and maps files into memory, which another program may cut short meanwhile.
    return cast(ImageFile, getattr(import_module(module), parser)(file))


def _parser(file: _Readable) -> tuple[str, str]:
    """The module and class that read this file, which is left at its beginning."""
    head = file.read(64)
    file.seek(0)
    found = parser_of(head)
    if found is not None:
        is_tiff = found[1] == "TiffImageFile"
        return RAW_PARSER if is_tiff and is_raw(file) else found
    if not head.strip(b"\0"):
        raise DecodeError("not a picture: the file holds nothing but zeros")
    raise DecodeError(_CUT_OFF if is_cut_off(head) else "not a picture of a supported kind")


def _check_size(picture: ImageFile, size: tuple[int, int], max_pixels: int) -> int:
    """Refuse a picture of `size` above the limit, from its header alone.

    Returns:
        What decoding it holds in memory, in pixels of four bytes.
    """
    pixels = size[0] * size[1]
    copies = _COPIES.get(picture.format or "", 1)
    held = copies * pixels
    if picture.format == "SVG":
        return 2 * picture.width * picture.height  # drawn as large as wanted, whatever it says
    if picture.format == "JPEG" and "progressive" not in picture.info:
        held = picture.width * picture.height
        if held < pixels:
            max_pixels *= _JPEG_ALLOWANCE
    elif copies > 2:
        max_pixels //= 2
    if pixels > max_pixels:
        limit = f"more than the limit of {max_pixels / 1e6:,.0f}"
        raise DecodeError(f"{pixels / 1e6:,.0f} megapixels, {limit}")
    return held


# Measured: these decoders keep copies of their own, and a TIFF may be turned in its full size.
_COPIES = {"WEBP": 4, "AVIF": 3, "HEIF": 3, "TIFF": 2, "JXL": 4, "PSD": 3, "RAW": 2}

_DRAFTED = frozenset({"JPEG", "SVG"})
"""Kinds that are decoded at another size than their own, which is known before."""


@contextmanager
def _reasons() -> Iterator[None]:
    """Turn whatever parsers raise on bad input into a `DecodeError` with a reason in words."""
    try:
        yield
    except DecodeError:
        raise
    except Exception as error:
        raise DecodeError(_reason(error)) from error


def _reason(error: Exception) -> str:
    for kind, words in _WORDS:
        if isinstance(error, kind):
            return words
    if isinstance(error, OSError) and error.errno:
        return f"cannot be read: {os.strerror(error.errno)}"
    text = "".join(filter(str.isprintable, str(error)))[:80].strip()
    hints = ("truncated", "not enough", "incomplete", "end of file")
    if isinstance(error.__cause__, _ENDED) or any(hint in text.lower() for hint in hints):
        return _CUT_OFF
    return f"damaged: {text}" if any(map(str.isalpha, text)) else "damaged"


_ENDED = (EOFError, struct.error, IndexError)
_CUT_OFF = "cut off: the file ends before the picture does"
_WORDS = (
    (FileNotFoundError, "the file is no longer there"),
    (PermissionError, "no permission to read the file"),
    (MemoryError, "needs more memory than there is"),
    (Pillow.DecompressionBombError, "more pixels than the limit"),
    (_ENDED, _CUT_OFF),
)
