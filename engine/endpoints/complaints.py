"""What an answer means that is none."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engine.endpoints.errors import EndpointError, RateLimited, Refused, TryAgain, Unreachable
from engine.endpoints.pacing import asked_wait
from engine.endpoints.scrubbing import Secret

# Of OpenAI (chat, pictures) and Azure.
_ABOUT_CONTENT = {"content_policy_violation", "moderation_blocked", "content_filter"}

_LONGEST = 300  # characters of an endpoint's words that are repeated


@dataclass(frozen=True, slots=True)
class Complaint:
    """An endpoint's own words, without the key.

    Attributes:
        text: One line; empty if it says nothing that people read.
        parameter: What it names as wrong in the request.
        code: Its code for the reason.
    """

    text: str = ""
    parameter: str = ""
    code: str = ""

    @classmethod
    def of(cls, body: bytes, secret: Secret) -> Complaint:
        """Read the body of an answer, whatever it is."""
        text, parameter, code = body.decode("utf-8", "replace"), "", ""
        try:
            error = json.loads(text)["error"]
            if isinstance(error, dict):
                text = str(error.get("message") or "")
                parameter, code = str(error.get("param") or ""), str(error.get("code") or "")
            else:
                text = str(error)
        except (ValueError, KeyError, TypeError, RecursionError):
            if text.lstrip().startswith("<"):
                text = ""  # a page
        # The key is taken out before the text is cut: a part of it would not be recognised.
        text = " ".join(secret.scrubbed_error(text).split()).rstrip(".")
        return cls(text[:_LONGEST], secret.scrubbed_error(parameter), code)


def error_of(
    status: int, body: bytes, retry_after: str | None, secret: Secret, host: str
) -> EndpointError | TryAgain:
    """The error that an answer means.

    Args:
        status: Of the answer; not 200.
        body: All of it.
        retry_after: The header of this name.
        secret: Not to be repeated.
        host: What the endpoint is called.
    """
    complaint = Complaint.of(body, secret)
    said = f": {complaint.text}" if complaint.text else ""
    if status == 402 or (status == 429 and complaint.code == "insufficient_quota"):
        text = f"The account at {host} has nothing left to pay with{said}"
        return RateLimited(text, status=status)
    if status == 429:
        text = f"{host} has had too many requests{said}. Wait, or ask for fewer a minute"
        return TryAgain(RateLimited(text, status=status), asked_wait(retry_after))
    if status == 408 or status >= 500:
        text = f"{host} is in trouble ({status}){said}"
        return TryAgain(Unreachable(text, status=status), asked_wait(retry_after))
    return _final(status, said, complaint, host)


def _final(status: int, said: str, complaint: Complaint, host: str) -> EndpointError:
    """The error of an answer that stays the same however often one asks."""
    if complaint.code in _ABOUT_CONTENT:
        text = f"{host} refuses what this request shows or says ({status}){said}"
        return Refused(text, status=status, is_about_content=True)
    if status in {401, 403}:
        return Refused(
            f"{host} refuses the key ({status}){said}. Check which key is meant, and what it may"
            " do",
            status=status,
        )
    if status in {400, 413, 415, 422}:
        text = f"{host} refuses the request ({status}){said}"
        return Refused(text, status=status, parameter=complaint.parameter)
    if status in {404, 405, 410}:
        return EndpointError(
            f"{host} has no such model, or nothing at this address ({status}){said}. Check the"
            " address, which usually ends in /v1, and the model",
            status=status,
        )
    return EndpointError(f"{host} answers {status}{said}", status=status)
