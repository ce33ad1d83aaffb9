"""Qwen2.5-VL as the trainer needs it: loaded to be trained, with LoRA, or made on the spot."""
