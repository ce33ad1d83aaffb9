"""The page for a browser: whole in itself, blind, and what it downloads comes back."""

from __future__ import annotations

import base64
import json
import re
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from made_study import answer, downloaded, made_folder
from PIL import Image

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from engine.study.folder import StudyFolder
from engine.study.importing import ImportReport, import_answers
from engine.study.page import meanings, write_page


class Page(HTMLParser):
    """What a page refers to, its scripts by id, and its elements by id."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.scripts: dict[str, str] = {}
        self.elements: dict[str, dict[str, str | None]] = {}
        self.rules = ""
        self._script: str | None = None
        self.text = text
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.addresses += [
            value or ""
            for name, value in attrs
            if name in {"src", "href", "srcset", "action", "data", "poster", "background"}
        ]
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag == "script":
            self._script = found.get("id") or "code"
            self.scripts[self._script] = ""
        if found.get("http-equiv") == "Content-Security-Policy":
            self.rules = found["content"] or ""
        if found.get("id"):
            assert found["id"] not in self.elements, "ids are unique"
            self.elements[str(found["id"])] = {"tag": tag, **found}

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self.scripts[self._script] += data

    @property
    def study(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.scripts["study"])
        return found

    @property
    def pictures(self) -> list[str]:
        found: list[str] = json.loads(self.scripts["pictures"])
        return found


def page_of(folder: StudyFolder, tmp_path: Path) -> Page:
    out = tmp_path / "page.html"
    write_page(folder, out)
    return Page(out.read_text(encoding="utf-8"))


def import_document(folder: StudyFolder, document: object) -> ImportReport:
    file = folder.path.parent / "answers.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return import_answers(folder, file)


def test_the_page_needs_nothing_from_outside(tmp_path: Path) -> None:
    page = page_of(made_folder(tmp_path), tmp_path)
    assert page.addresses == []
    outside = re.sub(r'"data:image/jpeg;base64,[^"]*"', "", page.text)
    assert "://" not in outside
    assert "@import" not in outside
    assert "url(" not in outside
    for reach in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "eval("):
        assert reach not in page.scripts["code"]
    assert page.rules.startswith("default-src 'none'; img-src data:;")


def test_pictures_are_inside_and_each_is_the_right_one(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    page = page_of(folder, tmp_path)
    assert len(page.pictures) == 12
    known = meanings(folder)
    assert len(page.study["trials"]) == 8
    for shown in page.study["trials"]:
        trial, means = known[shown["id"]]
        images = {"query": trial.query, "first": trial.first_image, "second": trial.second_image}
        places = {means[option["id"]]: option["picture"] for option in shown["options"]}
        for name, place in (places | {"query": shown["query"]}).items():
            data = page.pictures[place].removeprefix("data:image/jpeg;base64,")
            with (
                Image.open(BytesIO(base64.b64decode(data))) as inside,
                Image.open(images[name]) as copy,
            ):
                assert inside.size == copy.size
                one, other = (im.convert("RGB").resize((8, 8)).tobytes() for im in (inside, copy))
            assert max(abs(a - b) for a, b in zip(one, other, strict=True)) < 12


def test_nothing_on_the_page_tells_the_methods_apart(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    page = page_of(folder, tmp_path)
    seen = re.sub(r'"data:image/jpeg;base64,[^"]*"', "", page.text).lower()
    for method in folder.study.methods:
        assert method.id.lower() not in seen
        assert method.title.lower() not in seen
    assert folder.secret not in seen
    assert not any(trial.id in seen or trial.query.name in seen for trial in folder.study.trials)
    known = meanings(folder)
    firsts = [known[shown["id"]][1][shown["options"][0]["id"]] for shown in page.study["trials"]]
    assert set(firsts) == {"first", "second"}, "their order says nothing"
    (tmp_path / "other").mkdir()
    other = made_folder(tmp_path / "other")
    assert not known.keys() & meanings(other).keys(), "another secret, other ids"


def test_titles_that_name_a_method_stay_at_home(tmp_path: Path) -> None:
    page = page_of(made_folder(tmp_path, title="clip-i against DREAMSIM"), tmp_path)
    assert "<title>User study</title>" in page.text
    (tmp_path / "b").mkdir()
    page = page_of(made_folder(tmp_path / "b", title="Rings & </script> $who <grids>"), tmp_path)
    assert "<h1>Rings &amp; &lt;/script&gt; $who &lt;grids&gt;</h1>" in page.text


def test_all_controls_have_names_and_keys(tmp_path: Path) -> None:
    page = page_of(made_folder(tmp_path), tmp_path)
    assert '<html lang="en">' in page.text
    assert 'name="viewport"' in page.text
    assert "prefers-color-scheme: dark" in page.text
    keys = {name: page.elements[name].get("aria-keyshortcuts") for name in page.elements}
    assert keys["left"] == "1 A ArrowLeft"
    assert keys["right"] == "2 B ArrowRight"
    assert (keys["same"], keys["back"]) == ("3 S", "Z Backspace")
    assert {page.elements[name]["alt"] for name in ("query", "left-picture", "right-picture")} == {
        "The picture on top",
        "Picture A",
        "Picture B",
    }
    labels = re.findall(r'<label for="(\w+)"', page.text)
    assert labels == ["person", "json"]
    assert page.elements["count"]["role"] == "status"
    used = set(re.findall(r'element\("([\w-]+)"\)', page.scripts["code"]))
    assert used <= page.elements.keys(), "the script finds what it looks for"


def test_a_page_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    out = tmp_path / "new" / "page.html"
    with pytest.raises(KnownError, match="cannot be written"):
        write_page(folder, out)
    out.parent.mkdir()
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        write_page(folder, out, control)
    folder.study.trials[3].query.unlink()
    with pytest.raises(KnownError, match="make the study again"):
        write_page(folder, out)
    assert list(out.parent.iterdir()) == []


def test_what_is_downloaded_comes_back(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    document = downloaded(folder, {"t0001": "first", "t0002": "second", "t0008": "same"})
    assert import_document(folder, document) == ImportReport("Ann", new=3)
    found = folder.answers("Ann")
    assert [(one.trial, one.choice) for one in found] == [
        ("t0001", "first"),
        ("t0002", "second"),
        ("t0008", "same"),
    ]
    assert found[0].at == "2026-05-06T07:08:00.009+00:00"
    assert found[0].seconds == 2.5
    assert import_document(folder, document) == ImportReport("Ann", known=3)
    assert folder.answers("Ann") == found


def test_a_later_download_brings_what_has_changed(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    folder.record(answer(1, "Ann", "same"))  # in February
    older = downloaded(folder, {"t0003": "first", "t0001": "first"})
    assert import_document(folder, older) == ImportReport("Ann", new=1, changed=1)
    stale = older | {"answers": [one | {"at": "2025-01-01T00:00:00Z"} for one in older["answers"]]}
    assert import_document(folder, stale) == ImportReport("Ann", known=2)
    assert {one.trial: one.choice for one in folder.answers("ann")} == {
        "t0001": "first",
        "t0003": "first",
    }


def test_single_answers_that_make_no_sense_are_refused_with_a_reason(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    document = downloaded(folder, {"t0001": "first", "t0002": "first"})
    good, other = document["answers"]
    document["answers"] = [
        good | {"trial": "t0001"},
        good | {"choice": other["choice"]},
        good | {"choice": "first"},
        good | {"seconds": -1},
        good | {"seconds": "nan"},
        good | {"seconds": float("nan")},
        good | {"seconds": 10**400},
        good | {"at": "0001-01-01T00:00:00+05:00"},
        good | {"at": "2026-05-06T07:08:00"},
        {"trial": good["trial"]},
        None,
        other,
    ]
    report = import_document(folder, document)
    assert (report.new, report.changed, report.known) == (1, 0, 0)
    assert [refused.number for refused in report.refused] == list(range(1, 12))
    reasons = [refused.reason for refused in report.refused]
    assert reasons[0] == "the study has no such question"
    assert reasons[1] == reasons[2] == "it chooses a picture that was not there"
    assert "no time zone" in reasons[8]
    assert reasons[9] == "there is no 'choice'"
    assert [one.trial for one in folder.answers()] == ["t0002"]


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"study": "another"}, "another study"),
        ({"version": 2}, "update the program"),
        ({"format": "study.json"}, "no file of answers"),
        ({"person": " "}, "who answers"),
        ({"person": 7}, "damaged"),
        ({"answers": None}, "damaged"),
    ],
)
def test_files_that_are_no_answers_are_refused(
    tmp_path: Path, other: dict[str, object], words: str
) -> None:
    folder = made_folder(tmp_path)
    with pytest.raises(KnownError, match=words):
        import_document(folder, downloaded(folder, {"t0001": "first"}, **other))
    assert folder.answers() == []


def test_files_that_are_nothing_are_refused(tmp_path: Path) -> None:
    folder = made_folder(tmp_path)
    file = tmp_path / "answers.json"
    with pytest.raises(KnownError, match="cannot be read"):
        import_answers(folder, file)
    for content in (b"", b"[]", b"\xff\xfe", b"[" * 100_000):
        file.write_bytes(content)
        with pytest.raises(KnownError, match="no file of answers"):
            import_answers(folder, file)
