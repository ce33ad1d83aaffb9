"""Fetches the pictures of a list of URLs into shards, and accounts for every URL.

Links rot: of a list a few years old a third may be gone. Each row of the list ends as a picture
in a shard or with a reason in that shard's log; the figures add up, also over interruptions.
img2dataset does this job too, but holds back old versions of other libraries and brings a
tracker and OpenCV along.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from engine.errors import KnownError
from engine.jobs import JobControl
from trainer.data.fetch_check import Kept, examine
from trainer.data.fetch_plan import LOCK, FetchReport, read_report, require_own, write_plan
from trainer.data.hosts import Hosts
from trainer.data.lists import Line
from trainer.data.rows import RowError
from trainer.data.shard_writing import (
    FETCHED,
    Fetched,
    GrowingShard,
    ShardFolder,
)
from trainer.data.url_lists import UrlList, open_urls
from trainer.data.web import Web, WebError, WebSettings
from trainer.progress import Reporter

_LASTING: Final = ("rows_per_shard", "side", "least_side")  # the same in every run of a folder
_KEY: Final = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*")
_LONGEST_KEY: Final = 80  # with its suffix it fits a header of any tar
_POLL_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How a list is fetched.

    Attributes:
        web: How a URL is asked for.
        connections: At most so many at a time, over all hosts.
        per_host: At most so many at a time to one host.
        gap_s: Seconds between the beginnings of two requests to one host.
        retries: How often a failure that may pass is tried again.
        backoff_s: Seconds before the first of these; each later one waits twice as long.
        least_side: Pixels that the shorter side of a picture must have.
        side: Pixels of the shorter side that is kept of a larger picture, as JPEG; None keeps what
            the host sent.
        rows_per_shard: Rows of the list that a shard stands for.
        shards_at_once: While the last hosts of one shard are slow, the next ones are under way.
    """

    web: WebSettings = field(default_factory=WebSettings)
    connections: int = 64
    per_host: int = 2
    gap_s: float = 0.05
    retries: int = 2
    backoff_s: float = 1.0
    least_side: int = 64
    side: int | None = None
    rows_per_shard: int = 10_000
    shards_at_once: int = 3


def fetch(
    urls: Path,
    out: Path,
    settings: FetchSettings,
    *,
    reporter: Reporter,
    control: JobControl | None = None,
) -> FetchReport:
    """Fetch the pictures of a list. Interrupted, it goes on where it was.

    Args:
        urls: A list that `open_urls` reads.
        out: Folder of the shards: one that is new, empty, or of an earlier run with this list.
        settings: How.
        reporter: Is told how far it is.
        control: Ends it, if it is told to.

    Returns:
        The figures of the whole list, those of earlier runs included.

    Raises:
        KnownError: If the list cannot be read, the folder holds something else, is in use, or
            cannot be written.
        Cancelled: If `control` was told to cancel; all that was fetched is kept.
    """
    began = time.monotonic()
    try:
        require_own(out)
        listed = open_urls(urls, reporter)
        out.mkdir(parents=True, exist_ok=True)
        with FileLock(out / LOCK, timeout=0):
            write_plan(listed, out, {name: getattr(settings, name) for name in _LASTING})
            asyncio.run(_Fetching(listed, out, settings, reporter, control).run())
            return read_report(out, time.monotonic() - began)
    except Timeout as error:
        raise KnownError(f"Another process fetches into {out}: wait for it, or end it") from error
    except OSError as error:
        raise KnownError(
            f"{out} cannot be written ({error.strerror or error}): make room or choose another"
            " folder; run the same command again to go on"
        ) from error


class _Fetching:
    """One run, in one event loop."""

    def __init__(
        self,
        listed: UrlList,
        out: Path,
        settings: FetchSettings,
        reporter: Reporter,
        control: JobControl | None,
    ) -> None:
        self._listed, self._folder, self._settings = listed, ShardFolder(out), settings
        self._reporter, self._control = reporter, control
        self._done = self._fetched = 0
        self._hosts = Hosts(settings.per_host, settings.gap_s)
        self._slots = asyncio.Semaphore(settings.connections)

    async def run(self) -> None:
        """Fetch every shard that is not whole.

        Raises:
            OSError: If it cannot be written.
            Cancelled: If the control says so.
        """
        loop = asyncio.get_running_loop()
        # Resolving names waits in threads: with the few of the default, dead ones hold up all.
        loop.set_default_executor(ThreadPoolExecutor(self._settings.connections))
        with ThreadPoolExecutor(os.cpu_count()) as self._decoding:
            async with Web(self._settings.web, self._settings.connections) as self._web:
                try:
                    async with asyncio.TaskGroup() as tasks:
                        watch = tasks.create_task(self._watch())
                        async with asyncio.TaskGroup() as shards:
                            await self._start_shards(shards)
                        watch.cancel()
                except BaseExceptionGroup as group:
                    raise _first(group) from None

    async def _start_shards(self, tasks: asyncio.TaskGroup) -> None:
        slots = asyncio.Semaphore(self._settings.shards_at_once)
        for number, first, lines in self._shards():
            whole = self._folder.read_stats(number)
            if whole is not None:
                self._done += len(lines)
                self._fetched += whole.counts.get(FETCHED, 0)
                await asyncio.sleep(0)  # Ctrl-C and progress have a say while rows are passed over
                continue
            await slots.acquire()
            task = tasks.create_task(self._fetch_shard(number, first, lines))
            task.add_done_callback(lambda _: slots.release())

    def _shards(self) -> Iterator[tuple[int, int, list[Line]]]:
        """Number, number of the first row, and rows, of each shard."""
        size, first = self._settings.rows_per_shard, 0
        lines: list[Line] = []
        for line in self._listed.lines():
            lines.append(line)
            if len(lines) == size:
                yield first // size, first, lines
                first, lines = first + size, []
        if lines:
            yield first // size, first, lines

    async def _fetch_shard(self, number: int, first: int, lines: list[Line]) -> None:
        with GrowingShard(self._folder, number, len(lines)) as shard:
            done = {one.row for one in shard.known}
            self._done += len(done)
            self._fetched += sum(one.outcome == FETCHED for one in shard.known)
            async with asyncio.TaskGroup() as tasks:
                for row, line in enumerate(lines, start=first):
                    if row not in done:
                        tasks.create_task(self._fetch_row(row, line, shard))
            shard.finish()

    async def _fetch_row(self, row: int, line: Line, shard: GrowingShard) -> None:
        place, said = line
        members: Mapping[str, bytes] = {}
        if isinstance(said, RowError):
            outcome = Fetched(row, said.key or place, None, said.reason, said.detail)
        elif said.url is None:
            outcome = Fetched(row, said.key, None, "no-url", "the row has no URL")
        elif not _KEY.fullmatch(said.key) or len(said.key) > _LONGEST_KEY:
            outcome = Fetched(
                row, said.key[:200], said.url, "malformed", "its key is no plain name"
            )
        elif self._listed.repeated[row]:
            outcome = Fetched(row, said.key, said.url, "duplicate", "it was in the list before")
        else:
            kept, attempts = await self._ask(said.url)
            if isinstance(kept, WebError):
                outcome = Fetched(row, said.key, said.url, kept.reason, kept.detail, attempts)
            else:
                members = kept.members(said)
                size = len(kept.content)
                outcome = Fetched(row, said.key, said.url, FETCHED, "", attempts, size)
        shard.add(outcome, members)
        self._done += 1
        self._fetched += outcome.outcome == FETCHED

    async def _ask(self, url: str) -> tuple[Kept | WebError, int]:
        """The picture of a URL or why there is none, and how often it was asked for."""
        try:
            host = urlsplit(url).netloc.lower()
        except ValueError as error:
            return WebError("bad-url", str(error)), 0
        attempts = 0
        while True:
            attempts += 1
            try:
                async with self._hosts.turn(host):
                    return await self._try(host, url), attempts
            except WebError as error:
                if not error.passing or attempts > self._settings.retries:
                    return error, attempts
                # Chance keeps those that failed together from coming back together.
                wait_s = self._settings.backoff_s * 2 ** (attempts - 1) * random.uniform(0.5, 1.5)
                await asyncio.sleep(wait_s)

    async def _try(self, host: str, url: str) -> Kept:
        settings = self._settings
        # Kept until the picture is checked: what waits to be decoded is in memory.
        async with self._slots:
            try:
                content = await self._web.get(url)
            except WebError as error:
                self._hosts.pause(host, error.wait_s)
                raise
            return await asyncio.get_running_loop().run_in_executor(
                self._decoding, examine, content, settings.least_side, settings.side
            )

    async def _watch(self) -> None:
        """Report, and look whether it is to end."""
        while True:
            done, total = self._done, self._listed.rows
            if self._control is not None:
                self._control.report("Fetching", done, total, done - self._fetched)
                self._control.checkpoint()
            self._reporter.step("Fetching", done, total, alive=self._fetched / max(1, done))
            await asyncio.sleep(_POLL_S)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """What went wrong first, below all groups."""
    error: BaseException = group
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
