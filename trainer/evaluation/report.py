"""Renders the figures of a model as Markdown, inside a page whose other parts people write."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trainer.evaluation.page import write_between_marks

_RANKING = ("P@1 relation", "P@1 subject", "mAP", "conflict")


def write_report(path: Path, figures: Mapping[str, Any], command: str) -> None:
    """Put the figures between the marks of a page; a page without marks gets them at its end.

    Args:
        path: The Markdown file; created if need be.
        figures: From `trainer.evaluation.measure.evaluate_model`.
        command: What was called, to be repeated by the reader.
    """
    write_between_marks(path, render(figures, command), figures["model"]["id"])


def render(figures: Mapping[str, Any], command: str) -> str:
    """The figures as Markdown."""
    model, test = figures["model"], figures["test"]
    lines = [
        f"Measured by `{command}` (test seed {test['seed']}).",
        "",
        f"Model `{model['id']}` {model['version']}, {model['bytes'] / 1e6:.1f} MB,"
        f" {model['licence']}. Made from:",
        "",
        *[f"- {source}" for source in model["sources"]],
        "",
        f"Test: {test['subjects']} subjects whose concepts occur neither in training nor in"
        f" validation, each drawn in each of {test['trained_relations']} trained and"
        f" {len(test['held_out_relations'])} held-out relations: {test['scenes']:,} scenes; and"
        f" {test['unrelated']} scenes without a clear relation. Held out of training entirely:"
        f" {', '.join(test['held_out_relations'])}.",
    ]
    for title, methods in figures["ranking"].items():
        lines += ["", f"### Relations {title}", "", *_ranking_table("method", methods)]
    lines += ["", "### Families (relational head, among all scenes)", ""]
    lines += _ranking_table("family", figures["families"])
    weakest = sorted(figures["relations"].items(), key=lambda item: item[1]["relation"])[:12]
    lines += ["", "### The twelve weakest relations (relational head, among all scenes)", ""]
    lines += _ranking_table("relation", dict(weakest))
    lines += ["", "### Descriptions", "", *_descriptions(figures["description"])]
    return "\n".join(lines)


def _ranking_table(what: str, rows: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        f"| {what} | queries | {' | '.join(_RANKING)} |",
        "|---|" + "---:|" * (len(_RANKING) + 1),
        *[
            f"| {name} | {row['queries']} | {row['relation']:.3f} | {row['subject']:.3f}"
            f" | {row['mean_average_precision']:.3f} | {row['conflict']:.3f} |"
            for name, row in rows.items()
        ],
    ]


def _descriptions(figures: Mapping[str, Any]) -> list[str]:
    lines = [
        f"The bank holds {figures['captions']} captions. A caption is right if it words the"
        " relation that was drawn; it is shown from a confidence of"
        f" {figures['threshold']:.2f} on.",
        "",
        "| scenes | best caption right | shown | right where shown |",
        "|---|---:|---:|---:|",
    ]
    for name, title in (("trained", "trained relations"), ("held_out", "held-out relations")):
        row = figures[name]
        lines.append(
            f"| {title} | {row['best_caption_right']:.3f} | {row['described']:.3f}"
            f" | {row['right_if_described']:.3f} |"
        )
    lines += [
        "",
        f"Of the scenes without a clear relation {figures['unrelated_without_description']:.1%}"
        " get none, as they should. Expected calibration error over all scenes:"
        f" {figures['expected_calibration_error']:.3f}.",
        "",
        "| mean confidence | accuracy | scenes |",
        "|---:|---:|---:|",
        *[f"| {mean:.2f} | {right:.2f} | {count} |" for count, mean, right in figures["bins"]],
    ]
    return lines
