"""Models of an open library are exchanged: vectors stay, questions and jobs are not disturbed."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from drawn_pictures import draw
from golden_engine import BASE, LARGE, QUERY, RELSIM, SMALL, Open, coverage, forbid_large

from engine.errors import ModelError, QueryError
from engine.models.chosen import ModelRequest
from engine.models.large import LargeModel
from engine.service import Engine


def test_use_back_and_forth_keeps_all_vectors(
    open_engine: Open, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    before, large = coverage(engine), engine.neighbors(pictures / QUERY, 5)
    engine.use(SMALL)
    assert engine.model == "relsim-mini"
    assert engine.index([pictures]).reused == 6
    assert coverage(engine) == before
    engine.use(LARGE)
    assert engine.model == "relsim"
    forbid_large(monkeypatch)
    assert engine.index([pictures]).reused == 6
    assert engine.neighbors(pictures / QUERY, 5) == large


def test_another_preparation_is_another_model(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    engine.use(ModelRequest(RELSIM, BASE, preparation="squash448", precision="float32"))
    preparations = {part.preparation: part.images for part in engine.coverage()}
    assert preparations["square448"] == 6
    assert preparations.get("squash448", 0) == 0
    hits = engine.neighbors(pictures / QUERY, 5)
    assert {hit.model for hit in hits} == {"relsim-mini"}, "nothing of another preparation is used"


def test_models_that_are_not_there_change_nothing(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    before = engine.neighbors(pictures / QUERY, 5)
    for model in ("relsim-7b", "relsim-9000", "relsim-captioner-7b", pictures):
        with pytest.raises(ModelError):
            engine.use(ModelRequest(model))
        assert engine.model == "relsim"
    assert engine.neighbors(pictures / QUERY, 5) == before
    with pytest.raises(ModelError, match="relsim models download relsim-7b"):
        Engine.open(engine.library_dir, model="relsim-7b")


def test_no_model_is_exchanged_while_pictures_are_indexed(
    open_engine: Open, pictures: Path
) -> None:
    engine = open_engine()
    refused: list[str] = []

    def exchange() -> None:
        with pytest.raises(QueryError, match="wait for that, or cancel it") as caught:
            engine.use(SMALL)
        refused.append(str(caught.value))

    engine.index([pictures], on_scanned=exchange)
    assert len(refused) == 1
    assert engine.model == "relsim"
    engine.use(SMALL)
    assert engine.model == "relsim-mini"


def test_questions_survive_an_exchange(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    errors: list[BaseException] = []
    answers: list[int] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                hits = engine.neighbors(pictures / QUERY, 5)
                score = engine.score(pictures / QUERY, pictures / "grid-crimson.png")
                assert len({hit.model for hit in hits}) == 1
                assert score.model in ("relsim", "relsim-mini")
                answers.append(len(hits))
            except BaseException as error:  # noqa: BLE001 - handed to the test
                errors.append(error)
                return

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for request in (SMALL, LARGE, SMALL, LARGE):
        seen = len(answers)
        engine.use(request)
        while len(answers) < seen + 4 and not errors:
            stop.wait(0.01)
    stop.set()
    for thread in threads:
        thread.join()
    assert errors == []
    assert set(answers) == {5}


def test_a_question_to_the_large_model_ends_before_it_goes(
    open_engine: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine()
    began, go_on = threading.Event(), threading.Event()
    load = LargeModel.load

    def slowly(*arguments: object, **options: object) -> LargeModel:
        began.set()
        assert go_on.wait(60)
        return load(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(LargeModel, "load", slowly)
    answers: list[str] = []
    asking = threading.Thread(
        target=lambda: answers.append(engine.neighbors(draw("ring", "seagreen"), 2)[0].model)
    )
    asking.start()
    assert began.wait(60)
    exchanging = threading.Thread(target=engine.use, args=(SMALL,))
    exchanging.start()
    while engine.model != "relsim-mini":
        exchanging.join(0.01)
    assert engine.neighbors(draw("grid", "seagreen"), 2)[0].model == "relsim-mini"
    go_on.set()
    asking.join()
    exchanging.join()
    assert answers == ["relsim"]


def test_a_removed_folder_answers_no_more(open_engine: Open, pictures: Path) -> None:
    engine = open_engine()
    assert len(engine.neighbors(draw("ring", "seagreen"), 20)) == 6
    (folder,) = engine.store.folders()
    engine.remove_folder(folder.folder_id)
    with pytest.raises(QueryError, match="empty"):
        engine.neighbors(draw("ring", "seagreen"), 20)


def test_released_models_come_back(open_engine: Open) -> None:
    engine = open_engine()
    first = engine.neighbors(draw("ring", "seagreen"), 5)
    engine.release_models()
    assert not engine._models._large.is_loaded
    assert engine.neighbors(draw("ring", "seagreen"), 5) == first
    assert engine.neighbors(draw("grid", "seagreen"), 5)[0].model == "relsim"
    assert engine._models._large.is_loaded
