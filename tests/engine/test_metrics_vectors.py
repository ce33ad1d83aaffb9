"""Metrics that compare by vectors, each held to the one interface, on models made on the spot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import transformers
from golden_files import golden
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image
from tiny_metric_models import make_clip, make_dino, noise
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.metrics import captions
from engine.metrics.captions import PlainCaptioner
from engine.metrics.catalogue import load_metric
from engine.metrics.interface import EmbeddingMetric
from engine.models.manager import ModelManager
from engine.models.registry import load_embedder
from engine.models.text import TextEncoder
from engine.service import Engine

BASE, RELSIM = (golden("relsim-tiny", name) for name in ("base", "relsim"))
NAMES = ("relsim-mini", "attribute", "clip-i", "dino", "clip-t", "qwen-t", "relsim")
PICTURES = noise((40, 40), (61, 47), (37, 100), (250, 90))


@pytest.fixture(scope="module")
def towers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("towers")
    return {"clip": make_clip(folder / "clip"), "dino": make_dino(folder / "dino")}


def load(name: str, towers: dict[str, Path]) -> EmbeddingMetric:
    places: dict[str, dict[str, Any]] = {
        "clip-i": {"folder": towers["clip"]},
        "dino": {"folder": towers["dino"]},
        "clip-t": {"folder": towers["clip"], "base": BASE},
        "qwen-t": {"folder": BASE},
        "relsim": {"folder": RELSIM, "base": BASE},
    }
    metric = load_metric(name, ModelManager(), **places.get(name, {}))
    assert isinstance(metric, EmbeddingMetric)
    return metric


@pytest.fixture(scope="module")
def loaded(towers: dict[str, Path]) -> Iterator[Callable[[str], EmbeddingMetric]]:
    """Each metric, loaded once; captions of a random model are kept short."""
    metrics: dict[str, EmbeddingMetric] = {}

    def get(name: str) -> EmbeddingMetric:
        if name not in metrics:
            metrics[name] = load(name, towers)
        return metrics[name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(captions, "_TOKENS", 6)
        yield get
    for metric in metrics.values():
        metric.close()


@pytest.fixture(params=NAMES)
def metric(
    request: pytest.FixtureRequest, loaded: Callable[[str], EmbeddingMetric]
) -> EmbeddingMetric:
    return loaded(request.param)


def test_a_score_is_the_product_of_unit_vectors(metric: EmbeddingMetric) -> None:
    rows = metric.embed(PICTURES)
    assert rows.dtype == np.float32
    assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)
    asked = metric.embed_queries(PICTURES[:1])[0]
    scores = metric.scores(PICTURES[0], PICTURES)
    assert scores.shape == (4,)
    assert_allclose(scores, rows @ asked, atol=1e-5)
    assert metric.score(PICTURES[0], PICTURES[2]) == pytest.approx(scores[2], abs=1e-5)
    assert np.ptp(scores) > 1e-4, "it tells pictures apart"
    assert metric.scores(PICTURES[0], []).shape == (0,)


def test_a_picture_is_closest_to_itself_and_both_ways_are_one(metric: EmbeddingMetric) -> None:
    a, b = PICTURES[1], PICTURES[3]
    if metric.spec.id == "clip-t":  # a caption is compared with pictures
        assert metric.score(a, a) < 0.9
        assert abs(metric.score(a, b) - metric.score(b, a)) > 1e-4
        return
    assert metric.score(a, a) == pytest.approx(1, abs=1e-6)
    assert metric.score(a, b) == pytest.approx(metric.score(b, a), abs=1e-5)
    assert metric.score(a, b) < 1 - 1e-4


def test_other_pictures_of_a_batch_change_nothing(metric: EmbeddingMetric) -> None:
    together = metric.embed(PICTURES)
    alone = np.concatenate([metric.embed([picture]) for picture in PICTURES])
    assert_allclose(together, alone, atol=2e-5)
    assert_array_equal(metric.embed(PICTURES[:1]), alone[:1])


def test_a_cancelled_job_ends_it(metric: EmbeddingMetric) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        metric.embed(PICTURES, control)


def test_the_fingerprint_tells_weights_apart(
    loaded: Callable[[str], EmbeddingMetric], towers: dict[str, Path], tmp_path: Path
) -> None:
    fingerprints = {name: loaded(name).fingerprint for name in NAMES}
    assert len(set(fingerprints.values())) == len(fingerprints)
    assert load("clip-i", towers).fingerprint == fingerprints["clip-i"]
    other = {"clip": make_clip(tmp_path / "clip", seed=2)}
    assert load("clip-i", towers | other).fingerprint != fingerprints["clip-i"]


def test_progress_counts_pictures_where_there_are_many(
    loaded: Callable[[str], EmbeddingMetric],
) -> None:
    metric, control = loaded("dino"), JobControl()
    metric.embed(PICTURES, control)
    assert control.progress.total is None, "a pair is no progress worth a report"
    metric.embed(PICTURES * 5, control)
    assert (control.progress.phase, control.progress.done, control.progress.total) == (
        "DINO",
        16,
        20,
    )


def test_clip_i_is_clips_own_image_embedding(
    loaded: Callable[[str], EmbeddingMetric], towers: dict[str, Path]
) -> None:
    model: Any = transformers.CLIPModel.from_pretrained(towers["clip"]).eval()
    processor = CLIPImageProcessorPil.from_pretrained(towers["clip"])
    with torch.no_grad():
        seen = [
            model.visual_projection(
                model.vision_model(**processor(p, return_tensors="pt")).pooler_output
            )
            for p in PICTURES
        ]
    wanted = torch.nn.functional.normalize(torch.cat(seen), dim=-1).numpy()
    assert_allclose(loaded("clip-i").embed(PICTURES), wanted, atol=1e-5)


def test_dino_is_the_class_token(
    loaded: Callable[[str], EmbeddingMetric], towers: dict[str, Path]
) -> None:
    model: Any = transformers.Dinov2Model.from_pretrained(towers["dino"]).eval()
    processor = BitImageProcessorPil.from_pretrained(towers["dino"])
    with torch.no_grad():
        seen = [
            model(**processor(p, return_tensors="pt")).last_hidden_state[:, 0] for p in PICTURES
        ]
    wanted = torch.nn.functional.normalize(torch.cat(seen), dim=-1).numpy()
    assert_allclose(loaded("dino").embed(PICTURES), wanted, atol=1e-5)


def test_the_captioned_metrics_compare_what_the_plain_model_says(
    loaded: Callable[[str], EmbeddingMetric], towers: dict[str, Path]
) -> None:
    captioner = PlainCaptioner(BASE)
    said = captioner.captions(PICTURES, JobControl())
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):  # at a word
        captioner.captions(PICTURES, control)
    captioner.close()
    assert len(set(said)) > 1, "the base looks at the picture"

    assert_allclose(loaded("qwen-t").embed(PICTURES), TextEncoder().encode(said), atol=1e-5)

    model: Any = transformers.CLIPModel.from_pretrained(towers["clip"]).eval()
    tokenizer: Any = transformers.AutoTokenizer.from_pretrained(towers["clip"])
    with torch.no_grad():
        read = [
            model.text_projection(
                model.text_model(
                    **tokenizer(text, return_tensors="pt", truncation=True, max_length=24)
                ).pooler_output
            )
            for text in said
        ]
    wanted = torch.nn.functional.normalize(torch.cat(read), dim=-1).numpy()
    metric = loaded("clip-t")
    assert_allclose(metric.embed_queries(PICTURES), wanted, atol=1e-5)
    assert_allclose(metric.embed(PICTURES), loaded("clip-i").embed(PICTURES), atol=1e-5)


def test_the_small_models_metrics_are_what_a_library_scores(
    loaded: Callable[[str], EmbeddingMetric], engine: Engine, pictures: Path
) -> None:
    a, b = pictures / "ring-crimson.png", pictures / "grid-seagreen.png"
    shown = [Image.open(path).convert("RGB") for path in (a, b)]
    score = engine.score(a, b)
    assert loaded("relsim-mini").score(*shown) == pytest.approx(score.relational, abs=1e-5)
    assert loaded("attribute").score(*shown) == pytest.approx(score.attribute, abs=1e-5)
    embedder = load_embedder()
    prepared = embedder.prepare(PICTURES[0])
    wanted = embedder.embed([prepared]).relational
    assert_allclose(loaded("relsim-mini").embed(PICTURES[:1]), wanted, atol=1e-6)


def test_a_damaged_tower_is_refused_in_a_sentence(towers: dict[str, Path], tmp_path: Path) -> None:
    folder = make_dino(tmp_path / "dino")
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match=r"is not a whole DINOv2 large: .* bytes instead of"):
        load("dino", {"dino": folder, "clip": towers["clip"]})
    with pytest.raises(ModelError, match="describes 'clip', not 'dinov2'"):
        load("dino", {"dino": towers["clip"], "clip": towers["clip"]})
