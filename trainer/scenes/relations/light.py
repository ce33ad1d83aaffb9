"""Light: low suns, silhouettes before brightness, glowing things in the dark."""

from __future__ import annotations

import math

from PIL import Image, ImageFilter

from trainer.scenes.canvas import Canvas, Colour, spread
from trainer.scenes.lamps import camp_fire, candle, lantern, street_lamp
from trainer.scenes.props import darker, lighter, mixed
from trainer.scenes.registry import Family
from trainer.scenes.scenery import (
    cloud,
    dark,
    darken,
    height_at,
    land,
    light,
    near,
    pale,
    ridge,
    wash,
)

relation = Family("landscape and light")

# Sky above, sky at the horizon, disc.
_EVENINGS: tuple[tuple[Colour, Colour, Colour], ...] = (
    ((70, 60, 120), (250, 150, 80), (255, 236, 170)),
    ((150, 40, 40), (250, 180, 70), (255, 246, 210)),
    ((230, 150, 90), (255, 225, 150), (240, 70, 40)),
    ((40, 60, 110), (190, 140, 160), (250, 110, 80)),
    ((120, 160, 200), (250, 220, 190), (255, 190, 60)),
    ((14, 18, 40), (60, 70, 110), (240, 238, 220)),
    ((70, 70, 70), (210, 210, 210), (250, 250, 250)),
)


def _glitter(c: Canvas, x: float, horizon: float, disc: Colour) -> None:
    """The broken column of light that a low disc throws on water."""
    for t in spread(c.r.randint(9, 14), 0.02, 0.97):
        half = c.r.uniform(0.03, 0.09) * (0.7 + t)
        mid, y = x + c.jitter(0.03), horizon + (1 - horizon) * t
        c.ellipse(mid, y, half, 0.006 + 0.008 * t, fill=disc)


@relation(
    (
        "A low {Disc} over the {Horizon} and a dark {Subject} before it",
        "The {Sun} going down behind a {Subject}",
        "A great {Disc} half sunk below a level {Line}",
        "A {Subject} outlined against a setting {Light}",
        "Evening: a round {Light} just above the edge of the {World}",
        "A {Disc} touching the ground, its shine spread in front of it",
    ),
    ("A {a} in front of the setting sun", "A low moon over the horizon behind a {a}"),
)
def sun_low(c: Canvas) -> None:
    """A disc above or half behind the horizon of a sea or land; a silhouette near or before it."""
    upper, lower, disc = (near(c, colour, 14) for colour in c.r.choice(_EVENINGS))
    horizon, q = c.r.uniform(0.55, 0.8), c.r.uniform(0.1, 0.24)
    x, y = c.r.uniform(0.25, 0.75), 0.0
    y = horizon - q * c.r.choice((0.0, 0.4, 1.0, 1.3))
    wash(c, upper, lower, 0.0, horizon)
    c.veil(light(c, x, y, q * 3.4, 0.9), disc)
    c.ellipse(x, y, q, fill=disc)
    for _ in range(c.r.choice((0, 2, 4))):
        level = y + c.r.uniform(-1.2, 0.6) * q
        c.ellipse(
            x + c.jitter(0.3), level, c.r.uniform(0.1, 0.3), 0.009, fill=mixed(upper, lower, 0.5)
        )
    shade = darker(upper, c.r.uniform(0.6, 0.95))
    sea = c.chance(0.5)
    edge = [(0.0, horizon), (1.0, horizon)]
    if sea:
        wash(c, mixed(upper, lower, 0.5), darker(upper, 0.6), horizon, 1.0)
        _glitter(c, x, horizon, mixed(disc, lower, 0.3))
    else:
        edge = ridge(c, horizon + 0.04, 0.08, c.r.choice(("hills", "hills", "city", "woods")))
        land(c, edge, shade)
    at, size = min(0.85, max(0.15, x + c.jitter(0.3))), c.r.uniform(0.24, 0.44)
    sprite = c.shade(c.a, shade) if c.chance(0.75) else c.a
    foot = c.r.uniform(0.03, 0.1) if sea else 0.015
    c.stand(sprite, at, height_at(edge, at) + foot, size)
    if c.chance(0.25):
        c.put(c.shade(c.b, shade), 1 - at, y - q * 0.8, 0.1)


def _bright(c: Canvas) -> None:
    """A ground that shines: a gradient, a light in the middle, or a row of windows."""
    tone, kind = lighter(c.colour(), 0.35), c.r.randrange(4)
    if kind == 0:
        wash(c, tone, lighter(tone, 0.85))
    elif kind == 1:
        wash(c, tone, tone)
        c.veil(light(c, 0.5 + c.jitter(0.15), 0.5 + c.jitter(0.15), 0.85), lighter(tone, 0.95))
    elif kind == 2:
        wash(c, darker(tone, 0.8), darker(tone, 0.7))
        panes = c.r.randint(1, 3)
        for left in spread(panes + 1, 0.06, 0.94)[:-1]:
            right = left + 0.88 / panes - 0.03
            c.rectangle(left, 0.05, right, 0.8, fill=lighter(tone, 0.8))
            c.line(
                (((left + right) / 2, 0.05), ((left + right) / 2, 0.8)), 0.012, darker(tone, 0.75)
            )
    else:
        wash(c, mixed(tone, pale(c), 0.6), pale(c))
        for _ in range(5):
            cloud(
                c, c.r.random(), c.r.uniform(0.05, 0.5), c.r.uniform(0.3, 0.6), lighter(tone, 0.6)
            )


@relation(
    (
        "Dark silhouettes of {Subjects} against a bright {Ground}",
        "{Subjects} with the light behind them, nothing but their outlines to be seen",
        "A backlit {Subject}",
        "Black shapes of {Things} in front of a shining {Background}",
        "{Subjects} reduced to shadows by the brightness at their back",
        "A {Subject} known only by its dark contour before a glowing {Expanse}",
    ),
    ("Silhouettes of a {a} and a {b}", "A backlit {a} and a {b}"),
)
def backlit(c: Canvas) -> None:
    """One to four silhouettes on a dark floor in front of a sky, a light or windows; no disc."""
    _bright(c)
    tone, floor = dark(c), c.r.uniform(0.78, 0.9)
    if c.chance(0.7):
        land(c, ridge(c, floor + 0.02, 0.04, "hills"), tone)
    else:
        c.rectangle(0, floor, 1, 1, fill=tone)
    n = c.r.choice((1, 2, 2, 3, 4))
    rim = c.chance(0.35)
    for i, x in enumerate(spread(n, 0.5 / n, 1 - 0.5 / n)):
        sprite, size = (c.b if i % 2 else c.a), min(0.6, 0.95 / n) * c.r.uniform(0.8, 1.0)
        place = (x if n > 1 else 0.5) + c.jitter(0.04)
        if rim:
            c.stand(c.shade(sprite, (255, 250, 235)), place, floor + 0.012, size * 1.035)
        c.stand(c.shade(sprite, tone), place, floor + 0.02, size)


def _shining(c: Canvas, night: Colour, warm: Colour) -> None:
    """The subject itself gives the light."""
    x, y, size = 0.5 + c.jitter(0.12), 0.5 + c.jitter(0.08), c.r.uniform(0.3, 0.42)
    c.veil(Image.new("L", c.image.size, c.r.randint(215, 255)), night)
    for reach, strength in ((c.r.uniform(0.55, 0.8), 0.85), (size * 1.0, 0.95)):
        c.veil(light(c, x, y, reach, strength), warm)
    rim = c.a.getchannel("A").filter(ImageFilter.BoxBlur(5))
    aura = Image.new("RGBA", c.a.size, (255, 255, 235, 255))
    aura.putalpha(rim)
    c.put(aura, x, y, size * 1.12, shadow=False)
    bright = Image.blend(c.a, c.shade(c.a, lighter(warm, 0.6)), c.r.uniform(0.15, 0.6))
    bright.putalpha(c.a.getchannel("A"))
    c.put(bright, x, y, size, shadow=False)


def _lamplight(c: Canvas, night: Colour, warm: Colour) -> None:
    """A lantern, candle, street lamp or fire lights a subject beside it."""
    way, floor = c.r.choice((-1, 1)), c.r.uniform(0.8, 0.9)
    lamp = c.r.choice((lantern, candle, street_lamp, camp_fire))
    x, size = 0.5 - way * c.r.uniform(0.12, 0.2), c.r.uniform(0.28, 0.36)
    if c.chance(0.6):
        c.rectangle(0, floor, 1, 1, fill=mixed(c.ground, (120, 90, 60), 0.6))
    c.stand(c.a, 0.5 + way * c.r.uniform(0.14, 0.2), floor + 0.02, c.r.uniform(0.32, 0.42))
    hung = lamp is lantern and c.chance(0.5)
    y = floor if lamp is not lantern else c.r.uniform(0.25, 0.4) if hung else floor - 0.4 * size
    at = (x, y) if lamp is lantern else (x, y - 2 * size if lamp is street_lamp else y - 0.5 * size)
    darken(c, light(c, *at, c.r.uniform(0.8, 1.1), 1.0), night)
    if hung:
        c.line(((x, 0), (x, y - size * 0.7)), 0.012, (60, 54, 50))
    c.veil(light(c, *at, 0.6, 0.8), warm)
    at = lamp(c, x, y, size)
    c.veil(light(c, *at, size * 0.7, 0.55), lighter(warm, 0.6))


def _fireflies(c: Canvas, night: Colour, warm: Colour) -> None:
    """Many small lights in the dark around a dimly lit subject, or on a sagging string."""
    x, y, strung = 0.5 + c.jitter(0.1), 0.58 + c.jitter(0.06), c.chance(0.5)
    c.put(c.a, x, y, c.r.uniform(0.38, 0.48))
    darken(c, light(c, x, y, 0.75, 0.75), night)
    n = c.r.randint(7, 11)
    for i, px in enumerate(spread(n, 0.05, 0.95)):
        py = 0.1 + 0.2 * math.sin(math.pi * px) if strung else c.r.uniform(0.08, 0.92)
        if strung and i:
            before = (i - 1) / (n - 1) * 0.9 + 0.05
            start = (before, 0.1 + 0.2 * math.sin(math.pi * before))
            c.line((start, (px, py)), 0.008, (70, 64, 60))
        c.veil(light(c, px, py, c.r.uniform(0.12, 0.2), 1.0), warm)
        c.ellipse(px, py, 0.016, fill=lighter(warm, 0.8))


@relation(
    (
        "A glowing {Light} with a halo in the dark",
        "A {Subject} lit by a {Lamp} in the middle of the night",
        "A source of light that pushes back the darkness around it",
        "Darkness, and in it the warm shine of one {Source}",
        "A {Subject} that glows from within in a dark {Place}",
        "A soft circle of brightness around a {Light}, black beyond it",
    ),
    ("A {a} glowing in the dark", "A {a} beside a lantern at night"),
)
def glow(c: Canvas) -> None:
    """A dark scene with a halo: of the subject itself, of a lamp beside it, or of little lights."""
    night = (c.r.randint(2, 22), c.r.randint(2, 22), c.r.randint(8, 44))
    tones = ((255, 200, 90), (255, 170, 70), (255, 236, 170), (150, 220, 255), (170, 255, 190))
    warm = near(c, c.r.choices(tones, (4, 3, 3, 1, 1))[0], 14)
    c.r.choice((_shining, _lamplight, _lamplight, _fireflies))(c, night, warm)
