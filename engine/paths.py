"""Where the program keeps its own data. Never inside the user's folders."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_config_path, user_data_path

_APPLICATION = "relsim-desktop"

KEPT_PICTURES = "analogies"
"""Folder inside a library's own for pictures that were made and kept; it is part of the library."""


def default_library() -> Path:
    """The library that is used unless another is named.

    ``RELSIM_LIBRARY`` overrides the platform's data folder.
    """
    override = os.environ.get("RELSIM_LIBRARY")
    if override:
        return Path(override).expanduser()
    return user_data_path(_APPLICATION, appauthor=False) / "library"


def models_directory() -> Path:
    """Where models lie that were downloaded or imported.

    ``RELSIM_MODELS`` overrides the platform's data folder.
    """
    override = os.environ.get("RELSIM_MODELS")
    if override:
        return Path(override).expanduser()
    return user_data_path(_APPLICATION, appauthor=False) / "models"


def config_directory() -> Path:
    """Folder for the desktop's settings."""
    return user_config_path(_APPLICATION, appauthor=False)
