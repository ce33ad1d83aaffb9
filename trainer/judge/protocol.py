"""What was asked for: queries, what each method found for them, and who judges the pairs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from engine.errors import KnownError
from trainer.files import write_atomically

FORMAT: Final = "relsim-judge-protocol"
VERSION: Final = 1
NAME: Final = "protocol.json"

JudgeKind = Literal["endpoint", "local", "truth"]


class Hit(NamedTuple):
    """A picture that a method found.

    Attributes:
        content: Its content id.
        score: The method's own number, in its own direction.
    """

    content: str
    score: float


class Pair(NamedTuple):
    """A query and a picture that was found for it, by content ids; the query is shown first."""

    query: str
    hit: str


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What one method found.

    Attributes:
        id: Unique in a protocol.
        title: For people.
        measures: ``relational`` or ``attribute``.
        fingerprint: Of the metric (`engine.metrics.interface.Metric`).
        paper: The mean score that the paper's judge gave it, 0..10; None without one.
        hits: By query, best first; as many as were asked for, or all there are. A query is never
            among its own.
    """

    id: str
    title: str
    measures: str
    fingerprint: str
    paper: float | None
    hits: Mapping[str, tuple[Hit, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who judges, and what that costs.

    Attributes:
        kind: See `JudgeKind`.
        id: Of the judge: model and version of the prompt.
        price_in: Dollars for a million tokens of input; None if unknown.
        price_out: The same for output.
    """

    kind: JudgeKind
    id: str
    price_in: float | None = None
    price_out: float | None = None


@dataclass(frozen=True, slots=True)
class Protocol:
    """All that a report needs beside the ledger.

    Attributes:
        database: See `trainer.judge.pictures.Database.document`.
        queries: Content ids.
        seed: By which they were drawn.
        k: How many hits of each query are judged.
        methods: What each found.
        judge: Who judges.
        command: What was called.
    """

    database: Mapping[str, Any]
    queries: tuple[str, ...]
    seed: int
    k: int
    methods: tuple[Retrieved, ...]
    judge: Asked
    command: str = field(default="", compare=False)

    def pairs(self) -> list[Pair]:
        """The distinct pairs, nearest hits of all queries first: what is judged first counts most.

        A pair that several methods found is here once.
        """
        return list(
            dict.fromkeys(
                Pair(query, method.hits[query][rank].content)
                for rank in range(self.k)
                for query in self.queries
                for method in self.methods
                if rank < len(method.hits[query])
            )
        )

    @property
    def wanted(self) -> int:
        """Pairs of all methods together, with those that several found."""
        return sum(len(m.hits[query][: self.k]) for m in self.methods for query in self.queries)

    def document(self) -> dict[str, Any]:
        """For JSON; `from_document` reads it."""
        return {"format": FORMAT, "version": VERSION, **asdict(self)}

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> Protocol:
        """What `document` gave.

        Raises:
            AttributeError, KeyError, TypeError, ValueError: If it is something else.
        """
        methods = tuple(
            Retrieved(
                **one
                | {
                    "hits": {
                        query: tuple(Hit(str(content), float(score)) for content, score in hits)
                        for query, hits in one["hits"].items()
                    }
                }
            )
            for one in document["methods"]
        )
        return cls(
            document["database"],
            tuple(document["queries"]),
            document["seed"],
            document["k"],
            methods,
            Asked(**document["judge"]),
            document["command"],
        )


def write_protocol(folder: Path, protocol: Protocol) -> None:
    """Write ``protocol.json``, whole or not at all.

    Raises:
        KnownError: If it cannot be written.
    """
    content = json.dumps(protocol.document()).encode()
    try:
        write_atomically(folder / NAME, content)
    except OSError as error:
        raise KnownError(f"{folder} cannot be written: {error.strerror or error}") from error


def read_protocol(folder: Path) -> Protocol:
    """Read what `write_protocol` wrote.

    Raises:
        KnownError: If there is none, or it is damaged or newer.
    """
    path = folder / NAME
    try:
        document = json.loads(path.read_bytes())
        if document["format"] == FORMAT and document["version"] > VERSION:
            newer = KnownError(f"{path} was written by a newer version: update this program")
        else:
            return Protocol.from_document(document)
    except OSError as error:
        raise KnownError(
            f"Nothing was judged in {folder} yet: call `relsim-train judge run --out {folder}`"
        ) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise KnownError(f"{path} is damaged: call `relsim-train judge run` again") from error
    raise newer
