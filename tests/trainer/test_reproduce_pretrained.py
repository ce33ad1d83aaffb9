"""A head that learns relations from captions alone, over features that are there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_features import COUNT, fill

from engine.errors import KnownError
from engine.models.text import TextEncoder
from trainer.reproduce.lists import write_list
from trainer.reproduce.pretrained import head, vectors_of_pictures

CAPTIONS = ("Things in a ring", "One thing that stands out")
HEAD = {"width": 32, "layers": 1, "heads": 4, "dropout": 0.0, "reads": "arrangement"}
TRAINING = {"epochs": 12, "batch_size": 16, "group_weight": 0.0, "threads": 1}
TRAINING |= {"learning_rate": 3e-3}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A trained head, and the settings of it; the list is in another order than the features."""
    folder = tmp_path_factory.mktemp("heads")
    keys = fill(folder / "features", seed=1)
    fill(folder / "unseen", seed=2)
    lines = [{"key": key, "caption": CAPTIONS[int(key[1:]) % 2]} for key in reversed(keys)]
    write_list(folder / "list.jsonl", lines)
    settings = {
        "pictures": str(folder / "list.jsonl"),
        "caption": "caption",
        "features": str(folder / "features"),
        "out": str(folder / "head"),
        "head": HEAD,
        "training": TRAINING,
        "seed": 3,
    }
    head(settings)
    return folder, settings


def test_it_says_the_caption_of_things_it_never_saw(made: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = made
    keys = [f"p{number}" for number in range(COUNT)]
    vectors = vectors_of_pictures(folder / "head", folder / "unseen", keys)
    assert vectors.shape == (COUNT, 384)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    said = (vectors @ TextEncoder().encode(list(CAPTIONS)).T).argmax(axis=1)
    assert (said == np.arange(COUNT) % 2).mean() > 0.9


def test_keys_and_not_places_tell_which_picture_it_is(made: tuple[Path, dict[str, Any]]) -> None:
    folder, _ = made
    ahead = vectors_of_pictures(folder / "head", folder / "unseen", ["p1", "p2"])
    back = vectors_of_pictures(folder / "head", folder / "unseen", ["p2", "p1"])
    assert ahead[0] == pytest.approx(back[1], abs=1e-6)
    assert ahead[0] != pytest.approx(ahead[1], abs=1e-2)


def test_the_same_settings_make_the_same_head(
    made: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    folder, settings = made
    short = settings | {"training": TRAINING | {"epochs": 1}}
    for name in ("a", "b"):
        head(short | {"out": str(tmp_path / name)})
    a, b = (tmp_path / name / "head.safetensors" for name in ("a", "b"))
    assert a.read_bytes() == b.read_bytes()
    assert a.read_bytes() != (folder / "head" / "head.safetensors").read_bytes()


def test_what_is_missing_is_named(made: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    folder, settings = made
    with pytest.raises(KnownError, match="has no features of nobody"):
        vectors_of_pictures(folder / "head", folder / "unseen", ["p1", "nobody"])
    with pytest.raises(KnownError, match="run the stage that makes it"):
        vectors_of_pictures(tmp_path, folder / "unseen", ["p1"])
    with pytest.raises(KnownError, match="run the stage that makes it"):
        head(settings | {"pictures": str(tmp_path / "gone.jsonl")})
