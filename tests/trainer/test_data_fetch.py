"""Fetching: every way in which a link rots has its reason, and the figures add up."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import httpx2
import pyarrow
import pytest
from fetching import QUICK, reporter, run, write_urls
from golden_files import golden
from pyarrow import parquet
from rotten_web import RottenWeb, closed_port, picture

from trainer.data.collection import open_collection, verify
from trainer.data.records import load_picture
from trainer.data.rows import url_key
from trainer.data.web import directives, is_direct


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


def test_hosts_that_no_proxy_is_asked_for_are_looked_at(
    web: RottenWeb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{closed_port()}")
    monkeypatch.setenv("no_proxy", "example.org, 127.0.0.0/8")
    settings = replace(QUICK, retries=0, web=replace(QUICK.web, private_addresses=False))
    addresses = [
        f"{web.url}/ok/1",  # of a scheme without a proxy
        web.url.replace("http:", "https:") + "/ok/2",
        "https://pictures.invalid/3",  # the proxy is asked, and is not there
    ]
    urls = write_urls(tmp_path / "urls.txt", addresses)
    counts = run(urls, tmp_path / "out", settings).counts
    assert counts == {"private-address": 2, "refused": 1}
    assert not web.asked


@pytest.mark.parametrize(
    ("url", "no_proxy", "direct"),
    [
        ("http://a.org/", "", False),
        ("https://a.org/", "", True),
        ("http://a.org/", "b.org,a.org", True),
        ("http://x.a.org/", " .A.org ", True),
        ("http://x.a.org/", "*.a.org", True),
        ("http://xa.org/", "a.org", False),
        ("http://a.org:81/", "a.org:80", True),
        ("http://a.org/", "b.org, *", True),
        ("http://a.org/", "http://a.org", True),
        ("http://a.org/", "http://*", True),
        ("http://10.1.2.3/", "10.0.0.0/8", True),
        ("http://11.1.2.3/", "10.0.0.0/8", False),
        ("http://a.org/", "10.0.0.0/8", False),
        ("http://[::1]:80/", "[::1]:80", True),
        ("http://[::1]/", "::/64", True),
        ("http://b\u00fccher.org/", "xn--bcher-kva.org", True),
        ("http://b\u00fccher.org/", "b\u00fccher.org", True),
    ],
)
def test_who_is_asked_without_a_proxy(url: str, no_proxy: str, direct: bool) -> None:
    proxies = {"http": "http://proxy:80", "no": no_proxy}
    assert is_direct(httpx2.URL(url), proxies) is direct
    assert is_direct(httpx2.URL(url), {"all": "http://proxy:80"}) is False


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
