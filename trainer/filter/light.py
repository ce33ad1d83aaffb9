"""The light filter: a small classifier on the bundled model's vectors, for a processor."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

from PIL.Image import Image
from safetensors import SafetensorError
from safetensors.numpy import load

from engine.errors import ModelError
from engine.models.registry import load_embedder
from engine.types import Embedder, Float32, UInt8
from trainer.files import write_atomically
from trainer.filter.classifiers import Classifier, read_classifier, write_classifier
from trainer.filter.features import BOTH_VECTORS, Kind, features
from trainer.filter.scorer import read_filter_file, write_filter_file
from trainer.filter.statistics import VERSION as STATISTICS

WEIGHTS_FILE = "weights.safetensors"


class LightScorer:
    """A light filter in memory; see `trainer.filter.scorer.Scorer`."""

    def __init__(
        self, classifier: Classifier, embedder: Embedder, kinds: Sequence[Kind] = BOTH_VECTORS
    ) -> None:
        self._classifier, self._embedder, self._kinds = classifier, embedder, tuple(kinds)
        self._key = _key(write_classifier(classifier), embedder, self._kinds)

    @classmethod
    def load(cls, folder: Path, *, threads: int | None = None) -> LightScorer:
        """Load a folder that `save_light` wrote.

        Args:
            folder: The filter's.
            threads: Processor threads for one batch; None for one per core.

        Raises:
            ModelError: If it is no light filter, is damaged, or was trained on a model that is not
                the one here.
        """
        content = read_filter_file(folder)
        if content.get("kind") != "light":
            raise ModelError(f"{folder} holds a {content.get('kind')} filter, not a light one")
        try:
            tensors = load((folder / WEIGHTS_FILE).read_bytes())
            classifier = read_classifier(tensors)
            model = str(content["embedder"])
            kinds = _kinds(content.get("features", BOTH_VECTORS))
        except (OSError, SafetensorError, KeyError, IndexError, ValueError) as error:
            raise ModelError(
                f"The weights in {folder} cannot be read: {error!r}; train the filter anew"
            ) from error
        scorer = cls(classifier, load_embedder(model, threads=threads), kinds)
        if scorer.key != content.get("key"):
            raise ModelError(
                f"The weights in {folder} are not those it was saved with, or {model} is another"
                " than it was trained on: train the filter anew"
            )
        return scorer

    @property
    def key(self) -> str:
        """Identifies the classifier and the weights of the model below it."""
        return self._key

    @property
    def batch_size(self) -> int:
        """How many pictures one call should score for the best rate."""
        return self._embedder.batch_size

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return self._embedder.min_side

    def prepare(self, image: Image) -> UInt8:
        """Squash a picture to the model's square, uint8 ``[s, s, 3]``. Any thread."""
        return self._embedder.prepare(image)

    def score(self, prepared: Sequence[UInt8]) -> Float32:
        """Calibrated probabilities float32 ``[n]`` in 0..1; called in one thread only."""
        found = features(self._embedder, prepared, self._kinds)
        return self._classifier.probability(found)


def save_light(
    folder: Path,
    classifier: Classifier,
    embedder: Embedder,
    kinds: Sequence[Kind] = BOTH_VECTORS,
    *,
    keep_rate: float,
    threshold: float,
    details: Mapping[str, Any],
) -> str:
    """Write a light filter.

    Args:
        folder: Made if it is not there.
        classifier: What was fitted.
        embedder: What its features come from, one that is found by its id.
        kinds: Its features, in their order.
        keep_rate: See `trainer.filter.scorer.ScorerSpec`.
        threshold: See `trainer.filter.scorer.ScorerSpec`.
        details: Figures and settings to keep beside the weights.

    Returns:
        Its key.
    """
    folder.mkdir(parents=True, exist_ok=True)
    weights = write_classifier(classifier)
    key = _key(weights, embedder, kinds)
    write_atomically(folder / WEIGHTS_FILE, weights)
    write_filter_file(
        folder,
        "light",
        key,
        keep_rate=keep_rate,
        threshold=threshold,
        details={"embedder": embedder.fingerprint.model, "features": list(kinds), **details},
    )
    return key


def _kinds(names: Sequence[str]) -> tuple[Kind, ...]:
    known = {kind: kind for kind in get_args(Kind)}
    return tuple(known[name] for name in names)


def _key(weights: bytes, embedder: Embedder, kinds: Sequence[Kind]) -> str:
    """Of the classifier and both fingerprints, since either vector moves the score."""
    attribute = embedder.attribute_fingerprint
    assert attribute is not None
    below = f"{embedder.fingerprint.key} {attribute.key}"
    if tuple(kinds) != BOTH_VECTORS:  # filters from before there was a choice keep their keys
        below += f" {' '.join(kinds)}"
    if "statistics" in kinds:
        below += f" {STATISTICS}"
    return f"light/{hashlib.sha256(weights + below.encode()).hexdigest()[:16]}"
