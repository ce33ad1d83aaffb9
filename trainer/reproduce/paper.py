"""The paper's figures for the same rows (method.md, "Evaluation")."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Row:
    """A method that is measured.

    Attributes:
        id: Unique.
        title: For people.
        kind: ``relational`` for what the pipeline makes, ``ablation`` for what leaves a part of it
            out, ``attribute`` for what sees looks, ``floor`` for what needs no model,
            ``reference`` for what is not part of the comparison.
        source: How its vectors come about; see `trainer.reproduce.methods`.
        folder: What it is read from, below the run's.
        paper: Name of the row of the paper that plays the same part; empty if none does.
        note: What must be said of it.
        start: What it starts from: `NOTHING`, `IMAGENET`, or empty where nothing is learned.
    """

    id: str
    title: str
    kind: str
    source: str
    folder: str = ""
    paper: str = ""
    note: str = ""
    start: str = ""


NOTHING: Final = "nothing"
IMAGENET: Final = "ImageNet features"
"""Of the bundled model's backbone: EfficientNet-Lite2, which saw photographs and no scene."""

JUDGE: Final[dict[str, float]] = {
    "LPIPS": 4.56,
    "Qwen-T": 4.86,
    "DINO": 5.14,
    "CLIP-T": 5.33,
    "tuned DINO": 5.62,
    "DreamSim": 5.76,
    "CLIP-I": 5.91,
    "tuned CLIP": 6.02,
    "relsim": 6.77,
}
"""Mean of GPT-4o's 0..10 for the first that is retrieved: 14k test and 14k random pictures, 1,000
queries. DINO is 4.68 in the released code's plot."""

STUDY: Final[dict[str, tuple[float, float, float]]] = {
    "DreamSim": (48.5, 17.0, 34.4),
    "DINO": (54.2, 21.5, 24.3),
    "CLIP-I": (42.5, 25.6, 31.9),
    "CLIP-T": (59.7, 12.6, 27.7),
    "Qwen-T": (60.7, 17.5, 21.8),
}
"""Of the user study: per cent that preferred relsim, neither, the other."""

FILTER_AGREEMENT: Final = 0.93
"""Of the paper's filter with people; people agreed with one another about 0.92."""

TESTED: Final = "relsim"
"""Id of the method that all others are compared with."""

COUNTERPART: Final = "pretrained"
"""Id of its counterpart that has seen photographs before, as the paper's model has; all others are
compared with that as well."""

ROWS: Final = (
    Row("relsim", "relsim", "relational", "relsim", "relsim/model", "relsim", start=NOTHING),
    Row(
        "conventional",
        "relsim, conventional captions",
        "ablation",
        "relsim",
        "relsim-conventional/model",
        note="The same pictures; captions that name what is seen.",
        start=NOTHING,
    ),
    Row(
        "no-filter",
        "relsim, no filter",
        "ablation",
        "relsim",
        "relsim-no-filter/model",
        note="As many pictures, drawn by lot from all; captions by the same captioner.",
        start=NOTHING,
    ),
    Row(
        "clip",
        "tuned CLIP tower",
        "ablation",
        "tower",
        "clip/model",
        "tuned CLIP",
        "The same pictures and captions; a tower of vision without a language model.",
        NOTHING,
    ),
    Row(
        "captions",
        "the captioner's captions, by text",
        "ablation",
        "captions",
        "data/test.jsonl",
        note="No relsim: the captioner describes every test picture, and texts are compared. The"
        " paper's Qwen-T does so with a model that was not tuned.",
        start=NOTHING,
    ),
    Row(
        "pretrained",
        "relsim on ImageNet features",
        "relational",
        "pretrained",
        "pretrained",
        "relsim",
        "The same pictures and captions as relsim; a new head over a frozen backbone that has seen"
        " photographs.",
        IMAGENET,
    ),
    Row(
        "pretrained-conventional",
        "on ImageNet features, conventional",
        "ablation",
        "pretrained",
        "pretrained-conventional",
        note="The same with captions that name what is seen.",
        start=IMAGENET,
    ),
    Row(
        "pretrained-no-filter",
        "on ImageNet features, no filter",
        "ablation",
        "pretrained",
        "pretrained-no-filter",
        note="The same with as many pictures, drawn by lot from all.",
        start=IMAGENET,
    ),
    Row(
        "groups",
        "on ImageNet features, groups without text",
        "ablation",
        "grouped",
        "pretrained-groups",
        note="The same head; instead of captions it learns which pictures are in one seed group:"
        " other pictures and fewer, all with a relation.",
        start=IMAGENET,
    ),
    Row(
        "arrangement",
        "on ImageNet features, nothing learned",
        "ablation",
        "arrangement",
        "features/test",
        note="What the head is given, compared as it is: which places of a picture look alike. No"
        " captions.",
        start=IMAGENET,
    ),
    Row(
        "maps",
        "ImageNet features, place by place",
        "attribute",
        "maps",
        "features/test",
        note="The backbone's maps, not pooled: pictures that are laid out alike are alike.",
        start=IMAGENET,
    ),
    Row(
        "attribute",
        "ImageNet features (attribute vector)",
        "attribute",
        "small-attribute",
        paper="DINO",
        note="Pooled features of the bundled model's backbone, trained on photographs.",
        start=IMAGENET,
    ),
    Row(
        "untrained",
        "untrained tower",
        "attribute",
        "untrained",
        "clip/base",
        note="The CLIP tower with random weights.",
        start=NOTHING,
    ),
    Row("pixels", "raw pixels", "floor", "raw pixels", paper="LPIPS"),
    Row("colours", "colour histogram", "floor", "colour histogram"),
    Row("hash", "perceptual hash", "floor", "perceptual hash"),
    Row(
        "true",
        "relsim, true captions",
        "reference",
        "relsim",
        "relsim-true/model",
        note="The same pictures with the captions that the scenes were drawn with: what better"
        " captions could bring.",
        start=NOTHING,
    ),
    Row(
        "pretrained-true",
        "on ImageNet features, true captions",
        "reference",
        "pretrained",
        "pretrained-true",
        note="Of the pictures that the filter kept, as above.",
        start=IMAGENET,
    ),
    Row(
        "relsim-mini",
        "relsim-mini (ships with the program)",
        "reference",
        "small",
        note="Trained on many more scenes of the same kind, of these relations among others.",
        start=IMAGENET,
    ),
)
"""Of the small scale, in the order of the table."""


def documents(rows: tuple[Row, ...] = ROWS) -> list[dict[str, Any]]:
    """Rows as plain values, for the settings of a step."""
    return [{name: getattr(row, name) for name in Row.__slots__} for row in rows]
