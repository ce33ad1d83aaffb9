"""Finding a diffusers model on this machine, and what it is, without reading its weights."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelError

INDEX = "model_index.json"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A diffusers model.

    Attributes:
        folder: Holds ``model_index.json``.
        class_name: Of its pipeline.
        components: Names of its parts, such as ``unet`` and ``vae``, without those left out.
    """

    folder: Path
    class_name: str
    components: frozenset[str]


def find_pipeline(model: str) -> Pipeline:
    """A model in a folder, or one of the hub that is in its cache already.

    Args:
        model: The folder, or a hub id ``owner/name``.

    Raises:
        ModelError: If it is not there or no diffusers model; the text says what to do.
    """
    folder = Path(model).expanduser()
    if not folder.is_dir():
        folder = _cached(model)
    return _read(folder)


def _cached(model: str) -> Path:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(model, INDEX)
    except HFValidationError:
        found = None
    if not isinstance(found, str):
        raise ModelError(
            f"There is no diffusers model {model!r} on this machine: choose the folder of one, or"
            f" download it first (hf download {model})"
            if model.count("/") == 1 and not model.startswith((".", "/", "~"))
            else f"There is no folder {model!r}: choose the folder of a diffusers model"
        )
    return Path(found).parent


def _read(folder: Path) -> Pipeline:
    path = folder / INDEX
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        class_name = content["_class_name"]
        components = {
            name
            for name, value in content.items()
            if not name.startswith("_") and isinstance(value, list) and value[0] is not None
        }
    except FileNotFoundError:
        raise ModelError(
            f"{folder} holds no {INDEX}: choose the folder of a diffusers model"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise ModelError(f"{path} cannot be read ({error}): get the model again") from error
    return Pipeline(folder, str(class_name), frozenset(components))
