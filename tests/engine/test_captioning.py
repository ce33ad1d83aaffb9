from __future__ import annotations

import threading
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from tiny_captioner import TinyCaptioner
from tiny_library import Library, names

from engine.captioning import CaptionReport, caption_images
from engine.errors import ModelError
from engine.imaging import decode
from engine.jobs import Cancelled, JobControl
from engine.model_thread import ModelThread
from engine.types import Description, Failure

PERSON = Description("{One} is missing", 1.0, "person")


class Watched(JobControl):
    """Keeps every report, and says when the job waits."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[tuple[str, int, int | None, int]] = []
        self.held = threading.Event()

    def report(  # type: ignore[override]
        self, phase: str, done: int, total: int | None, failed: int = 0
    ) -> None:
        self.reports.append((phase, done, total, failed))
        super().report(phase, done, total, failed)

    def checkpoint(self) -> None:
        if self.paused:
            self.held.set()
        super().checkpoint()


def images(library: Library, count: int) -> list[int]:
    """Ids of so many indexed pictures, in the order of their names."""
    paths = library.draw(*names(count))
    library.index()
    found = [library.store.image_at(path) for path in paths]
    return [image_id for image_id in found if image_id is not None]


def caption(
    library: Library,
    captioner: TinyCaptioner,
    image_ids: Sequence[int],
    control: JobControl | None = None,
    seed: int | None = None,
) -> CaptionReport:
    with closing(ModelThread(lambda: captioner)) as thread:
        return caption_images(
            library.store,
            thread,
            image_ids,
            seed=seed,
            control=control or JobControl(),
        )


def expected(path: Path, captioner: TinyCaptioner, seed: int | None = None) -> Description:
    picture = decode(path, min_side=captioner.min_side)
    return captioner.describe(captioner.prepare(picture), seed)


def test_every_image_gets_its_own_caption(library: Library) -> None:
    image_ids = images(library, 10)
    captioner, control = TinyCaptioner(), Watched()
    assert caption(library, captioner, image_ids, control) == CaptionReport(10, ())
    for image_id, path in library.store.paths_of(image_ids).items():
        assert library.store.caption(image_id) == expected(path, captioner)
    assert len({str(library.store.caption(image_id)) for image_id in image_ids}) > 3
    assert library.store.uncaptioned(captioner.key).tolist() == []
    assert captioner.batches == [4, 4, 2]
    (thread,) = captioner.threads
    assert thread != threading.current_thread().name
    assert control.reports[0] == ("Describing", 0, 10, 0)
    assert control.reports[-1] == ("Describing", 10, 10, 0)


def test_the_order_of_ids_is_the_order_of_work(library: Library) -> None:
    image_ids = images(library, 12)
    wanted = [image_ids[index] for index in (7, 3, 11, 0, 5, 9, 1, 2)]
    control = JobControl()
    captioner = TinyCaptioner(before=lambda: control.cancel() if captioner.batches else None)
    with pytest.raises(Cancelled):
        caption(library, captioner, [*wanted, *image_ids[8:9]], control)
    assert library.store.captions(image_ids).keys() == set(wanted)


def test_cancel_keeps_what_is_done_and_a_later_run_does_the_rest(library: Library) -> None:
    image_ids = images(library, 20)
    control = JobControl()
    captioner = TinyCaptioner(before=control.cancel)
    with pytest.raises(Cancelled):
        caption(library, captioner, image_ids, control)
    assert library.store.captions(image_ids).keys() == set(image_ids[:4])
    rest = library.store.uncaptioned(captioner.key)
    assert sorted(rest.tolist()) == sorted(image_ids[4:])
    assert caption(library, TinyCaptioner(), rest.tolist()) == CaptionReport(16, ())
    assert library.store.captions(image_ids).keys() == set(image_ids)


def test_cancel_before_the_start_loads_nothing(library: Library) -> None:
    image_ids = images(library, 2)
    control = JobControl()
    control.cancel()

    def refuse() -> TinyCaptioner:
        raise ModelError("damaged")

    with closing(ModelThread(refuse)) as thread:
        with pytest.raises(Cancelled):
            caption_images(library.store, thread, image_ids, control=control)
        with pytest.raises(ModelError, match="damaged"):
            caption_images(library.store, thread, image_ids, control=JobControl())
        report = caption_images(library.store, thread, [], control=JobControl())
    assert report == CaptionReport(0, ())


def test_pause_holds_after_the_batch_in_hand_and_frees_an_idle_model(library: Library) -> None:
    image_ids = images(library, 20)
    control, unloaded, loads = Watched(), threading.Event(), []

    class Unloading(TinyCaptioner):
        def close(self) -> None:
            unloaded.set()

    def load() -> TinyCaptioner:
        loads.append(Unloading(before=lambda: None if unloaded.is_set() else control.pause()))
        return loads[-1]

    with closing(ModelThread(load, idle_s=0.05)) as thread:
        reports: list[CaptionReport] = []

        def work() -> None:
            reports.append(caption_images(library.store, thread, image_ids, control=control))

        run = threading.Thread(target=work)
        run.start()
        assert control.held.wait(30)
        assert library.store.captions(image_ids).keys() == set(image_ids[:4])
        assert unloaded.wait(30)
        control.resume()
        run.join(30)
    assert reports == [CaptionReport(20, ())]
    assert sum(len(captioner.batches) for captioner in loads) == 5
    assert len(loads) >= 2


def test_what_a_person_wrote_or_pinned_is_never_overwritten(library: Library) -> None:
    own, pinned, late, later, free = image_ids = images(library, 5)
    store = library.store
    kept = Description("{Things} in a row", 0.5, "captioner", "older/1", pinned=True)
    store.set_caption(own, PERSON)
    store.set_caption(pinned, kept)
    store.set_caption(free, Description("{Things} in a ring", 0.5, "captioner", "older/1"))

    def meanwhile() -> None:
        store.set_caption(late, PERSON)
        store.set_caption(later, kept)

    captioner, control = TinyCaptioner(before=meanwhile), Watched()
    assert caption(library, captioner, image_ids, control) == CaptionReport(1, ())
    assert captioner.batches == [3]
    captions = store.captions(image_ids)
    assert [captions[image_id] for image_id in (own, pinned, late, later)] == [
        PERSON,
        kept,
        PERSON,
        kept,
    ]
    assert captions[free].model == captioner.key
    assert control.reports[-1] == ("Describing", 5, 5, 0)


def test_an_unreadable_file_is_a_failure_and_the_rest_goes_on(library: Library) -> None:
    image_ids = images(library, 9)
    broken, lost, offline = (library.pictures / name for name in names(3))
    broken.write_bytes(b"broken")
    lost.unlink()
    offline.unlink()
    gone = library.store.image_at(offline)
    with library.store.intake() as intake:  # a scan that misses the third file only
        rest = [path for path in library.store.files() if path.path != offline]
        found = [(entry.path, entry.size, entry.mtime_ns) for entry in rest]
        intake.register([library.pictures], [], found)
        intake.plan(library.embedder.fingerprint, library.embedder.attribute_fingerprint)
    captioner, control = TinyCaptioner(), Watched()
    report = caption(library, captioner, image_ids, control)
    assert report.captioned == 6
    assert {failure.path for failure in report.failed} == {broken, lost}
    assert all(isinstance(failure, Failure) and failure.reason for failure in report.failed)
    assert gone in image_ids
    assert gone not in library.store.captions(image_ids)
    assert control.reports[-1] == ("Describing", 9, 9, 2)
    counted = [done for _, done, _, _ in control.reports]
    assert counted == sorted(counted)
    assert set(library.states().values()) == {"indexed"}


def test_a_batch_of_nothing_but_unreadable_files_is_no_call(library: Library) -> None:
    image_ids = images(library, 4)
    for name in names(4):
        (library.pictures / name).write_bytes(b"broken")
    captioner = TinyCaptioner()
    report = caption(library, captioner, image_ids)
    assert (report.captioned, len(report.failed), captioner.batches) == (0, 4, [])


def test_sampled_captions_replace_greedy_ones(library: Library) -> None:
    image_ids = images(library, 3)
    captioner = TinyCaptioner()
    caption(library, captioner, image_ids)
    assert caption(library, captioner, image_ids, seed=7) == CaptionReport(3, ())
    for image_id, path in library.store.paths_of(image_ids).items():
        assert library.store.caption(image_id) == expected(path, captioner, seed=7)


def test_a_captioner_that_breaks_loses_nothing_that_is_done(library: Library) -> None:
    image_ids = images(library, 12)

    def fail() -> None:
        if len(captioner.batches) == 2:
            raise MemoryError("out of memory")

    captioner = TinyCaptioner(before=fail)
    with pytest.raises(MemoryError):
        caption(library, captioner, image_ids)
    assert library.store.captions(image_ids).keys() == set(image_ids[:8])


def test_others_have_their_turn_between_batches(library: Library) -> None:
    image_ids = images(library, 20)
    begun, asked = threading.Event(), threading.Event()

    def hold_the_first_batch() -> None:
        begun.set()
        assert asked.wait(30)

    captioner = TinyCaptioner(before=hold_the_first_batch)
    with closing(ModelThread(lambda: captioner)) as thread:
        run = threading.Thread(
            target=lambda: caption_images(library.store, thread, image_ids, control=JobControl())
        )
        run.start()
        assert begun.wait(30)
        question = thread.submit(lambda model: len(model.batches))
        asked.set()
        assert question.result(30) == 1
        run.join(30)
    assert len(captioner.batches) == 5
