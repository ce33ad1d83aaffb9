"""Where relations are registered: one decorated function each, grouped in modules by family."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from trainer.scenes.types import Relation

if TYPE_CHECKING:
    from trainer.scenes.canvas import Canvas

RELATIONS: dict[str, Relation] = {}

Draw = Callable[["Canvas"], None]


class Family:
    """Decorator factory for the relations of one family."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(
        self,
        captions: tuple[str, ...],
        conventional: tuple[str, ...],
        *,
        held_out: bool = False,
        distractors: bool = True,
        by_colour: bool = False,
    ) -> Callable[[Draw], Draw]:
        """Register the decorated function as the relation of its name."""

        def register(draw: Draw) -> Draw:
            name = draw.__name__
            assert name not in RELATIONS, f"relation {name} is defined twice"
            RELATIONS[name] = Relation(
                name, self.name, captions, conventional, draw, held_out, distractors, by_colour
            )
            return draw

        return register
