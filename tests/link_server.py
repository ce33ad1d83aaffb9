"""A web server on this computer with pictures, and with all that goes wrong on the web."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from drawn_pictures import draw


def picture(relation: str = "growth", colour: str = "purple") -> bytes:
    """A PNG."""
    out = io.BytesIO()
    draw(relation, colour).save(out, "PNG")
    return out.getvalue()


@dataclass
class LinkServer:
    """The server.

    Attributes:
        url: Its address.
        asked: The paths of all requests so far.
        goes_on: A slow answer waits for it before its second half.
    """

    url: str = ""
    asked: list[str] = field(default_factory=list)
    goes_on: threading.Event = field(default_factory=threading.Event)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


MOVED = {
    "/moved.png": "/picture.png",
    "/circle.png": "/circle.png",
    "/away.png": "file:///etc/hostname",
}


@contextmanager
def link_server() -> Iterator[LinkServer]:
    """Serve until the context ends; what an address does shows in its name."""
    state = LinkServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            match self.path:
                case "/picture.png":
                    self._send(picture())
                case "/slow.png":
                    content = picture()
                    self._head("image/png", len(content))
                    self.wfile.write(content[: len(content) // 2])
                    self.wfile.flush()
                    state.goes_on.wait(60)
                    self.wfile.write(content[len(content) // 2 :])
                case "/moved.png" | "/circle.png" | "/away.png":
                    self._redirect(MOVED[self.path])
                case "/heavy-redirect.png":
                    self.send_response(302)
                    self.send_header("Location", "/picture.png")
                    self.end_headers()
                    while True:  # a body that nobody should read
                        self.wfile.write(bytes(1 << 20))
                case "/page.html":
                    self._send(b"<html>a page</html>", "text/html; charset=utf-8")
                case "/broken.png":
                    self._send(b"no picture at all")
                case "/large.png":
                    self._head("image/png", 51_000_000)
                case "/endless.png":
                    self._head("image/png", None)
                    while True:  # until the program hangs up
                        self.wfile.write(bytes(1 << 20))
                case "/secret.png":
                    self.send_error(403)
                case _:
                    self.send_error(404)

        def _send(self, content: bytes, kind: str = "image/png") -> None:
            self._head(kind, len(content))
            self.wfile.write(content)

        def _head(self, kind: str, length: int | None) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            if length is not None:
                self.send_header("Content-Length", str(length))
            self.end_headers()

        def _redirect(self, path: str) -> None:
            self.send_response(302)
            self.send_header("Location", path)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = _Server(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield state
    finally:
        state.goes_on.set()
        server.shutdown()
        server.server_close()
        thread.join()
