"""What a large model is, before anything of it is loaded: folders, preparation, identity."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.models.device import FULL, Precision, Quantisation
from engine.models.preparation import Preparation
from engine.models.text import DIMENSION
from engine.types import Fingerprint


@dataclass(frozen=True, slots=True)
class RelsimSpec:
    """A relsim checkpoint on its base.

    Attributes:
        id: Name of the model, for example ``relsim-7b``.
        folder: The checkpoint, in the released layout.
        base: The Qwen2.5-VL that it was trained on.
        preparation: How pictures are prepared.
        quantisation: None for the weights as they were trained. Vectors of quantised weights never
            meet others; which of the full numbers they were computed in makes no such difference.
        weights: Identity of base and checkpoint; see `engine.models.identity`.
    """

    id: str
    folder: Path
    base: Path
    preparation: Preparation
    quantisation: Quantisation | None
    weights: str

    @property
    def fingerprint(self) -> Fingerprint:
        """What its vectors are stored under."""
        preparation: str = self.preparation
        if self.quantisation is not None:
            preparation = f"{preparation}-{self.quantisation}"
        return Fingerprint(self.id, "relational", self.weights, preparation, DIMENSION)

    @property
    def precisions(self) -> tuple[Precision, ...]:
        """The numbers that it may be computed in."""
        return FULL if self.quantisation is None else (self.quantisation,)


@dataclass(frozen=True, slots=True)
class CaptionerSpec:
    """A captioner checkpoint on its base.

    Attributes:
        id: Name of the model, for example ``relsim-captioner-7b``.
        folder: The checkpoint, in the released layout.
        base: The Qwen2.5-VL that it was trained on.
        weights: Identity of base and checkpoint.
    """

    id: str
    folder: Path
    base: Path
    weights: str

    @property
    def key(self) -> str:
        """Identifies the model and its weights, in one string."""
        return f"{self.id}/{self.weights[:16]}"
