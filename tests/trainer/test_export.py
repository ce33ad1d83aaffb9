from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
import torch

from engine.models.mini import OnnxEmbedder
from engine.models.spec import ModelSpec
from trainer.backbone import HEAD_CHANNELS, pretrained_backbone
from trainer.export import export_model
from trainer.head import AttributeProjection, RelationalHead, RelsimMini

DETAILS = {
    "id": "trial",
    "version": "1",
    "licence": "Apache-2.0",
    "sources": ["a test"],
    "description": {"bias": 0.0, "cosine": 1.0, "margin": 1.0, "threshold": 0.5},
    "pairs": [-1.0, 0.0, 1.0],
}


@pytest.fixture(scope="module")
def model() -> RelsimMini:
    torch.manual_seed(0)
    pooled = torch.randn(64, HEAD_CHANNELS)
    return RelsimMini(
        pretrained_backbone(),
        RelationalHead(width=32, layers=2, heads=4),
        AttributeProjection.fit(pooled, 16),
    )


@pytest.fixture(scope="module")
def folder(model: RelsimMini, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export") / "model"
    export_model(model, folder, DETAILS)
    return folder


def test_the_engine_computes_what_the_trainer_does(model: RelsimMini, folder: Path) -> None:
    generator = np.random.default_rng(0)
    pixels = generator.integers(0, 256, (5, 224, 224, 3), dtype=np.uint8)
    pixels[:2] = pixels[:2, :1, :1]  # two plain pictures
    vectors = OnnxEmbedder.load(ModelSpec.load(folder)).embed(list(pixels))
    with torch.no_grad():
        expected = model(torch.from_numpy(pixels))
    np.testing.assert_allclose(vectors.relational, expected.relational, atol=2e-5)
    np.testing.assert_allclose(vectors.attribute, expected.attribute, atol=1e-4)


def test_the_specification_describes_the_network(folder: Path) -> None:
    spec = ModelSpec.load(folder)
    assert (spec.id, spec.relational_dimension, spec.attribute_dimension) == ("trial", 384, 16)
    assert spec.pairs == (-1.0, 0.0, 1.0)


def test_weights_are_stored_in_half_precision_and_no_path_is_left(folder: Path) -> None:
    content = (folder / "model.onnx").read_bytes()
    graph = onnx.load_from_string(content).graph
    for initializer in graph.initializer:
        elements = np.prod(initializer.dims)
        assert initializer.data_type != onnx.TensorProto.FLOAT or elements < 1024
    assert b".py" not in content
    assert [value.name for value in graph.output] == ["relational", "attribute"]
    assert graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.UINT8
