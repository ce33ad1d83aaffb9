"""Renders what was measured of triplets as Markdown, beside the paper's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainer.evaluation.page import write_between_marks

PAPER = {
    "FLUX-Kontext": (0.28, 0.87, 0.71),
    "Bagel": (0.32, 0.79, 0.74),
    "Qwen-Image": (0.29, 0.86, 0.71),
    "GPT4o-Image": (0.47, 0.77, 0.82),
    "Nano-Banana": (0.41, 0.78, 0.84),
    "human example": (0.60, 0.66, 0.88),
}
"""The paper's means over 200 triplets (arXiv 2512.07833): LPIPS, CLIP, relsim (7B)."""

_HOW_TO_READ = (
    "A relational score says how alike the logic of output and input is; a copy has the highest of"
    " all, so it is read beside the look: LPIPS is high, and CLIP and look are low, where the"
    " output looks different. A good analogy is high in the first and different in the others."
)
_FEW = 10

_OTHERS = (
    "The paper's figures are of its own 200 triplets and, for relsim, of the 7B model: compare them"
    " with figures of that model on those triplets only."
)


def render_generation(figures: Mapping[str, Any], command: str) -> str:
    """A page.

    Args:
        figures: From `trainer.generation.measuring.measure_triplets`.
        command: What was called, to be repeated by the reader.
    """
    lines = [f"Measured by `{command}`.", "", _HOW_TO_READ, ""]
    lines += _table(figures)
    lines += ["", _counts(figures)]
    lines += [f"Not measured: {one['metric']}. {one['reason']}." for one in figures["left_out"]]
    lines += ["", "In the paper:", "", *_papers_table(), "", _OTHERS]
    return "\n".join(lines)


def write_generation_report(path: Path, figures: Mapping[str, Any], command: str) -> None:
    """Put the figures between the marks of a page, as `write_between_marks` does."""
    write_between_marks(path, render_generation(figures, command), "Analogical image generation")


def _table(figures: Mapping[str, Any]) -> list[str]:
    metrics: Sequence[Mapping[str, Any]] = figures["metrics"]
    titles = [_title(metric) for metric in metrics]
    lines = [_row(["generator", "inputs", "outputs", "copies", *titles]), _rule(4 + len(titles))]
    for name, found in figures["generators"].items():
        looked = any(row["is_copy"] is not None for row in figures["rows"])
        cells = [name, str(found["inputs"]), str(found["n"])]
        cells.append(str(found["copies"]) if looked else "not looked")
        lines.append(_row([*cells, *(_mean(found["means"][m["id"]]) for m in metrics)]))
    return lines


def _title(metric: Mapping[str, Any]) -> str:
    kind = "logic" if metric["measures"] == "relational" else "look"
    direction = "low is alike" if metric["closer"] == "low" else "high is alike"
    name = metric["title"] if metric["id"] != "attribute" else "attribute"
    return f"{name} ({kind}, {direction})"


def _mean(estimate: Mapping[str, Any]) -> str:
    if estimate["low"] is None:
        return f"{estimate['value']:.3f}"
    return f"{estimate['value']:.3f} [{estimate['low']:.3f}, {estimate['high']:.3f}]"


def _counts(figures: Mapping[str, Any]) -> str:
    failed = figures["failed"]
    text = (
        f"{figures['measured']} of {figures['triplets']} triplets. In brackets: 95 % intervals of a"
        " bootstrap over inputs. A copy has an attribute similarity of"
        f" {figures['copy_from']:.2f} or more."
    )
    few = [name for name, found in figures["generators"].items() if found["inputs"] < _FEW]
    if few:
        text += f" Fewer than {_FEW} inputs give too narrow intervals, and one gives none."
    if failed:
        text += f" {len(failed)} could not be read, first: {failed[0]['reason']}."
    return text


def _papers_table() -> list[str]:
    lines = [_row(["generator", "LPIPS", "CLIP", "relsim"]), _rule(4)]
    for name, values in PAPER.items():
        lines.append(_row([name, *(f"{value:.2f}" for value in values)]))
    return lines


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    """A text that ends no cell, no row and no comment, and is no HTML."""
    return " ".join(text.replace("<", "&lt;").replace("|", "\\|").split())


def _rule(columns: int) -> str:
    return "|" + "---|" * columns
