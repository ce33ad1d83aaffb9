"""What one process shares out, gathers and refuses; `test_processes` does it with several."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from engine.errors import KnownError
from trainer.training.world import World


def world(rank: int = 0, size: int = 1) -> World:
    return World(rank, size, torch.device("cpu"))


def test_a_batch_is_shared_out_in_order() -> None:
    parts = [world(rank, 3).share(np.arange(12)) for rank in range(3)]
    assert [part.tolist() for part in parts] == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]


@pytest.mark.parametrize(("count", "size"), [(5, 2), (1, 4), (8, 2)])
def test_rows_that_cannot_be_shared_are_filled_up_and_cut(
    monkeypatch: pytest.MonkeyPatch, count: int, size: int
) -> None:
    asked: list[int] = []

    def embed(rows: np.ndarray) -> torch.Tensor:
        asked.append(len(rows))
        return torch.from_numpy(rows)[:, None]

    worlds = [world(rank, size) for rank in range(size)]
    rows = np.arange(count)
    parts: list[torch.Tensor] = []
    monkeypatch.setattr(World, "gather", lambda _, part: parts.append(part) or part)
    for one in worlds:
        one.gather_all(rows, embed)
    assert len(set(asked)) == 1  # as many forward passes everywhere
    assert torch.cat(parts)[:count, 0].tolist() == rows.tolist()


def test_what_the_main_process_refuses_is_refused() -> None:
    def refuse() -> None:
        raise KnownError("nothing is there")

    assert world().from_main(lambda: 3) == 3
    with pytest.raises(KnownError, match="nothing is there"):
        world().from_main(refuse)


def test_more_processes_than_devices_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setenv("LOCAL_RANK", "2")
    with pytest.raises(KnownError, match="than the 2 devices"), World.start("cuda"):
        pass
