"""Screens and what is shown on them beside the picture."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas, Colour, Point
from trainer.scenes.props import (
    darker,
    solid,
)


def device(c: Canvas, at: Point, w: float, h: float, body: Colour) -> None:
    """A monitor, laptop, television or billboard without its picture."""
    x, y = at
    kind = c.r.randrange(4)
    bottom = y + h + 0.04
    if kind == 0:
        solid(c, ((x - 0.05, bottom), (x + 0.05, bottom), (x + 0.07, bottom + 0.12),
                  (x - 0.07, bottom + 0.12)), darker(body, 0.3))  # fmt: skip
        c.ellipse(x, bottom + 0.13, 0.17, 0.028, fill=body, outline=darker(body))
    elif kind == 1:
        keys = (
            (x - w, bottom),
            (x + w, bottom),
            (x + w * 1.22, bottom + 0.15),
            (x - w * 1.22, bottom + 0.15),
        )
        solid(c, keys, darker(body, 0.15))
        for v in (0.04, 0.08, 0.115):
            c.line(((x - w * (0.92 + v), bottom + v), (x + w * (0.92 + v), bottom + v)), 0.016,
                   darker(body, 0.6))  # fmt: skip
    elif kind == 2:
        for way in (-1, 1):
            c.line(((x, y - h), (x + way * 0.16, y - h - 0.17)), 0.018, darker(body, 0.4))
            c.line(
                ((x + way * w * 0.7, bottom), (x + way * w * 0.85, bottom + 0.09)),
                0.035,
                darker(body),
            )
    else:
        for way in (-1, 1):
            c.line(((x + way * w * 0.6, bottom), (x + way * w * 0.6, 1)), 0.03, darker(body, 0.3))
    c.rectangle(x - w - 0.04, y - h - 0.04, x + w + 0.04, bottom, fill=body, outline=darker(body),
                radius=0.03)  # fmt: skip


def controls(c: Canvas, at: Point, w: float, h: float) -> None:
    """A bar of progress, a record light, or a button to play."""
    x, y = at
    red = (228, 40, 44)
    kind = c.r.randrange(3)
    if kind == 0:
        level = y + h * 0.8
        c.line(((x - w * 0.85, level), (x + w * 0.85, level)), 0.016, (200, 200, 204))
        c.line(((x - w * 0.85, level), (x + w * c.r.uniform(-0.5, 0.5), level)), 0.016, red)
    elif kind == 1:
        c.ellipse(x + w * 0.8, y - h * 0.75, 0.022, fill=red)
        for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
            u, v = x + sx * w * 0.88, y + sy * h * 0.85
            c.line(((u - sx * 0.05, v), (u, v), (u, v - sy * 0.05)), 0.012, (245, 245, 245))
    else:
        c.ellipse(x, y, 0.06, fill=(245, 245, 245))
        c.polygon(((x - 0.022, y - 0.034), (x - 0.022, y + 0.034), (x + 0.038, y)), fill=red)
