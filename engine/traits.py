"""What filters ask of a picture besides its logic: size, format, when it was taken, its colours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Orientation: TypeAlias = Literal["landscape", "portrait", "square"]

COLOURS: Final = (
    "black",
    "grey",
    "white",
    "brown",
    "red",
    "orange",
    "yellow",
    "green",
    "teal",
    "blue",
    "purple",
    "pink",
)
"""The colours that a picture is measured in."""

_SQUARE = 1.1
"""A picture whose sides differ by less than this factor counts as square."""


@dataclass(frozen=True, slots=True)
class Traits:
    """Of one image.

    Attributes:
        width: In pixels, upright.
        height: In pixels, upright.
        format: For example ``JPEG``, ``PNG``, ``RAW``.
        taken_ns: When a camera says that it was taken, nanoseconds since 1970 in local time; None
            if it says nothing.
        colours: For each of `COLOURS`, the share of the picture in percent, 0..100.
    """

    width: int
    height: int
    format: str
    taken_ns: int | None
    colours: tuple[int, ...]

    @property
    def orientation(self) -> Orientation:
        """Which way it is longer."""
        if self.width >= _SQUARE * self.height:
            return "landscape"
        return "portrait" if self.height >= _SQUARE * self.width else "square"
