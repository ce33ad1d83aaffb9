"""Folders that are removed and brought back, that move, and that lose many files at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_library import Library, counts

from engine.errors import LibraryError
from engine.store.folders import FolderState


def state_of(library: Library, folder: Path | None = None) -> FolderState:
    (state,) = [
        state
        for state in library.store.folder_states()
        if state.folder.path == (folder or library.pictures)
    ]
    assert state.found == (
        state.indexed + state.pending + state.failed + state.offline + state.skipped
    )
    return state


def test_the_numbers_of_a_folder_add_up(library: Library) -> None:
    library.draw("a.png", "b.png")
    (library.pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (library.pictures / "painting.xcf").touch()
    library.index()
    state = state_of(library)
    assert (state.found, state.indexed, state.failed, state.skipped) == (4, 2, 1, 1)
    assert state.size == sum(p.stat().st_size for p in library.pictures.iterdir())
    library.pictures.rename(library.pictures.with_name("away"))
    library.index()
    away = state_of(library)
    assert (away.folder.online, away.offline, away.indexed) == (False, 3, 0)


def test_a_removed_folder_is_out_of_sight_and_comes_back_without_embedding(
    library: Library,
) -> None:
    library.draw("a.png", "b.png")
    library.index()
    (folder,) = library.store.folders()
    (file, _) = library.store.files()
    library.store.hide_folder(folder.folder_id)
    assert library.store.folders() == library.store.files() == library.store.failures() == []
    assert library.store.counts().files == 0
    assert not len(library.store.image_ids(library.embedder.fingerprint))
    assert library.store.restore_folder(folder.folder_id)
    assert library.store.file(file.file_id) == file
    assert counts(library.index()) == (0, 2, 0, 0)


def test_a_removed_folder_that_is_added_again_is_what_it_was(library: Library) -> None:
    library.draw("a.png", "b.png")
    library.index()
    (folder,) = library.store.folders()
    library.store.hide_folder(folder.folder_id)
    assert counts(library.index()) == (0, 2, 0, 0)
    assert library.store.folders() == [folder]


def test_what_is_removed_is_forgotten_for_good_later(library: Library) -> None:
    library.draw("a.png")
    library.index()
    (folder,) = library.store.folders()
    library.store.forget_removed()
    assert library.store.folders() == [folder]
    library.store.hide_folder(folder.folder_id)
    library.store.forget_removed()
    assert not library.store.restore_folder(folder.folder_id)
    assert counts(library.index()) == (1, 0, 0, 0)


def test_a_part_of_a_removed_folder_may_be_added_and_the_rest_come_back(library: Library) -> None:
    inner = library.pictures / "in"
    inner.mkdir()
    library.draw("a.png", "in/b.png")
    library.index()
    (outer,) = library.store.folders()
    library.store.hide_folder(outer.folder_id)
    assert counts(library.index(inner)) == (0, 1, 0, 0)
    assert [folder.path for folder in library.store.folders()] == [inner]
    assert library.store.restore_folder(outer.folder_id)
    assert library.store.folders() == [outer]
    assert library.states() == {"a.png": "indexed", "in/b.png": "indexed"}


def test_a_folder_around_a_removed_one_takes_it_in(library: Library, tmp_path: Path) -> None:
    library.draw("a.png")
    library.index()
    (inner,) = library.store.folders()
    library.store.hide_folder(inner.folder_id)
    assert library.index(tmp_path).reused == 1
    assert [folder.path for folder in library.store.folders()] == [tmp_path]
    assert not library.store.restore_folder(inner.folder_id)


def test_a_moved_folder_keeps_its_pictures_and_their_ids(library: Library) -> None:
    (library.pictures / "in").mkdir()
    library.draw("a.png", "in/b.png")
    library.index()
    (folder,) = library.store.folders()
    before = {file.path.name: file.file_id for file in library.store.files()}
    new = library.pictures.with_name("elsewhere")
    library.pictures.rename(new)
    library.index()
    library.store.relocate_folder(folder.folder_id, new)
    assert {file.path.name: file.file_id for file in library.store.files()} == before
    assert counts(library.index(new)) == (0, 2, 0, 0)
    assert {file.path for file in library.store.files()} == {new / "a.png", new / "in" / "b.png"}
    assert library.store.problems() == []


def test_a_folder_is_not_relocated_to_where_its_pictures_are_not(
    library: Library, tmp_path: Path
) -> None:
    library.draw("a.png")
    library.index()
    (folder,) = library.store.folders()
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(LibraryError, match="none of the pictures"):
        library.store.relocate_folder(folder.folder_id, empty)
    with pytest.raises(LibraryError, match="not a folder"):
        library.store.relocate_folder(folder.folder_id, tmp_path / "nowhere")
    (empty / "b.png").write_bytes((library.pictures / "a.png").read_bytes())
    library.index(empty)
    with pytest.raises(LibraryError, match="in the library already"):
        library.store.relocate_folder(folder.folder_id, empty)


def test_many_files_that_are_lost_at_once_are_noted_until_they_are_back(library: Library) -> None:
    names = [f"in/{i:02}.png" for i in range(25)]
    (library.pictures / "in").mkdir()
    library.draw("a.png", *names)
    library.index()
    away = library.pictures.with_name("away")
    (library.pictures / "in").rename(away)
    library.index()
    assert state_of(library).vanished == 25
    away.rename(library.pictures / "in")
    assert counts(library.index()) == (0, 26, 0, 0)
    assert state_of(library).vanished == 0


def test_a_person_may_say_that_lost_files_are_meant_to_be_gone(library: Library) -> None:
    names = [f"{i:02}.png" for i in range(25)]
    library.draw("a.png", *names)
    library.index()
    for name in names:
        (library.pictures / name).unlink()
    library.index()
    (folder,) = library.store.folders()
    assert state_of(library).vanished == 25
    library.store.dismiss_vanished(folder.folder_id)
    library.index()
    assert state_of(library).vanished == 0


def test_whether_a_folder_is_there_is_news_only_once(library: Library) -> None:
    library.draw("a.png")
    library.index()
    (folder,) = library.store.folders()
    assert not library.store.set_online(folder.folder_id, online=True)
    assert library.store.set_online(folder.folder_id, online=False)
    assert library.states() == {"a.png": "offline"}


def test_a_folder_that_is_removed_while_it_is_indexed_stays_removed(library: Library) -> None:
    library.draw("a.png")
    library.index()
    (folder,) = library.store.folders()
    library.store.hide_folder(folder.folder_id)
    with library.store.intake() as intake:
        intake.register([library.pictures], [], [], known=[library.pictures])
    assert library.store.folders() == []
