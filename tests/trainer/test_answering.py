"""The answering model against transformers' own forward with PEFT and masked labels."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import peft
import pytest
import torch
from golden_files import golden
from large_models import edit_json, linked, load_base, model_inputs
from numpy.testing import assert_allclose
from PIL import Image

from engine.errors import ModelError
from engine.models.captioner import PROMPT
from engine.models.preparation import prepare
from engine.models.qwen import QwenBase, load_tokenizer
from engine.types import UInt8
from trainer.vlm.answering import (
    AnsweringModel,
    AnswerPrompt,
    Question,
    answer_loss,
    asking_batch,
    learning_batch,
    write_greedily,
)

CAPTIONS = ("A {Subject} repeated in a row.", "{Parts} that make one {Whole} together")


@pytest.fixture
def base() -> QwenBase:
    return load_base(writes=True)


def with_lora(base: QwenBase) -> AnsweringModel:
    """The golden base with LoRA in which nothing is zero, as it is in the middle of training."""
    torch.manual_seed(3)
    config = peft.LoraConfig(
        r=4, lora_alpha=8, target_modules=["q_proj", "v_proj"], init_lora_weights=False
    )
    peft.inject_adapter_in_model(config, base.core)
    return AnsweringModel(base, prompt_of(base)).eval()


def prompt_of(base: QwenBase) -> AnswerPrompt:
    tokenizer = load_tokenizer(base.folder)
    return AnswerPrompt.of(tokenizer, base, PROMPT.read_text(encoding="utf-8"))


def said(base: QwenBase, text: str) -> tuple[int, ...]:
    return tuple(load_tokenizer(base.folder)(text)["input_ids"])


def pictures(*sizes: tuple[int, int]) -> list[UInt8]:
    r = np.random.default_rng(0)
    return [r.integers(0, 256, (height, width, 3), np.uint8) for width, height in sizes]


def questions(base: QwenBase, sizes: Sequence[tuple[int, int]]) -> list[Question]:
    shown = pictures(*sizes)
    return [Question(p, said(base, c)) for p, c in zip(shown, CAPTIONS, strict=True)]


def reference_loss(base: QwenBase, pixels: UInt8, caption: str) -> tuple[torch.Tensor, int]:
    """transformers' loss over a whole conversation, with all labels masked but the answer's."""
    tokenizer = load_tokenizer(base.folder)
    ask: Any = [{"type": "image"}, {"type": "text", "text": PROMPT.read_text(encoding="utf-8")}]
    turns: Any = [{"role": "user", "content": ask}, {"role": "assistant", "content": caption}]
    whole = tokenizer.apply_chat_template(turns, tokenize=False).removesuffix("\n")
    asked = tokenizer.apply_chat_template(turns[:1], tokenize=False, add_generation_prompt=True)
    inputs = model_inputs(base.folder, pixels)
    count = int(inputs["image_grid_thw"].prod()) // 4
    many = "<|image_pad|>" * count
    ids, start = (
        tokenizer(text.replace("<|image_pad|>", many), return_tensors="pt")["input_ids"]
        for text in (whole, asked)
    )
    labels = ids.clone()
    labels[:, : start.shape[1]] = -100
    marks = (ids == base.model.config.image_token_id).int()
    out = base.model(input_ids=ids, labels=labels, mm_token_type_ids=marks, **inputs)
    return out.loss, int((labels != -100).sum())


def test_the_loss_is_that_of_transformers_with_masked_labels(base: QwenBase) -> None:
    model = with_lora(base)
    asked = questions(base, [(84, 56), (56, 112)])
    batch = learning_batch(model.prompt, model.rules, asked, ends=True)
    losses = answer_loss(model(batch), batch.targets)
    expected = [
        reference_loss(base, question.pixels, caption)
        for question, caption in zip(asked, CAPTIONS, strict=True)
    ]
    assert [count for _, count in expected] == batch.rows.bincount().tolist()
    for row, (loss, _) in enumerate(expected):
        assert_allclose(losses[batch.rows == row].mean().item(), loss.item(), atol=1e-5)


def test_gradients_are_those_of_transformers_too(base: QwenBase) -> None:
    model = with_lora(base)
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    assert len(trained) == 4 * 2 * 2
    asked = questions(base, [(56, 56), (56, 56)])[:1]
    batch = learning_batch(model.prompt, model.rules, asked, ends=True)
    mine = torch.autograd.grad(
        answer_loss(model(batch), batch.targets).mean(), list(trained.values())
    )
    loss, _ = reference_loss(base, asked[0].pixels, CAPTIONS[0])
    theirs = torch.autograd.grad(loss, list(trained.values()))
    for a, b in zip(mine, theirs, strict=True):
        assert_allclose(a, b, rtol=1e-4, atol=1e-5)


def test_checkpointed_gradients_are_the_same(base: QwenBase) -> None:
    model = with_lora(base)
    trained = [p for p in model.parameters() if p.requires_grad]
    batch = learning_batch(model.prompt, model.rules, questions(base, [(56, 84)] * 2), ends=True)

    def gradients() -> tuple[torch.Tensor, ...]:
        return torch.autograd.grad(answer_loss(model(batch), batch.targets).mean(), trained)

    plain = gradients()
    model.checkpoint_gradients()
    model.train()
    for a, b in zip(plain, gradients(), strict=True):
        assert_allclose(a, b, rtol=1e-4, atol=1e-5)


def test_a_batch_is_what_its_rows_are_alone(base: QwenBase) -> None:
    model = with_lora(base)
    asked = questions(base, [(56, 140), (84, 56)])
    together = learning_batch(model.prompt, model.rules, asked, ends=True)
    logits = model(together)
    for row, question in enumerate(asked):
        alone = learning_batch(model.prompt, model.rules, [question], ends=True)
        assert_allclose(logits[together.rows == row].detach(), model(alone).detach(), atol=2e-5)


def test_no_token_of_the_prompt_is_a_target(base: QwenBase) -> None:
    prompt = prompt_of(base)
    asked = questions(base, [(56, 56), (84, 56)])
    batch = learning_batch(prompt, base.rules, asked, ends=True)
    for row, question in enumerate(asked):
        head = len(prompt.before) + base.rules.tokens(question.pixels) + len(prompt.after)
        places = batch.places[batch.rows == row]
        assert places.tolist() == list(range(head - 1, head + len(question.said)))
        targets = batch.targets[batch.rows == row].tolist()
        assert targets == [*question.said, prompt.end]
        assert batch.ids[row, places[1:]].tolist() == list(question.said)
    bare = learning_batch(prompt, base.rules, asked, ends=False)
    assert len(bare.targets) == len(batch.targets) - 2
    assert asking_batch(prompt, base.rules, asked).places.tolist() == [
        int(batch.places[batch.rows == row].max()) for row in (0, 1)
    ]


def test_a_tower_in_training_gets_the_gradients_of_transformers(base: QwenBase) -> None:
    model = AnsweringModel(base, prompt_of(base)).eval()
    asked = questions(base, [(140, 84)] * 2)[:1]
    batch = learning_batch(model.prompt, model.rules, asked, ends=True)
    frozen = model(batch)
    tower = base.core.visual.requires_grad_(True)
    weights = [tower.patch_embed.proj.weight, tower.blocks[0].attn.qkv.weight]
    trained = model(batch)
    assert_allclose(trained.detach(), frozen.detach(), atol=1e-4)
    mine = torch.autograd.grad(answer_loss(trained, batch.targets).mean(), weights)
    loss, _ = reference_loss(base, asked[0].pixels, CAPTIONS[0])
    for a, b in zip(mine, torch.autograd.grad(loss, weights), strict=True):
        assert_allclose(a, b, rtol=1e-3, atol=1e-5)


def test_a_tower_in_training_is_seen_with_its_new_weights(base: QwenBase) -> None:
    model = AnsweringModel(base, prompt_of(base)).eval()
    base.core.visual.requires_grad_(True)
    batch = asking_batch(model.prompt, model.rules, [Question(*pictures((56, 56)))])
    with torch.no_grad():
        before = model(batch)
        base.core.visual.patch_embed.proj.weight.mul_(0.5)
        assert not torch.allclose(model(batch), before)


def test_greedy_answers_are_those_of_the_golden_captioner(base: QwenBase) -> None:
    from large_models import captioner_spec

    from engine.models.captioner import AnonymousCaptioner

    captioner = AnonymousCaptioner.load(captioner_spec(), base)
    shown = []
    for name in ("bo.jpg", "mam.jpg"):
        with Image.open(golden("images", name)) as image:
            shown.append(prepare(image.convert("RGB"), "squash448", base.rules))
    theirs, _ = captioner.generate(shown, max_tokens=5)
    model = AnsweringModel(base, prompt_of(base)).eval()
    mine = write_greedily(model, model, shown, 5)
    assert mine == [tuple(row) for row in theirs.tolist()]


def test_greedy_writing_stops_at_the_end_of_every_answer(base: QwenBase) -> None:
    model = AnsweringModel(base, prompt_of(base))
    shown = pictures((56, 56), (56, 56))
    passes: list[int] = []

    def forward(batch: Any) -> torch.Tensor:
        passes.append(batch.ids.shape[1])
        logits = torch.zeros(2, base.model.config.text_config.vocab_size)
        logits[0, 7 if len(passes) < 2 else model.prompt.end] = 1
        logits[1, 8 if len(passes) < 4 else model.prompt.end] = 1
        logits[:, model.prompt.picture] = 2
        return logits

    assert write_greedily(forward, model, shown, 20) == [(7,), (8, 8, 8)]
    assert [length - passes[0] for length in passes] == [0, 1, 2, 3]


def test_a_base_without_a_conversation_is_refused(base: QwenBase, tmp_path: Path) -> None:
    folder = linked(base.folder, tmp_path / "mute", without=("chat_template.jinja",))
    edit_json(folder / "tokenizer_config.json", chat_template=None)
    with pytest.raises(ModelError, match="no usable chat template"):
        AnswerPrompt.of(load_tokenizer(folder), base, "What is this?")
