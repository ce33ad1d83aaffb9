"""What a person asks for, turned into models that are there, or into what to do about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_files import golden
from large_models import edit_json, linked

from engine.errors import ModelError
from engine.models.catalogue import card
from engine.models.chosen import ChosenModels, ModelRequest, choose, find_base
from engine.models.device import FULL, Quantisation
from engine.models.large_spec import RelsimSpec
from engine.models.manager import ModelManager
from engine.models.registry import find_model

BASE, RELSIM, CAPTIONER = (golden("relsim-tiny", name) for name in ("base", "relsim", "captioner"))


class Memory:
    """Remembers one decision, and what was asked."""

    def __init__(self, quantisation: Quantisation | None = None) -> None:
        self.asked: list[tuple[str, bool]] = []
        self._quantisation = quantisation

    def __call__(self, relsim: RelsimSpec, writes: bool) -> Quantisation | None:
        self.asked.append((relsim.id, writes))
        return self._quantisation


def chosen(
    request: ModelRequest, manager: ModelManager, quantisation: Quantisation | None = None
) -> ChosenModels:
    return choose(request, manager, Memory(quantisation))


def refusal(request: ModelRequest, manager: ModelManager) -> str:
    with pytest.raises(ModelError) as caught:
        chosen(request, manager)
    return str(caught.value)


@pytest.mark.parametrize("model", [None, "relsim-mini"])
def test_the_bundled_model(manager: ModelManager, model: str | None) -> None:
    models = chosen(ModelRequest(model), manager)
    assert models.small == find_model()
    assert models.relsim is None
    assert models.captioner is None
    assert models.relsim is None


def test_another_small_model_by_its_folder(manager: ModelManager, tmp_path: Path) -> None:
    folder = linked(find_model().folder, tmp_path / "small")
    assert chosen(ModelRequest(folder), manager).small.folder == folder


def test_a_checkpoint_and_its_base_by_folder(manager: ModelManager) -> None:
    models = chosen(ModelRequest(RELSIM, BASE), manager)
    relsim = models.relsim
    assert relsim is not None
    assert (relsim.id, relsim.folder, relsim.base) == ("relsim", RELSIM, BASE)
    assert relsim.preparation == "square448"
    assert models.relsim is not None
    assert models.relsim.id == "relsim"
    assert models.small == find_model()
    assert models.captioner is None
    assert models.precisions == FULL
    assert relsim.fingerprint.preparation == "square448"
    assert relsim.fingerprint.weights == relsim.weights
    native = chosen(ModelRequest(RELSIM, BASE, preparation="native"), manager).relsim
    assert native is not None
    assert native.fingerprint.key != relsim.fingerprint.key


def test_the_identity_is_of_the_content(manager: ModelManager, tmp_path: Path) -> None:
    first = chosen(ModelRequest(RELSIM, BASE), manager).relsim
    copy = linked(RELSIM, tmp_path / "elsewhere" / "relsim")
    base = linked(BASE, tmp_path / "base")
    second = chosen(ModelRequest(copy, base), manager).relsim
    assert first is not None
    assert second is not None
    assert first.fingerprint == second.fingerprint
    edit_json(base / "config.json", image_token_id=3)
    third = chosen(ModelRequest(copy, base), manager).relsim
    assert third is not None
    assert third.fingerprint.key != first.fingerprint.key


def test_a_folder_keeps_its_name_wherever_one_stands(
    manager: ModelManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    for where, name in ((RELSIM, "."), (RELSIM.parent, "relsim/"), (BASE, "../relsim")):
        monkeypatch.chdir(where)
        relsim = chosen(ModelRequest(name, "../base" if where != BASE.parent else "base"), manager)
        assert relsim.relsim is not None
        assert (relsim.relsim.id, relsim.relsim.folder) == ("relsim", RELSIM)
        assert relsim.relsim.base == BASE


# Precision


def test_a_library_remembers_how_its_vectors_were_made(manager: ModelManager) -> None:
    memory = Memory("int8")
    models = choose(ModelRequest(RELSIM, BASE, CAPTIONER), manager, memory)
    assert memory.asked == [("relsim", True)]
    assert models.relsim is not None
    assert models.precisions == ("int8",)
    assert models.relsim.fingerprint.preparation == "square448-int8"
    full = Memory(None)
    assert choose(ModelRequest(RELSIM, BASE), manager, full).precisions == FULL
    assert full.asked == [("relsim", False)]


@pytest.mark.parametrize("precision", ["float32", "bfloat16", "int8", "int4"])
def test_a_precision_that_is_demanded_is_not_decided(manager: ModelManager, precision: str) -> None:
    memory = Memory("int4")
    request = ModelRequest(RELSIM, BASE, precision=precision)  # type: ignore[arg-type]
    models = choose(request, manager, memory)
    assert memory.asked == []
    assert models.precisions == (precision,)
    assert models.relsim is not None
    wanted = None if precision in FULL else precision
    assert models.relsim.quantisation == wanted


def test_both_full_precisions_make_the_same_vectors(manager: ModelManager) -> None:
    keys = set()
    for precision in FULL:
        relsim = chosen(ModelRequest(RELSIM, BASE, precision=precision), manager).relsim
        assert relsim is not None
        keys.add(relsim.fingerprint.key)
    assert len(keys) == 1


# What is not there


def test_unknown_and_unfit_models(manager: ModelManager, tmp_path: Path) -> None:
    assert "no model 'relsim-9000'" in refusal(ModelRequest("relsim-9000"), manager)
    assert "is no model" in refusal(ModelRequest(tmp_path), manager)
    assert "no relsim checkpoint" in refusal(ModelRequest(CAPTIONER, BASE), manager)
    for model in ("relsim-captioner-7b", "qwen2.5-vl-7b", "Qwen/Qwen2.5-VL-7B-Instruct"):
        assert "gives no relational vectors" in refusal(ModelRequest(model), manager)


@pytest.mark.parametrize("name", ["relsim-7b", "thaoshibe/relsim-qwenvl25-lora"])
def test_a_model_that_is_not_installed(manager: ModelManager, name: str) -> None:
    assert "relsim models download relsim-7b" in refusal(ModelRequest(name), manager)


def test_a_base_that_is_not_installed(manager: ModelManager, tmp_path: Path) -> None:
    folder = linked(RELSIM, tmp_path / "relsim")
    repository = card("qwen2.5-vl-7b").repository
    edit_json(folder / "adapter_config.json", base_model_name_or_path=repository)
    assert "relsim models download qwen2.5-vl-7b" in refusal(ModelRequest(folder), manager)


@pytest.mark.parametrize(
    ("named", "told"),
    [
        ("tiny/base", "'tiny/base'"),
        (None, "'none'"),
        ("", "'none'"),
        ("/not/there", "'/not/there'"),
    ],
)
def test_a_base_that_is_nowhere(
    manager: ModelManager, tmp_path: Path, named: str | None, told: str
) -> None:
    folder = linked(RELSIM, tmp_path / "relsim")
    edit_json(folder / "adapter_config.json", base_model_name_or_path=named)
    text = refusal(ModelRequest(folder), manager)
    assert told in text
    assert "--base FOLDER" in text


def test_a_base_that_is_no_model(manager: ModelManager, tmp_path: Path) -> None:
    assert "holds no weights" in refusal(ModelRequest(RELSIM, tmp_path), manager)


def test_a_checkpoint_that_brings_its_base_along(manager: ModelManager, tmp_path: Path) -> None:
    folder = linked(RELSIM, tmp_path / "mine")
    edit_json(folder / "adapter_config.json", base_model_name_or_path="base")
    linked(BASE, folder / "base")
    found = chosen(ModelRequest(folder), manager).relsim
    assert found is not None
    assert found.base == folder / "base"
    other = chosen(ModelRequest(folder, BASE), manager).relsim
    assert other is not None
    assert other.base == BASE


def in_hub_cache(name: str, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The base, as other programs keep it under this hub id."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(cache))
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository = cache / f"models--{name.replace('/', '--')}"
    snapshot = linked(BASE, repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    return snapshot


def test_a_base_of_the_catalogue_that_other_programs_have_downloaded(
    manager: ModelManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "Qwen/Qwen2.5-VL-7B-Instruct"
    snapshot = in_hub_cache(name, tmp_path, monkeypatch)
    assert find_base(name, manager) == snapshot
    with pytest.raises(ModelError, match=r"relsim models download"):
        find_base("qwen2.5-vl-7b", manager)


def test_a_base_in_the_cache_of_other_programs(
    manager: ModelManager, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    snapshot = in_hub_cache("tiny/base", tmp_path, monkeypatch)
    named = chosen(ModelRequest(RELSIM), manager).relsim
    assert named is not None
    assert named.base == snapshot
    asked = chosen(ModelRequest(RELSIM, "tiny/base"), manager).relsim
    assert asked == named
    by_folder = chosen(ModelRequest(RELSIM, BASE), manager).relsim
    assert by_folder is not None
    assert by_folder.fingerprint == named.fingerprint


# Captioners


def test_a_captioner_beside_a_model_and_alone(manager: ModelManager) -> None:
    models = chosen(ModelRequest(RELSIM, BASE, CAPTIONER), manager)
    alone = chosen(ModelRequest(None, BASE, CAPTIONER), manager)
    assert models.captioner == alone.captioner
    assert alone.relsim is None
    assert alone.captioner is not None
    assert alone.captioner.base == BASE
    assert alone.captioner.key.startswith("captioner/")


def test_a_captioner_that_is_none(manager: ModelManager, tmp_path: Path) -> None:
    text = refusal(ModelRequest(None, BASE, "relsim-captioner-7b"), manager)
    assert "relsim models download relsim-captioner-7b" in text
    assert "not a captioner" in refusal(ModelRequest(None, BASE, RELSIM), manager)
    assert "no LoRA checkpoint" in refusal(ModelRequest(None, None, tmp_path), manager)
    assert "no LoRA checkpoint" in refusal(ModelRequest(None, None, "not there"), manager)


def test_installed_models_are_found_by_id(manager: ModelManager) -> None:
    manager.import_folder("qwen2.5-vl-7b", BASE)
    manager.import_folder("relsim-7b", RELSIM)
    request = ModelRequest("relsim-7b", "Qwen/Qwen2.5-VL-7B-Instruct")
    models = chosen(request, manager)
    assert models.relsim is not None
    assert models.relsim.id == "relsim-7b"
    assert models.relsim.base == manager.folder("qwen2.5-vl-7b")
    assert models.captioner is None
    by_folder = chosen(ModelRequest(RELSIM, BASE), manager).relsim
    assert by_folder is not None
    assert by_folder.weights == models.relsim.weights

    manager.import_folder("relsim-captioner-7b", CAPTIONER)
    captioner = chosen(request, manager).captioner
    assert captioner is not None
    assert captioner.id == "relsim-captioner-7b"
    alone = chosen(ModelRequest(), manager)
    assert alone.relsim is None
    assert alone.captioner == captioner
    # On another base it cannot take its turn, so it is left out rather than loaded beside it.
    assert chosen(ModelRequest(RELSIM, BASE), manager).captioner is None
