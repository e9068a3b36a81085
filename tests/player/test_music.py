"""Music of a live session: under everything, ducked as in a file, running on wherever the session goes."""

from array import array
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.player.listening import PER_MS, listening, session
from voicecoach.accompaniment import Accompaniment, Lasting
from voicecoach.musicfile import MusicFileError
from voicecoach.player.programme import Loudness, Programme
from voicecoach.player.route import Interlude, Route
from voicecoach.player.underlay import Underlay
from voicecoach.session import Session
from voicecoach.sound.bed import FADE_IN, FADE_OUT, Bed, Fall, Rise
from voicecoach.sound.clip import Samples
from voicecoach.sound.ducking import Ducking, words
from voicecoach.sound.mixer import pcm16
from voicecoach.units import MIX_RATE, frames

STRETCH = """\
title: T
music: {file: noise.wav, gain: -10, duck: 12}
steps:
  - {name: Calf stretch, hold: 12s, reps: 2, each: foot, how: Lean in.}
  - rest: 20s
  - {name: Toe raise, time: 16s}
"""
GATES = """\
title: T
music: {file: noise.wav, gain: -10, duck: 12}
steps:
  - wait: Are you ready for all of this?
  - {time: 20s, name: Squat}
"""


def with_noise(folder: Path, script: str) -> Session:
    """A session with four minutes of noise, in which every place can be told from every other."""
    noise = 0.1 * np.random.default_rng(7).standard_normal(240 * MIX_RATE)
    soundfile.write(folder / "noise.wav", noise, MIX_RATE, subtype="PCM_16")
    return session(folder, script)


@pytest.fixture(scope="module")
def stretch(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return with_noise(tmp_path_factory.mktemp("stretch"), STRETCH)


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return with_noise(tmp_path_factory.mktemp("gates"), GATES)


def noise_of(found: Session) -> Samples:
    accompaniment = found.accompaniment()
    assert accompaniment is not None
    return accompaniment.music.read(0, 200 * MIX_RATE)[:, 0]


def place_of(heard: "array[int]", noise: Samples) -> int:
    """The frame of the music that a second of it is."""
    part = np.array(heard[-MIX_RATE:], np.float64)
    size = 1 << 23
    match = np.fft.irfft(np.fft.rfft(noise, size) * np.conj(np.fft.rfft(part, size)))
    return int(match.argmax()) + MIX_RATE - len(heard)


def loud(heard: "array[int] | Samples") -> float:
    return 10 * np.log10(float((np.array(heard, np.float64) ** 2).mean()) + 1e-9)


def test_what_is_heard_is_speech_tones_and_the_ducked_and_faded_music(stretch: Session) -> None:
    with listening(stretch) as person:
        heard = person.hear_all()

    timeline, accompaniment = stretch.timeline, stretch.accompaniment()
    assert accompaniment is not None
    length = frames(timeline.duration, MIX_RATE)
    ducking = Ducking(words(timeline.cues), 12, MIX_RATE)
    fades = Rise(0, frames(FADE_IN, MIX_RATE)), Fall(length, frames(FADE_OUT, MIX_RATE))
    wanted = pcm16(Bed(stretch.mixer(), accompaniment.music, (ducking, *fades)).read(0, length))
    assert len(heard) == length
    assert np.abs(np.array(heard) - wanted.astype(float))[8 * PER_MS :].max() <= 1


def test_the_music_runs_on_where_the_session_skips(stretch: Session) -> None:
    noise = noise_of(stretch)
    with listening(stretch) as person:
        before = person.hear(8 * MIX_RATE)
        person.do("next")
        after = person.hear(8 * MIX_RATE)
        person.do("back")
        again = person.hear(3 * MIX_RATE)

    assert place_of(before, noise) == 0
    assert place_of(after, noise) == 8 * MIX_RATE
    assert place_of(again, noise) == 16 * MIX_RATE


def test_the_music_stands_still_in_a_pause(stretch: Session) -> None:
    noise = noise_of(stretch)
    with listening(stretch) as person:
        person.hear(8 * MIX_RATE)
        person.do("pause")
        person.output.advance(10 * MIX_RATE)
        person.silence(10 * MIX_RATE)
        person.do("play")
        after = person.hear(4 * MIX_RATE)

    assert abs(place_of(after, noise) - 8 * MIX_RATE) <= 8 * PER_MS


def test_the_music_does_not_stop_for_a_changed_volume_or_a_longer_rest(stretch: Session) -> None:
    noise = noise_of(stretch)
    with listening(stretch, at=stretch.timeline.bouts[3].end + 3_000) as person:
        person.hear(MIX_RATE)
        assert person.do("longer") == ""
        person.player.set_volume(50)
        after = person.hear(6 * MIX_RATE)

    assert place_of(after, noise) == MIX_RATE


def test_the_music_goes_to_rest_where_the_session_waits_and_comes_back_when_it_goes_on(gates: Session) -> None:
    noise = noise_of(gates)
    with listening(gates, loudness=Loudness(voice=False, tones=False)) as person:
        before = person.hear_all()
        assert person.mode == "waiting"
        person.silence(5 * MIX_RATE)
        person.do("toggle")
        after = person.hear(6 * MIX_RATE)

    assert loud(before[-240:]) < loud(noise[:240] * 32_768) - 25
    assert loud(after[8 * PER_MS : 24 * PER_MS]) < loud(after[-MIX_RATE:]) - 20
    assert place_of(after, noise) == len(before)


def test_without_a_voice_nothing_is_ducked(stretch: Session) -> None:
    with listening(stretch, loudness=Loudness(voice=False, tones=False)) as person:
        heard = person.hear(30 * MIX_RATE)

    second = [loud(heard[at : at + MIX_RATE]) for at in range(4 * MIX_RATE, 30 * MIX_RATE, MIX_RATE)]
    assert max(second) - min(second) < 1


def test_what_is_said_before_the_session_goes_on_ducks_the_music_too(stretch: Session) -> None:
    accompaniment = stretch.accompaniment()
    assert accompaniment is not None
    line = next(cue for cue in stretch.timeline.cues if cue.kind == "speech")
    line = line._replace(start=0, end=line.end - line.start)
    quiet = stretch.timeline._replace(cues=())
    route = Route(60 * MIX_RATE, 80 * MIX_RATE, Interlude((line,), line.end))

    ducked = Programme(stretch, quiet, route, Loudness(), underlay=Underlay(accompaniment, 10 * MIX_RATE, False))
    plain = Programme(stretch, quiet, route, Loudness())

    count = frames(line.end, MIX_RATE)
    music = np.frombuffer(ducked.read(0, count), np.int16) - np.frombuffer(plain.read(0, count), np.int16).astype(float)
    after = np.frombuffer(ducked.read(5 * MIX_RATE, MIX_RATE), np.int16)
    assert loud(music) == pytest.approx(loud(after) - 12, abs=1)


def test_a_session_goes_on_where_its_music_has_gone(stretch: Session) -> None:
    class Gone:
        channels = 1

        def read(self, start: int, count: int) -> Samples:
            if start > 5 * MIX_RATE:
                raise MusicFileError(Path("noise.wav"), "it has gone")
            return np.full((count, 1), 0.01, np.float32)

    music = Lasting(Gone())
    route = Route(0, frames(stretch.timeline.duration, MIX_RATE))
    underlay = Underlay(Accompaniment(music, 6), 0, False)

    programme = Programme(stretch, stretch.timeline._replace(cues=()), route, Loudness(), underlay=underlay)

    assert any(programme.read(4 * MIX_RATE, 1_000))
    assert not any(programme.read(8 * MIX_RATE, 1_000))


def test_nothing_is_asked_for_beyond_what_is_sure(stretch: Session) -> None:
    accompaniment = stretch.accompaniment()
    assert accompaniment is not None
    route = Route(0, frames(stretch.timeline.duration, MIX_RATE))
    asked: list[int] = []

    class Asking(Session):
        def mixer(self, *words: object, **options: object) -> object:  # type: ignore[override]
            made = super().mixer(*words, **options)  # type: ignore[arg-type]
            clips = made._clips
            made._clips = lambda cue: (asked.append(cue.start), clips(cue))[1]  # type: ignore[func-returns-value]
            return made

    programme = Programme(
        Asking(*stretch), stretch.timeline, route, Loudness(), 5_000, underlay=Underlay(accompaniment, 0, False)
    )
    programme.read(0, programme.sure)

    assert programme.sure == 5_000 * PER_MS
    assert asked
    assert max(asked) < 5_000
