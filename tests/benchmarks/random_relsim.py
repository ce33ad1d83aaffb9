"""Random-weight checkpoints in the released layout, at the shape of any Qwen2.5-VL.

Each tensor is drawn from a seed of its own, made of its name. So two processes with different
libraries have the same weights on the same kind of device without a file between them, and a 7B
model never passes through one. Runs in the project's environment and in the released package's.
"""

from __future__ import annotations

import json
import math
import shutil
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch  # noqa: TID253 - it draws the weights

RANK = 16
EMBEDDING = 384
TOKENS = 151_666  # with <|query|>, as the released tokenizer has them


@dataclass(frozen=True, slots=True)
class Shape:
    """The dimensions of a Qwen2.5-VL; the vision tower is the same in every released size."""

    hidden: int
    intermediate: int
    layers: int
    heads: int
    key_value_heads: int
    vocabulary: int
    tied: bool
    mrope: tuple[int, int, int] = (16, 24, 24)
    vision_depth: int = 32
    vision_hidden: int = 1280
    vision_intermediate: int = 3420
    vision_heads: int = 16
    full_attention: tuple[int, ...] = field(default=(7, 15, 23, 31))
    patch: int = 14
    merge: int = 2
    window: int = 112

    @property
    def head(self) -> int:
        """Width of one attention head of the language model."""
        return self.hidden // self.heads


SHAPES = {
    "tiny": Shape(
        32, 96, 4, 2, 1, 151_680, True, (2, 3, 3),
        vision_depth=4, vision_hidden=64, vision_intermediate=128, vision_heads=4,
        full_attention=(1, 3),
    ),
    "cut6": Shape(2048, 11_008, 6, 16, 2, 151_936, True, vision_depth=6, full_attention=(2, 5)),
    "7b": Shape(3584, 18_944, 28, 28, 4, 152_064, False),
}  # fmt: skip


def config(shape: Shape) -> dict[str, Any]:
    """``config.json`` as the base model has it on the hub."""
    return {
        "architectures": ["Qwen2_5_VLForConditionalGeneration"],
        "attention_dropout": 0.0,
        "bos_token_id": 151643,
        "eos_token_id": 151645,
        "vision_start_token_id": 151652,
        "vision_end_token_id": 151653,
        "vision_token_id": 151654,
        "image_token_id": 151655,
        "video_token_id": 151656,
        "hidden_act": "silu",
        "hidden_size": shape.hidden,
        "initializer_range": 0.02,
        "intermediate_size": shape.intermediate,
        "max_position_embeddings": 128000,
        "max_window_layers": shape.layers,
        "model_type": "qwen2_5_vl",
        "num_attention_heads": shape.heads,
        "num_hidden_layers": shape.layers,
        "num_key_value_heads": shape.key_value_heads,
        "rms_norm_eps": 1e-06,
        "rope_theta": 1000000.0,
        "sliding_window": 32768,
        "tie_word_embeddings": shape.tied,
        "torch_dtype": "bfloat16",
        "use_cache": True,
        "use_sliding_window": False,
        "vision_config": {
            "depth": shape.vision_depth,
            "hidden_act": "silu",
            "hidden_size": shape.vision_hidden,
            "intermediate_size": shape.vision_intermediate,
            "num_heads": shape.vision_heads,
            "in_chans": 3,
            "out_hidden_size": shape.hidden,
            "patch_size": shape.patch,
            "spatial_merge_size": shape.merge,
            "spatial_patch_size": shape.patch,
            "window_size": shape.window,
            "fullatt_block_indexes": list(shape.full_attention),
            "tokens_per_second": 2,
            "temporal_patch_size": 2,
        },
        "rope_scaling": {"type": "mrope", "mrope_section": list(shape.mrope)},
        "vocab_size": shape.vocabulary,
    }


def base_tensors(shape: Shape) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of the base model's tensors, as its files on the hub name them."""
    hidden, key_value = shape.hidden, shape.key_value_heads * shape.head
    yield "model.embed_tokens.weight", (shape.vocabulary, hidden)
    for layer in range(shape.layers):
        at = f"model.layers.{layer}"
        yield f"{at}.input_layernorm.weight", (hidden,)
        yield f"{at}.post_attention_layernorm.weight", (hidden,)
        for name, width in (("q", hidden), ("k", key_value), ("v", key_value)):
            yield f"{at}.self_attn.{name}_proj.weight", (width, hidden)
            yield f"{at}.self_attn.{name}_proj.bias", (width,)
        yield f"{at}.self_attn.o_proj.weight", (hidden, hidden)
        yield f"{at}.mlp.gate_proj.weight", (shape.intermediate, hidden)
        yield f"{at}.mlp.up_proj.weight", (shape.intermediate, hidden)
        yield f"{at}.mlp.down_proj.weight", (hidden, shape.intermediate)
    yield "model.norm.weight", (hidden,)
    if not shape.tied:
        yield "lm_head.weight", (shape.vocabulary, hidden)
    yield from _vision_tensors(shape)


def _vision_tensors(shape: Shape) -> Iterator[tuple[str, tuple[int, ...]]]:
    width, inner = shape.vision_hidden, shape.vision_intermediate
    merged = width * shape.merge**2
    yield "visual.patch_embed.proj.weight", (width, 3, 2, shape.patch, shape.patch)
    for block in range(shape.vision_depth):
        at = f"visual.blocks.{block}"
        yield f"{at}.norm1.weight", (width,)
        yield f"{at}.norm2.weight", (width,)
        for name, out, into in (
            ("attn.qkv", 3 * width, width),
            ("attn.proj", width, width),
            ("mlp.gate_proj", inner, width),
            ("mlp.up_proj", inner, width),
            ("mlp.down_proj", width, inner),
        ):
            yield f"{at}.{name}.weight", (out, into)
            yield f"{at}.{name}.bias", (out,)
    yield "visual.merger.ln_q.weight", (width,)
    yield "visual.merger.mlp.0.weight", (merged, merged)
    yield "visual.merger.mlp.0.bias", (merged,)
    yield "visual.merger.mlp.2.weight", (shape.hidden, merged)
    yield "visual.merger.mlp.2.bias", (shape.hidden,)


def lora_tensors(shape: Shape) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Names and shapes of the adapter's own tensors, as PEFT names them."""
    for layer in range(shape.layers):
        for name, out in (("q", shape.hidden), ("v", shape.key_value_heads * shape.head)):
            at = f"base_model.model.model.language_model.layers.{layer}.self_attn.{name}_proj"
            yield f"{at}.lora_A.weight", (RANK, shape.hidden)
            yield f"{at}.lora_B.weight", (out, RANK)


def draw(
    name: str,
    size: tuple[int, ...],
    device: str | torch.device = "cpu",
    dtype: torch.dtype = torch.bfloat16,
) -> torch.Tensor:
    """The tensor of this name: the same in every process on the same kind of device.

    Signals keep their size through the layers, and LoRA changes them by about a tenth.
    """
    if len(size) == 1:
        spread = 0.1
    elif "embed_tokens" in name:
        spread = 1.0
    else:
        spread = 1 / math.sqrt(math.prod(size[1:]))
    if ".lora_B." in name:
        spread *= 0.05 * math.sqrt(RANK)
    generator = torch.Generator(device).manual_seed(zlib.crc32(name.encode()))
    drawn = torch.empty(size, device=device, dtype=torch.float32)
    drawn.normal_(0, spread, generator=generator)
    if len(size) == 1 and not name.endswith(".bias"):
        drawn += 1  # the scale of a norm
    return drawn.to(dtype)


def base_state(shape: Shape, device: str | torch.device) -> dict[str, torch.Tensor]:
    """The base model's weights, bfloat16, drawn on the device."""
    return {name: draw(name, size, device) for name, size in base_tensors(shape)}


def draw_instead_of_loading(kind: Any, shape: Shape, base: Path) -> None:
    """Make ``kind.from_pretrained`` draw the weights, on the graphics device if there is one.

    They are the same wherever the model is told to be.

    Args:
        kind: transformers' ``Qwen2_5_VLForConditionalGeneration`` or ``Qwen2_5_VLModel``.
        shape: Of the weights.
        base: Folder that `write` has made; its configuration is read whatever the caller names.
    """

    def from_pretrained(cls: Any, _: object, **options: Any) -> Any:
        source = "cuda" if torch.cuda.is_available() else "cpu"
        device = _device(options.get("device_map"))
        dtype = options.get("dtype", options.get("torch_dtype"))
        settings = cls.config_class.from_pretrained(base)
        with torch.device(device):
            model = cls._from_config(settings, dtype=dtype, attn_implementation="sdpa")
        drawn = set()
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                drawn.add(hub_name(name))
                parameter.copy_(draw(hub_name(name), tuple(parameter.shape), source))
        expected = {name for name, _ in base_tensors(shape)}
        if not drawn <= expected or expected - drawn - {"lm_head.weight"}:
            raise ValueError(f"drew what is not in the files: {sorted(drawn ^ expected)[:5]}")
        if options.get("output_loading_info"):
            return model, {"missing_keys": set(), "mismatched_keys": set()}
        return model

    kind.from_pretrained = classmethod(from_pretrained)


def hub_name(parameter: str) -> str:
    """What the files on the hub call a parameter of transformers' model."""
    name = parameter.removeprefix("model.")
    if name.startswith(("visual.", "lm_head.")):
        return name
    return f"model.{name.removeprefix('language_model.')}"


def _device(device_map: Any) -> str:
    if isinstance(device_map, dict):
        return str(device_map[""])
    return "cuda" if device_map == "auto" and torch.cuda.is_available() else "cpu"


def write(shape: Shape, golden: Path, folder: Path, *, weights: bool = True) -> None:
    """Write ``base/`` and ``relsim/`` below the folder; nothing if they are there already.

    Args:
        shape: what to make.
        golden: folder with ``relsim-tiny``, whose processor files are copied.
        folder: scratch folder.
        weights: False leaves out what is large (the base model's weights and the embeddings inside
            the adapter): whoever loads it uses `draw_instead_of_loading`.
    """
    from safetensors.torch import save_file

    done = folder / "shape.json"
    wanted = json.dumps({"shape": asdict(shape), "weights": weights})
    if done.exists() and done.read_text() == wanted:
        return
    base, relsim = folder / "base", folder / "relsim"
    for at in (base, relsim):
        at.mkdir(parents=True, exist_ok=True)
        for file in sorted((golden / "relsim-tiny" / at.name).iterdir()):
            if file.suffix in {".json", ".txt", ".jinja"}:
                shutil.copyfile(file, at / file.name)
    (base / "config.json").write_text(json.dumps(config(shape), indent=2))
    adapter = {name: draw(name, size, dtype=torch.float32) for name, size in lora_tensors(shape)}
    if weights:
        state = base_state(shape, "cpu")
        save_file(state, base / "model.safetensors", {"format": "pt"})
        embedding = state["model.embed_tokens.weight"]
        head = embedding if shape.tied else state["lm_head.weight"]
        prefix = "base_model.model"
        adapter[f"{prefix}.model.language_model.embed_tokens.weight"] = embedding[:TOKENS].clone()
        adapter[f"{prefix}.lm_head.weight"] = head[:TOKENS].clone()
    save_file(adapter, relsim / "adapter_model.safetensors", {"format": "pt"})
    projection = {
        "weight": draw("projection.weight", (EMBEDDING, shape.hidden)),
        "bias": draw("projection.bias", (EMBEDDING,)),
    }
    torch.save(
        {"projection": projection, "query_token_id": TOKENS - 1},
        relsim / "projection_and_config.pt",
    )
    done.write_text(wanted)
