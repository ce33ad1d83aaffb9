"""Captions for a whole collection: each picture once, whatever ends the work on the way."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

from PIL.Image import Image

from engine.errors import KnownError
from engine.jobs import JobControl
from engine.models.anonymity import is_anonymous, leaks
from engine.models.chosen import ModelRequest, choose
from engine.models.large import LargeModel
from engine.models.manager import ModelManager
from engine.types import Description, UInt8
from trainer.data.collection import open_collection
from trainer.data.records import Collection, Record
from trainer.filter.pictures import prepared_batches

FORMAT: Final = "relsim-captions"
VERSION: Final = 1

_BEGINNING = json.dumps({"format": FORMAT}).encode()[:-1]
_PHASE = "Describing"
_READERS = 2  # a caption takes far longer than a picture's decoding


class Writer(Protocol):
    """What `engine.models.captioner.AnonymousCaptioner` is here."""

    @property
    def key(self) -> str:
        """Names the model and its weights."""
        ...

    @property
    def batch_size(self) -> int:
        """How many pictures one call should describe for the best rate."""
        ...

    @property
    def min_side(self) -> int:
        """Shorter side in pixels that a decoded picture should keep before `prepare`."""
        ...

    def prepare(self, image: Image) -> UInt8:
        """Turn an upright RGB picture into the model's input. Any thread."""
        ...

    def caption(
        self, prepared: Sequence[UInt8], *, seed: int | None, control: JobControl | None
    ) -> list[Description]:
        """Describe pictures."""
        ...


@dataclass(frozen=True, slots=True)
class FillSettings:
    """What is captioned, and by whom.

    Attributes:
        source: What `trainer.data.collection.open_collection` reads.
        captioner: A checkpoint in the released layout, or an id of the catalogue; None for the one
            that is installed.
        out: The file of captions; what is in it already stays, and is not written again.
        images: Where the pictures of a list lie.
        base: The Qwen2.5-VL of the captioner; None for the one that it names, or holds.
        seed: None for the likeliest captions, else they are sampled from this seed.
    """

    source: str
    captioner: str | None
    out: Path
    images: Path | None = None
    base: str | None = None
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class FillReport:
    """What was done. ``found == had + written + sum(dropped.values())``.

    Attributes:
        found: Pictures that the source spoke of.
        had: Those that had a caption before.
        written: Those that have one now.
        dropped: Those without, by reason.
        leaking: Of all captions those that name a thing outside their slots.
        anonymous: Of all captions those that are one sound line with a slot and leak nothing.
    """

    found: int
    had: int
    written: int
    dropped: Mapping[str, int]
    leaking: int
    anonymous: int

    def document(self) -> dict[str, Any]:
        """For one JSON document."""
        return {
            "found": self.found,
            "had": self.had,
            "written": self.written,
            "dropped": dict(self.dropped),
            "leaking": self.leaking,
            "anonymous": self.anonymous,
        }

    def text(self) -> str:
        """For people."""
        reasons = "".join(f", {count:,} {reason}" for reason, count in self.dropped.items())
        return (
            f"{self.found:,} pictures: {self.written:,} captions written, {self.had:,} were there"
            f"{reasons}\n{self.anonymous:,} captions are anonymous, {self.leaking:,} name a thing"
            " that they should hide\n"
        )


def fill_captions(settings: FillSettings, control: JobControl | None = None) -> FillReport:
    """Caption a collection; an interrupted run goes on where it was.

    Args:
        settings: What is captioned, and by whom.
        control: Told of the progress ("Describing"), looked at before each word.

    Raises:
        KnownError: If the source or the captioner is not there, or `out` is something else or of
            another captioner.
        Cancelled: If told to; what was written stays.
    """
    control = control or JobControl()
    collection = open_collection(settings.source, images=settings.images, control=control)
    model = _load(settings)
    try:
        assert model.captioner is not None, "it was asked for"
        return caption_collection(
            collection, model.captioner, settings.out, seed=settings.seed, control=control
        )
    finally:
        model.close()


def caption_collection(
    collection: Collection,
    writer: Writer,
    out: Path,
    *,
    seed: int | None = None,
    control: JobControl,
) -> FillReport:
    """Caption the pictures that have no caption in `out` yet.

    A line holds ``key``, ``caption``, ``confidence`` (0..1), ``flags`` (what the caption names
    outside its slots), ``anonymous``, and ``file`` and ``url`` where they are known, so that
    `trainer.data` reads the file as a collection. Pictures without a caption are listed, with the
    reason, in a file beside it (``.dropped.jsonl``); they are tried again the next time.

    Args:
        collection: What to caption.
        writer: Who does.
        out: Made if it is not there.
        seed: See `FillSettings`.
        control: See `fill_captions`.

    Raises:
        KnownError: If `out` is something else or was written by another captioner, or cannot be
            written.
        Cancelled: If told to; every batch that was done is in the file.
    """
    drops = collection.drops.copy()
    with _opened(out, {"captioner": writer.key, "seed": seed}) as (file, before):
        keys = {record.key for record in collection.records}
        known = {key: line for key, line in before.items() if key in keys}
        had, leaking = len(known), sum(bool(line["flags"]) for line in known.values())
        anonymous = sum(bool(line["anonymous"]) for line in known.values())
        todo = [record for record in collection.records if record.key not in known]
        written, done, total = 0, had, len(keys)
        try:
            for batch in prepared_batches(todo, writer, threads=_READERS):
                control.checkpoint()
                for drop in batch.drops:
                    drops.add(drop.reason, drop.key, drop.detail)
                said = (
                    writer.caption(batch.pictures, seed=seed, control=control)
                    if batch.pictures
                    else []
                )
                lines = []
                for record, description in zip(batch.records, said, strict=True):
                    if not description.text:
                        drops.add("empty-caption", record.key, "the captioner wrote nothing")
                        continue
                    lines.append(_line(record, description, out))
                _append(file, lines)
                written += len(lines)
                leaking += sum(bool(line["flags"]) for line in lines)
                anonymous += sum(bool(line["anonymous"]) for line in lines)
                done += len(batch.records) + len(batch.drops)
                control.report(_PHASE, done, total, drops.total - collection.drops.total)
        finally:
            drops.write(out.with_suffix(".dropped.jsonl"))
    report = FillReport(
        collection.found, had, written, drops.counts(), leaking=leaking, anonymous=anonymous
    )
    assert report.found == report.had + report.written + drops.total, "a picture got lost"
    return report


def _load(settings: FillSettings) -> LargeModel:
    request = ModelRequest(captioner=settings.captioner, base=settings.base)
    chosen = choose(request, ModelManager(), lambda *_: None)
    if chosen.captioner is None:
        raise KnownError(
            "No captioner is installed: name a checkpoint with --captioner, or get the released one"
            " with 'relsim models download relsim-captioner-7b'"
        )
    return LargeModel.load(None, chosen.captioner, chosen.precisions)


@contextmanager
def _opened(
    path: Path, made_by: Mapping[str, Any]
) -> Iterator[tuple[BinaryIO, dict[str, dict[str, Any]]]]:
    """The file of captions, open at its end, and the captions in it by key.

    A last line that a kill cut short is removed.
    """
    header = {"format": FORMAT, "version": VERSION, **made_by}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            file.seek(0)
            whole = file.read()
            end = whole.rfind(b"\n") + 1
            lines = whole[:end].splitlines()
            if lines or not whole.startswith(_BEGINNING[: len(whole)]):
                _check_header(path, lines[0] if lines else whole, header)
            captions = _captions(path, lines[1:])
            file.truncate(end)
            if not lines:
                _append(file, [header])
            yield file, captions
    except OSError as error:
        raise KnownError(f"{path} cannot be written: {error.strerror or error}") from error


def _check_header(path: Path, line: bytes, header: Mapping[str, Any]) -> None:
    try:
        found = json.loads(line)
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise KnownError(f"{path} is no file of captions: name another with --out")
    if found.get("version") != VERSION:
        raise KnownError(
            f"{path} has version {found.get('version')}, this program writes {VERSION}: update it"
        )
    if found != header:
        raise KnownError(
            f"{path} was written by {found.get('captioner')} (seed {found.get('seed')}), not by"
            f" {header['captioner']} (seed {header['seed']}): name another file with --out"
        )


def _captions(path: Path, lines: Sequence[bytes]) -> dict[str, dict[str, Any]]:
    found = {}
    for number, line in enumerate(lines, start=2):
        try:
            content = json.loads(line)
            found[str(content["key"])] = {name: content[name] for name in ("flags", "anonymous")}
        except (ValueError, KeyError, TypeError) as error:
            raise KnownError(
                f"{path}, line {number}, is damaged ({error!r}): remove it, and it is written anew"
            ) from error
    return found


def _append(file: BinaryIO, lines: Sequence[Mapping[str, Any]]) -> None:
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    file.write(text.encode())
    file.flush()
    os.fsync(file.fileno())


def _line(record: Record, description: Description, out: Path) -> dict[str, Any]:
    caption = description.text or ""
    line: dict[str, Any] = {
        "key": record.key,
        "caption": caption,
        "confidence": round(description.confidence, 4),
        "flags": list(leaks(caption)),
        "anonymous": is_anonymous(caption),
    }
    if isinstance(record.source, Path):
        path, folder = record.source.absolute(), out.absolute().parent
        line["file"] = str(path.relative_to(folder) if path.is_relative_to(folder) else path)
    if record.url is not None:
        line["url"] = record.url
    return line
