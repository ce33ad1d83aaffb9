"""Offline import of folders, and removal."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from golden_files import golden
from hub_driving import WEIGHTS, cancel_when, partial_of, state
from hub_server import Fault, HubServer
from made_up_models import BASE, CAPTIONER, RELATIONAL, made_up, write_folder
from small_disk import SmallDisk

from engine.errors import DownloadError, ModelError
from engine.jobs import Cancelled, JobControl
from engine.models.identity import file_sha256
from engine.models.manager import ModelManager
from engine.models.manifest import MANIFEST_NAME, Manifest

COMMIT = "0123456789abcdef0123456789abcdef01234567"
SHARD = "model-00002-of-00002.safetensors"


def cache_of(folder: Path, files: dict[str, bytes], commit: str = COMMIT) -> Path:
    """The layout of a Hugging Face cache: snapshots of symbolic links to blobs."""
    blobs, snapshot = folder / "blobs", folder / "snapshots" / commit
    snapshot.mkdir(parents=True)
    blobs.mkdir(exist_ok=True)
    for number, (name, content) in enumerate(files.items()):
        blob = blobs / f"{commit[:4]}{number}"
        blob.write_bytes(content)
        (snapshot / name).symlink_to(Path("../../blobs") / blob.name)
    (folder / "refs").mkdir(exist_ok=True)
    (folder / "refs" / "main").write_text(commit)
    return snapshot


@pytest.mark.parametrize(
    ("model_id", "name"), [(BASE, "base"), (RELATIONAL, "relsim"), (CAPTIONER, "captioner")]
)
def test_the_golden_checkpoint_is_copied(manager: ModelManager, model_id: str, name: str) -> None:
    source = golden("relsim-tiny", name)
    control = JobControl()
    manager.import_folder(model_id, source, control=control)
    folder = manager.folder(model_id)
    names = {path.name for path in source.iterdir()}
    assert {path.name for path in folder.iterdir()} == {*names, MANIFEST_NAME}
    for one in names:
        copied = folder / one
        assert copied.read_bytes() == (source / one).read_bytes()
        assert not copied.samefile(source / one)
        assert not copied.is_symlink()
    manifest = Manifest.read(folder)
    assert manifest is not None
    assert manifest.revision is None
    assert all(file.sha256 == file_sha256(folder / file.name) for file in manifest.files)
    assert control.progress.unit == "bytes"
    assert control.progress.done == sum((source / one).stat().st_size for one in names)


@pytest.mark.parametrize("whole_cache", [True, False])
def test_a_hugging_face_cache_is_followed(
    manager: ModelManager, tmp_path: Path, whole_cache: bool
) -> None:
    cache = tmp_path / "models--owner--name"
    cache_of(cache, {"adapter_config.json": b"old"}, "f" * 40)
    files = made_up(RELATIONAL)
    snapshot = cache_of(cache, files)
    manager.import_folder(RELATIONAL, cache if whole_cache else snapshot)
    folder = manager.folder(RELATIONAL)
    assert (folder / WEIGHTS).read_bytes() == files[WEIGHTS]
    assert not any(path.is_symlink() for path in folder.iterdir())
    assert not {"optimizer.pt", "modeling_custom.py"} & {path.name for path in folder.iterdir()}
    manifest = Manifest.read(folder)
    assert manifest is not None
    assert manifest.revision == COMMIT


def test_a_cache_with_several_snapshots_must_say_which(
    manager: ModelManager, tmp_path: Path
) -> None:
    cache_of(tmp_path / "cache", made_up(CAPTIONER), "e" * 40)
    cache_of(tmp_path / "cache", made_up(CAPTIONER), "f" * 40)
    (tmp_path / "cache" / "refs" / "main").write_text("gone")
    with pytest.raises(ModelError, match="holds 2 snapshots"):
        manager.import_folder(CAPTIONER, tmp_path / "cache")


def test_a_cache_whose_blobs_are_gone_is_refused(manager: ModelManager, tmp_path: Path) -> None:
    snapshot = cache_of(tmp_path / "cache", made_up(CAPTIONER))
    (snapshot / WEIGHTS).resolve().unlink()
    with pytest.raises(ModelError, match=f"{WEIGHTS} is missing"):
        manager.import_folder(CAPTIONER, snapshot)


def without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.pop(name) and None


def with_content(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: content})


def cut(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: files[name][:-1]})


@pytest.mark.parametrize(
    ("model_id", "spoil", "says"),
    [
        (RELATIONAL, without("projection_and_config.pt"), "projection_and_config.pt is missing"),
        (RELATIONAL, without("adapter_config.json"), "adapter_config.json is missing"),
        (RELATIONAL, without(WEIGHTS), f"{WEIGHTS} is missing"),
        (RELATIONAL, cut(WEIGHTS), "bytes instead of"),
        (RELATIONAL, with_content(WEIGHTS, b"version https://git-lfs"), "not a safetensors file"),
        (RELATIONAL, with_content(WEIGHTS, b"\2" + b"\0" * 7 + b"[]"), "not a safetensors file"),
        (RELATIONAL, with_content(WEIGHTS, b""), "cut short"),
        (RELATIONAL, with_content("adapter_config.json", b'{"peft_type": "IA3"}'), "LoRA"),
        (RELATIONAL, with_content("adapter_config.json", b"{"), "LoRA"),
        (CAPTIONER, with_content("projection_and_config.pt", b"x"), "not a captioner"),
        (BASE, without(SHARD), f"{SHARD} is missing"),
        (BASE, cut(SHARD), f"{SHARD} has"),
        (BASE, without("model.safetensors.index.json"), "model.safetensors.index.json is missing"),
        (BASE, with_content("model.safetensors.index.json", b"{}"), "index.json is damaged"),
        (BASE, with_content("config.json", b'{"model_type": "qwen2_vl"}'), "'qwen2_vl'"),
        (BASE, without("config.json"), "config.json is missing"),
    ],
)
def test_wrong_and_partial_folders_are_refused(
    manager: ModelManager,
    tmp_path: Path,
    model_id: str,
    spoil: Callable[[dict[str, bytes]], None],
    says: str,
) -> None:
    files = made_up(model_id)
    spoil(files)
    with pytest.raises(ModelError, match=r"is not a whole") as caught:
        manager.import_folder(model_id, write_folder(tmp_path / "source", files))
    assert says in str(caught.value)
    assert state(manager, model_id) == "absent"
    assert [path.suffix for path in manager.directory.iterdir()] == [".lock"]


def test_one_model_is_not_taken_for_another(manager: ModelManager, tmp_path: Path) -> None:
    for model_id in (BASE, RELATIONAL, CAPTIONER):
        source = write_folder(tmp_path / model_id, made_up(model_id))
        for other in {BASE, RELATIONAL, CAPTIONER} - {model_id}:
            with pytest.raises(ModelError, match="is not a whole"):
                manager.import_folder(other, source)


def test_no_folder_at_all(manager: ModelManager, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No such file"):
        manager.import_folder(CAPTIONER, tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match="Not a directory"):
        manager.import_folder(CAPTIONER, tmp_path / "file")
    with pytest.raises(ModelError, match="part of the program"):
        manager.import_folder("relsim-mini", tmp_path)


def test_a_cancelled_import_leaves_nothing(manager: ModelManager, tmp_path: Path) -> None:
    source = write_folder(tmp_path / "source", made_up(CAPTIONER, size=20_000_000))
    control = JobControl()
    watcher = cancel_when(control, lambda: control.progress.done > 0)
    with pytest.raises(Cancelled):
        manager.import_folder(CAPTIONER, source, control=control)
    watcher.join()
    assert state(manager, CAPTIONER) == "absent"
    assert [path.suffix for path in manager.directory.iterdir()] == [".lock"]


def test_an_import_without_room_leaves_nothing(
    disk: SmallDisk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manager = ModelManager(disk.folder / "models")
    source = write_folder(tmp_path / "source", made_up(CAPTIONER, size=2_000_000))
    with pytest.raises(ModelError, match=r"is full .No space left.*nothing was imported"):
        manager.import_folder(CAPTIONER, source)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1000))
    with pytest.raises(ModelError, match=r"is full .*GB more are needed.*nothing was imported"):
        manager.import_folder(CAPTIONER, source)
    assert [path.suffix for path in manager.directory.iterdir()] == [".lock"]


def test_an_import_does_not_replace_what_is_installed(
    manager: ModelManager, tmp_path: Path
) -> None:
    source = write_folder(tmp_path / "source", made_up(CAPTIONER))
    manager.import_folder(CAPTIONER, source)
    with pytest.raises(ModelError, match="installed already: remove it first"):
        manager.import_folder(CAPTIONER, source)


def test_an_import_replaces_a_damaged_model_and_a_partial_download(
    hub: HubServer, with_base: ModelManager, tmp_path: Path
) -> None:
    hub.always[WEIGHTS] = Fault(status=404)
    with pytest.raises(DownloadError):
        with_base.download(CAPTIONER)
    assert partial_of(with_base, CAPTIONER).exists()
    source = write_folder(tmp_path / "source", made_up(CAPTIONER))
    with_base.import_folder(CAPTIONER, source)
    assert not partial_of(with_base, CAPTIONER).exists()
    (with_base.folder(CAPTIONER) / "merges.txt").unlink()
    with_base.import_folder(CAPTIONER, source)
    assert (with_base.folder(CAPTIONER) / "merges.txt").exists()
    # In place there is nothing to copy from.
    (with_base.folder(CAPTIONER) / MANIFEST_NAME).unlink()
    with pytest.raises(ModelError, match="move it elsewhere"):
        with_base.import_folder(CAPTIONER, with_base.directory / CAPTIONER)


def test_what_others_need_stays(manager: ModelManager, tmp_path: Path) -> None:
    for model_id in (BASE, RELATIONAL, CAPTIONER):
        manager.import_folder(model_id, write_folder(tmp_path / model_id, made_up(model_id)))
    with pytest.raises(ModelError, match=f"needed by {RELATIONAL}, {CAPTIONER}"):
        manager.remove(BASE)
    manager.remove(RELATIONAL)
    with pytest.raises(ModelError, match=f"needed by {CAPTIONER}"):
        manager.remove(BASE)
    manager.remove(CAPTIONER)
    manager.remove(BASE)
    assert {one.state for one in manager.statuses()} == {"bundled", "absent"}
    assert {path.suffix for path in manager.directory.iterdir()} == {".lock"}
    with pytest.raises(ModelError, match="not installed"):
        manager.remove(BASE)


def test_an_adapter_says_that_its_base_is_missing(manager: ModelManager, tmp_path: Path) -> None:
    manager.import_folder(RELATIONAL, write_folder(tmp_path / "source", made_up(RELATIONAL)))
    assert manager.status(RELATIONAL).missing == (BASE,)
    with pytest.raises(ModelError, match=f"relsim models download {BASE}"):
        manager.folder(BASE)


def test_remove_takes_partial_downloads_with_it(hub: HubServer, with_base: ModelManager) -> None:
    hub.always[WEIGHTS] = Fault(status=404)
    with pytest.raises(DownloadError):
        with_base.download(CAPTIONER)
    with_base.remove(CAPTIONER)
    assert state(with_base, CAPTIONER) == "absent"
    assert not partial_of(with_base, CAPTIONER).exists()


def test_remove_takes_a_damaged_model_and_one_of_a_newer_version(
    manager: ModelManager, tmp_path: Path
) -> None:
    source = write_folder(tmp_path / "source", made_up(CAPTIONER))
    for text in ("{}", json.dumps({"format": 2})):
        manager.import_folder(CAPTIONER, source)
        (manager.folder(CAPTIONER) / MANIFEST_NAME).write_text(text)
        assert state(manager, CAPTIONER) == "partial"
        manager.remove(CAPTIONER)
        assert state(manager, CAPTIONER) == "absent"
