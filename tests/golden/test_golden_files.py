"""Without the golden values the tests that need them fail; none is skipped."""

from __future__ import annotations

import re
from pathlib import Path

import golden_files
import pytest


def test_a_missing_golden_file_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(golden_files, "GOLDEN", tmp_path)
    with pytest.raises(AssertionError, match="need the golden values"):
        golden_files.golden("embeddings.json")


def test_no_golden_test_can_be_skipped() -> None:
    for path in sorted(Path(__file__).parent.glob("*.py")):
        if path != Path(__file__):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\bskip(if)?\b|importorskip|exists\(\)", text), path
