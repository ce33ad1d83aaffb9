"""How often an endpoint is asked, and how long to wait before it is asked again."""

from __future__ import annotations

import email.utils
import random
import threading
import time
from datetime import UTC, datetime

from engine.jobs import JobControl

LONGEST_WAIT_S = 60.0
"""Of the waits that grow after each failure in a row."""

LONGEST_ASKED_WAIT_S = 600.0
"""An endpoint that asks for more (Retry-After) is given up instead."""

_POLL_S = 0.1


class TokenBucket:
    """Lets so many requests a minute through. Thread-safe.

    Args:
        per_minute: Requests a minute in the long run; above 0.
        burst: Requests that may follow one another at once after a rest; 1 or more.
        now: Seconds on the clock when it is full.
    """

    def __init__(self, per_minute: float, *, burst: float = 1.0, now: float | None = None) -> None:
        self._rate = per_minute / 60
        self._burst = burst
        self._tokens = burst
        self._at = time.monotonic() if now is None else now
        self._lock = threading.Lock()

    def reserve(self, now: float) -> float:
        """Take the next token, which may not be there yet.

        Args:
            now: Seconds on the same clock.

        Returns:
            Seconds after which the request may be sent.
        """
        with self._lock:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
            self._at = now
            self._tokens -= 1
            return max(0.0, -self._tokens / self._rate)

    def take(self, control: JobControl) -> None:
        """Wait until the next request may be sent.

        Raises:
            Cancelled: If the control says so.
        """
        wait(self.reserve(time.monotonic()), control)


def wait(seconds: float, control: JobControl) -> None:
    """Wait, and look at the control ten times a second.

    Raises:
        Cancelled: If the control says so.
    """
    end = time.monotonic() + seconds
    pause = threading.Event()
    control.checkpoint()
    while (left := end - time.monotonic()) > 0:
        pause.wait(min(_POLL_S, left))
        control.checkpoint()


def growing_wait(failures: int, first_s: float) -> float:
    """Seconds to wait after so many failures in a row: doubled each time, and a little by chance.

    Chance keeps several programs that failed together from coming back together.

    Args:
        failures: 1 or more.
        first_s: After the first.
    """
    return min(LONGEST_WAIT_S, first_s * 2.0 ** (failures - 1)) * random.uniform(0.75, 1.0)


def asked_wait(retry_after: str | None) -> float | None:
    """Seconds that the header Retry-After asks for: a number, or a date.

    Returns:
        0 or more; None if it is missing or makes no sense.
    """
    if not retry_after:
        return None
    try:
        seconds = float(retry_after)
    except ValueError:
        pass
    else:
        return max(0.0, seconds) if seconds < float("inf") else None
    try:
        date = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    if date.tzinfo is None:
        date = date.replace(tzinfo=UTC)
    return max(0.0, (date - datetime.now(UTC)).total_seconds())


class Deadline(JobControl):
    """Stops with another control, or with an error when its time is up.

    Args:
        control: The other one.
        seconds: From now on.
        late: The error.
    """

    def __init__(self, control: JobControl, seconds: float, late: Exception) -> None:
        super().__init__()
        self._outer, self._deadline, self._late = control, time.monotonic() + seconds, late

    def checkpoint(self) -> None:
        """End what was cancelled, or takes too long."""
        self._outer.checkpoint()
        if time.monotonic() > self._deadline:
            raise self._late
