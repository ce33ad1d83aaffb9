"""Removing and forgetting folders takes nothing of others along."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest

from engine.service import Engine
from engine.store import Store


def files_of(store: Store) -> set[str]:
    return {entry.path.name for entry in store.files()}


def test_a_folder_inside_a_removed_one_stays_on_its_own(pictures: Path, tmp_path: Path) -> None:
    inner = pictures / "inner"
    inner.mkdir()
    for picture in sorted(pictures.glob("ring-*"))[:2]:
        shutil.copy(picture, inner / f"copy-{picture.name}")
    with Engine.open(tmp_path / "library") as engine:
        engine.index([pictures])
        engine.store.hide_folder(engine.store.folders()[0].folder_id)
        engine.index([inner])
        engine.index([inner])  # it is known now, as is the removed one around it
        assert [folder.path for folder in engine.store.folders()] == [inner]
        engine.store.forget_removed()
        assert [folder.path for folder in engine.store.folders()] == [inner]
        assert len(files_of(engine.store)) == 2
        assert len(engine.store.image_ids(engine.fingerprint)) == 2


def test_pictures_that_wait_to_be_read_again_are_not_forgotten_with_another_folder(
    pictures: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(next(pictures.glob("ring-*")), other / "a.png")
    with Engine.open(tmp_path / "library") as engine:
        engine.index([pictures, other])
        store = engine.store
        ids = store.image_ids(engine.fingerprint)
        with store.intake() as intake:  # a scan that finds every file touched, and is then killed
            touched = [(e.path, e.size, e.mtime_ns + 1) for e in store.files()]
            intake.register([pictures, other], [], touched)
        folder = next(folder for folder in store.folders() if folder.path == other)
        store.hide_folder(folder.folder_id)
        store.forget_removed()
        engine.index([pictures])
        assert set(store.image_ids(engine.fingerprint)) <= set(ids), "nothing was embedded anew"


@pytest.mark.parametrize("year", ["1601", "2400"])
def test_a_camera_with_a_broken_clock_stops_nothing(
    pictures: Path, tmp_path: Path, year: str
) -> None:
    from PIL import Image
    from PIL.ExifTags import IFD, Base

    exif = Image.Exif()
    exif.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = f"{year}:01:01 00:00:00"
    Image.new("RGB", (80, 60), "teal").save(pictures / "old.jpg", exif=exif.tobytes())
    with closing(Engine.open(tmp_path / "library")) as engine:
        report = engine.index([pictures])
        assert not report.failed
        image_id = engine.store.image_at(pictures / "old.jpg")
        assert image_id is not None
        assert engine.store.traits([image_id])[image_id].taken_ns is None
