"""One short name for the weights in some folders: the part of a fingerprint that they decide."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from engine.errors import ModelError
from engine.models.manifest import Manifest
from engine.paths import models_directory

CHUNK = 1 << 20
CACHE_NAME = "identities.json"

_FORMAT = 1
_DECIDING = {
    "projection_and_config.pt",
    "config.json",
    "preprocessor_config.json",
    "adapter_config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "vocab.json",
    "merges.txt",
    "added_tokens.json",
    "special_tokens_map.json",
    "chat_template.jinja",
    "chat_template.json",
}
_cache_lock = threading.Lock()


def weights_identity(*folders: Path) -> str:
    """SHA-256, hexadecimal, over the names and contents of all files that decide the vectors.

    These are the weights, the configuration, and the tokenizer's files. The checksums come from the
    manifest that was written with the files, or from a cache, while size and time of change agree;
    else the files are read, which takes about a second a gigabyte.

    Args:
        folders: Model folders, the base first. Their order counts, their paths do not.

    Raises:
        ModelError: If a folder cannot be read, or holds no weights.
    """
    identity = hashlib.sha256()
    for folder in folders:
        try:
            names = sorted(
                path.name
                for path in folder.iterdir()
                if path.suffix == ".safetensors" or path.name in _DECIDING
            )
            if not any(name.endswith(".safetensors") for name in names):
                raise ModelError(f"{folder} holds no weights (*.safetensors)")
            sums = _checksums(folder, names)
        except OSError as error:
            raise ModelError(f"The model in {folder} cannot be read: {error}") from error
        identity.update(b"folder\0")
        for name in names:
            identity.update(f"{name}\0{sums[name]}\0".encode())
    return identity.hexdigest()


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _checksums(folder: Path, names: list[str]) -> dict[str, str]:
    known = _from_manifest(folder)
    cached: dict[str, Any] | None = None
    sums = {}
    for name in names:
        path = folder / name
        stat = path.stat()
        if known.get((name, stat.st_size, stat.st_mtime_ns)):
            sums[name] = known[name, stat.st_size, stat.st_mtime_ns]
            continue
        cached = _read_cache() if cached is None else cached
        entry = cached.get(str(path.absolute()))
        key = [stat.st_size, stat.st_mtime_ns]
        if not isinstance(entry, list) or entry[:2] != key or not isinstance(entry[-1], str):
            entry = [*key, file_sha256(path)]
            _remember(str(path.absolute()), entry)
        sums[name] = entry[-1]
    return sums


def _from_manifest(folder: Path) -> Mapping[tuple[str, int, int], str]:
    try:
        manifest = Manifest.read(folder)
    except ModelError:
        return {}  # the files themselves are still there to be read
    files = () if manifest is None else manifest.files
    return {(file.name, file.size, file.mtime_ns): file.sha256 for file in files}


def _read_cache() -> dict[str, Any]:
    try:
        content = json.loads((models_directory() / CACHE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(content, dict) or content.get("format") != _FORMAT:
        return {}
    files = content.get("files")
    return files if isinstance(files, dict) else {}


def _remember(path: str, entry: list[int | str]) -> None:
    """Add to the cache; where that cannot be written, the next start computes once more."""
    folder = models_directory()
    with _cache_lock:
        document = {"format": _FORMAT, "files": {**_read_cache(), path: entry}}
        temporary = folder / f"{CACHE_NAME}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            temporary.write_text(json.dumps(document, indent=1), encoding="utf-8")
            temporary.replace(folder / CACHE_NAME)
        except OSError:
            return
