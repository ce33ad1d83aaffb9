"""Reading what an endpoint sends, within bounds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from engine.endpoints.errors import EndpointError, Unreachable
from engine.endpoints.pacing import Deadline
from engine.endpoints.pictures import media_type
from engine.errors import DownloadError
from engine.jobs import JobControl
from engine.models.hub import CONNECT_TIMEOUT_S, Patience, Request, TransientError

if TYPE_CHECKING:
    import httpx2

MAX_BYTES = 200_000_000
"""The largest answer that is read: several pictures in base64."""

MAX_PICTURE_BYTES = 50_000_000
"""The largest picture that is fetched."""

MAX_PICTURE_S = 120.0
"""How long one picture may take in all."""

_SILENCE_S = 30.0
_MAX_REDIRECTS = 5
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


def open_client(timeout_s: float, *, is_direct: bool = False) -> httpx2.Client:
    """Connections that follow no redirect.

    Args:
        timeout_s: Seconds of silence after which a request has failed.
        is_direct: Ask no proxy, whatever the environment says.

    Raises:
        EndpointError: If the proxy that is set up cannot be used.
    """
    import httpx2

    timeout = httpx2.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s))
    headers = {"Accept-Encoding": "identity", "User-Agent": "relsim-desktop"}
    try:
        return httpx2.Client(
            timeout=timeout, headers=headers, follow_redirects=False, trust_env=not is_direct
        )
    except (ImportError, ValueError, httpx2.InvalidURL) as error:
        raise EndpointError(
            "The proxy that is set up cannot be used: check HTTPS_PROXY and HTTP_PROXY"
        ) from error


def read_body(request: Request, limit: int, host: str) -> bytes:
    """All of an answer.

    Raises:
        EndpointError: If it is larger than `limit` bytes.
    """
    content = bytearray()
    for chunk in request.chunks():
        content += chunk
        if len(content) > limit:
            raise EndpointError(f"{host} sends an answer that is larger than any should be")
    return bytes(content)


def pictures_of(document: Any, host: str, fetch: Callable[[str], bytes]) -> list[bytes]:
    """The pictures of an answer.

    Args:
        document: The answer: each picture is in it as base64, or as an address.
        host: Whose answer.
        fetch: Gets the picture at an address.

    Returns:
        One or more files.

    Raises:
        EndpointError: If there is none, or something that is no picture.
    """
    try:
        items = document["data"]
        out = [
            base64.b64decode(item["b64_json"], validate=True)
            if item.get("b64_json")
            else fetch(item["url"])
            for item in items
        ]
    except (KeyError, TypeError, AttributeError, binascii.Error, ValueError) as error:
        raise EndpointError(
            f"{host} does not answer like an endpoint for pictures: check the address and the model"
        ) from error
    if not out:
        raise EndpointError(f"{host} made no picture: try another prompt")
    if any(media_type(content) is None for content in out):
        raise EndpointError(f"{host} sent something that is no PNG, JPEG or WebP picture")
    return out


def fetch_picture(url: str, control: JobControl) -> bytes:
    """The picture at an address that an endpoint named; no key is sent there.

    It is paid for, so a connection that breaks is tried again.

    Raises:
        EndpointError: If it is no address of the web, or the answer is none, too large or too slow.
        Cancelled: If the control says so.
    """
    slow = Unreachable(f"{_web_host(url)} hands out its pictures too slowly")
    limited = Deadline(control, MAX_PICTURE_S, slow)
    patience = Patience(limited)
    with open_client(_SILENCE_S) as client:
        while True:
            try:
                try:
                    return _get(client, url, limited)
                except TransientError as error:
                    patience.after(error)
            except DownloadError as error:
                raise Unreachable(str(error)) from None


def _get(client: httpx2.Client, url: str, control: JobControl) -> bytes:
    for _ in range(_MAX_REDIRECTS + 1):
        host = _web_host(url)
        client.cookies.clear()
        with Request(client, url, {}, host, control) as request:
            if request.status == 200:
                return read_body(request, MAX_PICTURE_BYTES, host)
            if request.status not in _REDIRECTS:
                request.require_success("the picture that was made")
            url = urljoin(url, request.headers.get("location", ""))
    raise Unreachable(f"{_web_host(url)} leads on and on instead of handing a picture out")


def _web_host(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise EndpointError("The endpoint names a picture that is not on the web")
    return parts.hostname
