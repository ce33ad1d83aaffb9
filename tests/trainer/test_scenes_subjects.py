from __future__ import annotations

import logging
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from trainer.scenes import load_subjects, split_subjects
from trainer.scenes import subjects as module
from trainer.scenes.backgrounds import load_backgrounds
from trainer.scenes.shapes import kinds
from trainer.scenes.sprites import (
    SPRITE_SIDE,
    dyed,
    greyed,
    line_art,
    luminance,
    silhouette,
    sprite,
    tinted,
)


def disc(path: Path, side: int = 80) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.new("RGBA", (side, side))
    ImageDraw.Draw(image).ellipse((side // 4, side // 4, side // 2, side // 2), fill="red")
    image.save(path)


def test_procedural_shapes_are_always_there() -> None:
    subjects = load_subjects(["shapes"])
    assert len(kinds()) >= 60
    assert {subject.name for subject in subjects} == set(kinds())
    assert len({subject.id for subject in subjects}) == len(subjects)
    for subject in subjects[::7]:
        image = sprite(subject)
        assert image.mode == "RGBA"
        assert max(image.size) <= SPRITE_SIDE
        covered = (np.asarray(image)[..., 3] > 128).mean()
        assert covered > 0.08, subject.id
        assert sprite(subject) is image


def test_what_stands_on_white_is_cut_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = Image.new("RGB", (120, 120), "white")
    pen = ImageDraw.Draw(image)
    pen.ellipse((30, 30, 90, 90), fill="white", outline="black", width=6)  # white within a line
    (tmp_path / "food").mkdir()
    image.save(tmp_path / "food" / "white_egg.jpg", quality=95)
    (tmp_path / "actions").mkdir()
    image.save(tmp_path / "actions" / "eat.jpg")
    monkeypatch.setattr(module, "ART4APPS", tmp_path)
    [egg] = load_subjects(["art4apps"])
    assert (egg.id, egg.name, egg.concept) == ("art4apps:food/white_egg.jpg", "white egg", "egg")
    alpha = np.asarray(egg.load(60))[..., 3]
    assert max(alpha.shape) <= 60
    assert alpha[0, 0] == 0, "the ground is gone"
    assert alpha[alpha.shape[0] // 2, alpha.shape[1] // 2] == 255, "what a line closes off stays"


def test_stamps_are_read_with_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disc(tmp_path / "animals" / "tiger.png")
    disc(tmp_path / "animals" / "tiger_mirror.png")
    (tmp_path / "animals" / "tiger.txt").write_text("A white tiger with stripes.\nde.utf8=Tiger\n")
    disc(tmp_path / "symbols" / "alphabets" / "a.png")
    Image.new("RGBA", (2500, 2500)).save(tmp_path / "huge.png")
    Image.new("RGBA", (400, 30)).save(tmp_path / "thin.png")
    (tmp_path / "broken.png").write_bytes(b"not a picture")
    (tmp_path / "alias.png").symlink_to(tmp_path / "animals" / "tiger.png")
    monkeypatch.setattr(module, "STAMPS", tmp_path)
    [tiger] = load_subjects(["stamps"])
    assert tiger.id == "stamps:animals/tiger.png"
    assert tiger.name == "white tiger with stripes"
    assert tiger.concept == "tiger"
    image = sprite(tiger)
    assert image.width == image.height == 21, "cropped to what is visible"


def test_clip_art_of_things_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disc(tmp_path / "food" / "apple_some_artist_01.png")
    disc(tmp_path / "food" / "apple_some_artist_02.png")
    disc(tmp_path / "signs_and_symbols" / "stop.png")
    disc(tmp_path / "transportation" / "roadsigns" / "yield.png")
    (tmp_path / "animals").mkdir()
    monkeypatch.setattr(module, "OPENCLIPART", tmp_path)
    subjects = load_subjects(["openclipart"])
    assert [subject.name for subject in subjects] == ["apple", "apple"]
    assert {subject.concept for subject in subjects} == {"apple"}


def test_a_missing_source_is_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "STAMPS", tmp_path / "absent")
    with caplog.at_level(logging.WARNING):
        subjects = load_subjects(["shapes", "stamps"])
    assert {subject.source for subject in subjects} == {"shapes"}
    assert [record.getMessage() for record in caplog.records] == [
        "No subjects from stamps: relsim-train relbench fetch"
    ]


def test_splits_keep_concepts_together_and_are_stable() -> None:
    subjects = load_subjects(["shapes"])
    splits = split_subjects(subjects)
    assert sum(map(len, splits.values())) == len(subjects)
    concepts = [{subject.concept for subject in part} for part in splits.values()]
    assert all(concepts)
    assert sum(map(len, concepts)) == len(set().union(*concepts))
    fewer = split_subjects(subjects[::3])
    for name, part in fewer.items():
        assert set(part) <= set(splits[name])


def test_styles_keep_the_outline() -> None:
    image = sprite(load_subjects(["shapes"])[0])
    for styled in (
        silhouette(image, (1, 2, 3)),
        tinted(image, (200, 40, 40)),
        greyed(image),
        line_art(image, (250, 250, 250)),
        dyed(image, (0, 200, 0)),
    ):
        assert styled.mode == "RGBA"
        assert styled.getchannel("A").tobytes() == image.getchannel("A").tobytes()
    assert luminance(silhouette(image, (250, 250, 250))) > 240
    assert luminance((0, 0, 0)) == 0
    assert dyed(silhouette(image, (0, 0, 0)), (0, 200, 0)).getpixel((72, 72))[:3] == (0, 200, 0)


def test_small_and_unreadable_backgrounds_are_left_out(tmp_path: Path) -> None:
    Image.new("RGB", (640, 480)).save(tmp_path / "good.jpg")
    Image.new("RGB", (64, 48)).save(tmp_path / "icon.png")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8")
    (tmp_path / "notes.txt").write_text("no picture")
    assert load_backgrounds([tmp_path, tmp_path / "absent"]) == [tmp_path / "good.jpg"]
