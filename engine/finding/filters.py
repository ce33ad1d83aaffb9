"""What narrows a question down besides the logic: where, when, which kind of picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from engine.library.traits import Orientation

LEAST_COLOUR: Final = 15
"""Share of a picture in percent from which it counts as having a colour."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions that all hold of every hit; an empty tuple, None or 0 is no condition.

    They are applied before the ranking is cut: a question for 60 pictures finds the 60 best of
    those that pass. A picture whose traits are not known passes no condition on them.

    Attributes:
        folders: A file of the picture is one of these, or lies under one of them.
        after_ns: Taken at this moment or later, in nanoseconds since 1970 in local time; a picture
            of which no camera tells counts as taken when its file was last changed.
        before_ns: Taken before this moment.
        formats: One of these, in letters of either case; see `Traits.format`.
        orientations: One of these.
        colours: Each of these covers `LEAST_COLOUR` percent of the picture or more; see `COLOURS`.
        min_percentile: Least `Neighbor.percentile`, 0..100. Where a model knows no pairs to compare
            with, nothing is held against a picture.
    """

    folders: tuple[Path, ...] = ()
    after_ns: int | None = None
    before_ns: int | None = None
    formats: tuple[str, ...] = ()
    orientations: tuple[Orientation, ...] = ()
    colours: tuple[str, ...] = ()
    min_percentile: float = 0.0

    @property
    def is_active(self) -> bool:
        """Whether there is any condition."""
        return self != NO_FILTERS

    @property
    def asks_pictures(self) -> bool:
        """Whether there is a condition on pictures, whatever they are compared with."""
        return self != Filters(min_percentile=self.min_percentile)


NO_FILTERS: Final = Filters()
"""Every picture passes."""
