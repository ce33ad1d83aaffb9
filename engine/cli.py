"""The ``relsim`` command: everything the engine does, from a terminal.

With ``--json`` one JSON document goes to standard output and nothing else. Errors are one line on
standard error and exit status 2.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from engine.commands.arguments import add_engine_arguments, open_engine, print_json
from engine.commands.boards import add_boards_arguments
from engine.commands.captions import add_captions_command
from engine.commands.documents import described, number, reported, rows
from engine.commands.finding import add_finding_arguments, ask_from
from engine.commands.groups import add_groups_command
from engine.commands.keys import add_keys_command
from engine.commands.library import (
    add_exclude_argument,
    add_exclusions_command,
    doctor_document,
    doctor_text,
    exclude,
)
from engine.commands.map import add_map_arguments, run_map
from engine.commands.metrics import add_metrics_command
from engine.commands.models import add_models_command
from engine.commands.scoring import add_all_models, add_matrix_command, score_by_all
from engine.commands.study import add_study_command
from engine.commands.terminal import (
    run_with_progress,
    show_description,
    show_neighbors,
    show_report,
)
from engine.errors import KnownError
from engine.finding.finder import Finder
from engine.jobs import Cancelled


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Returns:
        0 on success, 2 after an error that was printed, 130 after Ctrl-C.
    """
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments) or 0)
    except KnownError as error:
        print(f"relsim: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except (KeyboardInterrupt, Cancelled):
        print("relsim: cancelled; what was indexed so far is kept", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python would complain when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    """Reports a wrong call in one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see '{self.prog} --help'", file=sys.stderr)
        raise SystemExit(2)


def _parser() -> argparse.ArgumentParser:
    output = _Parser(add_help=False)
    output.add_argument("--json", action="store_true", help="print one JSON document")
    common = _Parser(add_help=False, parents=[output])
    add_engine_arguments(common)

    parser = _Parser(
        prog="relsim", description="Find pictures that share a logic although they look unlike."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    def command(name: str, run: Any, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text, parents=[common])
        sub.set_defaults(run=run)
        return sub

    index = command("index", _index, "index folders; a second run does only what is new")
    index.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    add_exclude_argument(index)
    add_exclusions_command(commands, common)

    neighbors = command(
        "neighbors", _neighbors, "relational neighbors of a picture, or of several things at once"
    )
    neighbors.add_argument("-k", type=_positive, default=10, help="how many (default 10)")
    add_finding_arguments(neighbors)

    search = command("search", _search, "pictures that fit a sentence, with or without {Slots}")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("-k", type=_positive, default=10, help="how many (default 10)")

    score = command("score", _score, "how alike two pictures are, in logic and in look")
    score.add_argument("a", type=Path, metavar="A")
    score.add_argument("b", type=Path, metavar="B")
    add_all_models(score)
    add_matrix_command(commands, common)

    describe = command("describe", _describe, "the anonymous caption of each picture")
    describe.add_argument("images", nargs="+", type=Path, metavar="IMAGE")

    embed = command("embed", _embed, "write the relational vectors of pictures to a .npz file")
    embed.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    embed.add_argument("--out", type=Path, required=True, metavar="F.npz")

    add_captions_command(commands, common)
    boards = commands.add_parser("boards", help="boards, and taking them away")
    add_boards_arguments(boards, common)
    add_groups_command(commands, common)
    groups_map = command("map", _map, "the groups of the library, by logic")
    add_map_arguments(groups_map)
    add_models_command(commands, output)
    add_metrics_command(commands, output)
    add_study_command(commands, common, output)
    add_keys_command(commands, output)

    command("doctor", _doctor, "check the library and the index")

    tour = command("tour", _tour, "index a folder, then show the neighbors of three pictures")
    tour.add_argument("folder", type=Path, metavar="FOLDER")
    return parser


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _index(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        exclude(engine, arguments.exclude)
        report = run_with_progress(
            lambda control: engine.index(arguments.folders, control=control), quiet=arguments.json
        )
    if arguments.json:
        print_json(reported(report))
    else:
        show_report(report)


def _neighbors(arguments: argparse.Namespace) -> None:
    ask = ask_from(arguments)
    with open_engine(arguments) as engine:
        found = Finder(engine).find(ask, arguments.k)
        if arguments.json:
            print_json(rows(found.neighbors))
            return
        for image in arguments.images:
            show_description(image, engine.describe(image))
        show_neighbors(found.neighbors)
        if ask.filters.is_active:
            print(f"{found.passing} of {found.of} pictures pass")


def _search(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        hits = engine.search(arguments.text, arguments.k)
    if arguments.json:
        print_json(rows(hits))
    else:
        show_neighbors(hits)


def _map(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        run_map(engine, arguments)


def _score(arguments: argparse.Namespace) -> int:
    if arguments.all_models or arguments.all or arguments.metric:
        return score_by_all(arguments)
    with open_engine(arguments) as engine:
        score = engine.score(arguments.a, arguments.b)
    if arguments.json:
        print_json(
            {
                "relational": number(score.relational),
                "attribute": number(score.attribute),
                "percentile": number(score.percentile, 2),
                "descriptions": [description.text for description in score.descriptions],
            }
        )
        return 0
    rank = "" if math.isnan(score.percentile) else f"closer than {score.percentile:.1f}% of pairs, "
    print(f"relational  {score.relational:+.3f}   {rank}by {score.model}")
    print(f"attribute   {score.attribute:+.3f}")
    for path, description in zip((arguments.a, arguments.b), score.descriptions, strict=True):
        show_description(path, description)
    return 0


def _describe(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        # A captioner that is named is asked; else what is known already is told.
        describe = engine.descriptions.write if arguments.captioner else engine.describe
        told = [(path, describe(path)) for path in arguments.images]
    if arguments.json:
        print_json([{"path": str(path), **described(text)} for path, text in told])
        return
    for path, description in told:
        show_description(path, description)


def _embed(arguments: argparse.Namespace) -> None:
    if arguments.out.suffix != ".npz":
        raise KnownError(f"--out {arguments.out}: the name must end in .npz")
    with open_engine(arguments) as engine:
        vectors = engine.embed(arguments.images)
    paths = np.asarray([str(path) for path in arguments.images])
    try:
        np.savez(arguments.out, paths=paths, embeddings=vectors.relational)
    except OSError as error:
        raise KnownError(f"cannot write {arguments.out}: {error.strerror or error}") from error
    if arguments.json:
        print_json({"out": str(arguments.out), "shape": list(vectors.relational.shape)})
    else:
        print(f"{len(paths)} vectors of length {vectors.relational.shape[1]} in {arguments.out}")


def _doctor(arguments: argparse.Namespace) -> int:
    with open_engine(arguments) as engine:
        if not arguments.json:
            text, is_well = doctor_text(engine)
            print(text)
            return 0 if is_well else 1
        health, coverage = engine.health(), engine.coverage()
        more = doctor_document(engine)
    document = {
        "library": str(health.library),
        "files": health.files,
        "indexed": health.indexed,
        "failed": health.failed,
        "pending": health.pending,
        "offline": health.offline,
        "images": health.images,
        "model": health.model,
        "database_bytes": health.database_bytes,
        "index": health.index,
        "recall_at_10": health.recall_at_10,
        "coverage": [
            {
                "model": seen.model,
                "preparation": seen.preparation,
                "images": seen.images,
                "of": seen.of,
            }
            for seen in coverage
        ],
        "problems": list(health.problems),
    }
    print_json(document | more)
    return 1 if health.problems else 0


def _tour(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        report = run_with_progress(
            lambda control: engine.index([arguments.folder], control=control), quiet=arguments.json
        )
        root = arguments.folder.expanduser().resolve()
        files = [
            file
            for file in engine.store.files()
            if file.image_id is not None and (file.path == root or root in file.path.parents)
        ]
        if len(files) < 2:
            raise KnownError(
                f"{arguments.folder} holds {len(files)} readable pictures; analogies need two"
            )
        # Evenly spread, so that the three come from different corners of the folder.
        chosen = [files[len(files) * i // 3].path for i in range(min(3, len(files)))]
        tours = [(path, engine.describe(path), engine.neighbors(path, 5)) for path in chosen]
    if arguments.json:
        print_json(
            {
                "index": reported(report),
                "queries": [
                    {"path": str(path), **described(text), "neighbors": rows(hits)}
                    for path, text, hits in tours
                ],
            }
        )
        return
    show_report(report)
    for path, text, hits in tours:
        print()
        show_description(path, text)
        show_neighbors(hits)


if __name__ == "__main__":
    sys.exit(main())
