"""What stands between two sides: nets, tables, fences, lines. Each takes the floor's level."""

from __future__ import annotations

from collections.abc import Callable

from trainer.scenes.canvas import Canvas, spread
from trainer.scenes.props import METALS, PAINTS, STONES, WOODS, band, darker, lighter, solid, turned


def tennis_net(c: Canvas, level: float) -> None:
    """A net across the ground, at times with a ball above it."""
    post = c.r.choice(METALS)
    tall = c.r.uniform(0.16, 0.3)
    white = (248, 248, 248) if sum(c.ground) < 520 else (70, 70, 80)
    left, right = 0.46, 0.54
    for k in range(5):
        x = left + (right - left) * k / 4
        c.line(
            ((x, level - tall + 0.03 - 0.06 * k / 4), (x, level + 0.06 - 0.1 * k / 4)), 0.008, white
        )
    for v in spread(6, 0, tall):
        c.line(((left, level - v + 0.06), (right, level - v - 0.04)), 0.008, white)
    for x, dy in ((left, 0.06), (right, -0.04)):
        band(c, ((x, level + dy), (x, level + dy - tall - 0.02)), 0.014, post)
    c.line(((left, level - tall + 0.05), (right, level - tall - 0.05)), 0.02, (250, 250, 250))
    if c.chance(0.5):
        c.ellipse(0.5 + c.jitter(0.1), level - tall - 0.2, 0.03, fill=c.r.choice(PAINTS))


def table(c: Canvas, level: float) -> None:
    """A table with two pieces, cups or cards on it."""
    wood = c.r.choice((*WOODS, *PAINTS))
    top, w = level - c.r.uniform(0.16, 0.22), c.r.uniform(0.15, 0.2)
    for way in (-1, 1):
        c.line(
            ((0.5 + way * w * 0.75, top), (0.5 + way * w * 0.85, level + 0.03)), 0.026, darker(wood)
        )
    board = ((0.5 - w * 0.85, top - 0.04), (0.5 + w * 0.85, top - 0.04), (0.5 + w, top + 0.03),
             (0.5 - w, top + 0.03))  # fmt: skip
    solid(c, board, wood, 0.012)
    for way in (-1, 1):
        spot = (0.5 + way * w * 0.5, top - 0.04)
        tone = c.r.choice((*PAINTS, (250, 250, 250)))
        if c.chance(0.5):
            c.rectangle(spot[0] - 0.022, spot[1] - 0.05, spot[0] + 0.022, spot[1] + 0.02, fill=tone,
                        outline=darker(tone))  # fmt: skip
        else:
            solid(c, turned(((-0.03, 0.02), (0, -0.07), (0.03, 0.02)), *spot, 1), tone)
            c.ellipse(spot[0], spot[1] - 0.07, 0.02, fill=tone)


def fence(c: Canvas, level: float) -> None:
    """A wall seen from its end, or a picket fence."""
    wood = c.r.choice((*WOODS, *STONES))
    tall = c.r.uniform(0.2, 0.44)
    if c.chance(0.5):
        solid(
            c,
            (
                (0.47, level + 0.02),
                (0.47, level - tall),
                (0.53, level - tall),
                (0.53, level + 0.02),
            ),
            wood,
        )
        for v in spread(5, 0.04, tall - 0.03):
            c.line(((0.47, level - v), (0.53, level - v)), 0.01, darker(wood))
    else:
        for x in (0.45, 0.5, 0.55):
            pale = (
                (-0.018, 0.02),
                (-0.018, -tall),
                (0, -tall - 0.035),
                (0.018, -tall),
                (0.018, 0.02),
            )
            solid(c, turned(pale, x, level, 1), lighter(wood, 0.3), 0.008)
        for v in (0.3, 0.75):
            c.line(((0.42, level - tall * v), (0.58, level - tall * v)), 0.022, wood)


def lightning(c: Canvas, level: float) -> None:
    """A jagged flash in the air."""
    gold = c.r.choice(((250, 206, 40), (230, 60, 40), (240, 240, 250)))
    y = level - 0.3
    zigzag = ((0.05, -0.3), (-0.06, 0.02), (0.0, 0.02), (-0.05, 0.3), (0.07, -0.06), (0.01, -0.06))
    solid(c, turned(zigzag, 0.5 + c.jitter(0.02), y, 1, c.jitter(0.3)), gold, 0.012)


def divider(c: Canvas, level: float) -> None:
    """A dividing line on the ground, or in the picture from top to bottom."""
    colour = c.contrasting(c.ground)
    if c.chance(0.5):
        y = 0.04
        while y < 0.98:
            c.line(((0.5, y), (0.5, min(0.98, y + 0.06))), 0.02, colour)
            y += 0.1
    else:
        solid(c, ((0.49, level), (0.51, level), (0.54, 1), (0.46, 1)), (250, 250, 250), 0.006)
        c.ellipse(0.5, level - 0.03, 0.035, fill=c.r.choice(PAINTS), outline=(30, 30, 34))


BARRIERS: tuple[Callable[[Canvas, float], None], ...] = (
    tennis_net,
    table,
    fence,
    lightning,
    divider,
)
