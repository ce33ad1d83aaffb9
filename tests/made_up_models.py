"""Small folders in the layout of real models: right in form, meaningless in content."""

from __future__ import annotations

import json
import random
from pathlib import Path

from engine.models.catalogue import card

BASE, RELATIONAL, CAPTIONER = "qwen2.5-vl-7b", "relsim-7b", "relsim-captioner-7b"


def weights(size: int, seed: int = 0) -> bytes:
    """A safetensors file with one tensor of so many bytes."""
    tensor = {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}
    header = json.dumps({"x": tensor}).encode()
    return len(header).to_bytes(8, "little") + header + random.Random(seed).randbytes(size)


def made_up(model_id: str, *, size: int = 300_000) -> dict[str, bytes]:
    """The files of a model, with some that nobody should take."""
    files = {
        "README.md": b"# A model",
        "optimizer.pt": b"a pickle",
        "rng_state.pth": b"a pickle",
        "training_args.bin": b"a pickle",
        "modeling_custom.py": b"raise SystemExit",
        "tokenizer.json": b"{}" + b" " * 1000,
        "preprocessor_config.json": b"{}",
        "chat_template.jinja": b"{{ x }}",
        "merges.txt": b"a b\n",
    }
    if model_id == BASE:
        shards = [f"model-0000{i}-of-00002.safetensors" for i in (1, 2)]
        index = {"weight_map": {"a": shards[0], "b": shards[1], "c": shards[0]}}
        files["config.json"] = b'{"model_type": "qwen2_5_vl"}'
        files["model.safetensors.index.json"] = json.dumps(index).encode()
        files |= {name: weights(size, seed) for seed, name in enumerate(shards)}
        return files
    files["adapter_config.json"] = b'{"peft_type": "LORA"}'
    files["adapter_model.safetensors"] = weights(size, 7)
    if model_id == RELATIONAL:
        files["projection_and_config.pt"] = b"not looked into here" * 50
    return files


def repositories(*model_ids: str, size: int = 300_000) -> dict[str, dict[str, bytes]]:
    """The same by id on the hub."""
    return {str(card(one).repository): made_up(one, size=size) for one in model_ids}


def write_folder(folder: Path, files: dict[str, bytes]) -> Path:
    """Write files into a new folder."""
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder
