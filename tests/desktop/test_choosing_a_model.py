"""The model that ranks: choosing it, its answers beside the small one's, and falling back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from desktop_driving import TIMEOUT_MS, answer, index, wait_for_grid
from drawn_pictures import draw
from golden_files import golden
from made_up_models import BASE, RELATIONAL, made_up, write_folder
from pytestqt.qtbot import QtBot

from engine.models.manager import ModelManager
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

MINI = "relsim-mini"
LONG_MS = 120_000  # torch is imported on the way


@pytest.fixture(autouse=True)
def quiet(settings: Settings) -> None:
    """Nothing is described behind the index."""
    settings.describes = False


def pick(desktop: Desktop, model_id: str) -> None:
    """Choose a model in the menu of the status strip."""
    chooser = desktop.window.parts.strip.chooser
    (action,) = (one for one in chooser.choices.actions() if one.text() == model_id)
    action.trigger()


def choose(desktop: Desktop, model_id: str, qtbot: QtBot) -> None:
    """Choose a model, and wait until it ranks and has seen the library."""
    models = desktop.workspace.models
    qtbot.waitUntil(lambda: models.can_rank(model_id), timeout=TIMEOUT_MS)
    with qtbot.waitSignals(
        [desktop.workspace.choice.changed, desktop.workspace.indexing.idle], timeout=LONG_MS
    ):
        pick(desktop, model_id)
    wait_for_grid(desktop, qtbot)


def seen(desktop: Desktop) -> tuple[int, int]:
    coverage = desktop.workspace.choice.coverage
    return (coverage.images, coverage.of) if coverage is not None else (-1, -1)


def test_a_large_model_is_chosen_embeds_the_library_and_is_remembered(
    tiny_models: ModelManager,
    open_desktop: Callable[..., Desktop],
    settings: Settings,
    few: Path,
    qtbot: QtBot,
) -> None:
    desktop = open_desktop()
    chooser, choice = desktop.window.parts.strip.chooser, desktop.workspace.choice
    index(desktop, [few], qtbot)
    assert chooser.text() == "Model: relsim-mini  ▾"
    choose(desktop, RELATIONAL, qtbot)
    assert choice.model == RELATIONAL
    qtbot.waitUntil(lambda: seen(desktop) == (3, 3), timeout=TIMEOUT_MS)
    assert chooser.text() == "Model: relsim-7b  ▾"
    assert chooser.accessibleName() == "Model that ranks: relsim-7b"
    question = Question(path=few / "ring.png")
    hits = answer(desktop, lambda: desktop.window.ask(question), qtbot)
    assert {hit.model for hit in hits} == {RELATIONAL}
    assert not desktop.window.parts.analogies.model.is_mixed
    assert not desktop.window.parts.analogies.card.note.full_text
    desktop.window.close()
    assert settings.model == RELATIONAL

    again = open_desktop()
    qtbot.waitUntil(lambda: again.workspace.choice.model == RELATIONAL, timeout=LONG_MS)
    qtbot.waitUntil(lambda: not again.workspace.indexing.is_running, timeout=LONG_MS)
    choose(again, MINI, qtbot)
    assert settings.model == MINI


def test_the_small_answer_shows_at_once_and_the_large_one_after_it(
    tiny_models: ModelManager, desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    choose(desktop, RELATIONAL, qtbot)
    outside = tmp_path / "outside.png"
    draw("ring", "purple").save(outside)
    inquiry, panel = desktop.workspace.inquiry, desktop.window.parts.analogies
    with qtbot.waitSignal(inquiry.refined, timeout=LONG_MS) as refined:
        quick = answer(desktop, lambda: desktop.window.ask(Question(path=outside)), qtbot)
        assert {hit.model for hit in quick} == {MINI}
        assert panel.card.note.full_text == "relsim-7b is looking…"
        panel.view.setCurrentIndex(panel.model.index(1))
        marked = panel.model.neighbor(1).image_id
    hits = refined.args[0]
    assert {hit.model for hit in hits} == {RELATIONAL}
    assert panel.card.note.full_text == ""
    assert panel.model.neighbor(panel.view.currentIndex().row()).image_id == marked

    again = answer(desktop, inquiry.refresh, qtbot)  # as when the library grows
    assert [hit.image_id for hit in again] == [hit.image_id for hit in hits]


def test_scores_of_two_models_are_told_apart(
    tiny_models: ModelManager, desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    choose(desktop, RELATIONAL, qtbot)
    choose(desktop, MINI, qtbot)
    more = tmp_path / "more"
    more.mkdir()
    for colour in ("purple", "steelblue", "orange"):
        draw("grid", colour).save(more / f"{colour}.png")
    index(desktop, [more], qtbot)
    indexing, choice = desktop.workspace.indexing, desktop.workspace.choice
    indexing.started.connect(indexing.cancel)  # somebody does not want to wait for it
    with qtbot.waitSignals([choice.changed, indexing.cancelled], timeout=LONG_MS):
        pick(desktop, RELATIONAL)
    qtbot.waitUntil(lambda: seen(desktop) == (3, 6), timeout=TIMEOUT_MS)
    text = "relsim-7b: 3 of 6 pictures embedded; until then it re-ranks relsim-mini’s answers"
    chooser, panel = desktop.window.parts.strip.chooser, desktop.window.parts.analogies
    assert chooser.text() == "Model: relsim-7b (3 of 6)  ▾"
    assert chooser.toolTip() == chooser.accessibleDescription() == text

    question = Question(path=few / "ring.png")
    hits = answer(desktop, lambda: desktop.window.ask(question), qtbot)
    assert {hit.model for hit in hits} == {MINI, RELATIONAL}
    assert panel.model.is_mixed
    assert panel.card.note.full_text == text
    tips = {hit.model: panel.model.index(row).data(3) for row, hit in enumerate(hits)}
    assert "similarity by relsim-mini" in tips[MINI]
    assert "similarity by relsim-7b" in tips[RELATIONAL]


def test_two_pictures_are_scored_by_both(
    tiny_models: ModelManager, desktop: Desktop, few: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    choose(desktop, RELATIONAL, qtbot)
    outside = tmp_path / "outside.png"
    draw("ring", "purple").save(outside)
    comparison, page = desktop.workspace.comparison, desktop.window.parts.comparison
    scores = []
    comparison.scored.connect(scores.append)
    with qtbot.waitSignal(comparison.refining, timeout=TIMEOUT_MS):
        desktop.window.compare(Question(path=few / "ring.png"), Question(path=outside))
    assert page.note.text() == "relsim-7b is looking…"
    qtbot.waitUntil(lambda: len(scores) == 2, timeout=LONG_MS)
    assert [score.model for score in scores] == [MINI, RELATIONAL]
    assert page.note.text() == "Scored by relsim-7b"
    assert page.verdict.text()


@pytest.mark.parametrize("remembered", [RELATIONAL, "relsim-9000", BASE])
def test_a_remembered_model_that_cannot_rank_is_no_failed_start(
    open_desktop: Callable[..., Desktop],
    settings: Settings,
    few: Path,
    qtbot: QtBot,
    remembered: str,
) -> None:
    settings.model = remembered
    desktop = open_desktop()
    strip, choice = desktop.window.parts.strip, desktop.workspace.choice
    qtbot.waitUntil(strip.refusal_button.isVisible, timeout=TIMEOUT_MS)
    assert strip.refusal_button.text() == f"{remembered} is not used"
    assert strip.refusal_button.toolTip() == choice.refusal.text
    assert not choice.refusal.is_news
    index(desktop, [few], qtbot)
    assert choice.model == MINI
    hits = answer(desktop, lambda: desktop.window.ask(Question(path=few / "ring.png")), qtbot)
    assert len(hits) == 2
    choice.choose(MINI)
    assert not strip.refusal_button.isVisible()
    assert settings.model == MINI


@pytest.mark.parametrize("base_runs", [False, True])
def test_a_model_that_cannot_be_loaded_gives_way_and_says_why(
    tmp_path: Path, desktop: Desktop, few: Path, qtbot: QtBot, base_runs: bool
) -> None:
    manager = ModelManager()  # with models that are whole by their names, but cannot be run
    base = write_folder(tmp_path / "base", made_up(BASE))
    manager.import_folder(BASE, golden("relsim-tiny", "base") if base_runs else base)
    manager.import_folder(RELATIONAL, write_folder(tmp_path / "relsim", made_up(RELATIONAL)))
    index(desktop, [few], qtbot)
    desktop.workspace.models.reload()
    choice, dialogs = desktop.workspace.choice, desktop.window.dialogs
    qtbot.waitUntil(lambda: desktop.workspace.models.can_rank(RELATIONAL), timeout=TIMEOUT_MS)
    with qtbot.waitSignal(choice.fell_back, timeout=LONG_MS):
        pick(desktop, RELATIONAL)
    wait_for_grid(desktop, qtbot)
    qtbot.waitUntil(lambda: not choice.is_changing, timeout=TIMEOUT_MS)
    assert choice.model == choice.wanted == MINI
    dialog = dialogs.show_models()
    assert dialog.cards[RELATIONAL].error.text() == choice.refusal.text
    hits = answer(desktop, lambda: desktop.window.ask(Question(path=few / "ring.png")), qtbot)
    assert {hit.model for hit in hits} == {MINI}


def test_choosing_while_indexing_loses_nothing(
    tiny_models: ModelManager, desktop: Desktop, pictures: Path, qtbot: QtBot
) -> None:
    indexing, choice = desktop.workspace.indexing, desktop.workspace.choice
    qtbot.waitUntil(lambda: desktop.workspace.models.can_rank(RELATIONAL), timeout=TIMEOUT_MS)
    with qtbot.waitSignal(indexing.scanned, timeout=TIMEOUT_MS):
        desktop.window.add([pictures])
    pick(desktop, RELATIONAL)
    qtbot.waitUntil(lambda: choice.model == RELATIONAL and not indexing.is_running, timeout=LONG_MS)
    wait_for_grid(desktop, qtbot)
    qtbot.waitUntil(lambda: seen(desktop)[0] == seen(desktop)[1] > 0, timeout=LONG_MS)


def test_the_model_that_ranks_can_be_removed(
    tiny_models: ModelManager, desktop: Desktop, few: Path, qtbot: QtBot
) -> None:
    index(desktop, [few], qtbot)
    choose(desktop, RELATIONAL, qtbot)
    with qtbot.waitSignal(desktop.workspace.models.removed, timeout=LONG_MS):
        desktop.workspace.remove_model(RELATIONAL)
    assert desktop.workspace.choice.model == MINI
    assert not desktop.workspace.models.can_rank(RELATIONAL)
    assert tiny_models.status(BASE).state == "installed"
    hits = answer(desktop, lambda: desktop.window.ask(Question(path=few / "ring.png")), qtbot)
    assert {hit.model for hit in hits} == {MINI}
