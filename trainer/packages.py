"""Fetches the Debian packages whose pictures are annotated, and finds their files.

The project holds annotations only: package, path and hash of the content. The pictures come from
the packages, on any system: an archive is opened here, without dpkg and without being root.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from platformdirs import user_cache_path

from engine.errors import KnownError
from resources import ROOT
from trainer.progress import Reporter

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

INSTALLED = Path("/")
MIRROR = "http://deb.debian.org/debian"
PHASE = "Fetching packages"
_PICTURES = {".png", ".jpg", ".jpeg", ".webp", ".txt"}  # stamps are named by a text beside them
_AR_MAGIC = b"!<arch>\n"
_AR_HEADER = 60
_TIMEOUT_S = 60.0
_READY = ".complete"  # in a folder of pictures, with the version that they are of
_OTHER = "another version"


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package with pictures.

    Attributes:
        name: Of the package.
        version: The one that was annotated.
        licence: Of its pictures.
        about: What the pictures are.
        pool: Where a mirror has it.
        bytes: Size of the archive.
        sha256: Of the archive.
    """

    name: str
    version: str
    licence: str
    about: str
    pool: str
    bytes: int
    sha256: str


def read_packages(path: Path = ROOT / "relbench" / "packages.json") -> dict[str, Package]:
    """The packages by name, in the order of the file."""
    document = json.loads(path.read_text(encoding="utf-8"))
    packages = [Package(**entry) for entry in document["packages"]]
    return {package.name: package for package in packages}


def pictures_directory() -> Path:
    """Where packages are unpacked; ``RELSIM_PICTURES`` overrides the platform's cache folder."""
    override = os.environ.get("RELSIM_PICTURES")
    if override:
        return Path(override).expanduser()
    return user_cache_path("relsim-desktop", appauthor=False) / "pictures"


def places(package: str) -> tuple[Path, ...]:
    """Folders that stand for the root of a package: where it is unpacked, and the system's."""
    return (pictures_directory() / package, INSTALLED)


def find_file(package: str, path: str) -> Path | None:
    """A file of a package on this machine, unpacked or installed; None if it is not there.

    Args:
        package: Its name.
        path: Below the root, as in the package.
    """
    candidates = (place / path for place in places(package))
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def find_folder(package: str, path: str) -> Path:
    """A folder of a package, unpacked or installed; the system's where there is none.

    Args:
        package: Its name.
        path: Below the root, as in the package.
    """
    candidates = [place / path for place in places(package)]
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fetch_packages(
    packages: list[Package], reporter: Reporter, *, debs: Path | None = None, mirror: str = MIRROR
) -> None:
    """Unpack the pictures of packages into `pictures_directory`; those that are there are kept.

    A folder or an apt that has another version of a package is taken at its word: most pictures
    are the same in all versions, and each of them has a hash. What was unpacked of another version
    is asked for again the next time.

    Args:
        packages: What to fetch.
        reporter: Is told how far it is, in packages.
        debs: A folder of archives that were fetched already, asked first.
        mirror: Of Debian; asked where neither the folder nor apt has the package.

    Raises:
        KnownError: If a package can be had nowhere, is no archive, or cannot be written.
    """
    if debs is not None and not debs.is_dir():
        raise KnownError(f"There is no folder {debs}")
    for number, package in enumerate(packages):
        reporter.step(PHASE, number, len(packages))
        target = pictures_directory() / package.name
        if _version_in(target) == package.version:
            continue
        reporter.note(f"{package.name} {package.version}: {package.bytes / 1e6:.0f} MB")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=target.parent, prefix=".fetching-") as folder:
                archive = _obtain(package, Path(folder), debs, mirror)
                unpacked = Path(folder) / "root"
                unpack_deb(archive, unpacked)
                version = package.version if sha256_of(archive) == package.sha256 else _OTHER
                (unpacked / _READY).write_text(version + "\n", encoding="utf-8")
                shutil.rmtree(target, ignore_errors=True)
                unpacked.replace(target)
        except OSError as error:
            raise KnownError(f"{package.name} cannot be unpacked in {target}: {error}") from error
        if version == _OTHER:
            reporter.note(f"{archive.name} is {_OTHER} of {package.name}")
    reporter.step(PHASE, len(packages), len(packages))


def _version_in(folder: Path) -> str:
    """The version whose pictures a folder holds; empty if it does not hold all of any."""
    ready = folder / _READY
    return ready.read_text(encoding="utf-8").strip() if ready.is_file() else ""


def _obtain(package: Package, folder: Path, debs: Path | None, mirror: str) -> Path:
    """The archive of a package, from the first place that has it."""
    if debs is not None:
        found = sorted(debs.glob(f"{package.name}_*.deb"))
        right = (path for path in found if sha256_of(path) == package.sha256)
        given = next(right, None) or next(iter(found), None)
        if given is not None:
            return given
    exact = _ask_apt(f"{package.name}={package.version}", folder)
    if exact is not None and sha256_of(exact) == package.sha256:
        return exact
    try:  # relatives of Debian build packages of the same version anew, which are other archives
        return _download(package, folder / "package.deb", mirror)
    except KnownError:
        other = exact or _ask_apt(package.name, folder)
        if other is None:
            raise
        return other


def _ask_apt(wanted: str, folder: Path) -> Path | None:
    """The archive of a package by apt; None where there is no apt, or it has no such package."""
    apt = shutil.which("apt-get")
    if apt is None:
        return None
    inside = Path(tempfile.mkdtemp(dir=folder))
    words = [apt, "download", "-q", wanted]
    called = subprocess.run(words, cwd=inside, capture_output=True, check=False)  # noqa: S603
    return next(inside.glob("*.deb"), None) if called.returncode == 0 else None


def _download(package: Package, target: Path, mirror: str) -> Path:
    """The archive of a package from a mirror, with the hash that it has to have."""
    import httpx2

    address = f"{mirror.rstrip('/')}/{quote(package.pool)}"
    advice = "Name another --mirror, or a folder that holds the package with --debs"
    # Identity: an archive that is packed once more would have another hash.
    headers = {"Accept-Encoding": "identity", "User-Agent": "relsim-train"}
    try:
        with (
            httpx2.stream(
                "GET", address, headers=headers, timeout=_TIMEOUT_S, follow_redirects=True
            ) as answer,
            target.open("wb") as file,
        ):
            answer.raise_for_status()
            for chunk in answer.iter_bytes():
                file.write(chunk)
    except httpx2.HTTPStatusError as error:
        status = error.response.status_code
        raise KnownError(
            f"{package.name} cannot be fetched: {address} answers {status}. {advice}"
        ) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, ImportError, ValueError) as error:
        reason = str(error) or type(error).__name__
        raise KnownError(
            f"{package.name} cannot be fetched from {address}: {reason}. {advice}"
        ) from error
    if sha256_of(target) != package.sha256:
        raise KnownError(f"{address} is not {package.name} {package.version}: its hash differs")
    return target


def unpack_deb(archive: Path, target: Path) -> None:
    """Unpack the pictures of a Debian package, and nothing else.

    Args:
        archive: ``ar`` with a ``data.tar`` that is plain or packed by gzip, bzip2 or xz.
        target: A folder that stands for the package's root; created.

    Raises:
        KnownError: If it is no such archive.
    """
    target.mkdir(parents=True, exist_ok=True)
    try:
        with archive.open("rb") as file:
            data = _member(file, "data.tar")
            with tarfile.open(fileobj=data, mode="r|*") as tar:
                tar.extractall(target, members=_pictures(tar), filter="data")
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise KnownError(f"{archive} is no Debian package that can be read: {error}") from error


def _pictures(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for member in tar:
        if member.isfile() and PurePosixPath(member.name).suffix.lower() in _PICTURES:
            yield member


class _Part(io.RawIOBase):
    """A stretch of a file, read from its beginning on.

    An archive that ends early is an error here: tarfile would take it for one that is complete.
    """

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        wanted = min(self._left, len(view))
        content = self._file.read(wanted)
        if len(content) < wanted:
            raise EOFError("it ends too early")
        view[:wanted] = content
        self._left -= wanted
        return wanted


def _member(file: BinaryIO, name: str) -> io.BufferedReader:
    """The first member of an ``ar`` archive whose name begins so."""
    if file.read(len(_AR_MAGIC)) != _AR_MAGIC:
        raise ValueError("it is no ar archive")
    while len(header := file.read(_AR_HEADER)) == _AR_HEADER:
        size = int(header[48:58])
        if header[:16].decode("ascii", "replace").startswith(name):
            return io.BufferedReader(_Part(file, size))
        file.seek(size + size % 2, io.SEEK_CUR)
    raise ValueError(f"it holds no {name}")
