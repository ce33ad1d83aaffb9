"""What the commands of ``relsim`` share: which library, which models, and how JSON is printed."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from engine.models.chosen import ModelRequest
from engine.models.device import PRECISIONS
from engine.models.preparation import PREPARATIONS
from engine.service import Engine


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `open_engine` reads."""
    parser.add_argument("--library", type=Path, metavar="DIR", help="where the index lives")
    parser.add_argument("--model", metavar="ID|PATH", help="model id, model folder or checkpoint")
    parser.add_argument("--base", metavar="ID|PATH", help="the Qwen2.5-VL of a checkpoint")
    parser.add_argument("--captioner", metavar="ID|PATH", help="captioner id or checkpoint")
    parser.add_argument(
        "--preparation",
        choices=PREPARATIONS,
        default="square448",
        help="how pictures are prepared for a checkpoint (default square448, as it was trained)",
    )
    parser.add_argument(
        "--dtype",
        choices=PRECISIONS,
        help="numbers that a checkpoint computes in (default: what fits into free memory)",
    )
    parser.add_argument(
        "--compile", action="store_true", help="spend minutes once to make a checkpoint faster"
    )


def open_engine(arguments: argparse.Namespace) -> Engine:
    """The library and the models that the arguments name; a context manager."""
    request = ModelRequest(
        model=arguments.model,
        base=arguments.base,
        captioner=arguments.captioner,
        preparation=arguments.preparation,
        precision=arguments.dtype,
        compiles=arguments.compile,
    )
    return Engine.open(arguments.library, request=request)


def print_json(document: object) -> None:
    """Print the one document of a command."""
    print(json.dumps(document, ensure_ascii=False, indent=2))
