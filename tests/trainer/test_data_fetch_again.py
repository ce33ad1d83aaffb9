"""Fetching that goes on: nothing is asked for again, and nothing is lost."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tarfile
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from fetching import QUICK, outcomes, run, write_urls
from rotten_web import RottenWeb, picture

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from trainer.data.collection import open_collection
from trainer.data.fetch import fetch
from trainer.data.fetch_plan import read_report
from trainer.data.rows import url_key
from trainer.progress import Reporter


def test_a_finished_list_is_not_asked_for_again(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(5)])
    first = run(urls, tmp_path / "out")
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    again = run(urls, tmp_path / "out")
    assert replace(again, seconds=0) == replace(first, seconds=0)
    assert before == {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    assert set(web.asked.values()) == {1}


def test_a_folder_belongs_to_one_list(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/1"])
    run(urls, tmp_path / "out")
    other = write_urls(tmp_path / "other.txt", [f"{web.url}/ok/2"])
    with pytest.raises(KnownError, match="another list"):
        run(other, tmp_path / "out")
    with pytest.raises(KnownError, match="rows_per_shard 10000, not 5"):
        run(urls, tmp_path / "out", replace(QUICK, rows_per_shard=5))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(KnownError, match="is not empty"):
        run(urls, tmp_path / "mine")
    plan = json.loads((tmp_path / "out" / "fetch.json").read_text())
    (tmp_path / "out" / "fetch.json").write_text(json.dumps({**plan, "version": 2}))
    with pytest.raises(KnownError, match="version 2"):
        run(urls, tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.txt", None, "There is no list of URLs"),
        ("empty.txt", "\n# nothing\n", "is empty"),
        ("table.parquet", "no table", "cannot be read as a parquet table"),
        ("pictures.csv", "a,b", "is no list of URLs"),
        ("groups.jsonl", '{"format": "relsim-groups", "version": 1}\n', "groups file"),
    ],
)
def test_wrong_lists_are_said_to_be_so(
    tmp_path: Path, name: str, content: str | None, words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    with pytest.raises(KnownError, match=words):
        run(tmp_path / name, tmp_path / "out")
    assert not (tmp_path / "out" / "fetch.json").exists()


def test_cancelling_keeps_what_was_fetched(web: RottenWeb, tmp_path: Path) -> None:
    web.pause_s = 0.02
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(60)])
    control = JobControl()
    settings = replace(QUICK, per_host=1)

    class Stops(Reporter):
        def step(self, phase: str, done: int, total: int, **_: float) -> None:
            if done >= 3:
                control.cancel()

    with pytest.raises(Cancelled):
        fetch(urls, tmp_path / "out", settings, reporter=Stops(), control=control)
    halfway = read_report(tmp_path / "out")
    assert 3 <= halfway.fetched < 60
    assert halfway.left == 60 - halfway.fetched
    web.pause_s = 0.0
    assert run(urls, tmp_path / "out").fetched == 60
    # Those that were under way when it was cancelled may be asked for once more.
    assert sum(web.asked.values()) <= 61


FETCH = """
import sys
from trainer.cli import Parser
from trainer.data import command
parser = Parser()
command.configure(parser)
sys.exit(command.run(parser.parse_args(sys.argv[1:])))
"""


def start(urls: Path, out: Path, *more: str) -> subprocess.Popen[str]:
    options = ("--private-addresses", "--json", "--gap", "0", "--rows-per-shard", "20")
    return subprocess.Popen(
        [sys.executable, "-c", FETCH, "fetch", str(urls), "--out", str(out), *options, *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_kills_lose_nothing_and_double_nothing(web: RottenWeb, tmp_path: Path) -> None:
    web.pause_s = 0.02
    paths = [f"/ok/{n}" for n in range(100)] + [f"/status/404?{n}" for n in range(20)]
    urls = write_urls(tmp_path / "urls.txt", [web.url + path for path in paths])
    out = tmp_path / "out"
    for enough in (10, 35, 60, 85):
        process = start(urls, out, "--per-host", "4")
        while len(outcomes_so_far(out)) < enough:
            assert process.poll() is None, process.communicate()
            time.sleep(0.005)
        process.kill()
        process.communicate()
        # A kill in the middle of a write cannot be arranged; what it leaves can.
        for part in out.glob("*.part"):
            with part.open("ab") as file:
                file.write(b'{"row": 5, "ke')
    web.pause_s = 0.0
    report = run(urls, out, replace(QUICK, rows_per_shard=20))
    assert (report.fetched, report.left, report.shards) == (100, 0, 6)
    assert report.counts["http-404"] == 20
    assert len(outcomes(out)) == 120
    collection = open_collection(out)
    assert collection.drops.total == 0
    contents = {r.source.read() for r in collection.records if not isinstance(r.source, Path)}
    assert contents == {picture(n) for n in range(100)}
    assert len(collection.records) == 100
    # Only what was under way at a kill is asked for twice: four connections each time.
    assert sum(web.asked.values()) <= len(paths) + 4 * 4
    assert not list(out.glob("*.part"))


def test_ctrl_c_keeps_what_was_fetched(web: RottenWeb, tmp_path: Path) -> None:
    web.pause_s = 0.05
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(40)])
    out = tmp_path / "out"
    process = start(urls, out, "--per-host", "1")
    while len(outcomes_so_far(out)) < 3:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    printed, errors = process.communicate()
    assert process.returncode == 130, errors
    assert "Traceback" not in errors
    document = json.loads(printed)
    assert document["cancelled"]
    assert 3 <= document["fetched"] < 40
    assert document["left"] == 40 - document["fetched"]
    web.pause_s = 0.0
    printed, errors = start(urls, out, "--per-host", "4").communicate()
    document = json.loads(printed)
    assert (document["fetched"], document["left"], document["cancelled"]) == (40, 0, False)


def outcomes_so_far(out: Path) -> list[str]:
    lines = []
    for log in [*out.glob("*.jsonl"), *out.glob("*.jsonl.part")]:
        with suppress(FileNotFoundError):  # it has got its final name meanwhile
            lines += log.read_text(errors="replace").splitlines()[1:]
    return lines


def test_a_kill_between_the_last_renames_is_made_good(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(3)])
    out = tmp_path / "out"
    first = run(urls, out)
    (out / "00000.json").unlink()
    assert replace(run(urls, out), seconds=0) == replace(first, seconds=0)
    (out / "00000.json").unlink()
    (out / "00000.jsonl").rename(out / "00000.jsonl.part")
    assert replace(run(urls, out), seconds=0) == replace(first, seconds=0)
    assert set(web.asked.values()) == {1}


def test_a_part_that_a_power_cut_tore_is_fetched_again(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(6)])
    out = tmp_path / "out"
    run(urls, out)
    (out / "00000.json").unlink()
    (out / "00000.jsonl").rename(out / "00000.jsonl.part")
    content = (out / "00000.tar").read_bytes()
    (out / "00000.tar").unlink()
    log = (out / "00000.jsonl.part").read_text().splitlines()
    third = json.loads(log[3])["end"]
    (out / "00000.tar.part").write_bytes(content[:third] + bytes(len(content) - third))
    assert run(urls, out).fetched == 6
    assert {record.key for record in open_collection(out).records} == {
        url_key(f"{web.url}/ok/{n}") for n in range(6)
    }
    assert sum(web.asked.values()) == 9


_ON_A_FULL_DISK = """
import errno, resource, signal, sys
from pathlib import Path
from trainer.data.shard_writing import Fetched, GrowingShard, ShardFolder

def add(shard, row, size=0, detail=""):
    members = {"png": bytes(size)} if size else {}
    shard.add(Fetched(row, f"k{row}", None, "fetched", detail), members)

def refused(shard, *args):
    try:
        add(shard, *args)
    except OSError as error:
        return error.errno == errno.ENOSPC

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (8000, resource.RLIM_INFINITY))
with GrowingShard(ShardFolder(Path(sys.argv[1])), 0, 4) as shard:
    add(shard, 0, 1000)
    assert refused(shard, 1, 9000)  # no room in the shard
    assert refused(shard, 1, 1000, "x" * 9000)  # no room in the log
    add(shard, 2, 1000)
    assert [one.row for one in shard.known] == [0, 2]
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
with GrowingShard(ShardFolder(Path(sys.argv[1])), 0, 4) as shard:
    assert [one.row for one in shard.known] == [0, 2]
    add(shard, 1, 9000)
    add(shard, 3, 2000)
    shard.finish()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a process's files cannot be limited there")
def test_a_full_disk_tears_neither_shard_nor_log(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _ON_A_FULL_DISK, str(tmp_path)], check=True)
    with tarfile.open(tmp_path / "00000.tar") as tar:
        found = [(member.name, member.size) for member in tar.getmembers()]
    assert found == [("k0.png", 1000), ("k2.png", 1000), ("k1.png", 9000), ("k3.png", 2000)]
    lines = (tmp_path / "00000.jsonl").read_text().splitlines()
    assert [json.loads(line)["key"] for line in lines[1:]] == ["k0", "k2", "k1", "k3"]
    assert not list(tmp_path.glob("*.part"))
