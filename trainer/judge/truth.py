"""Ground truth in place of a judge: whether both pictures are said to show the same relation."""

from __future__ import annotations

import hashlib

from engine.errors import KnownError
from engine.jobs import JobControl
from trainer.data.records import Record
from trainer.judge.judges import CostEstimate, Judgement
from trainer.judge.ledger import HIGHEST
from trainer.judge.pictures import Database
from trainer.scenes.types import NONE


class TruthJudge:
    """Says 10 where both pictures show the same relation, else 0. Costs nothing.

    It is no judge of the paper's: that one is shown pictures and grades in between.

    Args:
        database: All of whose pictures say their relation; ``none`` is no relation, so that two
            pictures without one are not alike.

    Raises:
        KnownError: If a picture does not say its relation.
    """

    def __init__(self, database: Database) -> None:
        unknown = [record.key for record in database.records if record.relation is None]
        if unknown:
            raise KnownError(
                f"--judge truth needs the relation of every picture, and {len(unknown):,} say none"
                f" (for example {unknown[0]}): choose another judge, or collections of scenes"
            )
        said = "".join(f"{record.content} {record.relation}\n" for record in database.records)
        self.id = f"truth-{hashlib.sha256(said.encode()).hexdigest()[:12]}"

    def ask(self, a: Record, b: Record, control: JobControl | None = None) -> Judgement:
        """Judge one pair."""
        if control is not None:
            control.checkpoint()
        same = a.relation == b.relation != NONE
        text = f"{a.relation} and {b.relation}"
        return Judgement(HIGHEST if same else 0.0, text, {}, 0, 0, "")

    def cost(self, pairs: int) -> CostEstimate:
        """Nothing."""
        return CostEstimate(0, 0, 0, 0.0, f"{pairs:,} pairs by ground truth: no calls, no cost")

    def close(self) -> None:
        """Nothing to let go of."""
