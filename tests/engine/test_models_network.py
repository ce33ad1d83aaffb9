"""What a download says when the network or the hub does not do its part."""

from __future__ import annotations

import os
import socket

import pytest
from hub_driving import WEIGHTS, state
from hub_server import Fault, HubServer
from made_up_models import CAPTIONER, RELATIONAL

from engine.errors import DownloadError
from engine.models import hub as protocol
from engine.models.catalogue import card
from engine.models.manager import ModelManager


def test_silence_is_an_error_in_words(
    hub: HubServer, with_base: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "READ_TIMEOUT_S", 0.1)
    hub.always[WEIGHTS] = Fault(stall_after=0)
    with pytest.raises(DownloadError, match=r"does not answer any more.*is kept"):
        with_base.download(CAPTIONER)
    assert len(hub.content_requests(WEIGHTS)) == 4


@pytest.mark.parametrize(
    ("status", "says", "tries"),
    [
        (401, "refuses .* withdrawn", 1),
        (403, "refuses .* withdrawn", 1),
        (404, "has no thaoshibe/", 1),
        (418, "answers 418", 1),
        (429, "too many requests", 4),
        (500, "in trouble .500.", 4),
        (503, "in trouble .503.", 4),
    ],
)
def test_refusals_in_words(
    hub: HubServer, with_base: ModelManager, status: int, says: str, tries: int
) -> None:
    hub.always["api"] = Fault(status=status)
    with pytest.raises(DownloadError, match=says) as caught:
        with_base.download(CAPTIONER)
    assert "\n" not in str(caught.value)
    assert len(hub.asked) == tries


def test_a_hub_in_trouble_for_a_while_is_waited_for(
    hub: HubServer, with_base: ModelManager
) -> None:
    hub.fail("api", Fault(status=500), Fault(status=429))
    hub.fail(WEIGHTS, Fault(status=503), Fault(cut_after=10), Fault(status=500))
    with_base.download(CAPTIONER)
    assert state(with_base, CAPTIONER) == "installed"


def test_nobody_at_the_address(manager: ModelManager, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "RETRY_WAITS_S", ())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        monkeypatch.setenv("HF_ENDPOINT", f"http://127.0.0.1:{free.getsockname()[1]}")
        with pytest.raises(DownloadError, match="cannot be reached: check the network"):
            manager.download(CAPTIONER)
    assert state(manager, CAPTIONER) == "absent"


def test_a_mirror_that_is_no_address(
    manager: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "mirror.example")
    with pytest.raises(DownloadError, match=r"HF_ENDPOINT is 'mirror.example'"):
        manager.download(CAPTIONER)


def test_a_proxy(manager: ModelManager, hub: HubServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror.example")
    monkeypatch.setenv("http_proxy", "nonsense://proxy")
    with pytest.raises(DownloadError, match="The proxy that is set up cannot be used"):
        manager.download(CAPTIONER)
    monkeypatch.setenv("http_proxy", hub.url)
    manager.download(CAPTIONER)
    assert any(one.path.startswith("http://mirror.example/") for one in hub.asked)


@pytest.mark.parametrize("page", [b"<html>log in</html>", b"{}", b"[]", b"[" * 100_000])
def test_a_page_to_log_in_is_not_a_hub(
    hub: HubServer, with_base: ModelManager, page: bytes
) -> None:
    hub.always["api"] = Fault(instead=page)
    with pytest.raises(DownloadError, match="does not answer like a model hub"):
        with_base.download(CAPTIONER)


def test_a_repository_that_lacks_files_is_refused_before_anything_is_written(
    hub: HubServer, with_base: ModelManager
) -> None:
    del hub.repositories[str(card(RELATIONAL).repository)]["projection_and_config.pt"]
    with pytest.raises(DownloadError, match=r"projection_and_config.pt"):
        with_base.download(RELATIONAL)
    assert state(with_base, RELATIONAL) == "absent"


def test_the_offline_switch_of_others_does_not_count(
    hub: HubServer, with_base: ModelManager
) -> None:
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    with_base.download(CAPTIONER)
    assert state(with_base, CAPTIONER) == "installed"


def test_no_token_is_sent(
    hub: HubServer, with_base: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "secret")
    with_base.download(CAPTIONER)
    assert not [one for one in hub.asked if "secret" in str(one.headers)]
