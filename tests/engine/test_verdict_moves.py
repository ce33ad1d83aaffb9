"""What verdicts do to an answer, on drawn pictures and the real model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import COLOURS, draw

from engine.finding.finder import Ask, Finder, Found, Part
from engine.finding.verdict_moves import MOVES, NEAR, moves_by_verdicts
from engine.service import Engine
from engine.types import PairVerdict


class Judging:
    """An engine on drawn pictures, and a person who judges pairs with one of them."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.finder = Finder(engine)
        self.query = folder / "ring-crimson.png"
        self.folder = folder

    def judge(self, name: str, verdict: PairVerdict | None, query: str = "ring-crimson") -> None:
        ids = [self.engine.store.image_at(self.folder / f"{each}.png") for each in (query, name)]
        assert None not in ids
        self.engine.judgements.set_verdict(*ids, verdict)  # type: ignore[arg-type]

    def find(self, **wishes: object) -> Found:
        return self.finder.find(Ask((Part(self.query),), **wishes))  # type: ignore[arg-type]

    def order(self, **wishes: object) -> list[str]:
        return [hit.path.stem for hit in self.find(**wishes).neighbors]


@pytest.fixture
def judging(engine: Engine, pictures: Path) -> Judging:
    engine.index([pictures])
    return Judging(engine, pictures)


def test_verdicts_move_hits_and_can_be_taken_back(judging: Judging) -> None:
    before = judging.find()
    for verdict in ("no", "alike"):
        judging.judge("ring-royalblue", verdict)
        sunk = judging.order()
        assert sunk.index("ring-royalblue") >= 6
        assert set(sunk) == {hit.path.stem for hit in before.neighbors}
    judging.judge("ring-royalblue", None)
    judging.judge("grid-crimson", "good")
    risen = judging.order()
    assert risen.index("grid-crimson") < judging.order(learns=False).index("grid-crimson")
    assert judging.find(learns=False).neighbors == before.neighbors
    judging.judge("grid-crimson", None)
    assert judging.find().neighbors == before.neighbors


def test_scores_stay_what_they_are(judging: Judging) -> None:
    before = {hit.image_id: hit.relational for hit in judging.find().neighbors}
    judging.judge("ring-royalblue", "no")
    judging.judge("growth-crimson", "good")
    after = {hit.image_id: hit.relational for hit in judging.find().neighbors}
    assert after == pytest.approx(before, abs=1e-6)


def moves(judging: Judging) -> dict[str, float]:
    """How far each picture moves, by name."""
    store = judging.engine.store
    ids = {file.path.stem: file.image_id for file in store.files()}
    with judging.engine.lend() as models:
        moved = moves_by_verdicts(store, models, [(ids["ring-crimson"], 1.0)])
        assert moved is not None
        how_far = moved(np.array(list(ids.values())))
    return dict(zip(ids, how_far.tolist(), strict=True))


def test_pictures_near_a_judged_one_move_a_little(judging: Judging) -> None:
    judging.judge("grid-crimson", "no")
    judging.judge("growth-crimson", "good")
    moved = moves(judging)
    assert moved["grid-crimson"] == pytest.approx(MOVES["no"] - NEAR, abs=1e-3)
    assert moved["growth-crimson"] == pytest.approx(MOVES["good"] + NEAR, abs=1e-3)
    for colour in COLOURS[1:]:
        assert -NEAR <= moved[f"grid-{colour}"] < -0.1
        assert 0.1 < moved[f"growth-{colour}"] <= NEAR
        assert abs(moved[f"ring-{colour}"]) < 0.1


def test_what_only_looks_alike_pushes_down_what_looks_like_it(
    engine: Engine, pictures: Path
) -> None:
    draw("grid", "crimson", (300, 300)).save(pictures / "grid-again.png")
    engine.index([pictures])
    judging = Judging(engine, pictures)
    judging.judge("grid-crimson", "alike")
    moved = moves(judging)
    assert moved["grid-crimson"] == pytest.approx(MOVES["alike"] - NEAR, abs=1e-3)
    assert moved["grid-again"] < -0.3
    assert moved["grid-royalblue"] > moved["grid-again"]  # of one logic, but of another look


def test_a_verdict_counts_for_its_own_picture_s_questions(judging: Judging) -> None:
    judging.query = judging.folder / "growth-crimson.png"
    before = judging.find()
    judging.judge("grid-seagreen", "no", query="ring-crimson")
    assert judging.find().neighbors == before.neighbors


def test_of_several_pictures_each_verdict_counts_by_its_share(judging: Judging) -> None:
    judging.judge("ring-seagreen", "no")
    parts = Part(judging.query, 0.2), Part(judging.folder / "ring-darkorange.png", 1.8)
    little = judging.finder.find(Ask(parts))
    swapped = Part(judging.query, 1.8), Part(judging.folder / "ring-darkorange.png", 0.2)
    much = judging.finder.find(Ask(swapped))

    def place(found: Found) -> int:
        return [hit.path.stem for hit in found.neighbors].index("ring-seagreen")

    assert place(little) < place(much)


def test_a_part_that_pushes_away_has_no_say(judging: Judging) -> None:
    judging.judge("grid-royalblue", "good")
    grid = Part(judging.folder / "grid-crimson.png")
    parts = (grid, Part(judging.query, -0.5))
    with_verdict = judging.finder.find(Ask(parts))
    assert with_verdict.neighbors == judging.finder.find(Ask(parts, learns=False)).neighbors


def test_the_least_related_are_no_matter_of_verdicts(judging: Judging) -> None:
    before = judging.order(order="farthest")
    judging.judge("growth-crimson", "good")
    assert judging.order(order="farthest") == before
