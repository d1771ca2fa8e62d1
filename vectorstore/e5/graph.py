"""Builds the encoder as an int8 ONNX file from the 4-bit weights. Needs the ``onnx`` package; runs once a machine.

The graph takes word embeddings [1, tokens, hidden] and gives their mean-pooled encoding [1, hidden], not yet
normalised. Matrices become int8 per output channel (dynamic quantisation); attention and layer norms stay float32
and use onnxruntime's fused operators.
"""

import logging
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from .weights import Weights

FUSED = "com.microsoft"


class _Graph:
    """Collects nodes and constants under short names."""

    def __init__(self) -> None:
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, op: str, inputs: list[str], outputs: list[str], domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(op, inputs, outputs, domain=domain, **attributes))
        return outputs[0]


def build(weights: Weights, target: Path) -> None:
    """Write the int8 encoder to ``target``, all or nothing: it appears only when it is whole."""
    import onnx
    from onnx import TensorProto, helper
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = _Graph()
    state = _embedding(graph, weights)
    for layer in range(weights.layers):
        state = _layer(graph, weights, f"l{layer}.", state)
    graph.constant("tokens_axis", np.array([1], np.int64))
    graph.node("ReduceMean", [state, "tokens_axis"], ["mean"], keepdims=0)
    hidden = weights.hidden
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", hidden])],
            [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        exact, small = Path(folder, "fp32.onnx"), Path(folder, "int8.onnx")
        onnx.save(model, exact)
        # onnxruntime advises shape inference on the root logger; this graph has all its shapes
        logging.getLogger().addFilter(_not_advice)
        try:
            quantize_dynamic(
                exact,
                small,
                weight_type=QuantType.QInt8,
                per_channel=True,
                op_types_to_quantize=["MatMul"],
                extra_options={"DefaultTensorType": TensorProto.FLOAT},
            )
        finally:
            logging.getLogger().removeFilter(_not_advice)
        os.replace(small, target)  # noqa: PTH105  # atomic, also when two processes build at once


def _not_advice(record: logging.LogRecord) -> bool:
    return "pre-processing" not in str(record.msg)


def _embedding(graph: _Graph, weights: Weights) -> str:
    """Word embeddings plus positions and token type, normalised."""
    positions = weights.vector("emb.pos").reshape(-1, weights.hidden) + weights.vector("emb.type")[: weights.hidden]
    graph.constant("positions", positions)
    graph.constant("first", np.array([0], np.int64))
    graph.constant("one", np.array([1], np.int64))
    graph.node("Shape", ["words"], ["shape"])
    graph.node("Gather", ["shape", "one"], ["length"], axis=0)
    graph.node("Slice", ["positions", "first", "length", "first"], ["used_positions"])
    graph.node("Add", ["words", "used_positions"], ["placed"])
    graph.constant("norm.w", weights.vector("emb.ln.w"))
    graph.constant("norm.b", weights.vector("emb.ln.b"))
    return graph.node("LayerNormalization", ["placed", "norm.w", "norm.b"], ["state"], axis=-1, epsilon=weights.epsilon)


def _layer(graph: _Graph, weights: Weights, name: str, state: str) -> str:
    """One transformer layer: attention and feed-forward, each followed by a residual layer norm."""
    hidden, wide = weights.hidden, weights.feed_forward
    for part in ("ao.b", "aln.w", "aln.b", "fi.b", "fo.b", "oln.w", "oln.b"):
        graph.constant(name + part, weights.vector(name + part))
    graph.constant(name + "qkv.b", np.concatenate([weights.vector(f"{name}{part}.b") for part in "qkv"]))
    graph.constant(name + "qkv.w", np.concatenate([weights.matrix(f"{name}{part}.w", hidden) for part in "qkv"]).T)
    graph.constant(name + "ao.w", weights.matrix(name + "ao.w", hidden).T)
    graph.constant(name + "fi.w", weights.matrix(name + "fi.w", hidden).T)
    graph.constant(name + "fo.w", weights.matrix(name + "fo.w", wide).T)
    graph.constant(name + "thirds", np.array([hidden] * 3, np.int64))

    graph.node("MatMul", [state, name + "qkv.w"], [name + "qkv"])
    split = [name + part for part in "qkv"]
    graph.node("Split", [name + "qkv", name + "thirds"], split, axis=-1)
    graph.node("MultiHeadAttention", [*split, name + "qkv.b"], [name + "att"], FUSED, num_heads=weights.heads)
    graph.node("MatMul", [name + "att", name + "ao.w"], [name + "ao"])
    norm = [name + "aln.w", name + "aln.b", name + "ao.b"]
    residual = graph.node(
        "SkipLayerNormalization", [name + "ao", state, *norm], [name + "mid"], FUSED, epsilon=weights.epsilon
    )
    graph.node("MatMul", [residual, name + "fi.w"], [name + "fi"])
    graph.node("BiasGelu", [name + "fi", name + "fi.b"], [name + "gelu"], FUSED)
    graph.node("MatMul", [name + "gelu", name + "fo.w"], [name + "fo"])
    norm = [name + "oln.w", name + "oln.b", name + "fo.b"]
    return graph.node(
        "SkipLayerNormalization", [name + "fo", residual, *norm], [name + "out"], FUSED, epsilon=weights.epsilon
    )
