from __future__ import annotations

from pathlib import Path

from PIL import Image

from trainer.training.curves import draw_curves

METRICS = [
    {"step": 0, "held_out/found": 0.1, "held_out/chance_found": 0.1},
    {"step": 1, "loss": 2.0},
    {"step": 2, "loss": 1.0, "held_out/found": 0.6, "held_out/chance_found": 0.1},
]


def drawn(path: Path, metrics: list[dict[str, float]]) -> Image.Image:
    draw_curves(path, metrics)
    with Image.open(path) as picture:
        return picture.convert("RGB")


def test_chance_is_a_line_in_the_panel_of_its_figure(tmp_path: Path) -> None:
    with_chance = drawn(tmp_path / "a.png", METRICS)
    bare = [{n: v for n, v in line.items() if "chance" not in n} for line in METRICS]
    without = drawn(tmp_path / "b.png", bare)
    assert with_chance.size == without.size  # no panel of its own
    assert with_chance.tobytes() != without.tobytes()


def test_a_run_that_measured_nothing_has_no_curves(tmp_path: Path) -> None:
    draw_curves(tmp_path / "none.png", [])
    assert not (tmp_path / "none.png").exists()
