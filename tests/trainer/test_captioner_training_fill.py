"""Captions for a whole collection: each picture once, and numbers that add up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from golden_files import golden
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.types import Description, UInt8
from trainer.captions.fill import FillReport, FillSettings, caption_collection, fill_captions
from trainer.data.collection import open_collection


class Telling:
    """Says of a picture what its colour decides, two at a time."""

    key = "telling/1"
    batch_size = 2
    min_side = 8

    def __init__(self, ends_after: int | None = None) -> None:
        self.told = 0
        self._ends_after = ends_after

    def prepare(self, image: Image.Image) -> UInt8:
        return np.asarray(image.resize((4, 4)), np.uint8)

    def caption(
        self, prepared: Sequence[UInt8], *, seed: int | None, control: JobControl | None
    ) -> list[Description]:
        if self._ends_after is not None and self.told >= self._ends_after:
            raise Cancelled
        self.told += len(prepared)
        return [self._say(pixels) for pixels in prepared]

    @staticmethod
    def _say(pixels: UInt8) -> Description:
        red, green, _ = pixels[0, 0].tolist()
        text = "A tiger beside a {Subject}" if red > 200 else "A {Subject} in a row"
        return Description(None if green > 200 else text, 0.5, "captioner")


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Seven: three plain, one that leaks, one of which nothing is said, two that are none."""
    folder = tmp_path / "pictures"
    (folder / "below").mkdir(parents=True)
    for name, colour in {
        "a.png": (0, 0, 9),
        "b.png": (0, 0, 99),
        "below/c.png": (0, 0, 199),
        "leak.png": (255, 0, 0),
        "mute.png": (0, 255, 0),
    }.items():
        Image.new("RGB", (16, 16), colour).save(folder / name)
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    (folder / "drawing.eps").write_text("<svg/>")
    return folder


def fill(source: Path, out: Path, writer: Telling, seed: int | None = None) -> FillReport:
    return caption_collection(open_collection(source), writer, out, seed=seed, control=JobControl())


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_picture_is_captioned_or_dropped_with_a_reason(
    pictures: Path, tmp_path: Path
) -> None:
    report = fill(pictures, tmp_path / "captions.jsonl", Telling())
    assert report.found == 7
    assert report.written == 4
    assert report.had == 0
    assert report.dropped == {"empty-caption": 1, "unreadable": 1, "unsupported": 1}
    assert report.leaking == 1
    assert report.anonymous == 3
    header, *rest = lines(tmp_path / "captions.jsonl")
    assert header == {
        "format": "relsim-captions", "version": 1, "captioner": "telling/1", "seed": None,
    }  # fmt: skip
    by_key = {line["key"]: line for line in rest}
    assert by_key["leak.png"]["flags"] == ["tiger"]
    assert by_key["leak.png"]["anonymous"] is False
    assert by_key["below/c.png"] == {
        "key": "below/c.png",
        "caption": "A {Subject} in a row",
        "confidence": 0.5,
        "flags": [],
        "anonymous": True,
        "file": "pictures/below/c.png",
    }
    _, *dropped = lines(tmp_path / "captions.dropped.jsonl")
    assert {line["key"] for line in dropped} == {"mute.png", "broken.png", "drawing.eps"}
    assert "7 pictures: 4 captions written" in report.text()
    assert report.document()["written"] == 4


def test_what_was_written_is_a_collection(pictures: Path, tmp_path: Path) -> None:
    fill(pictures, tmp_path / "captions.jsonl", Telling())
    collection = open_collection(tmp_path / "captions.jsonl", needs=("caption",))
    assert len(collection.records) == 4
    assert not collection.drops.total
    assert {record.source for record in collection.records} >= {pictures / "a.png"}


def test_an_interrupted_run_goes_on(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "captions.jsonl"
    with pytest.raises(Cancelled):
        fill(pictures, out, Telling(ends_after=2))
    assert len(lines(out)) == 3
    with out.open("a") as file:  # as a kill leaves it
        file.write('{"key": "b.p')
    writer = Telling()
    report = fill(pictures, out, writer)
    assert (report.had, report.written) == (2, 2)
    assert writer.told == 3  # nothing twice but what was said nothing of
    assert report.leaking == 1
    assert len({line["key"] for line in lines(out)[1:]}) == 4
    again = fill(pictures, out, Telling())
    assert (again.had, again.written, again.found) == (4, 0, 7)


def test_another_captioner_does_not_write_into_it(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "captions.jsonl"
    fill(pictures, out, Telling())
    before = out.read_bytes()
    with pytest.raises(KnownError, match=r"was written by telling/1 \(seed None\), not by"):
        fill(pictures, out, Telling(), seed=3)
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"my notes\nare here\n", "is no file of captions"),
        (b"my notes", "is no file of captions"),
        (b'{"format": "relsim-captions", "version": 9}\n', "has version 9, this program writes 1"),
        (
            b'{"format": "relsim-captions", "version": 1, "captioner": "telling/1", "seed": null}\n'
            b'{"key": 3}\n',
            "line 2, is damaged",
        ),
    ],
)
def test_another_file_is_left_as_it_is(
    pictures: Path, tmp_path: Path, content: bytes, words: str
) -> None:
    out = tmp_path / "captions.jsonl"
    out.write_bytes(content)
    with pytest.raises(KnownError, match=words):
        fill(pictures, out, Telling())
    assert out.read_bytes() == content


def test_a_captioner_in_the_released_layout_captions_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.models.captioner.MAX_TOKENS", 4)
    folder = tmp_path / "pictures"
    folder.mkdir()
    Image.new("RGB", (32, 32), "red").save(folder / "a.png")
    out = tmp_path / "captions.jsonl"
    settings = FillSettings(
        str(folder),
        str(golden("relsim-tiny", "captioner")),
        out,
        base=str(golden("relsim-tiny", "base")),
    )
    report = fill_captions(settings)
    assert (report.found, report.written) == (1, 1)
    assert str(lines(out)[0]["captioner"]).startswith("captioner/")
    with pytest.raises(KnownError, match="is not here"):
        fill_captions(FillSettings(str(folder), settings.captioner, out, base="/nowhere"))


def test_without_a_captioner_it_is_said_where_to_get_one(tmp_path: Path) -> None:
    Image.new("RGB", (32, 32)).save(tmp_path / "a.png")
    with pytest.raises(KnownError, match="No captioner is installed"):
        fill_captions(FillSettings(str(tmp_path), None, tmp_path / "captions.jsonl"))
