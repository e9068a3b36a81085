"""Tones from numbers."""

import math

import numpy as np
from numpy.typing import NDArray

from voicecoach.sound.clip import Clip, Samples
from voicecoach.sound.loudness import clip_loudness
from voicecoach.sound.peak import amplitude, decibels, true_peak
from voicecoach.sound.target import TARGET_LUFS
from voicecoach.sound.toneset import RECIPES, SILENT, Note, Partial, natural_length
from voicecoach.timeline import Sound
from voicecoach.units import Frames, Milliseconds, Rate, frames

EDGE: Milliseconds = 5
"""The shortest fade at either end of any tone."""

HIGHEST_DBTP = -4.5
"""No true peak of a levelled tone is above this: there is room for some speech beside it."""

LOUDEST = -3.0
"""No wave of a script's own has a higher sample, in dBFS, whatever gain it asks for."""

_CUT_FADE: Milliseconds = 60
"""The fade at the end of a tone that is cut; a third of a shorter one."""

_BAND = 0.45
"""Harmonics stop at this share of the rate: nothing folds back."""


def tone(sound: Sound, length: Milliseconds, rate: Rate) -> Clip:
    """A built-in sound as loud as speech, or a wave at its gain, `length` long and zero at both ends.

    Raises ValueError for an unknown name or wave, and for a file, which takes reading.
    """
    if sound.path:
        raise ValueError(f"{sound.path} is a file, not a tone from numbers")
    if sound.wave:
        return Clip(_wave(sound, frames(length, rate), rate), rate)
    return levelled(shape(natural(sound.name, rate), length))


def natural(name: str, rate: Rate) -> Clip:
    """A built-in sound in full; `none` is no samples. Raises ValueError for an unknown name."""
    samples = np.zeros(frames(natural_length(name), rate))
    if name == SILENT:
        return Clip(samples.astype(np.float32), rate)
    recipe = RECIPES[name]
    for note in recipe.notes:
        start = frames(note.at, rate)
        count = frames(note.length, rate)
        samples[start : start + count] += _note(note, count, rate)
    samples *= amplitude(recipe.peak) / np.abs(samples).max()
    return Clip(samples.astype(np.float32), rate)


def shape(clip: Clip, length: Milliseconds) -> Clip:
    """The clip cut or padded to `length`; a cut fades out along a raised cosine."""
    count = frames(length, clip.rate)
    missing = count - clip.frames
    if missing == 0:
        return clip
    if missing > 0:
        return Clip(np.pad(clip.samples, (0, missing)), clip.rate)
    samples = clip.samples[:count].astype(np.float64)
    fade = min(frames(_CUT_FADE, clip.rate), count // 3)
    samples[count - fade :] *= _fade_in(fade)[::-1]
    return Clip(samples.astype(np.float32), clip.rate)


def levelled(clip: Clip) -> Clip:
    """The tone at the loudness of speech, as far as its highest peak allows.

    It is levelled as it is heard, cut to its role's length, so that the sounds a script chooses
    do not move the loudness of a session.
    """
    room = HIGHEST_DBTP - decibels(true_peak(clip.samples))
    gain = min(TARGET_LUFS - clip_loudness(clip.samples, clip.rate), room)
    return Clip(clip.samples * np.float32(amplitude(gain)), clip.rate) if math.isfinite(gain) else clip


def _note(note: Note, count: Frames, rate: Rate) -> NDArray[np.float64]:
    total = np.zeros(count)
    for partial in note.partials:
        total += _partial(partial, count, rate)
    return total * _ends(count, frames(note.attack, rate), frames(note.release, rate))


def _partial(partial: Partial, count: Frames, rate: Rate) -> NDArray[np.float64]:
    at = np.arange(count) / rate
    bend = (partial.to_hz - partial.hz) / (count / rate) if partial.to_hz else 0.0
    sine = partial.share * np.sin(2 * np.pi * (partial.hz + bend * at / 2) * at)
    return sine * np.exp(-at * 1000 / partial.decay) if partial.decay else sine


def _wave(sound: Sound, count: Frames, rate: Rate) -> Samples:
    """A steady band-limited wave with its highest sample at `gain` dBFS."""
    at = np.arange(count) / rate
    samples = np.zeros(count)
    for harmonic, share in _harmonics(sound.wave, sound.hz, rate):
        samples += share * np.sin(2 * np.pi * sound.hz * harmonic * at)
    samples *= amplitude(min(sound.gain, LOUDEST)) / max(float(np.abs(samples).max(initial=0.0)), 1e-9)
    edge = frames(EDGE, rate)
    return np.asarray(samples * _ends(count, edge, edge), dtype=np.float32)


def _harmonics(wave: str, hz: int, rate: Rate) -> list[tuple[int, float]]:
    """Fourier series of a wave up to `_BAND`: (harmonic, amplitude)."""
    most = max(1, int(_BAND * rate / max(hz, 1)))
    match wave:
        case "sine":
            return [(1, 1.0)]
        case "square":
            return [(n, 1 / n) for n in range(1, most + 1, 2)]
        case "triangle":
            return [(n, (-1) ** (n // 2) / n**2) for n in range(1, most + 1, 2)]
        case "saw":
            return [(n, 1 / n) for n in range(1, most + 1)]
    raise ValueError(f"unknown wave {wave!r}; the waves are sine, square, triangle and saw")


def _ends(count: Frames, attack: Frames, release: Frames) -> NDArray[np.float64]:
    """1 with a raised-cosine fade at either end, each at most half of `count`."""
    attack, release = min(attack, count // 2), min(release, count // 2)
    ends = np.ones(count)
    ends[:attack] *= _fade_in(attack)
    ends[count - release :] *= _fade_in(release)[::-1]
    return ends


def _fade_in(count: Frames) -> NDArray[np.float64]:
    """From exactly 0 towards 1 over `count` frames."""
    return 0.5 - 0.5 * np.cos(np.pi * np.arange(count) / max(count, 1))
