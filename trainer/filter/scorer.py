"""What every filter is to those who use it: a folder, and a scorer that is loaded from it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, get_args

from PIL.Image import Image

from engine.errors import ModelError
from engine.types import Float32, UInt8
from trainer.files import write_atomically

FILTER_FILE = "filter.json"
FORMAT = "relsim-filter"
VERSION = 1

Kind = Literal["light", "vlm"]


class Scorer(Protocol):
    """Picture -> probability that it shows a relation that others could share."""

    @property
    def key(self) -> str:
        """Identifies the weights, those of a base included; equal keys give equal scores."""
        ...

    @property
    def batch_size(self) -> int:
        """How many pictures one call should score for the best rate."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input. Any thread.

        Returns:
            uint8 ``[height, width, 3]``; two pictures' may differ in size.
        """
        ...

    def score(self, prepared: Sequence[UInt8]) -> Float32:
        """Score one or more prepared pictures; called in one thread only.

        Returns:
            float32 ``[n]`` in 0..1, in the order given; that of a picture does not depend on the
            others of its batch beyond rounding.
        """
        ...


@dataclass(frozen=True, slots=True)
class ScorerSpec:
    """A filter that is not loaded; it can be pickled, and any process can load the scorer.

    Attributes:
        folder: The filter's folder.
        kind: What sort of filter it is.
        key: `Scorer.key` of what the folder held when the specification was read.
        keep_rate: Share of pictures that it was meant to keep.
        threshold: Score that kept this share of its held-out pictures.
    """

    folder: Path
    kind: Kind
    key: str
    keep_rate: float
    threshold: float

    @classmethod
    def read(cls, folder: Path) -> ScorerSpec:
        """The specification of a filter folder; no weights are read.

        Raises:
            ModelError: If this is no filter folder, or a newer version wrote it.
        """
        content = read_filter_file(folder)
        try:
            kind, key = content["kind"], str(content["key"])
            spec = cls(
                folder.absolute(),
                kind,
                key,
                float(content["keep_rate"]),
                float(content["threshold"]),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{folder / FILTER_FILE} is damaged: {error!r}") from error
        if kind not in get_args(Kind):
            raise ModelError(f"{folder} holds a filter of a kind unknown here: {kind}")
        return spec

    def load(self, *, threads: int | None = None, device: str | None = None) -> Scorer:
        """Load the weights.

        Args:
            threads: Processor threads for one batch; None for one per core.
            device: Where a VLM runs, as torch names it; None for the best there is.

        Raises:
            ModelError: If the weights are missing, damaged, or not those of the specification.
        """
        scorer: Scorer
        if self.kind == "light":
            from trainer.filter.light import LightScorer

            scorer = LightScorer.load(self.folder, threads=threads)
        else:
            from trainer.filter.vlm import VlmScorer

            scorer = VlmScorer.load(self.folder, device=device)
        if scorer.key != self.key:
            raise ModelError(f"{self.folder} holds another filter than the scan began with")
        return scorer


def write_filter_file(
    folder: Path,
    kind: Kind,
    key: str,
    *,
    keep_rate: float,
    threshold: float,
    details: Mapping[str, Any],
) -> None:
    """Write what makes a folder a filter, after its weights.

    Args:
        folder: The filter's folder.
        kind: See `ScorerSpec`.
        key: See `ScorerSpec`.
        keep_rate: See `ScorerSpec`.
        threshold: See `ScorerSpec`.
        details: What else its kind wants to know, and the held-out figures under ``figures``.
    """
    content = {
        "format": FORMAT,
        "version": VERSION,
        "kind": kind,
        "key": key,
        "keep_rate": keep_rate,
        "threshold": threshold,
        **details,
    }
    write_atomically(folder / FILTER_FILE, (json.dumps(content, indent=1) + "\n").encode())


def read_filter_file(folder: Path) -> dict[str, Any]:
    """What `write_filter_file` wrote.

    Raises:
        ModelError: If this is no filter folder, or a newer version wrote it.
    """
    path = folder / FILTER_FILE
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise ModelError(
            f"{folder} is no filter: it holds no {FILTER_FILE}; relsim-train filter train makes one"
        ) from None
    except ValueError as error:
        raise ModelError(f"{path} is damaged: {error}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ModelError(f"{path} does not describe a filter")
    if content.get("version") != VERSION:
        raise ModelError(
            f"{path} is of version {content.get('version')}, and this program reads {VERSION}:"
            " update it, or train the filter anew"
        )
    return content
