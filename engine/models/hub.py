"""The little of the Hugging Face hub's protocol that a download needs.

huggingface_hub is not used for it. As of 2.4 it deletes a partial file when a download ends early,
so nothing is resumed after a kill; it can be cancelled only between chunks of 10 MB, not while the
network is silent; it checks sizes, not checksums; and it reads the mirror and the offline switch
once, when it is imported. Here a download is an explicit request of a person, so ``HF_HUB_OFFLINE``
does not count. No token is ever sent: the models are public.
"""

from __future__ import annotations

import json
import os
import queue
import re
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from engine.errors import DownloadError
from engine.jobs import JobControl
from engine.models.manifest import ModelFile

if TYPE_CHECKING:
    import httpx2

ENDPOINT = "https://huggingface.co"
CONNECT_TIMEOUT_S = 15.0
READ_TIMEOUT_S = 30.0
RETRY_WAITS_S = (1.0, 2.0, 4.0, 8.0, 15.0)  # after that many failures in a row it gives up

_LARGEST_DOCUMENT = 20_000_000
_POLL_S = 0.1
_READ_AHEAD = 64  # chunks as the network hands them over, 64 KiB at most each


class TransientError(DownloadError):
    """The network or the hub failed in a way that may be over soon."""


class Patience:
    """Waits longer after each failure in a row, and gives up after the last wait."""

    def __init__(self, control: JobControl) -> None:
        self._control = control
        self._failures = 0

    def reset(self) -> None:
        """Something came: failures are counted anew."""
        self._failures = 0

    def after(self, error: TransientError) -> None:
        """Wait until it makes sense to try again.

        Raises:
            TransientError: The one given, if there were too many.
            Cancelled: If the control says so.
        """
        if self._failures == len(RETRY_WAITS_S):
            raise error
        left = RETRY_WAITS_S[self._failures]
        self._failures += 1
        pause = threading.Event()
        while left > 0:
            self._control.checkpoint()
            pause.wait(min(_POLL_S, left))
            left -= _POLL_S
        self._control.checkpoint()


class Hub:
    """A connection to the hub, or to the mirror that ``HF_ENDPOINT`` names."""

    def __init__(self) -> None:
        """Prepare; nothing is sent yet.

        Raises:
            DownloadError: If the mirror's address is none, or the proxy's.
        """
        import httpx2

        self.endpoint = (os.environ.get("HF_ENDPOINT") or ENDPOINT).rstrip("/")
        if not re.match(r"https?://[^/]", self.endpoint):
            raise DownloadError(
                f"HF_ENDPOINT is {self.endpoint!r}: it must begin with https:// or http://"
            )
        self.host = self.endpoint.partition("://")[2]
        timeout = httpx2.Timeout(READ_TIMEOUT_S, connect=CONNECT_TIMEOUT_S)
        # Identity: a byte range of something compressed would be that of other bytes.
        headers = {"Accept-Encoding": "identity", "User-Agent": "relsim-desktop"}
        try:
            self._client = httpx2.Client(timeout=timeout, headers=headers, follow_redirects=True)
        except (ImportError, ValueError, httpx2.InvalidURL) as error:
            raise DownloadError(f"The proxy that is set up cannot be used: {error}") from error

    def __enter__(self) -> Hub:
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._client.close()

    def files(
        self, repository: str, revision: str, control: JobControl
    ) -> tuple[str, list[ModelFile]]:
        """What a repository holds at a revision.

        Returns:
            The commit that the revision is now, and all files in the top folder.

        Raises:
            DownloadError: If the hub cannot be reached, refuses, or answers something else.
            Cancelled: If the control says so.
        """
        api = f"{self.endpoint}/api/models/{quote(repository)}"
        try:
            info, _ = self._document(f"{api}/revision/{quote(revision, safe='')}", control)
            commit = info["sha"]
            url: str | None = f"{api}/tree/{quote(commit, safe='')}?recursive=true&expand=false"
            entries: list[Any] = []
            while url is not None:
                page, url = self._document(url, control)
                entries += page
            return commit, [
                _model_file(entry)
                for entry in entries
                if entry["type"] == "file" and "/" not in entry["path"]
            ]
        except (KeyError, TypeError, ValueError, RecursionError) as error:
            raise DownloadError(
                f"{self.host} does not answer like a model hub: check HF_ENDPOINT, or log in to the"
                " network that you are in"
            ) from error

    @contextmanager
    def content(
        self, repository: str, commit: str, name: str, start: int, control: JobControl
    ) -> Iterator[tuple[int, Iterator[bytes]]]:
        """The bytes of a file, from `start` on where the server can do that.

        Returns:
            The offset of the first byte, `start` or 0, and the chunks as they come.

        Raises:
            TransientError: If the connection fails, also while chunks come.
            DownloadError: If the hub refuses.
            Cancelled: If the control says so; within a fraction of a second, whatever the network
                does.
        """
        url = f"{self.endpoint}/{quote(repository)}/resolve/{quote(commit, safe='')}/{quote(name)}"
        headers = {"Range": f"bytes={start}-"} if start else {}
        with Request(self._client, url, headers, self.host, control) as request:
            if request.status == 416:  # the server's file is shorter than ours
                with self.content(repository, commit, name, 0, control) as whole:
                    yield whole
                return
            request.require_success(f"{name} of {repository}")
            if request.status != 206:
                start = 0
            elif not request.headers.get("content-range", "").startswith(f"bytes {start}-"):
                raise TransientError(f"{self.host} sent another part of {name} than was asked for")
            yield start, request.chunks()

    def _document(self, url: str, control: JobControl) -> tuple[Any, str | None]:
        """A JSON document, and the address of its next page if there is one."""
        patience = Patience(control)
        while True:
            try:
                with Request(self._client, url, {}, self.host, control) as request:
                    request.require_success(url.partition("/api/models/")[2])
                    content = b""
                    for chunk in request.chunks():
                        content += chunk
                        if len(content) > _LARGEST_DOCUMENT:
                            raise ValueError("too long")
                    following = re.search(
                        r'<([^>]+)>\s*;\s*rel="next"', request.headers.get("link", "")
                    )
                    return json.loads(content), following and following[1]
            except TransientError as error:
                patience.after(error)


def _model_file(entry: dict[str, Any]) -> ModelFile:
    large = entry.get("lfs")
    if large:
        return ModelFile(entry["path"], int(large["size"]), sha256=_hexadecimal(large["oid"], 64))
    return ModelFile(entry["path"], int(entry["size"]), blob=_hexadecimal(entry["oid"], 40))


def _hexadecimal(value: str, length: int) -> str:
    if not re.fullmatch(f"[0-9a-f]{{{length}}}", value):
        raise ValueError(f"{value!r} is no checksum")
    return value


class Request:
    """One request in a thread of its own, so that a silent network never delays a cancel.

    Entering it waits for the answer's head: `status` and `headers` are there then.
    """

    status: int
    headers: httpx2.Headers

    def __init__(
        self,
        client: httpx2.Client,
        url: str,
        headers: dict[str, str],
        host: str,
        control: JobControl,
        *,
        content: bytes | None = None,
    ) -> None:
        """Prepare; nothing is sent yet.

        Args:
            client: Sends it; its owner closes it.
            url: What to get.
            headers: To send besides the client's.
            host: What the server is called in errors.
            control: Looked at ten times a second.
            content: What to POST; without, it is a GET.
        """
        self._client, self._url, self._asked, self._host = client, url, headers, host
        self._control, self._content = control, content
        self._items: queue.Queue[httpx2.Response | bytes | Exception | None] = queue.Queue(
            _READ_AHEAD
        )
        self._abandoned = threading.Event()

    def __enter__(self) -> Request:
        threading.Thread(target=self._run, name="download", daemon=True).start()
        response = self._next()
        assert response is not None
        assert not isinstance(response, bytes)
        self.status, self.headers = response.status_code, response.headers
        return self

    def __exit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        self._abandoned.set()

    def require_success(self, what: str) -> None:
        """Raise a `DownloadError` in words unless the answer is the thing that was asked for."""
        status, host = self.status, self._host
        if status in {200, 206}:
            return
        if status in {401, 403}:
            raise DownloadError(
                f"{host} refuses {what} ({status}): it was withdrawn or renamed there, or the"
                " network in between does not let it through"
            )
        if status in {404, 410}:
            raise DownloadError(f"{host} has no {what} ({status})")
        if status == 429:
            raise TransientError(f"{host} has had too many requests from here ({status})")
        if status >= 500 or status == 408:
            raise TransientError(f"{host} is in trouble ({status})")
        raise DownloadError(f"{host} answers {status} to the request for {what}")

    def chunks(self) -> Iterator[bytes]:
        """The body as it comes."""
        while (item := self._next()) is not None:
            assert isinstance(item, bytes)
            yield item

    def _next(self) -> httpx2.Response | bytes | None:
        while True:
            self._control.checkpoint()
            try:
                item = self._items.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if isinstance(item, Exception):
                raise in_words(item, self._host) from item
            return item

    def _run(self) -> None:
        try:
            method = "GET" if self._content is None else "POST"
            with self._client.stream(
                method, self._url, headers=self._asked, content=self._content
            ) as response:
                self._put(response)
                for chunk in response.iter_bytes():
                    if not self._put(chunk):
                        return
            self._put(None)
        except Exception as error:  # noqa: BLE001 - handed to the thread that waits for the answer
            self._put(error)

    def _put(self, item: httpx2.Response | bytes | Exception | None) -> bool:
        while not self._abandoned.is_set():
            try:
                self._items.put(item, timeout=_POLL_S)
            except queue.Full:
                continue
            return True
        return False


def in_words(error: Exception, host: str) -> DownloadError:
    """What went wrong on the network, for people."""
    import httpx2

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return DownloadError(
                f"The certificate of {host} cannot be verified: check the computer's clock, and"
                " whether something in between reads along"
            )
        cause = cause.__cause__ or cause.__context__
    match error:
        case httpx2.ProxyError():
            text = f"The proxy does not let {host} be reached ({error})"
        case httpx2.ConnectTimeout() | httpx2.ConnectError():
            text = f"{host} cannot be reached: check the network ({error})"
        case httpx2.TimeoutException():
            text = f"{host} does not answer any more"
        case httpx2.TransportError():
            text = f"The connection to {host} broke ({error})"
        case _:
            return DownloadError(f"{host} gave an answer that makes no sense ({error})")
    return TransientError(text)
