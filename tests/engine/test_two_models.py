"""Two models on one library: vectors side by side, each picture embedded once by each."""

from __future__ import annotations

import os
import shutil
import threading
import weakref
from contextlib import closing

import numpy as np
import pytest
from tiny_embedder import ATTRIBUTE, RELATIONAL, TinyEmbedder
from tiny_library import Library, counts, names

from engine.jobs import Cancelled, JobControl
from engine.library.pipeline import IndexingPipeline
from engine.model_thread import ModelThread
from engine.types import IndexReport


def test_a_new_model_embeds_everything_again_and_the_old_one_nothing(library: Library) -> None:
    library.draw("a.png", "b.png")
    library.index()
    old, old_models = library.embedder, library.models
    library.embedder = TinyEmbedder(weights="1" * 64)
    library.models = ModelThread(lambda: library.embedder)
    assert counts(library.index()) == (2, 0, 0, 0)
    library.models.close()
    library.embedder, library.models = old, old_models
    assert counts(library.index()) == (0, 2, 0, 0)
    assert old.embedded == 2
    assert library.store.counts().images == 2


def second_pass(library: Library, embedder: TinyEmbedder) -> IndexReport:
    """Index with another model, which gives no attributes."""

    def load() -> TinyEmbedder:
        embedder.closed = False
        return embedder

    with closing(ModelThread(load)) as models:
        report = IndexingPipeline(
            library.store, models, relational=embedder.fingerprint, attribute=None
        ).run([library.pictures])
    assert report.found == report.indexed + report.reused + len(report.failed) + report.skipped
    assert library.store.problems() == []
    return report


def large_embedder() -> TinyEmbedder:
    return TinyEmbedder(weights="2" * 64, attributes=False)


def test_a_second_model_without_attributes_keeps_its_vectors_beside_the_first(
    library: Library,
) -> None:
    library.draw(*names(20))
    shutil.copyfile(library.pictures / "000.png", library.pictures / "copy.png")
    (library.pictures / "bad.png").write_bytes(b"broken")
    library.index()
    ids, relational = library.store.all_vectors(RELATIONAL)
    attribute = library.store.vectors(ATTRIBUTE, ids.tolist())

    large = large_embedder()
    first = second_pass(library, large)
    assert counts(first) == (20, 1, 1, 0)
    assert counts(second_pass(library, large)) == (0, 21, 1, 0)
    assert large.embedded == 20
    assert counts(library.index()) == (0, 21, 1, 0)
    assert library.embedder.embedded == 20

    assert library.store.image_ids(large.fingerprint).tolist() == ids.tolist()
    again, unchanged = library.store.all_vectors(RELATIONAL)
    assert np.array_equal(again, ids)
    assert np.array_equal(unchanged, relational)
    assert np.array_equal(library.store.vectors(ATTRIBUTE, ids.tolist()), attribute)
    assert not np.allclose(library.store.vectors(large.fingerprint, ids.tolist()), relational)


def test_a_second_pass_does_not_try_again_what_failed_in_the_first(library: Library) -> None:
    (path,) = library.draw("a.png")
    good = path.read_bytes()
    path.write_bytes(bytes(len(good)))
    os.utime(path, ns=(0, 5))
    before = library.index().failed
    assert [failure.path for failure in before] == [path]
    path.write_bytes(good)  # would be indexed if it were read
    os.utime(path, ns=(0, 5))
    large = large_embedder()
    assert second_pass(library, large).failed == before
    assert large.embedded == 0


def test_a_picture_stays_indexed_while_it_waits_for_a_second_model(library: Library) -> None:
    library.draw(*names(40))
    library.index()
    large, control, seen = large_embedder(), JobControl(), []

    def cancel(*_: object) -> None:
        seen.append(set(library.states().values()))
        control.cancel()

    with closing(ModelThread(lambda: large)) as models:
        pipeline = IndexingPipeline(
            library.store, models, relational=large.fingerprint, attribute=None, on_batch=cancel
        )
        with pytest.raises(Cancelled):
            pipeline.run([library.pictures], control)
    assert all(states == {"indexed"} for states in seen)
    kept = len(library.store.image_ids(large.fingerprint))
    assert kept == large.embedded < 40
    assert len(library.store.image_ids(RELATIONAL)) == 40
    assert counts(second_pass(library, large)) == (40 - kept, kept, 0, 0)
    assert large.embedded == 40


def test_what_only_a_second_model_cannot_read_is_not_lost_to_the_first(library: Library) -> None:
    path, _ = library.draw("a.png", "b.png")
    library.index()
    image_id, status = library.store.image_at(path), path.stat()
    path.write_bytes(bytes(status.st_size))
    os.utime(path, ns=(0, status.st_mtime_ns))
    large = large_embedder()
    for _ in range(2):
        report = second_pass(library, large)
        assert [failure.path for failure in report.failed] == [path]
        assert report.indexed + report.reused == 1
    assert library.store.image_at(path) == image_id
    assert set(library.states().values()) == {"indexed"}
    assert counts(library.index()) == (0, 2, 0, 0)


def test_a_large_model_is_unloaded_during_a_pause_and_comes_back(library: Library) -> None:
    library.draw(*names(60))
    unloaded, paused, control, loads = threading.Event(), threading.Event(), JobControl(), []

    def pause_once(*_: object) -> None:
        if not paused.is_set():
            unloaded.clear()
            control.pause()
            paused.set()

    def load() -> TinyEmbedder:
        large = large_embedder()
        loads.append(large.fingerprint)
        weakref.finalize(large, unloaded.set)
        return large

    with closing(ModelThread(load, idle_s=0.05)) as models:
        pipeline = IndexingPipeline(
            library.store,
            models,
            relational=large_embedder().fingerprint,
            attribute=None,
            on_batch=pause_once,
        )
        reports: list[IndexReport] = []
        run = threading.Thread(
            target=lambda: reports.append(pipeline.run([library.pictures], control))
        )
        run.start()
        assert paused.wait(30)
        assert unloaded.wait(30)
        assert len(library.store.image_ids(large_embedder().fingerprint)) < 60
        control.resume()
        run.join(30)
    assert counts(reports[0]) == (60, 0, 0, 0)
    assert len(loads) >= 2


def test_an_error_that_is_kept_does_not_keep_a_large_model(library: Library) -> None:
    library.draw(*names(30))
    unloaded = threading.Event()

    class Breaking(TinyEmbedder):
        def embed(self, prepared):  # type: ignore[no-untyped-def]
            if self.embedded:
                raise MemoryError("out of memory")
            return super().embed(prepared)

    def load() -> TinyEmbedder:
        large = Breaking(weights="2" * 64, attributes=False)
        weakref.finalize(large, unloaded.set)
        return large

    with closing(ModelThread(load, idle_s=0.05)) as models:
        pipeline = IndexingPipeline(
            library.store, models, relational=large_embedder().fingerprint, attribute=None
        )
        with pytest.raises(MemoryError) as kept:
            pipeline.run([library.pictures])
        assert unloaded.wait(30)
        assert "out of memory" in str(kept.value)
