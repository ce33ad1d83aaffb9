"""A scan from its source to the list of what was kept; what is there already is not done again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, NamedTuple

from engine.errors import KnownError
from trainer.files import write_atomically
from trainer.filter.metrics import threshold_for
from trainer.filter.scanning import Job, Runner
from trainer.filter.scanning_plan import Shard, plan_shards, sample_shards
from trainer.filter.scanning_results import (
    BELOW,
    Counts,
    collect,
    counts_of,
    read_header,
    read_lines,
)
from trainer.filter.scorer import ScorerSpec
from trainer.progress import Reporter

MANIFEST: Final = "scan.json"
SUMMARY: Final = "summary.json"
KEPT: Final = "kept.jsonl"
SHARDS: Final = "shards"
FORMAT: Final = "relsim-scan"
VERSION: Final = 1
_SAMPLE: Final = "sample"
_SAMPLE_PARTS: Final = 16
_SHOWN: Final = 3  # shards that are named in an error


@dataclass(frozen=True, slots=True)
class ScanSettings:
    """What to scan, and what to keep of it.

    Attributes:
        source: As `trainer.data.open_collection` takes it.
        out: Folder of the scan; an interrupted one goes on there.
        images: Where the pictures of a list lie.
        threshold: The lowest score that is kept.
        keep_rate: Share of the pictures to keep, instead of a threshold. With neither, the
            threshold is the filter's own.
        sample: Pictures of the source that decide which threshold keeps that share.
        shard_size: Pictures a shard, where the source does not come in shards.
        threads: As in `trainer.filter.scanning.Job`.
        device: As in `trainer.filter.scanning.Job`.
    """

    source: str
    out: Path
    images: Path | None = None
    threshold: float | None = None
    keep_rate: float | None = None
    sample: int = 4000
    shard_size: int = 1000
    threads: int = 1
    device: str | None = None

    def checked(self) -> ScanSettings:
        """The same with absolute paths, which mean the same to every process of the scan.

        Raises:
            KnownError: With all of it.
        """
        problems = []
        if self.threshold is not None and self.keep_rate is not None:
            problems.append("a threshold and a keep rate exclude each other: give one")
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            problems.append(f"a threshold lies in 0..1, and {self.threshold:g} does not")
        if self.keep_rate is not None and not 0 < self.keep_rate <= 1:
            problems.append(f"a keep rate is above 0 and at most 1, not {self.keep_rate:g}")
        counts = {"threads": self.threads, "shard size": self.shard_size, "sample": self.sample}
        problems += [f"the {name} must be 1 or more" for name, n in counts.items() if n < 1]
        if problems:
            raise KnownError("; ".join(problems))
        return replace(
            self,
            source=str(Path(self.source).expanduser().absolute()),
            out=self.out.absolute(),
            images=None if self.images is None else self.images.absolute(),
        )


def run_scan(
    spec: ScorerSpec, settings: ScanSettings, run: Runner, reporter: Reporter
) -> dict[str, Any]:
    """Scan a source.

    Args:
        spec: The filter.
        settings: What to do.
        run: Who does it.
        reporter: Gets the progress.

    Returns:
        The summary, as it is written: what was found, kept and dropped why, the threshold, and the
        share that was kept.

    Raises:
        KnownError: If the source or the filter cannot be read, the folder holds another scan, or
            some shards could not be scanned; the others are done then, and the next run does these.
    """
    settings = settings.checked()
    shards = plan_shards(settings.source, images=settings.images, size=settings.shard_size)
    threshold = _claim(spec, settings, shards, run, reporter)
    job = _job(spec, settings, SHARDS, threshold)
    left = _left(job, shards)
    failed = _follow("Scanning", job, shards, left, run=run, reporter=reporter)
    if failed:
        raise KnownError(
            f"{len(failed)} of {len(shards)} shards could not be scanned, for example"
            f" {'; '.join(failed[:_SHOWN])}. The others are done: run it again to do these,"
            " or take them out of the source"
        )
    for leftover in job.out.glob("*.partial"):
        leftover.unlink(missing_ok=True)  # of processes that were killed
    counts = collect([job.result(shard.name) for shard in shards], settings.out / KEPT)
    read = counts.kept + counts.dropped.get(BELOW, 0)
    summary = {
        "format": "relsim-scan-summary",
        "version": VERSION,
        "source": settings.source,
        "scorer": spec.key,
        "threshold": threshold,
        "shards": len(shards),
        **counts.document(),
        "kept_share_of_readable": counts.kept / read if read else None,
    }
    write_atomically(settings.out / SUMMARY, (json.dumps(summary, indent=1) + "\n").encode())
    return summary


class Scanned(NamedTuple):
    """What a scan found so far.

    Attributes:
        threshold: The lowest score that was kept.
        scores: Of every picture that was read, by key.
        counts: Of all pictures.
    """

    threshold: float
    scores: dict[str, float]
    counts: Counts


def read_scan(out: Path) -> Scanned:
    """Read the results of a scan, finished or not.

    Raises:
        KnownError: If there is no scan in the folder, or two shards use the same key.
    """
    path = out / MANIFEST
    if not path.is_file():
        raise KnownError(f"{out} holds no scan: relsim-train filter scan makes one")
    threshold = float(_manifest(path)["threshold"])
    scores: dict[str, float] = {}
    counts = Counts()
    for result in sorted((out / SHARDS).glob("*.jsonl")):
        header = read_header(result)
        assert header is not None
        counts += counts_of(header)
        for line in read_lines(result):
            if "score" not in line:
                continue
            if line["key"] in scores:
                raise KnownError(
                    f"Several shards of {out} hold a picture {line['key']!r}: labels cannot be"
                    " told apart by key there"
                )
            scores[line["key"]] = line["score"]
    return Scanned(threshold, scores, counts)


def _job(spec: ScorerSpec, settings: ScanSettings, part: str, threshold: float) -> Job:
    out = settings.out / part
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{out} cannot be made: {error.strerror}") from error
    return Job(spec, out, threshold, settings.threads, settings.device)


def _claim(
    spec: ScorerSpec,
    settings: ScanSettings,
    shards: Sequence[Shard],
    run: Runner,
    reporter: Reporter,
) -> float:
    """Make the folder this scan's own; returns its threshold."""
    mine = {
        "format": FORMAT,
        "version": VERSION,
        "source": settings.source,
        "scorer": spec.key,
        "keep_rate": settings.keep_rate,
    }
    wanted = settings.threshold
    if wanted is None and settings.keep_rate is None:
        wanted = spec.threshold
    path = settings.out / MANIFEST
    if path.is_file():
        return _same_scan(path, mine, wanted)
    if wanted is None:
        wanted = _sampled_threshold(spec, settings, shards, run, reporter)
    settings.out.mkdir(parents=True, exist_ok=True)
    write_atomically(path, (json.dumps({**mine, "threshold": wanted}, indent=1) + "\n").encode())
    return wanted


def _manifest(path: Path) -> dict[str, Any]:
    try:
        there: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        version, _ = there["version"], float(there["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"{path} is damaged ({error}): scan into another folder") from error
    if version != VERSION:
        raise KnownError(
            f"{path} is of version {version}, and this program reads {VERSION}: update it, or scan"
            " into another folder"
        )
    return there


def _same_scan(path: Path, mine: dict[str, Any], wanted: float | None) -> float:
    there = _manifest(path)
    threshold = float(there["threshold"])
    other = [name for name, value in mine.items() if there.get(name) != value]
    if wanted is not None and wanted != threshold:
        other.append("threshold")
    if other:
        names = " and ".join(name.replace("_", " ") for name in other)
        raise KnownError(f"{path.parent} holds a scan with another {names}: name another folder")
    return threshold


def _sampled_threshold(
    spec: ScorerSpec,
    settings: ScanSettings,
    shards: Sequence[Shard],
    run: Runner,
    reporter: Reporter,
) -> float:
    """The threshold that keeps the wanted share of a random sample of the source."""
    assert settings.keep_rate is not None
    sample = sample_shards(shards, settings.sample, seed=0, parts=_SAMPLE_PARTS)
    job = _job(spec, settings, _SAMPLE, 0.0)
    failed = _follow(
        "Scoring a sample", job, sample, _left(job, sample), run=run, reporter=reporter
    )
    if failed:
        raise KnownError(f"The sample of {settings.source} cannot be scored: {failed[0]}")
    scores = [
        line["score"]
        for shard in sample
        for line in read_lines(job.result(shard.name))
        if "score" in line
    ]
    threshold = threshold_for(scores, settings.keep_rate)
    reporter.note(
        f"Of {len(scores)} sampled pictures {settings.keep_rate:.2%} score {threshold:g} or more"
    )
    return threshold


def _left(job: Job, shards: Sequence[Shard]) -> list[Shard]:
    """The shards without a result.

    Raises:
        KnownError: If a result is of another scorer or threshold, or of a shard that has changed
            or is none of the source's.
    """
    left, problems = [], []
    for shard in shards:
        header = read_header(job.result(shard.name))
        if header is None:
            left.append(shard)
        elif header["digest"] != shard.digest:
            problems.append(f"{shard.name} has changed since it was scanned")
        elif (header["scorer"], header["threshold"]) != (job.spec.key, job.threshold):
            problems.append(f"{shard.name} was scanned with another filter or threshold")
    names = {job.result(shard.name).name for shard in shards}
    strangers = sorted(path.stem for path in job.out.glob("*.jsonl") if path.name not in names)
    problems += [f"{name} is no shard of the source any more" for name in strangers]
    if problems:
        raise KnownError(
            f"The results in {job.out} do not fit: {'; '.join(problems[:_SHOWN])}"
            f"{' and more' if len(problems) > _SHOWN else ''}; scan into another folder"
        )
    return left


def _follow(
    phase: str,
    job: Job,
    shards: Sequence[Shard],
    left: Sequence[Shard],
    *,
    run: Runner,
    reporter: Reporter,
) -> list[str]:
    """Have shards scanned; returns why some could not be."""
    done = len(shards) - len(left)
    failed: list[str] = []
    counts = Counts()
    reporter.step(phase, done, len(shards))
    for outcome in run(job, left):
        counts += outcome.counts
        if outcome.error:
            failed.append(f"{outcome.shard}: {outcome.error}")
        done += 1
        share = {"kept": counts.kept / max(counts.found, 1)} if job.threshold > 0 else {}
        reporter.step(phase, done, len(shards), **share)
    return failed
