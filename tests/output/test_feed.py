"""The frames a device gets, one by one; at 1000 frames a second a fade is eight of them."""

import threading
import time
from array import array
from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.output.bank_writer import BankWriter
from voicecoach.output.feed import Feed
from voicecoach.output.memory import BANK, Memory, Word
from voicecoach.output.moment import Action, Command

RATE = 1_000
FALLING = [800, 700, 600, 500, 400, 300, 200, 100]
RISING = [0, 100, 200, 300, 400, 500, 600, 700]


class Desk:
    """A feed with its memory, and both ends of it in one hand."""

    def __init__(self, rate: int = RATE) -> None:
        self.memory = Memory.create()
        self.memory.close()
        self.writer = BankWriter(self.memory, rate)
        self.feed = Feed(self.memory, rate)

    def write(self, samples: Sequence[int]) -> None:
        self.writer.write(array("h", samples).tobytes())

    def begin(self, samples: Sequence[int], first: int = 0) -> int:
        generation = self.writer.begin(first, self.memory.place[0])
        self.write(samples)
        return generation

    def ask(self, action: Action, generation: int = 0, aligned: bool = False) -> None:
        self.feed.ask(Command(action, 0, generation, aligned))

    def take(self, count: int) -> list[int]:
        return array("h", self.feed.take(count)).tolist()

    @property
    def place(self) -> tuple[int, int]:
        return self.memory.place

    @property
    def idle(self) -> int:
        return self.memory.status[1]


def test_what_was_written_is_taken_unchanged() -> None:
    desk = Desk()
    desk.write(range(100))

    taken = desk.take(30) + desk.take(70)

    assert taken == list(range(100))
    assert desk.place == (0, 100)
    assert desk.idle == 0


def test_small_blocks_of_a_long_sound_are_counted_one_by_one() -> None:
    desk = Desk()
    desk.write(range(3_000))

    taken = [frame for _ in range(300) for frame in desk.take(10)]

    assert taken == list(range(3_000))
    assert desk.place == (0, 3_000)
    assert [desk.memory.words[word] for word in (Word.TAKEN, Word.TAKES, Word.DRY)] == [3_000, 300, 0]
    assert desk.feed.taken == 3_000


def test_the_end_of_the_bank_in_the_middle_of_a_block_is_not_heard() -> None:
    desk = Desk()
    desk.ask("switch", desk.begin(range(200), first=BANK - 105))
    desk.take(20)

    taken = [frame for _ in range(18) for frame in desk.take(10)]

    assert taken == list(range(20, 200))
    assert desk.place == (1, BANK + 95)


def test_sound_that_ends_between_two_blocks_is_dry_from_there() -> None:
    desk = Desk()
    desk.write(range(1, 46))

    taken = [frame for _ in range(6) for frame in desk.take(10)]

    assert taken == [*range(1, 46), *[0] * 15]
    assert (desk.place, desk.idle) == ((0, 45), 15)


def test_a_device_does_not_wait_for_sound_that_is_there() -> None:
    desk = Desk()
    desk.write([1000])

    assert waited(desk, 10) < 5


def test_a_device_waits_for_the_command_that_brings_the_first_sound() -> None:
    desk = Desk()
    threading.Timer(0.1, desk.ask, ("switch", 1)).start()

    assert 0.1 <= waited(desk, 10) < 5


def test_a_device_waits_no_longer_than_it_was_told() -> None:
    assert 0.1 <= waited(Desk(), 0.1) < 5


def waited(desk: Desk, at_most: float) -> float:
    begun = time.monotonic()
    desk.feed.wait(at_most)
    return time.monotonic() - begun


def test_dry_is_silence_that_is_counted_and_loses_nothing() -> None:
    desk = Desk()
    desk.write([5, 6])

    dry = desk.take(6)
    desk.write([7, 8])
    idle = desk.idle
    taken = desk.take(2)

    assert dry == [5, 6, 0, 0, 0, 0]
    assert idle == 4
    assert desk.memory.words[Word.DRY] == 4
    assert taken == [7, 8]
    assert desk.idle == 0


def test_a_pause_fades_out_and_the_place_stays_where_the_fade_began() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(20)

    desk.ask("pause")
    taken = desk.take(12)

    assert taken == [*FALLING, 0, 0, 0, 0]
    assert desk.place == (0, 20)
    assert desk.memory.status == (True, 12)


def test_resuming_fades_in_from_the_place() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(20)
    desk.ask("pause")
    desk.take(50)

    desk.ask("resume")
    taken = desk.take(10)

    assert taken == [*RISING, 800, 800]
    assert desk.place == (0, 30)
    assert desk.memory.status == (False, 0)


def test_a_pause_near_the_end_fades_what_there_is() -> None:
    desk = Desk()
    desk.write([800] * 3)

    desk.ask("pause")
    taken = desk.take(5)

    assert taken == [800, 700, 600, 0, 0]


def test_pause_and_resume_before_the_next_take_change_nothing() -> None:
    desk = Desk()
    desk.write(range(0, -3000, -30))
    desk.take(10)

    desk.ask("pause")
    desk.ask("resume")
    taken = desk.take(20)

    assert taken == list(range(-300, -900, -30))


def test_a_resume_in_the_middle_of_a_fade_is_a_crossfade() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.ask("pause")
    desk.take(4)

    desk.ask("resume")
    taken = desk.take(10)

    assert taken == [400, 400, 400, 400, 400, 500, 600, 700, 800, 800]


def test_a_pause_in_the_middle_of_a_rise_falls_from_there() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.ask("pause")
    desk.take(20)
    desk.ask("resume")
    desk.take(4)

    desk.ask("pause")
    taken = desk.take(10)

    assert taken == [400, 350, 300, 250, 200, 150, 100, 50, 0, 0]
    assert desk.place == (0, 4)


def test_a_switch_is_a_crossfade_to_the_first_frame_of_the_new_generation() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(10)
    new = desk.begin([-800] * 100, first=5_000)

    desk.ask("switch", new)
    taken = desk.take(10)

    assert taken == [800, 600, 400, 200, 0, -200, -400, -600, -800, -800]
    assert desk.place == (new, 5_010)


def test_an_aligned_switch_goes_on_at_the_same_frame() -> None:
    desk = Desk()
    desk.write(range(100))
    desk.take(10)
    new = desk.begin(range(100))

    desk.ask("switch", new, aligned=True)
    taken = desk.take(20)

    assert taken == list(range(10, 30))
    assert desk.place == (new, 30)


def test_an_aligned_switch_begins_no_earlier_than_the_new_generation_does() -> None:
    desk = Desk()
    desk.write(range(100))
    desk.take(10)
    new = desk.begin(range(50, 100), first=50)

    desk.ask("switch", new, aligned=True)
    desk.take(0)

    assert desk.place == (new, 50)


def test_a_switch_while_paused_moves_the_place_alone() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.ask("pause")
    desk.take(20)
    new = desk.begin([400] * 100, first=7)

    desk.ask("switch", new)
    silent = desk.take(10)
    desk.ask("resume")
    taken = desk.take(9)

    assert silent == [0] * 10
    assert taken == [0, 50, 100, 150, 200, 250, 300, 350, 400]
    assert desk.place == (new, 16)


def test_pause_switch_and_resume_at_once_are_a_switch() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(10)
    new = desk.begin([400] * 100)

    for command in ("pause", "switch", "resume"):
        desk.ask(command, new)
    taken = desk.take(9)

    assert taken == [800, 750, 700, 650, 600, 550, 500, 450, 400]


def test_a_tail_outlives_the_bank_it_came_from() -> None:
    desk = Desk()
    desk.write([800] * 100)
    new = desk.begin([])
    desk.ask("switch", new)
    desk.take(2)

    desk.begin([1] * 100)
    taken = desk.take(7)

    assert taken == [600, 500, 400, 300, 200, 100, 0]


def test_a_switch_to_another_sound_is_a_jump_and_a_louder_one_is_none() -> None:
    desk = Desk()
    new = desk.begin([1000])

    jumps = []
    for aligned in (True, False):
        desk.ask("switch", new, aligned)
        jumps.append(desk.feed.jumps)

    assert jumps == [False, True]
    desk.take(0)
    assert not desk.feed.jumps


def test_what_was_cut_does_not_fade_out() -> None:
    desk = Desk()
    desk.write([800] * 20)
    desk.take(10)
    desk.ask("switch", desk.begin([0] * 20))

    desk.take(0)
    desk.feed.cut()

    assert desk.take(8) == [0] * 8


def test_two_switches_at_once_end_in_the_second() -> None:
    desk = Desk()
    desk.write([800] * 100)
    first = desk.begin([100] * 100)
    desk.ask("switch", first)
    desk.take(0)
    second = desk.begin([400] * 100)

    desk.ask("switch", second)
    taken = desk.take(9)

    assert taken == [800, 750, 700, 650, 600, 550, 500, 450, 400]
    assert desk.place == (second, 9)


def test_a_switch_to_a_generation_that_was_given_up_is_ignored() -> None:
    desk = Desk()
    desk.write([800] * 100)
    given_up = desk.begin([100] * 100)
    desk.ask("switch", given_up)
    desk.begin([200] * 100)

    taken = desk.take(10)

    assert taken == [800] * 10
    assert desk.place == (0, 10)


def test_a_repeated_switch_is_ignored() -> None:
    desk = Desk()
    new = desk.begin(range(100))
    desk.ask("switch", new)
    desk.take(50)

    desk.ask("switch", new)
    taken = desk.take(5)

    assert taken == [50, 51, 52, 53, 54]


def test_the_loudest_sound_stays_within_the_range_while_it_crosses() -> None:
    desk = Desk()
    desk.write([-32_768] * 100)
    desk.take(10)
    desk.ask("pause")
    desk.ask("resume")
    desk.take(3)

    desk.ask("pause")
    desk.ask("resume")
    taken = desk.take(20)

    assert min(taken) == -32_768
    assert taken[-1] == -32_768


def test_the_end_is_silent_and_forgotten_by_the_next_process() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(10)

    desk.ask("end")
    ending = desk.take(10)
    silent = desk.feed.silent
    next_feed = Feed(desk.memory, RATE)
    taken = array("h", next_feed.take(10)).tolist()

    assert ending == [*FALLING, 0, 0]
    assert silent
    assert taken == [*RISING, 800, 800]


def test_a_feed_that_takes_over_stays_paused_at_the_same_frame() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(10)
    desk.ask("pause")
    desk.take(20)

    next_feed = Feed(desk.memory, RATE)
    silent = next_feed.take(5)

    assert silent == bytes(10)
    assert desk.place == (0, 10)
    assert desk.memory.status == (True, 25)


def test_a_device_that_opens_in_mid_sound_fades_in() -> None:
    desk = Desk()
    desk.write([800] * 100)
    desk.take(10)

    desk.feed.appear()

    assert desk.take(9) == [*RISING, 800]


def test_unwinding_goes_back_over_frames_silence_and_pause() -> None:
    desk = Desk()
    desk.write(range(1, 41))
    desk.take(30)
    desk.take(30)

    desk.feed.unwind(25)
    desk.write([99, 99])
    taken = desk.take(10)

    assert taken == [36, 37, 38, 39, 40, 99, 99, 0, 0, 0]


def test_silence_that_was_heard_is_not_filled_when_a_device_unwinds() -> None:
    desk = Desk()
    desk.write(range(1, 11))
    desk.take(30)

    desk.write(range(11, 31))
    desk.feed.unwind(10)
    taken = desk.take(5)

    assert taken == [11, 12, 13, 14, 15]
    assert desk.memory.words[Word.DRY] == 10


def test_a_command_is_heard_at_once_by_a_device_that_unwinds() -> None:
    desk = Desk()
    desk.write([800] * 500)
    desk.take(200)

    desk.ask("pause")
    urgent = desk.feed.urgent
    desk.feed.unwind(150)
    taken = desk.take(10)

    assert urgent
    assert taken == [*FALLING, 0, 0]
    assert desk.place == (0, 50)
    assert not desk.feed.urgent


def test_commands_of_unwound_frames_are_acted_on_again_in_order() -> None:
    desk = Desk()
    desk.write([800] * 500)
    desk.take(100)
    new = desk.begin([-800] * 500)
    desk.ask("switch", new)
    desk.take(50)
    desk.ask("pause")
    desk.take(50)

    desk.feed.unwind(120)
    waiting = desk.feed.urgent
    taken = desk.take(9)

    assert waiting
    assert desk.place == (new, 0)
    assert desk.memory.status[0]
    assert taken == [*FALLING, 0]


def test_commands_that_wait_again_keep_their_order() -> None:
    desk = Desk()
    desk.write([800] * 500)
    desk.take(100)
    for action in ("pause", "resume", "pause", "resume"):
        desk.ask(action)
        desk.take(20)

    desk.feed.unwind(90)
    desk.take(10)

    assert desk.memory.status == (False, 0)
    assert desk.place == (0, 100)


def test_a_switch_whose_old_bank_is_taken_is_not_unwound() -> None:
    desk = Desk()
    desk.write([800] * 500)
    desk.take(100)
    new = desk.begin([400] * 500, first=30)
    desk.ask("switch", new)
    desk.take(50)
    desk.begin([1] * 500)

    desk.feed.unwind(100)
    taken = desk.take(9)

    assert taken == [800, 750, 700, 650, 600, 550, 500, 450, 400]
    assert desk.place == (new, 39)


def test_the_place_lies_as_far_back_as_the_device_keeps_a_store() -> None:
    desk = Desk()
    desk.write(range(100))
    desk.take(60)
    desk.take(60)

    desk.feed.ahead = 80
    in_sound = (desk.place, desk.idle)
    desk.feed.ahead = 15
    in_silence = (desk.place, desk.idle)
    desk.feed.unwind(15)

    assert in_sound == ((0, 40), 0)
    assert in_silence == ((0, 100), 5)
    assert desk.feed.ahead == 0
    assert (desk.place, desk.idle) == in_silence


def test_unwinding_further_than_it_remembers_stops_there() -> None:
    desk = Desk()
    desk.write(range(5_000))
    for _ in range(30):
        desk.take(100)

    desk.feed.unwind(4_000)

    assert desk.place == (0, 1_900)


class Event(NamedTuple):
    """What happens before the frame `at` is taken; `write` adds that many frames."""

    at: int
    what: str
    count: int = 0


def _events() -> st.SearchStrategy[list[Event]]:
    kinds = st.sampled_from(["pause", "resume", "fresh", "aligned", "write"])
    return st.lists(st.builds(Event, st.integers(0, 120), kinds, st.integers(1, 60)), max_size=8).map(
        lambda events: sorted(events, key=lambda event: event.at)
    )


def _happen(desk: Desk, event: Event) -> None:
    tone = [500 + 13 * n for n in range(event.count)]
    match event.what:
        case "fresh" | "aligned":
            desk.feed.take(0)
            new = desk.begin(tone, first=event.count)
            desk.ask("switch", new, aligned=event.what == "aligned")
        case "write":
            desk.write(tone)
        case "pause":
            desk.ask("pause")
        case "resume":
            desk.ask("resume")


def _played(events: list[Event], cuts: set[int]) -> tuple[list[int], tuple[int, int], int]:
    desk = Desk()
    desk.write(range(1_000, 1_050))
    heard: list[int] = []
    for stop in sorted({*cuts, *(event.at for event in events), 150}):
        heard += desk.take(stop - len(heard))
        for event in events:
            if event.at == stop:
                _happen(desk, event)
    return heard, desk.place, desk.idle


@given(_events(), st.sets(st.integers(1, 149)))
def test_the_size_of_the_blocks_changes_nothing(events: list[Event], cuts: set[int]) -> None:
    whole = _played(events, set())

    chopped = _played(events, cuts)

    assert chopped == whole


@given(_events(), st.sets(st.integers(1, 149)), st.integers(0, 60))
def test_a_device_that_takes_ahead_and_back_again_plays_the_same(
    events: list[Event], cuts: set[int], ahead: int
) -> None:
    whole = _played(events, set())
    desk = Desk()
    desk.write(range(1_000, 1_050))
    heard: list[int] = []

    for stop in sorted({*cuts, *(event.at for event in events), 150}):
        heard += desk.take(stop - len(heard))
        desk.take(ahead)
        desk.feed.unwind(ahead)
        for event in events:
            if event.at == stop:
                _happen(desk, event)

    assert (heard, desk.place, desk.idle) == whole


def test_rest_ends_with_a_command_and_is_a_rest_again_once_it_was_seen() -> None:
    memory = Memory.create()
    feed = Feed(memory, 24_000)
    threading.Timer(0.05, feed.ask, (Command("pause", 1),)).start()
    feed.rest(600)
    assert feed.urgent
    feed.take(0)
    begun = time.monotonic()
    feed.rest(0.05)
    assert time.monotonic() - begun >= 0.04
    assert not feed.urgent
