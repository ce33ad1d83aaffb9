"""Fetching from a web that rots, as the tests of it do."""

from __future__ import annotations

import io
import json
from pathlib import Path

from trainer.data.fetch import FetchSettings, fetch
from trainer.data.fetch_plan import FetchReport
from trainer.data.web import WebSettings
from trainer.progress import Reporter

QUICK = FetchSettings(
    web=WebSettings(timeout_s=1.5, max_bytes=200_000, private_addresses=True),
    connections=16,
    per_host=16,
    gap_s=0.0,
    backoff_s=0.02,
)


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
