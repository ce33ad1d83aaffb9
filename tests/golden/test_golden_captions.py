"""Captions against those that the released captioner wrote."""

from __future__ import annotations

import json

import pytest
from golden_files import golden
from golden_images import image

from engine.models.captioner import PROMPT, AnonymousCaptioner
from engine.models.preparation import prepare
from engine.types import UInt8

TOKENS = 12


@pytest.fixture(scope="module")
def wanted() -> dict[str, list[int]]:
    """The golden token ids by image."""
    content = json.loads(golden("captions.json").read_text())
    return dict(zip(content["order"], content["token_ids"], strict=True))


def prepared(captioner: AnonymousCaptioner, names: list[str]) -> list[UInt8]:
    return [captioner.prepare(image(name, "squash448")) for name in names]


def written(captioner: AnonymousCaptioner, pictures: list[UInt8]) -> list[list[int]]:
    ids: list[list[int]] = captioner.generate(pictures, max_tokens=TOKENS)[0].tolist()
    return ids


def test_the_prompt_is_the_released_one() -> None:
    released = json.loads(golden("captioner_prompt.json").read_text())["captioner"]
    assert PROMPT.read_text(encoding="utf-8") == released


def test_each_caption_alone(captioner: AnonymousCaptioner, wanted: dict[str, list[int]]) -> None:
    for name, ids in wanted.items():
        assert written(captioner, prepared(captioner, [name])) == [ids], name


def test_all_captions_in_one_batch(
    captioner: AnonymousCaptioner, wanted: dict[str, list[int]]
) -> None:
    assert written(captioner, prepared(captioner, list(wanted))) == list(wanted.values())


def test_a_batch_of_mixed_sizes_equals_each_alone(
    captioner: AnonymousCaptioner, wanted: dict[str, list[int]]
) -> None:
    """Shorter rows are filled up on the left."""
    rules = captioner._base.rules
    pictures = prepared(captioner, ["mam", "bo2"])
    for size in ((112, 84), (56, 280), (28, 56)):
        pictures.insert(1, prepare(image("mam2").resize(size), "native", rules))
    assert len({rules.tokens(picture) for picture in pictures}) == 4
    together = written(captioner, pictures)
    assert together[0] == wanted["mam"]
    assert together[-1] == wanted["bo2"]
    for picture, ids in zip(pictures[1:-1], together[1:-1], strict=True):
        assert written(captioner, [picture]) == [ids]


def test_the_confidence_does_not_depend_on_the_batch(captioner: AnonymousCaptioner) -> None:
    pictures = prepared(captioner, ["bo", "mam4"])
    _, together = captioner.generate(pictures, max_tokens=4)
    alone = [float(captioner.generate([picture], max_tokens=4)[1][0]) for picture in pictures]
    assert together.tolist() == pytest.approx(alone, abs=1e-5)
    assert all(0 < sure < 1 for sure in alone)


def test_sampling_depends_on_the_seed_alone(captioner: AnonymousCaptioner) -> None:
    small = [prepare(image("mam2").resize((112, 84)), "native", captioner._base.rules)]

    def sample(seed: int) -> list[list[int]]:
        ids: list[list[int]] = captioner.generate(small, seed=seed, max_tokens=4)[0].tolist()
        return ids

    assert sample(1) == sample(1)
    assert len({str(sample(seed)) for seed in range(4)}) > 1


def test_confidence_is_the_geometric_mean_of_the_tokens_probabilities(
    captioner: AnonymousCaptioner,
) -> None:
    import torch

    small = [prepare(image("mam2").resize((112, 84)), "native", captioner._base.rules)]
    ids, confidence = captioner.generate(small, max_tokens=3)
    with torch.inference_mode():
        inputs = captioner._inputs(captioner._base.vision(small), small)
        del inputs["input_ids"]
        embedded = captioner._base.embeddings[ids]
        inputs["inputs_embeds"] = torch.cat([inputs["inputs_embeds"], embedded], dim=1)
        more = torch.ones_like(ids)
        inputs["attention_mask"] = torch.cat([inputs["attention_mask"], more], dim=1)
        kinds = inputs.pop("mm_token_type_ids")
        known = torch.cat([kinds, torch.zeros_like(ids, dtype=kinds.dtype)], dim=1)
        positions, _ = captioner._base.core.get_rope_index(
            torch.zeros_like(known), known, inputs.pop("image_grid_thw")
        )
        logits = captioner._base.model(**inputs, position_ids=positions).logits[0, -4:-1]
    chosen = logits.float().log_softmax(-1).gather(1, ids[0][:, None])
    assert float(confidence[0]) == pytest.approx(float(chosen.mean().exp()), abs=1e-5)
