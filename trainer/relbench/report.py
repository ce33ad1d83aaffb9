"""Renders the benchmark's figures as Markdown that can be read by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trainer.evaluation.page import write_between_marks
from trainer.relbench.annotations import CONDITIONS

CONDITION_TITLES = {
    "agree": "look and logic agree",
    "conflict": "look against logic",
    "logic_only": "logic alone",
    "look_only": "look alone",
}
SPLIT_TITLES = {
    "subjects": "Drawn: unseen subjects",
    "styles": "Drawn: unseen subjects in unseen styles",
    "families": "Drawn: unseen subjects in unseen families of relations",
    "test": "Real pictures",
}

_DIGITS = {"median_rank": 0}  # of columns that hold no shares

_ABOUT_TRIPLETS = (
    "A triplet is an anchor, a positive and a negative; a row is right if its similarity of anchor"
    " and positive is the higher one, and half right in a tie. There are four conditions:"
)
_CONDITIONS = (
    "- Look and logic agree: the positive shows the anchor's relation and the anchor's subject, the"
    " negative shows neither. Whoever sees either is right.",
    "- Look against logic: the positive shows the anchor's relation with another subject, the"
    " negative the anchor's subject in another relation. Only who sees the logic, and puts it above"
    " the look, is right; who goes by the subject is wrong.",
    "- Logic alone: the positive shows the anchor's relation, the negative another one, and all"
    " three subjects differ. Who sees the logic is right; the look says nothing.",
    "- Look alone: none of the three shows a relation; the positive shows the anchor's subject in"
    " another size, place, turn and on another ground, the negative another subject. This is what"
    " an attribute vector should win, and where a relational vector has nothing to go by.",
)
_ABOUT_INTERVALS = (
    "In brackets: 95 % intervals of a bootstrap over clusters (1,000 resamples): of anchors that"
    " share relation and subject for triplets, of queries that share a relation for searches."
)
_ABOUT_SEARCH = (
    "P@1: share of queries whose nearest picture shows the same relation. R@10: share with one"
    " among the first ten. mAP: mean average precision."
)
_ABOUT_ROWS = (
    "Rows called relational and attribute are the two vectors of a model. Raw pixels, colour"
    " histogram and perceptual hash are floors that need no model; chance is an order drawn by lot."
)
_ABOUT_DESCRIPTIONS = (
    "First, or among three: share of the pictures with a relation whose main or second relation is"
    " the one named, or one of the three of distinct meaning that are proposed; relations that mean"
    " the same by name or by wording count. Chance names relations by lot. Shown: share of all"
    " pictures that get a description, and how often it is right; silence, “no clear relation”, is"
    " right if there is none, or if the best caption would have been wrong. Calibration error: mean"
    " distance of confidence and accuracy over ten bins. The bank holds the captions of the groups"
    " of both parts. Intervals count relations, and subjects where there is no relation."
)
_DESCRIPTIONS = {
    "top1": "right first",
    "top3": "right among three",
    "shown": "shown",
    "right_if_shown": "right if shown",
    "right_if_silent": "silence right",
    "calibration_error": "calibration error",
}
_SPLITS = {
    "subjects": "Subjects that occur neither in training nor in validation, in relations and styles"
    " that are trained on.",
    "styles": "The same subjects and relations in styles that the training never draws: {styles}.",
    "families": "The same subjects in relations whose whole families are held out of training."
    " There is no look alone here: without a relation there is no family.",
}


def write_suite_report(path: Path, figures: Mapping[str, Any], command: str) -> None:
    """Put the figures between the marks of a page, as `write_between_marks` does.

    Args:
        path: The Markdown file; created if need be.
        figures: From `trainer.relbench.suite.run_suite`.
        command: What was called, to be repeated by the reader.
    """
    write_between_marks(path, render_suite(figures, command), "RelBench")


def render_suite(figures: Mapping[str, Any], command: str) -> str:
    """The figures as Markdown."""
    lines = [f"Measured by `{command}`.", "", "Models:", ""]
    for model in figures["models"]:
        vectors = [model[role] for role in ("relational", "attribute") if model[role]]
        lines.append(f"- {model['name']}: {', '.join(f'`{key}`' for key in vectors)}")
    lines += ["", _ABOUT_TRIPLETS, "", *_CONDITIONS, "", _ABOUT_INTERVALS, "", _ABOUT_ROWS]
    if "drawn" in figures:
        lines += ["", *_drawn(figures["drawn"])]
    if "real" in figures:
        lines += ["", *_real(figures["real"])]
    return "\n".join(lines)


def _drawn(drawn: Mapping[str, Any]) -> list[str]:
    relations = drawn["relations"]
    sources = ", ".join(f"{count} {name}" for name, count in drawn["sources"].items())
    lines = [
        f"Drawn part, version {drawn['version']}: {drawn['scenes']:,} scenes of"
        f" {drawn['subjects']} subjects in {relations['trained']} trained and"
        f" {relations['held_out']} held-out relations, with subjects alone and"
        f" {drawn['unrelated']} scenes without a relation. Test subjects to choose from: {sources}."
        f" Digest of all pixels: `{drawn['digest'][:16]}`.",
    ]
    for name, split in drawn["splits"].items():
        about = _SPLITS[name].format(styles=" and ".join(drawn["styles"]))
        lines += ["", f"### {SPLIT_TITLES[name]}", "", about, *_split(split, drawn["rows"])]
    return lines


def _real(real: Mapping[str, Any]) -> list[str]:
    kinds = ", ".join(f"{count} {kind}s" for kind, count in real["kinds"].items())
    about = (
        f"Real part, version {real['version']}: {real['pictures']:,} test pictures ({kinds}), in"
        f" {real['groups']} groups of {real['relations']} relations, and pictures without a"
        " relation among them. In these, look was judged by eye: the same kind of thing, colours or"
        " drawing style, not always the same subject. The row of hand captions goes by what the"
        " first annotator wrote of each picture, which is what perfect captions would reach; the"
        " row of the second annotator says how often one who saw the three for the first time was"
        " right, where asked."
    )
    split = real["splits"]["test"]
    lines = ["", f"### {SPLIT_TITLES['test']}", "", about, *_split(split, real["rows"])]
    for kind, table in split["kinds"].items():
        lines += ["", f"Triplets whose anchor is a {kind}:", ""]
        lines += _triplets(table)
    if "descriptions" in real:
        lines += ["", *_descriptions(real["descriptions"])]
    return lines[1:]


def _descriptions(found: Mapping[str, Any]) -> list[str]:
    about = (
        f"Descriptions: the best of the bank's {found['captions']:,} captions of"
        f" {found['relations']} relations, for {found['related']:,} pictures with a relation and"
        f" {found['pictures'] - found['related']:,} without. {_ABOUT_DESCRIPTIONS}"
    )
    return [about, "", *_table(found["table"], _DESCRIPTIONS)]


def _split(split: Mapping[str, Any], kinds: Mapping[str, str]) -> list[str]:
    """Triplets, families, pictures and captions of one set of pictures."""
    lines = ["", "Triplets:", "", *_triplets(split["triplets"])]
    families = split["families"].get("conflict")
    if families:
        models = [row for row in families if kinds.get(row) in ("relational", "attribute")]
        lines += ["", "Look against logic, by family of the anchor's relation:", ""]
        lines += _families(families, models)
    search = split["search"]
    lines += [
        "",
        f"Search: {search['queries']:,} queries among {search['database']:,} pictures."
        f" {_ABOUT_SEARCH}",
        "",
        *_table(search["table"], {"p1": "P@1", "r10": "R@10", "map": "mAP"}),
        "",
        f"Captions: {split['captions']['captions']:,} to choose from. The rank is that of the best"
        " caption of the picture's relation.",
        "",
        *_table(
            split["captions"]["table"], {"median_rank": "median rank", "r1": "R@1", "r5": "R@5"}
        ),
    ]
    return lines


def _triplets(table: Mapping[str, Any]) -> list[str]:
    there = [name for name in CONDITIONS if any(name in row for row in table.values())]
    counts = {name: max(row[name]["n"] for row in table.values() if name in row) for name in there}
    titles: dict[str, str] = {
        name: f"{CONDITION_TITLES[name]} (n = {counts[name]:,})" for name in there
    }
    return _table(table, titles)


def _families(table: Mapping[str, Any], rows: Sequence[str]) -> list[str]:
    """Families downwards, rows across."""
    turned: dict[str, dict[str, Any]] = {}
    for row in rows:
        for family, estimate in table[row].items():
            turned.setdefault(f"{family} (n = {estimate['n']:,})", {})[row] = estimate
    return _table(turned, {row: row for row in rows}, "family")


def _table(
    table: Mapping[str, Mapping[str, Any]], titles: Mapping[str, str], corner: str = "row"
) -> list[str]:
    return [
        f"| {corner} | {' | '.join(titles.values())} |",
        "|---|" + "---:|" * len(titles),
        *[
            f"| {name} | "
            + " | ".join(_cell(row.get(one), _DIGITS.get(one, 3)) for one in titles)
            + " |"
            for name, row in table.items()
        ],
    ]


def _cell(estimate: Mapping[str, Any] | None, digits: int) -> str:
    if estimate is None:
        return "–"
    value, low, high = (
        None if estimate[key] is None else f"{estimate[key]:.{digits}f}"
        for key in ("value", "low", "high")
    )
    return f"{value}" if low is None else f"{value} ({low}–{high})"
