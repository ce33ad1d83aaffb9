"""A tuned CLIP or DINOv2 that the trainer wrote is a metric that gives the trainer's vectors."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from numpy.testing import assert_allclose
from tiny_metric_models import make_clip, make_dino, noise

from engine.errors import ModelError
from engine.metrics.catalogue import load_metric, metric_states
from engine.metrics.interface import EmbeddingMetric
from engine.models.manager import ModelManager
from engine.models.tower import Recipe
from trainer.contrastive.vision_model import VisionModel
from trainer.vlm.base import BaseSettings
from trainer.vlm.lora import LoraSettings

PICTURES = noise((40, 40), (61, 47), (37, 100))


def tuned(
    folder: Path, recipe: Recipe, trains: str = "lora", numbers: str = "float32"
) -> tuple[VisionModel, Path]:
    """A model in the middle of training, and its checkpoint."""
    tower = (make_clip if recipe == "clip" else make_dino)(folder / "tower")
    settings = BaseSettings(str(tower), trains, numbers)  # type: ignore[arg-type]
    lora = LoraSettings(rank=4, alpha=8, dropout=0.0)
    model = VisionModel(tower, recipe, settings, lora, seed=0, checkpointing=False)
    torch.manual_seed(3)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.add_(0.1 * torch.randn_like(parameter))
    trained = {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}
    model.export(folder / "model", trained, settings)
    return model.eval(), folder / "model"


@pytest.mark.parametrize("recipe", ["clip", "dino"])
@pytest.mark.parametrize("trains", ["lora", "everything"])
def test_its_vectors_are_the_trainers(recipe: Recipe, trains: str, tmp_path: Path) -> None:
    model, folder = tuned(tmp_path, recipe, trains)
    with torch.no_grad():
        wanted = model([model.prepare(picture) for picture in PICTURES]).numpy()
    metric = load_metric(f"{recipe}-tuned", ModelManager(), folder=folder)
    assert isinstance(metric, EmbeddingMetric)
    assert (metric.spec.measures, metric.spec.closer) == ("relational", "high")
    assert_allclose(metric.embed(PICTURES), wanted, atol=2e-6)
    assert metric.score(PICTURES[0], PICTURES[1]) == pytest.approx(wanted[0] @ wanted[1], abs=1e-5)
    by_folder = load_metric(folder, ModelManager())
    assert (by_folder.spec.id, by_folder.spec.paper) == ("model", None)
    assert by_folder.score(PICTURES[0], PICTURES[1]) == metric.score(PICTURES[0], PICTURES[1])


def test_what_was_trained_in_bfloat16_is_computed_exactly(tmp_path: Path) -> None:
    model, folder = tuned(tmp_path, "dino", numbers="bfloat16")
    with torch.no_grad():
        coarse = model([model.prepare(picture) for picture in PICTURES]).numpy()
    metric = load_metric("dino-tuned", ModelManager(), folder=folder)
    assert isinstance(metric, EmbeddingMetric)
    assert_allclose(metric.embed(PICTURES), coarse, atol=0.02)


def test_a_checkpoint_is_ready_where_its_base_is(tmp_path: Path) -> None:
    _, folder = tuned(tmp_path, "clip")
    manager = ModelManager()

    def problem() -> str | None:
        states = metric_states(manager, {"clip-tuned": folder, "dino-tuned": folder})
        said = {state.spec.id: state.problem for state in states}
        assert "is a tuned CLIP, not a tuned DINOv2" in str(said["dino-tuned"])
        return said["clip-tuned"]

    assert problem() is None
    (tmp_path / "tower").rename(tmp_path / "moved")
    assert "was trained on is not here" in str(problem())
    with pytest.raises(ModelError, match="was trained on is not here"):
        load_metric("clip-tuned", manager, folder=folder)
    load_metric("clip-tuned", manager, folder=folder, base=tmp_path / "moved").close()


def test_a_projection_of_another_base_is_refused(tmp_path: Path) -> None:
    _, folder = tuned(tmp_path, "clip")
    (folder / "projection.safetensors").write_bytes(b"rubbish")
    with pytest.raises(ModelError, match=r"projection\.safetensors is damaged"):
        load_metric("clip-tuned", ModelManager(), folder=folder)
