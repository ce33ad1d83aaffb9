"""Scores are read where there is one, and nonsense is refused."""

from __future__ import annotations

import pytest

from trainer.judge.parsing import parse_score

SCORES = {
    "7": 7.0,
    " 7.\n": 7.0,
    "0": 0.0,
    "10": 10.0,
    "7.5": 7.5,
    "7/10": 7.0,
    "10/10.": 10.0,
    "7 / 10": 7.0,
    "**7**": 7.0,
    "“7”": 7.0,
    "[7]": 7.0,
    "- 7": 7.0,
    "> 7": 7.0,
    "Score: 7": 7.0,
    "**Score:** 8/10": 8.0,
    "score=7": 7.0,
    "Final score: 7.0/10.": 7.0,
    "Answer: 7": 7.0,
    "\\boxed{7}": 7.0,
    "I would rate it 7 out of 10.": 7.0,
    "On a scale of 0 to 10, the score is 4.": 4.0,
    "Score (0-10): 4": 4.0,
    "7\nBecause both grow from small to large.": 7.0,
    "Score: 7\n\nBoth show 3 things in 2 rows.": 7.0,
    "Both show 3 things in 2 rows.\nScore: 8": 8.0,
    "Score: 7/10\nRating: 7": 7.0,
    '{"score": 7}': 7.0,
    '{"reason": "2 rows", "Score": "7/10"}': 7.0,
    '```json\n{"score": 6.5}\n```': 6.5,
    "<think>It is 3 or 4.</think>\n5": 5.0,
    "Perhaps 7/10.</think>5": 5.0,
}

NONSENSE = [
    "",
    "   \n ",
    "I can't",
    "I'm sorry, I can't compare these 2 images.",
    "Both show 2 rows of 5.",
    "Image 2",
    "seven",
    "N/A",
    "Score: N/A",
    "11",
    "100",
    "-1",
    "−1",
    "Score: -1",
    "Score:-7",
    "Score: 12/10",
    "7/5",
    "7/100",
    "70%",
    "Score: 70%",
    "$7",
    "7th",
    "A7",
    "~7",
    ">7",
    "7+",
    "1e1",
    "0x7",
    "7 8",
    "7\n8",
    "7, 8",
    "7,5",
    "7 or 8",
    "7-8",
    "7–8",
    "6 to 8",
    "0-10",
    "Score: 7 or 8",
    "The score is between 6 and 7",
    "Score: less than 5",
    "not 7",
    "Score: 7\nScore: 8",
    "Score 7; rating 8",
    "7/10 for look, 3/10 for logic",
    "Score: 7 (2 pictures)",
    "2024-05-07",
    "12.05.2024",
    "7/10/2024",
    "7:30",
    "9.5.1",
    "٧",
    "７",
    '{"score": 11}',
    '{"score": -1}',
    '{"score": NaN}',
    '{"score": true}',
    '{"score": null}',
    '{"score": [7]}',
    '{"score": "7-8"}',
    '{"score": 7, "score": 8}',
    '{"score": 7, "rating": 8}',
    '{"look": 7}',
    "<think>7</think>",
    "<think>\nThe first would be 7/10, but",
    "7</think>",
]


@pytest.mark.parametrize("text", SCORES)
def test_scores(text: str) -> None:
    assert parse_score(text) == SCORES[text]


def test_the_last_line_of_what_was_cut_off_counts_for_nothing() -> None:
    assert parse_score("Score: 7\nBecause both", is_cut=True) == 7
    for text in ("1", "Both grow.\nScore: 7", '{"score": 7'):
        assert parse_score(text, is_cut=True) is None


@pytest.mark.parametrize("text", NONSENSE)
def test_nonsense(text: str) -> None:
    assert parse_score(text) is None
