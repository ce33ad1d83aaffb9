"""What the program knows of each metric, in the order of the paper's table."""

from __future__ import annotations

from engine.metrics.interface import MetricSpec

_COSINE = "-1 to 1, 1 for the same picture"

LPIPS = MetricSpec(
    id="lpips",
    title="LPIPS",
    summary="How far apart the patches of two pictures are, by what AlexNet sees in them.",
    measures="attribute",
    closer="low",
    range="0 to about 1, 0 for the same picture",
    source="torchmetrics, AlexNet of torchvision",
    licence="BSD-2-Clause, BSD-3-Clause",
    extra="metrics",
    paper=4.56,
)
DINO = MetricSpec(
    id="dino",
    title="DINO",
    summary="What is where in two pictures, by the class token of DINOv2.",
    measures="attribute",
    closer="high",
    range=_COSINE,
    source="facebook/dinov2-large",
    licence="Apache-2.0",
    models=("dinov2-large",),
    paper=5.14,
)
DREAMSIM = MetricSpec(
    id="dreamsim",
    title="DreamSim",
    summary="How alike people find two pictures: layout, pose, content.",
    measures="attribute",
    closer="low",
    range="0 to about 1, 0 for the same picture",
    source="dreamsim, its ensemble",
    licence="MIT",
    extra="metrics",
    paper=5.76,
)
CLIP_I = MetricSpec(
    id="clip-i",
    title="CLIP-I",
    summary="What two pictures are of, by CLIP's picture side.",
    measures="attribute",
    closer="high",
    range=_COSINE,
    source="openai/clip-vit-large-patch14",
    licence="MIT",
    models=("clip-vit-l14",),
    paper=5.91,
)
CLIP_T = MetricSpec(
    id="clip-t",
    title="CLIP-T",
    summary="A plain caption of the first picture against the second picture, by CLIP.",
    measures="attribute",
    closer="high",
    range="-1 to 1, seldom above 0.4; not the same in both directions",
    source="Qwen/Qwen2.5-VL-7B-Instruct, openai/clip-vit-large-patch14",
    licence="Apache-2.0, MIT",
    models=("clip-vit-l14", "qwen2.5-vl-7b"),
    paper=5.33,
)
QWEN_T = MetricSpec(
    id="qwen-t",
    title="Qwen-T",
    summary="Plain captions of both pictures against one another, by a text encoder.",
    measures="attribute",
    closer="high",
    range=_COSINE,
    source="Qwen/Qwen2.5-VL-7B-Instruct, all-MiniLM-L6-v2",
    licence="Apache-2.0",
    models=("qwen2.5-vl-7b",),
    paper=4.86,
)
CLIP_TUNED = MetricSpec(
    id="clip-tuned",
    title="tuned CLIP",
    summary="CLIP's picture side, trained on anonymous captions as relsim was.",
    measures="relational",
    closer="high",
    range=_COSINE,
    source="a checkpoint of relsim-train relsim, recipe clip",
    licence="its own",
    paper=6.02,
)
DINO_TUNED = MetricSpec(
    id="dino-tuned",
    title="tuned DINO",
    summary="DINOv2, trained on anonymous captions as relsim was.",
    measures="relational",
    closer="high",
    range=_COSINE,
    source="a checkpoint of relsim-train relsim, recipe dino",
    licence="its own",
    paper=5.62,
)
RELSIM = MetricSpec(
    id="relsim",
    title="relsim",
    summary="The logic of two pictures, by the published model or a checkpoint like it.",
    measures="relational",
    closer="high",
    range=_COSINE,
    source="thaoshibe/relsim-qwenvl25-lora on Qwen/Qwen2.5-VL-7B-Instruct",
    licence="CC BY-NC-SA 4.0",
    models=("relsim-7b",),
    paper=6.77,
)
RELSIM_MINI = MetricSpec(
    id="relsim-mini",
    title="relsim-mini",
    summary="The logic of two pictures, by the small model that comes with the program.",
    measures="relational",
    closer="high",
    range=_COSINE,
    source="the bundled model",
    licence="Apache-2.0",
)
ATTRIBUTE = MetricSpec(
    id="attribute",
    title="Look",
    summary="The look of two pictures, by the small model that comes with the program.",
    measures="attribute",
    closer="high",
    range=_COSINE,
    source="the bundled model",
    licence="Apache-2.0",
)

METRICS: tuple[MetricSpec, ...] = (
    LPIPS,
    QWEN_T,
    DINO,
    CLIP_T,
    DINO_TUNED,
    DREAMSIM,
    CLIP_I,
    CLIP_TUNED,
    RELSIM,
    RELSIM_MINI,
    ATTRIBUTE,
)
"""All metrics; those of the paper by what its judge gave them."""


def metric_spec(metric: str) -> MetricSpec | None:
    """What is known of a metric; None if there is none of this id."""
    return next((known for known in METRICS if known.id == metric), None)
