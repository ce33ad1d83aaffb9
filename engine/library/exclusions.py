"""What of a library's folders is left out, in gitignore syntax.

Rules come from two places: one text for the whole library, whose patterns are taken relative to
each of its folders, and files named ``.relsimignore``, relative to the folder that they lie in. As
with git, of several patterns that match the last one counts, a deeper file comes before a
shallower one, and nothing inside a hidden folder comes back.
"""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.types import Failure

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

    from engine.store import Store

FILE_NAME: Final = ".relsimignore"
"""A file of rules inside a folder."""

SETTING: Final = "exclusions"
"""The setting of a library that holds its text of rules."""

_MAX_BYTES = 1 << 20  # of a file of rules; a larger one is something else


@dataclass(frozen=True, slots=True)
class RuleError:
    """A line that is no pattern.

    Attributes:
        line: Counted from 1.
        text: The line.
    """

    line: int
    text: str

    def __str__(self) -> str:
        return f"line {self.line}: “{self.text}” is not a pattern"


def rule_errors(text: str) -> list[RuleError]:
    """The lines of a text of rules that are no patterns."""
    return [
        RuleError(number, line)
        for number, line in enumerate(text.splitlines(), start=1)
        if not _is_pattern(line)
    ]


def library_rules(store: Store) -> str:
    """The library's text of rules."""
    return store.setting(SETTING) or ""


def set_library_rules(store: Store, text: str) -> None:
    """Change the library's text of rules; the next indexing run follows them.

    Raises:
        KnownError: If a line is no pattern; then nothing is changed.
    """
    errors = rule_errors(text)
    if errors:
        raise KnownError(f"{'; '.join(map(str, errors))}. Correct it, or put # before it")
    store.set_setting(SETTING, text)


class Exclusions:
    """The rules of a library, for one scan.

    Args:
        text: Of the whole library.
        folders: Those of the library, which its text is relative to; a path outside them is taken
            for a folder of its own.
    """

    def __init__(self, text: str = "", folders: Sequence[Path] = ()) -> None:
        errors = rule_errors(text)
        if errors:
            raise KnownError("; ".join(map(str, errors)))
        self._spec = _compiled(text.splitlines()) if text.strip() else None
        self._folders = [str(folder) for folder in folders]
        self.problems: list[Failure] = []

    def hides(self, root: str, path: str) -> bool:
        """Whether the library's text, without the files of rules, hides a file inside `root`."""
        if self._spec is None:
            return False
        inside = os.path.relpath(path, root) if path != root else os.path.basename(path)  # noqa: PTH119
        return self._spec.match_file(inside.replace(os.sep, "/"))

    def at(self, root: str) -> Rules | None:
        """The rules for what lies in a folder, those of the folders around it included.

        Returns:
            None if they hide the folder itself.
        """
        around = [
            f for f in self._folders if root == f or root.startswith(f.rstrip(os.sep) + os.sep)
        ]
        base = max(around, key=len) if around else root
        rules = Rules([] if self._spec is None else [(base, self._spec)], self.problems)
        folder = base
        for part in Path(os.path.relpath(root, base)).parts:
            rules = rules.within(folder)
            folder = os.path.join(folder, part)  # noqa: PTH118 - as everywhere in a scan
            if rules.hides(folder, is_folder=os.path.isdir(folder)):  # noqa: PTH112
                return None
        return rules


class Rules:
    """The rules that hold in one folder; those of its own file come with `within`."""

    def __init__(self, chain: list[tuple[str, GitIgnoreSpec]], problems: list[Failure]) -> None:
        self._chain = chain
        self._problems = problems

    def within(self, folder: str) -> Rules:
        """The rules for what lies in this folder: its own file of rules joins, if it has one."""
        spec = _read(folder, self._problems)
        return self if spec is None else Rules([*self._chain, (folder, spec)], self._problems)

    def hides(self, path: str, *, is_folder: bool) -> bool:
        """Whether a file or folder is left out; those around it are not."""
        for base, spec in reversed(self._chain):
            inside = path[len(base) :].replace(os.sep, "/").lstrip("/")
            included = spec.check_file(f"{inside}/" if is_folder else inside).include
            if included is not None:
                return included
        return False


@dataclass(frozen=True, slots=True)
class Preview:
    """What rules would hide: so many picture files of so many, and the first few of them."""

    hidden: int
    of: int
    first: tuple[Path, ...] = ()


class ExclusionPreview:
    """Counts what a text would hide, again and again while a person types. Any thread.

    The folders are walked once; the counts after that take a moment only.
    """

    _SHOWN = 20

    def __init__(self, store: Store) -> None:
        self._store = store
        self._files: list[tuple[str, str]] | None = None
        self._walking = threading.Lock()

    def count(self, text: str, control: JobControl | None = None) -> Preview:
        """What the text would hide of what the library could show.

        Raises:
            KnownError: If a line is no pattern.
            Cancelled: If told to.
        """
        control = control or JobControl()
        hides = Exclusions(text).hides
        hidden: list[Path] = []
        with self._walking:
            if self._files is None:
                self._files = self._walk(control)
        for number, (root, path) in enumerate(self._files):
            if number % 1000 == 0:
                control.checkpoint()
            if hides(root, path):
                hidden.append(Path(path))
        return Preview(len(hidden), len(self._files), tuple(hidden[: self._SHOWN]))

    def _walk(self, control: JobControl) -> list[tuple[str, str]]:
        from engine.library.scan import scan  # which in turn asks for the rules

        there = [f.path for f in self._store.folders() if f.online and f.path.exists()]
        return [
            (str(root), str(entry.path))
            for root in there
            for entry in scan([root], control=control).entries
        ]


def _is_pattern(line: str) -> bool:
    try:
        _compiled([line])
    except (ValueError, re.error):
        return False
    return True


def _compiled(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec  # of no use to most libraries

    return GitIgnoreSpec.from_lines(lines)


def _read(folder: str, problems: list[Failure]) -> GitIgnoreSpec | None:
    """The rules of a folder's own file; lines that are none are reported and skipped."""
    file = Path(folder, FILE_NAME)
    try:
        if file.stat().st_size > _MAX_BYTES:
            problems.append(Failure(file, "too large to be a file of rules"))
            return None
        text = file.read_text("utf-8", errors="replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(Failure(file, error.strerror or "cannot be read"))
        return None
    errors = rule_errors(text)
    if errors:
        problems.append(Failure(file, "; ".join(map(str, errors))))
    wrong = {error.line for error in errors}
    lines = [line for number, line in enumerate(text.splitlines(), 1) if number not in wrong]
    return _compiled(lines)
