"""Which files make a model of each kind, and whether a folder has them whole.

Only data is ever wanted: weights in safetensors, configuration, tokenizer. The one pickle is the
released `projection_and_config.pt`, which is read with weights_only. No code, no optimizer state.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from engine.models.catalogue import Kind
from engine.models.manifest import MANIFEST_NAME, plain_name

PROJECTION = "projection_and_config.pt"
SHARD_INDEX = "model.safetensors.index.json"
SINGLE_FILE = "model.safetensors"

_WANTED_SUFFIXES = {".safetensors", ".json", ".txt", ".jinja"}
_UNWANTED = {MANIFEST_NAME, "trainer_state.json", "training_args.json"}
_NEEDED: dict[Kind, tuple[str, ...]] = {
    "relational": ("adapter_config.json", "adapter_model.safetensors", PROJECTION),
    "captioner": ("adapter_config.json", "adapter_model.safetensors"),
    "base": ("config.json",),
    "clip": ("config.json", "preprocessor_config.json", "tokenizer.json"),
    "dino": ("config.json", "preprocessor_config.json"),
}
_TYPES: dict[Kind, str] = {"base": "qwen2_5_vl", "clip": "clip", "dino": "dinov2"}
"""What the configuration of a whole model calls it; the other kinds are adapters."""


def wanted(kind: Kind, name: str) -> bool:
    """Whether a file belongs to a model of this kind; files in subfolders never do."""
    if not plain_name(name) or name in _UNWANTED:
        return False
    return Path(name).suffix in _WANTED_SUFFIXES or (kind == "relational" and name == PROJECTION)


def missing_names(kind: Kind, names: Collection[str]) -> list[str]:
    """What a model of this kind lacks, as far as names tell."""
    missing = [name for name in _NEEDED[kind] if name not in names]
    if kind in _TYPES and not {SHARD_INDEX, SINGLE_FILE} & set(names):
        missing.append(f"{SINGLE_FILE} or {SHARD_INDEX}")
    return missing


def faults(kind: Kind, folder: Path) -> list[str]:
    """What keeps a folder from being a whole model of this kind, each a short phrase.

    Headers of weight files and the configuration are read; whether the tensors are those of the
    right base is seen only when the model is loaded.
    """
    names = {path.name for path in folder.iterdir() if path.is_file()}
    found = [f"{name} is missing" for name in missing_names(kind, names)]
    if found:
        return found
    if kind in _TYPES:
        found += _whole_faults(kind, folder, names)
    else:
        adapter = _json(folder / "adapter_config.json")
        if adapter is None or str(adapter.get("peft_type")).upper() != "LORA":
            found.append("adapter_config.json does not describe a LoRA adapter")
        if kind == "captioner" and PROJECTION in names:
            found.append(f"with {PROJECTION} it is a relational model, not a captioner")
    for name in sorted(names):
        if wanted(kind, name) and name.endswith(".safetensors"):
            found += _weight_faults(folder / name)
    return found


def _whole_faults(kind: Kind, folder: Path, names: Collection[str]) -> list[str]:
    found = []
    config = _json(folder / "config.json")
    described = None if config is None else config.get("model_type")
    if described != _TYPES[kind]:
        found.append(f"config.json describes {described!r}, not {_TYPES[kind]!r}")
    if SHARD_INDEX in names:
        index = _json(folder / SHARD_INDEX)
        shards = None if index is None else index.get("weight_map")
        if not isinstance(shards, dict) or not shards:
            return [*found, f"{SHARD_INDEX} is damaged"]
        found += [f"{name} is missing" for name in sorted({*map(str, shards.values())} - {*names})]
    return found


def _weight_faults(path: Path) -> list[str]:
    """Whether a safetensors file is as long as its header says; a cut copy is not."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= size - 8:
            return [f"{path.name} is not a safetensors file, or is cut short"]
        try:
            tensors = json.loads(file.read(length))
            end = max(
                int(tensor["data_offsets"][1])
                for name, tensor in tensors.items()
                if name != "__metadata__"
            )
        except (ValueError, TypeError, KeyError, IndexError, AttributeError):
            return [f"{path.name} is not a safetensors file"]
    if size != 8 + length + end:
        return [f"{path.name} has {size:,} bytes instead of {8 + length + end:,}"]
    return []


def _json(path: Path) -> dict[str, Any] | None:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None
