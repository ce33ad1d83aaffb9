"""Pictures by an endpoint: what is sent, what comes back, and how it fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import pytest
from endpoint_server import EndpointServer, Fault, endpoint_server
from PIL import Image

from engine.endpoints.client import Refused
from engine.endpoints.errors import EndpointError
from engine.generation.generators import (
    Generated,
    GenerationRequest,
    Generator,
    GeneratorChoice,
    load_generator,
    problem,
)
from engine.jobs import Cancelled, JobControl


@pytest.fixture
def server() -> Iterator[EndpointServer]:
    with endpoint_server() as running:
        yield running


@pytest.fixture
def painter(server: EndpointServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Generator]:
    server.key = "hush"
    monkeypatch.setenv("RELSIM_KEY_WORK", "hush")
    chosen = GeneratorChoice("endpoint", "painter-1", server.url, "work")
    assert problem(chosen) is None
    with closing(load_generator(chosen)) as generator:
        yield generator


def made(painter: Generator, **wishes: object) -> list[Generated]:
    request = GenerationRequest("A ring of birds", **wishes)  # type: ignore[arg-type]
    return list(painter.generate(request, JobControl()))


def test_pictures_come_one_by_one(painter: Generator, server: EndpointServer) -> None:
    control = JobControl()
    stream = painter.generate(GenerationRequest("A ring of birds", count=3), control)
    first = next(stream)

    assert len(server.asked) == 1, "the first is there before the second is asked for"
    assert (first.seed, first.generator) == (None, "endpoint/painter-1")
    assert (first.image.mode, first.image.size) == ("RGB", (48, 32))
    assert len(list(stream)) == 2
    assert (control.progress.done, control.progress.total) == (3, 3)
    assert [(a.path, a.prompt) for a in server.asked] == [
        ("/images/generations", "A ring of birds")
    ] * 3
    assert server.asked[0].fields["model"] == "painter-1"


def test_the_size_and_the_reference_are_sent(painter: Generator, server: EndpointServer) -> None:
    assert painter.edits
    made(painter, count=1, size=(1024, 768), reference=Image.new("RGB", (3000, 1500), "red"))

    asked = server.asked[0]
    assert asked.path == "/images/edits"
    assert asked.fields["size"] == "1024x768"
    sent = Image.open(BytesIO(asked.pictures[0]))
    assert (sent.format, sent.size) == ("PNG", (1536, 768))
    assert sent.getpixel((5, 5)) == (255, 0, 0)


def test_what_goes_wrong_is_said_without_the_key(
    painter: Generator, server: EndpointServer
) -> None:
    server.fail(Fault(status=400, message="not allowed: {authorization}"))
    with pytest.raises(Refused) as refused:
        made(painter, count=1)
    assert "hush" not in str(refused.value)

    nothing = b'{"data": [{"b64_json": "bm8gcGljdHVyZSBhdCBhbGw="}]}'
    server.fail(Fault(instead=nothing))
    with pytest.raises(EndpointError):
        made(painter, count=1)
    assert made(painter, count=1)


def test_cancel_answers_while_the_endpoint_is_silent(
    painter: Generator, server: EndpointServer
) -> None:
    server.fail(Fault(stall=True))
    control = JobControl()

    def cancel_once_asked() -> None:
        while not server.asked:
            time.sleep(0.01)
        control.cancel()

    canceller = threading.Thread(target=cancel_once_asked)
    canceller.start()
    with pytest.raises(Cancelled):
        list(painter.generate(GenerationRequest("A ring of birds"), control))
    canceller.join()
    assert len(server.asked) == 1
