"""Sounds from files: the built-in set and the tones people bring along.

The built-in sounds are read from their files, too, so whoever wants another bell replaces one
file; without the file the sound is computed.
"""

import io
import wave
from collections.abc import Callable

import numpy as np

from voicecoach.interrupts import load_whole
from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.loudness import clip_loudness
from voicecoach.sound.peak import amplitude, decibels, true_peak
from voicecoach.sound.tones import levelled, shape, tone
from voicecoach.sound.toneset import BUILT_IN, LONGEST, SILENT
from voicecoach.timeline import Sound
from voicecoach.units import SECOND, Milliseconds, Rate, frames

HIGHEST_DBTP, LOUDEST_LUFS = -5.0, -14.0
"""A tone from a file is turned down to these, never up: beside speech at −19 LUFS it is loud enough."""


class SoundFileError(ValueError):
    """The bytes are no WAV file with sound in it; the message says why."""


def load_tone(sound: Sound, length: Milliseconds, rate: Rate, read: Callable[[str], bytes]) -> Clip:
    """The clip of any Sound, `length` long at `rate`: a built-in sound, a wave or a WAV file.

    `read` gives the bytes of `sound.path`, and of `voicecoach:audio/NAME.wav` for a built-in
    sound, or raises FileNotFoundError. Raises SoundFileError for a file that is no WAV.
    """
    if sound.path:
        return shape(decoded(read(sound.path), rate), length)
    if sound.wave or sound.name == SILENT:
        return tone(sound, length, rate)
    try:
        built_in = read(f"{BUILT_IN}{sound.name}.wav")
    except FileNotFoundError:
        return tone(sound, length, rate)
    return levelled(shape(decoded(built_in, rate), length))


def file_length(wav: bytes) -> Milliseconds:
    """How long a WAV file sounds as a tone: its length rounded up, at most 2000 ms. Raises SoundFileError."""
    samples, own_rate = _opened(wav)
    return min(-(-len(samples) * SECOND // own_rate), LONGEST)


def decoded(wav: bytes, rate: Rate) -> Clip:
    """The first 2000 ms of a WAV file of any rate, width and channels: mono at `rate`, not too loud.

    Raises SoundFileError.
    """
    samples, own_rate = _opened(wav)
    if own_rate != rate:
        load_whole("soxr")
        import soxr

        samples = soxr.resample(samples, own_rate, rate, quality="HQ")
    samples = np.ascontiguousarray(samples[: frames(LONGEST, rate)], dtype=np.float32)
    over = max(decibels(true_peak(samples)) - HIGHEST_DBTP, clip_loudness(samples, rate) - LOUDEST_LUFS)
    return Clip(samples * np.float32(amplitude(-over)) if over > 0.1 else samples, rate)


def _plain(wav: bytes) -> tuple[Samples, Rate] | None:
    """The same of a file as the built-in ones are, 16-bit mono and whole; None for any other.

    For these alone, loading the sound file library would take longer than all else that the first tone needs.
    """
    try:
        with wave.open(io.BytesIO(wav)) as file:
            form, rate = file.getparams(), file.getframerate()
            if (form.nchannels, form.sampwidth) != (1, 2) or not 0 < form.nframes <= rate * LONGEST // SECOND:
                return None
            pcm = file.readframes(form.nframes)
    except (wave.Error, EOFError):
        return None
    if len(pcm) != 2 * form.nframes:
        return None
    return np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32_768), rate


def _opened(wav: bytes) -> tuple[Samples, Rate]:
    """Mono samples of a WAV file and its rate, a little more than `LONGEST` at most."""
    if wav[:4] not in {b"RIFF", b"RF64"} or wav[8:12] != b"WAVE":
        raise SoundFileError("it is not a WAV file")
    if (plain := _plain(wav)) is not None:
        return plain
    load_whole("soundfile")
    import soundfile

    try:
        with soundfile.SoundFile(io.BytesIO(wav)) as file:
            own_rate: Rate = file.samplerate
            channels = file.read(own_rate * (LONGEST + SECOND) // SECOND, dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise SoundFileError(f"the WAV file cannot be read: {error}") from error
    if not len(channels):
        raise SoundFileError("the WAV file has no sound in it")
    samples: Samples = channels.mean(axis=1, dtype=np.float32)
    if not np.isfinite(samples).all():
        raise SoundFileError("the WAV file has samples that are no numbers")
    return samples, own_rate
