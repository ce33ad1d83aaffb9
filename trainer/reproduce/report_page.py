"""The report of a reproduction: one HTML file with everything inside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any, Final

from engine.errors import KnownError
from trainer.files import write_atomically
from trainer.reproduce import report_html as html
from trainer.reproduce.report_curves import curves_section
from trainer.reproduce.report_methods import (
    counterpart_section,
    differences_table,
    estimate_text,
    methods_table,
)
from trainer.reproduce.report_plots import against_plot, scores_plot

REPORT: Final = "report.html"

Document = Mapping[str, Any]

_HONEST: Final = (
    "The paper trains 7 billion weights that have read the web; here models of one to two million"
    " weights start from nothing. They know no world, only these drawings. “relsim on ImageNet"
    " features” starts from a frozen network that has seen photographs; compare rows that start"
    " from the same.",
    "Drawn scenes stand for LAION's photographs. A scene has one relation that is drawn on purpose;"
    " a photograph has several, or half of one.",
    "Ground truth stands for people: for those who labelled pictures, who verified groups, and for"
    " the judge. Truth says 10 or 0; GPT-4o grades what it sees.",
    "The relations of the test are those of training, on subjects never seen. The paper's test"
    " pictures are of any relation.",
    "One seed. Intervals are over relations, and say nothing about other seeds.",
    "So what can be compared with the paper is the order of rows and which step brings something,"
    " never the numbers themselves.",
)


def write_report(folder: Path) -> Path:
    """Write the report of a run; a file that is there is replaced.

    Args:
        folder: Of the run; holds ``figures.json``, and what else there is to show.

    Returns:
        The file.

    Raises:
        KnownError: If the figures cannot be read.
    """
    figures = read_document(folder / "figures.json", "relsim-reproduction")
    sections = _small(folder, figures) if figures["scale"] == "small" else _full(folder, figures)
    title = "Relational visual similarity, reproduced" + (
        " in miniature" if figures["scale"] == "small" else ""
    )
    out = folder / REPORT
    write_atomically(out, html.page(title, sections).encode("utf-8", "replace"))
    return out


def read_document(path: Path, name: str) -> dict[str, Any]:
    """A file of the run.

    Raises:
        KnownError: If it is missing, damaged, something else, or of a newer version.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        is_known, version = content["format"] == name, int(content["version"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KnownError(f"{path} cannot be read: run the command again ({error})") from error
    if not is_known:
        raise KnownError(f"{path} is something else: run the command again")
    if version > 1:
        raise KnownError(f"{path} was written by a newer relsim-train: update this one")
    return content  # type: ignore[no-any-return]


def _small(folder: Path, figures: Document) -> list[str]:
    rows = figures["rows"]
    parts = [
        _lead(figures),
        "<h2>What this can say, and what not</h2>",
        html.bullets(_HONEST),
        "<h2>Do they find the same relation?</h2>",
        html.plot(
            scores_plot(rows, figures["paper"]["judge"], figures["chance"]["score"]),
            "Mean score of each method with its interval, and the paper's",
        ),
        html.paragraph(
            "Whiskers: 95 % intervals over relations. Dashed: a picture drawn by lot.", "quiet"
        ),
        methods_table(figures),
        "<h2>relsim against each of the others</h2>",
        html.paragraph(
            "For each query, whose nearest picture shows the right relation: relsim's, that of both"
            " or of neither, the other's. The paper asked people instead."
        ),
        html.plot(
            against_plot([row for row in rows if row["against"]], figures["paper"]["study"]),
            "Share of queries that each of two methods wins",
        ),
        differences_table(rows, "against", "relsim"),
        *counterpart_section(figures),
        "<h2>The stages before</h2>",
        *_before(figures),
        *curves_section(folder, figures["runs"]),
        *_neighbors(folder),
        *_stages(folder),
    ]
    return [part for part in parts if part]


def _full(folder: Path, figures: Document) -> list[str]:
    lead = "The paper's experiment on your pictures."
    parts = [html.paragraph(lead, "lead"), *_verified(figures.get("groups"))]
    parts += ["<h2>Do held-out pictures find their captions?</h2>", _measured(figures["measured"])]
    judged = figures.get("judged")
    if judged is None:
        said = "No judge was asked: name one in the settings ('judge'), and run again."
        parts += ["<h2>The judge</h2>", html.paragraph(said)]
    else:
        parts += ["<h2>The judge</h2>", _judged(judged)]
    if figures.get("filter"):
        parts += ["<h2>The filter</h2>", _plain(figures["filter"])]
    return [*parts, *curves_section(folder, figures["runs"]), *_stages(folder)]


def _verified(groups: Document | None) -> list[str]:
    """Who accepted the groups that the captioner learned from."""
    if groups is None:
        return []
    unseen = groups["unseen_by_people"]
    said = f"The captioner learned from {groups['accepted']:,} of {groups['groups']:,} groups, "
    said += (
        f"{unseen:,} of which no person verified: they were accepted because their captions name"
        " nothing, which does not make them right."
        if unseen
        else "which people verified."
    )
    return [html.paragraph(said)]


def _lead(figures: Document) -> str:
    by_id = {row["id"]: row for row in figures["rows"]}
    tested, test = by_id[figures["tested"]], figures["test"]
    looks = [row for row in figures["rows"] if row["kind"] in ("attribute", "floor")]
    best = max(looks, key=lambda row: row["figures"]["score"]["value"])
    said = _beside_looks(best["against"]["difference"])
    other = by_id.get(figures.get("counterpart"))
    more = ""
    if other is not None:
        share = other["figures"]["relation"]["value"]
        beside = _beside_looks(best["against_counterpart"]["difference"])
        more = f" By {other['title']} {share:.0%} do, {beside}."
    return html.paragraph(
        f"Of {test['queries']:,} pictures of {test['subjects']} unseen subjects,"
        f" {tested['figures']['relation']['value']:.0%} find one of their own relation first by"
        f" relsim, {said} ({best['title']}: {best['figures']['relation']['value']:.0%}; by lot:"
        f" {figures['chance']['relation']:.0%}). They look among {test['pictures']:,} pictures of"
        f" {len(test['relations'])} relations, {test['distractors']:,} of them without any.{more}",
        "lead",
    )


def _beside_looks(lead: Document) -> str:
    """What a lead over the best measure of looks means."""
    if lead["low"] > 0:
        return "more than by any measure of looks"
    if lead["high"] < 0:
        return "less than by the best measure of looks"
    return "and the best measure of looks is within the uncertainty of that"


def _before(figures: Document) -> list[str]:
    filtered, groups, said = figures["filter"], figures["groups"], figures["captions"]
    entries: list[tuple[str, Sequence[str]]] = [
        (
            "",
            [
                "Filter: agreement with the truth",
                f"{filtered['agreement']:.1%}",
                f"{figures['paper']['filter_agreement']:.0%} with people",
            ],
        ),
        ("", ["Filter: area under the ROC curve", f"{filtered['auc']:.3f}", "–"]),
        (
            "",
            [
                f"Filter: kept of {filtered['pictures']:,}, {filtered['share_related']:.0%} of"
                " which show a relation",
                f"{filtered['at_the_threshold_of_the_scan']['rate']:.1%}",
                "0.7 % of LAION",
            ],
        ),
        ("", ["Filter: of what it kept, related", f"{filtered['precision']:.1%}", "–"]),
        ("", ["Filter: of what is related, kept", f"{filtered['recall']:.1%}", "–"]),
        (
            "",
            [
                "Seed groups, and pictures in them",
                f"{groups['groups']:,}, {groups['pictures']:,}",
                "532, 1,529",
            ],
        ),
    ]
    names = (("kept", "filtered"), ("unfiltered", "unfiltered"), ("test", "test"))
    for name, title in names:
        found = said[name]
        right = f"Captioner, {title} pictures: right relation, of those with one"
        chance = f"by lot {found['chance']:.0%}"
        entries.append(("", [right, f"{found['right']:.1%}", chance]))
        of_all = f"Captioner, {title} pictures: right of all {found['pictures']:,}"
        entries.append(("", [of_all, f"{found['right_of_all']:.1%}", "–"]))
    anonymous = f"{said['kept']['anonymous']:.1%}"
    entries.append(("", ["Captioner: captions that name nothing outside slots", anonymous, "–"]))
    return [
        html.table(["what", "here", "paper, or chance"], entries, words=(0, 2)),
        html.paragraph(
            "relsim never sees the truth: it learns from what the captioner says of what the filter"
            " kept, mistakes of both included. “relsim, true captions” in the table above says what"
            " those mistakes cost.",
            "quiet",
        ),
    ]


def _neighbors(folder: Path) -> list[str]:
    path = folder / "neighbors.json"
    if not path.is_file():
        return []
    shown = read_document(path, "relsim-reproduction-neighbors")
    parts = [
        "<h2>Neighbors, looked at</h2>",
        html.paragraph(
            "Queries drawn by lot, one a relation, and their first five. Green: the same relation;"
            " red: another, or none. Below each picture is its relation."
        ),
    ]
    for query in shown["queries"]:
        caption = html.marked(query["caption"]) or "–"
        head = html.picture(
            folder / query["picture"], query["conventional"], escape(query["relation"])
        )
        strips = [
            f'<h3>{escape(method["title"])}</h3><div class="strip">'
            + "".join(_hit(folder, hit) for hit in query["neighbors"][method["id"]])
            + "</div>"
            for method in shown["methods"]
            if method["id"] in query["neighbors"]
        ]
        parts.append(
            f'<div class="query"><div class="strip">{head}<p>The captioner says:<br>{caption}</p>'
            f"</div>{''.join(strips)}</div>"
        )
    return parts


def _hit(folder: Path, hit: Document) -> str:
    kind = "same" if hit["same"] else "other"
    mark = "✓ " if hit["same"] else ""
    below = escape(f"{mark}{hit['relation']}")
    return html.picture(folder / hit["picture"], hit["conventional"], below, kind)


def _stages(folder: Path) -> list[str]:
    path = folder / "state.json"
    if not path.is_file():
        return []
    stages = read_document(path, "relsim-reproduction-state")["stages"]
    rows: list[tuple[str, Sequence[str]]] = [
        ("", [escape(stage["title"]), f"{stage['seconds'] / 60:.1f}", _command(stage)])
        for stage in stages.values()
        if stage["status"] == "done"
    ]
    total = sum(stage["seconds"] for stage in stages.values() if stage["status"] == "done")
    return [
        "<h2>How it was made</h2>",
        html.paragraph(
            f"{total / 60:.0f} minutes over all stages; two run side by side, so the clock shows"
            " less. Each command can be run by itself, in the folder of the run."
        ),
        html.table(["stage", "minutes", "command"], rows, words=(0, 2)),
    ]


def _command(stage: Document) -> str:
    return f"<code>{escape(stage['command'])}</code>"


def _measured(measured: Mapping[str, Document]) -> str:
    names = ["pictures", "captions", "caption_r1", "caption_r10", "caption_mrr"]
    titles = ["model", "pictures", "captions", "caption first", "among ten", "mean 1/rank"]
    rows: list[tuple[str, Sequence[str]]] = []
    for name, found in measured.items():
        rows.append(("", [escape(name), *(_number(found.get(one)) for one in names)]))
        chances = [found.get(f"chance_{one}") for one in names]
        if any(chance is not None for chance in chances):
            rows.append(("apart", [f"by lot, {escape(name)}", *map(_number, chances)]))
    return html.table(titles, rows)


def _judged(judged: Document) -> str:
    rows: list[tuple[str, Sequence[str]]] = []
    for method in judged["methods"]:
        first = estimate_text(method["first"]) if method["first"] else "–"
        paper = f"{method['paper']:.2f}" if method["paper"] is not None else "–"
        rows.append(("", [escape(method["title"]), first, paper]))
    said = f"Judge: {judged['judge']['id']}; {judged['queries']:,} queries, seed {judged['seed']}."
    return html.paragraph(said) + html.table(["method", "nearest hit (95 %)", "paper"], rows)


def _plain(found: Document) -> str:
    rows = [
        ("", [escape(name.replace("_", " ")), _number(value)])
        for name, value in found.items()
        if isinstance(value, int | float)
    ]
    return html.table(["figure", "value"], rows)


def _number(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.3f}"
    return f"{value:,}" if isinstance(value, int) else "–"
