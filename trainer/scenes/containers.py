"""Vessels: transparent ones with a level of contents, and solid ones with a rim."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image

from trainer.scenes.canvas import Canvas, Colour, Point, spread
from trainer.scenes.props import METALS, PAINTS, STONES, WOODS, arc, darker, lighter, solid

Profile = tuple[tuple[float, float], ...]
"""Half widths from the rim (height 0) down to the foot (height 1)."""


@dataclass(frozen=True, slots=True)
class Glass:
    """A transparent vessel.

    Attributes:
        profile: Its outline.
        floor: Height at which the hollow ends.
        full: Height of the level when it is full.
        slim: How wide it is for its height.
    """

    profile: Profile
    floor: float
    full: float
    slim: float


DRINKS: tuple[Colour, ...] = (
    (70, 150, 220), (210, 60, 50), (236, 170, 50), (90, 180, 90), (150, 80, 170), (110, 70, 40),
    (240, 236, 226),
)  # fmt: skip

GLASSES = (
    Glass(((0, 1.0), (1, 0.78)), 0.96, 0.18, 0.72),  # tumbler
    Glass(((0, 0.8), (0.2, 1.0), (0.4, 0.9), (0.56, 0.4), (0.6, 0.07), (0.92, 0.07), (0.94, 0.7),
           (1, 0.72)), 0.58, 0.1, 0.62),
    Glass(((0, 0.62), (0.1, 0.6), (0.2, 0.8), (0.45, 1.0), (0.7, 0.95), (0.92, 0.65), (1, 0.6)),
          0.97, 0.3, 1.0),  # fish bowl
    Glass(((0, 0.36), (0.06, 0.3), (0.3, 0.3), (0.9, 1.0), (0.97, 1.0), (1, 0.92)),
          0.98, 0.5, 0.95),  # flask
    Glass(((0, 1.0), (1, 1.0)), 0.98, 0.12, 1.3),  # tank
    Glass(((0, 0.66), (0.05, 0.62), (0.12, 0.62), (0.2, 1.0), (0.95, 1.0), (1, 0.9)),
          0.97, 0.28, 0.75),  # jar
    Glass(((0, 1.0), (0.25, 0.98), (0.6, 0.8), (0.85, 0.45), (0.88, 0.4), (1, 0.45)),
          0.86, 0.15, 1.25),  # bowl
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vessel:
    """A glass at a place of the picture: middle, top, bottom and half width at its widest."""

    glass: Glass
    x: float
    top: float
    bottom: float
    half: float

    def y(self, height: float) -> float:
        """Where a height of the profile is in the picture."""
        return self.top + height * (self.bottom - self.top)

    def width(self, height: float) -> float:
        """The half width of the picture at a height."""
        profile = self.glass.profile
        for (v0, w0), (v1, w1) in pairwise(profile):
            if v0 <= height <= v1:
                return self.half * (w0 + (w1 - w0) * (height - v0) / max(1e-6, v1 - v0))
        return self.half * profile[-1][1]

    def outline(self, low: float = 0.0, high: float = 1.0, inset: float = 0.0) -> list[Point]:
        """The area between two heights."""
        heights = sorted({low, high, *(v for v, _ in self.glass.profile if low < v < high)})
        right = [(self.x + self.width(v) - inset, self.y(v)) for v in heights]
        left = [(self.x - self.width(v) + inset, self.y(v)) for v in heights]
        return [*right, *reversed(left)]


def veiled(c: Canvas, points: Sequence[Point], colour: Colour, alpha: int) -> None:
    """A see-through area."""
    mask, pen = c.mask()
    pen.polygon([(x * c.side, y * c.side) for x, y in points], fill=alpha)
    c.veil(mask, colour)


def glass_back(c: Canvas, vessel: Vessel) -> None:
    """The far side of a glass."""
    veiled(c, vessel.outline(), (235, 245, 250), 80)
    w = vessel.width(0)
    c.ellipse(vessel.x, vessel.top, w, w * 0.13, outline=(200, 210, 216))


def glass_front(c: Canvas, vessel: Vessel) -> None:
    """The near side of a glass: rim, outline and reflections."""
    rim = c.r.choice(((60, 70, 82), (90, 104, 116), (30, 36, 44)))
    points = vessel.outline()
    c.line([*points, points[0]], 0.014, rim)
    w = vessel.width(0)
    c.line(arc(vessel.x, vessel.top, w, w * 0.13, low=0, high=math.pi), 0.01, rim)
    low, high = vessel.glass.full + 0.05, vessel.glass.floor * 0.75
    shine = [(vessel.x - vessel.width(v) * 0.78, vessel.y(v)) for v in spread(5, low, high)]
    c.line(shine, 0.022, (255, 255, 255))


def liquid(c: Canvas, vessel: Vessel, level: float, colour: Colour, alpha: int) -> None:
    """What fills a glass up to a level, with its surface."""
    veiled(c, vessel.outline(level, vessel.glass.floor, 0.008), colour, alpha)
    w = vessel.width(level) - 0.008
    c.ellipse(vessel.x, vessel.y(level), w, w * 0.11, fill=lighter(colour, 0.35), outline=colour)


def grains(c: Canvas, vessel: Vessel, level: float) -> None:
    """Balls, sweets or pebbles that fill a glass up to a level."""
    q = c.r.uniform(0.022, 0.034)
    tones = c.r.choice((PAINTS, STONES, PAINTS[:2], WOODS))
    y, odd = vessel.y(vessel.glass.floor) - q, False
    while y > vessel.y(level):
        v = (y - vessel.top) / (vessel.bottom - vessel.top)
        w = vessel.width(v) - q
        n = max(1, round(w / q))
        for x in spread(n, vessel.x - w + (q if odd else 0), vessel.x + w - (0 if odd else q)):
            tone = c.r.choice(tones)
            c.ellipse(x, y, q, fill=tone, outline=darker(tone), width=0.006)
        y, odd = y - q * 1.6, not odd


@dataclass(frozen=True, slots=True)
class Tub:
    """A solid container at a place of the picture; half widths at its rim and at its foot."""

    x: float
    top: float
    bottom: float
    rim: float
    foot: float

    @property
    def front(self) -> list[Point]:
        """Its near side."""
        return [(self.x - self.rim, self.top), (self.x + self.rim, self.top),
                (self.x + self.foot, self.bottom), (self.x - self.foot, self.bottom)]  # fmt: skip


def tub_back(c: Canvas, tub: Tub, colour: Colour) -> None:
    """The dark hollow of a container, before its contents are drawn."""
    c.ellipse(
        tub.x, tub.top, tub.rim, tub.rim * 0.2, fill=darker(colour, 0.75), outline=darker(colour)
    )


def tub_front(c: Canvas, tub: Tub, colour: Colour) -> None:
    """The near side: a bucket, pot, crate, basket, cup or bowl."""
    solid(c, tub.front, colour, 0.014)
    height = tub.bottom - tub.top

    def row(v: float) -> tuple[Point, Point]:
        w = tub.rim + (tub.foot - tub.rim) * v
        return (tub.x - w, tub.top + v * height), (tub.x + w, tub.top + v * height)

    kind = c.r.randrange(5)
    dark = darker(colour, 0.35)
    if kind == 0:  # crate
        for v in (0.33, 0.66):
            c.line(row(v), 0.014, dark)
        for end in row(0.5):
            inner = (end[0] + (0.05 if end[0] < tub.x else -0.05), end[1])
            c.line(((inner[0], tub.top), (inner[0], tub.bottom)), 0.02, dark)
    elif kind == 1:  # basket
        for k, v in enumerate(spread(6, 0.12, 0.92)):
            (x0, y), (x1, _) = row(v)
            for x in spread(9, x0 + 0.02, x1 - 0.02)[k % 2 :: 2]:
                c.line(((x - 0.024, y), (x + 0.024, y)), 0.022, lighter(colour, 0.3))
    elif kind == 2:  # bucket
        c.line(row(0.2), 0.02, dark)
        c.line(row(0.8), 0.02, dark)
        c.line(
            arc(tub.x, tub.top + 0.03, tub.rim, height * 0.5, low=0, high=math.pi),
            0.014,
            (90, 90, 96),
        )
    elif kind == 3:  # cup
        c.ellipse(tub.x + tub.rim + 0.02, tub.top + height * 0.45, 0.08, height * 0.26,
                  outline=darker(colour, 0.2), width=0.034)  # fmt: skip
        solid(c, tub.front, colour, 0.014)
    (x0, y), (x1, _) = row(0)
    solid(c, ((x0 - 0.02, y - 0.025), (x1 + 0.02, y - 0.025), (x1 + 0.015, y + 0.04),
              (x0 - 0.015, y + 0.04)), lighter(colour, 0.15))  # fmt: skip
    shine = ((tub.x - tub.rim * 0.75, y + 0.08), (tub.x - tub.rim * 0.66, tub.top + height * 0.6))
    c.line(shine, 0.02, lighter(colour, 0.45))


def tub_colour(c: Canvas, sprite: Image.Image) -> Colour:
    """The colour of a solid container that a sprite shows before."""
    chosen = c.r.choice((*WOODS, *METALS, *PAINTS, (186, 96, 60)))
    return chosen if c.chance(0.7) else c.contrasting(sprite)


def sunk(c: Canvas, vessel: Vessel, level: float, colour: Colour) -> None:
    """A thin veil of the liquid over what is in it, below the near edge of its surface."""
    mask, pen = c.mask()
    w = vessel.width(level) - 0.008
    edge = arc(vessel.x, vessel.y(level), w, w * 0.11, low=math.pi, high=0)
    body = [p for p in vessel.outline(level, vessel.glass.floor, 0.008) if p[1] > vessel.y(level)]
    points = [*edge, *body]
    pen.polygon([(x * c.side, y * c.side) for x, y in points], fill=80)
    c.veil(mask, colour)
    c.line(edge, 0.009, lighter(colour, 0.5))


def nest(c: Canvas, at: Point, w: float, *, back: bool) -> None:
    """The back or the front of a nest of straw."""
    x, y = at
    straw = (196, 150, 80)
    if back:
        c.ellipse(x, y - 0.03, w * 1.1, 0.06, fill=darker(straw, 0.6))
        return
    solid(c, arc(x, y - 0.03, w * 1.15, 0.13, low=0, high=math.pi), straw, 0.012)
    for _ in range(26):
        t = c.r.uniform(0.1, math.pi - 0.1)
        q = c.r.uniform(0.4, 1.05)
        px, py = x + w * 1.1 * math.cos(t) * q, y - 0.03 + 0.12 * math.sin(t) * q
        twig = (px + c.r.uniform(0.04, 0.1), py + c.jitter(0.03))
        c.line(((px, py), twig), 0.009, c.r.choice((darker(straw), lighter(straw), (130, 90, 50))))
