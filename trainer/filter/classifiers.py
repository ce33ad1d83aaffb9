"""What turns features into a calibrated probability: a straight line, or a kernel machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from engine.errors import KnownError
from engine.types import Float32
from trainer.filter.metrics import Bools, Float64


class Classifier(Protocol):
    """Features -> probabilities."""

    def probability(self, vectors: Float32) -> Float32:
        """Calibrated probabilities float32 ``[n]`` of features ``[n, d]``."""
        ...

    def tensors(self) -> dict[str, NDArray[Any]]:
        """What it is made of, by name."""
        ...


class Line(NamedTuple):
    """A logistic regression with its calibration: ``p = 1 / (1 + exp(-(weight . x + bias)))``.

    Attributes:
        weight: float32 ``[d]``, over the features.
        bias: Of the calibrated probability.
    """

    weight: Float32
    bias: float

    def probability(self, vectors: Float32) -> Float32:
        """See `Classifier.probability`."""
        return _logistic(vectors.astype(np.float64) @ self.weight.astype(np.float64) + self.bias)

    def tensors(self) -> dict[str, NDArray[Any]]:
        """See `Classifier.tensors`."""
        return {"weight": self.weight, "bias": np.array([self.bias], np.float64)}


class Kernel(NamedTuple):
    """A support vector machine with a Gaussian kernel, and its calibration.

    Attributes:
        support: float32 ``[s, d]``, scaled features of the training pictures that count.
        dual: float32 ``[s]``, how much each counts, slope of the calibration included.
        shift: float32 ``[d]``, taken off the features.
        scale: float32 ``[d]``, by which they are multiplied then.
        gamma: Of the kernel ``exp(-gamma * |x - s|^2)``.
        bias: Of the calibrated probability.
    """

    support: Float32
    dual: Float32
    shift: Float32
    scale: Float32
    gamma: float
    bias: float

    def probability(self, vectors: Float32) -> Float32:
        """See `Classifier.probability`."""
        x = ((vectors - self.shift) * self.scale).astype(np.float64)
        support = self.support.astype(np.float64)
        squares = (x**2).sum(axis=1)[:, None] + (support**2).sum(axis=1) - 2 * x @ support.T
        near = np.exp(-self.gamma * np.maximum(squares, 0))
        return _logistic(near @ self.dual.astype(np.float64) + self.bias)

    def tensors(self) -> dict[str, NDArray[Any]]:
        """See `Classifier.tensors`."""
        return {
            "support": self.support,
            "dual": self.dual,
            "shift": self.shift,
            "scale": self.scale,
            "numbers": np.array([self.gamma, self.bias], np.float64),
        }


def write_classifier(classifier: Classifier) -> bytes:
    """A classifier as safetensors."""
    tensors = classifier.tensors()
    assert all(np.isfinite(tensor).all() for tensor in tensors.values())
    return save({name: np.ascontiguousarray(tensor) for name, tensor in tensors.items()})


def read_classifier(tensors: Mapping[str, NDArray[Any]]) -> Classifier:
    """The classifier of `Classifier.tensors`.

    Raises:
        KeyError: If they are not those of one.
        IndexError: Likewise.
    """
    if "weight" in tensors:
        return Line(tensors["weight"], float(tensors["bias"][0]))
    return Kernel(
        tensors["support"],
        tensors["dual"],
        tensors["shift"],
        tensors["scale"],
        gamma=float(tensors["numbers"][0]),
        bias=float(tensors["numbers"][1]),
    )


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
        KnownError: If all pictures of a class fall into one fold.
    """
    from sklearn.linear_model import LogisticRegression

    mean, spread = vectors.mean(axis=0), np.maximum(vectors.std(axis=0), 1e-6)
    scaled = (vectors - mean) / spread
    decided = np.empty(len(labels))
    for seen, unseen in _folds(scaled, labels, folds, groups):
        part = LogisticRegression(C=strength, max_iter=2000).fit(scaled[seen], labels[seen])
        decided[unseen] = part.decision_function(scaled[unseen])
    slope, offset = _platt(decided, labels)
    whole = LogisticRegression(C=strength, max_iter=2000).fit(scaled, labels)
    weight = slope * whole.coef_[0] / spread
    bias = slope * float(whole.intercept_[0]) + offset - float(weight @ mean)
    return Line(weight.astype(np.float32), bias)


def fit_kernel(
    vectors: Float32,
    labels: Bools,
    *,
    gamma: float,
    strength: float,
    folds: int,
    groups: Sequence[object],
    widths: Sequence[int],
) -> Kernel:
    """Fit a support vector machine, calibrated as `fit_line` calibrates.

    Every feature is brought to mean 0 and deviation 1, and each kind of features is weighed so
    that all kinds together move a picture equally far, however many features they have.

    Args:
        vectors: Features float32 ``[n, d]``.
        labels: bool ``[n]`` of both classes.
        gamma: See `Kernel`; above 0.
        strength: As of `fit_line`.
        folds: As of `fit_line`.
        groups: As of `fit_line`.
        widths: How many features each kind has; their sum is ``d``.

    Raises:
        KnownError: As `fit_line`.
    """
    from sklearn.svm import SVC

    deviation = vectors.std(axis=0)
    # A feature that is always the same says nothing, and would be a huge one where it is not.
    scale = np.where(deviation > 1e-6, 1 / np.maximum(deviation, 1e-6), 0)
    scale = (scale / np.sqrt(np.repeat(widths, widths))).astype(np.float32)
    shift = vectors.mean(axis=0)
    scaled = (vectors - shift) * scale
    decided = np.empty(len(labels))
    for seen, unseen in _folds(scaled, labels, folds, groups):
        part = SVC(C=strength, gamma=gamma).fit(scaled[seen], labels[seen])
        decided[unseen] = part.decision_function(scaled[unseen])
    slope, offset = _platt(decided, labels)
    whole = SVC(C=strength, gamma=gamma).fit(scaled, labels)
    bias = slope * float(whole.intercept_[0]) + offset
    dual = (slope * whole.dual_coef_[0]).astype(np.float32)
    return Kernel(whole.support_vectors_.astype(np.float32), dual, shift, scale, gamma, bias)


def _folds(
    vectors: Float32, labels: Bools, folds: int, groups: Sequence[object]
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Which pictures are seen and which are left out, in turn."""
    from sklearn.model_selection import StratifiedGroupKFold

    names = np.unique([str(group) for group in groups], return_inverse=True)[1]
    splitter = StratifiedGroupKFold(folds, shuffle=True, random_state=0)
    for seen, unseen in splitter.split(vectors, labels, names):
        if len(np.unique(labels[seen])) < 2:
            raise KnownError(
                "One group holds nearly all pictures of a kind, so that none would be left to learn"
                " from: use fewer folds, or smaller groups"
            )
        yield seen, unseen


def _platt(decided: Float64, labels: Bools) -> tuple[float, float]:
    """Slope and offset that turn decisions about unseen pictures into probabilities' logits."""
    from sklearn.linear_model import LogisticRegression

    platt = LogisticRegression(C=1e3).fit(decided[:, None], labels)
    return float(platt.coef_[0, 0]), float(platt.intercept_[0])


def _logistic(values: Float64) -> Float32:
    # 1 / (1 + exp(-x)) by way of tanh, which does not overflow.
    found: Float32 = (0.5 + 0.5 * np.tanh(values / 2)).astype(np.float32)
    return found
