"""Packages with pictures: found, fetched, unpacked, or refused."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from debian_packages import archive_of, deb_of, package_of, put_in_pool, serving, tar_of
from rotten_web import closed_port, picture

from engine.errors import KnownError
from trainer import packages
from trainer.packages import (
    Package,
    fetch_packages,
    find_file,
    find_folder,
    pictures_directory,
    read_packages,
    sha256_of,
    unpack_deb,
)
from trainer.progress import Reporter

FILES = {
    "./usr/share/things/one.png": picture(1),
    "./usr/share/things/deep/er/two.JPG": picture(2, kind="JPEG"),
    "./usr/share/things/one.txt": b"a thing",
    "./usr/share/things/odd.webp": b"odd",
    "./usr/bin/program": b"#!/bin/sh\n",
    "./usr/share/things/readme.md": b"no picture",
}
UNPACKED = {
    "usr/share/things/one.png",
    "usr/share/things/deep/er/two.JPG",
    "usr/share/things/one.txt",
    "usr/share/things/odd.webp",
}


@pytest.fixture(autouse=True)
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, no_proxy: None) -> Path:
    """Where packages are unpacked to; there is no apt."""
    monkeypatch.setenv("RELSIM_PICTURES", str(tmp_path / "pictures"))
    monkeypatch.setattr(packages.shutil, "which", lambda _: None)
    return tmp_path / "pictures"


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A mirror's folder, and its address."""
    (tmp_path / "web" / "debian").mkdir(parents=True)
    with serving(tmp_path / "web") as address:
        yield tmp_path / "web" / "debian", address


def contents(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() or path.is_symlink()
    }


def fetch(package: Package, debs: Path | None = None, mirror: str | None = None) -> str:
    """Fetch one package; what was said."""
    said = io.StringIO()
    nowhere = f"http://127.0.0.1:{closed_port()}/debian"
    fetch_packages([package], Reporter(stream=said), debs=debs, mirror=mirror or nowhere)
    return said.getvalue()


@pytest.mark.parametrize("kind", ["xz", "gz", "bz2", ""])
def test_pictures_are_unpacked_and_nothing_else(kind: str, tmp_path: Path) -> None:
    deb = tmp_path / "a.deb"
    deb.write_bytes(deb_of(FILES, kind=kind, links={"./usr/share/things/link.png": "one.png"}))
    unpack_deb(deb, tmp_path / "root")
    assert contents(tmp_path / "root") == UNPACKED
    for name in UNPACKED:
        assert (tmp_path / "root" / name).read_bytes() == FILES[f"./{name}"]


@pytest.mark.parametrize("name", ["../outside.png", "./usr/../../outside.png"])
def test_a_path_that_leads_out_is_refused(name: str, tmp_path: Path) -> None:
    deb = tmp_path / "a.deb"
    deb.write_bytes(deb_of({name: picture(1)}))
    with pytest.raises(KnownError, match=r"a\.deb is no Debian package that can be read"):
        unpack_deb(deb, tmp_path / "in" / "root")
    assert contents(tmp_path) == {"a.deb"}


def test_an_absolute_path_is_one_below_the_root(tmp_path: Path) -> None:
    deb = tmp_path / "a.deb"
    deb.write_bytes(deb_of({"/usr/share/no-such-package-here/one.png": picture(1)}))
    unpack_deb(deb, tmp_path / "root")
    assert contents(tmp_path / "root") == {"usr/share/no-such-package-here/one.png"}


def test_a_link_to_a_folder_elsewhere_is_not_followed(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:xz") as tar:
        link = tarfile.TarInfo("./usr/away")
        link.type, link.linkname = tarfile.SYMTYPE, str(tmp_path / "away")
        tar.addfile(link)
        member = tarfile.TarInfo("./usr/away/one.png")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"odd"))
    (tmp_path / "away").mkdir()
    deb = tmp_path / "a.deb"
    deb.write_bytes(archive_of({"data.tar.xz": packed.getvalue()}))
    unpack_deb(deb, tmp_path / "root")
    assert contents(tmp_path / "away") == set()
    assert contents(tmp_path / "root") == {"usr/away/one.png"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no ar archive"),
        (b"PK\3\4 something else", "no ar archive"),
        (archive_of({"debian-binary": b"2.0\n"}), "no data.tar"),
        (archive_of({"data.tar.zst": b"\x28\xb5\x2f\xfd" + bytes(600)}), "can be read"),
        (b"!<arch>\n" + b"data.tar" + b"?" * 60, "invalid literal"),
        (archive_of({"data.tar": b""}), "empty file"),
    ],
)
def test_what_is_no_package_is_an_error(content: bytes, said: str, tmp_path: Path) -> None:
    deb = tmp_path / "a.deb"
    deb.write_bytes(content)
    with pytest.raises(KnownError, match=said):
        unpack_deb(deb, tmp_path / "root")


@pytest.mark.parametrize("kind", ["xz", "gz", ""])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.85])
def test_a_package_that_ends_early_is_an_error_wherever_it_ends(
    kind: str, share: float, tmp_path: Path
) -> None:
    noise = b"".join(hashlib.sha256(bytes([n % 256, n // 256])).digest() for n in range(2000))
    # An end within what is skipped looks to tarfile like the end of the archive.
    whole = deb_of({**FILES, "./usr/lib/skipped.so": noise}, kind=kind)
    deb = tmp_path / "a.deb"
    deb.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(KnownError, match="ends too early"):
        unpack_deb(deb, tmp_path / "root")


def test_a_package_comes_from_a_mirror_once(pool: tuple[Path, str], pictures: Path) -> None:
    content = deb_of(FILES)
    package = package_of(content, version="1:0.18+dfsg-1~x")
    put_in_pool(pool[0], package, content)
    assert "made-up-pictures 1:0.18+dfsg-1~x: 0 MB" in fetch(package, mirror=pool[1] + "/")
    assert contents(pictures / "made-up-pictures") == UNPACKED | {".complete"}
    assert {path.name for path in pictures.iterdir()} == {"made-up-pictures"}
    fetch(package)  # the mirror that is asked by default here cannot be reached


def test_a_newer_version_takes_the_place_of_an_older_one(
    pool: tuple[Path, str], pictures: Path
) -> None:
    for version, number in (("1", 1), ("2", 2)):
        content = deb_of({f"./{number}.png": picture(number)})
        package = package_of(content, version=version)
        (pool[0] / package.pool).parent.mkdir(parents=True, exist_ok=True)
        (pool[0] / package.pool).write_bytes(content)
        fetch(package, mirror=pool[1])
    assert contents(pictures / "made-up-pictures") == {"2.png", ".complete"}


def test_another_content_is_refused(pool: tuple[Path, str], pictures: Path) -> None:
    package = package_of(deb_of(FILES))
    put_in_pool(pool[0], package, deb_of({"./other.png": picture(9)}))
    with pytest.raises(KnownError, match=r"is not made-up-pictures 1\.0-1: its hash differs"):
        fetch(package, mirror=pool[1])
    assert contents(pictures) == set()


def test_a_mirror_without_it_says_so_and_what_helps(pool: tuple[Path, str]) -> None:
    with pytest.raises(KnownError, match=r"made-up-pictures_1.*answers 404.*--mirror.*--debs"):
        fetch(package_of(b"anything"), mirror=pool[1])


@pytest.mark.parametrize(
    "mirror", [None, "ftp://127.0.0.1/debian", "file:///debian", "no address", "http://["]
)
def test_a_mirror_that_cannot_be_reached_is_one_error(mirror: str | None, pictures: Path) -> None:
    with pytest.raises(KnownError, match="made-up-pictures cannot be fetched from"):
        fetch(package_of(b"anything"), mirror=mirror)
    assert contents(pictures) == set()


def test_a_folder_of_packages_is_asked_first(tmp_path: Path, pictures: Path) -> None:
    content = deb_of(FILES)
    (tmp_path / "debs").mkdir()
    (tmp_path / "debs" / "made-up-pictures_0.9_all.deb").write_bytes(deb_of({"./x.png": b"x"}))
    (tmp_path / "debs" / "made-up-pictures_1.0-1_all.deb").write_bytes(content)
    (tmp_path / "debs" / "made-up-pictures-more_1_all.deb").write_bytes(b"of another package")
    said = fetch(package_of(content), debs=tmp_path / "debs")
    assert "another version" not in said
    assert contents(pictures / "made-up-pictures") == UNPACKED | {".complete"}


def test_another_version_serves_until_the_right_one_is_there(
    tmp_path: Path, pictures: Path, pool: tuple[Path, str]
) -> None:
    content = deb_of(FILES)
    package = package_of(content)
    (tmp_path / "debs").mkdir()
    (tmp_path / "debs" / "made-up-pictures_0.9_all.deb").write_bytes(deb_of({"./x.png": b"x"}))
    said = fetch(package, debs=tmp_path / "debs")
    assert "made-up-pictures_0.9_all.deb is another version of made-up-pictures" in said
    assert find_file("made-up-pictures", "x.png") == pictures / "made-up-pictures" / "x.png"
    put_in_pool(pool[0], package, content)
    fetch(package, mirror=pool[1])
    assert contents(pictures / "made-up-pictures") == UNPACKED | {".complete"}


def test_a_folder_of_packages_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="There is no folder"):
        fetch(package_of(b"anything"), debs=tmp_path / "debs")


def test_a_place_that_cannot_be_written_is_an_error(pictures: Path) -> None:
    pictures.write_text("a file")
    with pytest.raises(KnownError, match="made-up-pictures cannot be unpacked in"):
        fetch(package_of(b"anything"))


def test_apt_is_asked_for_the_version_then_the_mirror_then_apt_for_any(
    monkeypatch: pytest.MonkeyPatch, pictures: Path
) -> None:
    asked: list[str] = []

    def apt(words: list[str], cwd: Path, **_: object) -> subprocess.CompletedProcess[bytes]:
        asked.append(words[-1])
        assert words[:-1] == ["/some/apt-get", "download", "-q"]
        found = "=" not in words[-1]
        if found:
            (cwd / "made-up-pictures_7_all.deb").write_bytes(deb_of({"./seven.png": b"7"}))
        return subprocess.CompletedProcess(words, 0 if found else 100, b"", b"")

    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/some/{name}")
    monkeypatch.setattr(packages.subprocess, "run", apt)
    said = fetch(package_of(deb_of(FILES)))
    assert asked == ["made-up-pictures=1.0-1", "made-up-pictures"]
    assert "made-up-pictures_7_all.deb is another version" in said
    assert contents(pictures / "made-up-pictures") == {"seven.png", ".complete"}


def test_what_a_relative_of_debian_built_anew_is_taken_from_the_mirror(
    monkeypatch: pytest.MonkeyPatch, pictures: Path, pool: tuple[Path, str]
) -> None:
    content = deb_of(FILES)
    package = package_of(content)
    put_in_pool(pool[0], package, content)

    def apt(words: list[str], cwd: Path, **_: object) -> subprocess.CompletedProcess[bytes]:
        (cwd / "made-up-pictures_1.0-1_all.deb").write_bytes(b"packed in a way that none reads")
        return subprocess.CompletedProcess(words, 0, b"", b"")

    monkeypatch.setattr(packages.shutil, "which", lambda name: f"/some/{name}")
    monkeypatch.setattr(packages.subprocess, "run", apt)
    fetch(package, mirror=pool[1])
    assert contents(pictures / "made-up-pictures") == UNPACKED | {".complete"}


KILLED = """
import os, sys
from pathlib import Path
from trainer import packages
from trainer.progress import Reporter
sys.path.insert(0, sys.argv[2])
from debian_packages import package_of

real, seen = packages._pictures, []

def until_the_second(tar):
    for member in real(tar):
        if seen:
            os._exit(9)
        seen.append(member)
        yield member

packages._pictures = until_the_second
deb = next(Path(sys.argv[1]).glob("*.deb"))
package = package_of(deb.read_bytes())
packages.fetch_packages([package], Reporter.silent(), debs=deb.parent)
"""


def test_a_killed_unpacking_leaves_nothing_that_counts(tmp_path: Path, pictures: Path) -> None:
    content = deb_of(FILES)
    (tmp_path / "debs").mkdir()
    (tmp_path / "debs" / "made-up-pictures_1.0-1_all.deb").write_bytes(content)
    words = [sys.executable, "-c", KILLED, str(tmp_path / "debs"), str(Path(__file__).parent)]
    ended = subprocess.run(words, env=dict(os.environ), check=False)
    assert ended.returncode == 9
    assert any(path.name == "one.png" for path in pictures.rglob("*"))  # it had begun
    assert find_file("made-up-pictures", "usr/share/things/one.png") is None
    assert not (pictures / "made-up-pictures").exists()
    fetch(package_of(content), debs=tmp_path / "debs")
    assert contents(pictures / "made-up-pictures") == UNPACKED | {".complete"}


def test_the_unpacked_file_is_preferred_to_the_installed_one(
    tmp_path: Path, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "system"
    monkeypatch.setattr(packages, "INSTALLED", installed)
    (installed / "usr/share/things").mkdir(parents=True)
    (installed / "usr/share/things/one.png").write_bytes(b"installed")
    assert find_file("things", "usr/share/things/two.png") is None
    assert find_file("things", "usr/share/things/one.png") == installed / "usr/share/things/one.png"
    assert find_folder("things", "usr/share/things") == installed / "usr/share/things"
    unpacked = pictures / "things" / "usr/share/things"
    unpacked.mkdir(parents=True)
    assert find_folder("things", "usr/share/things") == unpacked
    assert find_file("things", "usr/share/things/one.png") == installed / "usr/share/things/one.png"
    (unpacked / "one.png").write_bytes(b"unpacked")
    assert find_file("things", "usr/share/things/one.png") == unpacked / "one.png"
    assert find_folder("things", "usr/share/nothing") == installed / "usr/share/nothing"


def test_a_variable_says_where_pictures_are(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "here" / "things").mkdir(parents=True)
    (tmp_path / "here" / "things" / "one.png").write_bytes(b"1")
    assert find_file("things", "one.png") is None
    monkeypatch.setenv("RELSIM_PICTURES", str(tmp_path / "here"))
    assert pictures_directory() == tmp_path / "here"
    assert find_file("things", "one.png") == tmp_path / "here" / "things" / "one.png"
    monkeypatch.delenv("RELSIM_PICTURES")
    assert pictures_directory().name == "pictures"
    assert "relsim-desktop" in pictures_directory().parts


def test_the_shipped_list_is_sound() -> None:
    shipped = read_packages()
    assert len(shipped) == 17
    for name, package in shipped.items():
        assert package.name == name
        assert package.licence
        assert package.about
        assert package.bytes > 0
        assert len(bytes.fromhex(package.sha256)) == 32
        version = package.version.partition(":")[2] or package.version
        file = package.pool.rpartition("/")[2]
        assert file.startswith(f"{name}_{version}_")
        assert file.endswith(".deb")


def test_a_hash_is_that_of_the_content(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(tar_of({"x": b"abc"}, ""))
    expected = hashlib.sha256(tar_of({"x": b"abc"}, "")).hexdigest()
    assert sha256_of(tmp_path / "a") == expected
