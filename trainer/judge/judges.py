"""Judges: who says from 0 to 10 whether two pictures share one underlying logic.

The paper asks GPT-4o (method.md, "Evaluation"). The words of its question are not published; these
are ours, so a judge's id names their version, and scores of two versions are never mixed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

from engine.endpoints.client import ChatAnswer, Endpoint, EndpointClient, EndpointError, said, shown
from engine.endpoints.keys import KeyRing
from engine.endpoints.pictures import data_url
from engine.jobs import JobControl
from trainer.judge.parsing import parse_score

if TYPE_CHECKING:
    from PIL.Image import Image

PROMPT_VERSION: Final = "logic-1"
"""Changes with every change of what a judge is asked or shown."""

JUDGE_PROMPT: Final = (
    "Here are two pictures. Judge whether they share the same underlying logic: the same relation"
    " between their parts, the same idea, change, arrangement, function or visual trick, so that"
    " one sentence with the things left open would describe both. What they show does not count,"
    " and neither do colours, style, or whether the things are of one class: two pictures of dogs"
    " need share no logic, and a peeled orange and an opened letter may share one.\n"
    "Give a score from 0 to 10. 0: they share no logic, however alike they look. 5: a loose or"
    " partial likeness of ideas. 10: exactly the same logic. Answer with this one number and"
    " nothing else."
)

AGAIN: Final = "Answer with one number from 0 to 10 and nothing else."
"""What is said to a judge whose answer holds no score."""

ASKS: Final = 2
"""How often a judge is asked about one pair at most."""

MAX_TOKENS: Final = 64
"""Of an answer; a model that thinks before it answers needs more."""

LONGEST: Final = 768
"""Pixels of the longer side of a picture that is sent to an endpoint."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge says of a pair.

    Attributes:
        score: 0 to 10; None if it gave none, although it was asked again.
        text: Its last answer.
        raw: All its answers as they came, under ``answers``; without the key.
        tokens_in: Paid for questions; None if that was not told.
        tokens_out: Paid for answers; None if that was not told.
        reason_refused: Why there is no score; empty if there is one.
    """

    score: float | None
    text: str
    raw: dict[str, Any] = field(default_factory=dict)
    tokens_in: int | None = None
    tokens_out: int | None = None
    reason_refused: str = ""


@dataclass(frozen=True, slots=True)
class CostEstimate:
    """What judging will take, before the first question.

    Attributes:
        calls: Questions, if every first answer holds a score.
        tokens_in: Of all questions, about.
        tokens_out: Of all answers, about.
        dollars: None where the price is not known.
        text: The same in a sentence.
    """

    calls: int
    tokens_in: int
    tokens_out: int
    dollars: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Prices:
    """What an endpoint asks for, in dollars a million tokens.

    Attributes:
        tokens_in: Of questions, pictures included.
        tokens_out: Of answers.
    """

    tokens_in: float
    tokens_out: float

    def dollars(self, tokens_in: int, tokens_out: int) -> float:
        """The price of so many tokens."""
        return (tokens_in * self.tokens_in + tokens_out * self.tokens_out) / 1e6


class Judge(Protocol):
    """Judges two pictures. Thread-safe."""

    id: str
    """Model, where it is, and version of the question; a score belongs to it."""

    def judge(self, a: Image, b: Image, control: JobControl | None = None) -> Judgement:
        """Judge one pair.

        Args:
            a: Upright RGB.
            b: Upright RGB.
            control: Cancels at once.

        Raises:
            KnownError: If there is no answer to be had now.
            Cancelled: If the control says so.
        """
        ...

    def cost(self, pairs: int) -> CostEstimate:
        """What so many pairs will take; asks nobody."""
        ...

    def close(self) -> None:
        """Let go of memory and connections."""
        ...


class EndpointJudge:
    """A model behind a chat endpoint that takes pictures: the paper's GPT-4o, or a local server.

    Args:
        endpoint: Whom to ask.
        keys: Where the key is; the person's own by default.
        prices: For the estimate; None where they are not known.
        per_minute: Questions a minute at most.
        max_tokens: See `MAX_TOKENS`; another number makes another judge.
        retries: See `EndpointClient`.
        timeout_s: See `EndpointClient`.
        first_wait_s: See `EndpointClient`.

    Raises:
        KnownError: If the address or the name of the key is none.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        keys: KeyRing | None = None,
        prices: Prices | None = None,
        per_minute: float | None = None,
        *,
        max_tokens: int = MAX_TOKENS,
        retries: int = 5,
        timeout_s: float = 120.0,
        first_wait_s: float = 1.0,
    ) -> None:
        self._prices, self._max_tokens = prices, max_tokens
        self._client = EndpointClient(
            endpoint,
            keys=keys,
            per_minute=per_minute,
            retries=retries,
            timeout_s=timeout_s,
            first_wait_s=first_wait_s,
        )
        # Servers of one's own often call whatever they run by one name.
        self.id = f"{endpoint.model}@{self._client.address}/{PROMPT_VERSION}"
        if max_tokens != MAX_TOKENS:
            self.id += f"-{max_tokens}"

    def judge(self, a: Image, b: Image, control: JobControl | None = None) -> Judgement:
        """See `Judge.judge`.

        An endpoint that refuses this pair for what it shows gives a judgement without a score.
        """
        pictures = [data_url(picture, longest=LONGEST) for picture in (a, b)]
        messages = [shown(JUDGE_PROMPT, pictures)]
        answers: list[ChatAnswer] = []
        while True:
            try:
                answer = self._client.chat(messages, max_tokens=self._max_tokens, control=control)
            except EndpointError as error:
                if not error.is_about_content:
                    raise
                return _judgement(answers, None, f"refused: {error}")
            answers.append(answer)
            score = None if answer.refusal else parse_score(answer.text, is_cut=answer.is_cut)
            if score is not None:
                return _judgement(answers, score, "")
            if answer.refusal:
                return _judgement(answers, None, f"refused: {answer.refusal}")
            if len(answers) == ASKS:
                return _judgement(answers, None, self._why(answer))
            messages = [*messages, said(answer.text, role="assistant"), said(AGAIN)]

    def _why(self, answer: ChatAnswer) -> str:
        if not answer.is_cut:
            return "no score in its answer"
        return f"its answer was cut off after {self._max_tokens} tokens: it needs more --max-tokens"

    def cost(self, pairs: int) -> CostEstimate:
        """See `Judge.cost`; by the rules of GPT-4o for pictures of the largest size."""
        tokens_in = pairs * (len(JUDGE_PROMPT) // 4 + 2 * picture_tokens(LONGEST, LONGEST))
        tokens_out = pairs * _ANSWER_TOKENS
        dollars = None if self._prices is None else self._prices.dollars(tokens_in, tokens_out)
        price = "the price is not known" if dollars is None else f"about ${dollars:,.2f}"
        text = (
            f"{pairs:,} {'call' if pairs == 1 else 'calls'} to {self._client.endpoint.model}, about"
            f" {tokens_in:,} tokens in and {tokens_out:,} out: {price}"
        )
        return CostEstimate(pairs, tokens_in, tokens_out, dollars, text)

    def close(self) -> None:
        """See `Judge.close`."""
        self._client.close()


_ANSWER_TOKENS = 3
_TILE, _SHORTER, _LONGER = 512, 768, 2048
_TILE_TOKENS, _PICTURE_TOKENS = 170, 85


def picture_tokens(width: int, height: int) -> int:
    """Tokens that GPT-4o counts for a picture in high detail, as its maker documents it.

    The picture is reduced into 2048 pixels a side, then to a shorter side of 768 pixels; each tile
    of 512 pixels a side that it touches counts 170 tokens, and the picture itself 85.

    Args:
        width: In pixels.
        height: In pixels.
    """
    scale = min(1.0, _LONGER / max(width, height))
    scale *= min(1.0, _SHORTER / (scale * min(width, height)))
    across, down = (math.ceil(round(scale * side) / _TILE) for side in (width, height))
    return _PICTURE_TOKENS + _TILE_TOKENS * across * down


def _judgement(answers: list[ChatAnswer], score: float | None, reason: str) -> Judgement:
    text = answers[-1].text if answers else ""
    raw = {"answers": [answer.raw for answer in answers]}
    taken = [answer.tokens_in for answer in answers]
    given = [answer.tokens_out for answer in answers]
    return Judgement(score, text, raw, _total(taken), _total(given), reason)


def _total(counts: list[int | None]) -> int | None:
    """The sum, or None where one is not known: a part of it would look like the whole."""
    known = [count for count in counts if count is not None]
    return sum(known) if counts and len(known) == len(counts) else None
