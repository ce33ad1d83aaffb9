"""The report's tables of methods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

from trainer.reproduce import report_html as html

Document = Mapping[str, Any]

_MEANINGS: Final = (
    (
        "score",
        "Each query looks for its nearest picture among all test pictures, without itself: 10 if"
        " that shows the same relation, else 0. The paper's column is GPT-4o's mean from 0 to 10"
        " for the row that plays the same part.",
    ),
    (
        "R@10",
        "Whether any of the ten nearest shows the same relation. The paper reports none.",
    ),
    (
        "mAP",
        "Mean average precision: how early all pictures of the relation come. The paper reports"
        " none.",
    ),
    (
        "conflict",
        "Same relation with another subject against same subject with another relation: how often"
        " the first is nearer; chance is 0.5. An independent study found the released model at or"
        " below chance on such photographs.",
    ),
    (
        "same subject",
        "How often the nearest picture shows the query's subject: what a measure of looks goes by.",
    ),
    (
        "caption first",
        "How often the nearest of all wordings says the picture's relation; only for vectors in the"
        " space of captions.",
    ),
)


def methods_table(figures: Document) -> str:
    """Every method's figures beside the paper's, and what the columns mean.

    Args:
        figures: Of ``figures.json``.
    """
    names = ("score", "r10", "map", "conflict", "subject", "caption_r1")
    titles = ["method", "starts from", "score (95 %)", "paper", "R@10", "mAP", "conflict"]
    titles += ["same subject", "caption first"]
    rows: list[tuple[str, Sequence[str]]] = []
    for row in figures["rows"]:
        found = row["figures"]
        paper = row["paper"]
        cells = [f"{escape(row['title'])}<span class='note'>{escape(row['note'])}</span>"]
        cells += [escape(row.get("start") or "–"), estimate_text(found["score"])]
        cells += [f"{paper['score']:.2f} <small>{escape(paper['name'])}</small>" if paper else "–"]
        cells += [f"{found[name]['value']:.2f}" if name in found else "–" for name in names[1:]]
        kinds = {"relational": "tested", "reference": "apart"}
        rows.append((kinds.get(row["kind"], ""), cells))
    chance = figures["chance"]
    by_lot = ["by lot", "–", f"{chance['score']:.2f}", "–"]
    by_lot += [f"{chance[name]:.2f}" if name in chance else "–" for name in names[1:]]
    table = html.table(titles, [*rows, ("apart", by_lot)], words=(0, 1))
    return table + html.terms(_MEANINGS)


def counterpart_section(figures: Document) -> list[str]:
    """The same comparison for the counterpart that has seen photographs."""
    own = [row for row in figures["rows"] if row["id"] == figures.get("counterpart")]
    if not own:
        return []
    title = own[0]["title"]
    return [
        f"<h2>{escape(title)} against each of the others</h2>",
        html.paragraph(
            "The rows “place by place” and “nothing learned” are the same features without"
            " captions: its lead over them is what captions add. “Groups without text” is the same"
            " head, which learned from the captioner's pictures which of them people put together."
        ),
        differences_table(figures["rows"], "against_counterpart", title),
    ]


def differences_table(rows: Sequence[Document], against: str, title: str) -> str:
    """The leads of a method over the others.

    Args:
        rows: Of ``figures.json``.
        against: Field of the rows that holds them.
        title: Of the method.
    """
    lines: list[tuple[str, Sequence[str]]] = []
    for row in rows:
        if row[against] is None:
            continue
        found = row[against]["difference"]
        verdict = title if found["low"] > 0 else "the other" if found["high"] < 0 else "open"
        kind = "apart" if row["kind"] == "reference" else ""
        cells = [escape(row["title"]), estimate_text(found, sign="+"), escape(verdict)]
        further = (row[against].get(name) for name in ("map", "conflict"))
        cells += [estimate_text(one, sign="+") if one else "–" for one in further]
        lines.append((kind, cells))
    titles = ["method", f"{title}, less this one's score (95 %)", "better, beyond the interval"]
    return html.table([*titles, "the same of mAP", "of conflict"], lines, words=(0, 2))


def estimate_text(found: Document, sign: str = "") -> str:
    """A figure and its interval, such as ``6.77 (6.51–7.02)``."""
    if found["low"] is None:
        return f"{found['value']:{sign}.2f}"
    return f"{found['value']:{sign}.2f} ({found['low']:{sign}.2f} – {found['high']:{sign}.2f})"
