"""A raw file as a camera would write it (DNG), with a preview inside or without."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
from PIL import Image

_BYTE, _ASCII, _SHORT, _LONG, _RATIONAL, _SIGNED = 1, 2, 3, 4, 5, 10
_SIZES = {_BYTE: 1, _ASCII: 1, _SHORT: 2, _LONG: 4, _RATIONAL: 8, _SIGNED: 8}
_CODES = {_BYTE: "B", _SHORT: "H", _LONG: "I"}
Entry = tuple[int, int, list[int] | bytes]


def dng(
    preview: Image.Image | None,
    *,
    orientation: int = 1,
    taken: str | None = None,
    sensor: tuple[int, int] = (640, 480),
) -> bytes:
    """A DNG of a grey scene whose upper left quarter is light; the preview as given."""
    width, height = sensor
    raw = np.full((height, width), 6000, "<u2")
    raw[: height // 2, : width // 2] = 60000
    main: list[Entry] = [
        (254, _LONG, [0]),
        (256, _LONG, [width]),
        (257, _LONG, [height]),
        (258, _SHORT, [16]),
        (259, _SHORT, [1]),
        (262, _SHORT, [32803]),
        (271, _ASCII, b"Made\0"),
        (272, _ASCII, b"Up\0"),
        (274, _SHORT, [orientation]),
        (277, _SHORT, [1]),
        (278, _LONG, [height]),
        (33421, _SHORT, [2, 2]),
        (33422, _BYTE, [0, 1, 1, 2]),
        (50706, _BYTE, [1, 4, 0, 0]),
        (50708, _ASCII, b"Made Up\0"),
        (50714, _LONG, [0]),
        (50717, _LONG, [65535]),
        (50721, _SIGNED, [1, 1, 0, 1, 0, 1, 0, 1, 1, 1, 0, 1, 0, 1, 0, 1, 1, 1]),
        (50728, _RATIONAL, [1, 1, 1, 1, 1, 1]),
        (50778, _SHORT, [21]),
    ]
    if taken is not None:
        main.append((306, _ASCII, taken.encode() + b"\0"))
    out = bytearray(b"II*\0\0\0\0\0")
    if preview is not None:
        jpeg = BytesIO()
        preview.save(jpeg, "JPEG", quality=92)
        at = _append(out, jpeg.getvalue())
        inner: list[Entry] = [
            (254, _LONG, [1]),
            (256, _LONG, [preview.width]),
            (257, _LONG, [preview.height]),
            (258, _SHORT, [8, 8, 8]),
            (259, _SHORT, [7]),
            (262, _SHORT, [6]),
            (273, _LONG, [at]),
            (277, _SHORT, [3]),
            (278, _LONG, [preview.height]),
            (279, _LONG, [len(jpeg.getvalue())]),
        ]
        main.append((330, _LONG, [_directory(out, inner)]))
    pixels = raw.tobytes()
    main += [(273, _LONG, [_append(out, pixels)]), (279, _LONG, [len(pixels)])]
    out[4:8] = struct.pack("<I", _directory(out, main))
    return bytes(out)


def _append(out: bytearray, data: bytes) -> int:
    out += b"\0" * (len(out) % 2)
    at = len(out)
    out += data
    return at


def _directory(out: bytearray, entries: list[Entry]) -> int:
    rows = []
    for tag, kind, values in sorted(entries, key=lambda entry: entry[0]):
        if isinstance(values, bytes):
            packed, count = values, len(values)
        elif kind in (_RATIONAL, _SIGNED):
            sign = "i" if kind == _SIGNED else "I"
            packed = struct.pack(f"<{len(values)}{sign}", *values)
            count = len(values) // 2
        else:
            packed = struct.pack(f"<{len(values)}{_CODES[kind]}", *values)
            count = len(values)
        if len(packed) > 4:
            packed = struct.pack("<I", _append(out, packed))
        rows.append(struct.pack("<HHI", tag, kind, count) + packed.ljust(4, b"\0"))
    table = struct.pack("<H", len(rows)) + b"".join(rows) + b"\0\0\0\0"
    return _append(out, table)
