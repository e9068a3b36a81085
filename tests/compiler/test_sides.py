"""Sides and other ways: which come, in which order, and what is said when they change (C.3, G3)."""

import pytest

from tests.compiler.compiling import gaps, speech, timeline, words
from voicecoach.timeline import Timeline


def exercise(*keys: str) -> str:
    return f"title: T\nsteps:\n  - {{hold: 5s, {', '.join(keys)}}}\n"


def ways(found: Timeline) -> list[str]:
    return [" ".join(way for _, way in bout.ways) for bout in found.bouts]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["each: foot"], ["left", "right"]),
        (["each: foot", "first: right"], ["right", "left"]),
        (["each: foot", "side: right"], ["right"]),
        (["each: foot", "reps: 2"], ["left", "left", "right", "right"]),
        (["each: foot", "sets: 2"], ["left", "left", "right", "right"]),
        (["each: foot", "sets: 2", "alternate: true"], ["left", "right", "left", "right"]),
        (["each: foot", "sets: 2", "reps: 2", "alternate: true"],
         ["left", "left", "right", "right", "left", "left", "right", "right"]),
        (["each: direction"], ["clockwise", "counter-clockwise"]),
        (["each: [front, side, back]"], ["front", "side", "back"]),
        (['each: "foot, direction"'],
         ["left clockwise", "left counter-clockwise", "right clockwise", "right counter-clockwise"]),
        (['each: "foot, direction"', "side: left"], ["left clockwise", "left counter-clockwise"]),
    ],
)  # fmt: skip
def test_ways_and_their_order(keys: list[str], expected: list[str]) -> None:
    assert ways(timeline(exercise(*keys))) == expected


def test_the_side_chosen_outside_goes_first_and_removes_none() -> None:
    assert ways(timeline(exercise("each: foot"), side="right")) == ["right", "left"]
    assert ways(timeline(exercise("each: foot", "first: right"), side="left")) == ["left", "right"]
    assert ways(timeline(exercise("each: foot", "side: left"), side="right")) == ["left"]
    assert ways(timeline(exercise("each: [front, back]"), side="right")) == ["front", "back"]


def test_the_gaps_of_sides_sets_and_repetitions() -> None:
    found = timeline(exercise("each: foot", "reps: 2", "sets: 2", "relax: 7s", "rest: 8s", "switch: 9s"), {})

    assert gaps(found) == [7000, 8000, 7000, 9000, 7000, 8000, 7000]
    assert words(found) == [
        "Relax.", "Last one.", "Rest.", "Set 2 of 2.", "Relax.", "Last one.", "Switch to the right foot.",
        "Relax.", "Last one.", "Rest.", "Set 2 of 2.", "Relax.", "Last one.",
    ]  # fmt: skip


def test_alternating_sides_switch_there_and_rest_on_the_way_back() -> None:
    found = timeline(exercise("each: foot", "sets: 2", "alternate: true", "rest: 12s", "switch: 9s"), {})

    assert gaps(found) == [9000, 12_000, 9000]
    assert words(found) == [
        "Switch to the right foot.", "Rest.", "Switch to the left foot.", "Set 2 of 2.", "Switch to the right foot.",
    ]  # fmt: skip


# ---- the switch line


@pytest.mark.parametrize(
    ("each", "said"),
    [
        ("foot", ["Switch to the right foot."]),
        ("direction", ["Now counter-clockwise."]),
        ("[front, side]", ["Now side."]),
        ("{angle: [toes in, toes out]}", ["Now toes out."]),
        ('"foot, direction"',
         ["Now counter-clockwise.", "Switch to the right foot, clockwise.", "Now counter-clockwise."]),
    ],
)  # fmt: skip
def test_the_switch_line_names_every_changed_axis(each: str, said: list[str]) -> None:
    assert words(timeline(exercise(f"each: {each}"))) == said


def test_a_brief_without_the_side_follows_the_switch_line() -> None:
    found = timeline(exercise("each: foot", "brief: Heel down.", "switch: 20s"), {})

    assert words(found) == ["Heel down.", "Switch to the right foot.", "Heel down."]
    assert [cue.priority for cue in found.cues if cue.kind == "speech"] == ["should", "must", "should"]


def test_a_brief_that_names_the_side_is_one_must_say_line_with_the_switch() -> None:
    found = timeline(exercise("each: foot", "brief: $Side foot back.", "switch: 20s"), {})

    assert words(found) == ["Left foot back.", "Switch. Right foot back."]
    assert [cue.priority for cue in found.cues if cue.kind == "speech"] == ["should", "must"]


def test_a_brief_that_names_your_own_way_needs_no_switch() -> None:
    found = timeline(exercise("each: {angle: [toes in, toes out]}", "brief: 'Same, $angle.'", "switch: 20s"), {})

    assert words(found) == ["Same, toes in.", "Same, toes out."]


def test_the_short_form_of_a_merged_line_names_every_changed_axis() -> None:
    script = exercise('each: "foot, direction"', "switch: 4s", "brief: '$Side foot, turn $direction.'")

    found = timeline(script, {"Switch. Right foot, turn clockwise.": 9000})

    assert "Switch to the right foot, clockwise." in words(found)


def test_only_what_changed_decides_whether_lines_merge() -> None:
    found = timeline(exercise('each: "foot, direction"', "switch: 20s", "brief: '$Side foot.'"), {})

    assert words(found)[:3] == ["Left foot.", "Now counter-clockwise.", "Left foot."]


def test_minimal_guidance_has_the_plain_switch_line() -> None:
    found = timeline(exercise("each: foot", "how: Stand.", "brief: $Side foot back."), guidance="minimal")

    assert words(found) == ["Switch to the right foot."]


def test_an_unannounced_switch_leaves_the_brief() -> None:
    script = f"announce: {{switch: false}}\n{exercise('each: foot', 'brief: $Side foot back.', 'switch: 20s')}"

    assert words(timeline(script)) == ["Left foot back.", "Right foot back."]


def test_the_switch_line_in_your_own_words() -> None:
    script = f'phrases: {{switch: "Other side: $side $noun, not $other_side."}}\n{exercise("each: foot")}'

    assert words(timeline(script)) == ["Other side: right foot, not left."]


def test_words_for_sides_in_every_text() -> None:
    script = exercise("name: Lunge", "each: leg", "how: $Side leg back.", "caution: Spare the $other_side $noun.",
                      "cues: {half: Your $side leg}", "finish: Rest the $side leg.")  # fmt: skip

    assert words(timeline(script)) == [
        "Lunge.", "Spare the right leg.", "Left leg back.", "Your left leg", "Switch to the right leg.",
        "Your right leg", "Rest the right leg.",
    ]  # fmt: skip


def test_left_and_right_work_equally_long_at_every_dial() -> None:
    script = exercise("each: foot", "reps: 2-5", "sets: 1-3").replace("hold: 5s", "hold: 7-31s")

    for dial in range(0, 101, 7):
        found = timeline(script, dial=dial)
        work = {side: sum(bout.end - bout.start for bout in found.bouts if dict(bout.ways)["foot"] == side)
                for side in ("left", "right")}  # fmt: skip
        assert work["left"] == work["right"]


def test_the_first_words_of_a_switch_come_450_ms_after_the_end_tone() -> None:
    found = timeline(exercise("each: foot"), {"Switch to the right foot.": 1000})

    assert speech(found) == [(8450, "Switch to the right foot.")]
