"""Requests to an endpoint: paced, tried again, bounded, cancelled at once, free of the key."""

from __future__ import annotations

import ipaddress
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from engine.endpoints.complaints import error_of
from engine.endpoints.errors import EndpointError, TryAgain, Unreachable
from engine.endpoints.fetching import MAX_BYTES, open_client, read_body
from engine.endpoints.keys import KeyRing, key_name
from engine.endpoints.pacing import (
    LONGEST_ASKED_WAIT_S,
    Deadline,
    TokenBucket,
    growing_wait,
    wait,
)
from engine.endpoints.scrubbing import Secret
from engine.errors import DownloadError
from engine.jobs import JobControl
from engine.models.hub import Request, TransientError

if TYPE_CHECKING:
    import httpx2

File = tuple[str, bytes, str]
"""Name, content and media type of a file in a form."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where an endpoint is.

    Attributes:
        url: Without a slash at its end.
        host: What it is called in errors.
        name: What tells it from other endpoints: `url` without its scheme, in lower case.
        keeps_secrets: Whether a key may be sent there: https, or a machine nearby.
        is_direct: Whether no proxy is asked: one could read along over http, and a proxy seldom
            knows the machines nearby.
    """

    url: str
    host: str
    name: str
    keeps_secrets: bool
    is_direct: bool

    @classmethod
    def of(cls, url: str) -> Address:
        """Read an address that a person wrote.

        Raises:
            EndpointError: If it is none of the web, or holds a name, a key or a query.
        """
        try:
            parts = urlsplit(url.strip())
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise EndpointError(
                "The address of an endpoint begins with https:// or http://, for example"
                " https://api.openai.com/v1"
            )
        if parts.username is not None or parts.query or parts.fragment:
            raise EndpointError(
                "The address of an endpoint holds no key and no '?': store the key with"
                " 'relsim keys set NAME' and say its name"
            )
        host = parts.hostname if port is None else f"{parts.hostname}:{port}"
        is_open, is_near = parts.scheme == "http", _is_near(parts.hostname)
        safe = is_near or not is_open
        whole = url.strip().rstrip("/")
        name = whole.partition("://")[2].lower()
        return cls(whole, host, name, safe, is_open and is_near)


class Sender:
    """Sends requests to one endpoint. Thread-safe.

    Args:
        address: Of the endpoint.
        key: The name of the key, or None.
        keys: Where it is looked up, once, before the first request.
        per_minute: Requests a minute, or None.
        retries: Tries after the first.
        timeout_s: Seconds of silence.
        first_wait_s: Seconds before the second try.

    Raises:
        EndpointError: If a key would be readable on its way.
        KeyRingError: If the name of the key is none.
    """

    def __init__(
        self,
        address: Address,
        key: str | None,
        keys: KeyRing,
        *,
        per_minute: float | None,
        retries: int,
        timeout_s: float,
        first_wait_s: float,
    ) -> None:
        self.host, self.name = address.host, address.name
        self._address, self._keys = address, keys
        self._key = None if key is None else key_name(key)
        if key is not None and not address.keeps_secrets:
            raise EndpointError(
                f"A key is not sent to {self.host} over http, where others can read it: use"
                " https://"
            )
        self._bucket = None if per_minute is None else TokenBucket(per_minute)
        self._retries, self._timeout_s, self._first_wait_s = retries, timeout_s, first_wait_s
        self._secret: Secret | None = None
        self._client: httpx2.Client | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of connections; a later request opens new ones."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def post_json(self, path: str, document: object, control: JobControl | None) -> Any:
        """Send a JSON document, and return the one that comes back, without the key.

        Raises:
            EndpointError, KeyRingError, Cancelled: As `EndpointClient.chat` says.
        """
        content = json.dumps(document).encode()
        return self._post(path, content, "application/json", control or JobControl())

    def post_form(
        self,
        path: str,
        fields: Mapping[str, str],
        files: Mapping[str, File],
        control: JobControl | None,
    ) -> Any:
        """The same with a form that holds files."""
        import httpx2

        made = httpx2.Request(
            "POST", f"{self._address.url}/{path}", data=dict(fields), files=dict(files)
        )
        kind = made.headers["content-type"]
        return self._post(path, made.read(), kind, control or JobControl())

    def _post(self, path: str, content: bytes, kind: str, control: JobControl) -> Any:
        failures = 0
        while True:
            control.checkpoint()
            if self._bucket is not None:
                self._bucket.take(control)
            try:
                return self._try(path, content, kind, control)
            except TryAgain as again:
                failures += 1
                if failures > self._retries:
                    raise again.error from None
                asked = again.asked_s
                if asked is not None and asked > LONGEST_ASKED_WAIT_S:
                    raise again.error from None
                wait(max(asked or 0.0, growing_wait(failures, self._first_wait_s)), control)

    def _try(self, path: str, content: bytes, kind: str, control: JobControl) -> Any:
        secret, client = self._ready()
        url = f"{self._address.url}/{path}"
        headers = {"Content-Type": kind, "Accept": "application/json"} | secret.headers()
        slow = Unreachable(f"{self.host} is too slow: it has not finished its answer")
        limited = Deadline(control, 5 * self._timeout_s, TryAgain(slow))
        try:
            with Request(client, url, headers, self.host, limited, content=content) as request:
                body = read_body(request, MAX_BYTES, self.host)
        except TransientError as error:
            raise TryAgain(Unreachable(secret.scrubbed_error(str(error)))) from None
        except DownloadError as error:
            raise Unreachable(secret.scrubbed_error(str(error))) from None
        if request.status != 200:
            after = request.headers.get("retry-after")
            raise error_of(request.status, body, after, secret, self.host)
        document = _document(body)
        if document is None:
            nonsense = EndpointError(
                f"{self.host} answers with something that is no JSON: check the address, which"
                " usually ends in /v1"
            )
            raise TryAgain(nonsense)
        status = _status_within(document)
        if status is not None:
            raise error_of(status, body, None, secret, self.host)
        return secret.scrubbed_document(document)

    def _ready(self) -> tuple[Secret, httpx2.Client]:
        """The key and the connections, made for the first request."""
        with self._lock:
            if self._secret is None:
                self._secret = self._look_up()
            if self._client is None:
                self._client = open_client(self._timeout_s, is_direct=self._address.is_direct)
            return self._secret, self._client

    def _look_up(self) -> Secret:
        if self._key is None:
            return Secret(None)
        value = self._keys.get(self._key)
        if value is None:
            raise EndpointError(
                f"There is no key named {self._key!r}: store it with 'relsim keys set {self._key}'"
            )
        return Secret(value)


def _document(body: bytes) -> Any:
    """What a body says, or None; no error is left that holds the body, and perhaps the key."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _status_within(document: Any) -> int | None:
    """The status of an error that is sent as if all were well, as some gateways do, or None."""
    if not isinstance(document, dict) or document.get("choices") or document.get("data"):
        return None
    error = document.get("error")
    if not error:
        return None
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _is_near(host: str) -> bool:
    """Whether a host is this machine, or one of the network at home."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local", ".lan", ".internal"))
    return address.is_loopback or address.is_private
