"""Asks a judge about pairs, and writes every answer down before the next question."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from datetime import UTC, datetime
from itertools import takewhile
from typing import Final, Protocol

from engine.endpoints.client import Refused
from engine.errors import KnownError
from engine.jobs import JobControl
from trainer.data.records import Record, load_picture
from trainer.judge.judges import CostEstimate, Judge, Judgement
from trainer.judge.ledger import Entry, Key, Ledger
from trainer.judge.protocol import Pair
from trainer.judge.watching import Watch, is_about_the_pair
from trainer.progress import Reporter

PHASE: Final = "Judging pairs"
MIN_SIDE: Final = 1024
"""Pixels that the shorter side of a picture keeps; a judge makes it smaller by itself."""


class PairJudge(Protocol):
    """Judges two records."""

    @property
    def id(self) -> str:
        """Of the judge: model and version of the prompt."""
        ...

    def ask(self, a: Record, b: Record, control: JobControl | None = None) -> Judgement:
        """Judge one pair.

        Raises:
            KnownError: If there is no answer to be had now.
            Cancelled: If `control` was told to cancel.
        """
        ...

    def cost(self, pairs: int) -> CostEstimate:
        """What that many pairs will cost."""
        ...

    def close(self) -> None:
        """Let go of memory and connections."""
        ...


class PictureJudge:
    """Shows pictures to a judge.

    Args:
        judge: Who sees them.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self.id = judge.id

    def ask(self, a: Record, b: Record, control: JobControl | None = None) -> Judgement:
        """See `PairJudge.ask`."""
        first, second = (load_picture(record, min_side=MIN_SIDE) for record in (a, b))
        return self._judge.judge(first, second, control)

    def cost(self, pairs: int) -> CostEstimate:
        """See `PairJudge.cost`."""
        return self._judge.cost(pairs)

    def close(self) -> None:
        """See `PairJudge.close`."""
        self._judge.close()


def left_over(pairs: Sequence[Pair], judge: str, known: Container[Key]) -> list[Pair]:
    """The pairs that a judge has not seen yet.

    Args:
        pairs: Distinct ones.
        judge: Id of the judge.
        known: What is in the ledger.
    """
    return [pair for pair in pairs if Key(judge, pair.query, pair.hit) not in known]


def judge_pairs(
    pairs: Sequence[Pair],
    records: Mapping[str, Record],
    judge: PairJudge,
    ledger: Ledger,
    reporter: Reporter,
    *,
    control: JobControl | None = None,
    parallel: int = 1,
    watch: Watch | None = None,
) -> None:
    """Ask about every pair that is not in the ledger.

    A pair that an endpoint refuses to take is passed over, and asked about again another time.

    Args:
        pairs: Distinct ones.
        records: By content id.
        judge: Who is asked.
        ledger: Gets each answer before the next is counted; an answer that is no score is an
            answer, too, and is not asked for again.
        reporter: Is told how far it is.
        control: Cancel loses the answers in flight, no others.
        parallel: How many questions are in flight at a time.
        watch: Ends what costs too much, or brings nothing.

    Raises:
        KnownError: If the judge does not answer any more, the watch ends the run, or the ledger
            cannot be written; the text says how to go on.
        Cancelled: If `control` was told to cancel.
    """
    todo = left_over(pairs, judge.id, ledger.entries)
    done = len(pairs) - len(todo)
    reporter.step(PHASE, done, len(pairs))
    watch = watch or Watch()
    trouble: KnownError | None = None

    def ask(pair: Pair, control: JobControl) -> Judgement | Refused:
        try:
            return judge.ask(records[pair.query], records[pair.hit], control)
        except Refused as error:
            if is_about_the_pair(error):
                return error
            raise

    wanted = takewhile(lambda _: trouble is None, todo)  # what is in flight then still counts
    try:
        with closing(_answers(wanted, ask, control or JobControl(), parallel)) as answers:
            for pair, outcome in answers:
                names = (records[pair.query].key, records[pair.hit].key)
                if isinstance(outcome, Judgement):
                    ledger.add(_entry(judge.id, pair, outcome, names))
                    done += 1
                    reporter.step(PHASE, done, len(pairs))
                trouble = watch.problem(outcome) or trouble
        trouble = trouble or watch.end()
        if trouble is not None:
            raise trouble
    except KnownError as error:
        raise KnownError(
            f"{error} ({done:,} of {len(pairs):,} pairs are judged and kept; call it again to go"
            " on)"
        ) from error
    if watch.refused:
        count = len(watch.refused)
        were = "pair was" if count == 1 else "pairs were"
        reporter.note(f"{count:,} {were} refused, the last with: {watch.refused[-1]}")


def _answers(
    todo: Iterable[Pair],
    ask: Callable[[Pair, JobControl], Judgement | Refused],
    control: JobControl,
    parallel: int,
) -> Generator[tuple[Pair, Judgement | Refused], None, None]:
    """Answers as they come. After trouble nothing more is asked, but what is in flight counts."""
    waiting = iter(todo)
    flying: dict[Future[Judgement | Refused], Pair] = {}
    trouble: BaseException | None = None
    with ThreadPoolExecutor(parallel) as pool:
        try:
            while True:
                while trouble is None and len(flying) < parallel:
                    pair = next(waiting, None)
                    if pair is None:
                        break
                    flying[pool.submit(ask, pair, control)] = pair
                if not flying:
                    break
                finished, _ = wait(flying, return_when=FIRST_COMPLETED)
                for future in finished:
                    pair = flying.pop(future)
                    error = future.exception()
                    if error is None:
                        yield pair, future.result()
                    trouble = trouble or error
        except BaseException:  # Ctrl-C, or a ledger that cannot be written: do not wait for answers
            control.cancel()
            raise
    if trouble is not None:
        raise trouble


def _entry(judge: str, pair: Pair, judgement: Judgement, names: tuple[str, str]) -> Entry:
    return Entry(
        Key(judge, pair.query, pair.hit),
        judgement.score,
        judgement.text,
        judgement.raw,
        judgement.tokens_in,
        judgement.tokens_out,
        judgement.reason_refused,
        datetime.now(UTC).isoformat(timespec="seconds"),
        names,
    )
