"""Remembers a person's own models from start to start, and lets their removal be undone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from relsim_desktop.operations.models import OwnModel
from relsim_desktop.translation import tr
from relsim_desktop.views.window.feature import Feature, Host

_KEY: Final = "models/own"


class OwnModelsFeature(Feature):
    """Built before the library opens, so that a model of one's own can rank from the start."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self._known = _read(host.settings.read_text(_KEY))
        host.workspace.choice.own = self._known
        host.workspace.choice.own_changed.connect(self._on_changed)

    def _on_changed(self) -> None:
        choice, before = self.host.workspace.choice, self._known
        self._known = choice.own
        self.host.settings.write(_KEY, _written(self._known))
        for lost in (model for model in before if model not in self._known):
            if all(model.folder != lost.folder for model in self._known):
                self.host.workspace.undo.push(
                    tr("taking {model} off the list").format(model=lost.folder.name),
                    partial(choice.add_own, lost),
                    partial(self._take_off, lost),
                )

    def _take_off(self, model: OwnModel) -> None:
        """Do it again, which is not one more thing to undo."""
        self._known = tuple(one for one in self._known if one != model)
        self.host.workspace.choice.remove_own(model)


def _read(text: str) -> tuple[OwnModel, ...]:
    try:
        entries = json.loads(text or "[]")
        return tuple(
            OwnModel(Path(entry["folder"]), Path(entry["base"]) if entry["base"] else None)
            for entry in entries
        )
    except (ValueError, TypeError, KeyError):  # somebody has written something else there
        return ()


def _written(models: Sequence[OwnModel]) -> str:
    return json.dumps(
        [
            {"folder": str(model.folder), "base": str(model.base) if model.base else None}
            for model in models
        ]
    )
