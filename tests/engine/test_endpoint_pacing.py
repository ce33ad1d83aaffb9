"""Waits between requests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from engine.endpoints.pacing import (
    LONGEST_WAIT_S,
    Deadline,
    TokenBucket,
    asked_wait,
    growing_wait,
    wait,
)
from engine.jobs import Cancelled, JobControl


def test_a_bucket_lets_so_many_a_minute_through() -> None:
    bucket = TokenBucket(60, now=100.0)
    assert [bucket.reserve(100.0) for _ in range(4)] == [0, 1, 2, 3]
    assert bucket.reserve(103.5) == pytest.approx(0.5)
    assert bucket.reserve(1000.0) == 0, "after a rest the next goes at once"
    assert bucket.reserve(1000.0) == pytest.approx(1), "and a rest is not saved up"


def test_a_bucket_with_a_burst() -> None:
    bucket = TokenBucket(6, burst=3, now=0.0)
    assert [bucket.reserve(0.0) for _ in range(5)] == [0, 0, 0, 10, 20]


def test_waits_grow_to_a_limit() -> None:
    for failures in range(1, 20):
        longest = min(LONGEST_WAIT_S, 0.5 * 2 ** (failures - 1))
        assert 0.75 * longest <= growing_wait(failures, 0.5) <= longest
    assert len({growing_wait(3, 1.0) for _ in range(9)}) > 1, "a little by chance"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("7", 7.0),
        ("1.5", 1.5),
        ("-3", 0.0),
        ("soon", None),
        ("nan", None),
        ("inf", None),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0.0),
        ("Wed, 21 Oct 2015 07:28:00 -0000", 0.0),
    ],
)
def test_what_an_endpoint_asks_for(header: str | None, seconds: float | None) -> None:
    assert asked_wait(header) == seconds


def test_a_date_in_the_future() -> None:
    header = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert asked_wait(header) == pytest.approx(3600, abs=60)


def test_a_wait_ends_with_a_cancel_and_a_deadline_with_its_error() -> None:
    control = JobControl()
    wait(0.0, control)
    late = Deadline(control, -1.0, TimeoutError("late"))
    with pytest.raises(TimeoutError, match="late"):
        wait(600.0, late)
    Deadline(control, 600.0, TimeoutError("late")).checkpoint()
    control.cancel()
    for either in (control, Deadline(control, 600.0, TimeoutError("late"))):
        with pytest.raises(Cancelled):
            wait(600.0, either)
