"""Full disks, damaged folders, strange manifests, and two at the same model."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import threading
from pathlib import Path

import pytest
from hub_driving import WEIGHTS, content, partial_of, state
from hub_server import Fault, HubServer
from made_up_models import BASE, CAPTIONER, made_up, repositories, write_folder
from small_disk import SmallDisk

from engine.errors import DownloadError, ModelError
from engine.jobs import Cancelled, JobControl
from engine.models import manager as managing
from engine.models.catalogue import card
from engine.models.manager import ModelManager
from engine.models.manifest import MANIFEST_NAME


def test_too_little_room_is_said_before_the_download(
    hub: HubServer, with_base: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(with_base.directory)
    monkeypatch.setattr(
        managing.shutil, "disk_usage", lambda _: usage._replace(free=managing._RESERVE)
    )
    with pytest.raises(DownloadError, match=r"is full .*GB more are needed"):
        with_base.download(CAPTIONER)
    assert not hub.content_requests(WEIGHTS)


def test_a_disk_that_runs_full(hub: HubServer, disk: SmallDisk) -> None:
    hub.repositories |= repositories(BASE, size=600_000)
    manager = ModelManager(disk.folder / "models")
    with pytest.raises(DownloadError, match=os.strerror(errno.ENOSPC)):
        manager.download(BASE)
    assert state(manager, BASE) == "partial"
    assert manager.status(BASE).bytes_on_disk > 600_000

    # With more room it goes on from there.
    disk.grow()
    hub.asked.clear()
    manager.download(BASE)
    assert state(manager, BASE) == "installed"
    second = hub.content_requests("model-00002-of-00002.safetensors")
    assert [one.range is not None for one in second] == [True]
    assert not hub.content_requests("model-00001-of-00002.safetensors")


def test_a_damaged_model_is_repaired_by_downloading_what_is_wrong(
    hub: HubServer, with_base: ModelManager
) -> None:
    with_base.download(CAPTIONER)
    folder = with_base.folder(CAPTIONER)
    (folder / "merges.txt").unlink()
    with pytest.raises(ModelError, match=r"damaged \(merges.txt\): repair it"):
        with_base.folder(CAPTIONER)
    assert state(with_base, CAPTIONER) == "partial"
    hub.asked.clear()
    with_base.download(CAPTIONER)
    assert with_base.folder(CAPTIONER) == folder
    assert {one.path for one in hub.asked if "/content/" in one.path} == {
        f"/content/{card(CAPTIONER).repository}/merges.txt"
    }


def test_a_tampered_manifest_is_not_believed(hub: HubServer, with_base: ModelManager) -> None:
    with_base.download(CAPTIONER)
    path = with_base.folder(CAPTIONER) / MANIFEST_NAME
    good = path.read_text()
    for bad in (
        "not json",
        "[]",
        "{}",
        good.replace(WEIGHTS, "../../elsewhere"),
        good.replace('"size"', '"length"'),
        json.dumps({**json.loads(good), "files": []}),
        json.dumps({**json.loads(good), "files": [{"name": 7}]}),
    ):
        path.write_text(bad)
        with pytest.raises(ModelError, match=r"damaged|cannot be read"):
            with_base.folder(CAPTIONER)
        assert state(with_base, CAPTIONER) == "partial"
    hub.asked.clear()
    with_base.download(CAPTIONER)
    assert state(with_base, CAPTIONER) == "installed"
    assert not hub.content_requests(WEIGHTS), "the files themselves were right"


def test_weights_that_changed_in_place_are_found_when_repaired(
    hub: HubServer, with_base: ModelManager
) -> None:
    with_base.download(CAPTIONER)
    folder = with_base.folder(CAPTIONER)
    flipped = bytearray(content(hub, CAPTIONER))
    flipped[-1] ^= 1
    (folder / WEIGHTS).write_bytes(flipped)
    (folder / MANIFEST_NAME).unlink()
    with_base.download(CAPTIONER)
    digest = hashlib.sha256((folder / WEIGHTS).read_bytes()).digest()
    assert digest == hashlib.sha256(content(hub, CAPTIONER)).digest()


def test_a_model_of_a_newer_version_is_left_alone(hub: HubServer, with_base: ModelManager) -> None:
    with_base.download(CAPTIONER)
    path = with_base.folder(CAPTIONER) / MANIFEST_NAME
    path.write_text(json.dumps({**json.loads(path.read_text()), "format": 2}))
    for ask in (with_base.folder, with_base.download):
        with pytest.raises(ModelError, match="format 2, this version reads 1: update"):
            ask(CAPTIONER)
    assert path.exists()
    assert {one.state for one in with_base.statuses()} >= {"bundled", "installed", "partial"}


def test_two_at_the_same_model_are_one_too_many(hub: HubServer, with_base: ModelManager) -> None:
    hub.always[WEIGHTS] = Fault(stall_after=65_536)
    control = JobControl()
    part = partial_of(with_base, CAPTIONER) / f"{WEIGHTS}.part"
    refusals = []

    def second() -> None:
        pause = threading.Event()
        while not (part.exists() and part.stat().st_size):
            pause.wait(0.005)
        other = ModelManager(with_base.directory)
        for ask in (other.download, other.remove):
            try:
                ask(CAPTIONER)
            except ModelError as error:
                refusals.append(str(error))
        control.cancel()

    thread = threading.Thread(target=second)
    thread.start()
    with pytest.raises(Cancelled):
        with_base.download(CAPTIONER, control=control)
    thread.join()
    assert len(refusals) == 2
    assert all("already" in refusal for refusal in refusals)


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="file"):
        ModelManager(tmp_path / "file").download(CAPTIONER)


def test_the_bundled_model_is_not_downloaded(manager: ModelManager) -> None:
    for ask in (manager.download, manager.remove):
        with pytest.raises(ModelError, match="part of the program"):
            ask("relsim-mini")
    with pytest.raises(ModelError, match="no model 'nothing'; known: relsim-mini"):
        manager.download("nothing")


def test_a_link_to_a_folder_of_somebody_else_is_never_written_through(
    hub: HubServer, with_base: ModelManager, tmp_path: Path
) -> None:
    theirs = write_folder(tmp_path / "theirs", {**made_up(CAPTIONER), "merges.txt": b"mine"})
    before = {path.name: path.read_bytes() for path in theirs.iterdir()}
    (with_base.directory / CAPTIONER).symlink_to(theirs, target_is_directory=True)
    with pytest.raises(ModelError, match="is a link"):
        with_base.download(CAPTIONER)
    with_base.remove(CAPTIONER)

    ours = with_base.directory / CAPTIONER
    (ours / ".git").mkdir(parents=True)
    for path in theirs.iterdir():
        (ours / path.name).symlink_to(path)
    with_base.download(CAPTIONER)
    assert not any(path.is_symlink() or path.is_dir() for path in ours.iterdir())
    assert {path.name: path.read_bytes() for path in theirs.iterdir()} == before
