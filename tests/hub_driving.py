"""What tests of downloads share: looks at a manager and a hub, and a cancel from outside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from hub_server import HubServer

from engine.jobs import JobControl
from engine.models.catalogue import card
from engine.models.manager import ModelManager

WEIGHTS = "adapter_model.safetensors"


def state(manager: ModelManager, model_id: str) -> str:
    return manager.status(model_id).state


def partial_of(manager: ModelManager, model_id: str) -> Path:
    return manager.directory / f"{model_id}.partial"


def content(hub: HubServer, model_id: str, name: str = WEIGHTS) -> bytes:
    return hub.repositories[str(card(model_id).repository)][name]


def cancel_when(control: JobControl, holds: Callable[[], bool]) -> threading.Thread:
    """Cancel from another thread, as a person would."""

    def watch() -> None:
        pause = threading.Event()
        while not holds():
            pause.wait(0.005)
        control.cancel()

    thread = threading.Thread(target=watch)
    thread.start()
    return thread
