"""Asking an endpoint that works: chat with pictures, pictures from words, edits."""

from __future__ import annotations

import base64
import io
import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from endpoint_server import Asked, EndpointServer, Fault, endpoint_server
from memory_keyring import MemoryKeyring, using
from PIL import Image

from engine.endpoints.client import Endpoint, EndpointClient, EndpointError, Refused, said, shown
from engine.endpoints.keys import KeyRing
from engine.endpoints.pictures import data_url, media_type, png

KEY = "very/secret+key=="


@pytest.fixture(scope="module")
def running() -> Iterator[EndpointServer]:
    with using(MemoryKeyring()), endpoint_server() as server:
        yield server


@pytest.fixture
def server(running: EndpointServer) -> EndpointServer:
    running.reset()
    return running


@pytest.fixture(scope="module")
def shared(running: EndpointServer) -> Iterator[EndpointClient]:
    with EndpointClient(Endpoint(running.url, "model-1"), first_wait_s=0.01) as made:
        yield made


@pytest.fixture
def client(server: EndpointServer, shared: EndpointClient) -> EndpointClient:
    return shared


def colours(pictures: list[bytes]) -> list[object]:
    return [Image.open(io.BytesIO(one)).getpixel((0, 0)) for one in pictures]


def test_a_chat_with_two_pictures(server: EndpointServer, client: EndpointClient) -> None:
    server.says = lambda asked: f"I see {len(asked.pictures)} pictures"
    red, blue = Image.new("RGB", (2000, 500), "red"), Image.new("RGB", (30, 20), "blue")
    pictures = [data_url(picture, longest=400) for picture in (red, blue)]
    answer = client.chat([said("Be brief", role="system"), shown("Alike?", pictures)], max_tokens=9)
    assert answer.text == "I see 2 pictures"
    assert (answer.tokens_in, answer.tokens_out, answer.refusal) == (173, 4, "")
    assert answer.raw["choices"][0]["message"]["content"] == "I see 2 pictures"

    (asked,) = server.asked
    assert asked.path == "/chat/completions"
    assert asked.prompt == "Be brief\nAlike?"
    assert (asked.fields["model"], asked.fields["max_tokens"]) == ("model-1", 9)
    assert asked.fields["temperature"] == 0.0
    sent = [Image.open(io.BytesIO(picture)) for picture in asked.pictures]
    assert [(one.format, one.size) for one in sent] == [("JPEG", (400, 100)), ("JPEG", (30, 20))]
    assert sent[0].getpixel((0, 0)) == pytest.approx((255, 0, 0), abs=4)
    assert red.size == (2000, 500), "the picture itself stays as it is"
    assert "authorization" not in asked.headers, "no key was named, none is sent"


def test_the_key_is_sent_to_the_endpoint_alone(server: EndpointServer) -> None:
    KeyRing().set("Paid", KEY)
    server.key, server.gives = KEY, "url"
    with EndpointClient(Endpoint(server.url + "/", "m", "paid")) as client:
        assert client.chat([said("hello")], max_tokens=5).text == "7"
        client.generate_images("a bridge")
        assert KEY not in repr(client.endpoint) + repr(vars(client)) + repr(vars(client._sender))
    paths = {asked.path: asked.headers.get("authorization") for asked in server.asked}
    assert paths["/chat/completions"] == paths["/images/generations"] == f"Bearer {KEY}"
    assert paths["/pictures/0.png"] is None, "a picture's address is not the endpoint's"


def test_usage_that_is_not_told(server: EndpointServer, client: EndpointClient) -> None:
    server.tells_usage = False
    answer = client.chat([said("hello")], max_tokens=5)
    assert (answer.tokens_in, answer.tokens_out) == (None, None)


@pytest.mark.parametrize(
    ("message", "finish", "told"),
    [
        ({"content": None, "refusal": "I will not"}, "stop", ("", "I will not", False)),
        ({"content": ""}, "content_filter", ("", "the endpoint's content filter", False)),
        ({"content": [{"type": "text", "text": "4"}, {"text": "2"}, "?"]}, "", ("42", "", False)),
        ({"content": None}, "length", ("", "", True)),
    ],
)
def test_other_forms_of_an_answer(
    server: EndpointServer,
    client: EndpointClient,
    message: dict[str, object],
    finish: str,
    told: tuple[str, str, bool],
) -> None:
    document = {"choices": [{"message": message, "finish_reason": finish}]}
    server.fail(Fault(instead=json.dumps(document).encode()))
    answer = client.chat([said("hello")], max_tokens=5)
    assert (answer.text, answer.refusal, answer.is_cut) == told


@pytest.mark.parametrize("gives", ["b64_json", "url"])
def test_pictures_from_words(server: EndpointServer, client: EndpointClient, gives: str) -> None:
    server.gives = gives
    made = client.generate_images("a bridge of books", count=3, size="512x512")
    assert len(set(colours(made))) == 3
    asked = server.asked[0]
    assert dict(asked.fields) == {
        "model": "model-1",
        "prompt": "a bridge of books",
        "n": 3,
        "size": "512x512",
    }
    assert len(client.generate_images("a bridge of books")) == 1
    assert "size" not in server.asked_for("/images/generations")[-1].fields


def test_an_edit_sends_the_picture(server: EndpointServer, client: EndpointClient) -> None:
    seen: list[Asked] = []

    def paint(asked: Asked, number: int) -> Image.Image:
        seen.append(asked)
        return Image.open(io.BytesIO(asked.pictures[0])).transpose(Image.Transpose.ROTATE_180)

    server.paints = paint
    reference = Image.new("RGB", (20, 10), "green")
    reference.putpixel((0, 0), (255, 255, 255))
    (made,) = client.edit_images("turn é “it”", png(reference), size="auto")
    assert Image.open(io.BytesIO(made)).getpixel((19, 9)) == (255, 255, 255)
    assert seen[0].path == "/images/edits"
    assert dict(seen[0].fields) == {
        "model": "model-1",
        "prompt": "turn é “it”",
        "n": "1",
        "size": "auto",
    }
    with pytest.raises(EndpointError, match="PNG, JPEG and WebP"):
        client.edit_images("turn it", b"GIF89a")


def test_endpoints_that_make_one_at_a_time(server: EndpointServer, client: EndpointClient) -> None:
    server.at_once = 2
    assert len(client.generate_images("a bridge", count=5)) == 5
    assert [asked.fields["n"] for asked in server.asked] == [5, 3, 1]
    server.asked.clear()
    server.fail(Fault(status=400, message="n must be 1", param="n"))
    assert len(client.generate_images("a bridge", count=2)) == 2
    assert [asked.fields["n"] for asked in server.asked] == [2, 1, 1]


def test_newer_models_are_asked_in_the_newer_way(server: EndpointServer) -> None:
    client = EndpointClient(Endpoint(server.url, "model-1"))
    newer = "Unsupported parameter: use 'max_completion_tokens' instead"
    server.fail(
        Fault(status=400, message=newer, param="max_tokens"),
        Fault(status=400, message="only the default is supported", param="temperature"),
    )
    assert client.chat([said("hello")], max_tokens=5).text == "7"
    assert client.chat([said("again")], max_tokens=6).text == "7"
    assert set(server.asked[-1].fields) == {"model", "messages", "max_completion_tokens"}
    assert len(server.asked) == 4, "what was learned holds for the next question"
    server.fail(Fault(status=400, message="bad temperature", param="temperature"))
    with client, pytest.raises(Refused, match="bad temperature"):
        client.chat([said("hello")], max_tokens=5)


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ({"data": []}, "made no picture"),
        ({"data": [{"b64_json": base64.b64encode(b"<html>").decode()}]}, "no PNG, JPEG or WebP"),
        ({"data": [{"b64_json": "!!"}]}, "does not answer like"),
        ({"data": [{"url": "file:///etc/passwd"}]}, "not on the web"),
        ({"data": [{"url": 3}]}, "does not answer like"),
        ({"data": [{}]}, "does not answer like"),
        ({"data": None}, "does not answer like"),
        (["data"], "does not answer like"),
    ],
)
def test_pictures_that_are_none(
    server: EndpointServer, client: EndpointClient, document: object, text: str
) -> None:
    server.fail(Fault(instead=json.dumps(document).encode()))
    with pytest.raises(EndpointError, match=text):
        client.generate_images("a bridge")


def test_the_kinds_of_pictures(server: EndpointServer) -> None:
    picture = Image.new("RGB", (8, 8))
    for kind in ("PNG", "JPEG", "WEBP"):
        file = io.BytesIO()
        picture.save(file, kind)
        assert media_type(file.getvalue()) == f"image/{kind.lower()}"
    assert media_type(b"") is None


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ("", "begins with https"),
        ("api.openai.com/v1", "begins with https"),
        ("ftp://host/v1", "begins with https"),
        ("https://", "begins with https"),
        ("https://host:port/v1", "begins with https"),
        ("https://me:sk-verysecret@host/v1", "no key and no"),
        ("https://host/v1?api-key=sk-verysecret", "no key and no"),
    ],
)
def test_addresses_that_are_none(url: str, text: str) -> None:
    with pytest.raises(EndpointError, match=text) as caught:
        EndpointClient(Endpoint(url, "m"))
    assert "verysecret" not in str(caught.value)


def test_no_proxy_reads_along_nearby(
    server: EndpointServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    with EndpointClient(Endpoint(server.url, "m"), retries=0) as client:
        assert client.chat([said("hello")], max_tokens=5).text == "7"


def test_questions_at_the_same_time_learn_together(server: EndpointServer) -> None:
    both = threading.Barrier(2)

    def refuse_the_older_way(asked: Asked) -> Fault:
        if "max_tokens" not in asked.fields:
            return Fault()
        both.wait(30)  # neither has learned when the other asks
        return Fault(status=400, message="use 'max_completion_tokens'", param="max_tokens")

    server.always = refuse_the_older_way
    with EndpointClient(Endpoint(server.url, "m")) as client, ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(client.chat, [said("hello")], max_tokens=5) for _ in range(2)]
        assert [answer.result().text for answer in answers] == ["7", "7"]


def test_a_key_never_goes_over_http_to_the_web() -> None:
    with using(MemoryKeyring()):
        KeyRing().set("paid", KEY)
        with pytest.raises(EndpointError, match="over http"):  # before anything takes hours
            EndpointClient(Endpoint("http://api.example.com/v1", "m", "paid"))
        client = EndpointClient(Endpoint("https://api.example.com/v1", "m", "absent"))
        with pytest.raises(EndpointError, match="relsim keys set absent"):
            client.chat([said("hello")], max_tokens=5)
