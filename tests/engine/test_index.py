from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_embedder import ATTRIBUTE, RELATIONAL, fingerprint

from engine.library.health import recall_at
from engine.search import index as module
from engine.search.exact_index import ExactIndex
from engine.search.index import HnswIndex, Index, open_index
from engine.store import Batch, Embedded, Store
from engine.types import Float32, Vectors

DIMENSION = 24


def unit_rows(n: int, seed: int = 0, dimension: int = DIMENSION) -> Float32:
    rows = np.random.default_rng(seed).standard_normal((n, dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def exact(dimension: int) -> Index:
    return ExactIndex(np.empty(0, np.int64), np.empty((0, dimension), np.float32))


@pytest.fixture(params=[exact, HnswIndex], ids=["exact", "hnsw"])
def empty(request: pytest.FixtureRequest) -> Index:
    return request.param(DIMENSION)


def brute_force(vectors: Float32, ids: np.ndarray, query: Float32, k: int) -> list[int]:
    scores = vectors @ query
    return [int(ids[i]) for i in sorted(range(len(ids)), key=lambda i: (-scores[i], ids[i]))][:k]


def test_the_nearest_come_first_with_exact_scores(empty: Index) -> None:
    vectors, ids = unit_rows(500), np.arange(1000, 1500)
    empty.add(ids, vectors)
    for query in unit_rows(20, seed=1):
        hits = empty.query(query, 10)
        assert hits.ids.tolist() == brute_force(vectors, ids, query, 10)
        np.testing.assert_allclose(hits.scores, vectors[hits.ids - 1000] @ query, atol=1e-6)
        assert hits.scores.dtype == np.float32


def test_an_empty_index_finds_nothing(empty: Index) -> None:
    hits = empty.query(unit_rows(1)[0], 5, {1, 2})
    assert len(hits.ids) == len(hits.scores) == len(empty) == len(empty.ids()) == 0
    empty.remove(np.array([3]))
    empty.add(np.empty(0, np.int64), np.empty((0, DIMENSION), np.float32))
    assert len(empty) == 0


def test_more_than_there_are_is_all_there_are(empty: Index) -> None:
    empty.add(np.arange(30), unit_rows(30))
    assert sorted(empty.query(unit_rows(1, seed=2)[0], 1000).ids) == list(range(30))


def test_a_copy_of_the_query_is_found_when_the_query_is_excluded(empty: Index) -> None:
    vectors = unit_rows(50)
    vectors[[3, 7, 9]] = vectors[3]
    empty.add(np.arange(50), vectors)
    for own in (3, 7, 9):
        hits = empty.query(vectors[own], 5, {own})
        assert len(hits.ids) == 5
        assert own not in hits.ids
        assert set(hits.ids[:2]) == {3, 7, 9} - {own}


def test_exclusion_never_shortens_the_answer(empty: Index) -> None:
    empty.add(np.arange(100), unit_rows(100))
    excluded = set(range(60)) | {1000, 1001}
    hits = empty.query(unit_rows(1, seed=3)[0], 40, excluded)
    assert sorted(hits.ids) == list(range(60, 100))


def test_what_is_removed_is_never_found_until_it_is_added_again(empty: Index) -> None:
    vectors, ids = unit_rows(200), np.arange(200)
    empty.add(ids, vectors)
    empty.remove(np.array([0, 5, 5, 999]))
    assert len(empty) == 198
    assert {0, 5}.isdisjoint(empty.query(vectors[5], 200).ids)
    empty.add(ids[:6], vectors[:6])
    assert len(empty) == 200
    assert empty.query(vectors[5], 1).ids.tolist() == [5]
    assert empty.ids().tolist() == ids.tolist()


def test_an_id_that_is_there_keeps_its_vector(empty: Index) -> None:
    vectors = unit_rows(10)
    empty.add(np.arange(10), vectors)
    empty.add(np.arange(5, 15), unit_rows(10, seed=4))
    assert len(empty) == 15
    assert empty.query(vectors[7], 1).ids.tolist() == [7]


def test_it_grows_from_nothing_in_small_steps(empty: Index) -> None:
    vectors = unit_rows(3000)
    for start in range(0, 3000, 37):
        empty.add(np.arange(start, min(start + 37, 3000)), vectors[start : start + 37])
    assert len(empty) == 3000
    assert empty.memory() >= vectors.nbytes
    assert recall_at(empty, ExactIndex(np.arange(3000), vectors), vectors[::30], 10) > 0.99


def test_the_graph_finds_members_of_a_crowd_and_the_lonely() -> None:
    crowd = unit_rows(1)[0] + 0.02 * unit_rows(1500, seed=5)
    vectors = np.concatenate([crowd, unit_rows(1500, seed=6)]).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = np.arange(len(vectors))
    graph = HnswIndex(DIMENSION)
    graph.add(ids, vectors)
    assert recall_at(graph, ExactIndex(ids, vectors), vectors[::15], 10) >= 0.99


def test_ties_count_as_hits() -> None:
    vectors = np.repeat(unit_rows(2), 50, axis=0)
    graph = HnswIndex(DIMENSION)
    graph.add(np.arange(100), vectors)
    assert recall_at(graph, ExactIndex(np.arange(100), vectors), vectors[:4], 10) == 1.0
    assert recall_at(HnswIndex(DIMENSION), ExactIndex(np.arange(100), vectors), vectors, 10) == 0
    assert recall_at(graph, ExactIndex(np.arange(0), vectors[:0]), vectors, 10) == 1.0


@settings(max_examples=60, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["add", "remove"]), st.sets(st.integers(0, 40), max_size=12)),
        max_size=8,
    ),
    excluded=st.sets(st.integers(0, 50), max_size=20),
    k=st.integers(1, 30),
)
def test_both_agree_with_brute_force_after_any_history(
    steps: list[tuple[str, set[int]]], excluded: set[int], k: int
) -> None:
    vectors, held = unit_rows(41), set[int]()
    indexes = [exact(DIMENSION), HnswIndex(DIMENSION, capacity=1)]
    for step, chosen in steps:
        ids = np.array(sorted(chosen), np.int64)
        for index in indexes:
            if step == "add":
                index.add(ids, vectors[ids])
            else:
                index.remove(ids)
        held = held | chosen if step == "add" else held - chosen
    query = unit_rows(1, seed=7)[0]
    open_to = np.array(sorted(held - excluded), np.int64)
    for index in indexes:
        assert index.ids().tolist() == sorted(held)
        expected = brute_force(vectors[open_to], open_to, query, k)
        assert index.query(query, k, excluded).ids.tolist() == expected


def test_queries_go_on_while_vectors_are_added(empty: Index) -> None:
    vectors = unit_rows(2000)
    empty.add(np.arange(100), vectors[:100])
    wrong: list[str] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            for own in (3, 50, 99):
                if empty.query(vectors[own], 5).ids[0] != own:
                    wrong.append(f"{own} is not its own nearest")

    thread = threading.Thread(target=ask)
    thread.start()
    for start in range(100, 2000, 50):
        empty.add(np.arange(start, start + 50), vectors[start : start + 50])
    done.set()
    thread.join()
    assert wrong == []


# --- the saved graph -----------------------------------------------------------------------------


def saved(path: Path, n: int = 300) -> HnswIndex:
    graph = HnswIndex(DIMENSION)
    graph.add(np.arange(n), unit_rows(n))
    graph.remove(np.array([1, 2]))
    graph.save(path, "mine")
    return graph


def test_a_saved_graph_comes_back_and_can_grow(tmp_path: Path) -> None:
    graph = saved(tmp_path / "cache" / "graph")
    assert graph.unsaved == 0
    loaded = HnswIndex.load(tmp_path / "cache" / "graph", "mine", DIMENSION)
    assert loaded is not None
    assert loaded.ids().tolist() == graph.ids().tolist()
    query = unit_rows(1, seed=8)[0]
    assert loaded.query(query, 20).ids.tolist() == graph.query(query, 20).ids.tolist()
    loaded.add(np.arange(1, 400), np.concatenate([unit_rows(300)[1:], unit_rows(100, seed=9)]))
    assert len(loaded) == 400
    assert loaded.query(unit_rows(300)[2], 1).ids.tolist() == [2]


def test_what_cannot_be_trusted_is_not_loaded(tmp_path: Path) -> None:
    path, beside = tmp_path / "graph", tmp_path / "graph.json"
    saved(path)
    content, facts = path.read_bytes(), beside.read_text()

    def is_loaded(belongs_to: str = "mine") -> bool:
        return HnswIndex.load(path, belongs_to, DIMENSION) is not None

    assert is_loaded()
    assert not is_loaded("another library")
    path.write_bytes(content[: len(content) // 2])
    assert not is_loaded()
    middle = len(content) // 2
    path.write_bytes(content[:middle] + b"\xff" + content[middle + 1 :])
    assert not is_loaded()
    path.write_bytes(content)
    for damaged in ("", "{}", "[1]", facts.replace('"format": 1', '"format": 2')):
        beside.write_text(damaged)
        assert not is_loaded()
    beside.unlink()
    assert not is_loaded()
    beside.write_text(facts)
    assert is_loaded()
    path.unlink()
    assert not is_loaded()


# --- beside the library --------------------------------------------------------------------------


@pytest.fixture
def small_scans(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "EXACT_UP_TO", 100)
    monkeypatch.setattr(module, "_WORTH_SAVING", 10)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store.open(tmp_path / "library")) as store:
        yield store


def fill(store: Store, n: int, folder: str = "/pictures") -> None:
    """Make the folder hold n images."""
    root = Path(folder).absolute()
    with store.intake() as intake:
        intake.register([root], [], [(root / f"{i:05}.png", 1, 1) for i in range(n)])
        files = intake.plan(RELATIONAL, ATTRIBUTE).to_read
        if files:
            start = len(store.image_ids(RELATIONAL))
            vectors = Vectors(
                unit_rows(len(files), seed=start), unit_rows(len(files), start, ATTRIBUTE.dimension)
            )
            new = [Embedded(str(file.path), file.file_id) for file in files]
            intake.commit(Batch(new, vectors), RELATIONAL, ATTRIBUTE)


def assert_up_to_date(index: Index, store: Store) -> None:
    ids, vectors = store.all_vectors(RELATIONAL)
    assert index.ids().tolist() == ids.tolist()
    assert [index.query(vector, 1).ids[0] for vector in vectors[::7]] == ids[::7].tolist()


@pytest.mark.usefixtures("small_scans")
def test_the_choice_follows_the_size(store: Store, tmp_path: Path) -> None:
    assert open_index(store, RELATIONAL, tmp_path).kind == "exact"
    fill(store, 100)
    small = open_index(store, RELATIONAL, tmp_path)
    assert small.kind == "exact"
    assert_up_to_date(small, store)
    assert open_index(store, RELATIONAL, tmp_path, small) is small
    fill(store, 101)
    large = open_index(store, RELATIONAL, tmp_path, small)
    assert large.kind == "hnsw"
    assert_up_to_date(large, store)


@pytest.mark.usefixtures("small_scans")
@pytest.mark.parametrize("kept", [True, False], ids=["in use", "from the cache"])
def test_it_is_brought_up_to_date(store: Store, tmp_path: Path, kept: bool) -> None:
    fill(store, 200)
    fill(store, 20, "/stick")
    index = open_index(store, RELATIONAL, tmp_path)
    current = index if kept else None
    fill(store, 230)
    assert_up_to_date(open_index(store, RELATIONAL, tmp_path, current), store)
    with store.intake() as intake:
        intake.register([], [Path("/stick").absolute()], [])
        intake.plan(RELATIONAL, ATTRIBUTE)
    assert_up_to_date(open_index(store, RELATIONAL, tmp_path, current), store)
    fill(store, 20, "/stick")
    fill(store, 105)
    assert_up_to_date(open_index(store, RELATIONAL, tmp_path, current), store)


@pytest.mark.usefixtures("small_scans")
def test_a_cache_is_used_and_may_be_deleted_or_damaged(store: Store, tmp_path: Path) -> None:
    fill(store, 150)
    cache = tmp_path / "cache"
    open_index(store, RELATIONAL, cache)
    (graph,) = cache.glob("*.hnsw")
    written = graph.stat().st_mtime_ns
    assert_up_to_date(open_index(store, RELATIONAL, cache), store)
    assert graph.stat().st_mtime_ns == written
    graph.write_bytes(b"no graph")
    assert_up_to_date(open_index(store, RELATIONAL, cache), store)
    assert graph.stat().st_mtime_ns != written
    graph.unlink()
    assert_up_to_date(open_index(store, RELATIONAL, cache), store)


@pytest.mark.usefixtures("small_scans")
def test_another_library_s_cache_is_not_used(store: Store, tmp_path: Path) -> None:
    fill(store, 150)
    open_index(store, RELATIONAL, tmp_path / "cache")
    with closing(Store.open(tmp_path / "other")) as other:
        fill(other, 150, "/elsewhere")
        assert_up_to_date(open_index(other, RELATIONAL, tmp_path / "cache"), other)


@pytest.mark.usefixtures("small_scans")
def test_a_library_restored_from_a_copy_does_not_trust_its_cache(
    store: Store, tmp_path: Path
) -> None:
    fill(store, 120)
    copy = tmp_path / "copy"
    copy.mkdir()
    store.close()
    for file in store.directory.glob("library.sqlite3*"):
        (copy / file.name).write_bytes(file.read_bytes())
    with closing(Store.open(store.directory)) as original, closing(Store.open(copy)) as restored:
        fill(original, 200)
        fill(restored, 80, "/elsewhere")
        open_index(original, RELATIONAL, tmp_path / "cache")
        assert_up_to_date(open_index(restored, RELATIONAL, tmp_path / "cache"), restored)


@pytest.mark.usefixtures("small_scans")
def test_a_cache_that_cannot_be_written_is_done_without(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    fill(store, 150)
    (tmp_path / "file").write_text("in the way")
    assert_up_to_date(open_index(store, RELATIONAL, tmp_path / "file" / "cache"), store)
    assert "not saved" in caplog.text


def test_an_index_holds_one_fingerprint(store: Store, tmp_path: Path) -> None:
    fill(store, 20)
    other = fingerprint("relational", weights="f" * 64)
    assert len(open_index(store, other, tmp_path)) == 0
    assert len(open_index(store, RELATIONAL, tmp_path)) == 20
