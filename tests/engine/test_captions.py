from __future__ import annotations

import shutil

import pytest
from tiny_embedder import RELATIONAL, fingerprint
from tiny_library import Library, names

from engine.types import Coverage, Description

KEY = "captioner/ab"
PERSON = Description("{One} is missing", 1.0, "person")


def written(text: str, *, key: str = KEY, pinned: bool = False) -> Description:
    return Description(text, 0.5, "captioner", key, pinned)


def images(library: Library, count: int) -> list[int]:
    """Ids of so many indexed pictures, in the order of their names."""
    paths = library.draw(*names(count))
    library.index()
    found = [library.store.image_at(path) for path in paths]
    return [image_id for image_id in found if image_id is not None]


def test_a_person_s_caption_comes_first(library: Library) -> None:
    one, two, three = images(library, 3)
    store = library.store
    assert store.caption(one) is None
    store.set_caption(one, PERSON)
    store.set_caption(one, written("{Things} in a row"))
    store.set_caption(two, written("{Things} in a row"))
    store.set_caption(two, written("{Things} in a ring"))
    assert store.caption(one) == PERSON
    assert store.captions([three, two, one, 99]) == {
        one: PERSON,
        two: written("{Things} in a ring"),
    }
    store.remove_caption(one, "person")
    assert store.caption(one) == written("{Things} in a row")
    store.remove_caption(one, "captioner")
    store.remove_caption(one, "captioner")
    assert store.caption(one) is None


def test_a_captioner_may_find_no_relation(library: Library) -> None:
    (image_id,) = images(library, 1)
    nothing = Description(None, 0.1, "captioner", KEY)
    library.store.set_caption(image_id, nothing)
    assert library.store.caption(image_id) == nothing
    assert library.store.uncaptioned(KEY).tolist() == []


def test_captions_of_the_bank_and_of_no_image_are_refused(library: Library) -> None:
    (image_id,) = images(library, 1)
    with pytest.raises(ValueError, match="bank"):
        library.store.set_caption(image_id, Description("{Things} in a row", 0.5))
    with pytest.raises(KeyError):
        library.store.set_caption(99, PERSON)
    assert library.store.caption(image_id) is None


def test_the_caption_that_counts_is_pinned(library: Library) -> None:
    (image_id,) = images(library, 1)
    store = library.store
    with pytest.raises(KeyError):
        store.pin_caption(image_id, True)
    store.set_caption(image_id, written("{Things} in a row"))
    store.pin_caption(image_id, True)
    assert store.caption(image_id) == written("{Things} in a row", pinned=True)
    store.set_caption(image_id, PERSON)
    store.pin_caption(image_id, False)
    assert store.caption(image_id) == PERSON
    store.remove_caption(image_id, "person")
    assert store.caption(image_id) == written("{Things} in a row", pinned=True)


def test_filling_in_leaves_alone_what_a_person_keeps(library: Library) -> None:
    own, pinned, old, new = images(library, 4)
    store = library.store
    store.set_caption(own, PERSON)
    store.set_caption(pinned, written("kept", pinned=True))
    store.set_caption(old, written("old"))
    fresh = {image_id: written("fresh") for image_id in (own, pinned, old, new, 99)}
    assert store.fill_captions(fresh) == [old, new]
    assert store.captions([own, pinned, old, new]) == {
        own: PERSON,
        pinned: written("kept", pinned=True),
        old: written("fresh"),
        new: written("fresh"),
    }
    store.remove_caption(own, "person")
    assert store.caption(own) is None


def test_what_is_left_for_a_captioner(library: Library) -> None:
    own, pinned, done, by_another, none, gone = images(library, 6)
    store = library.store
    shutil.copyfile(library.pictures / "004.png", library.pictures / "copy of 004.png")
    (library.pictures / "005.png").unlink()
    library.index()
    store.set_caption(own, PERSON)
    store.set_caption(pinned, written("kept", key="captioner/old", pinned=True))
    store.set_caption(done, written("done"))
    store.set_caption(by_another, written("old", key="captioner/old"))
    left = store.uncaptioned(KEY)
    assert left.dtype == "int64"
    assert left.tolist() == sorted([by_another, none])
    assert gone not in left


def test_coverage_says_which_vectors_are_incomplete(library: Library) -> None:
    assert library.store.coverage() == []
    images(library, 3)
    (library.pictures / "002.png").unlink()
    other = fingerprint("relational", weights="f" * 64)
    library.index()
    with library.store.intake() as intake:
        intake.register([], [], [])
        intake.plan(other, None)
    assert library.store.coverage() == [
        Coverage("tiny", "squash4", RELATIONAL.key, 2, 2),
        Coverage("tiny", "squash4", other.key, 0, 2),
    ]
