"""What a model's folder holds, written beside its files: the format of `relsim-model.json`.

The same document is the plan of a download that is under way, so that a later one knows which of
the files that are there are still wanted.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelError

MANIFEST_NAME = "relsim-model.json"
_FORMAT = 1
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._+-]*")


class NewerManifestError(ModelError):
    """A manifest is of a format that this version does not know."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file of a model; all lie in the model's folder itself.

    Attributes:
        name: Its name.
        size: In bytes.
        sha256: Hexadecimal; empty in the plan of a download where the hub gives only `blob`.
        blob: The file's object id in git (SHA-1, hexadecimal) if the hub gives that; else empty.
        mtime_ns: Of the file that was checked against `sha256`; 0 in a plan.
    """

    name: str
    size: int
    sha256: str = ""
    blob: str = ""
    mtime_ns: int = 0

    def same_content(self, other: ModelFile) -> bool:
        """Whether both name the same content by a checksum that both have."""
        if self.size != other.size:
            return False
        if self.sha256 and other.sha256:
            return self.sha256 == other.sha256
        return bool(self.blob) and self.blob == other.blob


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a model and where they came from.

    Attributes:
        model: Id of the model.
        repository: Id on the hub; None if it was imported.
        revision: Commit on the hub; None if it was imported from a folder that does not say.
        files: In the order of their names.
    """

    model: str
    repository: str | None
    revision: str | None
    files: tuple[ModelFile, ...]

    @classmethod
    def read(cls, folder: Path) -> Manifest | None:
        """The manifest of a folder, or None if it has none.

        Raises:
            ModelError: If it is damaged, or of a newer format (`NewerManifestError`).
        """
        path = folder / MANIFEST_NAME
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, ValueError) as error:
            raise ModelError(f"{path} cannot be read: {error}") from error
        if isinstance(content, dict) and isinstance(content.get("format"), int):
            if content["format"] > _FORMAT:
                raise NewerManifestError(
                    f"{path} has format {content['format']}, this version reads {_FORMAT}: update"
                    " the program"
                )
            with contextlib.suppress(KeyError, TypeError, ValueError):
                return _typed(content)
        raise ModelError(f"{path} is damaged: remove the model and get it again")

    def write(self, folder: Path) -> None:
        """Write it; a reader sees the old one or the new one, never a part."""
        document = {"format": _FORMAT, **asdict(self)}
        temporary = folder / f"{MANIFEST_NAME}.new"
        with temporary.open("w", encoding="utf-8") as file:
            file.write(json.dumps(document, indent=1) + "\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(folder / MANIFEST_NAME)

    def changed(self, folder: Path) -> list[str]:
        """Names of the files that are missing or of another size; contents are not read."""
        return [file.name for file in self.files if size_of(folder / file.name) != file.size]


def plain_name(name: str) -> bool:
    """Whether a name that came from elsewhere is that of a file in the folder itself."""
    return _PLAIN_NAME.fullmatch(name) is not None


def size_of(path: Path) -> int:
    """Size of a file in bytes, -1 if there is none."""
    try:
        return path.stat().st_size if path.is_file() else -1
    except OSError:
        return -1


def _typed(content: Mapping[str, Any]) -> Manifest:
    files = []
    for entry in content["files"]:
        name, size, mtime_ns = entry["name"], entry["size"], entry["mtime_ns"]
        if not plain_name(name) or not isinstance(size, int) or not isinstance(mtime_ns, int):
            raise ValueError(name)
        sums = {"sha256": entry["sha256"], "blob": entry["blob"]}
        if not all(re.fullmatch("[0-9a-f]*", value) for value in sums.values()):
            raise ValueError(name)
        files.append(ModelFile(name, size, mtime_ns=mtime_ns, **sums))
    texts = (content["model"], content["repository"], content["revision"])
    if not files or not all(text is None or isinstance(text, str) for text in texts):
        raise ValueError("files")
    return Manifest(*texts, tuple(files))
