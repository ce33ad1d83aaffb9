"""Answers of two models on one library; each order is worked out by hand beside it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from two_models import LARGE, LOOK, SMALL, TwoModelLibrary, random_rows

from engine.errors import QueryError
from engine.search import answers as answers_module
from engine.search.answers import Answers, Picture, Question, Ranked, Wishes
from engine.search.ranking import collapse_alike
from engine.types import Float32, Vectors

Make = Callable[..., TwoModelLibrary]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Makes libraries; see `TwoModelLibrary`."""
    opened: list[TwoModelLibrary] = []

    def new(n: int, by_large: Collection[int], **options: object) -> TwoModelLibrary:
        directory = tmp_path / str(len(opened))
        opened.append(TwoModelLibrary(directory, n, by_large, **options))  # type: ignore[arg-type]
        return opened[-1]

    yield new
    for library in opened:
        library.close()


QUERY = Picture(
    random_rows(1, SMALL.dimension, 91)[0],
    random_rows(1, LOOK.dimension, 92)[0],
    random_rows(1, LARGE.dimension, 93)[0],
)


def ask(
    library: TwoModelLibrary,
    k: int = 1000,
    *,
    query: Picture = QUERY,
    surprise: float = 0.0,
    collapse: bool = False,
) -> Ranked:
    return library.answers.to_picture(query, library.looks, k, surprise=surprise, collapse=collapse)


def best_first(vectors: Float32, query: Float32) -> list[int]:
    """Image ids 1 to n."""
    return (np.argsort(-(vectors @ query), kind="stable") + 1).tolist()


def in_place(small: list[int], large: list[int], known: Collection[int]) -> list[int]:
    """The small order, where the known images take each other's places in the large order."""
    of_known = iter([image_id for image_id in large if image_id in known])
    return [next(of_known) if image_id in known else image_id for image_id in small]


def orders(library: TwoModelLibrary) -> tuple[list[int], list[int]]:
    assert QUERY.large is not None
    small = best_first(library.relational, QUERY.relational)
    return small, best_first(library.by_large, QUERY.large)


def test_a_complete_large_model_answers_alone(make: Make) -> None:
    library = make(30, range(30))
    ranked = ask(library)
    assert library.answers.is_complete()
    assert ranked.ids.tolist() == orders(library)[1]
    assert ranked.by_large.all()
    assert QUERY.large is not None
    expected = library.by_large[ranked.ids - 1] @ QUERY.large
    assert ranked.relational == pytest.approx(expected, abs=1e-6)
    looks = library.looks_of_all[ranked.ids - 1]  # stored in half precision
    assert ranked.attribute == pytest.approx(looks @ QUERY.attribute, abs=1e-3)


def test_a_large_model_that_has_seen_nothing_leaves_all_to_the_small(make: Make) -> None:
    library = make(30, [])
    ranked = ask(library)
    assert not library.answers.is_complete()
    assert ranked.ids.tolist() == orders(library)[0]
    assert not ranked.by_large.any()
    assert ranked.relational == pytest.approx(
        library.relational[ranked.ids - 1] @ QUERY.relational, abs=1e-6
    )


@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(1, 40),
    shares=st.lists(st.booleans(), min_size=40, max_size=40),
    seed=st.integers(0, 1000),
    k=st.integers(1, 45),
)
def test_a_part_is_ranked_again_in_its_places(
    n: int, shares: list[bool], seed: int, k: int
) -> None:
    by_large = [position for position in range(n) if shares[position]]
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(TwoModelLibrary(Path(folder), n, by_large, seed=3 * seed)) as library,
    ):
        small, large = orders(library)
        known = {position + 1 for position in by_large}
        expected = large if len(by_large) == n else in_place(small, large, known)
        ranked = ask(library, k)
        assert ranked.ids.tolist() == expected[:k]
        assert ranked.by_large.tolist() == [image_id in known for image_id in expected[:k]]
        assert QUERY.large is not None
        for row, image_id in enumerate(ranked.ids.tolist()):
            if image_id in known:
                score = library.by_large[image_id - 1] @ QUERY.large
            else:
                score = library.relational[image_id - 1] @ QUERY.relational
            assert ranked.relational[row] == pytest.approx(float(score), abs=1e-6)


def test_a_query_that_the_large_model_has_not_seen_gets_the_small_answer(make: Make) -> None:
    library = make(30, range(0, 30, 2))
    ranked = ask(library, query=replace(QUERY, large=None))
    assert ranked.ids.tolist() == orders(library)[0]
    assert not ranked.by_large.any()


def test_an_image_of_the_library_is_not_its_own_neighbor(make: Make) -> None:
    for by_large in ([], range(0, 30, 3), range(30)):
        library = make(30, by_large)
        for image_id in (1, 2):
            query = Picture(
                library.relational[image_id - 1],
                library.looks_of_all[image_id - 1],
                library.by_large[image_id - 1],
                image_id,
            )
            ranked = ask(library, query=query)
            assert image_id not in ranked.ids
            assert len(ranked.ids) == 29


def test_only_candidates_of_the_small_answer_are_ranked_again(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers_module, "_POOL", 10)
    library = make(60, range(0, 60, 2))
    small, large = orders(library)
    known = {position + 1 for position in range(0, 60, 2)}
    assert ask(library, 5).ids.tolist() == in_place(small[:10], large, known & {*small[:10]})[:5]
    assert ask(library, 20).ids.tolist() == in_place(small[:20], large, known & {*small[:20]})


def test_surprise_orders_each_model_s_pictures_by_its_own_measure(make: Make) -> None:
    known = [*range(0, 60, 2), 1, 3]
    library = make(60, known)
    assert QUERY.large is not None
    alike = library.looks_of_all @ QUERY.attribute
    scores = library.relational @ QUERY.relational, library.by_large @ QUERY.large
    small, large = (
        (
            np.argsort(-searcher.sample().pairs.surprise(score, alike, 0.7), kind="stable") + 1
        ).tolist()
        for searcher, score in zip((library.small, library.large), scores, strict=True)
    )
    ids = {position + 1 for position in known}
    assert small != orders(library)[0]
    assert ask(library, surprise=0.7).ids.tolist() == in_place(small, large, ids)
    complete = make(60, range(60))
    pairs = complete.large.sample().pairs
    expected = np.argsort(-pairs.surprise(scores[1], alike, 0.7), kind="stable") + 1
    assert ask(complete, surprise=0.7).ids.tolist() == expected.tolist()


@pytest.mark.parametrize("by_large", [[], range(0, 40, 2), range(40)], ids=["none", "part", "all"])
def test_near_identical_pictures_are_shown_once(make: Make, by_large: Collection[int]) -> None:
    library = make(40, by_large)
    plain = ask(library)
    library.looks_of_all[plain.ids[[5, 9]] - 1] = library.looks_of_all[plain.ids[1] - 1]
    library.looks_of_all[plain.ids[3] - 1] = QUERY.attribute
    looks = lambda ids: library.looks_of_all[np.asarray(ids) - 1]  # noqa: E731
    ranked = library.answers.to_picture(QUERY, looks, 20, surprise=0.0, collapse=True)
    kept = collapse_alike(looks(plain.ids), QUERY.attribute[None], 20)
    assert ranked.ids.tolist() == [plain.ids[position] for position, _ in kept]
    assert list(ranked.collapsed) == [tuple(plain.ids[list(others)].tolist()) for _, others in kept]
    assert plain.ids[3] not in ranked.ids
    assert ranked.copies[1] == 2


def test_percentiles_are_among_each_model_s_own_pairs(make: Make) -> None:
    library = make(60, range(0, 60, 2), reference=[0.1, 0.2, 0.3])
    ranked = ask(library)
    pairs = {True: library.large.sample().pairs, False: library.small.sample().pairs}
    assert not np.array_equal(pairs[True].relational, pairs[False].relational)
    for row, by_large in enumerate(ranked.by_large.tolist()):
        expected = pairs[by_large].percentile(ranked.relational[row : row + 1])[0]
        assert ranked.percentile[row] == expected
        assert 0 <= expected <= 100


def test_a_small_library_is_measured_by_the_small_model_s_reference(make: Make) -> None:
    library = make(10, range(0, 10, 2), reference=[-1.0, 1.0])
    ranked = ask(library)
    assert set(ranked.percentile[~ranked.by_large].tolist()) == {50.0}


def test_a_single_image_of_the_large_model_has_no_percentile(make: Make) -> None:
    library = make(60, [7])
    ranked = ask(library)
    assert ranked.by_large.sum() == 1
    assert np.isnan(ranked.percentile[ranked.by_large]).all()
    assert np.isfinite(ranked.percentile[~ranked.by_large]).all()


def test_what_the_large_model_cannot_embed_does_not_keep_it_from_answering(make: Make) -> None:
    library = make(100, range(1, 100))
    assert library.answers.is_complete()
    ranked = ask(library)
    assert ranked.by_large.all()
    assert ranked.ids.tolist() == [each for each in orders(library)[1] if each != 1]
    assert not make(100, range(2, 100)).answers.is_complete()


def test_images_that_only_the_large_model_has_seen_do_no_harm(make: Make) -> None:
    """A newer small model has the library before it: it has seen a part, the large one all."""
    library = make(40, range(40), by_small=range(0, 40, 2))
    expected = {library.store.image_of(str(position)) for position in range(0, 40, 2)}
    assert library.answers.is_complete()
    ranked = ask(library)
    assert set(ranked.ids.tolist()) == expected
    assert ranked.by_large.all()
    assert np.isfinite(ranked.percentile).all()
    assert set(ask(library, surprise=1.0).ids.tolist()) == expected


def test_a_large_model_catches_up_while_it_is_asked(make: Make) -> None:
    library = make(30, range(3))
    assert ask(library).by_large.sum() == 3
    library.learn(range(30), Vectors(library.by_large, None), LARGE, None)
    library.large.add(library.ids, library.by_large)  # as after each batch
    ranked = ask(library)
    assert ranked.by_large.all()
    assert ranked.ids.tolist() == orders(library)[1]


def test_without_a_large_model(make: Make) -> None:
    library = make(30, range(30))
    library.answers = Answers(library.small, None)
    assert ask(library).ids.tolist() == orders(library)[0]
    assert not library.answers.is_complete()


def test_an_empty_library_says_so(make: Make) -> None:
    library = make(0, [])
    assert not library.answers.is_complete()
    with pytest.raises(QueryError, match="Index a folder"):
        ask(library)


# Sentences

SENTENCE = random_rows(1, SMALL.dimension, 95)[0]
IN_ONE_SPACE = replace(LARGE, dimension=SMALL.dimension)
"""Of real models both live in the space of sentences."""


@pytest.mark.parametrize("by_large", [[], range(0, 40, 3), range(40)], ids=["none", "part", "all"])
def test_a_sentence(make: Make, by_large: Collection[int]) -> None:
    library = make(40, by_large, large=IN_ONE_SPACE)
    small = best_first(library.relational, SENTENCE)
    large = best_first(library.by_large, SENTENCE)
    known = {position + 1 for position in by_large}
    expected = large if len(known) == 40 else in_place(small, large, known)
    ranked = library.answers.to_sentence(SENTENCE, 25)
    assert ranked.ids.tolist() == expected[:25]
    assert ranked.by_large.tolist() == [image_id in known for image_id in expected[:25]]
    assert np.isnan(ranked.attribute).all()
    assert list(ranked.copies) == [0] * 25
    fits = {
        True: library.by_large[list(by_large)] @ SENTENCE,
        False: library.relational @ SENTENCE,
    }
    for row, seen in enumerate(ranked.by_large.tolist()):
        below = 100 * np.mean(fits[seen] < ranked.relational[row] - 1e-6)
        assert ranked.percentile[row] == pytest.approx(below, abs=1e-9)


def test_a_sentence_without_a_large_model(make: Make) -> None:
    library = make(20, range(20), large=IN_ONE_SPACE)
    alone = Answers(library.small, None).to_sentence(SENTENCE, 20)
    assert alone.ids.tolist() == best_first(library.relational, SENTENCE)
    assert not alone.by_large.any()


# Questions that a graph cannot answer

PLAIN = Question.of(QUERY)


def answer(library: TwoModelLibrary, k: int = 1000, **wishes: object) -> Ranked:
    how = Wishes(**wishes)  # type: ignore[arg-type]
    return library.answers.to_question(PLAIN, library.looks, k, how)


SHARES = pytest.mark.parametrize(
    "by_large", [[], range(0, 60, 3), range(60)], ids=["none", "part", "all"]
)


@SHARES
def test_a_filter_that_lets_everything_pass_changes_nothing(
    make: Make, by_large: Collection[int]
) -> None:
    library = make(60, by_large)
    plain, ranked = ask(library), answer(library, allowed=library.ids)
    assert ranked.ids.tolist() == plain.ids.tolist()
    assert ranked.by_large.tolist() == plain.by_large.tolist()
    assert (ranked.passing, ranked.of) == (60, 60)


@SHARES
def test_only_what_is_allowed_is_ranked_and_in_the_same_order(
    make: Make, by_large: Collection[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers_module, "_POOL", 10)
    library = make(60, by_large)
    allowed = np.arange(2, 61, 4)
    known = {position + 1 for position in by_large} & set(allowed.tolist())
    small, large = (
        [image_id for image_id in order if image_id in allowed] for order in orders(library)
    )
    complete = len(by_large) == 60
    ranked = answer(library, 12, allowed=allowed)
    expected = large if complete else in_place(small[:12], large, known & {*small[:12]})
    assert ranked.ids.tolist() == expected[:12]
    assert (ranked.passing, ranked.of) == (15, 60)
    assert answer(library, 12, allowed=np.array([7000])).ids.tolist() == []


@SHARES
def test_the_farthest_are_the_nearest_turned_around(
    make: Make, by_large: Collection[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = make(60, by_large)
    assert answer(library, farthest=True).ids.tolist() == ask(library).ids.tolist()[::-1]
    monkeypatch.setattr(answers_module, "_POOL", 10)
    few = answer(library, 5, farthest=True)
    small, large = (order[::-1] for order in orders(library))
    known = {position + 1 for position in by_large}
    if len(known) == 60:
        assert few.ids.tolist() == large[:5]
    else:
        assert few.ids.tolist() == in_place(small[:10], large, known & {*small[:10]})[:5]


@SHARES
def test_a_least_percentile_is_of_the_model_that_placed_the_image(
    make: Make, by_large: Collection[int]
) -> None:
    library = make(60, by_large)
    everything = ask(library)
    ranked = answer(library, min_percentile=60.0)
    passing = set(everything.ids[everything.percentile >= 60.0].tolist())
    assert set(ranked.ids.tolist()) == passing
    assert ranked.passing == len(passing)
    few = answer(library, 4, min_percentile=60.0)
    assert (few.passing, len(few.ids)) == (len(passing), 4)


def test_images_that_are_asked_about_pass_but_are_no_hits(make: Make) -> None:
    library = make(60, [])
    question = Question(QUERY.relational, exclude=frozenset([3, 7]))
    ranked = library.answers.to_question(
        question, library.looks, 100, Wishes(allowed=np.array([3, 4, 5]))
    )
    assert sorted(ranked.ids.tolist()) == [4, 5]
    assert ranked.passing == 3
    assert np.isnan(ranked.attribute).all()


@SHARES
def test_what_a_person_said_moves_images_within_each_model(
    make: Make, by_large: Collection[int]
) -> None:
    library = make(60, by_large)
    plain = ask(library)
    assert answer(library, moved=lambda ids: np.zeros(len(ids))).ids.tolist() == plain.ids.tolist()
    last = int(plain.ids[-1])
    moved = answer(library, moved=lambda ids: np.where(ids == last, 100.0, 0.0)).ids.tolist()
    assert moved[0] == last
