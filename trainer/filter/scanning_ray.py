"""Scans shards on Ray Data: on all cores of this machine, or on the machines of a cluster.

Every shard is a task without state, so a task that was lost with its node is run again on another.
A shard's result is one file that is there completely or not at all, and a task that finds it does
nothing: however often a shard is tried, its result is there once.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import socket
from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Final

from engine.errors import KnownError, ModelError
from trainer.filter.scanning import Job, Outcome, scan_shard
from trainer.filter.scanning_plan import Shard
from trainer.filter.scanning_results import Counts

LOCAL: Final = "local"
"""The address of no cluster: Ray is started on this machine, and ended with the scan."""

_PATIENCE_S: Final = 10.0
_MOST_TASKS: Final = 10_000  # longer scans give each task several shards


class RayRunner:
    """A `trainer.filter.scanning.Runner` on Ray, and a context manager that leaves it again.

    Args:
        address: ``HOST:PORT`` of a cluster that runs, or `LOCAL`.
        gpus: Graphics devices that a task needs; a fraction lets tasks share one.
    """

    def __init__(self, address: str, *, gpus: float = 0.0) -> None:
        self._address, self._gpus = address, gpus
        self._connected = False

    def __enter__(self) -> RayRunner:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connected:
            import ray

            ray.shutdown()
            self._connected = False

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[Outcome]:
        """Scan shards; the order of outcomes is that in which they come in.

        Raises:
            KnownError: If there is no cluster at the address, or it lacks what a task needs.
            ModelError: If the scorer cannot be loaded on a node.
        """
        if not shards:
            return  # a scan that is complete starts nothing
        self._connect(job)
        import ray.data

        logging.getLogger("ray.data").setLevel(logging.ERROR)  # it tells of each plan it runs
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False  # the scan has its own
        rows = [{"shard": pickle.dumps(shard)} for shard in shards]
        given = ray.data.from_items(rows, override_num_blocks=min(len(rows), _MOST_TASKS))
        scanned = given.map_batches(
            _scan_batch,
            fn_args=(job,),
            batch_size=1,
            batch_format="numpy",
            num_cpus=job.threads,
            num_gpus=self._gpus or None,
            # A process keeps its scorer for the next task, which for tasks with a graphics device
            # is not what Ray does by itself.
            max_calls=0,
        )
        for row in self._rows(scanned):
            if row["broken"]:
                raise ModelError(row["error"])
            counts = Counts(**json.loads(row["counts"]))
            yield Outcome(row["shard"], counts, row["error"], row["node"])

    def _rows(self, scanned: Any) -> Iterator[dict[str, Any]]:
        from ray.exceptions import RayError, RayTaskError

        try:
            yield from scanned.iter_rows()
        except RayTaskError:
            raise  # a defect of ours
        except RayError as error:
            raise KnownError(
                f"Ray gave up on the machines at {self._address} ({str(error).splitlines()[0]}):"
                " what was scanned is kept; see to them and run it again"
            ) from error

    def _connect(self, job: Job) -> None:
        if self._connected:
            return
        if self._address != LOCAL:
            _check_reachable(self._address)  # Ray itself tries for minutes
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"  # read when Ray is started
        import ray

        try:
            ray.init(
                address=self._address,
                include_dashboard=False if self._address == LOCAL else None,
                log_to_driver=False,
                logging_level=logging.ERROR,
            )
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise KnownError(
                f"There is no Ray cluster at {self._address} that this can join ({error}): its"
                " versions of Ray and Python must be those here"
            ) from error
        self._connected = True
        there = ray.cluster_resources()
        for name, needed in (("CPU", job.threads), ("GPU", self._gpus)):
            if needed > there.get(name, 0):
                raise KnownError(
                    f"A shard needs {needed:g} {name} and the machines at {self._address} have"
                    f" {there.get(name, 0):g} in all: ask for less, or add a machine"
                )


def _check_reachable(address: str) -> None:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise KnownError(f"A Ray address is HOST:PORT, or {LOCAL!r}, not {address!r}")
    try:
        socket.create_connection((host, int(port)), timeout=_PATIENCE_S).close()
    except OSError as error:
        raise KnownError(
            f"Nothing answers at {address} ({error.strerror or error}): start a Ray cluster with"
            " 'ray start --head' and name its address"
        ) from error


def _scan_batch(batch: Mapping[str, Any], job: Job) -> dict[str, list[Any]]:
    """What a task does: scan the shards of its rows."""
    import ray

    node = ray.get_runtime_context().get_node_id()
    names = ("shard", "counts", "error", "node", "broken")
    rows: dict[str, list[Any]] = {name: [] for name in names}
    for content in batch["shard"]:
        shard: Shard = pickle.loads(content)  # noqa: S301 - made by the scan that started the task
        try:
            outcome, broken = scan_shard(job, shard), False
        except ModelError as error:
            outcome, broken = Outcome(shard.name, Counts(), str(error)), True
        counts = json.dumps(outcome.counts.document())
        for name, value in zip(
            names, (shard.name, counts, outcome.error, node, broken), strict=True
        ):
            rows[name].append(value)
    return rows
