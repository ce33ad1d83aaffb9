"""The ablation without text: a head over ImageNet features that learns from the seed groups alone.

It sees which pictures people put into one group, and no caption, neither theirs nor a program's.
Its steps have a table of their own: that one more is there is no reason to do other stages anew.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from engine.judging.groups import read_groups
from trainer.contrastive.config import HeadConfig, TrainingConfig
from trainer.files import write_atomically
from trainer.progress import Reporter
from trainer.reproduce.lists import read_list, write_list
from trainer.reproduce.pretrained import HEAD, tokens_of_pictures

Settings = Mapping[str, Any]


def grouped(settings: Settings) -> None:
    """List the pictures of accepted groups; what is written says nothing of captions.

    Args:
        settings: ``groups``, a file of groups, in which a picture is in one group at most; ``out``.

    Raises:
        KnownError: If the groups cannot be read.
    """
    out = Path(settings["out"])
    lines = []
    for group in read_groups(Path(settings["groups"])):
        if group.verdict == "accepted":
            for image in group.images:
                file = Path(os.path.relpath(image, out.parent)).as_posix()
                lines.append({"key": file, "file": file, "group": group.id})
    write_list(out, lines)


def group_head(settings: Settings) -> None:
    """Train a head with supervised InfoNCE among pictures; those of one group are positives.

    Args:
        settings: ``pictures``, a list of `grouped`; ``features``, a folder that holds their
            features; ``out``, a folder; ``head`` and ``training``, fields of `HeadConfig` and
            `TrainingConfig`; ``seed``.

    Raises:
        KnownError: If the list cannot be read, or a picture has no features.
    """
    import torch
    from safetensors.torch import save

    from trainer.head import RelationalHead
    from trainer.reproduce.group_training import GroupTrainer

    lines, folder = read_list(Path(settings["pictures"])), Path(settings["out"])
    tokens = tokens_of_pictures(Path(settings["features"]), [line["key"] for line in lines])
    _, groups = np.unique([line["group"] for line in lines], return_inverse=True)
    config, training = HeadConfig(**settings["head"]), TrainingConfig(**settings["training"])
    folder.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(settings["seed"])
    model = RelationalHead(**dataclasses.asdict(config))
    trainer = GroupTrainer(model, training, settings["seed"], folder)
    trainer.fit(tokens, groups.astype(np.int64), Reporter())
    state = {name: value.contiguous() for name, value in model.state_dict().items()}
    about = {"head": json.dumps(dataclasses.asdict(config))}  # as `vectors_of_pictures` reads it
    write_atomically(folder / HEAD, save(state, about))


STEPS: Final[dict[str, Callable[[Settings], None]]] = {
    step.__name__: step for step in (grouped, group_head)
}
"""By name."""
