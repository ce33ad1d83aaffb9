"""The ``relsim-train`` command: one sub-command per step of making a model.

Errors are one line on standard error and exit status 2; progress goes to standard error, results to
standard output.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import sys
from collections.abc import Sequence
from typing import NoReturn

from engine.errors import KnownError

# A command's module has ``configure(parser)`` and ``run(arguments) -> int``. Only the module of
# the command at hand is imported, since some of them load torch.
COMMANDS = {
    "data": ("trainer.data.command", "look at a collection of pictures, split it, or fetch URLs"),
    "scenes": ("trainer.scenes.command", "draw relational scenes with their ground truth"),
    "filter": ("trainer.filter.command", "train a filter, and scan collections with it"),
    "captions": ("trainer.captions.command", "propose groups, caption them, train the captioner"),
    "bank": ("trainer.contrastive.bank_command", "embed the captions of the description bank"),
    "relsim": ("trainer.contrastive.command", "train, export and measure a relational model"),
    "relbench": ("trainer.relbench.command", "the benchmark's pictures: fetch them, look, export"),
    "reproduce": ("trainer.reproduce.command", "the paper's whole pipeline, small or full"),
    "generate": ("trainer.generation.command", "make new pictures that keep the logic of others"),
    "evaluate": ("trainer.evaluation.command", "measure a model on subjects it never saw"),
    "judge": ("trainer.judge.command", "ask a judge how alike what each method finds is"),
}


class Parser(argparse.ArgumentParser):
    """Reports a wrong call in one line, like every other error."""

    def error(self, message: str) -> NoReturn:
        """Print the message and where help is, and exit with 2."""
        print(f"{self.prog}: {message}; see '{self.prog} --help'", file=sys.stderr)
        raise SystemExit(2)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: Words after ``relsim-train``; those of the process by default.

    Returns:
        0 on success, 2 after an error that was printed, 130 after Ctrl-C.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    parser = Parser(prog="relsim-train", description="Make and measure relational models.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, text) in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text)
        if words[:1] == [name]:
            implementation = importlib.import_module(module)
            implementation.configure(command)
            command.set_defaults(run=implementation.run)
    arguments = parser.parse_args(words)
    logging.basicConfig(format="%(message)s", stream=sys.stderr)
    try:
        return int(arguments.run(arguments) or 0)
    except KnownError as error:
        print(f"relsim-train: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("relsim-train: cancelled", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
