"""Writes a model folder that the engine loads: `model.onnx` and `spec.json`."""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch  # noqa: TID253 - the trainer's command line imports this module only to train
from onnx import TensorProto, helper, numpy_helper
from torch import nn  # noqa: TID253

from engine.models.spec import FORMAT, PREPARATION, SPEC_NAME
from trainer.head import RelsimMini

INPUT_SIZE = 224
OPSET = 20
WEIGHTS_NAME = "model.onnx"
_SMALL = 1024  # elements; biases and the like stay in single precision, they weigh nothing


def to_onnx(model: nn.Module, example: torch.Tensor, outputs: list[str]) -> onnx.ModelProto:
    """The network as an ONNX graph with a free batch size, input ``pixels``.

    Args:
        model: In eval mode; takes `example`.
        example: uint8 ``[n, s, s, 3]`` with n > 1, so that the batch size is not taken for 1.
        outputs: Names of the outputs, in order.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter warns about its own internals
        program = torch.onnx.export(
            model, (example,), input_names=["pixels"], output_names=outputs, dynamo=True,
            dynamic_shapes=({0: "n"},), opset_version=OPSET, verbose=False,
        )  # fmt: skip
    assert program is not None
    graph: onnx.ModelProto = program.model_proto
    for node in graph.graph.node:
        del node.metadata_props[:]  # stack traces: they double the file and name local paths
        node.doc_string = ""
    for value in (*graph.graph.value_info, *graph.graph.input, *graph.graph.output):
        del value.metadata_props[:]
    for initializer in graph.graph.initializer:
        del initializer.metadata_props[:]
    del graph.metadata_props[:]
    del graph.graph.metadata_props[:]
    return graph


@torch.no_grad()
def round_weights(model: nn.Module) -> None:
    """Round every weight that is stored in half precision, so that model and file agree."""
    for tensor in (*model.parameters(), *model.buffers()):
        if tensor.is_floating_point() and tensor.numel() >= _SMALL:
            tensor.copy_(tensor.half())


def halve(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store large weights in half precision, in place; a cast restores them at session start.

    The session folds the casts away, so that the network runs in single precision as before.
    """
    casts = []
    for initializer in model.graph.initializer:
        values = numpy_helper.to_array(initializer)
        if values.dtype != np.float32 or values.size < _SMALL:
            continue
        name, stored = initializer.name, f"{initializer.name}.half"
        initializer.CopyFrom(numpy_helper.from_array(values.astype(np.float16), stored))
        casts.append(helper.make_node("Cast", [stored], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    return model


def export_model(model: RelsimMini, folder: Path, details: Mapping[str, Any]) -> None:
    """Write the model folder, the specification last.

    Args:
        model: The trained model; it is put in eval mode and its weights are rounded.
        folder: Is created if need be; files of an older export are replaced.
        details: The fields of `spec.json` that the network does not know: ``id``, ``version``,
            ``licence``, ``sources``, ``description``, ``pairs``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    round_weights(model)
    example = torch.zeros(2, INPUT_SIZE, INPUT_SIZE, 3, dtype=torch.uint8)
    graph = halve(to_onnx(model.eval(), example, ["relational", "attribute"]))
    content = graph.SerializeToString()
    (folder / WEIGHTS_NAME).write_bytes(content)
    write_spec(
        folder,
        {
            "format": FORMAT,
            "weights": WEIGHTS_NAME,
            "sha256": hashlib.sha256(content).hexdigest(),
            "input_size": INPUT_SIZE,
            "preparation": PREPARATION,
            "relational_dimension": model.head.output[-1].out_features,
            "attribute_dimension": len(model.attribute.components),
            **details,
        },
    )


def write_spec(folder: Path, fields: Mapping[str, Any]) -> None:
    """Write `spec.json` at once, so that a reader finds the old one or the new one."""
    temporary = folder / f"{SPEC_NAME}.partial"
    temporary.write_text(json.dumps(fields, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    temporary.replace(folder / SPEC_NAME)
