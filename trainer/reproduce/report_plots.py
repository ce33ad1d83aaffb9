"""The report's plots, as SVG that stands inside the page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from trainer.plots import COLOURS, new_figure, svg_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Document = Mapping[str, Any]

_KINDS: Final = {
    "relational": "#2b6cb0",
    "ablation": "#6b9bd1",
    "attribute": "#dd6b20",
    "floor": "#a0aec0",
    "reference": "#cbd5e0",
}
_WINS, _TIES, _LOSSES = "#2b6cb0", "#cbd5e0", "#dd6b20"


def scores_plot(rows: Sequence[Document], paper: Mapping[str, float], chance: float) -> str:
    """Mean score of each method with its interval, and the paper's beside; both from 0 to 10.

    Args:
        rows: Of ``figures.json``.
        paper: The paper's mean by the name of its row.
        chance: What a picture drawn by lot would score here.
    """
    figure = new_figure(10.0, 0.36 * max(len(rows), len(paper)) + 1.1)
    own, theirs = figure.subplots(1, 2, sharex=True)
    titles = [row["title"] for row in rows]
    for at, row in enumerate(rows):
        score = row["figures"]["score"]
        error = [[score["value"] - score["low"]], [score["high"] - score["value"]]]
        own.barh(at, score["value"], color=_KINDS[row["kind"]], height=0.66)
        own.errorbar(score["value"], at, xerr=error, color="0.2", capsize=2, linewidth=1)
    own.axvline(chance, color="0.5", linestyle="--", linewidth=1)
    _names(own, titles, "here: top hit shows the same relation, x 10")
    ordered = sorted(paper.items(), key=lambda entry: -entry[1])
    for at, (name, value) in enumerate(ordered):
        kind = {"relsim": "relational"}.get(name, "ablation" if "tuned" in name else "attribute")
        theirs.barh(at, value, color=_KINDS[kind], height=0.66)
        theirs.text(value + 0.1, at, f"{value:.2f}", va="center", fontsize=8)
    _names(theirs, [name for name, _ in ordered], "paper: GPT-4o's mean for the top hit")
    own.set_xlim(0, 10)
    return _svg(figure)


def against_plot(rows: Sequence[Document], paper: Mapping[str, Sequence[float]]) -> str:
    """How often the tested method won, tied and lost against each other one, and the paper's study.

    Args:
        rows: Of ``figures.json``, those with an ``against``.
        paper: Per cent for relsim, neither, and the other, by the name of the baseline.
    """
    figure = new_figure(10.0, 0.36 * max(len(rows), len(paper)) + 1.3)
    own, theirs = figure.subplots(1, 2, sharex=True)
    shares = [
        [100 * row["against"][part]["value"] for part in ("wins", "ties", "losses")] for row in rows
    ]
    for panel, values, names, title in (
        (own, shares, [row["title"] for row in rows], "here, ground truth decides: % of queries"),
        (theirs, list(paper.values()), list(paper), "paper, people decide: % of answers"),
    ):
        for at, parts in enumerate(values):
            left = 0.0
            for value, colour in zip(parts, (_WINS, _TIES, _LOSSES), strict=True):
                panel.barh(at, value, left=left, color=colour, height=0.66)
                if value >= 8:
                    ink = "0.15" if colour == _TIES else "white"
                    panel.text(
                        left + value / 2, at, f"{value:.0f}", ha="center", va="center",
                        color=ink, fontsize=8,
                    )  # fmt: skip
                left += value
        _names(panel, names, title)
    own.set_xlim(0, 100)
    for colour, name in ((_WINS, "relsim"), (_TIES, "neither"), (_LOSSES, "the other")):
        theirs.barh(0, 0, color=colour, label=name)
    figure.legend(loc="outside upper right", ncols=3, fontsize=8, frameon=False)
    return _svg(figure)


def curves_plot(
    panels: Sequence[tuple[str, Sequence[tuple[str, Sequence[tuple[float, float]]]]]],
    by_chance: Mapping[str, float],
) -> str:
    """Figures against training steps.

    Args:
        panels: A title, and the lines in it: a name, and points of step and value.
        by_chance: What chance reaches, by a panel's title.
    """
    columns = min(3, len(panels))
    rows = -(-len(panels) // columns)
    figure = new_figure(3.4 * columns, 2.5 * rows)
    every = figure.subplots(rows, columns, squeeze=False).flatten()
    for panel, (title, lines) in zip(every, panels, strict=False):
        for colour, (name, points) in zip(COLOURS * 2, lines, strict=False):
            panel.plot(*zip(*points, strict=True), color=colour, linewidth=1.3, label=name)
        if math.isfinite(by_chance.get(title, math.nan)):
            panel.axhline(by_chance[title], color="0.5", linestyle="--", linewidth=1)
        panel.set_title(title, fontsize=9)
        panel.tick_params(labelsize=7)
        panel.grid(alpha=0.25)
        if len(lines) > 1:
            panel.legend(fontsize=6, frameon=False)
    for panel in every[len(panels) :]:
        panel.set_axis_off()
    return _svg(figure)


def _names(panel: Any, titles: Sequence[str], heading: str) -> None:
    panel.set_yticks(range(len(titles)), titles, fontsize=8)
    panel.invert_yaxis()
    panel.set_title(heading, fontsize=9)
    panel.tick_params(axis="x", labelsize=8)
    panel.grid(axis="x", alpha=0.25)
    panel.set_axisbelow(True)
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def _svg(figure: Figure) -> str:
    """The drawing alone, without the XML declaration."""
    text = svg_of(figure).decode()
    return text[text.index("<svg") :]
