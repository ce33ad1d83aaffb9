"""Which judge is asked for, as words on a command line, and getting it."""

from __future__ import annotations

import argparse
from typing import Any, Final

from engine.errors import KnownError
from trainer.judge.judges import MAX_TOKENS, Judge, Prices
from trainer.judge.judging import PairJudge, PictureJudge
from trainer.judge.pictures import Database
from trainer.judge.protocol import Asked, JudgeKind
from trainer.judge.truth import TruthJudge

KINDS: Final[tuple[JudgeKind, ...]] = ("endpoint", "local", "truth")
_ENDPOINT_NEEDS: Final = ("url", "judge_model")
_ENDPOINT_MAY: Final = (
    "key",
    "price_in",
    "price_out",
    "per_minute",
    "parallel",
    "max_tokens",
)
_LOCAL_NEEDS: Final = ("vlm",)


def add_judge_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments about the judge."""
    group = parser.add_argument_group("the judge")
    group.add_argument(
        "--judge",
        choices=KINDS,
        required=True,
        help="a model behind an address, a Qwen2.5-VL on this machine, or the collection's truth",
    )
    group.add_argument("--url", metavar="URL", help="where the endpoint's protocol begins")
    group.add_argument("--judge-model", metavar="NAME", help="as the endpoint calls it")
    group.add_argument("--key", metavar="NAME", help="name of a key (`relsim keys set NAME`)")
    group.add_argument("--price-in", type=float, metavar="X", help="dollars a million input tokens")
    group.add_argument("--price-out", type=float, metavar="X", help="the same for output")
    group.add_argument("--per-minute", type=float, metavar="N", help="requests a minute, at most")
    group.add_argument("--parallel", type=int, metavar="N", help="in flight at a time (default: 1)")
    group.add_argument(
        "--max-tokens",
        type=int,
        metavar="N",
        help=f"of an answer; a model that thinks first needs more (default: {MAX_TOKENS})",
    )
    group.add_argument("--vlm", metavar="ID|DIR", help="the model of --judge local")


def check_judge(arguments: argparse.Namespace) -> None:
    """See that the arguments make one judge, before anything takes time.

    Raises:
        KnownError: If something is missing, means nothing, or lies out of range.
    """
    needs, may = {
        "endpoint": (_ENDPOINT_NEEDS, _ENDPOINT_MAY),
        "local": (_LOCAL_NEEDS, ()),
        "truth": ((), ()),
    }[arguments.judge]
    missing = [_option(name) for name in needs if getattr(arguments, name) is None]
    if missing:
        raise KnownError(f"--judge {arguments.judge} needs {' and '.join(missing)}")
    known = (*_ENDPOINT_NEEDS, *_ENDPOINT_MAY, *_LOCAL_NEEDS)
    wrong = [
        _option(name)
        for name in known
        if name not in (*needs, *may) and getattr(arguments, name) is not None
    ]
    if wrong:
        raise KnownError(f"{', '.join(wrong)} has no meaning for --judge {arguments.judge}")
    if (arguments.price_in is None) != (arguments.price_out is None):
        raise KnownError("A price needs both --price-in and --price-out")
    for name, least in (("price_in", 0.0), ("price_out", 0.0), ("per_minute", 0.001)):
        value = getattr(arguments, name)
        if value is not None and not least <= value < float("inf"):
            raise KnownError(f"{_option(name)} must be {least:g} or more")
    if arguments.parallel is not None and not 1 <= arguments.parallel <= 64:
        raise KnownError("--parallel lies between 1 and 64")
    if arguments.max_tokens is not None and arguments.max_tokens < 1:
        raise KnownError("--max-tokens must be 1 or more")
    if arguments.judge != "truth":
        _shown_pictures(arguments).close()  # says what is wrong with it, and asks nobody


def check_key(arguments: argparse.Namespace) -> None:
    """See that the key is there before methods work for hours.

    Raises:
        KnownError: If there is none of its name.
    """
    if arguments.key is None:
        return
    from engine.endpoints.keys import KeyRing

    if KeyRing().get(arguments.key) is None:
        raise KnownError(
            f"There is no key named {arguments.key!r}: store it with `relsim keys set"
            f" {arguments.key}`"
        )


def make_judge(arguments: argparse.Namespace, database: Database) -> PairJudge:
    """The judge; its weights are read when it is first asked.

    Raises:
        KnownError: If it cannot be had.
    """
    if arguments.judge == "truth":
        return TruthJudge(database)
    return PictureJudge(_shown_pictures(arguments))


def _shown_pictures(arguments: argparse.Namespace) -> Judge:
    """A judge who sees pictures."""
    if arguments.judge == "local":
        from trainer.judge.local_vlm import LocalVlmJudge

        return LocalVlmJudge(arguments.vlm)
    from engine.endpoints.client import Endpoint
    from trainer.judge.judges import EndpointJudge

    endpoint = Endpoint(arguments.url, arguments.judge_model, arguments.key)
    prices, most = prices_of(arguments), arguments.max_tokens or MAX_TOKENS
    return EndpointJudge(endpoint, None, prices, arguments.per_minute, max_tokens=most)


def prices_of(arguments: argparse.Namespace) -> Prices | None:
    """What the judge asks for; None if that was not said."""
    if arguments.price_in is None:
        return None
    return Prices(arguments.price_in, arguments.price_out)


def asked_of(arguments: argparse.Namespace, judge: PairJudge) -> Asked:
    """What a protocol says of the judge."""
    return Asked(arguments.judge, judge.id, arguments.price_in, arguments.price_out)


def judge_words(arguments: argparse.Namespace) -> list[str]:
    """The judge as words of a command that asks the same again."""
    words = ["--judge", arguments.judge]
    for name in (*_ENDPOINT_NEEDS, *_ENDPOINT_MAY, *_LOCAL_NEEDS):
        value: Any = getattr(arguments, name)
        if value is not None:
            words += [_option(name), str(value)]
    return words


def _option(name: str) -> str:
    return f"--{name.replace('_', '-')}"
