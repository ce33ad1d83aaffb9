"""Fetching: every way in which a link rots has its reason, and the figures add up."""

from __future__ import annotations

import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pyarrow
import pytest
from golden_files import golden
from pyarrow import parquet
from rotten_web import RottenWeb, closed_port, picture, rotten_web

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from trainer.data.collection import open_collection, verify
from trainer.data.fetch import FetchSettings, fetch
from trainer.data.fetch_plan import FetchReport, read_report
from trainer.data.records import load_picture
from trainer.data.rows import url_key
from trainer.data.web import WebSettings, directives
from trainer.progress import Reporter

QUICK = FetchSettings(
    web=WebSettings(timeout_s=1.5, max_bytes=200_000, private_addresses=True),
    connections=16,
    per_host=16,
    gap_s=0.0,
    backoff_s=0.02,
)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def web() -> Iterator[RottenWeb]:
    with rotten_web() as server:
        yield server


def reporter() -> Reporter:
    return Reporter(stream=io.StringIO())


def write_urls(path: Path, urls: list[str]) -> Path:
    path.write_text("\n".join(urls) + "\n")
    return path


def run(urls: Path, out: Path, settings: FetchSettings = QUICK) -> FetchReport:
    report = fetch(urls, out, settings, reporter=reporter())
    assert report.found == sum(report.counts.values()) + report.left
    return report


def outcomes(out: Path) -> dict[str, tuple[str, str, int]]:
    """Outcome, detail and attempts, by path of the URL."""
    found = {}
    for log in sorted(out.glob("*.jsonl")):
        for line in log.read_text().splitlines()[1:]:
            one = json.loads(line)
            name = (one["url"] or one["key"]).split("/", 3)[-1]
            assert name not in found
            found[name] = (one["outcome"], one["detail"], one["attempts"])
    return found


def test_each_kind_of_rot_has_its_reason(web: RottenWeb, tmp_path: Path) -> None:
    reasons = {
        "ok/1": "fetched",
        "moved": "fetched",
        "flaky/1": "fetched",
        "busy": "fetched",
        "status/404": "http-404",
        "status/403": "http-403",
        "status/410": "http-410",
        "status/500": "http-5xx",
        "status/204": "http-2xx",
        "silent": "timeout",
        "drip": "timeout",
        "page": "not-an-image",
        "blank": "empty",
        "cut": "broken",
        "hang-up": "broken",
        "short": "unreadable",
        "bomb": "unreadable",
        "huge": "too-large",
        "endless": "too-large",
        "tiny": "too-small",
        "loop": "redirects",
        "elsewhere": "bad-url",
        "noai": "opted-out",
        "reserved": "opted-out",
    }
    urls = [f"{web.url}/{name}" for name in reasons]
    others = {
        f"http://127.0.0.1:{closed_port()}/x.png": "refused",
        "http://no-such-host.invalid/x.png": "dns",
        "ftp://127.0.0.1/x.png": "bad-url",
        "http://[oops/x.png": "bad-url",
        "http:///x.png": "bad-url",
        "no address at all": "bad-url",
        f"{web.url}/ok/1": "duplicate",
    }
    report = run(write_urls(tmp_path / "urls.txt", urls + list(others)), tmp_path / "out")
    found = {
        json.loads(line)["url"]: json.loads(line)
        for line in (tmp_path / "out" / "00000.jsonl").read_text().splitlines()[1:]
        if json.loads(line)["outcome"] != "duplicate"
    }
    for url, reason in zip(urls, reasons.values(), strict=True):
        assert found[url]["outcome"] == reason, found[url]
    for url, reason in others.items():
        assert reason in ("duplicate", found[url]["outcome"]), found[url]
    assert report.counts["duplicate"] == 1
    assert report.found == len(urls) + len(others)
    assert report.fetched == 4
    tries = {url.removeprefix(web.url): one["attempts"] for url, one in found.items()}
    assert tries["/status/404"] == 1  # it will not come back in a second
    assert tries["/status/500"] == 1 + QUICK.retries
    assert tries["/flaky/1"] == tries["/busy"] == 2
    assert web.asked["/status/404"] == 1
    assert web.asked["/status/500"] == 1 + QUICK.retries
    assert found[f"{web.url}/page"]["detail"] == "it is a web page"


def test_what_was_fetched_is_a_collection(web: RottenWeb, tmp_path: Path) -> None:
    rows = [
        {"image_hash": f"hash{n}", "caption": f"{{Thing}} {n}", "url_link": f"{web.url}/ok/{n}"}
        for n in range(5)
    ]
    rows.append({"image_hash": "gone", "caption": "{Gone}", "url_link": f"{web.url}/status/404"})
    listed = tmp_path / "captions.jsonl"
    listed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run(listed, tmp_path / "out").fetched == 5
    pictures = open_collection(tmp_path / "out", needs=("caption", "url"))
    assert {record.key: record.caption for record in pictures.records} == {
        f"hash{n}": f"{{Thing}} {n}" for n in range(5)
    }
    verified = verify(pictures, cache=None, workers=1, reporter=reporter())
    assert len(verified.records) == 5
    first = next(record for record in pictures.records if record.key == "hash3")
    assert not isinstance(first.source, Path)
    assert first.source.read() == picture(3)
    joined = open_collection(listed, images=tmp_path / "out")
    assert joined.drops.counts() == {"missing": 1}
    assert {r.key: r.source for r in joined.records} == {r.key: r.source for r in pictures.records}


def test_webdataset_reads_our_shards(web: RottenWeb, tmp_path: Path) -> None:
    from webdataset.tariterators import group_by_keys, tar_file_expander

    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(4)])
    run(urls, tmp_path / "out")
    with (tmp_path / "out" / "00000.tar").open("rb") as file:
        samples = list(group_by_keys(tar_file_expander([{"url": "00000.tar", "stream": file}])))
    assert {sample["__key__"] for sample in samples} == {
        url_key(f"{web.url}/ok/{n}") for n in range(4)
    }
    assert {sample["png"] for sample in samples} == {picture(n) for n in range(4)}
    assert all(json.loads(sample["json"])["url"].startswith(web.url) for sample in samples)


def test_a_large_picture_can_be_reduced(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/1"])
    run(urls, tmp_path / "out", replace(QUICK, side=64))
    (record,) = open_collection(tmp_path / "out").records
    assert load_picture(record, min_side=64).size == (69, 64)


def test_rows_that_say_nothing_are_counted(web: RottenWeb, tmp_path: Path) -> None:
    listed = tmp_path / "list.jsonl"
    listed.write_text(
        "\n".join(
            [
                json.dumps({"image_hash": "a", "url": f"{web.url}/ok/1"}),
                json.dumps({"image_hash": "a", "url": f"{web.url}/ok/2"}),
                json.dumps({"image_hash": "../../b", "url": f"{web.url}/ok/3"}),
                json.dumps({"image_hash": "c"}),
                "{broken",
                json.dumps({"nothing": 1}),
                json.dumps({"url": 5}),
            ]
        )
    )
    report = run(listed, tmp_path / "out")
    assert report.counts == {"malformed": 4, "fetched": 1, "no-url": 1, "duplicate": 1}
    assert web.asked == {"/ok/1": 1}


def test_a_parquet_of_urls_is_fetched_in_several_shards(web: RottenWeb, tmp_path: Path) -> None:
    table = pyarrow.table(
        {
            "URL": [f"{web.url}/ok/{n}" for n in range(25)],
            "TEXT": [f"a thing {n}" for n in range(25)],
            "WIDTH": list(range(25)),
        }
    )
    parquet.write_table(table, tmp_path / "urls.parquet")
    report = run(tmp_path / "urls.parquet", tmp_path / "out", replace(QUICK, rows_per_shard=10))
    assert (report.fetched, report.shards) == (25, 3)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.tar")) == [
        "00000.tar",
        "00001.tar",
        "00002.tar",
    ]
    texts = {record.conventional for record in open_collection(tmp_path / "out").records}
    assert texts == {f"a thing {n}" for n in range(25)}
    joined = open_collection(tmp_path / "urls.parquet", images=tmp_path / "out")
    assert len(joined.records) == 25


def test_the_released_lists_are_fetched_by_their_own_keys(tmp_path: Path) -> None:
    """Nothing is asked for: the addresses in them are changed to a port where nobody listens."""
    port = closed_port()
    for name, count in (("anonymous_captions_sample", 40), ("random_images_sample", 50)):
        rows = [json.loads(line) for line in golden(f"{name}.jsonl").read_text().splitlines()]
        for row in rows:
            assert row["image_hash"] == url_key(row["url_link"])
            row["url_link"] = f"http://127.0.0.1:{port}/{row['image_hash']}"
        listed = tmp_path / f"{name}.jsonl"
        listed.write_text("".join(json.dumps(row) + "\n" for row in rows))
        report = run(listed, tmp_path / name, replace(QUICK, retries=0))
        assert report.counts == {"refused": count}
        log = (tmp_path / name / "00000.jsonl").read_text().splitlines()[1:]
        assert {json.loads(line)["key"] for line in log} == {row["image_hash"] for row in rows}


def test_hosts_in_private_networks_are_not_asked(web: RottenWeb, tmp_path: Path) -> None:
    settings = replace(QUICK, web=replace(QUICK.web, private_addresses=False))
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/1", "http://localhost:1/x"])
    assert run(urls, tmp_path / "out", settings).counts == {"private-address": 2}
    assert not web.asked


def test_no_host_is_asked_by_many_at_once(web: RottenWeb, tmp_path: Path) -> None:
    web.pause_s = 0.01
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/ok/{n}" for n in range(30)])
    assert run(urls, tmp_path / "out", replace(QUICK, per_host=2)).fetched == 30
    assert web.at_once <= 2


def test_no_host_learns_what_it_was_asked_before(web: RottenWeb, tmp_path: Path) -> None:
    urls = write_urls(tmp_path / "urls.txt", [f"{web.url}/cookie/{n}" for n in range(6)])
    assert run(urls, tmp_path / "out", replace(QUICK, per_host=1)).fetched == 6


def test_robots_tags_are_read_as_they_are_meant() -> None:
    def said(value: str) -> list[str]:
        return list(directives(value, "relsim-train"))

    assert said("noai, noimageai") == ["noai", "noimageai"]
    assert said("googlebot: noindex, nofollow") == []
    assert said("googlebot: noindex, relsim-train: noai") == ["noai"]
    assert said("*: NoIndex") == ["noindex"]
    assert said("max-image-preview: large, noindex") == ["max-image-preview", "noindex"]


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
