"""Photoshop files made on the spot: both formats, 8 and 16 bits, packed or not."""

from __future__ import annotations

import struct

import numpy as np

MODES = {"grey": 1, "indexed": 2, "rgb": 3, "cmyk": 4, "lab": 9}


def photoshop(
    planes: np.ndarray,
    mode: str = "rgb",
    *,
    large: bool = False,
    depth: int = 8,
    packed: bool = False,
    has_composite: bool = True,
    is_transparent: bool = False,
    palette: bytes = b"",
) -> bytes:
    """A file whose composite is `planes`, uint8 ``[channels, height, width]``."""
    channels, height, width = planes.shape
    head = b"8BPS" + struct.pack(
        ">H6xHIIHH", 2 if large else 1, channels, height, width, depth, MODES[mode]
    )
    info = struct.pack(">IBII", 1, has_composite, 0, 0) + struct.pack(">I", 1)
    resource = b"8BIM" + struct.pack(">H", 1057) + b"\0\0" + struct.pack(">I", len(info)) + info
    resource += b"\0" * (len(info) % 2)
    wide = "Q" if large else "I"
    layers = struct.pack(">h", -1 if is_transparent else 1)
    layers = struct.pack(f">{wide}", len(layers)) + layers
    rows = [row.tobytes() for plane in planes for row in plane]
    if depth == 16:
        rows = [bytes(byte for value in row for byte in (value, 0x5A)) for row in rows]
    if packed:
        rows = [_literal(row) for row in rows]
        lengths = struct.pack(f">{len(rows)}{'I' if large else 'H'}", *map(len, rows))
    return b"".join(
        (
            head,
            struct.pack(">I", len(palette)),
            palette,
            struct.pack(">I", len(resource)),
            resource,
            struct.pack(f">{wide}", len(layers)) + layers,
            struct.pack(">H", packed),
            lengths if packed else b"",
            *rows,
        )
    )


def _literal(row: bytes) -> bytes:
    """PackBits: a run where a row is of one value, else as it is."""
    out = b""
    for start in range(0, len(row), 128):
        part = row[start : start + 128]
        if len(part) > 1 and len(set(part)) == 1:
            out += bytes([257 - len(part), part[0]])
        else:
            out += bytes([len(part) - 1]) + part
    return out
