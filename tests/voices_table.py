"""How well voices are understood in noise, for docs/voices.md: `python -m tests.voices_table`.

Every line of two sessions is said at the level of a session, in noise with the spectrum of speech, and PocketSphinx
says which of all the lines it was. `python -m tests.voices_table VOICE[@PACE][^PITCH][~]...` measures only these; `~`
is the voice as the engine makes it, without its brightness.
"""

import ctypes
import re
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from pocketsphinx import Decoder

from voicecoach import compile, load
from voicecoach.hearing import _spelled
from voicecoach.listening.aligner import RATE, Aligner
from voicecoach.sound.clip import Samples
from voicecoach.sound.loudness import clip_loudness, level
from voicecoach.speech.brightness import brightened
from voicecoach.speech.engine import RawSpeech
from voicecoach.speech.espeak import sources
from voicecoach.speech.espeak_worker import Callback
from voicecoach.speech.normalise import normalise
from voicecoach.speech.shape import resampled, trimmed
from voicecoach.units import MIX_RATE

ROUTINES = ("feet-morning", "feet-evening")
RATIOS = (12, 9, 6, 3)
"""Decibels of speech over noise, while it is spoken."""

CANDIDATES = (
    "en", "en~", "en-US", "en-US~", "en+m3", "en+m3~", "en-US+m3~", "en+f3", "en+f3~", "en-US+f3", "en-US+f3~",
    "en-US+Annie~", "en-GB-x-rp~", "en-GB-scotland~",
    "en@130~", "en@145~", "en@180~", "en^35~", "en^65~",
)  # fmt: skip
_CANDIDATE = re.compile(r"(?P<voice>[^@^~]+)(?:@(?P<pace>\d+))?(?:\^(?P<pitch>\d+))?(?P<dull>~?)")
_ROOM = 80
_RATE, _PITCH = 1, 3


class Candidate(NamedTuple):
    """One way to speak."""

    voice: str
    pace: int = 160
    pitch: int = 50
    bright: bool = True


class Espeak:
    """The bundled library in this process, with the parameters that voicecoach leaves as they are."""

    def __init__(self) -> None:
        source = sources()[0]
        assert source.data
        self.library = ctypes.CDLL(source.library)
        self.rate = self.library.espeak_Initialize(2, 0, str(source.data.parent).encode(), 0x8000)

    def say(self, text: str, candidate: Candidate) -> RawSpeech:
        """What it makes of a normalised text."""
        blocks: list[bytes] = []

        def collect(samples: int | None, count: int, _events: object) -> int:
            if samples and count > 0:
                blocks.append(ctypes.string_at(samples, count * 2))
            return 0

        callback = Callback(collect)
        self.library.espeak_SetSynthCallback(callback)
        folder = "" if "/" in candidate.voice else "gmw/"
        assert self.library.espeak_SetVoiceByName(f"{folder}{candidate.voice}".encode()) == 0, candidate.voice
        self.library.espeak_ng_SetRandSeed(1)
        self.library.espeak_SetParameter(_RATE, candidate.pace, 0)
        self.library.espeak_SetParameter(_PITCH, candidate.pitch, 0)
        buffer = ctypes.create_string_buffer(text.encode())
        self.library.espeak_Synth(buffer, ctypes.c_size_t(len(buffer)), 0, 1, 0, 1, None, None)
        return RawSpeech(b"".join(blocks), self.rate)


class Judge:
    """Which of the lines was said: the way through all of them that fits the sound best."""

    def __init__(self, lines: Sequence[str]) -> None:
        aligner = Aligner()
        words = [normalise(line, "en").split() for line in lines]
        audible = [[word for word in line if any(map(str.isalnum, word))] for line in words]
        spelled = _spelled(aligner, (word for line in audible for word in line), "en-gb")
        self.lines = [tuple(spelled[word] for word in line) for line in audible]
        self.decoder: Decoder = aligner._decoders[0]
        moves, states = [], 2
        for line in dict.fromkeys(self.lines):
            at = 0
            for number, word in enumerate(line):
                to, states = (1, states) if number == len(line) - 1 else (states, states + 1)
                moves.append((at, to, 1.0, word))
                at = to
        self.decoder.add_fsg("lines", self.decoder.create_fsg("lines", 0, 1, moves))

    def hears(self, sound: Samples) -> tuple[str, ...]:
        """The words of the line; those of a part of one where it loses its way."""
        pcm = np.clip(np.rint(sound * 32_767), -32_768, 32_767).astype(np.int16).tobytes()
        self.decoder.activate_search("lines")
        try:
            self.decoder.start_utt()
            self.decoder.process_raw(pcm, full_utt=True)
            self.decoder.end_utt()
        except RuntimeError:
            return ()
        if self.decoder.hyp() is None:
            return ()
        return tuple(part.word.partition("(")[0] for part in self.decoder.seg() if not part.word.startswith("<"))


def main(words: Sequence[str]) -> None:
    """Prints a row for each candidate."""
    lines = list(spoken_lines())
    judge, espeak = Judge(lines), Espeak()
    noise = speech_noise(espeak, lines)
    print(f"{len(lines)} lines, right in quiet and at {', '.join(f'{ratio:+d}' for ratio in RATIOS)} dB")
    print(
        "| voice | words a minute | pitch | brightness | quiet |"
        + "".join(f" {ratio:+d} dB |" for ratio in RATIOS)
        + " all | spread |"
    )
    print("|---|---:|---:|---|---:|" + "---:|" * (len(RATIOS) + 2))
    for word in words or CANDIDATES:
        print(row(parsed(word), lines, judge, espeak, noise), flush=True)


def parsed(word: str) -> Candidate:
    match = _CANDIDATE.fullmatch(word)
    assert match, word
    return Candidate(match["voice"], int(match["pace"] or 160), int(match["pitch"] or 50), not match["dull"])


def row(candidate: Candidate, lines: Sequence[str], judge: Judge, espeak: Espeak, noise: Samples) -> str:
    """How many lines are told apart in quiet and in noise, and how uneven the voice is before it is levelled."""
    right, loud = np.zeros(1 + len(RATIOS), int), []
    for number, line in enumerate(lines):
        raw = trimmed(espeak.say(normalise(line, "en"), candidate))
        raw = brightened(raw, espeak.rate) if candidate.bright else raw
        said = resampled(raw, espeak.rate, MIX_RATE)
        loud.append(clip_loudness(said, MIX_RATE))
        speech = resampled(level(said, MIX_RATE), MIX_RATE, RATE)
        power = float((speech**2).mean())
        speech = np.pad(speech, RATE // 4)
        here = noise[number * 977 : number * 977 + len(speech)]
        quiet = speech + np.random.default_rng(0).normal(0, _ROOM / 32_768, len(speech)).astype(np.float32)
        sounds = [quiet, *(quiet + here * np.sqrt(power / 10 ** (ratio / 10)) for ratio in RATIOS)]
        right += [judge.hears(sound * np.float32(0.5)) == judge.lines[number] for sound in sounds]
    shares = " | ".join(f"{100 * one / len(lines):.0f} %" for one in right)
    noisy = 100 * right[1:].sum() / (len(RATIOS) * len(lines))
    return (
        f"| `{candidate.voice}` | {candidate.pace} | {candidate.pitch} | {'yes' if candidate.bright else 'no'} |"
        f" {shares} | {noisy:.0f} % | {np.std(loud):.1f} LU |"
    )


def spoken_lines() -> Iterator[str]:
    """Every different line of the sessions."""
    texts = (cue.text for name in ROUTINES for cue in compile(load(name), engine="silent").timeline.cues if cue.text)
    seen: set[str] = set()
    for text in texts:
        if (same := re.sub(r"\W+", " ", text).strip().lower()) not in seen:
            seen.add(same)
            yield text


def speech_noise(espeak: Espeak, lines: Sequence[str]) -> Samples:
    """Noise of power 1 with the average spectrum of two voices, as the engine makes them."""
    said = [
        resampled(trimmed(espeak.say(normalise(line, "en"), Candidate(voice))), espeak.rate, RATE)
        for voice in ("en", "en-US+f3")
        for line in lines
    ]
    size = 1_024
    whole = np.concatenate(said)
    pieces = whole[: len(whole) // size * size].reshape(-1, size) * np.hanning(size)
    spectrum = np.sqrt((np.abs(np.fft.rfft(pieces)) ** 2).mean(axis=0))
    white = np.random.default_rng(2).normal(size=RATE * 60)
    bins = np.fft.rfftfreq(len(white), 1 / RATE)
    shaped = np.fft.irfft(np.fft.rfft(white) * np.interp(bins, np.fft.rfftfreq(size, 1 / RATE), spectrum), len(white))
    return (shaped / shaped.std()).astype(np.float32)


if __name__ == "__main__":
    main(sys.argv[1:])
