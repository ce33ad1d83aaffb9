"""Vessels that hold and pour: jugs, bottles, buckets, cans, bowls, pots."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas, Colour, Point
from trainer.scenes.props import METALS, PAINTS, WOODS, darker, lighter, solid, turned

# Each points with its mouth to the right once it is tilted; the first point is the lip.
_SHAPES: dict[str, tuple[Point, ...]] = {
    "jug": (
        (0.36, -0.5), (-0.22, -0.42), (-0.2, -0.2), (-0.36, 0.1), (-0.3, 0.5), (0.3, 0.5),
        (0.36, 0.1), (0.2, -0.22),
    ),
    "bottle": (
        (0.1, -0.7), (-0.1, -0.7), (-0.1, -0.3), (-0.26, -0.1), (-0.26, 0.55), (0.26, 0.55),
        (0.26, -0.1), (0.1, -0.3),
    ),
    "bucket": ((0.42, -0.42), (-0.42, -0.42), (-0.3, 0.45), (0.3, 0.45)),
    "can": (
        (0.72, -0.42), (0.62, -0.36), (0.3, 0.12), (0.3, -0.3), (-0.32, -0.3), (-0.32, 0.45),
        (0.3, 0.45), (0.3, 0.3),
    ),
    "cup": ((0.34, -0.32), (-0.34, -0.32), (-0.28, 0.2), (-0.16, 0.34), (0.16, 0.34), (0.28, 0.2)),
}  # fmt: skip


def tilted(c: Canvas, at: Point, size: float, way: int, angle: float) -> Point:
    """A vessel that leans over to a side.

    Args:
        c: Where to draw.
        at: Its centre.
        size: About its height.
        way: 1 if it pours to the right, -1 if to the left.
        angle: How far it leans, in radians.

    Returns:
        The lip, where the stream begins.
    """
    kind = c.r.choice(tuple(_SHAPES))
    paint: Colour = c.r.choice((*PAINTS, *METALS, *WOODS))

    def place(points: tuple[Point, ...]) -> list[Point]:
        leaning = turned(points, 0, 0, size, angle)
        return [(at[0] + way * u, at[1] + v) for u, v in leaning]

    if kind in {"jug", "can", "cup"}:
        low = {"jug": 0.3, "can": 0.35, "cup": 0.15}[kind]
        grip = ((-0.28, -0.25), (-0.52, -0.24), (-0.58, low - 0.15), (-0.3, low))
        c.line(place(grip), size * 0.13, darker(paint))
        c.line(place(grip), size * 0.08, paint)
    elif kind == "bucket":
        bow = ((0.42, -0.42), (0.3, -0.72), (-0.3, -0.72), (-0.42, -0.42))
        c.line(place(bow), 0.014, darker(paint, 0.7))
    shape = _SHAPES[kind]
    solid(c, place(shape), paint, 0.014)
    shine = ((-0.16, 0.0), (-0.16, 0.36))
    c.line(place(shine), size * 0.07, lighter(paint, 0.55))
    if kind == "can":
        rose = ((0.62, -0.52), (0.84, -0.34), (0.78, -0.28), (0.56, -0.46))
        solid(c, place(rose), darker(paint, 0.25))
    return place(shape[:1])[0]


def bowl(c: Canvas, x: float, floor: float, half: float, content: Colour | None = None) -> float:
    """A bowl, glass, or pot that stands on a floor.

    Returns:
        The height of its rim.
    """
    kind, paint = c.r.randrange(3), c.r.choice((*PAINTS, *WOODS, (245, 245, 240)))
    tall = half * (0.9, 1.7, 1.2)[kind]
    rim = floor - tall
    if kind == 1 and content is not None:  # a glass that shows what is in it
        glass: Colour = lighter(content, 0.75)
        side = [
            (x - half * 0.7, rim),
            (x + half * 0.7, rim),
            (x + half * 0.55, floor),
            (x - half * 0.55, floor),
        ]
        solid(c, side, glass, 0.014)
        level = rim + tall * c.r.uniform(0.2, 0.6)
        t = 0.7 - 0.15 * (level - rim) / tall
        c.polygon([(x - half * t, level), (x + half * t, level), *side[2:]], fill=content)
        return rim
    c.ellipse(x, rim, half, half * 0.2, fill=content or darker(paint, 0.7))
    curve = ((-1, 0), (1, 0), (0.9, 0.45), (0.5, 0.95), (-0.5, 0.95), (-0.9, 0.45))
    pot = ((-1, 0), (1, 0), (1.05, 0.5), (0.75, 1), (-0.75, 1), (-1.05, 0.5))
    shape = pot if kind == 2 else curve
    solid(c, [(x + u * half, rim + v * tall) for u, v in shape], paint, 0.014)
    c.ellipse(x, rim, half, half * 0.17, fill=content or darker(paint, 0.7), outline=darker(paint))
    if kind == 0:
        c.rectangle(x - half * 0.4, floor - 0.02, x + half * 0.4, floor, fill=darker(paint))
    return rim
