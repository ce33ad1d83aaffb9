"""The facade on the real bundled model and real files."""

from __future__ import annotations

import math
import shutil
from pathlib import Path

import numpy as np
import pytest
from drawn_pictures import draw
from PIL import Image

from engine.errors import DecodeError, QueryError
from engine.jobs import Cancelled, JobControl
from engine.models.registry import find_model
from engine.service import Engine


def names(hits: list) -> list[str]:
    return [hit.path.stem for hit in hits]


def test_neighbors_share_the_relation_not_the_colour(engine: Engine, pictures: Path) -> None:
    report = engine.index([pictures])
    assert (report.found, report.indexed, report.failed) == (12, 12, ())
    hits = engine.neighbors(pictures / "ring-crimson.png", 3)
    assert {name.split("-")[0] for name in names(hits)} == {"ring"}
    assert all(-1 <= hit.attribute <= 1 and 0 <= hit.percentile <= 100 for hit in hits)


def test_a_query_by_id_by_file_and_by_pixels_agree(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    path = pictures / "grid-seagreen.png"
    image_id = engine.store.image_at(path)
    assert image_id is not None
    by_id, by_file = engine.neighbors(image_id, 5), engine.neighbors(path, 5)
    assert by_id == by_file
    assert path not in [hit.path for hit in by_id]
    with Image.open(path) as image:
        by_pixels = engine.neighbors(image, 5)
    # A picture in memory has no id, so its own file is a hit, and the best one.
    assert by_pixels[0].path == path
    assert by_pixels[0].relational == pytest.approx(1.0, abs=1e-3)


def test_a_copy_outside_the_library_is_the_query_itself(
    engine: Engine, pictures: Path, tmp_path: Path
) -> None:
    engine.index([pictures])
    copy = shutil.copy(pictures / "ring-crimson.png", tmp_path / "outside.png")
    hits = engine.neighbors(Path(copy), 11)
    assert len(hits) == 11
    assert "ring-crimson" not in names(hits)


def test_a_second_run_embeds_nothing(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    again = engine.index([pictures])
    assert (again.found, again.indexed, again.reused) == (12, 0, 12)


def test_surprise_prefers_unlike_looks(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    plain = engine.neighbors(pictures / "ring-crimson.png", 11)
    surprising = engine.neighbors(pictures / "ring-crimson.png", 11, surprise=1.0)
    assert set(names(plain)) == set(names(surprising))
    look = np.array([hit.attribute for hit in surprising])
    related = np.array([hit.attribute for hit in plain])
    weights = np.arange(11, 0, -1)
    assert weights @ look < weights @ related


def test_collapse_shows_near_identical_pictures_once(engine: Engine, pictures: Path) -> None:
    original = draw("grid", "royalblue")
    original.save(pictures / "again-75.jpg", quality=75)
    original.save(pictures / "again-90.jpg", quality=90)
    original.resize((280, 280)).save(pictures / "again-small.png")
    engine.index([pictures])
    query = pictures / "ring-crimson.png"
    assert len(engine.neighbors(query, 30)) == 14
    collapsed = engine.neighbors(query, 30, collapse=True)
    alike = [hit for hit in collapsed if hit.path.stem.startswith(("again", "grid-royalblue"))]
    assert [hit.copies for hit in alike] == [3]


def test_a_removed_folder_answers_no_more(engine: Engine, pictures: Path) -> None:
    more = pictures.parent / "more"
    more.mkdir()
    draw("ring", "teal").save(more / "ring-teal.png")
    engine.index([pictures, more])
    query = pictures / "ring-crimson.png"
    assert "ring-teal" in names(engine.neighbors(query, 30))
    (folder,) = [folder for folder in engine.store.folders() if folder.path == more]
    engine.remove_folder(folder.folder_id)
    assert "ring-teal" not in names(engine.neighbors(query, 30))
    assert (more / "ring-teal.png").exists()


def test_search_by_sentence(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    hits = engine.search("{Objects} arranged in a circle around an empty center", 4)
    assert sum(name.startswith("ring") for name in names(hits)) >= 3
    assert all(math.isnan(hit.attribute) for hit in hits)
    assert hits[0].percentile >= hits[-1].percentile
    with pytest.raises(QueryError, match="Describe"):
        engine.search("  ")


def test_score_works_without_a_library(engine: Engine, pictures: Path) -> None:
    same = engine.score(pictures / "ring-crimson.png", pictures / "ring-royalblue.png")
    other = engine.score(pictures / "ring-crimson.png", pictures / "grid-crimson.png")
    assert same.relational > other.relational
    assert same.percentile > other.percentile
    with pytest.raises(QueryError, match="empty"):
        engine.neighbors(pictures / "ring-crimson.png")


def test_embed_agrees_with_what_is_stored(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    paths = sorted(pictures.iterdir())
    vectors = engine.embed(paths)
    assert vectors.relational.shape == (12, 384)
    assert np.linalg.norm(vectors.relational, axis=1) == pytest.approx(np.ones(12), abs=1e-5)
    ids = [engine.store.image_at(path) for path in paths]
    stored = engine.store.vectors(
        find_model().fingerprint("relational"), [i for i in ids if i is not None]
    )
    assert np.abs(stored - vectors.relational).max() < 1e-5


def test_an_unreadable_query_says_why(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    empty = pictures.parent / "empty.png"
    empty.touch()
    with pytest.raises(DecodeError, match="empty"):
        engine.neighbors(empty)
    with pytest.raises(DecodeError):
        engine.describe(pictures.parent / "not there.png")
    with pytest.raises(QueryError):
        engine.neighbors(987654)


def test_removed_files_are_no_hits_and_come_back_for_free(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    away = pictures.parent / "away.png"
    (pictures / "ring-seagreen.png").rename(away)
    engine.index([pictures])
    assert "ring-seagreen" not in names(engine.neighbors(pictures / "ring-crimson.png", 30))
    away.rename(pictures / "ring-seagreen.png")
    report = engine.index([pictures])
    assert (report.indexed, report.reused) == (0, 12)
    assert "ring-seagreen" in names(engine.neighbors(pictures / "ring-crimson.png", 30))


def test_new_pictures_are_found_while_indexing_goes_on(engine: Engine, pictures: Path) -> None:
    engine.index([pictures])
    assert len(engine.neighbors(pictures / "ring-crimson.png", 100)) == 11
    more = pictures / "more"
    more.mkdir()
    for i, colour in enumerate(("teal", "olive", "purple")):
        draw("ring", colour, (300 + i, 300)).save(more / f"ring-{colour}.png")
    engine.index([pictures])
    assert len(engine.neighbors(pictures / "ring-crimson.png", 100)) == 14


def test_cancel_keeps_what_is_done(engine: Engine, pictures: Path) -> None:
    control = JobControl()
    with pytest.raises(Cancelled):
        engine.index([pictures], control=control, on_scanned=control.cancel)
    assert len(engine.store.files()) == 12
    report = engine.index([pictures])
    assert report.indexed + report.reused == 12


def test_health_adds_up(engine: Engine, pictures: Path) -> None:
    (pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n broken")
    report = engine.index([pictures])
    health = engine.health()
    assert report.found == report.indexed + report.reused + len(report.failed) + report.skipped
    assert (health.files, health.indexed, health.failed) == (13, 12, 1)
    assert health.files == health.indexed + health.failed + health.pending + health.offline
    assert health.recall_at_10 == 1.0
    assert health.problems == ()
