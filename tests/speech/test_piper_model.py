from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper

from tests.tiny_voice import HOP, write_voice
from voicecoach.speech.piper_model import prepare


def noise_model(folder: Path, node: onnx.NodeProto) -> Path:
    """A model that gives noise in the shape of its input."""
    graph = helper.make_graph(
        [node],
        "noise",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["a", "b"])],
        [helper.make_tensor_value_info("y", TensorProto.FLOAT, ["a", "b"])],
    )
    path = folder / "noise.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8), str(path))
    return path


def drawn(content: bytes, *shape: int) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    (result,) = session.run(None, {"x": np.zeros(shape, np.float32)})
    return np.asarray(result, np.float32)


def test_fixed_noise_is_still_noise_and_the_same_each_time(tmp_path: Path) -> None:
    path = noise_model(tmp_path, helper.make_node("RandomNormalLike", ["x"], ["y"], dtype=1))

    prepared = prepare(path)

    assert prepared.steady
    first, again = (drawn(prepared.content, 192, 500) for _ in range(2))
    assert first.shape == (192, 500)
    assert np.array_equal(first, again)
    assert abs(first.mean()) < 0.01
    assert abs(first.std() - 1) < 0.01


def test_noise_goes_on_beyond_what_was_drawn(tmp_path: Path) -> None:
    path = noise_model(tmp_path, helper.make_node("RandomNormalLike", ["x"], ["y"], dtype=1))

    wide = drawn(prepare(path).content, 3, 1_000_000)

    assert wide.shape == (3, 1_000_000)
    assert abs(wide[2].std() - 1) < 0.01


@pytest.mark.parametrize(
    "node",
    [
        helper.make_node("RandomUniformLike", ["x"], ["y"], dtype=1),
        helper.make_node("RandomNormalLike", ["x"], ["y"], dtype=1, scale=2.0),
        helper.make_node("RandomNormalLike", ["x"], ["y"], dtype=1, mean=0.5),
    ],
    ids=lambda node: node.op_type,
)
def test_other_noise_is_left_and_told(node: onnx.NodeProto, tmp_path: Path) -> None:
    assert not prepare(noise_model(tmp_path, node)).steady


def test_lengths_of_sounds_add_up_to_the_sound(tmp_path: Path) -> None:
    prepared = prepare(write_voice(tmp_path))
    session = onnxruntime.InferenceSession(prepared.content, providers=["CPUExecutionProvider"])
    feed = {
        "input": np.array([[1, 0, 20, 0, 3, 0, 30, 0, 2]], np.int64),
        "input_lengths": np.array([9], np.int64),
        "scales": np.array([0.667, 1.3, 0.8], np.float32),
    }

    sound, lengths = session.run(None, feed)

    assert prepared.tells
    assert int(lengths.sum()) * HOP == sound.size


def test_a_model_that_tells_already_is_taken_as_it_is(tmp_path: Path) -> None:
    from piper.patch_voice_with_alignment import add_alignment_output

    path = write_voice(tmp_path)
    model = onnx.load(str(path))
    add_alignment_output(model)
    onnx.save(model, str(path))

    assert prepare(path).tells
