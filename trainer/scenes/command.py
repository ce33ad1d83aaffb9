"""``relsim-train scenes``: draw relational scenes into a folder, or onto a contact sheet."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Collection
from pathlib import Path

from engine.errors import KnownError
from trainer.scenes.backgrounds import load_backgrounds
from trainer.scenes.generator import SceneGenerator
from trainer.scenes.registry import RELATIONS
from trainer.scenes.subjects import SOURCES, load_subjects, split_subjects
from trainer.scenes.writing import contact_sheet, remove_partial, save_sheet, write_scenes

_SMALLEST, _LARGEST = 32, 1024


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for pictures and truth")
    parser.add_argument("--count", type=int, metavar="N", help="how many scenes")
    parser.add_argument("--size", type=int, default=224, help="side in pixels (default 224)")
    parser.add_argument("--seed", type=int, default=0, help="another seed, other scenes")
    parser.add_argument(
        "--split", choices=("train", "validation", "test"), help="only subjects of this split"
    )
    parser.add_argument("--relations", metavar="A,B", help="only these (default: all)")
    parser.add_argument("--sources", metavar="A,B", help=f"subjects from {', '.join(SOURCES)}")
    parser.add_argument("--no-photos", action="store_true", help="drawn backgrounds only")
    parser.add_argument("--sheet", type=Path, metavar="FILE", help="draw a contact sheet, too")
    parser.add_argument(
        "--force", action="store_true", help="write into a folder that is not empty"
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document at the end")


def run(arguments: argparse.Namespace) -> int:
    """Do it.

    Returns:
        0, or 130 if Ctrl-C ended it early; what is in the folder by then is valid.

    Raises:
        KnownError: If the arguments do not fit together or nothing can be written.
    """
    folder: Path | None = arguments.out
    if folder is None and arguments.sheet is None:
        raise KnownError("Nothing to do: give --out DIR and --count N, or --sheet FILE")
    if folder is not None and (arguments.count is None or arguments.count < 1):
        raise KnownError("--out needs --count N with at least one scene")
    generator = _generator(arguments)
    if arguments.sheet is not None:
        save_sheet(contact_sheet(generator), arguments.sheet)
    written, cancelled, seconds = 0, False, 0.0
    if folder is not None:
        started = time.monotonic()
        progress = _Progress(arguments.count)
        try:
            write_scenes(
                folder, generator, arguments.count, force=arguments.force, on_written=progress
            )
        except KeyboardInterrupt:
            cancelled = True
            remove_partial(folder)
        finally:
            progress.end()
        written, seconds = progress.written, time.monotonic() - started
    _report(arguments, written, cancelled, seconds)
    return 130 if cancelled else 0


def _generator(arguments: argparse.Namespace) -> SceneGenerator:
    if not _SMALLEST <= arguments.size <= _LARGEST:
        raise KnownError(f"--size must lie between {_SMALLEST} and {_LARGEST}")
    subjects = load_subjects(_names(arguments.sources, SOURCES, "source"))
    if arguments.split is not None:
        subjects = split_subjects(subjects)[arguments.split]
    if len({subject.concept for subject in subjects}) < 2:
        raise KnownError("Too few subjects: choose more sources, or install them")
    return SceneGenerator(
        subjects,
        _names(arguments.relations, RELATIONS, "relation"),
        size=arguments.size,
        seed=arguments.seed,
        backgrounds=() if arguments.no_photos else load_backgrounds(),
    )


def _names(text: str | None, known: Collection[str], what: str) -> list[str] | None:
    """Split a comma-separated list, and check it; None means all."""
    if text is None:
        return None
    names = [name.strip() for name in text.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise KnownError(f"Unknown {what} {name!r}; there are {', '.join(known)}")
    if not names:
        raise KnownError(f"No {what} given")
    return names


def _report(arguments: argparse.Namespace, written: int, cancelled: bool, seconds: float) -> None:
    if arguments.json:
        document = {
            "folder": None if arguments.out is None else str(arguments.out),
            "sheet": None if arguments.sheet is None else str(arguments.sheet),
            "written": written,
            "cancelled": cancelled,
            "seconds": round(seconds, 2),
        }
        sys.stdout.write(json.dumps(document) + "\n")
        return
    if arguments.sheet is not None:
        sys.stdout.write(f"Sheet: {arguments.sheet}\n")
    if arguments.out is not None:
        state = "cancelled after" if cancelled else "wrote"
        sys.stdout.write(f"{state} {written:,} scenes in {seconds:.1f} s: {arguments.out}\n")


class _Progress:
    """Shows the count on standard error: in place on a terminal, else a line every tenth."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.written = 0
        self._terminal = sys.stderr.isatty()
        self._step = max(1, total // (200 if self._terminal else 10))

    def __call__(self, written: int) -> None:
        self.written = written
        if written % self._step == 0 or written == self.total:
            start, end = ("\r", "") if self._terminal else ("", "\n")
            sys.stderr.write(f"{start}Drawing {written:,} of {self.total:,}{end}")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line that was written in place."""
        if self._terminal:
            sys.stderr.write("\n")
