"""A Qwen2.5-VL of a few megabytes, made on the spot, with which every recipe runs on a laptop."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from transformers import PreTrainedTokenizerFast

SIDE = 112
"""Pixels a side that it sees at most: sixteen tokens. Every preparation ends there."""

_PATCH, _MERGE, _FRAMES = 14, 2, 2

_PAD, _END = "<|endoftext|>", "<|im_end|>"
_SPECIAL = (
    _PAD,
    "<|im_start|>",
    _END,
    "<|vision_start|>",
    "<|vision_end|>",
    "<|image_pad|>",
    "<|video_pad|>",
    "<|query|>",
)

_TEMPLATE = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n"
    "{% if message.content is string %}{{ message.content }}"
    "{% else %}{% for part in message.content %}"
    "{% if part.type == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ part.text }}{% endif %}"
    "{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


@dataclass(frozen=True, slots=True)
class TinyShape:
    """Its dimensions.

    Attributes:
        width: Of the language model's states.
        layers: Of the language model.
        heads: Of the language model; half as many for keys and values.
        vision_width: Of the tower's states.
        vision_layers: Of the tower; all attend everywhere.
        vision_heads: Of the tower.
        words: Size of the vocabulary, at most.
    """

    width: int = 128
    layers: int = 4
    heads: int = 4
    vision_width: int = 96
    vision_layers: int = 4
    vision_heads: int = 4
    words: int = 2048


def make_tiny(
    folder: Path, texts: Iterable[str], *, shape: TinyShape | None = None, seed: int = 0
) -> Path:
    """Write a Qwen2.5-VL with random weights, float32, in transformers' layout.

    Args:
        folder: Made if it is not there.
        texts: What its vocabulary is learned from; every other text is spelled in bytes.
        shape: Its dimensions.
        seed: Decides the weights.

    Returns:
        The folder.
    """
    import torch
    from transformers import AutoConfig, Qwen2_5_VLForConditionalGeneration
    from transformers.utils import logging as messages

    shape = shape or TinyShape()
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer(texts, shape.words)
    tokenizer.save_pretrained(folder)
    rules = {
        "image_processor_type": "Qwen2VLImageProcessor",
        "patch_size": _PATCH,
        "merge_size": _MERGE,
        "temporal_patch_size": _FRAMES,
        "min_pixels": (_PATCH * _MERGE) ** 2,
        "max_pixels": SIDE**2,
        "image_mean": [0.5, 0.5, 0.5],
        "image_std": [0.25, 0.25, 0.25],
        "resample": 3,
    }
    (folder / "preprocessor_config.json").write_text(json.dumps(rules, indent=1), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps(_config(shape, tokenizer)), encoding="utf-8")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model: Any = Qwen2_5_VLForConditionalGeneration(AutoConfig.from_pretrained(folder))
    messages.disable_progress_bar()  # type: ignore[no-untyped-call]
    model.save_pretrained(folder)
    return folder


def _tokenizer(texts: Iterable[str], words: int) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer of these texts with the special tokens of Qwen2.5-VL."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=words, initial_alphabet=alphabet, show_progress=False, min_frequency=2
    )
    tokenizer.train_from_iterator(texts, trainer)
    tokenizer.add_special_tokens(list(_SPECIAL))
    names: dict[str, Any] = dict(zip(("pad_token", "eos_token"), (_PAD, _END), strict=True))
    return PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=tokenizer,
        additional_special_tokens=list(_SPECIAL),
        chat_template=_TEMPLATE,
        **names,
    )


def _config(shape: TinyShape, tokenizer: PreTrainedTokenizerFast) -> dict[str, Any]:
    token = tokenizer.convert_tokens_to_ids
    # transformers' 0.02 is for wide layers: here the model would overlook the picture for long.
    spread = [round(width**-0.5, 3) for width in (shape.width, shape.vision_width)]
    half = shape.width // shape.heads // 2
    sections = [half - 2 * (3 * half // 8), 3 * half // 8, 3 * half // 8]
    return {
        "model_type": "qwen2_5_vl",
        "architectures": ["Qwen2_5_VLForConditionalGeneration"],
        "dtype": "float32",
        "tie_word_embeddings": True,
        "image_token_id": token("<|image_pad|>"),
        "video_token_id": token("<|video_pad|>"),
        "vision_start_token_id": token("<|vision_start|>"),
        "vision_end_token_id": token("<|vision_end|>"),
        "text_config": {
            "model_type": "qwen2_5_vl_text",
            "vocab_size": len(tokenizer),
            "initializer_range": spread[0],
            "hidden_size": shape.width,
            "intermediate_size": 3 * shape.width,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "num_key_value_heads": max(1, shape.heads // 2),
            "layer_types": ["full_attention"] * shape.layers,
            "max_position_embeddings": 4096,
            "rope_parameters": {
                "rope_type": "default",
                "rope_theta": 10000.0,
                "mrope_section": sections,
            },
            "tie_word_embeddings": True,
            "use_sliding_window": False,
            "bos_token_id": None,
            "eos_token_id": token(_END),
            "pad_token_id": token(_PAD),
        },
        "vision_config": {
            "model_type": "qwen2_5_vl",
            "depth": shape.vision_layers,
            "initializer_range": spread[1],
            "hidden_size": shape.vision_width,
            "intermediate_size": 3 * shape.vision_width,
            "num_heads": shape.vision_heads,
            "out_hidden_size": shape.width,
            "patch_size": _PATCH,
            "spatial_merge_size": _MERGE,
            "temporal_patch_size": _FRAMES,
            "window_size": SIDE,
            "fullatt_block_indexes": list(range(shape.vision_layers)),
        },
    }
