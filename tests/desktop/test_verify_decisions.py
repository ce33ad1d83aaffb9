from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from engine.judging.groups import Group, Verdict
from relsim_desktop.presenters.decisions import Decisions, repeated

VERDICTS: tuple[Verdict, ...] = ("unseen", "accepted", "rejected")
verdicts = st.sampled_from(VERDICTS)
captions = st.sampled_from(["", "one", "two"])


def some(*said: Verdict) -> list[Group]:
    return [Group(f"g{i}", (Path("a"), Path("b")), verdict=word) for i, word in enumerate(said)]


steps = st.one_of(
    st.tuples(st.just("change"), verdicts, captions),
    st.tuples(st.just("move"), st.integers(-3, 3)),
    st.tuples(st.sampled_from(["undo", "redo", "seek"])),
)


@given(st.lists(verdicts, max_size=6), st.lists(steps, max_size=30))
def test_counts_and_history_always_agree_with_the_groups(
    said: list[Verdict], walk: list[tuple[object, ...]]
) -> None:
    start = some(*said)
    decisions = Decisions(start)
    states = [tuple(start)]  # what undo goes back through
    for step in walk:
        match step:
            case ("change", verdict, caption) if decisions.current is not None:
                after = replace(decisions.current, verdict=verdict, caption=caption)
                is_new = after != decisions.current
                decisions.change(after)
                assert decisions.current == after
                if is_new:
                    assert not decisions.can_redo
                    states.append(decisions.groups)
            case ("move", int(by)):
                decisions.move(by)
            case ("undo",):
                could = decisions.can_undo
                decision = decisions.undo()
                assert (decision is not None) == could
                if decision is not None:
                    states.pop()
                    assert decisions.current == decision.before
            case ("redo",):
                could = decisions.can_redo
                decision = decisions.redo()
                assert (decision is not None) == could
                if decision is not None:
                    states.append(decisions.groups)
                    assert decisions.current == decision.after
            case ("seek",):
                found = decisions.seek_unseen()
                assert found == any(group.verdict == "unseen" for group in decisions.groups)
                assert not found or decisions.current.verdict == "unseen"
        assert decisions.groups == states[-1]
        assert 0 <= decisions.at <= len(decisions)
        counts = Counter(group.verdict for group in decisions.groups)
        assert all(decisions.count(verdict) == counts[verdict] for verdict in VERDICTS)
    while decisions.undo():
        pass
    assert decisions.groups == tuple(start)


def test_it_begins_where_one_was() -> None:
    assert Decisions(some("accepted", "rejected", "unseen", "unseen")).at == 2
    assert Decisions(some("accepted", "rejected")).at == 2, "behind the last"
    assert Decisions(some()).current is None
    assert Decisions(some("unseen", "unseen"), at=9).at == 2


def test_the_next_undecided_group_may_be_an_earlier_one() -> None:
    decisions = Decisions(some("unseen", "accepted", "unseen"))
    assert decisions.seek_unseen()
    assert decisions.at == 2
    assert decisions.seek_unseen()
    assert decisions.at == 0


def test_own_decisions_are_repeated_where_nobody_else_has_changed_anything() -> None:
    base = some("unseen", "unseen", "unseen", "unseen")
    mine = [replace(group, verdict="accepted") for group in base[:3]] + base[3:]
    theirs = [base[0], replace(base[1], caption="theirs"), base[3], Group("new", base[0].images)]
    assert repeated(theirs, mine, base) == [mine[0], theirs[1], base[3], theirs[3]]
