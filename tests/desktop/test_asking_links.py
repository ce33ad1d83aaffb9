"""Pictures that are dragged or pasted from a browser: fetched once, within limits, or refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from asking_driving import ask, picture, relations
from desktop_driving import TIMEOUT_MS, answer, drop, middle
from link_server import LinkServer, link_server
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from relsim_desktop import fetching
from relsim_desktop.app import Desktop
from relsim_desktop.question import Question

# Said by Qt's offscreen platform, which has no window manager to pass size hints to.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def web() -> Iterator[LinkServer]:
    with link_server() as server:
        yield server


def refusal(desktop: Desktop, address: str, qtbot: QtBot) -> str:
    """What is said of a link that leads to no picture."""
    with qtbot.waitSignal(desktop.workspace.inquiry.failed, timeout=TIMEOUT_MS) as failed:
        desktop.window.ask(Question(link=address))
    assert failed.args[0].details is None, failed.args[0].details
    message = desktop.window.parts.analogies.message
    assert message.hint == failed.args[0].text
    assert [button.text() for button in message.buttons] == ["Fetch it again"]
    return message.hint


def test_a_picture_dragged_as_a_link_within_a_page(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    data = QMimeData()
    data.setUrls([QUrl(f"{web.url}/page.html")])
    data.setHtml(f'<a href="{web.url}/page.html"><img src="{web.url}/picture.png"></a>')
    window, parts, inquiry = filled.window, filled.window.parts, filled.workspace.inquiry
    at = middle(window, parts.analogies)
    hits = answer(filled, lambda: drop(window, data, at), qtbot)
    assert relations(hits, 3) == {"growth"}
    assert web.asked == ["/picture.png"], "one request, for the picture alone"
    assert parts.analogies.card.name.full_text == "picture.png"
    assert parts.analogies.card.picture.is_showing

    ask(filled, "ring-crimson.png", qtbot)
    again = answer(filled, inquiry.back, qtbot)
    assert again == hits
    assert web.asked == ["/picture.png"], "the way back fetches nothing anew"


def test_a_link_from_the_clipboard(filled: Desktop, web: LinkServer, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(f"{web.url}/moved.png")
    hits = answer(filled, filled.window.verbs.paste.trigger, qtbot)
    assert relations(hits, 3) == {"growth"}
    assert web.asked == ["/moved.png", "/picture.png"]
    clipboard.clear()


def test_a_link_dropped_on_the_question_is_added(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    ask(filled, "ring-crimson.png", qtbot)
    data = QMimeData()
    data.setUrls([QUrl(f"{web.url}/picture.png")])
    window, card = filled.window, filled.window.parts.analogies.card
    hits = answer(filled, lambda: drop(window, data, middle(window, card)), qtbot)
    assert {"ring", "growth"} <= relations(hits, 10)
    assert filled.workspace.inquiry.question.title == "ring-crimson.png + picture.png"
    assert [card.part.what.title for card in card.parts.cards][1] == "picture.png"


def test_what_is_no_picture_is_refused_in_words(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    for path, words in (
        ("gone.png", "has no such picture (404)"),
        ("secret.png", "does not hand the picture out (403)"),
        ("page.html", "leads to a page of 127.0.0.1, not to a picture"),
        ("broken.png", "is no picture that can be read"),
        ("large.png", "is larger than 50 MB"),
        ("circle.png", "127.0.0.1"),
    ):
        assert words in refusal(filled, f"{web.url}/{path}", qtbot)
    asked = len(web.asked)
    filled.workspace.inquiry.refresh()
    qtbot.waitUntil(lambda: filled.workspace.jobs.running == 0, timeout=TIMEOUT_MS)
    assert len(web.asked) == asked, "nothing is fetched but what a person asks for"


def test_a_server_that_does_not_end_or_is_not_there(
    filled: Desktop, web: LinkServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "MAX_BYTES", 4_000_000)
    assert "is larger than 4 MB" in refusal(filled, f"{web.url}/endless.png", qtbot)
    monkeypatch.setattr(fetching, "MAX_BYTES", 50_000_000)
    monkeypatch.setattr(fetching, "MAX_SECONDS", 0.0)
    assert "is too slow" in refusal(filled, f"{web.url}/picture.png", qtbot)
    monkeypatch.setattr(fetching, "MAX_SECONDS", 60.0)
    assert "cannot be reached" in refusal(filled, "http://127.0.0.1:9/a.png", qtbot)


def test_a_slow_server_shows_how_far_it_is_and_is_cancelled(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    inquiry, panel = filled.workspace.inquiry, filled.window.parts.analogies
    filled.window.ask(Question(link=f"{web.url}/slow.png"))
    message = panel.message
    assert message.title == "Fetching the picture…"
    assert message.hint == f"{web.url}/slow.png"
    qtbot.waitUntil(lambda: message.bar.isVisible() and message.bar.value() > 0, timeout=TIMEOUT_MS)
    (cancel,) = message.buttons
    assert cancel.text() == "Cancel"
    cancel.click()
    qtbot.waitUntil(lambda: message.title == "The picture was not fetched", timeout=TIMEOUT_MS)

    web.goes_on.set()
    hits = answer(filled, message.buttons[0].click, qtbot)
    assert relations(hits, 3) == {"growth"}
    assert inquiry.question.pasted is not None


def test_another_question_drops_a_slow_one(filled: Desktop, web: LinkServer, qtbot: QtBot) -> None:
    filled.window.ask(Question(link=f"{web.url}/slow.png"))
    qtbot.waitUntil(lambda: "/slow.png" in web.asked, timeout=TIMEOUT_MS)
    hits = ask(filled, "ring-crimson.png", qtbot)
    assert relations(hits, 3) == {"ring"}
    assert filled.window.parts.analogies.is_showing_neighbors


def test_a_link_is_compared(filled: Desktop, web: LinkServer, qtbot: QtBot) -> None:
    window, page = filled.window, filled.window.parts.comparison
    comparison = filled.workspace.comparison
    window.verbs.compare.trigger()
    data = QMimeData()
    data.setUrls([QUrl(f"{web.url}/picture.png")])
    with qtbot.waitSignal(comparison.scored, timeout=TIMEOUT_MS):
        drop(window, data, middle(window, page.slots[0]))
        comparison.place(1, picture(filled, "growth-crimson.png"))
    assert comparison.sides[0] is not None
    assert comparison.sides[0].title == "picture.png"


def test_a_redirect_is_followed_unread_and_never_out_of_the_web(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    hits = answer(
        filled, lambda: filled.window.ask(Question(link=f"{web.url}/heavy-redirect.png")), qtbot
    )
    assert relations(hits, 3) == {"growth"}
    assert "away from the web" in refusal(filled, f"{web.url}/away.png", qtbot)


def test_a_link_that_is_dropped_again_is_fetched_again(
    filled: Desktop, web: LinkServer, qtbot: QtBot
) -> None:
    address = f"{web.url}/secret.png"
    refusal(filled, address, qtbot)
    refusal(filled, address, qtbot)
    assert web.asked == ["/secret.png"] * 2


def test_a_proxy_of_an_unknown_kind_is_named(
    filled: Desktop, web: LinkServer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("all_proxy", "socks://127.0.0.1:9/")
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:9/")
    assert "proxy" in refusal(filled, f"{web.url}/picture.png", qtbot)
