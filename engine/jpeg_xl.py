"""JPEG XL: the size from the header, so that a picture above the limit is never decoded."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL.ExifTags import Base
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from engine.errors import DecodeError

_CONTAINER = b"\0\0\0\x0cJXL "
_TIFF = (b"II*\0", b"MM\0*")
_HEADER = 64  # bytes of a codestream that surely hold its size
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


class JxlImageFile(ImageFile):
    """Reads the header when it is made; libjxl decodes, and turns the picture, on loading."""

    format = "JXL"
    format_description = "JPEG XL"

    def _open(self) -> None:
        assert self.fp is not None
        self._content: bytes = self.fp.read()
        self._size = _size(_codestream(self._content))
        self._mode = "RGB"
        self._was_jpeg: JpegImageFile | None = None

    def load(self) -> None:
        """Decode the picture; one that was packed losslessly from a JPEG is that JPEG again."""
        if self._im is not None:
            return
        from pillow_jxl import Decoder

        was_jpeg, header, data, _, boxes = Decoder(num_threads=1)(self._content)
        self._content = b""
        if was_jpeg:
            loaded: Pillow.Image = JpegImageFile(BytesIO(data))
            loaded.load()
            exif = loaded.info.get("exif")
            if exif is not None:
                self.info["exif"] = exif
        else:
            # 16-bit samples are of no use here, and Pillow knows none in colour.
            loaded = Pillow.frombytes(header.mode, (header.width, header.height), data)
            self._take_date(boxes)
        self._mode, self._size, self.im = loaded.mode, loaded.size, loaded.im

    def _take_date(self, boxes: list[Any]) -> None:
        """Keep the metadata but for the orientation, which the decoder has applied."""
        for box in boxes:
            if box.box_type == b"Exif":
                data = bytes(box.data)
                bare = data if data[:4] in _TIFF else data[4:]  # an offset may come first
                exif = Pillow.Exif()
                with suppress(Exception):  # a picture with damaged metadata is still a picture
                    exif.load(b"Exif\0\0" + bare)
                    exif.pop(Base.Orientation, None)
                    self.info["exif"] = exif.tobytes()


def _codestream(data: bytes) -> bytes:
    """The beginning of the bare codestream, from a container or not."""
    if not data.startswith(_CONTAINER):
        return data[:_HEADER]
    at = 0
    while at + 8 <= len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        header = 8
        if length == 1:
            length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        if kind in (b"jxlc", b"jxlp"):
            start = at + header + (4 if kind == b"jxlp" else 0)  # a part begins with its number
            return data[start : start + _HEADER]
        if length < header:
            break
        at += length
    raise EOFError


def _size(codestream: bytes) -> tuple[int, int]:
    """Width and height as the codestream's size header gives them."""
    if codestream[:2] != b"\xff\x0a" or len(codestream) < 12:
        raise EOFError
    bits = _Bits(codestream[2:])
    small = bits.take(1)

    def side() -> int:
        if small:
            return (bits.take(5) + 1) * 8
        return bits.take((9, 13, 18, 30)[bits.take(2)]) + 1

    height = side()
    ratio = bits.take(3)
    if ratio:
        numerator, denominator = _RATIOS[ratio]
        return height * numerator // denominator, height
    width = side()
    if not (width and height):
        raise DecodeError("damaged: a picture without a size")
    return width, height


class _Bits:
    """Numbers from bytes, the least significant bit first."""

    def __init__(self, data: bytes) -> None:
        self._value = int.from_bytes(data, "little")

    def take(self, bits: int) -> int:
        """The next number of so many bits."""
        taken = self._value & ((1 << bits) - 1)
        self._value >>= bits
        return taken
