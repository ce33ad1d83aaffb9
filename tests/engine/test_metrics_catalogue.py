"""Which metrics there are, which are ready, and what a name or a folder loads."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from golden_files import golden
from large_models import edit_json, linked
from tiny_metric_models import make_clip, make_dino, noise

from engine.errors import ModelError
from engine.metrics.catalogue import METRICS, load_metric, metric_spec, metric_states
from engine.models.manager import ModelManager
from engine.models.registry import find_model

BASE, RELSIM = (golden("relsim-tiny", name) for name in ("base", "relsim"))
A, B = noise((50, 40), (40, 70))


def problems(manager: ModelManager, **folders: Path) -> dict[str, str | None]:
    given = {name.replace("_", "-"): folder for name, folder in folders.items()}
    return {state.spec.id: state.problem for state in metric_states(manager, given)}


def test_every_metric_says_what_it_is() -> None:
    assert len({spec.id for spec in METRICS}) == len(METRICS) == 11
    paper = {spec.id: spec.paper for spec in METRICS if spec.paper is not None}
    assert paper == {  # method.md, "Evaluation"
        "lpips": 4.56,
        "qwen-t": 4.86,
        "dino": 5.14,
        "clip-t": 5.33,
        "dino-tuned": 5.62,
        "dreamsim": 5.76,
        "clip-i": 5.91,
        "clip-tuned": 6.02,
        "relsim": 6.77,
    }
    assert list(paper.values()) == sorted(paper.values())
    assert {spec.id for spec in METRICS if spec.closer == "low"} == {"lpips", "dreamsim"}
    relational = {spec.id for spec in METRICS if spec.measures == "relational"}
    assert relational == {"relsim", "relsim-mini", "clip-tuned", "dino-tuned"}
    assert metric_spec("nothing") is None


def test_where_nothing_is_installed_each_says_what_to_do(manager: ModelManager) -> None:
    said = problems(manager)
    ready = {name for name, problem in said.items() if problem is None}
    assert ready == {"relsim-mini", "attribute"}
    assert "relsim models download clip-vit-l14" in str(said["clip-i"])
    assert "relsim models download dinov2-large" in str(said["dino"])
    assert "relsim models download qwen2.5-vl-7b" in str(said["qwen-t"])
    assert "relsim models download relsim-7b" in str(said["relsim"])
    assert "--metric clip-tuned=FOLDER" in str(said["clip-tuned"])
    for name in ("lpips", "dreamsim"):
        assert "torchvision: install it with pip install 'relsim-desktop[metrics]'" in str(
            said[name]
        )
    for name, problem in said.items():
        if problem is not None:
            with pytest.raises(ModelError) as caught:
                load_metric(name, manager)
            assert str(caught.value) == problem


def test_to_look_what_is_ready_imports_nothing_heavy() -> None:
    script = (
        "import sys; from engine.metrics.catalogue import metric_states;"
        " from engine.models.manager import ModelManager;"
        " print(len(metric_states(ModelManager())));"
        " heavy = {'torch', 'transformers', 'onnxruntime', 'torchmetrics', 'peft'};"
        " sys.exit(str(heavy & set(sys.modules) or ''))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert (done.stdout.strip(), done.stderr.strip()) == ("11", "")


def test_installed_models_make_metrics_ready(manager: ModelManager, tmp_path: Path) -> None:
    manager.import_folder("clip-vit-l14", make_clip(tmp_path / "clip"))
    manager.import_folder("dinov2-large", make_dino(tmp_path / "dino"))
    manager.import_folder("relsim-7b", RELSIM)
    assert "qwen2.5-vl-7b is not installed" in str(problems(manager)["relsim"])
    manager.import_folder("qwen2.5-vl-7b", BASE)
    ready = {name for name, problem in problems(manager).items() if problem is None}
    assert ready == {
        *("clip-i", "clip-t", "dino", "qwen-t", "relsim", "relsim-mini", "attribute"),
    }
    found = load_metric("clip-i", manager).score(A, B)
    assert load_metric("clip-i", manager, folder=tmp_path / "clip").score(A, B) == found
    other = load_metric("clip-i", manager, folder=make_clip(tmp_path / "other", seed=5))
    assert other.score(A, B) != pytest.approx(found, abs=1e-3), "a folder that is said comes first"
    relsim = load_metric("relsim-7b", manager)
    assert (relsim.spec.id, relsim.spec.paper) == ("relsim-7b", 6.77)
    assert relsim.fingerprint.startswith("relsim-7b/relational/")


def test_a_model_of_another_kind_is_not_installed_as_one(
    manager: ModelManager, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="describes 'dinov2', not 'clip'"):
        manager.import_folder("clip-vit-l14", _with_tokenizer(make_dino(tmp_path / "dino")))


def _with_tokenizer(folder: Path) -> Path:
    (folder / "tokenizer.json").write_text("{}")
    return folder


def test_a_folder_is_a_metric_of_its_own_name(manager: ModelManager, tmp_path: Path) -> None:
    relsim = load_metric(RELSIM, manager, base=BASE)
    assert (relsim.spec.id, relsim.spec.measures, relsim.spec.paper) == (
        "relsim",
        "relational",
        None,
    )
    small = load_metric(linked(find_model().folder, tmp_path / "mine"), manager)
    assert (small.spec.id, small.spec.title, small.spec.source) == (
        "mine",
        "mine",
        str(tmp_path / "mine"),
    )
    assert small.score(A, B) == pytest.approx(load_metric("relsim-mini", manager).score(A, B))


def test_what_is_no_metric_is_named(manager: ModelManager, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"There is no metric 'nothing': .* one of lpips, qwen-t"):
        load_metric("nothing", manager)
    with pytest.raises(ModelError, match="is no metric: it is neither a relsim checkpoint"):
        load_metric(tmp_path, manager)


def test_folders_of_something_else_are_no_weights(manager: ModelManager, tmp_path: Path) -> None:
    said = problems(
        manager,
        clip_i=tmp_path,
        dino=tmp_path / "nowhere",
        relsim=BASE,
        clip_tuned=tmp_path,
        dino_tuned=tmp_path / "nowhere",
        relsim_mini=tmp_path,
    )
    assert "is not a whole CLIP" in str(said["clip-i"])
    assert "DINO needs DINOv2 large" in str(said["dino"])
    assert "is no relsim checkpoint" in str(said["relsim"])
    assert "holds no tuned CLIP" in str(said["clip-tuned"])
    assert "nowhere is not a folder" in str(said["dino-tuned"])
    assert "is not a model folder" in str(said["relsim-mini"])
    tuned = tmp_path / "tuned"
    tuned.mkdir()
    spec = {"format": "relsim-vision-model", "version": 1, "recipe": "clip", "precision": "float32"}
    (tuned / "vision_model.json").write_text(json.dumps(spec))
    assert "is damaged: it names no base" in str(problems(manager, clip_tuned=tuned)["clip-tuned"])
    checkpoint = linked(RELSIM, tmp_path / "relsim")
    edit_json(checkpoint / "adapter_config.json", base_model_name_or_path="nobody/nothing")
    assert "'nobody/nothing'" in str(problems(manager, relsim=checkpoint)["relsim"])
