from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from engine.errors import LibraryError
from engine.library.traits import Traits
from engine.store import Store
from engine.store.database import Database
from engine.store.migrations import MIGRATIONS
from engine.types import Board, Description, Failure, Fingerprint

FIXTURES = Path(__file__).parent / "fixtures"
NEXT = (*MIGRATIONS, ("ALTER TABLE images ADD COLUMN note TEXT", "UPDATE images SET note = 'old'"))


def make_library(directory: Path, version: int) -> Path:
    """A library as the first release of that version left it."""
    path = directory / "library.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        dump = FIXTURES / f"library_v{version}.sql"
        connection.executescript(dump.read_text(encoding="utf-8"))
    return path


def test_every_released_version_has_a_fixture() -> None:
    kept = [int(re.sub(r"\D", "", path.stem)) for path in FIXTURES.glob("library_v*.sql")]
    assert sorted(kept) == list(range(1, len(MIGRATIONS) + 1))


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_library_of_every_version_opens_with_all_it_holds(tmp_path: Path, version: int) -> None:
    make_library(tmp_path, version)
    relational = Fingerprint("relsim-mini", "relational", "ab" * 32, "squash224", 4)
    with closing(Store.open(tmp_path)) as store:
        assert [(folder.path, folder.online) for folder in store.folders()] == [
            (Path("/pictures"), True),
            (Path("/stick"), False),
        ]
        assert [(entry.path.name, entry.image_id, entry.state) for entry in store.files()] == [
            ("a.png", 1, "indexed"),
            ("b.png", None, "failed"),
            ("c.png", 2, "offline"),
        ]
        assert store.failures() == [Failure(Path("/pictures/b.png"), "cut off")]
        assert np.array_equal(
            store.vectors(relational, [2, 1]),
            np.array([[0, 1, 0, 0], [0.5, 0.5, 0.5, -0.5]], np.float32),
        )
        assert store.caption(1) == Description("{Things} in a row", 0.75, "person")
        assert store.setting("library_id") == "0123456789abcdef0123456789abcdef"
        assert store.problems() == []


def test_a_first_caption_is_not_pinned_and_a_second_one_may_be(tmp_path: Path) -> None:
    for version, pinned in (
        (1, None),
        (2, Description("{One} of {Many}", 0.5, "captioner", "7b/cd", True)),
    ):
        directory = tmp_path / str(version)
        directory.mkdir()
        make_library(directory, version)
        with closing(Store.open(directory)) as store:
            assert store.caption(2) == pinned
            store.pin_caption(1, True)
            assert store.caption(1) == Description("{Things} in a row", 0.75, "person", "", True)


def test_judgements_come_with_the_third_version(tmp_path: Path) -> None:
    rows = Board(1, "Rows", (2, 1))
    for version, verdicts, boards in ((2, {}, []), (3, {2: "good"}, [rows])):
        directory = tmp_path / str(version)
        directory.mkdir()
        make_library(directory, version)
        with closing(Store.open(directory)) as store:
            assert store.verdicts_of(1) == verdicts
            assert store.boards() == boards
            assert store.create_board("New").after == Board(len(boards) + 1, "New", ())


def schema(database: Database) -> list[tuple[str, str]]:
    rows = database.rows("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return sorted((name, " ".join(sql.split())) for name, sql in rows)


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_a_migrated_library_is_like_a_new_one(tmp_path: Path, version: int) -> None:
    with (
        closing(Database(make_library(tmp_path, version))) as old,
        closing(Database(tmp_path / "new.sqlite3")) as new,
    ):
        assert schema(old) == schema(new)


def test_a_step_keeps_the_data_and_a_copy_of_what_was(tmp_path: Path) -> None:
    path = make_library(tmp_path, 1)
    with closing(Database(path, NEXT)) as database:
        assert database.rows("SELECT note FROM images") == [("old",), ("old",)]
        assert database.row("PRAGMA user_version") == (len(NEXT),)
    with closing(sqlite3.connect(tmp_path / "library.sqlite3.v1")) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (1,)
        assert copy.execute("SELECT count(*) FROM images").fetchone() == (2,)


def test_a_step_that_breaks_off_leaves_the_version_before(tmp_path: Path) -> None:
    path = make_library(tmp_path, 1)
    broken = (*MIGRATIONS, ("ALTER TABLE images ADD COLUMN remark TEXT", "no SQL"))
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        Database(path, broken)
    with closing(Database(path)) as database:
        assert database.row("PRAGMA user_version") == (len(MIGRATIONS),)
        assert "remark" not in str(schema(database))


def test_a_newer_library_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = make_library(tmp_path, 1)
    Database(path, (*NEXT, *[("SELECT 1",)] * 40)).close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match=r"newer version .* Update Relsim Desktop"):
        Store.open(tmp_path)
    assert path.read_bytes() == before


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as connection, connection:
        connection.execute("CREATE TABLE theirs (x)")
    with pytest.raises(LibraryError, match="another program"):
        Store.open(tmp_path)


def test_a_new_library_makes_no_copy(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    assert [path.name for path in tmp_path.iterdir()] == ["library.sqlite3"]


def test_traits_come_with_the_fourth_version(tmp_path: Path) -> None:
    red_and_white = (0, 0, 50, 0, 50, 0, 0, 0, 0, 0, 0, 0)
    for version, known in ((3, {}), (4, {1: Traits(640, 480, "PNG", None, red_and_white)})):
        directory = tmp_path / str(version)
        directory.mkdir()
        make_library(directory, version)
        with closing(Store.open(directory)) as store:
            assert store.traits() == known
            assert store.untraited().tolist() == ([1] if version == 3 else [])
            store.set_traits(
                {
                    1: Traits(2, 1, "GIF", 5, red_and_white),
                    99: known.get(1) or Traits(1, 1, "GIF", 5, red_and_white),
                }
            )
            assert store.traits([1, 99]) == {1: Traits(2, 1, "GIF", 5, red_and_white)}
