"""The document of `plan --json`, key by key (contracts.md), and what its segments and chapters mean."""

import hashlib
import json
from itertools import pairwise

import pytest

from tests.compiler.compiling import timeline
from voicecoach.timeline import Timeline, document, to_json

SCRIPT = """\
title: A tour
cautions: [Go slowly.]
stop_if: [pain]
tones: {done: fanfare, tick: {wave: sine, hz: 900, ms: 50}}
exercises:
  calf: {name: Calf stretch, short: Calf, hold: 12s, each: leg, reps: 2, cues: {half: Halfway, at 2s: {tone: gong}}}
steps:
  - {wait: Ready?, audio: 5s}
  - use: calf
  - section: Legs
    rounds: 2
    work: 8s
    steps: [marching, calf]
  - {time: 20s, name: Pick up, until: done}
  - {breathe: 4-4, cycles: 2, words: 1}
  - say: Größe 5 – done.
"""

ORDER = ("format", "routine", "options", "sample_rate", "duration_ms", "estimated", "digest",
         "segments", "chapters", "bouts", "cues", "notes")  # fmt: skip
BOUT = ("exercise", "name", "kind", "ways", "section", "round_no", "rounds", "set_no", "sets", "rep_no", "reps",
        "start_ms", "end_ms", "source")  # fmt: skip
SPEECH = ("kind", "start_ms", "end_ms", "text", "rate_percent", "priority", "source")
TONE = ("kind", "start_ms", "end_ms", "tone", "sound", "priority", "source")


@pytest.fixture(scope="module")
def tour() -> Timeline:
    return timeline(SCRIPT, dial=50)


# ---- the document


def test_keys_and_their_order(tour: Timeline) -> None:
    found = json.loads(to_json(tour))

    assert tuple(found) == ORDER
    assert tuple(found["routine"]) == ("id", "title", "lang", "source")
    assert {tuple(segment) for segment in found["segments"]} == {("start_ms", "end_ms", "gate")}
    assert {tuple(chapter) for chapter in found["chapters"]} == {("title", "start_ms", "end_ms")}
    assert {tuple(bout) for bout in found["bouts"]} == {BOUT}
    assert {tuple(cue) for cue in found["cues"] if cue["kind"] != "tone"} == {SPEECH}
    assert {tuple(cue) for cue in found["cues"] if cue["kind"] == "tone"} == {TONE}
    assert {tuple(note) for note in found["notes"]} == {("code", "severity", "message", "at_ms", "source")}
    assert {tuple(cue["source"]) for cue in found["cues"]} == {("file", "line", "col")}


def test_the_text_is_indented_by_two_and_ends_in_one_newline(tour: Timeline) -> None:
    text = to_json(tour)

    assert text.startswith('{\n  "format": "voicecoach-timeline/1",\n  "routine": {\n    "id": "x",')
    assert text.endswith("}\n")
    assert not text.endswith("\n\n")
    assert "Größe 5 – done." in text


def test_the_digest_is_of_the_document_without_it(tour: Timeline) -> None:
    found = json.loads(to_json(tour))
    claimed = found.pop("digest")

    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    assert claimed == "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def test_there_is_no_float_anywhere(tour: Timeline) -> None:
    def refuse(number: str) -> float:
        raise AssertionError(f"a float: {number}")

    json.loads(to_json(tour), parse_float=refuse, parse_constant=refuse)


@pytest.mark.parametrize(("dial", "level"), [(0, "gentle"), (50, "steady"), (100, "strong"), (49, None), (51, None)])
def test_the_level_is_null_unless_the_dial_is_exactly_one(dial: int, level: str | None) -> None:
    options = document(timeline("title: T\nsteps:\n  - hold: 5s\n", dial=dial))["options"]

    assert isinstance(options, dict)
    assert (options["dial"], options["level"]) == (dial, level)


def test_every_option_that_changes_the_result_is_in_the_document() -> None:
    options = document(
        timeline(
            "title: T\nparams: {times: 2}\nsteps:\n  - {hold: 5s, reps: $times, needs: [towel]}\n",
            settings={"times": "3"}, stages={}, without=frozenset(), side="left", session=4, wpm=180, guidance="brief",
        )
    )["options"]  # fmt: skip

    assert isinstance(options, dict)
    assert {"guidance": "brief", "rate": 180, "side": "left", "session": 4}.items() <= options.items()
    assert {"level", "dial", "engine", "voice", "stages", "set", "without", "lang", "scheduler"} <= options.keys()


def test_cues_are_sorted_by_time_kind_end_words_and_place(tour: Timeline) -> None:
    kinds = {"count": 0, "speech": 1, "tone": 2}
    cues = json.loads(to_json(tour))["cues"]

    keys = [
        (cue["start_ms"], kinds[cue["kind"]], cue["end_ms"], cue.get("text", cue.get("tone")),
         (cue["source"]["file"], cue["source"]["line"], cue["source"]["col"]))
        for cue in cues
    ]  # fmt: skip

    assert keys == sorted(keys)


def test_sounds_and_roles(tour: Timeline) -> None:
    sounds = {cue.tone: cue.sound.name for cue in tour.cues if cue.sound is not None}

    assert sounds == {"start": "bell", "end": "chime", "tick": "sine 900 Hz", "done": "fanfare", "gong": "gong",
                      "in": "rise", "out": "fall"}  # fmt: skip
    assert {cue.end - cue.start for cue in tour.cues if cue.tone == "tick"} == {50}
    assert {cue.end - cue.start for cue in tour.cues if cue.tone == "start"} == {200}


@pytest.mark.parametrize("role", ["start", "end"])
def test_an_anchor_is_there_even_without_a_sound(role: str) -> None:
    found = timeline(f"title: T\ntones: {{{role}: none, tick: none}}\nsteps:\n  - hold: 10s\n")

    anchors = [(cue.start, cue.end) for cue in found.cues if cue.tone == role]
    bout = found.bouts[0]
    at = bout.start if role == "start" else bout.end
    assert anchors == [(at, at)]
    assert [cue for cue in found.cues if cue.tone == "tick"] == []


# ---- segments


def test_segments_end_at_gates(tour: Timeline) -> None:
    pick_up = next(bout for bout in tour.bouts if bout.name == "Pick up")
    prompt = next(cue for cue in tour.cues if cue.text == "Ready?")

    assert [(segment.end, segment.gate) for segment in tour.segments] == [
        (prompt.end + 250 + 5000, "wait"),
        (pick_up.end, "until-done"),
        (tour.duration, "end"),
    ]


def test_a_gate_at_the_very_end_gates_nothing() -> None:
    found = timeline("title: T\nsteps:\n  - hold: 5s\n  - {wait: Goodbye., audio: 5s}\n")

    assert [(segment.start, segment.end, segment.gate) for segment in found.segments] == [(0, found.duration, "end")]


def test_an_end_tone_may_outlast_the_gate_of_its_bout() -> None:
    found = timeline("title: T\nsteps:\n  - {time: 5s, until: done}\n")

    assert [(segment.end, segment.gate) for segment in found.segments] == [(8000, "until-done"), (8400, "end")]


# ---- chapters


def test_a_chapter_begins_where_the_exercise_the_way_or_the_round_changes(tour: Timeline) -> None:
    assert [chapter.title for chapter in tour.chapters] == [
        "A tour",
        "Calf, left leg",
        "Calf, right leg",
        "Marching, round 1",
        "Calf, left leg, round 1",
        "Calf, right leg, round 1",
        "Marching, round 2",
        "Calf, left leg, round 2",
        "Calf, right leg, round 2",
        "Pick up",
        "Breathe",
    ]


def test_a_chapter_begins_with_the_gap_before_its_bout(tour: Timeline) -> None:
    starts = [chapter.start for chapter in tour.chapters]
    ends = [bout.end for bout in tour.bouts]

    assert starts[0] == 0
    assert starts[1] == tour.segments[0].end
    assert set(starts[2:]) <= set(ends)


def test_steps_between_exercises_belong_to_the_chapter_before_them() -> None:
    script = "title: T\nsteps:\n  - {hold: 5s, name: A}\n  - rest: 10s\n  - say: Good.\n  - {hold: 5s, name: B}\n"

    found = timeline(script, {"A.": 500, "Good.": 1000})

    assert [(chapter.title, chapter.end - chapter.start) for chapter in found.chapters[:1]] == [
        ("A", 750 + 3000 + 5000 + 10_000 + 1250)
    ]


def test_a_session_that_begins_with_an_exercise_has_no_chapter_before_it() -> None:
    found = timeline("title: T\nsteps:\n  - {hold: 5s, name: A, sets: 2}\n")

    assert [(chapter.title, chapter.start, chapter.end) for chapter in found.chapters] == [("A", 0, found.duration)]


@pytest.mark.parametrize(
    ("each", "titles"),
    [
        ("foot", ["Exercise, left foot", "Exercise, right foot"]),
        ("direction", ["Exercise, clockwise", "Exercise, counter-clockwise"]),
        ("[front, back]", ["Exercise, front", "Exercise, back"]),
    ],
)
def test_the_way_is_part_of_the_title(each: str, titles: list[str]) -> None:
    found = timeline(f"title: T\nsteps:\n  - {{hold: 5s, each: {each}}}\n")

    assert [chapter.title for chapter in found.chapters] == titles


def test_a_session_of_words_only_is_one_chapter() -> None:
    found = timeline("title: Hello\nsteps:\n  - say: Hello.\n", {"Hello.": 1000})

    assert [(chapter.title, chapter.start, chapter.end) for chapter in found.chapters] == [("Hello", 0, 1250)]
    assert found.duration == 1250


# ---- bouts


def test_bouts_of_every_kind(tour: Timeline) -> None:
    found = {(bout.exercise, bout.kind, bout.rep_no, bout.reps, bout.sets) for bout in tour.bouts}

    assert found == {
        ("calf", "hold", 1, 2, 1), ("calf", "hold", 2, 2, 1), ("marching", "time", 1, 1, 1),
        ("pick-up", "time", 1, 1, 1), ("breathe-1", "breathe", 1, 2, 1),
    }  # fmt: skip


def test_ways_are_a_map_in_the_order_of_each() -> None:
    found = json.loads(to_json(timeline('title: T\nsteps:\n  - {hold: 5s, each: "foot, direction"}\n')))
    own = json.loads(to_json(timeline("title: T\nsteps:\n  - {hold: 5s, each: [front, back]}\n")))

    assert next(list(bout["ways"].items()) for bout in found["bouts"]) == [("foot", "left"), ("direction", "clockwise")]
    assert own["bouts"][1]["ways"] == {"way": "back"}


def test_times_and_sources_of_bouts_follow_the_script(tour: Timeline) -> None:
    assert all(before.end <= after.start for before, after in pairwise(tour.bouts))
    assert [bout.source.line for bout in tour.bouts if bout.exercise == "marching"] == [13, 13]
