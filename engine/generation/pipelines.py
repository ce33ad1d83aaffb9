"""Finding a diffusers model on this machine, and what it is, without reading its weights."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelError
from engine.models.device import FULL, Device, Placement, place

INDEX = "model_index.json"

_PLAIN = re.compile(r"^[^.]*\.safetensors$")
_VARIANT = re.compile(r"\.(fp16|bf16)(?:-\d+-of-\d+)?\.safetensors$")


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


@dataclass(frozen=True, slots=True)
class Weights:
    """What is on disk of a model.

    Attributes:
        variant: Which of several sets of files is to be read, as diffusers calls it; None for the
            files without a mark.
        counts: Numbers in each part that has weights.
    """

    variant: str | None
    counts: Mapping[str, int]

    def bytes(self, width: int) -> int:
        """Of all parts in numbers of so many bytes."""
        return width * sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a model runs.

    Attributes:
        placement: Device and numbers.
        in_turns: Whether its parts take turns on the device, because all together do not fit.
    """

    placement: Placement
    in_turns: bool = False


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


def weights_of(pipeline: Pipeline) -> Weights:
    """The weights that are to be read, from names and headers of files.

    Raises:
        ModelError: If there are none in safetensors files, which are the only ones that are read,
            or one is damaged.
    """
    files = {
        name: sorted((pipeline.folder / name).glob("*.safetensors"))
        for name in sorted(pipeline.components)
    }
    files = {name: paths for name, paths in files.items() if paths}
    if not files:
        raise ModelError(
            f"{pipeline.folder} holds no weights in safetensors files: get the model in that format"
        )
    variant = None
    for paths in files.values():
        if not any(_PLAIN.match(path.name) for path in paths):
            variant = variant or next(
                (found[1] for path in paths if (found := _VARIANT.search(path.name))), None
            )
    return Weights(
        variant, {name: _count(_chosen(paths, variant)) for name, paths in files.items()}
    )


def plan(weights: Weights, found: Sequence[Device]) -> Plan:
    """Choose a device and numbers; a graphics device in turns comes before a processor.

    Args:
        weights: Of the model.
        found: From `engine.models.device.devices`.

    Raises:
        ModelError: If the weights fit nowhere.
    """
    whole = place(_memory(weights.bytes(1)), found, FULL)
    main = next((device for device in found if device.name == "cpu"), None)
    first = found[0]
    if whole.device.name != "cpu" or first.name != "cuda" or main is None:
        return Plan(whole)
    if weights.bytes(2) >= main.free:
        return Plan(whole)
    try:
        turns = place(_memory(max(weights.counts.values())), [first], FULL)
    except ModelError:
        return Plan(whole)
    return Plan(turns, in_turns=True)


def _memory(numbers: int) -> dict[Any, int]:
    return {"float32": 4 * numbers, "bfloat16": 2 * numbers, "int8": 0, "int4": 0}


def _cached(model: str) -> Path:
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        found = try_to_load_from_cache(model, INDEX)
    except HFValidationError:
        found = None
    if isinstance(found, str):
        return Path(found).parent
    if re.fullmatch(r"[\w.-]+/[\w.-]+", model) and not model.startswith("."):
        raise ModelError(
            f"The model {model} is not on this machine: download it first (hf download {model}),"
            " or choose the folder of a diffusers model"
        )
    raise ModelError(f"There is no folder {model}: choose the folder of a diffusers model")


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
    if not isinstance(class_name, str):
        raise ModelError(
            f"The model in {folder} brings code of its own, which is not run: choose another model"
        )
    return Pipeline(folder, class_name, frozenset(components))


def _chosen(paths: Sequence[Path], variant: str | None) -> list[Path]:
    """The files that diffusers reads of a part: the variant's if there are any, else the plain."""
    marked = [
        path for path in paths if (found := _VARIANT.search(path.name)) and found[1] == variant
    ]
    return marked or [path for path in paths if _PLAIN.match(path.name)]


def _count(paths: Sequence[Path]) -> int:
    from safetensors import SafetensorError, safe_open

    count = 0
    for path in paths:
        try:
            with safe_open(path, framework="numpy") as file:
                count += sum(math.prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
        except (OSError, SafetensorError) as error:
            raise ModelError(f"{path} is damaged ({error}): get the model again") from error
    return count
