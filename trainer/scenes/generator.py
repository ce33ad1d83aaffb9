"""Scenes from numbers: the same seed and index give the same picture in every process."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from pathlib import Path

from PIL import Image

from trainer.scenes.backgrounds import background, load_backgrounds
from trainer.scenes.camera import photograph
from trainer.scenes.canvas import Canvas
from trainer.scenes.naming import fill
from trainer.scenes.registry import RELATIONS
from trainer.scenes.sprites import luminance, restyle, sprite
from trainer.scenes.types import NONE, Scene, Subject

NONE_CAPTIONS = (
    "A single {Subject} shown on its own",
    "A plain picture of a {Subject} with no particular arrangement",
    "An ordinary view of a {Place}",
    "A few unrelated {Objects} that happen to be together",
    "Some {Subject} placed without any visible pattern",
    "An everyday snapshot of {Things}",
)

# How often a scene takes its subjects from a source, among those that are there.
_SOURCE_WEIGHTS = {
    "shapes": 0.10, "openmoji": 0.18, "stamps": 0.26, "openclipart": 0.32, "art4apps": 0.14,
}  # fmt: skip
_STYLES = ("natural", "silhouette", "tint", "lines", "grey")
_STYLE_WEIGHTS = (0.66, 0.1, 0.1, 0.07, 0.07)
HELD_OUT_STYLES = ("halftone", "relief")
"""Styles that are drawn only where they are asked for: no model is trained on them."""


class SceneGenerator:
    """Draws relational scenes; an endless sequence without a length.

    Args:
        subjects: Two or more, of at least two concepts.
        relations: Names of relations; all by default. Indices go round them in turn.
        size: Side of the pictures in pixels.
        seed: Another seed is another sequence.
        backgrounds: Photographs to draw on; those of this machine by default, none if empty.
    """

    def __init__(
        self,
        subjects: Sequence[Subject],
        relations: Iterable[str] | None = None,
        *,
        size: int = 224,
        seed: int = 0,
        backgrounds: Sequence[Path] | None = None,
    ) -> None:
        if len({s.concept for s in subjects}) < 2:
            raise ValueError("scenes need subjects of at least two concepts")
        self.relations = list(RELATIONS) if relations is None else list(relations)
        unknown = [name for name in self.relations if name not in RELATIONS]
        if unknown or not self.relations:
            raise ValueError(f"unknown relations: {', '.join(unknown) or 'none given'}")
        self.size = size
        self.seed = seed
        self.backgrounds = load_backgrounds() if backgrounds is None else list(backgrounds)
        by_source: dict[str, list[Subject]] = {}
        for subject in subjects:
            by_source.setdefault(subject.source, []).append(subject)
        self._sources = list(by_source.values())
        self._weights = [_SOURCE_WEIGHTS.get(source, 0.2) for source in by_source]

    def __getitem__(self, index: int) -> Scene:
        """The scene of an index; a pure function of (seed, index), subjects and backgrounds."""
        if index < 0:
            raise IndexError("scenes are numbered from 0")
        r = random.Random(f"{self.seed}/{index}")
        name = self.relations[index % len(self.relations)]
        subject, other = self._pick_pair(r)
        return self._draw(name, subject, other, r)

    def draw(
        self,
        relation: str,
        subject: Subject,
        other: Subject,
        seed: int,
        *,
        style: str | None = None,
    ) -> Scene:
        """The given subjects in the given relation; `seed` decides everything else.

        Args:
            relation: Its name.
            subject: The main subject.
            other: The second one.
            seed: Any number.
            style: Of both subjects, a held-out one too; drawn by lot if None.
        """
        r = random.Random(f"{seed}/{relation}/{subject.id}/{other.id}")
        return self._draw(relation, subject, other, r, style)

    def draw_alone(self, subject: Subject, seed: int, *, style: str | None = None) -> Scene:
        """The given subject somewhere on some ground, without a relation; arguments as `draw`."""
        r = random.Random(f"{seed}/{NONE}/{subject.id}")
        canvas = self._canvas(subject, subject, r, style)
        _put_somewhere(canvas)
        return _unrelated(canvas, (subject,))

    def draw_unrelated(self, seed: int) -> Scene:
        """A scene without a clear relation: one subject somewhere, a few, or none at all."""
        r = random.Random(f"unrelated/{self.seed}/{seed}")
        subject, other = self._pick_pair(r)
        canvas = self._canvas(subject, other, r)
        kind = r.random()
        shown: tuple[Subject, ...]
        if kind < 0.6:
            shown = (subject,)
            _put_somewhere(canvas)
        elif kind < 0.85:
            third = self._pick(r)
            shown = (subject, other, third)
            places = r.sample([(x, y) for x in (0.2, 0.5, 0.8) for y in (0.25, 0.7)], 3)
            sprites = (canvas.a, canvas.b, sprite(third))
            for image, (x, y) in list(zip(sprites, places, strict=True))[: r.randint(2, 3)]:
                canvas.put(
                    image, x + canvas.jitter(0.08), y + canvas.jitter(0.1), r.uniform(0.2, 0.5)
                )
        else:
            shown = ()
        return _unrelated(canvas, shown)

    def _pick(self, r: random.Random) -> Subject:
        return r.choice(r.choices(self._sources, self._weights)[0])

    def _pick_pair(self, r: random.Random) -> tuple[Subject, Subject]:
        subject = self._pick(r)
        while True:
            other = self._pick(r)
            if other.concept != subject.concept:
                return subject, other

    def _canvas(
        self, subject: Subject, other: Subject, r: random.Random, style: str | None = None
    ) -> Canvas:
        if style is None:
            style = r.choices(_STYLES, _STYLE_WEIGHTS)[0]
        elif style not in _STYLES + HELD_OUT_STYLES:
            raise ValueError(f"unknown style: {style}")
        a = restyle(sprite(subject), style, r)
        b = restyle(sprite(other), style, r)
        return Canvas(self._ground(a, r), r, a, b, shadows=r.random() < 0.35)

    def _ground(self, a: Image.Image, r: random.Random) -> Image.Image:
        """A background that the subject does not drown in."""
        level = luminance(a)
        for _ in range(5):
            ground = background(self.size, r, self.backgrounds)
            pixel = ground.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
            assert isinstance(pixel, tuple)
            if abs(luminance((int(pixel[0]), int(pixel[1]), int(pixel[2]))) - level) > 60:
                break
        return ground

    def _draw(
        self,
        name: str,
        subject: Subject,
        other: Subject,
        r: random.Random,
        style: str | None = None,
    ) -> Scene:
        relation = RELATIONS[name]
        canvas = self._canvas(subject, other, r, style)
        if relation.distractors and r.random() < 0.25:
            _scatter_marks(canvas)
        relation.draw(canvas)
        image = photograph(canvas.image, r, keep_colour=relation.by_colour)
        conventional = fill(r.choice(relation.conventional), subject.name, other.name)
        return Scene(
            image,
            name,
            relation.family,
            (subject.id, other.id),
            r.choice(relation.captions),
            conventional,
        )


def _put_somewhere(canvas: Canvas) -> None:
    """One subject in any place and size, turned or not."""
    r = canvas.r
    x, y, size = r.uniform(0.2, 0.8), r.uniform(0.25, 0.75), r.uniform(0.45, 1.3)
    canvas.put(canvas.a, x, y, size, rotate=r.choice((0, 0, r.uniform(-40, 40))))


def _unrelated(canvas: Canvas, shown: tuple[Subject, ...]) -> Scene:
    """The scene of a canvas on which there is no clear relation."""
    image = photograph(canvas.image, canvas.r)
    names = " and ".join(s.name for s in shown) or "an empty background"
    return Scene(
        image,
        NONE,
        NONE,
        tuple(s.id for s in shown),
        canvas.r.choice(NONE_CAPTIONS),
        f"A picture of {names}",
    )


def _scatter_marks(canvas: Canvas) -> None:
    """Small dots and strokes near the border, of which no relation takes notice."""
    r = canvas.r
    for _ in range(r.randint(1, 4)):
        x, y = r.random(), r.choice((r.uniform(0, 0.12), r.uniform(0.88, 1)))
        if r.random() < 0.5:
            x, y = y, x
        if r.random() < 0.5:
            canvas.ellipse(x, y, r.uniform(0.008, 0.025), fill=canvas.colour())
        else:
            end = (x + canvas.jitter(0.1), y + canvas.jitter(0.1))
            canvas.line(((x, y), end), r.uniform(0.006, 0.015), canvas.colour())
