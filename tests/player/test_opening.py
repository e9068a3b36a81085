"""The first seconds of a session, kept for the next time it begins."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.player.listening import HummingEngine, listening, rendered, session, tick_of
from voicecoach.compiler.options import Options
from voicecoach.output.stepped import SteppedOutput
from voicecoach.player import opening
from voicecoach.player.programme import Loudness, Programme
from voicecoach.player.stream import Stream
from voicecoach.player.transport import start
from voicecoach.session import Session, prepare, read_script
from voicecoach.sound.mixer import Mixer
from voicecoach.speech.cache import ClipCache
from voicecoach.speech.speaker import Speaker
from voicecoach.timeline import Timeline
from voicecoach.units import MIX_RATE, frames

SCRIPT = """\
title: T
tones: {start: {file: gong.wav}}
steps:
  - tone: start
  - {name: Calf stretch, hold: 12s, how: Lean in and breathe on.}
"""
KEPT = frames(3_000, MIX_RATE)
CHUNK = frames(250, MIX_RATE)


class Deaf(Session):
    """A session that nobody mixes."""

    def mixer(self, timeline: Timeline | None = None, *, louder: float = 0.0) -> Mixer:
        raise AssertionError("it was mixed")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "scripts").mkdir()
    gong(tmp_path / "scripts", 300)
    return tmp_path / "scripts"


@pytest.fixture
def cache(tmp_path: Path) -> ClipCache:
    return ClipCache(tmp_path / "clips")


def gong(folder: Path, hz: int) -> None:
    at = np.arange(frames(700, MIX_RATE)) / MIX_RATE
    soundfile.write(folder / "gong.wav", 0.3 * np.sin(2 * np.pi * hz * at), MIX_RATE)


def found(folder: Path, cache: ClipCache | None, script: str = SCRIPT) -> Session:
    return session(folder, script, speaker=Speaker(HummingEngine(), cache))


FULL = Loudness()


def begun(found: Session, at: int = 0, loudness: Loudness = FULL, sure: int | None = None) -> Programme:
    route = start(found.timeline, tick_of(found), at).route
    return Programme(found, found.timeline, route, loudness, sure, begins=True)


def heard(programme: Programme, count: int = KEPT + CHUNK) -> bytes:
    return b"".join(programme.read(at, CHUNK) for at in range(0, count, CHUNK))


def test_it_is_the_sound_that_is_mixed(folder: Path, cache: ClipCache) -> None:
    mixed = begun(found(folder, cache))
    first = heard(mixed)

    again = begun(found(folder, cache))

    assert (mixed.ready, again.ready) == (0, KEPT)
    assert heard(again) == first == rendered(found(folder, None))[: KEPT + CHUNK].tobytes()
    assert again.read(1_000, 7) == first[2_000:2_014]
    assert again.read(KEPT - 5, 10) == first[2 * KEPT - 10 : 2 * KEPT + 10]


def test_nothing_is_mixed_for_it(folder: Path, cache: ClipCache) -> None:
    heard(begun(found(folder, cache)))

    again = begun(Deaf(*found(folder, cache)))

    assert len(again.read(0, KEPT)) == 2 * KEPT
    with pytest.raises(AssertionError, match="it was mixed"):
        again.read(KEPT, CHUNK)


def other_words(folder: Path, cache: ClipCache) -> Session:
    return found(folder, cache, SCRIPT.replace("Lean in", "Lean far in"))


def later_words(folder: Path, cache: ClipCache) -> Session:
    return found(folder, cache, SCRIPT.replace("- {name", "- {say: Now.}\n  - {name"))


def softer_script(folder: Path, cache: ClipCache) -> Session:
    return found(folder, cache, SCRIPT.replace("title: T", "title: T\nvoice: {volume: 60}"))


def slower_voice(folder: Path, cache: ClipCache) -> Session:
    speaker = Speaker(HummingEngine(), cache)
    return prepare(read_script(str(folder / "x.coach.yaml")), Options(dial=0, wpm=90), speaker)


def other_gong(folder: Path, cache: ClipCache) -> Session:
    gong(folder, 500)
    return found(folder, cache)


def built_in_tone(folder: Path, cache: ClipCache) -> Session:
    return found(folder, cache, SCRIPT.replace("{file: gong.wav}", "gong"))


def other_voice(folder: Path, cache: ClipCache) -> Session:
    class Deeper(HummingEngine):
        identity = "deeper"

        def speak(self, utterance):  # type: ignore[no-untyped-def]
            speech = super().speak(utterance)
            return speech._replace(pcm=(np.frombuffer(speech.pcm, "<i2")[::-1]).tobytes())

    return session(folder, SCRIPT, speaker=Speaker(Deeper(), cache))


@pytest.mark.parametrize(
    "change",
    [other_words, later_words, softer_script, slower_voice, other_gong, built_in_tone, other_voice],
)
def test_another_session_has_its_own(
    folder: Path, cache: ClipCache, change: Callable[[Path, ClipCache], Session]
) -> None:
    heard(begun(found(folder, cache)))

    changed = change(folder, cache)
    programme = begun(changed)

    assert programme.ready == 0
    assert heard(programme) == rendered(changed)[: KEPT + CHUNK].tobytes()


@pytest.mark.parametrize(
    ("at", "loudness", "sure"),
    [
        (0, Loudness(volume=50), None),
        (0, Loudness(voice=False), None),
        (0, Loudness(tones=False), None),
        (700, Loudness(), None),
        (0, Loudness(), 1_000),
    ],
)
def test_another_beginning_has_its_own(
    folder: Path, cache: ClipCache, at: int, loudness: Loudness, sure: int | None
) -> None:
    heard(begun(found(folder, cache)))

    other = begun(found(folder, cache), at, loudness, sure)
    first = heard(other, min(KEPT, other.sure))
    again = begun(found(folder, cache), at, loudness, sure)

    assert (other.ready, again.ready) == (0, min(KEPT, other.sure))
    assert heard(again, again.ready) == first
    assert begun(found(folder, cache)).ready == KEPT


def test_changed_code_mixes_anew(folder: Path, cache: ClipCache, monkeypatch: pytest.MonkeyPatch) -> None:
    heard(begun(found(folder, cache)))
    code = folder / "code"
    (code / "sound").mkdir(parents=True)
    for name in opening._MAKERS:
        if name.endswith(".py"):
            (code / name).parent.mkdir(exist_ok=True)
            (code / name).write_text("pass")
    monkeypatch.setattr(opening, "_ROOM", code)
    assert begun(found(folder, cache)).ready == 0
    heard(begun(found(folder, cache)))
    assert begun(found(folder, cache)).ready == KEPT

    (code / "sound" / "mixer.py").write_text("changed")

    assert begun(found(folder, cache)).ready == 0


def test_code_that_lies_in_no_folder_keeps_nothing(
    folder: Path, cache: ClipCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "_ROOM", folder / "archive.zip")

    for _ in range(2):
        programme = begun(found(folder, cache))
        assert programme.ready == 0
        assert heard(programme)


def test_a_damaged_one_is_not_heard(folder: Path, cache: ClipCache) -> None:
    first = heard(begun(found(folder, cache)))
    [kept] = [path for path in cache.folder.iterdir() if path.stat().st_size > 2 * KEPT]
    content = bytearray(kept.read_bytes())
    content[-1] ^= 1
    kept.write_bytes(content)

    programme = begun(found(folder, cache))

    assert programme.ready == 0
    assert heard(programme) == first


def test_what_was_not_mixed_from_its_beginning_on_is_not_kept(folder: Path, cache: ClipCache) -> None:
    programme = begun(found(folder, cache))
    for at in range(CHUNK, 4 * KEPT, CHUNK):
        programme.read(at, CHUNK)

    assert begun(found(folder, cache)).ready == 0


def test_where_clips_are_not_kept_it_is_not_either(folder: Path) -> None:
    programme = begun(found(folder, None))

    assert programme.ready == 0
    assert heard(programme) == rendered(found(folder, None))[: KEPT + CHUNK].tobytes()


def test_only_the_beginning_of_a_session_is_kept(folder: Path, cache: ClipCache) -> None:
    once = found(folder, cache)
    before = len([*cache.folder.iterdir()])

    heard(Programme(once, once.timeline, start(once.timeline).route, Loudness()))

    assert len([*cache.folder.iterdir()]) == before


def test_a_longer_session_that_begins_alike_has_the_same(folder: Path, cache: ClipCache) -> None:
    heard(begun(found(folder, cache)))

    longer = found(folder, cache, f"{SCRIPT}  - rest: 90s\n")

    assert begun(longer).ready == KEPT


def test_a_session_that_ends_sooner_has_its_own(folder: Path, cache: ClipCache) -> None:
    script = "title: T\nsteps:\n  - tone: start\n"
    whole = found(folder, cache, f"{script}  - rest: 20s\n")
    route = start(whole.timeline).route
    full = Programme(whole, whole.timeline, route, Loudness(), begins=True)
    heard(full)

    cut = Programme(whole, whole.timeline, route._replace(end=KEPT // 2), Loudness(), begins=True)

    assert cut.ready == 0


def test_a_tone_file_that_is_replaced_while_it_is_mixed_is_not_kept(folder: Path, cache: ClipCache) -> None:
    programme = begun(found(folder, cache))
    gong(folder, 500)
    heard(programme)
    gong(folder, 300)

    assert begun(found(folder, cache)).ready == 0


def test_a_tone_file_that_is_gone_is_not_answered_from_what_was_kept(folder: Path, cache: ClipCache) -> None:
    once = found(folder, cache)
    heard(begun(once))
    (folder / "gong.wav").unlink()

    programme = begun(once)

    assert programme.ready == 0
    with pytest.raises(OSError, match=r"gong\.wav"):
        heard(programme)


def test_nobody_hurries_to_mix_more_until_a_third_of_it_was_heard(folder: Path, cache: ClipCache) -> None:
    heard(begun(found(folder, cache)))
    output = SteppedOutput()
    stream = Stream(output)
    stream.load(begun(found(folder, cache)), aligned=False)
    output.switch(aligned=False)

    output.advance(KEPT // 3 - 1)
    assert stream.resting()

    output.advance(1)
    assert not stream.resting()
    assert stream.fill()
    output.advance(KEPT // 3 + CHUNK)
    assert not stream.resting()


def test_a_session_that_was_never_heard_is_mixed_without_a_rest(folder: Path, cache: ClipCache) -> None:
    output = SteppedOutput()
    stream = Stream(output)
    stream.load(begun(found(folder, cache)), aligned=False)
    output.switch(aligned=False)

    assert not stream.resting()


def test_a_player_begins_with_it_and_goes_on_to_the_end(folder: Path, cache: ClipCache) -> None:
    wanted = rendered(found(folder, None))
    heard(begun(found(folder, cache)))
    once = found(folder, cache)
    assert begun(once).ready == KEPT

    with listening(once) as listener:
        whole = listener.hear_all()

    fade = frames(8, MIX_RATE)
    assert whole[fade:] == wanted[fade:]
