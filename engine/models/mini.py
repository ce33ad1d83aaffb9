"""The embedder that runs a model folder with ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from PIL import Image

from engine.errors import ModelError
from engine.models.spec import ModelSpec
from engine.types import Fingerprint, Float32, UInt8, Vectors

BATCH_SIZE = 32


class OnnxEmbedder:
    """Image -> relational and attribute vector, in one pass. See `engine.types.Embedder`."""

    def __init__(self, spec: ModelSpec, session: Any) -> None:
        self.spec = spec
        self._session = session
        self._fingerprint = spec.fingerprint("relational")
        self._attribute_fingerprint = spec.fingerprint("attribute")

    @classmethod
    def load(cls, spec: ModelSpec, *, threads: int | None = None) -> OnnxEmbedder:
        """Check the weights and start a session.

        Args:
            spec: The model.
            threads: Processor threads for one batch; None for one per core.

        Raises:
            ModelError: If the weights are missing, damaged, or not loadable.
        """
        content = spec.verified_weights()
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads or 0
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(
                content, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # its error types are not public
            raise ModelError(f"{spec.weights_path} cannot be loaded: {error}") from error
        return cls(spec, session)

    @property
    def fingerprint(self) -> Fingerprint:
        """Of the relational vectors."""
        return self._fingerprint

    @property
    def attribute_fingerprint(self) -> Fingerprint:
        """Of the attribute vectors."""
        return self._attribute_fingerprint

    @property
    def batch_size(self) -> int:
        """How many pictures one call should embed for the best rate."""
        return BATCH_SIZE

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        return self.spec.input_size

    def prepare(self, image: Image.Image) -> UInt8:
        """Squash an upright RGB picture to the model's square. Thread-safe.

        Nothing is cropped: position and edges carry relations.

        Returns:
            uint8 ``[s, s, 3]``.
        """
        size = (self.spec.input_size, self.spec.input_size)
        if image.size != size:
            image = image.resize(size, Image.Resampling.BICUBIC, reducing_gap=2.0)
        return np.asarray(image, dtype=np.uint8)

    def embed(self, prepared: Sequence[UInt8]) -> Vectors:
        """Embed one or more results of `prepare`; called in the model thread only."""
        relational, attribute = self._session.run(
            ["relational", "attribute"], {"pixels": np.stack(prepared)}
        )
        return Vectors(_unit_rows(relational), _unit_rows(attribute))

    def close(self) -> None:
        """Drop the session, and the weights with it; nothing can be embedded afterwards."""
        self._session = None


def _unit_rows(vectors: Float32) -> Float32:
    """Rows scaled to norm 1 in double precision, beyond what the graph's own rounding leaves."""
    wide = vectors.astype(np.float64)
    unit: Float32 = (wide / np.linalg.norm(wide, axis=1, keepdims=True)).astype(np.float32)
    return unit
