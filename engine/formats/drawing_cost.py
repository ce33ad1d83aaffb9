"""How long an SVG drawing takes to draw, told from its text.

Parts are drawn as often as they are referred to, and those again as often, so that a few lines may
make a billion shapes. The renderer cannot be stopped; so what would take too long is not begun.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final
from xml.etree.ElementTree import Element

from engine.errors import DecodeError

MAX_COST: Final = 1_500_000
"""In units of about 10 microseconds: seconds for what people draw, a minute at the very worst."""

# Measured with resvg 0.5 on one core at 384 x 256 pixels; paint counts for a quarter of the canvas.
_SHAPE = 3
_PAINT = 100  # a gradient or pattern instead of a plain colour
_LAYER = 300  # what is drawn apart and then laid over: opacity, masks, clips
_FILTER = 1600
_LAYERS = ("mask", "clip-path", "opacity")
_IN_LAYER = re.compile(r"(?:^|;)\s*(?:mask|clip-path|opacity)\s*:\s*(?!none|1(?:\.0*)?\s*(?:;|$))")
_MARKERS = ("marker", "marker-start", "marker-mid", "marker-end")
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)")
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_CLASS = re.compile(r"\s*\.([\w-]+)\s*")


def drawing_cost(root: Element, max_depth: int) -> int:
    """What a drawing costs, in the units of `MAX_COST`.

    Args:
        root: The drawing.
        max_depth: Of elements inside one another.

    Raises:
        DecodeError: If references lead deeper than twice that.
    """
    return _Costs(root, 2 * max_depth).of(root, ())


class _Costs:
    def __init__(self, root: Element, max_depth: int) -> None:
        self._max_depth = max_depth
        self._known: dict[int, int] = {}
        self._by_id: Mapping[str, Element] = {e.get("id", ""): e for e in root.iter()}
        self._everywhere: list[str] = []  # what style sheets declare for more than a class
        self._classes: dict[str, list[str]] = {}
        for element in root.iter():
            if _tag(element) == "style":
                self._take_rules(element.text or "")

    def of(self, element: Element, above: tuple[int, ...]) -> int:
        """What an element costs with all that it holds and refers to."""
        key = id(element)
        if key in self._known:
            return self._known[key]
        if key in above:  # refers to itself; the renderer stops there too
            return 0
        if len(above) > self._max_depth:
            raise DecodeError("a drawing whose parts lie too deep in one another")
        above = (*above, key)
        cost = _own_cost(element)
        for declared in self._declarations(element):
            targets = [self._by_id.get(name) for name in _REFERENCE.findall(declared)]
            painted = sum(_PAINT + self.of(one, above) for one in targets if one is not None)
            cost += painted * (_vertices(element) if "marker" in declared else 1)
            cost += _FILTER if "filter" in declared else 0
            cost += _LAYER * len(_IN_LAYER.findall(declared))
        for name, value in element.attrib.items():
            if name == "href" or name.endswith("}href"):
                target = self._by_id.get(value.strip().removeprefix("#"))
                cost += 0 if target is None else self.of(target, above)
        cost += sum(self.of(child, above) for child in element)
        self._known[key] = cost
        return cost

    def _declarations(self, element: Element) -> Sequence[str]:
        """What is said of how an element is painted, by attributes and by style sheets."""
        said = [
            value if name == "style" else f"{name}:{value}"
            for name, value in element.attrib.items()
            if name in ("style", "fill", "stroke", "filter", *_MARKERS, *_LAYERS)
        ]
        for name in (element.get("class") or "").split():
            said += self._classes.get(name, [])
        return said + self._everywhere

    def _take_rules(self, text: str) -> None:
        for selectors, declared in _RULE.findall(text):
            if "url(" in declared or any(word in declared for word in ("filter", *_LAYERS)):
                for selector in selectors.split(","):
                    one = _CLASS.fullmatch(selector)
                    if one is None:
                        self._everywhere.append(declared)
                    else:
                        self._classes.setdefault(one[1], []).append(declared)


def _vertices(element: Element) -> int:
    """About how many corners a path has, each of which a marker is drawn at."""
    return max(1, max(len(element.get("d", "")), len(element.get("points", ""))) // 4)


def _own_cost(element: Element) -> int:
    tag = _tag(element)
    cost = _SHAPE + len(element.get("d", "")) // 5
    if tag == "feTurbulence":
        cost += 1500 * int(_number(element, "numOctaves", 1))
    elif tag == "feConvolveMatrix":
        cost += 60 * int(_number(element, "order", 3)) ** 2
    elif tag == "feMorphology":
        cost += 180 * int(_number(element, "radius", 1)) ** 2
    elif tag.startswith("fe"):
        cost += _FILTER
    return cost


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _number(element: Element, name: str, otherwise: float) -> float:
    """The first number of an attribute, bounded so that it can be squared."""
    with suppress(ValueError, IndexError):
        return min(1e6, abs(float((element.get(name) or "").replace(",", " ").split()[0])))
    return otherwise
