"""The stages of the paper's scale: pictures that are there, Qwen2.5-VL, people."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from engine.errors import KnownError
from trainer.data.shards import expand_shards
from trainer.reproduce.config import FullConfig, PartSettings, sets
from trainer.reproduce.plan import Plan, Stage

_LEFT_OUT: Final = ("no-filter", "clip", "dino", "judge")
_DATA: Final = sets(("data.train=data/train.jsonl", "data.test=data/test.jsonl"))


@dataclass(frozen=True, slots=True)
class FullRequest:
    """What a person says on the command line.

    Attributes:
        pictures: Shards, tables or a folder, an absolute path.
        labels: Of people; None for those that the pictures have.
        labelled: Pictures that the labels are of; None for `pictures`.
        base: Qwen2.5-VL; None for those of the configurations.
        accelerators: Processes to train with.
        accept: Accept anonymous captions in a person's stead.
        conventional: The pictures have conventional captions.
        without: Comparisons to leave out, of ``no-filter``, ``clip``, ``dino``, ``judge``.
    """

    pictures: Path
    labels: Path | None = None
    labelled: Path | None = None
    base: str | None = None
    accelerators: int = 1
    accept: bool = False
    conventional: bool = False
    without: tuple[str, ...] = ()

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Self:
        """From parsed arguments.

        Raises:
            KnownError: If pictures are missing, or something is not there.
        """
        if arguments.pictures is None:
            raise KnownError("--scale full needs --pictures: shards, tables, a list or a folder")
        without = tuple(filter(None, (arguments.without or "").split(",")))
        unknown = [name for name in without if name not in _LEFT_OUT]
        if unknown:
            raise KnownError(f"--without takes {', '.join(_LEFT_OUT)}, not {', '.join(unknown)}")
        if arguments.accelerators < 1:
            raise KnownError("--accelerators must be 1 or more")
        paths = [arguments.pictures, arguments.labels, arguments.labelled]
        there = [None if path is None else path.expanduser().absolute() for path in paths]
        for path in there:
            if path is not None and "{" in str(path) and not path.exists():
                expand_shards(str(path))  # which says what is missing
            elif path is not None and not path.exists():
                raise KnownError(f"There is no {path}")
        base = arguments.base
        if base is not None and Path(base).expanduser().is_dir():
            base = str(Path(base).expanduser().absolute())  # stages run in the run's folder
        return cls(
            Path(there[0] or "."),
            there[1],
            there[2],
            base,
            arguments.accelerators,
            arguments.accept,
            arguments.conventional,
            without,
        )

    def based(self) -> list[str]:
        """The base as a configuration's setting."""
        return [] if self.base is None else ["--set", f"base.name={self.base}"]

    def with_base(self) -> list[str]:
        """The base as a command's option."""
        return [] if self.base is None else ["--base", self.base]


def full_plan(config: FullConfig, request: FullRequest, lanes: int) -> Plan:
    """The stages of a configuration.

    Args:
        config: Settings.
        request: What to do it with.
        lanes: Stages side by side.
    """
    stages = [*_filter(config, request), *_groups(request), *_captioner(config, request)]
    trained = _trained(config, request)
    stages += trained
    stages += _measured(config, request, [s.name for s in trained if s.name in _MODELS])
    return Plan("full", tuple(stages), lanes)


_MODELS: Final = {
    "relsim": "relsim/model",
    "conventional": "relsim-conventional/model",
    "no-filter": "relsim-no-filter/model",
    "clip": "clip/model",
    "dino": "dino/model",
}


def _filter(config: FullConfig, request: FullRequest) -> list[Stage]:
    labelled = request.labelled or request.pictures
    labels = ["--set", f"labels={request.labels or ''}"]  # without a value: those of the pictures
    on_ray = ("--address", "local", "--gpus", "1") if request.accelerators > 1 else ()
    return [
        Stage(
            "filter",
            "Train the filter on the labels",
            words=(
                *("filter", "train", *config.filter.words(), "--set", f"source={labelled}"),
                *(*labels, *request.based(), "--run", "filter-run", "--out", "filter"),
            ),
            files=tuple(path for path in (request.labels,) if path is not None),
            makes=("filter-run", "filter"),
            processes=request.accelerators,
        ),
        Stage(
            "scan",
            "Filter the pictures",
            words=(
                *("filter", "scan", str(request.pictures), "--filter", "filter", "--out", "scan"),
                *("--keep-rate", str(config.keep_rate), "--sample", str(config.sample), *on_ray),
            ),
            needs=("filter",),
            makes=("scan",),
        ),
    ]


def _groups(request: FullRequest) -> list[Stage]:
    return [
        Stage(
            "unpack",
            "Unpack what was kept, for groups and people",
            words=("data", "unpack", "scan/kept.jsonl", "--out", "kept"),
            needs=("scan",),
            makes=("kept",),
        ),
        Stage(
            "propose",
            "Propose groups",
            words=("captions", "propose", "kept", "--out", "groups.jsonl", "--clear", "0"),
            needs=("unpack",),
            makes=("groups.jsonl",),
            keeps=("groups.jsonl",),
        ),
        Stage(
            "write",
            "Caption each group with the frozen base",
            words=(
                *("captions", "write", "groups.jsonl"),
                *(request.with_base() or ("--base", "qwen2.5-vl-7b")),
            ),
            needs=("propose",),
            changes=("groups.jsonl",),
        ),
        Stage(
            "verified",
            "See that people accepted groups",
            step="verified",
            settings={"groups": "groups.jsonl"},
            options={"accept": request.accept},
            needs=("write",),
            makes=("groups.json",),
            changes=("groups.jsonl",),
        ),
    ]


def _captioner(config: FullConfig, request: FullRequest) -> list[Stage]:
    return [
        Stage(
            "captioner",
            "Train the anonymous captioner on the groups",
            words=(
                *("captions", "train", *config.captioner.words()),
                *("--set", "data.train=groups.jsonl", *request.based(), "--run", "captioner"),
            ),
            needs=("verified",),
            makes=("captioner",),
            processes=request.accelerators,
        ),
        _fill(request, "captions", "scan/kept.jsonl", "scan"),
        Stage(
            "captioned",
            "Put captions beside what is known of the pictures",
            step="captioned",
            settings={
                "pictures": "scan/kept.jsonl",
                "captions": "captions.jsonl",
                "out": "captioned.jsonl",
            },
            needs=("captions",),
            makes=("captioned.jsonl",),
        ),
        Stage(
            "split",
            "Hold out test pictures",
            words=(
                *("data", "split", "captioned.jsonl", "--needs", "caption"),
                *("--share", str(config.test_share), "--out", "data"),
            ),
            needs=("captioned",),
            makes=("data",),
        ),
    ]


def _fill(request: FullRequest, name: str, source: str, needs: str) -> Stage:
    return Stage(
        name,
        f"Caption {source}",
        words=(
            *("captions", "fill", source, "--captioner", "captioner/model"),
            *(*request.with_base(), "--out", f"{name}.jsonl"),
        ),
        needs=tuple(dict.fromkeys(("captioner", needs))),
        makes=(f"{name}.jsonl", f"{name}.dropped.jsonl"),
    )


def _trained(config: FullConfig, request: FullRequest) -> list[Stage]:
    """The model, its ablations, and the paper's tuned baselines."""
    stages = [_train("relsim", config.relsim, request, _DATA)]
    if request.conventional:
        stages.append(_train("conventional", config.conventional, request, _DATA))
    if config.unfiltered and "no-filter" not in request.without:
        source = str(request.pictures / config.unfiltered)
        stages.append(_fill(request, "unfiltered", source, "captioner"))
        stages.append(
            Stage(
                "lot",
                "Draw as many unfiltered pictures by lot",
                step="as_many",
                settings={
                    "pictures": source,
                    "captions": "unfiltered.jsonl",
                    "as": "data/train.jsonl",
                    "but": "data/test.jsonl",
                    "out": "unfiltered-train.jsonl",
                },
                needs=("unfiltered", "split"),
                makes=("unfiltered-train.jsonl",),
            )
        )
        own = sets(("data.train=unfiltered-train.jsonl", "data.test=data/test.jsonl"))
        stages.append(_train("no-filter", config.no_filter, request, own, "lot"))
    for name, part in (("clip", config.clip), ("dino", config.dino)):
        if name not in request.without:
            stages.append(_train(name, part, None, _DATA, processes=request.accelerators))
    return stages


def _train(
    name: str,
    part: PartSettings,
    request: FullRequest | None,
    data: list[str],
    needs: str = "split",
    *,
    processes: int = 1,
) -> Stage:
    """A contrastive run; `request` names the base, and is None for what has another one."""
    folder = _MODELS[name].partition("/")[0]
    based = [] if request is None else request.based()
    return Stage(
        name,
        f"Train {folder}",
        words=("relsim", *part.words(), *data, *based, "--run", folder),
        needs=tuple(dict.fromkeys(("split", needs))),
        makes=(folder,),
        processes=processes if request is None else request.accelerators,
    )


def _measured(config: FullConfig, request: FullRequest, names: list[str]) -> list[Stage]:
    models = {name: _MODELS[name] for name in names}
    relsims = {name: folder for name, folder in models.items() if name not in ("clip", "dino")}
    stages = [
        Stage(
            "distractors",
            "Draw as many other pictures, among which is searched",
            step="distractors",
            settings={
                "pictures": str(request.pictures),
                "kept": "scan/kept.jsonl",
                "as": "data/test.jsonl",
                "out": "distractors.jsonl",
            },
            needs=("split",),
            makes=("distractors.jsonl",),
        ),
        Stage(
            "measure",
            "Let held-out pictures find their captions",
            step="measure",
            settings={"models": relsims, "base": request.base, "test": "data/test.jsonl"},
            needs=tuple(relsims),
            makes=("measured.json",),
        ),
    ]
    ends = ["measure"]
    if config.judge and "judge" not in request.without:
        methods = [word for folder in models.values() for word in ("--method", folder)]
        stages.append(
            Stage(
                "judge",
                "Let a judge compare what each method finds",
                words=(
                    *("judge", "run", "--database", "data/test.jsonl"),
                    *("--distractors", "distractors.jsonl", *methods, *request.with_base()),
                    *(*config.judge, "--out", "judge"),
                ),
                needs=("distractors", *names),
                makes=("judge/figures.json",),  # what was paid stays, whatever else changes
            )
        )
        ends.append("judge")
    stages += [
        Stage(
            "figures",
            "Put all figures together",
            step="figures",
            settings={"models": models},
            needs=tuple(ends),
            makes=("figures.json",),
        ),
        Stage(
            "report",
            "Write the report",
            "report",
            step="report",
            needs=("figures",),
            makes=("report.html",),
        ),
    ]
    return stages
