"""What rules hide leaves the library, and comes back without being embedded again."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_library import Library, counts

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.library.exclusions import (
    FILE_NAME,
    ExclusionPreview,
    Exclusions,
    library_rules,
    rule_errors,
    set_library_rules,
)
from engine.library.scan import scan


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def found(root: Path, text: str = "", *, below: str = "") -> list[str]:
    result = scan([root / below], exclusions=Exclusions(text, [root]))
    return [entry.path.relative_to(root).as_posix() for entry in result.entries]


FILES = ("a.jpg", "b.png", "cache/c.jpg", "in/cache/d.jpg", "in/e.png", "in/keep.jpg")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("", FILES),
        ("# nothing\n\n", FILES),
        ("*.jpg", ("b.png", "in/e.png")),
        ("*.jpg\n!keep.jpg", ("b.png", "in/e.png", "in/keep.jpg")),
        ("cache/", ("a.jpg", "b.png", "in/e.png", "in/keep.jpg")),
        ("/cache", ("a.jpg", "b.png", "in/cache/d.jpg", "in/e.png", "in/keep.jpg")),
        ("in/**/*.jpg", ("a.jpg", "b.png", "cache/c.jpg", "in/e.png")),
        ("in\n!in/e.png", ("a.jpg", "b.png", "cache/c.jpg")),  # nothing comes back from inside
    ],
)
def test_rules_are_those_of_gitignore(text: str, left: tuple[str, ...], tmp_path: Path) -> None:
    touch(tmp_path, *FILES)
    assert found(tmp_path, text) == list(left)


def test_a_file_of_rules_holds_for_its_folder_and_comes_before_those_above(tmp_path: Path) -> None:
    touch(tmp_path, "x/a.jpg", "x/b.jpg", "y/a.jpg", "y/deep/a.jpg")
    (tmp_path / FILE_NAME).write_text("a.jpg\n")
    (tmp_path / "y" / FILE_NAME).write_text("!a.jpg\n/deep\n")
    assert found(tmp_path) == ["x/b.jpg", "y/a.jpg"]
    assert found(tmp_path, "b.jpg") == ["y/a.jpg"]


def test_a_part_of_a_folder_is_scanned_by_the_rules_of_all_that_lies_around_it(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "x/in/a.jpg", "x/in/b.jpg", "y/in/a.jpg")
    (tmp_path / "x" / FILE_NAME).write_text("in/b.jpg\n")
    assert found(tmp_path, below="x/in") == ["x/in/a.jpg"]
    assert found(tmp_path, "/y", below="y/in") == []
    assert found(tmp_path, "/x/in/a.jpg", below="x/in") == []


def test_lines_that_are_no_patterns_are_named_by_their_number(tmp_path: Path) -> None:
    assert [error.line for error in rule_errors("*.jpg\n!\n# fine\n[z-a]\n")] == [2, 4]
    touch(tmp_path, "a.jpg", "b.jpg")
    (tmp_path / FILE_NAME).write_text("a.jpg\n!\n")
    result = scan([tmp_path])
    assert [entry.path.name for entry in result.entries] == ["b.jpg"]
    (problem,) = result.problems
    assert problem.path == tmp_path / FILE_NAME
    assert "line 2" in problem.reason


def test_a_wrong_text_changes_nothing(library: Library) -> None:
    set_library_rules(library.store, "*.tmp.png")
    with pytest.raises(KnownError, match="line 2"):
        set_library_rules(library.store, "fine\n!\n")
    assert library_rules(library.store) == "*.tmp.png"


def test_what_rules_hide_leaves_and_comes_back_without_embedding(library: Library) -> None:
    library.draw("a.png", "b.png")
    (library.pictures / "drafts").mkdir()
    library.draw("drafts/c.png")
    assert counts(library.index()) == (3, 0, 0, 0)
    set_library_rules(library.store, "drafts/")
    assert counts(library.index()) == (0, 2, 0, 0)
    assert set(library.states()) == {"a.png", "b.png"}
    embedded = library.embedder.embedded if hasattr(library.embedder, "embedded") else None
    set_library_rules(library.store, "")
    assert counts(library.index()) == (0, 3, 0, 0)
    assert library.states()["drafts/c.png"] == "indexed"
    if embedded is not None:
        assert library.embedder.embedded == embedded


def test_a_preview_counts_what_rules_would_hide_before_they_hold(library: Library) -> None:
    library.draw("a.png", "b.png")
    (library.pictures / "drafts").mkdir()
    library.draw("drafts/c.png", "drafts/d.png")
    (library.pictures / "drafts" / FILE_NAME).write_text("d.png")
    library.index()
    preview = ExclusionPreview(library.store)
    assert (preview.count("").hidden, preview.count("").of) == (0, 3)
    drafts = preview.count("drafts/")
    assert (drafts.hidden, drafts.of) == (1, 3)
    assert drafts.first == (library.pictures / "drafts" / "c.png",)
    assert preview.count("*").hidden == 3
    with pytest.raises(KnownError):
        preview.count("!")
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        preview.count("*.png", control)


def test_a_raw_file_beside_the_picture_that_the_camera_made_of_it_is_shown_once(
    tmp_path: Path,
) -> None:
    touch(tmp_path, "1.NEF", "1.JPG", "2.dng", "2.heic", "3.cr2", "4.jpg", "5.arw", "in/5.jpg")
    result = scan([tmp_path])
    assert [entry.path.name for entry in result.entries] == [
        "1.JPG", "2.heic", "3.cr2", "4.jpg", "5.arw", "5.jpg",
    ]  # fmt: skip
    assert [path.name for path in result.skipped] == ["1.NEF", "2.dng"]
    hidden = scan([tmp_path], exclusions=Exclusions("*.JPG", [tmp_path]))
    assert "1.NEF" in [entry.path.name for entry in hidden.entries]


def test_a_single_file_is_taken_by_its_name_unless_its_folder_has_rules(tmp_path: Path) -> None:
    touch(tmp_path, "a.png")
    assert scan([tmp_path / "a.png"], exclusions=Exclusions("*.png")).entries
    assert not scan([tmp_path / "a.png"], exclusions=Exclusions("*.png", [tmp_path])).entries
