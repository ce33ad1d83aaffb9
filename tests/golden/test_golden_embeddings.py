"""Embeddings against those that the released code computed."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest
from golden_files import golden
from golden_images import NAMES, image
from large_models import captioner_spec, load_base, relsim_spec
from PIL import Image

from engine.models import relsim_vl
from engine.models.captioner import AnonymousCaptioner
from engine.models.large import LargeModel
from engine.models.preparation import Preparation
from engine.models.relsim_vl import RelsimEmbedder
from engine.types import Float32

BOUND = 1e-5

Embedders = Callable[[Preparation], RelsimEmbedder]


@pytest.fixture(scope="module")
def rows() -> dict[tuple[str, int | None], np.ndarray]:
    """The golden embeddings by image and size; None is native."""
    content = json.loads(golden("embeddings.json").read_text())
    found = {
        (row["image"].removesuffix(".jpg"), row["size"]): np.asarray(row["embedding"])
        for row in content["rows"]
    }
    assert len(found) == len(content["rows"]) == 14
    return found


def names(rows: dict[tuple[str, int | None], np.ndarray]) -> list[str]:
    return sorted({name for name, _ in rows})


def test_every_native_embedding(
    rows: dict[tuple[str, int | None], np.ndarray], native_vectors: dict[str, Float32]
) -> None:
    for name in names(rows):
        assert np.abs(native_vectors[name] - rows[name, None]).max() < BOUND, name


@pytest.fixture(scope="module")
def small_vectors(embedders: Embedders) -> dict[str, Float32]:
    """Each golden image squashed to 448 pixels a side, embedded alone."""
    squash = embedders("squash448")
    return {name: squash.embed([squash.prepare(image(name))]).relational[0] for name in NAMES}


def test_every_embedding_at_448(
    rows: dict[tuple[str, int | None], np.ndarray],
    small_vectors: dict[str, Float32],
    embedders: Embedders,
) -> None:
    for name in names(rows):
        assert np.abs(small_vectors[name] - rows[name, 448]).max() < BOUND, name
        resized = image(name).resize((448, 448), Image.Resampling.LANCZOS)
        by_size = embedders("native").prepare(resized)
        assert np.array_equal(by_size, embedders("squash448").prepare(image(name)))


def test_scores_between_any_two_images(
    rows: dict[tuple[str, int | None], np.ndarray],
    native_vectors: dict[str, Float32],
    small_vectors: dict[str, Float32],
) -> None:
    ours = {(name, None): vector for name, vector in native_vectors.items()}
    ours |= {(name, 448): vector for name, vector in small_vectors.items()}
    for a, b in combinations(rows, 2):
        assert float(ours[a] @ ours[b]) == pytest.approx(float(rows[a] @ rows[b]), abs=BOUND)


def test_a_mixed_batch_whose_rows_are_filled_up(
    rows: dict[tuple[str, int | None], np.ndarray],
    embedders: Embedders,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(relsim_vl, "_LEAST_FILL", 0.0)
    native = embedders("native")
    monkeypatch.setattr(native, "_limits", {"cpu": 1 << 20})
    passes = watch_passes(native, monkeypatch)
    wanted, prepared = [], []
    for name in NAMES[:3]:
        small = image(name).resize((448, 448), Image.Resampling.LANCZOS)
        prepared.append(native.prepare(small))
        wanted.append(rows[name, 448])
    prepared.insert(3, native.prepare(image("mam2")))
    wanted.insert(3, rows["mam2", None])
    vectors = native.embed(prepared).relational
    assert passes == [4]
    assert native._base.rules.tokens(prepared[3]) > 2 * 256
    assert np.abs(vectors - np.stack(wanted)).max() < BOUND


def test_a_mixed_batch_of_many_shapes_equals_each_alone(
    embedders: Embedders, monkeypatch: pytest.MonkeyPatch
) -> None:
    native = embedders("native")
    sizes = [(56, 56), (300, 84), (28, 300), (253, 199), (1, 150)]
    prepared = [native.prepare(image("mam2").resize(size)) for size in sizes]
    alone = np.concatenate([native.embed([pixels]).relational for pixels in prepared])
    monkeypatch.setattr(relsim_vl, "_LEAST_FILL", 0.0)
    monkeypatch.setattr(native, "_limits", {"cpu": 1 << 20})
    passes = watch_passes(native, monkeypatch)
    assert np.abs(native.embed(prepared).relational - alone).max() < BOUND
    assert passes == [len(sizes)]


def watch_passes(embedder: RelsimEmbedder, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Sizes of the batches that go through the model from now on."""
    passes: list[int] = []
    forward = embedder._forward
    monkeypatch.setattr(
        embedder, "_forward", lambda pictures: passes.append(len(pictures)) or forward(pictures)
    )
    return passes


def test_the_training_step_s_embeddings(embedders: Embedders) -> None:
    step = json.loads(golden("training_step.json").read_text())
    square = embedders("square448")
    decoded = [image(name, "square448") for name in step["order"]]
    vectors = square.embed([square.prepare(picture) for picture in decoded]).relational
    assert np.abs(vectors - np.asarray(step["embeddings"])).max() < BOUND


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_switching_checkpoints_leaves_no_trace(precision: str) -> None:
    base = load_base(writes=True, precision=precision)  # type: ignore[arg-type]
    large = LargeModel(
        base,
        RelsimEmbedder.load(relsim_spec(preparation="native"), base, shares=True),
        AnonymousCaptioner.load(captioner_spec(), base),
    )
    embedder, captioner = large.embedder, large.captioner
    assert embedder is not None
    assert captioner is not None
    prepared = [embedder.prepare(image("mam2").resize((112, 140)))]
    first = embedder.embed(prepared).relational
    said, sure = captioner.generate(prepared, max_tokens=3)
    for _ in range(2):
        assert np.array_equal(embedder.embed(prepared).relational, first)
        again, equally = captioner.generate(prepared, max_tokens=3)
        assert again.tolist() == said.tolist()
        assert equally.tolist() == sure.tolist()
    assert np.array_equal(embedder.embed(prepared).relational, first)
    large.close()


def test_an_embedder_that_shares_its_base_equals_one_that_does_not(embedders: Embedders) -> None:
    base = load_base()
    alone = RelsimEmbedder.load(relsim_spec(preparation="native"), base)
    prepared = [alone.prepare(image("mam3").resize((84, 112)))]
    expected = embedders("native").embed(prepared).relational
    assert np.array_equal(alone.embed(prepared).relational, expected)
    base.close()


def test_bfloat16_stays_near(rows: dict[tuple[str, int | None], np.ndarray]) -> None:
    base = load_base(precision="bfloat16")
    embedder = RelsimEmbedder.load(relsim_spec(preparation="squash448"), base)
    vectors = embedder.embed([embedder.prepare(image(name)) for name in names(rows)]).relational
    wanted = np.stack([rows[name, 448] for name in names(rows)])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(wanted)), abs=1e-5)
    assert (vectors * wanted).sum(axis=1).min() > 0.99
    base.close()
