"""An endpoint in OpenAI's protocol on this computer: real HTTP, and faults on request.

It answers chat with pictures, makes pictures from words, and edits pictures. What it says and
paints is up to the test; by default it says ``7``, and paints one colour a prompt.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from PIL import Image


@dataclass(frozen=True)
class Fault:
    """How one answer goes wrong.

    Attributes:
        status: Answer with this status and an error in OpenAI's form.
        message: Of that error; ``{authorization}`` stands for the header that was sent.
        param: What that error names as wrong.
        code: Of that error.
        retry_after: The header of this name.
        instead: Answer with this body instead, and `status` or 200.
        stall: Say nothing until the server closes.
        stall_after: Say nothing more after so many bytes of the body.
        cut_after: Close the connection after so many bytes of the body.
        location: Lead there (with a `status` of 302 or so).
    """

    status: int | None = None
    message: str = "no"
    param: str | None = None
    code: str | None = None
    retry_after: str | None = None
    instead: bytes | None = None
    stall: bool = False
    stall_after: int | None = None
    cut_after: int | None = None
    location: str | None = None


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes:
        path: Without ``/v1``: ``/chat/completions``, ``/images/generations``, ``/images/edits``,
            or ``/pictures/NAME`` for a picture that an answer had the address of.
        headers: By name in lower case.
        fields: The JSON document, or the fields of the form.
        pictures: Files that came with it, in their order.
        prompt: All words of the messages, or the prompt.
    """

    path: str
    headers: Mapping[str, str]
    fields: Mapping[str, Any] = field(default_factory=dict)
    pictures: tuple[bytes, ...] = ()
    prompt: str = ""


def one_colour(asked: Asked, number: int) -> Image.Image:
    """A picture whose colour hangs on the prompt, the pictures sent, and its number."""
    digest = hashlib.sha256(asked.prompt.encode() + bytes([number]))
    for picture in asked.pictures:
        digest.update(picture)
    red, green, blue = digest.digest()[:3]
    return Image.new("RGB", (48, 32), (red, green, blue))


@dataclass
class EndpointServer:
    """The server.

    Attributes:
        url: What `Endpoint.url` should be; it ends in ``/v1``.
        key: The key that it wants, or None if it asks for none.
        says: What the model says: words, or a function of the request.
        paints: The picture of a number (from 0) for a request.
        gives: Whether pictures come in the answer, or as addresses.
        at_once: Pictures in one answer at most.
        tells_usage: Whether answers tell how many tokens were used.
        asked: All requests so far.
        faults: The next answers, whatever they are to; once used up, `always` counts.
        always: How every other answer goes wrong; a fault, or a function of the request.
        found: Pictures that answers had the address of, by name.
    """

    url: str
    key: str | None = None
    says: str | Callable[[Asked], str] = "7"
    paints: Callable[[Asked, int], Image.Image] = one_colour
    gives: str = "b64_json"
    at_once: int = 10
    tells_usage: bool = True
    asked: list[Asked] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)
    always: Fault | Callable[[Asked], Fault] = field(default_factory=Fault)
    found: dict[str, bytes] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, *faults: Fault) -> None:
        """Let the next answers go wrong."""
        self.faults.extend(faults)

    def reset(self) -> None:
        """Be as new, for the next test: nothing was asked, nothing goes wrong."""
        fresh = EndpointServer(self.url)
        for name in vars(fresh).keys() - {"url", "closing", "lock"}:
            setattr(self, name, getattr(fresh, name))

    def next_fault(self, asked: Asked) -> Fault:
        """What goes wrong now."""
        with self.lock:
            if self.faults:
                return self.faults.popleft()
        return self.always if isinstance(self.always, Fault) else self.always(asked)

    def asked_for(self, path: str) -> list[Asked]:
        """The requests for a path so far."""
        return [asked for asked in list(self.asked) if asked.path == path]


@contextmanager
def endpoint_server() -> Iterator[EndpointServer]:
    """Run an endpoint until the context ends."""
    http = _Server(("127.0.0.1", 0), _Handler)
    state = EndpointServer(f"http://127.0.0.1:{http.server_port}/v1")
    http.state = state
    thread = threading.Thread(target=http.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield state
    finally:
        state.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    state: EndpointServer

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, *_: object) -> None:
        """Tests look at `EndpointServer.asked` instead."""

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def _answer(self, body: bytes) -> None:
        state = self.server.state
        asked = _read(self.path.removeprefix("/v1"), dict(self.headers.items()), body)
        state.asked.append(asked)
        fault = state.next_fault(asked)
        try:
            if fault.stall:
                state.closing.wait()
                self.close_connection = True
                return
            self._send(fault, *self._made(state, asked, fault))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _made(self, state: EndpointServer, asked: Asked, fault: Fault) -> tuple[int, bytes]:
        sent = asked.headers.get("authorization", "")
        if fault.instead is not None:
            return fault.status or 200, fault.instead
        if fault.status is not None:
            said = fault.message.replace("{authorization}", sent)
            return fault.status, _error(said, fault.param, fault.code)
        if asked.path.startswith("/pictures/"):
            content = state.found.get(asked.path.rpartition("/")[2])
            return (404, b"") if content is None else (200, content)
        if state.key is not None and sent != f"Bearer {state.key}":
            return 401, _error(f"Incorrect API key provided: {sent}", None, "invalid_api_key")
        make = _MAKERS.get(asked.path)
        if make is None:
            return 404, _error("unknown address", None, None)
        return 200, json.dumps(make(state, asked)).encode()

    def _send(self, fault: Fault, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if fault.retry_after is not None:
            self.send_header("Retry-After", fault.retry_after)
        if fault.location is not None:
            self.send_header("Location", fault.location)
        self.end_headers()
        ends = (len(body), fault.cut_after, fault.stall_after)
        limit = min(end for end in ends if end is not None)
        self.wfile.write(body[:limit])
        self.wfile.flush()
        if fault.stall_after is not None:
            self.server.state.closing.wait()
        if limit < len(body):
            self.close_connection = True


def _read(path: str, headers: Mapping[str, str], body: bytes) -> Asked:
    headers = {name.lower(): value for name, value in headers.items()}
    kind = headers.get("content-type", "")
    if kind.startswith("multipart/form-data"):
        return _form(path, headers, kind, body)
    fields = json.loads(body) if body else {}
    words, pictures = [str(fields.get("prompt", ""))], []
    for message in fields.get("messages", []):
        content = message["content"]
        if isinstance(content, str):
            words.append(content)
            continue
        for part in content:
            if part["type"] == "text":
                words.append(part["text"])
            else:
                url = part["image_url"]["url"]
                pictures.append(base64.b64decode(url.partition("base64,")[2], validate=True))
    prompt = "\n".join(word for word in words if word)
    return Asked(path, headers, fields, tuple(pictures), prompt)


def _form(path: str, headers: Mapping[str, str], kind: str, body: bytes) -> Asked:
    message = BytesParser().parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + body)
    fields: dict[str, Any] = {}
    pictures = []
    for part in message.get_payload():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        if part.get_filename():
            pictures.append(content)
        else:
            fields[name] = content.decode()
    return Asked(path, headers, fields, tuple(pictures), fields.get("prompt", ""))


def _said(state: EndpointServer, asked: Asked) -> dict[str, Any]:
    text = state.says if isinstance(state.says, str) else state.says(asked)
    document: dict[str, Any] = {
        "id": f"answer-{len(state.asked)}",
        "object": "chat.completion",
        "model": asked.fields["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "stop",
            }
        ],
    }
    if state.tells_usage:
        taken, given = len(asked.prompt.split()) + 85 * len(asked.pictures), len(text.split())
        document["usage"] = {
            "prompt_tokens": taken,
            "completion_tokens": given,
            "total_tokens": taken + given,
        }
    return document


def _painted(state: EndpointServer, asked: Asked) -> dict[str, Any]:
    items = []
    for number in range(min(int(asked.fields.get("n", 1)), state.at_once)):
        file = io.BytesIO()
        state.paints(asked, number).save(file, "PNG")
        if state.gives == "b64_json":
            items.append({"b64_json": base64.b64encode(file.getvalue()).decode()})
        else:
            with state.lock:
                name = f"{len(state.found)}.png"
                state.found[name] = file.getvalue()
            items.append({"url": f"{state.url}/pictures/{name}"})
    return {"created": 0, "data": items}


_MAKERS: Mapping[str, Callable[[EndpointServer, Asked], dict[str, Any]]] = {
    "/chat/completions": _said,
    "/images/generations": _painted,
    "/images/edits": _painted,
}


def _error(message: str, param: str | None, code: str | None) -> bytes:
    error = {"message": message, "type": "error", "param": param, "code": code}
    return json.dumps({"error": error}).encode()
