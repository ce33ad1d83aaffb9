"""Substitution and hybrid."""

from __future__ import annotations

from trainer.scenes.canvas import Canvas
from trainer.scenes.registry import Family
from trainer.scenes.sprites import line_art, luminance

relation = Family("substitution and hybrid")


@relation(
    (
        "A hybrid made of half {Subject} and half {Subject}",
        "Two different {Things} fused into one body",
        "One half of a {Subject} continued by half of another",
        "A creature or thing that is one {Thing} on one side and another on the other",
        "A seam down the middle where one {Subject} becomes another",
        "A chimera of two {Subjects}",
    ),
    ("Half {a}, half {b}", "A hybrid of a {a} and a {b}"),
)
def hybrid(c: Canvas) -> None:
    """Halves of both subjects joined along an upright or level seam."""
    side = 140
    first, second = c.a.resize((side, side)), c.b.resize((side, side))
    if c.chance(0.7):
        first.paste(second.crop((side // 2, 0, side, side)), (side // 2, 0))
    else:
        first.paste(second.crop((0, side // 2, side, side)), (0, side // 2))
    c.put(first, 0.5 + c.jitter(), 0.5 + c.jitter(), c.r.uniform(0.7, 0.82))


@relation(
    (
        "A {Subject} casting the shadow of a different {Subject}",
        "A shadow that does not match the {Thing} it comes from",
        "The true nature of a {Subject} betrayed by its shadow",
        "A {Subject} whose dark outline shows something else",
        "A {Subject} with a strange, foreign shadow",
        "The shadow tells another story than the {Subject}",
    ),
    ("A {a} with the shadow of a {b}", "A {a} casting the shadow of a {b}"),
)
def false_shadow(c: Canvas) -> None:
    """The other subject's dark silhouette beside or behind the subject on a bright wall."""
    tone = c.r.randint(195, 245)
    c.rectangle(0, 0, 1, 1, fill=(tone, tone - 5, tone - c.r.randint(5, 30)))
    if c.chance(0.5):
        c.rectangle(0, 0.8, 1, 1, fill=(tone - 50, tone - 55, tone - 60))
    shadow = c.shade(c.b, (20, 20, 26))
    way = c.r.choice((-1, 1))
    c.put(shadow, 0.5 + way * 0.2, 0.42, 0.62, alpha=0.75)
    c.stand(c.a, 0.5 - way * 0.24, 0.93, 0.4)


@relation(
    (
        "A {Subject} thinking or dreaming of an {Object}",
        "A thought bubble with an {Object} above a {Subject}",
        "A {Subject} whose thoughts are with another {Thing}",
        "What a {Subject} has in mind, shown in a bubble",
        "A {Dreamer} and the {Dream} floating above",
        "An {Object} that exists only in the imagination of a {Subject}",
    ),
    ("A {a} dreaming of a {b}", "A {a} with a {b} in its thought bubble"),
)
def imagining(c: Canvas) -> None:
    """A puffy or smooth thought bubble over the subject with the other one in it."""
    way = c.r.choice((-1, 1))
    x, y = 0.5 + way * 0.16, 0.3
    white, rim_colour = (250, 250, 250), (60, 60, 70)
    puffs = ((-0.2, 0, 0.14), (0.2, 0, 0.14), (-0.09, -0.12, 0.14), (0.1, -0.12, 0.14),
             (-0.09, 0.11, 0.14), (0.1, 0.11, 0.14), (0, 0, 0.2))  # fmt: skip
    puffy = c.chance(0.6)
    # First all rims, then all fills: the cloud gets one outline that shows on white, too.
    for rim, fill in ((0.012, rim_colour), (0.0, white)):
        for dx, dy, q in puffs if puffy else ():
            c.ellipse(x + dx, y + dy, q + rim, fill=fill)
        if not puffy:
            c.ellipse(x, y, 0.32 + rim, 0.22 + rim, fill=fill)
        for t in (0.35, 0.7):
            c.ellipse(
                x - way * (0.15 + 0.13 * t), 0.5 + 0.11 * t, 0.045 - 0.02 * t + rim, fill=fill
            )
    inner = c.b if luminance(c.b) < 215 else c.shade(c.b, (40, 40, 60))
    c.put(inner, x, y, 0.3, shadow=False)
    c.stand(c.a, 0.5 - way * 0.26, 0.97, 0.42)


@relation(
    (
        "A {Subject} beside a picture of itself",
        "A {Subject} and its portrait in a frame",
        "The real {Subject} next to its {Image}",
        "A framed likeness of the {Subject} that stands before it",
        "A {Subject} depicted in a {Picture} on the wall",
        "An original and its representation side by side",
    ),
    ("A {a} beside its portrait", "A {a} and a framed picture of it"),
)
def depicted(c: Canvas) -> None:
    """A framed picture or an easel or screen with the subject, and the subject in front."""
    way = c.r.choice((-1, 1))
    x, y, w, h = 0.5 + way * 0.2, 0.36, 0.25, 0.27
    frame = c.r.choice(((120, 80, 30), (200, 160, 60), (30, 30, 30), (240, 240, 240)))
    if c.chance(0.4):
        c.line(((x, y), (x - 0.2, 0.98)), 0.025, frame)
        c.line(((x, y), (x + 0.2, 0.98)), 0.025, frame)
    c.rectangle(x - w, y - h, x + w, y + h, fill=c.contrasting(c.a), outline=frame, width=0.04)
    c.put(c.a, x, y, 0.38, shadow=False)
    c.stand(c.a, 0.5 - way * 0.26, 0.95, 0.4)


@relation(
    (
        "A {Subject} half drawn in lines and half in full color",
        "A sketch of a {Subject} that turns real on one side",
        "An unfinished {Subject}: one part outlined, one part complete",
        "A {Subject} between drawing and reality",
        "Half plan, half finished {Subject}",
        "A {Subject} that is only partly colored in",
    ),
    ("A half sketched {a}", "A {a} that is only half colored in"),
)
def half_sketched(c: Canvas) -> None:
    """The left or right half as line art on a sheet of paper."""
    paper = (250, 250, 245)
    c.rectangle(0, 0, 1, 1, fill=c.contrasting(c.a))
    left = c.chance(0.5)
    c.rectangle(0 if left else 0.5, 0, 0.5 if left else 1, 1, fill=paper)
    drawn = line_art(c.a, paper)
    whole = c.a.copy()
    middle = whole.width // 2
    box = (0, 0, middle, whole.height) if left else (middle, 0, whole.width, whole.height)
    whole.paste(drawn.crop(box), box[:2])
    c.put(whole, 0.5, 0.5, 0.82, shadow=False)


@relation(
    (
        "A {Subject} replaced by an empty silhouette cut out of the {Scene}",
        "The hole that a {Subject} leaves behind, next to the {Subject} itself",
        "A cut-out and the shape it came from",
        "A {Subject} beside its own blank outline",
        "A stencil of a {Subject} and the piece that fits it",
        "The trace of a {Subject} where it used to be",
    ),
    ("A {a} beside its empty outline", "A cut-out {a} and its stencil"),
)
def stencil(c: Canvas) -> None:
    """A dark panel with the subject's shape left blank; the subject has moved beside it."""
    way = c.r.choice((-1, 1))
    x = 0.5 + way * 0.23
    tone = c.contrasting((250, 250, 250))
    c.rectangle(x - 0.25, 0.1, x + 0.25, 0.9, fill=tone)
    c.put(c.shade(c.a, (250, 250, 250)), x, 0.5, 0.44, shadow=False)
    c.put(c.a, 0.5 - way * 0.26, 0.5 + c.jitter(0.1), 0.44, rotate=c.r.uniform(-20, 20))
