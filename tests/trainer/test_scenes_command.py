from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from trainer.cli import main
from trainer.scenes import RELATIONS, load_subjects, split_subjects

QUICK = ["--sources", "shapes", "--no-photos", "--size", "48"]


def scenes(*words: object) -> int:
    return main(["scenes", *QUICK, *map(str, words)])


def truth(folder: Path) -> list[dict[str, object]]:
    lines = (folder / "scenes.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_scenes_are_written_with_their_truth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new" / "scenes"
    assert scenes("--out", folder, "--count", 12, "--seed", 3, "--split", "test", "--json") == 0
    printed = capsys.readouterr()
    document = json.loads(printed.out)
    assert document["written"] == 12
    assert document["cancelled"] is False
    assert "12 of 12" in printed.err
    rows = truth(folder)
    assert [row["index"] for row in rows] == list(range(12))
    allowed = {s.id for s in split_subjects(load_subjects(["shapes"]))["test"]}
    for row in rows:
        assert row["seed"] == 3
        assert set(row["subjects"]) <= allowed  # type: ignore[call-overload]
        relation = RELATIONS[str(row["relation"])]
        assert row["family"] == relation.family
        assert row["caption"] in relation.captions
        with Image.open(folder / str(row["file"])) as image:
            assert image.size == (48, 48)
    assert sorted(path.name for path in folder.glob("*")) == [
        *(str(row["file"]) for row in rows),
        "scenes.jsonl",
    ]


def test_the_same_call_writes_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert scenes("--out", tmp_path / name, "--count", 6, "--relations", "ring,tower") == 0
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()
    assert {row["relation"] for row in truth(tmp_path / "a")} == {"ring", "tower"}


def test_a_folder_with_something_in_it_is_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.txt"
    mine.write_text("keep")
    assert scenes("--out", tmp_path, "--count", 2) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "--force" in error
    assert list(tmp_path.iterdir()) == [mine]
    assert scenes("--out", tmp_path, "--count", 2, "--force") == 0
    assert mine.read_text() == "keep"
    assert len(truth(tmp_path)) == 2


def test_a_contact_sheet_shows_the_relations(tmp_path: Path) -> None:
    sheet = tmp_path / "sheets" / "sheet.jpg"
    assert scenes("--sheet", sheet, "--relations", "ring,wave,tower") == 0
    with Image.open(sheet) as image:
        assert image.width > 1000
        assert image.height == 128


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Nothing to do"),
        (["--out", "x"], "--count"),
        (["--out", "x", "--count", "0"], "--count"),
        (["--out", "x", "--count", "1", "--relations", "juggling"], "juggling"),
        (["--out", "x", "--count", "1", "--relations", ","], "No relation"),
        (["--out", "x", "--count", "1", "--sources", "photos"], "photos"),
        (["--out", "x", "--count", "1", "--size", "9"], "--size"),
        (["--sheet", "x.nonsense", "--relations", "ring"], "x.nonsense"),
    ],
)
def test_wrong_calls_end_with_one_line(
    words: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert scenes(*words) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert message in error
    assert not Path("x").exists()


def test_unknown_commands_and_options_end_with_one_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for words in ([], ["paint"], ["scenes", "--colour"], ["scenes", "--count", "many"]):
        with pytest.raises(SystemExit) as stopped:
            main(words)
        assert stopped.value.code == 2
        assert capsys.readouterr().err.count("\n") == 1


def test_an_interrupted_run_leaves_a_valid_part(tmp_path: Path) -> None:
    folder = tmp_path / "scenes"
    words = ["scenes", *QUICK, "--out", str(folder), "--count", "100000", "--json"]
    code = f"import sys; from trainer.cli import main; sys.exit(main({words!r}))"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        listed = folder / "scenes.jsonl"
        while not (listed.exists() and listed.stat().st_size > 2000):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 130
    document = json.loads(out)
    assert document["cancelled"] is True
    rows = truth(folder)
    assert document["written"] in {len(rows), len(rows) - 1}
    assert not list(folder.glob(".*"))
    for row in rows:
        with Image.open(folder / str(row["file"])) as image:
            image.load()
