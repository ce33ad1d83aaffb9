"""Why an endpoint gives no answer; every text is free of the key that was sent."""

from __future__ import annotations

from engine.errors import KnownError


class EndpointError(KnownError):
    """An endpoint gives no answer, and asking again now would not help.

    Attributes:
        status: Of the HTTP answer, or None where there was none.
        parameter: What the endpoint names as wrong in the request, or the empty string.
        is_about_content: Whether it refuses what this one request says or shows; others may pass.
    """

    def __init__(
        self,
        text: str = "",
        *,
        status: int | None = None,
        parameter: str = "",
        is_about_content: bool = False,
    ) -> None:
        super().__init__(text)
        self.status = status
        self.parameter = parameter
        self.is_about_content = is_about_content


class Refused(EndpointError):  # noqa: N818 - an outcome that callers tell apart
    """The endpoint understood, and says no: the key, the right to use the model, the request."""


class Unreachable(EndpointError):  # noqa: N818
    """No connection, no answer in time, or trouble at the endpoint, after all tries."""


class RateLimited(EndpointError):  # noqa: N818
    """Too many requests, after all tries; or the account has nothing left to pay with."""


class TryAgain(Exception):  # noqa: N818
    """A try failed in a way that may be over soon.

    Args:
        error: What it is if it is not over soon.
        asked_s: Seconds that the endpoint wants to be left alone.
    """

    def __init__(self, error: EndpointError, asked_s: float | None = None) -> None:
        super().__init__(str(error))
        self.error = error
        self.asked_s = asked_s
