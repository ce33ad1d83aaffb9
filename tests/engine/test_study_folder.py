"""Studies on disk: whole, blind by their names, and answers that a kill does not spoil."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from made_study import BASELINES, TESTED, answer, drawn_study, made_folder
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.study.folder import StudyFolder, find_studies, order
from engine.study.values import Answer, person_key, person_name


def only_file(folder: StudyFolder) -> Path:
    (path,) = (folder.path / "answers").iterdir()
    return path


def test_a_study_comes_back_as_it_was_made(tmp_path: Path) -> None:
    made = drawn_study(tmp_path / "drawn")
    folder = StudyFolder.create(tmp_path / "new" / "study", made)
    again = StudyFolder.open(folder.path)
    assert again.study == folder.study
    assert again.secret == folder.secret
    assert replace(again.study, trials=()) == replace(made, trials=())
    assert [(t.id, t.first, t.second) for t in again.study.trials] == [
        (t.id, t.first, t.second) for t in made.trials
    ]
    assert made.title_of("dreamsim") == "DreamSim"
    assert made.baselines == BASELINES


def test_copies_show_the_same_under_names_that_say_nothing(tmp_path: Path) -> None:
    made = drawn_study(tmp_path / "drawn")
    large = Image.new("RGB", (3000, 1000), "teal")
    exif = large.getexif()
    exif[0x010E] = "where I live"
    large.save(made.trials[0].query, exif=exif)
    folder = StudyFolder.create(tmp_path / "study", made)
    shutil.rmtree(tmp_path / "drawn")
    assert len(list((folder.path / "pictures").iterdir())) == 12
    for before, after in zip(made.trials, folder.study.trials, strict=True):
        assert before.query.stem not in after.query.name
        assert folder.picture(after.query) == after.query
    with Image.open(folder.study.trials[0].query) as copy:
        assert copy.size == (1280, 427)
        assert not copy.getexif()
    red, green, blue = Image.open(folder.study.trials[2].first_image).getpixel((25, 25))  # type: ignore[misc]
    assert green > red, "the grid of the tested method is green"
    assert green > blue


def test_a_study_can_be_moved(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "first"))
    moved = (tmp_path / "study").rename(tmp_path / "elsewhere")
    again = StudyFolder.open(moved)
    assert again.study.trials[0].query.is_relative_to(moved)
    assert again.picture(folder.study.trials[0].query).is_file()
    assert again.answers() == [answer(1, "Ann", "first")]


def test_what_cannot_be_read_is_left_out_with_a_reason(tmp_path: Path) -> None:
    made = drawn_study(tmp_path / "drawn")
    made.trials[0].query.write_bytes(b"no picture")
    folder = StudyFolder.create(tmp_path / "study", made)
    assert [trial.id for trial in folder.study.trials] == [f"t{n:04}" for n in range(3, 9)]
    (left_out,) = StudyFolder.open(folder.path).left_out
    assert left_out.path == made.trials[0].query
    assert left_out.reason


def test_two_files_that_show_the_same_are_no_choice(tmp_path: Path) -> None:
    made = drawn_study(tmp_path / "drawn")
    with Image.open(made.trials[0].first_image) as picture:
        picture.save(made.trials[0].second_image)
    folder = StudyFolder.create(tmp_path / "study", made)
    assert len(folder.study.trials) == 6
    assert folder.study.identical == {"attribute": 3, "dreamsim": 1}


def test_nothing_is_left_of_a_study_that_was_not_made(tmp_path: Path) -> None:
    made = drawn_study(tmp_path / "drawn")
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        StudyFolder.create(tmp_path / "studies" / "one", made, control)
    for trial in made.trials:
        trial.query.unlink(missing_ok=True)
    with pytest.raises(KnownError, match="no two pictures"):
        StudyFolder.create(tmp_path / "studies" / "one", made)
    assert list((tmp_path / "studies").iterdir()) == []
    (tmp_path / "studies" / "one").mkdir()
    with pytest.raises(KnownError, match="there already"):
        StudyFolder.create(tmp_path / "studies" / "one", made)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("version", 2, "update the program"),
        ("format", "something", "no study"),
        ("tested", "none", "damaged"),
        ("trials", [{"id": "t1"}], "damaged"),
        ("created", "yesterday", "damaged"),
        ("methods", "clip-i", "damaged"),
        ("seed", float("inf"), "damaged"),
    ],
)
def test_what_is_no_study_is_refused_in_words(
    tmp_path: Path, field: str, value: object, words: str
) -> None:
    folder = made_folder(tmp_path)
    source = folder.path / "study.json"
    source.write_text(json.dumps(json.loads(source.read_text()) | {field: value}))
    with pytest.raises(KnownError, match=words):
        StudyFolder.open(folder.path)


@pytest.mark.parametrize("name", ["../../secret.jpg", "/etc/passwd", "a.jpg", "A" * 32 + ".jpg"])
def test_no_study_leads_out_of_its_folder(tmp_path: Path, name: str) -> None:
    folder = made_folder(tmp_path)
    source = folder.path / "study.json"
    content = json.loads(source.read_text())
    content["trials"][0]["query"] = name
    source.write_text(json.dumps(content))
    with pytest.raises(KnownError, match="damaged"):
        StudyFolder.open(folder.path)


def test_folders_without_a_study_are_refused_and_not_listed(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    (tmp_path / ".half.part").mkdir()
    shutil.copy(folder.path / "study.json", tmp_path / ".half.part")
    assert find_studies(tmp_path) == [folder.path]
    assert find_studies(tmp_path / "none") == []
    with pytest.raises(KnownError, match="no study in"):
        StudyFolder.open(tmp_path)


def test_the_newest_answer_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    for one in (
        answer(1, "Ann", "first"),
        answer(2, "Ann", "same"),
        answer(1, "Ann", "second"),
        answer(1, "Bob", "same"),
    ):
        folder.record(one)
    again = StudyFolder.open(folder.path)
    assert again.people() == ["Ann", "Bob"]
    assert again.answers("Ann") == [answer(2, "Ann", "same"), answer(1, "Ann", "second")]
    assert len(again.answers()) == 3
    assert again.take_back("Ann") == answer(1, "Ann", "second")
    assert folder.answers("Ann") == [answer(2, "Ann", "same")]
    assert again.take_back("Ann") == answer(2, "Ann", "same")
    assert again.take_back("Ann") is None
    assert again.take_back("Nobody") is None
    assert folder.answers() == [answer(1, "Bob", "same")]


def test_a_person_is_the_same_with_other_capitals_and_spaces(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Zoë Ünal", "first"))
    folder.record(answer(2, "  zoë \n ünal", "same"))
    folder.record(answer(1, "zoë-ünal", "same"))
    assert folder.people() == ["Zoë Ünal", "zoë-ünal"]
    assert [one.person for one in folder.answers("ZOË ÜNAL")] == ["Zoë Ünal"] * 2
    assert person_name("x" * 200) == "x" * 80
    assert person_key(" A\tb ") == "a b"
    for nobody in ("", " \t", "\u200b"):
        with pytest.raises(KnownError, match="who answers"):
            folder.record(answer(1, nobody, "same"))


def test_half_a_line_is_dropped_and_does_not_spoil_the_next(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "first"))
    folder.record(answer(2, "Ann", "same"))
    path = only_file(folder)
    whole = path.read_bytes()
    last = whole.rstrip(b"\n").rfind(b"\n") + 1
    for length in range(last, len(whole)):
        path.write_bytes(whole[:length])
        assert folder.answers() == [answer(1, "Ann", "first")]
    folder.record(answer(3, "Ann", "second"))
    assert folder.answers() == [answer(1, "Ann", "first"), answer(3, "Ann", "second")]
    path.write_bytes(whole[:20])  # not even a whole first line
    assert folder.people() == []
    folder.record(answer(1, "Ann", "same"))
    assert folder.answers() == [answer(1, "Ann", "same")]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"{}\n", "damaged in line 3"),
        (
            b'{"trial": "t9", "choice": "same", "seconds": 1, "at": "2026-01-01T00:00Z"}\n',
            "no question t9",
        ),
        (b'{"trial": "t0001", "choice": "left", "seconds": 1, "at": "2026-01-01"}\n', "line 3"),
    ],
)
def test_answers_that_make_no_sense_are_not_guessed(
    tmp_path: Path, line: bytes, words: str
) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "first"))
    with only_file(folder).open("ab") as file:
        file.write(line)
    with pytest.raises(KnownError, match=words):
        folder.answers()


def test_answers_of_another_study_or_a_newer_program_are_refused(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "first"))
    path = only_file(folder)
    content = path.read_text()
    path.write_text(content.replace('"version": 1', '"version": 2'))
    with pytest.raises(KnownError, match="update the program"):
        folder.people()
    newer = path.read_bytes()
    with pytest.raises(KnownError, match="update the program"):
        folder.record(answer(2, "Ann", "first"))
    assert path.read_bytes() == newer, "nothing is put into a form that this program cannot read"
    path.write_text(content.replace("0123456789abcdef", "another"))
    with pytest.raises(KnownError, match="another study"):
        folder.people()
    path.write_text(content.replace('"person": "Ann"', '"person": 7'))
    with pytest.raises(KnownError, match="another study"):
        folder.people()
    with pytest.raises(KnownError, match="no question t9999"):
        folder.record(answer(9999, "Ann", "first"))


def test_each_person_has_an_order_and_sides_of_their_own(tmp_path: Path) -> None:
    study = drawn_study(tmp_path / "drawn", queries=40)
    ann = order(study, "Ann")
    assert order(study, " ann ") == ann, "whenever and wherever Ann comes back"
    assert sorted(shown.trial.id for shown in ann) == [trial.id for trial in study.trials]
    people = {
        name: [shown.trial.id for shown in order(study, name)] for name in ("Ann", "Bob", "Cid")
    }
    assert len({tuple(ids) for ids in people.values()}) == 3
    lefts = [shown.left == TESTED.id for name in people for shown in order(study, name)]
    assert 90 <= sum(lefts) <= 150, "of 240, half and half but for chance"
    assert order(replace(study, seed=4), "Ann") != ann


def test_a_side_means_the_method_whose_picture_is_there(tmp_path: Path) -> None:
    for shown in order(drawn_study(tmp_path / "drawn"), "Ann"):
        tested = "left" if shown.left_image == shown.trial.first_image else "right"
        other = "right" if tested == "left" else "left"
        assert shown.choice(tested) == "first"  # type: ignore[arg-type]
        assert shown.choice(other) == "second"  # type: ignore[arg-type]
        assert shown.choice("same") == "same"
        assert {shown.left_image, shown.right_image} == {
            shown.trial.first_image,
            shown.trial.second_image,
        }


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    shutil.rmtree(folder.path / "answers")
    (folder.path / "answers").write_text("in the way")
    with pytest.raises(KnownError, match="make room"):
        folder.record(Answer("t0001", "Ann", "first", 1.0, "2026-01-01T00:00:00+00:00"))
