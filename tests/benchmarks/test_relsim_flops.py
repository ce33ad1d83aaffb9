"""The benchmark's formula against torch's own counter, its checkpoints against real ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch  # noqa: TID253 - it counts
import transformers  # noqa: TID253 - it loads
from golden_files import golden
from large_models import load_base, peft_model, relsim_spec
from photo_like import picture, write_photos
from PIL import Image
from random_relsim import (
    SHAPES,
    base_state,
    base_tensors,
    draw_instead_of_loading,
    hub_name,
    lora_tensors,
    write,
)
from relsim_flops import BEFORE, REST, Picture, own_flops, released_flops
from safetensors import safe_open
from safetensors.torch import load_file
from torch.utils.flop_counter import FlopCounterMode, sdpa_flop  # noqa: TID253 - it counts

from engine.models import preparation
from engine.models.relsim_vl import RelsimEmbedder

TINY = SHAPES["tiny"]
SIZES = ((448, 448), (140, 84), (224, 308))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    write(TINY, golden(), folder)
    return folder


@pytest.fixture
def embedder(made: Path) -> RelsimEmbedder:
    return RelsimEmbedder.load(
        relsim_spec(made / "relsim", made / "base", preparation="native"), load_base(made / "base")
    )


def counted(run: Callable[[], object]) -> int:
    attention = torch.ops.aten._scaled_dot_product_flash_attention_for_cpu

    def flops(query: object, key: object, value: object, *_: object, **__: object) -> int:
        return sdpa_flop(query, key, value)

    counter = FlopCounterMode(display=False, custom_mapping={attention: flops})
    with counter, torch.inference_mode():
        run()
    return int(counter.get_total_flops())


@pytest.mark.parametrize("size", SIZES)
def test_own_operations_are_counted(embedder: RelsimEmbedder, size: tuple[int, int]) -> None:
    prepared = embedder.prepare(picture(0, *size))
    embedder.embed([prepared])  # merges LoRA and reads the prompt before the picture
    assert counted(lambda: embedder.embed([prepared])) == own_flops(TINY, Picture.of(*size, TINY))


@pytest.mark.parametrize("size", SIZES)
def test_released_operations_are_counted(made: Path, size: tuple[int, int]) -> None:
    model = peft_model(made / "base", made / "relsim", 151_666)
    wanted = Picture.of(*size, TINY)
    tokens = BEFORE + wanted.patches // 4 + 2 + REST
    ids = torch.full((1, tokens), 100)
    seen = torch.zeros(1, tokens, dtype=torch.int)
    seen[0, BEFORE : BEFORE + wanted.patches // 4] = 1
    ids[seen.bool()] = model.config.image_token_id
    inputs = {
        "input_ids": ids,
        "mm_token_type_ids": seen,
        "pixel_values": torch.zeros(wanted.patches, 3 * 2 * 14 * 14),
        "image_grid_thw": torch.tensor([[1, wanted.rows, wanted.columns]]),
    }
    found = counted(lambda: model(**inputs))
    projection = 2 * TINY.hidden * 384
    assert found + projection == released_flops(TINY, wanted)


def test_the_tokens_around_a_picture_are_those_of_the_template(made: Path) -> None:
    tokenizer = transformers.AutoTokenizer.from_pretrained(made / "relsim")
    content = [{"type": "image"}, {"type": "text", "text": "<|query|>"}]
    said = tokenizer.apply_chat_template(
        [{"role": "user", "content": content}], tokenize=False, add_generation_prompt=True
    )
    ids = tokenizer(said)["input_ids"]
    at, query = (
        ids.index(tokenizer.convert_tokens_to_ids(t)) for t in ("<|image_pad|>", "<|query|>")
    )
    assert (at, query - at, len(ids) - query - 1) == (BEFORE, 2, REST)


def test_a_picture_of_448_pixels_costs_about_5_tflop_at_7b() -> None:
    whole = Picture.of(448, 448, SHAPES["7b"])
    assert 4.5e12 < own_flops(SHAPES["7b"], whole) < released_flops(SHAPES["7b"], whole) < 6e12


@pytest.mark.parametrize("size", [(4000, 3000), (448, 448), (5000, 4000), (301, 997)])
def test_sizes_are_those_of_the_model(size: tuple[int, int]) -> None:
    rules = preparation.PixelRules.load(golden("relsim-tiny", "relsim"))
    prepared = preparation.prepare(Image.new("RGB", size), "native", rules)
    assert Picture.of(*size, TINY) == Picture(*(side // 14 for side in prepared.shape[:2]))


def test_made_up_checkpoints_have_the_tensors_of_real_ones(made: Path) -> None:
    for part in ("base/model.safetensors", "relsim/adapter_model.safetensors"):
        found = [{}, {}]
        for shapes, path in zip(found, (made / part, golden("relsim-tiny", part)), strict=True):
            with safe_open(path, "pt") as file:
                for name in file.keys():  # noqa: SIM118 - it is no mapping
                    tensor = file.get_slice(name)
                    shapes[name] = (tensor.get_shape(), tensor.get_dtype())
        assert found[0] == found[1]
    saved = torch.load(made / "relsim" / "projection_and_config.pt", weights_only=True)
    real = torch.load(golden("relsim-tiny/relsim/projection_and_config.pt"), weights_only=True)
    assert saved["query_token_id"] == real["query_token_id"]
    assert saved["projection"]["weight"].shape == real["projection"]["weight"].shape


def test_7b_has_the_size_of_the_real_one() -> None:
    base = sum(int(np.prod(size)) for _, size in base_tensors(SHAPES["7b"]))
    assert base == 8_292_166_656
    assert len(dict(lora_tensors(SHAPES["7b"]))) == 28 * 2 * 2


@pytest.mark.parametrize("kind", ["Qwen2_5_VLModel", "Qwen2_5_VLForConditionalGeneration"])
def test_drawn_weights_are_those_of_the_files(
    kind: str, made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = load_file(made / "base" / "model.safetensors")
    model = getattr(transformers, kind)
    monkeypatch.setattr(model, "from_pretrained", None)  # so that it is put back afterwards
    draw_instead_of_loading(model, TINY, made / "base")
    drawn = model.from_pretrained("whatever", dtype=torch.bfloat16)
    parameters = dict(drawn.named_parameters())
    assert {hub_name(name) for name in parameters} == loaded.keys()
    for name, parameter in parameters.items():
        assert torch.equal(parameter, loaded[hub_name(name)]), name
    assert base_state(TINY, "cpu").keys() == loaded.keys()


def test_different_pictures_have_different_vectors(embedder: RelsimEmbedder) -> None:
    pictures = [embedder.prepare(picture(seed, 448, 448)) for seed in range(4)]
    vectors = embedder.embed(pictures).relational
    between = (vectors @ vectors.T)[np.triu_indices(4, 1)]
    assert between.max() < 0.999


def test_photos_are_written_once(tmp_path: Path) -> None:
    paths = write_photos(tmp_path, 2, 64, 48)
    for path in paths:
        with Image.open(path) as image:
            assert image.size == (64, 48)
    assert paths[0].read_bytes() != paths[1].read_bytes()
    before = [path.stat().st_mtime_ns for path in paths]
    assert write_photos(tmp_path, 2, 64, 48) == paths
    assert [path.stat().st_mtime_ns for path in paths] == before
