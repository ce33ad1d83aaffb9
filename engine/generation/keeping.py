"""Keeping pictures that were made: in a folder of the library, and on a board."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image as Pillow

from engine.errors import KnownError, QueryError
from engine.generation.generators import Generated
from engine.generation.ranking import Candidate
from engine.imaging import content_id, content_id_of, naming
from engine.jobs import JobControl
from engine.paths import KEPT_PICTURES
from engine.types import BoardChange, Query
from engine.writing import write_file

if TYPE_CHECKING:
    from engine.service import Engine


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of pictures that were kept.

    Attributes:
        board_id: The board they are on.
        image_ids: Their images, in the order given.
        paths: Their files, in the same order.
        change: What undoes putting them on the board; see `Boards.restore`. The files stay.
    """

    board_id: int
    image_ids: tuple[int, ...]
    paths: tuple[Path, ...]
    change: BoardChange


def keep(
    engine: Engine,
    candidates: Sequence[Candidate],
    *,
    prompt: str,
    reference: Query,
    board: str | int,
    control: JobControl,
) -> Kept:
    """Write pictures as PNG, take them into the library, and put them on a board.

    Prompt, generator and seed stand in the text of each PNG. To keep a picture twice makes no
    second file. A reference that the library knows goes on the board first.

    Args:
        engine: The library.
        candidates: One or more.
        prompt: What they were made from.
        reference: What they are analogies of.
        board: Id of a board, or the name of one, which is made if there is none.
        control: Progress and cancel; after cancel the files stay and are found when indexed.

    Raises:
        QueryError: If there is no such board, its name is empty, or there is nothing to keep.
        KnownError: If a file cannot be written, or another run holds the library.
        Cancelled: If `control` was told to.
    """
    if not candidates:
        raise QueryError("Choose the pictures to keep first")
    _require_board(engine, board)
    pictures = [candidate.generated for candidate in candidates]
    paths = []
    for done, one in enumerate(pictures):
        control.report("Writing", done, len(pictures))
        control.checkpoint()
        paths.append(write_picture(engine.library_dir / KEPT_PICTURES, one, prompt))
    engine.index([engine.library_dir / KEPT_PICTURES], control=control, thumbnails=True)
    image_ids = tuple(_image_at(engine, path) for path in paths)
    known = _known(engine, reference)
    change = _put(engine, board, [*known, *image_ids], dict.fromkeys(image_ids, prompt))
    assert change.after is not None, "a board that was added to is there"
    return Kept(change.after.board_id, image_ids, tuple(paths), change)


def png(generated: Generated, prompt: str) -> bytes:
    """A picture as a PNG file that says where it comes from. The same picture, the same bytes."""
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_itxt("Description", prompt.encode(errors="replace").decode())
    text.add_itxt("Software", generated.generator)
    if generated.seed is not None:
        text.add_itxt("Seed", str(generated.seed))
    content = io.BytesIO()
    generated.image.save(content, format="PNG", pnginfo=text)
    return content.getvalue()


def written(path: Path, prompt: str) -> Generated | None:
    """The picture of a file that `png` gave; None if that is not whole, or of another prompt."""
    try:
        with Pillow.open(path) as file:
            file.load()
            text = getattr(file, "text", {})
            image = file.convert("RGB")
    except (OSError, ValueError, SyntaxError):
        return None
    if text.get("Description") != prompt or "Software" not in text:
        return None
    seed = text.get("Seed", "")
    return Generated(image, int(seed) if seed.isdecimal() else None, str(text["Software"]))


def write_picture(folder: Path, generated: Generated, prompt: str) -> Path:
    """Write a picture under a name that says what it shows and is its own; twice makes one file.

    Args:
        folder: Made if it is not there.
        generated: The picture.
        prompt: What it was made from.

    Raises:
        KnownError: If it cannot be written.
    """
    content = png(generated, prompt)
    words = re.sub(r"[^a-z0-9]+", "-", prompt.lower()).strip("-")[:60].rstrip("-")
    path = folder / f"{words or 'picture'}-{content_id(content)[:8]}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"{folder} cannot be made: {error.strerror or error}") from error
    if not path.is_file():
        write_file(path, content)
    return path


def _require_board(engine: Engine, board: str | int) -> None:
    """Refuse before any file is written what would be refused after."""
    if isinstance(board, int):
        engine.judgements.board(board)
    elif not board.strip():
        raise QueryError("Give the board a name")


def _image_at(engine: Engine, path: Path) -> int:
    found = engine.store.image_at(path)
    if found is None:
        raise KnownError(
            f"{path} was written but is not in the library: see whether a rule leaves it out"
        )
    return found


def _known(engine: Engine, reference: Query) -> list[int]:
    """The reference's image, if a file of the library shows it."""
    if isinstance(reference, int):
        found: int | None = reference
    elif isinstance(reference, Path):
        with naming(reference):
            found = engine.store.image_of(content_id_of(reference))
    else:
        return []
    return [] if found is None or engine.store.path_of(found) is None else [found]


def _put(
    engine: Engine, board: str | int, image_ids: Sequence[int], notes: dict[int, str]
) -> BoardChange:
    """Put images on a board, each with a note, as one change."""
    boards = engine.judgements
    wanted = " ".join(board.split()).casefold() if isinstance(board, str) else board
    there = next((b for b in boards.boards() if wanted in (b.board_id, b.name.casefold())), None)
    if there is None:
        change = boards.create_board(str(board), tuple(dict.fromkeys(image_ids)))
    else:
        new = [one for one in dict.fromkeys(image_ids) if one not in there.images]
        change = boards.add(there.board_id, new)
    before, after = change.before, change.after
    for image_id, note in notes.items():
        assert after is not None, "a board that was added to is there"
        if not after.notes.get(image_id):  # what a person wrote stays
            after = boards.note(after.board_id, image_id, note).after
    return BoardChange(before, after)
