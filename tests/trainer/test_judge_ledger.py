from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import KnownError
from trainer.judge.ledger import Entry, Key, Ledger, read_ledger

ENTRIES = [
    Entry(
        Key("judge", "q", f"hit-{n}"),
        score,
        f"“{score}”",
        {"id": n},
        90,
        2,
        at="2026",
        names=("q", "h"),
    )
    for n, score in enumerate((7.0, None, 2.5))
]


def write(path: Path, entries: list[Entry] = ENTRIES) -> bytes:
    with Ledger(path) as ledger:
        for entry in entries:
            ledger.add(entry)
    return path.read_bytes()


def test_what_was_written_is_read_again_with_raw_answers_in_the_file(tmp_path: Path) -> None:
    written = write(tmp_path / "l.jsonl")
    entries, damaged = read_ledger(tmp_path / "l.jsonl")
    assert list(entries.values()) == ENTRIES
    assert damaged == 0
    lines = [json.loads(line) for line in written.splitlines()]
    assert lines[0] == {"format": "relsim-judgements", "version": 1}
    assert [line["raw"] for line in lines[1:]] == [{"id": 0}, {"id": 1}, {"id": 2}]
    assert write(tmp_path / "l.jsonl", []) == written


def test_a_ledger_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "l.jsonl") == ({}, 0)


def test_a_kill_within_a_line_loses_that_line_only(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    whole = write(path)
    last = whole.rindex(b"\n", 0, -1) + 1
    for end in (last, last + 1, len(whole) - 60, len(whole) - 2, len(whole) - 1):
        path.write_bytes(whole[:end])
        assert read_ledger(path)[1] == (end > last)
        with Ledger(path) as ledger:
            assert list(ledger.entries.values()) == ENTRIES[:2]
            ledger.add(ENTRIES[2])
        assert path.read_bytes() == whole


def test_a_kill_within_the_header_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    whole = write(path)
    for end in (0, 1, 20, whole.index(b"\n"), whole.index(b"\n") + 1):
        path.write_bytes(whole[:end])
        assert write(path) == whole


def test_lines_survive_the_process_that_wrote_them(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from trainer.judge.ledger import *\n"
        f"ledger = Ledger(Path({str(path)!r}))\n"
        "ledger.add(Entry(Key('judge', 'q', 'hit-0'), 7.0, '7'))\n"
        'ledger._file.write(b\'{"judge": "ju\')\n'
        "ledger._file.flush()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False, env=os.environ)
    assert ended.returncode == -signal.SIGKILL
    with Ledger(path) as ledger:  # its lock died with it
        assert [entry.score for entry in ledger.entries.values()] == [7.0]
        assert ledger.damaged == 1


@pytest.mark.parametrize(
    "broken",
    [
        b"{",
        b'{"judge": "judge"}',
        b"[1, 2]",
        ENTRIES[0].line().replace(b'"score": 7.0', b'"score": 11').strip(),
        ENTRIES[0].line().replace(b'"score": 7.0', b'"score": NaN').strip(),
        ENTRIES[0].line().replace(b'"tokens_in": 90', b'"tokens_in": "90"').strip(),
    ],
)
def test_a_damaged_line_is_passed_over_and_counted(tmp_path: Path, broken: bytes) -> None:
    path = tmp_path / "l.jsonl"
    lines = write(path).splitlines(keepends=True)
    lines[2] = broken + b"\n"
    path.write_bytes(b"".join(lines))
    entries, damaged = read_ledger(path)
    assert list(entries.values()) == [ENTRIES[0], ENTRIES[2]]
    assert damaged == 1


def test_of_two_lines_about_one_pair_the_last_counts(tmp_path: Path) -> None:
    path = tmp_path / "l.jsonl"
    write(path, [ENTRIES[0], replace(ENTRIES[0], score=3.0)])
    assert [entry.score for entry in read_ledger(path)[0].values()] == [3.0]


@pytest.mark.parametrize(
    ("first", "message"),
    [
        (b'{"format": "relsim-judgements", "version": 2}', "newer version"),
        (b'{"format": "relsim-list", "version": 1}', "no ledger"),
        (b"dear diary", "no ledger"),
    ],
)
def test_another_file_is_refused_and_left_as_it_is(
    tmp_path: Path, first: bytes, message: str
) -> None:
    path = tmp_path / "l.jsonl"
    path.write_bytes(first + b"\nmore")
    for _ in range(2):  # the refusal does not keep the lock
        with pytest.raises(KnownError, match=message):
            Ledger(path)
    assert path.read_bytes() == first + b"\nmore"


def test_two_runs_never_write_one_ledger(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.jsonl"), pytest.raises(KnownError, match="Another run"):
        Ledger(tmp_path / "l.jsonl")
    Ledger(tmp_path / "l.jsonl").close()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(KnownError, match="cannot be written"):
        Ledger(tmp_path / "a-file" / "l.jsonl")
