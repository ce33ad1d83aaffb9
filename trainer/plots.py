"""Figures of matplotlib without a window: PNG, and SVG whose bytes depend on the figure alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer.files import write_atomically

if TYPE_CHECKING:
    from matplotlib.figure import Figure

COLOURS: Final = ("#2b6cb0", "#dd6b20", "#2f855a", "#b83280", "#6b46c1", "#975a16", "#4a5568")
"""Lines and points of several things, in this order."""

_DOTS_PER_INCH: Final = 110


def new_figure(width: float, height: float) -> Figure:
    """An empty figure.

    Args:
        width: In inches.
        height: In inches.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def svg_of(figure: Figure) -> bytes:
    """The figure as an SVG file."""
    import matplotlib as mpl

    content = io.BytesIO()
    with mpl.rc_context({"svg.hashsalt": "relsim"}):
        figure.savefig(content, format="svg", metadata={"Date": None})
    return content.getvalue()


def write_figure(path: Path, figure: Figure) -> None:
    """Write the figure beside `path`, as a PNG and as an SVG.

    Raises:
        OSError: If it cannot be written.
    """
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=_DOTS_PER_INCH)
    write_atomically(path.with_suffix(".png"), content.getvalue())
    write_atomically(path.with_suffix(".svg"), svg_of(figure))
