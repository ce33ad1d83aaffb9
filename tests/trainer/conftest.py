"""Shared by the trainer's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from rotten_web import RottenWeb, rotten_web


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def web(no_proxy: None) -> Iterator[RottenWeb]:
    with rotten_web() as server:
        yield server
