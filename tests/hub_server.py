"""A model hub on this computer: real HTTP, the hub's protocol, and faults on request.

Like the real one it answers the API itself, sends small files by way of a redirect on the same
host, and large ones by way of a redirect to a second host (another port) that knows byte ranges.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

_SLICE = 16_384


@dataclass(frozen=True)
class Fault:
    """How one answer with a file's content goes wrong.

    Attributes:
        status: Answer with this status instead.
        cut_after: Close the connection after so many bytes of the body.
        stall_after: Say nothing more after so many bytes, until the server closes.
        corrupt: Flip one byte of the file.
        ignore_range: Send the whole file with status 200, whatever was asked for.
        pause_s: Wait so long before every slice of the body.
        instead: Answer with this page and status 200, as a network does that wants a log-in.
    """

    status: int | None = None
    cut_after: int | None = None
    stall_after: int | None = None
    corrupt: bool = False
    ignore_range: bool = False
    pause_s: float = 0.0
    instead: bytes | None = None


@dataclass(frozen=True)
class Asked:
    """One request: which host it came to, for what, with which range."""

    host: str
    path: str
    range: str | None
    headers: Mapping[str, str]


@dataclass
class HubServer:
    """The server; `url` is what ``HF_ENDPOINT`` should be.

    Attributes:
        url: Of the hub.
        repositories: Files by repository id.
        asked: All requests so far.
        faults: By file name (or ``api``): the next answers; once used up, `always` counts.
        always: By file name (or ``api``): a fault of every answer.
        page: Files in one page of a listing.
    """

    url: str
    cdn: str
    repositories: dict[str, dict[str, bytes]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    always: dict[str, Fault] = field(default_factory=dict)
    page: int = 1000
    closing: threading.Event = field(default_factory=threading.Event)

    def commit(self, repository: str) -> str:
        """The commit of a repository: it changes with its content."""
        digest = hashlib.sha1()
        for name, content in sorted(self.repositories[repository].items()):
            digest.update(name.encode() + content)
        return digest.hexdigest()

    def fail(self, name: str, *faults: Fault) -> None:
        """Let the next answers for a file, or of the ``api``, go wrong."""
        self.faults[name] = deque(faults)

    def next_fault(self, name: str) -> Fault:
        """What goes wrong now."""
        waiting = self.faults.get(name)
        return waiting.popleft() if waiting else self.always.get(name, Fault())

    def content_requests(self, name: str) -> list[Asked]:
        """The requests for a file that reached the host of its content."""
        content = (one for one in self.asked if "/content/" in one.path)
        return [one for one in content if one.path.endswith(f"/{name}")]


@contextmanager
def hub_server() -> Iterator[HubServer]:
    """Run a hub until the context ends."""
    hub, cdn = _Server(("127.0.0.1", 0), _Handler), _Server(("127.0.0.1", 0), _Handler)
    server = HubServer(*(f"http://127.0.0.1:{one.server_port}" for one in (hub, cdn)))
    threads = []
    for one, host in ((hub, "hub"), (cdn, "cdn")):
        one.state = server
        one.host = host
        threads.append(threading.Thread(target=one.serve_forever, args=(0.02,)))
        threads[-1].start()
    try:
        yield server
    finally:
        server.closing.set()
        for one in (hub, cdn):
            one.shutdown()
            one.server_close()
        for thread in threads:
            thread.join()


def is_large(name: str) -> bool:
    """Whether the hub keeps a file outside git (LFS)."""
    return name.endswith((".safetensors", ".pt", "tokenizer.json"))


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Clients that hang up are what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Tests look at `HubServer.asked` instead."""

    def do_GET(self) -> None:
        state: HubServer = self.server.state
        asked = Asked(self.server.host, self.path, self.headers.get("Range"), dict(self.headers))
        state.asked.append(asked)
        try:
            parts = unquote(urlsplit(self.path).path).strip("/").split("/")
            if parts[:2] == ["api", "models"]:
                self._api(state, "/".join(parts[2:4]), parts[4], parts[5])
            elif parts[0] == "content":
                self._content(state, "/".join(parts[1:3]), parts[3])
            else:
                self._resolve(state, "/".join(parts[:2]), parts[3], parts[4])
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _api(self, state: HubServer, repository: str, what: str, revision: str) -> None:
        fault = state.next_fault("api")
        if fault.stall_after is not None:
            state.closing.wait()
        if fault.instead is not None:
            self._send(200, fault.instead)
            return
        if fault.status is not None or repository not in state.repositories:
            self._send(fault.status or 401, b'{"error": "no"}')
            return
        commit = state.commit(repository)
        if revision not in {"main", commit}:
            self._send(404, b'{"error": "Invalid rev id"}')
            return
        if what == "revision":
            document = {"id": repository, "sha": commit, "gated": False, "private": False}
            self._send(200, json.dumps(document).encode())
            return
        entries = [_entry(name, c) for name, c in state.repositories[repository].items()]
        query = urlsplit(self.path).query
        begin = int(query.partition("cursor=")[2] or 0)
        more = {}
        if begin + state.page < len(entries):
            address = f"{state.url}/api/models/{repository}/tree/{revision}"
            following = f"{address}?recursive=true&cursor={begin + state.page}"
            more = {"Link": f'<{following}>; rel="next"'}
        page = entries[begin : begin + state.page]
        self._send(200, json.dumps(page).encode(), more)

    def _resolve(self, state: HubServer, repository: str, revision: str, name: str) -> None:
        content = state.repositories.get(repository, {}).get(name)
        if content is None or revision not in {"main", state.commit(repository)}:
            self._send(404, b"Entry not found")
            return
        headers = {"X-Repo-Commit": state.commit(repository)}
        target = f"/content/{repository}/{name}"
        if is_large(name):
            headers["X-Linked-Size"] = str(len(content))
            headers["X-Linked-Etag"] = f'"{hashlib.sha256(content).hexdigest()}"'
            headers["Location"] = state.cdn + target
            self._send(302, b"", headers)
        else:
            headers["Location"] = target
            self._send(307, b"", headers)

    def _content(self, state: HubServer, repository: str, name: str) -> None:
        content = state.repositories[repository][name]
        fault = state.next_fault(name)
        if fault.status is not None:
            self._send(fault.status, b"no")
            return
        if fault.corrupt:
            middle = len(content) // 2
            content = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        start, status, headers = 0, 200, {}
        wanted = self.headers.get("Range")
        if wanted and not fault.ignore_range:
            start, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
            if start >= len(content):
                self._send(416, b"", {"Content-Range": f"bytes */{len(content)}"})
                return
            headers["Content-Range"] = f"bytes {start}-{len(content) - 1}/{len(content)}"
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) - start))
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self._body(state, content[start:], fault)

    def _body(self, state: HubServer, body: bytes, fault: Fault) -> None:
        limit = min(x for x in (len(body), fault.cut_after, fault.stall_after) if x is not None)
        for begin in range(0, limit, _SLICE):
            if fault.pause_s and state.closing.wait(fault.pause_s):
                break
            self.wfile.write(body[begin : min(begin + _SLICE, limit)])
            self.wfile.flush()
        if fault.stall_after is not None:
            state.closing.wait()
        if limit < len(body):
            self.close_connection = True

    def _send(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)


def _entry(name: str, content: bytes) -> dict[str, object]:
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
    entry: dict[str, object] = {"type": "file", "path": name, "size": len(content), "oid": blob}
    if is_large(name):
        sha256 = hashlib.sha256(content).hexdigest()
        entry["lfs"] = {"oid": sha256, "size": len(content), "pointerSize": 134}
    return entry
