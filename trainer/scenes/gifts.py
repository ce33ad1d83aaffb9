"""Small things that one gives away."""

from __future__ import annotations

import math

from PIL import Image

from trainer.scenes.canvas import Canvas, Point
from trainer.scenes.glyphs import heart
from trainer.scenes.props import PAINTS, band, darker


def present(c: Canvas, at: Point, thing: Image.Image | None) -> None:
    """A small other subject, a wrapped box, a flower, a coin, a letter or a heart."""
    x, y = at
    if thing is not None:
        c.put(thing, x, y, 0.2)
        return
    paint, other = c.r.sample(PAINTS, 2)
    kind = c.r.randrange(5)
    q = 0.075
    if kind == 0:
        c.rectangle(x - q, y - q * 0.8, x + q, y + q, fill=paint, outline=darker(paint))
        c.rectangle(x - q * 0.2, y - q * 0.8, x + q * 0.2, y + q, fill=other)
        for side in (-1, 1):
            c.ellipse(
                x + side * q * 0.45,
                y - q * 1.05,
                q * 0.42,
                q * 0.26,
                fill=other,
                outline=darker(other),
            )
    elif kind == 1:
        band(c, ((x, y), (x + 0.01, y + 0.12)), 0.012, (60, 130, 60))
        for k in range(6):
            t = math.tau * k / 6
            c.ellipse(
                x + 0.042 * math.cos(t),
                y + 0.042 * math.sin(t),
                0.03,
                fill=paint,
                outline=darker(paint),
            )
        c.ellipse(x, y, 0.028, fill=(250, 214, 60))
    elif kind == 2:
        c.ellipse(x, y, q * 0.85, fill=(238, 190, 50), outline=(150, 110, 20), width=0.014)
        c.ellipse(x, y, q * 0.5, outline=(190, 145, 30))
    elif kind == 3:
        c.rectangle(
            x - q * 1.2,
            y - q * 0.8,
            x + q * 1.2,
            y + q * 0.8,
            fill=(250, 246, 236),
            outline=(90, 86, 80),
        )
        c.line(
            ((x - q * 1.2, y - q * 0.8), (x, y + q * 0.15), (x + q * 1.2, y - q * 0.8)),
            0.012,
            (90, 86, 80),
        )
    else:
        heart(c, x, y, 0.12, (224, 40, 70))
