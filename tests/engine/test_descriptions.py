"""Descriptions: a person's, else the captioner's, else the bank's; and how captions are written.

What the captioner says is scripted, because a tiny model says nothing sensible; all else is real.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from golden_files import golden
from large_models import captioner_spec, load_base

from engine.errors import DecodeError, ModelError, QueryError
from engine.jobs import Cancelled, JobControl
from engine.models.captioner import AnonymousCaptioner
from engine.models.chosen import ModelRequest
from engine.service import Engine
from engine.types import Description, UInt8

LEAKING = "A cat sitting beside a {Object}"
ANONYMOUS = "{Subject} repeated around an empty center"
OTHER = "{Subject} growing step by step"


class Script:
    """Says what was written for it instead of what a model would say."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.calls: list[tuple[int, int | None]] = []

    def __call__(self, prepared: Sequence[UInt8], seed: int | None) -> list[Description]:
        self.calls.append((len(prepared), seed))
        said = [self.texts.pop(0) for _ in prepared]
        return [Description(text or None, 0.5, "captioner", "key") for text in said]


class ScriptedCaptioner(AnonymousCaptioner):
    """The captioner, but for what it says."""

    script: Script

    def write(
        self, prepared: Sequence[UInt8], seed: int | None, control: JobControl | None
    ) -> list[Description]:
        return self.script(prepared, seed)


@pytest.fixture(scope="module")
def captioner() -> Iterator[ScriptedCaptioner]:
    base = load_base(writes=True)
    loaded = ScriptedCaptioner.load(captioner_spec(), base)
    yield ScriptedCaptioner(captioner_spec(), base, loaded._lora, loaded._tokenizer)
    base.close()


def pixels(count: int) -> list[UInt8]:
    return [np.zeros((56, 56, 3), np.uint8) for _ in range(count)]


def said(captioner: ScriptedCaptioner, count: int, seed: int | None = None) -> list[str | None]:
    return [written.text for written in captioner.caption(pixels(count), seed=seed)]


def test_anonymous_captions_are_written_once(captioner: ScriptedCaptioner) -> None:
    captioner.script = Script(ANONYMOUS, OTHER)
    assert said(captioner, 2) == [ANONYMOUS, OTHER]
    assert captioner.script.calls == [(2, None)]


def test_a_caption_that_leaks_is_sampled_once_more(captioner: ScriptedCaptioner) -> None:
    captioner.script = Script(ANONYMOUS, LEAKING, OTHER, LEAKING, ANONYMOUS, OTHER)
    assert said(captioner, 4) == [ANONYMOUS, ANONYMOUS, OTHER, OTHER]
    (first, greedy), (second, seed) = captioner.script.calls
    assert (first, second) == (4, 2), "only those that leaked"
    assert greedy is None
    assert seed is not None, "greedy again would say the same"


def test_it_stays_where_the_second_is_no_better(captioner: ScriptedCaptioner) -> None:
    captioner.script = Script(LEAKING, "A dog beside a {Object}")
    assert said(captioner, 1) == [LEAKING]
    captioner.script = Script(LEAKING, "")
    assert said(captioner, 1) == [LEAKING]
    assert len(captioner.script.calls) == 2


def test_an_empty_caption_is_tried_again(captioner: ScriptedCaptioner) -> None:
    captioner.script = Script("", ANONYMOUS)
    assert said(captioner, 1) == [ANONYMOUS]


def test_a_sample_is_tried_again_with_another_seed(captioner: ScriptedCaptioner) -> None:
    captioner.script = Script(LEAKING, ANONYMOUS)
    assert said(captioner, 1, seed=7) == [ANONYMOUS]
    seeds = [seed for _, seed in captioner.script.calls]
    assert seeds[0] == 7
    assert seeds[1] != 7


# In a library


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Script:
    """What the engine's captioner says; it begins anew when all was said."""
    scripted = Script()

    def write(
        captioner: AnonymousCaptioner, prepared: Sequence[UInt8], seed: int | None, _: object
    ) -> list[Description]:
        scripted.texts += [f"{{Subject}} of kind {len(scripted.calls)}"] * len(prepared)
        return [
            Description(written.text, written.confidence, written.source, captioner.key)
            for written in scripted(prepared, seed)
        ]

    monkeypatch.setattr(AnonymousCaptioner, "write", write)
    return scripted


CAPTIONER = ModelRequest(
    base=golden("relsim-tiny", "base"),
    captioner=golden("relsim-tiny", "captioner"),
    precision="float32",
)


@pytest.fixture
def captioning(script: Script, pictures: Path) -> Iterator[Engine]:
    """An engine with a captioner beside the small model, and three pictures indexed."""
    for path in sorted(pictures.iterdir())[3:]:
        path.unlink()
    with Engine.open(request=CAPTIONER) as engine:
        engine.index([pictures])
        yield engine


def ids(engine: Engine, pictures: Path) -> list[int]:
    found = [engine.store.image_at(path) for path in sorted(pictures.iterdir())]
    return [image_id for image_id in found if image_id is not None]


def test_a_person_comes_before_the_captioner_before_the_bank(
    captioning: Engine, pictures: Path
) -> None:
    engine, (image_id, *_) = captioning, ids(captioning, pictures)
    bank = engine.describe(image_id)
    assert bank.source == "bank"
    report = engine.descriptions.fill([image_id])
    assert (report.captioned, report.failed) == (1, ())
    written = engine.describe(image_id)
    assert written.source == "captioner"
    assert written.model.startswith("captioner/")
    own = engine.descriptions.set(image_id, "  {Things}\n around   nothing ")
    assert own == Description("{Things} around nothing", 1.0, "person")
    assert engine.describe(image_id) == own
    hits = engine.neighbors(sorted(pictures.iterdir())[1], 2)
    assert own in [hit.description for hit in hits]
    assert engine.score(image_id, image_id).descriptions == (own, own)
    engine.descriptions.remove(image_id)
    assert engine.describe(image_id) == written
    engine.store.remove_caption(image_id, "captioner")
    assert engine.describe(image_id) == bank


def test_filling_leaves_what_a_person_wrote_or_pinned(
    captioning: Engine, pictures: Path, script: Script
) -> None:
    engine, (own, kept, other) = captioning, ids(captioning, pictures)
    assert engine.descriptions.can_write
    mine = engine.descriptions.set(own, "{Mine}")
    engine.descriptions.fill([kept])
    pinned = engine.descriptions.pin(kept, True)
    assert pinned.pinned
    assert engine.describe(kept) == pinned
    assert engine.descriptions.fill().captioned == 1
    assert engine.descriptions.fill().captioned == 0, "nothing is left"
    first = engine.describe(other)
    again = engine.descriptions.fill([own, kept, other], seed=5)
    assert again.captioned == 1
    assert script.calls[-1][1] == 5
    assert engine.describe(own) == mine
    assert engine.describe(kept) == pinned
    assert engine.describe(other) != first
    assert not engine.descriptions.pin(kept, False).pinned
    assert engine.descriptions.fill([kept]).captioned == 1
    assert engine.describe(kept).text != pinned.text


def test_captions_stay_when_the_captioner_goes(captioning: Engine, pictures: Path) -> None:
    engine, (image_id, *_) = captioning, ids(captioning, pictures)
    engine.descriptions.fill()
    written = engine.describe(image_id)
    engine.use(ModelRequest())
    assert engine.describe(image_id) == written
    assert not engine.descriptions.can_write
    with pytest.raises(ModelError, match="relsim models download relsim-captioner-7b"):
        engine.descriptions.fill()
    with pytest.raises(ModelError, match="No captioner"):
        engine.descriptions.write(sorted(pictures.iterdir())[0])


def test_a_file_is_described_and_nothing_stored(
    captioning: Engine, pictures: Path, tmp_path: Path, script: Script
) -> None:
    path = sorted(pictures.iterdir())[0]
    written = captioning.descriptions.write(path, seed=3)
    assert written.source == "captioner"
    assert script.calls == [(1, 3)]
    assert captioning.describe(path).source == "bank"
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG")
    with pytest.raises(DecodeError, match=r"broken\.png"):
        captioning.descriptions.write(broken)


def test_what_cannot_be_set_or_pinned(captioning: Engine, pictures: Path) -> None:
    image_id = ids(captioning, pictures)[0]
    with pytest.raises(QueryError, match="Write what the picture shows"):
        captioning.descriptions.set(image_id, " \n ")
    with pytest.raises(QueryError, match="no longer in the library"):
        captioning.descriptions.set(987, "{Things}")
    with pytest.raises(QueryError, match="Only a written description"):
        captioning.descriptions.pin(image_id, True)
    with pytest.raises(QueryError, match="Only a written description"):
        captioning.descriptions.pin(987, True)
    captioning.descriptions.remove(image_id)  # there is none: nothing happens


def test_models_stay_while_pictures_are_described(captioning: Engine, script: Script) -> None:
    class Exchanging(JobControl):
        refused = 0

        def report(self, *rest: object, **options: object) -> None:
            super().report(*rest, **options)  # type: ignore[arg-type]
            with pytest.raises(QueryError, match="wait for that, or cancel it"):
                captioning.use(ModelRequest())
            self.refused += 1

    control = Exchanging()
    assert captioning.descriptions.fill(control=control).captioned == 3
    assert control.refused > 0
    captioning.use(ModelRequest())


def test_a_cancelled_job_keeps_what_it_stored(captioning: Engine) -> None:
    control = JobControl()
    control.cancel()
    with pytest.raises(Cancelled):
        captioning.descriptions.fill(control=control)
    assert captioning.descriptions.fill().captioned == 3
