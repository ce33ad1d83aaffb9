"""Finds the values that the released code produced; they lie beside the project, not in it."""

from __future__ import annotations

from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "shared" / "golden"


def golden(*parts: str) -> Path:
    """A file or folder of the golden values; a test that needs them fails without them."""
    path = GOLDEN.joinpath(*parts)
    assert path.exists(), f"{path} is missing: these tests need the golden values"
    return path
