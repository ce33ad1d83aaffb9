from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from tiny_embedder import ATTRIBUTE, RELATIONAL, fingerprint

from engine.errors import LibraryError
from engine.store import Batch, Embedded, FileToRead, Plan, Store
from engine.types import Description, Failure, Vectors

PICTURES = Path("/pictures").absolute()
Found = tuple[Path, int, int]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "library")
    yield store
    store.close()


def found(*names: str, size: int = 100, mtime_ns: int = 5) -> list[Found]:
    return [(PICTURES / name, size, mtime_ns) for name in names]


def register(store: Store, files: list[Found], root: Path = PICTURES) -> Plan:
    with store.intake() as intake:
        intake.register([root], [], files)
        return intake.plan(RELATIONAL, ATTRIBUTE)


def vectors_of(files: list[FileToRead]) -> Vectors:
    generator = np.random.default_rng([file.file_id for file in files])
    rows = [generator.standard_normal((len(files), f.dimension)) for f in (RELATIONAL, ATTRIBUTE)]
    relational, attribute = (
        (r / np.linalg.norm(r, axis=1, keepdims=True)).astype(np.float32) for r in rows
    )
    return Vectors(relational, attribute)


def embed(store: Store, files: list[FileToRead]) -> tuple[list[int], Vectors]:
    """Give each file an image of its own."""
    vectors = vectors_of(files)
    new = [Embedded(f"content of {ascii(file.path.name)[1:-1]}", file.file_id) for file in files]
    with store.intake() as intake:
        return intake.commit(Batch(new, vectors), RELATIONAL, ATTRIBUTE), vectors


def fail(store: Store, files: list[FileToRead], reason: str, *, lasting: bool = True) -> None:
    failed = [(file.file_id, reason, lasting) for file in files]
    with store.intake() as intake:
        intake.commit(Batch(failed=failed), RELATIONAL, ATTRIBUTE)


def states(store: Store) -> dict[str, str]:
    return {entry.path.name: entry.state for entry in store.files()}


def test_scanned_files_are_there_before_they_are_read(store: Store) -> None:
    plan = register(store, found("b.png", "a.png"))
    assert [file.path.name for file in plan.to_read] == ["a.png", "b.png"]
    assert [(e.path, e.image_id, e.state, e.size, e.mtime_ns) for e in store.files()] == [
        (PICTURES / "a.png", None, "pending", 100, 5),
        (PICTURES / "b.png", None, "pending", 100, 5),
    ]
    assert [(folder.path, folder.online) for folder in store.folders()] == [(PICTURES, True)]


def test_committed_vectors_come_back(store: Store) -> None:
    ids, vectors = embed(store, register(store, found("a.png", "b.png", "c.png")).to_read)
    order = [ids[2], ids[0], ids[2]]
    assert np.array_equal(store.vectors(RELATIONAL, order), vectors.relational[[2, 0, 2]])
    halves = vectors.attribute.astype(np.float16).astype(np.float32)
    assert np.array_equal(store.vectors(ATTRIBUTE, ids), halves)
    every, matrix = store.all_vectors(RELATIONAL)
    assert every.dtype == np.int64
    assert matrix.dtype == np.float32
    assert np.array_equal(every, ids)
    assert np.array_equal(matrix, vectors.relational)


def test_no_vectors_is_an_empty_matrix_of_the_right_width(store: Store) -> None:
    assert store.all_vectors(RELATIONAL)[1].shape == (0, RELATIONAL.dimension)
    assert store.vectors(RELATIONAL, []).shape == (0, RELATIONAL.dimension)
    with pytest.raises(KeyError):
        store.vectors(RELATIONAL, [1])


def test_vectors_of_other_fingerprints_do_not_meet(store: Store) -> None:
    other = fingerprint("relational", weights="f" * 64)
    ids, _ = embed(store, register(store, found("a.png")).to_read)
    assert len(store.all_vectors(other)[0]) == 0
    with store.intake() as intake:
        assert intake.image_of("content of a.png", RELATIONAL, ATTRIBUTE) == ids[0]
        assert intake.image_of("content of a.png", other, ATTRIBUTE) is None
        intake.register([PICTURES], [], found("a.png"))
        assert len(intake.plan(other, ATTRIBUTE).to_read) == 1
        intake.register([PICTURES], [], found("a.png"))
        assert intake.plan(RELATIONAL, ATTRIBUTE).reused == 1


def test_attributes_are_wanted_from_a_model_that_gives_them_only(store: Store) -> None:
    other = fingerprint("relational", weights="f" * 64)
    (file,) = register(store, found("a.png")).to_read
    new, vectors = [Embedded("content", file.file_id)], vectors_of([file])
    with store.intake() as intake:
        (image_id,) = intake.commit(Batch(new, vectors._replace(attribute=None)), other, None)
        assert intake.image_of("content", other, None) == image_id
        assert intake.image_of("content", RELATIONAL, None) is None
        assert intake.image_of("content", other, ATTRIBUTE) is None
        for of, wanted, reused in ((other, None, 1), (other, ATTRIBUTE, 0), (RELATIONAL, None, 0)):
            intake.register([PICTURES], [], found("a.png"))
            assert intake.plan(of, wanted).reused == reused
        with pytest.raises(ValueError, match="one side"):
            intake.commit(Batch(new, vectors), other, None)
        with pytest.raises(ValueError, match="one side"):
            intake.commit(Batch(new, vectors._replace(attribute=None)), other, ATTRIBUTE)
    assert len(store.image_ids(ATTRIBUTE)) == 0


@pytest.mark.parametrize("rows", [np.full((1, 24), np.nan), np.ones((1, 23)), np.ones((2, 24))])
def test_vectors_that_cannot_be_right_are_refused_as_a_whole(
    store: Store, rows: np.ndarray
) -> None:
    (file,) = register(store, found("a.png")).to_read
    bad = Vectors(rows.astype(np.float32), np.ones((1, 40), np.float32))
    batch = Batch([Embedded("content", file.file_id)], bad)
    with store.intake() as intake, pytest.raises(ValueError, match=r"fit|finite|zip"):
        intake.commit(batch, RELATIONAL, ATTRIBUTE)
    assert states(store) == {"a.png": "pending"}
    assert store.counts().images == 0


def test_unchanged_files_are_reused_and_changed_ones_are_not(store: Store) -> None:
    embed(store, register(store, found("a.png", "b.png", "c.png")).to_read)
    again = found("a.png") + found("b.png", size=101) + found("c.png", mtime_ns=6)
    plan = register(store, again)
    assert plan.reused == 1
    assert [file.path.name for file in plan.to_read] == ["b.png", "c.png"]
    assert states(store) == {"a.png": "indexed", "b.png": "pending", "c.png": "pending"}
    assert store.image_at(PICTURES / "b.png") is None


def test_failures_rest_until_the_file_changes(store: Store) -> None:
    fail(store, register(store, found("a.png", "b.png")).to_read, "cut off")
    plan = register(store, found("a.png") + found("b.png", size=7))
    assert plan.failed == [Failure(PICTURES / "a.png", "cut off")]
    assert [file.path.name for file in plan.to_read] == ["b.png"]
    assert store.failures() == plan.failed


def test_failures_of_the_drive_are_tried_again(store: Store) -> None:
    fail(store, register(store, found("a.png")).to_read, "Input/output error", lasting=False)
    assert store.failures() == [Failure(PICTURES / "a.png", "Input/output error")]
    assert len(register(store, found("a.png")).to_read) == 1


def test_a_file_that_is_read_at_last_is_no_failure(store: Store) -> None:
    fail(store, register(store, found("a.png")).to_read, "cut off")
    embed(store, register(store, found("a.png", size=7)).to_read)
    assert store.failures() == []
    assert states(store) == {"a.png": "indexed"}


@pytest.mark.parametrize("some", [True, False])
def test_forgotten_failures_are_tried_again(store: Store, some: bool) -> None:
    fail(store, register(store, found("a.png", "b.png")).to_read, "cut off")
    store.forget_failures([PICTURES / "a.png"] if some else None)
    assert states(store) == {"a.png": "pending", "b.png": "failed" if some else "pending"}
    assert len(register(store, found("a.png", "b.png")).to_read) == (1 if some else 2)


def test_a_file_that_is_gone_is_hidden_and_comes_back_for_nothing(store: Store) -> None:
    ids, _ = embed(store, register(store, found("a.png", "b.png")).to_read)
    register(store, found("b.png"))
    assert states(store) == {"b.png": "indexed"}
    assert store.path_of(ids[0]) is None
    assert store.image_at(PICTURES / "a.png") is None
    assert store.all_vectors(RELATIONAL)[0].tolist() == ids[1:]
    assert register(store, found("a.png", "b.png")).reused == 2
    assert store.path_of(ids[0]) == PICTURES / "a.png"


def test_what_an_unreadable_folder_held_is_left_as_it_is(store: Store) -> None:
    embed(store, register(store, found("in/a.png", "out.png")).to_read)
    with store.intake() as intake:
        intake.register([PICTURES], [], [], unreadable=[PICTURES / "in"])
        intake.plan(RELATIONAL, ATTRIBUTE)
    assert states(store) == {"a.png": "indexed"}


def test_a_missing_root_is_offline_not_deleted(store: Store) -> None:
    ids, _ = embed(store, register(store, found("a.png")).to_read)
    with store.intake() as intake:
        intake.register([], [PICTURES], [])
        intake.plan(RELATIONAL, ATTRIBUTE)
    assert states(store) == {"a.png": "offline"}
    assert [folder.online for folder in store.folders()] == [False]
    assert store.path_of(ids[0]) is None
    assert len(store.image_ids(RELATIONAL)) == 0
    assert store.counts().offline == 1
    assert register(store, found("a.png")).reused == 1
    assert states(store) == {"a.png": "indexed"}


def test_folders_never_contain_one_another(store: Store) -> None:
    embed(store, register(store, found("in/a.png"), PICTURES / "in").to_read)
    register(store, found("in/a.png", "b.png"))
    assert [folder.path for folder in store.folders()] == [PICTURES]
    assert states(store) == {"a.png": "indexed", "b.png": "pending"}
    register(store, [], PICTURES / "in")
    assert [folder.path for folder in store.folders()] == [PICTURES]
    assert states(store) == {"b.png": "pending"}


def test_a_folder_is_not_taken_for_one_whose_name_it_begins(store: Store) -> None:
    register(store, found("a.png"))
    register(store, [(Path("/pictures 2/b.png").absolute(), 1, 1)], Path("/pictures 2").absolute())
    register(store, [])
    assert [entry.path for entry in store.files()] == [Path("/pictures 2/b.png").absolute()]


def test_the_root_of_a_drive_and_a_single_file_are_folders(store: Store) -> None:
    register(store, found("a.png"), PICTURES / "a.png")
    assert [folder.path for folder in store.folders()] == [PICTURES / "a.png"]
    register(store, found("a.png", "b.png"), Path(PICTURES.anchor))
    assert [folder.path for folder in store.folders()] == [Path(PICTURES.anchor)]
    assert len(store.files(store.folders()[0].folder_id)) == 2


def test_removing_a_folder_forgets_images_that_nothing_else_shows(store: Store) -> None:
    (one,) = register(store, found("a.png")).to_read
    (shared,), _ = embed(store, [one])
    other = Path("/other").absolute()
    plan = register(store, [(other / "copy.png", 1, 1), (other / "own.png", 1, 1)], other)
    copy, own = plan.to_read
    (lonely,), _ = embed(store, [own])
    with store.intake() as intake:
        intake.commit(Batch(reused=[(copy.file_id, shared)]), RELATIONAL, ATTRIBUTE)
    store.set_caption(lonely, Description("{Things} in a row", 1.0, "person"))
    (folder,) = [folder for folder in store.folders() if folder.path == other]
    store.remove_folder(folder.folder_id)
    assert store.path_of(shared) == PICTURES / "a.png"
    assert store.caption(lonely) is None
    assert store.all_vectors(ATTRIBUTE)[0].tolist() == [shared]
    assert store.problems() == []


def test_names_that_are_no_text_survive(store: Store) -> None:
    odd = PICTURES / os.fsdecode(b"caf\xe9 \xff.png")
    ids, _ = embed(store, register(store, [(odd, 1, 1)]).to_read)
    assert store.path_of(ids[0]) == odd
    assert store.image_at(odd) == ids[0]


def test_one_path_for_each_image(store: Store) -> None:
    first, second, third = register(store, found("a.png", "b.png", "c.png")).to_read
    ids, _ = embed(store, [second, third])
    with store.intake() as intake:
        intake.commit(Batch(reused=[(first.file_id, ids[0])]), RELATIONAL, ATTRIBUTE)
    assert store.paths_of([*ids, 99]) == {ids[0]: first.path, ids[1]: third.path}
    entry = store.file(second.file_id)
    assert entry is not None
    assert (entry.path, entry.image_id) == (second.path, ids[0])
    assert store.file(99) is None
    assert store.image_of("content of b.png") == ids[0]
    assert store.image_of("content of nothing") is None


def test_settings(store: Store) -> None:
    assert store.setting("colour") is None
    assert store.setting("colour", "grey") == "grey"
    store.set_setting("colour", "blue")
    store.set_setting("colour", "green")
    assert store.setting("colour", "grey") == "green"


def test_everything_is_there_after_reopening(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        ids, vectors = embed(store, register(store, found("a.png")).to_read)
        identity = store.setting("library_id")
    with closing(Store.open(tmp_path)) as store:
        assert np.array_equal(store.vectors(RELATIONAL, ids), vectors.relational)
        assert store.setting("library_id") == identity
        assert store.problems() == []
        assert store.bytes() > 0


def test_threads_read_while_another_writes(store: Store) -> None:
    files = register(store, found(*(f"{i:04}.png" for i in range(200)))).to_read
    done = threading.Event()
    wrong: list[str] = []

    def watch() -> None:
        while not done.is_set():
            ids, matrix = store.all_vectors(RELATIONAL)
            if len(matrix) != len(ids) or len(ids) % 10 or len(store.files()) != 200:
                wrong.append(f"{len(ids)} ids, {len(matrix)} rows")

    threads = [threading.Thread(target=watch) for _ in range(3)]
    for thread in threads:
        thread.start()
    for start in range(0, 200, 10):
        embed(store, files[start : start + 10])
    done.set()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert len(store.all_vectors(RELATIONAL)[0]) == 200


def test_one_indexing_run_at_a_time_in_a_process(store: Store, tmp_path: Path) -> None:
    with store.intake():
        with pytest.raises(LibraryError, match="already"), store.intake():
            pass
        with (
            closing(Store.open(tmp_path / "library")) as second,
            pytest.raises(LibraryError, match="already"),
            second.intake(),
        ):
            pass
    with store.intake():
        pass


def test_one_indexing_run_at_a_time_among_processes(store: Store) -> None:
    attempt = (
        "import sys; from pathlib import Path\n"
        "from engine.errors import LibraryError\nfrom engine.store import Store\n"
        "try:\n    with Store.open(Path(sys.argv[1])).intake(): print('free')\n"
        "except LibraryError as error: print(error)\n"
    )
    command = [sys.executable, "-W", "ignore", "-c", attempt, str(store.directory)]
    with store.intake():
        busy = subprocess.run(command, capture_output=True, text=True, check=True)
    free = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "already" in busy.stdout
    assert free.stdout.strip() == "free"


def test_a_full_disk_is_said_in_words_and_loses_nothing(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        embed(store, register(store, found("a.png")).to_read)
        pages = store._database.row("PRAGMA page_count")[0]
        store._database.row(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(LibraryError, match=r"disk .* is full"):
            register(store, found(*(f"{i}.png" for i in range(2000))))
        assert states(store) == {"a.png": "indexed"}
        assert store.problems() == []


def test_a_damaged_database_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"no database at all" * 1000)
    with pytest.raises(LibraryError, match=r"library\.sqlite3 .* damaged"):
        Store.open(tmp_path)


def test_damage_inside_is_a_problem_for_the_doctor(tmp_path: Path) -> None:
    with closing(Store.open(tmp_path)) as store:
        embed(store, register(store, found(*(f"{i}.png" for i in range(300)))).to_read)
    with (tmp_path / "library.sqlite3").open("r+b") as file:
        file.seek(20 * 8192)
        file.write(b"\xff" * 8192 * 8)
    with closing(Store.open(tmp_path)) as store:
        assert store.problems() != []


def test_a_row_that_points_to_nothing_is_a_problem(store: Store) -> None:
    with closing(sqlite3.connect(store.directory / "library.sqlite3")) as raw, raw:
        raw.execute("INSERT INTO vectors (fingerprint_id, image_id, vector) VALUES (7, 7, x'00')")
    assert any("points to nothing" in problem for problem in store.problems())


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="cannot be used"):
        Store.open(tmp_path / "file" / "library")


def test_a_closed_library_says_so(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    store.close()
    store.close()
    with pytest.raises(LibraryError, match="closed"):
        store.folders()
