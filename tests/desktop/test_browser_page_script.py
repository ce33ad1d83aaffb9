"""The script of a study's page, run by Qt's JavaScript engine on a made-up document.

No browser is at hand; the engine is a real one, and the document does what the script asks of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from made_study import made_folder
from PySide6.QtQml import QJSEngine

from engine.study.folder import StudyFolder
from engine.study.importing import import_answers
from engine.study.page import write_page
from resources import ROOT

SCRIPT = (ROOT / "study" / "page.js").read_text(encoding="utf-8")
DOCUMENT = (Path(__file__).parent / "made_document.js").read_text(encoding="utf-8")


class Browser:
    """A page that was opened, with what the browser has kept of earlier visits."""

    def __init__(self, folder: StudyFolder, kept: dict[str, str] | None = None) -> None:
        self._engine = QJSEngine()
        self._engine.globalObject().setProperty("globalThis", self._engine.globalObject())
        self._run(DOCUMENT)
        out = folder.path.parent / "page.html"
        write_page(folder, out)
        text = out.read_text(encoding="utf-8")
        for name in ("study", "pictures"):
            begin = text.index(f'id="{name}">') + len(f'id="{name}">')
            content = text[begin : text.index("</script>", begin)]
            self._run(f"element({json.dumps(name)}).textContent = {json.dumps(content)}; null")
        self._run(f"globalThis.kept = {json.dumps(kept or {})}; null")
        begin = text.rindex("<script>") + len("<script>")
        self._run(text[begin : text.rindex("</script>")])

    def _run(self, code: str) -> Any:
        found = self._engine.evaluate(code)
        line = found.property("lineNumber").toInt()
        assert not found.isError(), f"{found.toString()} in line {line}"
        return found

    def get(self, expression: str) -> Any:
        """What an expression is, through JSON."""
        return json.loads(self._run(f"JSON.stringify([{expression}])").toString())[0]

    def press(self, key: str, after: int = 1000, **more: Any) -> Any:
        """Whether the browser was kept from doing its own with the key."""
        return self.get(f"press({json.dumps(key)}, {after}, {json.dumps(more)})")

    @property
    def seen(self) -> dict[str, Any]:
        found: dict[str, Any] = self.get("seen()")
        return found

    @property
    def answers(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.get("element('json').value"))["answers"]
        return found

    @property
    def sources(self) -> list[str]:
        names = ("query", "left-picture", "right-picture")
        return [self.get(f"element('{name}').src") for name in names]


@pytest.fixture
def folder(tmp_path: Path) -> StudyFolder:
    return made_folder(tmp_path, title="Rings")


def test_from_a_name_to_a_download_that_can_be_imported(
    folder: StudyFolder, tmp_path: Path
) -> None:
    browser = Browser(folder)
    assert browser.seen["sections"] == ["start"]
    browser.get("begin('   ')")
    assert browser.seen["sections"] == ["start"], "nobody is no name"
    browser.get("begin('  Zoë   Ünal ')")
    assert browser.seen == {
        "sections": ["ask", "tools"],
        "count": "Question 1 of 8",
        "done": 0,
        "focused": "question",
    }
    for key in ("1", "b", "3", "ArrowLeft", "A", "2", "s"):
        assert all(source.startswith("data:image/jpeg;base64,") for source in browser.sources)
        assert len(set(browser.sources)) == 3
        assert browser.press(key)
    browser.get("clock += 1500")
    browser.get("element('right').click()")
    assert browser.seen["sections"] == ["end", "tools"]
    assert browser.seen["focused"] == "thanks"
    browser.get("element('download').click()")
    ((name, content),) = browser.get("downloads")
    assert name == "answers-zoë-ünal.json"
    (tmp_path / name).write_text(content, encoding="utf-8")
    report = import_answers(folder, tmp_path / name)
    assert (report.person, report.new, report.refused) == ("Zoë Ünal", 8, ())
    said = folder.answers()
    assert sum(one.choice == "same" for one in said) == 2
    assert [one.seconds for one in said] == [1.0] * 7 + [1.5]


def test_the_side_that_was_chosen_is_the_picture_that_was_there(folder: StudyFolder) -> None:
    browser = Browser(folder)
    browser.get("begin('Ann')")
    for key, side in (("1", "left"), ("2", "right"), ("a", "left")):
        _, left, right = browser.sources
        browser.press(key)
        given = browser.answers[-1]
        trials = browser.get("JSON.parse(element('study').textContent).trials")
        (trial,) = [one for one in trials if one["id"] == given["trial"]]
        (chosen,) = [one for one in trial["options"] if one["id"] == given["choice"]]
        pictures = browser.get("JSON.parse(element('pictures').textContent)")
        assert pictures[chosen["picture"]] == (left if side == "left" else right)


def test_one_press_is_one_answer(folder: StudyFolder) -> None:
    browser = Browser(folder)
    browser.get("begin('Ann')")
    browser.press("1", after=100)
    assert browser.seen["done"] == 0, "faster than anybody looks"
    browser.press("1")
    assert browser.press("1", repeat=True)
    assert browser.press("Enter", repeat=True)
    assert not browser.press("1", ctrlKey=True)
    assert not browser.press("1", target="json")
    assert not browser.press("x")
    assert browser.seen["done"] == 1


def test_back_asks_the_same_again(folder: StudyFolder) -> None:
    browser = Browser(folder)
    browser.get("begin('Ann')")
    assert browser.get("element('back').disabled") is True
    browser.press("z")
    before = browser.sources
    browser.press("1")
    assert browser.sources != before
    browser.press("Backspace")
    assert browser.sources == before
    assert browser.answers == []
    assert browser.get("element('again').hidden") is True, "there is Back"
    for _ in range(8):
        browser.press("3")
    assert browser.seen["sections"] == ["end", "tools"]
    assert browser.get("element('again').hidden") is False
    browser.get("element('again').click()")
    assert browser.seen["count"] == "Question 8 of 8"


def test_a_person_goes_on_where_they_were_and_others_begin(folder: StudyFolder) -> None:
    browser = Browser(folder)
    browser.get("begin('Ann')")
    browser.press("1")
    browser.press("3")
    next_one = browser.sources
    later = Browser(folder, browser.get("kept"))
    later.get("begin(' ann ')")
    assert later.seen["count"] == "Question 3 of 8"
    assert later.sources == next_one
    later.get("element('leave').click()")
    assert later.seen["sections"] == ["start"]
    later.get("begin('Bob')")
    assert later.seen["count"] == "Question 1 of 8"
    broken = Browser(folder, dict.fromkeys(browser.get("kept"), "{half"))
    broken.get("begin('Ann')")
    assert broken.seen["count"] == "Question 1 of 8"


def test_a_browser_that_keeps_nothing_is_told(folder: StudyFolder) -> None:
    browser = Browser(folder)
    browser.get("refusesToKeep = true")
    browser.get("begin('Ann')")
    browser.press("1")
    assert browser.get("element('unkept').hidden") is False
    leave = "(() => { let asks = 0; listeners.beforeunload({preventDefault: () => asks++});"
    assert browser.get(f"{leave} return asks; }})()") == 1
    browser.get("element('download').click()")
    assert browser.get(f"{leave} return asks; }})()") == 0


def test_people_see_different_orders_with_each_method_on_each_side(folder: StudyFolder) -> None:
    engine = QJSEngine()
    code = """
      const study = {id: "s", trials: []};
      for (let n = 0; n < 100; n += 1) {
        study.trials.push({id: "t" + n, options: [{id: "a" + n}, {id: "b" + n}]});
      }
      const orders = ["Ann", "Bob", "Cid"].map((who) => orderFor(study, who));
      JSON.stringify([
        orders.map((shown) => shown.map((one) => one.trial.id)),
        orders.map((shown) => shown.filter((one) => one.left.id[0] === "a").length),
        orderFor(study, "  ANN ").map((one) => one.trial.id),
      ]);
    """
    found = engine.evaluate(f"{SCRIPT}\n{code}")
    assert not found.isError(), found.toString()
    orders, lefts, again = json.loads(found.toString())
    assert orders[0] == again
    assert len({tuple(order) for order in orders}) == 3
    assert all(len(set(order)) == 100 for order in orders)
    assert all(30 <= count <= 70 for count in lefts)
    early = [sum(int(name[1:]) for name in order[:50]) / 50 for order in orders]
    assert all(35 <= mean <= 64 for mean in early), "no trial is always early"
