"""Judges: a model behind an endpoint, and one on this machine."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from endpoint_server import Asked, EndpointServer, Fault, endpoint_server
from judged import write_greys
from PIL import Image

from engine.endpoints.client import Endpoint, Refused
from engine.errors import ModelError
from engine.jobs import Cancelled, JobControl
from engine.models.device import MemoryExhaustedError
from trainer.cli import main
from trainer.judge.judges import (
    AGAIN,
    JUDGE_PROMPT,
    PROMPT_VERSION,
    EndpointJudge,
    Prices,
    picture_tokens,
)
from trainer.judge.local_vlm import LocalVlmJudge
from trainer.vlm.several_pictures import SeveralPictures
from trainer.vlm.tiny import TinyShape, make_tiny

RED, BLUE = Image.new("RGB", (1600, 800), "red"), Image.new("RGB", (40, 60), "blue")


@pytest.fixture(scope="module")
def running() -> Iterator[EndpointServer]:
    with endpoint_server() as server:
        yield server


@pytest.fixture
def server(running: EndpointServer) -> EndpointServer:
    running.reset()
    return running


@pytest.fixture(scope="module")
def judge(running: EndpointServer) -> Iterator[EndpointJudge]:
    made = EndpointJudge(Endpoint(running.url, "gpt-4o"), prices=Prices(2.5, 10), first_wait_s=0.01)
    yield made
    made.close()


def test_a_pair_is_judged(server: EndpointServer, judge: EndpointJudge) -> None:
    server.says = "8/10"
    judgement = judge.judge(RED, BLUE)
    assert (judgement.score, judgement.text, judgement.reason_refused) == (8.0, "8/10", "")
    (asked,) = server.asked
    assert asked.prompt == JUDGE_PROMPT
    sent = [Image.open(io.BytesIO(picture)) for picture in asked.pictures]
    assert [picture.size for picture in sent] == [(768, 384), (40, 60)]
    assert sent[1].getpixel((5, 5)) == pytest.approx((0, 0, 255), abs=4)
    assert judgement.raw["answers"][0]["choices"][0]["message"]["content"] == "8/10"
    assert judgement.tokens_in == len(JUDGE_PROMPT.split()) + 2 * 85
    assert judgement.tokens_out == 1
    json.dumps(judgement.raw)
    host = server.url.removeprefix("http://")
    assert judge.id == f"gpt-4o@{host}/{PROMPT_VERSION}"


def test_an_answer_without_a_score_is_asked_again_once(
    server: EndpointServer, judge: EndpointJudge
) -> None:
    said = iter(["Hard to say: 6 or 7", "6"])
    server.says = lambda asked: next(said)
    judgement = judge.judge(RED, BLUE)
    assert (judgement.score, len(judgement.raw["answers"])) == (6.0, 2)
    first, second = server.asked
    assert [message["role"] for message in second.fields["messages"]] == [
        "user",
        "assistant",
        "user",
    ]
    assert second.prompt.endswith(f"Hard to say: 6 or 7\n{AGAIN}")
    assert second.pictures == first.pictures
    paid = len(first.prompt.split()) + len(second.prompt.split()) + 4 * 85
    assert (judgement.tokens_in, judgement.tokens_out) == (paid, 7)

    server.says = "They are both nice."
    judgement = judge.judge(RED, BLUE)
    assert judgement.score is None
    assert judgement.reason_refused == "no score in its answer"
    assert len(server.asked) == 4


def test_another_server_is_another_judge_whatever_it_calls_its_model() -> None:
    def made(url: str, **options: int) -> str:
        return EndpointJudge(Endpoint(url, "default"), **options).id

    assert made("http://localhost:8000/v1") != made("http://localhost:8001/v1")
    assert made("https://Host/v1/") == made("http://host/v1 ")
    assert made("https://host/v1", max_tokens=500) != made("https://host/v1")


def test_an_answer_that_was_cut_off_is_no_score_and_says_what_helps(
    server: EndpointServer, judge: EndpointJudge
) -> None:
    message = {"content": "Let me think. Score: 1"}
    document = {"choices": [{"message": message, "finish_reason": "length"}]}
    server.fail(*[Fault(instead=json.dumps(document).encode())] * 2)
    judgement = judge.judge(RED, BLUE)
    assert judgement.score is None
    assert "after 64 tokens: it needs more --max-tokens" in judgement.reason_refused


def test_tokens_that_are_told_in_part_are_not_known(
    server: EndpointServer, judge: EndpointJudge
) -> None:
    def says(asked: Asked) -> str:
        server.tells_usage = len(asked.fields["messages"]) > 1
        return "no idea" if not server.tells_usage else "5"

    server.says = says
    judgement = judge.judge(RED, BLUE)
    assert (judgement.score, judgement.tokens_in, judgement.tokens_out) == (5.0, None, None)


def test_pairs_that_are_refused(server: EndpointServer, judge: EndpointJudge) -> None:
    document = {"choices": [{"message": {"content": None, "refusal": "I will not"}}]}
    server.fail(Fault(instead=json.dumps(document).encode()))
    judgement = judge.judge(RED, BLUE)
    assert (judgement.score, judgement.reason_refused) == (None, "refused: I will not")
    assert len(server.asked) == 1, "it would refuse again"

    server.fail(Fault(status=400, message="unsafe", code="content_filter"))
    judgement = judge.judge(RED, BLUE)
    assert judgement.score is None
    assert "unsafe" in judgement.reason_refused
    assert judgement.raw == {"answers": []}

    server.fail(Fault(status=401))
    with pytest.raises(Refused, match="refuses the key"):
        judge.judge(RED, BLUE)
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        judge.judge(RED, BLUE, control)


def test_the_cost_is_told_before_the_first_question(
    server: EndpointServer, judge: EndpointJudge
) -> None:
    estimate = judge.cost(1000)
    assert server.asked == []
    assert estimate.calls == 1000
    assert estimate.tokens_in == 1000 * (len(JUDGE_PROMPT) // 4 + 2 * 765)
    assert estimate.dollars == pytest.approx(
        estimate.tokens_in * 2.5e-6 + estimate.tokens_out * 10e-6
    )
    assert f"${estimate.dollars:.2f}" in estimate.text
    unpriced = EndpointJudge(Endpoint(server.url, "m")).cost(1)
    assert unpriced.dollars is None
    assert "1 call to m" in unpriced.text
    assert "not known" in unpriced.text


@pytest.mark.parametrize(
    ("size", "tokens"),
    # The first three are the examples in the maker's documentation.
    [((1024, 1024), 765), ((2048, 4096), 1105), ((4096, 8192), 1105), ((100, 50), 255)],
)
def test_tokens_of_a_picture(size: tuple[int, int], tokens: int) -> None:
    assert picture_tokens(*size) == tokens


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    shape = TinyShape(32, 1, 2, 32, 1, 2)
    return make_tiny(tmp_path_factory.mktemp("tiny"), [JUDGE_PROMPT, AGAIN], shape=shape)


@pytest.fixture
def local(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalVlmJudge]:
    monkeypatch.setenv("RELSIM_DEVICE", "cpu")
    made = LocalVlmJudge(tiny)
    yield made
    made.close()


def test_a_local_model_answers_itself_and_the_same_again(local: LocalVlmJudge, tiny: Path) -> None:
    first = local.judge(RED, BLUE)
    assert first.score is None, "random weights say nothing"
    assert first.reason_refused == "no score in its answer"
    assert len(first.raw["answers"]) == 2
    assert local.judge(RED, BLUE) == first
    assert local.judge(BLUE, RED).raw != first.raw, "it sees which picture comes first"
    assert local.id.startswith(f"{tiny.name}@")
    assert local.id.endswith(f"/{PROMPT_VERSION}-local")
    assert local.cost(7).dollars == 0
    local.close()
    assert local.judge(RED, BLUE) == first, "it is loaded anew"


def test_a_model_on_this_machine_judges_what_methods_find(
    local: LocalVlmJudge, tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    words = ["--database", str(write_greys(tmp_path / "a", 2)), "--method", "attribute"]
    words += ["--judge", "local", "--vlm", str(tiny), "--out", str(out), "--json"]
    assert main(["judge", "run", *words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["judge"]["id"] == local.id
    assert found["pairs"]["judged"] == 2
    assert found["cost"]["dollars"] == 0.0
    lines = (out / "judgements.jsonl").read_text().splitlines()[1:]
    assert all(json.loads(line)["raw"]["answers"] for line in lines)


def test_other_weights_are_another_judge(local: LocalVlmJudge, tmp_path: Path) -> None:
    shape = TinyShape(32, 1, 2, 32, 1, 2)
    other = make_tiny(tmp_path / "other", [JUDGE_PROMPT, AGAIN], shape=shape, seed=1)
    assert LocalVlmJudge(other).id.split("@")[1] != local.id.split("@")[1]


def test_the_words_of_a_local_model_are_read(
    local: LocalVlmJudge, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What random weights never say is put into their mouth; all else is the judge's own.
    answers: dict[str, list[str] | None] = {"first": ["Score: 4\nBecause."], "again": ["9"]}

    def said(asking: SeveralPictures, groups: object, **_: object) -> list[str] | None:
        return answers["again" if AGAIN in asking._prompt else "first"]

    monkeypatch.setattr(SeveralPictures, "answers", said)
    assert local.judge(RED, BLUE).score == 4
    answers["first"] = ["Hm"]
    judgement = local.judge(RED, BLUE)
    assert (judgement.score, judgement.raw) == (9.0, {"answers": ["Hm", "9"]})
    answers["first"] = None
    with pytest.raises(MemoryExhaustedError, match="smaller model"):
        local.judge(RED, BLUE)


def test_a_local_model_that_is_cancelled_or_not_here(local: LocalVlmJudge, tmp_path: Path) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        local.judge(RED, BLUE, control)
    with pytest.raises(ModelError, match="is not here"):
        LocalVlmJudge("nobody/qwen")
    with pytest.raises(ModelError, match="no weights"):
        LocalVlmJudge(tmp_path)
