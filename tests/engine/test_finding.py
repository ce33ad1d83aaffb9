"""Questions of several parts on drawn pictures, whose relations are known, with the real model."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import COLOURS, draw
from PIL import Image

from engine.errors import QueryError
from engine.finding.filters import Filters
from engine.finding.finder import Ask, Finder, Found, Part
from engine.search.ranking import BURST, NEAR_IDENTICAL
from engine.service import Engine

RING = "{Objects} arranged in a circle around an empty center"
GRID = "{Objects} laid out in a regular grid"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve pictures, ``relation-colour.png``."""
    made = tmp_path_factory.mktemp("pictures")
    for relation in ("ring", "grid", "growth"):
        for colour in COLOURS:
            draw(relation, colour).save(made / f"{relation}-{colour}.png")
    return made


@pytest.fixture(scope="module")
def shared_engine(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELSIM_MODELS", str(tmp_path_factory.mktemp("models")))
        with Engine.open(tmp_path_factory.mktemp("library")) as opened:
            opened.index([folder])
            yield opened


@pytest.fixture
def finder(shared_engine: Engine) -> Finder:
    return Finder(shared_engine)


def names(found: Found) -> list[str]:
    return [hit.path.stem for hit in found.neighbors]


def relations(found: Found, k: int) -> list[str]:
    return [name.split("-")[0] for name in names(found)[:k]]


# What was there before


@pytest.mark.parametrize("surprise", [0.0, 0.7])
def test_one_picture_gets_the_answer_of_neighbors(
    shared_engine: Engine, finder: Finder, folder: Path, surprise: float
) -> None:
    path = folder / "ring-crimson.png"
    image_id = shared_engine.store.image_at(path)
    assert image_id is not None
    with Image.open(path) as picture:
        for query in (path, image_id, picture):
            found = finder.find(Ask((Part(query),), surprise=surprise), 24)
            assert found.neighbors == shared_engine.neighbors(query, 24, surprise=surprise)
            assert (found.passing, found.of) == (12, 12)
    found = finder.find(Ask((Part(path, 0.5),), surprise=surprise), 5)
    assert found.neighbors == shared_engine.neighbors(path, 5, surprise=surprise)


def test_one_sentence_gets_the_answer_of_search(shared_engine: Engine, finder: Finder) -> None:
    found, expected = finder.find(Ask((Part(RING),)), 24), shared_engine.search(RING, 24)
    assert names(found) == [hit.path.stem for hit in expected]
    for hit, other in zip(found.neighbors, expected, strict=True):
        assert (hit.relational, hit.percentile) == (other.relational, other.percentile)
        assert math.isnan(hit.attribute)


# Blends


def test_a_blend_is_near_to_all_its_parts(finder: Finder, folder: Path) -> None:
    ring, grid = Part(folder / "ring-crimson.png"), Part(folder / "grid-royalblue.png")
    found = finder.find(Ask((ring, grid)), 24)
    assert set(relations(found, 6)) == {"ring", "grid"}
    assert not {"ring-crimson", "grid-royalblue"} & set(names(found))
    more_ring = finder.find(Ask((Part(ring.what, 2.0), Part(grid.what, 0.5))), 24)
    assert relations(more_ring, 3) == ["ring"] * 3


def test_relational_of_a_blend_is_the_cosine_to_the_blended_vector(
    shared_engine: Engine, finder: Finder, folder: Path
) -> None:
    paths = [folder / "ring-crimson.png", folder / "growth-seagreen.png"]
    found = finder.find(Ask((Part(paths[0], 1.5), Part(paths[1], -0.5))), 24)
    first, second = shared_engine.embed(paths).relational
    blended = 1.5 * first - 0.5 * second
    blended /= np.linalg.norm(blended)
    rows = shared_engine.embed([hit.path for hit in found.neighbors]).relational
    assert [hit.relational for hit in found.neighbors] == pytest.approx(
        (rows @ blended).tolist(), abs=1e-4
    )
    assert [hit.attribute for hit in found.neighbors] == pytest.approx(
        [hit.attribute for hit in sorted_as(found, shared_engine, paths[0])], abs=1e-3
    )


def sorted_as(found: Found, engine: Engine, query: Path) -> list:
    """The neighbors of one picture in the order of an answer."""
    by_id = {hit.image_id: hit for hit in engine.neighbors(query, 24)}
    return [by_id[hit.image_id] for hit in found.neighbors]


def test_a_negative_part_pushes_away(finder: Finder, folder: Path) -> None:
    both = finder.find(Ask((Part(RING), Part(GRID))), 24)
    pushed = finder.find(Ask((Part(RING), Part(GRID, -1.0))), 24)
    before, after = (
        [place for place, name in enumerate(names(found)) if name.startswith("grid")]
        for found in (both, pushed)
    )
    assert all(old < new for old, new in zip(before, after, strict=True))
    assert relations(pushed, 4) == ["ring"] * 4
    picture = Part(folder / "grid-crimson.png", -1.0)
    assert relations(finder.find(Ask((Part(RING), picture))), 4) == ["ring"] * 4


def test_a_sentence_beside_a_picture_is_heard(finder: Finder, folder: Path) -> None:
    growth = Part(folder / "growth-crimson.png")
    found = finder.find(Ask((growth, Part(RING))), 24)
    assert set(relations(found, 6)) == {"growth", "ring"}
    assert all(not math.isnan(hit.attribute) for hit in found.neighbors)


def test_what_means_nothing_is_refused(finder: Finder, folder: Path) -> None:
    picture = folder / "ring-crimson.png"
    refused = {
        "at least one": [Ask(()), Ask((Part(picture, -1.0), Part(RING, -0.5)))],
        "weight": [Ask((Part(picture), Part(RING, 0.0))), Ask((Part(picture, 2.5),))],
        "Describe": [Ask((Part(" "),)), Ask((Part(picture),), relation="")],
        "undo": [Ask((Part(picture), Part(picture, -1.0)))],
        "colour": [Ask((Part(picture),), filters=Filters(colours=("ochre",)))],
        "percentile": [Ask((Part(picture),), filters=Filters(min_percentile=101.0))],
    }
    for message, asks in refused.items():
        for ask in asks:
            with pytest.raises(QueryError, match=message):
                finder.find(ask)


def test_a_question_for_a_small_model_is_prompt(finder: Finder, folder: Path) -> None:
    assert finder.is_prompt(Ask((Part(folder / "ring-crimson.png"), Part(RING))))


# Steering


def ring_beside_grid() -> Image.Image:
    """Two relations at once: a ring on the left, a grid on the right."""
    image = Image.new("RGB", (640, 320), "white")
    image.paste(draw("ring", "purple"), (0, 0))
    image.paste(draw("grid", "purple"), (320, 0))
    return image


def test_steering_turns_the_ranking_to_the_relation_that_is_meant(finder: Finder) -> None:
    query = Part(ring_beside_grid())
    rings = finder.find(Ask((query,), relation="A ring of identical {Objects}"), 24)
    grids = finder.find(
        Ask((query,), relation="A collection of identical {Objects} arranged in a regular grid"),
        24,
    )
    assert relations(rings, 4) == ["ring"] * 4
    assert relations(grids, 4) == ["grid"] * 4
    assert all(not math.isnan(hit.attribute) for hit in rings.neighbors)


def test_steering_goes_as_far_as_it_is_asked_to(finder: Finder, folder: Path) -> None:
    query, relation = (Part(folder / "growth-crimson.png"),), RING
    plain, not_at_all, all_the_way = (
        finder.find(ask, 24)
        for ask in (
            Ask(query),
            Ask(query, relation=relation, steering=0.0),
            Ask(query, relation=relation, steering=1.0),
        )
    )
    sentence = finder.find(Ask((Part(relation),)), 24)
    assert not_at_all.neighbors == plain.neighbors
    without_query = [name for name in names(sentence) if name != "growth-crimson"]
    assert names(all_the_way) == without_query
    first_ring = [
        min(place for place, name in enumerate(names(found)) if name.startswith("ring"))
        for found in (
            finder.find(Ask(query, relation=relation, steering=steering), 24)
            for steering in (0.0, 0.4, 0.8)
        )
    ]
    assert first_ring == sorted(first_ring, reverse=True)
    assert first_ring[-1] == 0


# Farthest, filters, wandering


def test_the_least_related_come_first(finder: Finder, folder: Path) -> None:
    query = (Part(folder / "ring-crimson.png"),)
    nearest, farthest = finder.find(Ask(query)), finder.find(Ask(query, order="farthest"))
    assert names(farthest) == names(nearest)[::-1]
    few = finder.find(Ask(query, order="farthest"), 3)
    assert names(few) == names(farthest)[:3]


def test_filters_come_before_the_ranking_is_cut(finder: Finder, folder: Path) -> None:
    query = (Part(folder / "ring-crimson.png"),)
    far = tuple(folder / f"growth-{colour}.png" for colour in COLOURS)
    found = finder.find(Ask(query, filters=Filters(folders=far)), 3)
    assert (found.passing, found.of) == (4, 12)
    expected = [name for name in names(finder.find(Ask(query))) if name.startswith("growth")]
    assert names(found) == expected[:3]
    sentence = finder.find(Ask((Part(RING),), filters=Filters(folders=far)), 3)
    assert relations(sentence, 3) == ["growth"] * 3
    nothing = finder.find(Ask(query, filters=Filters(folders=(folder / "nowhere",))))
    assert (nothing.neighbors, nothing.passing, nothing.of) == ([], 0, 12)


def test_a_least_percentile(finder: Finder, folder: Path) -> None:
    query = (Part(folder / "ring-crimson.png"),)
    everything = finder.find(Ask(query))
    least = everything.neighbors[4].percentile
    found = finder.find(Ask(query, filters=Filters(min_percentile=least)))
    passing = [hit for hit in everything.neighbors if hit.percentile >= least]
    assert names(found) == [hit.path.stem for hit in passing]
    assert found.passing == len(passing) + 1  # the picture that is asked about passes, too
    surprising = Ask(query, filters=Filters(min_percentile=least), surprise=1.0)
    assert set(names(finder.find(surprising))) == {hit.path.stem for hit in passing}


def test_wandering_leads_to_pictures_with_a_clear_relation(engine: Engine, pictures: Path) -> None:
    for name, colour in (("blank", "white"), ("grey", "grey")):
        Image.new("RGB", (320, 320), colour).save(pictures / f"{name}.png")
    engine.index([pictures])
    finder = Finder(engine)
    assert finder.wander(3) == finder.wander(3)
    reached = {finder.wander(seed) for seed in range(24)}
    stems = {path.stem for path in engine.store.paths_of([*reached]).values()}
    assert len(stems) == len(reached) > 4
    assert not stems & {"blank", "grey"}


def test_an_empty_library_is_said_to_be_empty(engine: Engine, folder: Path) -> None:
    finder = Finder(engine)
    picture = folder / "ring-crimson.png"
    for ask in (
        Ask((Part(picture),)),
        Ask((Part(picture),), order="farthest"),
        Ask((Part(picture), Part(RING))),
        Ask((Part(picture),), filters=Filters(formats=("PNG",))),
    ):
        with pytest.raises(QueryError, match="empty"):
            finder.find(ask)
    with pytest.raises(QueryError, match="empty"):
        finder.wander()
    assert finder.facets().images == 0


def test_bursts_collapse_and_what_is_only_alike_does_not(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    finder, query = Finder(engine), Part(pictures / "growth-crimson.png")
    plain = finder.find(Ask((query,)))
    ids = [hit.image_id for hit in plain.neighbors]
    with engine.lend() as models:
        looks = models.looks(ids)
    alike = looks @ looks.T
    shots = np.argwhere(np.triu((alike >= BURST) & (alike < NEAR_IDENTICAL), 1))[0].tolist()
    first, second = ids[shots[0]], ids[shots[1]]
    traits = engine.store.traits()
    second_ns = 1_000_000_000

    def copies(*taken_ns: int | None) -> dict[int, tuple[int, ...]]:
        moments = dict(zip((first, second), taken_ns, strict=True))
        engine.store.set_traits(
            {image_id: replace(traits[image_id], taken_ns=ns) for image_id, ns in moments.items()}
        )
        found = finder.find(Ask((query,), collapse=True))
        counts = {hit.image_id: hit.copies for hit in found.neighbors}
        assert sum(counts.values()) + len(counts) == len(ids)
        assert counts == {image_id: len(found.copies.get(image_id, ())) for image_id in counts}
        return dict(found.copies)

    only_near_identical = copies(None, None)
    assert second not in [other for others in only_near_identical.values() for other in others]
    assert copies(0, 60 * second_ns) == only_near_identical
    assert second in copies(7 * second_ns, 9 * second_ns)[first]


def test_no_hit_repeats_any_of_the_pictures_that_are_asked_about(
    engine: Engine, pictures: Path
) -> None:
    draw("grid", "royalblue").resize((280, 280)).save(pictures / "grid-again.png")
    engine.index([pictures])
    ring, grid = Part(pictures / "ring-crimson.png"), Part(pictures / "grid-royalblue.png")
    for weight in (1.0, -0.2):
        parts = (ring, Part(grid.what, weight))
        assert "grid-again" in names(Finder(engine).find(Ask(parts)))
        assert "grid-again" not in names(Finder(engine).find(Ask(parts, collapse=True)))
