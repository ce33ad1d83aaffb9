"""Relational scenes with exact ground truth, in which logic and look are independent."""

from __future__ import annotations

from trainer.scenes import relations as _relations
from trainer.scenes.backgrounds import load_backgrounds
from trainer.scenes.generator import SceneGenerator
from trainer.scenes.registry import RELATIONS
from trainer.scenes.subjects import load_subjects, split_subjects
from trainer.scenes.types import NONE, Relation, Scene, Subject

assert _relations  # importing the package is what registers the relations

HELD_OUT = frozenset(name for name, relation in RELATIONS.items() if relation.held_out)
"""Relations that are never trained on."""

__all__ = [
    "HELD_OUT",
    "NONE",
    "RELATIONS",
    "Relation",
    "Scene",
    "SceneGenerator",
    "Subject",
    "load_backgrounds",
    "load_subjects",
    "split_subjects",
]
