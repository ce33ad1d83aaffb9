"""``relsim study``: ask people which of two methods' pictures share the logic of a third."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any

from engine.commands.arguments import open_engine, print_json
from engine.commands.terminal import run_with_progress
from engine.errors import QueryError
from engine.estimates import Estimate
from engine.jobs import JobControl
from engine.study.chart import chart_svg
from engine.study.export import answers_csv, answers_document
from engine.study.folder import StudyFolder
from engine.study.importing import ImportReport, import_answers
from engine.study.making import DEFAULT_TITLE, make_study, study_methods
from engine.study.page import write_page
from engine.study.results import BaselineResult, Results, results
from engine.study.retrieval import ATTRIBUTE
from engine.writing import write_file


def add_study_command(
    commands: argparse._SubParsersAction[Any],
    common: argparse.ArgumentParser,
    output: argparse.ArgumentParser,
) -> None:
    """Add the command with its actions to those of ``relsim``.

    Args:
        commands: Those of ``relsim``.
        common: What every command of a library takes: ``--library``, ``--json`` and so on.
        output: ``--json`` alone, for actions that need no library.
    """
    text = "ask people which of two methods' pictures share the logic of a third"
    study = commands.add_parser("study", help=text, description=text)
    actions = study.add_subparsers(required=True, metavar="ACTION")

    def action(
        name: str, run: Any, text: str, parent: argparse.ArgumentParser
    ) -> argparse.ArgumentParser:
        found: argparse.ArgumentParser = actions.add_parser(
            name, help=text, description=text, parents=[parent]
        )
        found.set_defaults(run=run)
        return found

    action("methods", _methods, "which methods a study of the library can compare", common)
    make = action("make", _make, "make a study of the library in a new folder", common)
    make.add_argument("folder", type=Path, metavar="DIR")
    make.add_argument("--title", default=DEFAULT_TITLE)
    make.add_argument("--tested", metavar="ID", help="the method under test (default: what ranks)")
    make.add_argument(
        "--baseline",
        action="append",
        metavar="ID",
        help="compare with it; repeatable (default: attribute, by looks)",
    )
    which = make.add_mutually_exclusive_group()
    which.add_argument(
        "--queries", type=int, default=40, metavar="N", help="pictures to draw (default 40)"
    )
    which.add_argument(
        "--query", action="append", type=Path, metavar="IMAGE", help="a picture; repeatable"
    )
    make.add_argument("--seed", type=int, default=0, help="of all that is drawn (default 0)")
    page = action("page", _page, "write a study as one page that a browser shows", output)
    page.add_argument("folder", type=Path, metavar="DIR")
    page.add_argument("out", type=Path, metavar="F.html")
    page.add_argument("--force", action="store_true", help="replace a file that is there")
    bring = action("import", _import, "read answers that a page has downloaded", output)
    bring.add_argument("folder", type=Path, metavar="DIR")
    bring.add_argument("files", nargs="+", type=Path, metavar="ANSWERS.json")
    found = action("results", _results, "what people said, with intervals", output)
    found.add_argument("folder", type=Path, metavar="DIR")
    found.add_argument("--svg", type=Path, metavar="F.svg", help="draw the bars, too")
    export = action("export", _export, "take the answers away as a table or as JSON", output)
    export.add_argument("folder", type=Path, metavar="DIR")
    export.add_argument("--csv", type=Path, metavar="F.csv")


def _methods(arguments: argparse.Namespace) -> None:
    with open_engine(arguments) as engine:
        found = study_methods(engine)
    if arguments.json:
        print_json([{"id": method.id, "title": method.title} for method in found])
        return
    for method in found:
        _say(f"{method.id:16}  {method.title}")


def _make(arguments: argparse.Namespace) -> None:
    if arguments.queries < 1:
        raise QueryError("--queries must be 1 or more")
    if arguments.folder.exists():
        raise QueryError(f"{arguments.folder} is there already: name a new folder")
    with open_engine(arguments) as engine:
        tested = arguments.tested or engine.model
        baselines = arguments.baseline or [ATTRIBUTE]

        def work(control: JobControl) -> StudyFolder:
            study = make_study(
                engine,
                title=arguments.title,
                queries=arguments.query,
                count=arguments.queries,
                seed=arguments.seed,
                tested=tested,
                baselines=baselines,
                control=control,
            )
            return StudyFolder.create(arguments.folder, study, control)

        folder = run_with_progress(work, quiet=arguments.json)
    study = folder.study
    if arguments.json:
        print_json(
            {
                "folder": str(folder.path),
                "study": study.id,
                "title": study.title,
                "tested": study.tested,
                "baselines": [method.id for method in study.baselines],
                "trials": len(study.trials),
                "identical": dict(study.identical),
                "left_out": [{"path": str(f.path), "reason": f.reason} for f in folder.left_out],
            }
        )
        return
    _say(f"{len(study.trials):,} questions in {folder.path}")
    for method in study.baselines:
        same = study.identical.get(method.id, 0)
        _say(f"  against {method.title}: {same:,} pictures for which both found the same")
    for failure in folder.left_out:
        _say(f"  left out  {failure.path}: {failure.reason}")


def _page(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out.expanduser().absolute()
    if out.exists() and not arguments.force:
        raise QueryError(f"{out} is there already: name another file, or replace it with --force")
    folder = StudyFolder.open(arguments.folder)
    run_with_progress(lambda control: write_page(folder, out, control), quiet=arguments.json)
    size = out.stat().st_size
    if arguments.json:
        print_json({"out": str(out), "bytes": size, "trials": len(folder.study.trials)})
        return
    _say(f"{len(folder.study.trials):,} questions in {out} ({size / 1e6:.1f} MB)")
    _say("Send it to people; read what they send back with 'relsim study import'.")


def _import(arguments: argparse.Namespace) -> int:
    folder = StudyFolder.open(arguments.folder)
    documents: list[dict[str, Any]] = []
    is_whole = True
    try:
        for file in arguments.files:
            report = import_answers(folder, file)
            is_whole = is_whole and not report.refused
            documents.append({"file": str(file), **_import_document(report)})
            if not arguments.json:
                _say_imported(file, report)
    finally:  # what was taken in before a file that is none is said, too
        if arguments.json and documents:
            print_json(documents)
    return 0 if is_whole else 2


def _say_imported(file: Path, report: ImportReport) -> None:
    _say(
        f"{file}: {_count(report.new, 'new answer')} of {report.person},"
        f" {report.changed:,} changed, {report.known:,} known, {len(report.refused):,} refused"
    )
    for refused in report.refused:
        _say(f"  answer {refused.number}: {refused.reason}")
    if report.changed:
        _say(f"  If that was another {report.person}, each needs a name of their own.")


def _import_document(report: ImportReport) -> dict[str, Any]:
    return {
        "person": report.person,
        "new": report.new,
        "changed": report.changed,
        "known": report.known,
        "refused": [{"answer": one.number, "reason": one.reason} for one in report.refused],
    }


def _results(arguments: argparse.Namespace) -> None:
    folder = StudyFolder.open(arguments.folder)
    found = results(folder.study, folder.answers())
    if arguments.svg is not None:
        write_file(arguments.svg.expanduser().absolute(), chart_svg(found).encode())
    if arguments.json:
        print_json(found.document())
        return
    said = f"{_count(found.answers, 'answer')} of {_people(found)}"
    _say(f"{found.title}: {found.tested.title}, {said}")
    for one in found.baselines:
        for line in _lines(one):
            _say(line)
    agreement = found.agreement
    if agreement.trials:
        _say(
            f"{agreement.trials:,} {'question has' if agreement.trials == 1 else 'questions have'}"
            f" two answers or more: {agreement.share:.0%} of pairs agree{_kappa(agreement.kappa)}"
        )


def _kappa(kappa: float) -> str:
    """Nothing where it is not defined: all gave one and the same answer."""
    return "" if math.isnan(kappa) else f", Fleiss' kappa {kappa:.2f}"


def _people(found: Results) -> str:
    return "1 person" if len(found.people) == 1 else f"{len(found.people):,} people"


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def _lines(one: BaselineResult) -> list[str]:
    lines = [
        f"against {one.baseline.title}: {_count(one.answers, 'answer')} about"
        f" {_count(one.queries, 'picture')}, {one.identical:,} identical"
    ]
    if one.win and one.tie and one.loss and one.lead:
        lines += [
            f"  {name:12} {_percent(estimate)}"
            for name, estimate in (
                ("better", one.win),
                ("the same", one.tie),
                ("worse", one.loss),
                ("lead", one.lead),
            )
        ]
    if one.paper:
        words = " : ".join(f"{share:.1f}" for share in one.paper)
        lines.append(f"  the paper's relsim against it: {words} %")
    return lines


def _percent(estimate: Estimate) -> str:
    ends = (estimate.low, estimate.high)
    low, high = (100 * (estimate.value if end is None else end) for end in ends)
    return f"{100 * estimate.value:6.1f} %  ({low:.1f} to {high:.1f})"


def _export(arguments: argparse.Namespace) -> None:
    if arguments.csv is None and not arguments.json:
        raise QueryError("Say what the answers are to become: --csv F.csv, or --json")
    folder = StudyFolder.open(arguments.folder)
    answers = folder.answers()
    if arguments.csv is not None:
        write_file(arguments.csv.expanduser().absolute(), answers_csv(folder.study, answers))
    if arguments.json:
        print_json(answers_document(folder.study, answers))
    else:
        _say(f"{len(answers):,} answers in {arguments.csv}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
