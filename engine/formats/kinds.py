"""Which kinds of picture files are read, and which are not and why: the one list of suffixes.

What a file is, is told by its content (`parser_of`); suffixes only say what is worth opening.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

_KINDS = {
    "JPEG": ".jfif .jpe .jpeg .jpg .mpo",
    "PNG": ".apng .png",
    "WebP": ".webp",
    "GIF": ".gif",
    "TIFF": ".tif .tiff",
    "BMP": ".bmp .dib",
    "HEIF": ".heic .heif .hif",
    "AVIF": ".avif",
    "JPEG XL": ".jxl",
    "Netpbm": ".pbm .pgm .pnm .ppm",
    "Photoshop": ".psb .psd",
    "SVG": ".svg .svgz",
    "RAW": """.3fr .arw .cr2 .cr3 .crw .dcr .dng .erf .fff .iiq .kdc .mef .mos .mrw .nef .nrw
        .orf .pef .raf .rw2 .rwl .sr2 .srf .srw""",
}

_REFUSED = {
    "a drawing that only its own program can draw": ".ai .eps",
    "a painting program's own file; export it as PNG": ".kra .ora .xcf",
    "a system's icon, not a picture": ".cur .icns .ico",
    "a Windows metafile; export it as PNG": ".emf .wmf",
    "light without a fixed white, which no viewer shows alike": ".exr .hdr",
    "no well-kept decoder": ".dds .j2k .jp2 .jpf .jpx .jxr .pcx .qoi .tga",
    "a sensor with three layers, which the RAW decoder cannot read": ".x3f",
}

KINDS: Final[Mapping[str, Sequence[str]]] = {k: tuple(v.split()) for k, v in _KINDS.items()}
"""Name of each kind that is read -> its suffixes, in lower case."""

RAW: Final = frozenset(KINDS["RAW"])
"""Suffixes of cameras' raw files."""

SUPPORTED: Final = frozenset(suffix for kind in KINDS.values() for suffix in kind)
"""Suffixes, in lower case, of files worth decoding."""

REFUSED: Final[Mapping[str, str]] = {
    suffix: reason for reason, suffixes in _REFUSED.items() for suffix in suffixes.split()
}
"""Suffixes, in lower case, of pictures that are not read -> why; a scan counts them as skipped."""

UNSUPPORTED: Final = frozenset(REFUSED)
"""The suffixes of `REFUSED`."""


def patterns() -> str:
    """What a file dialog shows, for example ``*.avif *.bmp``; letters in both cases."""
    both = sorted(f"*{suffix}" for suffix in SUPPORTED)
    return " ".join([*both, *(pattern.upper() for pattern in both)])


RAW_PARSER: Final = "engine.formats.raw", "RawImageFile"
_PHOTOSHOP = "engine.formats.photoshop", "PhotoshopImageFile"
_SVG = "engine.formats.vector", "SvgImageFile"
_JXL = "engine.formats.jpeg_xl", "JxlImageFile"

_MAGIC = {
    b"\xff\xd8\xff": ("PIL.JpegImagePlugin", "JpegImageFile"),
    b"\x89PNG\r\n\x1a\n": ("PIL.PngImagePlugin", "PngImageFile"),
    b"GIF87a": ("PIL.GifImagePlugin", "GifImageFile"),
    b"GIF89a": ("PIL.GifImagePlugin", "GifImageFile"),
    b"II*\0": ("PIL.TiffImagePlugin", "TiffImageFile"),
    b"MM\0*": ("PIL.TiffImagePlugin", "TiffImageFile"),
    b"II+\0": ("PIL.TiffImagePlugin", "TiffImageFile"),
    b"MM\0+": ("PIL.TiffImagePlugin", "TiffImageFile"),
    b"BM": ("PIL.BmpImagePlugin", "BmpImageFile"),
    b"8BPS": _PHOTOSHOP,
    b"\xff\x0a": _JXL,
    b"\0\0\0\x0cJXL \r\n\x87\n": _JXL,
    b"FUJIFILMCCD-RAW": RAW_PARSER,
    b"IIRO": RAW_PARSER,  # Olympus
    b"IIRS": RAW_PARSER,
    b"MMOR": RAW_PARSER,
    b"IIU\0": RAW_PARSER,  # Panasonic, Leica
    b"II\x1a\0\0\0HEAPCCDR": RAW_PARSER,  # Canon's first
    b"\0MRM": RAW_PARSER,  # Minolta
}


def parser_of(head: bytes) -> tuple[str, str] | None:
    """Name the module and class that read a file with this beginning; None if it is of no kind.

    A TIFF may be a camera's raw file; `engine.formats.raw.is_raw` tells them apart.
    """
    for magic, parser in _MAGIC.items():
        if head.startswith(magic):
            return parser
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "PIL.WebPImagePlugin", "WebPImageFile"
    if head[4:8] == b"ftyp":
        return _parser_of_brands(head)
    if head[:1] == b"P" and head[1:2] in b"123456" and head[2:3].isspace():
        return "PIL.PpmImagePlugin", "PpmImageFile"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE", b"\x1f\x8b")):
        return _SVG
    return None


def _parser_of_brands(head: bytes) -> tuple[str, str] | None:
    end = min(len(head), int.from_bytes(head[:4], "big"))
    brands = {head[8:12]} | {head[i : i + 4] for i in range(16, end, 4)}
    if b"crx " in brands:
        return RAW_PARSER  # Canon's newest
    if brands & {b"avif", b"avis"}:
        return "PIL.AvifImagePlugin", "AvifImageFile"
    if brands & {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}:
        return "pillow_heif", "HeifImageFile"
    return None


def is_cut_off(head: bytes) -> bool:
    """Whether this is the beginning of a beginning: the file ends before its kind is told."""
    return any(magic.startswith(head) for magic in _MAGIC)
