from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.describe import Caption, CaptionBank, read_bank, write_bank
from engine.errors import ModelError
from engine.models.registry import find_model
from engine.models.spec import DescriptionCalibration
from engine.types import Float32

CALIBRATION = DescriptionCalibration(bias=-5.0, cosine=4.0, margin=10.0, threshold=0.5)
CAPTIONS = [
    Caption("{Objects} in a ring", "ring", "repetition"),
    Caption("A tower of {Objects}", "tower", "support"),
    Caption("{Objects} round an empty middle", "ring", "repetition"),
]


def vectors() -> Float32:
    return np.array([[1, 0, 0], [0, 1, 0], [0.8, 0, 0.6]], np.float32)


def test_the_nearest_caption_wins_and_its_own_relation_is_no_rival() -> None:
    bank = CaptionBank(CAPTIONS, vectors(), CALIBRATION)
    match = bank.match(np.array([[1, 0, 0], [0, 1, 0]], np.float32))
    assert [bank.captions[i].text for i in match.caption] == [CAPTIONS[0].text, CAPTIONS[1].text]
    np.testing.assert_allclose(match.best, [1, 1])
    np.testing.assert_allclose(match.runner_up, [0, 0])  # not 0.8, the other wording of the ring


def test_confidence_follows_the_calibration() -> None:
    bank = CaptionBank(CAPTIONS, vectors(), CALIBRATION)
    certain, torn = bank.describe(np.array([[1, 0, 0], [0.7071, 0.7071, 0]], np.float32))
    assert certain.text == CAPTIONS[0].text
    assert certain.confidence == pytest.approx(1 / (1 + np.exp(-(-5 + 4 + 10))), abs=1e-5)
    assert torn.text is None
    assert torn.confidence < 0.5


def test_a_picture_near_to_every_caption_shows_none_clearly() -> None:
    wary = replace(CALIBRATION, common=-6.0)
    query = np.array([[1, 0, 0]], np.float32)
    bank = CaptionBank(CAPTIONS, vectors(), wary)
    np.testing.assert_allclose(bank.match(query).common, (1 + 0 + 0.8) / 3, atol=1e-6)
    (doubted,) = bank.describe(query)
    assert doubted.confidence == pytest.approx(1 / (1 + np.exp(-(9 - 6 * 0.6))), abs=1e-5)
    assert bank.candidates(bank.cosines(query)[0], 1) == [
        (CAPTIONS[0], pytest.approx(doubted.confidence))
    ]


def test_a_bank_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_bank(CAPTIONS, vectors(), tmp_path)
    captions, rows = read_bank(tmp_path)
    assert list(captions) == CAPTIONS
    np.testing.assert_allclose(rows, vectors(), atol=1e-3)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-6)


def test_captions_that_do_not_belong_to_the_embeddings_are_refused(tmp_path: Path) -> None:
    write_bank(CAPTIONS, vectors(), tmp_path)
    path = tmp_path / "bank.json"
    path.write_text(path.read_text(encoding="utf-8").replace("tower", "pile"), encoding="utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_bank(tmp_path)


def test_a_newer_or_missing_bank_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be read"):
        read_bank(tmp_path)
    write_bank(CAPTIONS, vectors(), tmp_path)
    path = tmp_path / "bank.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**content, "format": 2}), encoding="utf-8")
    with pytest.raises(ModelError, match="update the program"):
        read_bank(tmp_path)


def test_the_shipped_bank_is_broad_and_every_caption_finds_itself() -> None:
    captions, rows = read_bank()
    assert len(captions) >= 400
    assert len({caption.text for caption in captions}) == len(captions)
    bank = CaptionBank.load(find_model())
    found = bank.match(rows)
    assert [bank.captions[i].text for i in found.caption] == [c.text for c in captions]


def test_a_caption_far_from_everything_gets_no_description() -> None:
    bank = CaptionBank.load(find_model())
    nowhere = np.random.default_rng(0).normal(size=(5, 384)).astype(np.float32)
    nowhere /= np.linalg.norm(nowhere, axis=1, keepdims=True)
    assert all(description.text is None for description in bank.describe(nowhere))


def test_another_relation_of_the_same_meaning_is_no_rival() -> None:
    captions = [*CAPTIONS, Caption("{Objects} that circle nothing", "round", "repetition")]
    alike = np.vstack([vectors(), np.float32([[0.9, 0.19**0.5, 0]])])
    query = np.float32([[0.99, 0.0199**0.5, 0]])
    (match,) = (CaptionBank(captions, alike, CALIBRATION).match(query),)
    np.testing.assert_allclose(match.runner_up, query[0, 1], atol=1e-6)  # the tower's cosine


def test_one_near_wording_of_many_makes_no_two_relations_alike() -> None:
    def bank(*others: tuple[float, float, float]) -> CaptionBank:
        captions = [*CAPTIONS[:2], *(Caption(f"{one}", "other", "support") for one in others)]
        rows = np.concatenate([vectors()[:2], np.array(others, np.float32)])
        return CaptionBank([*captions, CAPTIONS[2]], np.vstack([rows, vectors()[2:]]), CALIBRATION)

    near, far = (0.8, 0.0, -0.6), (0.0, 0.28, -0.96)
    assert bank(near).are_alike("ring", "other")
    assert not bank(near, far).are_alike("ring", "other")
    assert not bank(near, far).are_alike("other", "ring")


def test_a_relation_that_the_bank_lacks_is_like_itself_only() -> None:
    bank = CaptionBank(CAPTIONS, vectors(), CALIBRATION)
    assert bank.are_alike("zigzag", "zigzag")
    assert not bank.are_alike("zigzag", "tower")
    assert not bank.are_alike("ring", "a name before all others")
