"""What came out of a user study: as it is shown, as it is saved, from one or several people."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from study_driving import StudyDriver, study_page
from test_accessibility import complaints, unreachable

from engine.study import importing
from engine.study.folder import StudyFolder
from engine.study.page import meanings
from engine.study.results import results
from engine.study.values import Answer, Choice
from relsim_desktop import study_phrases
from relsim_desktop.theme import Theme
from relsim_desktop.views.study.chart import ShareChart

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

AT = "2026-02-03T04:05:06.000+00:00"


@pytest.fixture
def driver(qapp: QApplication, tmp_path: Path, qtbot: QtBot) -> Iterator[StudyDriver]:
    with study_page(qapp, tmp_path, qtbot) as driver:
        yield driver


def give(folder: StudyFolder, person: str, choices: dict[str, Choice]) -> None:
    for trial, choice in choices.items():
        folder.record(Answer(trial, person, choice, 2.0, AT))


ANNA: dict[str, Choice] = {"t0": "first", "t1": "same", "t2": "first", "t3": "second"}
BEN: dict[str, Choice] = {"t0": "first", "t2": "second"}


def show(driver: StudyDriver) -> None:
    with driver.qtbot.waitSignal(driver.studies.evaluated, timeout=TIMEOUT_MS):
        driver.page.show_results(driver.at)


def rows(table: object) -> list[list[str]]:
    count, width = table.rowCount(), table.columnCount()
    return [[table.item(row, column).text() for column in range(width)] for row in range(count)]


def test_shares_agreement_and_people_are_shown(driver: StudyDriver) -> None:
    give(driver.folder, "Anna", ANNA)
    give(driver.folder, "Ben", BEN)
    show(driver)
    panel = driver.page.results
    assert panel.title.text() == "Rings or grids?"
    assert panel.said.text() == "6 answers by 2 people; 1 of them has not finished"
    looks, dreamsim = rows(panel.table)
    assert (looks[0], dreamsim[0]) == ("Plain Looks", "DreamSim")
    assert [text.split(" ")[0] for text in looks[1:4]] == ["75%", "0%", "25%"]
    assert looks[4:] == ["4", "2"]
    assert [text.split(" ")[0] for text in dreamsim[1:4]] == ["0%", "50%", "50%"]
    assert rows(panel.people) == [
        ["Anna", "4 of 4", "2", "1", "1", "2.0"],
        ["Ben", "2 of 4", "1", "0", "1", "2.0"],
    ]
    assert "same answer in 50% of cases, over 2 questions" in panel.agreement.text()
    assert "Tested Model 75%, neither 0%, Plain Looks 25%" in panel.chart.accessibleDescription()
    assert panel.about_paper.isVisible(), "the paper asked about DreamSim"


def test_nobody_has_answered_yet(driver: StudyDriver, qtbot: QtBot) -> None:
    card = driver.page.home.cards[driver.at]
    assert not card.results_button.isEnabled()
    assert card.progress.text() == "4 questions · nobody has answered yet"
    show(driver)
    assert driver.page.results.message.title == "Nobody has answered yet"
    give(driver.folder, "Anna", {"t0": "same"})
    show(driver)
    assert not driver.page.results.message.isVisible()
    assert driver.page.results.agreement.text().startswith("How far people agree is known once")
    assert not driver.page.results.about_paper.isVisible(), "nobody was asked about DreamSim"
    qtbot.keyClick(driver.page.results.answer_button, Qt.Key.Key_Escape)
    assert driver.page.shown is driver.page.home


def test_results_of_a_study_that_is_gone_lead_back_to_the_list(driver: StudyDriver) -> None:
    give(driver.folder, "Anna", {"t0": "first"})
    driver.at.rename(driver.at.parents[1] / "elsewhere")
    with driver.qtbot.waitSignal(driver.studies.failed, timeout=TIMEOUT_MS) as blocker:
        driver.page.show_results(driver.at)
    assert "There is no study" in blocker.args[0].text
    driver.settle()
    assert driver.page.shown is driver.page.home, "nothing is counted for ever"
    assert driver.studies.results is None
    assert not driver.page.home.cards


def test_bars_are_as_long_as_the_shares(driver: StudyDriver, qapp: QApplication) -> None:
    theme = Theme(qapp, "dark")
    chart = ShareChart(theme)
    answers = [Answer("t0", name, "first", 1.0, AT) for name in "abc"]
    answers += [Answer("t0", "d", "second", 1.0, AT)]
    found = results(driver.folder.study, answers)
    chart.show_results("Tested Model", found.baselines)
    chart.resize(600, chart.sizeHint().height())
    image = chart.grab().toImage()
    middle = 34 + 26  # below the figure in the bar
    seen = {
        name: _count(image, middle, color)
        for name, color in (
            ("win", theme.colors.accent),
            ("tie", theme.colors.track),
            ("loss", theme.colors.attribute),
        )
    }
    assert seen["tie"] == 0
    assert seen["win"] / (seen["win"] + seen["loss"]) == pytest.approx(0.75, abs=0.02)


def _count(image: QImage, y: int, color: QColor) -> int:
    return sum(image.pixelColor(x, y) == color for x in range(image.width()))


def test_answers_chart_and_page_are_saved(driver: StudyDriver, tmp_path: Path) -> None:
    give(driver.folder, "Anna", ANNA)
    table, document, chart = (tmp_path / name for name in ("a.csv", "a.json", "a.svg"))
    for kind, path in (("csv", table), ("json", document), ("svg", chart)):
        with driver.qtbot.waitSignal(driver.studies.written, timeout=TIMEOUT_MS) as written:
            driver.studies.export(driver.at, kind, path)
        assert written.args == [path]
    with table.open(newline="") as file:
        saved = {row["trial"]: row["choice"] for row in csv.DictReader(file)}
    assert saved == ANNA
    assert len(json.loads(document.read_text())["answers"]) == 4
    assert chart.read_text().startswith("<svg")
    page = tmp_path / "a.html"
    with driver.qtbot.waitSignal(driver.studies.written, timeout=TIMEOUT_MS):
        driver.studies.write_page(driver.at, page)
    text = page.read_text()
    assert "Rings or grids?" in text
    assert "Tested Model" not in text
    with driver.qtbot.waitSignal(driver.studies.failed, timeout=TIMEOUT_MS) as failed:
        driver.studies.export(driver.at, "csv", tmp_path / "gone" / "a.csv")
    assert failed.args[0].details is None, "a reason, not a defect"


def test_answers_of_the_page_are_taken_in(driver: StudyDriver, tmp_path: Path) -> None:
    known = meanings(StudyFolder.open(driver.at))
    given = []
    for token, (trial, choices) in known.items():
        choice = next(one for one, meaning in choices.items() if meaning == ANNA[trial.id])
        given.append({"trial": token, "choice": choice, "seconds": 1.0, "at": AT})
    document = {
        "format": importing.FORMAT,
        "version": importing.VERSION,
        "study": driver.folder.study.id,
        "person": "Carla",
        "answers": given,
    }
    file = tmp_path / "carla.json"
    file.write_text(json.dumps(document))
    show(driver)
    for said in ("4 new answers taken in", "0 new answers taken in, 4 known already"):
        with driver.qtbot.waitSignal(driver.studies.said, timeout=TIMEOUT_MS) as signal:
            driver.studies.import_answers(driver.at, [file])
        assert signal.args == [said]
    driver.settle()
    assert {one.trial: one.choice for one in driver.kept()} == ANNA
    assert rows(driver.page.results.people)[0][:2] == ["Carla", "4 of 4"], "shown at once"
    document["answers"] = [{"trial": "nonsense"}]
    file.write_text(json.dumps(document))
    with driver.qtbot.waitSignal(driver.studies.failed, timeout=TIMEOUT_MS) as failed:
        driver.studies.import_answers(driver.at, [file])
    assert "1 answer refused: " in failed.args[0].text
    file.write_text("{}")
    with driver.qtbot.waitSignal(driver.studies.failed, timeout=TIMEOUT_MS) as failed:
        driver.studies.import_answers(driver.at, [file])
    assert failed.args[0].details is None


def test_every_panel_speaks_and_is_reached_by_keyboard(driver: StudyDriver) -> None:
    page, wrong = driver.page, []
    driver.sit_down("Anna")
    give(driver.folder, "Ben", BEN)
    wrong += complaints(page) + unreachable(page)
    driver.press(*[Qt.Key.Key_1] * 4)
    assert page.shown is page.end
    wrong += complaints(page) + unreachable(page)
    page.end.other_button.click()
    wrong += complaints(page) + unreachable(page)
    show(driver)
    wrong += complaints(page) + unreachable(page)
    assert not wrong


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("first", "Tested Model is chosen more often than Plain Looks."),
        ("second", "Plain Looks is chosen more often than Tested Model."),
        ("same", "Between Tested Model and Plain Looks it is too close to call."),
    ],
)
def test_words_follow_the_interval(driver: StudyDriver, choice: Choice, said: str) -> None:
    study = driver.folder.study
    looks = next(trial for trial in study.trials if trial.id == "t0")
    more = [replace(looks, id=f"q{n}", query=looks.query.with_stem(f"q{n}")) for n in range(6)]
    answers = [Answer(trial.id, "a", choice, 1.0, AT) for trial in more]
    found = results(replace(study, trials=(*study.trials, *more)), answers)
    assert study_phrases.against(found, found.baselines[0]) == said
    few = results(study, [Answer(trial, "a", choice, 1.0, AT) for trial in ("t0", "t2")])
    assert "too close to call" in study_phrases.against(few, few.baselines[0]), "two are no proof"
    assert "nobody has answered yet" in study_phrases.against(found, found.baselines[1])
