"""JPEG XL: the size from the header, so that a picture above the limit is never decoded."""

from __future__ import annotations

from contextlib import suppress

from PIL import Image as Pillow
from PIL.ExifTags import Base
from PIL.ImageFile import ImageFile

from engine.errors import DecodeError

_TIFF = (b"II*\0", b"MM\0*")


class JxlImageFile(ImageFile):
    """Reads the header when it is made; libjxl decodes, and turns the picture, on loading."""

    format = "JXL"
    format_description = "JPEG XL"

    def _open(self) -> None:
        try:
            import pylibjxl
        except ImportError as error:  # there is none for Macs with an Intel processor
            raise DecodeError("JPEG XL is not read on this kind of computer") from error
        assert self.fp is not None
        self._content: bytes = self.fp.read()
        try:
            header = pylibjxl.probe(self._content)
        except (RuntimeError, ValueError) as error:
            raise EOFError from error
        self._size = (int(header["width"]), int(header["height"]))
        self._mode = "RGB"

    def load(self) -> None:
        """Decode the picture to 8 bits a sample; its colours are what its profile says in sRGB."""
        if self._im is not None:
            return
        import pylibjxl

        try:
            pixels, metadata = pylibjxl.decode(self._content, metadata=True)
        except (RuntimeError, ValueError) as error:
            raise EOFError from error
        self._content = b""
        loaded = Pillow.fromarray(pixels)
        self._take_date(metadata.get("exif") or b"")
        self._mode, self._size, self.im = loaded.mode, loaded.size, loaded.im

    def _take_date(self, data: bytes) -> None:
        """Keep the metadata but for the orientation, which the decoder has applied."""
        bare = data if data[:4] in _TIFF else data[4:]  # an offset may come first
        if not bare:
            return
        exif = Pillow.Exif()
        with suppress(Exception):  # a picture with damaged metadata is still a picture
            exif.load(b"Exif\0\0" + bare)
            exif.pop(Base.Orientation, None)
            self.info["exif"] = exif.tobytes()
