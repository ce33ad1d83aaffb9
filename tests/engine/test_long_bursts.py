"""A film of one picture in the library does not hide everything else."""

from __future__ import annotations

import numpy as np

from engine.search.ranking import collapse_alike


def test_repeats_take_no_room_and_positions_stay_those_of_the_hits() -> None:
    generator = np.random.default_rng(0)
    others = generator.standard_normal((5, 32)).astype(np.float32)
    others /= np.linalg.norm(others, axis=1, keepdims=True)
    query = np.zeros((1, 32), np.float32)
    query[0, 0] = 1.0
    looks = np.concatenate([np.repeat(query, 700, axis=0), others[[0, 1, 0, 2]]])
    kept = collapse_alike(looks, query, 10)
    assert kept == [(700, (702,)), (701, ()), (703, ())]
