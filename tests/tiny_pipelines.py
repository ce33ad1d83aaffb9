"""Diffusers models of less than a megabyte, made on the spot: right in form, random in content."""

from __future__ import annotations

from pathlib import Path
from typing import Any


def make_text_model(folder: Path) -> Path:
    """One that makes pictures of 32 x 32 pixels from words, and can change a picture too."""
    from diffusers import StableDiffusionPipeline

    return _save(StableDiffusionPipeline, folder, channels=4)


def make_shy_model(folder: Path) -> Path:
    """One whose safety filter holds back every picture."""
    from diffusers import StableDiffusionPipeline
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
    from transformers import CLIPConfig, CLIPImageProcessorPil

    seen = {"hidden_size": 16, "intermediate_size": 16, "num_hidden_layers": 1}
    vision = {**seen, "num_attention_heads": 2, "image_size": 32, "patch_size": 16}
    checker = StableDiffusionSafetyChecker(
        CLIPConfig(vision_config=vision, projection_dim=16, text_config={"hidden_size": 16})
    )
    checker.concept_embeds_weights.data.fill_(-2.0)  # whatever is seen is above that
    size = {"height": 32, "width": 32}
    reader = CLIPImageProcessorPil(size={"shortest_edge": 32}, crop_size=size)
    filters = {"safety_checker": checker, "feature_extractor": reader}
    return _save(StableDiffusionPipeline, folder, channels=4, **filters)


def make_editing_model(folder: Path) -> Path:
    """One that follows an instruction on a picture, and cannot do without one."""
    from diffusers import StableDiffusionInstructPix2PixPipeline

    return _save(StableDiffusionInstructPix2PixPipeline, folder, channels=8)


def _save(kind: Any, folder: Path, *, channels: int, **filters: Any) -> Path:
    import torch
    from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(0)
    tokenizer = _tokenizer()
    text = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        intermediate_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        max_position_embeddings=24,
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    )
    unet = UNet2DConditionModel(
        sample_size=16,
        in_channels=channels,
        out_channels=4,
        block_out_channels=(8, 16),
        layers_per_block=1,
        norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=16,
        attention_head_dim=4,
    )
    vae = AutoencoderKL(
        block_out_channels=(8, 8),
        norm_num_groups=4,
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        latent_channels=4,
        sample_size=32,
    )
    scheduler = DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False, steps_offset=1)
    pipeline = kind(
        vae=vae,
        text_encoder=CLIPTextModel(text),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler,
        requires_safety_checker=bool(filters),
        **{"safety_checker": None, "feature_extractor": None, **filters},
    )
    pipeline.save_pretrained(folder)
    return folder


def _tokenizer() -> Any:
    """CLIP's own tokenizer over a handful of letters and words."""
    from transformers import CLIPTokenizer

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    pieces = [*letters, *(letter + "</w>" for letter in letters), ".</w>", ",</w>"]
    vocabulary = {piece: at for at, piece in enumerate(dict.fromkeys(pieces))}
    for special in ("<|startoftext|>", "<|endoftext|>"):
        vocabulary[special] = len(vocabulary)
    return CLIPTokenizer(vocab=vocabulary, merges=[], model_max_length=24)
