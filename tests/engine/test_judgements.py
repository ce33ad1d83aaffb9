"""Verdicts and boards in the store: what a person judged and collected is not lost by accident."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tiny_library import Library, names

from engine.types import Board, BoardChange, Judged


def images(library: Library, count: int) -> list[int]:
    """Ids of so many indexed pictures, in the order of their names."""
    paths = library.draw(*names(count))
    library.index()
    found = [library.store.image_at(path) for path in paths]
    return [image_id for image_id in found if image_id is not None]


def shown(library: Library, board_id: int) -> list[tuple[int, Path | None, bool]]:
    pictures = library.store.board_pictures(board_id)
    return [(picture.image_id, picture.path, picture.is_online) for picture in pictures]


def test_a_verdict_is_of_a_pair_in_either_order(library: Library) -> None:
    one, two, three = sorted(images(library, 3))
    store = library.store
    assert store.set_verdict(two, one, "good") is None
    assert store.set_verdict(one, three, "alike") is None
    assert store.verdict(one, two) == store.verdict(two, one) == "good"
    assert store.verdicts_of(one) == {two: "good", three: "alike"}
    assert store.verdicts_of(two) == {one: "good"}
    assert store.set_verdict(one, two, "no") == "good"
    assert store.verdicts() == [Judged(one, three, "alike"), Judged(one, two, "no")]
    assert store.set_verdict(two, one, None) == "no"
    assert store.set_verdict(two, one, None) is None
    assert store.verdict(one, two) is None


def test_only_two_images_of_the_library_are_judged(library: Library) -> None:
    (one,) = images(library, 1)
    with pytest.raises(ValueError, match="two images"):
        library.store.set_verdict(one, one, "good")
    with pytest.raises(KeyError):
        library.store.set_verdict(one, 99, "good")
    assert library.store.verdicts() == []


def test_a_board_holds_each_image_once_in_the_order_they_came(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    made = store.create_board("Rings", [two])
    assert made == BoardChange(None, Board(1, "Rings", (two,)))
    assert store.add_to_board(1, [three, two, one, three]).after == Board(
        1, "Rings", (two, three, one)
    )
    assert store.remove_from_board(1, [three, 99]) == BoardChange(
        Board(1, "Rings", (two, three, one)), Board(1, "Rings", (two, one))
    )
    assert store.set_board_images(1, [one, two]).after == Board(1, "Rings", (one, two))
    assert store.rename_board(1, "Circles").after == Board(1, "Circles", (one, two))
    assert store.delete_board(1) == BoardChange(Board(1, "Circles", (one, two)), None)
    assert store.boards() == []
    after = store.create_board("New").after
    assert after is not None
    assert after.board_id == 2, "the id of a board that is gone is never used again"


def test_boards_are_listed_by_name_and_no_two_have_one(library: Library) -> None:
    store = library.store
    for name in ("rings", "Ängste", "Grids"):
        store.create_board(name)
    assert [board.name for board in store.boards()] == ["Grids", "rings", "Ängste"]
    with pytest.raises(ValueError, match="ängste"):
        store.create_board("ängste")
    with pytest.raises(ValueError, match="GRIDS"):
        store.rename_board(1, "GRIDS")
    assert store.rename_board(1, "Rings").after == Board(1, "Rings", ())


def test_what_is_not_there_is_refused_and_changes_nothing(library: Library) -> None:
    (one,) = images(library, 1)
    store = library.store
    with pytest.raises(KeyError):
        store.create_board("Rings", [one, 99])
    assert store.boards() == []
    store.create_board("Rings", [one])
    for change in (store.add_to_board, store.set_board_images):
        with pytest.raises(KeyError):
            change(1, [99])
        with pytest.raises(KeyError):
            change(7, [one])
    for forget in (lambda: store.delete_board(7), lambda: store.rename_board(7, "x")):
        with pytest.raises(KeyError):
            forget()
    assert store.boards() == [Board(1, "Rings", (one,))]


def test_every_change_of_a_board_can_be_undone_and_done_again(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    changes = [
        store.create_board("Rings", [one]),
        store.add_to_board(1, [two, three]),
        store.set_board_images(1, [three, one, two]),
        store.remove_from_board(1, [one]),
        store.rename_board(1, "Circles"),
        store.delete_board(1),
    ]
    for change in reversed(changes):
        store.restore_board(1, change.before)
        assert store.boards() == ([] if change.before is None else [change.before])
    for change in changes:
        store.restore_board(1, change.after)
        assert store.boards() == ([] if change.after is None else [change.after])
    store.create_board("Circles")
    with pytest.raises(ValueError, match="Circles"):
        store.restore_board(1, changes[-1].before)


def test_a_move_a_rename_and_a_lost_drive_keep_everything(library: Library) -> None:
    one, two = images(library, 2)
    store = library.store
    store.set_verdict(one, two, "good")
    store.create_board("Rings", [two, one])
    first, second = library.pictures / "000.png", library.pictures / "001.png"
    moved = library.pictures / "sub" / "other.png"
    moved.parent.mkdir()
    first.rename(moved)
    second.unlink()
    library.index()
    assert store.verdicts_of(one) == {two: "good"}
    assert shown(library, 1) == [(two, second, False), (one, moved, True)]
    assert store.last_known([one, two, 99]) == {one: (moved, True), two: (second, False)}


def test_a_folder_that_leaves_and_comes_back_finds_its_judgements(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    store.create_board("Rings", [one])
    store.set_verdict(one, two, "no")
    (folder,) = store.folders()
    store.remove_folder(folder.folder_id)
    assert shown(library, 1) == [(one, None, False)]
    assert store.counts().images == 0
    assert store.image_ids(library.embedder.fingerprint).tolist() == []
    assert store.problems() == []
    embedded = library.embedder.embedded
    assert library.index().indexed == 1, "only the picture that nobody judged"
    assert library.embedder.embedded == embedded + 1
    assert store.verdicts_of(two) == {one: "no"}
    assert shown(library, 1) == [(one, library.pictures / "000.png", True)]
    assert store.image_at(library.pictures / "002.png") != three


def test_what_is_judged_no_more_leaves_with_its_folder(library: Library) -> None:
    one, two = images(library, 2)
    store = library.store
    store.set_verdict(one, two, "good")
    store.set_verdict(one, two, None)
    (folder,) = store.folders()
    store.remove_folder(folder.folder_id)
    shutil.rmtree(library.pictures)
    with pytest.raises(KeyError):
        store.set_verdict(one, two, "good")
