"""An endpoint in OpenAI's protocol: chat with pictures, pictures from words, edits of pictures.

The vendors' own clients are not used: they cannot be cancelled while the network is silent, and
their errors repeat what was sent. The key goes into one header of requests to the endpoint's own
address, over https only unless that is a machine nearby; redirects are not followed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from engine.endpoints.errors import EndpointError, RateLimited, Refused, Unreachable
from engine.endpoints.fetching import fetch_picture, pictures_of
from engine.endpoints.keys import KeyRing
from engine.endpoints.pictures import media_type
from engine.endpoints.sending import Address, Sender
from engine.jobs import JobControl

__all__ = [
    "ChatAnswer",
    "Endpoint",
    "EndpointClient",
    "EndpointError",
    "RateLimited",
    "Refused",
    "Unreachable",
]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask.

    Attributes:
        url: Where the protocol begins, for example ``https://api.openai.com/v1``.
        model: As the endpoint calls it.
        key: The name of a key in the keyring, not the key; None where none is asked for.
    """

    url: str
    model: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ChatAnswer:
    """What a model said.

    Attributes:
        text: Its words; empty if it said nothing.
        raw: The whole answer as it came, without the key.
        tokens_in: That were paid for the question, pictures included; None if that is not told.
        tokens_out: That were paid for the answer; None if that is not told.
        refusal: Why it answers nothing, in its words; empty if it does answer.
        is_cut: Whether it had more to say than `max_tokens`.
    """

    text: str
    raw: dict[str, Any]
    tokens_in: int | None
    tokens_out: int | None
    refusal: str = ""
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class _Way:
    """How a model wants to be asked: newer ones refuse a part of the older protocol."""

    length: str = "max_tokens"
    has_temperature: bool = True

    def after(self, error: Refused) -> _Way | None:
        """The way to ask instead, or None if the error is about something else."""
        newer = "max_completion_tokens"
        if self.length != newer and newer in f"{error.parameter} {error}":
            return replace(self, length=newer)
        if self.has_temperature and error.status == 400 and error.parameter == "temperature":
            return replace(self, has_temperature=False)
        return None


class EndpointClient:
    """Asks one endpoint. Thread-safe; nothing is sent before the first question.

    A request that fails in a way that may be over soon is sent again after a while, `retries` times
    at most; if the connection broke while the endpoint worked, that work may be paid twice.

    Args:
        endpoint: Whom to ask.
        keys: Where the key is; the person's own by default.
        per_minute: Requests a minute at most, tries included; None for no limit.
        retries: Tries after the first.
        timeout_s: Seconds of silence after which a try has failed. A try that goes on in drops is
            ended after five times as long.
        first_wait_s: Seconds before the second try; each further wait is twice as long.

    Raises:
        EndpointError: If the address is none, or a key would be readable on its way there.
        KeyRingError: If the name of the key is none.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        keys: KeyRing | None = None,
        per_minute: float | None = None,
        retries: int = 5,
        timeout_s: float = 120.0,
        first_wait_s: float = 1.0,
    ) -> None:
        self.endpoint = endpoint
        self._sender = Sender(
            Address.of(endpoint.url),
            endpoint.key,
            keys or KeyRing(),
            per_minute=per_minute,
            retries=retries,
            timeout_s=timeout_s,
            first_wait_s=first_wait_s,
        )
        self._way = _Way()

    @property
    def address(self) -> str:
        """What tells the endpoint from others: its address without a scheme, in lower case."""
        return self._sender.name

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of connections."""
        self._sender.close()

    def chat(
        self,
        messages: list[dict[str, Any]],
        *,
        max_tokens: int,
        temperature: float = 0.0,
        control: JobControl | None = None,
    ) -> ChatAnswer:
        """Ask one question.

        Args:
            messages: As the protocol has them; `said` and `shown` make one.
            max_tokens: Of the answer.
            temperature: Of sampling; left out for models that refuse to be told.
            control: Looked at ten times a second.

        Raises:
            Refused: If the key or the request is refused.
            RateLimited: If there were too many requests, after all tries.
            Unreachable: If the endpoint did not answer, after all tries.
            EndpointError: If the answer is not one of the protocol.
            KeyRingError: If there is no such key.
            Cancelled: If the control says so; within a fraction of a second.
        """
        while True:
            way = self._way
            asked: dict[str, Any] = {"model": self.endpoint.model, "messages": messages}
            asked[way.length] = max_tokens
            if way.has_temperature:
                asked["temperature"] = temperature
            try:
                document = self._sender.post_json("chat/completions", asked, control)
            except Refused as error:
                other = way.after(error)
                if other is None:
                    raise
                self._way = other
                continue
            return _chat_answer(document, self._sender.host)

    def generate_images(
        self,
        prompt: str,
        *,
        count: int = 1,
        size: str | None = None,
        control: JobControl | None = None,
    ) -> list[bytes]:
        """Pictures from words.

        Args:
            prompt: What to show.
            count: How many; an endpoint that makes fewer at a time is asked more often.
            size: As the endpoint writes it (``1024x1024``), or None for its own.
            control: Looked at ten times a second.

        Returns:
            `count` files: PNG, JPEG or WebP.

        Raises:
            EndpointError, KeyRingError, Cancelled: As `chat` does.
        """

        def ask(number: int) -> Any:
            asked = self._image_fields(prompt, number, size)
            return self._sender.post_json("images/generations", asked, control)

        return self._collect(ask, count, control)

    def edit_images(
        self,
        prompt: str,
        picture: bytes,
        *,
        count: int = 1,
        size: str | None = None,
        control: JobControl | None = None,
    ) -> list[bytes]:
        """Pictures from words and a picture.

        Args:
            prompt: What to make of it.
            picture: A PNG, JPEG or WebP file.
            count: See `generate_images`.
            size: See `generate_images`.
            control: Looked at ten times a second.

        Returns:
            `count` files: PNG, JPEG or WebP.

        Raises:
            EndpointError, KeyRingError, Cancelled: As `chat` does.
        """
        kind = media_type(picture)
        if kind is None:
            raise EndpointError("An endpoint edits PNG, JPEG and WebP files only")
        file = (f"picture.{kind.removeprefix('image/')}", picture, kind)

        def ask(number: int) -> Any:
            fields = {k: str(v) for k, v in self._image_fields(prompt, number, size).items()}
            return self._sender.post_form("images/edits", fields, {"image": file}, control)

        return self._collect(ask, count, control)

    def _image_fields(self, prompt: str, count: int, size: str | None) -> dict[str, Any]:
        fields: dict[str, Any] = {"model": self.endpoint.model, "prompt": prompt, "n": count}
        return fields if size is None else fields | {"size": size}

    def _collect(self, ask: Any, count: int, control: JobControl | None) -> list[bytes]:
        out: list[bytes] = []
        at_once = count
        while len(out) < count:
            try:
                document = ask(min(at_once, count - len(out)))
            except Refused as error:
                if at_once == 1 or error.parameter != "n":
                    raise
                at_once = 1  # some models make one picture at a time
                continue
            out += pictures_of(
                document,
                self._sender.host,
                lambda url: fetch_picture(url, control or JobControl()),
            )
        return out[:count]


def said(text: str, *, role: str = "user") -> dict[str, Any]:
    """A message of words."""
    return {"role": role, "content": text}


def shown(text: str, pictures: list[str]) -> dict[str, Any]:
    """A message of words and pictures.

    Args:
        text: Comes first.
        pictures: Addresses from `engine.endpoints.pictures.data_url`.
    """
    parts: list[dict[str, Any]] = [{"type": "text", "text": text}]
    parts += [{"type": "image_url", "image_url": {"url": url}} for url in pictures]
    return {"role": "user", "content": parts}


def _chat_answer(document: Any, host: str) -> ChatAnswer:
    try:
        choice = document["choices"][0]
        message = choice["message"]
        usage = document.get("usage") or {}
        refusal = message.get("refusal") or ""
        if not refusal and choice.get("finish_reason") == "content_filter":
            refusal = "the endpoint's content filter"
        return ChatAnswer(
            text=_words(message.get("content")),
            raw=document,
            tokens_in=_count(usage, "prompt_tokens"),
            tokens_out=_count(usage, "completion_tokens"),
            refusal=str(refusal),
            is_cut=choice.get("finish_reason") == "length",
        )
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise EndpointError(
            f"{host} does not answer like a chat endpoint: check the address, which usually ends"
            " in /v1"
        ) from error


def _words(content: Any) -> str:
    """The words of a message, which some servers cut into parts."""
    if isinstance(content, list):
        parts = (part.get("text") for part in content if isinstance(part, dict))
        return "".join(part for part in parts if isinstance(part, str))
    return content if isinstance(content, str) else ""


def _count(usage: Mapping[str, Any], name: str) -> int | None:
    value = usage.get(name)
    return value if isinstance(value, int) and value >= 0 else None
