"""WebDataset shards: read in place, hostile ones too, and every sample is accounted for."""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rotten_web import picture

from engine.errors import DecodeError, KnownError
from trainer.data.collection import open_collection, read_collection
from trainer.data.inside import write_list
from trainer.data.records import Collection, Record, Slice
from trainer.data.shard_cache import cache_directory
from trainer.data.shards import expand_shards, index_shard

Member = tuple[str, bytes] | tarfile.TarInfo


def write_tar(path: Path, members: Sequence[Member], form: int = tarfile.USTAR_FORMAT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w", format=form) as tar:
        for member in members:
            if isinstance(member, tarfile.TarInfo):
                tar.addfile(member)
            else:
                name, content = member
                info = tarfile.TarInfo(name)
                info.size = len(content)
                tar.addfile(info, io.BytesIO(content))
    return path


def sample(key: str, number: int = 0, **fields: object) -> list[Member]:
    return [(f"{key}.png", picture(number)), (f"{key}.json", json.dumps(fields).encode())]


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


def content(record: Record) -> bytes:
    assert isinstance(record.source, Slice)
    return record.source.read()


def details(collection: Collection) -> dict[str, tuple[str, str]]:
    drops = collection.drops
    found = [drop for reason in drops.counts() for drop in drops.examples(reason, 100)]
    assert len(found) == drops.total
    return {drop.key: (drop.reason, drop.detail) for drop in found}


def test_samples_are_read_in_place(tmp_path: Path) -> None:
    shard = write_tar(
        tmp_path / "a.tar",
        [
            *sample("one", 1, caption="{A}", label=1, url="http://a", file="elsewhere.png"),
            ("two.jpg", picture(2, kind="JPEG")),
            ("two.txt", b" {B} in a\nrow "),
            ("deep/three.seg.png", b"a mask"),
            ("deep/three.PNG", picture(3)),
            ("deep/three.cls", b"417"),
        ],
    )
    before = shard.read_bytes()
    found = open_collection(shard)
    assert found.kind == "one WebDataset shard"
    assert [(r.key, r.caption, r.label, r.url) for r in found.records] == [
        ("one", "{A}", True, "http://a"),
        ("two", "{B} in a row", None, None),
        ("deep/three", None, None, None),
    ]
    assert [content(r) for r in found.records] == [
        picture(1),
        picture(2, kind="JPEG"),
        picture(3),
    ]
    assert shard.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["a.tar"]


def test_long_names_of_every_dialect(tmp_path: Path) -> None:
    name = "a" * 120 + "/" + "é" * 90
    for form in (tarfile.GNU_FORMAT, tarfile.PAX_FORMAT):
        shard = write_tar(tmp_path / f"{form}.tar", sample(name, 4), form)
        (record,) = open_collection(shard).records
        assert (record.key, content(record)) == (name, picture(4))


def test_a_folder_and_a_pattern_of_shards(tmp_path: Path) -> None:
    for number in range(3):
        write_tar(tmp_path / f"{number:03d}.tar", sample(f"k{number}", number))
    whole = open_collection(tmp_path)
    assert [r.key for r in whole.records] == ["k0", "k1", "k2"]
    some = open_collection(f"{tmp_path}/{{001..002}}.tar")
    assert [r.key for r in some.records] == ["k1", "k2"]
    assert len(open_collection(str(tmp_path / "{000,002}.tar")).records) == 2


def test_keys_that_shards_share_are_told_apart(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_tar(tmp_path / f"{name}.tar", [*sample("0", 1), *sample("1", 2), *sample("0", 3)])
    found = open_collection(tmp_path)
    assert [r.key for r in found.records] == ["a/0", "a/1", "b/0", "b/1"]
    assert found.drops.counts() == {"duplicate": 2}


def test_shards_of_one_name_in_several_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(("a/00000", "a/00001", "b/00000")):
        write_tar(tmp_path / "s" / f"{name}.tar", sample("0", number))
    expected = [("a/00000/0", 0), ("b/00000/0", 2)]
    monkeypatch.chdir(tmp_path)
    for source in (f"{tmp_path}/s/{{a,b}}/00000.tar", "s/{a,b}/00000.tar"):
        found = open_collection(source)
        assert [r.key for r in found.records] == [key for key, _ in expected]
        assert [content(r) for r in found.records] == [picture(number) for _, number in expected]
        assert found.drops.total == 0
    one_folder = open_collection("s/a/{00000..00001}.tar")
    assert [r.key for r in one_folder.records] == ["00000/0", "00001/0"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("{3..1}.tar", "range from 3 to 1"),
        ("{a}.tar", "neither"),
        ("{0..1.tar", "nothing closes"),
        ("{0..99999}{0..99999}.tar", "more than"),
        ("{0..5}.tar", "6 of the 6 shards"),
    ],
)
def test_patterns_that_make_no_sense(tmp_path: Path, pattern: str, words: str) -> None:
    with pytest.raises(KnownError, match=words):
        open_collection(str(tmp_path / pattern))


def test_patterns_expand_like_a_shell(tmp_path: Path) -> None:
    names = ["a08", "a09", "a10", "b08", "b09", "b10"]
    for name in names:
        (tmp_path / f"{name}.tar").touch()
    found = expand_shards(f"{tmp_path}/{{a,b}}{{08..10}}.tar")
    assert [path.stem for path in found] == names


def test_hostile_members_are_dropped_with_a_reason(tmp_path: Path) -> None:
    sparse = tarfile.TarInfo("sparse.png")
    sparse.type = tarfile.GNUTYPE_SPARSE
    shard = write_tar(
        tmp_path / "a.tar",
        [
            ("../../escape.png", picture(1)),
            ("/etc/passwd.png", picture(1)),
            ("ring\x1b[2Jbell.png", picture(1)),
            link("soft.png", "/etc/passwd"),
            link("hard.png", "soft.png", tarfile.LNKTYPE),
            link("pipe.png", "", tarfile.FIFOTYPE),
            link("device.png", "", tarfile.CHRTYPE),
            link("folder", "", tarfile.DIRTYPE),
            ("._appledouble.png", b"xx"),
            ("alone.json", b"{}"),
            ("README.md", b"of this shard"),
            ("broken.png", picture(1)),
            ("broken.json", b"{"),
            ("odd.png", picture(1)),
            ("odd.json", b'{"caption": 5}'),
            ("long.png", picture(1)),
            ("long.txt", b"x" * 2_000_000),
            ("good.png", picture(5)),
        ],
    )
    found = open_collection(shard)
    assert [r.key for r in found.records] == ["good"]
    assert content(found.records[0]) == picture(5)
    assert found.drops.counts() == {"unsafe": 7, "malformed": 3, "no-picture": 2}
    assert found.found == 13
    assert all(key.isprintable() for key in details(found))


def test_a_header_that_would_fill_the_memory(tmp_path: Path) -> None:
    """A comment of 1 TB: `tarfile` alone would read it all."""
    good = write_tar(tmp_path / "good.tar", sample("a", 1)).read_bytes()
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 1 << 40
    (tmp_path / "a.tar").write_bytes(good.rstrip(b"\0") + bytes(-len(good.rstrip(b"\0")) % 512))
    with (tmp_path / "a.tar").open("ab") as file:
        file.write(info.tobuf(tarfile.GNU_FORMAT))
        file.truncate(1 << 21)
    found = open_collection(tmp_path / "a.tar")
    assert [r.key for r in found.records] == ["a"]
    assert details(found)["a.tar"][0] == "malformed"


def test_a_member_of_more_bytes_than_a_picture_has(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.png")
    info.size = 1 << 30
    with (tmp_path / "a.tar").open("wb") as file:  # sparse: it takes no room
        file.write(info.tobuf())
        file.seek(1 << 30, os.SEEK_CUR)
        file.write(bytes(1024))
        file.truncate()
    assert read_collection(tmp_path / "a.tar").drops.counts() == {"too-large": 1}


@pytest.mark.parametrize("left", [0.3, 0.5, 0.61])
def test_a_shard_that_is_cut_off(tmp_path: Path, left: float) -> None:
    members = [member for n in range(10) for member in sample(f"k{n}", n)]
    shard = write_tar(tmp_path / "a.tar", members)
    os.truncate(shard, int(shard.stat().st_size * left))
    found = open_collection(shard)
    assert details(found)["a.tar"][0] == "malformed"
    assert 0 < len(found.records) < 10
    # The last member may reach beyond the end.
    for record in found.records[:-1]:
        assert content(record) == picture(int(record.key[1:]))


def test_a_shard_that_is_damaged_in_the_middle(tmp_path: Path) -> None:
    members = [member for n in range(10) for member in sample(f"k{n}", n)]
    shard = write_tar(tmp_path / "a.tar", members)
    place = index_shard(shard)[5].offset - 512
    with shard.open("r+b") as file:
        file.seek(place)
        file.write(b"\xaa" * 512)
    found = open_collection(shard)
    assert len(found.records) == 5
    assert details(found)["a.tar"] == (
        "malformed",
        f"the shard is cut off or damaged after {place:,} bytes",
    )


def test_shards_that_are_none(tmp_path: Path) -> None:
    good = write_tar(tmp_path / "good.tar", sample("a", 1))
    (tmp_path / "text.tar").write_text("dear diary" * 100)
    (tmp_path / "packed.tar").write_bytes(gzip.compress(good.read_bytes()))
    (tmp_path / "empty.tar").touch()
    for name in ("text.tar", "packed.tar", "empty.tar"):
        with pytest.raises(KnownError, match="decompress it first"):
            open_collection(tmp_path / name)
    found = open_collection(tmp_path)
    assert [r.key for r in found.records] == ["a"]
    assert found.drops.counts() == {"unreadable": 3}


def test_an_index_is_remembered_until_the_shard_changes(tmp_path: Path) -> None:
    shard = write_tar(tmp_path / "a.tar", [*sample("a", 1, caption="{A}"), ("b.json", b"{")])
    first = open_collection(shard)
    (index,) = cache_directory().iterdir()
    remembered = json.loads(index.read_bytes())
    remembered["samples"][0][0][2] = "{From the index}"
    index.write_text(json.dumps(remembered))
    assert open_collection(shard).records[0].caption == "{From the index}"
    os.utime(shard, ns=(1, 1))
    again = open_collection(shard)
    assert again.records == first.records
    assert again.drops.counts() == first.drops.counts()
    for damaged in ("", "{", '{"about": 1}', json.dumps({**remembered, "samples": [[1]]})):
        index.write_text(damaged)
        assert open_collection(shard).records == first.records


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("RELSIM_CACHE", str(tmp_path / "file" / "cache"))
    shard = write_tar(tmp_path / "a.tar", sample("a", 1))
    assert len(open_collection(shard).records) == 1


def test_a_slice_says_why_it_cannot_be_read(tmp_path: Path) -> None:
    shard = write_tar(tmp_path / "a.tar", sample("a", 1))
    (record,) = open_collection(shard).records
    os.truncate(shard, 600)
    with pytest.raises(DecodeError, match="ends before the picture"):
        content(record)
    shard.unlink()
    with pytest.raises(DecodeError, match="cannot be read: No such file"):
        content(record)


def test_lists_of_pictures_in_shards(tmp_path: Path) -> None:
    shards = tmp_path / "shards"
    for number in range(3):
        write_tar(shards / f"{number}.tar", [*sample(f"k{number}", number), ("x.txt", b"x")])
    rows = [{"key": f"k{n}", "caption": f"{{C}} {n}"} for n in range(4)]
    listed = tmp_path / "list.jsonl"
    listed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    for images in (shards, str(shards / "{0..2}.tar")):
        found = read_collection(listed, images=images)
        assert [(r.key, r.caption) for r in found.records] == [
            (f"k{n}", f"{{C}} {n}") for n in range(3)
        ]
        assert [content(r) for r in found.records] == [picture(n) for n in range(3)]
        assert found.drops.counts() == {"missing": 1}
    write_list(tmp_path / "train.jsonl", found.records)
    again = open_collection(tmp_path / "train.jsonl")
    assert again.records == found.records
    (shards / "1.tar").unlink()
    write_tar(shards / "2.tar", sample("other", 9))
    left = open_collection(tmp_path / "train.jsonl")
    assert [r.key for r in left.records] == ["k0"]
    assert left.drops.counts() == {"missing": 2}


_names = st.text(st.sampled_from("ab.-/\\ é\u202e\n"), min_size=1, max_size=8)
_suffixes = st.sampled_from(["png", "json", "txt", "JPG", "seg.png", "tar", ""])
_member = st.tuples(_names, _suffixes, st.sampled_from([b"", b"{}", b"{A}", b'{"url": 1}']))


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(_member, min_size=1, max_size=10))
def test_whatever_is_in_a_shard_counts_add_up(
    tmp_path: Path, members: list[tuple[str, str, bytes]]
) -> None:
    shard = write_tar(tmp_path / "a.tar", [(f"{name}.{end}", what) for name, end, what in members])
    os.utime(shard, ns=(0, hash(str(members)) % 10**15))
    found = read_collection(shard)
    assert found.found == len(found.records) + found.drops.total
    assert len({record.key for record in found.records}) == len(found.records)
    for record in found.records:
        assert content(record) in {what for _, _, what in members}
