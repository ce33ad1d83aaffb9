"""Groups are proposed from vectors whose relations and looks are known."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import pytest

from engine.jobs import Cancelled, JobControl
from engine.types import Float32
from trainer.captions import propose
from trainer.captions.propose import Proposals, ProposalSettings, propose_groups

RELATIONS, EACH = 12, 8


def unit(rows: np.ndarray) -> Float32:
    out: Float32 = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    return out


def near(centres: np.ndarray, of: np.ndarray, spread: float, seed: int) -> Float32:
    """Unit rows about a centre each; the cosine of two about one centre is near 1 / (1 + s²)."""
    noise = np.random.default_rng(seed).standard_normal((len(of), centres.shape[1]))
    return unit(centres[of] + spread * noise / np.sqrt(centres.shape[1]))


def scattered(count: int, dimension: int, seed: int) -> np.ndarray:
    return unit(np.random.default_rng(seed).standard_normal((count, dimension)))


RELATION = np.repeat(np.arange(RELATIONS), EACH)
LOOK = np.tile(np.arange(EACH), RELATIONS)
RELATIONAL = near(scattered(RELATIONS, 48, 0), RELATION, 0.3, 1)
ATTRIBUTE = near(scattered(EACH, 64, 2), LOOK, 0.4, 3)
# Each picture has seven of its relation beside it; none of them shares its look.
LIMITS: dict[str, Any] = {"neighbors": EACH - 1, "related": 90.0, "alike": 90.0}
SETTINGS = ProposalSettings(**LIMITS)


def proposed(settings: ProposalSettings = SETTINGS) -> Proposals:
    found = propose_groups(RELATIONAL, ATTRIBUTE, settings)
    assert found.images == found.grouped + found.repeats + found.alone
    images = [image for group in found.groups for image in group.images]
    assert len(images) == len(set(images)) == found.grouped
    return found


def test_each_relation_becomes_one_group_of_different_looks() -> None:
    found = proposed()
    assert [len(group.images) for group in found.groups] == [EACH] * RELATIONS
    for group in found.groups:
        rows = list(group.images)
        assert len(set(RELATION[rows])) == 1
        assert len(set(LOOK[rows])) == EACH
    assert (found.alone, found.repeats) == (0, 0)


def test_every_pair_keeps_what_was_promised() -> None:
    found = proposed(ProposalSettings(least=2, most=4, **LIMITS))
    assert max(len(group.images) for group in found.groups) == 4
    scores = []
    for group in found.groups:
        pairs = list(combinations(group.images, 2))
        related = [float(RELATIONAL[a] @ RELATIONAL[b]) for a, b in pairs]
        alike = [float(ATTRIBUTE[a] @ ATTRIBUTE[b]) for a, b in pairs]
        assert min(related) >= found.related
        assert max(alike) < found.alike
        assert group.score == pytest.approx(np.mean(related), abs=1e-6)
        assert group.attribute == pytest.approx(np.mean(alike), abs=1e-6)
        scores.append(group.score)
    assert scores == sorted(scores, reverse=True)


def test_the_same_again() -> None:
    assert proposed() == proposed()


def test_look_alikes_make_no_group() -> None:
    attribute = near(scattered(RELATIONS, 64, 4), RELATION, 0.4, 5)
    found = propose_groups(RELATIONAL, attribute, SETTINGS)
    assert found.groups == ()
    assert found.alone == len(RELATIONAL)


def test_a_series_of_one_shot_counts_once_and_does_not_hide_others() -> None:
    shots = 60
    relational = np.concatenate([near(RELATIONAL[:1], np.zeros(shots, int), 0.01, 6), RELATIONAL])
    attribute = np.concatenate([near(ATTRIBUTE[:1], np.zeros(shots, int), 0.01, 7), ATTRIBUTE])
    found = propose_groups(relational, attribute, SETTINGS)
    assert found.repeats == shots
    assert found.grouped == len(RELATIONAL)
    assert sum(min(group.images) < shots for group in found.groups) == 1


def test_sizes_and_number_of_groups_are_bounded() -> None:
    pairs = proposed(ProposalSettings(most=2, **LIMITS))
    assert {len(group.images) for group in pairs.groups} == {2}
    large = proposed(ProposalSettings(least=EACH, **LIMITS))
    assert {len(group.images) for group in large.groups} == {EACH}
    few = proposed(ProposalSettings(limit=3, **LIMITS))
    assert few.groups == proposed().groups[:3]
    assert few.alone == len(RELATIONAL) - few.grouped


def test_a_graph_stands_in_for_the_exact_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = proposed()
    monkeypatch.setattr(propose, "EXACT_UP_TO", 10)
    assert proposed() == exact
    # Where a walk through the graph does not find enough, the scan stands in for it.
    monkeypatch.setattr(propose, "_from_graph", lambda *_: None)
    assert proposed() == exact


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_pictures(count: int) -> None:
    found = propose_groups(RELATIONAL[:count], ATTRIBUTE[:count], SETTINGS)
    assert found.images == found.grouped + found.repeats + found.alone == count


def test_a_cancel_ends_it() -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        propose_groups(RELATIONAL, ATTRIBUTE, SETTINGS, control)


def test_settings_say_all_that_is_wrong_with_them() -> None:
    assert list(ProposalSettings().problems()) == []
    wrong = ProposalSettings(least=5, most=3, neighbors=0, related=101, alike=-1, limit=0)
    assert len(list(wrong.problems())) == 5
