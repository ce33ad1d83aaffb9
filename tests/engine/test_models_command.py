"""``relsim models`` as a person or a script calls it."""

from __future__ import annotations

import io
import json
import signal
import threading
from pathlib import Path

import pytest
from hub_driving import WEIGHTS
from hub_server import Fault, HubServer
from made_up_models import BASE, CAPTIONER, RELATIONAL, made_up, write_folder

from engine.cli import main
from engine.commands import terminal
from engine.commands.terminal import amount, progress_line, run_with_progress
from engine.jobs import JobControl, Progress
from engine.models.manager import ModelManager
from resources import ROOT


class Terminal(io.StringIO):
    """What is typed at a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def _no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))


def answer(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))


def test_list_says_what_a_person_must_know(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "list"]) == 0
    out = capsys.readouterr().out
    assert "relsim-mini  (part of the program, 15.7 MB)  Apache-2.0" in out
    assert "relsim-7b  (not installed, about 2.2 GB)  CC BY-NC-SA 4.0, FOR NON-COMMERCIAL" in out
    assert "memory: about 17 GB in bfloat16, 10 GB in int8, 7 GB in int4" in out
    assert "requires qwen2.5-vl-7b (not installed)" in out


def test_list_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ModelManager().import_folder(CAPTIONER, write_folder(tmp_path / "x", made_up(CAPTIONER)))
    assert main(["models", "list", "--json"]) == 0
    mini, base, _, captioner, *_ = json.loads(capsys.readouterr().out)
    assert (mini["id"], mini["version"], mini["licence"]) == ("relsim-mini", "2.0.0", "Apache-2.0")
    assert (mini["preparation"], mini["dimension"]) == ("squash224", 384)
    weights = ROOT / "models" / "relsim-mini" / "model.onnx"
    assert mini["bytes"] == weights.stat().st_size
    assert (base["state"], base["memory"]["int4"]) == ("absent", 7_000_000_000)
    assert (captioner["state"], captioner["missing"]) == ("installed", [BASE])
    assert captioner["non_commercial"] is True
    assert Path(captioner["folder"]).is_dir()


@pytest.mark.usefixtures("_no_terminal")
def test_without_a_terminal_consent_takes_a_word(
    hub: HubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["models", "download", RELATIONAL]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "--yes" in captured.err
    assert "NON-COMMERCIAL" in captured.err
    assert hub.asked == []

    assert main(["models", "download", RELATIONAL, "--yes", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["state"] == "installed"
    assert "NON-COMMERCIAL" in captured.err, "it is said in any case"

    assert main(["models", "download", RELATIONAL]) == 0
    assert "was installed already" in capsys.readouterr().out

    assert main(["models", "remove", RELATIONAL]) == 2
    assert "--yes" in capsys.readouterr().err
    assert main(["models", "remove", RELATIONAL, "--yes"]) == 0
    assert "was removed" in capsys.readouterr().out


def test_at_a_terminal_one_is_asked(
    hub: HubServer, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for typed in ("n\n", "\n", ""):
        answer(monkeypatch, typed)
        assert main(["models", "download", CAPTIONER]) == 2
        err = capsys.readouterr().err
        assert "FOR NON-COMMERCIAL USE ONLY" in err
        assert "Qwen2.5-VL 7B Instruct: about 16.6 GB, Apache-2.0" in err
        assert "nothing was done" in err
    assert hub.asked == []
    answer(monkeypatch, "yes\n")
    assert main(["models", "download", CAPTIONER]) == 0
    assert f"{CAPTIONER} is installed" in capsys.readouterr().out
    answer(monkeypatch, "n\n")
    assert main(["models", "remove", CAPTIONER]) == 2
    answer(monkeypatch, "y\n")
    assert main(["models", "remove", CAPTIONER]) == 0
    assert ModelManager().status(CAPTIONER).state == "absent"


def test_errors_are_one_line(
    hub: HubServer, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hub.always["api"] = Fault(status=403)
    for command in (
        ["download", CAPTIONER, "--yes"],
        ["download", "no-such-model", "--yes"],
        ["download", "relsim-mini", "--yes"],
        ["remove", CAPTIONER],
        ["remove", "relsim-mini"],
        ["import", CAPTIONER, str(tmp_path)],
    ):
        assert main(["models", *command, "--json"]) == 2
        captured = capsys.readouterr()
        assert captured.out == ""
        assert captured.err.splitlines()[-1].startswith("relsim: ")
        assert "Traceback" not in captured.err


def test_import(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    source = write_folder(tmp_path / "source", made_up(RELATIONAL))
    assert main(["models", "import", RELATIONAL, str(source)]) == 0
    captured = capsys.readouterr()
    assert f"{RELATIONAL} is installed" in captured.out
    assert f"it requires {BASE}, which is not installed" in captured.out
    assert "NON-COMMERCIAL" in captured.err


def test_ctrl_c_cancels_and_keeps_what_has_come(
    hub: HubServer, capsys: pytest.CaptureFixture[str]
) -> None:
    ModelManager().download(BASE)
    hub.always[WEIGHTS] = Fault(stall_after=65_536)
    part = ModelManager().directory / f"{CAPTIONER}.partial" / f"{WEIGHTS}.part"

    def press() -> None:
        pause = threading.Event()
        while not (part.exists() and part.stat().st_size > 50_000):
            pause.wait(0.005)
        signal.raise_signal(signal.SIGINT)

    thread = threading.Thread(target=press)
    thread.start()
    assert main(["models", "download", CAPTIONER, "--yes"]) == 130
    thread.join()
    assert "what has come so far is kept" in capsys.readouterr().err
    assert part.stat().st_size == 65_536


def test_progress_in_bytes() -> None:
    line = progress_line(
        Progress("Downloading", 1_200_000_000, 16_600_000_000, 0, 45.2e6, 340.0, unit="bytes")
    )
    assert line == "Downloading  1.2 GB of 16.6 GB · 45.2 MB/s · 6 min left"
    assert progress_line(Progress("Indexing", 5, 10, 0, 3.0, 2.0)) == (
        "Indexing  5 of 10 · 3 files/s · 2 s left"
    )
    assert [amount(n) for n in (0, 999, 20_000, 15_738_357, 999_999_999, 17e9)] == [
        "0 bytes",
        "1 kB",
        "20 kB",
        "15.7 MB",
        "1 GB",
        "17 GB",
    ]


def test_progress_is_shown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(terminal.sys, "stderr", screen)
    shown = threading.Event()

    def work(control: JobControl) -> str:
        control.report("Downloading", 5, 10, unit="bytes")
        while "5 bytes of 10 bytes" not in screen.getvalue():
            shown.wait(0.01)
        return "done"

    assert run_with_progress(work, quiet=False) == "done"
    assert screen.getvalue().endswith("\r\x1b[K"), "the line is wiped at the end"
