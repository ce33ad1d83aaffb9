"""Pictures by real diffusers pipelines that are made on the spot, and what is said if they fail."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from large_models import PROCESSOR
from PIL import Image
from tiny_pipelines import make_editing_model, make_shy_model, make_text_model

from engine.errors import ModelError, QueryError
from engine.generation.generators import (
    Generated,
    GenerationRequest,
    Generator,
    GeneratorChoice,
    load_generator,
    problem,
)
from engine.generation.pipelines import Weights, find_pipeline, plan, weights_of
from engine.jobs import Cancelled, JobControl
from engine.models.device import Device

GIB = 1 << 30


@pytest.fixture(scope="module")
def text_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_text_model(tmp_path_factory.mktemp("models") / "tiny-words")


@pytest.fixture(scope="module")
def editing_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_editing_model(tmp_path_factory.mktemp("models") / "tiny-edits")


@pytest.fixture(scope="module")
def words(text_model: Path) -> Iterator[Generator]:
    with closing(load_generator(choice(text_model))) as generator:
        yield generator


def choice(folder: Path | str) -> GeneratorChoice:
    return GeneratorChoice("diffusers", str(folder))


def made(generator: Generator, prompt: str = "a ring of birds", **wishes: Any) -> list[Generated]:
    request = GenerationRequest(prompt, **{"count": 1, "steps": 2, **wishes})
    return list(generator.generate(request, JobControl()))


def pixels(one: Generated) -> np.ndarray:
    return np.asarray(one.image, np.int16)


def photo(size: tuple[int, int] = (300, 200)) -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert("RGB")


def test_pictures_depend_on_prompt_and_seed_alone(words: Generator) -> None:
    first, second = made(words, count=2, seed=5)
    alone = made(words, seed=6)[0]

    assert (first.seed, second.seed) == (5, 6)
    assert first.generator == words.id == "diffusers/tiny-words"
    assert (first.image.mode, first.image.size) == ("RGB", (32, 32))
    assert np.array_equal(pixels(second), pixels(alone)), "whatever was made before"
    assert not np.array_equal(pixels(first), pixels(second))
    assert not np.array_equal(pixels(made(words, "a cat", seed=6)[0]), pixels(alone))


def test_wishes_reach_the_model(words: Generator) -> None:
    plain = pixels(made(words)[0])

    assert made(words, size=(70, 100))[0].image.size == (64, 96), "multiples of 16"
    for wish in ({"steps": 3}, {"guidance": 1.5}, {"negative": "a dull tower"}):
        assert not np.array_equal(pixels(made(words, **wish)[0]), plain), wish


def test_a_model_for_words_can_change_a_picture_too(words: Generator) -> None:
    assert words.edits
    near, far = (made(words, reference=photo(), strength=s, steps=10)[0] for s in (0.1, 1.0))

    assert near.image.size == (32, 16), "the shape of the picture, the size of the model"
    original = np.asarray(photo().resize((32, 16)), np.int16)
    assert not np.array_equal(pixels(near), pixels(far))
    other = made(words, reference=Image.new("RGB", (300, 200), "red"), strength=0.1, steps=10)[0]
    assert not np.array_equal(pixels(near), pixels(other))
    assert original.shape == pixels(near).shape
    assert made(words, reference=photo(), strength=0.3, steps=1), "one step at least is left"


def test_a_model_for_edits_wants_a_picture(editing_model: Path) -> None:
    with closing(load_generator(choice(editing_model))) as edits:
        assert edits.edits
        with pytest.raises(QueryError, match="let it have the reference"):
            made(edits)
        one, other = (
            made(edits, reference=picture)[0]
            for picture in (photo(), Image.new("RGB", (300, 200), "red"))
        )
    assert one.image.size == (32, 16)
    assert not np.array_equal(pixels(one), pixels(other))


def test_progress_counts_steps_and_cancel_answers_within_one(words: Generator) -> None:
    control = JobControl()
    stream = words.generate(GenerationRequest("a cat", count=3, steps=4), control)
    next(stream)
    assert (control.progress.done, control.progress.total) == (4, 12)

    seen = []

    class Impatient(JobControl):
        def report(self, phase: str, done: int, total: int | None, *a: Any, **k: Any) -> None:
            super().report(phase, done, total, *a, **k)
            seen.append(done)
            if done == 2:
                self.cancel()

    with pytest.raises(Cancelled):
        list(words.generate(GenerationRequest("a cat", count=3, steps=4), Impatient()))
    assert seen == [0, 1, 2], "no step after the one in which it was cancelled"
    assert made(words), "and the model is fit for more"


def test_cancel_answers_within_a_step(words: Generator) -> None:
    class Impatient(JobControl):
        checkpoints = 0

        def checkpoint(self) -> None:
            self.checkpoints += 1
            if self.checkpoints == 40:
                self.cancel()
            super().checkpoint()

    before, control = pixels(made(words)[0]), Impatient()
    with pytest.raises(Cancelled):
        list(words.generate(GenerationRequest("a cat", count=1, steps=4), control))
    assert control.progress.done == 0, "the first step, or what comes before it"
    assert np.array_equal(pixels(made(words)[0]), before), "nothing of it is left in the model"


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"seed": 10**18}, "18 digits"),
        ({"guidance": -1.0}, "How closely"),
        ({"guidance": float("nan")}, "How closely"),
        ({"prompt": "  "}, "Write what"),
        ({"count": 0}, "1 to 64"),
        ({"count": 65}, "1 to 64"),
        ({"seed": -1}, "0 or more"),
        ({"size": (8, 64)}, "64 to 4096"),
        ({"steps": 0}, "one step"),
        ({"strength": 0.0}, "above 0"),
        ({"strength": 1.1}, "above 0"),
    ],
)
def test_what_cannot_be_made_is_refused(words: Generator, wish: dict[str, Any], said: str) -> None:
    request = GenerationRequest(**{"prompt": "a cat", **wish})
    with pytest.raises(QueryError, match=said):
        next(words.generate(request, JobControl()))


def test_a_choice_survives_json_and_never_holds_a_key() -> None:
    chosen = GeneratorChoice("endpoint", "painter", "https://pictures.example/v1", "work")
    assert GeneratorChoice.from_document(json.dumps(chosen.document())) == chosen
    assert GeneratorChoice.from_document(choice("x").document()) == choice("x")
    assert chosen.id == "endpoint/painter"
    for damage in (
        "{", "[]", "{}", json.dumps({**chosen.document(), "kind": "other"}),
        json.dumps({**chosen.document(), "model": 3}), json.dumps({**chosen.document(), "key": 1}),
    ):  # fmt: skip
        with pytest.raises(QueryError, match="damaged"):
            GeneratorChoice.from_document(damage)
    with pytest.raises(QueryError, match="newer"):
        GeneratorChoice.from_document({**chosen.document(), "format": 2})


def test_what_keeps_a_generator_from_running_is_said(text_model: Path, tmp_path: Path) -> None:
    assert problem(choice(text_model)) is None
    empty = tmp_path / "empty"
    empty.mkdir()
    for model, said in (
        ("", "Choose the folder"),
        (tmp_path / "gone", "There is no folder"),
        (empty, "holds no model_index.json"),
        ("somebody/some-model", "hf download somebody/some-model"),
    ):
        assert said in str(problem(choice(model)))
        with pytest.raises(ModelError, match=said.split(".", maxsplit=1)[0]):
            load_generator(choice(model))
    at = GeneratorChoice("endpoint", "painter", "pictures.example")
    assert "address" in str(problem(at))
    assert "name of the endpoint's model" in str(
        problem(GeneratorChoice("endpoint", " ", "https://pictures.example/v1"))
    )


def test_a_model_of_the_hub_is_found_where_it_was_downloaded_to(
    text_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    repository = tmp_path / "models--somebody--tiny"
    shutil.copytree(text_model, repository / "snapshots" / ("a" * 40))
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text("a" * 40)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))

    assert problem(choice("somebody/tiny")) is None
    with closing(load_generator(choice("somebody/tiny"))) as generator:
        assert generator.id == "diffusers/somebody/tiny"
        assert made(generator)


def changed(folder: Path, target: Path, **entries: object) -> Path:
    """A copy whose model_index.json says something else."""
    shutil.copytree(folder, target)
    index = target / "model_index.json"
    index.write_text(json.dumps({**json.loads(index.read_text()), **entries}))
    return target


def test_what_is_no_model_of_pictures_is_refused(text_model: Path, tmp_path: Path) -> None:
    own_code = changed(text_model, tmp_path / "own", _class_name=["pipeline", "Mine"])
    assert "code of its own" in str(problem(choice(own_code)))
    for name, said in (
        ("NoSuchPipeline", "knows no NoSuchPipeline"),
        ("DDPMPipeline", "makes no pictures from words"),
        ("StableDiffusionInpaintPipeline", "makes no pictures from words"),
    ):
        folder = changed(text_model, tmp_path / name, _class_name=name)
        with pytest.raises(ModelError, match=said):
            load_generator(choice(folder))
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "model_index.json").write_text("{")
    assert "cannot be read" in str(problem(choice(broken)))


def test_only_sound_safetensors_are_read(text_model: Path, tmp_path: Path) -> None:
    pickled = tmp_path / "pickled"
    shutil.copytree(text_model, pickled)
    for path in pickled.glob("*/*.safetensors"):
        path.rename(path.with_suffix(".bin"))
    with pytest.raises(ModelError, match="no weights in safetensors"):
        load_generator(choice(pickled))

    cut = tmp_path / "cut"
    shutil.copytree(text_model, cut)
    weights = cut / "unet" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(ModelError, match="is damaged"):
        load_generator(choice(cut))

    lacking = tmp_path / "lacking"
    shutil.copytree(text_model, lacking)
    (lacking / "vae" / "config.json").unlink()
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_generator(choice(lacking))


def test_what_a_safety_filter_holds_back_is_no_picture(tmp_path: Path) -> None:
    with (
        closing(load_generator(choice(make_shy_model(tmp_path / "shy")))) as shy,
        pytest.raises(QueryError, match="safety filter of diffusers/shy held back every picture"),
    ):
        made(shy, count=2)


def test_pictures_that_pass_the_filter_are_there_and_the_others_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker

    verdicts = iter([True, False, True])
    monkeypatch.setattr(
        StableDiffusionSafetyChecker,
        "forward",
        lambda _self, images, **_: (images, [next(verdicts)]),
    )
    passed = []
    with closing(load_generator(choice(make_shy_model(tmp_path / "shy")))) as shy:
        stream = shy.generate(GenerationRequest("a cat", count=3, steps=1), JobControl())
        with pytest.raises(QueryError, match="held back 2 of 3 pictures: try another seed"):
            passed.extend(one.seed for one in stream)
    assert passed == [1]


def test_weights_in_half_precision_files_are_found(
    text_model: Path, tmp_path: Path, words: Generator
) -> None:
    half = tmp_path / "half"
    shutil.copytree(text_model, half)
    for path in half.glob("*/*.safetensors"):
        path.rename(path.with_name(path.stem + ".fp16.safetensors"))

    whole, marked = (weights_of(find_pipeline(str(folder))) for folder in (text_model, half))
    assert (whole.variant, marked.variant) == (None, "fp16")
    assert whole.counts == marked.counts
    assert set(whole.counts) == {"unet", "vae", "text_encoder"}
    with closing(load_generator(choice(half))) as generator:
        assert np.array_equal(pixels(made(generator)[0]), pixels(made(words)[0]))


def test_a_model_runs_where_it_fits() -> None:
    weights = Weights(None, {"transformer": 2 * GIB, "vae": GIB // 8, "text_encoder": GIB})

    def planned(free_gib: float) -> tuple[str, str, bool]:
        graphics = Device("cuda", "a card", int(free_gib * GIB), 80 * GIB)
        chosen = plan(weights, [graphics, PROCESSOR])
        return chosen.placement.device.name, chosen.placement.precision, chosen.in_turns

    assert planned(40) == ("cuda", "bfloat16", False)
    assert planned(5) == ("cuda", "bfloat16", True), "the largest part fits by itself"
    assert planned(2) == ("cpu", "float32", False)
    assert not plan(weights, [PROCESSOR]).in_turns
    with pytest.raises(ModelError, match="needs"):
        plan(weights, [Device("cpu", "processor", GIB, GIB)])
