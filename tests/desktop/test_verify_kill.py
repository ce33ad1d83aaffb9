"""A kill at any moment loses no decision that was on disk, and leaves a file that can be read."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from engine.judging.groups import Group, read_groups, write_groups

PROGRAM = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from relsim_desktop.jobs import JobRunner
from relsim_desktop.presenters.verifying import Verifying

application = QCoreApplication([])
verifying = Verifying(JobRunner())

def decide():
    if verifying.is_saved and verifying.decisions.current is not None:
        print(verifying.decisions.count("rejected"), flush=True)
        verifying.reject()

verifying.opened.connect(decide)
verifying.kept.connect(decide)
verifying.open(Path(sys.argv[1]))
application.exec()
"""


def test_what_is_said_to_be_saved_survives_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    images = (tmp_path / "a.png", tmp_path / "b.png")
    write_groups(path, [Group(f"g{i}", images, "{Things}") for i in range(3000)])
    before = 0
    for wait_s in (0.05, 0.11, 0.17):
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(path)], stdout=subprocess.PIPE, text=True
        ) as program:
            assert program.stdout is not None
            program.stdout.readline()
            time.sleep(wait_s)
            program.kill()
            said = int((program.stdout.read().split() or [str(before)])[-1])
        rejected = [group.verdict == "rejected" for group in read_groups(path)]
        assert said <= sum(rejected) <= said + 1
        assert rejected == sorted(rejected, reverse=True)
        before = sum(rejected)
    assert before > 0
    assert len(read_groups(path)) == 3000
