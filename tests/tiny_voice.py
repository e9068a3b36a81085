"""A Piper voice of four kilobytes, made here: every sound is a burst of noise over a tone, spaces are silence.

It has the inputs, the lengths of sounds and the two kinds of noise of a real voice, so everything
but its beauty can be tested with it.
"""

import json
from pathlib import Path
from typing import Literal

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP

RATE, HOP = 22_050, 256
Noise = Literal["usual", "odd"]
_SILENT = frozenset("_^$ ,.;:!?ˈˌː'")


def write_voice(
    shelf: Path,
    name: str = "en_GB-tiny-low",
    *,
    espeak: str = "en",
    speakers: int = 1,
    noise: Noise = "usual",
    **config: object,
) -> Path:
    """A folder with the voice `name`; further words replace what its description says. Returns the model's path."""
    folder = shelf / name
    folder.mkdir(parents=True)
    model = folder / f"{name}.onnx"
    onnx.save(_model(speakers, noise), str(model))
    (folder / "MODEL_CARD").write_text("# Model card for tiny\n\n* Language: any\n\n* License: CC0\n", "utf-8")
    description = _description(name, espeak, speakers) | config
    Path(f"{model}.json").write_text(json.dumps(description), "utf-8")
    return model


def _description(name: str, espeak: str, speakers: int) -> dict[str, object]:
    code, _, rest = name.partition("-")
    return {
        "audio": {"sample_rate": RATE, "quality": rest.partition("-")[2]},
        "espeak": {"voice": espeak},
        "language": {"code": code},
        "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
        "phoneme_type": "espeak",
        "phoneme_id_map": DEFAULT_PHONEME_ID_MAP,
        "num_symbols": 256,
        "num_speakers": speakers,
        "speaker_id_map": {f"p{number}": number for number in range(speakers)} if speakers > 1 else {},
    }


def _tables() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How many frames each sign lasts, and how loud it is."""
    lasting, loud = np.full(256, 3.5, np.float32), np.full(256, 1, np.float32)
    for sign, (number, *_) in DEFAULT_PHONEME_ID_MAP.items():
        if sign in _SILENT:
            loud[number] = 0
            lasting[number] = {" ": 8.5, ",": 8.5, ".": 8.5}.get(sign, 0.5)
    return lasting, loud


def _model(speakers: int, noise: Noise) -> onnx.ModelProto:
    lasting, loud = _tables()
    constants: dict[str, NDArray[np.generic]] = {
        "lasting": lasting,
        "loud": loud,
        "zero": np.array(0, np.int64),
        "one": np.array(1, np.int64),
        "two": np.array(2, np.int64),
        "rows": np.array([0], np.int64),
        "nought": np.array(0, np.float32),
        "unit": np.array(1, np.float32),
        "tenth": np.array(0.1, np.float32),
        "half": np.array(0.5, np.float32),
        "pitch": np.array(0.07, np.float32),
        "column": np.array([-1, 1], np.int64),
        "wide": np.array([1, HOP], np.int64),
        "flat": np.array([-1], np.int64),
        "whole": np.array([1, 1, 1, -1], np.int64),
    }
    steps = [
        ("Gather", ["scales", "zero"], "noise_scale", {}),
        ("Gather", ["scales", "one"], "length_scale", {}),
        ("Gather", ["scales", "two"], "width_scale", {}),
        # lengths: those of the table, a little longer or shorter, times the length scale
        ("Gather", ["lasting", "input"], "natural", {}),
        ("RandomNormalLike", ["natural"], "width_noise", {"dtype": 1}),
        ("Mul", ["width_noise", "width_scale"], "width_scaled", {}),
        ("Mul", ["width_scaled", "tenth"], "width_small", {}),
        ("Exp", ["width_small"], "width", {}),
        ("Mul", ["natural", "width"], "varied", {}),
        ("Mul", ["varied", "length_scale"], "scaled", {}),
        ("Ceil", ["scaled"], "lengths", {}),
        # which sign each frame belongs to
        ("Reshape", ["lengths", "flat"], "lengths_row", {}),
        ("CumSum", ["lengths_row", "zero"], "ends", {}),
        ("ReduceMax", ["ends"], "count", {"keepdims": 0}),
        ("Range", ["nought", "count", "unit"], "frames", {}),
        ("Add", ["frames", "half"], "middles", {}),
        ("Reshape", ["ends", "column"], "ends_column", {}),
        ("Less", ["ends_column", "middles"], "passed", {}),
        ("Cast", ["passed"], "passed_number", {"to": TensorProto.INT64}),
        ("ReduceSum", ["passed_number", "rows"], "sign", {"keepdims": 0}),
        # sound: a tone of the speaker's, and noise
        ("Reshape", ["input", "flat"], "signs", {}),
        ("Gather", ["loud", "signs"], "loudness", {}),
        ("Gather", ["loudness", "sign"], "frame_loudness", {}),
        ("Reshape", ["frame_loudness", "column"], "loud_column", {}),
        ("Expand", ["loud_column", "wide"], "loud_samples", {}),
        ("Reshape", ["loud_samples", "flat"], "envelope", {}),
        *_noise(noise),
        ("Mul", ["noise", "noise_scale"], "hiss", {}),
        ("CumSum", ["ones", "zero"], "time", {}),
        *_pitch(speakers),
        ("Mul", ["time", "speaker_pitch"], "angle", {}),
        ("Sin", ["angle"], "tone", {}),
        ("Add", ["hiss", "tone"], "both", {}),
        ("Mul", ["both", "envelope"], "shaped", {}),
        ("Mul", ["shaped", "tenth"], "quiet", {}),
        ("Reshape", ["quiet", "whole"], "output", {}),
    ]
    nodes = [helper.make_node(kind, inputs, [output], **attributes) for kind, inputs, output, attributes in steps]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "signs"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    if speakers > 1:
        inputs.append(helper.make_tensor_value_info("sid", TensorProto.INT64, [1]))
    graph = helper.make_graph(
        nodes,
        "tiny",
        inputs,
        [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, 1, "samples"])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 15)], ir_version=8)


def _noise(noise: Noise) -> list[tuple[str, list[str], str, dict[str, object]]]:
    """`odd` is drawn in a way that real voices do not."""
    ones: tuple[str, list[str], str, dict[str, object]] = ("Exp", ["zeros"], "ones", {})
    zeros: tuple[str, list[str], str, dict[str, object]] = ("Sub", ["envelope", "envelope"], "zeros", {})
    kind = "RandomNormalLike" if noise == "usual" else "RandomUniformLike"
    return [zeros, ones, (kind, ["envelope"], "noise", {"dtype": 1})]


def _pitch(speakers: int) -> list[tuple[str, list[str], str, dict[str, object]]]:
    if speakers == 1:
        return [("Identity", ["pitch"], "speaker_pitch", {})]
    return [
        ("Cast", ["sid"], "sid_number", {"to": TensorProto.FLOAT}),
        ("Add", ["sid_number", "unit"], "sid_factor", {}),
        ("Mul", ["sid_factor", "pitch"], "speaker_pitch", {}),
    ]
