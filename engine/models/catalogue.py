"""The models that the program knows: what they are for, what they cost, under which licence."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from engine.errors import ModelError
from engine.models.spec import ModelSpec
from resources import ROOT

Kind = Literal["bundled", "relational", "captioner", "base", "clip", "dino"]

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is known of a model before it is there.

    Attributes:
        id: Name of the model, for example ``relsim-7b``.
        kind: ``bundled`` comes with the program, ``base`` is what others are built on, ``clip`` and
            ``dino`` are for metrics (`engine.metrics`).
        title: Name for people.
        summary: One sentence on what it is for.
        licence: Of the weights.
        licence_url: Where its text is.
        non_commercial: Whether the licence forbids commercial use.
        repository: Id on the model hub, or None for a bundled model.
        revision: Branch, tag or commit there, or None.
        requires: Ids of the models that it cannot work without.
        bytes: Size of its own download: exact for a bundled model, else approximate.
        memory: Bytes of memory needed, about, by precision (``bfloat16``, ``int8``, ``int4``;
            ``float32`` for a bundled model and those of metrics). For an adapter this includes its
            base.
    """

    id: str
    kind: Kind
    title: str
    summary: str
    licence: str
    licence_url: str
    non_commercial: bool
    repository: str | None
    revision: str | None
    requires: tuple[str, ...]
    bytes: int
    memory: Mapping[str, int]


def bundled_folder(model_id: str) -> Path:
    """Where a bundled model lies."""
    return ROOT / "models" / model_id


@functools.cache
def catalogue() -> tuple[ModelCard, ...]:
    """All known models, the bundled one first, each after those that it requires.

    Raises:
        ModelError: If the catalogue that is installed is of another format.
    """
    path = ROOT / "models" / "catalogue.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    if content["format"] != _FORMAT:
        raise ModelError(f"{path} has format {content['format']}: install the program again")
    return tuple(_card(entry) for entry in content["models"])


def card(model_id: str) -> ModelCard:
    """The card of one model.

    Raises:
        ModelError: If there is no such model.
    """
    for known in catalogue():
        if known.id == model_id:
            return known
    names = ", ".join(known.id for known in catalogue())
    raise ModelError(f"There is no model {model_id!r}; known: {names}")


def _card(entry: Mapping[str, Any]) -> ModelCard:
    values = {**entry, "requires": tuple(entry["requires"])}
    if entry["kind"] == "bundled":
        spec = ModelSpec.load(bundled_folder(entry["id"]))
        values |= {"licence": spec.licence, "bytes": spec.weights_path.stat().st_size}
        values |= {"repository": None, "revision": None}
    return ModelCard(**values)
