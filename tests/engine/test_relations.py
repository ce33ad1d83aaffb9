"""Relations of drawn pictures, which are known, and of captions worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import COLOURS, draw

from engine.describe import Caption, CaptionBank
from engine.errors import QueryError
from engine.finding.finder import Finder
from engine.finding.relations import (
    LEAST_CONFIDENCE,
    Relation,
    bank_relations,
    short_name,
    with_written,
)
from engine.models.spec import DescriptionCalibration
from engine.service import Engine
from engine.types import Float32

CALIBRATION = DescriptionCalibration(bias=-6.0, cosine=10.0, margin=6.0, threshold=0.5)


def unit(*rows: list[float]) -> Float32:
    array = np.asarray(rows, np.float32)
    scaled: Float32 = array / np.linalg.norm(array, axis=1, keepdims=True)
    return scaled


def bank() -> CaptionBank:
    """Three relations at right angles; the first has a wording that the fourth nearly shares."""
    captions = [
        Caption("A ring", "ring", "order"),
        Caption("A closed circle", "ring", "order"),
        Caption("A tower", "tower", "order"),
        Caption("A crowd", "many_things", "order"),
        Caption("A wheel", "wheel", "order"),
    ]
    vectors = unit([1, 0, 0, 0], [0.9, 0, 0, 0.43], [0, 1, 0, 0], [0, 0, 1, 0], [0.8, 0, 0, 0.6])
    return CaptionBank(captions, vectors, CALIBRATION)


def test_candidates_are_distinct_in_meaning_and_best_first() -> None:
    picture = unit([0.8, 0.55, 0.2, 0.0])
    found = bank_relations(bank(), picture, 6)
    assert [relation.name for relation in found] == ["ring", "tower"]
    assert [relation.text for relation in found] == ["A ring", "A tower"]
    assert found[0].confidence > found[1].confidence >= LEAST_CONFIDENCE
    best, second = (picture @ unit([1, 0, 0, 0], [0, 1, 0, 0]).T)[0].tolist()
    logit = -6.0 + 10.0 * best + 6.0 * (best - second)
    assert found[0].confidence == pytest.approx(1 / (1 + np.exp(-logit)), abs=1e-5)
    assert bank_relations(bank(), picture, 1) == found[:1]


def test_a_name_is_made_of_words() -> None:
    (crowd,) = bank_relations(bank(), unit([0, 0, 1, 0]), 1)
    assert crowd.name == "many things"
    assert short_name("A {Thing} in two") == "A Thing in two"
    assert short_name("{Objects} that grow step by step") == "Objects that grow step by…"


def test_pictures_share_what_each_of_them_shows() -> None:
    both = unit([0.7, 0.7, 0.1, 0.0], [0.7, 0.1, 0.7, 0.0], [0.72, 0.1, 0.1, 0.6])
    assert [each.name for each in bank_relations(bank(), both, 1)] == ["ring"]
    mean_is_sure = unit([1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0], [0, 1, 0, 0])
    assert bank_relations(bank(), unit(mean_is_sure.mean(axis=0).tolist()), 1)[0].confidence > 0.9
    assert bank_relations(bank(), mean_is_sure, 3) == []


def test_what_is_written_comes_first_and_is_not_said_twice() -> None:
    guessed = [Relation("A ring", 0.6, "ring"), Relation("A tower", 0.2, "tower")]
    vectors = unit([1, 0.1], [1, 0], [0, 1])
    same = with_written("{Things} in a circle", 1.0, guessed, vectors)
    assert same == [Relation("{Things} in a circle", 1.0, "ring"), guessed[1]]
    other = with_written("{Things} at odds", 0.9, guessed, unit([-1, 0], [1, 0], [0, 1]))
    assert other == [Relation("{Things} at odds", 0.9, "Things at odds"), *guessed]


# On the real model and drawn pictures


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pictures")
    for relation in ("ring", "grid"):
        for colour in COLOURS:
            draw(relation, colour).save(made / f"{relation}-{colour}.png")
    return made


@pytest.fixture(scope="module")
def drawn(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RELSIM_MODELS", str(tmp_path_factory.mktemp("models")))
        with Engine.open(tmp_path_factory.mktemp("library")) as opened:
            opened.index([folder])
            yield opened


def test_the_relation_that_was_drawn_comes_first(drawn: Engine, folder: Path) -> None:
    finder = Finder(drawn)
    for name in ("ring", "grid"):
        candidates = finder.relations(folder / f"{name}-crimson.png")
        assert candidates[0].name == name
        assert len({relation.name for relation in candidates}) == len(candidates) <= 6
        confidences = [relation.confidence for relation in candidates]
        assert max(confidences) == confidences[0] > 0.1
        assert finder.relations(folder / f"{name}-crimson.png", 1) == candidates[:1]


def test_what_several_drawn_pictures_share(drawn: Engine, folder: Path) -> None:
    finder = Finder(drawn)
    rings = [folder / f"ring-{colour}.png" for colour in COLOURS]
    shared = finder.shared(rings)
    assert (shared[0].name, shared[0].confidence > 0.3) == ("ring", True)
    mixed = finder.shared([*rings, folder / "grid-crimson.png"])
    assert all(relation.confidence < 0.15 for relation in mixed)
    assert finder.shared(rings[:1]) == finder.relations(rings[0])
    with pytest.raises(QueryError, match="Choose pictures"):
        finder.shared([])


def test_a_person_s_caption_is_the_first_candidate(drawn: Engine, folder: Path) -> None:
    finder, path = Finder(drawn), folder / "grid-seagreen.png"
    image_id = drawn.store.image_at(path)
    assert image_id is not None
    before = finder.relations(path)
    drawn.descriptions.set(image_id, "{Things} that stand in rank and file")
    written = finder.relations(path)
    assert written[0].text == "{Things} that stand in rank and file"
    assert written[0].confidence == 1.0
    assert set(before) & set(written)
    assert len(written) <= 6
    drawn.descriptions.remove(image_id)
    assert finder.relations(path) == before
