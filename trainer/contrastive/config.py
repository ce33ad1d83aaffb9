"""Settings of the bundled model's training."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Reads = Literal["maps", "arrangement", "arrangement and finer map"]
"""What the relational head sees of the backbone's maps; see `trainer.arrangement`."""


@dataclass(frozen=True, slots=True)
class DataConfig:
    """What is drawn.

    Attributes:
        scenes: Training scenes.
        validation_scenes: Scenes of other subjects, on which descriptions are calibrated.
        unrelated_every: Every how manieth scene shows no clear relation.
        workers: Processes that draw.
        chunk: Scenes between two points at which an interrupted run goes on.
    """

    scenes: int = 27000
    validation_scenes: int = 2400
    unrelated_every: int = 12
    workers: int = 2
    chunk: int = 480


@dataclass(frozen=True, slots=True)
class HeadConfig:
    """The relational head; see `trainer.head.RelationalHead`."""

    width: int = 256
    layers: int = 3
    heads: int = 8
    dropout: float = 0.1
    noise: float = 0.0
    reads: Reads = "arrangement and finer map"


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How the head is trained.

    Attributes:
        epochs: Passes over the scenes.
        batch_size: Scenes a step.
        learning_rate: At its highest, after the warm-up; it falls to 0 along a half cosine.
        warmup: Share of the steps during which it rises.
        weight_decay: Of AdamW, on matrices.
        clip: Highest norm of a step's gradient.
        temperature: Of the loss from images to captions.
        group_weight: Weight of the loss among images; 0 leaves it out.
        group_temperature: Of the loss among images.
        threads: Processor threads.
    """

    epochs: int = 6
    batch_size: int = 192
    learning_rate: float = 8e-4
    warmup: float = 0.1
    weight_decay: float = 0.05
    clip: float = 1.0
    temperature: float = 0.07
    group_weight: float = 0.5
    group_temperature: float = 0.1
    threads: int = 2


@dataclass(frozen=True, slots=True)
class AttributeConfig:
    """The attribute vector.

    Attributes:
        dimension: Its length.
        scenes: Training scenes that its principal components are fitted on.
        subjects: Plain pictures of subjects that they are fitted on as well.
        whitening: See `trainer.head.AttributeProjection.fit`.
    """

    dimension: int = 256
    scenes: int = 4000
    subjects: int = field(default=1500, metadata={"least": 0})
    whitening: float = field(default=0.25, metadata={"least": 0})


@dataclass(frozen=True, slots=True)
class EvaluationConfig:
    """The report at the end.

    Attributes:
        subjects: Test subjects; each is drawn in every relation.
        unrelated: Test scenes without a clear relation.
        seed: Of the test scenes.
    """

    subjects: int = 40
    unrelated: int = field(default=300, metadata={"least": 0})
    seed: int = field(default=1, metadata={"least": 0})


@dataclass(frozen=True, slots=True)
class MiniConfig:
    """A whole run.

    Attributes:
        id: Name of the model.
        version: Version of its weights.
        seed: Decides everything that is random.
        recipe: Names this way of training.
    """

    id: str
    version: str
    seed: int = field(default=0, metadata={"least": 0})
    recipe: Literal["mini"] = "mini"
    data: DataConfig = field(default_factory=DataConfig)
    head: HeadConfig = field(default_factory=HeadConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    attribute: AttributeConfig = field(default_factory=AttributeConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)
