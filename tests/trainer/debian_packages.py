"""Debian packages with pictures, made on the spot, and a mirror on this computer that has them."""

from __future__ import annotations

import functools
import hashlib
import io
import tarfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from trainer.packages import Package


def tar_of(files: Mapping[str, bytes], kind: str, links: Mapping[str, str] | None = None) -> bytes:
    """A tar of files and symbolic links by path, packed as its kind says ("xz", "gz", ...)."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=f"w:{kind}") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
        for name, target in (links or {}).items():
            member = tarfile.TarInfo(name)
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return packed.getvalue()


def archive_of(members: Mapping[str, bytes]) -> bytes:
    """An ``ar`` archive; members of an odd size are followed by a byte that belongs to none."""
    parts = [b"!<arch>\n"]
    for name, content in members.items():
        head = f"{name:<16}{0:<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n"
        parts += [head.encode(), content, b"\n" * (len(content) % 2)]
    return b"".join(parts)


def deb_of(
    files: Mapping[str, bytes], *, kind: str = "xz", links: Mapping[str, str] | None = None
) -> bytes:
    """A Debian package that installs the files; its first members have odd sizes."""
    return archive_of(
        {
            "debian-binary": b"2.0\n\n",
            "control.tar.gz": b"not looked into",
            "data.tar" + (f".{kind}" if kind else ""): tar_of(files, kind, links),
        }
    )


def package_of(content: bytes, name: str = "made-up-pictures", version: str = "1.0-1") -> Package:
    """What the project says of a package."""
    return Package(
        name=name,
        version=version,
        licence="public domain",
        about="made up",
        pool=f"pool/main/m/{name}/{name}_{version}_all.deb",
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def put_in_pool(mirror: Path, package: Package, content: bytes) -> None:
    """Let a mirror have a package."""
    path = mirror / package.pool
    path.parent.mkdir(parents=True)
    path.write_bytes(content)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Not of interest."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of a folder's files."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/debian"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
