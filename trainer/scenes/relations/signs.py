"""Signs and meaning: what is added to a subject to say something about it."""

from __future__ import annotations

import math

from trainer.scenes.canvas import Canvas, Point, spread
from trainer.scenes.devices import controls, device
from trainer.scenes.emblems import medallion, scroll, seal, shield, wreath
from trainer.scenes.faces import eyes, limbs_of, mouth
from trainer.scenes.garments import (
    HATS,
    bow_tie,
    eye_mask,
    face_mask,
    glasses,
    scarf,
)
from trainer.scenes.glyphs import GLYPHS, badge, exclamation, note, question
from trainer.scenes.props import (
    METALS,
    PAINTS,
    WOODS,
    band,
    darker,
    fit,
    lighter,
    solid,
    span,
    star,
    turned,
)
from trainer.scenes.registry import Family

relation = Family("signs and meaning")


@relation(
    (
        "A {Thing} given a face with eyes and a mouth",
        "Eyes and a smile drawn on a {Subject}",
        "A {Subject} brought to life with a face of its own",
        "A lifeless {Object} that looks back like a cartoon character",
        "A personified {Thing} with a face, arms and legs",
        "A {Subject} turned into a little person",
    ),
    ("A {a} with a drawn face", "A {a} with eyes and a mouth, as in a cartoon"),
)
def face_on_thing(c: Canvas) -> None:
    """A large subject with a face in one of several manners, in half of them with limbs."""
    limbs = c.chance(0.5)
    size = c.r.uniform(0.46, 0.54) if limbs else c.r.uniform(0.6, 0.76)
    x, y = 0.5 + c.jitter(0.05), (0.45 if limbs else 0.5) + c.jitter(0.03)
    width, height = c.extent(c.a, size)
    left, right = span(c.a, 0.5)
    if limbs:
        limbs_of(c, (x, y), (left - 0.5) * width, (right - 0.5) * width, height)
    c.put(c.a, x, y, size)
    middle = x + ((left + right) / 2 - 0.5) * width
    q = max(0.055, min(0.1, width * (right - left) * 0.2, height * 0.2))
    eyes_at = y - height * c.r.uniform(0.02, 0.12)
    eyes(c, (middle, eyes_at), q)
    mouth(c, (middle, eyes_at + q * 1.6), q)


@relation(
    (
        "A {Subject} crossed out as forbidden",
        "A struck-through circle that bans a {Thing}",
        "No {Things} allowed here",
        "A prohibition sign with a {Subject} in it",
        "A {Subject} cancelled by a big cross",
        "The sign that says a {Subject} is not wanted",
    ),
    ("A forbidden {a}", "A crossed-out {a}", "No {a}s allowed"),
)
def prohibited(c: Canvas) -> None:
    """A struck-through ring, on a white disc or not, or a bold cross over the subject."""
    x, y = 0.5 + c.jitter(0.05), 0.5 + c.jitter(0.05)
    red = c.r.choice(((214, 28, 36), (214, 28, 36), (190, 20, 60), (30, 30, 34)))
    kind = c.r.randrange(4)
    if kind == 3:
        q = c.r.uniform(0.3, 0.38)
        c.put(c.a, x, y, q * 1.75)
        width = c.r.uniform(0.05, 0.09)
        for way in (-1, 1):
            stroke = [(x - q + c.jitter(0.03), y - way * q), (x + q, y + way * q + c.jitter(0.03))]
            band(c, stroke, width, red)
        return
    q, width = c.r.uniform(0.32, 0.42), c.r.uniform(0.05, 0.075)
    if kind == 0:
        if c.chance(0.5):
            c.rectangle(x - 0.025, y, x + 0.025, 1, fill=c.r.choice(METALS))
        c.ellipse(x, y, q, fill=(250, 250, 250))
    if kind != 2:
        c.put(c.a, x, y, q * 1.3, shadow=False)
    way = c.r.choice((-1, 1))
    reach = (q - width / 2) * 0.72
    c.line(((x - reach, y - way * reach), (x + reach, y + way * reach)), width * 0.85, red)
    c.ellipse(x, y, q, outline=red, width=width)
    if kind == 2:  # the bar runs behind
        c.put(c.a, x, y, q * 1.3, shadow=False)


@relation(
    (
        "A {Subject} with a small badge at its corner",
        "A {Thing} marked by a tiny sign beside it",
        "A mark of approval or warning attached to a {Subject}",
        "A little {Symbol} in the corner of a {Subject} that tells its state",
        "A {Subject} labelled with a small round {Mark}",
        "A status sign pinned to a {Thing}",
    ),
    ("A {a} with a small badge", "A {a} marked with a sign in the corner"),
)
def marked(c: Canvas) -> None:
    """A large subject, at times on a tile, with a badge over one corner of it."""
    x, y, size = 0.5 + c.jitter(0.05), 0.5 + c.jitter(0.05), c.r.uniform(0.52, 0.68)
    width, height = c.extent(c.a, size)
    if c.chance(0.3):
        q = 0.36
        tile = c.contrasting(c.a)
        c.rectangle(x - q, y - q, x + q, y + q, fill=tile, radius=c.r.choice((0.0, 0.09)))
        width = height = 2 * q
        size = q * 1.5
    c.put(c.a, x, y, size)
    dx, dy = c.r.choice(((1, 1), (1, 1), (1, -1), (-1, 1), (-1, -1)))
    at = (x + dx * max(0.16, width * 0.46), y + dy * max(0.16, height * 0.44))
    badge(c, at, c.r.uniform(0.085, 0.125), c.r.choice(PAINTS), c.r.choice(GLYPHS))


@relation(
    (
        "A {Subject} dressed up with a {Garment}",
        "A {Thing} in clothes that were made for people",
        "A {Subject} wearing something on its head or round its neck",
        "An {Accessory} that turns a {Subject} into a somebody",
        "A {Subject} with a piece of clothing put on",
        "A dressed {Thing}",
    ),
    ("A {a} wearing a hat", "A {a} in clothes", "A {a} dressed like a person"),
)
def wearing(c: Canvas) -> None:
    """A hat or crown on the top of the subject, with or instead of it glasses, scarf or bow."""
    hat = c.chance(0.65)
    size = c.r.uniform(0.52, 0.62)
    x, y = 0.5 + c.jitter(0.05), (0.58 if hat else 0.5) + c.jitter(0.03)
    width, height = c.extent(c.a, size)
    c.put(c.a, x, y, size)

    def at(level: float) -> tuple[Point, float]:
        left, right = span(c.a, level)
        middle = x + ((left + right) / 2 - 0.5) * width
        return (middle, y + (level - 0.5) * height), (right - left) * width / 2

    if hat:
        (top_x, top), half = at(0.1)
        q = min(0.19, max(0.11, half * 1.15))
        c.r.choice(HATS)(c, (top_x, max(top, q * 1.6)), q, c.jitter(0.3))
    if not hat or c.chance(0.3):
        kind = c.r.randrange(3)
        place, half = at(0.32 if kind == 0 else 0.62)
        if kind == 0:
            glasses(c, place, min(0.26, max(0.14, half * 0.95)))
        elif kind == 1:
            scarf(c, place, min(0.3, max(0.1, half)))
        else:
            bow_tie(c, place, min(0.2, max(0.12, half * 0.6)))


@relation(
    (
        "A {Subject} hiding its identity behind a {Mask}",
        "A {Subject} pretending to be something else",
        "A {Subject} in disguise",
        "A flat {Likeness} held up as a mask in front of a different {Subject}",
        "A masked {Subject}",
        "Who hides behind the false front of a {Thing}",
    ),
    ("A {a} disguised as a {b}", "A {a} behind a mask", "A masked {a}"),
)
def disguised(c: Canvas) -> None:
    """A mask worn or held before a subject, or the other one as a cut-out on a stick before it."""
    x, size = 0.5 + c.jitter(0.04), c.r.uniform(0.6, 0.72)
    width, height = c.extent(c.a, size)
    y = 0.52
    c.put(c.a, x, y, size)
    way = c.r.choice((-1, 1))
    kind = c.r.randrange(4)
    stick = c.r.choice(WOODS)
    if kind == 0:
        left, right = span(c.a, 0.28)
        middle = x + ((left + right) / 2 - 0.5) * width
        q = min(0.22, max(0.13, (right - left) * width * 0.5))
        at = (middle, y - height * 0.2)
        if c.chance(0.4):
            band(c, ((at[0] + q, at[1]), (at[0] + q * 1.2, at[1] + 0.42)), 0.02, stick)
        eye_mask(c, at, q)
    elif kind == 1:
        at = (x + way * width * c.r.uniform(0.1, 0.3), y - height * 0.12)
        band(c, (at, (at[0] + way * 0.06, 0.96)), 0.024, stick)
        face_mask(c, at, c.r.uniform(0.15, 0.19))
    else:
        card = fit(c, c.b, 0.46, 0.46)
        at = (x + way * c.r.uniform(0.06, 0.14), y + c.jitter(0.05))
        band(c, (at, (at[0] + way * 0.03, 0.98)), 0.026, stick)
        if kind == 2:
            paper = c.shade(c.b, (252, 252, 250))
            rim = 0.014
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (1, 1), (-1, -1), (1, -1), (-1, 1)):
                c.put(paper, at[0] + dx * rim, at[1] + dy * rim, card, shadow=False)
        else:
            w, h = (v / 2 + 0.03 for v in c.extent(c.b, card))
            sheet = c.contrasting(c.b)
            c.rectangle(at[0] - w, at[1] - h, at[0] + w, at[1] + h, fill=sheet,
                        outline=darker(sheet), radius=0.02)  # fmt: skip
        c.put(c.b, *at, card, shadow=False)


@relation(
    (
        "A {Subject} honored inside an ornamental wreath or crest",
        "An emblem with a {Subject} at its heart",
        "A {Subject} set in a decorated medallion",
        "A coat of arms that bears a {Subject}",
        "A badge built around a {Thing}",
        "A {Subject} as the motif of a {Seal} with ribbons or leaves",
    ),
    ("A {a} in a wreath", "An emblem with a {a}", "A {a} on a coat of arms"),
)
def framed(c: Canvas) -> None:
    """A laurel or flower wreath, a shield, a beaded oval or a scalloped seal with ribbons."""
    x, y = 0.5 + c.jitter(0.03), 0.48 + c.jitter(0.02)
    q = c.r.uniform(0.32, 0.38)
    plain = c.contrasting(c.a)
    gold = c.r.choice(((214, 172, 62), (178, 184, 192), (176, 110, 60)))
    kind = c.r.randrange(4)
    (wreath, shield, medallion, seal)[kind](c, (x, y), q, plain, gold)
    c.put(c.a, x, y, q * (1.1 if kind in {0, 3} else 1.02), shadow=False)
    if c.chance(0.35):
        scroll(c, x, y + q * 0.95)


@relation(
    (
        "A {Subject} shown on the screen of a {Device}",
        "A display with a {Subject}, and a {Viewer} in front of it",
        "A {Subject} that appears only as a picture on a monitor",
        "A {Viewer} watching a {Subject} on a screen",
        "A digital image of a {Subject}",
        "A broadcast or call with a {Subject} on the display",
    ),
    ("A {a} on a screen", "A {b} watching a {a} on a screen"),
)
def on_screen(c: Canvas) -> None:
    """A telephone, television, monitor, laptop or big screen, mostly with a viewer before it."""
    watched = c.chance(0.65)
    way = c.r.choice((-1, 1)) if watched else 0
    x, y = 0.5 + way * 0.13, 0.42 if watched else 0.48
    body = c.r.choice((*METALS, (30, 30, 36), (30, 30, 36), (240, 240, 240)))
    w, h = c.r.choice(((0.31, 0.22), (0.34, 0.24), (0.17, 0.31), (0.28, 0.25)))
    if w < h:
        solid(c, turned(((-w, -h), (w, -h), (w, h), (-w, h)), x, y, 1.1), body, 0.016)
        c.line(((x - 0.04, y - h * 1.05), (x + 0.04, y - h * 1.05)), 0.014, lighter(body))
        c.ellipse(x, y + h * 1.05, 0.016, fill=lighter(body))
    else:
        device(c, (x, y), w, h, body)
    glow = lighter(c.contrasting(c.a), 0.15)
    c.rectangle(x - w, y - h, x + w, y + h * 0.95, fill=glow, outline=darker(body, 0.7))
    c.put(c.a, x, y, fit(c, c.a, w * 1.7, h * 1.7), shadow=False)
    if c.chance(0.6):
        controls(c, (x, y), w, h)
    c.polygon(
        ((x - w, y - h), (x - w * 0.55, y - h), (x - w, y - h * 0.2)), fill=lighter(glow, 0.7)
    )
    if watched:
        c.stand(c.b, 0.5 - way * 0.25, 0.98, fit(c, c.b, 0.4, 0.44))


@relation(
    (
        "A {Subject} saying something in a speech bubble",
        "Words or sounds that come out of a {Subject}",
        "A {Speaker} with its message beside it",
        "A talking {Subject}",
        "Two {Speakers} in conversation, each with a bubble",
        "A shout that issues from a {Subject}",
    ),
    ("A {a} speaking about a {b}", "A talking {a}", "A {a} with a speech bubble"),
)
def speaking(c: Canvas) -> None:
    """One subject or two with a speech bubble, smooth, boxed or jagged, and something in it."""
    if c.chance(0.3):
        for sprite, way in ((c.a, -1), (c.b, 1)):
            c.stand(sprite, 0.5 + way * 0.26, 0.97, fit(c, sprite, 0.38, 0.4))
            _bubble(
                c, (0.5 + way * 0.24, 0.26 + c.jitter(0.05)), 0.2, 0.15, (0.5 + way * 0.2, 0.58)
            )
        return
    way = c.r.choice((-1, 1))
    size = fit(c, c.a, 0.44, 0.5)
    height = c.extent(c.a, size)[1]
    c.stand(c.a, 0.5 - way * 0.25, 0.96, size)
    tip = (0.5 - way * 0.1, 0.96 - height * 0.68)
    _bubble(c, (0.5 + way * 0.17, 0.27), c.r.uniform(0.25, 0.31), c.r.uniform(0.18, 0.23), tip)


def _bubble(c: Canvas, at: Point, w: float, h: float, tip: Point) -> None:
    x, y = at
    paper, rim = (252, 252, 250), (30, 30, 36)
    if c.chance(0.3):
        paper = lighter(c.r.choice(PAINTS), 0.6)
    kind = c.r.randrange(3)
    toward = math.atan2(tip[1] - y, tip[0] - x)
    tail = [
        (x + w * 0.6 * math.cos(toward + d), y + h * 0.6 * math.sin(toward + d))
        for d in (-0.4, 0.4)
    ]
    c.line((tail[0], tip, tail[1]), 0.026, rim)
    if kind == 0:
        c.ellipse(x, y, w, h, fill=paper, outline=rim, width=0.014)
    elif kind == 1:
        c.rectangle(x - w, y - h, x + w, y + h, fill=paper, outline=rim, width=0.014, radius=0.05)
    else:
        star(c, at, (w + h) * 0.5, c.r.randint(10, 14), depth=0.78, fill=paper)
    c.polygon((tail[0], tip, tail[1]), fill=paper)
    inner = c.r.randrange(5)
    if inner < 2:
        shown = c.b if c.r.random() < 0.85 else c.shade(c.b, c.r.choice(PAINTS))
        c.put(shown, x, y, fit(c, shown, w * 1.2, h * 1.2), shadow=False)
    elif inner == 2:
        for v in (-0.35, 0.0, 0.35):
            end = x + w * c.r.uniform(0.1, 0.55)
            c.line(((x - w * 0.55, y + v * h), (end, y + v * h)), h * 0.13, rim)
    else:
        glyph = c.r.choice((exclamation, question, note))
        n = c.r.choice((1, 1, 3)) if w > h * 1.2 else 1
        for u in spread(n, -w * 0.45, w * 0.45) if n > 1 else [0.0]:
            glyph(c, x + u, y, h * (0.85 if n == 1 else 0.5), c.r.choice((rim, *PAINTS[:3])))
