"""What is said: words in texts, lists in turn, guidance, announcements, own phrases (C.6, C.10)."""

import pytest

from tests.compiler.compiling import speech, timeline, words


def exercise(*keys: str, top: str = "") -> str:
    return f"title: My feet\n{top}steps:\n  - {{{', '.join(keys)}}}\n"


# ---- $words


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["hold: 20s", "name: Calf stretch", "how: Now the $name."], "Now the Calf stretch."),
        (["hold: 20s", "name: Calf stretch", "short: Calf", "how: Now the $short."], "Now the Calf."),
        (["hold: 20s", "name: Calf stretch", "how: Now the $short."], "Now the Calf stretch."),
        (["hold: 90s", "how: For $hold."], "For 1 minute 30 seconds."),
        (["hold: 2s500ms", "how: For $hold."], "For 2.5 seconds."),
        (["hold: 60s", "how: For $dose."], "For 1 minute."),
        (["hold: 20s", "reps: 3", "how: For $dose."], "For 20 seconds, 3 times."),
        (["time: 61s", "how: For $dose."], "For 1 minute 1 second."),
        (["reps: 10", "how: For $dose."], "For 10 repetitions."),
        (["reps: 1", "how: For $dose."], "For 1 repetition."),
        (["reps: 8", "how: $reps times."], "8 times."),
        (["hold: 20s", "sets: 3", "how: $sets sets."], "3 sets."),
        (["hold: 20s", "how: Set $set of $sets."], "Set 1 of 1."),
        (["hold: 20s", "each: foot", "how: The $side $noun."], "The left foot."),
        (["hold: 20s", "each: foot", "how: $Side foot forward."], "Left foot forward."),
        (["hold: 20s", "each: foot", "how: Not the $other_side one."], "Not the right one."),
        (["hold: 20s", "each: direction", "how: Go $direction."], "Go clockwise."),
        (["hold: 20s", "each: {angle: [toes in, toes out]}", "how: '$Angle, please.'"], "Toes in, please."),
        (["hold: 20s", "how: Welcome to $title."], "Welcome to My feet."),
        (["hold: 20s", "how: You are $level."], "You are gentle."),
        (["hold: 20s", "how: Five $$ for you."], "Five $ for you."),
        (["breathe: 4-6", "for: 90s", "how: For $dose."], "For 1 minute 30 seconds."),
    ],
)
def test_words_in_texts(keys: list[str], said: str) -> None:
    assert said in words(timeline(exercise(*keys)))


def test_the_level_between_two_levels_is_the_dial() -> None:
    assert words(timeline(exercise("say: At $level."), dial=30)) == ["At 30 per cent."]


def test_set_and_round_follow_the_session() -> None:
    found = timeline(exercise("hold: 5s", "sets: 3", "cues: {half: Set $set of $sets}"))

    assert [text for text in words(found) if text.startswith("Set") and not text.endswith(".")] == [
        "Set 1 of 3", "Set 2 of 3", "Set 3 of 3",
    ]  # fmt: skip


def test_next_is_the_exercise_after_this_one() -> None:
    script = """\
title: T
steps:
  - {say: First $next.}
  - {hold: 5s, name: Plank, cues: {half: Soon $next}}
  - {rest: 10s, say: After this $next.}
  - {hold: 5s, name: Squat, finish: Then $next.}
"""

    assert words(timeline(script)) == ["First Plank.", "Plank.", "Soon Squat", "After this Squat.", "Squat.", "Then ."]


# ---- $minutes and $remaining


def test_minutes_are_the_length_of_the_session() -> None:
    found = timeline(
        "title: T\nsteps:\n  - say: $minutes minutes.\n  - rest: 149s\n", {"10 minutes.": 750, "3 minutes.": 500}
    )

    assert words(found)[0] == "3 minutes."  # the first pass takes 0.75 + 0.25 + 149 s: half a minute rounds up


def test_there_are_at_least_one_minute_and_at_most_two_passes() -> None:
    measured: list[str] = []

    def measure(utterance: object) -> int:
        measured.append(utterance.text)  # type: ignore[attr-defined]
        return 500

    found = timeline("title: T\nsteps:\n  - say: $minutes minutes.\n  - hold: 5s\n", measure)

    assert words(found) == ["1 minutes."]
    assert set(measured) == {"10 minutes.", "1 minutes."}


def test_remaining_is_what_is_left_of_the_first_pass() -> None:
    script = "title: T\nsteps:\n  - say: $remaining to go.\n  - rest: 5m\n  - say: $remaining left.\n  - rest: 3m\n"

    found = timeline(script, {})

    assert [text for text in words(found) if text != "Rest."] == ["8 to go.", "3 left."]


# ---- lists in turn, languages


def test_a_list_is_spoken_in_turn() -> None:
    found = timeline(exercise("hold: 5s", "reps: 4", "cues: {half: [One, Two, Three]}"))

    assert [text for text in words(found) if text in {"One", "Two", "Three"}] == ["One", "Two", "Three", "One"]


@pytest.mark.parametrize(("session", "said"), [(0, "One."), (1, "Two."), (2, "One."), (7, "Two.")])
def test_the_session_number_moves_the_turn(session: int, said: str) -> None:
    assert words(timeline(exercise("say: [One., Two.]"), session=session)) == [said]


def test_a_turn_that_is_skipped_is_a_turn_all_the_same() -> None:
    script = exercise("hold: 3s", "reps: 3", "cues: {half: [One, Two], at 1400ms: {say: Stop, must: true}}")

    found = timeline(script, {"One": 400, "Two": 1400, "Stop": 500})

    assert [text for text in words(found) if text in {"One", "Two"}] == ["One", "One"] or "Two" not in words(found)


def test_two_places_with_the_same_words_have_their_own_turns() -> None:
    script = "title: T\nsteps:\n  - say: [One., Two.]\n  - say: [One., Two.]\n"

    assert words(timeline(script)) == ["One.", "One."]


def test_texts_in_the_chosen_language() -> None:
    script = exercise("say: {en: Hello., en-GB: Good day.}")

    assert words(timeline(script)) == ["Hello."]
    assert words(timeline(script, lang="en-GB")) == ["Good day."]


# ---- parameters


def test_parameters_are_values_and_words() -> None:
    script = """\
title: T
params:
  times: {default: 2, min: 1, max: 10}
  stay: 20-30s
  friend: towel
steps:
  - say: $times times $stay with your $friend.
  - {hold: $stay, reps: $times}
"""

    found = timeline(script, dial=50)
    changed = timeline(script, settings={"times": "3", "stay": "7s", "friend": "cat"})

    assert words(found)[0] == "2 times 25 seconds with your towel."
    assert [bout.end - bout.start for bout in found.bouts] == [25_000] * 2
    assert words(changed)[0] == "3 times 7 seconds with your cat."
    assert [bout.end - bout.start for bout in changed.bouts] == [7000] * 3


# ---- guidance, announcements, phrases


@pytest.mark.parametrize(
    ("guidance", "setup", "switch"),
    [
        ("full", ["Lunge.", "Mind your knee.", "Step far back."], ["Switch to the right leg.", "Step."]),
        ("brief", ["Lunge.", "Mind your knee.", "Step."], ["Switch to the right leg.", "Step."]),
        ("minimal", ["Lunge.", "Mind your knee."], ["Switch to the right leg."]),
    ],
)
def test_guidance(guidance: str, setup: list[str], switch: list[str]) -> None:
    script = exercise("hold: 5s", "name: Lunge", "each: leg", "switch: 20s", "caution: Mind your knee.",
                      "how: Step far back.", "brief: Step.")  # fmt: skip

    assert words(timeline(script, {}, guidance=guidance)) == [*setup, *switch]
    assert words(timeline(f"guidance: {guidance}\n{script}", {})) == [*setup, *switch]


def test_guidance_never_silences_a_say_a_must_or_a_caution() -> None:
    script = (
        "title: T\ncautions: [Slow.]\nsteps:\n  - say: Hello.\n  - {hold: 5s, cues: {half: {say: Stop, must: true}}}\n"
    )

    assert words(timeline(script, guidance="minimal")) == ["Slow.", "Hello.", "Stop"]


def test_without_a_brief_how_is_dropped_when_guidance_is_brief() -> None:
    assert words(timeline(exercise("hold: 5s", "how: Sit."), guidance="brief")) == []


@pytest.mark.parametrize(
    ("announce", "said"),
    [
        ("", ["Relax.", "Last one.", "Rest.", "Set 2 of 2.", "Relax.", "Last one."]),
        ("announce: {last: false}\n", ["Relax.", "Rest.", "Set 2 of 2.", "Relax."]),
        ("announce: {set: false}\n", ["Relax.", "Last one.", "Rest.", "Relax.", "Last one."]),
    ],
)
def test_announcements(announce: str, said: list[str]) -> None:
    assert words(timeline(exercise("hold: 5s", "reps: 2", "sets: 2", "relax: 9s", top=announce), {})) == said


def test_your_own_phrases() -> None:
    phrases = """\
phrases:
  name: This is $name.
  next: Then $name.
  relax: Let go.
  rest: [A pause., Another pause.]
  set: Number $set.
  last: Only one more.
  round: Once more, $round.
  stop_if: Stop for $signs.
"""
    script = f"""\
title: T
stop_if: [pain, numbness.]
{phrases}steps:
  - section: Legs
    rounds: 2
    between: 30s
    steps:
      - {{hold: 5s, name: Plank, reps: 2, relax: 9s, sets: 2}}
"""

    once = ["Let go.", "Only one more.", "A pause.", "Number 2.", "Let go.", "Only one more."]
    again = [text.replace("A pause", "Another pause") for text in once]
    assert words(timeline(script, {})) == [
        "Stop for pain or numbness.", "This is Plank.", *once, "Once more, 2.", "Then Plank.", *again,
    ]  # fmt: skip


def test_a_name_that_ends_in_a_mark_keeps_only_that() -> None:
    assert words(timeline(exercise("hold: 5s", "name: Ready?"))) == ["Ready?"]


def test_a_nameless_exercise_is_not_announced() -> None:
    found = timeline(exercise("hold: 5s"))

    assert speech(found) == []
    assert found.bouts[0].name == "Exercise"


def test_the_pause_of_three_dots_stays_one_cue() -> None:
    assert words(timeline(exercise("say: Breathe ... and rest."))) == ["Breathe ... and rest."]


def test_why_and_advice_are_never_spoken() -> None:
    script = exercise("hold: 5s", "why: It is good.", top="advice: [See a doctor.]\nsummary: Short.\n")

    assert words(timeline(script)) == []


def test_must_say_has_the_priority_of_must() -> None:
    found = timeline("title: T\nsteps:\n  - {say: Stop., must: true}\n  - say: Go on.\n  - {wait: Ready?, audio: 1s}\n")

    assert [cue.priority for cue in found.cues] == ["must", "should", "must"]
