"""Whether every command of a plan takes its words: told before a stage runs, not days later."""

from __future__ import annotations

import argparse
import importlib
from typing import Any, Final, NoReturn

from engine.errors import KnownError
from trainer.config import load_config, read_toml
from trainer.reproduce.plan import Plan, Stage

_KINDS: Final = {
    "light": ("trainer.filter.light_training", "LightConfig"),
    "vlm": ("trainer.filter.vlm_training", "VlmFilterConfig"),
    "captioner": ("trainer.captions.finetune", "CaptionerConfig"),
    **dict.fromkeys(
        ("relsim", "clip", "dino"), ("trainer.contrastive.relsim_config", "RelsimConfig")
    ),
}
"""Where the settings of each recipe are declared."""


def check_words(plan: Plan) -> None:
    """Parse the words of every command as it does, and read its configuration.

    Raises:
        KnownError: With the stage, and what is wrong.
    """
    for stage in plan.stages:
        if stage.words:
            try:
                _check(stage)
            except KnownError as error:
                raise KnownError(f"Stage {stage.name} could not run: {error}") from error


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise KnownError(message)


def _check(stage: Stage) -> None:
    from trainer.cli import COMMANDS

    command, *words = stage.words
    parser = _Parser(prog=command)
    importlib.import_module(COMMANDS[command][0]).configure(parser)
    arguments = parser.parse_args(words)
    if "--config" in words:
        _check_config(arguments)
    if command == "judge":
        from trainer.judge.asking import check_judge

        check_judge(arguments)


def _check_config(arguments: argparse.Namespace) -> None:
    path, content = read_toml(arguments.config)
    recipe = content.get("recipe")
    if recipe not in _KINDS:
        raise KnownError(f"{path}: recipe must be one of {', '.join(_KINDS)}, not {recipe!r}")
    module, name = _KINDS[recipe]
    kind: type[Any] = getattr(importlib.import_module(module), name)
    load_config(kind, arguments.config, arguments.changes)
