"""Notes and places on boards, and moving pictures between boards: all of it can be undone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from test_judgements import images
from tiny_library import Library

from engine.types import Board, BoardChange, Place


def board(library: Library, board_id: int) -> Board:
    return next(b for b in library.store.boards() if b.board_id == board_id)


def test_notes_and_places_come_back_with_every_undo(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    store.create_board("Rings", [one, two, three])
    changes = [
        store.note_board(1, "What goes round"),
        store.note_on_board(1, two, "the best one"),
        store.place_on_board(1, {one: Place(10, -20.5, 200), two: Place(0, 0, 90)}),
        store.place_on_board(1, {one: Place(40, 0, 120), 99: Place(0, 0, 1)}),
        store.set_board_images(1, [three, two, one]),
        store.remove_from_board(1, [two]),
        store.rename_board(1, "Circles"),
        store.delete_board(1),
    ]
    arranged = changes[4].after
    assert arranged == Board(
        1,
        "Rings",
        (three, two, one),
        "What goes round",
        {two: "the best one"},
        {one: Place(40, 0, 120), two: Place(0, 0, 90)},
    )
    assert changes[5].after == replace(
        arranged, images=(three, one), notes={}, places={one: Place(40, 0, 120)}
    )
    for change in reversed(changes):
        store.restore_board(1, change.before)
        assert store.boards() == [change.before]
    for change in changes:
        store.restore_board(1, change.after)
        assert store.boards() == ([] if change.after is None else [change.after])


def test_the_pictures_of_a_board_come_with_notes_and_places(library: Library) -> None:
    one, two = images(library, 2)
    store = library.store
    store.create_board("Rings", [one, two])
    store.note_on_board(1, two, "here")
    store.place_on_board(1, {two: Place(1.5, 2, 300)})
    first, second = store.board_pictures(1)
    assert (first.note, first.place) == ("", None)
    assert (second.note, second.place) == ("here", Place(1.5, 2, 300))
    store.place_on_board(1, {two: None})
    assert store.board_pictures(1)[1].place is None
    assert store.note_on_board(1, two, "").after == Board(1, "Rings", (one, two))


def test_only_what_is_on_a_board_can_be_noted(library: Library) -> None:
    one, two = images(library, 2)
    library.store.create_board("Rings", [one])
    with pytest.raises(KeyError):
        library.store.note_on_board(1, two, "x")
    with pytest.raises(KeyError):
        library.store.note_board(7, "x")
    assert board(library, 1) == Board(1, "Rings", (one,))


def test_pictures_move_to_another_board_with_their_notes(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    store.create_board("From", [one, two])
    store.create_board("To", [two, three])
    for image_id, note in ((one, "of one"), (two, "of two")):
        store.note_on_board(1, image_id, note)
    store.note_on_board(2, two, "kept")
    before = store.boards()
    changes = store.move_to_board(1, 2, [one, two, 99])
    assert board(library, 1) == Board(1, "From", ())
    assert board(library, 2) == Board(2, "To", (two, three, one), "", {one: "of one", two: "kept"})
    for change in changes:
        assert change.before is not None
        store.restore_board(change.before.board_id, change.before)
    assert store.boards() == before


def test_a_copy_of_a_board_is_a_board_of_its_own(library: Library) -> None:
    (one,) = images(library, 1)
    store = library.store
    store.create_board("Rings", [one])
    store.note_board(1, "round")
    store.place_on_board(1, {one: Place(1, 2, 3)})
    copy = store.copy_board(1, "Rings 2")
    assert copy == BoardChange(None, replace(board(library, 1), board_id=2, name="Rings 2"))
    store.delete_board(1)
    assert board(library, 2).note == "round"
    with pytest.raises(ValueError, match="rings 2"):
        store.copy_board(2, "rings 2")
