"""The curves of a reproduction's training runs, all of a kind in one panel."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from trainer.reproduce import report_html as html
from trainer.reproduce.report_plots import curves_plot
from trainer.runs import Run

_CHANCE: Final = "chance_"
_PANELS: Final = (
    ("loss, filter", "loss", ("filter",)),
    ("loss, captioner", "loss", ("captioner",)),
    ("loss, relsim and its kin", "loss", ()),
    ("filter: accuracy", "held_out/accuracy", ("filter",)),
    ("captioner: right relation", "held_out/named_right", ("captioner",)),
    ("nearest picture shows the relation", "held_out/relation_p1", ()),
    ("nearest caption says the relation", "held_out/named_relation", ()),
    ("own caption among ten", "held_out/caption_r10", ()),
)
"""Title, name of the figure, and the runs in it; none named: all but filter and captioner."""
_MOST_POINTS: Final = 200


def curves_section(folder: Path, runs: Mapping[str, str]) -> list[str]:
    """A heading and a plot; nothing where no run has left metrics.

    Args:
        folder: Of the reproduction.
        runs: Folder of each training run below it, by name.
    """
    metrics = {name: Run(folder / where).metrics() for name, where in runs.items()}
    panels, by_chance = [], dict[str, float]()
    for title, figure, named in _PANELS:
        group, _, own = figure.rpartition("/")
        chance = f"{group}/{_CHANCE}{own}" if group else ""
        lines = []
        for name, found in metrics.items():
            if name not in named if named else name in ("filter", "captioner"):
                continue
            points = [(line["step"], line[figure]) for line in found if figure in line]
            if points:
                lines.append((name, points[:: 1 + len(points) // _MOST_POINTS]))
            for line in found:
                by_chance[title] = line.get(chance, by_chance.get(title, math.nan))
        if lines:
            panels.append((title, lines))
    if not panels:
        return []
    return [
        "<h2>Training</h2>",
        html.plot(curves_plot(panels, by_chance), "Losses and held-out figures by training step"),
        html.paragraph(
            "Held-out figures are of subjects that are in neither training nor test. Dashed:"
            " chance.",
            "quiet",
        ),
    ]
