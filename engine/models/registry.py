"""Finds models by id or path and loads them."""

from __future__ import annotations

from pathlib import Path

from engine.errors import ModelError
from engine.models.mini import OnnxEmbedder
from engine.models.spec import SPEC_NAME, ModelSpec
from engine.types import Embedder
from resources import ROOT

DEFAULT_MODEL = "relsim-mini"
BUNDLED = ROOT / "models"


def list_models() -> list[ModelSpec]:
    """The models that are installed, by id."""
    folders = sorted(path.parent for path in BUNDLED.glob(f"*/{SPEC_NAME}"))
    return [ModelSpec.load(folder) for folder in folders]


def find_model(model: str | Path | None = None) -> ModelSpec:
    """The specification of a model; its weights are not read.

    Args:
        model: Id of an installed model, path of a model folder, or None for the bundled model.

    Raises:
        ModelError: If there is no such model, or its specification is damaged.
    """
    name = DEFAULT_MODEL if model is None else model
    if isinstance(name, str) and name and Path(name).name == name:
        bundled = BUNDLED / name
        if (bundled / SPEC_NAME).is_file():
            return ModelSpec.load(bundled)
    folder = Path(name)
    if not folder.is_dir():
        known = ", ".join(spec.id for spec in list_models()) or "none"
        raise ModelError(f"There is no model {str(name)!r}; installed: {known}")
    return ModelSpec.load(folder)


def load_embedder(model: str | Path | None = None, *, threads: int | None = None) -> Embedder:
    """Load a model; takes tenths of a second, so call it in the model thread.

    Args:
        model: As in `find_model`.
        threads: Processor threads for one batch; None for one per core.

    Raises:
        ModelError: If there is no such model, or it is damaged.
    """
    return OnnxEmbedder.load(find_model(model), threads=threads)
