"""relsim for which the seeing is done already: a head over the frozen backbone's ImageNet features.

The paper's model has seen the world before it learns relations; the tiny ones of the small scale
have seen nothing. This one stands between: the bundled model's backbone, which knows photographs
and no scene, and a new head that learns from the same pictures and captions as the tiny relsim.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from engine.errors import KnownError
from engine.imaging import decode
from engine.types import Float32, UInt8
from trainer.contrastive.config import HeadConfig, TrainingConfig
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.reproduce.lists import read_list

if TYPE_CHECKING:
    from trainer.head import RelationalHead

HEAD: Final = "head.safetensors"
_CHUNK: Final = 256  # pictures between two points at which a killed stage goes on
_BATCH: Final = 256
_PHASE: Final = "Reading features"
_CONFIG: Final = "head"  # name of the metadata of a head's file


def backbone(settings: Mapping[str, Any]) -> None:
    """Write the frozen backbone as a graph, ``out``; once, because that takes a while."""
    from trainer.backbone import pretrained_backbone
    from trainer.contrastive.features import Extractor

    out = Path(settings["out"])
    out.parent.mkdir(parents=True, exist_ok=True)
    Extractor(pretrained_backbone(), out, 1)


def features(settings: Mapping[str, Any]) -> None:
    """Run the frozen backbone over the pictures of a list; what is there already stays.

    Args:
        settings: ``pictures``, the list; ``backbone``, of that name's step; ``out``, a folder.

    Raises:
        KnownError: If the list, or a picture, cannot be read.
    """
    from trainer.backbone import pretrained_backbone
    from trainer.contrastive.features import BATCH, Extractor

    source, out = Path(settings["pictures"]), Path(settings["out"])
    lines, reporter = read_list(source), Reporter()
    cache = _cache(out, len(lines))
    missing = cache.missing
    if not missing:
        return
    extract = Extractor(pretrained_backbone(), Path(settings["backbone"]), threads=1)
    for chunk in missing:
        reporter.step(_PHASE, chunk.start, len(lines))
        some = [lines[number] for number in chunk]
        tokens = [
            extract([_pixels(source.parent / line["file"]) for line in some[start : start + BATCH]])
            for start in range(0, len(some), BATCH)
        ]
        # Where the bundled model's training keeps relations, which nobody knows here, are keys.
        cache.store(chunk, np.concatenate(tokens), [line["key"] for line in some])
    reporter.step(_PHASE, len(lines), len(lines))


def head(settings: Mapping[str, Any]) -> None:
    """Train a head with InfoNCE from pictures to the text vectors of their captions.

    Every other caption of the list is a negative; one that many pictures share is one caption.

    Args:
        settings: ``pictures``, a list with captions; ``caption``, the name of their field;
            ``features``, a folder of `features` that holds these pictures; ``out``, a folder;
            ``head`` and ``training``, fields of `HeadConfig` and `TrainingConfig`; ``seed``.

    Raises:
        KnownError: If a list cannot be read, or a picture has no features.
    """
    import torch
    from safetensors.torch import save

    from engine.models.text import TextEncoder
    from trainer.contrastive.training import Trainer, Vocabulary
    from trainer.head import RelationalHead

    lines, folder = read_list(Path(settings["pictures"])), Path(settings["out"])
    said = [str(line[settings["caption"]]) for line in lines]
    texts = sorted(set(said))
    place = {text: number for number, text in enumerate(texts)}
    vectors = TextEncoder().encode(texts)
    tokens = tokens_of_pictures(Path(settings["features"]), [line["key"] for line in lines])
    config, training = HeadConfig(**settings["head"]), TrainingConfig(**settings["training"])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings["seed"])
    model = RelationalHead(**dataclasses.asdict(config))
    vocabulary = Vocabulary.build({text: (text,) for text in texts}, vectors)
    trainer = Trainer(model, training, vocabulary, settings["seed"], folder)
    trainer.fit(tokens, np.array([place[text] for text in said]), Reporter())
    state = {name: value.contiguous() for name, value in model.state_dict().items()}
    about = {_CONFIG: json.dumps(dataclasses.asdict(config))}
    write_atomically(folder / HEAD, save(state, about))


def vectors_of_pictures(folder: Path, found: Path, keys: Sequence[str]) -> Float32:
    """Vectors that a head gives pictures whose features are there.

    Args:
        folder: Of the head.
        found: Of the features.
        keys: n pictures.

    Returns:
        float32 ``[n, 384]``, rows of norm 1, in the space of the text encoder.

    Raises:
        KnownError: If the head is not there, or a picture has no features.
    """
    import torch

    model, tokens = _load(folder / HEAD), tokens_of_pictures(found, keys)
    with torch.inference_mode():
        parts = [
            model(torch.from_numpy(tokens[start : start + _BATCH].astype(np.float32))).numpy()
            for start in range(0, len(tokens), _BATCH)
        ]
    return np.concatenate(parts)


def _load(path: Path) -> RelationalHead:
    from safetensors import SafetensorError, safe_open

    from trainer.head import RelationalHead

    try:
        with safe_open(path, "pt") as file:
            config = json.loads(file.metadata()[_CONFIG])
            state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    except (OSError, SafetensorError) as error:
        raise KnownError(f"{path} cannot be read ({error}): run the stage that makes it") from error
    model = RelationalHead(**config)
    model.load_state_dict(state, strict=True)
    return model.eval()


def tokens_of_pictures(folder: Path, keys: Sequence[str]) -> NDArray[np.float16]:
    """What `features` left of pictures.

    Args:
        folder: Of the features.
        keys: n pictures.

    Returns:
        float16 ``[n, 49, 832]``; see `trainer.head.tokens_of`.

    Raises:
        KnownError: If a picture has no features.
    """
    names = sorted(folder.glob("chunk-*.json"))
    have = [key for name in names for key in json.loads(name.read_text(encoding="utf-8"))]
    place = {key: number for number, key in enumerate(have)}
    if missing := [key for key in keys if key not in place]:
        raise KnownError(f"{folder} has no features of {missing[0]}: run the stage that makes it")
    rows = np.array([place[key] for key in keys])
    tokens: NDArray[np.float16] = np.load(folder / "tokens.npy", mmap_mode="r")[rows]
    return tokens


def _cache(folder: Path, count: int) -> Any:
    from trainer.contrastive.features import FeatureCache

    return FeatureCache(folder, count, _CHUNK)


def _pixels(path: Path) -> UInt8:
    """As the bundled model prepares a picture."""
    from PIL import Image

    from trainer.export import INPUT_SIZE

    image = decode(path, min_side=INPUT_SIZE)
    side = (INPUT_SIZE, INPUT_SIZE)
    return np.asarray(image.resize(side, Image.Resampling.BICUBIC, reducing_gap=2.0), np.uint8)
