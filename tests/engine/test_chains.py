"""Chains of analogies between two pictures, and walks."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from PIL import Image, ImageDraw

from engine.errors import QueryError
from engine.mapping.chains import Chain, Chains
from engine.search.ranking import NEAR_IDENTICAL
from engine.service import Engine


@pytest.fixture
def filled(engine: Engine, pictures: Path) -> Engine:
    engine.index([pictures])
    return engine


def image(engine: Engine, pictures: Path, name: str) -> int:
    found = engine.store.image_at(pictures / name)
    assert found is not None
    return found


def names(chain: Chain) -> list[str]:
    return [station.path.stem for station in chain.stations if station.path is not None]


def check(engine: Engine, chain: Chain) -> None:
    """What holds of every chain."""
    assert len(chain.links) == len(chain.stations) - 1
    known = [s.image_id for s in chain.stations if s.image_id is not None]
    assert len(known) == len(set(known)), "a picture comes twice"
    for (a, b), link in zip(pairwise(chain.stations), chain.links, strict=True):
        assert link.attribute < NEAR_IDENTICAL
        if a.image_id is not None and b.image_id is not None:
            score = engine.score(a.image_id, b.image_id)
            assert link.relational == pytest.approx(score.relational, abs=1e-5)
            assert link.attribute == pytest.approx(score.attribute, abs=1e-5)


def test_a_chain_goes_from_one_to_the_other_over_its_strongest_links(
    filled: Engine, pictures: Path
) -> None:
    a, b = image(filled, pictures, "ring-crimson.png"), image(filled, pictures, "grid-crimson.png")
    chains = Chains(filled)
    weakest = []
    for steps in (1, 2, 3, 5):
        chain = chains.between(a, b, steps)
        check(filled, chain)
        assert (names(chain)[0], names(chain)[-1]) == ("ring-crimson", "grid-crimson")
        assert len(chain.links) <= steps
        assert chain.weakest is not None
        weakest.append(chain.links[chain.weakest].relational)
    assert weakest == sorted(weakest), "more steps never make it weaker"
    assert chains.between(a, b, 5) == chains.between(a, b, 5)
    assert names(chains.between(b, a, 5)) == names(chains.between(a, b, 5))[::-1]


def test_no_chain_of_that_length_is_stronger(filled: Engine, pictures: Path) -> None:
    """All paths of up to three links, tried one by one."""
    a, b = (
        image(filled, pictures, "ring-crimson.png"),
        image(filled, pictures, "growth-darkorange.png"),
    )
    found = Chains(filled).between(a, b, 3)
    ids = filled.store.image_ids(filled.fingerprint).tolist()
    with filled.lend() as models:
        vectors, looks = models.small.vectors(ids), models.looks(ids)
    weight = vectors @ vectors.T
    weight[looks @ looks.T >= max(link.attribute for link in found.links) + 1e-6] = -1
    np.fill_diagonal(weight, -1)
    i, j = ids.index(a), ids.index(b)
    two = np.minimum(weight[i][:, None], weight).max(axis=0)
    three = np.minimum(two[:, None], weight).max(axis=0)
    assert found.weakest is not None
    bottleneck = found.links[found.weakest].relational
    assert bottleneck >= max(weight[i, j], two[j], three[j]) - 1e-5


def test_another_way_avoids_the_stations_of_the_last(filled: Engine, pictures: Path) -> None:
    a, b = (
        image(filled, pictures, "ring-crimson.png"),
        image(filled, pictures, "growth-crimson.png"),
    )
    first = Chains(filled).between(a, b, 4)
    inner = {s.image_id for s in first.stations[1:-1] if s.image_id is not None}
    assert inner
    other = Chains(filled).between(a, b, 4, avoid=inner)
    check(filled, other)
    assert not inner & {s.image_id for s in other.stations}


def test_ends_may_lie_outside_the_library(filled: Engine, tmp_path: Path, pictures: Path) -> None:
    outside = tmp_path / "outside.png"
    draw("ring", "purple", (280, 320)).save(outside)
    b = image(filled, pictures, "grid-seagreen.png")
    chain = Chains(filled).between(outside, b, 3)
    check(filled, chain)
    assert (chain.stations[0].image_id, chain.stations[0].path) == (None, outside)
    pasted = Chains(filled).between(draw("growth", "purple"), b, 3)
    assert (pasted.stations[0].image_id, pasted.stations[0].path) == (None, None)
    assert pasted.stations[-1].image_id == b


def test_ends_that_are_the_same_or_look_alike_are_refused(filled: Engine, pictures: Path) -> None:
    a = image(filled, pictures, "ring-crimson.png")
    with pytest.raises(QueryError, match="two different pictures"):
        Chains(filled).between(a, a)
    copy = Image.open(pictures / "ring-crimson.png").convert("RGB")
    ImageDraw.Draw(copy).point((3, 3), "black")
    with pytest.raises(QueryError, match="look alike"):
        Chains(filled).between(a, copy, 1)


def test_a_walk_is_the_same_for_a_seed_and_never_comes_back(filled: Engine, pictures: Path) -> None:
    a = image(filled, pictures, "ring-crimson.png")
    walk = Chains(filled).walk(a, 5, surprise=0.5, seed=3)
    check(filled, walk)
    assert walk == Chains(filled).walk(a, 5, surprise=0.5, seed=3)
    assert names(walk)[0] == "ring-crimson"
    ways = {tuple(names(Chains(filled).walk(a, 5, seed=seed))) for seed in range(6)}
    assert len(ways) > 1
    near = Chains(filled).walk(a, 3, surprise=0.0, seed=1)
    far = Chains(filled).walk(a, 3, surprise=1.0, seed=1)
    assert np.mean([k.attribute for k in far.links]) < np.mean([k.attribute for k in near.links])


def test_a_link_says_what_both_share_or_nothing(filled: Engine, pictures: Path) -> None:
    a, b = (
        image(filled, pictures, "ring-crimson.png"),
        image(filled, pictures, "ring-darkorange.png"),
    )
    link = Chains(filled).between(a, b, 1).links[0]
    with filled.lend() as models:
        both = models.small.vectors([a, b]).mean(axis=0)
        assert link.shared == models.bank.describe(both[None])[0]
    assert link.shared.text is not None


def test_an_empty_library_is_said(engine: Engine) -> None:
    with pytest.raises(QueryError, match="empty"):
        Chains(engine).between(draw("ring", "crimson"), draw("grid", "crimson"))
    with pytest.raises(QueryError, match="empty"):
        Chains(engine).walk(draw("ring", "crimson"))
