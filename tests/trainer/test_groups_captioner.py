"""The frozen model sees all pictures of a group, in order, as transformers would show them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from golden_files import golden
from large_models import image_processor, linked, load_base, replace_file
from PIL import Image

from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.models.device import MemoryExhaustedError
from engine.models.qwen import load_tokenizer
from engine.types import UInt8
from trainer.captions.group_captions import PROMPT, GroupCaptioner, WritingSettings

BASE = ("relsim-tiny", "base")
SHORT = WritingSettings(max_pixels=112 * 112, max_tokens=6)


def picture(seed: int, width: int = 112, height: int = 112) -> Image.Image:
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(pixels)


def captioner_with(settings: WritingSettings) -> GroupCaptioner:
    return GroupCaptioner(load_base(writes=True), load_tokenizer(golden(*BASE)), settings)


@pytest.fixture(scope="module")
def captioner() -> Iterator[GroupCaptioner]:
    loaded = captioner_with(SHORT)
    yield loaded
    loaded.close()


def prepared(captioner: GroupCaptioner, *pictures: Image.Image) -> list[UInt8]:
    return [captioner.prepare(image) for image in pictures]


@pytest.fixture(scope="module")
def reference() -> Any:
    from transformers import Qwen2_5_VLForConditionalGeneration

    return Qwen2_5_VLForConditionalGeneration.from_pretrained(
        golden(*BASE), dtype=torch.float32
    ).eval()


def by_transformers(model: Any, group: list[UInt8]) -> list[int]:
    """What transformers makes of the same prompt with its own image processor and forward pass."""
    tokenizer = load_tokenizer(golden(*BASE))
    content: Any = [{"type": "image"}] * len(group)
    content += [{"type": "text", "text": PROMPT.read_text(encoding="utf-8").strip()}]
    turn: Any = [{"role": "user", "content": content}]
    said = tokenizer.apply_chat_template(turn, tokenize=False, add_generation_prompt=True)
    before, *parts = str(said).split("<|image_pad|>")
    assert len(parts) == len(group)
    seen = image_processor(golden(*BASE))(
        [Image.fromarray(pixels) for pixels in group], return_tensors="pt"
    )
    counts = (seen["image_grid_thw"].prod(dim=1) // 4).tolist()
    for count, part in zip(counts, parts, strict=True):
        before += "<|image_pad|>" * count + part
    inputs = tokenizer(before, return_tensors="pt")
    marks = (inputs["input_ids"] == model.config.image_token_id).int()
    with torch.inference_mode():
        tokens = model.generate(
            **inputs,
            pixel_values=seen["pixel_values"],
            image_grid_thw=seen["image_grid_thw"],
            mm_token_type_ids=marks,
            do_sample=False,
            temperature=None,
            top_p=None,
            top_k=None,
            max_new_tokens=SHORT.max_tokens,
            pad_token_id=tokenizer.pad_token_id,
        )
    out: list[int] = tokens[0, inputs["input_ids"].shape[1] :].tolist()
    return out


def test_a_group_is_described_as_transformers_describes_it(
    captioner: GroupCaptioner, reference: Any
) -> None:
    group = prepared(captioner, picture(1), picture(2, 84, 140), picture(3))
    forwards, backwards = group, group[::-1]
    ours = [captioner.generate([order])[0].tolist() for order in (forwards, backwards)]
    assert ours == [by_transformers(reference, order) for order in (forwards, backwards)]
    assert ours[0] != ours[1], "the order of the pictures makes a difference to this model"


def test_groups_of_several_sizes_in_one_batch(captioner: GroupCaptioner) -> None:
    groups = [prepared(captioner, *map(picture, range(count))) for count in (2, 10, 3)]
    alone = [captioner.generate([group])[0].tolist() for group in groups]
    together = captioner.generate(groups).tolist()
    assert together == alone


def test_pictures_are_reduced_to_the_area_that_was_set(captioner: GroupCaptioner) -> None:
    wide = captioner.prepare(picture(1, 1200, 300))
    assert wide.shape[0] * wide.shape[1] <= SHORT.max_pixels
    assert wide.shape[1] > 3 * wide.shape[0], "their shape is kept"
    with pytest.raises(ModelError, match="--max-pixels"):
        captioner_with(WritingSettings(max_pixels=100))


def test_captions_are_one_line_and_the_same_again(captioner: GroupCaptioner) -> None:
    groups = [prepared(captioner, picture(1), picture(2)), prepared(captioner, *[picture(3)] * 2)]
    captions = captioner.write(groups)
    assert len(captions) == 2
    assert all("\n" not in caption for caption in captions)
    assert captioner.write(groups) == captions
    assert captioner.write([]) == []


def test_sampled_captions_follow_their_seed() -> None:
    def sampled(seed: int) -> list[str]:
        captioner = captioner_with(WritingSettings(112 * 112, 6, seed))
        return captioner.write([prepared(captioner, picture(1), picture(2))] * 2)

    first = sampled(1)
    assert first[0] == first[1], "a caption does not depend on what was written before it"
    assert sampled(1) == first
    assert sampled(5) != first


def test_a_leak_is_tried_again_once(monkeypatch: pytest.MonkeyPatch) -> None:
    captioner = captioner_with(SHORT)
    asked: list[tuple[int, int | None]] = []
    answers = {None: "A cat beside a {Subject}", 1: "A {Subject} beside another {Subject}"}

    def attempt(groups: Any, seed: int | None, control: object) -> list[str]:
        asked.append((len(groups), seed))
        return [answers[seed]] * len(groups)

    monkeypatch.setattr(captioner, "_attempt", attempt)
    group = prepared(captioner, picture(1), picture(2))
    assert captioner.write([group, group]) == [answers[1]] * 2
    assert asked == [(1, None), (1, None), (1, 1), (1, 1)]
    answers[1] = "A dog beside a {Subject}"
    assert captioner.write([group]) == [answers[None]], "the second try was no better"


def test_memory_that_runs_out_means_fewer_groups_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    captioner = captioner_with(SHORT)
    generate, sizes = captioner.generate, list[int]()
    limit = 2

    def scarce(groups: Any, **options: Any) -> Any:
        sizes.append(len(groups))
        if len(groups) > limit:
            raise RuntimeError("CUDA out of memory")
        return generate(groups, **options)

    monkeypatch.setattr(captioner, "generate", scarce)
    monkeypatch.setattr(captioner, "_limit", 4)
    monkeypatch.setattr("trainer.captions.group_captions.is_anonymous", bool)
    group = prepared(captioner, picture(1), picture(2))
    assert len(set(captioner.write([group] * 5))) == 1
    assert sizes[:4] == [4, 2, 2, 1]
    limit = 0
    with pytest.raises(MemoryExhaustedError, match="--max-pixels"):
        captioner.write([group])


def test_a_cancel_is_heard_before_each_word(captioner: GroupCaptioner) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        captioner.write([prepared(captioner, picture(1), picture(2))], control=control)


def test_a_model_that_is_not_here_or_cannot_see(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is not here"):
        GroupCaptioner.load("nobody/qwen")
    folder = linked(golden(*BASE), tmp_path / "base")
    replace_file(folder / "chat_template.jinja", b"{{ messages[0].role }}")
    with pytest.raises(ModelError, match="several pictures"):
        GroupCaptioner.load(str(folder))
