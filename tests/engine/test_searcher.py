"""Scans beside a graph: the same scores, and as much up to date as the library."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from two_models import LOOK, SMALL, TwoModelLibrary, random_rows

from engine.errors import QueryError
from engine.search import index as module
from engine.search.answers import Answers, Question, Wishes
from engine.types import Vectors


@pytest.fixture
def graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TwoModelLibrary]:
    """A library of 60 images of which 50 are embedded, large enough for a graph."""
    monkeypatch.setattr(module, "EXACT_UP_TO", 20)
    with closing(TwoModelLibrary(tmp_path, 60, [], by_small=range(50))) as library:
        assert library.small.index().kind == "hnsw"
        yield library


QUERY = random_rows(1, SMALL.dimension, 91)[0]


def test_a_scan_scores_every_image(graph: TwoModelLibrary) -> None:
    hits = graph.small.scan(QUERY)
    assert hits.ids.tolist() == list(range(1, 51))
    assert hits.scores == pytest.approx(graph.relational[:50] @ QUERY, abs=1e-6)


@pytest.mark.parametrize("allowed", [[], [3], [3, 4, 50, 51, 9000], list(range(2, 50))])
def test_a_scan_of_some(graph: TwoModelLibrary, allowed: list[int]) -> None:
    hits = graph.small.scan(QUERY, np.array(allowed, np.int64))
    there = [image_id for image_id in allowed if image_id <= 50]
    assert hits.ids.tolist() == there
    expected = graph.relational[np.array(there, np.intp) - 1] @ QUERY
    assert hits.scores == pytest.approx(expected, abs=1e-6)


def test_a_scan_follows_the_library(graph: TwoModelLibrary) -> None:
    assert len(graph.small.scan(QUERY).ids) == 50
    graph.learn(range(60), Vectors(graph.relational, graph.looks_of_all), SMALL, LOOK)
    new = np.arange(51, 61)
    graph.small.add(new, graph.relational[50:])  # as after each batch
    assert graph.small.scan(QUERY, new).ids.tolist() == new.tolist()
    (folder,) = graph.store.folders()
    graph.store.remove_folder(folder.folder_id)
    graph.small.refresh()
    with pytest.raises(QueryError, match="empty"):
        graph.small.scan(QUERY)


def test_a_graph_and_a_scan_answer_alike(graph: TwoModelLibrary) -> None:
    answers, question = Answers(graph.small, None), Question(QUERY)
    walked = answers.to_question(question, graph.looks, 20, Wishes())
    scanned = answers.to_question(question, graph.looks, 20, Wishes(allowed=graph.ids))
    assert walked.ids.tolist() == scanned.ids.tolist()
    assert walked.percentile.tolist() == scanned.percentile.tolist()
    assert (walked.passing, scanned.passing) == (50, 50)
