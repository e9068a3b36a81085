"""Every message of the list of author mistakes, whole, caret included."""

# ruff: noqa: E501

import pytest
from linking import reported

MESSAGES = [
    pytest.param(
        """\
title: Demo
steps:
  - say: Next: calf stretch
""",
        """\
01_colon.yaml:3:14: error E004: a colon followed by a space inside unquoted text
    3 |   - say: Next: calf stretch
      |              ^
  why: YAML read 'Next' as a new key
  fix: put the text in quotes:  say: "Next: calf stretch"
""",
        id="01_colon",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold 30s
    reps: 3
""",
        """\
02_missing_colon.yaml:3:9: error E005: missing ':' after 'hold'
    3 |   - hold 30s
      |         ^
  fix: write  - hold: 30s
""",
        id="02_missing_colon",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
     name: Calf stretch
""",
        """\
03_indent.yaml:4:10: error E006: this line is indented further than the one above it
    4 |      name: Calf stretch
      |          ^
  why: every key of one step must start in the same column
  fix: line it up with 'hold'
""",
        id="03_indent",
    ),
    pytest.param(
        """\
title: Demo
steps:
\t- hold: 30s
""",
        """\
04_tab.yaml:3:1: error E003: tab used for indentation
    3 | \t- hold: 30s
      | ^
  why: YAML only allows spaces for indentation
  fix: replace each tab with two spaces
""",
        id="04_tab",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: *Slowly* now
""",
        """\
05_star.yaml:3:10: error E007: text may not start with '*' unless it is quoted
    3 |   - say: *Slowly* now
      |          ^
  why: YAML reads *word as a reference to an anchor
  fix: put the whole text in double quotes
""",
        id="05_star",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: [left] foot first
""",
        """\
06_bracket.yaml:3:10: error E007: text that starts with [ must be quoted as a whole
    3 |   - say: [left] foot first
      |          ^
  why: YAML reads [ as the start of a list
  fix: put the whole text in double quotes, and write \\" for a quote inside it
""",
        id="06_bracket",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: "Hold it there
""",
        """\
07_quote.yaml:3:10: error E009: this quote is never closed
    3 |   - say: "Hold it there
      |          ^
  fix: add the closing quote
""",
        id="07_quote",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: 'Don't bounce'
""",
        """\
08_apos.yaml:3:10: error E007: text that starts with ' must be quoted as a whole
    3 |   - say: 'Don't bounce'
      |          ^
  why: the quotes end before the text does
  fix: put the whole text in double quotes, and write \\" for a quote inside it
""",
        id="08_apos",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - name: Plank
    hold: 30s
    reps: 3
    hold: 20s
""",
        """\
09_dup.yaml:6:5: error E008: 'hold' is given twice in the same block
    6 |     hold: 20s
      |     ^^^^
  why: first given at 09_dup.yaml:4:5; YAML would silently keep only the second
  fix: delete one of them, or start a new step with '- '
""",
        id="09_dup",
    ),
    pytest.param(
        """\
title: Demo
steps:
  -hold: 30s
""",
        """\
10_nodash_space.yaml:3:3: error E012: no space after '-' in '-hold:'
    3 |   -hold: 30s
      |   ^^^^^
  why: a step is a dash, a space, then the key
  fix: write  - hold: 30s
""",
        id="10_nodash_space",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30
""",
        """\
11_unit.yaml:3:11: error E020: 'hold: 30' has no unit
    3 |   - hold: 30
      |           ^^
  why: 30 could mean seconds, minutes or repetitions
  fix: write  hold: 30s   (or 30m)
""",
        id="11_unit",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30-20s
""",
        """\
12_range.yaml:3:11: error E022: the range '30-20s' runs backwards
    3 |   - hold: 30-20s
      |           ^^^^^^
  why: the smaller value comes first
  fix: write  hold: 20-30s
""",
        id="12_range",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: half a minute
""",
        """\
13_duration.yaml:3:11: error E021: 'half a minute' is not a duration
    3 |   - hold: half a minute
      |           ^^^^^^^^^^^^^
  fix: use forms like 30s, 1m30s, 1:30 or 20-30s
""",
        id="13_duration",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    repps: 3
""",
        """\
14_typo_key.yaml:4:5: error E011: unknown key 'repps' in step
    4 |     repps: 3
      |     ^^^^^
  fix: did you mean 'reps'?  (your own keys may start with x-)
""",
        id="14_typo_key",
    ),
    pytest.param(
        """\
titel: Demo
steps:
  - hold: 30s
""",
        """\
15_typo_top.yaml:1:1: error E011: unknown key 'titel' in routine
    1 | titel: Demo
      | ^^^^^
  fix: did you mean 'title'?  (your own keys may start with x-)
""",
        id="15_typo_top",
    ),
    pytest.param(
        """\
title: Demo
exercises:
  calf-stretch: {hold: 20-30s}
steps:
  - use: calf-strech
""",
        """\
16_unknown_use.yaml:5:10: error E030: there is no exercise called 'calf-strech'
    5 |   - use: calf-strech
      |          ^^^^^^^^^^^
  fix: did you mean 'calf-stretch'?
""",
        id="16_unknown_use",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - reps: 30s
""",
        """\
17_reps_time.yaml:3:11: error E023: 'reps' counts repetitions, but '30s' is a time
    3 |   - reps: 30s
      |           ^^^
  fix: for a timed bout write  time: 30s   (or hold: 30s for a position you keep)
""",
        id="17_reps_time",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    each: both sides
""",
        """\
18_each.yaml:4:11: error E033: 'each: both sides' is not a known body part
    4 |     each: both sides
      |           ^^^^^^^^^^
  fix: did you mean 'side'? known: side, foot, leg, arm, hand, knee, hip, ankle, shoulder, direction; or give your own list: each: [front, back]
""",
        id="18_each",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    cues:
      halfway: Halfway
""",
        """\
19_cue.yaml:5:7: error E036: cannot read the cue time 'halfway'
    5 |       halfway: Halfway
      |       ^^^^^^^
  fix: did you mean 'half'? use: start, half, end, at 10s, at 50%, every 10s, every 5 reps, rep 3, 10s left, countdown
""",
        id="19_cue",
    ),
    pytest.param(
        """\
title: Demo
params: {rounds: 3}
steps:
  - reps: $round
""",
        """\
21_param.yaml:4:11: error E040: unknown parameter '$round'
    4 |   - reps: $round
      |           ^^^^^^
  fix: did you mean $rounds?
""",
        id="21_param",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    each: leg
    how: Put your $sid foot forward
""",
        """\
22_var.yaml:5:10: error E041: unknown word '$sid' in spoken text
    5 |     how: Put your $sid foot forward
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^
  fix: did you mean $side?
""",
        id="22_var",
    ),
    pytest.param(
        """\
title: Demo
include: lib/feet-libary.coach.yaml
steps:
  - use: calf-stretch
""",
        """\
23_include.yaml:2:10: error E050: cannot find the included file 'lib/feet-libary.coach.yaml'
    2 | include: lib/feet-libary.coach.yaml
      |          ^^^^^^^^^^^^^^^^^^^^^^^^^^
  why: looked for lib/feet-libary.coach.yaml
23_include.yaml:4:10: error E030: there is no exercise called 'calf-stretch'
    4 |   - use: calf-stretch
      |          ^^^^^^^^^^^^
  fix: known exercises: none; include a library or add exercises:
""",
        id="23_include",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: Hello
    wait: Press space
""",
        """\
24_two_kinds.yaml:3:5: error E017: one step cannot be both 'say' and 'wait'
    3 |   - say: Hello
      |     ^
  fix: split it into two steps
""",
        id="24_two_kinds",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - name: Squats
""",
        """\
25_nothing.yaml:3:5: error E018: this step does not say what to do
    3 |   - name: Squats
      |     ^
  why: a step needs one of: use, hold, reps, time, rest, say, tone, wait, breathe, section
  fix: add for example  hold: 30s
""",
        id="25_nothing",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    when: level > gentle
""",
        """\
26_when.yaml:4:11: error E042: cannot read the condition 'level > gentle'
    4 |     when: level > gentle
      |           ^^^^^^^^^^^^^^
  fix: use forms like  level at least steady,  have towel,  not have marbles,  joined with and / or
""",
        id="26_when",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 30s
    when: level at least medium
""",
        """\
27_level.yaml:4:11: error E043: unknown level 'medium'
    4 |     when: level at least medium
      |           ^^^^^^^^^^^^^^^^^^^^^
  fix: levels are gentle, steady, strong
""",
        id="27_level",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - breathe: box
""",
        """\
28_breathe.yaml:3:14: error E026: 'box' is not a breath pattern
    3 |   - breathe: box
      |              ^^^
  fix: write 2 to 4 counts, such as 4-4-4-4 (in-hold-out-hold) or 4-6 (in-out)
""",
        id="28_breathe",
    ),
    pytest.param(
        """\
title: Demo
step:
  - hold: 30s
""",
        """\
29_nosteps.yaml:1:1: error E014: this routine has no 'steps:'
    1 | title: Demo
      | ^
  fix: add  steps:  followed by lines that start with  -
29_nosteps.yaml:2:1: error E011: unknown key 'step' in routine
    2 | step:
      | ^^^^
  fix: did you mean 'steps'?  (your own keys may start with x-)
""",
        id="29_nosteps",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - reps: 0
""",
        """\
30_zero.yaml:3:11: error E024: 'reps' must be at least 1
    3 |   - reps: 0
      |           ^
  fix: delete the step if you do not want it
""",
        id="30_zero",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - hold: 20s
    time: 30s
""",
        """\
31_holdtime.yaml:3:5: error E017: an exercise cannot have both 'hold' and 'time'
    3 |   - hold: 20s
      |     ^
  why: hold is for a position you keep, time for a movement you repeat
  fix: keep one of them
""",
        id="31_holdtime",
    ),
    pytest.param(
        """\
title: Demo
exercises: {one-leg-balance: {hold: 20s, stages: {supported: , free: , eyes-closed: {confirm: true, caution: Open them}}}}
steps:
  - use: one-leg-balance
    stage: closed-eyes
""",
        """\
32_stage.yaml:5:12: error E031: 'one-leg-balance' has no stage 'closed-eyes'
    5 |     stage: closed-eyes
      |            ^^^^^^^^^^^
  fix: stages: supported, free, eyes-closed
""",
        id="32_stage",
    ),
    pytest.param(
        "",
        """\
34_empty.yaml:1:1: error E001: the file is empty
  fix: start with:  title: My routine
""",
        id="34_empty",
    ),
    pytest.param(
        """\
- hold: 30s
""",
        """\
35_list_top.yaml:1:1: error E013: a routine is a set of  key: value  lines at the top level
    1 | - hold: 30s
      | ^
  fix: start with  title: My routine  and a  steps:  list
""",
        id="35_list_top",
    ),
    pytest.param(
        """\
title: Demo
steps:
  - say: @home version
""",
        """\
36_undecl_at.yaml:3:10: error E007: text may not start with '@' unless it is quoted
    3 |   - say: @home version
      |          ^
  why: that character has a special meaning in YAML
  fix: put the whole text in double quotes
""",
        id="36_undecl_at",
    ),
]


@pytest.mark.parametrize(("script", "message"), MESSAGES)
def test_mistake_is_reported_exactly_so(request: pytest.FixtureRequest, script: str, message: str) -> None:
    name = request.node.callspec.id + ".yaml"

    found = reported(name, {name: script})

    assert found == message
