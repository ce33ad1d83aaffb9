from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator

import pytest
from desktop_driving import TIMEOUT_MS
from pytestqt.qtbot import QtBot

from engine.errors import KnownError
from engine.jobs import Progress
from relsim_desktop.jobs import Job, JobRunner, Lane, Task, Trouble


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    runner = JobRunner()
    yield runner
    runner.close()


def ends_of(job: Job) -> list[object]:
    """The ends that a job came to, as they come."""
    ends: list[object] = []
    job.succeeded.connect(lambda value: ends.append(("succeeded", value)))
    job.failed.connect(lambda trouble: ends.append(("failed", trouble)))
    job.cancelled.connect(lambda: ends.append("cancelled"))
    return ends


def wait(job: Job, qtbot: QtBot) -> None:
    with qtbot.waitSignal(job.finished, timeout=TIMEOUT_MS):
        pass


def test_a_result_arrives_in_the_gui_thread(jobs: JobRunner, qtbot: QtBot) -> None:
    job = jobs.start(lambda task: threading.current_thread(), lane=Lane.QUERY)
    arrived: list[threading.Thread] = []
    job.succeeded.connect(lambda _: arrived.append(threading.current_thread()))
    ends = ends_of(job)
    wait(job, qtbot)
    assert arrived == [threading.main_thread()]
    assert ends[0][1] is not threading.main_thread()
    assert len(ends) == 1
    assert not job.is_running
    assert jobs.running == 0


@pytest.mark.parametrize("error", [KnownError("the disk is full"), RuntimeError("a defect")])
def test_an_error_is_shown_and_only_a_defect_has_details(
    jobs: JobRunner, qtbot: QtBot, error: Exception
) -> None:
    def work(task: Task) -> object:
        raise error

    job = jobs.start(work, lane=Lane.QUERY)
    ends = ends_of(job)
    wait(job, qtbot)
    ((end, trouble),) = ends
    assert end == "failed"
    assert isinstance(trouble, Trouble)
    assert str(error) in trouble.text
    assert (trouble.details is None) == isinstance(error, KnownError)


def test_a_cancelled_job_never_succeeds(jobs: JobRunner, qtbot: QtBot) -> None:
    is_started, may_end = threading.Event(), threading.Event()

    def work(task: Task) -> str:
        is_started.set()
        may_end.wait()
        return "too late"

    job = jobs.start(work, lane=Lane.QUERY)
    ends = ends_of(job)
    is_started.wait()
    job.cancel()
    may_end.set()
    wait(job, qtbot)
    assert ends == ["cancelled"]


def test_a_job_that_waits_for_its_turn_can_be_cancelled(jobs: JobRunner, qtbot: QtBot) -> None:
    may_end = threading.Event()
    first = jobs.start(lambda task: may_end.wait(), lane=Lane.INDEX)
    was_run: list[bool] = []
    second = jobs.start(lambda task: was_run.append(True), lane=Lane.INDEX)
    second.cancel()
    may_end.set()
    wait(second, qtbot)
    assert not first.is_running
    assert was_run == []


def test_progress_is_sampled_and_a_pause_is_seen(jobs: JobRunner, qtbot: QtBot) -> None:
    def work(task: Task) -> None:
        for done in range(1_000_000):
            task.control.report("Indexing", done, 1_000_000)
            task.control.checkpoint()

    job = jobs.start(work, lane=Lane.INDEX, sampled=True)
    seen: list[Progress] = []
    job.progressed.connect(seen.append)
    job.pause()
    qtbot.waitUntil(lambda: any(progress.paused for progress in seen), timeout=TIMEOUT_MS)
    job.cancel()
    wait(job, qtbot)
    assert len(seen) < 1000


def test_values_are_posted_before_the_end(jobs: JobRunner, qtbot: QtBot) -> None:
    job = jobs.start(lambda task: task.post("half"), lane=Lane.QUERY)
    order: list[object] = []
    job.posted.connect(order.append)
    job.finished.connect(lambda: order.append("end"))
    wait(job, qtbot)
    assert order == ["half", "end"]


@pytest.mark.parametrize("waits", [False, True])
def test_closing_ends_every_job(qtbot: QtBot, waits: bool) -> None:
    runner = JobRunner()

    def work(task: Task) -> None:
        while True:
            task.control.checkpoint()

    jobs = [runner.start(work, lane=Lane.INDEX) for _ in range(3 if waits else 1)]
    ends = [ends_of(job) for job in jobs]
    runner.close()
    assert ends == [["cancelled"]] * len(jobs)
    late = runner.start(lambda task: None, lane=Lane.INDEX)
    ends_late = ends_of(late)
    wait(late, qtbot)
    assert ends_late == ["cancelled"]


def test_the_check_of_leaked_threads_sees_them(qtbot: QtBot) -> None:
    may_end = threading.Event()
    runner = JobRunner()
    wait_for: Callable[[Task], object] = lambda task: may_end.wait()  # noqa: E731
    runner.start(wait_for, lane=Lane.QUERY)
    assert any(thread.name.startswith("relsim-query") for thread in threading.enumerate())
    may_end.set()
    runner.close()
    assert not any(thread.name.startswith("relsim-query") for thread in threading.enumerate())


def test_a_job_that_has_ended_is_let_go(jobs: JobRunner, qtbot: QtBot) -> None:
    job = jobs.start(lambda task: None, lane=Lane.QUERY)
    job.succeeded.connect(lambda _: None)
    is_gone = weakref.ref(job)
    wait(job, qtbot)
    del job
    assert is_gone() is None
