"""The map of a library: groups by logic, names, covers, places, and what is kept of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import COLOURS, draw

from engine.errors import QueryError
from engine.jobs import Cancelled, JobControl
from engine.mapping.maker import MapMaker
from engine.mapping.values import LibraryMap
from engine.service import Engine
from engine.types import Description

KINDS = ("ring", "grid", "growth")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """24 pictures: three relations, four colours, two shapes of canvas."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for relation in KINDS:
        for colour in COLOURS:
            draw(relation, colour).save(folder / f"{relation}-{colour}.png")
            draw(relation, colour, (400, 300)).save(folder / f"{relation}-{colour}-wide.jpg")
    return folder


@pytest.fixture
def filled(engine: Engine, pictures: Path) -> Engine:
    engine.index([pictures])
    return engine


def kinds(engine: Engine, image_ids: list[int]) -> Counter[str]:
    return Counter(path.name.split("-")[0] for path in engine.store.paths_of(image_ids).values())


def everyone(made: LibraryMap) -> list[int]:
    ids = [i for group in made.groups for i in group.members.tolist()] + made.rest.tolist()
    assert len(ids) == made.images
    return sorted(ids)


def test_groups_are_those_that_were_drawn(filled: Engine) -> None:
    made = MapMaker(filled).make()
    assert everyone(made) == filled.store.image_ids(filled.fingerprint).tolist()
    for group in made.groups:
        drawn = kinds(filled, group.members.tolist())
        assert len(drawn) == 1, drawn
        assert set(group.cover) <= set(group.members.tolist())
        assert len(set(group.cover)) == len(group.cover)
    assert {next(iter(kinds(filled, g.members.tolist()))) for g in made.groups} == set(KINDS)
    assert len(made.rest) <= 4
    names = [group.name.text for group in made.groups if group.name.text is not None]
    assert len(names) == len(set(names))


def test_members_are_in_order_and_nothing_lies_over_anything(filled: Engine) -> None:
    made = MapMaker(filled).make()
    for group in made.groups:
        vectors = filled.store.vectors(filled.fingerprint, group.members.tolist())
        middle = vectors.mean(axis=0)
        close = vectors @ (middle / np.linalg.norm(middle))
        assert close[0] >= close[-1]
        assert (np.linalg.norm(group.places, axis=1) <= group.radius).all()
        for other in made.groups[group.number + 1 :]:
            apart = np.hypot(*np.subtract(group.centre, other.centre))
            assert apart >= group.radius + other.radius


def test_a_map_is_kept_and_the_same_again(filled: Engine) -> None:
    first = MapMaker(filled).make()
    kept = list((filled.library_dir / "cache").glob("map-*.cache"))
    assert len(kept) == 1
    changed = kept[0].stat().st_mtime_ns
    again = MapMaker(filled).make()
    assert kept[0].stat().st_mtime_ns == changed, "nothing was made anew"
    assert [g.members.tolist() for g in again.groups] == [g.members.tolist() for g in first.groups]
    assert [g.name for g in again.groups] == [g.name for g in first.groups]
    kept[0].unlink()
    anew = MapMaker(filled).make()
    assert [g.centre for g in anew.groups] == [g.centre for g in first.groups]


@pytest.mark.parametrize("spoil", [lambda b: b[:-9], lambda b: b"x" + b, lambda b: b""])
def test_a_damaged_file_is_made_anew(filled: Engine, spoil) -> None:  # type: ignore[no-untyped-def]
    first = MapMaker(filled).make()
    path = next((filled.library_dir / "cache").glob("map-*.cache"))
    path.write_bytes(spoil(path.read_bytes()))
    again = MapMaker(filled).make()
    assert [g.members.tolist() for g in again.groups] == [g.members.tolist() for g in first.groups]


def test_new_pictures_join_the_nearest_group_until_there_are_many(
    filled: Engine, pictures: Path
) -> None:
    before = MapMaker(filled).make()
    draw("ring", "purple").save(pictures / "ring-purple.png")
    filled.index([pictures])
    after = MapMaker(filled).make()
    assert (after.joined, after.images) == (1, 25)
    image = filled.store.image_at(pictures / "ring-purple.png")
    assert image is not None
    group = after.group_of(image)
    assert group is None or set(kinds(filled, group.members.tolist())) == {"ring"}
    assert len(after.groups) == len(before.groups)
    for colour in ("teal", "gold", "navy", "olive", "brown"):
        draw("grid", colour).save(pictures / f"grid-{colour}.png")
    filled.index([pictures])
    anew = MapMaker(filled).make()
    assert (anew.joined, anew.images) == (0, 30)
    (pictures / "grid-teal.png").unlink()
    filled.index([pictures])
    assert everyone(MapMaker(filled).make()) == filled.store.image_ids(filled.fingerprint).tolist()


def test_what_people_wrote_names_a_group(filled: Engine) -> None:
    made = MapMaker(filled).make()
    mine = "{Things} around an empty middle"
    for image_id in made.groups[0].members.tolist():
        filled.store.set_caption(image_id, Description(mine, 1.0, "person"))
    named = MapMaker(filled).make(anew=True)
    group = next(group for group in named.groups if group.name.text == mine)
    assert (group.name.source, group.name.confidence) == ("person", 1.0)
    everyone(named)


def test_groups_of_one_name_are_one(filled: Engine) -> None:
    mine = "{Things} that were drawn"
    for image_id in filled.store.image_ids(filled.fingerprint).tolist():
        filled.store.set_caption(image_id, Description(mine, 1.0, "person"))
    made = MapMaker(filled).make()
    assert [group.name.text for group in made.groups] == [mine]
    everyone(made)


def test_an_empty_library_a_tiny_one_and_an_end_by_request(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="empty"):
        MapMaker(engine).make()
    one = tmp_path / "one"
    one.mkdir()
    draw("ring", "crimson").save(one / "ring-crimson.png")
    engine.index([one])
    made = MapMaker(engine).make()
    assert (len(made.groups), len(made.rest)) == (0, 1)
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        MapMaker(engine).make(control, anew=True)
