"""Pictures as files: a folder of them, with what lies beside, or named by a list."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from engine.imaging import SUPPORTED
from engine.jobs import JobControl
from engine.library.scan import ScanEntry, scan
from trainer.data.gathering import Gathering
from trainer.data.records import Source
from trainer.data.rows import Row, RowError, parse_row

MAX_SIDECAR: Final = 1 << 20
"""Bytes of a text or JSON file beside a picture; more is something else."""


class FilePictures:
    """Finds the files that rows speak of.

    Args:
        folder: Of the list; a row's file is looked for from here.
        images: Of the pictures, where someone named it; otherwise ``images`` beside the list, and
            the list's folder itself.
    """

    def __init__(self, folder: Path, images: Path | None) -> None:
        self._roots = [folder, folder / "images"] if images is None else [images, folder]
        self._images = images
        self._by_name: Mapping[str, Path] | None = None
        shown = self._roots if images is None else [images]
        self.where = f"there is no such file in {' or '.join(map(str, shown))}"

    def find(self, row: Row) -> Source | None:
        """The file of a row, or None."""
        if row.file is not None:
            for root in self._roots:
                path = root / row.file
                with suppress(ValueError, OSError):  # a name with zeros in it, or one too long
                    if path.is_file():
                        return path
        if self._by_name is None:
            self._by_name = self._names()
        return self._by_name.get(row.key)

    def _names(self) -> Mapping[str, Path]:
        """All pictures by relative path, with and without suffix, and by their bare name."""
        root = self._roots[1] if self._images is None else self._images
        if root.is_dir():
            return _named(root, (entry.path for entry in scan([root]).entries))
        # Not a walk: a list may lie in a home folder, above everything that its user has.
        beside = sorted(p for p in self._roots[0].iterdir() if p.suffix.lower() in SUPPORTED)
        return _named(self._roots[0], beside)


def _named(root: Path, paths: Iterable[Path]) -> dict[str, Path]:
    names: dict[str, Path] = {}
    prefix = _absolute(root).rstrip(os.sep) + os.sep
    for path in paths:
        relative = _absolute(path).removeprefix(prefix).replace(os.sep, "/")
        # The first of the same bare name counts, in the order of paths.
        for name in (relative, relative.rpartition(".")[0], path.stem):
            names.setdefault(name, path)
    return names


def _absolute(path: Path) -> str:
    """As `scan` has it: without steps upwards, and links are not followed."""
    return os.path.abspath(path)  # noqa: PTH100 - `resolve` would follow links


def gather_folder(
    folder: Path,
    gathering: Gathering,
    *,
    control: JobControl | None = None,
    known: Iterable[Source] = (),
) -> None:
    """Take every picture below a folder, with the ``.txt`` or ``.json`` beside it.

    Args:
        folder: Walked as a library's folders are: hidden and system folders are left out.
        gathering: Where the pictures go.
        control: Checked once a folder.
        known: Files that were taken already, because a list in the folder names them.
    """
    found = scan([folder], control=control)
    # `scan` says where files lie from the root; a list, as it or its folder was named.
    taken = {_absolute(one) for one in known if isinstance(one, Path)}
    prefix = _absolute(folder).rstrip(os.sep) + os.sep

    def key_of(path: Path) -> str:
        return str(path).removeprefix(prefix).replace(os.sep, "/")

    for path in found.skipped:
        gathering.drop("unsupported", key_of(path), f"{path.suffix} files cannot be read")
    for problem in found.problems:
        gathering.drop("unreadable", key_of(problem.path), problem.reason)
    beside = _Sidecars()
    for entry in found.entries:
        if str(entry.path) in taken:
            continue
        key = key_of(entry.path)
        try:
            gathering.take(beside.row(entry, key), entry.path)
        except RowError as error:
            gathering.refuse(error, key)


class _Sidecars:
    """Text and JSON files beside pictures; each folder is listed once."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._names: frozenset[str] = frozenset()

    def row(self, entry: ScanEntry, key: str) -> Row:
        """What lies beside a picture.

        Raises:
            RowError: If that cannot be understood.
        """
        folder, stem = entry.path.parent, entry.path.stem
        if folder != self._folder:
            self._folder = folder
            names = (name.name for name in os.scandir(folder))
            self._names = frozenset(name for name in names if name.endswith((".txt", ".json")))
        row = Row(key)
        if f"{stem}.json" in self._names:
            row = parse_sidecar(_content(folder / f"{stem}.json", key), key)
        if f"{stem}.txt" in self._names and row.caption is None:
            row = replace(row, caption=parse_caption(_content(folder / f"{stem}.txt", key), key))
        return row


def parse_sidecar(content: bytes, key: str) -> Row:
    """The fields in a JSON file that belongs to a picture.

    Raises:
        RowError: If it is none.
    """
    try:
        fields = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise RowError("malformed", f"its JSON cannot be read: {error}", key) from error
    return parse_row(fields, key)


def parse_caption(content: bytes, key: str) -> str | None:
    """The caption in a text file that belongs to a picture; None if it is blank.

    Raises:
        RowError: If it is no text.
    """
    try:
        return " ".join(content.decode("utf-8-sig").split()) or None
    except UnicodeDecodeError as error:
        raise RowError("malformed", "its text is not UTF-8", key) from error


def _content(path: Path, key: str) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_SIDECAR + 1)
    except OSError as error:
        raise RowError("unreadable", f"{path.name}: {error.strerror}", key) from error
    if len(content) > MAX_SIDECAR:
        raise RowError("malformed", f"{path.name} is larger than a caption can be", key)
    return content
