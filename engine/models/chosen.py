"""What a person asks for by ids and paths, turned into models that are there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import ModelError
from engine.models import checkpoint
from engine.models.catalogue import ModelCard, catalogue
from engine.models.device import PRECISIONS, Precision, Quantisation
from engine.models.identity import weights_identity
from engine.models.large_spec import CaptionerSpec, RelsimSpec
from engine.models.manager import ModelManager
from engine.models.preparation import Preparation
from engine.models.registry import DEFAULT_MODEL, find_model
from engine.models.spec import SPEC_NAME, ModelSpec

Remembered = Callable[[RelsimSpec, bool], "Quantisation | None"]
"""Decides, and remembers for a library, whether a large model's weights are quantised; it is told
whether the model is to write captions too."""


@dataclass(frozen=True, slots=True)
class ModelRequest:
    """What a person asks for; all of it may be left open.

    Attributes:
        model: The model that ranks: an id of the catalogue, a model folder, or a relsim checkpoint
            in the released layout; None for the bundled model.
        base: The Qwen2.5-VL of a checkpoint: an id, a hub id, or a folder; None for the one that
            the checkpoint names.
        captioner: An id or a checkpoint; None for the one that is installed, if it fits.
        preparation: How pictures are prepared for a relsim checkpoint.
        precision: The numbers that a large model computes in; None to choose by what is free.
        compiles: Let torch.compile fuse small operations of a large model.
    """

    model: str | Path | None = None
    base: str | Path | None = None
    captioner: str | Path | None = None
    preparation: Preparation = "square448"
    precision: Precision | None = None
    compiles: bool = False


@dataclass(frozen=True, slots=True)
class ChosenModels:
    """Models that are there.

    Attributes:
        small: Gives looks, and relations at once.
        relsim: The large model that ranks, if one was asked for.
        captioner: Writes captions, on the same base as `relsim`.
        precisions: The numbers that the large ones may be computed in.
        compiles: See `ModelRequest`.
    """

    small: ModelSpec
    relsim: RelsimSpec | None
    captioner: CaptionerSpec | None
    precisions: tuple[Precision, ...]
    compiles: bool


def choose(request: ModelRequest, manager: ModelManager, remembered: Remembered) -> ChosenModels:
    """Find what was asked for; no weights are loaded.

    Raises:
        ModelError: If something is not there, or is not what it should be.
    """
    small, relsim = _ranking(request, manager)
    captioner = _captioner(request, relsim, manager)
    if relsim is not None:
        relsim = replace(relsim, quantisation=_quantisation(relsim, captioner, request, remembered))
    # How a caption was computed decides no vector.
    allowed = PRECISIONS if relsim is None else relsim.precisions
    if request.precision is not None:
        allowed = (request.precision,)
    return ChosenModels(small, relsim, captioner, allowed, request.compiles)


def _ranking(request: ModelRequest, manager: ModelManager) -> tuple[ModelSpec, RelsimSpec | None]:
    name = DEFAULT_MODEL if request.model is None else request.model
    card, asked = _card(name), request.base
    if card is not None and card.kind == "relational":
        folder, model_id = manager.folder(card.id), card.id
        asked = asked or card.requires[0]
    elif card is not None and card.kind != "bundled":
        raise ModelError(f"{card.id} gives no relational vectors: choose another model")
    else:
        folder = _folder(name)
        model_id = folder.name
        if card is not None or (folder / SPEC_NAME).is_file() or not folder.is_dir():
            return find_model(name), None
        if not checkpoint.is_adapter(folder):
            raise ModelError(
                f"{folder} is no model: it has neither {SPEC_NAME} nor {checkpoint.ADAPTER_CONFIG}"
            )
        if not checkpoint.is_relsim(folder):
            raise ModelError(f"{folder} is no relsim checkpoint: it has no {checkpoint.PROJECTION}")
    base = base_for(folder, asked, manager)
    weights = weights_identity(base, folder)
    return find_model(None), RelsimSpec(model_id, folder, base, request.preparation, None, weights)


def _quantisation(
    relsim: RelsimSpec,
    captioner: CaptionerSpec | None,
    request: ModelRequest,
    remembered: Remembered,
) -> Quantisation | None:
    if request.precision is None:
        return remembered(relsim, captioner is not None)
    return request.precision if request.precision in ("int8", "int4") else None


def _captioner(
    request: ModelRequest, relsim: RelsimSpec | None, manager: ModelManager
) -> CaptionerSpec | None:
    if request.captioner is not None:
        card = _card(request.captioner)
        if card is not None:
            folder, model_id = manager.folder(card.id), card.id
        else:
            folder = _folder(request.captioner)
            model_id = folder.name
        if checkpoint.is_relsim(folder):
            raise ModelError(f"{model_id} is a model that ranks, not a captioner")
        named = request.base if relsim is None else relsim.base
        base = base_for(folder, named, manager)
        if relsim is not None and base != relsim.base:
            raise ModelError(f"{model_id} and {relsim.id} do not share a base model")
    else:
        found = _installed_captioner(relsim, manager)
        if found is None:
            return None
        model_id, folder, base = found
    return CaptionerSpec(model_id, folder, base, weights_identity(base, folder))


def _installed_captioner(
    relsim: RelsimSpec | None, manager: ModelManager
) -> tuple[str, Path, Path] | None:
    for status in manager.statuses():
        card = status.card
        if card.kind == "captioner" and status.state == "installed" and not status.missing:
            base = manager.folder(card.requires[0])
            if relsim is None or relsim.base == base:
                return card.id, manager.folder(card.id), base
    return None


def _folder(name: str | Path) -> Path:
    """The folder that a person means, with a name of its own also where that is a dot."""
    # Links stay as they are: people choose their names.
    return Path(os.path.abspath(Path(name).expanduser()))  # noqa: PTH100


def base_for(folder: Path, asked: str | Path | None, manager: ModelManager) -> Path:
    """The folder of the base model of a checkpoint.

    Args:
        folder: Of the checkpoint, which may bring its base along.
        asked: What a person says that it is; None for what the checkpoint names.
        manager: Of the installed models.

    Raises:
        ModelError: If it is not on this machine.
    """
    named = checkpoint.base_of(folder)
    if not asked and named and (folder / named / "config.json").is_file():
        return folder / named  # a checkpoint that brings its base along
    name = str(asked or named)
    found = find_base(name, manager)
    if found is not None:
        return found
    raise ModelError(
        f"The base model of {folder} is not here: it names {name or 'none'!r}. Say where it is with"
        " --base FOLDER",
        in_window=f"The base model of {folder} is not here: it names {name or 'none'!r}. Open"
        " Models (Ctrl+M), then download or import it.",
    )


def find_base(name: str, manager: ModelManager) -> Path | None:
    """The folder of a base model that is on this machine, or None.

    Args:
        name: A folder, an id of the catalogue, or a hub id; of the last, also what other programs
            have downloaded is found.
        manager: Of the installed models.

    Raises:
        ModelError: If it is an id of the catalogue that is not installed.
    """
    if name and _folder(name).is_dir():
        return _folder(name)
    card = _card(name)
    if card is None:
        return _in_hub_cache(name)
    try:
        return manager.folder(card.id)
    except ModelError:
        cached = _in_hub_cache(name) if name == card.repository else None
        if cached is None:
            raise
        return cached


def _card(name: str | Path) -> ModelCard | None:
    """The card of an id of the catalogue, or of a hub id that it gives."""
    text = str(name)
    return next((card for card in catalogue() if text in (card.id, card.repository)), None)


def _in_hub_cache(repository: str) -> Path | None:
    """Where other programs have put a model of the hub; the network is not asked."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(repository, local_files_only=True))
    except (HFValidationError, LocalEntryNotFoundError, OSError):
        return None
