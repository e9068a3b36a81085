"""A Piper model made ready: it tells how long each sound lasts, and its noise is the same each time.

A model adds noise to lengths and timbre, which makes a voice sound less like a machine. Drawn anew
for each call, the same words would never be the same samples again; so the noise is drawn once,
from a fixed seed, and becomes part of the model.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper
from piper.patch_voice_with_alignment import add_alignment_output

_NOISE = "voicecoach_noise"
_LENGTH = 1_048_573
"""Values of noise, a prime so that channels do not repeat together; more is taken from the beginning again."""
_SEED = 20_261_125
_RANDOM = frozenset(
    {"RandomNormalLike", "RandomNormal", "RandomUniform", "RandomUniformLike", "Multinomial", "Bernoulli"}
)


class Prepared(NamedTuple):
    """The model's bytes; whether its noise is `steady`, and whether it `tells` how long sounds last."""

    content: bytes
    steady: bool
    tells: bool


def prepare(path: Path) -> Prepared:
    """Raises what onnx raises for a file that is no model."""
    model = onnx.load(str(path))
    try:
        add_alignment_output(model)
        tells = True
    except ValueError:  # it has no such place, or was given that output before
        tells = len(model.graph.output) == 2
    return Prepared(_steadied(model), not _is_random(model.graph), tells)


def _steadied(model: onnx.ModelProto) -> bytes:
    """Puts a part of the one fixed noise in the place of each that is drawn anew."""
    graph = model.graph
    drawing = [node for node in graph.node if _can_be_fixed(node)]
    if drawing:
        noise = np.random.RandomState(_SEED).standard_normal(_LENGTH).astype(np.float32)
        constants: dict[str, NDArray[np.generic]] = {
            _NOISE: noise,
            f"{_NOISE}_zero": np.array([0], np.int64),
            f"{_NOISE}_one": np.array([1], np.int64),
            f"{_NOISE}_length": np.array([_LENGTH], np.int64),
        }
        graph.initializer.extend(numpy_helper.from_array(value, name) for name, value in constants.items())
    nodes: list[onnx.NodeProto] = []
    for number, node in enumerate(graph.node):
        nodes += _fixed(node, f"{_NOISE}_{number}") if _can_be_fixed(node) else [node]
    del graph.node[:]
    graph.node.extend(nodes)
    content: bytes = model.SerializeToString()
    return content


def _fixed(node: onnx.NodeProto, name: str) -> list[onnx.NodeProto]:
    """As many values as the input has, in its shape; the noise is repeated as often as it takes."""
    steps = (
        ("Shape", [node.input[0]], "shape"),
        ("ReduceProd", [f"{name}_shape"], "count"),
        ("Div", [f"{name}_count", f"{_NOISE}_length"], "whole"),
        ("Add", [f"{name}_whole", f"{_NOISE}_one"], "times"),
        ("Tile", [_NOISE, f"{name}_times"], "long"),
        ("Slice", [f"{name}_long", f"{_NOISE}_zero", f"{name}_count"], "cut"),
    )
    made = [helper.make_node(kind, inputs, [f"{name}_{output}"]) for kind, inputs, output in steps]
    return [*made, helper.make_node("Reshape", [f"{name}_cut", f"{name}_shape"], list(node.output))]


def _can_be_fixed(node: onnx.NodeProto) -> bool:
    """Plain noise of the usual kind, in 32 bits."""
    given = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    return (
        node.op_type == "RandomNormalLike"
        and given.get("dtype", 1) == onnx.TensorProto.FLOAT
        and (given.get("mean", 0.0), given.get("scale", 1.0)) == (0.0, 1.0)
    )


def _is_random(graph: onnx.GraphProto) -> bool:
    """Whether something is still drawn anew, also inside of branches and loops."""
    return any(
        node.op_type in _RANDOM
        or any(_is_random(inner) for attribute in node.attribute for inner in _graphs(attribute))
        for node in graph.node
    )


def _graphs(attribute: onnx.AttributeProto) -> list[onnx.GraphProto]:
    return [*([attribute.g] if attribute.HasField("g") else []), *attribute.graphs]
