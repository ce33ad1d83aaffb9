"""What is wrong with data, models or settings is said before the first step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from small_training import SHAPE, SILENT, small_config, write_pictures

from engine.errors import KnownError
from trainer.config import ConfigError, load_config
from trainer.contrastive.relsim import train_relsim
from trainer.contrastive.relsim_config import RelsimConfig
from trainer.training.loop import steps_for
from trainer.training.world import World
from trainer.vlm import base
from trainer.vlm.tiny import make_tiny


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pictures(tmp_path_factory.mktemp("mistakes") / "data")


def refused(config: RelsimConfig, folder: Path, text: str) -> None:
    with pytest.raises(KnownError, match=text):
        train_relsim(config, folder, SILENT, "cpu")
    assert not (folder / "metrics.jsonl").exists()


def test_data_that_are_not_there(tmp_path: Path) -> None:
    refused(small_config(tmp_path / "nowhere.jsonl"), tmp_path / "run", "nowhere.jsonl")


def test_a_base_that_is_not_there(data: Path, tmp_path: Path) -> None:
    config = small_config(data, base={"name": str(tmp_path / "none")})
    refused(config, tmp_path / "run", "is not here: name a folder")


def test_captions_that_say_nothing(data: Path, tmp_path: Path) -> None:
    rows = [{"file": str(data.parent / f"{n:02}.png"), "caption": " "} for n in range(6)]
    path = tmp_path / "empty.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    refused(small_config(path), tmp_path / "run", "caption")


def test_a_batch_larger_than_the_data(data: Path, tmp_path: Path) -> None:
    config = small_config(data, loop={"batch_size": 64})
    refused(config, tmp_path / "run", "9 pictures to learn from, fewer than one batch of 64")


def test_too_little_memory(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "_free", lambda _: 1000)
    refused(small_config(data), tmp_path / "run", "has 0.0 GB free")


def test_a_vocabulary_without_a_row_for_the_query_token(data: Path, tmp_path: Path) -> None:
    folder = make_tiny(tmp_path / "full", ["rows of {Object}"], shape=SHAPE)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        path = folder / name  # its last row is another token's
        path.write_text(path.read_text(encoding="utf-8").replace("<|query|>", "<|other|>"))
    config = small_config(data, base={"name": str(folder)})
    refused(config, tmp_path / "run", "has no row for <|query|>")


def test_a_batch_that_processes_cannot_share(data: Path, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no multiple of the 3 processes"):
        steps_for(small_config(data).loop, 9, World(0, 3, torch.device("cpu")))


def test_all_mistakes_of_a_configuration_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(
        'id = "x"\nrecipe = "relsim"\ncolour = 1\n[data]\ntrain = "scenes"\n'
        '[base]\nname = "tiny"\n[loop]\nbatch_size = 4\nsteps = -1\n'
        '[query]\npreparation = "native"\n',
        encoding="utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        load_config(RelsimConfig, path)
    for part in ("unknown key colour", "loop.steps", "query.preparation must be one of square448"):
        assert part in str(caught.value)
