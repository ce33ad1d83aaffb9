"""Driving the page that makes analogies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_driving import TIMEOUT_MS
from endpoint_server import Asked, EndpointServer
from judging_driving import settle
from PIL import Image
from pytestqt.qtbot import QtBot

from relsim_desktop.app import Desktop
from relsim_desktop.question import Question
from relsim_desktop.views.analogy.feature import AnalogyFeature

IDEA = "{Objects} arranged in a circle around an empty center"


def feature(desktop: Desktop) -> AnalogyFeature:
    return next(f for f in desktop.window.features if isinstance(f, AnalogyFeature))


def refer(desktop: Desktop, picture: Path, qtbot: QtBot, idea: str = IDEA) -> AnalogyFeature:
    """The page with a picture as the reference, and an idea of it."""
    analogies = feature(desktop)
    analogies.of(Question(path=picture))
    qtbot.waitUntil(lambda: not analogies.composition.is_looking, timeout=TIMEOUT_MS)
    analogies.page.composer.idea.editor.setPlainText(idea)
    return analogies


def choose_server(desktop: Desktop, server: EndpointServer, qtbot: QtBot) -> None:
    """Choose a server as a person does: the kind, then what is typed into the fields."""
    generator = feature(desktop).page.maker.generator
    generator.kind.setCurrentIndex(generator.kind.findData("server"))
    for field, text in ((generator.url, server.url), (generator.model, "painter")):
        field.setText(text)
        field.textEdited.emit(text)
        field.editingFinished.emit()
    settle(desktop, qtbot)


def made(desktop: Desktop, qtbot: QtBot) -> None:
    """Press the button, and wait until what was made is ranked."""
    analogies = feature(desktop)
    assert analogies.page.maker.make_button.isEnabled()
    analogies.page.maker.make_button.click()
    settled(desktop, qtbot)


def settled(desktop: Desktop, qtbot: QtBot) -> None:
    making = feature(desktop).making

    def is_over() -> None:
        assert not making.is_making
        assert not making.is_ranking
        assert not making.is_keeping

    qtbot.waitUntil(is_over, timeout=4 * TIMEOUT_MS)  # diffusers alone takes long to import
    settle(desktop, qtbot)


def painting(pictures: Sequence[Image.Image]) -> Callable[[Asked, int], Image.Image]:
    """A server that gives these pictures, one after the other."""
    left = list(pictures)
    return lambda asked, number: left.pop(0)
