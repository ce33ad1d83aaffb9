"""Opens what holds pictures: it finds out by itself what that is."""

from __future__ import annotations

from collections.abc import Collection as Some
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from engine.errors import KnownError
from engine.imaging import SUPPORTED
from engine.jobs import JobControl
from trainer.data.checking import verify
from trainer.data.folders import FilePictures, gather_folder
from trainer.data.gathering import Gathering
from trainer.data.inside import InsidePictures
from trainer.data.lists import Line, gather_groups, is_groups_file, read_document, read_lines
from trainer.data.records import Collection, load_picture
from trainer.data.rows import RowError
from trainer.data.shards import ShardPictures, expand_shards, gather_shards
from trainer.data.splitting import split
from trainer.data.tables import gather_table, open_table, table_paths, table_rows

__all__ = ["Collection", "load_picture", "open_collection", "read_collection", "split", "verify"]

_LISTS: Final = (".jsonl", ".ndjson")
_NAMED_LISTS: Final = (
    "captions.jsonl",
    "metadata.jsonl",
    "labels.jsonl",
)  # in a folder of pictures
_TRUTH: Final = "scenes.jsonl"
_KNOWN: Final = (
    "a folder of pictures, of scenes, of .tar shards or of .parquet tables; a .jsonl or .json list;"
    " the released seed_group.json; a groups file; a .tar, or a pattern such as {00000..00041}.tar"
)


def open_collection(
    source: str | Path,
    *,
    images: Path | None = None,
    needs: Some[str] = (),
    control: JobControl | None = None,
) -> Collection:
    """Read what a source says of pictures. No picture is decoded: that is what `verify` does.

    114,881 lines with their files take seconds. What is recognised: a folder of pictures (with
    ``.txt`` or ``.json`` beside them, or one list of all), a folder of scenes, lists in JSON lines
    or JSON, the released seed groups and captions, our groups files, WebDataset shards, and parquet
    tables that hold pictures, or URLs of pictures that `images` holds.

    Args:
        source: File, folder, or a pattern of shards with braces.
        images: Where the pictures of a list lie, if not beside it: a folder of files, or shards (a
            folder of them, one, or a pattern).
        needs: Fields (`trainer.data.records.FIELDS`) that a record must have.
        control: Checked, and told how far it is.

    Returns:
        Records and drops.

    Raises:
        KnownError: If it is nothing known, cannot be read, or holds nothing that can be used.
        Cancelled: If `control` was told to cancel.
    """
    return read_collection(source, images=images, needs=needs, control=control).require_some()


def read_collection(
    source: str | Path,
    *,
    images: str | Path | None = None,
    needs: Some[str] = (),
    control: JobControl | None = None,
) -> Collection:
    """The same as `open_collection`, but there may be nothing in it that can be used."""
    name = str(source)
    gathering = Gathering(needs, control)
    path = Path(source).expanduser()
    if not path.exists() and "{" in name:
        shards = expand_shards(name)
        gather_shards(shards, gathering, control)
        return gathering.collection(name, f"{len(shards):,} WebDataset shards")
    try:
        if path.is_dir():
            kind = _read_folder(path, images, gathering, control)
        elif path.is_file():
            kind = _read_file(path, images, gathering, control)
        else:
            raise KnownError(f"There is no {name}: a source is {_KNOWN}")
    except OSError as error:
        raise KnownError(f"{name} cannot be read: {error.strerror}") from error
    return gathering.collection(name, kind)


def _read_folder(
    folder: Path, images: str | Path | None, gathering: Gathering, control: JobControl | None
) -> str:
    if (folder / _TRUTH).is_file():
        return _read_file(folder / _TRUTH, images, gathering, control)
    for name in _NAMED_LISTS:
        if (folder / name).is_file():
            kind = _read_file(folder / name, images, gathering, control)
            gather_folder(folder, gathering, control=control, known=gathering.files)
            return f"a folder of pictures, and {kind} ({name})"
    shards = shard_paths(folder)
    if shards:
        gather_shards(shards, gathering, control)
        return f"a folder of {len(shards):,} WebDataset shards"
    if table_paths(folder):
        return _read_tables(table_paths(folder), images, gathering)
    gather_folder(folder, gathering, control=control)
    if not gathering.count:
        raise KnownError(f"{folder} holds nothing that is known; a source is {_KNOWN}")
    return "a folder of pictures"


def _read_file(
    path: Path, images: str | Path | None, gathering: Gathering, control: JobControl | None
) -> str:
    suffix = path.suffix.lower()
    if suffix in _LISTS and is_groups_file(path):
        gather_groups(path, gathering)
        return "a groups file"
    if suffix in _LISTS:
        _take(read_lines(path), path, images, gathering)
        return "scenes" if path.name == _TRUTH else "a list in JSON lines"
    if suffix == ".json":
        kind, lines = read_document(path)
        _take(lines, path, images, gathering)
        return kind
    if suffix == ".tar":
        gather_shards([path], gathering, control)
        return "one WebDataset shard"
    if table_paths(path):
        return _read_tables([path], images, gathering)
    if suffix == ".txt":
        raise KnownError(
            f"{path} is a list of URLs: fetch the pictures with `relsim-train data fetch`"
        )
    if suffix in SUPPORTED:
        raise KnownError(f"{path} is one picture: name its folder")
    raise KnownError(f"{path} is nothing known; a source is {_KNOWN}")


def _read_tables(paths: list[Path], images: str | Path | None, gathering: Gathering) -> str:
    tables = [open_table(path) for path in paths]
    count = f"{len(paths):,} parquet tables" if len(paths) > 1 else "a parquet table"
    if images is None and all(table.pictures is not None for table in tables):
        gather_table(tables, gathering)
        return f"{count} with pictures inside"
    if images is None:
        raise KnownError(
            f"{paths[0]} holds no pictures: fetch them with `relsim-train data fetch`, or say with"
            " --images where they are"
        )
    _take(table_rows(tables), paths[0], images, gathering)
    return f"{count} of URLs"


def _take(
    lines: Iterable[Line], path: Path, images: str | Path | None, gathering: Gathering
) -> None:
    pictures, inside = _pictures(path.parent, images), InsidePictures(path.parent)
    for place, row in lines:
        if isinstance(row, RowError):
            gathering.refuse(row, place)
        else:
            where = pictures if row.inside is None else inside
            gathering.take(row, where.find(row), where.where)


def _pictures(folder: Path, images: str | Path | None) -> FilePictures | ShardPictures:
    if images is None:
        return FilePictures(folder, None)
    path = Path(images).expanduser()
    shards = expand_shards(str(images)) if "{" in str(images) else shard_paths(path)
    if shards:
        return ShardPictures(shards, str(images))
    if not path.is_dir():
        raise KnownError(f"There is no folder {images} with the pictures of the list")
    return FilePictures(folder, path)


def shard_paths(path: Path) -> list[Path]:
    """The shards that a path means: itself, or those in a folder, sorted; else none."""
    if path.is_dir():
        return sorted(p for p in path.iterdir() if p.suffix.lower() == ".tar" and p.is_file())
    return [path] if path.suffix.lower() == ".tar" and path.is_file() else []
