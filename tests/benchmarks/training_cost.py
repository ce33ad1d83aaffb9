"""What the stages of training cost at the paper's scale: calculated, not measured.

    python tests/benchmarks/training_cost.py --tflops 989 --utilisation 0.35 --price 2.5

Operations of a picture are those of `relsim_flops`; docs/training.md tells what is assumed. Weights
of the base are frozen, so a backward pass costs the language model what a forward pass does (the
gradients of its states, none of weights), and the tower nothing.
"""

from __future__ import annotations

import argparse

from random_relsim import SHAPES
from relsim_flops import Picture, _vision, own_flops

PICTURE = Picture(32, 32)  # 448 pixels a side: 1,024 patches, 256 tokens
SHAPE = SHAPES["7b"]
KEPT, SCANNED = 114_881, 16_000_000
TEMPLATE = 20  # tokens of the chat template around a question
QUESTION, PROMPT, CAPTION = 48, 112, 25  # tokens: filter's question, captioner's prompt, a caption
WRITTEN_AT_ONCE = 16
WEIGHTS_GB = 15.2  # of the language model and its head, bfloat16: read for every token written
READING = 0.6  # share of the memory's bandwidth


def tower_tflop() -> float:
    """Of the vision tower and the merger."""
    return _vision(SHAPE, PICTURE, frames=1) / 1e12


def language_tflop(tokens: int) -> float:
    """Of all layers of the language model."""
    width, narrow = SHAPE.heads * SHAPE.head, SHAPE.key_value_heads * SHAPE.head
    weights = SHAPE.hidden * (2 * width + 2 * narrow + 3 * SHAPE.intermediate)
    return SHAPE.layers * (2 * tokens * weights + 4 * tokens**2 * width) / 1e12


def vit_tflop() -> float:
    """Of ViT-L/14 at 224 pixels: CLIP's and DINOv2's."""
    tokens, width, layers = 257, 1024, 24
    return layers * (2 * tokens * 12 * width**2 + 4 * tokens**2 * width) / 1e12


def stages() -> list[tuple[str, int, float]]:
    """What, how many pictures, and TFLOP for each."""
    tower, whole = tower_tflop(), own_flops(SHAPE, PICTURE) / 1e12
    relsim = whole - tower
    asked = language_tflop(256 + TEMPLATE + QUESTION)
    told = language_tflop(256 + TEMPLATE + PROMPT)
    taught = language_tflop(256 + TEMPLATE + PROMPT + CAPTION)
    return [
        ("filter, training (checkpointing)", 2 * 12_300, tower + 3 * asked),
        ("filter, scan of all", SCANNED, tower + asked),
        ("filter, scan of a tenth that a light filter left", SCANNED // 10, tower + asked),
        ("captioner, training (checkpointing)", 3 * 1_529, tower + 3 * taught),
        ("captions for all, reading the picture", KEPT, tower + told),
        ("relsim, 3 epochs, nothing computed twice", 300_000, tower + 2 * relsim),
        ("relsim, 3 epochs, checkpointing", 300_000, tower + 3 * relsim),
        ("relsim, 3 epochs, checkpointing and pieces", 300_000, 2 * tower + 4 * relsim),
        ("relsim, the paper's 15,000 steps", 960_000, tower + 2 * relsim),
        ("evaluation of the held-out pictures", 14_881, whole),
        ("tuned CLIP or DINOv2, 3 epochs", 300_000, 2 * vit_tflop()),
    ]


def main() -> None:
    """Print a table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tflops", type=float, default=989, help="peak rate in bfloat16, dense")
    parser.add_argument("--bandwidth", type=float, default=3.35, help="of memory, in TB/s")
    parser.add_argument("--utilisation", type=float, default=0.35, help="share of the peak rate")
    parser.add_argument("--price", type=float, default=2.5, help="of a GPU for an hour")
    arguments = parser.parse_args()
    rate = arguments.tflops * arguments.utilisation
    print("| stage | pictures | TFLOP each | GPU hours | price |\n|---|---|---|---|---|")
    for name, pictures, tflop in stages():
        hours = pictures * tflop / rate / 3600
        print(
            f"| {name} | {pictures:,} | {tflop:.2f} | {hours:.2f} | {hours * arguments.price:.2f} |"
        )
    seconds = CAPTION * WEIGHTS_GB / WRITTEN_AT_ONCE / (arguments.bandwidth * 1e3 * READING)
    hours = KEPT * seconds / 3600
    print(
        f"| captions for all, writing {CAPTION} tokens | {KEPT:,} | - | {hours:.2f} |"
        f" {hours * arguments.price:.2f} |"
    )


if __name__ == "__main__":
    main()
