"""A web server on this computer on which every link has rotted in its own way."""

from __future__ import annotations

import socket
import struct
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import urlsplit

from PIL import Image


def picture(number: int = 0, side: int = 96, kind: str = "PNG") -> bytes:
    """A small picture that no other number gives."""
    image = Image.new("RGB", (side + 8, side), (number % 256, number // 256 % 256, 90))
    image.paste((250, 250, 250), (8, 8, 40, 30))
    file = BytesIO()
    image.save(file, kind)
    return file.getvalue()


@dataclass
class RottenWeb:
    """The server.

    Attributes:
        url: Of its root. ``/ok/N`` is a picture; the other paths are in `_Handler`.
        asked: How often each path was asked for.
        at_once: Most requests that were being answered at a time.
        pause_s: Seconds that a picture takes.
    """

    url: str
    asked: Counter[str] = field(default_factory=Counter)
    at_once: int = 0
    pause_s: float = 0.0
    busy: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def rotten_web() -> Iterator[RottenWeb]:
    """Run it until the context ends."""
    server = _Server(("127.0.0.1", 0), _Handler)
    web = RottenWeb(f"http://127.0.0.1:{server.server_port}")
    server.web = web
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    web: RottenWeb

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Tests look at `RottenWeb.asked` instead."""

    def do_GET(self) -> None:
        web: RottenWeb = self.server.web  # type: ignore[attr-defined]
        path = urlsplit(self.path).path
        with web.lock:
            web.asked[path] += 1
            web.busy += 1
            web.at_once = max(web.at_once, web.busy)
            times = web.asked[path]
        try:
            self._answer(web, path, times)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            with web.lock:
                web.busy -= 1

    def _answer(self, web: RottenWeb, path: str, times: int) -> None:  # noqa: PLR0912 - a kind of rot each
        kind, _, rest = path.strip("/").partition("/")
        match kind:
            case "ok":
                web.closing.wait(web.pause_s)
                self._send(200, picture(int(rest or 0)))
            case "status":
                self._send(int(rest), b"no")
            case "flaky":  # a server that is restarted
                self._send(200 if times > int(rest) else 503, picture(7))
            case "busy":  # wants a pause once
                headers = {} if times > 1 else {"Retry-After": "1"}
                self._send(200 if times > 1 else 429, picture(8), headers)
            case "silent":
                web.closing.wait()
            case "drip":  # a byte now and then, for ever
                self._head(200, 10_000)
                while not web.closing.wait(0.05):
                    self.wfile.write(b"\x89")
            case "page":
                self._send(200, b"<!DOCTYPE html><title>parked</title>")
            case "blank":
                self._send(200, b"")
            case "cut":
                self._head(200, 5000)
                self.wfile.write(picture(1)[:100])
                self.close_connection = True
            case "short":  # cut, and the server does not say so
                self._send(200, picture(1)[:-60])
            case "huge":
                self._head(200, 1 << 40)
                self.close_connection = True
            case "endless":
                self.send_response(200)
                self.send_header("Connection", "close")
                self.end_headers()
                self.close_connection = True
                while not web.closing.is_set():
                    self.wfile.write(bytes(65_536))
            case "bomb":  # a PNG of 60,000 x 60,000 pixels in a few bytes
                head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
                start = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + head
                self._send(200, start + bytes(200))
            case "tiny":
                self._send(200, picture(3, side=20))
            case "loop":
                self._send(302, b"", {"Location": path})
            case "moved":
                self._send(301, b"", {"Location": "/ok/77"})
            case "elsewhere":
                self._send(302, b"", {"Location": "ftp://127.0.0.1/x.png"})
            case "noai":
                self._send(200, picture(4), {"X-Robots-Tag": "noai, noimageai"})
            case "reserved":
                self._send(200, picture(4), {"TDM-Reservation": "1"})
            case "cookie":
                assert "Cookie" not in self.headers
                self._send(200, picture(5 + times), {"Set-Cookie": "seen=1"})
            case "hang-up":
                self.close_connection = True

    def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self._head(status, len(body), headers)
        self.wfile.write(body)

    def _head(self, status: int, length: int, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(length))
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
