"""The recipe of the light filter: labelled pictures, features, a classifier, held-out figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np

from engine.errors import KnownError
from engine.models.registry import load_embedder
from engine.types import Embedder, Float32
from trainer.data.collection import Collection, open_collection, split
from trainer.data.drops import Drop
from trainer.data.records import Record
from trainer.filter.classifiers import Classifier, fit_kernel, fit_line
from trainer.filter.drawing import LabelledPlan, draw_labelled, kinds_of
from trainer.filter.features import BOTH_VECTORS, Kind, features, width, widths
from trainer.filter.figures import annotator_figures, held_out_figures
from trainer.filter.labels import Labelled, read_annotations, training_labels
from trainer.filter.light import save_light
from trainer.filter.metrics import Bools
from trainer.filter.pictures import prepared_batches
from trainer.progress import Reporter
from trainer.scenes import NONE


@dataclass(frozen=True, slots=True)
class SceneSettings:
    """What is drawn where no source is named.

    Attributes:
        pictures: For training, of the training subjects.
        held_out: For the figures, of the test subjects and with the held-out relations.
        plain_every: Every how manieth picture without a relation is one subject on white.
        workers: Processes that draw.
    """

    pictures: int = 3000
    held_out: int = 1200
    plain_every: int = 4
    workers: int = 2


@dataclass(frozen=True, slots=True)
class LineSettings:
    """The classifier.

    Attributes:
        features: What it looks at.
        gamma: Of a Gaussian kernel; 0 for a straight line.
        strength: How little its weights are held back, above 0.
        whole: What is not torn between the folds. With relations, it is calibrated for relations
            that it never saw.
        folds: Parts of the pictures on which it is calibrated in turn.
        threads: Processor threads that decode and embed.
    """

    features: tuple[Kind, ...] = BOTH_VECTORS
    gamma: float = 0.0
    strength: float = 0.01
    whole: Literal["group", "relation"] = "group"
    folds: int = field(default=5, metadata={"least": 2})
    threads: int = 2

    def problems(self) -> Iterator[str]:
        """What does not fit."""
        if self.strength == 0:
            yield "strength must be above 0"
        if not self.features or len(set(self.features)) < len(self.features):
            yield "features must name one or more kinds, each once"


@dataclass(frozen=True, slots=True)
class LightConfig:
    """A light filter.

    Attributes:
        recipe: This one.
        source: Pictures with labels; None for drawn scenes.
        images: Where the pictures of a list lie.
        labels: A file of labels, of one or two people; None for those of the source.
        held_out: Share of the source that is not trained on.
        keep_rate: Share of pictures that a scan is meant to keep.
        model: Id of the model below.
        seed: Decides what is drawn and what is held out.
        scenes: What is drawn.
        line: The classifier.
    """

    recipe: Literal["light"]
    source: Path | None = None
    images: Path | None = None
    labels: Path | None = None
    held_out: float = 0.2
    keep_rate: float = 0.1
    model: str = "relsim-mini"
    seed: int = field(default=0, metadata={"least": 0})
    scenes: SceneSettings = field(default_factory=SceneSettings)
    line: LineSettings = field(default_factory=LineSettings)

    def problems(self) -> Iterator[str]:
        """What does not fit together."""
        for name in ("held_out", "keep_rate"):
            if not 0 < getattr(self, name) < 1:
                yield f"{name} must lie between 0 and 1"
        if self.source is None and (self.labels or self.images):
            yield "labels and images need a source"


def train_light_filter(
    config: LightConfig, out: Path, work: Path, reporter: Reporter
) -> dict[str, Any]:
    """Make a light filter from its configuration.

    Args:
        config: Settings.
        out: The filter's folder.
        work: Where scenes are drawn; what is there already is not drawn again.
        reporter: Gets the progress.

    Returns:
        The held-out figures, as they are kept in the filter's folder.

    Raises:
        KnownError: If there is nothing to learn from: no picture, no label, labels of one kind.
    """
    annotations = None if config.labels is None else read_annotations(config.labels)
    if config.source is None:
        drawn = _draw(config.scenes, config.seed, work, reporter)
        rest, held = (training_labels(part, None) for part in drawn)
    else:
        collection = open_collection(config.source, images=config.images).require_some()
        training_labels(collection, annotations)  # its mistakes are told before the split's
        parts = split(collection, config.held_out, config.seed)
        rest, held = (training_labels(part, annotations) for part in parts)
    kinds = kinds_of(work / "held-out") if config.source is None else {}
    return train_light(rest, held, config, out, reporter, kinds=kinds)


def train_light(
    rest: Labelled,
    held: Labelled,
    config: LightConfig,
    out: Path,
    reporter: Reporter,
    *,
    kinds: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Fit a light filter on labelled pictures, and measure it on others.

    Args:
        rest: Trained on.
        held: Measured on, and nothing else: the threshold of the keep rate is theirs.
        config: Settings; of its sources nothing is read.
        out: The filter's folder.
        reporter: Gets the progress.
        kinds: Kind of held-out pictures by key, where the figures should tell them apart.

    Raises:
        KnownError: If too few pictures can be read, or one class is left.
    """
    embedder = load_embedder(config.model, threads=config.line.threads)
    seen = _embed_labelled("training", rest, embedder, config, reporter)
    unseen = _embed_labelled("held-out", held, embedder, config, reporter)
    classifier = _fit(seen, config.line, widths(embedder, config.line.features))
    scores = classifier.probability(unseen.vectors)
    among = [kinds[record.key] for record in unseen.records] if kinds else None
    figures = held_out_figures(scores, unseen.labels, config.keep_rate, among=among)
    figures["trained_on"] = _account(rest, seen)
    figures["held_out"] = _account(held, unseen)
    if held.annotations.second:
        # Disputed pictures teach nothing, but to leave them out here would flatter the filter.
        vectors, records, _ = _embed(
            "Embedding disputed pictures", held.disputed, embedder, config, reporter
        )
        scores = np.concatenate([scores, classifier.probability(vectors)])
        keys = [record.key for record in (*unseen.records, *records)]
        said = dict(zip(keys, (scores >= 0.5).tolist(), strict=True))
        figures |= annotator_figures(held.annotations.first, held.annotations.second, said)
    save_light(
        out,
        classifier,
        embedder,
        config.line.features,
        keep_rate=config.keep_rate,
        threshold=figures["threshold"],
        details={"figures": figures, "config": _plain(config)},
    )
    reporter.note(f"Wrote {out}")
    return figures


class _Embedded(NamedTuple):
    """The pictures that could be read: features float32 ``[n, d]`` and labels bool ``[n]``."""

    records: list[Record]
    vectors: Float32
    labels: Bools
    drops: list[Drop]


def _embed_labelled(
    part: str, labelled: Labelled, embedder: Embedder, config: LightConfig, reporter: Reporter
) -> _Embedded:
    phase = f"Embedding {part} pictures"
    vectors, records, drops = _embed(phase, labelled.records, embedder, config, reporter)
    said = dict(zip((r.key for r in labelled.records), labelled.labels, strict=True))
    labels = np.array([said[record.key] for record in records], bool)
    if len(np.unique(labels)) < 2:
        raise KnownError(
            f"Of {len(labelled.records)} {part} pictures {len(drops)} cannot be read, and the"
            f" others are not of both kinds (for example {drops[0].key}: {drops[0].detail})"
        )
    return _Embedded(records, vectors, labels, drops)


def _embed(
    phase: str,
    records: Sequence[Record],
    embedder: Embedder,
    config: LightConfig,
    reporter: Reporter,
) -> tuple[Float32, list[Record], list[Drop]]:
    """Features of the records that can be read, those records, and why the others cannot."""
    read: list[Record] = []
    drops: list[Drop] = []
    kinds = config.line.features
    parts = [np.empty((0, width(embedder, kinds)), np.float32)]
    for batch in prepared_batches(records, embedder, threads=config.line.threads):
        if batch.pictures:
            parts.append(features(embedder, batch.pictures, kinds))
        read += batch.records
        drops += batch.drops
        reporter.step(phase, len(read) + len(drops), len(records))
    return np.concatenate(parts), read, drops


def _fit(seen: _Embedded, settings: LineSettings, each: Sequence[int]) -> Classifier:
    """The classifier of the settings, of pictures whose kinds of features are `each` wide."""
    groups = [_whole(record, settings.whole) for record in seen.records]
    _require_folds(seen.labels, groups, settings.folds)
    if settings.gamma == 0:
        return fit_line(
            seen.vectors,
            seen.labels,
            strength=settings.strength,
            folds=settings.folds,
            groups=groups,
        )
    return fit_kernel(
        seen.vectors,
        seen.labels,
        gamma=settings.gamma,
        strength=settings.strength,
        folds=settings.folds,
        groups=groups,
        widths=each,
    )


def _whole(record: Record, whole: Literal["group", "relation"]) -> str:
    """What a picture belongs to; pictures without a relation have nothing in common."""
    if whole == "relation" and record.relation not in (None, NONE):
        return f"relation {record.relation}"
    return record.group or record.key


def _require_folds(labels: Bools, groups: Sequence[str], folds: int) -> None:
    for label in (True, False):
        having = {group for group, its in zip(groups, labels, strict=True) if its == label}
        if len(having) < folds:
            word = "yes" if label else "no"
            raise KnownError(
                f"Only {len(having)} training pictures (or groups of them) are labelled {word!r},"
                f" and line.folds = {folds} needs as many of each: label more"
            )


def _account(labelled: Labelled, embedded: _Embedded) -> dict[str, Any]:
    """What became of the pictures of a part."""
    return {
        "pictures": len(embedded.records),
        "unreadable": len(embedded.drops),
        "unlabelled": labelled.unlabelled,
        "disputed": len(labelled.disputed),
    }


def _draw(
    settings: SceneSettings, seed: int, work: Path, reporter: Reporter
) -> tuple[Collection, Collection]:
    """Scenes of training subjects and relations, and of test subjects and all relations."""
    every = settings.plain_every
    plans = {
        "training": LabelledPlan("train", settings.pictures, every, held_out=False, seed=seed),
        "held-out": LabelledPlan("test", settings.held_out, every, held_out=True, seed=seed + 1),
    }
    for name, plan in plans.items():
        draw_labelled(work / name, plan, settings.workers, reporter)
    return open_collection(work / "training"), open_collection(work / "held-out")


def _plain(config: LightConfig) -> dict[str, Any]:
    """The settings as JSON can hold them."""
    return {
        name: str(value) if isinstance(value, Path) else value
        for name, value in asdict(config).items()
    }
