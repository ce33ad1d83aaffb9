"""Each group gets one caption, once, whatever ends the work on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.judging.groups import Group, read_groups, write_groups
from engine.types import UInt8
from trainer.captions.bank_captions import BankCaptioner, common
from trainer.captions.writing import write_captions
from trainer.scenes import SceneGenerator, load_subjects


class ShadeWriter:
    """Says how bright the pictures of a group are, and notes how many it was shown."""

    key = "shade"
    batch_size = 3
    min_side = 4

    def __init__(self, log: Path | None = None, seconds: float = 0.0) -> None:
        self.sizes: list[int] = []
        self._log, self._seconds = log, seconds

    def prepare(self, image: Image.Image) -> UInt8:
        return np.asarray(image.resize((4, 4)), np.uint8)

    def write(
        self, groups: Sequence[Sequence[UInt8]], *, control: JobControl | None = None
    ) -> list[str]:
        time.sleep(self._seconds)
        self.sizes += [len(group) for group in groups]
        if self._log is not None:
            with self._log.open("a") as log:
                log.write("".join(f"{caption_of(group)}\n" for group in groups))
        return [caption_of(group) for group in groups]

    def close(self) -> None:
        pass


def caption_of(group: Sequence[UInt8]) -> str:
    shades = " ".join(f"{float(pixels.mean()):.2f}" for pixels in group)
    return f"A {{Thing}} of shade {shades}"


def draw_picture(path: Path, seed: int) -> Path:
    pixels = np.random.default_rng(seed).integers(0, 256, (8, 8, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(path)
    return path


def groups_file(folder: Path, count: int, size: int = 2) -> Path:
    folder.mkdir(exist_ok=True)
    groups = [
        Group(
            f"g-{number}",
            tuple(
                draw_picture(folder / f"{number}-{image}.png", 100 * number + image)
                for image in range(size)
            ),
        )
        for number in range(count)
    ]
    path = folder / "groups.jsonl"
    write_groups(path, groups)
    return path


def test_every_group_is_written_once(tmp_path: Path) -> None:
    path = groups_file(tmp_path, 7)
    control, writer = JobControl(), ShadeWriter()
    report = write_captions(path, writer, control)
    assert (report.groups, report.had, report.written, report.failed) == (7, 0, 7, ())
    assert writer.sizes == [2] * 7
    groups = read_groups(path)
    assert len({group.caption for group in groups}) == 7
    assert all(group.verdict == "unseen" and group.original is None for group in groups)
    assert (control.progress.done, control.progress.total) == (7, 7)
    assert sorted(path.name for path in tmp_path.glob("groups*")) == ["groups.jsonl"]
    again = write_captions(path, writer)
    assert (again.had, again.written) == (7, 0)
    assert len(writer.sizes) == 7


def test_what_people_did_is_left_alone(tmp_path: Path) -> None:
    path = groups_file(tmp_path, 3)
    first, second, third = read_groups(path)
    changed = replace(first, caption="A {Thing}", original="A cat", verdict="accepted")
    rejected = replace(second, verdict="rejected")
    write_groups(path, [changed, rejected, third])
    report = write_captions(path, ShadeWriter())
    assert (report.had, report.written) == (2, 1)
    assert read_groups(path)[:2] == [changed, rejected]


def test_a_group_with_an_unreadable_picture_gets_no_caption(tmp_path: Path) -> None:
    path = groups_file(tmp_path, 5)
    (tmp_path / "1-1.png").write_bytes(b"no picture")
    (tmp_path / "3-0.png").unlink()
    report = write_captions(path, ShadeWriter())
    assert report.groups == report.had + report.written + len(report.failed)
    assert [group_id for group_id, _ in report.failed] == ["g-1", "g-3"]
    assert report.failed[0][1].startswith("1-1.png: ")
    assert [bool(group.caption) for group in read_groups(path)] == [1, 0, 1, 0, 1]
    draw_picture(tmp_path / "3-0.png", 5)
    assert write_captions(path, ShadeWriter()).written == 1


def test_leaks_are_flagged_and_nothing_written_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = groups_file(tmp_path, 3)
    says = ["A cat chasing a {Subject}", "", "A {Subject} in a ring"]
    monkeypatch.setattr(ShadeWriter, "write", lambda *_, **__: says)
    report = write_captions(path, ShadeWriter())
    assert (report.written, report.flagged) == (2, 1)
    assert report.failed == (("g-1", "the writer found no caption"),)
    assert [group.flags for group in read_groups(path)] == [("cat",), (), ()]


def test_a_cancel_keeps_what_was_written(tmp_path: Path) -> None:
    path = groups_file(tmp_path, 9)
    control = JobControl()

    class Cancelling(ShadeWriter):
        def write(
            self, groups: Sequence[Sequence[UInt8]], *, control: JobControl | None = None
        ) -> list[str]:
            if self.sizes:
                assert control is not None
                control.cancel()
            return super().write(groups, control=control)

    with pytest.raises(Cancelled):
        write_captions(path, Cancelling(), control)
    assert sum(bool(group.caption) for group in read_groups(path)) == 6
    report = write_captions(path, ShadeWriter())
    assert (report.had, report.written) == (6, 3)


VICTIM = """
import sys
from pathlib import Path
sys.path[:0] = {path!r}
from test_groups_writing import ShadeWriter, write_captions
write_captions(Path(sys.argv[1]), ShadeWriter(Path(sys.argv[2]), seconds=0.1))
"""


def test_a_kill_loses_one_batch_at_most(tmp_path: Path) -> None:
    path, log = groups_file(tmp_path, 30), tmp_path / "log"
    program = VICTIM.format(path=[str(Path(__file__).parent), *sys.path])
    process = subprocess.Popen([sys.executable, "-c", program, str(path), str(log)])
    journal = tmp_path / "groups.jsonl.journal"
    while process.poll() is None and not (journal.exists() and len(lines(journal)) > 8):
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    kept = len(lines(journal)) - 1
    assert not any(group.caption for group in read_groups(path)), "the file is the old one"
    with journal.open("a") as file:
        file.write('{"id": "g-29", "ima')  # what a kill in the middle of a line leaves
    report = write_captions(path, ShadeWriter(log))
    assert report.had + report.written == 30
    assert report.had == kept >= 8
    assert len(lines(log)) <= 30 + ShadeWriter.batch_size
    assert sorted({*lines(log)}) == sorted(group.caption for group in read_groups(path))
    assert not journal.exists()


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines()


def test_a_journal_of_other_pictures_is_not_taken(tmp_path: Path) -> None:
    path = groups_file(tmp_path, 2)
    journal = tmp_path / "groups.jsonl.journal"
    entry = {"id": "g-0", "images": "0" * 16, "caption": "A {Thing} of others"}
    header = {"format": "relsim-captions-journal", "version": 1}
    journal.write_text(json.dumps(header) + "\n" + json.dumps(entry) + "\n")
    assert write_captions(path, ShadeWriter()).written == 2
    assert "others" not in path.read_text()
    journal.write_text(json.dumps(header | {"version": 2}) + "\n")
    with pytest.raises(KnownError, match="another version"):
        write_captions(path, ShadeWriter())
    assert journal.exists()


# The bank


def test_what_vectors_have_in_common() -> None:
    vectors = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
    assert common(vectors) == pytest.approx([0.5**0.5, 0.5**0.5, 0])


def test_the_bank_names_the_relation_of_drawn_groups(tmp_path: Path) -> None:
    scenes = SceneGenerator(load_subjects(["shapes"]), ["ring", "growing", "tower"], backgrounds=())
    groups = []
    for number, relation in enumerate(scenes.relations):
        images = []
        for scene in range(4):
            images.append(tmp_path / f"{relation}-{scene}.png")
            scenes[number + 3 * scene].image.save(images[-1])
        groups.append(Group(relation, tuple(images)))
    path = tmp_path / "groups.jsonl"
    write_groups(path, groups)
    writer = BankCaptioner.load()
    relations = {caption.text: caption.relation for caption in writer.captions}
    assert write_captions(path, writer).written == 3
    writer.close()
    assert [relations[group.caption] for group in read_groups(path)] == scenes.relations
    assert all(group.flags == () for group in read_groups(path))
