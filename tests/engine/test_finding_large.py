"""Questions to two real models at once: a made-up small large one beside the bundled one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import COLOURS, draw
from golden_files import golden

from engine.finding.filters import Filters
from engine.finding.finder import Ask, Finder, Found, Part
from engine.models.chosen import ModelRequest
from engine.service import Engine

RING = "{Objects} arranged in a circle around an empty center"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pictures")
    for relation in ("ring", "grid"):
        for colour in COLOURS:
            draw(relation, colour).save(made / f"{relation}-{colour}.png")
    return made


@pytest.fixture(scope="module")
def two(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine whose library both models have seen."""
    request = ModelRequest(
        model=golden("relsim-tiny/relsim"), base=golden("relsim-tiny/base"), precision="float32"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELSIM_MODELS", str(tmp_path_factory.mktemp("models")))
        with Engine.open(tmp_path_factory.mktemp("library"), request=request) as opened:
            opened.index([folder])
            yield opened


def scores(found: Found) -> dict[int, float]:
    return {hit.image_id: hit.relational for hit in found.neighbors}


def vectors(engine: Engine, found: Found, *, large: bool) -> np.ndarray:
    """Of the hits, by one model."""
    with engine.lend() as models:
        searcher = models.large if large else models.small
        assert searcher is not None
        return searcher.vectors([hit.image_id for hit in found.neighbors])


def test_plain_questions_get_the_large_model_s_answers(two: Engine, folder: Path) -> None:
    finder, path = Finder(two), folder / "ring-crimson.png"
    for quick in (False, True):
        found = finder.find(Ask((Part(path),)), 7, quick=quick)
        assert found.neighbors == two.neighbors(path, 7, quick=quick)
        assert {hit.model for hit in found.neighbors} == {"relsim-mini" if quick else "relsim"}
    sentence = finder.find(Ask((Part(RING),)), 8)
    expected = {hit.image_id: hit.relational for hit in two.search(RING, 8)}
    assert scores(sentence) == expected
    quick_sentence = finder.find(Ask((Part(RING),)), 8, quick=True)
    assert {hit.model for hit in quick_sentence.neighbors} == {"relsim-mini"}


@pytest.mark.parametrize("large", [True, False])
def test_a_blend_lives_in_the_space_of_the_model_that_answers(
    two: Engine, folder: Path, large: bool
) -> None:
    paths = [folder / "ring-crimson.png", folder / "grid-seagreen.png"]
    ids = [two.store.image_at(path) for path in paths]
    found = Finder(two).find(Ask((Part(paths[0]), Part(paths[1], -0.5))), 8, quick=not large)
    assert len(found.neighbors) == 6
    with two.lend() as models:
        searcher = models.large if large else models.small
        assert searcher is not None
        a, b = searcher.vectors([image_id for image_id in ids if image_id is not None])
    blended = a - 0.5 * b
    expected = vectors(two, found, large=large) @ (blended / np.linalg.norm(blended))
    assert [hit.relational for hit in found.neighbors] == pytest.approx(expected.tolist(), abs=1e-5)


def test_steering_all_the_way_is_the_sentence_to_both_models(two: Engine, folder: Path) -> None:
    finder, path = Finder(two), folder / "grid-crimson.png"
    for quick in (False, True):
        steered = Ask((Part(path),), relation=RING, steering=1.0)
        found = scores(finder.find(steered, 8, quick=quick))
        sentence = scores(finder.find(Ask((Part(RING),)), 8, quick=quick))
        assert found == pytest.approx(
            {image_id: sentence[image_id] for image_id in found}, abs=1e-5
        )


def test_filters_and_relations_with_two_models(two: Engine, folder: Path) -> None:
    finder, path = Finder(two), folder / "ring-crimson.png"
    grids = tuple(folder / f"grid-{colour}.png" for colour in COLOURS)
    found = finder.find(Ask((Part(path),), filters=Filters(folders=grids)), 2)
    plain = two.neighbors(path, 8)
    expected = [hit for hit in plain if hit.path in grids][:2]
    assert [hit.image_id for hit in found.neighbors] == [hit.image_id for hit in expected]
    assert (found.passing, found.of) == (4, 8)
    farthest = finder.find(Ask((Part(path),), order="farthest"), 8)
    assert [hit.image_id for hit in farthest.neighbors] == [hit.image_id for hit in plain][::-1]
    assert finder.relations(path)[0].name == "ring"  # the small model's to say


def test_a_picture_that_the_large_model_must_look_at_is_no_prompt_question(
    two: Engine, folder: Path
) -> None:
    finder, new = Finder(two), draw("growth", "black")
    known = Part(folder / "ring-crimson.png")
    assert finder.is_prompt(Ask((known, Part(RING))))
    assert not finder.is_prompt(Ask((known, Part(new))))
    finder.find(Ask((known, Part(new))))
    assert finder.is_prompt(Ask((known, Part(new))))
