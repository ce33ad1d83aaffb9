from __future__ import annotations

import os
import shutil
import threading

import numpy as np
import pytest
from tiny_embedder import ATTRIBUTE, RELATIONAL, TinyEmbedder, draw_picture
from tiny_library import Library, counts, names

from engine.errors import KnownError, LibraryError, ModelError
from engine.imaging import decode
from engine.jobs import Cancelled, JobControl
from engine.library.pipeline import IndexingPipeline
from engine.library.thumbnails import ThumbnailCache
from engine.model_thread import ModelThread
from engine.types import IndexReport


def test_a_folder_becomes_searchable(library: Library) -> None:
    paths = library.draw(*names(20), "in/deep/a.png", "in/b.webp")
    report = library.index()
    assert counts(report) == (22, 0, 0, 0)
    assert report.model == "tiny"
    assert set(library.states().values()) == {"indexed"}
    for path in paths:
        image = decode(path, min_side=library.embedder.min_side)
        expected = library.embedder.embed([library.embedder.prepare(image)])
        image_id = library.store.image_at(path)
        assert image_id is not None
        assert library.store.path_of(image_id) == path
        np.testing.assert_allclose(
            library.store.vectors(RELATIONAL, [image_id]), expected.relational, atol=1e-6
        )
        np.testing.assert_allclose(
            library.store.vectors(ATTRIBUTE, [image_id]), expected.attribute, atol=1e-3
        )


def test_the_second_run_opens_and_embeds_nothing(library: Library) -> None:
    for path in library.draw(*names(10)):
        os.utime(path, ns=(0, 5))
    library.index()
    before = library.embedder.embedded
    for path in library.pictures.iterdir():
        status = path.stat()
        path.write_bytes(b"\0" * status.st_size)  # would fail if it were opened
        os.utime(path, ns=(0, 5))
    assert counts(library.index()) == (0, 10, 0, 0)
    assert library.embedder.embedded == before


def test_the_model_is_not_loaded_for_nothing(library: Library) -> None:
    library.draw("a.png")
    library.index()

    def refuse() -> TinyEmbedder:
        raise ModelError("damaged")

    library.models.close()
    library.models = ModelThread(refuse)
    assert counts(library.index()) == (0, 1, 0, 0)
    library.draw("b.png")
    with pytest.raises(ModelError, match="damaged"):
        library.index()


def test_every_kind_of_file_is_counted_once(library: Library) -> None:
    library.draw("good.png", "other.jpg")
    shutil.copy(library.pictures / "good.png", library.pictures / "copy.png")
    (library.pictures / "empty.png").touch()
    (library.pictures / "cut.jpg").write_bytes((library.pictures / "other.jpg").read_bytes()[:300])
    (library.pictures / "text.gif").write_text("no picture")
    (library.pictures / "painting.xcf").write_bytes(b"painting")
    (library.pictures / "notes.txt").write_text("not found at all")
    report = library.index()
    assert counts(report) == (2, 1, 3, 1)
    assert [failure.path.name for failure in report.failed] == ["cut.jpg", "empty.png", "text.gif"]
    assert all(failure.reason for failure in report.failed)
    assert library.store.failures() == list(report.failed)
    again = library.index()
    assert counts(again) == (0, 3, 3, 1)
    assert again.failed == report.failed


def test_a_mended_file_is_indexed(library: Library) -> None:
    (library.pictures / "a.png").write_bytes(b"broken")
    assert counts(library.index()) == (0, 0, 1, 0)
    library.draw("a.png")
    assert counts(library.index()) == (1, 0, 0, 0)
    assert library.store.failures() == []


def test_moved_renamed_and_copied_files_cost_no_embedding(library: Library) -> None:
    one, two, three = library.draw("one.png", "two.png", "three.png")
    library.index()
    ids = [library.store.image_at(path) for path in (one, two, three)]
    (library.pictures / "in").mkdir()
    one.rename(library.pictures / "in" / "one.png")
    two.rename(library.pictures / "zwei.png")
    shutil.copyfile(three, library.pictures / "copy.png")
    assert counts(library.index()) == (0, 4, 0, 0)
    places = [library.pictures / name for name in ("in/one.png", "zwei.png", "copy.png")]
    assert [library.store.image_at(path) for path in places] == ids
    assert library.embedder.embedded == 3
    assert library.store.counts().images == 3


def test_copies_in_one_run_are_embedded_once(library: Library) -> None:
    (original,) = library.draw("a.png")
    for number in range(60):
        shutil.copyfile(original, library.pictures / f"copy {number}.png")
    assert counts(library.index()) == (1, 60, 0, 0)
    assert library.embedder.embedded == 1
    assert set(library.states().values()) == {"indexed"}


def test_copies_of_a_broken_file_fail_alike(library: Library) -> None:
    for number in range(30):
        (library.pictures / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"broken" * 20)
    report = library.index()
    assert counts(report) == (0, 0, 30, 0)
    assert len({failure.reason for failure in report.failed}) == 1


def test_a_changed_file_shows_its_new_picture(library: Library) -> None:
    (path,) = library.draw("a.png")
    library.index()
    before = library.store.image_at(path)
    draw_picture(path, seed=99)
    assert counts(library.index()) == (1, 0, 0, 0)
    assert library.store.image_at(path) != before
    assert len(library.store.all_vectors(RELATIONAL)[0]) == 1


def test_a_deleted_file_is_hidden_and_comes_back_for_nothing(library: Library) -> None:
    path, _ = library.draw("a.png", "b.png")
    content = path.read_bytes()
    library.index()
    path.unlink()
    assert counts(library.index()) == (0, 1, 0, 0)
    assert library.states() == {"b.png": "indexed"}
    path.write_bytes(content)
    assert counts(library.index()) == (0, 2, 0, 0)
    assert library.embedder.embedded == 2


@pytest.mark.parametrize("leaves_its_place", [True, False])
def test_a_missing_drive_is_offline(library: Library, leaves_its_place: bool) -> None:
    library.draw("stick/a.png", "b.png")
    stick, away = library.pictures / "stick", library.pictures.parent / "away"
    library.index(stick)
    stick.rename(away)
    if leaves_its_place:
        stick.mkdir()
    assert counts(library.index(stick)) == (0, 0, 0, 0)
    assert library.states() == {"stick/a.png": "offline"}
    if leaves_its_place:
        stick.rmdir()
    away.rename(stick)
    assert counts(library.index(stick)) == (0, 1, 0, 0)
    assert library.states() == {"stick/a.png": "indexed"}


def test_a_folder_deleted_from_a_folder_is_gone(library: Library) -> None:
    library.draw("in/a.png", "b.png")
    library.index()
    shutil.rmtree(library.pictures / "in")
    assert counts(library.index(library.pictures / "in")) == (0, 0, 0, 0)
    assert library.states() == {"b.png": "indexed"}


def test_a_root_that_never_was_is_an_error(library: Library) -> None:
    library.draw("a.png")
    with pytest.raises(KnownError, match="no file or folder"):
        library.index(library.pictures, library.pictures / "nowhere")
    assert library.store.folders() == []


def test_single_files_and_overlapping_roots(library: Library) -> None:
    one, _ = library.draw("one.png", "in/two.png")
    assert counts(library.index(one)) == (1, 0, 0, 0)
    everything = [library.pictures / "in", library.pictures, one]
    assert counts(library.index(*everything)) == (1, 1, 0, 0)
    assert [folder.path for folder in library.store.folders()] == [library.pictures]


def test_files_are_in_the_store_before_they_are_read(library: Library) -> None:
    library.draw(*names(10))
    seen = []
    library.index(on_scanned=lambda: seen.append(library.states()))
    assert seen == [dict.fromkeys(names(10), "pending")]


def test_batches_are_full_and_reach_a_live_index(library: Library) -> None:
    library.draw(*names(20))
    library.index()
    assert [len(ids) for ids, _ in library.batches] == [8, 8, 4]
    ids = np.concatenate([ids for ids, _ in library.batches])
    stored = library.store.vectors(RELATIONAL, ids.tolist())
    assert np.array_equal(stored, np.concatenate([rows for _, rows in library.batches]))
    assert sorted(ids) == library.store.image_ids(RELATIONAL).tolist()


def test_progress_ends_complete(library: Library) -> None:
    library.draw(*names(12))
    (library.pictures / "bad.png").write_bytes(b"bad")
    control = JobControl()
    library.index(control=control)
    progress = control.progress
    assert (progress.phase, progress.done, progress.total) == ("Indexing", 13, 13)
    assert progress.failed == 1


def test_cancel_keeps_what_was_embedded_and_a_later_run_does_the_rest(library: Library) -> None:
    library.draw(*names(60))
    control = JobControl()
    library.embedder = TinyEmbedder(seconds=0.02)
    pipeline = IndexingPipeline(
        library.store,
        library.models,
        relational=RELATIONAL,
        attribute=ATTRIBUTE,
        on_batch=lambda *_: control.cancel(),
    )
    with pytest.raises(Cancelled):
        pipeline.run([library.pictures], control)
    kept = library.store.counts().indexed
    assert 8 <= kept <= 24
    assert kept == library.embedder.embedded
    assert counts(library.index()) == (60 - kept, kept, 0, 0)
    assert library.embedder.embedded == 60


def test_cancel_while_scanning(library: Library) -> None:
    library.draw("a.png")
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        library.index(control=control)
    assert library.store.files() == []


def test_pause_commits_what_is_at_hand_and_holds_everything(library: Library) -> None:
    library.draw(*names(60))
    library.embedder = TinyEmbedder(seconds=0.02)
    control, held = JobControl(), threading.Event()

    class Watched(JobControl):
        def checkpoint(self) -> None:
            if self.paused:
                held.set()
            super().checkpoint()

    control = Watched()
    pipeline = IndexingPipeline(
        library.store,
        library.models,
        relational=RELATIONAL,
        attribute=ATTRIBUTE,
        on_batch=lambda *_: None if held.is_set() else control.pause(),
    )
    reports: list[IndexReport] = []
    run = threading.Thread(target=lambda: reports.append(pipeline.run([library.pictures], control)))
    run.start()
    assert held.wait(30)
    indexed = library.store.counts().indexed
    assert indexed == library.embedder.embedded < 60
    assert control.progress.paused
    control.resume()
    run.join(30)
    assert counts(reports[0]) == (60, 0, 0, 0)


def test_a_cancelled_pause_ends(library: Library) -> None:
    library.draw(*names(30))
    control, paused, ended = JobControl(), threading.Event(), threading.Event()

    def pause() -> None:
        control.pause()
        paused.set()

    def run() -> None:
        with pytest.raises(Cancelled):
            library.index(control=control, on_scanned=pause)
        ended.set()

    thread = threading.Thread(target=run)
    thread.start()
    assert paused.wait(30)
    control.cancel()
    assert ended.wait(30)
    thread.join()
    assert library.embedder.embedded == 0


def test_questions_get_in_between_batches(library: Library) -> None:
    library.draw(*names(80))
    library.embedder = TinyEmbedder(seconds=0.02)
    begun, done_then = threading.Event(), []
    pipeline = IndexingPipeline(
        library.store,
        library.models,
        relational=RELATIONAL,
        attribute=ATTRIBUTE,
        on_batch=lambda *_: begun.set(),
    )
    run = threading.Thread(target=pipeline.run, args=([library.pictures],))
    run.start()
    assert begun.wait(30)
    done_then.append(library.models.run(lambda embedder: library.embedder.embedded))
    run.join(30)
    assert done_then[0] < library.embedder.embedded == 80


def test_a_folder_may_be_removed_while_it_is_indexed(library: Library) -> None:
    library.draw(*names(30))
    for name in names(30):
        shutil.copyfile(library.pictures / name, library.pictures / f"z copy of {name}")

    def remove(*_: object) -> None:
        for folder in library.store.folders():
            library.store.remove_folder(folder.folder_id)

    IndexingPipeline(
        library.store,
        library.models,
        relational=RELATIONAL,
        attribute=ATTRIBUTE,
        on_batch=remove,
    ).run([library.pictures])
    assert library.store.files() == []
    assert library.store.problems() == []
    assert library.index().found == 60
    assert set(library.states().values()) == {"indexed"}


def test_a_model_that_breaks_ends_the_run_and_loses_nothing(library: Library) -> None:
    library.draw(*names(40))

    class Breaking(TinyEmbedder):
        def embed(self, prepared):  # type: ignore[no-untyped-def]
            if self.embedded >= 16:
                raise MemoryError("out of memory")
            return super().embed(prepared)

    library.embedder = Breaking()
    with pytest.raises(MemoryError):
        library.index()
    assert library.store.counts().indexed == 16
    library.models.close()
    library.embedder = TinyEmbedder()
    library.models = ModelThread(lambda: library.embedder)
    assert counts(library.index()) == (24, 16, 0, 0)


def test_one_run_at_a_time(library: Library) -> None:
    library.draw("a.png")
    with library.store.intake(), pytest.raises(LibraryError, match="already"):
        library.index()
    assert counts(library.index()) == (1, 0, 0, 0)


def test_the_library_s_own_pictures_are_not_indexed(library: Library) -> None:
    library.draw("a.png")
    draw_picture(library.store.directory / "cache" / "thumbnail.jpg", seed=1)
    assert counts(library.index(library.pictures.parent)) == (1, 0, 0, 0)


def test_nothing_is_written_into_the_user_s_folders(library: Library) -> None:
    library.draw(*names(10), "in/a.png")
    before = {path: path.stat() for path in sorted(library.pictures.rglob("*"))}
    before[library.pictures] = library.pictures.stat()
    cache = ThumbnailCache(library.store.directory / "cache", edge=TinyEmbedder.min_side)
    library.pipeline(thumbnails=cache).run([library.pictures])
    for path, status in before.items():
        now = path.stat()
        assert (now.st_mtime_ns, now.st_size) == (status.st_mtime_ns, status.st_size)
    assert {*library.pictures.rglob("*"), library.pictures} == set(before)
    assert all(cache.get(path) for path in before if path.is_file())


def test_what_the_model_needs_is_no_thumbnail_if_it_is_not_sharp_enough(library: Library) -> None:
    (path,) = library.draw("a.png")
    cache = ThumbnailCache(library.store.directory / "cache")
    library.pipeline(thumbnails=cache).run([library.pictures])
    assert cache.get(path) is None


def test_a_file_that_is_lost_while_indexing_is_tried_again(library: Library) -> None:
    (path,) = library.draw("a.png")
    aside = library.pictures.parent / "aside.png"
    report = library.index(on_scanned=lambda: path.rename(aside))
    assert counts(report) == (0, 0, 1, 0)
    aside.rename(path)
    assert counts(library.index()) == (1, 0, 0, 0)
