"""The commands of finding, comparing many, and taking away, as a terminal reaches them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli import main


@pytest.fixture
def indexed(pictures: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A folder that the default library covers."""
    assert main(["index", str(pictures)]) == 0
    capsys.readouterr()
    return pictures


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> object:
    assert main([str(a) for a in (*arguments, "--json")]) == 0
    return json.loads(capsys.readouterr().out)


def names(rows: object) -> list[str]:
    assert isinstance(rows, list)
    return [Path(row["path"]).name for row in rows]


def test_a_question_of_several_parts(indexed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ring, grid = indexed / "ring-crimson.png", indexed / "grid-crimson.png"
    near = names(run(capsys, "neighbors", ring, "-k", 3))
    assert all(name.startswith("ring") for name in near)
    away = names(run(capsys, "neighbors", grid, "--not", ring, "-k", 6))
    assert not any(name.startswith("ring") for name in away[:3])
    said = run(capsys, "neighbors", "--also", "{Objects} repeated in rows and columns", "-k", 2)
    assert names(said)[0].startswith("grid")
    assert run(capsys, "neighbors", ring, "--format", "jpeg") == []
    far = names(run(capsys, "neighbors", ring, "--farthest", "-k", 3))
    assert not any(name.startswith("ring") for name in far)


def test_a_question_without_anything(capsys: pytest.CaptureFixture[str], indexed: Path) -> None:
    assert main(["neighbors", "--not", str(indexed / "ring-crimson.png")]) == 2
    assert "--also" in capsys.readouterr().err


def test_groups_matrix_and_boards(indexed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ring, grid = indexed / "ring-crimson.png", indexed / "grid-crimson.png"
    groups = run(capsys, "map")
    assert isinstance(groups, dict)
    listed = [picture for group in groups["groups"] for picture in group["paths"]]
    assert len(listed) + groups["no_clear_group"]["images"] == 12
    matrix = run(capsys, "matrix", ring, grid)
    assert isinstance(matrix, dict)
    assert len(matrix["relational"]) == 2
    scores = run(capsys, "score", ring, grid, "--all-models")
    assert isinstance(scores, list)
    assert [score["model"] for score in scores] == ["relsim-mini"]
    assert run(capsys, "boards", "list") == []
