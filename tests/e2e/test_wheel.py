"""The main job with the installed wheel, away from the source: nothing may be missing in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from resources import ROOT

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = ("--no-deps", "--no-build-isolation", "--quiet", "--disable-pip-version-check")
    source = tmp_path_factory.mktemp("source") / "project"
    # Built from what git would ship, so that a file that was never committed is missed here.
    subprocess.run(
        ["git", "clone", "--quiet", "--depth", "1", PROJECT.as_uri(), source], check=True
    )
    subprocess.run([sys.executable, "-m", "pip", "wheel", *build, "-w", out, source], check=True)
    return next(out.glob("relsim_desktop-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("installed")
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-deps", "--quiet",
         "--disable-pip-version-check", "--target", target, wheel],
        check=True,
    )  # fmt: skip
    return target


def run(installed: Path, cwd: Path, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, *command],
        check=False,
        cwd=cwd,
        env=environment,
        text=True,
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_code_and_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "engine", "relsim_desktop", "resources", "trainer",
    }  # fmt: skip
    assert "resources/models/relsim-mini/model.onnx" in names
    assert "resources/captions/bank.npy" in names
    assert any(name.endswith("licenses/NOTICE") for name in names)


def test_the_main_job(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import engine; print(engine.__file__)")
    assert Path(where.strip()).is_relative_to(installed)

    sample = installed / "resources" / "sample"
    pictures = [p for p in sample.iterdir() if p.suffix in {".png", ".jpg"}]
    assert len(pictures) == sum(p.suffix in {".png", ".jpg"} for p in (ROOT / "sample").iterdir())
    relsim = ("-m", "engine.cli")
    first = json.loads(run(installed, tmp_path, *relsim, "index", str(sample), "--json"))
    assert (first["found"], first["indexed"], first["failed"]) == (len(pictures), len(pictures), [])
    again = json.loads(run(installed, tmp_path, *relsim, "index", str(sample), "--json"))
    assert (again["indexed"], again["reused"]) == (0, len(pictures))

    query = str(pictures[0])
    hits = json.loads(run(installed, tmp_path, *relsim, "neighbors", query, "-k", "5", "--json"))
    assert len(hits) == 5
    assert query not in [hit["path"] for hit in hits]
    assert all(a["relational"] >= b["relational"] for a, b in pairwise(hits))
    text = "{Objects} arranged in a circle around an empty center"
    assert len(json.loads(run(installed, tmp_path, *relsim, "search", text, "--json"))) == 10


def test_every_command_starts(installed: Path, tmp_path: Path) -> None:
    for module in ("engine.cli", "trainer.cli", "relsim_desktop"):
        assert "usage" in run(installed, tmp_path, "-m", module, "--help")
