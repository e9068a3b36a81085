"""The player over a stepped output: what is heard is what is rendered, whatever one does meanwhile."""

import shutil
import threading
from array import array
from pathlib import Path

import pytest

from tests.player.listening import PER_MS, HummingEngine, Listener, listening, rendered, session, wait_until
from voicecoach import locations
from voicecoach.errors import SpeechError
from voicecoach.output.port import OutputEvent
from voicecoach.output.stepped import SteppedOutput
from voicecoach.player.programme import Loudness
from voicecoach.routine import Level
from voicecoach.session import Session
from voicecoach.speech.speaker import Speaker

STRETCH = """\
title: T
steps:
  - {name: Calf stretch, hold: 5s, reps: 2, each: foot, how: Lean in.}
  - rest: 8s
  - {name: Toe raise, time: 6-9s}
  - say: Well done.
"""
GATES = """\
title: T
steps:
  - {wait: Ready?, max: 20s}
  - {time: 30s, name: Pick up, until: done}
  - {wait: Shoes on., audio: 0s}
  - {time: 5s, name: Squat}
"""
FADE = 8 * PER_MS


@pytest.fixture(scope="module")
def stretch(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return session(tmp_path_factory.mktemp("stretch"), STRETCH)


@pytest.fixture(scope="module")
def gates(tmp_path_factory: pytest.TempPathFactory) -> Session:
    return session(tmp_path_factory.mktemp("gates"), GATES)


@pytest.fixture(scope="module")
def whole(stretch: Session) -> "array[int]":
    return rendered(stretch)


def same(heard: "array[int]", made: "array[int]") -> bool:
    """True if the same was heard, but for the first 8 ms, in which an output fades in."""
    return len(heard) == len(made) and heard[FADE:] == made[FADE:]


def silent_place(whole: "array[int]", start: int, end: int) -> int:
    """A time in milliseconds with silence for 60 ms around it."""
    for at in range(start + 30, end - 30):
        if not any(whole[(at - 30) * PER_MS : (at + 30) * PER_MS]):
            return at
    raise AssertionError("it is nowhere silent there")


# ---- the whole session


@pytest.mark.parametrize("step", [240, 481, 7_919, 24_000])
def test_what_is_heard_is_what_is_rendered(stretch: Session, whole: "array[int]", step: int) -> None:
    with listening(stretch, step=step) as person:
        heard = person.hear_all()

        assert same(heard, whole)
        assert (person.mode, person.at, person.player.done()) == ("ended", stretch.timeline.duration, (5, 0))


def test_frames_one_at_a_time_are_the_same(stretch: Session, whole: "array[int]") -> None:
    with listening(stretch, step=1) as person:
        assert same(person.hear(5_000), whole[:5_000])


def test_a_session_can_begin_in_the_middle(stretch: Session, whole: "array[int]") -> None:
    rest = stretch.timeline.bouts[3].end + 3_000

    with listening(stretch, at=rest) as person:
        heard = person.hear_all()

        assert same(heard, whole[rest * PER_MS :])
        assert person.player.done() == (1, 0)


def test_after_the_end_nothing_is_heard_and_commands_are_refused(stretch: Session) -> None:
    with listening(stretch) as person:
        person.hear_all()

        person.silence(48_000)

        assert person.do("toggle") == "the session is over"
        assert person.do("back") == "the session is over"
        person.silence(48_000)


def test_no_thread_is_left_behind(stretch: Session) -> None:
    before = set(threading.enumerate())
    with listening(stretch) as person:
        person.hear(1_000)
        assert set(threading.enumerate()) - before

    wait_until(lambda: set(threading.enumerate()) <= before)


# ---- pause


def test_a_pause_in_silence_changes_nothing_but_the_time(stretch: Session, whole: "array[int]") -> None:
    gap = stretch.timeline.bouts[3].end
    place = silent_place(whole, gap + 1_500, gap + 6_000)
    with listening(stretch) as person:
        before = person.hear(place * PER_MS)

        person.do("toggle")
        person.silence(100_000)
        assert (person.mode, person.at) == ("paused", place)
        person.do("toggle")
        after = person.hear_all()

        assert same(before + after, whole)
        assert person.player.done() == (5, 0)


def test_work_goes_on_after_three_ticks_exactly_where_it_was(stretch: Session, whole: "array[int]") -> None:
    bout = stretch.timeline.bouts[0]
    place = silent_place(whole, bout.start + 500, bout.end - 500)
    with listening(stretch) as person:
        before = person.hear(place * PER_MS)

        person.do("pause")
        person.silence(1_000)
        person.do("play")
        assert (person.at, person.player.now().prelude) == (place, 3_000)
        ticks = person.hear(3_000 * PER_MS)
        assert (person.at, person.player.now().prelude) == (place, 0)
        after = person.hear_all()

        tick = next(cue for cue in stretch.timeline.cues if cue.tone == "tick")
        once = whole[tick.start * PER_MS : tick.end * PER_MS]
        assert [ticks[at : at + len(once)] == once for at in (24_000, 48_000)] == [True, True]
        assert not any(ticks[24_000 + len(once) : 48_000])
        assert same(before + after, whole)


def test_a_line_that_was_cut_is_heard_again_in_full(stretch: Session, whole: "array[int]") -> None:
    line = next(cue for cue in stretch.timeline.cues if cue.text == "Well done.")
    with listening(stretch) as person:
        person.hear((line.start + 200) * PER_MS)

        person.do("pause")
        person.output.advance(FADE)
        person.do("play")
        assert person.player.now().repeated is not None
        again = person.hear((line.end - line.start) * PER_MS)

        assert same(again, whole[line.start * PER_MS : line.end * PER_MS])
        person.hear_all()
        assert person.mode == "ended"


def test_a_pause_falls_silent_within_the_fade(stretch: Session) -> None:
    line = next(cue for cue in stretch.timeline.cues if cue.text == "Well done.")
    with listening(stretch) as person:
        person.hear((line.start + 200) * PER_MS)

        person.do("toggle")
        fading = array("h", person.output.advance(FADE))

        assert any(fading)
        person.silence(50_000)


def test_a_pause_where_the_session_waits_does_not_silence_what_follows(gates: Session) -> None:
    with listening(gates) as person:
        person.hear_all()
        assert person.mode == "waiting"

        person.do("pause")
        person.silence(1_000)
        person.do("toggle")

        assert any(person.hear_ms(3_000))
        assert person.mode == "playing"


class LateOutput(SteppedOutput):
    """20 ms are heard before a pause is."""

    def pause(self) -> None:
        self.advance(20 * PER_MS)
        super().pause()


def test_space_pauses_although_work_that_is_done_when_one_is_done_has_begun_meanwhile(gates: Session) -> None:
    bout = gates.timeline.bouts[0]
    with listening(gates, at=bout.start - 500, output=LateOutput) as person:
        person.hear_ms(bout.start - 5 - person.at)
        wait_until(lambda: person.written_ahead() > 20 * PER_MS)

        person.do("toggle")

        assert (person.mode, person.player.done()) == ("paused", (0, 0))
        assert bout.start < person.at < bout.start + 100


def test_a_pause_that_comes_too_late_for_a_wait_does_not_silence_what_follows(gates: Session) -> None:
    holds = gates.timeline.segments[0].holds
    assert holds is not None
    with listening(gates, output=LateOutput) as person:
        person.hear_ms(holds - 5)

        person.do("pause")
        assert person.mode == "waiting"
        person.do("toggle")

        assert any(person.hear_ms(3_000))


# ---- skips


def test_a_skip_lands_on_the_first_cue_of_the_gap(stretch: Session, whole: "array[int]") -> None:
    gap = stretch.timeline.bouts[0].end
    landing = next(cue.start for cue in stretch.timeline.cues if cue.start > gap)
    with listening(stretch) as person:
        person.hear(1_000)

        person.do("next")
        assert person.at == landing
        heard = person.hear_all()

        assert same(heard, whole[landing * PER_MS :])
        assert person.player.done() == (4, 1)


def test_many_skips_at_once_land_where_the_last_one_leads(stretch: Session, whole: "array[int]") -> None:
    with listening(stretch) as person:
        for _ in range(5):
            person.do("next")

        heard = person.hear_all()

        assert same(heard, whole[len(whole) - len(heard) :])
        assert person.player.done() == (0, 5)


def test_a_set_that_is_repeated_is_done_once(stretch: Session) -> None:
    with listening(stretch) as person:
        person.hear_to(stretch.timeline.bouts[1].end + 100)

        person.do("repeat set")
        person.hear_all()

        assert person.player.done() == (5, 0)


def test_work_that_ends_between_two_commands_is_done(stretch: Session) -> None:
    first = stretch.timeline.bouts[0]
    with listening(stretch) as person:
        person.hear_to(first.end - 1)
        person.output.advance(2 * PER_MS)
        person.do("next")

        assert person.player.done() == (1, 1)


def test_work_counts_as_done_from_its_last_frame_on(stretch: Session) -> None:
    first = stretch.timeline.bouts[0]
    with listening(stretch) as person:
        person.hear_to(first.end - 1)
        wait_until(lambda: person.written_ahead() > 2 * PER_MS)

        with person.player._lock:
            person.output.advance(PER_MS - 1)
            assert person.player.done() == (0, 0)
            person.output.advance(1)
            assert person.player.done() == (1, 0)


def test_a_line_entered_in_its_middle_is_not_heard(stretch: Session) -> None:
    line, tick = (cue for cue in stretch.timeline.cues[:3] if cue.text == "Lean in." or cue.tone == "tick")
    with listening(stretch) as person:
        person.seek(line.start + 100)

        heard = person.hear_to(tick.start)
        assert not any(heard)
        assert any(person.hear_ms(60))


def test_work_that_was_left_at_its_very_end_is_not_done(stretch: Session) -> None:
    with listening(stretch) as person:
        person.seek(stretch.timeline.bouts[0].end)

        person.hear_ms(100)
        person.looked()

        assert person.player.done() == (0, 1)


def test_seeking_to_the_end_ends_it(stretch: Session) -> None:
    with listening(stretch) as person:
        person.seek(1 << 40)
        person.hear(1)

        assert (person.mode, person.player.done()) == ("ended", (0, 5))


# ---- volume and muting


def test_half_the_volume_is_a_quarter_of_every_sample(stretch: Session, whole: "array[int]") -> None:
    with listening(stretch, loudness=Loudness(volume=50)) as person:
        heard = person.hear_all()

        assert len(heard) == len(whole)
        assert all(abs(4 * quiet - loud) <= 4 for quiet, loud in zip(heard[FADE:], whole[FADE:], strict=True))


def test_a_change_of_volume_moves_nothing(stretch: Session, whole: "array[int]") -> None:
    with listening(stretch) as person:
        heard = person.hear(30_000)
        for command in ("quieter", "quieter", "louder", "louder"):
            assert person.do(command) == ""
            heard += person.hear(7_001)
        heard += person.hear_all()

        assert person.player.now().volume == 100
        assert len(heard) == len(whole)
        assert same(heard[:30_000], whole[:30_000])
        assert heard[58_004 + FADE :] == whole[58_004 + FADE :]


def test_the_volume_stays_between_nothing_and_all(stretch: Session) -> None:
    with listening(stretch) as person:
        person.player.set_volume(300)
        assert person.player.now().volume == 100
        person.player.set_volume(-1)

        assert person.player.now().volume == 0
        assert not any(person.hear(48_000)[FADE:])


@pytest.mark.parametrize(("command", "kind"), [("mute voice", "tone"), ("mute tones", "speech")])
def test_without_voice_there_are_tones_and_without_tones_a_voice(stretch: Session, command: str, kind: str) -> None:
    with listening(stretch) as person:
        person.do(command)  # type: ignore[arg-type]

        heard = person.hear_all()

        kept = [cue for cue in stretch.timeline.cues if (cue.kind == "tone") == (kind == "tone")]
        assert same(heard, rendered(stretch._replace(timeline=stretch.timeline._replace(cues=tuple(kept)))))


def test_muting_while_paused_stays_paused(stretch: Session) -> None:
    with listening(stretch) as person:
        person.hear(5_000)
        person.do("pause")
        person.output.advance(FADE)
        before = person.at

        person.do("mute voice")
        person.silence(48_000)

        assert (person.mode, person.at, person.player.now().voice) == ("paused", before, False)


# ---- longer rests


def test_ten_seconds_more_of_a_rest_are_ten_seconds_of_silence(stretch: Session, whole: "array[int]") -> None:
    gap = stretch.timeline.bouts[3].end
    with listening(stretch) as person:
        before = person.hear((gap + 2_000) * PER_MS)

        assert person.do("longer") == ""
        after = person.hear_all()

        assert len(before + after) == len(whole) + 10_000 * PER_MS
        heard = before + after
        place = person.player.now().timeline.duration - stretch.timeline.duration
        assert place == 10_000
        added = next(at for at in range(gap, gap + 20_000) if heard[(at + 10_000) * PER_MS :] == whole[at * PER_MS :])
        assert same(heard[: added * PER_MS], whole[: added * PER_MS])
        assert not any(heard[added * PER_MS : (added + 10_000) * PER_MS])
        assert person.player.done() == (5, 0)


# ---- waits


def test_it_waits_until_one_goes_on(gates: Session) -> None:
    wait = gates.timeline.segments[0]
    with listening(gates) as person:
        heard = person.hear_all()
        assert (person.mode, person.at) == ("waiting", wait.holds)
        assert same(heard, rendered(gates)[: len(heard)])
        person.silence(19 * 24_000)

        person.do("toggle")

        assert (person.mode, person.at) == ("playing", wait.end)
        assert any(person.hear_ms(1_000))


def test_a_wait_with_a_longest_time_goes_on_by_itself(gates: Session) -> None:
    with listening(gates) as person:
        person.hear_all()
        person.silence(19_900 * PER_MS)
        assert person.mode == "waiting"

        person.silence(200 * PER_MS)

        wait_until(lambda: person.mode == "playing")
        assert person.at == gates.timeline.segments[0].end


def test_the_volume_does_not_make_a_wait_longer(gates: Session) -> None:
    with listening(gates) as person:
        person.hear_all()
        person.silence(15_000 * PER_MS)

        person.do("quieter")
        person.silence(5_100 * PER_MS)

        wait_until(lambda: person.mode == "playing")


def test_a_wait_without_a_longest_time_waits(gates: Session) -> None:
    with listening(gates) as person:
        person.seek(gates.timeline.bouts[0].end + 100)
        person.hear_all()
        assert person.mode == "waiting"

        person.silence(3_600 * 24_000)

        assert person.mode == "waiting"
        person.do("play")
        person.hear_all()
        assert person.mode == "ended"


def test_space_ends_work_that_is_done_and_counts_it(gates: Session) -> None:
    bout = gates.timeline.bouts[0]
    with listening(gates, at=bout.start - 500) as person:
        person.hear_ms(8_000)

        person.do("toggle")

        assert (person.mode, person.at, person.player.done()) == ("playing", bout.end, (1, 0))
        assert any(person.hear_ms(300))


def test_work_that_is_skipped_is_not_done(gates: Session) -> None:
    bout = gates.timeline.bouts[0]
    with listening(gates, at=bout.start - 500) as person:
        person.hear_ms(8_000)

        person.do("next")

        assert person.player.done() == (0, 1)


# ---- the level


def again_with(folder: Path, speaker: Speaker, script: str = STRETCH) -> "tuple[Session, object]":
    def again(level: Level) -> Session:
        return session(folder, script, level, speaker)

    return again("gentle"), again


def test_another_level_is_heard_from_the_next_exercise_on(tmp_path: Path) -> None:
    gentle, again = again_with(tmp_path, Speaker(HummingEngine()))
    with listening(gentle, level="gentle", again=again) as person:
        heard = person.hear(48_000)

        assert person.do("strong") == ""
        wait_until(lambda: person.player.now().timeline is not gentle.timeline)
        now = person.player.now()
        assert (now.level, now.level_at) == ("strong", gentle.timeline.chapters[-1].start)
        heard += person.hear_all()

        assert same(heard, rendered(again("strong")))  # type: ignore[operator]
        assert person.player.done() == (5, 0)


def test_work_that_another_level_replaced_is_still_to_be_done(tmp_path: Path) -> None:
    gentle, again = again_with(tmp_path, Speaker(HummingEngine()))
    with listening(gentle, level="gentle", again=again) as person:
        person.hear_to(gentle.timeline.bouts[-1].end + 100)
        person.seek(0)

        person.do("strong")
        wait_until(lambda: person.player.now().level_at is not None)

        assert person.player.done() == (4, 0)


def test_a_longer_rest_puts_off_the_other_level(tmp_path: Path) -> None:
    gentle, again = again_with(tmp_path, Speaker(HummingEngine()))
    with listening(gentle, level="gentle", again=again) as person:
        person.hear(4_000)
        person.do("strong")
        wait_until(lambda: person.player.now().level_at is not None)

        person.do("longer")

        assert person.player.now().level_at == gentle.timeline.chapters[-1].start + 10_000


def test_a_level_that_cannot_be_had_leaves_the_one_there_is(tmp_path: Path) -> None:
    gentle = session(tmp_path, STRETCH)

    def again(level: Level) -> Session:
        raise SpeechError("the engine failed", "try again")

    with listening(gentle, level="gentle", again=again) as person:
        person.do("steady")
        wait_until(lambda: person.player.now().level == "gentle")

        assert person.player.notice() == "steady is not possible: the engine failed"
        assert person.player.notice() == ""
        assert person.player.now().timeline is gentle.timeline


def test_of_two_levels_asked_for_quickly_the_last_one_counts(tmp_path: Path) -> None:
    speaker = Speaker(HummingEngine())
    gentle = session(tmp_path, STRETCH, "gentle", speaker)
    strong = session(tmp_path, STRETCH, "strong", speaker)
    asked, let = [], threading.Event()

    def again(level: Level) -> Session:
        asked.append(level)
        if level == "steady":
            assert let.wait(30)
            raise SpeechError("the engine failed", "try again")
        return strong

    with listening(gentle, level="gentle", again=again) as person:
        person.do("steady")
        person.do("strong")
        wait_until(lambda: person.player.now().level_at is not None)
        let.set()
        wait_until(lambda: not any(one.name == "voicecoach-level" for one in threading.enumerate()))

        assert person.player.now().level == "strong"
        assert person.player.notice() == ""


def test_a_level_that_fails_after_another_that_failed_leaves_the_first(tmp_path: Path) -> None:
    gentle = session(tmp_path, STRETCH)
    let = threading.Event()

    def again(level: Level) -> Session:
        assert let.wait(30)
        raise SpeechError("the engine failed", "try again")

    with listening(gentle, level="gentle", again=again) as person:
        person.do("steady")
        person.do("strong")
        let.set()

        wait_until(lambda: not any(one.name == "voicecoach-level" for one in threading.enumerate()))

        assert person.player.now().level == "gentle"


def test_without_a_way_to_prepare_it_again_there_is_one_level(stretch: Session) -> None:
    with listening(stretch) as person:
        assert person.do("strong") == "the level cannot be changed here"


# ---- the device


def lose(person: Listener) -> None:
    person.output.lose("the headphones are gone")
    person.looked()
    assert person.mode == "lost"


def test_a_device_that_goes_away_stops_the_session_and_its_return_loses_nothing(
    stretch: Session, whole: "array[int]"
) -> None:
    gap = stretch.timeline.bouts[3].end
    place = silent_place(whole, gap + 1_500, gap + 6_000)
    with listening(stretch) as person:
        before = person.hear(place * PER_MS)

        lose(person)
        now = person.player.now()
        assert (now.trouble, now.fix, now.at) == ("the headphones are gone", "plug it in again", place)
        assert person.do("toggle") == "the headphones are gone"
        assert person.player.now().trouble
        person.output.find()
        wait_until(lambda: person.mode == "playing")
        after = person.hear_all()

        assert same(before + after, whole)
        assert person.player.now().trouble == ""


def test_work_goes_on_after_three_ticks_when_the_device_is_back(stretch: Session) -> None:
    bout = stretch.timeline.bouts[0]
    with listening(stretch) as person:
        person.hear_to(bout.start + 2_000)

        lose(person)
        person.output.find()
        wait_until(lambda: person.mode == "playing")

        assert (person.at, person.player.now().prelude) == (bout.start + 2_000, 3_000)
        person.hear_all()
        assert person.player.done() == (5, 0)


def test_a_session_that_was_paused_stays_paused_when_the_device_is_back(stretch: Session) -> None:
    with listening(stretch) as person:
        person.hear(30_000)
        person.do("pause")
        person.output.advance(FADE)

        lose(person)
        person.output.find()

        wait_until(lambda: person.mode == "paused")
        person.silence(48_000)
        assert person.mode == "paused"


def test_a_pause_asked_for_while_the_device_is_away_holds(stretch: Session) -> None:
    with listening(stretch) as person:
        person.hear(30_000)
        lose(person)

        person.do("pause")
        assert person.player.now().trouble == "the headphones are gone"
        person.output.find()

        wait_until(lambda: person.mode == "paused")
        person.silence(48_000)


def test_a_skip_while_the_device_is_away_is_heard_when_it_is_back(stretch: Session, whole: "array[int]") -> None:
    with listening(stretch) as person:
        person.hear(30_000)
        lose(person)

        person.do("next exercise")
        person.output.find()
        wait_until(lambda: person.mode == "playing")
        heard = person.hear_all()

        assert same(heard, whole[len(whole) - len(heard) :])


def test_a_wait_goes_on_waiting_when_the_device_is_back(gates: Session) -> None:
    with listening(gates) as person:
        person.hear_all()
        lose(person)

        person.output.find()

        wait_until(lambda: person.mode == "waiting")
        person.do("toggle")
        assert any(person.hear_ms(1_000))


def test_the_name_of_the_device_is_told(stretch: Session) -> None:
    with listening(stretch) as person:
        assert person.player.now().device == "stepped"


def test_who_watches_is_told_of_everything_but_the_time(stretch: Session, gates: Session) -> None:
    told = threading.Event()

    def was_told() -> bool:
        found = told.wait(10)
        told.clear()
        return found

    with listening(stretch, at=stretch.timeline.bouts[1].start) as person:
        person.looked()
        person.player.watch(told.set)
        person.hear_ms(1_000)
        person.looked()
        assert not told.is_set()

        for command in ("pause", "play", "quieter", "mute voice", "next exercise", "back"):
            person.do(command)
            assert was_told(), command
        person.player.seek(0)
        assert was_told()
        person.player.fail("the voice is gone", "install it")
        assert was_told()
        person.output.lose("the headphones are gone")
        wait_until(lambda: person.mode == "lost")
        assert was_told()
        told.clear()
        person.output.find()
        assert was_told()
        person.do("pause")
        person.output.advance(FADE)
        person.looked()
        told.clear()
        person.output.lose("the headphones are gone")
        assert was_told()

    with listening(gates) as person:
        person.player.watch(told.set)
        told.clear()
        person.hear_all()
        assert was_told()
        person.silence(20_100 * PER_MS)
        assert was_told()


def test_the_thread_that_tells_of_a_device_is_not_held_up(stretch: Session) -> None:
    told = threading.Event()
    with listening(stretch) as person:
        person.hear(30_000)
        with person.player._lock:
            teller = threading.Thread(target=lambda: (person.output.lose(), person.output.find(), told.set()))
            teller.start()

            assert told.wait(30)

        teller.join()
        wait_until(lambda: person.mode == "playing")


# ---- sleep


def test_a_computer_that_slept_has_paused_the_session(stretch: Session) -> None:
    asleep = [0.0]
    with listening(stretch, slept=lambda: asleep[0]) as person:
        person.hear(30_000)
        place = person.at

        asleep[0] = 3_600.0
        wait_until(lambda: person.mode == "paused")
        assert (person.at, person.player.now().trouble) == (place, "The computer was asleep")
        person.output.advance(FADE)
        person.do("toggle")

        assert any(person.hear_ms(8_000))
        assert person.mode == "playing"


def test_sleep_while_paused_is_no_reason_to_pause_again(stretch: Session) -> None:
    asleep = [0.0]
    with listening(stretch, slept=lambda: asleep[0]) as person:
        person.hear(30_000)
        person.do("pause")
        person.output.advance(FADE)
        asleep[0] = 3_600.0
        person.looked()

        person.do("play")
        person.looked()

        assert person.mode == "playing"


def test_a_sound_that_cannot_be_made_pauses_the_session_and_can_be_tried_again(tmp_path: Path) -> None:
    bell, away = tmp_path / "bell.wav", tmp_path / "away.wav"
    shutil.copy(locations.bundled_audio() / "gong.wav", bell)
    script = "title: T\ntones: {start: {file: bell.wav}}\nsteps:\n  - {name: Plank, hold: 8s}\n"
    ringing = session(tmp_path, script)
    bell.rename(away)

    with listening(ringing) as person:
        wait_until(lambda: person.mode == "paused")
        trouble = person.player.now().trouble
        away.rename(bell)
        person.player.do("toggle")
        person.hear_all()

        assert "bell.wav" in trouble
        assert (person.mode, person.player.done(), person.player.now().trouble) == ("ended", (1, 0), "")


def test_a_device_that_opens_does_not_hide_that_the_sound_could_not_be_made(tmp_path: Path) -> None:
    bell = tmp_path / "bell.wav"
    shutil.copy(locations.bundled_audio() / "gong.wav", bell)
    ringing = session(tmp_path, "title: T\ntones: {start: {file: bell.wav}}\nsteps:\n  - {name: Plank, hold: 8s}\n")
    bell.unlink()

    with listening(ringing) as person:
        wait_until(lambda: person.mode == "paused")
        person.player.heed(OutputEvent("opened", "headphones"))

        assert "could not be made" in person.player.now().trouble
