"""Pictures in the order of their worth as analogies, by the bundled model."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from PIL import Image, ImageOps

from engine.errors import DecodeError
from engine.generation.generators import Generated
from engine.generation.ranking import COPY_ATTRIBUTE, in_order, judge, rank
from engine.imaging import decode
from engine.jobs import Cancelled, JobControl
from engine.metrics.catalogue import load_metric
from engine.metrics.interface import EmbeddingMetric
from engine.models.manager import ModelManager
from engine.service import Engine
from engine.types import Description, PairScore
from resources import ROOT

SAMPLES = sorted((ROOT / "sample").glob("*.jpg"))[:5]


def generated(image: Image.Image, seed: int = 0) -> Generated:
    return Generated(image, seed, "a test")


def scored(relational: float, attribute: float, percentile: float = 99.0) -> PairScore:
    silence = Description(None, 0.0)
    return PairScore(relational, attribute, percentile, (silence, silence))


def test_another_look_with_the_same_logic_comes_first_and_a_copy_last(
    engine: Engine, pictures: Path
) -> None:
    reference = pictures / "ring-crimson.png"
    shown = [draw("ring", "crimson"), draw("grid", "seagreen"), draw("ring", "royalblue")]
    control = JobControl()

    found = rank(engine, reference, [generated(one, at) for at, one in enumerate(shown)], control)

    assert [one.generated.seed for one in found] == [2, 1, 0]
    assert [one.place for one in found] == [1, 2, 3]
    assert [one.is_copy for one in found] == [False, False, True]
    best, _, copy = found
    score = engine.score(reference, shown[2])
    assert (best.relational, best.attribute) == (score.relational, score.attribute)
    assert copy.relational == pytest.approx(1.0)
    assert (control.progress.done, control.progress.total) == (3, 3)


def test_what_is_no_closer_than_chance_stands_before_copies_only() -> None:
    plain = generated(Image.new("RGB", (8, 8)))
    scores = {
        "copy": scored(1.0, 0.99),
        "chance": scored(0.3, 0.0, percentile=40.0),
        "alike": scored(0.6, 0.7),
        "analogy": scored(0.5, 0.1),
        "better": scored(0.6, 0.1),
        "unknown": scored(0.2, 0.1, percentile=float("nan")),
    }
    names = {id(one): name for name, one in scores.items()}
    found = in_order([judge(plain, one) for one in scores.values()])
    order = [
        next(
            n
            for n, s in scores.items()
            if s.relational == c.relational and s.attribute == c.attribute
        )
        for c in found
    ]

    assert order == ["better", "analogy", "alike", "unknown", "chance", "copy"]
    assert len(names) == 6
    assert [one.is_unrelated for one in found] == [False, False, False, False, True, False]
    assert found[3].percentile is None


@pytest.mark.parametrize(
    "alter",
    [
        lambda image: jpeg(image, 40),
        lambda image: tinted(image),  # noqa: PLW0108 - defined below
        ImageOps.mirror,
        lambda image: image.resize((image.width // 2, image.height // 2)),
        lambda image: ImageOps.crop(image, round(min(image.size) * 0.04)),
    ],
    ids=["compressed", "tinted", "mirrored", "smaller", "cropped"],
)
def test_a_copy_that_was_altered_a_little_is_a_copy(
    engine: Engine, alter: Callable[[Image.Image], Image.Image]
) -> None:
    for path in SAMPLES:
        image = decode(path)
        found = judge(generated(alter(image)), engine.score(image, alter(image)))
        assert found.is_copy, (path.name, found.attribute)


def test_no_two_different_pictures_are_copies() -> None:
    paths = sorted((ROOT / "sample").glob("*.jpg"))
    with closing(load_metric("attribute", ModelManager())) as metric:
        assert isinstance(metric, EmbeddingMetric)
        rows = metric.embed([decode(path) for path in paths])
    looks = (rows @ rows.T)[np.triu_indices(len(paths), 1)]

    assert len(looks) == 325
    assert looks.max() < COPY_ATTRIBUTE - 0.1


def test_it_can_be_cancelled_and_an_unreadable_reference_says_so(
    engine: Engine, tmp_path: Path
) -> None:
    control = JobControl()
    control.cancel()
    one = [generated(draw("ring", "crimson"))]
    with pytest.raises(Cancelled):
        rank(engine, one[0].image, one, control)
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"no picture")
    with pytest.raises(DecodeError, match=r"bad\.png"):
        rank(engine, bad, one, JobControl())
    assert rank(engine, bad, [], JobControl()) == []


def jpeg(image: Image.Image, quality: int) -> Image.Image:
    content = BytesIO()
    image.save(content, "JPEG", quality=quality)
    return Image.open(content).convert("RGB")


def tinted(image: Image.Image) -> Image.Image:
    warm = np.asarray(image, np.float32) * np.float32([1.15, 1.0, 0.8])
    return Image.fromarray(warm.clip(0, 255).astype(np.uint8))
