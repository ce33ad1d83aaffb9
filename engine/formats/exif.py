"""What a camera notes in a picture: which side is up, and when it was taken."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from PIL.ExifTags import IFD, Base
from PIL.Image import Exif, Image, Transpose

TURNS: Final = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
"""What makes a picture of an EXIF orientation upright; 1 is upright."""

SIDEWAYS: Final = frozenset({5, 6, 7, 8})
"""The orientations whose turn exchanges width and height."""


def read_exif(picture: Image) -> tuple[int, int | None]:
    """The orientation, 1 if none is noted, and when the picture was taken.

    To be called after loading: Pillow itself turns some kinds (TIFF) and then drops the tag.

    Returns:
        1..8, and nanoseconds since 1970 or None.
    """
    try:
        exif = picture.getexif()
        orientation = exif.get(Base.Orientation, 1)
    except Exception:  # noqa: BLE001 - a picture with damaged metadata is still a picture
        return 1, None
    return (orientation if orientation in TURNS else 1), _taken_ns(exif)


def _taken_ns(exif: Exif) -> int | None:
    try:
        noted = exif.get_ifd(IFD.Exif).get(Base.DateTimeOriginal) or exif.get(Base.DateTime)
    except Exception:  # noqa: BLE001 - as above
        return None
    return moment(str(noted)) if noted else None


_MOST_NS = 2**63
"""What a database holds; some programs write the first year that they know."""


def moment(text: str) -> int | None:
    """A date as EXIF writes it, in nanoseconds since 1970; None where it is none.

    Cameras write their clock without a zone, so it is taken for this computer's local time, as the
    times of files are shown.
    """
    try:
        clock = datetime.strptime(text.strip("\0 ")[:19], "%Y:%m:%d %H:%M:%S")
        taken = int(clock.timestamp()) * 10**9
    except (ValueError, OverflowError, OSError):  # cameras without a set clock write zeros
        return None
    return taken if -_MOST_NS <= taken < _MOST_NS else None
