"""The tuned CLIP and DINOv2 against transformers and PEFT, on towers made on the spot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import peft
import pytest
import torch
import transformers
from numpy.testing import assert_allclose, assert_array_equal
from PIL import Image
from safetensors.torch import load_file, save_file
from transformers.models.bit.image_processing_pil_bit import BitImageProcessorPil
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from engine.errors import ModelError
from engine.models.tower import Recipe
from engine.models.tuned_vision import SPEC_NAME
from trainer.config import ConfigError
from trainer.contrastive.gradients import ScaledEncoder, add_gradients
from trainer.contrastive.loss import equal_captions, pair_loss
from trainer.contrastive.pairs import Pairs
from trainer.contrastive.relsim import ContrastiveTask
from trainer.contrastive.relsim_config import LossSettings, PairSettings, RelsimConfig
from trainer.contrastive.vision_model import VisionModel, load_vision_model
from trainer.data.records import Record
from trainer.progress import Reporter
from trainer.runs import Run
from trainer.training.loop import LoopSettings, fit
from trainer.training.world import World
from trainer.vlm.base import TINY, BaseSettings
from trainer.vlm.lora import LoraSettings

RECIPES: tuple[Recipe, ...] = ("clip", "dino")
CPU = torch.device("cpu")
ALONE = World(0, 1, CPU)
DINO_PIXELS: dict[str, Any] = {
    "size": {"shortest_edge": 256},
    "crop_size": {"height": 224, "width": 224},
    "image_mean": [0.485, 0.456, 0.406],
    "image_std": [0.229, 0.224, 0.225],
}


@pytest.fixture(params=RECIPES)
def recipe(request: pytest.FixtureRequest) -> Recipe:
    return request.param  # type: ignore[no-any-return]


def made(folder: Path, recipe: Recipe) -> Path:
    """A random tower as the hub has it: CLIP with its side for text, 32 pixels a picture."""
    torch.manual_seed(1)
    width: dict[str, Any] = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    pixels = {"size": {"shortest_edge": 36}, "crop_size": {"height": 32, "width": 32}}
    model: Any
    processor: Any
    if recipe == "clip":
        side = width | {"intermediate_size": 64}
        vision = side | {"image_size": 32, "patch_size": 8}
        model = transformers.CLIPModel(
            transformers.CLIPConfig(
                text_config=side | {"vocab_size": 99, "max_position_embeddings": 8},
                vision_config=vision,
                projection_dim=16,
            )
        )
        processor = CLIPImageProcessorPil(**pixels)
    else:
        dimensions = width | {"image_size": 32, "patch_size": 8}
        model = transformers.Dinov2Model(transformers.Dinov2Config(**dimensions))
        processor = BitImageProcessorPil(**DINO_PIXELS | pixels)
    with torch.no_grad():
        for parameter in model.parameters():  # a fresh model is nearly the same for all pictures
            parameter.add_(0.1 * torch.randn_like(parameter))
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    return folder


def reference(folder: Path, recipe: Recipe) -> Any:
    kind = transformers.CLIPVisionModel if recipe == "clip" else transformers.Dinov2Model
    loaded: Any = kind.from_pretrained(folder)
    return loaded.eval()


def processor_of(folder: Path, recipe: Recipe) -> Any:
    kind = CLIPImageProcessorPil if recipe == "clip" else BitImageProcessorPil
    return kind.from_pretrained(folder)


def tuned(
    folder: Path, recipe: Recipe, lora: LoraSettings | None = None, **options: Any
) -> VisionModel:
    return VisionModel(
        folder,
        recipe,
        BaseSettings(str(folder), options.pop("trains", "lora"), options.pop("numbers", "float32")),
        lora or LoraSettings(rank=4, alpha=8, dropout=0.0),
        seed=0,
        checkpointing=options.pop("checkpointing", False),
    )


def disturbed(model: VisionModel) -> VisionModel:
    """As in the middle of training: everything that is trained has moved."""
    torch.manual_seed(2)
    with torch.no_grad():
        for parameter in model.parameters():
            if parameter.requires_grad:
                parameter.add_(0.1 * torch.randn_like(parameter))
    return model


def state_of(model: VisionModel) -> dict[str, torch.Tensor]:
    return {name: p.detach() for name, p in model.named_parameters() if p.requires_grad}


def noise(*sizes: tuple[int, int]) -> list[Image.Image]:
    """Pictures of these widths and heights."""
    random = np.random.default_rng(0)
    return [
        Image.fromarray(random.integers(0, 256, (high, wide, 3), np.uint8)) for wide, high in sizes
    ]


SIZES = ((36, 36), (40, 61), (100, 37), (20, 19))


def test_before_training_it_is_the_tower_and_a_projection(recipe: Recipe, tmp_path: Path) -> None:
    folder = made(tmp_path, recipe)
    model, pictures = tuned(folder, recipe).eval(), noise(*SIZES)
    with torch.no_grad():
        vectors = model([model.prepare(picture) for picture in pictures])
        pixels = processor_of(folder, recipe)(pictures, return_tensors="pt")["pixel_values"]
        states = reference(folder, recipe)(pixel_values=pixels).pooler_output
        wanted = torch.nn.functional.normalize(model.projection(states), dim=-1)
    assert vectors.shape == (4, 384)
    assert_allclose(vectors, wanted, atol=1e-5)
    assert_allclose(vectors.norm(dim=1), 1.0, atol=1e-6)


def test_lora_and_projection_are_trained_and_nothing_else(recipe: Recipe, tmp_path: Path) -> None:
    model = tuned(made(tmp_path, recipe), recipe, LoraSettings())
    trained = {name: p for name, p in model.named_parameters() if p.requires_grad}
    lora = {name for name in trained if ".lora_" in name}
    assert set(trained) - lora == {"projection.weight", "projection.bias"}
    # Two layers, of each query and value, of each A and B: the defaults find them in both towers.
    assert len(lora) == 8
    assert all(".q_proj." in name or ".v_proj." in name for name in lora)


def test_everything_leaves_no_parameter_without_gradient(recipe: Recipe, tmp_path: Path) -> None:
    model = tuned(made(tmp_path, recipe), recipe, trains="everything")
    model([model.prepare(picture) for picture in noise(*SIZES)]).sum().backward()
    trained = [p for p in model.parameters() if p.requires_grad]
    assert all(p.grad is not None for p in trained)  # processes would wait for it for ever
    assert len(trained) > 30


def test_bfloat16_keeps_what_is_trained_in_float32(recipe: Recipe, tmp_path: Path) -> None:
    model = tuned(made(tmp_path, recipe), recipe, numbers="bfloat16").eval()
    assert {p.dtype for p in model.parameters() if p.requires_grad} == {torch.float32}
    assert {p.dtype for p in model.parameters() if not p.requires_grad} == {torch.bfloat16}
    with torch.no_grad():
        vectors = model([model.prepare(picture) for picture in noise(*SIZES)])
    assert vectors.dtype == torch.float32
    assert_allclose(vectors.norm(dim=1), 1.0, atol=1e-6)


def test_pieces_and_checkpointing_change_no_gradient(recipe: Recipe, tmp_path: Path) -> None:
    folder, lora = made(tmp_path, recipe), LoraSettings(rank=4, alpha=8, dropout=0.1)
    captions = torch.nn.functional.normalize(torch.randn(6, 384), dim=1)

    def gradients(piece: int, *, checkpointing: bool) -> dict[str, torch.Tensor]:
        model = disturbed(tuned(folder, recipe, lora, checkpointing=checkpointing)).train()
        if piece:
            model.eval()  # other pieces drop other inputs
        module = ScaledEncoder(model, 0.07, learned=True)
        pictures = [model.prepare(picture) for picture in noise(*SIZES, (50, 50), (90, 60))]

        def loss_of(vectors: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
            same = equal_captions(captions, 1.01)
            return pair_loss(vectors, captions, same, scale, symmetric=False)

        add_gradients(module, pictures, loss_of, ALONE, piece=piece, precision="float32", seed=3)
        return {n: p.grad for n, p in module.named_parameters() if p.grad is not None}

    dropping = gradients(0, checkpointing=False)
    for name, gradient in gradients(0, checkpointing=True).items():
        assert_allclose(gradient, dropping[name], rtol=1e-4, atol=1e-6)
    whole = gradients(6, checkpointing=False)
    pieces = gradients(2, checkpointing=False)
    assert whole.keys() == pieces.keys() == dropping.keys()
    for name, gradient in whole.items():
        assert_allclose(pieces[name], gradient, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("trains", ["lora", "everything"])
def test_what_is_exported_loads_with_the_same_vectors(
    recipe: Recipe, trains: str, tmp_path: Path
) -> None:
    folder = made(tmp_path / "tower", recipe)
    model = disturbed(tuned(folder, recipe, trains=trains)).eval()
    settings = BaseSettings(str(folder), trains, "float32")  # type: ignore[arg-type]
    model.export(tmp_path / "out", state_of(model), settings)
    if trains == "everything":  # the trained base travels with it
        for path in folder.iterdir():
            path.unlink()

    loaded = VisionModel.load(tmp_path / "out")
    pictures = [model.prepare(picture) for picture in noise(*SIZES)]
    with torch.no_grad():
        assert_allclose(loaded(pictures), model(pictures), atol=1e-6)
    assert not loaded.training
    assert loaded.rules == model.rules


# PEFT asks transformers by a name that is going to be removed.
@pytest.mark.filterwarnings("ignore:.is_gradient_checkpointing:FutureWarning")
def test_peft_loads_the_adapter(recipe: Recipe, tmp_path: Path) -> None:
    folder = made(tmp_path / "tower", recipe)
    model = disturbed(tuned(folder, recipe)).eval()
    model.export(tmp_path / "out", state_of(model), BaseSettings(str(folder)))

    theirs = peft.PeftModel.from_pretrained(reference(folder, recipe), str(tmp_path / "out"))
    pictures = [model.prepare(picture) for picture in noise(*SIZES)]
    pixels = model.rules.normalised(pictures, CPU)
    projection = load_file(tmp_path / "out" / "projection.safetensors")
    with torch.no_grad():
        states = theirs(pixel_values=pixels).pooler_output
        wanted = states @ projection["weight"].T + projection["bias"]
        assert_allclose(model(pictures), torch.nn.functional.normalize(wanted, dim=-1), atol=1e-5)


def test_a_checkpoint_with_a_fault_is_refused_in_a_sentence(tmp_path: Path) -> None:
    folder, out = made(tmp_path / "tower", "clip"), tmp_path / "out"
    model = tuned(folder, "clip")
    model.export(out, state_of(model), BaseSettings(str(folder)))

    spec = json.loads((out / SPEC_NAME).read_text())
    for changes, reason in (
        ({"version": 2}, "newer version of relsim-train"),
        ({"format": "other"}, "something else"),
        ({"base": "nobody/nothing"}, "'nobody/nothing' is not here"),
        ({"recipe": "dino"}, "holds a clip, not a DINOv2"),
    ):
        (out / SPEC_NAME).write_text(json.dumps(spec | changes))
        with pytest.raises(ModelError, match=reason):
            VisionModel.load(out)
    (out / SPEC_NAME).write_text(json.dumps(spec))

    tensors = load_file(out / "projection.safetensors")
    save_file({"weight": tensors["weight"]}, out / "projection.safetensors")
    with pytest.raises(ModelError, match="does not fit its base"):
        VisionModel.load(out)
    (out / "projection.safetensors").write_bytes(b"rubbish")
    with pytest.raises(ModelError, match="damaged"):
        VisionModel.load(out)
    with pytest.raises(ModelError, match="holds no tuned CLIP"):
        VisionModel.load(tmp_path / "nowhere")


def test_a_folder_of_something_else_is_refused_in_a_sentence(tmp_path: Path) -> None:
    clip, dino = made(tmp_path / "clip", "clip"), made(tmp_path / "dino", "dino")
    with pytest.raises(ModelError, match="holds a dinov2, not a CLIP"):
        tuned(dino, "clip")
    with pytest.raises(ModelError, match="holds a clip, not a DINOv2"):
        tuned(clip, "dino")
    with pytest.raises(ModelError, match=r"has no preprocessor_config\.json"):
        tuned(tmp_path, "clip")

    weights = dino / "model.safetensors"
    tensors = load_file(weights)
    tensors.popitem()
    save_file(tensors, weights, {"format": "pt"})
    with pytest.raises(ModelError, match="1 tensors are missing"):
        tuned(dino, "dino")
    weights.write_bytes(b"rubbish")
    with pytest.raises(ModelError, match="cannot be loaded"):
        tuned(dino, "dino")


def test_a_target_that_matches_nothing_is_a_mistake_that_names_others(
    recipe: Recipe, tmp_path: Path
) -> None:
    lora = LoraSettings(targets=("q_proj", "query"))
    with pytest.raises(ConfigError, match=r"'query', and .* choose among fc1, fc2, k_proj"):
        tuned(made(tmp_path, recipe), recipe, lora)


def config_of(recipe: Recipe, base: BaseSettings, **loop: Any) -> RelsimConfig:
    return RelsimConfig(
        id="tuned",
        recipe=recipe,
        data=PairSettings(train="given"),
        base=base,
        loop=LoopSettings(precision="float32", workers=2, **loop),
        lora=LoraSettings(rank=8, alpha=16, dropout=0.0),
        loss=LossSettings(same=0.99, piece=8),
    )


def test_a_base_that_is_not_here_is_named(recipe: Recipe, tmp_path: Path) -> None:
    config = config_of(recipe, BaseSettings("nobody/nothing"), steps=1)
    with pytest.raises(ModelError, match=r"'nobody/nothing' is not here.*hf download"):
        load_vision_model(config, tmp_path, ALONE)


COLOURS = {"red": (220, 30, 30), "green": (30, 200, 40), "blue": (30, 40, 220), "grey": (128,) * 3}


def coloured(folder: Path, count: int, seed: int) -> Pairs:
    """Pictures of four colours; the caption says which, so that any tower can learn it."""
    folder.mkdir()
    random, names = np.random.default_rng(seed), list(COLOURS)
    vectors = np.random.default_rng(7).normal(size=(4, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    records = []
    for number in range(count):
        colour = np.array(COLOURS[names[number % 4]])
        pixels = np.clip(colour + random.normal(0, 40, (40, 40, 3)), 0, 255).astype(np.uint8)
        path = folder / f"{number}.png"
        Image.fromarray(pixels).save(path)
        records.append(Record(key=path.name, source=path, relation=names[number % 4]))
    return Pairs(tuple(records), tuple(names), vectors, np.arange(count, dtype=np.int64) % 4)


def test_it_learns_and_exports_in_the_loop(recipe: Recipe, tmp_path: Path) -> None:
    base = BaseSettings(str(made(tmp_path / "tower", recipe)), "everything", "float32")
    config = config_of(recipe, base, batch_size=16, steps=24, learning_rate=2e-3)
    train, held_out = coloured(tmp_path / "train", 64, 0), coloured(tmp_path / "held-out", 32, 1)
    folder = tmp_path / "run"
    run, model = Run.claim(folder, config), load_vision_model(config, folder, ALONE)
    with ContrastiveTask(
        config, model, train, held_out, steps=24, layers=VisionModel.layers, world=ALONE
    ) as task:
        silent = Reporter.silent()
        figures = fit(task, config.loop, 24, run=run, world=ALONE, reporter=silent)

    losses = [line["loss"] for line in run.metrics() if "loss" in line]
    assert np.mean(losses[-4:]) < 0.5 * np.mean(losses[:4])
    assert figures["held_out/caption_r1"] > 0.9  # by chance: 0.25
    loaded = VisionModel.load(folder / "model")
    shown = [loaded.prepare(held_out.picture(row, loaded.min_side)) for row in range(8)]
    with torch.no_grad():
        nearest = (loaded(shown).numpy() @ held_out.captions.T).argmax(1)
    assert_array_equal(nearest, held_out.own[:8])


def test_a_tiny_tower_that_stays_frozen_is_found_again(tmp_path: Path) -> None:
    base = BaseSettings(TINY, "lora", "float32")
    model = load_vision_model(config_of("clip", base, steps=1), tmp_path, ALONE).eval()
    model.export(tmp_path / "model", state_of(model), base)
    shown = [model.prepare(picture) for picture in noise((150, 120))]
    with torch.no_grad():
        assert_allclose(VisionModel.load(tmp_path / "model")(shown), model(shown), atol=1e-6)
