"""What judging costs, by what it cost so far; ends a run that pays too much, or for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from engine.endpoints.client import Refused
from engine.errors import KnownError
from trainer.judge.judges import CostEstimate, Judgement, Prices
from trainer.judge.ledger import Entry, Key

FIRST: Final = 10
"""Outcomes of a run; if none of them is a score, none is to be hoped for."""

_ABOUT_THE_REQUEST: Final = frozenset({400, 413, 415, 422})


def is_about_the_pair(error: Refused) -> bool:
    """Whether an endpoint may have refused this one pair: a picture too small or too long, say."""
    return error.status in _ABOUT_THE_REQUEST


def by_experience(
    guess: CostEstimate, judge: str, entries: Mapping[Key, Entry], prices: Prices | None
) -> CostEstimate:
    """An estimate by the tokens that a judge took so far, which models count differently.

    Args:
        guess: By rule.
        judge: Id of the judge.
        entries: A ledger.
        prices: Of the judge.

    Returns:
        The guess itself, if it is of no tokens, or fewer than `FIRST` pairs of the ledger tell any.
    """
    told = [
        (entry.tokens_in, entry.tokens_out)
        for key, entry in entries.items()
        if key.judge == judge and entry.tokens_in is not None and entry.tokens_out is not None
    ]
    if len(told) < FIRST or guess.tokens_in == 0:
        return guess
    taken, given = (
        round(guess.calls * sum(column) / len(told)) for column in zip(*told, strict=True)
    )
    dollars = None if prices is None else prices.dollars(taken, given)
    price = "the price is not known" if dollars is None else f"about ${dollars:,.2f}"
    text = (
        f"{guess.calls:,} more pairs: by the {len(told):,} that are judged, about {taken:,} tokens"
        f" in and {given:,} out: {price}"
    )
    return CostEstimate(guess.calls, taken, given, dollars, text)


@dataclass
class Watch:
    """Looks at each outcome of a run.

    Attributes:
        most: Dollars that may be spent; None for any number.
        prices: Of the judge; None where they are not known.
        spent: Dollars so far, as far as the judge tells its tokens.
        outcomes: Pairs so far.
        scores: How many of them have a score.
        refused: What the endpoint said of the pairs that it refused to take.
    """

    most: float | None = None
    prices: Prices | None = None
    spent: float = 0.0
    outcomes: int = 0
    scores: int = 0
    refused: list[Refused] = field(default_factory=list)

    def problem(self, outcome: Judgement | Refused) -> KnownError | None:
        """Count an outcome, and say why nothing more should be asked; None if all is well."""
        self.outcomes += 1
        if isinstance(outcome, Refused):
            self.refused.append(outcome)
            reason = str(outcome)
        else:
            self.scores += outcome.score is not None
            reason = outcome.reason_refused
            if self.prices is not None:
                taken, given = outcome.tokens_in or 0, outcome.tokens_out or 0
                self.spent += self.prices.dollars(taken, given)
        if self.scores == 0 and self.outcomes == FIRST:
            return KnownError(f"None of the first {FIRST} answers is a score. The last: {reason}")
        if self.most is not None and self.spent > self.most:
            return KnownError(
                f"This run has cost {self.spent:.2f} dollars, more than the {self.most:.2f} that"
                " were agreed to: the model counts more tokens than were estimated. Set a higher"
                " --confirm-above, or agree to any cost with --yes"
            )
        return None

    def end(self) -> KnownError | None:
        """What is wrong with a run that has come to its end."""
        if self.refused and self.scores == 0:
            return self.refused[-1]
        return None
