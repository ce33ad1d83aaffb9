"""Splitting: deterministic, whatever the order, and nothing that belongs together is torn."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import KnownError
from trainer.data.drops import Drops
from trainer.data.records import Collection, Record
from trainer.data.splitting import Whole, split


def collection(*records: Record) -> Collection:
    drops = Drops()
    drops.add("missing", "gone")
    return Collection("c", records, drops, len(records) + 1)


def numbered(count: int) -> list[Record]:
    return [Record(f"k{n}", Path(f"{n}.png")) for n in range(count)]


def test_the_paper_s_split_has_its_sizes() -> None:
    """100,000 for training, 14,881 for testing."""
    train, test = split(collection(*numbered(114_881)), 14_881 / 114_881, 0)
    assert (len(train.records), len(test.records)) == (100_000, 14_881)
    assert train.found == 100_000
    assert train.drops.total == 0


def test_another_seed_is_another_split() -> None:
    found = collection(*numbered(50))
    held = [{r.key for r in split(found, 0.2, seed)[1].records} for seed in (0, 0, 1)]
    assert held[0] == held[1] != held[2]


@pytest.mark.parametrize("share", [0.001, 0.999])
def test_neither_part_is_empty(share: float) -> None:
    train, test = split(collection(*numbered(5)), share, 0)
    assert {len(train.records), len(test.records)} == {1, 4}


def test_what_cannot_be_split_is_said_to_be_so() -> None:
    same = [Record(f"k{n}", Path("a"), group="g") for n in range(4)]
    with pytest.raises(KnownError, match="if each group stays whole: 4 records are 1 part"):
        split(collection(*same), 0.5, 0)
    assert len(split(collection(*same), 0.5, 0, whole=())[0].records) == 2
    with pytest.raises(ValueError, match="between 0 and 1"):
        split(collection(*numbered(3)), 1.0, 0)


def test_the_same_picture_is_never_on_both_sides() -> None:
    records = [Record(f"k{n}", Path("a"), content=f"c{n // 3}") for n in range(30)]
    train, test = split(collection(*records), 0.3, 0, whole=())
    assert not {r.content for r in train.records} & {r.content for r in test.records}
    assert len(test.records) == 9


_few = st.none() | st.sampled_from("abc")
_records = st.lists(
    st.builds(
        Record,
        key=st.integers(0, 10**6).map(str),
        source=st.just(Path("a.png")),
        caption=_few,
        group=st.none() | st.sampled_from("abcdefgh"),
        relation=_few,
        content=st.none() | st.sampled_from("uvwxyz"),
    ),
    min_size=2,
    max_size=30,
    unique_by=lambda record: record.key,
)
_whole = st.lists(st.sampled_from(["caption", "group", "relation"]), unique=True)


@given(_records, _whole, st.floats(0.01, 0.99), st.integers(0, 5), st.randoms())
def test_nothing_is_lost_torn_or_dependent_on_order(
    records: list[Record], whole: list[Whole], share: float, seed: int, chance: object
) -> None:
    try:
        train, test = split(collection(*records), share, seed, whole=whole)
    except KnownError:
        return
    assert set(train.records) | set(test.records) == set(records)
    assert len(train.records) + len(test.records) == len(records)
    assert train.records
    assert test.records
    for name in ("content", *whole):
        sides = [{getattr(r, name) for r in part.records} - {None} for part in (train, test)]
        assert not sides[0] & sides[1]
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = split(collection(*shuffled), share, seed, whole=whole)
    assert set(again[1].records) == set(test.records)
