"""Keys: in the keyring or the environment, never shown."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as FailKeyring
from keyring.backends.null import Keyring as NullKeyring
from keyring.errors import InitError, KeyringLocked
from memory_keyring import MemoryKeyring, using

from engine.cli import main
from engine.endpoints.keys import SERVICE, KeyRing, KeyRingError, key_name, variable_of

KEY = "sk-verysecret-1234567890"


@pytest.fixture(autouse=True)
def no_keys_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    for name in [name for name in os.environ if name.startswith("RELSIM_KEY_")]:
        monkeypatch.delenv(name)


@pytest.fixture
def stored() -> Iterator[dict[tuple[str, str], str]]:
    with using(MemoryKeyring()) as backend:
        yield backend.entries


def test_keys_by_name(stored: dict[tuple[str, str], str]) -> None:
    ring = KeyRing()
    assert ring.names() == []
    assert ring.get("openai") is None
    ring.set("OpenAI", f" {KEY}\n")
    ring.set("local", "none")
    assert KeyRing().get("openai ") == KEY
    assert KeyRing().names() == ["local", "openai"]
    assert stored[SERVICE, "openai"] == KEY
    ring.set("openai", "another")
    assert (ring.get("openai"), ring.names()) == ("another", ["local", "openai"])
    ring.remove("openai")
    assert (ring.get("openai"), ring.names()) == (None, ["local"])
    with pytest.raises(KeyRingError, match="it holds: local"):
        ring.remove("openai")
    assert "another" not in json.dumps(list(stored.values()))


def test_the_environment_goes_before_the_keyring(
    stored: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = KeyRing()
    ring.set("my-host.1", "stored")
    monkeypatch.setenv("RELSIM_KEY_MY_HOST_1", "said")
    monkeypatch.setenv("RELSIM_KEY_OTHER", "other")
    monkeypatch.setenv("RELSIM_KEY_EMPTY", "")
    assert ring.get("my-host.1") == "said"
    assert ring.names() == ["my-host.1", "other"]
    assert ring.source("my-host.1") == ring.source("other") == "environment"
    monkeypatch.delenv("RELSIM_KEY_MY_HOST_1")
    assert (ring.get("my-host.1"), ring.source("my-host.1")) == ("stored", "keyring")
    assert ring.source("nobody") == ""
    assert variable_of("my-host.1") == "RELSIM_KEY_MY_HOST_1"


def test_a_machine_without_a_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = KeyRing()
    with using(FailKeyring()):
        for attempt in (ring.names, lambda: ring.get("a"), lambda: ring.set("a", KEY)):
            with pytest.raises(KeyRingError, match="no keyring that keys can be kept in") as caught:
                attempt()
            assert KEY not in repr(caught.value)
        monkeypatch.setenv("RELSIM_KEY_A", KEY)
        assert ring.names() == ["a"]
        assert ring.get("a") == KEY
        assert ring.get("A") == KEY
        with pytest.raises(KeyRingError, match="RELSIM_KEY_B"):
            ring.get("b")
    with using(NullKeyring()), pytest.raises(KeyRingError, match="no keyring that keys"):
        ring.set("b", KEY)


class Broken(MemoryKeyring):
    """Raises what it is given, as backends do."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self.error = error

    def get_password(self, service: str, username: str) -> str | None:
        raise self.error

    def set_password(self, service: str, username: str, password: str) -> None:
        raise self.error


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (KeyringLocked(KEY), "is locked"),
        (InitError(KEY), r"does not work \(InitError\)"),
        (RuntimeError(f"cannot store {KEY}"), r"does not work \(RuntimeError\)"),
    ],
)
def test_a_keyring_in_trouble(error: Exception, text: str) -> None:
    with using(Broken(error)):
        for attempt in (lambda: KeyRing().set("a", KEY), lambda: KeyRing().get("a")):
            with pytest.raises(KeyRingError, match=text) as caught:
                attempt()
            assert KEY not in str(caught.value) + repr(caught.value)
            assert caught.value.__suppress_context__, "a traceback does not show it either"


class PlaintextKeyring(MemoryKeyring):
    """Is called like the one that writes keys into a file as they are."""


def test_keys_are_not_put_into_plain_files() -> None:
    with using(PlaintextKeyring()) as backend:
        with pytest.raises(KeyRingError, match="plain file"):
            KeyRing().set("a", KEY)
        assert backend.entries == {}


class Chain(MemoryKeyring):
    """Hands keys on to others, the first of which keeps them, as keyring's own chain does."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends

    def get_password(self, service: str, username: str) -> str | None:
        return self.backends[0].get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.backends[0].set_password(service, username, password)


def test_a_chain_that_ends_in_a_plain_file_is_one() -> None:
    plain = PlaintextKeyring()
    with using(Chain(plain, MemoryKeyring())), pytest.raises(KeyRingError, match="plain file"):
        KeyRing().set("a", KEY)
    assert plain.entries == {}
    with using(Chain(MemoryKeyring(), plain)):
        KeyRing().set("a", KEY)
        assert KeyRing().get("a") == KEY


def test_what_is_too_short_to_be_found_in_answers_is_no_key(
    stored: dict[tuple[str, str], str],
) -> None:
    with pytest.raises(KeyRingError, match="too short for a key"):
        KeyRing().set("a", "10")
    assert stored == {}


@pytest.mark.parametrize("value", ["", "  ", "two words", "two\nlines", "é", "x" * 5000, "a\x00b"])
def test_keys_that_are_none(stored: dict[tuple[str, str], str], value: str) -> None:
    with pytest.raises(KeyRingError, match="one line without spaces"):
        KeyRing().set("a", value)
    assert stored == {}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "made of letters"),
        ("a b", "made of letters"),
        ("(names)", "made of letters"),
        ("-x", "made of letters"),
        (KEY, "looks like a key"),
        ("q" * 41, "looks like a key"),
    ],
)
def test_names_that_are_none(name: str, text: str) -> None:
    with pytest.raises(KeyRingError, match=text) as caught:
        key_name(name)
    assert KEY not in str(caught.value)


def test_names_of_a_newer_version_and_damaged_ones(stored: dict[tuple[str, str], str]) -> None:
    ring = KeyRing()
    ring.set("a", KEY)
    stored[SERVICE, "(names)"] = "{"
    assert (ring.names(), ring.get("a")) == ([], KEY)
    ring.set("a", KEY)
    assert ring.names() == ["a"]
    stored[SERVICE, "(names)"] = json.dumps({"format": 2, "names": ["a"]})
    with pytest.raises(KeyRingError, match="newer version"):
        ring.names()


def keys(*arguments: str) -> int:
    return main(["keys", *arguments])


def test_the_command(
    stored: dict[tuple[str, str], str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{KEY}\n"))
    assert keys("set", "OpenAI") == 0
    assert stored[SERVICE, "openai"] == KEY
    assert keys("list") == 0
    assert keys("list", "--json") == 0
    shown = capsys.readouterr()
    assert "openai  (keyring)" in shown.out
    assert json.loads(shown.out[shown.out.index("[") :]) == [
        {"name": "openai", "source": "keyring"}
    ]
    assert KEY not in shown.out + shown.err

    monkeypatch.setenv("RELSIM_KEY_OPENAI", "said")
    assert keys("remove", "openai") == 0
    assert "RELSIM_KEY_OPENAI is still in the environment" in capsys.readouterr().err
    monkeypatch.delenv("RELSIM_KEY_OPENAI")
    assert keys("list") == 0
    assert "relsim keys set" in capsys.readouterr().out


def test_the_command_goes_wrong_in_one_line(
    stored: dict[tuple[str, str], str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    for arguments in (("set", "openai"), ("set", KEY), ("remove", "openai")):
        assert keys(*arguments) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert len(shown.err.splitlines()) == 1
        assert KEY not in shown.err


def test_a_terminal_does_not_show_the_key(
    stored: dict[tuple[str, str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt, stream: KEY if "openai" in prompt else "")
    assert keys("set", "openai") == 0
    assert stored[SERVICE, "openai"] == KEY


def test_backends_are_real() -> None:
    assert issubclass(MemoryKeyring, KeyringBackend)
    assert MemoryKeyring.viable
