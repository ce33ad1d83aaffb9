"""The benchmark's figures as two plots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import KnownError
from trainer.plots import COLOURS, new_figure, write_figure
from trainer.relbench.annotations import CONDITIONS
from trainer.relbench.figures import CHANCE
from trainer.relbench.report import CONDITION_TITLES, SPLIT_TITLES
from trainer.relbench.rows import ATTRIBUTE, FLOOR, REFERENCE, RELATIONAL

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CONDITIONS_PLOT, FAMILIES_PLOT = "conditions", "families"
_MARKERS = {RELATIONAL: "o", ATTRIBUTE: "s", FLOOR: "x", REFERENCE: "D"}


def write_plots(folder: Path, figures: Mapping[str, Any]) -> None:
    """Draw accuracy by condition, and by family in conflicts, each as a PNG and an SVG.

    Args:
        folder: Made if it is not there.
        figures: From `trainer.relbench.suite.run_suite`.

    Raises:
        KnownError: If the folder cannot be written.
    """
    splits = {
        name: (split, figures[part]["rows"])
        for part in ("drawn", "real")
        if part in figures
        for name, split in figures[part]["splits"].items()
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_figure(folder / CONDITIONS_PLOT, _conditions(splits))
        write_figure(folder / FAMILIES_PLOT, _families(splits, figures["models"][0]["name"]))
    except OSError as error:
        raise KnownError(f"Cannot write into {folder}: {error.strerror or error}") from error


def _conditions(splits: Mapping[str, tuple[Mapping[str, Any], Mapping[str, str]]]) -> Figure:
    """A panel a split: conditions across, a point with its interval for every row."""
    figure = new_figure(3.4 * len(splits) + 2.6, 4.2)
    panels = figure.subplots(1, len(splits), squeeze=False, sharey=True)[0]
    styles: dict[str, tuple[str, str]] = {}
    for panel, (name, (split, kinds)) in zip(panels, splits.items(), strict=True):
        table = {row: found for row, found in split["triplets"].items() if row != CHANCE}
        there = [one for one in CONDITIONS if any(one in row for row in table.values())]
        for number, (row, found) in enumerate(table.items()):
            colour = COLOURS[len(styles) % len(COLOURS)]
            style = styles.setdefault(row, (colour, _MARKERS[kinds.get(row, REFERENCE)]))
            shift = (number - (len(table) - 1) / 2) * 0.8 / len(table)
            points = [(at + shift, found[one]) for at, one in enumerate(there) if one in found]
            _points(panel, points, row, style)
        panel.set_title(SPLIT_TITLES[name].replace(" of relations", ""), fontsize=9)
        titles = ["\n".join(CONDITION_TITLES[one].rsplit(" ", 1)) for one in there]
        panel.set_xticks(range(len(there)), titles, fontsize=8)
        panel.axhline(0.5, color="0.5", linestyle="--", linewidth=1)
        panel.grid(axis="y", alpha=0.25)
    panels[0].set_ylabel("triplets answered rightly", fontsize=9)
    panels[0].set_ylim(0, 1.02)
    labelled: dict[str, Any] = {}
    for panel in panels:
        handles, labels = panel.get_legend_handles_labels()
        labelled |= dict(zip(labels, handles, strict=True))
    figure.legend(labelled.values(), labelled.keys(), loc="outside right upper", fontsize=8)
    return figure


def _points(
    panel: Axes, points: Sequence[tuple[float, Mapping[str, Any]]], row: str, style: tuple[str, str]
) -> None:
    colour, marker = style
    values = [one["value"] for _, one in points]
    below = [max(0.0, one["value"] - one["low"]) for _, one in points]
    above = [max(0.0, one["high"] - one["value"]) for _, one in points]
    panel.errorbar(
        [at for at, _ in points],
        values,
        yerr=[below, above],
        fmt=marker,
        color=colour,
        markersize=4,
        capsize=2,
        linewidth=1,
        label=row,
    )


def _families(
    splits: Mapping[str, tuple[Mapping[str, Any], Mapping[str, str]]], model: str
) -> Figure:
    """A panel a split: families downwards, the first model's accuracy in conflicts across."""
    tables = {
        name: split["families"]["conflict"]
        for name, (split, _) in splits.items()
        if "conflict" in split["families"]
    }
    rows = [f"{model} {kind}" for kind in (RELATIONAL, ATTRIBUTE)]
    heights = [max(2, len(table[rows[0]])) for table in tables.values()]
    figure = new_figure(7.5, 0.26 * sum(heights) + 0.9 * len(heights) + 0.6)
    panels = figure.subplots(
        max(1, len(tables)), 1, squeeze=False, sharex=True, height_ratios=heights or None
    )[:, 0]
    for panel, (name, table) in zip(panels, tables.items(), strict=False):
        families = sorted(table[rows[0]], key=lambda family: table[rows[0]][family]["value"])
        for row, colour, marker in zip(rows, COLOURS, ("o", "s"), strict=False):
            found = [(at, table[row][one]) for at, one in enumerate(families) if row in table]
            for at, one in found:
                panel.plot([one["low"], one["high"]], [at, at], color=colour, linewidth=1)
            if found:
                values = [one["value"] for _, one in found]
                panel.plot(values, [at for at, _ in found], marker, color=colour, label=row)
        panel.set_yticks(range(len(families)), families, fontsize=8)
        panel.set_ylim(-0.7, len(families) - 0.3)
        panel.set_title(f"{SPLIT_TITLES[name]}: look against logic", fontsize=9)
        panel.axvline(0.5, color="0.5", linestyle="--", linewidth=1)
        panel.grid(axis="x", alpha=0.25)
    panels[-1].set_xlim(0, 1.02)
    panels[-1].set_xlabel("triplets answered rightly", fontsize=9)
    if tables:
        panels[0].legend(fontsize=8, loc="lower left")
    return figure
