"""Settings of a training run, read from TOML; every mistake is reported before work begins."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_type_hints

from engine.errors import KnownError

CONFIGS = Path(__file__).parent.parent / "configs"
"""The configurations that ship with the trainer; they are found by their bare names."""


class ConfigError(KnownError):
    """A configuration has mistakes; the text lists all of them."""


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
    """

    dimension: int = 256
    scenes: int = 4000
    subjects: int = 1500


@dataclass(frozen=True, slots=True)
class EvaluationConfig:
    """The report at the end.

    Attributes:
        subjects: Test subjects; each is drawn in every relation.
        unrelated: Test scenes without a clear relation.
        seed: Of the test scenes.
    """

    subjects: int = 40
    unrelated: int = 300
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Config:
    """A whole run.

    Attributes:
        id: Name of the model.
        version: Version of its weights.
        seed: Decides everything that is random.
    """

    id: str
    version: str
    seed: int = 0
    data: DataConfig = field(default_factory=DataConfig)
    head: HeadConfig = field(default_factory=HeadConfig)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    attribute: AttributeConfig = field(default_factory=AttributeConfig)
    evaluation: EvaluationConfig = field(default_factory=EvaluationConfig)

    def as_json(self) -> str:
        """Every setting, defaults included."""
        return json.dumps(dataclasses.asdict(self), indent=1)

    @property
    def digest(self) -> str:
        """Changes with every setting; names the run folder."""
        return hashlib.sha256(self.as_json().encode()).hexdigest()[:8]


def load_config(name: str | Path) -> Config:
    """Read a configuration.

    Args:
        name: A TOML file, or the bare name of one that ships with the trainer.

    Raises:
        ConfigError: If there is none, or with every unknown key, missing key, wrong type and
            value out of range in it.
    """
    path = Path(name)
    if not path.is_file() and path.name == str(name):
        path = CONFIGS / path.with_suffix(".toml")
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        known = ", ".join(sorted(found.name for found in CONFIGS.glob("*.toml")))
        raise ConfigError(f"There is no configuration {str(name)!r}; shipped: {known}") from None
    except ValueError as error:
        raise ConfigError(f"{path} is not TOML: {error}") from error
    problems: list[str] = []
    config = _build(Config, content, "", problems)
    if problems:
        raise ConfigError(f"{path}: " + "; ".join(problems))
    assert isinstance(config, Config)
    return config


def _build(kind: type[Any], content: dict[str, Any], where: str, problems: list[str]) -> Any:
    """An instance of the dataclass `kind`, or None after adding to `problems`."""
    types = get_type_hints(kind)
    before = len(problems)
    problems += [f"unknown key {where}{key}" for key in content if key not in types]
    values = {}
    for part in dataclasses.fields(kind):
        name, wanted = where + part.name, types[part.name]
        if part.name not in content:
            required = part.default is part.default_factory is dataclasses.MISSING
            problems += [f"missing key {name}"] if required else []
        elif dataclasses.is_dataclass(wanted):
            assert isinstance(wanted, type)
            given = content[part.name]
            if isinstance(given, dict):
                values[part.name] = _build(wanted, given, f"{name}.", problems)
            else:
                problems.append(f"{name} must be a table")
        else:
            values[part.name] = _checked(content[part.name], wanted, name, problems)
    return kind(**values) if len(problems) == before else None


def _checked(value: Any, wanted: type[Any], name: str, problems: list[str]) -> Any:
    if wanted is float and type(value) is int:
        value = float(value)
    if type(value) is not wanted:
        problems.append(f"{name} must be {_SPOKEN[wanted]}, not {value!r}")
    elif wanted is not str and value < 0:
        problems.append(f"{name} must not be negative")
    elif wanted is int and value == 0 and name not in _MAY_BE_ZERO:
        problems.append(f"{name} must be at least 1")
    return value


_SPOKEN = {int: "a whole number", float: "a number", str: "a text"}
_MAY_BE_ZERO = {"seed", "evaluation.seed", "evaluation.unrelated", "attribute.subjects"}
