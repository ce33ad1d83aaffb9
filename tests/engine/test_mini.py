from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engine.models.registry import load_embedder
from engine.types import Embedder, UInt8


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(threads=1)


def picture(*, grid: bool, colour: str, ground: str, shape: str) -> Image.Image:
    """Twelve small shapes in a regular grid, or a single large one."""
    image = Image.new("RGB", (400, 300), ground)
    draw = ImageDraw.Draw(image)
    put = draw.ellipse if shape == "disc" else draw.rectangle
    if grid:
        for x in range(50, 400, 100):
            for y in range(50, 300, 100):
                put((x - 30, y - 30, x + 30, y + 30), fill=colour)
    else:
        put((80, 40, 300, 260), fill=colour)
    return image


def noise(count: int) -> list[UInt8]:
    generator = np.random.default_rng(0)
    return [generator.integers(0, 256, (224, 224, 3), dtype=np.uint8) for _ in range(count)]


def test_vectors_have_the_promised_form(embedder: Embedder) -> None:
    vectors = embedder.embed(noise(3))
    assert vectors.relational.shape == (3, embedder.fingerprint.dimension)
    assert vectors.attribute.shape == (3, embedder.attribute_fingerprint.dimension)
    for rows in vectors:
        assert rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_a_picture_has_the_same_vectors_in_any_company(embedder: Embedder) -> None:
    batch = noise(embedder.batch_size + 1)
    together = embedder.embed(batch)
    for index in (0, 7, embedder.batch_size):
        alone = embedder.embed(batch[index : index + 1])
        np.testing.assert_allclose(alone.relational[0], together.relational[index], atol=1e-6)
        np.testing.assert_allclose(alone.attribute[0], together.attribute[index], atol=1e-6)


def test_number_of_threads_does_not_matter(embedder: Embedder) -> None:
    batch = noise(4)
    other = load_embedder(threads=2).embed(batch)
    np.testing.assert_allclose(embedder.embed(batch).relational, other.relational, atol=1e-5)


def test_preparation_squashes_and_crops_nothing(embedder: Embedder) -> None:
    image = Image.new("RGB", (500, 100), "black")
    image.paste("white", (0, 0, 20, 100))
    image.paste("white", (480, 0, 500, 100))
    prepared = embedder.prepare(image)
    assert prepared.shape == (224, 224, 3)
    assert prepared.dtype == np.uint8
    assert prepared[:, 0].min() > 240
    assert prepared[:, -1].min() > 240
    assert prepared[:, 112].max() < 15


def test_relational_vectors_follow_the_relation_and_attribute_vectors_the_look(
    embedder: Embedder,
) -> None:
    look = {"colour": "firebrick", "ground": "white", "shape": "disc"}
    other = {"colour": "gold", "ground": "navy", "shape": "box"}
    anchor = picture(grid=True, **look)
    same_relation = picture(grid=True, **other)
    same_look = picture(grid=False, **look)
    vectors = embedder.embed([embedder.prepare(p) for p in (anchor, same_relation, same_look)])
    relational = vectors.relational @ vectors.relational[0]
    assert relational[1] > relational[2] + 0.2


def test_embedding_imports_no_torch() -> None:
    code = (
        "import sys, numpy; from engine.models.registry import load_embedder;"
        "load_embedder().embed([numpy.zeros((224, 224, 3), numpy.uint8)]);"
        "sys.exit('torch' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
