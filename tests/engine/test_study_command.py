"""The whole way of a study from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from made_study import answer, downloaded, made_folder

from engine.cli import main
from engine.study.folder import StudyFolder
from resources import ROOT


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_from_a_library_to_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pictures, folder = tmp_path / "pictures", tmp_path / "study"
    pictures.mkdir()
    for path in sorted((ROOT / "sample").glob("*.jpg"))[:12]:
        shutil.copy(path, pictures)
    run(capsys, "index", pictures)
    methods = run(capsys, "study", "methods")
    assert [method["id"] for method in methods][:2] == ["relsim-mini", "attribute"]
    made = run(capsys, "study", "make", folder, "--title", "Mine", "--queries", 10, "--seed", 2)
    assert (made["title"], made["tested"], made["baselines"]) == (
        "Mine",
        "relsim-mini",
        ["attribute"],
    )
    assert made["trials"] + made["identical"]["attribute"] == 10
    page = run(capsys, "study", "page", folder, tmp_path / "page.html")
    assert page["bytes"] == (tmp_path / "page.html").stat().st_size
    study = StudyFolder.open(folder)
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(downloaded(study, {t.id: "first" for t in study.study.trials})))
    (report,) = run(capsys, "study", "import", folder, file)
    assert (report["person"], report["new"], report["refused"]) == ("Ann", made["trials"], [])
    found = run(capsys, "study", "results", folder, "--svg", tmp_path / "bars.svg")
    assert found["baselines"][0]["win"]["value"] == 1.0
    assert (tmp_path / "bars.svg").read_text().startswith("<svg")
    exported = run(capsys, "study", "export", folder, "--csv", tmp_path / "answers.csv")
    assert len(exported["answers"]) == made["trials"]
    assert (tmp_path / "answers.csv").read_text().count("relsim-mini,attribute,first") > 0


def test_results_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made_folder(tmp_path)
    for one in (answer(2, "Ann", "first"), answer(2, "Bob", "first"), answer(4, "Ann", "second")):
        folder.record(one)
    assert main(["study", "results", str(folder.path)]) == 0
    shown = capsys.readouterr().out
    assert "CLIP-I, 3 answers of 2 people" in shown
    assert "against looks (attribute vector): 0 answers about 0 pictures, 2 identical" in shown
    assert "against DreamSim: 3 answers about 2 pictures, 0 identical" in shown
    assert "better         66.7 %  (1.8 to 100.0)" in shown
    assert "the paper's relsim against it: 48.5 : 17.0 : 34.4 %" in shown
    assert shown.endswith("1 question has two answers or more: 100% of pairs agree\n"), "no nan"


def test_refused_answers_are_named_and_no_success(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made_folder(tmp_path)
    document = downloaded(folder, {"t0001": "first", "t0002": "same"})
    document["answers"][1]["choice"] = "left"
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(document))
    assert main(["study", "import", str(folder.path), str(file)]) == 2
    shown = capsys.readouterr().out
    assert "1 new answer of Ann, 0 changed, 0 known, 1 refused" in shown
    assert "answer 2: it chooses a picture that was not there" in shown


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_what_was_taken_in_before_a_wrong_file_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], form: list[str]
) -> None:
    folder = made_folder(tmp_path)
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(downloaded(folder, {"t0001": "first"})))
    wrong = folder.path / "study.json"
    assert main(["study", "import", str(folder.path), str(file), str(wrong), *form]) == 2
    told = capsys.readouterr()
    assert str(file) in told.out
    assert "no file of answers" in told.err
    assert len(folder.answers("Ann")) == 1


def test_two_people_of_one_name_are_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "second"))
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(downloaded(folder, {"t0001": "first"})))
    assert main(["study", "import", str(folder.path), str(file)]) == 0
    assert "If that was another Ann, each needs a name of their own." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["make", "STUDY"], "is there already"),
        (["make", "NEW", "--queries", "0"], "--queries must be 1 or more"),
        (["page", "STUDY", "STUDY/study.json"], "replace it with --force"),
        (["page", "NEW", "page.html"], "There is no study in"),
        (["export", "STUDY"], "Say what the answers are to become"),
    ],
)
def test_mistakes_are_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    folder = made_folder(tmp_path)
    real = [
        word.replace("STUDY", str(folder.path)).replace("NEW", str(tmp_path / "new"))
        for word in arguments
    ]
    assert main(["study", *real]) == 2
    error = capsys.readouterr().err
    assert words in error
    assert error.count("\n") == 1
