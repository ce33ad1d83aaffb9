"""Parquet tables: of URLs, and with the pictures inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet
from rotten_web import picture

from engine.errors import DecodeError, KnownError
from trainer.data.collection import open_collection, read_collection
from trainer.data.inside import write_list
from trainer.data.records import Cell, Record
from trainer.data.rows import url_key


def write_table(path: Path, columns: dict[str, Any], group: int = 3) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    parquet.write_table(pyarrow.table(columns), path, row_group_size=group)
    return path


def content(record: Record) -> bytes:
    assert isinstance(record.source, Cell)
    return record.source.read()


def test_pictures_in_a_column_of_bytes(tmp_path: Path) -> None:
    table = write_table(
        tmp_path / "a.parquet",
        {
            "caption": [f"{{C}} {n}" for n in range(7)],
            "label": [n % 2 for n in range(7)],
            "image": [picture(n) for n in range(7)],
        },
    )
    found = open_collection(table, needs=("caption", "label"))
    assert found.kind == "a parquet table with pictures inside"
    assert [r.key for r in found.records] == [f"a/{n // 3}/{n % 3}" for n in range(7)]
    assert [r.label for r in found.records] == [bool(n % 2) for n in range(7)]
    assert [content(r) for r in reversed(found.records)] == [picture(6 - n) for n in range(7)]
    write_list(tmp_path / "list.jsonl", found.records)
    assert open_collection(tmp_path / "list.jsonl").records == found.records
    table.unlink()
    assert read_collection(tmp_path / "list.jsonl").drops.counts() == {"missing": 7}


def test_pictures_as_hugging_face_has_them(tmp_path: Path) -> None:
    rows = [{"bytes": picture(n), "path": f"{n}.png"} for n in range(4)]
    rows[2] = {"bytes": None, "path": "elsewhere.png"}
    write_table(tmp_path / "t" / "b.parquet", {"image": rows[2:], "key": ["x", "y"]})
    write_table(tmp_path / "t" / "a.parquet", {"image": rows[:2]})
    found = open_collection(tmp_path / "t")
    assert [r.key for r in found.records] == ["a/0/0", "a/0/1", "x", "y"]
    assert [content(r) for r in found.records[:2]] == [picture(0), picture(1)]
    with pytest.raises(DecodeError, match="holds no picture"):
        content(found.records[2])


def test_rows_that_cannot_be_used(tmp_path: Path) -> None:
    table = write_table(
        tmp_path / "a.parquet",
        {
            "image": [picture(n) for n in range(5)],
            "key": ["a", "a", None, "b", "c"],
            "caption": ["{A}", "{A}", "{A}", " ", None],
            "label": ["yes", "no", "yes", "no", "perhaps"],
        },
    )
    found = read_collection(table, needs=("caption",))
    assert [r.key for r in found.records] == ["a", "a/0/2"]
    assert found.drops.counts() == {"duplicate": 1, "empty-caption": 1, "malformed": 1}


def test_a_table_of_urls_needs_its_pictures(tmp_path: Path) -> None:
    urls = [f"http://example.org/{n}.png" for n in range(4)]
    table = write_table(tmp_path / "a.parquet", {"URL": urls, "TEXT": list("abcd")})
    with pytest.raises(KnownError, match="relsim-train data fetch"):
        open_collection(table)
    (tmp_path / "there").mkdir()
    for url in urls[1:3]:
        (tmp_path / "there" / f"{url_key(url)}.png").write_bytes(picture(1))
    found = open_collection(table, images=tmp_path / "there", needs=("conventional",))
    assert [(r.url, r.conventional) for r in found.records] == [(urls[1], "b"), (urls[2], "c")]
    assert found.drops.counts() == {"missing": 2}


def test_tables_that_are_none(tmp_path: Path) -> None:
    numbers = write_table(tmp_path / "numbers.parquet", {"a": [1], "b": [2]})
    with pytest.raises(KnownError, match="columns a, b; none holds pictures"):
        open_collection(numbers)
    whole = write_table(tmp_path / "whole.parquet", {"image": [picture(1)]}).read_bytes()
    (tmp_path / "cut.parquet").write_bytes(whole[:-40])
    with pytest.raises(KnownError, match="cannot be read as a parquet table"):
        open_collection(tmp_path / "cut.parquet")


def test_a_table_that_changes_is_noticed(tmp_path: Path) -> None:
    table = write_table(tmp_path / "a.parquet", {"image": [picture(1)]})
    (record,) = open_collection(table).records
    table.unlink()
    with pytest.raises(DecodeError, match="table cannot be read"):
        content(record)
