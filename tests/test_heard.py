"""What is heard is what the plan says: rendered files examined as sound."""

import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from voicecoach import compile, load, render
from voicecoach.api import Session
from voicecoach.compiler.options import Options
from voicecoach.routine import LEVELS
from voicecoach.sound.loudness import CEILING_DBTP
from voicecoach.units import frames

FEET = ("feet-morning", "feet-midday", "feet-evening")
Pcm = NDArray[np.int16]


@pytest.fixture(scope="module")
def heard(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[dict[str, tuple[Session, Pcm]]]:
    folder = tmp_path_factory.mktemp("heard")
    patch = pytest.MonkeyPatch()
    patch.setenv("VOICECOACH_CACHE_DIR", str(shared_cache))
    found = {}
    for name in FEET:
        session = compile(load(name))
        render(session, folder / f"{name}.wav")
        found[name] = (session, samples(folder / f"{name}.wav"))
    yield found
    patch.undo()


def samples(path: Path) -> Pcm:
    with wave.open(str(path)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, 24_000)
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


@pytest.mark.parametrize("name", FEET)
def test_every_start_and_end_tone_is_found_at_its_frame(name: str, heard: dict[str, tuple[Session, Pcm]]) -> None:
    session, pcm = heard[name]
    reach = frames(30, 24_000)

    tones = [cue for cue in session.timeline.cues if cue.tone in {"start", "end"}]
    assert len(tones) == 2 * len(session.timeline.bouts) > 0
    for cue in tones:
        template = session.clip(cue).samples.astype(np.float64)
        at = frames(cue.start, 24_000)
        around = pcm[max(at - reach, 0) : at + len(template) + reach].astype(np.float64)
        lag = int(np.argmax(np.correlate(around, template))) - min(at, reach)
        assert lag == 0, f"{cue.tone} tone of {cue.source} is {lag} frames off"


@pytest.mark.parametrize("name", FEET)
def test_it_is_silent_where_the_plan_has_nothing(name: str, heard: dict[str, tuple[Session, Pcm]]) -> None:
    session, pcm = heard[name]
    planned = np.zeros(len(pcm), bool)

    for cue in session.timeline.cues:
        planned[frames(cue.start, 24_000) : frames(cue.end, 24_000)] = True

    assert not planned.all()
    assert not pcm[~planned].any()
    for cue in session.timeline.cues:
        assert np.abs(pcm[frames(cue.start, 24_000) : frames(cue.end, 24_000)]).max() > 500, cue


@pytest.mark.parametrize("name", FEET)
def test_no_sample_is_over_the_peak_limit(name: str, heard: dict[str, tuple[Session, Pcm]]) -> None:
    _, pcm = heard[name]

    limit = 10 ** (CEILING_DBTP / 20) * 32768

    assert np.abs(pcm.astype(np.int32)).max() <= limit


@pytest.mark.parametrize("name", FEET)
def test_the_file_is_as_long_as_the_plan(name: str, heard: dict[str, tuple[Session, Pcm]]) -> None:
    session, pcm = heard[name]

    assert len(pcm) == frames(session.timeline.duration, 24_000)


@pytest.mark.parametrize("suffix", [".wav", ".flac", ".m4a"])
def test_a_second_render_has_the_same_bytes_cold_or_warm(
    suffix: str, tmp_path: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = Options(dial=0, guidance="brief")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(tmp_path / "cold"))

    render(compile(load("feet-evening"), options), tmp_path / f"cold{suffix}")
    render(compile(load("feet-evening"), options), tmp_path / f"warm{suffix}")
    monkeypatch.setenv("VOICECOACH_CACHE_DIR", str(shared_cache))
    render(compile(load("feet-evening"), options), tmp_path / f"other{suffix}")

    first = (tmp_path / f"cold{suffix}").read_bytes()
    assert first == (tmp_path / f"warm{suffix}").read_bytes()
    assert first == (tmp_path / f"other{suffix}").read_bytes()


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("name", FEET)
def test_a_feet_routine_takes_10_to_15_minutes_with_15_seconds_to_spare(
    name: str, level: str, user_folders: Path
) -> None:
    options = Options(dial=LEVELS[level])  # type: ignore[index]

    spoken = compile(load(name), options).timeline.duration
    estimated = compile(load(name), options, engine="silent").timeline.duration

    for duration in (spoken, estimated):
        assert 10 * 60_000 + 15_000 <= duration <= 15 * 60_000 - 15_000
