"""The process of one Piper voice: `main(MODEL)`, run by piper_process.py.

On the pipes as in espeak_worker.py: a request is `{text, speaker, scale, longest, patience}`, where
`scale` is the length scale relative to the voice's own and `longest` is in seconds. The first answer
comes unasked: `{loaded}`, or `{error, detail}` where error is library, gone, model or description.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from voicecoach.speech.espeak_worker import RefusedError, answer, pipes, serve
from voicecoach.speech.piper_words import Mark, Sound, marks

_INPUTS = {"input", "input_lengths", "scales"}
_SIGNS_A_SECOND = 30
"""More than any voice says at its own pace; a text with more of them than fit is not even begun."""
_SENTENCE = 500
"""Signs said in one go, half a minute: what a model needs for a sentence grows with the square of its length."""
_PAUSE = 0.2
"""Seconds of silence after a sentence at the voice's own pace; the model itself ends with next to none."""


class _Sentence(NamedTuple):
    pcm: bytes
    sounds: tuple[Sound, ...]


class Model:
    """A voice in memory; raises RefusedError for files that are none."""

    def __init__(self, path: Path) -> None:
        try:
            import onnxruntime
            import piper
            from piper.phonemize_espeak import ESPEAK_DATA_DIR

            from voicecoach.speech.piper_model import prepare
        except ImportError as error:
            raise RefusedError("library", str(error)) from error
        try:
            prepared = prepare(path)
            options = onnxruntime.SessionOptions()
            session = onnxruntime.InferenceSession(prepared.content, options, providers=["CPUExecutionProvider"])
        except FileNotFoundError as error:
            raise RefusedError("gone", str(error)) from error
        except Exception as error:  # each of the two libraries has its own for a damaged file
            raise RefusedError("model", f"{type(error).__name__}: {error}") from error
        self._config = _described(path)
        names = {one.name for one in session.get_inputs()}
        if names - {"sid"} != _INPUTS or ("sid" in names) != (self._config.num_speakers > 1):
            raise RefusedError("model", f"its inputs are {', '.join(sorted(names))}, not those of a Piper voice")
        # The library takes no longer path to its data than 160 bytes, but one from where it is.
        os.chdir(ESPEAK_DATA_DIR.parent)
        self._voice = piper.PiperVoice(session, self._config, Path(ESPEAK_DATA_DIR.name), use_tashkeel=True)
        self._noise = (self._config.noise_scale, self._config.noise_w_scale) if prepared.steady else (0.0, 0.0)
        self._tells = prepared.tells

    def speak(self, request: dict[str, Any]) -> tuple[dict[str, object], bytes]:
        """One clip, its sentences with a pause between them."""
        try:
            return self._speak(request["text"], request["speaker"], request["scale"], request["longest"])
        except RefusedError:
            raise
        except Exception as error:  # what the libraries raise for odd sounds is not written anywhere
            raise RefusedError("failed", f"{type(error).__name__}: {error}") from error

    def _speak(self, text: str, speaker: int | None, scale: float, longest: float) -> tuple[dict[str, object], bytes]:
        rate = self._config.sample_rate
        sentences = [piece for signs in self._voice.phonemize(text) for piece in _pieces(signs)]
        if sum(map(len, sentences)) * scale > longest * _SIGNS_A_SECOND:
            raise RefusedError("long", "")
        pause = bytes(2 * round(_PAUSE * scale * rate))
        pcm, sounds = b"", []
        for sentence in self._said(sentences, speaker, scale):
            pcm += pause if pcm else b""
            sounds += [Sound(sign, frame + len(pcm) // 2) for sign, frame in sentence.sounds]
            pcm += sentence.pcm
            if len(pcm) > 2 * longest * rate:
                raise RefusedError("long", "")
        return {"rate": rate, "words": self._marks(text, sounds) if sounds else ()}, pcm

    def _said(self, sentences: Sequence[Sequence[str]], speaker: int | None, scale: float) -> Iterator[_Sentence]:
        import numpy as np
        from piper import SynthesisConfig

        noise, width_noise = self._noise
        config = SynthesisConfig(speaker, scale * self._config.length_scale, noise, width_noise)
        for signs in sentences:
            made = self._voice.phoneme_ids_to_audio(
                self._voice.phonemes_to_ids(list(signs)), config, include_alignments=self._tells
            )
            audio, lengths = made if isinstance(made, tuple) else (made, None)
            samples = np.clip(np.nan_to_num(np.atleast_1d(audio)), -1.0, 1.0)
            pcm = (samples * 32_767).astype(np.int16).tobytes()
            sounds = () if lengths is None else self._placed(signs, [int(one) for one in np.atleast_1d(lengths)])
            yield _Sentence(pcm, tuple(sounds))

    def _placed(self, signs: Sequence[str], lengths: Sequence[int]) -> Iterator[Sound]:
        """Where each sign begins; signs that the voice does not know take no time."""
        numbers = self._config.phoneme_id_map
        padding = len(numbers["_"])
        at = len(numbers["^"]) + padding
        for sign in signs:
            yield Sound(sign, sum(lengths[:at]))
            at += len(numbers[sign]) + padding if sign in numbers else 0

    def _marks(self, text: str, sounds: Sequence[Sound]) -> tuple[Mark, ...]:
        return marks(text, sounds, lambda word: [sign for signs in self._voice.phonemize(word) for sign in signs])


def _pieces(signs: Sequence[str]) -> Iterator[Sequence[str]]:
    """A sentence, or parts of one that is too long, each to a space where there is one."""
    while len(signs) > _SENTENCE:
        spaces = [place for place in range(_SENTENCE // 2, _SENTENCE) if signs[place] == " "]
        cut = spaces[-1] + 1 if spaces else _SENTENCE
        yield signs[:cut]
        signs = signs[cut:]
    if signs:
        yield signs


def _described(path: Path) -> Any:
    import json

    from piper import PiperConfig

    try:
        return PiperConfig.from_dict(json.loads(Path(f"{path}.json").read_bytes()))
    except FileNotFoundError as error:
        raise RefusedError("gone", str(error)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError("description", f"{type(error).__name__}: {error}") from error


def main(path: str) -> None:
    """Loads the voice and serves."""
    requests, answers = pipes()
    model = Path(path).absolute()
    try:
        loaded = Model(model)
        answer(answers, {"loaded": True})
        serve(loaded.speak, requests, answers)
    except RefusedError as refusal:
        answer(answers, dict(zip(("error", "detail"), refusal.args, strict=True)))
    except BrokenPipeError:
        os._exit(0)
