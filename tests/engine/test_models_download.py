"""Downloads from a server that speaks the hub's protocol, and how they go on after an end."""

from __future__ import annotations

import json

import pytest
from golden_files import golden
from hub_driving import WEIGHTS, cancel_when, content, partial_of, state
from hub_server import Fault, HubServer
from made_up_models import BASE, CAPTIONER, RELATIONAL

from engine.errors import DownloadError, ModelError
from engine.jobs import Cancelled, JobControl
from engine.models import hub as protocol
from engine.models.catalogue import card
from engine.models.identity import file_sha256
from engine.models.manager import ModelManager
from engine.models.manifest import MANIFEST_NAME, Manifest


def test_a_model_comes_with_what_it_requires(hub: HubServer, manager: ModelManager) -> None:
    hub.repositories[str(card(RELATIONAL).repository)]["checkpoint-5/model.safetensors"] = b"deep"
    assert [one.state for one in manager.statuses()][1:] == ["absent"] * 5
    control = JobControl()
    manager.download(RELATIONAL, control=control)

    assert (state(manager, BASE), state(manager, RELATIONAL)) == ("installed", "installed")
    assert state(manager, CAPTIONER) == "absent"
    folder = manager.folder(RELATIONAL)
    assert sorted(path.name for path in folder.iterdir()) == [
        "adapter_config.json",
        WEIGHTS,
        "chat_template.jinja",
        "merges.txt",
        "preprocessor_config.json",
        "projection_and_config.pt",
        MANIFEST_NAME,
        "tokenizer.json",
    ]
    manifest = Manifest.read(folder)
    assert manifest is not None
    assert manifest.revision == hub.commit(str(card(RELATIONAL).repository))
    for file in manifest.files:
        path = folder / file.name
        assert path.read_bytes() == content(hub, RELATIONAL, file.name)
        assert file.sha256 == file_sha256(path)
        assert (file.size, file.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)
    progress = control.progress
    assert progress.unit == "bytes"
    assert progress.done == progress.total
    sizes = [manager.status(one).bytes_on_disk for one in (BASE, RELATIONAL)]
    assert progress.total == sum(sizes) - sum(
        (manager.folder(one) / MANIFEST_NAME).stat().st_size for one in (BASE, RELATIONAL)
    )
    assert not list(manager.directory.glob("*.partial"))

    before = len(hub.asked)
    manager.download(RELATIONAL)
    assert len(hub.asked) == before, "what is there is not asked for"


def test_the_golden_checkpoint_comes_whole(hub: HubServer, manager: ModelManager) -> None:
    for model_id, name in ((BASE, "base"), (RELATIONAL, "relsim"), (CAPTIONER, "captioner")):
        files = {path.name: path.read_bytes() for path in golden("relsim-tiny", name).iterdir()}
        hub.repositories[str(card(model_id).repository)] = files
        hub.page = 3  # a listing in several pages
        manager.download(model_id)
        folder = manager.folder(model_id)
        assert {path.name for path in folder.iterdir()} == {*files, MANIFEST_NAME}
        assert all((folder / one).read_bytes() == files[one] for one in files)


def test_a_cut_connection_goes_on_where_it_ended(hub: HubServer, with_base: ModelManager) -> None:
    hub.fail(WEIGHTS, Fault(cut_after=100_000), Fault(cut_after=50_000))
    with_base.download(CAPTIONER)
    asked = hub.content_requests(WEIGHTS)
    assert [one.range for one in asked] == [None, "bytes=100000-", "bytes=150000-"]
    assert {one.host for one in asked} == {"cdn"}, "a range follows a redirect to another host"
    assert (with_base.folder(CAPTIONER) / WEIGHTS).read_bytes() == content(hub, CAPTIONER)


def test_a_server_without_ranges_is_read_from_the_beginning(
    hub: HubServer, with_base: ModelManager
) -> None:
    hub.fail(WEIGHTS, Fault(cut_after=100_000), Fault(ignore_range=True))
    control = JobControl()
    with_base.download(CAPTIONER, control=control)
    assert [one.range for one in hub.content_requests(WEIGHTS)] == [None, "bytes=100000-"]
    assert (with_base.folder(CAPTIONER) / WEIGHTS).read_bytes() == content(hub, CAPTIONER)
    assert control.progress.done == control.progress.total


def test_a_network_that_always_breaks_is_given_up_and_gone_on_with(
    hub: HubServer, with_base: ModelManager
) -> None:
    hub.fail(WEIGHTS, Fault(cut_after=100_000), *[Fault(cut_after=0)] * 3)
    with pytest.raises(DownloadError, match=r"What has come so far is kept"):
        with_base.download(CAPTIONER)
    part = partial_of(with_base, CAPTIONER) / f"{WEIGHTS}.part"
    assert part.stat().st_size == 100_000
    assert state(with_base, CAPTIONER) == "partial"
    assert with_base.status(CAPTIONER).bytes_on_disk >= 100_000

    hub.asked.clear()
    ModelManager(with_base.directory).download(CAPTIONER)
    assert [one.range for one in hub.content_requests(WEIGHTS)] == ["bytes=100000-"]
    assert not hub.content_requests("adapter_config.json"), "whole files are not sent again"
    assert (with_base.folder(CAPTIONER) / WEIGHTS).read_bytes() == content(hub, CAPTIONER)


def test_one_wrong_checksum_is_mended(hub: HubServer, with_base: ModelManager) -> None:
    for name in (WEIGHTS, "merges.txt"):  # one has a SHA-256 on the hub, the other git's id
        hub.fail(name, Fault(corrupt=True))
    control = JobControl()
    with_base.download(CAPTIONER, control=control)
    for name in (WEIGHTS, "merges.txt"):
        assert [one.range for one in hub.content_requests(name)] == [None, None]
        assert (with_base.folder(CAPTIONER) / name).read_bytes() == content(hub, CAPTIONER, name)
    assert control.progress.done == control.progress.total


def test_a_checksum_that_stays_wrong_is_an_error(hub: HubServer, with_base: ModelManager) -> None:
    hub.always[WEIGHTS] = Fault(corrupt=True)
    with pytest.raises(DownloadError, match=f"{WEIGHTS} came twice with a wrong checksum"):
        with_base.download(CAPTIONER)
    assert len(hub.content_requests(WEIGHTS)) == 2
    left = {path.name for path in partial_of(with_base, CAPTIONER).iterdir()}
    assert "adapter_config.json" in left
    assert not [name for name in left if name.startswith(WEIGHTS)]
    with pytest.raises(ModelError, match="not installed"):
        with_base.folder(CAPTIONER)


def test_a_file_that_grows_too_long_is_wrong(hub: HubServer, with_base: ModelManager) -> None:
    whole = content(hub, CAPTIONER)
    partial_of(with_base, CAPTIONER).mkdir()
    part = partial_of(with_base, CAPTIONER) / f"{WEIGHTS}.part"
    part.write_bytes(whole + b"too long")
    with_base.download(CAPTIONER)
    assert (with_base.folder(CAPTIONER) / WEIGHTS).read_bytes() == whole


def test_a_new_commit_replaces_what_changed(hub: HubServer, with_base: ModelManager) -> None:
    hub.always[WEIGHTS] = Fault(status=500)
    with pytest.raises(DownloadError, match="500"):
        with_base.download(CAPTIONER)
    hub.always.clear()
    files = hub.repositories[str(card(CAPTIONER).repository)]
    files["adapter_config.json"] = b'{"peft_type": "LORA", "new": true}'
    hub.asked.clear()
    with_base.download(CAPTIONER)
    assert len(hub.content_requests("adapter_config.json")) == 1
    assert not hub.content_requests("chat_template.jinja")
    folder = with_base.folder(CAPTIONER)
    assert "new" in json.loads((folder / "adapter_config.json").read_text())


@pytest.mark.parametrize("name", ["api", WEIGHTS])
def test_cancel_answers_while_the_network_is_silent(
    hub: HubServer, with_base: ModelManager, name: str
) -> None:
    hub.always[name] = Fault(stall_after=65_536)
    control = JobControl()
    part = partial_of(with_base, CAPTIONER) / f"{WEIGHTS}.part"

    def waits() -> bool:
        if name == "api":
            return any("/api/" in one.path for one in hub.asked)
        return part.exists() and part.stat().st_size > 50_000

    watcher = cancel_when(control, waits)
    # The server is silent until the test is over: only the cancel can end this.
    with pytest.raises(Cancelled):
        with_base.download(CAPTIONER, control=control)
    watcher.join()
    if name == WEIGHTS:
        assert part.stat().st_size == 65_536
        hub.always.clear()
        hub.asked.clear()
        with_base.download(CAPTIONER)
        assert [one.range for one in hub.content_requests(WEIGHTS)] == ["bytes=65536-"]


def test_cancel_answers_while_it_waits_to_try_again(
    hub: HubServer, with_base: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "RETRY_WAITS_S", (3600.0,))
    hub.always["api"] = Fault(status=503)
    control = JobControl()
    watcher = cancel_when(control, lambda: bool(hub.asked))
    with pytest.raises(Cancelled):
        with_base.download(CAPTIONER, control=control)
    watcher.join()
