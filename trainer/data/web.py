"""One picture from the web: its bytes, or a reason that can be counted.

TLS certificates are always checked, redirects are followed by hand so that each step is checked,
and what servers say against machine learning is heeded before a byte of the body is taken.
"""

from __future__ import annotations

import asyncio
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import TYPE_CHECKING, Final
from urllib.request import getproxies

if TYPE_CHECKING:
    import httpx2

_REDIRECTS: Final = 5
_LONGEST_URL: Final = 8192
_LONGEST_WAIT_S: Final = 60.0  # that a server can ask for; longer is as good as a refusal
_OPT_OUTS: Final = frozenset({"none", "noai", "noimageai", "noindex", "noimageindex"})
_VALUED: Final = frozenset(  # directives with a colon of their own, not names of robots
    {"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"}
)


class WebError(Exception):
    """A URL that gave no picture now.

    Args:
        reason: For counting.
        detail: In words.
        passing: Whether it may be otherwise soon.
        wait_s: Seconds that the server asked to wait.
    """

    def __init__(
        self, reason: str, detail: str, *, passing: bool = False, wait_s: float = 0.0
    ) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail
        self.passing, self.wait_s = passing, wait_s


@dataclass(frozen=True, slots=True)
class WebSettings:
    """How URLs are asked for.

    Attributes:
        timeout_s: Seconds that one attempt may take, from the name's resolution to the last byte.
        max_bytes: Of one picture; a larger one is given up as soon as that shows.
        private_addresses: Ask hosts in private networks, and this computer, too. A list from
            somewhere else could name services that answer only inside.
        agent: What the program calls itself; robots are addressed by its first word.
    """

    timeout_s: float = 30.0
    max_bytes: int = 20_000_000
    private_addresses: bool = False
    agent: str = "relsim-train"


class Web:
    """A client for many hosts. One event loop.

    Args:
        settings: How to ask.
        connections: At most so many at a time.
    """

    def __init__(self, settings: WebSettings, connections: int) -> None:
        import httpx2

        self._settings = settings
        # Identity: a small answer that unpacks to gigabytes would have to be guarded against.
        headers = {
            "User-Agent": settings.agent,
            "Accept": "image/*",
            "Accept-Encoding": "identity",
        }
        self._client = httpx2.AsyncClient(
            headers=headers,
            timeout=httpx2.Timeout(settings.timeout_s, pool=None),
            limits=httpx2.Limits(
                max_connections=connections,
                max_keepalive_connections=connections,
                keepalive_expiry=5.0,
            ),
            # No host learns what was fetched from it before.
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        )
        self._checked: dict[str, bool] = {}  # by host: whether it may be asked
        self._proxies = getproxies()  # as the client reads them, and once like it

    async def __aenter__(self) -> Web:
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self._client.aclose()

    async def get(self, url: str) -> bytes:
        """The body that a URL leads to.

        Raises:
            WebError: If there is none to be had.
        """
        import httpx2

        try:
            async with asyncio.timeout(self._settings.timeout_s):
                return await self._follow(url)
        except (TimeoutError, httpx2.TimeoutException):
            detail = f"it took longer than {self._settings.timeout_s:g} s"
            raise WebError("timeout", detail, passing=True) from None
        except WebError:
            raise
        except Exception as error:
            # Among millions of hosts some make libraries fail in ways that nobody foresaw; that
            # must not end a run of days.
            raise _in_words(error) from error

    async def _follow(self, url: str) -> bytes:
        import httpx2

        if len(url) > _LONGEST_URL:
            raise WebError("bad-url", f"it has {len(url):,} characters")
        address = httpx2.URL(url)
        for _ in range(_REDIRECTS + 1):
            if address.scheme not in ("http", "https") or not address.host:
                raise WebError("bad-url", "it is no http address of a host")
            await self._check_host(address)
            async with self._client.stream("GET", address) as response:
                if "location" not in response.headers or not response.is_redirect:
                    return await self._body(response)
                self._heed(response)
                address = address.join(response.headers["location"])
        raise WebError("redirects", f"it leads on more than {_REDIRECTS} times")

    async def _check_host(self, address: httpx2.URL) -> None:
        """Resolve a host, to tell a dead name and a private address from others."""
        if not is_direct(address, self._proxies):
            return  # it is the proxy that resolves the name
        known = self._checked.get(address.host)
        if known is None:
            loop = asyncio.get_running_loop()
            port = address.port or 443
            found = await loop.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)
            known = all(_is_public(str(entry[4][0])) for entry in found)
            if len(self._checked) > 100_000:
                self._checked.clear()
            self._checked[address.host] = known
        if not known and not self._settings.private_addresses:
            raise WebError("private-address", f"{address.host} is in a private network")

    def _heed(self, response: httpx2.Response) -> None:
        """Give up where the server speaks against machine learning."""
        agent = re.split(r"[/\s]", self._settings.agent, maxsplit=1)[0].lower()
        for value in response.headers.get_list("x-robots-tag"):
            for directive in directives(value, agent):
                if directive in _OPT_OUTS:
                    raise WebError("opted-out", f"X-Robots-Tag: {directive}")
        if response.headers.get("tdm-reservation", "").strip() == "1":
            raise WebError("opted-out", "TDM-Reservation: 1")

    async def _body(self, response: httpx2.Response) -> bytes:
        self._heed(response)
        status = response.status_code
        if status != 200:
            reason = f"http-{status}" if 400 <= status < 500 else f"http-{status // 100}xx"
            passing = status in (408, 425, 429) or status >= 500
            wait_s = _retry_after(response.headers.get("retry-after")) if passing else 0.0
            if wait_s > _LONGEST_WAIT_S:
                passing = False
            detail = f"{status} {response.reason_phrase}".strip()
            raise WebError(reason, detail, passing=passing, wait_s=wait_s)
        limit = self._settings.max_bytes
        too_large = WebError("too-large", f"it has more than {limit:,} bytes")
        length = response.headers.get("content-length", "")
        if length.isdecimal() and int(length) > limit:
            raise too_large
        body = bytearray()
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > limit:
                raise too_large
        if not body:
            raise WebError("empty", "there are no bytes")
        return bytes(body)


def directives(value: str, agent: str) -> Iterator[str]:
    """What a header ``X-Robots-Tag`` says to us, in lower case.

    A directive after a robot's name and a colon, and those that follow, are for that robot only.
    """
    ours = True
    for part in value.lower().split(","):
        before, colon, after = part.strip().partition(":")
        directive = before.strip()
        if colon and directive not in _VALUED:
            ours = directive in (agent, "*")
            directive = after.strip()
        if ours:
            yield directive


def is_direct(address: httpx2.URL, proxies: Mapping[str, str]) -> bool:
    """Whether a host is asked without a proxy; in doubt it is, so that it is looked at.

    `urllib.request.proxy_bypass` is not used: it knows neither networks, nor entries with a scheme,
    nor ``*`` among others, all of which the client heeds.

    Args:
        address: Of the host.
        proxies: As `urllib.request.getproxies` has them.
    """
    if not proxies.get(address.scheme) and not proxies.get("all"):
        return True
    entries = [entry.strip() for entry in proxies.get("no", "").lower().split(",")]
    hosts = {address.host.rstrip("."), address.raw_host.decode("ascii").rstrip(".")}
    return any(_exempts(entry, host) for entry in entries if entry for host in hosts)


def _exempts(entry: str, host: str) -> bool:
    """Whether an entry of ``no_proxy`` means a host; its scheme and its port are passed over."""
    entry = entry.rpartition("://")[2].rpartition("@")[2]
    entry = re.sub(r"^\[(.*)\](:\d*)?", r"\1", entry)
    try:
        network = ipaddress.ip_network(entry, strict=False)
    except ValueError:
        name = re.sub(r":\d*$", "", re.split(r"[/?#]", entry, maxsplit=1)[0]).strip("*.")
        return not name or host == name or host.endswith(f".{name}")
    try:
        return ipaddress.ip_address(host) in network
    except ValueError:
        return False  # a name, which is resolved only where it is asked directly


def _is_public(address: str) -> bool:
    found = ipaddress.ip_address(address.partition("%")[0])
    return found.is_global and not found.is_multicast


def _retry_after(value: str | None) -> float:
    """Seconds that a server asks to wait: it may say a number or a date."""
    if not value:
        return 0.0
    if value.strip().isdecimal():
        return float(value)
    try:
        then = parsedate_to_datetime(value).timestamp()
    except (ValueError, OverflowError):
        return 0.0
    return max(0.0, then - time.time())


def _in_words(error: Exception) -> WebError:
    """What went wrong below HTTP."""
    import httpx2

    text = "".join(filter(str.isprintable, str(error)))[:120] or type(error).__name__
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLError):
            return WebError("tls", text)
        if isinstance(cause, socket.gaierror):
            again = cause.errno == socket.EAI_AGAIN
            return WebError("dns", cause.strerror or "no such host", passing=again)
        if isinstance(cause, ConnectionRefusedError):
            return WebError("refused", "the host refuses connections", passing=True)
    match error:
        case httpx2.UnsupportedProtocol() | httpx2.LocalProtocolError():
            reason, passing = "bad-url", False
        case httpx2.InvalidURL() | ValueError():
            reason, passing = "bad-url", False
        case httpx2.NetworkError() | httpx2.RemoteProtocolError() if not isinstance(
            error, httpx2.ConnectError
        ):
            reason, passing = "broken", True
        case httpx2.HTTPError() | OSError():
            reason, passing = "unreachable", True
        case _:
            reason, passing = "broken", False
    return WebError(reason, text, passing=passing)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that led to it."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
        if isinstance(one, BaseExceptionGroup):
            waiting += one.exceptions
