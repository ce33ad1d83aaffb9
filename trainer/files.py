"""Files that are there completely or not at all, whenever the process is killed."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor


def write_atomically(path: Path, content: bytes) -> None:
    """Replace `path` by `content`, on disk before the name points to it."""
    temporary = path.with_name(path.name + ".partial")
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def write_tensors(path: Path, tensors: Mapping[str, Tensor], about: Mapping[str, str]) -> None:
    """Replace `path` by a safetensors file, as `write_atomically` does.

    Args:
        path: Of the file.
        tensors: By name; no two share memory.
        about: Its metadata; ``{"format": "pt"}`` for what transformers and PEFT load.
    """
    from safetensors.torch import save_file

    temporary = path.with_name(path.name + ".partial")
    temporary.touch()
    mode = temporary.stat().st_mode
    save_file(dict(tensors), temporary, dict(about))
    temporary.chmod(mode)  # safetensors lets nobody but its owner read it
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
