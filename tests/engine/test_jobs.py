"""Control and progress of a job."""

from __future__ import annotations

import threading

import pytest

from engine.jobs import Cancelled, JobControl


def test_a_paused_job_waits_until_it_is_resumed() -> None:
    control = JobControl()
    control.pause()
    passed = threading.Event()

    def work() -> None:
        control.checkpoint()
        passed.set()

    thread = threading.Thread(target=work)
    thread.start()
    assert not passed.wait(0.1)
    assert control.progress.paused
    control.resume()
    assert passed.wait(10)
    thread.join()


def test_cancel_ends_a_paused_job() -> None:
    control = JobControl()
    control.pause()
    control.cancel()
    with pytest.raises(Cancelled):
        control.checkpoint()


def test_pause_after_cancel_does_not_hold_the_job() -> None:
    control = JobControl()
    control.cancel()
    control.pause()
    with pytest.raises(Cancelled):
        control.checkpoint()


def test_progress_is_the_latest_report() -> None:
    control = JobControl()
    control.report("Scanning", 3, None)
    assert (control.progress.phase, control.progress.total) == ("Scanning", None)
    control.report("Indexing", 5, 10, failed=1)
    progress = control.progress
    assert (progress.phase, progress.done, progress.total, progress.failed) == (
        "Indexing",
        5,
        10,
        1,
    )
