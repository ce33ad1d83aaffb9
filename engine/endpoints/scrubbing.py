"""Taking keys out of what an endpoint says, before anybody sees, logs or stores it."""

from __future__ import annotations

import re
from typing import Any

_HIDDEN = "[key]"
# What follows "Bearer", and what looks like a key or a shortened one ("sk-ab***yz").
_LIKE_A_KEY = re.compile(r"(?i)(?<=bearer )[^\s\"',;]+|\bsk-[\w*.-]{6,}")


class Secret:
    """A key in memory: it does not show when it is printed.

    Args:
        value: The key, or None where none is sent.
    """

    __slots__ = ("_value",)

    def __init__(self, value: str | None) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret()" if self._value is None else f"Secret({_HIDDEN})"

    def headers(self) -> dict[str, str]:
        """What is sent with a request."""
        return {} if self._value is None else {"Authorization": f"Bearer {self._value}"}

    def scrubbed(self, text: str) -> str:
        """A text without the key."""
        return text.replace(self._value, _HIDDEN) if self._value else text

    def scrubbed_error(self, text: str) -> str:
        """A complaint without the key, and without what looks like one or a part of one."""
        return _LIKE_A_KEY.sub(_HIDDEN, self.scrubbed(text))

    def scrubbed_document(self, document: Any) -> Any:
        """A JSON document, copied, without the key in any of its texts."""
        match document:
            case str():
                return self.scrubbed(document)
            case list():
                return [self.scrubbed_document(item) for item in document]
            case dict():
                return {
                    self.scrubbed(key): self.scrubbed_document(item)
                    for key, item in document.items()
                }
        return document
