"""Every configuration that ships can be read, and says what the paper or its released code does."""

from __future__ import annotations

import dataclasses
import tomllib
from pathlib import Path
from typing import Any

import pytest

from trainer.captions.finetune import CaptionerConfig
from trainer.config import CONFIGS, load_config
from trainer.contrastive.config import MiniConfig
from trainer.contrastive.relsim_config import RelsimConfig
from trainer.filter.light_training import LightConfig
from trainer.filter.vlm_training import VlmFilterConfig
from trainer.reproduce.config import FullConfig, SmallConfig

KINDS: dict[str, type[Any]] = {
    "mini": MiniConfig,
    "relsim": RelsimConfig,
    "clip": RelsimConfig,
    "dino": RelsimConfig,
    "captioner": CaptionerConfig,
    "light": LightConfig,
    "vlm": VlmFilterConfig,
    "reproduce": SmallConfig,
    "reproduce-full": FullConfig,
}
SHIPPED = sorted(CONFIGS.glob("*.toml"))
RELSIM_7B = (
    "relsim",
    "relsim-released",
    "relsim-paper",
    "relsim-conventional",
    "relsim-no-filter",
    "clip",
    "dino",
)


def relsim(name: str) -> RelsimConfig:
    return load_config(RelsimConfig, name)


def settings(config: Any, prefix: str = "") -> dict[str, Any]:
    """Every setting by its dotted name."""
    found: dict[str, Any] = {}
    for field in dataclasses.fields(config):
        value, name = getattr(config, field.name), prefix + field.name
        found |= settings(value, f"{name}.") if dataclasses.is_dataclass(value) else {name: value}
    return found


def differences(name: str, other: str) -> dict[str, Any]:
    mine, theirs = settings(relsim(name)), settings(relsim(other))
    return {key: mine[key] for key in mine if mine[key] != theirs[key]}


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_it_can_be_read(path: Path) -> None:
    content = tomllib.loads(path.read_text(encoding="utf-8"))
    load_config(KINDS[content["recipe"]], path.stem)
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# "), "a configuration begins by saying what it is for"
    assert all(len(line) <= 125 for line in path.read_text(encoding="utf-8").splitlines())


def test_names_of_models_are_all_different() -> None:
    contents = [tomllib.loads(path.read_text(encoding="utf-8")) for path in SHIPPED]
    ids = [content["id"] for content in contents if "id" in content]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", RELSIM_7B)
def test_what_all_of_the_paper_s_contrastive_models_share(name: str) -> None:
    config = relsim(name)
    assert (config.lora.rank, config.lora.alpha, config.lora.dropout) == (16, 32, 0.05)
    assert config.lora.targets == ("q_proj", "v_proj")
    assert config.base.trains == "lora"
    loop = config.loop
    assert (loop.batch_size, loop.learning_rate, loop.weight_decay) == (64, 1e-4, 0.01)
    assert (loop.schedule, loop.warmup_steps, loop.clip) == ("cosine", 0, 1.0)
    assert loop.precision == "bfloat16"
    assert (config.loss.temperature, config.loss.symmetric) == (0.07, False)
    assert config.query.preparation == "square448"


def test_released_is_what_the_released_code_does() -> None:
    config = relsim("relsim-released")
    assert config.base.name == "Qwen/Qwen2.5-VL-7B-Instruct"
    assert (config.loop.epochs, config.loop.steps) == (3, None)
    assert not config.loss.learned
    assert config.loss.same > 1  # every other caption is a negative
    assert config.query.query == "frozen"
    assert config.start is None


def test_paper_differs_from_released_where_the_paper_does() -> None:
    assert differences("relsim-paper", "relsim-released") == {
        "id": "relsim-7b-paper",
        "loss.learned": True,
        "query.query": "trained",
        "loop.epochs": None,
        "loop.steps": 15_000,
        # How often to measure and to save, and what fits into 80 GB, changes no loss.
        "loss.piece": 0,
        "loop.checkpointing": False,
        "loop.save_every": 500,
        "loop.evaluate_every": 1000,
    }


def test_ours_differs_from_released_in_the_loss_alone() -> None:
    assert differences("relsim", "relsim-released") == {
        "id": "relsim-7b",
        "loss.learned": True,
        "loss.same": 1.0,
    }


def test_ablations_change_one_thing() -> None:
    assert differences("relsim-conventional", "relsim") == {
        "id": "relsim-7b-conventional",
        "data.captions": "conventional",
    }
    assert differences("relsim-no-filter", "relsim") == {
        "id": "relsim-7b-no-filter",
        "data.train": "data/unfiltered.jsonl",
    }


@pytest.mark.parametrize(
    ("name", "base"),
    [("clip", "openai/clip-vit-large-patch14"), ("dino", "facebook/dinov2-large")],
)
def test_baselines_change_the_model_alone(name: str, base: str) -> None:
    assert differences(name, "relsim") == {
        "id": f"tuned-{name}",
        "recipe": name,
        "base.name": base,
        "base.precision": "float32",
        "loss.piece": 0,
        "loop.checkpointing": False,
    }


def test_the_captioner_is_trained_as_the_released_code_does() -> None:
    config = load_config(CaptionerConfig, "captioner")
    assert (config.lora.rank, config.lora.alpha, config.lora.dropout) == (16, 32, 0.05)
    assert config.lora.targets == ("q_proj", "v_proj")
    loop = config.loop
    assert (loop.batch_size, loop.learning_rate, loop.warmup_steps) == (32, 2e-4, 50)
    assert config.answers.preparation == "squash448"  # no crop


def test_the_filter_keeps_as_much_as_the_paper_s() -> None:
    config = load_config(VlmFilterConfig, "filter-vlm")
    assert config.keep_rate == 0.007
    assert (config.lora.rank, config.lora.alpha) == (16, 32)
