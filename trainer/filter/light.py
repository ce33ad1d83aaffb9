"""The light filter: a straight line through the bundled model's vectors, for a processor."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL.Image import Image
from safetensors import SafetensorError
from safetensors.numpy import load, save

from engine.errors import ModelError
from engine.models.registry import load_embedder
from engine.types import Embedder, Float32, UInt8
from trainer.files import write_atomically
from trainer.filter.metrics import Bools
from trainer.filter.scorer import read_filter_file, write_filter_file

WEIGHTS_FILE = "weights.safetensors"


class Line(NamedTuple):
    """A logistic regression with its calibration: ``p = 1 / (1 + exp(-(weight . x + bias)))``.

    Attributes:
        weight: float32 ``[d]``, over the features of `features`.
        bias: Of the calibrated probability.
    """

    weight: Float32
    bias: float

    def probability(self, vectors: Float32) -> Float32:
        """Calibrated probabilities float32 ``[n]`` of features ``[n, d]``."""
        inner = vectors.astype(np.float64) @ self.weight.astype(np.float64) + self.bias
        # 1 / (1 + exp(-x)) by way of tanh, which does not overflow.
        values: Float32 = (0.5 + 0.5 * np.tanh(inner / 2)).astype(np.float32)
        return values


def features(embedder: Embedder, prepared: Sequence[UInt8]) -> Float32:
    """Relational and attribute vector side by side, float32 ``[n, d]``."""
    vectors = embedder.embed(prepared)
    assert vectors.attribute is not None, "models of the small kind give attributes"
    return np.concatenate([vectors.relational, vectors.attribute], axis=1)


def width(embedder: Embedder) -> int:
    """How many features there are of a picture."""
    attribute = embedder.attribute_fingerprint
    assert attribute is not None, "models of the small kind give attributes"
    return embedder.fingerprint.dimension + attribute.dimension


def fit_line(
    vectors: Float32, labels: Bools, *, strength: float, folds: int, groups: Sequence[object]
) -> Line:
    """Fit the regression, then calibrate it on pictures that were left out (Platt's method).

    Each fold of the pictures gets its scores from a regression fitted on the others, and a slope
    and an offset are fitted on all of those scores: they undo the confidence of a regression that
    saw what it judges. The line itself is then fitted on everything.

    Args:
        vectors: Features float32 ``[n, d]``.
        labels: bool ``[n]`` of both classes.
        strength: How little the weights are held back (scikit-learn's C), above 0.
        folds: How many parts, at least 2.
        groups: ``[n]``; what belongs together falls into one fold.

    Returns:
        The line over raw features, calibration included.

    Raises:
        KnownError: If a class has fewer groups than there are folds.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import StratifiedGroupKFold

    mean, spread = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), 1e-6)
    scaled = (vectors - mean) / spread
    names = np.unique([str(group) for group in groups], return_inverse=True)[1]
    decided = np.empty(len(labels))
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    for seen, unseen in splitter.split(scaled, labels, names):
        part = LogisticRegression(C=strength, max_iter=2000).fit(scaled[seen], labels[seen])
        decided[unseen] = part.decision_function(scaled[unseen])
    platt = LogisticRegression(C=1e3).fit(decided[:, None], labels)
    slope, offset = float(platt.coef_[0, 0]), float(platt.intercept_[0])
    whole = LogisticRegression(C=strength, max_iter=2000).fit(scaled, labels)
    weight = slope * whole.coef_[0] / spread
    bias = slope * float(whole.intercept_[0]) + offset - float(weight @ mean)
    return Line(weight.astype(np.float32), bias)


class LightScorer:
    """A light filter in memory; see `trainer.filter.scorer.Scorer`."""

    def __init__(self, line: Line, embedder: Embedder) -> None:
        self._line, self._embedder = line, embedder
        self._key = _key(_weights(line), embedder)

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
            line = Line(tensors["weight"], float(tensors["bias"][0]))
            model = str(content["embedder"])
        except (OSError, SafetensorError, KeyError, IndexError) as error:
            raise ModelError(
                f"The weights in {folder} cannot be read: {error!r}; train the filter anew"
            ) from error
        scorer = cls(line, load_embedder(model, threads=threads))
        if scorer.key != content.get("key"):
            raise ModelError(
                f"The weights in {folder} are not those it was saved with, or {model} is another"
                " than it was trained on: train the filter anew"
            )
        return scorer

    @property
    def key(self) -> str:
        """Identifies the line and the weights of the model below it."""
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
        return self._line.probability(features(self._embedder, prepared))


def save_light(
    folder: Path,
    line: Line,
    embedder: Embedder,
    *,
    keep_rate: float,
    threshold: float,
    details: Mapping[str, Any],
) -> str:
    """Write a light filter.

    Args:
        folder: Made if it is not there.
        line: What was fitted.
        embedder: What its features come from, one that is found by its id.
        keep_rate: See `trainer.filter.scorer.ScorerSpec`.
        threshold: See `trainer.filter.scorer.ScorerSpec`.
        details: Figures and settings to keep beside the weights.

    Returns:
        Its key.
    """
    assert math.isfinite(line.bias)
    assert np.isfinite(line.weight).all()
    folder.mkdir(parents=True, exist_ok=True)
    weights = _weights(line)
    key = _key(weights, embedder)
    write_atomically(folder / WEIGHTS_FILE, weights)
    write_filter_file(
        folder,
        "light",
        key,
        keep_rate=keep_rate,
        threshold=threshold,
        details={"embedder": embedder.fingerprint.model, **details},
    )
    return key


def _weights(line: Line) -> bytes:
    return save({"weight": line.weight, "bias": np.array([line.bias], np.float64)})


def _key(weights: bytes, embedder: Embedder) -> str:
    """Of the line and both fingerprints, since either vector moves the score."""
    attribute = embedder.attribute_fingerprint
    assert attribute is not None
    below = f"{embedder.fingerprint.key} {attribute.key}"
    return f"light/{hashlib.sha256(weights + below.encode()).hexdigest()[:16]}"
