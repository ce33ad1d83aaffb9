"""Gets the picture behind one link that a person dropped: one GET, limited, cancelled at once.

Nothing is sent but the request for that address: no cookies, no page that it came from.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urljoin, urlsplit

from engine.errors import KnownError
from engine.jobs import JobControl
from relsim_desktop import phrases
from relsim_desktop.translation import tr

if TYPE_CHECKING:
    from engine.models.hub import Request

MAX_BYTES: Final = 50_000_000
"""The largest picture that is fetched."""

MAX_SECONDS: Final = 60.0
"""How long a link may take in all; a server that sends a byte now and then never ends by itself."""

SILENCE_S: Final = 15.0
"""Without a byte, before a connection counts as dead."""

_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

# Servers that do not know say octet-stream; whether it is a picture shows when it is decoded.
_KINDS = ("image/", "application/octet-stream", "binary/octet-stream")


class LinkError(KnownError):
    """A link cannot be fetched, or leads to no picture."""


def is_web(address: str) -> bool:
    """Whether an address is one of the web, which may be fetched."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.hostname)


def name_of(address: str) -> str:
    """The last part of an address that says something: a file's name, or the host's."""
    parts = urlsplit(address)
    last = unquote(parts.path.rstrip("/").rpartition("/")[2])
    return last or parts.hostname or address


def get_picture(address: str, control: JobControl) -> bytes:
    """The content of a link; progress is reported in bytes.

    Args:
        address: Begins with ``http://`` or ``https://``.
        control: Looked at ten times a second.

    Raises:
        LinkError: If the answer is no picture, or is too large, or takes too long.
        DownloadError: If the server cannot be reached, or the connection breaks.
        Cancelled: If the control says so.
    """
    import httpx2

    from engine.models.hub import Request

    host = urlsplit(address).hostname or address
    limited = _Limited(control, time.monotonic() + MAX_SECONDS, host)
    headers = {
        "User-Agent": "relsim-desktop",
        "Accept": "image/*",
        "Accept-Encoding": "identity",  # what is packed may be far larger than it looks
    }
    try:
        client = httpx2.Client(timeout=SILENCE_S, headers=headers, follow_redirects=False)
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        text = tr("The proxy that is set up cannot be used: {error}")
        raise LinkError(text.format(error=error)) from error
    with client:
        for _ in range(_MAX_REDIRECTS + 1):
            client.cookies.clear()
            with Request(client, address, {}, host, limited) as request:
                if request.status not in _REDIRECTS or "location" not in request.headers:
                    return _content(request, host, control)
                # Its body is never read: nobody says how long it is.
                address = urljoin(address, request.headers["location"])
            if not is_web(address):
                break
    text = tr("{host} leads on and on, or away from the web: open the link, and drag the picture")
    raise LinkError(text.format(host=host))


class _Limited(JobControl):
    """Stops with another control, or at a deadline."""

    def __init__(self, control: JobControl, deadline: float, host: str) -> None:
        super().__init__()
        self._outer, self._deadline, self._host = control, deadline, host

    def checkpoint(self) -> None:
        """End what was cancelled, or takes too long."""
        self._outer.checkpoint()
        if time.monotonic() > self._deadline:
            text = tr("{host} is too slow: save the picture from the browser and drop the file")
            raise LinkError(text.format(host=self._host))


def _content(request: Request, host: str, control: JobControl) -> bytes:
    length = _length(request)
    _require_picture(request, host)
    content = bytearray()
    control.report("Fetching", 0, length, unit="bytes")
    for chunk in request.chunks():
        content += chunk
        if len(content) > MAX_BYTES:
            raise _too_large(host)
        control.report("Fetching", len(content), length, unit="bytes")
    return bytes(content)


def _length(request: Request) -> int | None:
    """Bytes of the picture, where the server says so."""
    said = request.headers.get("content-length", "")
    is_plain = request.headers.get("content-encoding", "identity") == "identity"
    return int(said) if said.isdecimal() and is_plain else None


def _require_picture(request: Request, host: str) -> None:
    """Refuse what is none before it is read."""
    status = request.status
    if status in (404, 410):
        text = tr("{host} has no such picture ({status}): the link is out of date")
        raise LinkError(text.format(host=host, status=status))
    if status != 200:
        text = tr(
            "{host} does not hand the picture out ({status}): save it from the browser and drop "
            "the file"
        )
        raise LinkError(text.format(host=host, status=status))
    if request.headers.get("content-encoding", "identity") != "identity":
        text = tr("{host} packs its pictures: save this one from the browser and drop the file")
        raise LinkError(text.format(host=host))
    kind = request.headers.get("content-type", _KINDS[1]).lower()
    if not kind.startswith(_KINDS):
        text = tr(
            "That link leads to a page of {host}, not to a picture: open it, and drag the picture "
            "itself"
        )
        raise LinkError(text.format(host=host))
    if (_length(request) or 0) > MAX_BYTES:
        raise _too_large(host)


def _too_large(host: str) -> LinkError:
    text = tr("The picture at {host} is larger than {size}: save it and drop the file")
    return LinkError(text.format(host=host, size=phrases.size(MAX_BYTES)))
