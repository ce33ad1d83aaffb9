"""Cameras' raw files: the largest preview that the camera put in, else a half-size development."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from PIL import Image as Pillow
from PIL.ExifTags import IFD, Base
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile

from engine.errors import DecodeError
from engine.formats.exif import SIDEWAYS

if TYPE_CHECKING:
    import rawpy

_LEAST: Final = 300  # pixels of a preview's shorter side; a smaller one is a last resort
_MAX_SENSOR: Final = 160_000_000  # pixels that are developed; previews have no such limit
_FLIPS: Final = {3: 3, 5: 8, 6: 6}  # LibRaw's turns -> EXIF orientation
_PLAIN: Final = frozenset({1, 2, 3, 4, 5, 7, 8, 32773, 32946, 34887, 50000, 50001})
"""Compressions of a TIFF that no camera uses for its raw data in the first directory."""


def is_raw(file: Any) -> bool:
    """Whether a TIFF is a camera's raw file; leaves the file at its beginning."""
    from PIL.TiffImagePlugin import ImageFileDirectory_v2

    try:
        directory = ImageFileDirectory_v2(file.read(8))
        is_canon = file.read(3) == b"CR\x02"
        file.seek(directory.next)
        directory.load(file)
    except Exception:  # noqa: BLE001 - the parser of TIFF says what is wrong with it
        return False
    finally:
        file.seek(0)
    is_preview = directory.get(Base.NewSubfileType, 0) == 1 and Base.SubIFDs in directory
    is_odd = directory.get(Base.Compression, 1) not in _PLAIN
    is_cameras = Base.Make in directory and (is_preview or is_odd)
    return is_canon or Base.DNGVersion in directory or is_cameras


class RawImageFile(ImageFile):
    """Finds the preview when it is made; what it decodes is the preview.

    Attributes:
        upright_size: Of the picture that the camera took.
    """

    format = "RAW"
    format_description = "camera raw"

    def _open(self) -> None:
        import rawpy

        assert self.fp is not None
        self._exif = None
        self._preview: JpegImageFile | None = None
        self._bitmap: Pillow.Image | None = None
        self._raw = rawpy.RawPy()
        try:
            self._raw.open_buffer(self.fp)
        except rawpy.LibRawError as error:
            self._raw.close()
            raise DecodeError(f"a raw file of a kind that is not read ({_words(error)})") from error
        try:
            self._find_preview()
        except BaseException:
            self._raw.close()
            raise

    def _find_preview(self) -> None:
        sizes = self._raw.sizes
        size = (sizes.width, sizes.height)
        self.upright_size = size[::-1] if _FLIPS.get(sizes.flip) in SIDEWAYS else size
        self._mode = "RGB"
        preview = _preview_of(self._raw)
        if isinstance(preview, JpegImageFile):
            self._preview = preview
        else:
            self._bitmap = preview
        self._size = (-(-sizes.width // 2), -(-sizes.height // 2))
        if preview is not None and min(preview.size) >= min(_LEAST, *self._size):
            self._size = preview.size
            self._develops = False
        else:
            self._develops = True
            if sizes.raw_width * sizes.raw_height > _MAX_SENSOR:
                raise DecodeError("no preview inside, and too many pixels to develop")

    def draft(
        self, mode: str | None, size: tuple[int, int] | None
    ) -> tuple[str, tuple[int, int, float, float]] | None:
        """Let a JPEG preview be decoded at a fraction of its size."""
        if not self._develops and self._preview is not None:
            self._preview.draft(mode, size)
            self._size = self._preview.size
        return None

    def load(self) -> None:
        """Decode the preview, or develop the raw data at half its size."""
        if self._im is not None:
            return
        try:
            self._take_exif()
            loaded = self._develop() if self._develops else None
            if loaded is None:
                loaded = self._bitmap if self._preview is None else self._preview
            if loaded is None:
                raise DecodeError("no preview inside, and raw data that cannot be developed")
            loaded.load()
        finally:
            self._raw.close()
        self._mode, self._size, self.im = loaded.mode, loaded.size, loaded.im

    def getexif(self) -> Pillow.Exif:
        """Orientation and date, as `engine.formats.exif.read_exif` asks for them."""
        return self._noted

    def _develop(self) -> Pillow.Image | None:
        import rawpy

        try:
            pixels = self._raw.postprocess(half_size=True, use_camera_wb=True, output_bps=8)
        except (rawpy.LibRawError, rawpy.NotSupportedError):
            return None
        self._noted[Base.Orientation] = 1  # LibRaw has turned it
        return Pillow.fromarray(pixels)

    def _take_exif(self) -> None:
        self._noted = Pillow.Exif()
        own = self._preview.getexif() if self._preview is not None else Pillow.Exif()
        sizes = self._raw.sizes
        flip = _FLIPS.get(sizes.flip, 1)
        # LibRaw writes its own orientation into a preview that has none, also where the camera has
        # turned the preview already.
        is_turned = (self._size[0] > self._size[1]) != (sizes.width > sizes.height)
        orientation = own.get(Base.Orientation) or flip
        self._noted[Base.Orientation] = 1 if flip in SIDEWAYS and is_turned else orientation
        taken = own.get_ifd(IFD.Exif).get(Base.DateTimeOriginal) if own else None
        seconds = getattr(self._raw.other, "timestamp", 0)
        seconds = seconds.timestamp() if hasattr(seconds, "timestamp") else seconds
        if taken is None and seconds:
            taken = time.strftime("%Y:%m:%d %H:%M:%S", time.localtime(seconds))
        if taken is not None:
            self._noted[Base.DateTime] = taken


def _preview_of(raw: rawpy.RawPy) -> Pillow.Image | None:
    """The largest preview, its header parsed; None if there is none that can be used."""
    import rawpy

    try:
        found = raw.extract_thumb()
    except (rawpy.LibRawError, rawpy.NotSupportedError):
        return None
    if found.format == rawpy.ThumbFormat.JPEG:
        try:
            return JpegImageFile(BytesIO(found.data))
        except (SyntaxError, OSError):
            return None
    return Pillow.fromarray(found.data)


def _words(error: Exception) -> str:
    text = error.args[0] if error.args else ""
    return text.decode(errors="replace") if isinstance(text, bytes) else str(text)
