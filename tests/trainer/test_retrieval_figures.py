from __future__ import annotations

import numpy as np
import pytest

from trainer.contrastive.retrieval import caption_figures, naming_figures, relation_figures


def unit(rows: list[list[float]]) -> np.ndarray:
    array = np.array(rows, dtype=np.float32)
    return array / np.linalg.norm(array, axis=1, keepdims=True)


def test_pictures_that_find_their_captions() -> None:
    captions = np.eye(4, dtype=np.float32)
    own = np.array([0, 1, 2, 3, 0])
    figures = caption_figures(captions[own], captions, own)
    assert figures == {
        "caption_r1": 1.0,
        "caption_r10": 1.0,
        "caption_mrr": 1.0,
        "chance_caption_r1": 0.25,
    }


def test_the_rank_of_a_caption_decides() -> None:
    captions = np.eye(12, dtype=np.float32)
    vectors = unit([[12 - n for n in range(12)]] * 2)
    figures = caption_figures(vectors, captions, np.array([1, 11]))
    assert figures["caption_r1"] == 0.0
    assert figures["caption_r10"] == 0.5
    assert figures["caption_mrr"] == pytest.approx((1 / 2 + 1 / 12) / 2)


def test_a_model_that_says_the_same_of_everything_finds_nothing() -> None:
    captions = np.tile(unit([[1.0, 2.0]]), (20, 1))
    figures = caption_figures(captions[:5], captions, np.arange(5))
    assert figures["caption_r1"] == figures["caption_r10"] == 0.0
    assert figures["caption_mrr"] == pytest.approx(1 / 20)


def test_relations_among_pictures() -> None:
    vectors = unit([[1, 0, 0], [1, 0.1, 0], [0, 1, 0], [0, 1, 0.1], [0, 0, 1]])
    figures = relation_figures(vectors, ["a", "a", "b", "b", "alone"])
    assert figures["relation_p1"] == 1.0
    assert figures["relation_map"] == 1.0
    assert figures["chance_relation_p1"] == pytest.approx(1 / 4)
    figures = relation_figures(vectors, ["a", "b", "a", "b", "alone"])
    assert figures["relation_p1"] == 0.0
    assert figures["relation_map"] < 0.6


def test_there_are_no_figures_where_no_relation_is_shared() -> None:
    assert relation_figures(unit([[1, 0], [0, 1]]), ["a", "b"]) == {}


def test_a_picture_is_named_by_any_wording_of_its_relation() -> None:
    captions = np.eye(4, dtype=np.float32)  # two wordings of a, two of b
    own, relations = np.array([0, 1, 2, 3]), ["a", "a", "b", "b"]
    figures = naming_figures(captions[[1, 0, 1, 3]], captions, own, relations)
    assert figures == {"named_relation": 0.75, "chance_named_relation": 0.5}
