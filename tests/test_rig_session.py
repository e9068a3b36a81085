"""Whole sessions of the finished program on the recorder rig: what a person hears, sample by sample."""

import os
import random
import signal
import wave
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recording import RATE, Recording
from tests.rig import Recorder, Rig
from tests.rig_sessions.again import listened_again
from tests.rig_sessions.plan import FADE, PIECE, Plan, at, planned
from tests.rig_sessions.program import Program, playing
from tests.rig_sessions.scripts import EVERYTHING, GATED, HUMMING, LINE
from voicecoach.output.backends import backend
from voicecoach.timeline import Cue

pytestmark = pytest.mark.device

Write = Callable[[str, str], str]

BREATH = 250
"""Milliseconds of silence after a line that is said again."""

SOON = RATE // 4
"""A person notices no delay; what it is exactly is measured elsewhere."""

LONGEST_DRY = RATE // 10
"""The silence that is put in when a busy machine leaves the sink without sound; it is mostly much shorter."""

UNHEARD = RATE // 10
"""What a device had taken and not yet played when it went away."""

ROLES = ("start", "end", "tick", "switch", "in", "hold", "out", "done")


@pytest.fixture
def humming(write: Write, user_folders: Path) -> str:
    """The script, and the noises that it plays."""
    for number in range(1, 5):
        noise = random.Random(number)
        samples = array("h", (noise.choice((-1, 1)) * noise.randrange(4_000, 16_000) for _ in range(2 * RATE)))
        with wave.open(str(user_folders / f"hum{number}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(samples.tobytes())
    return write("humming.coach.yaml", HUMMING)


# ---- a whole session --------------------------------------------------------------------


@pytest.mark.parametrize("device", ["miniaudio", "simpleaudio"])
@listened_again
def test_every_tone_of_a_whole_session_is_heard_within_5_ms_of_its_plan(rig: Rig, write: Write, device: str) -> None:
    _check_installed(device)
    name = write("everything.coach.yaml", EVERYTHING)
    plan = planned(name)
    tones = [cue for cue in plan.timeline.cues if cue.kind == "tone"]

    dry = rig.dry()
    with rig.record() as recorder, playing(name, "--device", device) as program:
        program.says("How did it feel?", patience=120)
        recorder.wait(RATE)  # what the sink still holds when the program is done
        tape = recorder.so_far()
        program.press("\n")
        program.wait(20)
    dry = rig.dry() - dry

    assert {cue.tone for cue in tones} == {*ROLES, "whistle", "woodblock"}
    late: list[float] = []
    heard = [0]
    # A wait is over when the program sees that it is: only the tones of one segment stand together.
    for segment in plan.timeline.segments:
        if device == "miniaudio":
            silences = plan.silences(tape, at(segment.start), at(segment.end), heard[-1])
            assert len(silences) <= dry
        cues = [cue for cue in tones if segment.start <= cue.start < segment.end]
        heard = _onsets(tape, plan, cues, heard[-1])
        late += [
            1000 * (n - heard[0] - at(cue.start - cues[0].start)) / RATE for n, cue in zip(heard, cues, strict=True)
        ]
    assert len(late) == len(tones)
    assert min(late) >= -5
    assert max(late) <= 5 or dry, "a busy machine leaves the sink without sound: silence is put in, nothing is lost"


def _onsets(tape: Recording, plan: Plan, cues: list[Cue], after: int) -> list[int]:
    """Where cues are heard, one after the other: there the recording is most like them."""
    import numpy as np

    near = at(100)
    onsets: list[int] = []
    for cue in cues:
        after = plan.where(tape, cue, after)
        sought = np.frombuffer(plan.samples, np.int16)[at(cue.start) : at(cue.end)].astype(np.float64)
        around = np.frombuffer(tape.samples, np.int16)[after - near :][: 2 * near + len(sought)].astype(np.float64)
        power = np.convolve(around**2, np.ones(len(sought)), "valid")
        likeness = np.correlate(around, sought, "valid") / np.sqrt(power * (sought**2).sum() + 1)
        onsets.append(after - near + int(likeness.argmax()))
        after += at(cue.end - cue.start)
    return onsets


def _check_installed(device: str) -> None:
    """Skips where the backend is not installed; fails in CI."""
    kind = backend(device)
    if kind.installed:
        return
    reason = f"{device} is missing: {kind.install}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


# ---- keys -------------------------------------------------------------------------------


@listened_again
def test_a_hold_that_was_paused_goes_on_after_three_ticks_and_has_its_dose_to_the_sample(
    rig: Rig, humming: str
) -> None:
    plan = planned(humming)
    start, end, tick = plan.cue("start"), plan.cue("end"), plan.cue("tick")
    cut, following = plan.cue("hum1.wav"), plan.cue("hum2.wav")

    dry = rig.dry()
    with rig.record() as recorder, playing(humming) as program:
        silent = _pause(program, recorder, "hold: Plank", 1_500)
        still = recorder.so_far()
        program.press(" ")
        program.says(LINE)
        tape = recorder.so_far()
        dry = rig.dry() - dry
        program.leave()

    begun = plan.where(tape, start)
    paused = plan.fades(tape, cut, plan.where(tape, cut), silent)
    ticks = plan.where(tape, tick, after=silent)
    resumed = ticks + 3 * RATE
    ended = plan.where(tape, end, after=resumed)
    assert not any(still.samples[silent:])
    assert at(cut.start) < paused < at(cut.end)
    _in_time(plan.where(tape, cut) - begun, at(cut.start - start.start), dry)
    _in_time(plan.where(tape, tick, after=ticks + PIECE) - ticks, RATE, dry)
    _in_time(plan.where(tape, tick, after=ticks + RATE + PIECE) - ticks, 2 * RATE, dry)
    _in_time(plan.where(tape, following, after=resumed) - resumed, at(following.start) - paused, dry)
    _in_time(paused - at(start.start) + ended - resumed, at(end.start - start.start), dry)


@listened_again
def test_a_line_that_was_cut_is_said_again_and_the_gap_goes_on_at_the_right_sample(rig: Rig, humming: str) -> None:
    plan = planned(humming)
    line, following = plan.cue(LINE), plan.cue("hum4.wav")

    dry = rig.dry()
    with rig.record() as recorder, playing(humming, "--from", "0:08") as program:
        silent = _pause(program, recorder, LINE, 1_000)
        program.press(" ")
        program.says("says: Squat.")
        tape = recorder.so_far()
        dry = rig.dry() - dry
        program.leave()

    paused = plan.fades(tape, line, plan.where(tape, line), silent)
    resumed = plan.where(tape, line, after=silent) + at(line.end - line.start + BREATH)
    assert at(line.start) < paused < at(line.end)
    _in_time(plan.where(tape, following, after=silent) - resumed, at(following.start) - paused, dry)


@listened_again
def test_a_skip_lands_on_the_first_cue_of_the_gap_or_of_the_next_exercise(rig: Rig, humming: str) -> None:
    plan = planned(humming)
    targets = [("\x1b[C", plan.cue(LINE)), ("n", plan.cue("Squat.")), ("n", plan.cue("Lunge."))]

    with rig.record() as recorder, playing(humming) as program:
        program.says("hold: Plank")
        presses = []
        for key, _ in targets:
            recorder.wait(RATE)
            presses.append(recorder.frames)
            program.press(key)
            recorder.wait(RATE)
        tape = recorder.so_far()
        program.leave()

    soon = [plan.where(tape, cue, pressed) - pressed for pressed, (_, cue) in zip(presses, targets, strict=True)]
    assert 0 < min(soon) <= max(soon) < SOON
    with pytest.raises(AssertionError, match="not heard"):
        plan.where(tape, plan.cue("end"))


# ---- gates ------------------------------------------------------------------------------


@listened_again
def test_a_wait_stands_still_and_work_until_done_ends_with_its_tone(rig: Rig, write: Write) -> None:
    name = write("gated.coach.yaml", GATED)
    plan = planned(name)
    end, balance, bow = plan.cue("end"), plan.cue("Balance."), plan.cue("Bow.")

    dry = rig.dry()
    with rig.record() as recorder, playing(name) as program:
        program.says("wait:")
        recorder.wait(RATE)
        silent = recorder.frames
        recorder.wait(2 * RATE)
        went_on = recorder.frames
        program.press(" ")
        program.says("move: Balance")
        recorder.wait(RATE)
        done = recorder.frames
        program.press(" ")
        program.says("says: Bow.")
        recorder.wait(RATE)
        tape = recorder.so_far()
        dry = rig.dry() - dry
        program.leave()

    ended = plan.where(tape, end, after=done)
    assert not any(tape.samples[silent:went_on])
    assert 0 < plan.where(tape, balance, after=went_on) - went_on < SOON
    assert 0 < ended - done < SOON
    _in_time(plan.where(tape, bow, after=done) - ended, at(bow.start - end.start), dry)


# ---- trouble ----------------------------------------------------------------------------


@listened_again
def test_a_killed_player_of_the_sound_is_replaced_and_the_hold_goes_on(rig: Rig, humming: str) -> None:
    plan = planned(humming)
    cut, following, end = plan.cue("hum1.wav"), plan.cue("hum2.wav"), plan.cue("end")

    dry = rig.dry()
    with rig.record() as recorder, playing(humming) as program:
        program.says("hold: Plank")
        recorder.wait(at(1_500))
        os.kill(program.player(), signal.SIGKILL)
        program.says(LINE)
        tape = recorder.so_far()
        dry = rig.dry() - dry
        program.leave()

    planned_next, broken = plan.breaks(tape, cut, plan.where(tape, cut), len(tape.samples))
    silence = tape.loud_from(broken) - broken
    later = plan.where(tape, following) - at(following.start) - (broken - planned_next)
    assert silence - later < UNHEARD
    assert silence - later > -FADE or dry
    _in_time(plan.where(tape, end) - plan.where(tape, following), at(end.start - following.start), dry)


@listened_again
def test_a_device_that_goes_away_pauses_the_session_and_nothing_is_lost_when_it_is_back(rig: Rig, humming: str) -> None:
    plan = planned(humming)
    tick, end = plan.cue("tick"), plan.cue("end")
    cut, following = plan.cue("hum1.wav"), plan.cue("hum2.wav")

    with playing(humming) as program:
        with rig.record() as recorder:
            program.says("hold: Plank")
            recorder.wait(at(1_500))
            rig.unplug()
            program.says("note: the sound device is gone (plug it in again, or choose another one)")
            before = recorder.so_far()
        player = program.player()
        os.kill(player, signal.SIGSTOP)  # so that the recording runs before the device is found
        rig.plug()
        dry = rig.dry()
        with rig.record() as recorder:
            os.kill(player, signal.SIGCONT)
            program.says(LINE)
            after = recorder.so_far()
            dry = rig.dry() - dry
        program.leave()

    last, _ = plan.breaks(before, cut, plan.where(before, cut), len(before.samples))
    resumed = plan.where(after, tick) + 3 * RATE
    place = at(following.start) - (plan.where(after, following) - resumed)
    assert place - last < UNHEARD
    assert place - last > -FADE or dry
    _in_time(plan.where(after, end) - resumed, at(end.start) - place, dry)


def _pause(program: Program, recorder: Recorder, line: str, later: int) -> int:
    """Presses SPACE so many ms after a line and waits a second; returns a frame of the silence, some time before."""
    program.says(line)
    recorder.wait(at(later))
    program.press(" ")
    program.says("paused:")
    recorder.wait(RATE // 2)
    silent = recorder.frames
    recorder.wait(RATE // 2)
    return silent


def _in_time(heard: int, planned: int, dry: int) -> None:
    """Fails if it is not exact; for each time that the sink ran dry on a busy machine, silence was put in."""
    assert abs(heard - planned) <= dry * LONGEST_DRY
