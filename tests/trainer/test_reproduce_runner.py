"""Stages are done once, side by side, and go on after whatever ended them. Real processes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import asdict, replace
from pathlib import Path

import psutil
import pytest
from filelock import FileLock

from engine.errors import KnownError
from engine.jobs import Cancelled, JobControl
from trainer.reproduce.config import FullConfig, PartSettings, read_config
from trainer.reproduce.full import FullRequest, full_plan
from trainer.reproduce.lists import read_list, write_list
from trainer.reproduce.plan import Plan, Stage
from trainer.reproduce.runner import Runner, last_line
from trainer.reproduce.state import Entry

SCENES = ("scenes", "--size", "32", "--no-photos", "--sources", "shapes")
ENDLESS = 100_000  # scenes; nobody waits for them


def drawing(name: str, *needs: str, count: int = 2, relations: str = "ring") -> Stage:
    words = (*SCENES, "--out", name, "--count", str(count), "--relations", relations)
    return Stage(name, f"Draw {name}", words=words, needs=needs, makes=(name,), minutes=1)


def runner(folder: Path, *stages: Stage, lanes: int = 2, only: tuple[str, ...] = ()) -> Runner:
    return Runner(Plan("small", stages, lanes), folder, lambda _: None, only=only)


def go(folder: Path, *stages: Stage, only: tuple[str, ...] = ()) -> list[str]:
    return runner(folder, *stages, only=only).run(JobControl())


def wait_until(condition: object, seconds: float = 60) -> None:
    assert callable(condition)
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never happened"
        time.sleep(0.05)


def test_a_second_run_does_only_what_is_missing_or_changed(tmp_path: Path) -> None:
    stages = [drawing("a"), drawing("b", "a"), drawing("c")]
    assert sorted(go(tmp_path, *stages)) == ["a", "b", "c"]
    found = json.loads((tmp_path / "state.json").read_text())
    assert {entry["status"] for entry in found["stages"].values()} == {"done"}
    assert runner(tmp_path, *stages).left() == []
    assert go(tmp_path, *stages) == []

    (tmp_path / "c" / "scenes.jsonl").rename(tmp_path / "c" / "moved.jsonl")
    (tmp_path / "c").rename(tmp_path / "lost")
    assert go(tmp_path, *stages) == ["c"]

    stages[0] = drawing("a", relations="grid")
    (tmp_path / "b" / "old").touch()
    assert go(tmp_path, *stages) == ["a", "b"], "what needs a changed stage is done anew"
    assert "grid" in (tmp_path / "a" / "scenes.jsonl").read_text()
    assert not (tmp_path / "b" / "old").exists(), "nothing of the other settings is left"


def test_what_a_person_made_is_put_aside_and_never_removed(tmp_path: Path) -> None:
    stage = replace(drawing("a"), keeps=("a",))
    go(tmp_path, stage)
    (tmp_path / "a" / "work-of-a-person").touch()
    go(tmp_path, replace(drawing("a", relations="grid"), keeps=("a",)))
    assert len(list(tmp_path.glob("a-*/work-of-a-person"))) == 1


def test_a_file_that_changes_does_a_stage_anew(tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("key,label\n")
    stage = replace(drawing("a"), files=(labels,))
    go(tmp_path, stage)
    assert runner(tmp_path, stage).left() == []
    labels.write_text("key,label\nx,yes\n")
    assert runner(tmp_path, stage).left() == [stage]


def test_what_was_paid_for_stays_when_words_change(tmp_path: Path) -> None:
    judge = {stage.name: stage for stage in judged().stages}["judge"]
    (tmp_path / "judge").mkdir()
    for name in ("judgements.jsonl", "figures.json"):
        (tmp_path / "judge" / name).touch()
    stage = replace(drawing("a"), makes=(*judge.makes, "a"))
    entry = Entry("another key", "done")
    (tmp_path / "state.json").write_text(state(stages={"a": asdict(entry)}))
    with pytest.raises(KnownError, match=r"it made no judge/figures\.json"):
        go(tmp_path, stage)
    assert (tmp_path / "judge" / "judgements.jsonl").is_file()


def judged() -> Plan:
    config = read_config("reproduce-full", ('judge=["--judge", "truth"]',))
    assert isinstance(config, FullConfig)
    return full_plan(config, FullRequest(Path("/shards")), 1)


def test_a_file_made_anew_is_changed_anew(tmp_path: Path) -> None:
    made = replace(drawing("a"), makes=("a", "a/scenes.jsonl"))
    into = replace(
        drawing("b", "a"), words=(*SCENES, "--out", "b", "--count", "2", "--force"), makes=()
    )
    into = replace(into, changes=("a",))
    go(tmp_path, made, into)
    assert go(tmp_path, made, into) == []
    shutil.rmtree(tmp_path / "a")
    assert go(tmp_path, made, into) == ["a", "b"]


def test_a_configuration_that_changes_does_a_stage_anew(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('recipe = "relsim"\n')
    stage = replace(drawing("a"), words=("relsim", *PartSettings(str(own)).words()))
    before, shipped = stage.key({}, tmp_path), replace(stage, words=("relsim", "--config", "clip"))
    assert shipped.key({}, tmp_path) == replace(shipped, kind="").key({}, tmp_path)
    own.write_text('recipe = "clip"\n')
    assert stage.key({}, tmp_path) != before
    (named,) = replace(shipped, kind="contrastive")._configs()
    assert named.is_file(), "of a shipped one, where a newer program is a reason"


def test_stages_that_end_together_are_all_told_of(tmp_path: Path) -> None:
    at_work = runner(tmp_path, drawing("good"), drawing("bad", relations="no-such"))

    def both_have_ended() -> bool:
        return all(one.process.poll() is not None for one in at_work._running.values())

    def say(line: str) -> None:
        if len(at_work._running) == 2 and "done" not in line:
            wait_until(both_have_ended)

    at_work._say = say
    with pytest.raises(KnownError, match="Stage bad"):
        at_work.run(JobControl())
    found = json.loads((tmp_path / "state.json").read_text())
    assert {name: entry["status"] for name, entry in found["stages"].items()} == {
        "good": "done",
        "bad": "failed",
    }


def test_a_run_that_was_moved_finds_its_pictures(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    go(old, drawing("a"))
    places = [str(old / "wild" / "1.png"), "2.png", str(tmp_path / "old-too" / "3.png")]
    lines = [{"key": str(number), "file": place} for number, place in enumerate(places)]
    lines[0]["caption"] = "one\u2028line"
    write_list(old / "scan" / "kept.jsonl", lines)
    old.rename(new)
    go(new, drawing("a"), drawing("b"))
    found = read_list(new / "scan" / "kept.jsonl")
    assert found == [lines[0] | {"file": str(new / "wild" / "1.png")}, *lines[1:]]


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "state.json.partial").mkdir()  # as a full disk, it lets no file be written
    with pytest.raises(KnownError, match=r"cannot be written .* make room"):
        go(tmp_path, drawing("a"))


def test_a_stage_waits_for_the_end_of_its_process_of_a_killed_run(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    words = ["command", "1", *drawing("a").words]
    with lock:
        child = subprocess.Popen(
            [sys.executable, "-m", "trainer.reproduce.child", "lock", *words],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
        )
        with pytest.raises(subprocess.TimeoutExpired):
            child.wait(2)
        assert not (tmp_path / "a").exists()
    assert child.wait(60) == 0
    assert child.stdin is not None
    child.stdin.close()
    assert (tmp_path / "a").is_dir()


def test_a_stage_that_fails_names_its_log_and_says_why(tmp_path: Path) -> None:
    bad = drawing("bad", relations="no-such-relation")
    endless = drawing("endless", count=ENDLESS)
    with pytest.raises(KnownError) as caught:
        go(tmp_path, bad, endless, drawing("after", "bad"))
    assert "Stage bad ended with status 2: Unknown relation 'no-such-relation'" in str(caught.value)
    assert str(tmp_path / "logs" / "bad.log") in str(caught.value)
    found = json.loads((tmp_path / "state.json").read_text())
    assert found["stages"]["bad"]["status"] == "failed"
    assert found["stages"]["endless"]["status"] == "running", "it goes on the next time"
    assert "after" not in found["stages"]


def test_a_command_that_makes_nothing_has_failed(tmp_path: Path) -> None:
    stage = replace(drawing("a"), makes=("elsewhere",))
    with pytest.raises(KnownError, match="it made no elsewhere"):
        go(tmp_path, stage)


def test_cancel_ends_both_stages(tmp_path: Path) -> None:
    control, seen = JobControl(), list[str]()
    plan = Plan("small", tuple(drawing(name, count=ENDLESS) for name in ("a", "b")), 2)

    def say(line: str) -> None:
        seen.append(line)
        if len(seen) == 2:  # both have begun
            wait_until(lambda: all((tmp_path / x / "000001.png").is_file() for x in ("a", "b")))
            control.cancel()

    at_work = Runner(plan, tmp_path, say)
    with pytest.raises(Cancelled):
        at_work.run(control)
    found = json.loads((tmp_path / "state.json").read_text())
    assert {entry["code"] for entry in found["stages"].values()} == {130}, "ended by Ctrl-C"


def test_a_kill_leaves_no_process_behind_and_the_next_run_goes_on(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from engine.jobs import JobControl\n"
        "from trainer.reproduce.plan import Plan, Stage\n"
        "from trainer.reproduce.runner import Runner\n"
        f"stages = (Stage('quick', 'q', words={drawing('quick').words!r}, makes=('quick',)),\n"
        f"    Stage('slow', 's', words={drawing('slow', count=ENDLESS).words!r},"
        " needs=('quick',), makes=('slow',)))\n"
        f"Runner(Plan('small', stages, 2), Path({str(tmp_path)!r}), print).run(JobControl())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.DEVNULL)
    wait_until((tmp_path / "slow" / "000001.png").is_file)
    children = psutil.Process(parent.pid).children()
    assert children
    with pytest.raises(KnownError, match="at work already"):
        go(tmp_path, drawing("quick"))
    parent.kill()
    parent.wait()
    wait_until(lambda: not any(child.is_running() for child in children))

    quick = Stage("quick", "q", words=drawing("quick").words, makes=("quick",))
    slow = Stage(
        "slow", "s", words=drawing("slow").words, needs=("quick",), makes=("slow",)
    )  # fewer, so that the test ends
    assert go(tmp_path, quick, slow) == ["slow"]


def test_only_some_stages(tmp_path: Path) -> None:
    stages = [drawing("a"), drawing("b", "a"), drawing("c")]
    assert go(tmp_path, *stages, only=("c",)) == ["c"]
    with pytest.raises(KnownError, match="what they need is not among --only: b"):
        go(tmp_path, *stages, only=("b",))
    with pytest.raises(KnownError, match="There is no stage d: a, b, c"):
        go(tmp_path, *stages, only=("d",))


def state(**changes: object) -> str:
    whole = {"format": "relsim-reproduction-state", "version": 1, "scale": "small", "stages": {}}
    return json.dumps(whole | changes)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (state(version=2), "newer"),
        (state(scale="full"), "scale full"),
        (state(format="else"), "something else"),
        (state(stages={"a": {}}), "damaged"),
        (state()[:20], "damaged"),
    ],
)
def test_a_state_that_cannot_be_read_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "state.json").write_text(content)
    with pytest.raises(KnownError, match=reason):
        runner(tmp_path, drawing("a"))


def test_the_last_line_that_says_something(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert last_line(log) == ""
    log.write_bytes(b"x" * 10_000 + b"\nfirst\n\n  the last \n\n")
    assert last_line(log) == "the last"
    log.write_text("relsim-train: why\n  ====  \n")
    assert last_line(log) == "===="
    assert last_line(log, "relsim-train: ") == "relsim-train: why"
