from __future__ import annotations

import hashlib
import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from endpoint_server import Asked, EndpointServer, Fault, endpoint_server
from judged import write_greys

from engine.errors import KnownError
from trainer.cli import main
from trainer.contrastive.drawing import subjects_of
from trainer.judge.command import agree
from trainer.judge.judges import CostEstimate
from trainer.scenes import SceneGenerator

NEAR = ["--judge", "endpoint", "--url", "http://127.0.0.1:9/v1", "--judge-model", "seer"]
KEY = "sk-very-secret-0123456789"


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each of six subjects in each of four relations, so that look and logic disagree."""
    folder = tmp_path_factory.mktemp("scenes")
    pool = subjects_of("test")
    generator = SceneGenerator(pool, size=96, seed=0)
    lines = []
    for number, subject in enumerate(pool[:6]):
        for relation in ("flying", "marked", "giving", "converging"):
            name = f"{number}-{relation}.png"
            scene = generator.draw(relation, subject, pool[-1], len(lines))
            scene.image.save(folder / name)
            lines.append(json.dumps({"file": name, "relation": relation}) + "\n")
    (folder / "scenes.jsonl").write_text("".join(lines))
    return folder


@pytest.fixture
def server(no_proxy: None) -> Iterator[EndpointServer]:
    with endpoint_server() as server:
        server.says = digest_score
        yield server


def digest_score(asked: Asked) -> str:
    """A score that hangs on the two pictures and their order."""
    digest = hashlib.sha256(b"".join(asked.pictures)).digest()
    return str(digest[0] % 11)


def judge(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["judge", *words, "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["judge", *words]) == 2
    said = capsys.readouterr().err.splitlines()
    return said[-1]


def endpoint(server: EndpointServer) -> list[str]:
    return ["--judge", "endpoint", "--url", server.url, "--judge-model", "seer"]


def priced(server: EndpointServer) -> list[str]:
    return [*endpoint(server), "--price-in", "2.5", "--price-out", "10"]


def test_by_ground_truth_the_relational_vector_beats_the_looks(
    scenes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--database", str(scenes), "--queries", "24", "-k", "2", "--judge", "truth"]
    words += ["--out", str(tmp_path / "out")]
    page, plots = tmp_path / "page.md", tmp_path / "plots"
    found = judge(capsys, "run", *words, "--report", str(page), "--plots", str(plots))
    relational, looks = found["methods"]
    assert [relational["id"], looks["id"]] == ["relsim-mini", "attribute"]
    assert relational["first"]["value"] > 8 > looks["first"]["value"]
    assert looks["less"]["high"] < 0
    assert relational["first"]["n"] == 24
    assert len(relational["ranks"]) == 2
    assert found["pairs"]["coverage"] == 1.0
    assert found["cost"]["dollars"] == 0.0
    assert found["database"]["pictures"] == 24
    assert "no judge of the paper's" in page.read_text()
    assert {path.name for path in plots.iterdir()} == {
        f"{name}.{kind}" for name in ("methods", "ranks") for kind in ("png", "svg")
    }
    assert json.loads((tmp_path / "out" / "figures.json").read_bytes()) == found
    assert judge(capsys, "report", "--out", str(tmp_path / "out")) == found
    assert main(["judge", "report", "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("Measured by `relsim-train judge run --database")


def test_ground_truth_needs_relations(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_greys(tmp_path / "greys", 3)
    words = ["--database", str(folder), "--judge", "truth", "--out", str(tmp_path / "out")]
    assert "3 say none" in refused(capsys, "run", *words)


def test_each_pair_is_asked_about_once_and_resume_pays_nothing_twice(
    tmp_path: Path,
    server: EndpointServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    server.key = KEY
    monkeypatch.setenv("RELSIM_KEY_JUDGE", KEY)
    tests, others = write_greys(tmp_path / "a", 8), write_greys(tmp_path / "b", 8, first=9)
    out = tmp_path / "out"
    words = ["--database", str(tests), "--distractors", str(others), "--queries", "5"]
    words += [*priced(server), "--key", "judge", "--out", str(out)]
    before = judge(capsys, "estimate", *words)
    assert server.asked == []
    found = judge(capsys, "run", *words)
    assert before["pairs"] == {
        "wanted": 10,
        "distinct": found["pairs"]["pairs"],
        "left": found["pairs"]["pairs"],
    }
    asked = [request.pictures for request in server.asked]
    assert len(asked) == len(set(asked)) == found["pairs"]["pairs"] == before["cost"]["calls"]
    expected = {str(number) for number in range(11)}
    lines = [json.loads(x) for x in (out / "judgements.jsonl").read_text().splitlines()[1:]]
    assert {line["text"] for line in lines} <= expected
    assert [float(line["text"]) for line in lines] == [line["score"] for line in lines]
    assert all(line["raw"]["answers"] for line in lines)
    means = {m["id"]: m["first"]["value"] for m in found["methods"]}
    for method in json.loads((out / "protocol.json").read_bytes())["methods"]:
        own = {(query, hits[0][0]) for query, hits in method["hits"].items()}
        scores = [line["score"] for line in lines if (line["a"], line["b"]) in own]
        assert means[method["id"]] == pytest.approx(sum(scores) / 5)
    assert found["cost"]["tokens_in"] == sum(line["tokens_in"] for line in lines) > 0
    assert judge(capsys, "run", *words) == found
    assert len(server.asked) == len(asked)
    assert judge(capsys, "estimate", *words)["pairs"]["left"] == 0
    more = judge(capsys, "run", *words, "--queries", "7")
    assert len(server.asked) == more["pairs"]["pairs"] > len(asked)
    for path in out.rglob("*"):
        assert path.is_dir() or KEY.encode() not in path.read_bytes()


def test_another_question_is_another_judge(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--database", str(write_greys(tmp_path / "a", 4)), "--method", "attribute", "--yes"]
    words += ["--out", str(tmp_path / "out")]
    judge(capsys, "run", *words, *endpoint(server))
    judge(capsys, "run", *words, *endpoint(server), "--judge-model", "oracle")
    assert [request.fields["model"] for request in server.asked] == ["seer"] * 4 + ["oracle"] * 4


def test_answers_that_are_no_score_are_counted_and_not_asked_for_again(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[tuple[bytes, ...]] = []

    def says(asked: Asked) -> str:
        if asked.pictures not in shown:
            shown.append(asked.pictures)
        return "I cannot say" if shown.index(asked.pictures) % 3 == 0 else "8"

    server.says = says
    words = ["--database", str(write_greys(tmp_path / "a", 6)), "--method", "attribute"]
    words += [*priced(server), "--out", str(tmp_path / "out")]
    (method,) = judge(capsys, "run", *words)["methods"]
    assert (method["judged"], method["unusable"]) == (6, 2)
    assert method["first"] == {"value": 8.0, "low": 8.0, "high": 8.0, "n": 4}
    count = len(server.asked)
    judge(capsys, "run", *words)
    assert len(server.asked) == count


def test_nothing_is_paid_without_agreement(
    tmp_path: Path,
    server: EndpointServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = write_greys(tmp_path / "a", 4)
    words = ["run", "--database", str(folder), "--method", "attribute"]
    words += ["--out", str(tmp_path / "out")]
    with Path(os.devnull).open() as nobody:
        monkeypatch.setattr("sys.stdin", nobody)
        said = refused(capsys, *words, *endpoint(server))
        assert "unknown price" in said
        assert "--yes" in said
        said = refused(capsys, *words, *priced(server), "--confirm-above", "0.001")
        assert "dollars were not agreed to" in said
    assert server.asked == []
    assert main(["judge", *words, *priced(server), "--confirm-above", "0.5"]) == 0
    assert server.asked != []


def test_a_person_at_a_terminal_is_asked(
    tmp_path: Path,
    server: EndpointServer,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["run", "--database", str(write_greys(tmp_path / "a", 3)), *endpoint(server)]
    words += ["--method", "attribute", "--out", str(tmp_path / "out")]
    person, terminal = pty.openpty()
    with os.fdopen(terminal) as stdin:
        monkeypatch.setattr("sys.stdin", stdin)
        os.write(person, b"no\n")
        assert "nothing was paid" in refused(capsys, *words)
        assert server.asked == []
        os.write(person, b"y\n")
        assert main(["judge", *words]) == 0
        assert "3 calls at an unknown price. Go on? [y/N]" in capsys.readouterr().err
    os.close(person)
    assert len(server.asked) == 3


def test_agreement_is_asked_for_above_the_limit_alone() -> None:
    def nobody(question: str) -> bool | None:
        raise AssertionError(question)

    cheap, dear = (CostEstimate(5, 9, 9, price, "") for price in (0.99, 1.01))
    assert agree(cheap, 1.0, yes=False, ask=nobody) == 1.0
    assert agree(dear, 1.0, yes=True, ask=nobody) is None
    assert agree(dear, 1.0, yes=False, ask=lambda _: True) == pytest.approx(1.5 * 1.01)
    with pytest.raises(KnownError, match="nothing was paid"):
        agree(dear, 1.0, yes=False, ask=lambda _: False)
    with pytest.raises(KnownError, match=r"5 calls at about 1\.01 dollars"):
        agree(dear, 1.0, yes=False, ask=lambda _: None)


def test_a_judge_who_falls_silent_costs_no_answer(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "--database", str(write_greys(tmp_path / "a", 6)), *priced(server)]
    words += ["--method", "attribute", "--out", str(tmp_path / "out")]
    server.fail(Fault(), Fault(), Fault(status=401))
    assert "2 of 6 pairs are judged and kept" in refused(capsys, *words)
    assert len(server.asked) == 3
    found = judge(capsys, *words)
    assert found["pairs"]["judged"] == 6
    assert len(server.asked) == 7


def test_what_is_in_flight_counts_when_another_question_fails(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", "--database", str(write_greys(tmp_path / "a", 12)), *priced(server)]
    words += ["--method", "attribute", "--out", str(tmp_path / "out"), "--parallel", "4"]
    server.fail(*[Fault()] * 5, Fault(status=403))
    refused(capsys, *words)
    kept = len((tmp_path / "out" / "judgements.jsonl").read_text().splitlines()) - 1
    assert kept == len(server.asked) - 1 >= 5
    assert judge(capsys, *words)["pairs"]["judged"] == 12
    assert len(server.asked) == 13


def run_on(folder: Path, count: int, *words: str) -> list[str]:
    said = ["run", "--database", str(write_greys(folder / "a", count)), "--method", "attribute"]
    return [*said, *words, "--out", str(folder / "out")]


def test_a_pair_that_is_refused_keeps_no_other_from_being_judged(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    words = run_on(tmp_path, 4, *priced(server))
    server.fail(Fault(status=400, message="too small"))
    assert main(["judge", *words, "--json"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)["pairs"]["judged"] == 3
    assert "1 pair was refused, the last with: 127.0.0.1" in shown.err
    assert judge(capsys, *words)["pairs"]["judged"] == 4
    assert len(server.asked) == 5, "the one that was refused is asked about again"


def test_an_endpoint_that_refuses_everything_is_no_judge(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.always = Fault(status=400, message="this model sees no pictures")
    assert "sees no pictures" in refused(capsys, *run_on(tmp_path, 3, *priced(server)))


def test_a_run_that_brings_no_score_is_ended(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.says = "Let me see"
    words = run_on(tmp_path, 13, *priced(server))
    said = refused(capsys, *words)
    assert "None of the first 10 answers is a score" in said
    assert "10 of 13 pairs" in said
    assert len(server.asked) == 20
    server.says = "Let me see\n5"
    found = judge(capsys, *words, "--max-tokens", "500")  # is another judge
    assert (found["pairs"]["judged"], found["pairs"]["unusable"]) == (13, 0)
    assert server.asked[-1].fields["max_tokens"] == 500


def test_a_run_that_costs_more_than_was_agreed_to_is_ended(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    server.says = "7\n" + "word " * 999  # a thousand tokens, a dollar
    prices = ["--price-in", "0", "--price-out", "1000", "--parallel", "2"]
    words = run_on(tmp_path, 14, *endpoint(server), *prices, "--confirm-above", "2.5")
    said = refused(capsys, *words)
    assert "dollars, more than the 2.50 that were agreed to" in said
    kept = len((tmp_path / "out" / "judgements.jsonl").read_text().splitlines()) - 1
    assert 3 <= kept == len(server.asked) <= 4, "what was in flight is kept"
    assert "more than the 6.50" in refused(capsys, *words, "--confirm-above", "6.5")
    left = 14 - len(server.asked)
    assert left in (2, 3, 4)
    said = refused(capsys, *words, "--confirm-above", "1")  # by now it is known what a pair costs
    assert f"{left} calls at about {left}.00 dollars were not agreed to" in said
    assert judge(capsys, *words, "--yes")["cost"]["dollars"] == pytest.approx(14)
    assert len(server.asked) == 14


@pytest.mark.parametrize(
    ("stop", "status"), [(signal.SIGKILL, -signal.SIGKILL), (signal.SIGINT, 130)]
)
def test_a_kill_loses_the_answer_in_flight_alone(
    tmp_path: Path,
    server: EndpointServer,
    capsys: pytest.CaptureFixture[str],
    stop: signal.Signals,
    status: int,
) -> None:
    words = ["run", "--database", str(write_greys(tmp_path / "a", 5)), *priced(server)]
    words += ["--method", "attribute", "--out", str(tmp_path / "out")]
    server.fail(Fault(), Fault(), Fault(stall=True))
    script = "import sys; from trainer.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "judge", *words]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        while len(server.asked) < 3:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(stop)
    assert process.returncode == status
    found = judge(capsys, *words)
    assert found["pairs"]["judged"] == 5
    assert len(server.asked) == 6


def test_what_it_costs_at_most_needs_no_search(
    tmp_path: Path, server: EndpointServer, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["estimate", "--database", str(write_greys(tmp_path / "a", 6)), *priced(server)]
    words += ["-k", "9", "--queries", "4", "--out", str(out)]
    most = judge(capsys, *words, "--no-search")
    assert most["pairs"] == {"wanted": 40, "distinct": 40, "left": 40}
    assert most["cost"]["dollars"] > 0
    assert not (out / "rankings").exists()
    assert judge(capsys, *words)["pairs"]["distinct"] == 20  # both find all five others
    assert main(["judge", *words, "--no-search"]) == 0
    assert "at most 40 distinct" in capsys.readouterr().out
    assert server.asked == []


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (NEAR[:-2], "needs --judge-model"),
        (["--judge", "truth", "--vlm", "x"], "--vlm has no meaning for --judge truth"),
        (["--judge", "local"], "--judge local needs --vlm"),
        (["--judge", "truth", "--queries", "0"], "--queries must be 1 or more"),
        (["--judge", "truth", "-k", "0"], "-k must be 1 or more"),
        (["--judge", "truth", "--method", "nonsense"], "nonsense"),
        (["--judge", "truth", "--distractor-images", "x"], "without --distractors"),
        (["--judge", "truth", "--database", "missing"], "There is no missing"),
        ([*NEAR, "--price-in", "1"], "both --price-in and --price-out"),
        ([*NEAR, "--per-minute", "0"], "--per-minute must be"),
        ([*NEAR, "--parallel", "65"], "--parallel lies between"),
        ([*NEAR, "--key", "none"], "none"),
        ([*NEAR, "--url", "nowhere"], "address of an endpoint"),
    ],
)
def test_mistakes_are_said_in_a_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], message: str
) -> None:
    common = ["--database", str(write_greys(tmp_path / "a", 3)), "--out", str(tmp_path / "out")]
    assert main(["judge", "run", *common, *words]) == 2
    said = [line for line in capsys.readouterr().err.splitlines() if "Verifying" not in line]
    assert len(said) == 1
    assert message.lower() in said[0].lower()


def test_nothing_to_report_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "judge run" in refused(capsys, "report", "--out", str(tmp_path))
