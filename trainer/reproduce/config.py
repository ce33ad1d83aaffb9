"""Settings of a reproduction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from trainer.config import ConfigError, load_config, read_toml
from trainer.contrastive.config import HeadConfig, TrainingConfig
from trainer.scenes import RELATIONS

_WHOLE_NUMBERS = {"least": 0}
SCALES = {"small": "reproduce", "full": "reproduce-full"}
"""The configuration of each scale."""


@dataclass(frozen=True, slots=True)
class PartSettings:
    """A model that one of the trainer's own configurations makes.

    Attributes:
        config: Its name or file.
        changes: ``table.key=value`` each, as ``--set`` takes them.
    """

    config: str
    changes: tuple[str, ...] = ()

    def words(self) -> list[str]:
        """As a command takes them."""
        path = Path(self.config).expanduser()  # stages run in the run's folder
        name = str(path.absolute()) if path.is_file() else self.config
        return ["--config", name, *sets(self.changes)]


def sets(changes: Sequence[str]) -> list[str]:
    """Changes as a command takes them."""
    return [word for change in changes for word in ("--set", change)]


@dataclass(frozen=True, slots=True)
class PictureSettings:
    """What is drawn in place of photographs.

    Attributes:
        relations: Those that pictures can show.
        side: In pixels.
        labelled: Pictures whose labels the filter learns; every other shows a relation, and groups
            are made of those.
        wild: Pictures that nobody labelled, which the filter scans.
        related: Share of `wild` that shows a relation.
        validation: Held-out pictures for the curves, of subjects of their own.
        subjects: Test subjects, each drawn in every relation.
        unrelated: Test pictures without a relation, among which is searched.
    """

    relations: tuple[str, ...]
    side: int = 112
    labelled: int = 8000
    wild: int = 16000
    related: float = 0.25
    validation: int = 320
    subjects: int = 24
    unrelated: int = 384

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        unknown = [name for name in self.relations if name not in RELATIONS]
        if unknown:
            yield f"relations: there is no {', '.join(unknown)}"
        if len(self.relations) < 2:
            yield "relations must name two or more"
        if not 0 < self.related < 1:
            yield "related must lie between 0 and 1"
        if self.subjects < 2:
            yield "subjects must be 2 or more"


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """Seed groups.

    Attributes:
        least: Pictures of the smallest.
        most: Pictures of the largest.
        wordings: How many captions people have for one relation, at most.
    """

    least: int = 2
    most: int = 10
    wordings: int = 3

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if not 2 <= self.least <= self.most <= 19:
            yield "least and most must be 2 or more, and 19 at most"


@dataclass(frozen=True, slots=True)
class PretrainedSettings:
    """relsim on ImageNet features; see `trainer.reproduce.pretrained`.

    Attributes:
        head: What is trained.
        training: How; with captions there is no loss among images, because nobody knows their
            relations. The head without text has that loss alone, at the same temperature.
    """

    head: HeadConfig = field(default_factory=HeadConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)


@dataclass(frozen=True, slots=True)
class SmallConfig:
    """The pipeline on drawn scenes, with models that are made on the spot.

    Attributes:
        recipe: This one.
        pictures: What is drawn.
        filter: Yes or no.
        captioner: Anonymous captions.
        relsim: The model, and its ablations.
        tower: Tuned without a language model, as the paper's baselines.
        groups: Seed groups.
        pretrained: relsim again, on features that are there before it learns.
        keep_rate: Share of the wild pictures that the filter keeps.
        seed: Another seed, other pictures.
        examples: Queries whose neighbors are shown.
    """

    recipe: Literal["reproduce"]
    pictures: PictureSettings
    filter: PartSettings
    captioner: PartSettings
    relsim: PartSettings
    tower: PartSettings
    groups: GroupSettings = field(default_factory=GroupSettings)
    pretrained: PretrainedSettings = field(default_factory=PretrainedSettings)
    keep_rate: float = 0.2
    seed: int = field(default=0, metadata=_WHOLE_NUMBERS)
    examples: int = 8

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        if not 0 < self.keep_rate < 1:
            yield "keep_rate must lie between 0 and 1"


@dataclass(frozen=True, slots=True)
class FullConfig:
    """The paper's experiment on pictures that are there, with Qwen2.5-VL-7B.

    Attributes:
        recipe: This one.
        filter: Yes or no.
        captioner: Anonymous captions.
        relsim: The model.
        conventional: Its ablation with captions that name things; left out without such captions.
        no_filter: Its ablation without the filter; left out without `unfiltered`.
        clip: Tuned CLIP.
        dino: Tuned DINOv2.
        keep_rate: Share of the pictures that the filter keeps.
        sample: Pictures that tell the threshold.
        test_share: Of what has a caption.
        unfiltered: Pattern of shards, below the folder of pictures, that the ablation without the
            filter captions.
        judge: Words of ``relsim-train judge run``, but for methods and databases.
    """

    recipe: Literal["reproduce-full"]
    filter: PartSettings
    captioner: PartSettings
    relsim: PartSettings
    conventional: PartSettings
    no_filter: PartSettings
    clip: PartSettings
    dino: PartSettings
    keep_rate: float = 0.007
    sample: int = 40000
    test_share: float = 0.12953
    unfiltered: str = ""
    judge: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """What does not go together."""
        for name in ("keep_rate", "test_share"):
            if not 0 < getattr(self, name) < 1:
                yield f"{name} must lie between 0 and 1"


def read_config(name: str | Path, changes: Sequence[str]) -> SmallConfig | FullConfig:
    """The settings of a file.

    Raises:
        ConfigError: With all its mistakes.
    """
    path, content = read_toml(name)
    kinds: dict[Any, type[SmallConfig] | type[FullConfig]] = {
        "reproduce": SmallConfig,
        "reproduce-full": FullConfig,
    }
    kind = kinds.get(content.get("recipe"))
    if kind is None:
        raise ConfigError(f"{path}: recipe must be one of {', '.join(kinds)}")
    return load_config(kind, name, changes)
