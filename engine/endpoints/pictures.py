"""Pictures on their way to an endpoint, and what comes back."""

from __future__ import annotations

import base64
import io

from PIL import Image

_QUALITY = 90


def data_url(image: Image.Image, *, longest: int = 1024) -> str:
    """A picture as the chat protocol takes it.

    Args:
        image: Upright.
        longest: Pixels of its longer side at most; a larger one is reduced, none is enlarged.

    Returns:
        A ``data:`` address with a JPEG.
    """
    return "data:image/jpeg;base64," + base64.b64encode(_jpeg(image, longest)).decode("ascii")


def png(image: Image.Image) -> bytes:
    """A picture as the image protocol takes it for an edit: a PNG, RGB."""
    file = io.BytesIO()
    image.convert("RGB").save(file, "PNG")
    return file.getvalue()


def media_type(content: bytes) -> str | None:
    """What kind of picture these bytes begin as, or None for none that endpoints hand out."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return None


def _jpeg(image: Image.Image, longest: int) -> bytes:
    image = image.convert("RGB")
    if max(image.size) > longest:
        image.thumbnail((longest, longest), Image.Resampling.LANCZOS)  # of the copy
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()
