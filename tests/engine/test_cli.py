"""The command line: JSON as documented, one-line errors, exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cli import main


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> object:
    assert main([str(a) for a in (*arguments, "--json")]) == 0
    return json.loads(capsys.readouterr().out)


def test_index_then_ask(capsys: pytest.CaptureFixture[str], pictures: Path, tmp_path: Path) -> None:
    (pictures / "empty.jpg").touch()
    (pictures / "drawing.eps").write_text("<svg/>")
    report = run(capsys, "index", pictures)
    assert set(report) == {"found", "indexed", "reused", "failed", "skipped", "seconds", "model"}
    assert (report["found"], report["indexed"], report["skipped"]) == (14, 12, 1)
    assert report["failed"] == [{"path": str(pictures / "empty.jpg"), "reason": "empty file"}]

    a, b = pictures / "ring-crimson.png", pictures / "grid-crimson.png"
    rows = run(capsys, "neighbors", a, "-k", 4, "--surprise", 0.5)
    assert len(rows) == 4
    assert {"path", "relational", "attribute", "percentile", "description"} <= set(rows[0])

    found = run(capsys, "search", "{Objects} repeated in rows and columns", "-k", 2)
    assert len(found) == 2
    assert found[0]["attribute"] is None

    score = run(capsys, "score", a, b)
    assert set(score) == {"relational", "attribute", "percentile", "descriptions"}
    assert len(score["descriptions"]) == 2

    described = run(capsys, "describe", a, b)
    assert [row["path"] for row in described] == [str(a), str(b)]
    assert set(described[0]) == {"path", "description", "source", "confidence"}

    out = tmp_path / "vectors.npz"
    run(capsys, "embed", a, b, "--out", out)
    with np.load(out) as vectors:
        assert vectors["paths"].tolist() == [str(a), str(b)]
        assert vectors["embeddings"].shape == (2, 384)
        assert vectors["embeddings"].dtype == np.float32

    doctor = run(capsys, "doctor")
    assert (doctor["files"], doctor["indexed"], doctor["failed"]) == (13, 12, 1)
    assert run(capsys, "models", "list")[0]["id"] == "relsim-mini"


def test_tour(capsys: pytest.CaptureFixture[str], pictures: Path) -> None:
    document = run(capsys, "tour", pictures)
    assert document["index"]["indexed"] == 12
    assert len(document["queries"]) == 3
    assert all(len(query["neighbors"]) == 5 for query in document["queries"])


def test_text_for_people(capsys: pytest.CaptureFixture[str], pictures: Path) -> None:
    for command in (
        ["index", pictures],
        ["tour", pictures],
        ["score", pictures / "ring-crimson.png", pictures / "grid-crimson.png"],
        ["describe", pictures / "ring-crimson.png"],
        ["doctor"],
        ["models", "list"],
    ):
        assert main([str(word) for word in command]) == 0
    printed = capsys.readouterr().out
    assert "12 found: 12 indexed, 0 reused, 0 failed, 0 skipped" in printed
    assert "found       12 = 12 indexed" in printed


def test_a_lone_picture_has_no_neighbors(
    capsys: pytest.CaptureFixture[str], pictures: Path
) -> None:
    only = pictures / "ring-crimson.png"
    for options in ([], ["--surprise", "1", "--collapse"]):
        assert main(["index", str(only)]) == 0
        assert main(["neighbors", str(only), *options]) == 0
        assert "no other pictures" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["index", "no such folder"], "no such folder"),
        (["neighbors", "missing.png"], "missing.png"),
        (["search", ""], "Describe a relation"),
        (["doctor", "--model", "no-such-model"], "no-such-model"),
        (["embed", "x.png", "--out", "vectors.txt"], ".npz"),
        (["neighbors", "x.png", "--surprise", "7"], "between 0 and 1"),
        (["neighbors", "x.png", "-k", "0"], "1 or more"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_errors_are_one_line_and_exit_2(
    capsys: pytest.CaptureFixture[str], command: list[str], says: str
) -> None:
    try:
        status = main(command)
    except SystemExit as stop:
        status = stop.code
    captured = capsys.readouterr()
    assert status == 2
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert says in captured.err
