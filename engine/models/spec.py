"""The format of a model folder: what `spec.json` says, checked before anything is loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from engine.errors import ModelError
from engine.types import Fingerprint

FORMAT = 1
PREPARATION = "squash224"
SPEC_NAME = "spec.json"


@dataclass(frozen=True, slots=True)
class DescriptionCalibration:
    """Turns a caption's match into the probability that it is right.

    ``confidence = 1 / (1 + exp(-(bias + cosine * best + margin * (best - runner_up) + common *
    mean)))`` where `runner_up` is the best cosine among captions of relations of another meaning,
    and `mean` is that of all captions: a picture that is near to every caption shows none clearly.

    Attributes:
        bias: Constant term.
        cosine: Weight of the best cosine.
        margin: Weight of the margin.
        threshold: Below this confidence no relation is clear.
        common: Weight of the mean cosine; models of version 1 have none.
    """

    bias: float
    cosine: float
    margin: float
    threshold: float
    common: float = 0.0


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model folder that exists and is complete.

    Attributes:
        folder: Where it is.
        id: Name of the model, for example ``relsim-mini``.
        version: Version of its weights.
        weights: Name of the ONNX file in the folder.
        sha256: Of that file, hexadecimal.
        input_size: Side in pixels of the square that the model takes.
        preparation: How a picture becomes that square.
        relational_dimension: Length of a relational vector.
        attribute_dimension: Length of an attribute vector.
        licence: Of the weights.
        sources: What they were made from.
        description: Calibration of the caption bank.
        pairs: Relational scores of random pairs of pictures, ascending, at evenly spaced quantiles
            from 0 to 1.
    """

    folder: Path
    id: str
    version: str
    weights: str
    sha256: str
    input_size: int
    preparation: str
    relational_dimension: int
    attribute_dimension: int
    licence: str
    sources: tuple[str, ...]
    description: DescriptionCalibration
    pairs: tuple[float, ...]

    @classmethod
    def load(cls, folder: Path) -> ModelSpec:
        """Read and check `spec.json`; the weights are not read.

        Raises:
            ModelError: If it is missing, damaged, or of a newer format.
        """
        path = folder / SPEC_NAME
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ModelError(f"{folder} is not a model folder: it has no {SPEC_NAME}") from None
        except (OSError, ValueError) as error:
            raise ModelError(f"{path} cannot be read: {error}") from error
        if not isinstance(content, dict) or not isinstance(content.get("format"), int):
            raise ModelError(f"{path} is not a model specification")
        if content["format"] > FORMAT:
            raise ModelError(
                f"{path} has format {content['format']}, this version reads {FORMAT}: update the"
                " program"
            )
        try:
            return cls(folder=folder, **_typed(content))
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path} is damaged: {error}") from error

    @property
    def weights_path(self) -> Path:
        """The ONNX file."""
        return self.folder / self.weights

    def verified_weights(self) -> bytes:
        """The content of the ONNX file, if it is the one that the specification names.

        Raises:
            ModelError: If it is missing or differs.
        """
        try:
            content = self.weights_path.read_bytes()
        except OSError as error:
            raise ModelError(f"The model's weights cannot be read: {error}") from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelError(
                f"{self.weights_path} is damaged: its checksum is not the one in {SPEC_NAME}."
                " Install the model again"
            )
        return content

    def fingerprint(self, role: Literal["relational", "attribute"]) -> Fingerprint:
        """What vectors of this model are stored under."""
        relational = role == "relational"
        dimension = self.relational_dimension if relational else self.attribute_dimension
        return Fingerprint(self.id, role, self.sha256, self.preparation, dimension)


def _typed(content: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of `ModelSpec` from the JSON document, each of the right type."""
    if content["preparation"] != PREPARATION:
        raise ValueError(f"unknown preparation {content['preparation']!r}")
    if Path(content["weights"]).name != content["weights"]:
        raise ValueError("the weights must lie in the model folder itself")
    values: dict[str, Any] = {}
    for name in ("id", "version", "weights", "sha256", "preparation", "licence"):
        if not isinstance(content[name], str):
            raise TypeError(f"{name} must be a text")
        values[name] = content[name]
    for name in ("input_size", "relational_dimension", "attribute_dimension"):
        if not isinstance(content[name], int) or content[name] < 1:
            raise TypeError(f"{name} must be a positive integer")
        values[name] = content[name]
    values["sources"] = tuple(str(source) for source in content["sources"])
    calibration = {"common": 0.0, **content["description"]}
    values["description"] = DescriptionCalibration(
        **{part.name: float(calibration[part.name]) for part in fields(DescriptionCalibration)}
    )
    values["pairs"] = tuple(float(score) for score in content["pairs"])
    return values
