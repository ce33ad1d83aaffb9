"""Pictures of shards and tables as files."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet
from rotten_web import picture
from test_data_shards import sample, write_tar

from trainer.cli import main
from trainer.data.collection import open_collection


def unpacked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main(["data", "unpack", *words, "--json"]) == 0
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_what_is_known_goes_with_the_files(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = [*sample("one", 1, caption="{A}"), *sample("../Deep/Two", 2, caption="{B}")]
    shard = write_tar(tmp_path / "a.tar", [*members, *sample("dir/three", 3, caption="{C}")])
    out = tmp_path / "files"
    found = unpacked(capsys, str(shard), "--out", str(out))
    assert found["found"] == 3
    assert found["files"] == 2
    assert found["dropped"] == {"unsafe": 1}
    assert sorted(path.parent for path in tmp_path.rglob("*.png")) == [out, out]
    again = open_collection(out / "pictures.jsonl").records
    assert [(r.key, r.caption) for r in again] == [("one", "{A}"), ("dir/three", "{C}")]
    assert [Path(str(r.source)).read_bytes() for r in again] == [picture(1), picture(3)]


def test_cells_of_a_table_get_the_ending_of_what_they_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cells = [picture(1), picture(2, kind="JPEG"), b"nothing"]
    table = tmp_path / "a.parquet"
    parquet.write_table(pyarrow.table({"image": cells, "key": ["x", "y", "z"]}), table)
    found = unpacked(capsys, str(table), "--out", str(tmp_path / "files"))
    assert found["dropped"] == {"unreadable": 1}
    assert {path.name for path in (tmp_path / "files").iterdir()} == {
        "x.png",
        "y.jpeg",
        "pictures.jsonl",
    }


def test_it_goes_on_where_it_was(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shard = write_tar(tmp_path / "a.tar", [*sample("one", 1), *sample("two", 2)])
    out = tmp_path / "files"
    unpacked(capsys, str(shard), "--out", str(out))
    kept = (out / "one.png").stat().st_mtime_ns
    (out / "two.png").unlink()
    assert unpacked(capsys, str(shard), "--out", str(out))["files"] == 2
    assert (out / "one.png").stat().st_mtime_ns == kept
    assert (out / "two.png").read_bytes() == picture(2)


def test_a_folder_that_cannot_be_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shard = write_tar(tmp_path / "a.tar", sample("one", 1))
    (tmp_path / "file").write_text("in the way")
    assert main(["data", "unpack", str(shard), "--out", str(tmp_path / "file" / "x")]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_names_that_would_be_one_are_kept_apart(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    members = [("a.JPG", picture(1, kind="JPEG")), ("b/a.jpg", picture(2, kind="JPEG"))]
    cells = [picture(3), picture(4), picture(5)]
    table = tmp_path / "a.parquet"
    keys = ["a.png", "a", "A"]
    parquet.write_table(pyarrow.table({"image": cells, "key": keys}), table)
    shard = write_tar(tmp_path / "a.tar", members)
    for number, source in enumerate((table, shard)):
        out = tmp_path / f"files-{number}"
        count = unpacked(capsys, str(source), "--out", str(out))["files"]
        records = open_collection(out / "pictures.jsonl").records
        contents = [Path(str(record.source)).read_bytes() for record in records]
        assert len(set(contents)) == count == len(records)
    assert contents == [content for _, content in members]


def test_files_of_another_collection_are_not_taken_for_this_one_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "files"
    for number in (1, 2):
        shard = write_tar(tmp_path / f"{number}.tar", sample("one", number))
        unpacked(capsys, str(shard), "--out", str(out))
        assert (out / "one.png").read_bytes() == picture(number)
