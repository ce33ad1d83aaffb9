"""An endpoint that stalls, errs, limits, cuts and leaks: tried again, cancelled, told in words."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from endpoint_server import EndpointServer, Fault, endpoint_server
from hub_driving import cancel_when
from memory_keyring import MemoryKeyring, using

from engine.endpoints import fetching
from engine.endpoints.client import (
    Endpoint,
    EndpointClient,
    EndpointError,
    RateLimited,
    Refused,
    Unreachable,
    said,
)
from engine.endpoints.keys import KeyRing
from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.models import hub

KEY = "zq81/secret+key=="
HELLO = [said("hello")]


@pytest.fixture(scope="module")
def running() -> Iterator[EndpointServer]:
    with using(MemoryKeyring()), endpoint_server() as server:
        KeyRing().set("paid", KEY)
        yield server


@pytest.fixture
def server(running: EndpointServer) -> EndpointServer:
    running.reset()
    return running


@pytest.fixture(scope="module")
def connect(running: EndpointServer) -> Iterator[Callable[..., EndpointClient]]:
    made: dict[str, EndpointClient] = {}

    def make(**options: Any) -> EndpointClient:
        # Making one reads the system's certificates, which takes longer than most tests here.
        key = repr(sorted(options.items()))
        if key not in made:
            options = {"first_wait_s": 0.005, **options}
            made[key] = EndpointClient(Endpoint(running.url, "m", "paid"), **options)
        return made[key]

    yield make
    for client in made.values():
        client.close()


Connect = Callable[..., EndpointClient]

PASSING = [
    Fault(status=500),
    Fault(status=503, retry_after="0"),
    Fault(status=408),
    Fault(status=429),
    Fault(status=429, retry_after="0.01"),
    Fault(status=429, retry_after="soon"),
    Fault(status=429, retry_after=format_datetime(datetime.now(UTC) - timedelta(hours=1))),
    Fault(cut_after=0),
    Fault(cut_after=30),
    Fault(instead=b"<html>log in</html>"),
    Fault(instead=b""),
    Fault(instead=b'{"error": {"message": "the model is gone for now", "code": 502}}'),
    Fault(instead=b'{"error": "overloaded"}'),
    Fault(stall=True),
    Fault(stall_after=30),
]


@pytest.mark.parametrize("fault", PASSING, ids=range(len(PASSING)))
def test_what_may_be_over_soon_is_tried_again(
    server: EndpointServer, connect: Connect, fault: Fault
) -> None:
    server.fail(fault)
    assert connect(timeout_s=0.2).chat(HELLO, max_tokens=5).text == "7"
    assert len(server.asked) == 2
    assert server.asked[0].fields == server.asked[1].fields


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (Fault(status=500, message="oh no"), Unreachable, r"in trouble \(500\): oh no"),
        (Fault(status=429, message="slow down"), RateLimited, "too many requests: slow down"),
        (Fault(cut_after=10), Unreachable, "broke"),
        (Fault(stall=True), Unreachable, "does not answer any more"),
        (Fault(instead=b"{{"), EndpointError, "no JSON"),
    ],
)
def test_after_all_tries_it_gives_up(
    server: EndpointServer, connect: Connect, fault: Fault, kind: type, text: str
) -> None:
    server.always = fault
    with pytest.raises(kind, match=text):
        connect(retries=2, timeout_s=0.2).chat(HELLO, max_tokens=5)
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("fault", "kind", "text"),
    [
        (Fault(status=400, message="no such size", param="size"), Refused, "no such size"),
        (Fault(status=401), Refused, "refuses the key"),
        (Fault(status=403), Refused, "refuses the key"),
        (Fault(status=413), Refused, "refuses the request"),
        (Fault(status=404), EndpointError, "ends in /v1"),
        (Fault(status=418), EndpointError, "answers 418"),
        (Fault(status=302, location="http://127.0.0.1:1/"), EndpointError, "answers 302"),
        (Fault(status=402), RateLimited, "nothing left to pay"),
        (Fault(status=429, code="insufficient_quota"), RateLimited, "nothing left to pay"),
        (Fault(status=429, retry_after="86400"), RateLimited, "too many requests"),
        (Fault(status=400, instead=b"<html>"), Refused, r"the request \(400\)$"),
        (Fault(status=400, instead=b'{"error": "plain"}'), Refused, "plain"),
        (Fault(status=400, instead=b'{"error": null}'), Refused, "request"),
        (Fault(status=400, instead=b"\xff plain words"), Refused, "plain words"),
        (Fault(instead=b'{"error": {"message": "not you", "code": 403}}'), Refused, "not you"),
        (Fault(instead=b'{"choices": []}'), EndpointError, "like a chat endpoint"),
        (Fault(instead=b'["choices"]'), EndpointError, "like a chat endpoint"),
        (Fault(instead=b'{"choices": [{"message": null}]}'), EndpointError, "like a chat"),
    ],
)
def test_what_stays_so_is_told_at_once(
    server: EndpointServer, connect: Connect, fault: Fault, kind: type, text: str
) -> None:
    server.fail(fault)
    with pytest.raises(kind, match=text) as caught:
        connect().chat(HELLO, max_tokens=5)
    assert len(server.asked) == 1
    assert isinstance(caught.value, KnownError)
    assert "\n" not in str(caught.value)


def test_what_is_refused_for_its_content_says_so(server: EndpointServer, connect: Connect) -> None:
    server.fail(Fault(status=400, message="unsafe", code="content_policy_violation"))
    with pytest.raises(Refused, match="shows or says") as caught:
        connect().chat(HELLO, max_tokens=5)
    assert caught.value.is_about_content


def test_nobody_listens(connect: Connect) -> None:
    client = EndpointClient(Endpoint("http://127.0.0.1:9/v1", "m"), retries=1, first_wait_s=0.01)
    with client, pytest.raises(Unreachable, match="cannot be reached"):
        client.chat(HELLO, max_tokens=5)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(stall=True),
        Fault(stall_after=10),
        Fault(status=429, retry_after="300"),
        Fault(status=500),
    ],
)
def test_a_cancel_is_heard_whatever_the_endpoint_does(
    server: EndpointServer, connect: Connect, fault: Fault
) -> None:
    server.always = fault
    control = JobControl()
    thread = cancel_when(control, lambda: bool(server.asked))
    client = connect(first_wait_s=600.0, timeout_s=600.0)
    with pytest.raises(Cancelled):
        client.chat(HELLO, max_tokens=5, control=control)
    thread.join()
    assert len(server.asked) == 1
    with pytest.raises(Cancelled):
        client.generate_images("x", control=control)
    assert len(server.asked) == 1, "nothing is sent after a cancel"


def test_a_cancel_is_heard_while_requests_are_paced(
    server: EndpointServer, connect: Connect
) -> None:
    client = connect(per_minute=0.001)
    client.chat(HELLO, max_tokens=5)
    control = JobControl()
    thread = threading.Timer(0.05, control.cancel)
    thread.start()
    with pytest.raises(Cancelled):
        client.chat(HELLO, max_tokens=5, control=control)
    thread.join()
    assert len(server.asked) == 1


def test_an_endless_answer_is_ended(server: EndpointServer, connect: Connect) -> None:
    # Five times the silence that is allowed: one that drips forever would never be silent.
    client = connect(timeout_s=0.05, retries=0)  # used here only
    server.always = Fault(stall=True)
    client._sender._timeout_s = 0.02  # the connections still wait for long
    client._sender._client = fetching.open_client(60.0)
    with pytest.raises(Unreachable, match="too slow"):
        client.chat(HELLO, max_tokens=5)


def test_an_answer_without_end_is_not_read(
    server: EndpointServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.endpoints.sending.MAX_BYTES", 1000)
    server.says = "7" * 2000
    with pytest.raises(EndpointError, match="larger than any"):
        connect().chat(HELLO, max_tokens=5)


def test_a_picture_is_fetched_again_and_within_bounds(
    server: EndpointServer, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "RETRY_WAITS_S", (0.01, 0.01))
    server.gives, client = "url", connect()
    # Of the answer itself nothing goes wrong, then the picture's connection breaks twice.
    server.fail(Fault(), Fault(cut_after=3), Fault(status=500))
    assert len(client.generate_images("a bridge")) == 1
    assert len(server.asked_for("/images/generations")) == 1, "what was paid is not asked for again"
    assert len(server.asked_for("/pictures/0.png")) == 3

    server.fail(Fault(), Fault(status=302, location=f"{server.url}/pictures/0.png"))
    assert len(client.generate_images("a bridge")) == 1
    server.fail(Fault(), Fault(status=302, location="file:///etc/passwd"))
    with pytest.raises(EndpointError, match="not on the web"):
        client.generate_images("a bridge")
    server.fail(Fault(), Fault(status=404))
    with pytest.raises(Unreachable, match="has no"):
        client.generate_images("a bridge")
    server.fail(Fault(), *[Fault(status=302, location=f"{server.url}/pictures/0.png")] * 6)
    with pytest.raises(Unreachable, match="on and on"):
        client.generate_images("a bridge")
    monkeypatch.setattr(fetching, "MAX_PICTURE_BYTES", 10)
    with pytest.raises(EndpointError, match="larger than any"):
        client.generate_images("a bridge")


ECHO = "You sent {authorization}, and that is wrong"
LEAKS = [
    Fault(status=401, message=ECHO),
    Fault(status=400, message="x" * 270 + ECHO),
    Fault(status=400, message="param", param=KEY),
    Fault(status=404, message=ECHO),
    Fault(status=418, message=ECHO),
    Fault(status=429, message=ECHO),
    Fault(status=500, message=ECHO),
    Fault(status=500, instead=f"plain: {KEY}".encode()),
    Fault(status=500, instead=json.dumps({"error": KEY}).encode()),
    Fault(status=401, message="Incorrect API key provided: sk-zq81a*****ey=="),
    Fault(instead=f"{KEY} is no JSON".encode()),
    Fault(instead=json.dumps({"choices": [], "key": KEY}).encode()),
]


@pytest.mark.parametrize("fault", LEAKS, ids=range(len(LEAKS)))
def test_the_key_shows_in_no_error_and_no_log(
    server: EndpointServer, connect: Connect, fault: Fault, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    server.always = fault
    client = connect(retries=1)
    with pytest.raises(EndpointError) as caught:
        client.chat(HELLO, max_tokens=5)
    assert server.asked[0].headers["authorization"] == f"Bearer {KEY}", "it was sent"
    error: BaseException | None = caught.value
    while error is not None:
        shown = f"{error} {error!r} {getattr(error, 'in_window', '')} {vars(error)}"
        for part in (KEY, KEY[:9], "zq81a"):
            assert part not in shown
        error = error.__cause__ or error.__context__
    assert KEY not in caplog.text + repr(client) + repr(client._sender._secret)


def test_the_key_shows_in_no_answer(server: EndpointServer, connect: Connect) -> None:
    server.says = lambda asked: f"Bearer of news: {asked.headers['authorization']}"
    answer = connect().chat(HELLO, max_tokens=5)
    assert answer.text == "Bearer of news: Bearer [key]"
    assert KEY not in json.dumps(answer.raw)
