"""What a run measured, as a picture, for TensorBoard and, where asked for, for Weights & Biases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from engine.errors import KnownError
from trainer.files import write_atomically


def draw_curves(path: Path, metrics: Sequence[Mapping[str, float]]) -> None:
    """Draw every figure against the steps, a panel each, with what chance reaches as a dashed line.

    Args:
        path: Of the PNG.
        metrics: Lines with ``step`` and figures; not every line has every figure.
    """
    import io

    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    known = dict.fromkeys(name for line in metrics for name in line if name != "step")
    names = [name for name in known if _CHANCE not in name]
    if not names:
        return
    columns = min(3, len(names))
    rows = -(-len(names) // columns)
    figure = Figure(figsize=(4.2 * columns, 2.8 * rows), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(rows, columns, squeeze=False).flatten()
    for panel, name in zip(panels, names, strict=False):
        points = [(line["step"], line[name]) for line in metrics if name in line]
        marker = "o" if len(points) <= 40 else ""
        panel.plot(*zip(*points, strict=True), marker=marker, markersize=3, linewidth=1.2)
        by_chance = [line[chance] for line in metrics if (chance := _chance_of(name)) in line]
        if by_chance:
            panel.axhline(by_chance[-1], color="0.5", linestyle="--", linewidth=1)
        panel.set_title(name.replace("_", " "), fontsize=10)
        panel.set_xlabel("step", fontsize=8)
        panel.tick_params(labelsize=8)
        panel.grid(alpha=0.25)
    for panel in panels[len(names) :]:
        panel.set_axis_off()
    content = io.BytesIO()
    figure.savefig(content, format="png", dpi=110)
    write_atomically(path, content.getvalue())


def _chance_of(name: str) -> str:
    """The name of the figure that says what chance reaches of another."""
    group, _, own = name.rpartition("/")
    return f"{group}/{_CHANCE}{own}"


_CHANCE = "chance_"


class Dashboards:
    """Sends figures to TensorBoard and to Weights & Biases. A context manager.

    Args:
        folder: Of TensorBoard's files.
        step: Steps done before; what TensorBoard has of later ones is hidden.
        wandb: Project at Weights & Biases, or None to leave it alone.

    Raises:
        KnownError: If Weights & Biases is asked for and not installed.
    """

    def __init__(self, folder: Path, step: int, wandb: str | None) -> None:
        from torch.utils.tensorboard.writer import SummaryWriter

        self._wandb: Any = None
        if wandb is not None:
            try:
                import wandb as service  # type: ignore[import-not-found,unused-ignore]
            except ImportError:
                raise KnownError(
                    "loop.wandb is set, but Weights & Biases is not installed: pip install wandb,"
                    " or remove the setting. TensorBoard and curves.png need nothing"
                ) from None
            self._wandb = service.init(project=wandb, dir=folder.parent)
        self._board: Any = SummaryWriter(str(folder), purge_step=step + 1)

    def add(self, step: int, figures: Mapping[str, float]) -> None:
        """Send the figures of a step."""
        for name, value in figures.items():
            self._board.add_scalar(name, value, step)
        if self._wandb is not None:
            self._wandb.log(dict(figures), step=step)

    def __enter__(self) -> Self:
        """Does nothing."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Send what is left."""
        self._board.close()
        if self._wandb is not None:
            self._wandb.finish()
