"""A head that learns from groups of pictures without a word, over features that are there."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from made_features import COUNT, fill

from engine.errors import KnownError
from engine.judging.groups import Group, write_groups
from trainer.progress import Reporter
from trainer.reproduce.child import perform
from trainer.reproduce.group_training import batches_of_groups
from trainer.reproduce.grouped import group_head, grouped
from trainer.reproduce.lists import read_list, write_list
from trainer.reproduce.pretrained import vectors_of_pictures

SIZE = 4  # pictures of a group; there are several groups of each relation
HEAD = {"width": 32, "layers": 1, "heads": 4, "dropout": 0.0, "reads": "arrangement"}
TRAINING = {"epochs": 10, "batch_size": 16, "group_weight": 0.0, "threads": 1}
TRAINING |= {"learning_rate": 3e-3}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A trained head, and the settings of it."""
    folder = tmp_path_factory.mktemp("heads")
    keys = fill(folder / "features", seed=1)
    fill(folder / "unseen", seed=2)
    lines = [
        {"key": key, "group": f"g-{number % 2}-{number // (2 * SIZE)}"}
        for number, key in enumerate(keys)
    ]
    write_list(folder / "list.jsonl", lines)
    settings = {
        "pictures": str(folder / "list.jsonl"),
        "features": str(folder / "features"),
        "out": str(folder / "head"),
        "head": HEAD,
        "training": TRAINING,
        "seed": 3,
    }
    group_head(settings)
    return folder, settings


def same_and_other(vectors: Any) -> tuple[float, float]:
    """Mean cosines of two pictures that are laid out alike, and of two that are not."""
    cosines = vectors @ vectors.T
    alike = (np.arange(COUNT)[:, None] + np.arange(COUNT)) % 2 == 0
    return float(cosines[alike & ~np.eye(COUNT, dtype=bool)].mean()), float(cosines[~alike].mean())


def test_what_groups_share_is_found_in_pictures_it_never_saw(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, settings = made
    keys = [f"p{number}" for number in range(COUNT)]
    vectors = vectors_of_pictures(folder / "head", folder / "unseen", keys)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    same, other = same_and_other(vectors)
    assert same - other > 0.5
    lines = read_list(folder / "list.jsonl")
    shuffled = np.random.default_rng(0).permutation([line["group"] for line in lines])
    mixed = [line | {"group": str(name)} for line, name in zip(lines, shuffled, strict=True)]
    write_list(tmp_path / "list.jsonl", mixed)
    told = {"pictures": str(tmp_path / "list.jsonl"), "out": str(tmp_path / "head")}
    group_head(settings | told)
    confused = same_and_other(vectors_of_pictures(tmp_path / "head", folder / "unseen", keys))
    assert confused[0] - confused[1] < (same - other) / 2, "it learned without groups"


class Stops(Reporter):
    """As a kill in the second epoch would."""

    def step(self, phase: str, done: int, total: int, **more: float) -> None:
        super().step(phase, done, total, **more)
        if done == COUNT // TRAINING["batch_size"] + 2:
            raise KeyboardInterrupt


def test_a_killed_training_ends_with_the_same_head(
    made: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: Any
) -> None:
    folder, settings = made
    told = settings | {"out": str(tmp_path)}
    with monkeypatch.context() as patch:
        patch.setattr("trainer.reproduce.grouped.Reporter", Stops)
        with pytest.raises(KeyboardInterrupt):
            group_head(told)
    assert not (tmp_path / "head.safetensors").exists()
    group_head(told)
    for name in ("head.safetensors", "metrics.jsonl"):
        assert (tmp_path / name).read_bytes() == (folder / "head" / name).read_bytes()
    lines = (tmp_path / "metrics.jsonl").read_text().splitlines()
    losses = [json.loads(line)["loss"] for line in lines]
    assert len(losses) == TRAINING["epochs"]
    assert losses[-1] < losses[0]


def test_batches_hold_whole_groups() -> None:
    groups = torch.tensor([2, 0, 1, 0, 2, 1, 0, 3, 3])
    generator = torch.Generator().manual_seed(0)
    orders = set[tuple[int, ...]]()
    for _ in range(20):
        batches = batches_of_groups(groups, 4, generator)
        assert [len(batch) for batch in batches] == [4, 4]
        seen = groups[torch.cat(batches)].tolist()
        runs = re.findall(r"(\d)\1*", "".join(map(str, seen)))
        assert len(runs) == len(set(runs)), "a group is in two places"
        orders.add(tuple(torch.cat(batches).tolist()))
    assert len(orders) > 5
    assert sorted(batches_of_groups(groups, 20, generator)[0].tolist()) == list(range(9))


def test_the_list_says_which_pictures_are_together_and_nothing_else(
    tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    pictures = [tmp_path / "labelled" / f"{number}.png" for number in range(6)]
    write_groups(
        Path("groups.jsonl"),
        [
            Group("a", tuple(pictures[:2]), "A {Thing}", "seed", (), "accepted"),
            Group("b", tuple(pictures[2:4]), "A {Thing}", "seed", (), "rejected"),
            Group("c", tuple(pictures[4:]), "Rows of {Things}", "seed", (), "accepted"),
        ],
    )
    grouped({"groups": "groups.jsonl", "out": "data/grouped.jsonl"})
    lines = read_list(Path("data/grouped.jsonl"))
    assert [(line["file"], line["group"]) for line in lines] == [
        ("../labelled/0.png", "a"),
        ("../labelled/1.png", "a"),
        ("../labelled/4.png", "c"),
        ("../labelled/5.png", "c"),
    ]
    assert all(set(line) == {"key", "file", "group"} for line in lines)
    assert len({line["key"] for line in lines}) == 4


def test_what_is_missing_is_named(
    made: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: Any
) -> None:
    _, settings = made
    gone = str(tmp_path / "gone.jsonl")
    with pytest.raises(KnownError, match="run the stage that makes it"):
        group_head(settings | {"pictures": gone})
    words = {"groups": gone, "out": str(tmp_path / "out.jsonl")}
    assert perform(["step", "grouped", json.dumps(words)]) == 2
    assert f"There is no file {gone}" in capsys.readouterr().err
