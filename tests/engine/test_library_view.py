"""The library as seen from a picture, by one of two models and never by both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from two_models import LOOK, TwoModelLibrary, random_rows

from engine.search.answers import Picture
from engine.understanding.library_view import View, Views

SEEN = range(0, 60, 2)
"""What the large model has seen of 60 images."""


@pytest.fixture
def library(tmp_path: Path) -> Iterator[TwoModelLibrary]:
    with closing(TwoModelLibrary(tmp_path, 60, SEEN)) as opened:
        yield opened


def models(library: TwoModelLibrary) -> Any:
    return SimpleNamespace(small=library.small, large=library.large, attribute=LOOK)


def picture(library: TwoModelLibrary, position: int) -> Picture:
    return Picture(
        library.relational[position],
        library.looks_of_all[position],
        library.by_large[position],
        int(library.ids[position]),
    )


def views(library: TwoModelLibrary) -> Views:
    engine: Any = SimpleNamespace(store=library.store)
    return Views(engine)


def test_the_large_model_ranks_what_it_knows_and_nothing_else(library: TwoModelLibrary) -> None:
    view = views(library).of(models(library), picture(library, 4))
    others = [position for position in SEEN if position != 4]
    assert view.ids.tolist() == library.ids[others].tolist()
    expected = library.by_large[others] @ library.by_large[4]
    np.testing.assert_allclose(view.relational, expected, atol=1e-6)
    looks = library.looks_of_all[others] @ library.looks_of_all[4]
    np.testing.assert_allclose(view.attribute, looks, atol=2e-3)
    assert (view.searcher.model, view.looks_model) == ("large", "small")
    pairs = library.large.sample().pairs
    np.testing.assert_array_equal(
        view.relational_percentiles(view.relational), pairs.percentile(view.relational)
    )


def test_the_small_model_ranks_all_where_the_large_one_may_not(library: TwoModelLibrary) -> None:
    view = views(library).of(models(library), picture(library, 4), by_large=False)
    others = [position for position in range(60) if position != 4]
    assert view.ids.tolist() == library.ids[others].tolist()
    expected = library.relational[others] @ library.relational[4]
    np.testing.assert_allclose(view.relational, expected, atol=1e-6)
    assert view.searcher.model == "small"


def test_ranks_count_from_one_and_break_ties_by_id(library: TwoModelLibrary) -> None:
    view = views(library).of(models(library), picture(library, 0), by_large=False)
    order = view.best(view.relational, len(view.ids))
    assert np.all(np.diff(view.relational[order]) <= 0)
    for place, row in enumerate(order.tolist(), start=1):
        assert view.rank(view.relational, 0.0, int(view.ids[row])) == place
    equal = np.full_like(view.relational, 0.5)
    tied = View(view.ids, equal, equal, view.searcher, "small")
    assert tied.best(equal, 5).tolist() == [0, 1, 2, 3, 4]
    assert tied.rank(equal, 0.5, int(view.ids[7])) == 8


def test_a_picture_from_outside_has_the_place_that_it_would_have(library: TwoModelLibrary) -> None:
    vectors = random_rows(1, 8, 99)[0], random_rows(1, 5, 98)[0]
    view = views(library).of(models(library), Picture(*vectors), by_large=False)
    assert len(view.ids) == 60
    best = float(view.relational.max())
    assert view.rank(view.relational, best + 0.01, None) == 1
    assert view.rank(view.relational, float(view.relational.min()) - 0.01, None) == 61
