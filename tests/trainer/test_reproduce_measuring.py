"""What vectors find among test pictures: figures that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.reproduce.measuring import TestSet
from trainer.scenes import NONE

RELATIONS = ["ring", "ring", "ring", "grid", "grid", "grid", NONE, NONE]
SUBJECTS = ["cat", "dog", "sun", "cat", "dog", "sun", "", ""]


def one_hot(names: list[str]) -> np.ndarray:
    found, codes = np.unique(np.array(names), return_inverse=True)
    return np.eye(len(found), dtype=np.float32)[codes]


@pytest.fixture
def test_set() -> TestSet:
    return TestSet(RELATIONS, SUBJECTS)


def test_vectors_of_the_relation_find_everything(test_set: TestSet) -> None:
    found = test_set.estimates(test_set.ask(one_hot(RELATIONS)))
    values = {name: estimate.value for name, estimate in found.items()}
    assert values == {
        "score": 10,
        "relation": 1,
        "r10": 1,
        "map": 1,
        "conflict": 1,
        "subject": 0,
    }
    assert found["score"].n == 6, "distractors ask nothing"


def test_vectors_of_the_subject_find_the_subject(test_set: TestSet) -> None:
    found = test_set.estimates(test_set.ask(one_hot(SUBJECTS)))
    assert found["relation"].value == 0
    assert found["subject"].value == 1
    assert found["conflict"].value == 0


def test_the_query_itself_is_no_answer_and_a_twin_is(test_set: TestSet) -> None:
    vectors = one_hot([str(number) for number in range(8)])
    vectors[1] = vectors[0]  # two pictures of one relation that look the same
    outcome = test_set.ask(vectors)
    assert outcome.nearest[0, 0] == 1
    assert outcome.nearest[1, 0] == 0
    assert not any(query in row for query, row in enumerate(outcome.nearest))


def test_equal_vectors_find_what_an_order_by_lot_finds() -> None:
    relations = [name for name in ("ring", "grid", "row", "tree") for _ in range(30)] + [NONE] * 40
    subjects = [str(number % 30) for number in range(120)] + [""] * 40
    test_set = TestSet(relations, subjects)
    chance = test_set.by_lot()
    rng = np.random.default_rng(1)
    tries = []
    for _ in range(30):
        vectors = rng.normal(size=(160, 8)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        found = test_set.estimates(test_set.ask(vectors))
        tries.append([found[name].value for name in ("relation", "r10", "conflict", "subject")])
    expected = [chance[name] for name in ("relation", "r10", "conflict", "subject")]
    assert np.mean(tries, axis=0) == pytest.approx(expected, abs=0.04)
    blind = test_set.estimates(test_set.ask(np.ones((160, 1), np.float32)))
    assert blind["conflict"].value == 0.5, "ties count half"
    assert blind["relation"].value < 0.6, "the order of places tells nothing"


def test_captions_of_the_own_relation_come_first(test_set: TestSet) -> None:
    space = np.eye(3, dtype=np.float32)
    texts, owners = space[[0, 0, 1, 1]], ["ring", "ring", "grid", "grid"]
    right = test_set.captions(space[[0, 0, 0, 1, 1, 1, 2, 2]], texts, owners)
    assert right["caption_r1"].value == 1
    assert right["caption_rank"].value == 1
    wrong = test_set.captions(space[[1, 1, 1, 0, 0, 0, 2, 2]], texts, owners)
    assert wrong["caption_r1"].value == 0
    assert wrong["caption_rank"].value == 3, "both captions of the other come before"


def test_one_method_against_another(test_set: TestSet) -> None:
    good, bad = test_set.ask(one_hot(RELATIONS)), test_set.ask(one_hot(SUBJECTS))
    found = test_set.compare(good, bad)
    assert found["difference"]["value"] == 10
    assert found["conflict"]["value"] == 1
    least = test_set.estimates(bad)["map"].value
    assert found["map"]["value"] == pytest.approx(1 - least, abs=1e-5)
    assert (found["wins"]["value"], found["ties"]["value"], found["losses"]["value"]) == (1, 0, 0)
    assert test_set.compare(bad, good)["losses"]["value"] == 1
    assert test_set.compare(good, good)["ties"]["value"] == 1


def test_a_perfect_score_on_few_relations_is_not_certain(test_set: TestSet) -> None:
    perfect, blind = (test_set.ask(one_hot(names)) for names in (RELATIONS, SUBJECTS))
    found = test_set.estimates(perfect)
    for name, most in (("score", 10), ("relation", 1), ("conflict", 1)):
        assert found[name].value == found[name].high == most
        low = found[name].low
        assert low is not None
        assert low < 0.2 * most, "two relations say next to nothing"
    lead = test_set.compare(perfect, blind)
    assert lead["difference"]["value"] == 10
    assert lead["difference"]["low"] < 0
    assert lead["wins"]["low"] < 0.2
