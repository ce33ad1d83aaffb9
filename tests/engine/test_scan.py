"""Walking real folders: what counts, what is skipped, links, and folders that cannot be read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.library.scan import ScanResult, scan


def touch(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(os.fsencode(name))


def found(result: ScanResult, below: Path) -> list[str]:
    return [entry.path.relative_to(below).as_posix() for entry in result.entries]


def test_pictures_in_order_with_size_and_time(tmp_path: Path) -> None:
    touch(tmp_path, "b.PNG", "a/z.jpeg", "a/c.HeIc", "notes.txt", "film.mp4", "no_suffix")
    result = scan([tmp_path])
    assert found(result, tmp_path) == ["a/c.HeIc", "a/z.jpeg", "b.PNG"]
    entry = result.entries[2]
    assert entry.path.is_absolute()
    status = entry.path.stat()
    assert (entry.size, entry.mtime_ns) == (len("b.PNG"), status.st_mtime_ns)
    assert result.skipped == result.problems == ()


def test_pictures_of_unsupported_kinds_are_counted(tmp_path: Path) -> None:
    touch(tmp_path, "a.xcf", "b/old.TGA", "b/c.eps", "d.jpg")
    result = scan([tmp_path])
    assert found(result, tmp_path) == ["d.jpg"]
    assert result.skipped == tuple(tmp_path / name for name in ("a.xcf", "b/c.eps", "b/old.TGA"))


UNWANTED = [
    ".hidden/a.png",
    ".png",
    ".jpeg",
    "._a.png",
    ".git/a.png",
    ".Trash-1000/a.png",
    ".thumbnails/a.png",
    "@eaDir/a.png",
    "node_modules/x/a.png",
    "System Volume Information/a.png",
    "$RECYCLE.BIN/a.png",
    "#recycle/a.png",
    "lost+found/a.png",
    "Trash/a.png",
]


def test_what_nobody_wants_is_skipped(tmp_path: Path) -> None:
    touch(tmp_path, "wanted.png", *UNWANTED, *(f"deep/er/{name}" for name in UNWANTED))
    result = scan([tmp_path])
    assert found(result, tmp_path) == ["wanted.png"]
    assert result.skipped == result.problems == ()


def test_a_root_is_taken_whatever_its_name(tmp_path: Path) -> None:
    touch(tmp_path, ".hidden/a.png", ".hidden/.git/b.png", "Trash/c.png", ".d.png", "oddly.named")
    roots = [tmp_path / name for name in (".hidden", "Trash", ".d.png", "oddly.named")]
    assert found(scan(roots), tmp_path) == [".d.png", ".hidden/a.png", "Trash/c.png", "oddly.named"]


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "library/thumbnails/b.png", "library/c.png")
    excluded = [tmp_path / "library", tmp_path / "not there"]
    assert found(scan([tmp_path], exclude=excluded), tmp_path) == ["a.png"]
    assert scan([tmp_path / "library"], exclude=excluded).entries == ()


def test_overlapping_roots_count_once(tmp_path: Path) -> None:
    touch(tmp_path, "a/b/c.png", "a/d.png", "e.png")
    roots = [tmp_path / "a/b", tmp_path, tmp_path / "a", tmp_path / "e.png", tmp_path / "a/../a"]
    assert found(scan(roots), tmp_path) == ["a/b/c.png", "a/d.png", "e.png"]


def test_linked_files_are_files_and_linked_folders_are_entered_once(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    touch(outside, "o.png")
    root = tmp_path / "root"
    touch(root, "z_real/a.png")
    (root / "copy.png").symlink_to(root / "z_real/a.png")
    (root / "a_link").symlink_to(root / "z_real")
    (root / "z_real/up").symlink_to(root)
    (root / "out1").symlink_to(outside)
    (root / "out2").symlink_to(outside)
    assert found(scan([root]), root) == ["copy.png", "out1/o.png", "z_real/a.png"]
    (tmp_path / "alias").symlink_to(root)
    assert found(scan([tmp_path / "alias", root]), root) == found(scan([root]), root)
    assert len(scan([tmp_path / "alias"]).entries) == 3


def test_links_that_lead_nowhere_are_problems_if_they_were_pictures(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    (tmp_path / "broken.png").symlink_to(tmp_path / "gone.png")
    (tmp_path / "self.png").symlink_to("self.png")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "nothing").symlink_to("gone")
    result = scan([tmp_path])
    assert found(result, tmp_path) == ["a.png"]
    assert [problem.path.name for problem in result.problems] == ["broken.png", "self.png"]
    assert result.problems[0].reason == "a link that leads nowhere"


def test_a_name_that_is_not_unicode_is_a_problem_that_can_be_shown(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "ünï😀.png")
    for name in (b"bad\xff.png", b"bad\xfe.xcf", b"folder\xff/b.png"):
        touch(tmp_path, os.fsdecode(name))
    result = scan([tmp_path])
    assert found(result, tmp_path) == ["a.png", "ünï😀.png"]
    assert result.skipped == ()
    names = [problem.path.name for problem in result.problems]
    assert names == ["bad\ufffd.png", "bad\ufffd.xcf", "folder\ufffd"]
    for problem in result.problems:
        assert str(problem.path).isprintable()
        assert "not valid Unicode" in problem.reason


def test_pipes_and_folders_with_a_pictures_name(tmp_path: Path) -> None:
    touch(tmp_path, "album.jpg/a.png")
    os.mkfifo(tmp_path / "pipe.png")
    assert found(scan([tmp_path]), tmp_path) == ["album.jpg/a.png"]


def test_a_root_that_is_not_there_is_said(tmp_path: Path) -> None:
    for missing in (tmp_path / "gone", tmp_path / "file.png" / "below"):
        touch(tmp_path, "file.png")
        with pytest.raises(KnownError, match="no file or folder") as refused:
            scan([tmp_path, missing])
        assert str(missing) in str(refused.value)


def test_the_home_folder_and_relative_roots(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    touch(tmp_path, "pictures/a.png")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for root in ("~/pictures", "pictures", "./pictures/../pictures"):
        assert found(scan([Path(root)]), tmp_path) == ["pictures/a.png"]


def test_progress_pause_and_cancel(tmp_path: Path) -> None:
    touch(tmp_path, "a.png", "b/c.png")
    control = JobControl()
    scan([tmp_path], control=control)
    assert (control.progress.phase, control.progress.done) == ("Scanning", 2)
    control.cancel()
    with pytest.raises(Cancelled):
        scan([tmp_path], control=control)


def test_very_deep_folders(tmp_path: Path) -> None:
    folder = tmp_path
    for _ in range(300):
        folder = folder / "d"
    folder.mkdir(parents=True)
    (folder / "a.png").touch()
    assert [entry.path for entry in scan([tmp_path]).entries] == [folder / "a.png"]
