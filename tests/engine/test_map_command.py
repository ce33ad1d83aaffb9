"""``relsim map``, and groups of a map as a groups file."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from engine.commands.map import add_map_arguments, run_map
from engine.errors import QueryError
from engine.judging.groups import read_groups
from engine.service import Engine


def run(engine: Engine, *arguments: str) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    add_map_arguments(parser)
    run_map(engine, parser.parse_args(arguments))


def test_the_groups_are_printed(
    engine: Engine, pictures: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.index([pictures])
    run(engine, "--json")
    document = json.loads(capsys.readouterr().out)
    counted = sum(group["images"] for group in document["groups"])
    assert counted + document["no_clear_group"]["images"] == document["images"] == 12
    for group in document["groups"]:
        assert len({Path(path).name.split("-")[0] for path in group["paths"]}) == 1
        assert set(group["cover"]) <= set(group["paths"])
    run(engine)
    shown = capsys.readouterr().out
    assert "12  images" in shown
    assert "in no clear group" in shown


def test_the_groups_are_written_for_the_trainer(
    engine: Engine, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.index([pictures])
    out = tmp_path / "groups.jsonl"
    run(engine, "--json", "--groups", str(out))
    document = json.loads(capsys.readouterr().out)
    groups = read_groups(out)
    assert len(groups) == document["exported"]
    assert [group.caption for group in groups] == [g["name"] or "" for g in document["groups"]]
    assert {group.source for group in groups} == {"proposed"}
    assert sum(len(g.images) for g in groups) == sum(g["images"] for g in document["groups"])
    with pytest.raises(QueryError, match="there already"):
        run(engine, "--groups", str(out))


def test_an_empty_library_is_said(engine: Engine) -> None:
    with pytest.raises(QueryError, match="Index a folder"):
        run(engine, "--json")
