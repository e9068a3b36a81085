"""A voice of formants made brighter: more of the consonants that tell words apart in noise."""

import numpy as np

from voicecoach.sound.clip import Samples
from voicecoach.sound.peak import amplitude

SHELF_DB, SHELF_HZ = 5.0, 2_500
"""What is over the frequency becomes louder by so much; measured in docs/voices.md."""

LOWEST_HZ = 90
"""What is under it is no speech, and takes the room of what is."""

_AROUND = 1_024
"""Zeros before and after, so that the end does not sound in the beginning."""


def brightened(samples: Samples, rate: int) -> Samples:
    """The same sound, as long and at the same time, brighter."""
    size = 1 << (len(samples) + 2 * _AROUND - 1).bit_length()
    hz = np.maximum(np.fft.rfftfreq(size, 1 / rate), 1.0)
    shelf = 1 + (amplitude(SHELF_DB) - 1) / (1 + (SHELF_HZ / hz) ** 4)
    high_pass = 1 / np.sqrt(1 + (LOWEST_HZ / hz) ** 4)
    padded = np.pad(samples, (_AROUND, size - len(samples) - _AROUND))
    found = np.fft.irfft(np.fft.rfft(padded) * shelf * high_pass, size)
    return found[_AROUND : _AROUND + len(samples)].astype(np.float32)
