"""The history of comparisons in the store."""

from __future__ import annotations

import math
import os
from pathlib import Path

import pytest
from tiny_library import Library

from engine.store import comparisons
from engine.store.store import Store

A, B, C = Path("/pictures/a.png"), Path("/pictures/b.png"), Path("/pictures/c.png")


def add(store: Store, a: Path, b: Path, model: str = "small", score: float = 0.5) -> int:
    return store.add_comparison((a, b), model, relational=score, attribute=0.25, percentile=90.0)


def test_comparisons_are_remembered_newest_first(library: Library) -> None:
    store = library.store
    unspeakable = Path(os.fsdecode(b"/pictures/\xff.png"))
    assert store.comparisons() == []
    first = add(store, A, B)
    second = store.add_comparison(
        (unspeakable, C), "small", relational=-0.5, attribute=0.1, percentile=math.nan
    )
    newest, oldest = store.comparisons()
    assert (newest.comparison_id, oldest.comparison_id) == (second, first)
    assert (newest.a, newest.b) == (unspeakable, C)
    assert math.isnan(newest.percentile)
    assert (oldest.relational, oldest.attribute, oldest.percentile) == (0.5, 0.25, 90.0)
    assert oldest.time <= newest.time


def test_a_pair_stands_once_for_each_model(library: Library) -> None:
    store = library.store
    add(store, A, B)
    add(store, A, C)
    again = add(store, B, A, score=0.75)
    other = add(store, A, B, "large")
    found = store.comparisons()
    assert [one.comparison_id for one in found][:2] == [other, again]
    assert [(one.a, one.b, one.relational) for one in found][1:] == [(B, A, 0.75), (A, C, 0.5)]


def test_what_is_forgotten_comes_back_as_it_was(library: Library) -> None:
    store = library.store
    first, second = add(store, A, B), add(store, A, C)
    before = store.comparisons()
    (removed,) = store.remove_comparisons([first, 99])
    assert removed.comparison_id == first
    assert [one.comparison_id for one in store.comparisons()] == [second]
    store.restore_comparisons([removed])
    assert store.comparisons() == before
    assert len(store.remove_comparisons()) == 2
    assert store.comparisons() == []
    third = add(store, A, B)
    assert third > second, "ids are never used again"


def test_the_oldest_are_dropped(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparisons, "MOST", 3)
    ids = [add(library.store, A, Path(f"/pictures/{n}.png")) for n in range(5)]
    assert [one.comparison_id for one in library.store.comparisons()] == ids[:1:-1]
