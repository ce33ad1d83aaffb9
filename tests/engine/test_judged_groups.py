"""How verdicts connect images, and how sets of images become groups of a size that is wanted."""

from __future__ import annotations

from itertools import chain, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.judging.judged_groups import (
    PictureCounts,
    connected,
    counts,
    group_id,
    parts,
    shared_caption,
)
from engine.types import Description, Judged

RELATIONS = {"{Things} in a ring": "ring", "A circle of {Objects}": "ring", "{A} on {B}": "on"}


def judged(verdict: str, *pairs: tuple[int, int]) -> list[Judged]:
    return [Judged(min(pair), max(pair), verdict) for pair in pairs]  # type: ignore[arg-type]


def described(*texts: str | None) -> list[Description]:
    return [Description(text, 0.5) for text in texts]


def test_good_analogies_connect_and_others_do_not() -> None:
    verdicts = judged("good", (1, 2), (2, 3), (7, 8)) + judged("alike", (3, 4))
    assert connected(verdicts) == [[2, 1, 3], [7, 8]]
    assert connected([]) == []


@pytest.mark.parametrize("verdict", ["no", "alike"])
def test_another_verdict_keeps_images_apart(verdict: str) -> None:
    verdicts = judged("good", (1, 2), (3, 4), (2, 3), (4, 5)) + judged(verdict, (1, 4))
    assert connected(verdicts) == [[1, 2], [4, 3, 5]]
    assert connected(judged("good", (1, 2), (2, 3)) + judged(verdict, (1, 3))) == [[1, 2], [3]]


pairs = st.tuples(st.integers(1, 15), st.integers(1, 15)).filter(lambda pair: pair[0] < pair[1])


@given(st.dictionaries(pairs, st.sampled_from(["good", "alike", "no"]), max_size=40))
def test_every_image_of_a_good_analogy_is_in_one_set_and_none_is_with_its_opposite(
    verdicts: dict[tuple[int, int], str],
) -> None:
    sets = connected([Judged(*pair, verdict) for pair, verdict in verdicts.items()])  # type: ignore[arg-type]
    good = {image for pair, verdict in verdicts.items() if verdict == "good" for image in pair}
    assert sorted(chain(*sets)) == sorted(good)
    for members in sets:
        assert not any(
            verdict != "good" and set(pair) <= set(members) for pair, verdict in verdicts.items()
        )


@given(st.integers(0, 200))
def test_parts_are_as_few_and_as_equal_as_can_be_and_lose_nothing(count: int) -> None:
    made = parts(range(count))
    sizes = [len(part) for part in made]
    assert list(chain(*made)) == (list(range(count)) if count >= 2 else [])
    assert all(2 <= size <= 10 for size in sizes)
    assert len(made) == (-(-count // 10) if count >= 2 else 0)
    assert all(abs(a - b) <= 1 for a, b in pairwise(sizes))


def test_what_is_shared_is_what_more_than_half_are_described_with() -> None:
    ring, circle, on = RELATIONS
    assert shared_caption(described(ring, ring, on), RELATIONS) == ring
    assert shared_caption(described(circle, ring, circle, None), RELATIONS) == circle
    assert shared_caption(described(ring, on), RELATIONS) is None
    assert shared_caption(described(ring, None), RELATIONS) is None
    assert shared_caption(described("my words", "my words"), RELATIONS) == "my words"
    assert shared_caption([], RELATIONS) is None


def test_counts_add_up() -> None:
    made = counts([[1, 2, 3], [4, 5], [6, 7], []], {1, 2, 4})
    assert made == PictureCounts(found=7, grouped=2, offline=4, alone=1)
    assert made.found == made.grouped + made.offline + made.alone


def test_an_id_is_the_same_for_the_same_and_tells_its_source() -> None:
    assert group_id("board", "a", 1, 2) == group_id("board", "a", 1, 2)
    assert len({group_id("board", *parts) for parts in (("a", 1), ("a", 11), ("b", 1))}) == 3
    assert group_id("verdicts", 1).startswith("verdicts-")
