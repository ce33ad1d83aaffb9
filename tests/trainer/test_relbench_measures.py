from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from trainer.relbench.figures import Captions, caption_table, family_tables, triplet_table
from trainer.relbench.floors import FLOORS, colour_histogram, perceptual_hash
from trainer.relbench.retrieval import (
    Search,
    best_wordings,
    caption_ranks,
    ranks_by_lot,
    searched,
    searched_by_lot,
)
from trainer.relbench.rows import ATTRIBUTE, RELATIONAL, Row
from trainer.relbench.triplets import Triplets, outcomes

CODES = np.array([0, 0, 1, 1, 2, 2])
ONE_HOT = np.eye(3, dtype=np.float32)[CODES]


def test_a_triplet_is_won_lost_or_tied() -> None:
    places = np.array([[0, 1, 2], [0, 2, 1], [0, 2, 4]])
    assert outcomes(ONE_HOT, places).tolist() == [1.0, 0.0, 0.5]


def search(database: int = 6) -> Search:
    relevant = CODES[:, None] == CODES[None, :database]
    myself = np.arange(6)[:, None] == np.arange(database)[None, :]
    clusters = np.array([f"relation {code}" for code in CODES])
    return Search.of(np.arange(6), np.arange(database), relevant, myself, clusters)


def test_perfect_vectors_find_their_like_first() -> None:
    assert searched(ONE_HOT, search()).mean(axis=1).tolist() == [1.0, 1.0, 1.0]


def test_average_precision_by_hand() -> None:
    """Ranked: wrong, right, wrong, right; what is ignored would have come first."""
    vectors = np.array(
        [[1.0, 0.0], [0.9, 0.1], [0.8, 0.2], [0.7, 0.3], [0.6, 0.4], [1.0, 0.0]], np.float32
    )
    relevant = np.array([[False, False, True, False, True, True]])
    ignored = np.array([[True, False, False, False, False, True]])
    found = searched(
        vectors, Search.of(np.array([0]), np.arange(6), relevant, ignored, np.array(["a"]))
    )
    assert found[:, 0].tolist() == [0.0, 1.0, pytest.approx((1 / 2 + 2 / 4) / 2)]


def test_queries_with_nothing_to_find_are_not_asked() -> None:
    assert search(database=5).queries.tolist() == [0, 1, 2, 3, 5]
    assert search(database=3).clusters.tolist() == ["relation 0", "relation 0", "relation 1"]


def test_vectors_that_say_nothing_find_what_an_order_by_lot_finds() -> None:
    generator = np.random.default_rng(5)
    codes = generator.integers(0, 6, 60)
    relevant = codes[:, None] == codes[None, :]
    some = Search.of(
        np.arange(60), np.arange(60), relevant, np.eye(60, dtype=bool), codes.astype(np.str_)
    )
    drawn = []
    for _ in range(150):
        vectors = generator.standard_normal((60, 40)).astype(np.float32)
        drawn.append(searched(vectors, some).mean(axis=1))
    assert np.mean(drawn, axis=0) == pytest.approx(searched_by_lot(some), abs=0.012)


def test_captions_of_other_relations_that_tie_come_before() -> None:
    pictures = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    captions = np.array([[1.0, 0.0], [0.0, 1.0], [0.6, 0.8], [1.0, 0.0]], np.float32)
    owners = np.array([0, 0, 1, 2])
    assert caption_ranks(pictures, captions, owners, np.array([0, 1])).tolist() == [2.0, 2.0]
    best = best_wordings(pictures, captions, owners)
    assert best == pytest.approx(np.array([[1.0, 0.6, 1.0], [1.0, 0.8, 0.0]]))


def test_only_rows_in_the_space_of_captions_are_asked_for_them() -> None:
    captions = Captions(np.eye(3, dtype=np.float32), np.arange(3), CODES, as_wordings=True)
    rows = [Row("a", RELATIONAL, ONE_HOT), Row("b", ATTRIBUTE, ONE_HOT)]
    table = caption_table(captions, search(), rows)
    assert list(table) == ["a", "chance"]
    assert table["a"]["r1"]["value"] == 1.0
    assert table["a"]["median_rank"]["value"] == 1.0
    assert table["chance"]["r1"]["value"] == pytest.approx(1 / 3)
    assert table["chance"]["median_rank"]["value"] == 2.0


def test_ranks_by_lot_where_several_captions_are_right() -> None:
    """Of four captions two are right: the first is one of them in half of all orders."""
    median, first, five = ranks_by_lot(np.array([2, 2]), 4)
    assert (median, first, five) == (1.0, 0.5, 1.0)


def test_tables_by_condition_and_family_with_a_second_person() -> None:
    triplets = Triplets.of(
        [(0, 1, 2), (0, 1, 4), (2, 4, 3), (2, 3, 0)],
        ["conflict", "conflict", "conflict", "look_only"],
        ["x", "x", "y", "none"],
        ["a", "a", "b", "c"],
        blind=[1.0, 0.0, None, None],
    )
    row = Row("row", RELATIONAL, ONE_HOT)
    table = triplet_table(triplets, [row])
    assert table["row"]["conflict"]["value"] == pytest.approx(2 / 3)
    assert table["row"]["conflict"]["n"] == 3
    assert table["row"]["look_only"]["value"] == 1.0
    assert "agree" not in table["row"]
    assert table["second annotator"] == {"conflict": table["second annotator"]["conflict"]}
    assert table["second annotator"]["conflict"]["value"] == 0.5
    assert table["second annotator"]["conflict"]["n"] == 2
    assert table["chance"]["conflict"] == {"value": 0.5, "low": None, "high": None, "n": 3}
    families = family_tables(triplets, [row])
    assert list(families) == ["conflict"]
    assert families["conflict"]["row"]["x"]["value"] == 1.0
    assert families["conflict"]["row"]["y"]["value"] == 0.0


def test_floors_are_unit_vectors_that_see_what_they_should() -> None:
    patches = np.random.default_rng(2).integers(0, 256, (6, 6, 3), dtype=np.uint8)
    picture = Image.fromarray(patches).resize((90, 60), Image.Resampling.BICUBIC)
    mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    for floor in FLOORS.values():
        vector = floor(picture)
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
        assert float(vector @ floor(picture.resize((180, 120)))) > 0.9
    same = float(colour_histogram(picture) @ colour_histogram(mirrored))
    assert same == pytest.approx(1, abs=0.02)
    assert float(perceptual_hash(picture) @ perceptual_hash(mirrored)) < 0.5
    red, green = (Image.new("RGB", (90, 60), colour) for colour in ("red", "green"))
    assert float(colour_histogram(red) @ colour_histogram(green)) == 0.0
