"""Large models of a few megabytes: golden ones, copies with a fault, others made on the spot."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from golden_files import golden
from PIL import Image

from engine.models.device import Device, Placement, Precision
from engine.models.large_spec import CaptionerSpec, RelsimSpec
from engine.models.preparation import Preparation
from engine.models.qwen import QwenBase
from engine.types import UInt8

PROCESSOR = Device("cpu", "processor", 1 << 40, 1 << 40)
ADAPTER = "adapter_model.safetensors"


def placement(precision: Precision = "float32", device: Device = PROCESSOR) -> Placement:
    return Placement(device, precision, "a test says so")


def load_base(
    folder: Path | None = None, *, writes: bool = False, precision: Precision = "float32"
) -> QwenBase:
    """A base model on the processor; the golden one if no folder is named."""
    return QwenBase.load(
        folder or golden("relsim-tiny", "base"), placement(precision), writes=writes
    )


def relsim_spec(
    folder: Path | None = None,
    base: Path | None = None,
    *,
    preparation: Preparation = "square448",
) -> RelsimSpec:
    return RelsimSpec(
        "relsim-tiny",
        folder or golden("relsim-tiny", "relsim"),
        base or golden("relsim-tiny", "base"),
        preparation,
        None,
        "1" * 64,
    )


def captioner_spec(folder: Path | None = None, base: Path | None = None) -> CaptionerSpec:
    return CaptionerSpec(
        "captioner-tiny",
        folder or golden("relsim-tiny", "captioner"),
        base or golden("relsim-tiny", "base"),
        "2" * 64,
    )


def linked(source: Path, target: Path, *, without: tuple[str, ...] = ()) -> Path:
    """A folder like another, whose files can be left out or replaced; nothing is copied."""
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.name not in without:
            (target / path.name).symlink_to(path.resolve())
    return target


def replace_file(path: Path, content: bytes) -> None:
    """Write a file of a `linked` folder anew; what it links to stays as it is."""
    path.unlink(missing_ok=True)
    path.write_bytes(content)


def edit_json(path: Path, **changes: object) -> None:
    """Change entries of a JSON file of a `linked` folder."""
    content = json.loads(path.read_text())
    replace_file(path, json.dumps(content | changes).encode())


def edit_tensors(path: Path, edit: Callable[[dict[str, Any]], object]) -> None:
    """Change the tensors of a safetensors file of a `linked` folder."""
    from safetensors.torch import load_file, save_file

    tensors = load_file(path)
    edit(tensors)
    path.unlink()
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, path)


def drop_embeddings(tensors: dict[str, Any]) -> None:
    """Leave out what PEFT saves beside LoRA because the vocabulary was resized."""
    for name in [name for name in tensors if "lora_" not in name]:
        del tensors[name]


@dataclass(frozen=True, slots=True)
class Shape:
    """Dimensions of a Qwen2.5-VL that is made on the spot."""

    width: int = 48
    inner: int = 80
    layers: int = 3
    heads: int = 3
    key_value_heads: int = 1
    mrope: tuple[int, int, int] = (2, 3, 3)
    vision_width: int = 40
    vision_inner: int = 56
    vision_depth: int = 3
    vision_heads: int = 2
    full_attention: tuple[int, ...] = (2,)
    window: int = 56


def make_base(folder: Path, shape: Shape) -> Path:
    """Write a Qwen2.5-VL with random weights, bfloat16, and the real tokenizer."""
    import torch
    from transformers import AutoConfig, Qwen2_5_VLForConditionalGeneration

    linked(golden("relsim-tiny", "base"), folder, without=("model.safetensors", "config.json"))
    content = json.loads(golden("relsim-tiny", "base", "config.json").read_text())
    content["text_config"] |= {
        "hidden_size": shape.width,
        "intermediate_size": shape.inner,
        "num_hidden_layers": shape.layers,
        "layer_types": ["full_attention"] * shape.layers,
        "num_attention_heads": shape.heads,
        "num_key_value_heads": shape.key_value_heads,
        "rope_scaling": {
            "mrope_section": list(shape.mrope),
            "rope_type": "default",
            "type": "default",
        },
    }
    content["vision_config"] |= {
        "hidden_size": shape.vision_width,
        "intermediate_size": shape.vision_inner,
        "depth": shape.vision_depth,
        "num_heads": shape.vision_heads,
        "fullatt_block_indexes": list(shape.full_attention),
        "window_size": shape.window,
        "out_hidden_size": shape.width,
    }
    (folder / "config.json").write_text(json.dumps(content))
    torch.manual_seed(0)
    model = Qwen2_5_VLForConditionalGeneration(AutoConfig.from_pretrained(folder))
    model.to(torch.bfloat16).save_pretrained(folder)
    return folder


def make_relsim(folder: Path, base: Path, *, resized: bool, rank: int = 4) -> Path:
    """Train nothing, but save a relsim checkpoint with PEFT, as the released code does.

    Args:
        folder: A new one.
        base: In transformers' layout.
        resized: Whether the vocabulary is resized first, so that PEFT saves the embeddings too.
        rank: Of LoRA.
    """
    import peft
    import torch

    released = golden("relsim-tiny", "relsim")
    linked(released, folder, without=("adapter_config.json", ADAPTER, "projection_and_config.pt"))
    query = torch.load(released / "projection_and_config.pt", weights_only=True)["query_token_id"]
    model = _whole(base)
    if resized:
        _resize(model, query + 1)
    torch.manual_seed(1)
    config = peft.LoraConfig(
        r=rank,
        lora_alpha=2 * rank,
        target_modules=["q_proj", "v_proj"],
        task_type="CAUSAL_LM",
        init_lora_weights=False,
    )
    with _quiet():
        peft.get_peft_model(model, config).save_pretrained(folder, save_embedding_layers=resized)
    edit_json(folder / "adapter_config.json", base_model_name_or_path=str(base))
    width = model.get_input_embeddings().weight.shape[1]
    projection = {"weight": torch.randn(384, width) / width**0.5, "bias": torch.randn(384) / 10}
    torch.save(
        {"projection": projection, "query_token_id": query}, folder / "projection_and_config.pt"
    )
    return folder


def reference_embedding(
    base: Path, relsim: Path, pixels: UInt8, *, marks_picture: bool = True
) -> np.ndarray:
    """What PEFT and transformers make of a prepared picture, with nothing left out or merged.

    Args:
        base: Folder of the base.
        relsim: Folder of the checkpoint.
        pixels: The picture.
        marks_picture: Whether the tokens of the picture are marked as such; see method.md, "Traps".
    """
    import torch

    tokenizer, model = _reference(base, relsim)
    saved = torch.load(relsim / "projection_and_config.pt", weights_only=True)
    inputs = model_inputs(base, pixels)
    text = tokenizer.apply_chat_template(
        [{"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "<|query|>"}]}],
        tokenize=False,
    )
    count = int(inputs["image_grid_thw"].prod()) // 4
    ids = tokenizer(text.replace("<|image_pad|>", "<|image_pad|>" * count), return_tensors="pt")
    seen = ids["input_ids"] == model.config.image_token_id
    marks = {"mm_token_type_ids": seen.int()} if marks_picture else {}
    with torch.no_grad():
        out = model(
            **ids,
            **inputs,
            **marks,
            output_hidden_states=True,
            use_cache=False,
        )
    at = int((ids["input_ids"][0] == saved["query_token_id"]).nonzero())
    state = out.hidden_states[-1][0, at].float()
    weight, bias = (saved["projection"][name].float() for name in ("weight", "bias"))
    vector: np.ndarray = torch.nn.functional.normalize(weight @ state + bias, dim=0).numpy()
    return vector


@lru_cache(maxsize=1)
def _reference(base: Path, relsim: Path) -> tuple[Any, Any]:
    from transformers import AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(relsim)
    return tokenizer, peft_model(base, relsim, len(tokenizer))


def peft_model(base: Path, adapter: Path, tokens: int) -> Any:
    """A base with an adapter on it, as PEFT loads it, in float32."""
    import peft

    model = _whole(base)
    _resize(model, tokens)
    with _quiet():
        return peft.PeftModel.from_pretrained(model, adapter).eval()


def model_inputs(base: Path, pixels: UInt8) -> dict[str, Any]:
    """Pixels of a prepared picture as transformers' own image processor gives them to a model."""
    inputs = image_processor(base)(Image.fromarray(pixels), return_tensors="pt")
    return {name: inputs[name] for name in ("pixel_values", "image_grid_thw")}


def image_processor(base: Path) -> Any:
    from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

    return Qwen2VLImageProcessorPil.from_pretrained(base)


def _whole(base: Path) -> Any:
    import torch
    from transformers import Qwen2_5_VLForConditionalGeneration

    return Qwen2_5_VLForConditionalGeneration.from_pretrained(base, dtype=torch.float32).eval()


def _resize(model: Any, tokens: int) -> None:
    with _quiet():
        model.resize_token_embeddings(tokens, mean_resizing=False)


class _quiet(warnings.catch_warnings):  # noqa: N801 - a context, like the one it is
    """PEFT warns of what the released code does on purpose."""

    def __enter__(self) -> None:  # type: ignore[override]
        super().__enter__()
        warnings.simplefilter("ignore")
