"""What a person has just done is kept when the window closes."""

from __future__ import annotations

import threading

from PySide6.QtWidgets import QApplication

from relsim_desktop.jobs import JobRunner, Lane


def test_changes_that_wait_are_still_made(qapp: QApplication) -> None:
    runner, done = JobRunner(), list[int]()
    begun, may_go_on = threading.Event(), threading.Event()

    def slow(_: object) -> None:
        begun.set()
        may_go_on.wait(10)
        done.append(0)

    runner.start(slow, lane=Lane.JUDGE)
    assert begun.wait(10)
    for number in (1, 2):
        runner.start(lambda _, number=number: done.append(number), lane=Lane.JUDGE)
    threading.Timer(0.05, may_go_on.set).start()
    runner.close()
    assert done == [0, 1, 2]


def test_a_job_ends_whatever_is_raised_in_it(qapp: QApplication) -> None:
    class Panic(BaseException):
        pass

    def work(_: object) -> None:
        raise Panic("a defect of a library")

    runner, troubles = JobRunner(), list[object]()
    job = runner.start(work, lane=Lane.WORK)
    job.failed.connect(troubles.append)
    for _ in range(200):
        qapp.processEvents()
        if troubles:
            break
        threading.Event().wait(0.01)
    runner.close()
    assert "a defect of a library" in str(troubles[0])
