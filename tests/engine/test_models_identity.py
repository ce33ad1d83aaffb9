"""One name for the weights in some folders."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from golden_files import golden
from hub_driving import WEIGHTS
from made_up_models import BASE, CAPTIONER, RELATIONAL, made_up, write_folder

from engine.errors import ModelError
from engine.models import identity as identities
from engine.models.identity import CACHE_NAME, weights_identity
from engine.models.manager import ModelManager
from engine.models.manifest import MANIFEST_NAME
from engine.paths import models_directory


def test_imported_and_original_are_the_same(manager: ModelManager) -> None:
    base, relsim = golden("relsim-tiny", "base"), golden("relsim-tiny", "relsim")
    manager.import_folder(BASE, base)
    manager.import_folder(RELATIONAL, relsim)
    one = weights_identity(manager.folder(BASE), manager.folder(RELATIONAL))
    assert one == weights_identity(base, relsim)
    assert one != weights_identity(relsim, base)
    assert one != weights_identity(base)
    assert len(one) == 64


def test_every_file_that_decides_counts_and_no_other(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model", made_up(RELATIONAL))
    before = weights_identity(folder)
    for name in ("README.md", "optimizer.pt", "new.bin"):
        (folder / name).write_bytes(b"other")
        assert weights_identity(folder) == before
    seen = {before}
    for name in (
        WEIGHTS,
        "projection_and_config.pt",
        "adapter_config.json",
        "preprocessor_config.json",
        "tokenizer.json",
        "merges.txt",
    ):
        with (folder / name).open("ab") as file:
            file.write(b"x")
        seen.add(weights_identity(folder))
    (folder / "merges.txt").rename(folder / "vocab.json")
    seen.add(weights_identity(folder))
    assert len(seen) == 8


def test_nothing_is_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    compute = identities.file_sha256
    monkeypatch.setattr(identities, "file_sha256", lambda p: read.append(p.name) or compute(p))
    folder = write_folder(tmp_path / "model", made_up(CAPTIONER))
    first = weights_identity(folder)
    assert WEIGHTS in read
    read.clear()
    assert weights_identity(folder) == first
    assert read == []

    stat = (folder / WEIGHTS).stat()
    os.utime(folder / WEIGHTS, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))
    assert weights_identity(folder) == first
    assert read == [WEIGHTS]

    # A model of ours has its checksums in the manifest.
    manager = ModelManager()
    manager.import_folder(CAPTIONER, folder)
    read.clear()
    assert weights_identity(manager.folder(CAPTIONER)) == first
    assert read == []
    changed = bytearray((folder / WEIGHTS).read_bytes())
    changed[-1] ^= 1
    (manager.folder(CAPTIONER) / WEIGHTS).write_bytes(changed)
    assert weights_identity(manager.folder(CAPTIONER)) != first
    assert read == [WEIGHTS]


@pytest.mark.parametrize("text", ["", "[]", '{"format": 9}', '{"format": 1, "files": 3}'])
def test_a_damaged_cache_or_manifest_costs_only_time(tmp_path: Path, text: str) -> None:
    folder = write_folder(tmp_path / "model", made_up(CAPTIONER))
    first = weights_identity(folder)
    (models_directory() / CACHE_NAME).write_text(text)
    (folder / MANIFEST_NAME).write_text(text)
    assert weights_identity(folder) == first
    entries = json.loads((models_directory() / CACHE_NAME).read_text())["files"]
    entries = dict.fromkeys(entries, "nonsense")
    (models_directory() / CACHE_NAME).write_text(json.dumps({"format": 1, "files": entries}))
    assert weights_identity(folder) == first


def test_a_cache_that_cannot_be_written_costs_only_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_folder(tmp_path / "model", made_up(CAPTIONER))
    first = weights_identity(folder)
    (tmp_path / "in the way").touch()
    monkeypatch.setenv("RELSIM_MODELS", str(tmp_path / "in the way"))
    assert weights_identity(folder) == first


def test_folders_without_weights_have_no_identity(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model", made_up(CAPTIONER))
    (folder / WEIGHTS).unlink()
    with pytest.raises(ModelError, match="holds no weights"):
        weights_identity(folder)
    shutil.rmtree(folder)
    with pytest.raises(ModelError, match="cannot be read"):
        weights_identity(folder)
