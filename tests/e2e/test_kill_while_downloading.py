"""A download that is killed goes on where it was."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from hub_server import Fault, hub_server
from made_up_models import BASE, repositories

from engine.models.manager import ModelManager

FIRST, SECOND = (f"model-0000{number}-of-00002.safetensors" for number in (1, 2))
SIZE = 3_000_000


def start(url: str, models: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "engine.cli", "models", "download", BASE, "--yes", "--json"],
        env={**os.environ, "HF_ENDPOINT": url, "RELSIM_MODELS": str(models)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def test_a_kill_loses_next_to_nothing(tmp_path: Path) -> None:
    models = tmp_path / "models"
    partial = models / f"{BASE}.partial"
    with hub_server() as hub:
        hub.repositories |= repositories(BASE, size=SIZE)
        for name in (FIRST, SECOND):
            hub.always[name] = Fault(pause_s=0.01)
        for name, enough in ((FIRST, 500_000), (FIRST, 1_500_000), (SECOND, 500_000)):
            hub.asked.clear()
            part = partial / f"{name}.part"
            had = size(part)
            process = start(hub.url, models)
            while size(part) < enough:
                assert process.poll() is None, process.communicate()
                time.sleep(0.002)
            process.kill()
            process.communicate()
            assert ModelManager(models).status(BASE).state == "partial"
            asked = hub.content_requests(name)
            assert [one.range for one in asked] == [f"bytes={had}-" if had else None]
        had = size(partial / f"{SECOND}.part")
        hub.asked.clear()
        process = start(hub.url, models)
        printed, errors = process.communicate()
        assert process.returncode == 0, errors
        assert '"state": "installed"' in printed
        assert not hub.content_requests(FIRST)
        assert [one.range for one in hub.content_requests(SECOND)] == [f"bytes={had}-"]
        folder = ModelManager(models).folder(BASE)
        (files,) = repositories(BASE, size=SIZE).values()
        for name in (FIRST, SECOND):
            assert (folder / name).read_bytes() == files[name]
