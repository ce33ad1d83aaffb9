"""The stages of the small scale: drawn scenes, models that are made on the spot."""

from __future__ import annotations

from typing import Any

from trainer.reproduce.config import SmallConfig, sets
from trainer.reproduce.paper import documents
from trainer.reproduce.plan import Plan, Stage
from trainer.reproduce.pretrained_stages import HEADS, pretrained_stages

_ONE_THREAD = ("--set", "loop.threads=1")
RUNS = {
    "filter": "filter-run",
    "captioner": "captioner",
    "relsim": "relsim",
    "conventional": "relsim-conventional",
    "no-filter": "relsim-no-filter",
    "clip": "clip",
    "true": "relsim-true",
}
"""Folders whose ``metrics.jsonl`` holds the curves, below the run's."""


def small_plan(config: SmallConfig, lanes: int) -> Plan:
    """The stages of a configuration.

    Args:
        config: Settings.
        lanes: Stages side by side.
    """
    before = (*_pictures(config), *_models(config), *_relsims(config))
    return Plan("small", (*before, *pretrained_stages(config), *_ends(config)), lanes)


def _pictures(config: SmallConfig) -> list[Stage]:
    scenes = config.pictures
    drawing: dict[str, Any] = {
        "relations": list(scenes.relations),
        "side": scenes.side,
        "seed": config.seed,
    }
    return [
        Stage(
            "pictures",
            "Draw labelled and validation pictures",
            "pictures",
            step="pictures",
            settings=drawing | {"labelled": scenes.labelled, "validation": scenes.validation},
            makes=("labelled", "validation"),
            minutes=1.2,
        ),
        Stage(
            "wild",
            "Draw pictures that nobody labelled",
            "pictures",
            step="wild",
            settings=drawing | {"wild": scenes.wild, "related": scenes.related},
            makes=("wild", "truth/wild.jsonl"),
            minutes=3.7,
        ),
        Stage(
            "test",
            "Draw test pictures",
            "pictures",
            step="test",
            settings=drawing | {"subjects": scenes.subjects, "unrelated": scenes.unrelated},
            makes=("test", "truth/test.jsonl"),
            minutes=0.1,
        ),
    ]


def _models(config: SmallConfig) -> list[Stage]:
    """Filter and captioner, and what they say of the wild pictures."""
    scan = ("filter", "scan", "wild/pictures.jsonl", "--filter", "filter", "--out", "scan")
    return [
        Stage(
            "groups",
            "Make seed groups with a caption each; the truth stands for people",
            "pictures",
            step="groups",
            settings={
                "seed": config.seed,
                "least": config.groups.least,
                "most": config.groups.most,
                "wordings": config.groups.wordings,
            },
            needs=("pictures",),
            makes=("groups.jsonl", "groups.json"),
            minutes=0.1,
        ),
        Stage(
            "captioner",
            "Train the anonymous captioner on the groups",
            "captioner",
            words=(
                *("captions", "train", *config.captioner.words()),
                *sets(("data.train=groups.jsonl", "data.test=validation")),
                *(*_ONE_THREAD, "--run", RUNS["captioner"], "--device", "cpu"),
            ),
            needs=("groups",),
            makes=(RUNS["captioner"],),
            minutes=11,
        ),
        Stage(
            "filter",
            "Train the filter on the labels",
            "filter",
            words=(
                *("filter", "train", *config.filter.words(), "--set", "source=labelled"),
                *(*_ONE_THREAD, "--run", RUNS["filter"], "--out", "filter"),
            ),
            needs=("pictures",),
            makes=(RUNS["filter"], "filter"),
            minutes=8,
        ),
        Stage(
            "scan",
            "Filter the wild pictures",
            "filter",
            words=(*scan, "--keep-rate", str(config.keep_rate), "--threads", "1"),
            needs=("filter", "wild"),
            makes=("scan",),
            minutes=9,
        ),
        Stage(
            "lot",
            "Draw as many wild pictures by lot, for the ablation without the filter",
            "data",
            step="lot",
            settings={"seed": config.seed},
            needs=("scan", "wild"),
            makes=("data/unfiltered-pictures.jsonl", "data/true.jsonl"),
            minutes=0.1,
        ),
        _fill("kept", "scan/kept.jsonl", "what the filter kept", "scan", 1.5),
        _fill("test", "test/pictures.jsonl", "the test pictures", "test", 0.2),
        _fill("unfiltered", "data/unfiltered-pictures.jsonl", "those drawn by lot", "lot", 1.5),
        Stage(
            "captions",
            "Compare captions with the truth",
            "data",
            step="captions",
            needs=("fill-kept", "fill-test", "fill-unfiltered"),
            makes=("captions.json",),
            minutes=0.4,
        ),
    ]


def _fill(name: str, source: str, what: str, needs: str, minutes: float) -> Stage:
    out = f"data/{name}.jsonl"
    return Stage(
        f"fill-{name}",
        f"Caption {what}",
        "captioner",
        words=(
            *("captions", "fill", source, "--captioner", f"{RUNS['captioner']}/model"),
            *("--out", out),
        ),
        needs=("captioner", needs),
        makes=(out, f"data/{name}.dropped.jsonl"),
        minutes=minutes,
    )


def _relsims(config: SmallConfig) -> list[Stage]:
    """The models on the captioner's captions, and what it is compared with."""
    anonymous = ("data.captions=anonymous",)
    return [
        _relsim(
            config,
            "relsim",
            "relsim on the captioner's captions",
            needs="fill-kept",
            train="data/kept.jsonl",
        ),
        _relsim(
            config,
            "conventional",
            "the ablation with conventional captions",
            needs="scan",
            train="scan/kept.jsonl",
            captions="conventional",
        ),
        _relsim(
            config,
            "no-filter",
            "the ablation without the filter",
            needs="fill-unfiltered",
            train="data/unfiltered.jsonl",
        ),
        _relsim(
            config,
            "true",
            "relsim on true captions, for reference",
            needs="lot",
            train="data/true.jsonl",
        ),
        Stage(
            "clip",
            "Train a CLIP tower without a language model on the captioner's captions",
            "contrastive",
            words=_train(config.tower.words(), "clip", "data/kept.jsonl", anonymous),
            needs=("fill-kept", "pictures"),
            makes=(RUNS["clip"],),
            minutes=4,
        ),
    ]


def _relsim(
    config: SmallConfig,
    name: str,
    what: str,
    *,
    needs: str,
    train: str,
    captions: str = "anonymous",
) -> Stage:
    return Stage(
        name,
        f"Train {what}",
        "contrastive",
        words=_train(config.relsim.words(), name, train, (f"data.captions={captions}",)),
        needs=(needs, "pictures"),
        makes=(RUNS[name],),
        minutes=7,
    )


def _train(part: list[str], name: str, train: str, changes: tuple[str, ...]) -> tuple[str, ...]:
    return (
        *("relsim", *part),
        *sets((f"data.train={train}", "data.test=validation", f"id={RUNS[name]}", *changes)),
        *(*_ONE_THREAD, "--run", RUNS[name], "--device", "cpu"),
    )


def _ends(config: SmallConfig) -> list[Stage]:
    return [
        Stage(
            "evaluate",
            "Measure every method on unseen subjects",
            "evaluation",
            step="evaluate",
            settings={
                "rows": documents(),
                "keep_rate": config.keep_rate,
                "examples": config.examples,
                "seed": config.seed,
                "runs": RUNS,
            },
            needs=(
                *("captions", "relsim", "conventional", "no-filter", "true", "clip"),
                *("features-test", *HEADS),
            ),
            makes=("figures.json", "neighbors.json"),
            minutes=0.7,
        ),
        Stage(
            "report",
            "Write the report",
            "report",
            step="report",
            needs=("evaluate",),
            makes=("report.html",),
            minutes=0.2,
        ),
    ]
