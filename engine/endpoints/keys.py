"""Keys of paid endpoints: in the system's keyring, and nowhere else.

A key is known by a name that a person gives it. Settings, logs and command lines hold the name.
Where a machine has no keyring, ``RELSIM_KEY_NAME`` in the environment is read; it is never written.
"""

from __future__ import annotations

import json
import os
import re
from typing import Any

from engine.errors import KnownError

SERVICE = "relsim-desktop"
"""What the program is called in the keyring."""

VARIABLE = "RELSIM_KEY_"
"""Begins the name of a variable that holds a key."""

# Keyrings cannot be listed. So the names, not the keys, are an entry of the keyring of their own;
# no key can be called so.
_INDEX = "(names)"
_INDEX_FORMAT = 1

_SHORTEST = 4  # characters: a key "1" would be taken out of every score, see `scrubbing`

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,39}")


class KeyRingError(KnownError):
    """The system's keyring cannot be used, or a name or a key is none."""


class KeyRing:
    """The keys of this person on this machine. Thread-safe as far as the system's keyring is."""

    def get(self, name: str) -> str | None:
        """The key of this name; the environment goes before the keyring.

        Returns:
            The key, or None if there is none of this name.

        Raises:
            KeyRingError: If it is no name, or there is no keyring that works and no variable.
        """
        name = key_name(name)
        said = os.environ.get(variable_of(name), "").strip()
        if said:
            return _sound(said, f"The variable {variable_of(name)}")
        stored = _stored(name)
        return None if stored is None else _sound(stored, f"The key {name!r} in the keyring")

    def set(self, name: str, value: str) -> None:
        """Store a key; one of the same name is replaced.

        Raises:
            KeyRingError: If name or key are none, or the keyring does not take it.
        """
        name = key_name(name)
        value = _sound(value.strip(), "What was given")
        _refuse_plain_files()
        _call("set_password", SERVICE, name, value)
        if _stored(name) != value:  # keyring's null backend forgets without a word
            raise _no_keyring(name)
        known = _index()
        if name not in known:
            _call("set_password", SERVICE, _INDEX, _index_text([*known, name]))

    def remove(self, name: str) -> None:
        """Forget a key.

        Raises:
            KeyRingError: If there is none of this name in the keyring, or it does not work.
        """
        name = key_name(name)
        known, stored = _index(), _stored(name)
        if stored is not None:
            _call("delete_password", SERVICE, name)
        if name in known:
            rest = [other for other in known if other != name]
            _call("set_password", SERVICE, _INDEX, _index_text(rest))
        elif stored is None:
            held = ", ".join(known) or "none"
            raise KeyRingError(f"The keyring holds no key named {name!r}; it holds: {held}")

    def names(self) -> list[str]:
        """The names of the keys that there are, in the keyring or the environment, sorted.

        Raises:
            KeyRingError: If there is no keyring that works, and no variable either.
        """
        said = _said()
        try:
            known = _index()
        except KeyRingError:
            if not said:
                raise
            known = []
        taken = {variable_of(name) for name in known}
        return sorted({*known, *(name for name in said if variable_of(name) not in taken)})

    def source(self, name: str) -> str:
        """Where a key comes from: ``environment``, ``keyring``, or the empty string for nowhere.

        Raises:
            KeyRingError: As `get` does.
        """
        name = key_name(name)
        if os.environ.get(variable_of(name), "").strip():
            return "environment"
        return "keyring" if _stored(name) is not None else ""


def key_name(name: str) -> str:
    """A name in the form that counts: lower case.

    Raises:
        KeyRingError: If it is none, or looks like a key itself; the text does not repeat it then.
    """
    name = name.strip().lower()
    if name.startswith(("sk-", "bearer ")) or len(name) > 40:
        raise KeyRingError(
            "That looks like a key, not like the name of one: store the key under a short name"
            " with 'relsim keys set NAME', and say the name here"
        )
    if not _NAME.fullmatch(name):
        raise KeyRingError(
            "The name of a key is made of letters, digits, '.', '_' and '-', for example 'openai'"
        )
    return name


def variable_of(name: str) -> str:
    """The variable of the environment that may hold the key of this name."""
    return VARIABLE + re.sub(r"[.-]", "_", name).upper()


def _said() -> list[str]:
    """Names of the keys in the environment."""
    names = (
        variable.removeprefix(VARIABLE).lower()
        for variable, value in os.environ.items()
        if variable.startswith(VARIABLE) and value.strip()
    )
    return [name for name in names if _NAME.fullmatch(name)]


def _sound(value: str, what: str) -> str:
    """A key that can be sent; anything else would be repeated in an error of the HTTP library."""
    if len(value) > 4096 or not re.fullmatch(r"[\x21-\x7e]+", value):
        raise KeyRingError(f"{what} is no key: a key is one line without spaces")
    if len(value) < _SHORTEST:
        raise KeyRingError(
            f"{what} is too short for a key: it would be taken out of every answer that holds the"
            " same letters; an endpoint that asks for no key is asked without one"
        )
    return value


def _stored(name: str) -> str | None:
    value: str | None = _call("get_password", SERVICE, name)
    return value or None


def _index() -> list[str]:
    """Names of the keys in the keyring."""
    text = _call("get_password", SERVICE, _INDEX)
    if not text:
        return []
    try:
        document = json.loads(text)
        if document["format"] > _INDEX_FORMAT:
            raise KeyRingError(
                "The keys in the keyring were written by a newer version: update the program"
            )
        return [name for name in map(str, document["names"]) if _NAME.fullmatch(name)]
    except (ValueError, KeyError, TypeError):
        return []  # the keys themselves are still found by their names


def _index_text(names: list[str]) -> str:
    return json.dumps({"format": _INDEX_FORMAT, "names": sorted(names)})


def _call(verb: str, *arguments: str) -> Any:
    """One call of the library, whose backends raise what they like."""
    import keyring
    from keyring.errors import KeyringLocked, NoKeyringError

    try:
        return getattr(keyring, verb)(*arguments)
    except NoKeyringError:
        raise _no_keyring(arguments[1]) from None
    except KeyringLocked:
        raise KeyRingError(
            "The keyring is locked: unlock it (on most systems by logging in again), then try again"
        ) from None
    except Exception as error:  # noqa: BLE001 - its text may hold the key, so only its kind is told
        raise KeyRingError(
            f"The system's keyring does not work ({type(error).__name__}): repair or unlock it, or"
            f" put the key into the variable {_variable_hint(arguments[1])}"
        ) from None


def _no_keyring(name: str) -> KeyRingError:
    return KeyRingError(
        "This machine has no keyring that keys can be kept in: install one (on Linux GNOME Keyring"
        " or KWallet), or put the key into the environment variable"
        f" {_variable_hint(name)} before starting the program"
    )


def _variable_hint(name: str) -> str:
    return f"{VARIABLE}NAME" if name == _INDEX else variable_of(name)


def _refuse_plain_files() -> None:
    """Backends that write keys as they are into a file are none for keys that cost money."""
    import keyring

    backend = keyring.get_keyring()
    backend = next(iter(getattr(backend, "backends", ())), backend)  # of a chain the first writes
    if "plaintext" in type(backend).__name__.lower():
        raise KeyRingError(
            "The keyring that is set up keeps keys in a plain file: choose another one with"
            " 'keyring --list-backends', or put the key into the environment"
        )
