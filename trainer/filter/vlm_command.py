"""What ``relsim-train filter train`` runs for a VLM filter."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.errors import KnownError
from trainer.config import config_digest, load_config
from trainer.progress import Reporter


def train(
    config: str | Path,
    changes: Sequence[str],
    out: Path,
    work: Path | None,
    reporter: Reporter,
) -> dict[str, Any]:
    """Train a VLM filter.

    Args:
        config: A TOML file, or the bare name of one that ships, with ``recipe = "vlm"``.
        changes: ``table.key=value`` each, instead of what the configuration says.
        out: Gets the filter.
        work: Of the run; None for one in ``runs`` that is named by the settings.
        reporter: Gets the progress.

    Returns:
        The held-out figures.

    Raises:
        KnownError: If the configuration has mistakes, or training cannot begin.
    """
    from trainer.filter.vlm_training import VlmFilterConfig, train_vlm_filter

    settings = load_config(VlmFilterConfig, config, changes)
    work = work or Path("runs") / f"filter-vlm-{config_digest(settings)}"
    made = work / "model"
    if out.exists() and any(out.iterdir()) and not (out / "filter.json").is_file():
        raise KnownError(f"{out} holds something else: name another folder with --out")
    figures = train_vlm_filter(settings, work, reporter)
    if int(os.environ.get("RANK", "0")) == 0:
        shutil.copytree(made, out, dirs_exist_ok=True)
        reporter.note(f"Wrote {out}")
    return figures
