from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.scenes import HELD_OUT, NONE, RELATIONS, SceneGenerator, load_subjects

SUBJECTS = load_subjects(["shapes"])

DIGEST = """
import hashlib, sys
from trainer.scenes import SceneGenerator, load_subjects
scenes = SceneGenerator(load_subjects(["shapes"]), size=64, seed=5, backgrounds=())
digest = hashlib.sha256()
for index in range(90):
    digest.update(scenes[index].image.tobytes() + scenes[index].caption.encode())
print(digest.hexdigest())
"""


def generator(**options: object) -> SceneGenerator:
    settings: dict[str, object] = {"size": 64, "seed": 5, "backgrounds": ()} | options
    return SceneGenerator(SUBJECTS, **settings)  # type: ignore[arg-type]


def test_a_scene_depends_on_seed_and_index_alone() -> None:
    forward = generator()
    scenes = {index: forward[index] for index in range(90)}
    backward = generator()
    for index in reversed(range(0, 90, 7)):
        again = backward[index]
        assert again == scenes[index]
        assert again.image.tobytes() == scenes[index].image.tobytes()
    other = generator(seed=6)
    assert other[3].image.tobytes() != scenes[3].image.tobytes()


def test_another_process_draws_the_same_bytes() -> None:
    scenes = generator()
    digest = hashlib.sha256()
    for index in range(90):
        digest.update(scenes[index].image.tobytes() + scenes[index].caption.encode())
    environment = dict(os.environ, PYTHONHASHSEED="123")
    printed = subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert printed.stdout.strip() == digest.hexdigest()


def test_indices_go_round_the_chosen_relations() -> None:
    names = sorted(HELD_OUT)
    scenes = generator(relations=names)
    drawn = [scenes[index] for index in range(2 * len(names))]
    assert [scene.relation for scene in drawn] == names * 2
    for scene in drawn:
        relation = RELATIONS[scene.relation]
        assert scene.family == relation.family
        assert scene.caption in relation.captions
        assert "{" not in scene.conventional
        assert scene.image.size == (64, 64)
        assert len(set(scene.subjects)) == 2


def test_given_subjects_are_drawn_in_the_given_relation() -> None:
    house = next(s for s in SUBJECTS if s.id == "shapes:house/solid")
    fish = next(s for s in SUBJECTS if s.id == "shapes:fish/dots")
    scene = generator().draw("tower", house, fish, seed=1)
    assert scene.relation == "tower"
    assert scene.subjects == (house.id, fish.id)
    assert "house" in scene.conventional.lower()
    again = generator(seed=99).draw("tower", house, fish, seed=1)
    assert again.image.tobytes() == scene.image.tobytes()
    assert generator().draw("tower", house, fish, seed=2).image.tobytes() != scene.image.tobytes()


def test_scenes_without_a_relation() -> None:
    scenes = [generator().draw_unrelated(seed) for seed in range(40)]
    assert {scene.relation for scene in scenes} == {NONE}
    assert {len(scene.subjects) for scene in scenes} >= {0, 1}
    assert all("{" in scene.caption and "{" not in scene.conventional for scene in scenes)
    again = generator().draw_unrelated(7)
    assert again.image.tobytes() == scenes[7].image.tobytes()


def test_photographs_serve_as_grounds(tmp_path: Path) -> None:
    values = np.random.default_rng(1).integers(0, 256, (300, 400, 3), dtype=np.uint8)
    photo = tmp_path / "photo.jpg"
    Image.fromarray(values).save(photo)
    plain, photographed = generator(), generator(backgrounds=[photo])
    differing = sum(
        plain[index].image.tobytes() != photographed[index].image.tobytes() for index in range(30)
    )
    assert differing > 5


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="juggling"):
        generator(relations=["juggling"])
    with pytest.raises(ValueError, match="none given"):
        generator(relations=[])
    with pytest.raises(ValueError, match="two concepts"):
        SceneGenerator(SUBJECTS[:1], backgrounds=())
    with pytest.raises(IndexError):
        generator()[-1]
