"""What a relation draws on: a square picture in unit coordinates, with two subjects at hand."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from trainer.scenes.sprites import luminance, silhouette

Colour: TypeAlias = tuple[int, int, int]
Point: TypeAlias = tuple[float, float]


class Canvas:
    """A picture being drawn. Coordinates and sizes are shares of its side; (0, 0) is the top left.

    Attributes:
        image: RGB, ``side`` x ``side``.
        r: The scene's own source of randomness; nothing else may be used.
        a: Sprite (RGBA) of the subject.
        b: Sprite (RGBA) of the other subject, which looks different.
        ink: A colour that shows on the background, for lines and frames.
    """

    def __init__(
        self,
        image: Image.Image,
        r: random.Random,
        a: Image.Image,
        b: Image.Image,
        *,
        shadows: bool = False,
    ) -> None:
        self.image = image
        self.r = r
        self.a = a
        self.b = b
        self.side = image.width
        self.shadows = shadows
        self._pen = ImageDraw.Draw(image)
        # The sprite is kept beside its scaled form, so that its id cannot be taken by another one.
        self._scaled: dict[tuple[int, int, int, bool], tuple[Image.Image, Image.Image]] = {}
        self.ground = self._mean_colour()
        self.ink = self.contrasting(self.ground)

    def _mean_colour(self) -> Colour:
        pixel = self.image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        assert isinstance(pixel, tuple)
        return (int(pixel[0]), int(pixel[1]), int(pixel[2]))

    # -- choices

    def jitter(self, amount: float = 0.03) -> float:
        """A small random offset."""
        return self.r.uniform(-amount, amount)

    def chance(self, probability: float) -> bool:
        """True that often."""
        return self.r.random() < probability

    def colour(self) -> Colour:
        """Any colour."""
        r = self.r
        return (r.randint(0, 255), r.randint(0, 255), r.randint(0, 255))

    def contrasting(self, other: Colour | Image.Image) -> Colour:
        """A colour that differs clearly in brightness from a colour or a sprite."""
        level = luminance(other)
        colour = self.colour()
        for _ in range(12):
            if abs(luminance(colour) - level) >= 80:
                return colour
            colour = self.colour()
        return (245, 245, 245) if level < 128 else (15, 15, 15)

    def pair(self) -> tuple[Image.Image, Image.Image]:
        """The two subjects in random order."""
        return (self.a, self.b) if self.chance(0.5) else (self.b, self.a)

    # -- sprites

    def put(
        self,
        sprite: Image.Image,
        x: float,
        y: float,
        size: float,
        *,
        rotate: float = 0.0,
        flip: bool = False,
        alpha: float = 1.0,
        shadow: bool = True,
    ) -> None:
        """Paste a sprite centred on a point.

        Args:
            sprite: RGBA.
            x: Centre, from the left.
            y: Centre, from the top.
            size: Longer side before the rotation.
            rotate: Degrees counter-clockwise.
            flip: Mirror it left to right.
            alpha: Opacity in 0..1.
            shadow: Whether it casts one in scenes with shadows.
        """
        scaled = self._scale(sprite, size, rotate, flip)
        left = round(x * self.side - scaled.width / 2)
        top = round(y * self.side - scaled.height / 2)
        if alpha < 0.995:
            mask = scaled.getchannel("A").point([int(v * alpha) for v in range(256)])
        else:
            mask = scaled.getchannel("A")
            if self.shadows and shadow and scaled.width > 14:
                self._cast(mask, left, top)
        self.image.paste(scaled, (left, top), mask)

    def _scale(self, sprite: Image.Image, size: float, rotate: float, flip: bool) -> Image.Image:
        longest = max(2, round(size * self.side))
        key = (id(sprite), longest, round(rotate), flip)
        known = self._scaled.get(key)
        if known is not None:
            return known[0]
        k = longest / max(sprite.size)
        shape = (max(1, round(sprite.width * k)), max(1, round(sprite.height * k)))
        scaled = sprite.resize(shape, Image.Resampling.BILINEAR)
        if flip:
            scaled = ImageOps.mirror(scaled)
        if round(rotate) % 360:
            scaled = scaled.rotate(round(rotate), expand=True, resample=Image.Resampling.BILINEAR)
        self._scaled[key] = (scaled, sprite)
        return scaled

    def _cast(self, mask: Image.Image, left: int, top: int) -> None:
        offset = max(1, mask.width // 14)
        soft = mask.point([v * 2 // 5 for v in range(256)]).filter(ImageFilter.BoxBlur(offset / 2))
        self.image.paste((12, 12, 24), (left + offset, top + offset), soft)

    def extent(self, sprite: Image.Image, size: float) -> tuple[float, float]:
        """Width and height that `put` gives an unrotated sprite."""
        longest = max(sprite.size)
        return size * sprite.width / longest, size * sprite.height / longest

    def stand(self, sprite: Image.Image, x: float, floor: float, size: float) -> float:
        """Put a sprite so that its lower edge touches the floor.

        Returns:
            Where its upper edge is.
        """
        height = self.extent(sprite, size)[1]
        self.put(sprite, x, floor - height / 2, size)
        return floor - height

    def shade(self, sprite: Image.Image, colour: Colour) -> Image.Image:
        """The sprite's silhouette in one colour."""
        return silhouette(sprite, colour)

    # -- lines and areas

    def px(self, value: float) -> int:
        """A length in pixels, at least one."""
        return max(1, round(value * self.side))

    def _scaled_points(self, points: Sequence[Point]) -> list[Point]:
        return [(x * self.side, y * self.side) for x, y in points]

    def line(
        self, points: Sequence[Point], width: float = 0.012, colour: Colour | None = None
    ) -> None:
        """Draw connected lines."""
        self._pen.line(
            self._scaled_points(points),
            fill=colour or self.ink,
            width=self.px(width),
            joint="curve",
        )

    def dashes(
        self, points: Sequence[Point], width: float = 0.012, colour: Colour | None = None
    ) -> None:
        """Draw every other piece of a finely divided line."""
        for i in range(0, len(points) - 1, 2):
            self.line(points[i : i + 2], width, colour)

    def rectangle(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 0.012,
        radius: float = 0.0,
    ) -> None:
        """Draw a rectangle, with rounded corners if `radius` is given."""
        box = (x0 * self.side, y0 * self.side, x1 * self.side, y1 * self.side)
        self._pen.rounded_rectangle(box, radius * self.side, fill, outline, self.px(width))

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float | None = None,
        *,
        fill: Colour | None = None,
        outline: Colour | None = None,
        width: float = 0.012,
    ) -> None:
        """Draw an ellipse around a centre."""
        ry = rx if ry is None else ry
        s = self.side
        box = ((x - rx) * s, (y - ry) * s, (x + rx) * s, (y + ry) * s)
        self._pen.ellipse(box, fill, outline, self.px(width))

    def polygon(
        self, points: Sequence[Point], fill: Colour | None = None, outline: Colour | None = None
    ) -> None:
        """Draw a closed area."""
        self._pen.polygon(self._scaled_points(points), fill, outline)

    def arrow(
        self, start: Point, end: Point, width: float = 0.018, colour: Colour | None = None
    ) -> None:
        """Draw a straight arrow."""
        colour = colour or self.ink
        angle = math.atan2(end[1] - start[1], end[0] - start[0])
        head = max(0.045, width * 3)
        neck = (end[0] - head * 0.7 * math.cos(angle), end[1] - head * 0.7 * math.sin(angle))
        self.line((start, neck), width, colour)
        wings = [
            (end[0] - head * math.cos(angle + d), end[1] - head * math.sin(angle + d))
            for d in (-0.5, 0.5)
        ]
        self.polygon((end, *wings), fill=colour)

    def veil(self, mask: Image.Image, colour: Colour) -> None:
        """Cover the picture with a colour where the mask (L, full size) is bright."""
        self.image.paste(colour, (0, 0), mask)

    def mask(self) -> tuple[Image.Image, ImageDraw.ImageDraw]:
        """An empty mask of the picture's size (L) and its pen, in pixels."""
        mask = Image.new("L", self.image.size, 0)
        return mask, ImageDraw.Draw(mask)


def around(
    n: int, x: float, y: float, radius: float, start: float = 0.0
) -> Iterator[tuple[float, float, float]]:
    """Points evenly on a circle: x, y, and the angle in radians (clockwise on the screen)."""
    for i in range(n):
        angle = start + math.tau * i / n
        yield x + radius * math.cos(angle), y + radius * math.sin(angle), angle


def spread(n: int, low: float, high: float) -> list[float]:
    """`n` evenly spaced values from `low` to `high`, both included."""
    return [low + (high - low) * i / max(1, n - 1) for i in range(n)]
