"""Renders a judge's figures as Markdown that can be read by itself."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from trainer.evaluation.page import write_between_marks

PAPER: Final = "Nguyen et al., CVPR 2026 (arXiv 2512.07833), figure 6"

_ABOUT: Final = (
    "Each query is a picture of the test half. Each method looks for it in the whole database,"
    " without the query itself (left out by its content, so that a picture that looks the same"
    " stays), and the judge says of the query and {hits}, from 0 to 10, whether they"
    " share the same logic. A pair that several methods found is judged once. In brackets:"
    " 95 % intervals of a bootstrap over queries (1,000 resamples). Coverage: share of a method's"
    " pairs that are judged. Unusable: answers that are no score; they are counted, and left out of"
    " the means."
)
_ABOUT_PAPER: Final = (
    f"Paper: the mean of {PAPER}: 1,000 queries among 14,000 test and 14,000 random pictures of"
    " LAION, nearest hit, judged by GPT-4o. Judge, words of the question and pictures differ here,"
    " so what can be compared is the order of methods and their distances, not the numbers."
)
_ABOUT_TRUTH: Final = (
    "The judge is ground truth: 10 where a collection says the same relation of both pictures, else"
    " 0. It is no judge of the paper's, who grades what it sees; its figures do not stand beside"
    " the paper's."
)


def write_judge_report(path: Path, figures: Mapping[str, Any]) -> None:
    """Put the figures between the marks of a page, as `write_between_marks` does.

    Args:
        path: The Markdown file; created if need be.
        figures: From `trainer.judge.figures.judge_figures`.

    Raises:
        KnownError: If it cannot be written.
    """
    write_between_marks(path, render_judge(figures), "What a judge says of retrieval")


def is_truth(figures: Mapping[str, Any]) -> bool:
    """Whether ground truth stood in for a judge."""
    return bool(figures["judge"]["kind"] == "truth")


def render_judge(figures: Mapping[str, Any]) -> str:
    """The figures as Markdown."""
    database, pairs, k = figures["database"], figures["pairs"], figures["k"]
    hits = "the nearest picture" if k == 1 else f"each of the {k} nearest"
    lines = [
        f"Measured by `{figures['command']}`.",
        "",
        f"Judge: `{figures['judge']['id']}`. {figures['queries']:,} queries (seed"
        f" {figures['seed']}) in {' and '.join(database['collections'])}:"
        f" {database['pictures']:,} distinct pictures, {database['tests']:,} of the test half and"
        f" {database['distractors']:,} distractors (left out: {database['copies']:,} copies of the"
        f" same content,{_dropped(database['dropped'])}; digest `{database['digest'][:16]}`).",
        "",
        _ABOUT.format(hits=hits),
        "",
        _ABOUT_TRUTH if is_truth(figures) else _ABOUT_PAPER,
        "",
        *_methods(figures),
    ]
    if k > 1:
        lines += ["", "By rank:", "", *_ranks(figures)]
    lines += [
        "",
        f"Pairs: {pairs['wanted']:,} of all methods, {pairs['pairs']:,} distinct ones,"
        f" {pairs['judged']:,} judged ({pairs['coverage']:.1%}), {pairs['unusable']:,} answers"
        f" unusable ({pairs['unusable_share']:.1%}). {_cost(figures)}",
    ]
    if pairs["judged"] < pairs["pairs"]:
        lines += ["", "**Not all pairs are judged yet**: call the same command to go on."]
    return "\n".join(lines)


def _dropped(dropped: Mapping[str, int]) -> str:
    if not dropped:
        return " nothing unreadable"
    return "".join(f" {count:,} {reason}," for reason, count in dropped.items()).rstrip(",")


def _methods(figures: Mapping[str, Any]) -> list[str]:
    titles = ["method", "measures", "nearest hit", "less the first method's", "all ranks"]
    titles += ["coverage", "unusable"] + ([] if is_truth(figures) else ["paper"])
    lines = [f"| {' | '.join(titles)} |", "|---|---|" + "---:|" * (len(titles) - 2)]
    for method in figures["methods"]:
        cells = [
            method["title"],
            method["measures"],
            _cell(method["first"]),
            _cell(method["less"], "+"),
            _cell(method["all"]),
            f"{method['coverage']:.1%}",
            f"{method['unusable_share']:.1%}",
        ]
        if not is_truth(figures):
            cells.append("–" if method["paper"] is None else f"{method['paper']:.2f}")
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def _ranks(figures: Mapping[str, Any]) -> list[str]:
    ranks = range(figures["k"])
    return [
        f"| method | {' | '.join(str(rank + 1) for rank in ranks)} |",
        "|---|" + "---:|" * len(ranks),
        *[
            f"| {method['title']} | {' | '.join(_cell(found) for found in method['ranks'])} |"
            for method in figures["methods"]
        ],
    ]


def _cell(estimate: Mapping[str, Any] | None, sign: str = "") -> str:
    if estimate is None:
        return "–"
    value, low, high = (f"{estimate[key]:{sign}.2f}" for key in ("value", "low", "high"))
    return f"{value} ({low} to {high})"


def _cost(figures: Mapping[str, Any]) -> str:
    cost = figures["cost"]
    if figures["judge"]["kind"] != "endpoint":
        return "Nothing was paid."
    least = "At least " if cost["untold"] else ""
    text = f"Paid: {least}{cost['tokens_in']:,} tokens in, {cost['tokens_out']:,} out"
    text += ", no price given" if cost["dollars"] is None else f", {cost['dollars']:.2f} dollars"
    if cost["untold"]:
        text += f" (the endpoint did not tell the tokens of {cost['untold']:,} answers)"
    return text + "."
