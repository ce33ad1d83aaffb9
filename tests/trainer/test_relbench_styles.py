from __future__ import annotations

import random

import numpy as np
import pytest

from trainer.scenes import SceneGenerator, generator, load_subjects
from trainer.scenes.generator import HELD_OUT_STYLES
from trainer.scenes.sprites import restyle, sprite

SUBJECTS = load_subjects(["shapes"])


def scenes() -> SceneGenerator:
    return SceneGenerator(SUBJECTS, ["ring", "grid"], size=64, seed=5, backgrounds=())


def test_held_out_styles_are_never_drawn_by_index(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: set[str] = set()

    def watched(image: object, style: str, r: object) -> object:
        drawn.add(style)
        return image

    monkeypatch.setattr(generator, "restyle", watched)
    some = scenes()
    for index in range(150):
        some[index]
        some.draw_unrelated(index)
        some.draw("ring", SUBJECTS[0], SUBJECTS[40], index)
        some.draw_alone(SUBJECTS[0], index)
    assert len(drawn) > 3
    assert not drawn & set(HELD_OUT_STYLES)
    some.draw("ring", SUBJECTS[0], SUBJECTS[40], 1, style=HELD_OUT_STYLES[0])
    some.draw_alone(SUBJECTS[0], 1, style=HELD_OUT_STYLES[1])
    assert set(HELD_OUT_STYLES) <= drawn


def test_a_style_can_be_asked_for() -> None:
    star, house = SUBJECTS[0], SUBJECTS[80]
    pictures = {
        scenes().draw("ring", star, house, 3, style=style).image.tobytes()
        for style in ("natural", "silhouette", *HELD_OUT_STYLES)
    }
    assert len(pictures) == 4
    with pytest.raises(ValueError, match="baroque"):
        scenes().draw("ring", star, house, 3, style="baroque")


@pytest.mark.parametrize("style", HELD_OUT_STYLES)
def test_a_held_out_style_keeps_the_outline_and_changes_the_rest(style: str) -> None:
    for subject in SUBJECTS[::60]:
        plain = sprite(subject)
        styled = restyle(plain, style, random.Random(1))
        assert styled.mode == "RGBA"
        assert styled.getchannel("A").tobytes() == plain.getchannel("A").tobytes()
        shown = np.asarray(plain)[..., 3] > 200
        change = np.abs(np.asarray(styled, np.int16) - np.asarray(plain, np.int16))[shown][:, :3]
        assert change.mean() > 10


def test_a_subject_alone_shows_no_relation() -> None:
    scene = scenes().draw_alone(SUBJECTS[3], 8)
    assert scene.relation == scene.family == "none"
    assert scene.subjects == (SUBJECTS[3].id,)
    assert scene.image.tobytes() == scenes().draw_alone(SUBJECTS[3], 8).image.tobytes()
    assert scene.image.tobytes() != scenes().draw_alone(SUBJECTS[3], 9).image.tobytes()
