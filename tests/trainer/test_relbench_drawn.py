from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from engine.errors import KnownError
from trainer.relbench.drawn import SPLITS, DrawnPart, DrawnPlan, Split
from trainer.relbench.drawn_triplets import drawn_triplets
from trainer.scenes import HELD_OUT, NONE, RELATIONS, load_subjects
from trainer.scenes.generator import HELD_OUT_STYLES

SUBJECTS = load_subjects(["shapes"])
TRAINED_NAMES = ("ring", "grid", "tower", "on_top", "inside", "nested")
HELD_OUT_NAMES = tuple(sorted(HELD_OUT))[:4]
PLAN = DrawnPlan(4, 5, 60, 40, TRAINED_NAMES + HELD_OUT_NAMES)
PART = DrawnPart(PLAN, SUBJECTS)


def test_every_subject_is_in_every_relation_of_a_split() -> None:
    for split in SPLITS:
        names = HELD_OUT_NAMES if split == "families" else TRAINED_NAMES
        grid = [PART.items[place] for place in PART.grid(split)]
        cells = {(item.concept, item.relation) for item in grid}
        assert len(cells) == len(grid) == 4 * len(names)
        assert {item.relation for item in grid} == set(names)


def test_styles_are_held_out_in_their_split_only() -> None:
    for item in PART.items:
        if item.split == "styles":
            assert item.style in HELD_OUT_STYLES
        elif item.relation != NONE:
            assert item.style is None
        elif item.split is not None:
            assert item.style == "natural"
    assert {item.style for item in PART.items if item.split == "styles"} == set(HELD_OUT_STYLES)


@pytest.mark.parametrize("split", SPLITS)
def test_triplets_obey_their_conditions(split: Split) -> None:
    triplets = drawn_triplets(PART, split)
    counts = dict(zip(*np.unique(triplets.conditions, return_counts=True), strict=True))
    wanted = {"agree", "conflict", "logic_only"}
    if split != "families":
        wanted |= {"look_only"}
    assert set(counts) == wanted
    assert counts["logic_only"] == (60 if split == "subjects" else 40)
    assert len({tuple(row) for row in triplets.places.tolist()}) == len(triplets.places)
    for condition, row, family in zip(
        triplets.conditions.tolist(), triplets.places.tolist(), triplets.families, strict=True
    ):
        anchor, positive, negative = (PART.items[place] for place in row)
        assert {anchor.split, positive.split, negative.split} == {split}
        assert anchor.family == family
        same = positive.concept == anchor.concept, negative.concept == anchor.concept
        if condition == "look_only":
            assert {anchor.relation, positive.relation, negative.relation} == {NONE}
            assert anchor.style == positive.style == negative.style
            assert anchor.seed != positive.seed
            assert same == (True, False)
            continue
        assert positive.relation == anchor.relation != negative.relation
        assert NONE not in (anchor.relation, negative.relation)
        seconds = {item.second.concept for item in (anchor, positive, negative) if item.second}
        assert len(seconds) == 3
        expected = {"agree": (True, False), "conflict": (False, True), "logic_only": (False, False)}
        assert same == expected[condition]
        if condition == "logic_only":
            assert positive.concept != negative.concept
        if condition == "agree":
            assert anchor.take != positive.take


def test_half_of_the_conflicts_stay_in_the_family() -> None:
    plan = replace(PLAN, triplets=200)
    part = DrawnPart(plan, SUBJECTS)
    triplets = drawn_triplets(part, "subjects")
    inside = [
        part.items[anchor].family == part.items[negative].family
        for condition, (anchor, _, negative) in zip(
            triplets.conditions.tolist(), triplets.places.tolist(), strict=True
        )
        if condition == "conflict"
    ]
    assert 0.35 < np.mean(inside) < 0.65


def test_a_scene_searches_for_its_relation_with_other_subjects() -> None:
    search = PART.search("styles")
    natural = PART.grid("subjects") + PART.grid("families")
    none = [place for place, item in enumerate(PART.items) if item.split is None]
    assert len(none) == 5
    assert sorted(search.database.tolist()) == sorted(natural + none)
    assert search.queries.tolist() == PART.grid("styles")
    for row, query in enumerate(search.queries.tolist()):
        own = PART.items[query]
        found = [PART.items[place] for place in search.database[search.relevant[row]]]
        assert len(found) == 3
        assert {item.relation for item in found} == {own.relation}
        assert own.concept not in {item.concept for item in found}
        (left_out,) = search.database[search.ignored[row]].tolist()
        assert PART.items[left_out].concept == own.concept
    assert PART.search("subjects").ignored.sum(axis=1).tolist() == [1] * 24


def test_the_same_is_drawn_and_asked_again() -> None:
    other = DrawnPart(PLAN, list(reversed(SUBJECTS)))
    assert [item.subject for item in other.items] == [item.subject for item in PART.items]
    plan = replace(PLAN, subjects=3, relations=("ring", "grid"), unrelated=1)
    one, again = DrawnPart(plan, SUBJECTS), DrawnPart(plan, SUBJECTS)
    assert one.items == again.items
    pictures = [picture.tobytes() for picture in one(224)]
    assert [picture.tobytes() for picture in one(10)] == pictures
    assert len(set(pictures)) == len(one)
    assert len(list(again(224))) == len(again)
    assert one.digest == again.digest != ""
    assert (drawn_triplets(one, "styles").places == drawn_triplets(again, "styles").places).all()


def test_a_split_without_two_relations_is_left_out() -> None:
    part = DrawnPart(replace(PLAN, relations=("ring", "grid", HELD_OUT_NAMES[0])), SUBJECTS)
    assert part.splits == ("subjects", "styles")
    assert not part.grid("families")


def test_all_relations_are_drawn_by_default() -> None:
    plan = DrawnPlan()
    assert set(plan.of("subjects")) | set(plan.of("families")) == set(RELATIONS)
    assert plan.of("subjects") == plan.of("styles")


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(KnownError, match="juggling"):
        DrawnPart(replace(PLAN, relations=("juggling",)), SUBJECTS)
    with pytest.raises(KnownError, match="two relations"):
        DrawnPart(replace(PLAN, relations=("ring", HELD_OUT_NAMES[0])), SUBJECTS)
    with pytest.raises(KnownError, match="too few for 500"):
        DrawnPart(replace(PLAN, subjects=500), SUBJECTS)
    with pytest.raises(KnownError, match="3 subjects"):
        DrawnPart(replace(PLAN, subjects=2), SUBJECTS)
