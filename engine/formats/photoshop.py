"""Photoshop files: the composite that Photoshop saves beside the layers. PSD and PSB.

Pillow reads small-format files of 8 bits; this also reads the large format and 16 bits, and tells
a saved selection from transparency.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from PIL import Image as Pillow
from PIL.Image import Image
from PIL.ImageFile import ImageFile

from engine.errors import DecodeError

_CHANNELS = {0: ("1", 1), 1: ("L", 1), 2: ("P", 1), 3: ("RGB", 3), 4: ("CMYK", 4), 8: ("L", 1)}
"""Photoshop's mode -> Pillow's, and its channels."""

_NAMES = {7: "multichannel", 9: "Lab"}
_VERSION_INFO: Final = 1057  # the resource that says whether there is a composite
_EXIF: Final = 1058
_NO_COMPOSITE = "no composite in the file; save it in Photoshop with maximised compatibility"


class PhotoshopImageFile(ImageFile):
    """Reads the header when it is made, and the composite when it is loaded."""

    format = "PSD"
    format_description = "Photoshop"

    def _open(self) -> None:
        head = self._read(26)
        version, channels = _int(head[4:6]), _int(head[12:14])
        depth, mode = _int(head[22:24]), _int(head[24:26])
        if version not in (1, 2):
            raise DecodeError("a Photoshop file of an unknown version")
        if mode not in _CHANNELS:
            raise DecodeError(f"a Photoshop file in {_NAMES.get(mode, 'unknown')} colours")
        if depth not in (1, 8, 16):
            raise DecodeError(f"a Photoshop file of {depth} bits; 8 and 16 are read")
        self._depth = depth
        self._mode, self._wanted = _CHANNELS[mode]
        self._channels = channels
        if channels < self._wanted:
            raise DecodeError("damaged: channels are missing")
        self._size = _int(head[18:22]), _int(head[14:18])
        self._wide = 8 if version == 2 else 4
        colours = self._read(_int(self._read(4)))
        self._colours = colours[:768] if self._mode == "P" else b""
        self._take_resources(self._read(_int(self._read(4))))
        if self._skip_layers() and self._mode == "RGB" and channels > 3:
            self._mode, self._wanted = "RGBA", 4
        assert self.fp is not None
        self._data_at = self.fp.tell()

    def load(self) -> None:
        """Decode the composite."""
        if self._im is None:
            composite = self._composite()
            self._mode, self.im = composite.mode, composite.im
            self.palette = composite.palette

    def _take_resources(self, data: bytes) -> None:
        at = 0
        while data[at : at + 4] == b"8BIM":
            number = _int(data[at + 4 : at + 6])
            name = data[at + 6] | 1  # padded to an even length, with the byte of the length
            length = _int(data[at + 7 + name : at + 11 + name])
            value = data[at + 11 + name : at + 11 + name + length]
            if number == _VERSION_INFO and value[4:5] == b"\0":
                raise DecodeError(_NO_COMPOSITE)
            if number == _EXIF:
                self.info["exif"] = b"Exif\0\0" + value
            at += 11 + name + length + (length & 1)

    def _skip_layers(self) -> bool:
        """Go past the layers; whether the composite has a channel of transparency."""
        assert self.fp is not None
        length = _int(self._read(self._wide))
        end = self.fp.tell() + length
        count = self._read(self._wide + 2)[self._wide :] if length >= self._wide + 2 else b""
        self.fp.seek(end)
        return int.from_bytes(count, "big", signed=True) < 0

    def _composite(self) -> Image:
        assert self.fp is not None
        width, height = self._size
        row = (width * self._depth + 7) // 8
        rows = height * self._wanted
        self.fp.seek(self._data_at)
        packing = _int(self._read(2))
        if packing not in (0, 1):
            raise DecodeError("a Photoshop file whose composite is packed in an unknown way")
        if packing:
            each = self._wide // 2
            lengths = np.frombuffer(self._read(each * height * self._channels), f">u{each}")
            data = self._read(int(lengths[:rows].sum(dtype=np.int64)))
            packed = Pillow.frombytes("L", (row, rows), data, "packbits", "L")
            samples = np.asarray(packed)
        else:
            samples = np.frombuffer(self._read(row * rows), np.uint8).reshape(rows, row)
        return self._compose(samples, width, height)

    def _compose(self, samples: np.ndarray, width: int, height: int) -> Image:
        if self._depth == 1:
            return Pillow.frombytes("1", (width, height), samples.tobytes(), "raw", "1;I")
        if self._depth == 16:
            samples = samples[:, ::2]  # the more significant byte of each number
        planes = samples.reshape(self._wanted, height, width)
        if self._mode == "CMYK":
            planes = 255 - planes
        bands = [Pillow.fromarray(np.ascontiguousarray(plane)) for plane in planes]
        if self._mode == "P":
            palette = np.frombuffer(self._colours, np.uint8).reshape(3, 256).T
            bands[0].putpalette(palette.tobytes())
        return bands[0] if len(bands) == 1 else Pillow.merge(self._mode, bands)

    def _read(self, size: int) -> bytes:
        assert self.fp is not None
        data: bytes = self.fp.read(size)
        if len(data) < size:
            raise EOFError
        return data


def _int(data: bytes) -> int:
    return int.from_bytes(data, "big")
