"""``relsim-train generate``: new pictures that keep the logic of given ones."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from engine.errors import KnownError
from engine.generation.generators import GeneratorChoice, load_generator
from engine.service import Engine
from trainer.generation.making import INSTRUCTION, GenerationConfig, make_triplets
from trainer.progress import Reporter


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("images", nargs="+", type=Path, metavar="IMAGE")
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument(
        "--generator", metavar="DIR|ID", help="a diffusers model: its folder, or its hub id"
    )
    who.add_argument("--url", help="an endpoint with OpenAI's images interface")
    parser.add_argument("--generator-model", metavar="NAME", help="the endpoint's model")
    parser.add_argument("--key", metavar="NAME", help="of the endpoint's key; see relsim keys")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="for the triplets")
    parser.add_argument(
        "--fill",
        action="append",
        default=[],
        metavar="SLOT=VALUE",
        help="what to put into a slot; the others are filled by chance",
    )
    parser.add_argument(
        "--caption", help="the logic of all inputs, with slots; else what each is described by"
    )
    parser.add_argument(
        "--instruction", default=INSTRUCTION, help=f"what is asked (default: {INSTRUCTION!r})"
    )
    parser.add_argument(
        "--edit", action="store_true", help="let the generator change the input, as instructed"
    )
    parser.add_argument("--count", type=int, default=4, help="pictures an input (default: 4)")
    parser.add_argument("--seed", type=int, default=0, help="of the first picture (default: 0)")
    parser.add_argument("--size", metavar="WxH", help="in pixels (default: the generator's own)")
    parser.add_argument("--steps", type=int, help="of denoising")
    parser.add_argument("--guidance", type=float, help="how closely to follow the words")
    parser.add_argument("--strength", type=float, help="of a change, above 0, at most 1")
    parser.add_argument("--model", metavar="ID|DIR", help="that describes the inputs")
    parser.add_argument(
        "--library", type=Path, metavar="DIR", help="whose captions to use, where it has any"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document with the counts")


def run(arguments: argparse.Namespace) -> int:
    """Make triplets; 2 if there is none in the end."""
    config = _config(arguments)
    reporter = Reporter(as_json=arguments.json)
    with (
        _engine(arguments) as engine,
        closing(load_generator(config.generator)) as generator,
    ):
        counts = make_triplets(
            engine,
            generator,
            arguments.images,
            config,
            arguments.out,
            reporter=reporter,
        )
    if arguments.json:
        sys.stdout.write(json.dumps(counts, indent=1) + "\n")
    else:
        for path, reason in {(one["path"], one["reason"]): None for one in counts["failed"]}:
            sys.stderr.write(f"{path}: {reason}\n")
        sys.stdout.write(
            f"{counts['made']} made, {counts['reused']} were there, {len(counts['failed'])} failed:"
            f" {counts['triplets']}\n"
        )
    return 0 if counts["made"] + counts["reused"] else 2


def _config(arguments: argparse.Namespace) -> GenerationConfig:
    return GenerationConfig(
        generator=_choice(arguments),
        count=arguments.count,
        seed=arguments.seed,
        fill=dict(_filling(text) for text in arguments.fill),
        caption=arguments.caption,
        instruction=arguments.instruction,
        edit=arguments.edit,
        model=arguments.model,
        size=_size(arguments.size),
        steps=arguments.steps,
        guidance=arguments.guidance,
        strength=arguments.strength,
    )


def _choice(arguments: argparse.Namespace) -> GeneratorChoice:
    if arguments.url is None:
        if arguments.generator_model or arguments.key:
            raise KnownError("--generator-model and --key belong to --url")
        return GeneratorChoice("diffusers", arguments.generator)
    return GeneratorChoice(
        "endpoint", arguments.generator_model or "", arguments.url, arguments.key
    )


def _filling(text: str) -> tuple[str, str]:
    name, _, value = text.partition("=")
    name = name.strip().strip("{}")
    if not name or not value.strip():
        raise KnownError(f"--fill {text}: write SLOT=VALUE, for example Subject=teapot")
    return name, value.strip()


def _size(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    try:
        width, height = (int(side) for side in text.lower().split("x"))
    except ValueError:
        raise KnownError(f"--size {text}: write WIDTHxHEIGHT, for example 1024x768") from None
    return width, height


@contextmanager
def _engine(arguments: argparse.Namespace) -> Iterator[Engine]:
    """What describes the inputs; with no library named, one that is forgotten again."""
    with tempfile.TemporaryDirectory(prefix="relsim-") as folder:
        library = arguments.library or Path(folder)
        with Engine.open(library, model=arguments.model) as engine:
            yield engine
