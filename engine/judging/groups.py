"""Groups of images that share one logic, and the file that holds them.

A group has one anonymous caption. A program proposes it, a person verifies it, and the captioner
is trained on what was accepted (sections 3.2 and B of the paper). The file is JSON lines: the first
says what it is, each other one is a group, so that a person can read it and `grep` works::

    {"format": "relsim-groups", "version": 1}
    {"id": "g-0001", "images": ["a.jpg", "b.jpg"], "caption": "Stages of {Subject} over time", ...}
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import stat
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Literal, get_args

from engine.errors import KnownError

FORMAT: Final = "relsim-groups"
VERSION: Final = 1

MIN_IMAGES: Final = 2
MAX_IMAGES: Final = 19
"""The released seed groups have up to 19 images; what is proposed has at most `MAX_PROPOSED`."""
MAX_PROPOSED: Final = 10

Verdict = Literal["unseen", "accepted", "rejected"]
"""What a person said of a group, if anything."""

GroupSource = Literal["proposed", "seed", "board", "verdicts"]
"""Where a group comes from: clustering, the released seed groups, a board, or verdicts on pairs."""

_HEADER: Final = {"format": FORMAT, "version": VERSION}
_FIELDS: Final = ("id", "images", "caption", "source", "flags", "verdict", "original")
_SHOWN_PROBLEMS: Final = 3
_MAX_HEADER: Final = 4096  # bytes of a first line; more is some other file, perhaps of gigabytes


class GroupsChangedError(KnownError):
    """The file holds something else than what was read from it or last written to it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Images that share one logic.

    Attributes:
        id: Unique in its file.
        images: Files, `MIN_IMAGES` to `MAX_IMAGES` of them; they need not be there.
        caption: The anonymous caption of them all; empty while there is none.
        source: Where the group comes from.
        flags: What `engine.models.anonymity.leaks` finds in the caption.
        verdict: A person's.
        original: The caption before a person changed it; None if none did.
    """

    id: str
    images: tuple[Path, ...]
    caption: str = ""
    source: GroupSource = "proposed"
    flags: tuple[str, ...] = ()
    verdict: Verdict = "unseen"
    original: str | None = None


def read_groups(path: Path) -> list[Group]:
    """Read a groups file.

    Args:
        path: The file.

    Returns:
        Its groups in their order, with absolute paths of images.

    Raises:
        KnownError: If the file cannot be read, is no groups file, is damaged, or is of a newer
            version.
    """
    return GroupsFile.open(path).groups


def write_groups(path: Path, groups: Sequence[Group]) -> None:
    """Write a groups file, over one that is there; a kill leaves the old one or the new one.

    Args:
        path: The file; its folder must be there.
        groups: With ids that differ.

    Raises:
        KnownError: If a group could not be read back, or the file cannot be written.
    """
    GroupsFile(path).save(groups, over=True)


class GroupsFile:
    """A groups file that is changed time and again. One thread at a time.

    Saving costs what has changed: a group that is the same object as in the last save is not
    encoded again.

    Args:
        path: The file. Where it is a link, the file that it leads to is meant.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve() if path.is_symlink() else path.absolute()
        self._groups: tuple[Group, ...] = ()
        self._digest: str | None = None
        self._lines: list[bytes] = []  # of the groups, as they are in the file

    @property
    def groups(self) -> list[Group]:
        """The groups as they were read or last saved, in a list of the caller's own."""
        return list(self._groups)

    @classmethod
    def open(cls, path: Path) -> GroupsFile:
        """Read a file; raises as `read_groups` does."""
        file = cls(path)
        try:
            with file.path.open("rb") as stream:
                content = _checked_header(path, stream)
        except FileNotFoundError:
            raise KnownError(f"There is no file {path}") from None
        except IsADirectoryError:
            raise KnownError(f"{path} is a folder: choose the groups file in it") from None
        except OSError as error:
            raise KnownError(f"{path} cannot be read: {error.strerror}") from error
        with _no_collection():
            decoded = _decoded(path, content, file.path.parent)
        file._groups = tuple(group for group, _ in decoded)
        file._lines = [line for _, line in decoded]
        file._digest = _digest(content)
        return file

    def check_writable(self) -> None:
        """See that `save` has a chance, before somebody works for an hour.

        Raises:
            KnownError: If the file is read-only, or nothing can be put beside it.
        """
        _mode(self.path)
        if not os.access(self.path.parent, os.W_OK):
            raise KnownError(
                f"{self.path.parent} is read-only, and saving needs room beside the file: allow"
                " writing to the folder, or work on a copy"
            )

    def save(self, groups: Sequence[Group], *, over: bool = False) -> None:
        """Make the file hold `groups`; a kill leaves the old file or the new one.

        Args:
            groups: All groups, with ids that differ.
            over: Write even if the file holds something else than what it held at last.

        Raises:
            GroupsChangedError: If someone else has changed or removed the file, and not `over`.
            KnownError: If a group could not be read back, or the file cannot be written.
        """
        lines = self._encoded(groups)
        content = b"".join((_line(_HEADER), *lines))
        try:
            if not over and self._digest != self._digest_on_disk():
                raise GroupsChangedError(f"{self.path} was changed by another program")
            _write(self.path, content)
        except OSError as error:
            raise KnownError(f"{self.path} cannot be written: {error.strerror}") from error
        self._digest = _digest(content)
        self._groups, self._lines = tuple(groups), lines

    def _digest_on_disk(self) -> str | None:
        try:
            return _digest(self.path.read_bytes())
        except FileNotFoundError:
            return None

    def _encoded(self, groups: Sequence[Group]) -> list[bytes]:
        # By identity: it costs a fraction of a comparison, and the interface waits for the GIL.
        known = {id(group): line for group, line in zip(self._groups, self._lines, strict=True)}
        prefix = str(self.path.parent).rstrip(os.sep) + os.sep
        lines = [known.get(id(group)) or _encode(group, prefix) for group in groups]
        if len({group.id for group in groups}) < len(groups):
            counts = Counter(group.id for group in groups)
            raise KnownError(f"Two groups have the id {max(counts, key=counts.__getitem__)}")
        return lines


@contextmanager
def _no_collection() -> Iterator[None]:
    """Many objects are made at once, none in a cycle: looking for some would take half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _encode(group: Group, prefix: str) -> bytes:
    content = _content(group, prefix)
    problem = _problem(content)
    if problem:
        raise KnownError(f"Group {group.id} cannot be written: {problem}")
    return _line(content)


def _checked_header(path: Path, stream: BinaryIO) -> bytes:
    """The whole content, if the first line is that of a groups file that this version reads."""
    first = stream.readline(_MAX_HEADER)
    header: object = None
    with suppress(ValueError):
        header = json.loads(first.decode("utf-8-sig"))
    version = header.get("version") if isinstance(header, dict) else None
    if not isinstance(header, dict) or header.get("format") != FORMAT or type(version) is not int:
        raise KnownError(f"{path} is no groups file: its first line is not {json.dumps(_HEADER)}")
    if version > VERSION:
        raise KnownError(
            f"{path} has version {version}, this program reads {VERSION}: update the program"
        )
    return first + stream.read()


def _decoded(path: Path, content: bytes, folder: Path) -> list[tuple[Group, bytes]]:
    """The groups with their lines, which are written again as they are."""
    groups: list[tuple[Group, bytes]] = []
    problems: list[str] = []
    seen: set[str] = set()
    for number, line in enumerate(content.split(b"\n")[1:], start=2):
        if not line.strip():
            continue
        fields: Any = None
        with suppress(ValueError, RecursionError):
            fields = json.loads(line)
        problem = _problem(fields)
        if not problem and fields["id"] in seen:
            problem = f"the id {fields['id']} is that of an earlier group"
        if problem:
            problems.append(f"line {number}: {problem}")
            continue
        seen.add(fields["id"])
        groups.append((_group(fields, folder), line.rstrip() + b"\n"))
    if problems:
        shown = "; ".join(problems[:_SHOWN_PROBLEMS])
        more = len(problems) - _SHOWN_PROBLEMS
        rest = f"; and {more} more" if more > 0 else ""
        raise KnownError(f"{path} is damaged ({shown}{rest}): repair it, or make it again")
    return groups


def _problem(content: object) -> str:  # noqa: PLR0911 - one return a rule
    """What is wrong with the content of a line, in words; empty if nothing is."""
    if not isinstance(content, dict):
        return "this is no JSON object"
    unknown = sorted(content.keys() - set(_FIELDS))
    if unknown:
        return f"there is no field {unknown[0]}"
    if not isinstance(content.get("id"), str) or not content["id"]:
        return "id must be a text"
    images: Any = content.get("images")
    if not _are_texts(images) or not all(name and "\0" not in name for name in images):
        return "images must be a list of paths"
    if not MIN_IMAGES <= len(images) <= MAX_IMAGES:
        return f"a group has {MIN_IMAGES} to {MAX_IMAGES} images, this one {len(images)}"
    if not isinstance(content.get("caption", ""), str):
        return "caption must be a text"
    if not _are_texts(content.get("flags", [])):
        return "flags must be a list of words"
    for name, allowed in (("source", get_args(GroupSource)), ("verdict", get_args(Verdict))):
        if content.get(name, allowed[0]) not in allowed:
            return f"{name} must be one of {', '.join(allowed)}"
    if not isinstance(content.get("original"), str | None):
        return "original must be a text or null"
    return ""


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _group(content: Mapping[str, Any], folder: Path) -> Group:
    return Group(
        id=content["id"],
        images=tuple(folder / name for name in content["images"]),
        caption=content.get("caption", ""),
        source=content.get("source", "proposed"),
        flags=tuple(content.get("flags", ())),
        verdict=content.get("verdict", "unseen"),
        original=content.get("original"),
    )


def _content(group: Group, prefix: str) -> dict[str, Any]:
    """A group as it is written; names of images below `prefix` lose it."""
    return {
        "id": group.id,
        "images": [_name(image, prefix) for image in group.images],
        "caption": group.caption,
        "source": group.source,
        "flags": list(group.flags),
        "verdict": group.verdict,
        "original": group.original,
    }


def _name(image: Path, prefix: str) -> str:
    # `Path.relative_to` takes ten times as long, and there may be 100,000 images.
    absolute = str(image.absolute()).removeprefix(prefix)
    return absolute.replace(os.sep, "/")


def _line(content: Mapping[str, Any]) -> bytes:
    try:
        text = json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # the name of a file that is not UTF-8
        text = json.dumps(content).encode()
    return text + b"\n"


def _write(path: Path, content: bytes) -> None:
    mode = _mode(path)
    writer = f"{os.getpid()}-{threading.get_ident()}"
    temporary = path.with_name(f".{path.name}.{writer}.part")
    try:
        with temporary.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def _mode(path: Path) -> int | None:
    """Permissions of the file that is there, which a replacement would not mind.

    Raises:
        KnownError: If it is read-only.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        return None
    if not mode & 0o222 or not os.access(path, os.W_OK):
        raise KnownError(f"{path} is read-only: allow writing to it, or work on a copy")
    return mode


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()
