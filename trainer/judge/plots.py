"""A judge's figures as two plots, like the paper's figure 6: methods, and ranks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import KnownError
from trainer.judge.ledger import HIGHEST
from trainer.judge.report import PAPER, is_truth
from trainer.plots import COLOURS, new_figure, write_figure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

METHODS_PLOT, RANKS_PLOT = "methods", "ranks"
_RELATIONAL, _ATTRIBUTE = "#2b6cb0", "#dd6b20"
_MARKERS = "os^Dv*P"


def write_judge_plots(folder: Path, figures: Mapping[str, Any]) -> None:
    """Draw the mean of each method beside the paper's, and by rank, each as a PNG and an SVG.

    Args:
        folder: Made if it is not there.
        figures: From `trainer.judge.figures.judge_figures`.

    Raises:
        KnownError: If the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_figure(folder / METHODS_PLOT, _methods(figures))
        if figures["k"] > 1:
            write_figure(folder / RANKS_PLOT, _ranks(figures))
    except OSError as error:
        raise KnownError(f"Cannot write into {folder}: {error.strerror or error}") from error


def _methods(figures: Mapping[str, Any]) -> Figure:
    """A bar a method, lowest first, with its interval, and the paper's bar beside it."""
    methods = sorted(
        (method for method in figures["methods"] if method["first"] is not None),
        key=lambda method: float(method["first"]["value"]),
    )
    paper = [] if is_truth(figures) else [(at, m["paper"]) for at, m in enumerate(methods)]
    known = [(at, value) for at, value in paper if value is not None]
    width = 0.42 if known else 0.62
    figure = new_figure(1.6 + 1.0 * max(3, len(methods)), 4.2)
    panel = figure.subplots()
    for measures, colour in (("relational", _RELATIONAL), ("attribute", _ATTRIBUTE)):
        some = [(at, m) for at, m in enumerate(methods) if m["measures"] == measures]
        if some:
            places = [at - (width / 2 if known else 0) for at, _ in some]
            found = [method["first"] for _, method in some]
            label = f"{measures} similarity, here"
            _bars(panel, places, found, width=width, label=label, colour=colour)
    if known:
        bars = panel.bar(
            [at + width / 2 for at, _ in known],
            [value for _, value in known],
            width=width,
            color="0.92",
            edgecolor="0.45",
            hatch="///",
            label="in the paper",
        )
        panel.bar_label(bars, fmt="%.2f", fontsize=7, color="0.35", padding=2)
        figure.supxlabel(f"Paper: {PAPER}; other judge and pictures", fontsize=7)
    panel.set_xticks(range(len(methods)), [m["title"] for m in methods], fontsize=8, rotation=20)
    panel.set_ylabel(_axis(figures), fontsize=9)
    panel.set_ylim(0, HIGHEST)
    panel.grid(axis="y", alpha=0.25)
    panel.set_axisbelow(True)
    if methods:
        panel.legend(fontsize=8, loc="upper left")
    return figure


def _bars(
    panel: Axes,
    places: Sequence[float],
    found: Sequence[Mapping[str, Any]],
    *,
    width: float,
    label: str,
    colour: str,
) -> None:
    values = [one["value"] for one in found]
    bars = panel.bar(
        places, values, yerr=_errors(found), width=width, color=colour, capsize=3, label=label
    )
    panel.bar_label(bars, fmt="%.2f", label_type="center", color="w", fontsize=8)


def _ranks(figures: Mapping[str, Any]) -> Figure:
    """A curve a method over the ranks of its hits."""
    figure = new_figure(8.0, 4.2)
    panel = figure.subplots()
    methods = figures["methods"]
    for number, method in enumerate(methods):
        found = [(rank + 1, one) for rank, one in enumerate(method["ranks"]) if one is not None]
        if not found:
            continue
        shift = (number - (len(methods) - 1) / 2) * 0.3 / len(methods)
        panel.errorbar(
            [rank + shift for rank, _ in found],
            [one["value"] for _, one in found],
            yerr=_errors([one for _, one in found]),
            color=COLOURS[number % len(COLOURS)],
            marker=_MARKERS[(number + number // len(COLOURS)) % len(_MARKERS)],
            linestyle="-" if number < len(COLOURS) else "--",
            markersize=4,
            capsize=2,
            linewidth=1,
            label=method["title"],
        )
    panel.set_xticks(range(1, figures["k"] + 1))
    panel.set_xlabel("rank of the hit", fontsize=9)
    panel.set_ylabel(_axis(figures), fontsize=9)
    panel.set_ylim(0, HIGHEST)
    panel.grid(axis="y", alpha=0.25)
    if any(one is not None for method in methods for one in method["ranks"]):
        figure.legend(fontsize=8, loc="outside right upper")
    return figure


def _axis(figures: Mapping[str, Any]) -> str:
    return "10 if the relation is the same, else 0" if is_truth(figures) else "score of the judge"


def _errors(found: Sequence[Mapping[str, Any]]) -> list[list[float]]:
    return [
        [max(0.0, one["value"] - one["low"]) for one in found],
        [max(0.0, one["high"] - one["value"]) for one in found],
    ]
