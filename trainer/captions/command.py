"""``relsim-train captions``: from pictures to groups, to a captioner, and to captions for all."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from engine.models.chosen import ModelRequest
from engine.models.device import PRECISIONS
from engine.models.preparation import PREPARATIONS
from trainer.captions import checking, proposing
from trainer.captions.propose import ProposalSettings
from trainer.captions.watching import watch
from trainer.captions.writing import GroupWriter, WriteReport, write_captions
from trainer.config import config_digest, load_config
from trainer.progress import Reporter

_LISTED_FAILURES = 10


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the actions and their arguments."""
    actions = parser.add_subparsers(required=True, metavar="ACTION")

    def action(
        name: str, act: Callable[[argparse.Namespace], int], text: str
    ) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = actions.add_parser(name, help=text, description=text)
        sub.add_argument("--json", action="store_true", help="one JSON document at the end")
        sub.set_defaults(act=act)
        return sub

    _configure_propose(action("propose", _propose, "propose groups of pictures that share a logic"))
    _configure_write(action("write", _write, "write a caption for each group that has none"))
    _configure_train(action("train", _train, "make a captioner from pictures with captions"))
    _configure_fill(action("fill", _fill, "let a captioner describe a whole collection"))
    check = action("check", _check, "count groups, captions, leaks and verdicts")
    accept = action("accept", _accept, "accept what is anonymous and unseen, in a person's stead")
    for sub in (check, accept):
        sub.add_argument("groups", type=Path, metavar="GROUPS.jsonl")


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Returns:
        The exit status.

    Raises:
        KnownError: If the arguments do not fit together, or the work cannot be done.
        KeyboardInterrupt: After Ctrl-C; what was done by then is kept.
    """
    act: Callable[[argparse.Namespace], int] = arguments.act
    return act(arguments)


def _configure_propose(parser: argparse.ArgumentParser) -> None:
    defaults = ProposalSettings()
    parser.add_argument("source", nargs="?", type=Path, metavar="FOLDER", help="of pictures")
    parser.add_argument("--library", type=Path, metavar="DIR", help="an indexed library instead")
    parser.add_argument("--out", type=Path, required=True, metavar="GROUPS.jsonl")
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="keeps vectors (default: GROUPS.work)"
    )
    parser.add_argument(
        "--only", type=Path, metavar="LIST", help="only these pictures: what a filter kept"
    )
    parser.add_argument("--force", action="store_true", help="write over a groups file")
    parser.add_argument("--model", metavar="ID|PATH", help="the model that says what is related")
    parser.add_argument("--base", metavar="ID|PATH", help="the Qwen2.5-VL of a checkpoint")
    parser.add_argument("--preparation", choices=PREPARATIONS, default="square448")
    parser.add_argument("--dtype", choices=PRECISIONS, help="numbers that a checkpoint computes in")
    parser.add_argument(
        "--clear",
        type=float,
        metavar="P",
        help="least confidence, 0..1, that a picture shows a relation (default: the model's own, or"
        " 0 with --only)",
    )
    numbers: tuple[tuple[str, type, str], ...] = (
        ("least", int, "pictures of the smallest group"),
        ("most", int, "pictures of the largest group"),
        ("neighbors", int, "each picture is among so many nearest of each other one"),
        ("related", float, "percentile of relational similarity that each pair reaches"),
        ("alike", float, "percentile of attribute similarity that no pair reaches"),
        ("limit", int, "keep the best so many groups"),
    )
    for name, kind, text in numbers:
        default = getattr(defaults, name)
        shown = "all" if default is None else f"{default:g}"
        parser.add_argument(
            f"--{name}", type=kind, default=default, metavar="N", help=f"{text} (default {shown})"
        )


def _propose(arguments: argparse.Namespace) -> int:
    settings = ProposalSettings(
        least=arguments.least,
        most=arguments.most,
        neighbors=arguments.neighbors,
        related=arguments.related,
        alike=arguments.alike,
        limit=arguments.limit,
    )
    request = ModelRequest(
        model=arguments.model,
        base=arguments.base,
        preparation=arguments.preparation,
        precision=arguments.dtype,
    )
    task = proposing.Task(
        out=arguments.out.expanduser(),
        folder=arguments.source,
        library=arguments.library,
        work=arguments.work,
        only=arguments.only,
        clear=arguments.clear,
        force=arguments.force,
    )
    task.check(settings)
    report = watch(
        lambda control: proposing.run(task, request, settings, control), _reporter(arguments)
    )
    if arguments.json:
        return _print(report.document())
    sys.stdout.write(report.text())
    return 0


def _configure_write(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("groups", type=Path, metavar="GROUPS.jsonl")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--base", metavar="ID|PATH", help="a Qwen2.5-VL, which is used as it is")
    who.add_argument("--bank", action="store_true", help="the caption bank, without such a model")
    parser.add_argument("--model", metavar="ID|PATH", help="small model that asks the bank")
    parser.add_argument(
        "--max-pixels", type=int, default=448 * 448, metavar="N", help="of a picture (448 x 448)"
    )
    parser.add_argument("--max-tokens", type=int, default=96, metavar="N", help="of a caption (96)")
    parser.add_argument("--seed", type=int, help="sample captions (default: the likeliest)")


def _write(arguments: argparse.Namespace) -> int:
    for name, least in (("max_pixels", 1), ("max_tokens", 1), ("seed", 0)):
        value = getattr(arguments, name)
        if value is not None and value < least:
            raise KnownError(f"--{name.replace('_', '-')} must be at least {least}")
    path: Path = arguments.groups.expanduser()
    checking.count(path)  # a file that is none is refused before a model is loaded

    def work(control: Any) -> WriteReport:
        writer = _writer(arguments)
        try:
            return write_captions(path, writer, control)
        finally:
            writer.close()

    report = watch(work, _reporter(arguments))
    if arguments.json:
        return _print(
            {
                "groups": report.groups,
                "had": report.had,
                "written": report.written,
                "flagged": report.flagged,
                "failed": [{"id": name, "reason": reason} for name, reason in report.failed],
            }
        )
    sys.stdout.write(
        f"{report.groups:,} groups: {report.written:,} captions written, {report.flagged:,} of them"
        f" flagged; {report.had:,} needed none, {len(report.failed):,} failed\n"
    )
    for name, reason in report.failed[:_LISTED_FAILURES]:
        sys.stdout.write(f"  failed  {name}: {reason}\n")
    return 0


def _writer(arguments: argparse.Namespace) -> GroupWriter:
    if arguments.bank:
        from trainer.captions.bank_captions import BankCaptioner

        return BankCaptioner.load(arguments.model)
    from trainer.captions.group_captions import GroupCaptioner, WritingSettings

    settings = WritingSettings(arguments.max_pixels, arguments.max_tokens, arguments.seed)
    return GroupCaptioner.load(arguments.base, settings)


def _configure_train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", required=True, metavar="TOML", help="with recipe = captioner")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        dest="changes",
        help="instead of what the configuration says; may be repeated",
    )
    parser.add_argument(
        "--run",
        type=Path,
        metavar="DIR",
        dest="folder",
        help="gets the captioner, in model/; a killed run goes on there (default: runs/...)",
    )
    parser.add_argument("--device", choices=("cuda", "cpu"), help="default: CUDA if there is some")


def _train(arguments: argparse.Namespace) -> int:
    from trainer.captions.finetune import CaptionerConfig, train_captioner

    config = load_config(CaptionerConfig, arguments.config, arguments.changes)
    folder = arguments.folder or Path("runs") / f"{config.id}-{config_digest(config)}"
    # The loop answers Ctrl-C itself, with a checkpoint.
    figures = train_captioner(config, folder, _reporter(arguments), device=arguments.device)
    if os.environ.get("RANK", "0") != "0":
        return 0  # one of several processes speaks
    return _print({"run": str(folder), "model": str(folder / "model"), **figures})


def _configure_fill(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="folder, list, shards or tables")
    parser.add_argument("--out", type=Path, required=True, metavar="CAPTIONS.jsonl")
    parser.add_argument(
        "--captioner", metavar="ID|PATH", help="a checkpoint (default: the one installed)"
    )
    parser.add_argument("--base", metavar="ID|PATH", help="the Qwen2.5-VL of the captioner")
    parser.add_argument("--images", type=Path, metavar="DIR", help="where a list's pictures lie")
    parser.add_argument("--seed", type=int, help="sample captions (default: the likeliest)")


def _fill(arguments: argparse.Namespace) -> int:
    from trainer.captions.fill import FillSettings, fill_captions

    settings = FillSettings(
        source=arguments.source,
        captioner=arguments.captioner,
        out=arguments.out.expanduser(),
        images=arguments.images,
        base=arguments.base,
        seed=arguments.seed,
    )
    report = watch(lambda control: fill_captions(settings, control), _reporter(arguments))
    if arguments.json:
        return _print(report.document())
    sys.stdout.write(report.text())
    return 0


def _check(arguments: argparse.Namespace) -> int:
    counts = checking.count(arguments.groups.expanduser())
    if arguments.json:
        return _print(counts.document())
    sys.stdout.write(counts.text())
    return 0


def _accept(arguments: argparse.Namespace) -> int:
    accepted, left = checking.accept_anonymous(arguments.groups.expanduser())
    if arguments.json:
        return _print({"accepted": accepted, "left": left})
    sys.stdout.write(f"{accepted:,} groups accepted, {left:,} left for a person\n")
    return 0


def _reporter(arguments: argparse.Namespace) -> Reporter:
    return Reporter(as_json=arguments.json)


def _print(document: dict[str, Any]) -> int:
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")
    return 0
