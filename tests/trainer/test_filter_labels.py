"""Labels from files of one or two people, brought together with pictures."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import KnownError
from trainer.data.drops import Drops
from trainer.data.records import Collection, Record
from trainer.filter.labels import Annotations, read_annotations, training_labels


def written(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def collection(*records: Record) -> Collection:
    return Collection("them", records, Drops(), len(records))


def pictures(*keys: str) -> Collection:
    return collection(*(Record(key, Path(key)) for key in keys))


def test_csv_and_json_lines_say_the_same(tmp_path: Path) -> None:
    table = written(tmp_path, "a.csv", "key,label", "x.png,yes", "y.png,0", "z.png,True")
    lines = written(
        tmp_path,
        "a.jsonl",
        '{"key": "x.png", "label": true}',
        "",
        '{"key": "y.png", "label": "no"}',
        '{"key": "z.png", "label": 1}',
    )
    expected = Annotations({"x.png": True, "y.png": False, "z.png": True}, {})
    assert read_annotations(table) == read_annotations(lines) == expected


def test_two_people_in_one_file(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", "key,label,annotator", "x,yes,ann", "x,no,bob", "y,no,bob", "y,no,ann"
    )
    assert read_annotations(path) == Annotations({"x": True, "y": False}, {"x": False, "y": False})


def test_mistakes_in_a_file_are_told_together(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.csv", "key,label", "x,perhaps", "y,", ",yes", "z,yes", "z,no", "w,yes"
    )
    with pytest.raises(KnownError) as caught:
        read_annotations(path)
    text = str(caught.value)
    assert "line 2: its label is 'perhaps'" in text
    assert "line 3: y has no label" in text
    assert "line 4: it names no picture" in text
    assert text.endswith("and 1 more; repair the file")


def test_three_people_are_too_many(tmp_path: Path) -> None:
    path = written(tmp_path, "a.csv", "key,label,annotator", "x,yes,a", "x,yes,b", "x,yes,c")
    with pytest.raises(KnownError, match="3 annotators"):
        read_annotations(path)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("a.csv", b"key,label\n", "holds no labels"),
        ("a.jsonl", b"", "holds no labels"),
        ("a.jsonl", b"key,label\n", "line 1, is no JSON"),
        ("a.jsonl", b"[1]\n", "names no picture"),
        ("a.csv", b"\xff\xfe\x00", "no UTF-8"),
    ],
)
def test_what_is_no_file_of_labels(tmp_path: Path, name: str, content: bytes, match: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(KnownError, match=match):
        read_annotations(tmp_path / name)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read: No such file"):
        read_annotations(tmp_path / "a.csv")


def test_pictures_meet_their_labels() -> None:
    said = Annotations(
        {"a": True, "b": False, "c": True, "gone": True}, {"c": False, "d": False, "b": False}
    )
    found = training_labels(pictures("a", "b", "c", "d", "e"), said)
    assert [record.key for record in found.records] == ["a", "b", "d"]
    assert found.labels.tolist() == [True, False, False]
    assert [record.key for record in found.disputed] == ["c"]
    assert (found.unlabelled, found.unmatched) == (1, 1)


def test_a_collection_brings_its_own_labels() -> None:
    records = (
        Record("a", Path("a"), label=True),
        Record("b", Path("b"), label=False, relation="ring"),  # what is said outright counts
        Record("c", Path("c"), relation="ring"),
        Record("d", Path("d"), relation="none"),
        Record("e", Path("e")),
    )
    found = training_labels(collection(*records), None)
    assert [record.key for record in found.records] == ["a", "b", "c", "d"]
    assert found.labels.tolist() == [True, False, True, False]
    assert found.unlabelled == 1


@pytest.mark.parametrize(
    ("said", "match"),
    [
        (Annotations({"a": True, "b": True}, {}), "All 2 labelled pictures in them .* 'yes'"),
        (Annotations({"a": False}, {}), "All 1 labelled pictures in them .* 'no'"),
        (Annotations({"a": True, "b": False}, {"b": True}), "All 1 .* 'yes'"),
        (Annotations({"x": True, "y": False}, {}), "None of the 2 labels"),
        (None, "No picture in them has a label"),
    ],
)
def test_one_kind_of_label_teaches_nothing(said: Annotations | None, match: str) -> None:
    with pytest.raises(KnownError, match=match):
        training_labels(pictures("a", "b"), said)
