"""Health of a real library: numbers that add up, recall, caches that may go, and the text."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from engine.commands.arguments import add_engine_arguments
from engine.commands.library import (
    add_exclude_argument,
    add_exclusions_command,
    doctor_document,
    doctor_text,
    exclude,
)
from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.library.folders import LibraryFolders
from engine.library.health import Checkup
from engine.library.health_text import health_document, health_text
from engine.library.watching import WatchState
from engine.service import Engine


@pytest.fixture
def mixed(engine: Engine, pictures: Path) -> Engine:
    """A library with pictures, a copy, something broken, and something that is not read."""
    (pictures / "copy.png").write_bytes((pictures / "ring-crimson.png").read_bytes())
    (pictures / "broken.jpg").write_bytes(b"\xff\xd8\xff broken")
    (pictures / "painting.xcf").touch()
    engine.index([pictures], thumbnails=True)
    return engine


def test_the_numbers_add_up(mixed: Engine, pictures: Path) -> None:
    report = Checkup(mixed).report()
    assert report.adds_up
    assert (report.found, report.indexed, report.failed, report.skipped) == (15, 13, 1, 1)
    assert (report.images, report.measured) == (12, 12)
    assert [failure.path.name for failure in report.failures] == ["broken.jpg"]
    assert report.index == "exact"
    assert report.database_bytes > 0
    assert report.fingerprint.startswith(report.model)
    pictures.rename(pictures.with_name("away"))
    mixed.index([pictures])
    away = Checkup(mixed).report()
    assert away.adds_up
    assert (away.offline, away.indexed, away.failed) == (14, 0, 0)


def test_recall_is_measured_when_it_is_wanted(mixed: Engine, engine: Engine) -> None:
    assert Checkup(mixed).recall() == 1.0
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        Checkup(mixed).recall(control)


def test_an_empty_library_is_healthy(engine: Engine) -> None:
    checkup = Checkup(engine)
    assert checkup.report().adds_up
    assert checkup.recall() is None
    assert checkup.problems() == []


def test_caches_and_old_copies_may_go(mixed: Engine) -> None:
    checkup = Checkup(mixed)
    (file,) = [f for f in mixed.store.files() if f.path.name == "grid-crimson.png"]
    mixed.thumbnails.make(file.path)
    size = checkup.report().thumbnail_bytes
    assert size > 0
    assert checkup.clear_thumbnails() == size
    assert checkup.report().thumbnail_bytes == 0
    assert mixed.thumbnails.make(file.path)
    backup = mixed.library_dir / "library.sqlite3.v3"
    backup.write_bytes(b"old" * 100)
    assert checkup.report().backups == (backup,)
    assert checkup.delete_backups() == 300
    assert not backup.exists()


def test_the_text_says_everything(mixed: Engine, pictures: Path) -> None:
    checkup = Checkup(mixed)
    told = {pictures: WatchState("polled", "a network drive (NFS)")}
    text = health_text(checkup.report(), problems=[], recall=0.987, watched=told)
    for words in (
        "15 = 13 indexed + 0 waiting + 1 failed + 0 offline + 1 skipped",
        "recall@10 98.7%",
        "sound",
        "a network drive (NFS)",
        "broken.jpg",
        str(mixed.library_dir),
    ):
        assert words in text
    assert "not checked" in health_text(checkup.report())
    assert health_document(checkup.report())["adds_up"]
    assert doctor_document(mixed)["found"] == 15
    printed, is_well = doctor_text(mixed)
    assert "sound" in printed
    assert is_well


def test_a_removed_folder_answers_no_more_until_it_is_restored(
    mixed: Engine, pictures: Path
) -> None:
    folders = LibraryFolders(mixed)
    (state,) = folders.states()
    seen = len(mixed.neighbors(pictures / "ring-crimson.png", 50))
    folders.remove(state.folder.folder_id)
    assert folders.states() == []
    assert mixed.coverage()[0].images == 0
    assert folders.restore(state.folder.folder_id)
    assert len(mixed.neighbors(pictures / "ring-crimson.png", 50)) == seen
    folders.remove(state.folder.folder_id)
    folders.forget_removed()
    assert not folders.restore(state.folder.folder_id)


def test_a_drive_goes_offline_at_once_and_comes_back_without_reading(
    mixed: Engine, pictures: Path
) -> None:
    folders = LibraryFolders(mixed)
    away = pictures.with_name("away")
    pictures.rename(away)
    assert folders.look() == []
    assert {file.state for file in mixed.store.files()} == {"offline"}
    assert mixed.coverage()[0].images == 0
    away.rename(pictures)
    assert folders.look() == [pictures]
    assert folders.look() == []
    assert mixed.coverage()[0].images == 12


def test_a_moved_folder_answers_from_its_new_place(mixed: Engine, pictures: Path) -> None:
    folders = LibraryFolders(mixed)
    (state,) = folders.states()
    new = pictures.with_name("elsewhere")
    pictures.rename(new)
    folders.relocate(state.folder.folder_id, new)
    assert mixed.neighbors(new / "ring-crimson.png", 3)[0].path.parent == new
    report = mixed.index([new])
    assert (report.indexed, report.reused) == (0, 13)


def test_folders_are_watched_unless_a_person_says_otherwise(mixed: Engine, pictures: Path) -> None:
    folders = LibraryFolders(mixed)
    assert folders.watched() == [pictures]
    (state,) = folders.states()
    folders.set_watched(state.folder.folder_id, False)
    assert folders.watched() == []


def run(*words: object) -> None:
    parser = argparse.ArgumentParser()
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--json", action="store_true")
    add_engine_arguments(common)
    add_exclusions_command(parser.add_subparsers(), common)
    arguments = parser.parse_args([str(word) for word in words])
    arguments.run(arguments)


def test_exclusions_from_a_terminal(
    mixed: Engine, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = mixed.library_dir
    exclude(mixed, ["ring-*", "*.tmp"])
    exclude(mixed, ["*.tmp"])
    with pytest.raises(KnownError):
        exclude(mixed, ["!"])
    run("exclusions", "show", "--library", library)
    assert capsys.readouterr().out == "ring-*\n*.tmp\n"
    rules = tmp_path / "rules.txt"
    rules.write_text("grid-*\n")
    run("exclusions", "preview", rules, "--library", library)
    assert "hides 4 of 14" in capsys.readouterr().out
    run("exclusions", "set", rules, "--library", library)
    assert mixed.index([pictures]).found == 11
    parser = argparse.ArgumentParser()
    add_exclude_argument(parser)
    assert parser.parse_args(["--exclude", "a", "--exclude", "b"]).exclude == ["a", "b"]
