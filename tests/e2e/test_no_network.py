"""The program opens no network connection unless a person asks for one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden_files import golden
from PIL import Image, ImageDraw

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="watches the C library's calls, which Linux allows"
)

LARGE = [
    "--model", str(golden("relsim-tiny/relsim")), "--base", str(golden("relsim-tiny/base"))
]  # fmt: skip

OUTSIDE = "import socket; socket.create_connection(('127.0.0.1', 9), timeout=1)"

DESKTOP = """
import sys
from PySide6.QtCore import QTimer
from relsim_desktop.app import Application
application = Application(sys.argv[1:])
QTimer.singleShot(8000, application.quit)
sys.exit(application.run())
"""


@pytest.fixture(scope="module")
def watcher(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The preloaded library that notes connections."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("g++")
    assert compiler, "a C compiler is part of the set-up"
    library = tmp_path_factory.mktemp("watch") / "connections.so"
    source = Path(__file__).with_name("connections.c")
    subprocess.run(
        [compiler, "-shared", "-fPIC", "-x", "c", "-o", library, source, "-ldl"], check=True
    )
    return library


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "pictures"
    folder.mkdir()
    for i in range(6):
        image = Image.new("RGB", (200, 200), "white")
        for j in range(i + 1):
            ImageDraw.Draw(image).ellipse((30 * j, 30 * j, 30 * j + 25, 30 * j + 25), fill="navy")
        image.save(folder / f"{i}.png")
    return folder


def watched(
    watcher: Path, log: Path, *command: str, check: bool = True
) -> subprocess.CompletedProcess[str]:
    # Without the variables that keep libraries offline: the program itself must see to it.
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("HF_", "TRANSFORMERS_"))
    }
    environment |= {"LD_PRELOAD": str(watcher), "CONNECTIONS_LOG": str(log)}
    return subprocess.run(
        [sys.executable, *command], env=environment, check=check, text=True, capture_output=True
    )


def test_the_watcher_sees_a_connection(watcher: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    watched(watcher, log, "-c", OUTSIDE, check=False)
    assert "connect" in log.read_text()


def test_the_command_line_stays_offline(watcher: Path, pictures: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    a, b = (str(pictures / name) for name in ("0.png", "5.png"))
    for command in (
        ["index", str(pictures)],
        ["neighbors", a],
        ["search", "{Objects} arranged along a diagonal line"],
        ["score", a, b],
        ["describe", a],
        ["doctor"],
        ["models", "list"],
        ["score", a, b, *LARGE],
    ):
        watched(watcher, log, "-m", "engine.cli", *command)
    for absent in ("relsim-7b", LARGE[1]):  # not being here is no reason to fetch it
        command = ["score", a, b, "--model", absent]
        assert watched(watcher, log, "-m", "engine.cli", *command, check=False).returncode == 2
    assert not log.exists(), log.read_text()


def test_the_desktop_stays_offline(watcher: Path, pictures: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    watched(watcher, log, "-c", DESKTOP, str(pictures))
    assert not log.exists(), log.read_text()
