"""``relsim-train bank``: embeds the captions that ship with the program."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from engine.describe import BANK
from trainer.contrastive.bank import build_bank


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--directory", type=Path, default=BANK, metavar="DIR", help="holds extra.json"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write `bank.json` and `bank.npy`."""
    sys.stdout.write(f"{build_bank(arguments.directory)} captions\n")
    return 0
