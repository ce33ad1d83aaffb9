"""Descriptions without a language model: the best match in a bank of anonymous captions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.models.spec import DescriptionCalibration, ModelSpec
from engine.types import Description, Float32
from resources import ROOT

BANK = ROOT / "captions"
FORMAT = 1

SAME_MEANING = 0.7
"""Cosine of two captions from which they mean the same.

Relations are no rivals, both being right is no doubt, if the wordings of one of them reach it on
average, each with the nearest of the other.
"""


@dataclass(frozen=True, slots=True)
class Caption:
    """An anonymous caption of the bank.

    Attributes:
        text: The sentence, with slots.
        relation: Name of the relation that it words; several captions share one.
        family: Family of the relation.
    """

    text: str
    relation: str
    family: str


@dataclass(frozen=True, slots=True)
class Match:
    """The captions nearest to each of n vectors.

    Attributes:
        caption: int ``[n]``, index of the best caption.
        best: float32 ``[n]``, its cosine.
        runner_up: float32 ``[n]``, best cosine among captions of relations of another meaning.
        common: float32 ``[n]``, mean cosine of all captions.
    """

    caption: NDArray[np.intp]
    best: Float32
    runner_up: Float32
    common: Float32


def bank_checksum(captions: Sequence[Caption], vectors: bytes) -> str:
    """SHA-256 over the captions in order and the file with their embeddings."""
    digest = hashlib.sha256("\n".join(caption.text for caption in captions).encode())
    digest.update(vectors)
    return digest.hexdigest()


class CaptionBank:
    """Captions with their embeddings, and a calibrated choice among them.

    Args:
        captions: At least two relations.
        vectors: float32 ``[m, 384]``, one unit row a caption.
        calibration: See `DescriptionCalibration`.

    Attributes:
        captions: The captions, by relation.
        relations: Which relation each text words.
    """

    def __init__(
        self,
        captions: Sequence[Caption],
        vectors: Float32,
        calibration: DescriptionCalibration,
    ) -> None:
        names = np.array([caption.relation for caption in captions])
        order = np.argsort(names, kind="stable")
        self.captions = tuple(captions[index] for index in order)
        self.relations = {caption.text: caption.relation for caption in self.captions}
        self.calibration = calibration
        self._vectors = np.ascontiguousarray(vectors[order], np.float32)
        self._names, self._starts = np.unique(names[order], return_index=True)
        # float32 [relations, m]: how near each caption is to the nearest wording of each relation
        between = np.maximum.reduceat(self._vectors @ self._vectors.T, self._starts, axis=0)
        counts = np.diff(np.append(self._starts, len(names)))
        # The mean, because two wordings that chance to be near grow in number with the wordings.
        near = np.add.reduceat(between, self._starts, axis=1) / counts
        # bool [relations, relations]: whether two relations are worded alike
        self._same = np.maximum(near, near.T) >= SAME_MEANING
        np.fill_diagonal(self._same, True)

    @classmethod
    def load(cls, spec: ModelSpec, directory: Path = BANK) -> CaptionBank:
        """Read the bank that ships with the program, with the model's calibration.

        Raises:
            ModelError: If the bank is missing, damaged, or of a newer format.
        """
        captions, vectors = read_bank(directory)
        return cls(captions, vectors, spec.description)

    def are_alike(self, relation: str, other: str) -> bool:
        """Whether two relations are the same, or those of the bank are worded alike."""
        if relation == other:
            return True
        rows = np.searchsorted(self._names, [relation, other]).clip(max=len(self._names) - 1)
        there = self._names[rows] == [relation, other]
        return bool(there.all() and self._same[rows[0], rows[1]])

    def match(self, relational: Float32) -> Match:
        """The nearest captions.

        Args:
            relational: float32 ``[n, 384]``, rows of norm 1.
        """
        cosines = relational @ self._vectors.T
        rows = np.arange(len(cosines))
        per_relation = np.maximum.reduceat(cosines, self._starts, axis=1)
        winner = per_relation.argmax(axis=1)
        best = per_relation[rows, winner]
        caption = cosines.argmax(axis=1)
        per_relation[self._same[winner]] = -1.0  # the least a cosine can be
        return Match(caption, best, per_relation.max(axis=1), cosines.mean(axis=1))

    def confidence(self, match: Match) -> Float32:
        """Calibrated probability ``[n]`` that the best caption names the picture's relation."""
        c = self.calibration
        logit = c.bias + c.cosine * match.best + c.margin * (match.best - match.runner_up)
        logit = logit + c.common * match.common
        return np.asarray(1 / (1 + np.exp(-logit)), np.float32)

    def candidates(self, cosines: Float32, limit: int) -> list[tuple[Caption, float]]:
        """Relations that a picture may show, no two of one meaning, the most probable first.

        Args:
            cosines: float32 ``[m]``, of the captions to the picture; see `cosines`.
            limit: How many at most.

        Returns:
            The best caption of each relation with its calibrated probability in 0..1.
        """
        per_relation = np.maximum.reduceat(cosines, self._starts)
        ends = np.append(self._starts[1:], len(cosines))
        chosen: list[tuple[Caption, float]] = []
        taken = np.zeros(len(per_relation), bool)  # relations of a meaning that is chosen
        for relation in np.argsort(-per_relation, kind="stable").tolist():
            if len(chosen) == limit:
                break
            if taken[relation]:
                continue
            taken |= self._same[relation]
            start = self._starts[relation]
            best = start + int(cosines[start : ends[relation]].argmax())
            rivals = np.where(self._same[relation], -1.0, per_relation)
            match = Match(
                np.array([best]),
                cosines[best : best + 1],
                rivals.max(keepdims=True),
                cosines.mean(keepdims=True),
            )
            chosen.append((self.captions[best], float(self.confidence(match)[0])))
        return chosen

    def cosines(self, relational: Float32) -> Float32:
        """How near each caption is: float32 ``[n, m]`` for unit rows float32 ``[n, 384]``."""
        return np.asarray(relational @ self._vectors.T)

    def describe(self, relational: Float32) -> list[Description]:
        """One description a row of ``[n, 384]``; its text is None where no relation is clear."""
        match = self.match(relational)
        return [
            Description(
                self.captions[index].text if confidence >= self.calibration.threshold else None,
                confidence,
            )
            for index, confidence in zip(
                match.caption.tolist(), self.confidence(match).tolist(), strict=True
            )
        ]


def read_bank(directory: Path = BANK) -> tuple[tuple[Caption, ...], Float32]:
    """The captions and their embeddings float32 ``[m, 384]``.

    Raises:
        ModelError: If the bank is missing, damaged, or of a newer format.
    """
    try:
        content = json.loads((directory / "bank.json").read_text(encoding="utf-8"))
        if content["format"] > FORMAT:
            raise ModelError("The caption bank is of a newer format: update the program")
        captions = tuple(Caption(**entry) for entry in content["captions"])
        path = directory / "bank.npy"
        if bank_checksum(captions, path.read_bytes()) != content["sha256"]:
            raise ModelError("The caption bank is damaged: captions and embeddings do not agree")
        vectors = np.load(path, allow_pickle=False).astype(np.float32)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The caption bank in {directory} cannot be read: {error}") from error
    return captions, vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def write_bank(captions: Sequence[Caption], vectors: Float32, directory: Path = BANK) -> None:
    """Write the bank; `vectors` as from the text encoder, in the order of `captions`."""
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "bank.npy"
    np.save(path, vectors.astype(np.float16))
    entries = [
        {"text": caption.text, "relation": caption.relation, "family": caption.family}
        for caption in captions
    ]
    content = {
        "format": FORMAT,
        "sha256": bank_checksum(captions, path.read_bytes()),
        "captions": entries,
    }
    text = json.dumps(content, indent=1, ensure_ascii=False)
    (directory / "bank.json").write_text(text + "\n", encoding="utf-8")
