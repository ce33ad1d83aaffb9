"""CLIP and DINOv2 with random weights, as the hub has them: right in form, and quick."""

from __future__ import annotations

import string
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

PIXELS: dict[str, Any] = {
    "size": {"shortest_edge": 36},
    "crop_size": {"height": 32, "width": 32},
}
_WIDTH: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}


def make_clip(folder: Path, *, seed: int = 1) -> Path:
    """A whole CLIP that sees 32 pixels a side and reads at most 24 tokens."""
    import transformers
    from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

    tokenizer = _clip_tokenizer()
    side = _WIDTH | {"intermediate_size": 64}
    ends = {"bos_token_id": tokenizer.bos_token_id, "eos_token_id": tokenizer.eos_token_id}
    text = {"vocab_size": len(tokenizer), "max_position_embeddings": 24, **ends}
    config = transformers.CLIPConfig(
        text_config=side | text,
        vision_config=side | {"image_size": 32, "patch_size": 8},
        projection_dim=16,
    )
    _save(transformers.CLIPModel, config, folder, seed)
    CLIPImageProcessorPil(**PIXELS).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def make_dino(folder: Path, *, seed: int = 1) -> Path:
    """A DINOv2 that sees 32 pixels a side."""
    import transformers
    from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil

    config = transformers.Dinov2Config(**_WIDTH, image_size=32, patch_size=8)
    _save(transformers.Dinov2Model, config, folder, seed)
    means: dict[str, Any] = {
        "image_mean": [0.485, 0.456, 0.406],
        "image_std": [0.229, 0.224, 0.225],
    }
    BitImageProcessorPil(**PIXELS, **means).save_pretrained(folder)
    return folder


def noise(*sizes: tuple[int, int], seed: int = 0) -> list[Image.Image]:
    """Pictures of these widths and heights."""
    random = np.random.default_rng(seed)
    return [
        Image.fromarray(random.integers(0, 256, (high, wide, 3), np.uint8)) for wide, high in sizes
    ]


def _save(kind: Any, config: Any, folder: Path, seed: int) -> None:
    import torch

    with torch.random.fork_rng([]), torch.no_grad():
        torch.manual_seed(seed)
        model = kind(config)
        for parameter in model.parameters():  # a fresh model is nearly the same for all pictures
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(folder)


def _clip_tokenizer() -> Any:
    import transformers

    letters = string.ascii_lowercase + string.digits + string.punctuation
    words = ["<|startoftext|>", "<|endoftext|>", *letters, *(f"{one}</w>" for one in letters)]
    vocabulary = {word: number for number, word in enumerate(words)}
    return transformers.CLIPTokenizer(vocab=vocabulary, merges=[])
