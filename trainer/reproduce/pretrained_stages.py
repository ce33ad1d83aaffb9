"""The stages of relsim on ImageNet features, and of its ablations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Final

from trainer.reproduce.config import SmallConfig
from trainer.reproduce.plan import Stage

_BACKBONE: Final = "features/backbone.onnx"
_KEPT, _UNFILTERED = "scan/kept.jsonl", "data/unfiltered-pictures.jsonl"
_GROUPED: Final = "data/grouped.jsonl"

HEADS: Final = (
    "pretrained",
    "pretrained-conventional",
    "pretrained-no-filter",
    "pretrained-true",
    "pretrained-groups",
)
"""Names of the stages that train a head, and of the folders that they make."""


def pretrained_stages(config: SmallConfig) -> list[Stage]:
    """Features of what there is to learn from and to measure on, and a head for each list.

    Args:
        config: Of the small scale.
    """
    return [
        Stage(
            "backbone",
            "Write the ImageNet backbone as a graph",
            "pretrained",
            step="backbone",
            settings={"out": _BACKBONE},
            makes=(_BACKBONE,),
            minutes=0.3,
        ),
        _features("kept", _KEPT, "what the filter kept", "scan", 2.0),
        _features("unfiltered", _UNFILTERED, "those drawn by lot", "lot", 2.0),
        _features("test", "test/pictures.jsonl", "the test pictures", "test", 0.3),
        Stage(
            "grouped",
            "List the pictures of the seed groups, without captions",
            "grouped",
            step="grouped",
            settings={"groups": "groups.jsonl", "out": _GROUPED},
            needs=("groups",),
            makes=(_GROUPED,),
            minutes=0.1,
        ),
        _features("grouped", _GROUPED, "pictures of the seed groups", "grouped", 1.4),
        _head(config, "", "the captioner's captions", "fill-kept", "data/kept.jsonl"),
        _head(
            config, "conventional", "conventional captions", "scan", _KEPT, caption="conventional"
        ),
        _head(
            config,
            "no-filter",
            "captions of unfiltered pictures",
            "fill-unfiltered",
            "data/unfiltered.jsonl",
            features="unfiltered",
        ),
        _head(config, "true", "true captions, for reference", "lot", "data/true.jsonl"),
        _group_head(config),
    ]


def _features(name: str, pictures: str, what: str, needs: str, minutes: float) -> Stage:
    out = f"features/{name}"
    return Stage(
        f"features-{name}",
        f"Read ImageNet features of {what}",
        "pretrained",
        step="features",
        settings={"pictures": pictures, "backbone": _BACKBONE, "out": out},
        needs=("backbone", needs),
        makes=(out,),
        minutes=minutes,
    )


def _head(
    config: SmallConfig,
    name: str,
    what: str,
    needs: str,
    pictures: str,
    *,
    caption: str = "caption",
    features: str = "kept",
) -> Stage:
    out = f"pretrained-{name}" if name else "pretrained"
    return Stage(
        out,
        f"Train a head on ImageNet features and {what}",
        "pretrained",
        step="head",
        settings={
            "pictures": pictures,
            "caption": caption,
            "features": f"features/{features}",
            "out": out,
            "head": asdict(config.pretrained.head),
            "training": asdict(config.pretrained.training),
            "seed": config.seed,
        },
        needs=(needs, f"features-{features}"),
        makes=(out,),
        minutes=2.0,
    )


def _group_head(config: SmallConfig) -> Stage:
    """With the settings of the others; the temperature is that of their loss."""
    out = "pretrained-groups"
    return Stage(
        out,
        "Train a head on ImageNet features and seed groups, without text",
        "grouped",
        step="group_head",
        settings={
            "pictures": _GROUPED,
            "features": "features/grouped",
            "out": out,
            "head": asdict(config.pretrained.head),
            "training": asdict(config.pretrained.training),
            "seed": config.seed,
        },
        needs=("grouped", "features-grouped"),
        makes=(out,),
        minutes=1.5,
    )
