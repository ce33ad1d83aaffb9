"""What each lever of relsim-mini's training brings, on RelBench: one table, dead ends included.

    relsim-train relbench fetch
    python tests/benchmarks/levers.py --run DIR [--scenes 9120] [--levers base,maps,...]

Every row changes one thing of the base: 9,120 scenes, four epochs, one seed. Features are made once
and kept in DIR; each row then takes one to three minutes on two processor cores.
"""

from __future__ import annotations

import argparse
import io
import json
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch  # noqa: TID253
from numpy.typing import NDArray
from torch import Tensor, nn  # noqa: TID253
from torch.nn import functional as F  # noqa: TID253, N812

from engine.imaging import decode
from engine.models.text import TextEncoder
from engine.types import Float32, UInt8
from trainer.arrangement import CELL, MIDDLE, SIDE, TOKENS
from trainer.backbone import Backbone, pretrained_backbone
from trainer.contrastive.config import TrainingConfig
from trainer.contrastive.drawing import TRAINED, Plan, draw_scenes, subjects_of
from trainer.contrastive.features import BATCH, Extractor, FeatureCache, fill_cache
from trainer.contrastive.training import Trainer, Vocabulary
from trainer.head import TOKEN_CHANNELS, RelationalHead
from trainer.progress import Reporter
from trainer.relbench.annotations import CONDITIONS, Annotations, locate, read_annotations
from trainer.relbench.drawn import DrawnPart, DrawnPlan
from trainer.relbench.drawn_triplets import drawn_triplets
from trainer.relbench.real import RealPart
from trainer.relbench.retrieval import Search, searched
from trainer.relbench.triplets import Triplets, outcomes
from trainer.scenes import NONE, RELATIONS
from trainer.scenes.generator import NONE_CAPTIONS

VIEWS = 4
Tokens = NDArray[np.float16]


@dataclass(frozen=True)
class Material:
    """What a head is trained on: tokens, what each shows, and the wordings of each of these."""

    tokens: Tokens
    shown: list[str]
    wordings: dict[str, list[str]]


@dataclass(frozen=True)
class Lever:
    """One row: how it changes the base."""

    about: str
    head: dict[str, Any] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    material: Callable[[Bench], Material] | None = None
    unfrozen: bool = False


class Unfrozen(nn.Module):
    """The backbone's last blocks, trained with the head; tokens hold what they read."""

    def __init__(self, backbone: Backbone, head: nn.Module) -> None:
        super().__init__()
        self.blocks = backbone.blocks[backbone.middle + 1 :].requires_grad_(True)
        self.head = head

    def forward(self, tokens: Tensor) -> Tensor:
        n = len(tokens)
        cells = tokens[..., :MIDDLE].reshape(n, SIDE, SIDE, -1, CELL, CELL)
        x = cells.permute(0, 3, 1, 4, 2, 5).reshape(n, -1, SIDE * CELL, SIDE * CELL)
        for block in self.blocks:
            x = block(x)
        answered: Tensor = self.head(
            torch.cat([tokens[..., :MIDDLE], x.flatten(2).transpose(1, 2)], 2)
        )
        return answered


class Bench:
    """Features of everything, made once and kept."""

    def __init__(self, folder: Path, scenes: int, reporter: Reporter) -> None:
        self.folder, self.reporter = folder, reporter
        folder.mkdir(parents=True, exist_ok=True)
        self.backbone = pretrained_backbone()
        self.extract = Extractor(self.backbone, folder / "backbone.onnx", 2)
        self.encoder = TextEncoder()
        self.annotations: Annotations = read_annotations()
        self.plan = Plan("train", scenes, unrelated_every=12, held_out=False, seed=0)
        cache = FeatureCache(folder / f"scenes-{scenes}", scenes, 480)
        fill_cache(cache, self.plan, self.extract, 2, reporter)
        self.scenes = Material(cache.tokens, cache.relations, drawn_wordings())
        drawn = DrawnPart(DrawnPlan(), subjects_of("test"))
        real = RealPart.locate()
        self.drawn = self._kept("drawn", len(drawn), drawn(224))
        self.real = self._kept("real", len(real), real(224))
        self.asked: dict[str, tuple[Triplets, Search]] = {
            split: (drawn_triplets(drawn, split), drawn.search(split)) for split in drawn.splits
        }
        self.asked["real"] = (real.triplets(), real.search())

    def _kept(self, name: str, count: int, pictures: Iterator[Any]) -> Tokens:
        path = self.folder / f"{name}.npy"
        if not path.is_file():
            tokens = np.empty((count, TOKENS, TOKEN_CHANNELS), np.float16)
            batch: list[UInt8] = []
            done = 0
            for picture in pictures:
                batch.append(squashed(picture))
                if len(batch) == BATCH or done + len(batch) == count:
                    tokens[done : done + len(batch)] = self.extract(batch)
                    done += len(batch)
                    batch = []
                    self.reporter.step(f"Features of the {name} part", done, count)
            np.save(path, tokens)
        kept: Tokens = np.load(path, mmap_mode="r")
        return kept

    def measure(self, head: nn.Module) -> dict[str, dict[str, float]]:
        """Accuracy in every condition, and P@1, of every split."""
        found: dict[str, dict[str, float]] = {}
        vectors = {"real": embed(head, self.real)}
        drawn = embed(head, self.drawn)
        for split, (triplets, search) in self.asked.items():
            own = vectors.get(split, drawn)
            won = outcomes(own, triplets.places)
            found[split] = {
                name: float(won[triplets.conditions == name].mean())
                for name in CONDITIONS
                if (triplets.conditions == name).any()
            }
            found[split]["p1"] = float(searched(own, search)[0].mean())
        return found


def squashed(picture: Any) -> UInt8:
    """As the model prepares a picture."""
    return np.asarray(picture.resize((224, 224), 3, reducing_gap=2.0), dtype=np.uint8)


def embed(head: nn.Module, tokens: Tokens) -> Float32:
    """Vectors float32 ``[n, 384]``."""
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        parts = [
            F.normalize(head(torch.from_numpy(tokens[i : i + 256].astype(np.float32))).float())
            for i in range(0, len(tokens), 256)
        ]
    return torch.cat(parts).numpy()


def drawn_wordings() -> dict[str, list[str]]:
    """Of the relations that are trained on."""
    wordings = {name: list(RELATIONS[name].captions) for name in TRAINED}
    return {**wordings, NONE: list(NONE_CAPTIONS)}


def one_wording(bench: Bench) -> Material:
    """A single wording of each relation."""
    few = {name: texts[:1] for name, texts in bench.scenes.wordings.items()}
    return replace(bench.scenes, wordings=few)


def half_of_the_relations(bench: Bench) -> Material:
    """Every other relation, each of its scenes twice: as many steps."""
    kept = {*TRAINED[::2], NONE}
    some = np.array([name in kept for name in bench.scenes.shown])
    tokens = np.repeat(bench.scenes.tokens[some], 2, axis=0)
    shown = [name for name in bench.scenes.shown if name in kept for _ in range(2)]
    wordings = {name: texts for name, texts in bench.scenes.wordings.items() if name in kept}
    return Material(tokens, shown, wordings)


def unfiltered(bench: Bench) -> Material:
    """Pictures without a relation, captioned as if they had one."""
    r = np.random.default_rng(0)
    shown = [str(r.choice(TRAINED)) if name == NONE else name for name in bench.scenes.shown]
    wordings = {name: t for name, t in bench.scenes.wordings.items() if name != NONE}
    return replace(bench.scenes, shown=shown, wordings=wordings)


def conventional(bench: Bench) -> Material:
    """Captions that name the things; each scene has its own."""
    path = bench.folder / f"conventional-{bench.plan.scenes}.json"
    if not path.is_file():
        drawn = draw_scenes(bench.plan, [range(bench.plan.scenes)], 2)
        path.write_text(json.dumps([scene.conventional for scene in drawn]), encoding="utf-8")
    said = json.loads(path.read_text(encoding="utf-8"))
    return Material(bench.scenes.tokens, said, {text: [text] for text in dict.fromkeys(said)})


def with_real(bench: Bench) -> Material:
    """Beside the scenes, the real pictures of the training part, each in four views."""
    grouped = {i: group for group in bench.annotations.groups for i in group.pictures}
    own = [p for p in bench.annotations.pictures.values() if p.part == "train"]
    path = bench.folder / "real-train.npy"
    r = np.random.default_rng(0)
    if not path.is_file():
        tokens = np.empty((VIEWS, len(own), TOKENS, TOKEN_CHANNELS), np.float16)
        for number, picture in enumerate(own):
            file = locate(picture)
            assert file is not None
            image = decode(file, min_side=256).resize((256, 256), 3, reducing_gap=2.0)
            views = [squashed(image)]
            for _ in range(1, VIEWS):
                width, height = r.uniform(200, 256, 2)
                left, top = r.uniform(0, 256 - width), r.uniform(0, 256 - height)
                view = image.crop((left, top, left + width, top + height))
                views.append(squashed(view)[:, :: -1 if r.random() < 0.5 else 1])
            tokens[:, number] = bench.extract(views)
            bench.reporter.step("Features of real training pictures", number + 1, len(own))
        np.save(path, tokens)
    views_of = np.load(path, mmap_mode="r")
    wordings = dict(bench.scenes.wordings)
    for picture in own:
        if picture.relation != NONE:
            group = grouped.get(picture.id)
            text = group.caption if group is not None else picture.caption
            wordings.setdefault(picture.relation, [])
            wordings[picture.relation] = [*wordings[picture.relation], str(text)]
    shown = [*bench.scenes.shown, *[p.relation for p in own] * VIEWS]
    tokens = np.concatenate([bench.scenes.tokens, views_of.reshape(-1, TOKENS, TOKEN_CHANNELS)])
    return Material(tokens, shown, wordings)


LEVERS: dict[str, Lever] = {
    "base": Lever("arrangement and finer map, 122 relations, six wordings each, loss among images"),
    "maps": Lever("both maps instead of the arrangement (as version 1)", {"reads": "maps"}),
    "arrangement": Lever("the arrangement alone", {"reads": "arrangement"}),
    "half": Lever("half of the relations, as many steps", material=half_of_the_relations),
    "one-wording": Lever("one wording of each relation", material=one_wording),
    "captions-only": Lever("no loss among images", training={"group_weight": 0.0}),
    "conventional": Lever(
        "conventional captions, no loss among images (compare with captions-only)",
        training={"group_weight": 0.0},
        material=conventional,
    ),
    "unfiltered": Lever("pictures without a relation captioned at random", material=unfiltered),
    "real": Lever("annotated real pictures beside the scenes", material=with_real),
    "noise": Lever("noise 0.3 on features, dropout 0.2", {"noise": 0.3, "dropout": 0.2}),
    "wide": Lever("width 384", {"width": 384}),
    "short": Lever("two epochs", training={"epochs": 2}),
    "long": Lever("eight epochs", training={"epochs": 8}),
    "soft": Lever(
        "temperatures 0.15 and 0.2", training={"temperature": 0.15, "group_temperature": 0.2}
    ),
    "unfrozen": Lever("the backbone's last blocks trained as well", unfrozen=True),
}


def train(bench: Bench, lever: Lever) -> nn.Module:
    """The head of one row."""
    material = bench.scenes if lever.material is None else lever.material(bench)
    texts = [text for wordings in material.wordings.values() for text in wordings]
    vocabulary = Vocabulary.build(material.wordings, bench.encoder.encode(texts))
    index = {name: number for number, name in enumerate(vocabulary.relations)}
    relations = np.array([index[name] for name in material.shown])
    torch.manual_seed(0)
    head: nn.Module = RelationalHead(**{"dropout": 0.1, **lever.head})
    if lever.unfrozen:
        head = Unfrozen(pretrained_backbone(), head)
    config = TrainingConfig(**{"epochs": 4, **lever.training})
    with tempfile.TemporaryDirectory() as folder:
        trainer = Trainer(head, config, vocabulary, 0, Path(folder))
        trainer.fit(material.tokens, relations, Reporter(stream=io.StringIO()))
    return head


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--scenes", type=int, default=9120)
    parser.add_argument("--levers", default=",".join(LEVERS))
    arguments = parser.parse_args()
    bench = Bench(arguments.run, arguments.scenes, Reporter())
    done = arguments.run / f"levers-{arguments.scenes}.jsonl"
    for name in arguments.levers.split(","):
        began = time.monotonic()
        found = bench.measure(train(bench, LEVERS[name]))
        line = {"lever": name, "about": LEVERS[name].about, "seconds": time.monotonic() - began}
        with done.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**line, **found}) + "\n")
        print(row(name, LEVERS[name].about, found), flush=True)


def row(name: str, about: str, found: dict[str, dict[str, float]]) -> str:
    """A line of the table in docs/models/relsim-mini.md."""
    drawn, families, real = found["subjects"], found["families"], found["real"]
    cells = [
        drawn["conflict"], drawn["p1"], found["styles"]["conflict"],
        families["conflict"], families["p1"],
        real["conflict"], real["agree"], real["logic_only"], real["p1"],
    ]  # fmt: skip
    return f"| {name} | {about} | {' | '.join(f'{cell:.3f}' for cell in cells)} |"


if __name__ == "__main__":
    main()
