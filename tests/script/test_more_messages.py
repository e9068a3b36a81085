"""The messages about includes, parameters, safety and everything a step can get wrong, whole."""

from textwrap import dedent

import pytest
from linking import reported


def check(script: str, message: str, severity: str = "error", **files: str) -> None:
    sources = {"x.coach.yaml": dedent(script), **{f"{name}.coach.yaml": dedent(text) for name, text in files.items()}}

    found = reported("x.coach.yaml", sources, (severity,))  # type: ignore[arg-type]

    assert found == dedent(message)


def test_files_that_include_each_other() -> None:
    check(
        """\
        title: Demo
        include: base.coach.yaml
        steps:
          - rest: 5s
        """,
        """\
        x.coach.yaml:2:10: error E051: these files include each other: x.coach.yaml -> base.coach.yaml -> x.coach.yaml
            2 | include: base.coach.yaml
              |          ^^^^^^^^^^^^^^^
          fix: move the shared exercises into a third file and include it from both
        """,
        base="library: base\ninclude: x.coach.yaml\n",
    )


@pytest.mark.parametrize("path", ["../../etc/feet.yaml", "/etc/feet.yaml", "C:/feet.yaml", "lib/../../feet.yaml"])
def test_include_outside_the_project(path: str) -> None:
    check(
        f"""\
        title: Demo
        steps:
          - rest: 5s
        include: {path}
        """,
        f"""\
        x.coach.yaml:4:10: error E052: '{path}' is outside this project
            4 | include: {path}
              |          {"^" * len(path)}
          why: routines from other people could otherwise read any file
          fix: copy it next to the routine, or run with --allow-outside
        """,
    )


def test_exercise_in_two_included_files() -> None:
    check(
        """\
        title: Demo
        include: [legs.coach.yaml, hips.coach.yaml]
        steps:
          - use: squat
        """,
        """\
        x.coach.yaml:4:10: error E053: 'squat' is defined in two included files (legs.coach.yaml:3, hips.coach.yaml:4)
            4 |   - use: squat
              |          ^^^^^
          fix: write legs/squat or hips/squat
        """,
        legs="library: legs\nexercises:\n  squat: {reps: 8}\n",
        hips="library: hips\nexercises:\n\n  squat: {reps: 8}\n",
    )


def test_tempo_with_five_phases() -> None:
    check(
        """\
        title: Demo
        steps:
          - reps: 8
            tempo: 3-1-2-0-1
        """,
        """\
        x.coach.yaml:4:12: error E038: a tempo has 2 to 4 phases, this one has 5: 3-1-2-0-1
            4 |     tempo: 3-1-2-0-1
              |            ^^^^^^^^^
          fix: name the phases instead: tempo: {down: 3s, hold: 1s, up: 2s}
        """,
    )


def test_level_without_a_value() -> None:
    check(
        """\
        title: Demo
        level: steady
        steps:
          - hold: {strong: 30s}
        """,
        """\
        x.coach.yaml:4:11: error E032: 'hold' has no value for level 'steady'
            4 |   - hold: {strong: 30s}
              |           ^
          why: a per-level map must cover every level that is used
          fix: add  steady: 25s  or write a range such as 20-30s
        """,
    )


def test_setting_outside_its_limits() -> None:
    script = "title: Demo\nparams:\n  rounds: {default: 4, min: 1, max: 10}\nsteps:\n  - reps: $rounds\n"

    found = reported("hiit.coach.yaml", {"hiit.coach.yaml": script}, settings={"rounds": "50"})

    assert found == (
        "hiit.coach.yaml: error E044: --set rounds=50: 'rounds' must be between 1 and 10\n"
        "  why: limits are set at hiit.coach.yaml:3:11\n"
    )


def test_setting_that_is_no_parameter() -> None:
    script = "title: Demo\nparams: {rounds: 4}\nsteps:\n  - reps: $rounds\n"

    found = reported("x.yaml", {"x.yaml": script}, settings={"round": "5"})

    assert found == "x.yaml: error E040: --set round=5: there is no parameter 'round'\n  fix: did you mean 'rounds'?\n"


def test_instead_in_a_circle() -> None:
    check(
        """\
        title: Demo
        exercises:
          marble-pickup: {time: 30s, needs: [marbles], instead: towel-scrunch}
          towel-scrunch: {reps: 8, needs: [towel], instead: marble-pickup}
        steps:
          - marble-pickup
        """,
        """\
        x.coach.yaml:3:57: error E045: 'instead' goes in a circle: marble-pickup -> towel-scrunch -> marble-pickup
            3 |   marble-pickup: {time: 30s, needs: [marbles], instead: towel-scrunch}
              |                                                         ^^^^^^^^^^^^^
          fix: end the chain with an exercise that needs no equipment
        """,
    )


def test_side_in_an_exercise_without_sides() -> None:
    check(
        """\
        title: Demo
        exercises:
          arch-lift:
            hold: 5s
            how: Lift your $side foot
        steps:
          - arch-lift
        """,
        """\
        x.coach.yaml:5:10: error E041: there is no $side here: 'arch-lift' has no 'each'
            5 |     how: Lift your $side foot
              |          ^^^^^^^^^^^^^^^^^^^^
          fix: add  each: foot  or take $side out of the text
        """,
    )


def test_alternate_without_each() -> None:
    check(
        """\
        title: Demo
        steps:
          - hold: 20s
            alternate: true
        """,
        """\
        x.coach.yaml:4:5: error E028: 'alternate' needs 'each'
            4 |     alternate: true
              |     ^^^^^^^^^
          fix: add for example  each: leg
        """,
    )


def test_no_break_space_in_the_indentation() -> None:
    check(
        "title: Demo\nsteps:\n\xa0 name: x\n",
        "x.coach.yaml:3:1: error E064: a no-break space (U+00A0) before 'name'\n"
        "    3 | \xa0 name: x\n"
        "      | ^\n"
        "  why: it looks like a space but YAML does not treat it as one; often pasted from a web page\n"
        "  fix: retype the indentation\n",
    )


def test_file_that_is_not_utf_8() -> None:
    found = reported("x.coach.yaml", {"x.coach.yaml": b"title: Caf\xe9\n"})

    assert found == (
        "x.coach.yaml:1:1: error E065: this file is not UTF-8 (byte 0xe9 at position 10)\n"
        "  fix: save it as UTF-8 in your editor\n"
    )


def test_file_of_a_later_language() -> None:
    check(
        """\
        title: Demo
        voicecoach: 2
        steps: [rest: 5s]
        """,
        """\
        x.coach.yaml:2:13: error E063: this routine is written for voicecoach language 2; this program understands 1
            2 | voicecoach: 2
              |             ^
          fix: upgrade voicecoach
        """,
    )


def test_alias_that_would_expand_without_end() -> None:
    lines = ["x0: &x0 [a, a, a, a]"] + [
        f"x{n}: &x{n} [*x{n - 1}, *x{n - 1}, *x{n - 1}, *x{n - 1}]" for n in range(1, 9)
    ]

    found = reported("x.coach.yaml", {"x.coach.yaml": "\n".join(lines)})
    assert found == (
        "x.coach.yaml:9:10: error E046: this alias would expand to 87,381 entries (limit 1,000)\n"
        "    9 | x8: &x8 [*x7, *x7, *x7, *x7]\n"
        "      |          ^^^\n"
        "  fix: write the steps out, or use rounds:\n"
    )


def test_unknown_tone() -> None:
    check(
        """\
        title: Demo
        steps:
          - tone: bel
        """,
        """\
        x.coach.yaml:3:11: error E060: unknown tone 'bel'
            3 |   - tone: bel
              |           ^^^
          fix: did you mean 'bell'? voicecoach tones lists all
        """,
    )


def test_tone_file_that_is_no_wav() -> None:
    check(
        """\
        title: Demo
        tones:
          end: {file: audio/bowl.mp3}
        steps:
          - rest: 5s
        """,
        """\
        x.coach.yaml:3:15: error E061: the tone file audio/bowl.mp3 is not a WAV file
            3 |   end: {file: audio/bowl.mp3}
              |               ^^^^^^^^^^^^^^
          fix: convert it: ffmpeg -i bowl.mp3 bowl.wav
        """,
    )


def test_hold_that_is_shorter_than_its_tones() -> None:
    check(
        """\
        title: Demo
        steps:
          - name: Pulse
            hold: 1s
        """,
        """\
        x.coach.yaml:4:5: error E029: a hold of 1 s is shorter than its own tones
            4 |     hold: 1s
              |     ^^^^
          fix: use at least 2s, or  reps: 10  with  pace: 1s
        """,
    )


def test_change_of_footwear_without_a_pause() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        exercises:
          arch-lift: {hold: 5s, footwear: barefoot}
          heel-to-toe: {time: 60s, footwear: shoes}
        steps:
          - arch-lift
          - heel-to-toe
        """,
        """\
        x.coach.yaml:8:5: warning W301: 'heel-to-toe' is done in shoes, but 'arch-lift' before it is barefoot
            8 |   - heel-to-toe
              |     ^^^^^^^^^^^
          fix: put a  wait: Put your shoes on.  between them
        """,
        "warning",
    )


def test_stage_with_closed_eyes() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        exercises:
          balance:
            hold: 20s
            stages:
              free: {how: Stand on one leg.}
              eyes-closed: {how: Stand on one leg and close your eyes.}
        steps:
          - balance
        """,
        """\
        x.coach.yaml:8:7: warning W302: 'eyes-closed' is a stage without 'confirm' or 'caution'
            8 |       eyes-closed: {how: Stand on one leg and close your eyes.}
              |       ^^^^^^^^^^^
          why: closing the eyes is the step where people fall
          fix: add  confirm: true  and a caution line
        """,
        "warning",
    )


def test_routine_without_cautions() -> None:
    check(
        """\
        title: Calf stretch
        steps:
          - hold: 30s
        """,
        """\
        x.coach.yaml:1:1: warning W303: no 'cautions' or 'stop_if'
            1 | title: Calf stretch
              | ^
          fix: add at least  stop_if: [sharp pain]
        """,
        "warning",
    )


def test_dose_far_above_the_library() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        exercises:
          calf-stretch: {hold: 20-30s}
        steps:
          - use: calf-stretch
            hold: 90s
        """,
        """\
        x.coach.yaml:7:11: warning W313: hold: 90s is three times the library's 20-30s for 'calf-stretch'
            7 |     hold: 90s
              |           ^^^
          why: overdoing an exercise can make the inflammation worse
          fix: stay near the range, or copy the exercise under your own name
        """,
        "warning",
    )


def test_exercise_on_one_side_only() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        exercises:
          calf-stretch: {hold: 20-30s, each: leg}
        steps:
          - use: calf-stretch
            side: left
        """,
        """\
        x.coach.yaml:6:5: warning W306: 'calf-stretch' is done on the left only, and never on the right
            6 |   - use: calf-stretch
              |     ^
          fix: write  each: leg  (or  note:  why, with  side: left)
        """,
        "warning",
    )


def test_note_answers_the_warning_about_one_side() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        steps:
          - hold: 20s
            each: leg
            side: left
            note: the right one was operated on
        """,
        "",
        "warning",
    )


def test_what_is_never_used() -> None:
    check(
        """\
        title: Demo
        params:
          rounds: 4
        exercises:
          plank: {hold: 20s}
        steps:
          - rest: 5s
        """,
        """\
        x.coach.yaml:3:3: note I309: parameter 'rounds' is never used
            3 |   rounds: 4
              |   ^^^^^^
        x.coach.yaml:5:3: note I308: exercise 'plank' is never used
            5 |   plank: {hold: 20s}
              |   ^^^^^
        """,
        "note",
    )


def test_own_exercise_takes_the_place_of_an_included_one() -> None:
    check(
        """\
        title: Demo
        include: base.coach.yaml
        exercises:
          plank: {hold: 20s}
        steps:
          - plank
        """,
        """\
        x.coach.yaml:4:3: note I306: 'plank' replaces the one in base.coach.yaml:3
            4 |   plank: {hold: 20s}
              |   ^^^^^
        """,
        "note",
        base="library: base\nexercises:\n  plank: {hold: 30s}\n",
    )


def test_programme() -> None:
    check(
        """\
        programme: Happy feet
        sessions: {morning: feet-morning.coach.yaml}
        """,
        """\
        x.coach.yaml:1:1: error E015: this is a programme, and programmes cannot be played yet
            1 | programme: Happy feet
              | ^^^^^^^^^
          fix: play one of its sessions
        """,
    )


def test_routine_without_a_title() -> None:
    check(
        """\
        steps:
          - rest: 5s
        """,
        """\
        x.coach.yaml:1:1: error E016: this routine has no 'title:'
            1 | steps:
              | ^
          fix: start with  title: My routine
        """,
    )


def test_too_many_steps() -> None:
    script = "title: Demo\nsteps:\n" + "  - rest: 1s\n" * 20_001

    found = reported("x.coach.yaml", {"x.coach.yaml": script})

    assert found == (
        "x.coach.yaml:2:1: error E047: this routine has 20,001 steps with its blocks (limit 20,000)\n"
        "    2 | steps:\n"
        "      | ^^^^^\n"
        "  fix: use  rounds:  instead of copies\n"
    )


def test_blocks_that_insert_each_other() -> None:
    check(
        """\
        title: Demo
        blocks:
          one: [use: {block: two}]
          two: [use: {block: one}]
        steps:
          - use: {block: one}
        """,
        """\
        x.coach.yaml:4:22: error E054: these blocks insert each other: one -> two -> one
            4 |   two: [use: {block: one}]
              |                      ^^^
          fix: write one of them out
        """,
    )


def test_missing_colon_in_the_last_step() -> None:
    check(
        """\
        title: Demo
        steps:
          - hold 30s
        """,
        """\
        x.coach.yaml:3:9: error E005: missing ':' after 'hold'
            3 |   - hold 30s
              |         ^
          fix: write  - hold: 30s
        """,
    )


def test_second_document() -> None:
    check(
        """\
        title: Demo
        steps: [rest: 5s]
        ---
        title: Other
        """,
        """\
        x.coach.yaml:3:1: error E010: a second document starts here
            3 | ---
              | ^^^
          fix: keep one routine a file
        """,
    )


def test_control_character() -> None:
    check(
        "title: Demo\nsteps:\n  - say: ring \x07 bell\n",
        "x.coach.yaml:3:15: error E002: a control character (U+0007) in the text\n"
        "    3 |   - say: ring \\x07 bell\n"
        "      |               ^^^^\n"
        "  fix: delete it; if the whole file looks like this, it is not a script\n",
    )


def test_key_that_does_not_go_with_the_kind() -> None:
    check(
        """\
        title: Demo
        steps:
          - hold: 30s
            audio: 3s
        """,
        """\
        x.coach.yaml:4:5: error E017: 'audio' does not go with 'hold'
            4 |     audio: 3s
              |     ^^^^^
          fix: it goes with: wait
        """,
    )


def test_override_that_makes_two_kinds() -> None:
    check(
        """\
        title: Demo
        exercises: {plank: {hold: 20s}}
        steps:
          - use: plank
            time: 30s
        """,
        """\
        x.coach.yaml:5:5: error E017: an exercise cannot have both 'hold' and 'time'
            5 |     time: 30s
              |     ^^^^
          why: hold is for a position you keep, time for a movement you repeat
          fix: keep one of them
        """,
    )


def test_misspelled_station() -> None:
    check(
        """\
        title: Demo
        stop_if: [sharp pain]
        exercises: {wall-sit: {hold: 20s}}
        steps:
          - wall-sit
          - section: Legs
            work: 30s
            steps: [wall sitt]
        """,
        """\
        x.coach.yaml:8:13: warning W314: 'wall sitt' is read as a plain station; there is an exercise called 'wall-sit'
            8 |     steps: [wall sitt]
              |             ^^^^^^^^^
          fix: did you mean 'wall-sit'?
        """,
        "warning",
    )


def test_deep_brackets() -> None:
    found = reported("x.coach.yaml", {"x.coach.yaml": "title: Demo\nsteps:\n  - say: " + "[" * 100_000})

    assert found.startswith("x.coach.yaml:3:57: error E048: this is nested more than 50 levels deep\n")


def test_huge_file() -> None:
    found = reported("x.coach.yaml", {"x.coach.yaml": b"title: Demo\n" + b"a" * 4_000_000})

    assert found == "x.coach.yaml: error E049: this file is too large: 4,000,012 bytes (limit 4,000,000)\n"


def test_side_outside_every_exercise() -> None:
    check(
        """\
        title: Demo
        steps:
          - say: Now the $side foot
        """,
        """\
        x.coach.yaml:3:10: error E041: there is no $side here: these words belong to no exercise
            3 |   - say: Now the $side foot
              |          ^^^^^^^^^^^^^^^^^^
          fix: take $side out of the text, or move the words into an exercise
        """,
    )


def test_no_break_space_after_a_colon() -> None:
    check(
        "title: Demo\nsteps:\n  - hold:\xa030s\n",
        "x.coach.yaml:3:9: error E064: a no-break space (U+00A0) after 'hold'\n"
        "    3 |   - hold:\xa030s\n"
        "      |         ^\n"
        "  why: it looks like a space but YAML does not treat it as one; often pasted from a web page\n"
        "  fix: retype the space\n",
    )


def test_exercises_that_use_each_other() -> None:
    check(
        """\
        title: Demo
        exercises:
          plank: {use: bridge}
          bridge: {use: plank}
        steps:
          - plank
        """,
        """\
        x.coach.yaml:4:17: error E054: these exercises use each other: plank -> bridge -> plank
            4 |   bridge: {use: plank}
              |                 ^^^^^
          fix: write one of them out
        """,
    )


@pytest.mark.parametrize("step", ["say: '!!!'", "wait: '\U0001f600'", "rest: 5s\n    say: '...'"])
def test_text_without_a_word(step: str) -> None:
    found = reported("x.coach.yaml", {"x.coach.yaml": f"title: T\nsteps:\n  - {step}\n"}, ("error",))

    assert "error E058: there is nothing to say in '" in found
    assert found.endswith("  fix: write words, or take it out\n")
    assert found.count("error") == 1


def test_text_that_is_not_in_the_language_of_the_file() -> None:
    check(
        """\
        title: T
        steps:
          - say: {fr: Bonjour}
        """,
        """\
        x.coach.yaml:3:10: warning W064: there is no text in 'en' here; the one in 'fr' is used
            3 |   - say: {fr: Bonjour}
              |          ^
          fix: add  en: ...
        """,
        severity="warning",
    )
