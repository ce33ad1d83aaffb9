"""The start-up path stays light: heavy imports happen in the thread that needs them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "torch",
    "transformers",
    "sentence_transformers",
    "peft",
    "onnxruntime",
    "scipy",
    "sklearn",
}


def loaded_by(code: str) -> set[str]:
    report = "import json, sys; print(json.dumps(sorted({m.split('.')[0] for m in sys.modules})))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"], check=True, text=True, capture_output=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("module", ["engine", "engine.service", "engine.cli", "relsim_desktop.app"])
def test_import_is_light(module: str) -> None:
    assert not loaded_by(f"import {module}") & HEAVY


def test_the_check_would_see_a_heavy_import() -> None:
    assert "onnxruntime" in loaded_by("import onnxruntime")
