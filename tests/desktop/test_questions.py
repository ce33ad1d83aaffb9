"""What a question is made of, and what drags and the clipboard bring."""

from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path

import pytest
from link_server import picture
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage

from engine.finding.filters import Filters
from relsim_desktop import filter_phrases, incoming
from relsim_desktop.fetching import name_of
from relsim_desktop.question import Part, Question

A, B, C = (Question(path=Path(f"/pictures/{name}.png")) for name in "abc")
WORDS = Question(text="{Subject} growing step by step")


def test_one_thing_is_its_own_only_part() -> None:
    assert A.parts == (Part(A),)
    assert not A.is_composed
    assert A.pictures == (A,)
    assert WORDS.pictures == ()
    assert WORDS.is_text


def test_adding_weighing_and_taking_out() -> None:
    both = A.adding(B, -1.0)
    assert [(part.what, part.weight) for part in both.parts] == [(A, 1.0), (B, -1.0)]
    assert both.pictures == (A,)
    assert both.title == "a.png − b.png"
    assert both.path == A.path, "the leading part stands for the whole"
    assert both.adding(B).pictures == (A, B), "what is there already is weighed anew"
    assert both.weighing(0, 2.0).parts[0].weight == 2.0
    assert both.without(1) == A
    assert A.adding(B).adding(C).without(0).path == B.path


def test_something_is_always_asked_for() -> None:
    both = A.adding(B, -1.0)
    assert not both.can_lose(0)
    assert both.can_lose(1)
    assert both.without(0) == both
    assert both.weighing(0, -1.0) == both
    with pytest.raises(ValueError, match="asked for"):
        Question.of([Part(A, -1.0)])


def test_a_picture_leads_before_a_sentence() -> None:
    both = WORDS.adding(A)
    assert not both.is_text
    assert both.path == A.path
    assert both.parts[0].what == WORDS
    away = WORDS.adding(A, -1.0)
    assert away.is_text, "no picture is asked for, so there is no look"


def test_another_question_keeps_filters_and_order_but_not_the_relation() -> None:
    asked = replace(A, relation="a ring", filters=Filters(formats=("JPEG",)), order="farthest")
    after = B.under_terms_of(asked)
    assert (after.filters, after.order, after.relation) == (asked.filters, "farthest", "")
    assert asked.is_same_as(A)
    assert not asked.has_terms_of(A)
    assert asked.adding(C).relation == "a ring", "more parts, the same terms"


def test_each_filter_is_one_condition() -> None:
    filters = Filters(
        folders=(Path("/pictures/cats"),),
        after_ns=filter_phrases.to_ns(filter_phrases.to_date(0)),
        before_ns=filter_phrases.DAY_NS,
        formats=("JPEG", "PNG"),
        orientations=("square",),
        colours=("teal",),
        min_percentile=90.0,
    )
    conditions = filter_phrases.conditions(filters)
    assert [condition.text for condition in conditions] == [
        "cats",
        "Since 1970-01-01",
        "Until 1970-01-01",
        "JPEG",
        "PNG",
        "Square",
        "Teal",
        "Top 10%",
    ]
    for condition in conditions:
        assert len(filter_phrases.conditions(condition.without)) == len(conditions) - 1
    assert filter_phrases.conditions(None) == []
    assert filter_phrases.passing(12, 310) == "12 of 310 pictures pass"


def mime(html: str = "", urls: tuple[str, ...] = (), text: str = "") -> QMimeData:
    data = QMimeData()
    if html:
        data.setHtml(html)
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if text:
        data.setText(text)
    return data


def test_the_picture_of_a_link_comes_before_the_page_that_it_leads_to() -> None:
    html = '<a href="https://example.org/page"><img alt="" src="https://example.org/cat.png"></a>'
    read = incoming.read(mime(html, ("https://example.org/page",)))
    assert read.link == "https://example.org/cat.png"
    assert read.question == Question(link=read.link)


def test_a_link_alone_and_a_link_as_text() -> None:
    for data in (
        mime(urls=("https://example.org/a.png",)),
        mime(text=" https://example.org/a.png"),
    ):
        assert incoming.read(data).link == "https://example.org/a.png"


def test_other_texts_and_addresses_are_nothing() -> None:
    for data in (
        mime(text="see https://example.org/a.png there"),
        mime(text="hello"),
        mime(urls=("ftp://example.org/a.png",)),
        mime('<img src="cid:part1">', text="x y"),
        mime(text="http://["),
    ):
        assert incoming.read(data).is_empty


def test_pixels_come_before_a_link() -> None:
    data = mime(urls=("https://example.org/a.png",))
    data.setImageData(QImage.fromData(picture()))
    read = incoming.read(data)
    assert read.image is not None
    assert not read.link


def test_a_picture_may_stand_in_its_own_address() -> None:
    content = base64.b64encode(picture()).decode()
    read = incoming.read(mime(f'<img src="data:image/png;base64,{content}">'))
    assert read.image is not None
    assert read.image.width() == 320
    assert incoming.read(mime('<img src="data:image/png;base64,###">')).is_empty


def test_a_few_pictures_are_asked_about_together_and_many_are_not() -> None:
    few = incoming.Incoming(tuple(Path(f"/p/{n}.png") for n in range(3)))
    assert len(few.several) == 3
    many = incoming.Incoming(tuple(Path(f"/p/{n}.png") for n in range(13)))
    assert many.several == ()
    assert incoming.Incoming((Path("/p/a.png"), Path("/p/folder"))).several == ()


def test_names_of_links() -> None:
    assert name_of("https://example.org/a/my%20cat.png?w=3") == "my cat.png"
    assert name_of("https://example.org/") == "example.org"
