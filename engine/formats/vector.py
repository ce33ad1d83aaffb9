"""SVG drawings, drawn at the size that is wanted.

A drawing is a program of sorts, so it is looked through before it is drawn: nothing outside the
file is fetched, and a drawing that would take minutes or gigabytes is refused.
"""

from __future__ import annotations

import gzip
import re
import zlib
from base64 import b64decode
from importlib import import_module
from io import BytesIO
from typing import Final
from xml.etree import ElementTree

from PIL import Image as Pillow
from PIL.ImageFile import ImageFile
from PIL.PngImagePlugin import PngImageFile

from engine.errors import DecodeError
from engine.formats.drawing_cost import MAX_COST, drawing_cost
from engine.formats.kinds import parser_of

_MAX_BYTES: Final = 16 << 20
_MAX_PARTS: Final = MAX_COST // 3  # each costs as much at least
_MAX_INSIDE: Final = 40_000_000  # pixels of all pictures that a drawing holds
_MAX_DEPTH: Final = 200  # elements inside one another; the renderer's stack ends somewhere
_WIDEST: Final = (
    8  # the longer side is drawn at most so many times as long as the shorter should be
)
_UNITS: Final = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78}
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?)\s*([a-z]*)\s*")
_DATA: Final = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_SVG: Final = "http://www.w3.org/2000/svg"
_DEFAULT_SIZE: Final = (300.0, 150.0)  # as browsers take it


class SvgImageFile(ImageFile):
    """Looks through the drawing when it is made, and draws it when it is loaded.

    Its size is what the drawing says of itself; `draft` says how large it is drawn.
    """

    format = "SVG"
    format_description = "SVG drawing"

    def _open(self) -> None:
        assert self.fp is not None
        root = _parse(_unpacked(self.fp.read(_MAX_BYTES + 1)))
        if drawing_cost(root, _MAX_DEPTH) > MAX_COST:
            raise DecodeError("a drawing that would take minutes to draw")
        _cut_outside(root)
        width, height = _natural_size(root)
        self._drawing = ElementTree.tostring(root, encoding="unicode")
        self._mode = "RGB"
        self._size = self._drawn = max(1, round(width)), max(1, round(height))

    def draft(
        self, mode: str | None, size: tuple[int, int] | None
    ) -> tuple[str, tuple[int, int, float, float]] | None:
        """Draw it so that its shorter side has the smaller of `size`, within reason."""
        if size is not None:
            side = min(size)
            scale = side / min(self._size)
            scale = min(scale, _WIDEST * side / max(self._size))
            width, height = (max(1, round(edge * scale)) for edge in self._size)
            self._size = self._drawn = width, height
        return None

    def load(self) -> None:
        """Draw it, over white."""
        if self._im is not None:
            return
        import resvg_py

        width, height = self._drawn
        try:
            data = resvg_py.svg_to_bytes(
                svg_string=self._drawing, width=width, height=height, background="white"
            )
        except ValueError as error:
            raise DecodeError(f"a drawing that cannot be drawn: {error}") from error
        except BaseException as error:
            if type(error).__name__ != "PanicException":  # what Rust's defects come as
                raise
            raise DecodeError("a drawing that cannot be drawn") from None
        drawn: Pillow.Image = PngImageFile(BytesIO(data))
        drawn = drawn.convert("RGB")
        self._mode, self._size, self.im = drawn.mode, drawn.size, drawn.im


def _unpacked(data: bytes) -> bytes:
    if data.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(BytesIO(data)) as packed:
                data = packed.read(_MAX_BYTES + 1)
        except (OSError, zlib.error) as error:
            raise EOFError from error
    if len(data) > _MAX_BYTES:
        raise DecodeError(f"a drawing of more than {_MAX_BYTES >> 20} MiB")
    return data


class _Builder(ElementTree.TreeBuilder):
    """Refuses what is nested too deep while it is parsed."""

    def __init__(self) -> None:
        super().__init__()
        self._depth = self._parts = self._length = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        self._parts += 1
        self._grow(sum(map(len, attributes.values())))
        if self._depth > _MAX_DEPTH:
            raise DecodeError("a drawing whose parts lie too deep in one another")
        if self._parts > _MAX_PARTS:
            raise DecodeError("a drawing of too many parts")
        return super().start(tag, attributes)

    def data(self, data: str, /) -> None:
        self._grow(len(data))
        super().data(data)

    def _grow(self, by: int) -> None:
        """Entities make a small file long."""
        self._length += by
        if self._length > _MAX_BYTES:
            raise DecodeError(f"a drawing of more than {_MAX_BYTES >> 20} MiB")

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def _parse(data: bytes) -> ElementTree.Element:
    # It knows no entity outside the file, and expat bounds what those inside grow to.
    parser = ElementTree.XMLParser(target=_Builder())  # noqa: S314
    try:
        parser.feed(data)
        root: ElementTree.Element = parser.close()
    except ElementTree.ParseError as error:
        raise DecodeError(f"damaged: {error}") from error
    if root.tag not in (f"{{{_SVG}}}svg", "svg"):
        raise DecodeError("not a picture: XML, but no drawing")
    if not len(root):
        raise DecodeError("an empty drawing")
    if root.tag == "svg":  # without a namespace a drawing is drawn by nobody else either
        raise DecodeError("damaged: a drawing without the namespace of SVG")
    return root


def _cut_outside(root: ElementTree.Element) -> None:
    """Take out every reference to something outside the file, and drawings inside drawings.

    Raises:
        DecodeError: If pictures inside are so large that drawing them would take too much memory.
    """
    pixels = 0
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            is_reference = name == "href" or name.endswith("}href")
            if is_reference and not (value.lstrip().startswith("#") or _DATA.match(value)):
                del element.attrib[name]
            elif is_reference and value.lstrip().startswith("data:"):
                pixels += _pixels_inside(value)
    if pixels > _MAX_INSIDE:
        raise DecodeError("a drawing with pictures inside that are too large")


def _pixels_inside(address: str) -> int:
    """How many pixels a picture has that stands in its own address; 0 if it is none."""
    try:
        content = b64decode(address.partition(",")[2])
        parser = parser_of(content[:64])
        if parser is None or parser[0].startswith("engine."):
            return 0
        inside = getattr(import_module(parser[0]), parser[1])(BytesIO(content))
    except (OSError, ValueError, SyntaxError):
        return 0
    return int(inside.width * inside.height)


def _natural_size(root: ElementTree.Element) -> tuple[float, float]:
    """In pixels: what the drawing says, else its view box, else what browsers take."""
    numbers = [
        float(n) for n in re.findall(r"-?[0-9.]+(?:[eE][+-]?[0-9]+)?", root.get("viewBox", ""))
    ]
    box = tuple(numbers[2:4]) if len(numbers) == 4 and min(numbers[2:4]) > 0 else None
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    if width and height:
        size = (width, height)
    elif box is None:
        size = (width or _DEFAULT_SIZE[0], height or _DEFAULT_SIZE[1])
    elif width:
        size = (width, width * box[1] / box[0])
    elif height:
        size = (height * box[0] / box[1], height)
    else:
        size = (box[0], box[1])
    root.set("width", f"{size[0]:g}")
    root.set("height", f"{size[1]:g}")
    if box is None:
        root.set("viewBox", f"0 0 {size[0]:g} {size[1]:g}")
    return size


def _pixels(length: str | None) -> float | None:
    match = _LENGTH.fullmatch(length or "")
    if match is None or match[2] not in _UNITS:
        return None
    return float(match[1]) * _UNITS[match[2]] or None
