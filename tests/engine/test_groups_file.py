from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import KnownError
from engine.judging.groups import (
    MAX_IMAGES,
    Group,
    GroupsChangedError,
    GroupsFile,
    read_groups,
    write_groups,
)

HEADER = '{"format": "relsim-groups", "version": 1}'

# Names of files: anything but the two bytes that no name holds; lone surrogates stand for bytes
# that are no UTF-8.
names = st.text(
    st.characters(blacklist_characters="\0/", blacklist_categories=()), min_size=1, max_size=12
).filter(lambda name: name not in (".", ".."))
texts = st.text(st.characters(blacklist_categories=()), max_size=40)


@st.composite
def groups(draw: st.DrawFn, folder: Path) -> list[Group]:
    places = st.sampled_from([folder, folder / "deeper" / "still", Path("/elsewhere")])
    paths = st.builds(lambda place, name: place / name, places, names)
    ids = draw(st.lists(texts.filter(bool), max_size=5, unique=True))
    return [
        Group(
            id=id_,
            images=tuple(draw(st.lists(paths, min_size=2, max_size=MAX_IMAGES))),
            caption=draw(texts),
            source=draw(st.sampled_from(["proposed", "seed", "board", "verdicts"])),
            flags=tuple(draw(st.lists(texts, max_size=3))),
            verdict=draw(st.sampled_from(["unseen", "accepted", "rejected"])),
            original=draw(st.none() | texts),
        )
        for id_ in ids
    ]


def some(folder: Path, count: int = 3) -> list[Group]:
    return [
        Group(f"g{i}", (folder / f"{i}a.png", folder / f"{i}b.png"), f"Caption {i} of {{Subject}}")
        for i in range(count)
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_what_is_written_is_read(tmp_path: Path, data: st.DataObject) -> None:
    written = data.draw(groups(tmp_path))
    path = tmp_path / "groups.jsonl"
    write_groups(path, written)
    assert read_groups(path) == written
    GroupsFile.open(path).save(written)  # lines that are kept mean the same
    assert read_groups(path) == written


def test_the_file_is_lines_that_a_person_can_read(tmp_path: Path) -> None:
    group = Group("g", (tmp_path / "in" / "a.png", Path("/else/b.png")), "Überall {Dinge}")
    write_groups(tmp_path / "groups.jsonl", [group])
    first, second = (tmp_path / "groups.jsonl").read_text("utf-8").splitlines()
    assert first == HEADER
    assert "Überall {Dinge}" in second
    assert json.loads(second)["images"] == ["in/a.png", "/else/b.png"]


def test_a_file_may_move_with_its_images(tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    write_groups(before / "groups.jsonl", some(before))
    before.rename(after)
    assert read_groups(after / "groups.jsonl") == some(after)


def test_only_id_and_images_are_needed(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text(f'{HEADER}\r\n\r\n{{"id": "g", "images": ["a.png", "b.png"]}}')
    assert read_groups(path) == [Group("g", (tmp_path / "a.png", tmp_path / "b.png"))]


def test_a_line_that_did_not_change_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    lines = ['{"images":["a","b"],  "id":"one"}', '{"images":["c","d"],  "id":"two"}']
    path.write_text("\n".join([HEADER, *lines]))
    file = GroupsFile.open(path)
    file.save([replace(file.groups[0], verdict="accepted"), file.groups[1]])
    written = path.read_text().splitlines()
    assert json.loads(written[1])["verdict"] == "accepted"
    assert written[2] == lines[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "no groups file"),
        ("[1, 2]\n", "no groups file"),
        ('{"format": "relsim-groups"}\n', "no groups file"),
        ('{"format": "other", "version": 1}\n', "no groups file"),
        ('{"format": "relsim-groups", "version": 2}\nnonsense\n', "update the program"),
        (f"{HEADER}\nnonsense\n", "line 2: this is no JSON object"),
        (f"{HEADER}\n{'[' * 100_000}\n", "line 2: this is no JSON object"),
        (f'{HEADER}\n{{"images": ["a", "b"]}}\n', "id must be a text"),
        (f'{HEADER}\n{{"id": "g", "images": ["a"]}}\n', "2 to 19 images, this one 1"),
        (f'{HEADER}\n{{"id": "g", "images": "ab"}}\n', "images must be a list"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", ""]}}\n', "images must be a list"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b\\u0000"]}}\n', "images must be a list"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "extra": 1}}\n', "no field extra"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "caption": 1}}\n', "caption must"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "flags": [1]}}\n', "flags must"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "original": 1}}\n', "original must"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "verdict": "so"}}\n', "verdict must"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"], "source": []}}\n', "source must"),
        (f'{HEADER}\n{{"id": "g", "images": ["a", "b"]}}\n' * 2, "an earlier group"),
        (f"{HEADER}\n" + "no\n" * 5, "and 2 more"),
    ],
)
def test_what_is_no_sound_file_is_refused(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "groups.jsonl"
    path.write_text(content)
    with pytest.raises(KnownError, match=said) as error:
        read_groups(path)
    assert str(path) in str(error.value)


def test_a_file_that_is_not_there_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="There is no file"):
        read_groups(tmp_path / "none.jsonl")
    with pytest.raises(KnownError, match="is a folder"):
        read_groups(tmp_path)


def test_groups_that_could_not_be_read_back_are_not_written(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    write_groups(path, some(tmp_path))
    lone = Group("lone", (tmp_path / "a.png",))
    with pytest.raises(KnownError, match="this one 1"):
        write_groups(path, [lone])
    with pytest.raises(KnownError, match="Two groups have the id g0"):
        write_groups(path, some(tmp_path) + some(tmp_path))
    assert read_groups(path) == some(tmp_path)


def test_a_change_by_someone_else_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    write_groups(path, some(tmp_path))
    file = GroupsFile.open(path)
    file.save(some(tmp_path, 2))
    file.save(some(tmp_path, 1))  # our own change is none
    write_groups(path, some(tmp_path, 5))
    with pytest.raises(GroupsChangedError):
        file.save(some(tmp_path, 2))
    assert len(read_groups(path)) == 5
    file.save(some(tmp_path, 2), over=True)
    file.save(some(tmp_path, 3))
    path.unlink()
    with pytest.raises(GroupsChangedError):
        file.save(some(tmp_path, 2))
    assert not path.exists()


def test_a_read_only_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    write_groups(path, some(tmp_path))
    path.chmod(0o444)
    with pytest.raises(KnownError, match="is read-only"):
        write_groups(path, [])
    path.chmod(0o640)
    write_groups(path, [])
    assert path.stat().st_mode & 0o777 == 0o640
    assert [file.name for file in tmp_path.iterdir()] == ["groups.jsonl"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"cannot be written: No such file"):
        write_groups(tmp_path / "none" / "groups.jsonl", [])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    write_groups(tmp_path / "real" / "groups.jsonl", some(tmp_path / "real"))
    link = tmp_path / "link.jsonl"
    link.symlink_to(tmp_path / "real" / "groups.jsonl")
    assert read_groups(link) == some(tmp_path / "real")
    write_groups(link, some(tmp_path / "real", 1))
    assert link.is_symlink()
    assert read_groups(tmp_path / "real" / "groups.jsonl") == some(tmp_path / "real", 1)


def test_a_kill_leaves_a_sound_file(tmp_path: Path) -> None:
    path = tmp_path / "groups.jsonl"
    write_groups(path, some(tmp_path, 2000))
    program = (
        "import sys; from dataclasses import replace; from pathlib import Path\n"
        "from engine.judging.groups import GroupsFile\n"
        "file = GroupsFile.open(Path(sys.argv[1]))\n"
        "while True:\n"
        "    for at in range(len(file.groups)):\n"
        "        groups = list(file.groups)\n"
        "        groups[at] = replace(groups[at], verdict='accepted', caption='x' * at)\n"
        "        file.save(groups)\n"
        "        print(at, flush=True)\n"
    )
    for wait_s in (0.0, 0.003, 0.011):
        command = [sys.executable, "-c", program, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            time.sleep(wait_s)
            writer.kill()
        read = read_groups(path)
        assert len(read) == 2000
        assert any(group.verdict == "accepted" for group in read)
