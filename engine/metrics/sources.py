"""Where the weights of a metric lie.

That is where a person says, else in the models folder, else in the cache of the hub that other
programs have filled. Nothing is ever downloaded.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from engine.errors import ModelError
from engine.metrics.interface import MetricSpec
from engine.models.catalogue import card
from engine.models.chosen import find_base
from engine.models.device import is_out_of_memory
from engine.models.layout import faults
from engine.models.manager import ModelManager
from engine.models.tower import one_line

CLIP, DINO, QWEN = "clip-vit-l14", "dinov2-large", "qwen2.5-vl-7b"
"""Ids in the catalogue of models."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a metric may look.

    Attributes:
        spec: The metric.
        manager: Of the installed models.
        folder: Where a person says that its weights are; None to look.
        base: See `engine.metrics.catalogue.load_metric`.
    """

    spec: MetricSpec
    manager: ModelManager
    folder: Path | None = None
    base: str | Path | None = None

    def whole(self, model_id: str, name: str | Path | None = None) -> Path:
        """The folder of a model that the metric cannot do without.

        Args:
            model_id: In the catalogue.
            name: A folder, an id or a hub id that a person says; None for the usual one.

        Raises:
            ModelError: If it is not here, or not whole.
        """
        model = card(model_id)
        folder = find_base(str(name or model.repository), self.manager)
        if folder is None:
            raise ModelError(
                f"{self.spec.title} needs {model.title}, and {str(name)!r} is no folder, and no"
                f" model that is installed: get it with 'relsim models download {model_id}'"
            )
        try:
            found = faults(model.kind, folder)
        except OSError as error:
            raise ModelError(f"{folder} cannot be read: {error.strerror or error}") from error
        if found:
            raise ModelError(f"{folder} is not a whole {model.title}: {'; '.join(found)}")
        return folder

    def given(self, what: str) -> Path:
        """The folder that a person says, for a metric whose weights have no usual place.

        Raises:
            ModelError: If none was said, or it is not there.
        """
        if self.folder is None:
            raise ModelError(
                f"{self.spec.title} is trained by you: say where {what} is, as"
                f" --metric {self.spec.id}=FOLDER",
                in_window=f"{self.spec.title} is trained by you, and is asked from a terminal, with"
                f" relsim score A B --metric {self.spec.id}=FOLDER",
            )
        if not self.folder.is_dir():
            raise ModelError(f"{self.folder} is not a folder: say where {what} is")
        return self.folder

    def require(self, *packages: str) -> None:
        """Look whether packages are installed that come with the metric's extra.

        Raises:
            ModelError: If one is not.
        """
        missing = [name for name in packages if not _is_installed(name)]
        if missing:
            raise ModelError(
                f"{self.spec.title} needs {' and '.join(missing)}: install it with"
                f" pip install 'relsim-desktop[{self.spec.extra}]'"
            )

    def folder_of_files(self) -> Path:
        """Where the files of a metric are that is not on the hub: said, or in the models folder."""
        return self.folder or self.manager.directory / self.spec.id


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


@contextmanager
def others_code(title: str, folder: Path) -> Iterator[None]:
    """Let packages of others load a metric; how they fail is their own, what a person reads ours.

    Raises:
        ModelError: If they fail in another way than for want of memory.
    """
    with warnings.catch_warnings(), local_hub(folder):
        warnings.simplefilter("ignore")  # of those packages, about one another
        try:
            yield
        except ModelError:
            raise
        except Exception as error:
            if is_out_of_memory(error):
                raise
            raise ModelError(
                f"{title} cannot be loaded from {folder}: {one_line(error)}"
            ) from error


@contextmanager
def local_hub(folder: Path) -> Iterator[None]:
    """Let what asks ``torch.hub`` find files in a folder, and download none.

    Raises:
        ModelError: If something had to be downloaded.
    """
    import torch

    def refuse(url: str, *_: object, **__: object) -> None:
        name = url.rpartition("/")[2]
        raise ModelError(f"{folder} is incomplete: {name} is missing, and nothing is downloaded")

    before, download = torch.hub.get_dir(), torch.hub.download_url_to_file
    torch.hub.set_dir(str(folder))
    torch.hub.download_url_to_file = refuse
    try:
        yield
    finally:
        torch.hub.download_url_to_file = download
        torch.hub.set_dir(before)
