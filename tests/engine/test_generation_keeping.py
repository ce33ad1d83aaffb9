"""Pictures that are kept: files in the library's own folder, images, a board, and undoing it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from drawn_pictures import draw
from PIL import Image

from engine.errors import KnownError, QueryError
from engine.generation.generators import Generated
from engine.generation.keeping import Kept, keep, write_picture, written
from engine.generation.ranking import Candidate, rank
from engine.jobs import Cancelled, JobControl
from engine.service import Engine
from engine.types import Query

PROMPT = "A ring of blue squares, “kept”"


@pytest.fixture
def around(tmp_path: Path, pictures: Path) -> Iterator[Engine]:
    """A library whose own folder lies inside the folder that it covers."""
    with Engine.open(tmp_path / "own" / "library") as engine:
        engine.index([tmp_path])
        yield engine


def candidates(engine: Engine, reference: Query) -> list[Candidate]:
    made = [
        Generated(draw("ring", "royalblue"), 4, "diffusers/tiny"),
        Generated(draw("ring", "seagreen", (200, 160)), None, "endpoint/painter"),
    ]
    return rank(engine, reference, made, JobControl())


def kept(engine: Engine, reference: Query, board: str | int = "Rings") -> Kept:
    found = candidates(engine, reference)
    return keep(
        engine, found, prompt=PROMPT, reference=reference, board=board, control=JobControl()
    )


def test_pictures_become_images_on_a_board_beside_the_reference(
    engine: Engine, pictures: Path
) -> None:
    engine.index([pictures])
    before = {path.name: path.read_bytes() for path in pictures.iterdir()}
    reference = pictures / "ring-crimson.png"

    result = kept(engine, reference)

    found = candidates(engine, reference)
    assert [path.parent for path in result.paths] == [engine.library_dir / "analogies"] * 2
    for path, one in zip(result.paths, found, strict=True):
        assert path.name.startswith("a-ring-of-blue-squares-kept-")
        with Image.open(path) as picture:
            assert picture.format == "PNG"
            assert picture.text["Description"] == PROMPT
            assert picture.text["Software"] == one.generated.generator
            assert picture.text.get("Seed") == (
                None if one.generated.seed is None else str(one.generated.seed)
            )
            assert picture.tobytes() == one.generated.image.tobytes()
    known = engine.store.image_at(reference)
    board = engine.judgements.board(result.board_id)
    assert board.name == "Rings"
    assert board.images == (known, *result.image_ids)
    assert dict(board.notes) == dict.fromkeys(result.image_ids, PROMPT)
    assert result.image_ids[0] in [n.image_id for n in engine.neighbors(reference, 6)]
    assert {path.name: path.read_bytes() for path in pictures.iterdir()} == before
    assert engine.health().problems == ()


def test_keeping_is_undone_and_done_again_as_one_change(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    boards = engine.judgements
    mine = boards.create_board("Mine", [1]).after
    assert mine is not None

    result = kept(engine, 1, "  mine ")

    assert (result.change.before, result.board_id) == (mine, mine.board_id)
    assert result.change.after == boards.board(mine.board_id)
    assert boards.board(mine.board_id).images == (1, *result.image_ids)
    boards.restore(mine.board_id, result.change.before)
    assert boards.board(mine.board_id) == mine
    boards.restore(mine.board_id, result.change.after)
    assert boards.board(mine.board_id).images == (1, *result.image_ids)
    new = kept(engine, 1, "Another")
    boards.restore(new.board_id, new.change.before)
    assert [board.name for board in boards.boards()] == ["Mine"]


def test_to_keep_twice_makes_no_second_file_and_leaves_notes_alone(
    engine: Engine, pictures: Path
) -> None:
    engine.index([pictures])
    first = kept(engine, draw("ring", "crimson"))
    engine.judgements.note(first.board_id, first.image_ids[0], "the best one")

    second = kept(engine, draw("ring", "crimson"), first.board_id)

    assert (second.paths, second.image_ids) == (first.paths, first.image_ids)
    assert len(list((engine.library_dir / "analogies").iterdir())) == 2
    assert second.change.before == second.change.after
    board = engine.judgements.board(first.board_id)
    assert board.images == first.image_ids, "a picture in memory is no image of the library"
    assert board.notes[first.image_ids[0]] == "the best one"


def test_a_scan_of_a_folder_around_the_library_keeps_them(around: Engine, tmp_path: Path) -> None:
    result = kept(around, tmp_path / "pictures" / "ring-crimson.png")

    report = around.index([tmp_path])

    assert (report.found, report.reused) == (14, 14), "its pictures, and nothing else of its own"
    assert all(picture.is_online for picture in around.judgements.pictures(result.board_id))
    assert [folder.path for folder in around.store.folders()] == [tmp_path]


def test_what_would_be_refused_is_refused_before_anything_is_written(
    engine: Engine, pictures: Path
) -> None:
    engine.index([pictures])
    for board in (77, "  "):
        with pytest.raises(QueryError):
            kept(engine, 1, board)
    with pytest.raises(QueryError, match="Choose"):
        keep(engine, [], prompt=PROMPT, reference=1, board="Rings", control=JobControl())
    control = JobControl()
    control.cancel()
    found = candidates(engine, 1)
    with pytest.raises(Cancelled):
        keep(engine, found, prompt=PROMPT, reference=1, board="Rings", control=control)
    assert not (engine.library_dir / "analogies").exists()
    assert engine.judgements.boards() == []


@pytest.mark.parametrize("seed", [7, None])
def test_a_file_is_read_back_if_it_is_whole_and_of_that_prompt(
    tmp_path: Path, seed: int | None
) -> None:
    one = Generated(draw("ring", "royalblue"), seed, "endpoint/painter")
    path = write_picture(tmp_path, one, PROMPT)

    found = written(path, PROMPT)

    assert found is not None
    assert (found.seed, found.generator) == (seed, "endpoint/painter")
    assert found.image.tobytes() == one.image.tobytes()
    assert written(path, "another") is None
    assert written(tmp_path / "gone.png", PROMPT) is None
    path.write_bytes(path.read_bytes()[:200])
    assert written(path, PROMPT) is None
    assert write_picture(tmp_path, one, "no text: \udce4").is_file()


def test_a_place_that_cannot_be_written_to_is_said(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    (engine.library_dir / "analogies").write_text("in the way")

    with pytest.raises(KnownError, match="analogies cannot be made"):
        kept(engine, 1)
