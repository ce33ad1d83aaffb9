"""Verifying: every picture is decoded once, also over kills, and what fails has a reason."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image
from rotten_web import picture

from engine.errors import KnownError
from trainer.data import checking
from trainer.data.check_cache import CheckCache, Outcome
from trainer.data.checking import check, verify
from trainer.data.collection import open_collection
from trainer.data.records import Collection, Record, Source, load_picture
from trainer.progress import Reporter


def write(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def verified(
    collection: Collection, cache: Path | None = None, workers: int = 1, *, unique: bool = False
) -> Collection:
    quiet = Reporter(stream=io.StringIO())
    return verify(collection, cache=cache, workers=workers, reporter=quiet, unique=unique)


@pytest.fixture
def mixed(tmp_path: Path) -> Collection:
    for number in range(70):
        write(tmp_path / "p" / f"{number:02d}.png", picture(number))
    write(tmp_path / "p" / "70.png", picture(1)[:-40])
    write(tmp_path / "p" / "71.png", b"<html>")
    write(tmp_path / "p" / "72.png", b"")
    write(tmp_path / "p" / "73.png", picture(1, side=10))
    write(tmp_path / "p" / "74.png", picture(5))
    return open_collection(tmp_path / "p")


@pytest.mark.parametrize("workers", [1, 2])
def test_what_cannot_be_read_is_dropped(mixed: Collection, tmp_path: Path, workers: int) -> None:
    Path(str(mixed.records[3].source)).unlink()
    found = verified(mixed, tmp_path / "cache", workers)
    assert found.found == mixed.found == 75
    assert found.drops.counts() == {"unreadable": 3, "missing": 1, "too-small": 1}
    assert mixed.drops.total == 0
    assert len({record.content for record in found.records}) == 69  # one is there twice
    reasons = {drop.key: drop.detail for drop in found.drops.examples("unreadable", 9)}
    assert reasons["71.png"] == "not a picture of a supported kind"
    assert found.drops.examples("too-small")[0].detail == "its shorter side has 10 of 16 pixels"


def test_the_same_picture_twice_is_dropped_where_asked(mixed: Collection) -> None:
    found = verified(mixed, unique=True)
    assert found.drops.counts() == {"unreadable": 3, "duplicate": 1, "too-small": 1}
    assert found.drops.examples("duplicate")[0].detail == "the same picture as 05.png"


def test_a_second_time_nothing_is_decoded(
    mixed: Collection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = verified(mixed, tmp_path / "cache")
    asked: list[Source] = []

    def counted(source: Source, least_side: int) -> Outcome:
        asked.append(source)
        return check(source, least_side)

    monkeypatch.setattr(checking, "check", counted)
    again = verified(mixed, tmp_path / "cache")
    assert not asked
    assert again.records == first.records
    assert again.drops.counts() == first.drops.counts()
    changed = Path(str(mixed.records[71].source))
    changed.write_bytes(picture(99))
    os.utime(changed, ns=(5, 5))
    assert len(verified(mixed, tmp_path / "cache").records) == len(first.records) + 1
    assert asked == [changed]
    # A line that a kill has cut counts for nothing, and is made good.
    with (tmp_path / "cache").open("r+b") as file:
        file.seek(-30, os.SEEK_END)
        file.truncate()
    asked.clear()
    verified(mixed, tmp_path / "cache")
    assert asked == [changed]
    asked.clear()
    verified(mixed, tmp_path / "cache")
    assert not asked


def test_a_cache_for_another_size_is_begun_anew(mixed: Collection, tmp_path: Path) -> None:
    verified(mixed, tmp_path / "cache")
    quiet = Reporter(stream=io.StringIO())
    found = verify(mixed, cache=tmp_path / "cache", workers=1, reporter=quiet, least_side=5)
    assert found.drops.counts() == {"unreadable": 3}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("dear diary\n", "is no list of verified pictures"),
        ('{"format": "relsim-verified", "version": 2}\n', "version 2"),
    ],
)
def test_a_file_that_is_no_cache_is_left_alone(
    mixed: Collection, tmp_path: Path, content: str, words: str
) -> None:
    (tmp_path / "cache").write_text(content)
    with pytest.raises(KnownError, match=words):
        verified(mixed, tmp_path / "cache")
    assert (tmp_path / "cache").read_text() == content
    with pytest.raises(KnownError, match="cannot be used"):
        verified(mixed, tmp_path / "cache" / "below")


def test_trouble_outside_a_picture_is_not_remembered(tmp_path: Path) -> None:
    gone = tmp_path / "gone.png"
    assert check(gone) == Outcome(
        reason="missing", detail="the file is no longer there", lasts=False
    )
    with CheckCache(tmp_path / "cache", 16) as cache:
        write(gone, picture(1))
        cache.add(gone, Outcome(reason="unreadable", detail="no permission", lasts=False))
        cache.add(gone, Outcome("abc"))
    with CheckCache(tmp_path / "cache", 16) as cache:
        assert cache.get(gone) == Outcome("abc")


def test_nothing_that_can_be_used_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "p" / "a.png", b"<html>")
    with pytest.raises(KnownError, match=r"1 unreadable \(for example a\.png: not a picture"):
        verified(open_collection(tmp_path / "p"))


def test_a_picture_that_is_lost_later_is_said_to_be_so(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", picture(1))
    record = Record("a", path)
    assert load_picture(record, min_side=96).size == (104, 96)
    path.write_bytes(picture(1)[:100])
    with pytest.raises(KnownError, match="could be read at the start and cannot be now"):
        load_picture(record, min_side=96)


class Bomb:
    """A picture that ends the process that reads it."""

    place = "bomb"

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> bytes:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError


def test_a_picture_that_crashes_the_decoder_is_dropped(mixed: Collection, tmp_path: Path) -> None:
    bomb = Record("bomb", Bomb(tmp_path / "bomb"))  # type: ignore[arg-type]
    records = (*mixed.records[:40], bomb, *mixed.records[40:70])
    found = verified(Collection("c", records, mixed.drops, 71), tmp_path / "cache", 2)
    assert len(found.records) == 70
    (drop,) = found.drops.examples("unreadable")
    assert (drop.key, drop.detail) == ("bomb", "the decoder crashed on it")


VERIFY = """
import sys
from trainer.cli import Parser
from trainer.data import command
if __name__ == "__main__":
    parser = Parser()
    command.configure(parser)
    sys.exit(command.run(parser.parse_args(sys.argv[1:])))
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_an_interrupted_check_goes_on(tmp_path: Path, ending: signal.Signals) -> None:
    big = Image.effect_noise((1500, 1500), 60).convert("RGB")
    for number in range(96):
        path = tmp_path / "p" / f"{number}.jpg"
        path.parent.mkdir(exist_ok=True)
        if number:
            os.link(tmp_path / "p" / "0.jpg", path)
        else:
            big.save(path, quality=90)
    (tmp_path / "verify.py").write_text(VERIFY)
    words = ["show", str(tmp_path / "p"), "--verify", "--json", "--cache", str(tmp_path / "cache")]
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "verify.py"), *words, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    cache = tmp_path / "cache"
    while not cache.exists() or len(cache.read_bytes().splitlines()) < 2:
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)
    process.send_signal(ending)
    _, errors = process.communicate()
    assert process.returncode != 0
    done = len(cache.read_bytes().splitlines()) - 1
    assert 32 <= done <= 96
    if ending is signal.SIGINT:
        assert errors.count("KeyboardInterrupt") <= 1, errors
    found = verified(open_collection(tmp_path / "p"), cache)
    assert len(found.records) == 96
    assert len(cache.read_bytes().splitlines()) == 97
