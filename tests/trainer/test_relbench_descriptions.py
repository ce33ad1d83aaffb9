from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.describe import Caption, CaptionBank
from engine.models.chosen import ModelRequest
from engine.models.spec import DescriptionCalibration
from engine.types import Float32
from trainer.relbench.annotations import Picture
from trainer.relbench.descriptions import banks_of, description_figures
from trainer.relbench.estimates import calibration_estimate
from trainer.relbench.report import render_suite
from trainer.relbench.rows import ATTRIBUTE, FLOOR, REFERENCE, RELATIONAL, Row

NAMES = ["ring", "tower", "pile", "grid", "row"]
SHOWN = ["ring", "ring", "tower", "heap", "none", "none"]
SAID = ["ring", "grid", "tower", "pile", "tower", "row"]
SURE = [True, True, True, False, True, False]
"""What the model says first, and whether it stands by it."""


def bank() -> CaptionBank:
    """A bank in which a cosine of 1 is certain and one of 0.8 is not."""
    captions = [Caption(f"{{Things}} in a {name}", name, "family") for name in NAMES]
    sure = DescriptionCalibration(bias=-45.0, cosine=50.0, margin=0.0, threshold=0.5)
    return CaptionBank(captions, np.eye(6, dtype=np.float32)[:5], sure)


def pictures() -> list[Picture]:
    return [
        Picture(str(n), "package", "path", "", shown, "row" if n == 1 else None, f"thing {n}",
                None, "test", "photo")
        for n, shown in enumerate(SHOWN)
    ]  # fmt: skip


def vectors() -> Float32:
    """Each picture near to what is said of it, and second to the row."""
    rows = np.zeros((6, 6), np.float32)
    for row, said, sure in zip(rows, SAID, SURE, strict=True):
        row[NAMES.index(said)] = 0.95 if sure else 0.8
        row[4] = max(row[4], 0.1)
        row[5] = np.sqrt(1 - row @ row)
    return rows


def figures() -> dict[str, Any]:
    rows = [
        Row("model relational", RELATIONAL, vectors()),
        Row("model attribute", ATTRIBUTE, vectors()),
        Row("large relational", RELATIONAL, vectors()),
        Row("pixels", FLOOR, vectors()),
        Row("hand captions", REFERENCE, np.eye(6, dtype=np.float32)[[0, 0, 1, 2, 5, 5]]),
    ]
    return description_figures(pictures(), rows, {"model relational": bank()})


def values(row: str) -> dict[str, float]:
    return {name: one["value"] for name, one in figures()["table"][row].items()}


def test_only_what_has_a_bank_is_measured_beside_references_and_chance() -> None:
    found = figures()
    assert list(found["table"]) == ["model relational", "hand captions", "chance"]
    assert (found["captions"], found["relations"]) == (5, 5)
    assert (found["pictures"], found["related"]) == (6, 4)


def test_names_count_first_and_among_three_with_equals_and_second_relations() -> None:
    found = values("model relational")
    assert found["top1"] == 3 / 4  # the heap is a pile; of the second ring a grid is said
    assert found["top3"] == 1  # that ring shows a row as clearly
    assert values("hand captions") == {"top1": 1, "top3": 1}


def test_speaking_and_silence_are_judged_apart() -> None:
    found = values("model relational")
    assert found["shown"] == pytest.approx(4 / 6)
    assert found["right_if_shown"] == 2 / 4  # not the grid, nor the tower where nothing is
    assert found["right_if_silent"] == 1 / 2  # the pile would have been right
    n = {name: one["n"] for name, one in figures()["table"]["model relational"].items()}
    assert (n["top1"], n["shown"], n["right_if_shown"], n["right_if_silent"]) == (4, 6, 4, 2)


def test_a_share_of_nothing_is_left_out_and_written_as_a_dash() -> None:
    mute = DescriptionCalibration(bias=-50.0, cosine=0.0, margin=0.0, threshold=0.5)
    silent = CaptionBank(bank().captions, np.eye(6, dtype=np.float32)[:5], mute)
    row = Row("model relational", RELATIONAL, vectors())
    table = description_figures(pictures(), [row], {row.name: silent})["table"]
    assert "right_if_shown" not in table[row.name]
    assert table[row.name]["right_if_silent"]["n"] == 6


def test_chance_names_by_lot() -> None:
    """One of five relations is right, but two for the picture with a second one."""
    found = values("chance")
    assert found["top1"] == pytest.approx((3 * 1 / 5 + 2 / 5) / 4)
    assert found["top3"] == pytest.approx((3 * 3 / 5 + (1 - 3 / 5 * 2 / 4 * 1 / 3)) / 4)
    assert figures()["table"]["chance"]["top1"]["low"] is None


def test_calibration_error_by_hand() -> None:
    confidence = np.array([0.95, 0.95, 0.15, 0.15])
    right = np.array([1.0, 0.0, 0.0, 0.0])
    found = calibration_estimate(confidence, right, np.array(["a", "b", "a", "b"]))
    assert found.value == pytest.approx((2 * 0.45 + 2 * 0.15) / 4)
    assert found.n == 4
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.value < found.high
    honest = calibration_estimate(np.full(4, 0.5), np.array([1.0, 0, 1, 0]), np.zeros(4))
    assert (honest.value, honest.low, honest.high) == (0, 0, 0)


def test_only_small_models_have_a_bank() -> None:
    rows = [
        Row("one relational", RELATIONAL, vectors()),
        Row("one attribute", ATTRIBUTE, vectors()),
    ]
    banks = banks_of([ModelRequest()], rows)
    assert list(banks) == ["one relational"]
    assert len(banks["one relational"].captions) > 1000


def test_the_table_can_be_read() -> None:
    empty = {"test": {"triplets": {}, "families": {}, "kinds": {}}}
    empty["test"]["search"] = {"queries": 0, "database": 0, "table": {}}
    empty["test"]["captions"] = {"captions": 0, "table": {}}
    real = {"version": "1", "pictures": 6, "groups": 0, "relations": 3, "kinds": {}, "rows": {}}
    document = {"models": [], "real": {**real, "splits": empty, "descriptions": figures()}}
    page = render_suite(document, "the command")
    assert "the bank's 5 captions of 5 relations, for 4 pictures with a relation and 2 wit" in page
    assert "| row | right first | right among three | shown | right if shown |" in page
    assert "| hand captions | 1.000 (1.000–1.000) | 1.000 (1.000–1.000) | – | – | – | – |" in page
