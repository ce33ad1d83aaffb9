"""Where a large model goes, and what happens when memory runs out there."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator

import numpy as np
import pytest
from large_models import captioner_spec, load_base, relsim_spec

from engine.errors import ModelError
from engine.models import device as devices_module
from engine.models import large
from engine.models.captioner import AnonymousCaptioner
from engine.models.device import (
    FULL,
    PRECISIONS,
    Device,
    MemoryExhaustedError,
    Placement,
    Precision,
    devices,
    is_out_of_memory,
    place,
)
from engine.models.qwen import QwenBase
from engine.models.relsim_vl import RelsimEmbedder, batches
from engine.types import UInt8

GB = 1_000_000_000
SEVEN_BILLION: dict[Precision, int] = {
    "float32": 33 * GB,
    "bfloat16": 16_600_000_000,
    "int8": 10 * GB,
    "int4": 6_500_000_000,
}


def cuda(free: float) -> Device:
    return Device("cuda", "NVIDIA Test", int(free * GB), 80 * GB)


def mps(free: float) -> Device:
    return Device("mps", "Apple GPU", int(free * GB), 128 * GB)


def processor(free: float) -> Device:
    return Device("cpu", "processor", int(free * GB), 256 * GB)


@pytest.mark.parametrize(
    ("found", "allowed", "device", "precision"),
    [
        ([cuda(79), processor(200)], PRECISIONS, "cuda", "bfloat16"),
        ([cuda(22), processor(200)], PRECISIONS, "cuda", "bfloat16"),
        ([cuda(12), processor(200)], PRECISIONS, "cuda", "int8"),
        ([cuda(8), processor(200)], PRECISIONS, "cuda", "int4"),
        ([cuda(4), processor(200)], PRECISIONS, "cpu", "float32"),
        ([mps(24), processor(30)], PRECISIONS, "mps", "bfloat16"),
        ([mps(8), processor(30)], PRECISIONS, "mps", "int4"),
        ([processor(200)], PRECISIONS, "cpu", "float32"),
        ([processor(40)], PRECISIONS, "cpu", "bfloat16"),
        ([processor(12)], PRECISIONS, "cpu", "int8"),
        ([processor(8)], PRECISIONS, "cpu", "int4"),
        # A library whose vectors are of full weights: no smaller ones, rather the processor.
        ([cuda(12), processor(40)], FULL, "cpu", "bfloat16"),
        ([cuda(79), processor(200)], ("float32",), "cuda", "float32"),
        ([cuda(79), processor(200)], ("int4",), "cuda", "int4"),
        ([cuda(20), processor(200)], ("float32",), "cpu", "float32"),
    ],
)
def test_the_best_place_that_fits(
    found: list[Device], allowed: Collection[Precision], device: str, precision: Precision
) -> None:
    placement = place(SEVEN_BILLION, found, allowed)
    assert (placement.device.name, placement.precision) == (device, precision)
    assert placement.device.title in placement.reason
    assert precision in placement.reason


@pytest.mark.parametrize(
    ("found", "allowed", "needed"),
    [
        ([cuda(4), processor(5)], PRECISIONS, 6.5),
        ([processor(12)], FULL, 16.6),
        ([cuda(30), processor(20)], ("float32",), 33.0),
    ],
)
def test_what_fits_nowhere_is_refused(
    found: list[Device], allowed: Collection[Precision], needed: float
) -> None:
    with pytest.raises(ModelError, match="Close other programs, or use relsim-mini") as caught:
        place(SEVEN_BILLION, found, allowed)
    told = float(str(caught.value).split(" needs ")[1].split(" GB")[0])
    assert needed <= told < 1.2 * needed
    best = max(device.free for device in found) / 1e9
    assert f"{best:.1f} GB free" in str(caught.value)


def test_this_machine_has_a_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RELSIM_DEVICE", raising=False)
    found = devices()
    assert found[-1].name == "cpu"
    assert all(0 < device.free <= device.total for device in found)
    monkeypatch.setenv("RELSIM_DEVICE", "")
    assert [device.name for device in devices()] == [device.name for device in found]


def test_a_device_can_be_demanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RELSIM_DEVICE", "cpu")
    assert [device.name for device in devices()] == ["cpu"]
    monkeypatch.setenv("RELSIM_DEVICE", "abacus")
    with pytest.raises(ModelError, match=r"RELSIM_DEVICE is 'abacus'; this machine has: .*cpu"):
        devices()


def out_of_memory() -> RuntimeError:
    import torch

    error: RuntimeError = torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: 9 bytes"), True),
        (RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 9"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"), True),
        (RuntimeError("mat1 and mat2 shapes cannot be multiplied"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_what_says_that_memory_is_used_up(error: Exception, expected: bool) -> None:
    assert is_out_of_memory(error) is expected
    assert is_out_of_memory(out_of_memory())


def test_memory_that_this_machine_does_not_have_is_recognised() -> None:
    import torch

    with pytest.raises(RuntimeError) as caught:
        torch.empty(1 << 60, dtype=torch.uint8)
    assert is_out_of_memory(caught.value)


# Batches


@pytest.mark.parametrize(
    ("tokens", "limit", "expected"),
    [
        ([], 100, []),
        ([500], 100, [[0]]),
        ([10, 10, 10, 10, 10], 20, [[0, 1], [2, 3], [4]]),
        ([10, 100, 10, 95], 1000, [[1, 3], [0, 2]]),
        ([7, 300, 8, 290, 1], 600, [[1, 3], [2], [0], [4]]),
    ],
)
def test_pictures_of_like_size_go_together(
    tokens: list[int], limit: int, expected: list[list[int]]
) -> None:
    assert batches(tokens, limit) == expected


# Out of memory in a pass


@pytest.fixture(scope="module")
def base() -> Iterator[QwenBase]:
    loaded = load_base(writes=True)
    yield loaded
    loaded.close()


@pytest.fixture
def embedder(base: QwenBase, monkeypatch: pytest.MonkeyPatch) -> RelsimEmbedder:
    monkeypatch.setattr(base, "device", "cpu")  # put back afterwards
    return RelsimEmbedder.load(relsim_spec(preparation="native"), base, shares=True)


@pytest.fixture
def captioner(base: QwenBase, monkeypatch: pytest.MonkeyPatch) -> AnonymousCaptioner:
    monkeypatch.setattr(base, "device", "cpu")
    return AnonymousCaptioner.load(captioner_spec(), base)


def pictures(count: int) -> list[UInt8]:
    """Pictures of a few sizes, each unlike any other."""
    generator = np.random.default_rng(5)
    shapes = [(56, 56, 3), (84, 56, 3), (56, 112, 3)]
    return [generator.integers(0, 256, shapes[i % 3], dtype=np.uint8) for i in range(count)]


class Cramped:
    """Stands before a function that takes pictures: memory holds only so many at a time."""

    def __init__(
        self,
        real: Callable[..., object],
        holds: int,
        *,
        error: Callable[[], Exception] = out_of_memory,
        is_cramped: Callable[[], bool] = lambda: True,
    ) -> None:
        self.tried: list[int] = []
        self._real = real
        self._holds = holds
        self._error = error
        self._is_cramped = is_cramped

    def __call__(self, pictures: list[UInt8], **options: object) -> object:
        self.tried.append(len(pictures))
        if self._is_cramped() and len(pictures) > self._holds:
            raise self._error()
        return self._real(pictures, **options)


@pytest.mark.parametrize("holds", [1, 2])
def test_batches_are_halved_and_order_is_kept(
    embedder: RelsimEmbedder, monkeypatch: pytest.MonkeyPatch, holds: int
) -> None:
    prepared = pictures(7)
    alone = np.concatenate([embedder.embed([one]).relational for one in prepared])
    cramped = Cramped(embedder._forward, holds)
    monkeypatch.setattr(embedder, "_forward", cramped)
    assert np.abs(embedder.embed(prepared).relational - alone).max() < 1e-5
    failed = [tried for tried in cramped.tried if tried > holds]
    assert failed
    cramped.tried.clear()
    again = embedder.embed(prepared).relational
    assert np.abs(again - alone).max() < 1e-5
    assert len([tried for tried in cramped.tried if tried > holds]) < len(failed)


def test_a_graphics_device_that_cannot_hold_one_is_left(
    embedder: RelsimEmbedder,
    base: QwenBase,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    prepared = pictures(5)
    expected = embedder.embed(prepared).relational
    monkeypatch.setattr(base, "device", "cuda")
    cramped = Cramped(embedder._forward, 0, is_cramped=lambda: base.device == "cuda")
    monkeypatch.setattr(embedder, "_forward", cramped)
    with caplog.at_level(logging.WARNING):
        assert np.abs(embedder.embed(prepared).relational - expected).max() < 1e-5
    assert base.device == "cpu"
    assert "going on with the processor" in caplog.text
    cramped.tried.clear()
    embedder.embed(prepared)
    assert sum(cramped.tried) == 5, "nothing is tried twice once it is on the processor"


def test_a_processor_that_cannot_hold_one_says_so(
    embedder: RelsimEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = lambda: RuntimeError("DefaultCPUAllocator: can't allocate memory")  # noqa: E731
    monkeypatch.setattr(embedder, "_forward", Cramped(embedder._forward, 0, error=error))
    with pytest.raises(MemoryExhaustedError, match="square448, or close other programs"):
        embedder.embed(pictures(3))


def test_other_errors_pass(embedder: RelsimEmbedder, monkeypatch: pytest.MonkeyPatch) -> None:
    error = lambda: RuntimeError("mat1 and mat2 shapes cannot be multiplied")  # noqa: E731
    cramped = Cramped(embedder._forward, 0, error=error)
    monkeypatch.setattr(embedder, "_forward", cramped)
    with pytest.raises(RuntimeError, match="mat1 and mat2"):
        embedder.embed(pictures(1))
    assert cramped.tried == [1]


def test_what_stays_on_a_device_that_was_left_is_fetched(embedder: RelsimEmbedder) -> None:
    """Tensors that only pretend to be on a graphics device tell who mixes the two."""
    import torch
    from torch._subclasses.fake_tensor import FakeTensor, FakeTensorMode

    from engine.models.language import Prompt, QueryReader

    reader = embedder._reader
    with FakeTensorMode(allow_non_fake_inputs=True) as mode:
        parts = (reader._prompt.before, reader._prompt.after)
        there = torch.device("cuda:0")
        prompt = Prompt(*(FakeTensor(mode, part.to("meta"), there) for part in parts))
        assert prompt.after.device == there
        moved = QueryReader(reader._model, prompt)
        tokens = mode.from_tensor(parts[0].new_zeros((12, 32)))
        assert moved([tokens, tokens[:6]], [(3, 4), (3, 2)]).device.type == "cpu"


def test_captions_are_halved_and_in_order(
    captioner: AnonymousCaptioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared = pictures(4)
    generate = captioner.generate
    monkeypatch.setattr(captioner, "generate", lambda some, **_: generate(some, max_tokens=2))
    alone = [captioner.write([one], None, None)[0].text for one in prepared]
    cramped = Cramped(captioner.generate, 1)
    monkeypatch.setattr(captioner, "generate", cramped)
    assert [written.text for written in captioner.write(prepared, None, None)] == alone
    assert cramped.tried == [4, 2, 1, 1, 1, 1]
    assert captioner.batch_size == 1


def test_captions_leave_the_graphics_device_or_say_so(
    captioner: AnonymousCaptioner, base: QwenBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    generate = captioner.generate
    monkeypatch.setattr(captioner, "generate", lambda some, **_: generate(some, max_tokens=2))
    monkeypatch.setattr(base, "device", "cuda")
    cramped = Cramped(captioner.generate, 0, is_cramped=lambda: base.device == "cuda")
    monkeypatch.setattr(captioner, "generate", cramped)
    assert len(captioner.write(pictures(2), None, None)) == 2
    assert base.device == "cpu"
    monkeypatch.setattr(captioner, "generate", Cramped(generate, 0))
    with pytest.raises(MemoryExhaustedError, match="not enough memory to describe"):
        captioner.write(pictures(2), None, None)
    error = lambda: RuntimeError("a kernel is broken")  # noqa: E731
    monkeypatch.setattr(captioner, "generate", Cramped(generate, 0, error=error))
    with pytest.raises(RuntimeError, match="a kernel is broken"):
        captioner.write(pictures(1), None, None)


# Out of memory while a model is loaded


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A graphics device whose memory is taken away while a model is loaded onto it."""
    tried: list[str] = []
    load = QwenBase.load

    def try_to_load(folder: object, placement: Placement, *, writes: bool) -> QwenBase:
        tried.append(placement.device.name)
        if placement.device.name == "cuda":
            raise out_of_memory()
        return load(folder, placement, writes=writes)  # type: ignore[arg-type]

    monkeypatch.setattr(QwenBase, "load", try_to_load)
    monkeypatch.setattr(large, "devices", lambda: [cuda(80), *devices()])
    monkeypatch.delenv("RELSIM_DEVICE", raising=False)
    return tried


def test_a_model_that_finds_no_room_goes_to_the_processor(crowded: list[str]) -> None:
    model = large.LargeModel.load(relsim_spec(), None, FULL)
    assert crowded == ["cuda", "cpu"]
    assert model.placement.device.name == "cpu"
    model.close()


def test_it_says_so_where_only_the_graphics_device_is_allowed(
    crowded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(large, "devices", lambda: [cuda(80)])
    with pytest.raises(ModelError, match="NVIDIA Test has too little free memory"):
        large.LargeModel.load(relsim_spec(), None, FULL)
    assert crowded == ["cuda"]


def test_what_is_free_is_asked_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices_module, "_main_memory", lambda: (5 * GB, 9 * GB))
    monkeypatch.setenv("RELSIM_DEVICE", "cpu")
    assert devices() == [Device("cpu", "processor", 5 * GB, 9 * GB)]
