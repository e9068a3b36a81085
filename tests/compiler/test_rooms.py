"""What a line may take: a line that takes all of it changes nothing that is said, and a longer one does."""

import re
from collections.abc import Callable

import pytest

from tests.compiler.compiling import compiled, counts, estimated, note_codes, table, timeline, words
from voicecoach.compiler.compile import Compiled, compile_routine
from voicecoach.compiler.options import Options
from voicecoach.session import read_script
from voicecoach.shelf import routines
from voicecoach.utterance import Utterance

SWITCH = """\
title: T
stop_if: [x]
steps:
  - {name: Stretch, hold: 20s, each: leg, switch: 10s, brief: Take care., ready: 3s}
"""
CUES = """\
title: T
stop_if: [x]
steps:
  - name: Wall sit
    hold: 40s
    cues:
      at 10s: Breathe
      at 14s: {say: Stand up if it hurts, must: true}
      20s left: Go on
      countdown: 3
"""
REST = """\
title: T
stop_if: [x]
steps:
  - {name: One, hold: 10s}
  - {rest: 20s, say: Shake it out., cues: {at 12s: Sit down, 4s left: Ready}}
  - {name: Two, hold: 10s}
"""


def room(found: Compiled, text: str) -> int | None:
    rooms = [limit for utterance, limit in found.rooms.items() if utterance.text == text]
    assert len(rooms) == 1, (text, found.rooms)
    return rooms[0]


def own_length(lengths: dict[str, int], otherwise: int = 500) -> Callable[[Utterance], int]:
    """Lines that somebody recorded: one length at every pace; the engine says the others."""
    engine = table({}, otherwise)

    def measure(utterance: Utterance) -> int:
        return lengths.get(utterance.text) or engine(utterance) or 0

    return measure


def severe(found: Compiled) -> list[str]:
    assert found.timeline is not None, [problem.what for problem in found.problems]
    return [code for code in note_codes(found.timeline) if code not in {"I206", "I207"}]


@pytest.mark.parametrize("script", [SWITCH, CUES, REST])
def test_a_line_that_takes_all_its_room_changes_nothing_and_a_longer_one_something(script: str) -> None:
    plain = compiled(script, table({}))
    assert plain.timeline is not None
    limited = {u.text: limit for u, limit in plain.rooms.items() if limit is not None}
    assert limited

    for text, limit in limited.items():
        most = compiled(script, own_length({text: limit // 10 * 10}))
        assert severe(most) == severe(plain), text
        assert most.timeline is not None
        assert words(most.timeline) == words(plain.timeline)
        assert len(counts(most.timeline)) == len(counts(plain.timeline))
        more = compiled(script, own_length({text: limit // 10 * 10 + 15_000}))
        assert more.timeline is None or (
            severe(more) != severe(plain)
            or words(more.timeline) != words(plain.timeline)
            or len(counts(more.timeline)) < len(counts(plain.timeline))
        ), text


def test_the_lines_of_a_gap_share_it_as_they_do_now() -> None:
    lengths = {"Switch to the right leg.": 2_000, "Take care.": 1_000}
    found = compiled(SWITCH, own_length(lengths))

    first, second = room(found, "Switch to the right leg."), room(found, "Take care.")

    assert first is not None
    assert second is not None
    assert first == pytest.approx(2 * second, abs=2)
    # 10 s, 5 s that it may grow, without the quiet after the tone, the ticks and two breaths
    assert first + second == pytest.approx(10_000 + 5_000 - 450 - 3_000 - 2 * 250, abs=2)
    both = compiled(SWITCH, own_length({"Switch to the right leg.": first, "Take care.": second}))
    assert severe(both) == []


def test_what_has_no_written_length_may_take_any() -> None:
    assert room(compiled(SWITCH, table({})), "Stretch.") is None


def test_a_count_may_take_the_time_to_the_next() -> None:
    assert room(compiled(CUES, table({})), "3") == 950


def test_the_least_room_of_all_places_counts() -> None:
    script = SWITCH + "  - {name: Other, hold: 20s, each: leg, switch: 2s}\n"

    assert room(compiled(script, table({})), "Switch to the right leg.") == 2_000 + 5_000 - 450 - 3_000 - 250


def test_a_cue_at_the_end_has_room_before_it() -> None:
    script = CUES.replace("countdown: 3", "end: Nearly done\n      countdown: false")

    # 20 s to 40 s, without "Go on" and the quiet around it
    assert room(compiled(script, table({})), "Nearly done") == 20_000 - 500 - 150 - 150


def test_only_what_gets_shorter_by_it_is_said_to_be_faster() -> None:
    def measure(line: Utterance) -> int:
        if line.text == "Switch to the right leg.":
            return 6_000
        if line.text == "Take care.":
            return 5_500 if line.rate == 160 else 4_700
        return 500

    found = timeline(SWITCH, measure)

    assert [cue.text for cue in found.cues if cue.rate_percent == 115] == ["Take care."]
    [message] = [note.message for note in found.notes if note.code == "I203"]
    assert message.startswith('said "Take care." 15 % faster')


def said(found: Compiled) -> list[str]:
    """Every line in order; `$minutes` may be others in a longer session."""
    assert found.timeline is not None
    return [re.sub(r"\d+ minutes", "# minutes", text) for text in words(found.timeline)]


@pytest.mark.parametrize("name", [shelved.id for shelved in routines()])
def test_in_a_bundled_session_a_line_that_takes_all_its_room_changes_nothing_that_is_said(name: str) -> None:
    routine = read_script(name).routine
    assert routine is not None

    plain = compile_routine(routine, Options(), estimated, estimated=True)

    limited = [(line.text, limit) for line, limit in plain.rooms.items() if limit is not None]
    for text, limit in limited[:: len(limited) // 12 or 1]:

        def measure(line: Utterance, text: str = text, limit: int = limit) -> int:
            return limit // 10 * 10 if line.text == text else estimated(line)

        most = compile_routine(routine, Options(), measure, estimated=True)
        assert said(most) == said(plain), text
        assert most.timeline is not None
        assert plain.timeline is not None
        assert len(counts(most.timeline)) == len(counts(plain.timeline)), text
        assert "W206" not in note_codes(most.timeline)
