from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from judged import (
    ColourDistance,
    HueDistance,
    content,
    database_of,
    made_up_protocol,
    write_colours,
    write_greys,
)
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.metrics.catalogue import load_metric
from engine.models.manager import ModelManager
from engine.types import Float32
from trainer.data.checking import check
from trainer.judge.methods import MethodRequest, check_methods
from trainer.judge.pictures import sample_queries
from trainer.judge.protocol import NAME, Pair, read_protocol, write_protocol
from trainer.judge.searching import Search, find_all
from trainer.progress import Reporter


def content_of(path: Path) -> str:
    found = check(path).content
    assert found is not None
    return found


def search(folder: Path, queries: tuple[str, ...] = (), k: int = 2) -> Search:
    database = database_of(folder)
    return Search(database, queries or tuple(database.contents), k, Reporter.silent())


def test_a_database_holds_each_content_once_and_counts_the_rest(tmp_path: Path) -> None:
    tests = write_greys(tmp_path / "tests", 5)
    shutil.copy(tests / "000.png", tests / "copy.png")
    (tests / "broken.png").write_bytes(b"no picture")
    others = write_greys(tmp_path / "others", 4, first=4)  # the first is in the test half, too
    database = database_of(tests, others)
    said = database.document()
    assert (said["pictures"], said["tests"], said["distractors"], said["copies"]) == (8, 5, 3, 2)
    assert said["dropped"] == {"unreadable": 1}
    assert database.contents == sorted(database.contents)
    assert content_of(others / "000.png") in database.tests
    assert content_of(others / "001.png") not in database.tests


def test_a_digest_is_that_of_the_pictures_whatever_their_names(tmp_path: Path) -> None:
    a, b = write_greys(tmp_path / "a", 4), write_greys(tmp_path / "b", 4)
    (b / "000.png").rename(b / "zzz.png")
    assert database_of(a).digest == database_of(b).digest
    (b / "001.png").unlink()
    assert database_of(a).digest != database_of(b).digest


def test_one_picture_is_no_database(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="2 or more"):
        database_of(write_greys(tmp_path / "a", 1))


def test_queries_are_drawn_by_the_seed_from_the_test_half_alone(tmp_path: Path) -> None:
    tests, others = write_greys(tmp_path / "a", 20), write_greys(tmp_path / "b", 20, first=25)
    database = database_of(tests, others)
    some = sample_queries(database, 10, seed=3)
    assert set(some) <= database.tests
    assert len(set(some)) == 10
    assert sample_queries(database, 6, seed=3) == some[:6]
    assert sample_queries(database_of(tests), 10, seed=3) == some
    assert set(sample_queries(database, 10, seed=4)) != set(some)
    assert set(sample_queries(database, 99, seed=3)) == database.tests


def test_a_query_is_left_out_by_its_content_and_what_looks_the_same_stays(tmp_path: Path) -> None:
    folder = write_colours(
        tmp_path / "a", {"red": (250, 0, 0), "green": (0, 250, 0), "blue": (0, 0, 250)}
    )
    Image.open(folder / "red.png").save(folder / "again.png", compress_level=0)
    red, again = content_of(folder / "red.png"), content_of(folder / "again.png")
    assert red != again
    metric = load_metric("attribute", ModelManager())
    try:
        found = find_all(metric, search(folder, k=3), tmp_path / "cache")
    finally:
        metric.close()
    assert found[red][0].content == again
    assert found[again][0].content == red
    assert found[red][0].score == pytest.approx(1.0, abs=1e-5)
    for query, hits in found.items():
        assert query not in {hit.content for hit in hits}
        assert len(hits) == 3
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_distance_finds_what_is_near(tmp_path: Path) -> None:
    folder = write_greys(tmp_path / "a", 40)  # more than a batch
    query = content_of(folder / "010.png")
    found = find_all(ColourDistance(), search(folder, (query,), k=4), tmp_path / "cache")
    near = {content_of(folder / f"{n:03d}.png") for n in (8, 9, 11, 12)}
    assert {hit.content for hit in found[query]} == near
    np.testing.assert_allclose([h.score for h in found[query]], 5 * 3**0.5 * np.array([1, 1, 2, 2]))
    assert found[query][0].content < found[query][1].content  # a tie, by content id


def test_vectors_of_a_distance_find_what_is_near(tmp_path: Path) -> None:
    folder = write_colours(
        tmp_path / "a", {"red": (250, 0, 0), "orange": (250, 90, 0), "blue": (0, 0, 250)}
    )
    red, orange, blue = (content_of(folder / f"{x}.png") for x in ("red", "orange", "blue"))
    found = find_all(HueDistance(), search(folder, (red,)), tmp_path / "cache")
    assert [hit.content for hit in found[red]] == [orange, blue]
    assert found[red][0].score == pytest.approx(0.059, abs=1e-3)
    assert found[red][1].score == pytest.approx(1.0)


def test_what_was_found_is_not_looked_for_again(tmp_path: Path) -> None:
    folder, cache = write_greys(tmp_path / "a", 8), tmp_path / "cache"
    everything = search(folder)
    first = ColourDistance()
    found = find_all(first, everything, cache)
    assert first.asked == 64
    again = ColourDistance()
    assert find_all(again, everything, cache) == found
    fewer = find_all(again, search(folder, everything.queries[:2], k=1), cache)
    assert fewer == {query: found[query][:1] for query in everything.queries[:2]}
    assert again.asked == 0
    deeper = find_all(again, search(folder, everything.queries[:1], k=5), cache)
    assert deeper[everything.queries[0]][:2] == found[everything.queries[0]]
    assert again.asked == 8
    assert find_all(again, everything, cache) == found  # those of the others were kept
    assert again.asked == 8


def test_a_search_by_pairs_keeps_what_it_has_found_block_by_block(tmp_path: Path) -> None:
    folder = write_colours(tmp_path / "a", {f"{n:03d}": (n, 255 - n, 0) for n in range(70)})
    control = JobControl()

    class Stopped(ColourDistance):
        """Is told to stop in its second block of queries."""

        def scores(
            self,
            query: Image.Image,
            others: Sequence[Image.Image],
            control: JobControl | None = None,
        ) -> Float32:
            if self.asked > 64 * 70 and control is not None:
                control.cancel()
            return super().scores(query, others, control)

    database = database_of(folder)
    asked = Search(database, tuple(database.contents), 1, Reporter.silent(), control)
    with pytest.raises(Cancelled):
        find_all(Stopped(), asked, tmp_path / "cache")
    rest = ColourDistance()
    found = find_all(rest, search(folder, k=1), tmp_path / "cache")
    assert rest.asked == 6 * 70
    assert len(found) == 70


def test_other_pictures_other_weights_and_a_damaged_file_are_searched_anew(tmp_path: Path) -> None:
    folder, cache = write_greys(tmp_path / "a", 6), tmp_path / "cache"
    metric = ColourDistance()
    find_all(metric, search(folder), cache)
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-9])
    find_all(metric, search(folder), cache)
    assert metric.asked == 72
    document = json.loads(file.read_bytes())
    file.write_text(json.dumps(document | {"version": 2}))
    find_all(metric, search(folder), cache)
    assert metric.asked == 108
    metric.fingerprint = "colour-2"
    find_all(metric, search(folder), cache)
    assert metric.asked == 144
    (folder / "000.png").unlink()
    found = find_all(metric, search(folder), cache)
    assert metric.asked == 169
    assert len(found) == 5


def test_a_search_answers_to_cancel(tmp_path: Path) -> None:
    folder, control = write_greys(tmp_path / "a", 6), JobControl()
    control.cancel()
    database = database_of(folder)
    asked = Search(database, tuple(database.contents), 2, Reporter.silent(), control)
    with pytest.raises(Cancelled):
        find_all(ColourDistance(), asked, tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_small_database_gives_all_it_has(tmp_path: Path) -> None:
    found = find_all(
        ColourDistance(), search(write_greys(tmp_path / "a", 3), k=9), tmp_path / "cache"
    )
    assert {len(hits) for hits in found.values()} == {2}


def test_pairs_are_distinct_and_the_nearest_hits_come_first() -> None:
    protocol = made_up_protocol(
        {
            "a": {"q": ["x", "y"], "r": ["z", "q"]},
            "b": {"q": ["x", "z"], "r": ["x", "z"]},
        }
    )
    named = [("q", "x"), ("r", "z"), ("r", "x"), ("q", "y"), ("q", "z"), ("r", "q")]
    assert protocol.pairs() == [Pair(content(query), content(hit)) for query, hit in named]
    assert protocol.wanted == 8


def test_a_protocol_is_read_as_it_was_written(tmp_path: Path) -> None:
    protocol = made_up_protocol({"a": {"q": ["x"]}, "b": {"q": ["y"]}}, paper={"b": 5.91})
    with pytest.raises(KnownError, match="judge run"):
        read_protocol(tmp_path)
    write_protocol(tmp_path, protocol)
    assert read_protocol(tmp_path) == protocol
    document = json.loads((tmp_path / NAME).read_bytes())
    (tmp_path / NAME).write_text(json.dumps(document | {"version": 2}))
    with pytest.raises(KnownError, match="newer"):
        read_protocol(tmp_path)
    odd = json.dumps(document | {"methods": [document["methods"][0] | {"hits": []}]})
    for text in ("", "[]", '{"format": "relsim-judge-protocol", "version": 1}', "{", odd):
        (tmp_path / NAME).write_text(text)
        with pytest.raises(KnownError, match="damaged"):
            read_protocol(tmp_path)


def test_a_method_is_an_id_a_folder_or_an_id_with_its_folder(tmp_path: Path) -> None:
    assert MethodRequest.of("clip-i") == MethodRequest("clip-i")
    assert MethodRequest.of("clip-i=/w") == MethodRequest("clip-i", Path("/w"))
    odd = tmp_path / "a=b"
    odd.mkdir()
    assert MethodRequest.of(str(odd), "base") == MethodRequest(str(odd), None, "base")
    assert MethodRequest.of(str(odd)).target == odd
    assert MethodRequest.of("clip-i").target == "clip-i"


def test_methods_that_cannot_run_are_named_before_any_works(tmp_path: Path) -> None:
    manager = ModelManager(tmp_path)
    check_methods([MethodRequest("relsim-mini"), MethodRequest("attribute")], manager)
    with pytest.raises(KnownError, match="lpips cannot be used"):
        check_methods([MethodRequest("relsim-mini"), MethodRequest("lpips")], manager)
    with pytest.raises(KnownError, match="twice"):
        check_methods([MethodRequest("attribute")] * 2, manager)
