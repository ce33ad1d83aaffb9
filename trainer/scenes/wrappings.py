"""Coverings in the shape of a subject."""

from __future__ import annotations

from PIL import Image, ImageDraw

from trainer.scenes.canvas import Canvas, Colour, spread
from trainer.scenes.props import (
    darker,
    lighter,
)


def bandaged(c: Canvas) -> Image.Image:
    """The subject's shape in slanted strips of linen, with gaps in between."""
    w, h = c.a.size
    strips = Image.new("RGBA", c.a.size)
    pen = ImageDraw.Draw(strips)
    linen = c.r.choice(((238, 228, 200), (246, 246, 240), (214, 196, 160)))
    n = c.r.randint(6, 9)
    gap = c.r.randrange(1, n - 2)
    for k in range(n + 2):
        if k == gap or c.chance(0.07):
            continue
        y, slant = h * (k - 0.5) / n, h * c.r.choice((-0.16, -0.08, 0.08, 0.16))
        tall = h / n * 1.25
        tone = (*darker(linen, c.r.uniform(0, 0.12)), 255)
        pen.polygon(
            ((0, y - slant), (w, y + slant), (w, y + slant + tall), (0, y - slant + tall)),
            fill=tone,
        )
        edge = (*darker(linen, 0.5), 255)
        pen.line(((0, y - slant + tall), (w, y + slant + tall)), fill=edge, width=max(1, h // 70))
    strips.putalpha(_both(strips, c.a))
    return strips


def _both(first: Image.Image, second: Image.Image) -> Image.Image:
    """Where both are visible."""
    return Image.composite(
        first.getchannel("A"), Image.new("L", first.size), second.getchannel("A")
    )


def papered(c: Canvas, paper: Colour, other: Colour, shown: float) -> Image.Image:
    """The subject's shape in patterned paper below a ragged edge."""
    w, h = c.a.size
    sheet = Image.new("RGBA", c.a.size)
    pen = ImageDraw.Draw(sheet)
    top = [
        (w * t, h * (shown + c.jitter(0.03) + (0.05 if k % 2 else 0)))
        for k, t in enumerate(spread(9, 0, 1))
    ]
    pen.polygon([*top, (w, h), (0, h)], fill=(*paper, 255))
    kind = c.r.randrange(3)
    step = max(6, h // 8)
    for v in range(int(h * shown) + step, h, step):
        for u in range(step // 2 if (v // step) % 2 else 0, w, step):
            if kind == 0:
                pen.ellipse((u, v, u + step // 2, v + step // 2), fill=(*other, 255))
            elif kind == 1:
                pen.line((u, v, u + step, v - step), fill=(*other, 255), width=max(2, step // 4))
    for _ in range(4):
        p, q = c.r.uniform(0.1, 0.9) * w, c.r.uniform(shown + 0.1, 0.9) * h
        pen.line(
            (p, q, p + c.jitter(0.2) * w, q + h * 0.12), fill=(*darker(paper, 0.35), 255), width=2
        )
    pen.line(top, fill=(*lighter(paper, 0.6), 255), width=max(2, h // 40))
    sheet.putalpha(_both(sheet, c.a))
    return sheet
