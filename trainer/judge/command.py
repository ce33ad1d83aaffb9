"""``relsim-train judge``: what each method finds, judged as in the paper; costs are said before."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.models.manager import ModelManager
from trainer.files import write_atomically
from trainer.judge.asking import (
    add_judge_arguments,
    asked_of,
    check_judge,
    check_key,
    judge_words,
    make_judge,
    prices_of,
)
from trainer.judge.figures import judge_figures
from trainer.judge.judges import CostEstimate
from trainer.judge.judging import PairJudge, judge_pairs, left_over
from trainer.judge.ledger import NAME as LEDGER
from trainer.judge.ledger import Ledger, read_ledger
from trainer.judge.methods import DEFAULT, MethodRequest, check_methods, run_methods
from trainer.judge.pictures import Database, Sources, open_database, sample_queries
from trainer.judge.protocol import Protocol, read_protocol, write_protocol
from trainer.judge.report import render_judge, write_judge_report
from trainer.judge.searching import Search
from trainer.judge.watching import Watch, by_experience
from trainer.progress import Reporter

FIGURES: Final = "figures.json"
_VERIFIED: Final = "verified.jsonl"
_QUERIES, _CONFIRM_ABOVE = 1000, 1.0


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    estimate = steps.add_parser("estimate", help="search, and say what a judge would cost")
    run_ = steps.add_parser("run", help="search, ask the judge, report; goes on where it stopped")
    report = steps.add_parser("report", help="report again what was judged; nothing is asked")
    for step in (estimate, run_):
        _add_protocol(step)
        add_judge_arguments(step)
    estimate.add_argument(
        "--no-search", action="store_true", help="run no method: say what it costs at most"
    )
    run_.add_argument(
        "--confirm-above",
        type=float,
        default=_CONFIRM_ABOVE,
        metavar="DOLLARS",
        help=f"ask before more is spent, or where no price is known (default: {_CONFIRM_ABOVE})",
    )
    run_.add_argument("--yes", action="store_true", help="do not ask")
    for step in (run_, report):
        step.add_argument("--report", type=Path, metavar="FILE", help="Markdown page for figures")
        step.add_argument("--plots", type=Path, metavar="DIR", help="folder for the plots")
    for step in (estimate, run_, report):
        step.add_argument(
            "--out", type=Path, required=True, metavar="DIR", help="folder of the judgements"
        )
        step.add_argument("--json", action="store_true", help="one JSON document")


def _add_protocol(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("the search")
    group.add_argument(
        "--database", required=True, metavar="SOURCE", help="the test half: queries, and to search"
    )
    group.add_argument("--images", type=Path, metavar="DIR", help="its pictures, if it is a list")
    group.add_argument("--distractors", metavar="SOURCE", help="more pictures that are searched")
    group.add_argument("--distractor-images", type=Path, metavar="DIR", help="likewise")
    group.add_argument(
        "--queries", type=int, default=_QUERIES, metavar="N", help=f"(default: {_QUERIES})"
    )
    group.add_argument("--seed", type=int, default=0, help="another seed, other queries")
    group.add_argument("-k", type=int, default=1, help="hits of each query (default: 1)")
    group.add_argument(
        "--method",
        action="append",
        metavar="ID|PATH[=FOLDER]",
        help="a metric (`relsim metrics list`), perhaps with the folder of its weights, or a"
        f" checkpoint; several times (default: {' and '.join(DEFAULT)})",
    )
    group.add_argument("--base", metavar="ID|DIR", help="the base of checkpoints")
    group.add_argument("--workers", type=int, default=1, help="processes that decode (default: 1)")


def run(arguments: argparse.Namespace) -> int:
    """Do one step."""
    reporter = Reporter(as_json=arguments.json)
    if arguments.step == "report":
        _report(arguments, read_protocol(arguments.out))
        return 0
    _check(arguments)
    if arguments.step == "estimate":
        _estimate(arguments, reporter)
    else:
        _judge(arguments, reporter)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    check_judge(arguments)
    if arguments.step == "run":
        check_key(arguments)
    for name in ("queries", "k", "workers"):
        if getattr(arguments, name) < 1:
            raise KnownError(f"{'-' if name == 'k' else '--'}{name} must be 1 or more")
    if arguments.distractor_images is not None and arguments.distractors is None:
        raise KnownError("--distractor-images has no meaning without --distractors")
    check_methods(_requests(arguments), ModelManager())
    try:
        arguments.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{arguments.out} cannot be made: {error.strerror or error}") from error


def _requests(arguments: argparse.Namespace) -> list[MethodRequest]:
    return [MethodRequest.of(text, arguments.base) for text in arguments.method or DEFAULT]


def _open(arguments: argparse.Namespace, reporter: Reporter) -> tuple[Database, tuple[str, ...]]:
    """The pictures, and the queries among them."""
    sources = Sources(
        arguments.database,
        arguments.distractors,
        arguments.images,
        arguments.distractor_images,
    )
    cache = arguments.out / _VERIFIED
    database = open_database(sources, reporter, cache=cache, workers=arguments.workers)
    queries = sample_queries(database, arguments.queries, arguments.seed)
    if len(queries) < arguments.queries:
        reporter.note(f"The test half has {len(queries):,} pictures: all of them are queries")
    return database, queries


def _protocol(
    arguments: argparse.Namespace,
    judge: PairJudge,
    search: Search,
) -> Protocol:
    """Search with every method."""
    methods = run_methods(_requests(arguments), search, arguments.out, ModelManager())
    return Protocol(
        search.database.document(),
        search.queries,
        arguments.seed,
        search.depth,
        methods,
        asked_of(arguments, judge),
        _command(arguments),
    )


def _estimate(arguments: argparse.Namespace, reporter: Reporter) -> None:
    """Say how many questions there are, and what they cost."""
    database, queries = _open(arguments, reporter)
    judge = make_judge(arguments, database)
    search = Search(database, queries, arguments.k, reporter)
    try:
        if arguments.no_search:
            wanted = len(queries) * search.depth * len(_requests(arguments))
            distinct = left = wanted
        else:
            protocol = _protocol(arguments, judge, search)
            entries, _ = read_ledger(arguments.out / LEDGER)
            wanted, distinct = protocol.wanted, len(protocol.pairs())
            left = len(left_over(protocol.pairs(), judge.id, entries))
        cost = judge.cost(left)
        if not arguments.no_search:
            cost = by_experience(cost, judge.id, entries, prices_of(arguments))
    finally:
        judge.close()
    if arguments.json:
        pairs = {"wanted": wanted, "distinct": distinct, "left": left}
        document = {"judge": judge.id, "pairs": pairs, "cost": _cost(cost)}
        sys.stdout.write(json.dumps(document, indent=1) + "\n")
        return
    most = "at most " if arguments.no_search else ""
    sys.stdout.write(
        f"{wanted:,} pairs of all methods, {most}{distinct:,} distinct, {most}{left:,} not judged"
        f" yet. {cost.text}\n"
    )


def _cost(cost: CostEstimate) -> dict[str, Any]:
    return {
        "calls": cost.calls,
        "tokens_in": cost.tokens_in,
        "tokens_out": cost.tokens_out,
        "dollars": cost.dollars,
    }


def _judge(arguments: argparse.Namespace, reporter: Reporter) -> None:
    """Search, ask, and report."""
    database, queries = _open(arguments, reporter)
    judge = make_judge(arguments, database)
    try:
        search = Search(database, queries, arguments.k, reporter)
        protocol = _protocol(arguments, judge, search)
        pairs = protocol.pairs()
        with Ledger(arguments.out / LEDGER) as ledger:
            if ledger.damaged:
                reporter.note(f"{ledger.damaged} lines of the ledger are damaged: asked again")
            left = left_over(pairs, judge.id, ledger.entries)
            most = None
            if left:
                prices = prices_of(arguments)
                cost = by_experience(judge.cost(len(left)), judge.id, ledger.entries, prices)
                reporter.note(cost.text)
                most = agree(cost, arguments.confirm_above, yes=arguments.yes, ask=_ask)
            write_protocol(arguments.out, protocol)
            judge_pairs(
                pairs,
                database.by_content(),
                judge,
                ledger,
                reporter,
                control=JobControl(),
                parallel=arguments.parallel or 1,
                watch=Watch(most, prices_of(arguments)),
            )
    finally:
        judge.close()
    _report(arguments, protocol)


def agree(
    cost: CostEstimate, above: float, *, yes: bool, ask: Callable[[str], bool | None]
) -> float | None:
    """See that the person who pays agrees.

    Args:
        cost: What it will cost.
        above: Dollars that may be spent without a question.
        yes: Whether any cost was agreed to before.
        ask: Asks a question; None if there is nobody to answer.

    Returns:
        Dollars that may be spent; None for any number. An estimate that was agreed to may be
        exceeded by half.

    Raises:
        KnownError: If there is no agreement.
    """
    if yes:
        return None
    if cost.dollars is not None and cost.dollars <= above:
        return above
    price = "an unknown price" if cost.dollars is None else f"about {cost.dollars:.2f} dollars"
    answer = ask(f"{cost.calls:,} calls at {price}. Go on?")
    if answer is None:
        raise KnownError(f"{cost.calls:,} calls at {price} were not agreed to: add --yes")
    if not answer:
        raise KnownError("Nothing was asked, and nothing was paid")
    return None if cost.dollars is None else max(above, 1.5 * cost.dollars)


def _ask(question: str) -> bool | None:
    if not sys.stdin.isatty():
        return None
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _report(arguments: argparse.Namespace, protocol: Protocol) -> None:
    """Print the figures, and write what was asked for."""
    entries, _ = read_ledger(arguments.out / LEDGER)
    figures = judge_figures(protocol, entries)
    document = json.dumps(figures, indent=1)
    sys.stdout.write((document if arguments.json else render_judge(figures)) + "\n")
    try:
        write_atomically(arguments.out / FIGURES, document.encode() + b"\n")
    except OSError as error:
        raise KnownError(f"{arguments.out} cannot be written: {error.strerror}") from error
    if arguments.report is not None:
        write_judge_report(arguments.report, figures)
    if arguments.plots is not None:
        from trainer.judge.plots import write_judge_plots

        write_judge_plots(arguments.plots, figures)


def _command(arguments: argparse.Namespace) -> str:
    """What judges the same again."""
    words = ["relsim-train", "judge", "run", "--database", arguments.database]
    for name in ("images", "distractors", "distractor_images", "base"):
        value = getattr(arguments, name)
        if value is not None:
            words += [f"--{name.replace('_', '-')}", str(value)]
    for request in arguments.method or DEFAULT:
        words += ["--method", request]
    words += ["--queries", str(arguments.queries), "--seed", str(arguments.seed)]
    words += ["-k", str(arguments.k), *judge_words(arguments), "--out", str(arguments.out)]
    return shlex.join(words)
