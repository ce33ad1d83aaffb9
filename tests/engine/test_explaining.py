"""Why two pictures match, what looks alike, and the similarity space, on the real model."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from engine.errors import DecodeError, QueryError
from engine.service import Engine
from engine.understanding.appearance import Appearance
from engine.understanding.explainer import Explainer


@pytest.fixture
def filled(engine: Engine, pictures: Path) -> Engine:
    """A library of the twelve pictures."""
    engine.index([pictures])
    return engine


def id_of(engine: Engine, path: Path) -> int:
    found = engine.store.image_at(path)
    assert found is not None
    return found


def test_scores_are_those_of_the_pair_and_ranks_those_of_the_neighbors(
    filled: Engine, pictures: Path
) -> None:
    query = id_of(filled, pictures / "ring-crimson.png")
    hits = filled.neighbors(query, 11)
    explainer = Explainer(filled)
    for place, hit in enumerate(hits, start=1):
        found = explainer.explain(query, hit.image_id)
        score = filled.score(query, hit.image_id)
        assert found.logic.similarity == pytest.approx(score.relational, abs=1e-6)
        assert found.look.similarity == pytest.approx(score.attribute, abs=1e-3)
        assert found.logic.percentile == score.percentile
        assert (found.logic.rank, found.logic.of) == (place, 11)
        assert [one.text for one in found.captions] == [one.text for one in score.descriptions]
        assert found.logic.model == found.look.model == "relsim-mini"
    looks = sorted(hits, key=lambda hit: -hit.attribute)
    ranks = [explainer.explain(query, hit.image_id).look.rank for hit in looks]
    assert ranks == list(range(1, 12))


def test_the_rank_back_is_the_rank_the_other_way(filled: Engine, pictures: Path) -> None:
    a, b = (id_of(filled, pictures / f"{name}-crimson.png") for name in ("ring", "grid"))
    explainer = Explainer(filled)
    there, back = explainer.explain(a, b), explainer.explain(b, a)
    assert (there.logic.rank, there.logic.rank_back) == (back.logic.rank_back, back.logic.rank)
    assert (there.look.rank, there.look.rank_back) == (back.look.rank_back, back.look.rank)


def test_pictures_of_one_logic_share_its_relation_and_others_none(
    filled: Engine, pictures: Path
) -> None:
    explainer = Explainer(filled)
    rings = explainer.explain(
        id_of(filled, pictures / "ring-crimson.png"),
        id_of(filled, pictures / "ring-darkorange.png"),
    )
    assert rings.shared is not None
    assert rings.shared.name == "ring"
    assert 0.2 <= rings.shared.confidence <= 1
    unlike = explainer.explain(
        id_of(filled, pictures / "ring-crimson.png"), id_of(filled, pictures / "growth-crimson.png")
    )
    assert unlike.shared is None


def test_captions_of_a_person_are_aligned_by_the_encoder_once_it_may(
    filled: Engine, pictures: Path
) -> None:
    a, b = (id_of(filled, pictures / f"{name}-crimson.png") for name in ("ring", "grid"))
    filled.descriptions.set(a, "A {Cat} inside a {Box}")
    filled.descriptions.set(b, "A {Container} that holds a {Machine}")
    explainer = Explainer(filled)
    waiting = explainer.explain(a, b, words=False)
    assert waiting.waits_for_words
    found = explainer.align(waiting)
    assert found == explainer.explain(a, b)
    assert found.alignment is not None
    assert [(pair.a, pair.b) for pair in found.alignment.pairs] == [(0, 1), (1, 0)]
    assert found.captions[0].source == "person"


def test_captions_of_different_relations_of_the_bank_are_not_aligned(
    filled: Engine, pictures: Path
) -> None:
    a, b = (id_of(filled, pictures / f"{name}-crimson.png") for name in ("ring", "growth"))
    for image_id, text in (
        (a, "{Objects} forming a closed circle"),
        (b, "A tower of {Objects} reaching upward"),
    ):
        filled.descriptions.set(image_id, text)
    found = Explainer(filled).explain(a, b, words=False)
    assert found.alignment is not None
    assert found.alignment.way == "none"


def test_pictures_from_outside_are_explained_too(
    filled: Engine, pictures: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.png"
    with Image.open(pictures / "ring-crimson.png") as image:
        image.rotate(20, fillcolor="white").save(outside)
    inside = id_of(filled, pictures / "ring-seagreen.png")
    explainer = Explainer(filled)
    seen = explainer.explain(outside, inside)
    assert seen.logic.of == 12
    assert 1 <= seen.logic.rank <= 12
    back = explainer.explain(inside, outside)
    assert back.logic.of == 12  # the eleven others, and this one where it would be
    assert back.logic.rank == seen.logic.rank_back


def test_an_empty_library_and_a_broken_file_say_so(engine: Engine, tmp_path: Path) -> None:
    explainer = Explainer(engine)
    picture = Image.new("RGB", (64, 64), "red")
    with pytest.raises(QueryError, match="empty"):
        explainer.explain(picture, picture)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(DecodeError):
        explainer.look_alikes(broken)
    with pytest.raises(QueryError):
        explainer.space(12345)


def test_look_alikes_are_an_exact_scan_without_the_query(filled: Engine, pictures: Path) -> None:
    query = id_of(filled, pictures / "ring-crimson.png")
    found = Explainer(filled).look_alikes(query, 20)
    assert len(found) == 11
    looks = {hit.image_id: hit.attribute for hit in filled.neighbors(query, 20)}
    assert [hit.image_id for hit in found] == sorted(looks, key=lambda key: (-looks[key], key))
    assert all(hit.model == "relsim-mini" for hit in found)
    assert all(0 <= hit.percentile <= 100 for hit in found)


def test_looks_follow_the_library(filled: Engine, pictures: Path, tmp_path: Path) -> None:
    explainer = Explainer(filled)
    query = id_of(filled, pictures / "ring-crimson.png")
    before = explainer.look_alikes(query, 50)
    more = tmp_path / "more"
    more.mkdir()
    with Image.open(pictures / "ring-crimson.png") as image:
        image.resize((300, 300)).save(more / "smaller.png")
    filled.index([more])
    after = explainer.look_alikes(query, 50)
    assert after[0].path.name == "smaller.png"
    assert len(after) == len(before) + 1
    shutil.rmtree(more)
    filled.index([more.parent / "pictures"])
    (folder,) = [folder for folder in filled.store.folders() if folder.path == more]
    filled.remove_folder(folder.folder_id)
    again = explainer.look_alikes(query, 50)
    assert [hit.image_id for hit in again] == [hit.image_id for hit in before]


def test_looks_in_memory_are_those_of_the_store(filled: Engine) -> None:
    with filled.lend() as models:
        ids = models.small.index().ids()
        stored = filled.store.vectors(models.attribute, ids.tolist())
        appearance = Appearance(filled.store, models.attribute)
        np.testing.assert_allclose(appearance.scan(stored[3], ids), stored @ stored[3], atol=1e-6)
        assert appearance.memory() == ids.nbytes + stored.size * 2
        np.testing.assert_allclose(
            appearance.scan(stored[3], ids[::2]), stored[::2] @ stored[3], atol=1e-6
        )


def test_a_space_holds_all_of_a_small_library_with_both_ranks(
    filled: Engine, pictures: Path
) -> None:
    query = id_of(filled, pictures / "ring-crimson.png")
    space = Explainer(filled).space(query)
    hits = filled.neighbors(query, 20)
    assert space.ids.tolist() == [hit.image_id for hit in hits]
    assert [path.name for path in space.paths] == [hit.path.name for hit in hits]
    assert space.logic_rank.tolist() == list(range(1, 12))
    assert sorted(space.look_rank.tolist()) == list(range(1, 12))
    np.testing.assert_allclose(space.relational, [hit.relational for hit in hits], atol=1e-6)
    np.testing.assert_array_equal(space.relational_percentile, [hit.percentile for hit in hits])
    assert (space.of, space.model, len(space)) == (11, "relsim-mini", 11)


def test_a_limited_space_holds_the_nearest_by_each_and_samples_the_rest(
    filled: Engine, pictures: Path
) -> None:
    query = id_of(filled, pictures / "ring-crimson.png")
    explainer = Explainer(filled)
    space = explainer.space(query, 8)
    assert len(space) == len(set(space.ids.tolist())) == 8
    assert {1, 2, 3, 4} <= set(space.logic_rank.tolist())
    assert {1, 2} <= set(space.look_rank.tolist())
    assert 11 in space.logic_rank.tolist()
    again = explainer.space(query, 8)
    assert again.ids.tolist() == space.ids.tolist()
