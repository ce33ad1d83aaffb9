from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relsim_desktop.fuzzy import match


def best(query: str, *texts: str) -> str:
    found = [(fit.score, text) for text in texts if (fit := match(query, text)) is not None]
    return max(found)[1]


@pytest.mark.parametrize(
    ("query", "meant", "others"),
    [
        ("comp", "Compare two pictures", ["Open sample collection", "Incomplete"]),
        ("ctp", "Compare two pictures", ["Collection of stamps"]),
        ("theme dark", "Theme: Dark", ["Theme: Light"]),
        ("dark theme", "Theme: Dark", ["Theme: Light"]),
        ("set", "Settings", ["Reset the view"]),
        ("öff", "Ordner öffnen", ["Offen"]),
    ],
)
def test_what_a_person_means_comes_first(query: str, meant: str, others: list[str]) -> None:
    assert best(query, *others, meant) == meant


def test_letters_that_were_typed_are_known() -> None:
    fit = match("cop", "Compare Pictures")
    assert fit is not None
    assert "".join("Compare Pictures"[at] for at in fit.positions).lower() == "cop"
    assert match("two", "Compare two").positions == (8, 9, 10)  # type: ignore[union-attr]


def test_letters_from_here_and_there_mean_nothing() -> None:
    assert match("zzz", "Compare") is None
    assert match("xylophone", "Describe a relation with many letters") is None


@given(st.text(), st.text())
def test_positions_are_letters_of_the_text(query: str, text: str) -> None:
    fit = match(query, text)
    if fit is not None:
        assert list(fit.positions) == sorted(set(fit.positions))
        assert all(0 <= at < len(text) for at in fit.positions)


@given(st.text(min_size=1))
def test_everything_fits_itself_and_nothing_fits_everything(text: str) -> None:
    assert match("", text) is not None
    if len(text.lower()) == len(text):
        assert match(text, text) is not None
