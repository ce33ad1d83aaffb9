"""Features of pictures in which two relations can be told apart, made on the spot."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from trainer.arrangement import TOKENS
from trainer.contrastive.features import FeatureCache
from trainer.head import TOKEN_CHANNELS

COUNT = 48


def fill(folder: Path, *, seed: int) -> list[str]:
    """Features of pictures: halves that look alike, or a middle that differs, by turns."""
    r = np.random.default_rng(seed)
    tokens = np.empty((COUNT, TOKENS, TOKEN_CHANNELS), np.float32)
    for number in range(COUNT):
        one, other = r.normal(size=(2, TOKEN_CHANNELS))
        where = np.arange(TOKENS) < TOKENS // 2 if number % 2 == 0 else np.arange(TOKENS) == 24
        tokens[number] = np.where(where[:, None], one, other)
    tokens += 0.1 * r.normal(size=tokens.shape)
    keys = [f"p{number}" for number in range(COUNT)]
    cache = FeatureCache(folder, COUNT, 20)
    for chunk in cache.missing:
        cache.store(chunk, tokens[chunk.start : chunk.stop], keys[chunk.start : chunk.stop])
    return keys
