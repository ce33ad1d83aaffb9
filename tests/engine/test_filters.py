"""Filters on files and traits that were made up, against what one works out by looking at them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from two_models import LOOK, SMALL, random_rows

from engine.finding.columns import LibraryColumns
from engine.finding.filters import LEAST_COLOUR, NO_FILTERS, Filters
from engine.library.traits import COLOURS, Traits
from engine.store import Store
from engine.store.intake import Batch, Embedded
from engine.types import Vectors

SECOND_NS = 1_000_000_000
PLAIN = Traits(400, 300, "JPEG", None, (0,) * len(COLOURS))


@pytest.fixture(autouse=True)
def far_from_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Local time is two hours ahead of UTC."""
    monkeypatch.setenv("TZ", "XST-2")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


class Shelf:
    """A library of files that need not exist, on a folder ``pictures``."""

    def __init__(self, directory: Path) -> None:
        self.store = Store.open(directory / "library")
        self.root = directory / "pictures"
        self.columns = LibraryColumns(self.store)

    def close(self) -> None:
        self.store.close()

    def put(self, files: Mapping[str, int], copies: Mapping[str, str] | None = None) -> None:
        """Say which files there are.

        Args:
            files: Names, with nanoseconds since 1970 at which they were changed.
            copies: Those that show what another shows.
        """
        copies = copies or {}
        with self.store.intake() as intake:
            found = [(self.root / name, 1, changed) for name, changed in files.items()]
            intake.register([self.root], [], found)
            new = {file.path: file.file_id for file in intake.plan(SMALL, LOOK).to_read}
            first = [path for path in new if path.relative_to(self.root).as_posix() not in copies]
            if first:
                embedded = [Embedded(str(path), new[path]) for path in first]
                vectors = Vectors(random_rows(len(first), 8), random_rows(len(first), 5))
                intake.commit(Batch(embedded, vectors), SMALL, LOOK)
            shown = [
                (new[self.root / copy], self.ids(original)[0])
                for copy, original in copies.items()
                if self.root / copy in new
            ]
            intake.commit(Batch(reused=shown), SMALL, LOOK)

    def ids(self, *names: str) -> list[int]:
        found = [self.store.image_at(self.root / name) for name in names]
        assert None not in found
        return [image_id for image_id in found if image_id is not None]

    def tell(self, **traits: Traits) -> None:
        """Store the traits of images, by the stem of a JPEG."""
        self.store.set_traits({self.ids(f"{name}.jpg")[0]: known for name, known in traits.items()})

    def passing(self, **conditions: Any) -> list[str]:
        """Names of the files whose images pass, by path."""
        passing = set(self.columns.passing(Filters(**conditions)).tolist())
        return [
            file.path.relative_to(self.root).as_posix()
            for file in self.store.files()
            if file.image_id in passing
        ]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with closing(Shelf(tmp_path)) as opened:
        yield opened


def colours(**shares: int) -> tuple[int, ...]:
    return tuple(shares.get(colour, 0) for colour in COLOURS)


def moment(text: str) -> int:
    """Nanoseconds since 1970 of a moment, as a camera writes it."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * SECOND_NS


def test_a_filter_is_active_once_it_says_something() -> None:
    assert not Filters().is_active
    assert Filters(min_percentile=1.0).is_active
    assert not Filters(min_percentile=1.0).asks_pictures
    assert Filters(formats=("PNG",)).asks_pictures
    assert Filters() == NO_FILTERS


def test_folders_hold_what_lies_under_them_at_any_depth(shelf: Shelf) -> None:
    files = ["a/1.jpg", "a/b/2.jpg", "a-b/3.jpg", "ab.jpg", "c/4.jpg", "c/copy.jpg"]
    shelf.put(dict.fromkeys(files, 0), copies={"c/copy.jpg": "a/b/2.jpg"})
    copied = ["a/b/2.jpg", "c/copy.jpg"]  # one image, in both folders
    assert shelf.passing(folders=(shelf.root / "a",)) == ["a/1.jpg", *copied]
    assert shelf.passing(folders=(shelf.root / "c",)) == ["a/b/2.jpg", "c/4.jpg", "c/copy.jpg"]
    assert shelf.passing(folders=(shelf.root / "ab.jpg",)) == ["ab.jpg"]
    both = shelf.root / "a" / "b", shelf.root / "a-b"
    assert shelf.passing(folders=both) == ["a-b/3.jpg", *copied]
    assert shelf.passing(folders=(shelf.root,)) == sorted(files)
    assert shelf.passing(folders=(shelf.root.parent / "elsewhere",)) == []


def test_the_camera_knows_better_than_the_file_when_a_picture_was_taken(shelf: Shelf) -> None:
    """The file's time is in UTC, the camera's is local, as is the filter's."""
    files = {
        "shot.jpg": moment("2024-06-01"),
        "late.jpg": moment("2023-12-31 22:30"),  # half past midnight where we are
        "old.jpg": moment("2019-05-05"),
    }
    shelf.put(files)
    shelf.tell(shot=replace(PLAIN, taken_ns=moment("2021-07-08 12:00")))
    year = moment("2024-01-01")
    assert shelf.passing(after_ns=year) == ["late.jpg"]
    assert shelf.passing(before_ns=year) == ["old.jpg", "shot.jpg"]
    in_july = {"after_ns": moment("2021-07-01"), "before_ns": moment("2021-08-01")}
    assert shelf.passing(**in_july) == ["shot.jpg"]
    noon = moment("2021-07-08 12:00")
    assert shelf.passing(after_ns=noon, before_ns=noon + 1) == ["shot.jpg"]
    assert shelf.passing(before_ns=noon) == ["old.jpg"]


def test_a_copy_was_taken_when_the_original_was(shelf: Shelf) -> None:
    files = {"a.jpg": moment("2020-02-02"), "copy.jpg": moment("2024-02-02")}
    shelf.put(files, copies={"copy.jpg": "a.jpg"})
    assert shelf.passing(before_ns=moment("2021-01-01")) == ["a.jpg", "copy.jpg"]


def test_what_a_picture_is(shelf: Shelf) -> None:
    shelf.put(dict.fromkeys(["wide.jpg", "tall.jpg", "square.jpg", "unknown.jpg"], 0))
    shelf.tell(
        wide=replace(PLAIN, colours=colours(red=40, white=LEAST_COLOUR)),
        tall=Traits(300, 400, "PNG", None, colours(red=LEAST_COLOUR - 1, blue=80)),
        square=Traits(400, 370, "RAW", None, colours(blue=50, white=50)),
    )
    assert shelf.passing(formats=("JPEG",)) == ["wide.jpg"]
    assert shelf.passing(formats=("raw", "Png")) == ["square.jpg", "tall.jpg"]
    assert shelf.passing(formats=("GIF",)) == []
    assert shelf.passing(orientations=("landscape",)) == ["wide.jpg"]
    assert shelf.passing(orientations=("portrait", "square")) == ["square.jpg", "tall.jpg"]
    assert shelf.passing(colours=("red",)) == ["wide.jpg"]
    assert shelf.passing(colours=("blue", "white")) == ["square.jpg"]
    assert shelf.passing(colours=("blue",), orientations=("portrait",)) == ["tall.jpg"]
    assert len(shelf.passing()) == 4


def test_columns_follow_the_library(shelf: Shelf) -> None:
    shelf.put({"a.jpg": moment("2020-01-01"), "b.jpg": moment("2020-01-01")})
    assert shelf.passing(formats=("JPEG",)) == []
    shelf.tell(a=PLAIN)
    assert shelf.passing(formats=("JPEG",)) == ["a.jpg"]
    shelf.put({"a.jpg": moment("2020-01-01"), "c.jpg": moment("2020-01-01")})
    assert shelf.passing() == ["a.jpg", "c.jpg"]
    (folder,) = shelf.store.folders()
    shelf.store.remove_folder(folder.folder_id)
    assert shelf.passing() == []


def test_columns_follow_another_thread(shelf: Shelf) -> None:
    shelf.put({"a.jpg": 0})
    assert shelf.passing(formats=("JPEG",)) == []
    other = threading.Thread(target=lambda: shelf.tell(a=PLAIN))
    other.start()
    other.join()
    assert shelf.passing(formats=("JPEG",)) == ["a.jpg"]
    seen: list[list[str]] = []
    reader = threading.Thread(target=lambda: seen.append(shelf.passing(formats=("JPEG",))))
    reader.start()
    reader.join()
    assert seen == [["a.jpg"]]


def test_columns_are_read_again_only_after_a_change(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads: list[str] = []
    read = shelf.store.file_columns
    monkeypatch.setattr(shelf.store, "file_columns", lambda: (reads.append("files"), read())[1])
    shelf.put({"a.jpg": 0, "b.jpg": 0})
    for _ in range(3):
        shelf.passing()
    shelf.store.set_verdict(*shelf.ids("a.jpg", "b.jpg"), "good")  # nothing that filters look at
    shelf.passing()
    assert len(reads) == 1
    shelf.tell(a=PLAIN)
    shelf.passing()
    assert len(reads) == 2


def test_facets_count_what_there_is_to_filter_by(shelf: Shelf) -> None:
    files = {
        "a.jpg": moment("2020-03-03"),
        "sub/b.jpg": moment("2020-03-03"),
        "sub/c.jpg": moment("2021-03-03"),
        "copy.jpg": moment("2022-03-03"),
    }
    shelf.put(files, copies={"copy.jpg": "a.jpg"})
    shelf.store.set_traits(
        dict(
            zip(
                shelf.ids("a.jpg", "sub/b.jpg"),
                (
                    replace(PLAIN, colours=colours(red=40, black=10)),
                    Traits(10, 20, "PNG", moment("1999-01-01"), colours(red=15, blue=80)),
                ),
                strict=True,
            )
        )
    )
    facets = shelf.columns.facets()
    assert facets.formats == {"JPEG": 1, "PNG": 1}
    assert facets.orientations == {"landscape": 1, "portrait": 1}
    assert facets.colours == {"red": 2, "blue": 1}
    assert facets.years == {1999: 1, 2020: 1, 2021: 1}
    assert facets.folders == {shelf.root: 3, shelf.root / "sub": 2}
    assert (facets.images, facets.unmeasured) == (3, 1)


def test_an_empty_library_has_no_facets(shelf: Shelf) -> None:
    facets = shelf.columns.facets()
    assert (facets.formats, facets.years, facets.images) == ({}, {}, 0)
    assert shelf.passing(formats=("PNG",), folders=(shelf.root,), after_ns=0) == []
