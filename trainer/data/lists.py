"""Lists of pictures: JSON lines, JSON, the released seed groups, and our groups files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, Final
from urllib.parse import unquote, urlsplit

from engine.errors import KnownError
from engine.judging.groups import FORMAT as GROUPS
from engine.judging.groups import read_groups
from trainer.data.gathering import Gathering
from trainer.data.rows import Row, RowError, parse_row, url_key

MAX_LINE: Final = 1 << 20
"""Bytes; a longer line is dropped without being held."""

_MAX_DOCUMENT: Final = 1 << 29
_VERSION: Final = 1  # of lists that begin with a header of ours

Line = tuple[str, "Row | RowError"]
"""Where a row stands, and the row or what is wrong with it."""


def read_lines(path: Path) -> Iterator[Line]:
    """The rows of a file of JSON lines, as they are read; a header of ours is passed over.

    Raises:
        KnownError: If the file cannot be read, or says that it is of a newer version.
    """
    for place, content in _lines(path):
        if isinstance(content, RowError):
            yield place, content
            continue
        try:
            fields = json.loads(content)
        except (ValueError, RecursionError) as error:
            yield place, RowError("malformed", f"it is no JSON: {error}")
            continue
        if place == "line 1" and _is_header(path, fields):
            continue
        try:
            yield place, parse_row(fields)
        except RowError as error:
            yield place, error


def _lines(path: Path) -> Iterator[tuple[str, str | RowError]]:
    try:
        with path.open("rb") as file:
            for number, line in enumerate(_bounded(file), start=1):
                if len(line) > MAX_LINE:
                    yield f"line {number}", RowError("too-large", f"it is over {MAX_LINE:,} bytes")
                    continue
                try:
                    text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
                except UnicodeDecodeError:
                    yield f"line {number}", RowError("malformed", "it is not UTF-8")
                    continue
                if text:
                    yield f"line {number}", text
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}") from error


def _bounded(file: BinaryIO) -> Iterator[bytes]:
    """Lines; of one that is too long only the beginning."""
    while line := file.readline(MAX_LINE + 1):
        yield line
        while len(line) > MAX_LINE and not line.endswith(b"\n"):
            line = file.readline(MAX_LINE + 1)


def _is_header(path: Path, fields: Any) -> bool:
    if not isinstance(fields, dict) or not isinstance(fields.get("format"), str):
        return False
    version = fields.get("version")
    if not fields["format"].startswith("relsim-") or not isinstance(version, int):
        return False
    if version > _VERSION:
        raise KnownError(
            f"{path} has version {version}, this program reads {_VERSION}: update the program"
        )
    return True


def is_groups_file(path: Path) -> bool:
    """Whether a file begins like one of `engine.judging.groups`."""
    with suppress(OSError, ValueError), path.open("rb") as file:
        first = json.loads(file.readline(4096).decode("utf-8-sig"))
        return isinstance(first, dict) and first.get("format") == GROUPS
    return False


def gather_groups(path: Path, gathering: Gathering) -> None:
    """Take the images of the groups that a person accepted.

    An image can be in several groups, with a caption of each: its key begins with the group's id.
    Of images of one group that share a file name, the later ones have their number before it.

    Raises:
        KnownError: If the file cannot be read.
    """
    for group in read_groups(path):
        names = _names(group.images)
        for image in group.images:
            key = f"{group.id}/{names[image]}"
            row = Row(key, caption=group.caption.strip() or None, group=group.id)
            if group.verdict == "rejected":
                gathering.drop("rejected", key, "a person rejected its group")
            elif group.verdict == "unseen":
                gathering.drop("unverified", key, "no person has accepted its group yet")
            else:
                source = image if image.is_file() else None
                gathering.take(row, source, f"there is no file {image}")


def _names(images: Iterable[Path]) -> dict[Path, str]:
    """A name for each image that no other one has; the same image twice has but one."""
    names: dict[Path, str] = {}
    used: set[str] = set()
    for number, image in enumerate(images, start=1):
        if image in names:
            continue
        name = image.name
        while name in used:  # more than once where a file is called as a number would have it
            name = f"{number}-{name}"
        names[image] = name
        used.add(name)
    return names


def read_document(path: Path) -> tuple[str, Iterator[Line]]:
    """The rows of a JSON file: the released seed groups, or an array of rows.

    Returns:
        What it is, in words, and its rows.

    Raises:
        KnownError: If the file cannot be read or is neither.
    """
    try:
        if path.stat().st_size > _MAX_DOCUMENT:
            raise KnownError(f"{path} is too large for one JSON document: write JSON lines")
        content = json.loads(path.read_bytes())
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise KnownError(f"{path} is no JSON ({error}): repair it, or name another file") from error
    if not isinstance(content, list):
        raise KnownError(f"{path} is no list of pictures: it must be a JSON array of objects")
    if any(isinstance(item, dict) and "image_urls" in item for item in content[:1]):
        return "released seed groups", _seed_groups(content)
    return "a JSON array of rows", _array(content)


def _array(content: list[Any]) -> Iterator[Line]:
    for number, fields in enumerate(content, start=1):
        try:
            yield f"entry {number}", parse_row(fields)
        except RowError as error:
            yield f"entry {number}", error


def _seed_groups(content: list[Any]) -> Iterator[Line]:
    """One row an image; a group's name is its number, as in the addresses of its images."""
    for number, group in enumerate(content):
        place = f"group {number}"
        try:
            row = parse_row(group, place)
        except RowError as error:
            yield place, error
            continue
        urls = group.get("image_urls")
        if not isinstance(urls, list) or not urls:
            yield place, RowError("malformed", "it has no list of image_urls", place)
            continue
        caption = None if row.caption is None else row.caption.strip('" ') or None
        for url in urls:
            if not isinstance(url, str):
                yield place, RowError("malformed", "one of its image_urls is no text", place)
                continue
            file = unquote(urlsplit(url).path).rpartition("/images/")[2]
            key = file.rpartition(".")[0] if "/images/" in url else url_key(url)
            yield (
                place,
                replace(row, key=key, file=file, caption=caption, group=str(number), url=url),
            )
