"""A collection in the making: the same rules for every format."""

from __future__ import annotations

from collections.abc import Collection as Some
from typing import Final

from engine.jobs import JobControl
from trainer.data.drops import DropReason, Drops
from trainer.data.records import FIELDS, Collection, Record, Source
from trainer.data.rows import Row, RowError

_LACKING: Final[dict[str, DropReason]] = {
    "caption": "empty-caption",
    "conventional": "empty-conventional",
    "label": "no-label",
    "group": "no-group",
    "relation": "no-relation",
    "url": "no-url",
}
_REPORT_EVERY: Final = 1000


class Gathering:
    """Takes pictures one by one, and drops what does not fit.

    Args:
        needs: Fields that a record must have.
        control: Checked, and told how many pictures there are so far.

    Raises:
        ValueError: If a need is no field.
    """

    def __init__(self, needs: Some[str] = (), control: JobControl | None = None) -> None:
        unknown = set(needs) - set(FIELDS)
        if unknown:
            raise ValueError(f"a record has no {', '.join(sorted(unknown))}")
        self._needs = [name for name in FIELDS if name in needs]
        self._control = control
        self._records: list[Record] = []
        self._keys: set[str] = set()
        self._drops = Drops()
        self._passed_over: list[Source] = []

    def take(self, row: Row, source: Source | None, missing: str = "") -> None:
        """Add a picture, or drop it.

        Args:
            row: What is said of it.
            source: Where it lies; None drops it as missing.
            missing: Where it was looked for.
        """
        self._tick()
        if row.key in self._keys:
            self._drops.add("duplicate", row.key, "there was one of the same name before")
            if source is not None:
                self._passed_over.append(source)
            return
        self._keys.add(row.key)
        if source is None:
            self._drops.add("missing", row.key, missing)
            return
        for name in self._needs:
            if getattr(row, name) is None:
                self._drops.add(_LACKING[name], row.key, f"it has no {name}")
                self._passed_over.append(source)
                return
        self._records.append(
            Record(
                row.key,
                source,
                row.caption,
                row.conventional,
                row.label,
                row.group,
                row.relation,
                row.url,
            )
        )

    def drop(self, reason: DropReason, key: str, detail: str) -> None:
        """Count something that is no picture that can be used."""
        self._tick()
        self._drops.add(reason, key, detail)

    def refuse(self, error: RowError, place: str) -> None:
        """Count a row that cannot be read.

        Args:
            error: What is wrong with it.
            place: Where it stands, for a row without a key.
        """
        detail = f"{place}: {error.detail}" if error.key else error.detail
        self.drop(error.reason, error.key or place, detail)

    def collection(self, name: str, kind: str) -> Collection:
        """All that was taken and dropped so far."""
        return Collection(name, tuple(self._records), self._drops, self.count, kind)

    @property
    def count(self) -> int:
        """Pictures so far, dropped ones included."""
        return len(self._records) + self._drops.total

    @property
    def files(self) -> list[Source]:
        """Where the pictures so far lie, of those also that lack a field or a name of their own."""
        return [record.source for record in self._records] + self._passed_over

    def _tick(self) -> None:
        if self._control is None:
            return
        if self.count % _REPORT_EVERY == 0:
            self._control.checkpoint()
            self._control.report("Reading", self.count, None)
