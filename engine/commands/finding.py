"""The arguments of ``relsim neighbors``: a question of several parts, asked from a terminal."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from engine.errors import QueryError
from engine.finding.filters import Filters
from engine.finding.finder import Ask, Part
from engine.library.traits import COLOURS, Orientation

_ORIENTATIONS: Final[Sequence[Orientation]] = ("landscape", "portrait", "square")

_FORMATS: Final = {
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "tiff": "TIFF",
    "tif": "TIFF",
    "bmp": "BMP",
    "heif": "HEIF",
    "heic": "HEIF",
    "avif": "AVIF",
    "jxl": "JXL",
    "ppm": "PPM",
    "psd": "PSD",
    "svg": "SVG",
    "raw": "RAW",
}
"""What people write -> `Traits.format`."""

_DATE = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")


def add_finding_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `ask_from` reads: the pictures and sentences, and all that narrows them down."""
    parser.add_argument(
        "images", nargs="*", type=Path, metavar="IMAGE", help="pictures to find relatives of"
    )
    parser.add_argument(
        "--also", action="append", default=[], metavar="TEXT", help="a sentence to fit as well"
    )
    parser.add_argument(
        "--not",
        dest="unlike",
        action="append",
        default=[],
        type=Path,
        metavar="IMAGE",
        help="a picture to keep away from",
    )
    parser.add_argument(
        "--not-text", action="append", default=[], metavar="TEXT", help="a sentence not to fit"
    )
    parser.add_argument("--relation", metavar="TEXT", help="which of its relations is meant")
    parser.add_argument(
        "--surprise", type=_fraction, default=0.0, metavar="0..1", help="prefer unlike looks"
    )
    parser.add_argument(
        "--collapse", action="store_true", help="show near-identical pictures and bursts once"
    )
    parser.add_argument("--farthest", action="store_true", help="the least related first")
    narrowed = parser.add_argument_group("only pictures that are")
    narrowed.add_argument(
        "--folder", action="append", default=[], type=Path, metavar="DIR", help="in this folder"
    )
    narrowed.add_argument(
        "--format", action="append", default=[], type=_format, metavar="F", help="such as jpeg"
    )
    narrowed.add_argument(
        "--orientation",
        action="append",
        default=[],
        type=_orientation,
        metavar="O",
        help=", ".join(_ORIENTATIONS),
    )
    narrowed.add_argument(
        "--colour", action="append", default=[], type=_colour, metavar="C", help=", ".join(COLOURS)
    )
    narrowed.add_argument(
        "--after", type=_day, metavar="DATE", help="taken on this day or later, such as 2024-05-31"
    )
    narrowed.add_argument("--before", type=_day, metavar="DATE", help="taken before this day")
    narrowed.add_argument(
        "--min-percentile", type=_percentile, default=0.0, metavar="P", help="as related, 0..100"
    )


def ask_from(arguments: argparse.Namespace) -> Ask:
    """The question that the arguments make.

    Raises:
        QueryError: If nothing is asked for, or no day lies between the two.
    """
    parts = [
        *(Part(image) for image in arguments.images),
        *(Part(text) for text in arguments.also),
        *(Part(image, -1.0) for image in arguments.unlike),
        *(Part(text, -1.0) for text in arguments.not_text),
    ]
    if not arguments.images and not arguments.also:
        raise QueryError("Name a picture to find relatives of, or a sentence with --also")
    after, before = arguments.after, arguments.before
    if after is not None and before is not None and after >= before:
        raise QueryError("No day is both: --after has to name an earlier day than --before")
    return Ask(
        parts=tuple(parts),
        relation=arguments.relation,
        surprise=arguments.surprise,
        collapse=arguments.collapse,
        filters=Filters(
            folders=tuple(folder.expanduser().absolute() for folder in arguments.folder),
            after_ns=after,
            before_ns=before,
            formats=tuple(arguments.format),
            orientations=tuple(arguments.orientation),
            colours=tuple(arguments.colour),
            min_percentile=arguments.min_percentile,
        ),
        order="farthest" if arguments.farthest else "nearest",
    )


def _fraction(text: str) -> float:
    return _between(text, 0.0, 1.0)


def _percentile(text: str) -> float:
    return _between(text, 0.0, 100.0)


def _between(text: str, least: float, most: float) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"must lie between {least:g} and {most:g}")
    return value


def _format(text: str) -> str:
    known = _FORMATS.get(text.casefold().removeprefix("."))
    if known is None:
        raise argparse.ArgumentTypeError(f"'{text}' is none of {', '.join(_FORMATS)}")
    return known


def _orientation(text: str) -> Orientation:
    for orientation in _ORIENTATIONS:
        if text.casefold() == orientation:
            return orientation
    raise argparse.ArgumentTypeError(f"'{text}' is none of {', '.join(_ORIENTATIONS)}")


def _colour(text: str) -> str:
    if text.casefold() not in COLOURS:
        raise argparse.ArgumentTypeError(f"'{text}' is none of {', '.join(COLOURS)}")
    return text.casefold()


def _day(text: str) -> int:
    """When a day, month or year begins, in nanoseconds since 1970 in local time."""
    match = _DATE.fullmatch(text.strip())
    year, month, day = match.groups("1") if match is not None else ("", "", "")
    try:
        begins = datetime.strptime(f"{year} {month} {day}", "%Y %m %d").replace(tzinfo=UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"'{text}' is no day: write 2024-05-31, 2024-05 or 2024"
        ) from None
    return int(begins.timestamp()) * 1_000_000_000
