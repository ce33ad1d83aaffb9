"""Loads the embedder of any model that the program can search with."""

from __future__ import annotations

from engine.models.chosen import ChosenModels, ModelRequest, choose
from engine.models.large import LargeModel
from engine.models.manager import ModelManager
from engine.models.mini import OnnxEmbedder
from engine.types import Embedder


def find_chosen(request: ModelRequest) -> ChosenModels:
    """What is asked for; no weights are loaded.

    Raises:
        ModelError: If it is not there.
    """
    return choose(request, ModelManager(), lambda *_: None)


def load_embedder(chosen: ChosenModels) -> Embedder:
    """The embedder of the model that ranks.

    Raises:
        ModelError: If its weights are damaged, or do not fit this machine.
    """
    if chosen.relsim is None:
        return OnnxEmbedder.load(chosen.small)
    large = LargeModel.load(chosen.relsim, None, chosen.precisions, compiles=chosen.compiles)
    assert large.embedder is not None
    return large.embedder
