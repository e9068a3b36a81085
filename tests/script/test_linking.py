"""What a script becomes: use, override, include, parameters, blocks, stations."""

from pathlib import Path

import pytest
from linking import linked, reported, routine

from voicecoach.routine import BreatheStep, CueTime, Range, RestStep, SayStep, Section, WaitStep, WorkStep
from voicecoach.script.linker import OutsideError, link

LIBRARY = """\
library: feet
title: Feet
exercises:
  calf-stretch:
    name: Calf stretch
    hold: 20-30s
    reps: 3-4
    each: leg
    how: Put your $side leg back.
    cues: {half: Heel down, at 5s: Breathe}
"""


def test_six_lines_are_a_routine() -> None:
    script = "title: Calf stretch\nsteps:\n  - name: Calf stretch\n    hold: 30s\n    reps: 3\n    each: leg\n"

    found = routine(script)

    (step,) = found.steps
    assert isinstance(step, WorkStep)
    assert step.kind == "hold"
    assert step.exercise.hold is not None
    assert step.exercise.hold.levels == ((0, Range(30_000, 30_000)),)
    assert found.id == "x"
    assert found.lang == "en"


def test_use_overrides_key_by_key_and_merges_cues() -> None:
    script = """\
title: Demo
include: feet.coach.yaml
steps:
  - use: calf-stretch
    hold: 15-20s
    cues: {half: false, start: Ready}
"""

    (step,) = routine(script, feet=LIBRARY).steps

    assert isinstance(step, WorkStep)
    assert step.library is not None
    assert step.library.hold is not None
    assert step.library.hold.text == "20-30s"
    assert step.exercise.hold is not None
    assert step.exercise.hold.text == "15-20s"
    assert step.exercise.id == "calf-stretch"
    assert [(rule.key, rule.removed) for rule in step.exercise.cues] == [
        ("half", True),
        ("at 5s", False),
        ("start", False),
    ]
    assert step.exercise.place("hold").file == "x.coach.yaml"
    assert step.exercise.place("each").file == "feet.coach.yaml"


def test_exercise_is_found_by_bare_and_by_full_id() -> None:
    script = "title: Demo\ninclude: feet.coach.yaml\nsteps: [calf-stretch, feet/calf-stretch]\n"

    found = routine(script, feet=LIBRARY)

    assert {"calf-stretch", "feet/calf-stretch"} <= set(found.exercises)
    assert [step.exercise.id for step in found.steps if isinstance(step, WorkStep)] == ["calf-stretch"] * 2


def test_exercise_may_build_on_another() -> None:
    script = """\
title: Demo
exercises:
  plank: {name: Plank, hold: 20s, how: Hold still.}
  side-plank: {use: plank, name: Side plank, each: side}
steps: [side-plank]
"""

    (step,) = routine(script).steps

    assert isinstance(step, WorkStep)
    assert step.exercise.name is not None
    assert step.exercise.name.lines == ("Side plank",)
    assert step.exercise.how is not None
    assert step.exercise.hold is not None


def test_instead_means_the_exercise_of_its_own_library() -> None:
    base = "library: base\nexercises:\n  lift: {reps: 8, needs: [weight], instead: raise}\n  raise: {reps: 8}\n"
    script = "title: Demo\ninclude: base.coach.yaml\nexercises:\n  raise: {hold: 5s}\nsteps: [lift, raise]\n"

    found = routine(script, base=base)

    assert found.exercises["lift"].instead == "base/raise"
    assert found.exercises["base/raise"].reps is not None


def test_parameter_replaces_a_value_and_can_be_set() -> None:
    script = (
        "title: Demo\nparams:\n  n: {default: 8-12, min: 4, max: 20}\nsteps:\n  - reps: $n\n    how: Do $n of them.\n"
    )

    result = linked("x.yaml", {"x.yaml": script}, settings={"n": "10"})

    assert result.routine is not None
    (step,) = result.routine.steps
    assert isinstance(step, WorkStep)
    assert step.exercise.reps is not None
    assert step.exercise.reps.levels == ((0, Range(10, 10)),)
    assert step.exercise.reps.span.line == 5
    assert result.routine.params["n"].text == "10"
    assert result.routine.params["n"].unit == "count"


def test_plain_text_is_a_station_only_where_there_is_work() -> None:
    script = """\
title: Demo
steps:
  - section: Legs
    rounds: 2
    work: 40s
    steps: [step-ups, mountain climbers]
"""

    (section,) = routine(script).steps

    assert isinstance(section, Section)
    stations = [step for step in section.steps if isinstance(step, WorkStep)]
    assert [step.exercise.name.lines[0] for step in stations if step.exercise.name] == ["Step ups", "Mountain climbers"]
    assert all(step.plain and step.kind == "time" for step in stations)
    assert "there is no exercise called 'step-ups'" in reported(
        "x.yaml", {"x.yaml": "title: Demo\nsteps: [step-ups]\n"}
    )


def test_block_becomes_a_nameless_section() -> None:
    script = """\
title: Demo
blocks:
  warm-up:
    - rest: 5s
    - say: Go.
steps:
  - use: {block: warm-up}
    when: level is strong
"""

    (section,) = routine(script).steps

    assert isinstance(section, Section)
    assert section.title is None
    assert section.head.when is not None
    assert [type(step) for step in section.steps] == [RestStep, SayStep]


def test_text_by_language() -> None:
    script = "title: {de: Wadendehnung, en: Calf stretch}\nlang: en-GB\nsteps:\n  - say: [One., Two.]\n"

    found = routine(script)

    assert found.title.lines == ("Calf stretch",)
    assert found.title.turn(0, "de-AT") == "Wadendehnung"
    assert isinstance(found.steps[0], SayStep)
    assert found.steps[0].text.lines == ("One.", "Two.")


def test_wait_and_breathe() -> None:
    script = "title: Demo\nsteps:\n  - wait: Ready?\n    audio: 20s\n  - breathe: {in: 4s, out: 6s}\n    words: 2\n"

    wait, breathe = routine(script).steps

    assert isinstance(wait, WaitStep)
    assert (wait.audio, wait.longest) == (20_000, None)
    assert isinstance(breathe, BreatheStep)
    assert breathe.length is not None
    assert breathe.length.levels == ((0, Range(60_000, 60_000)),)
    assert breathe.words == 2


def test_countdown_and_must_cues() -> None:
    script = """\
title: Demo
steps:
  - hold: 30s
    cues: {countdown: 5, at 8s: {say: Careful, must: true}, at 9s: {tone: soft}}
"""

    (step,) = routine(script).steps

    assert isinstance(step, WorkStep)
    countdown, careful, soft = step.exercise.cues
    assert countdown.count == 5
    assert careful.must
    assert careful.when == CueTime("at", 8_000)
    assert soft.tone is not None


def test_yaml_does_not_guess_types() -> None:
    script = "title: No\nsteps:\n  - say: Yes\n  - name: 0210\n    hold: 0:45\n    note: 2024-10-12\n    x-mine: {}\n"

    say, work = routine(script).steps

    assert isinstance(say, SayStep)
    assert say.text.lines == ("Yes",)
    assert isinstance(work, WorkStep)
    assert work.exercise.hold is not None
    assert work.exercise.hold.levels == ((0, Range(45_000, 45_000)),)


def test_merge_keys_and_anchors() -> None:
    script = (
        "title: Demo\nsteps:\n  - &plank\n    name: Plank\n    hold: 20s\n  - <<: *plank\n    hold: 30s\n  - *plank\n"
    )

    holds = [s.exercise.hold.text for s in routine(script).steps if isinstance(s, WorkStep) and s.exercise.hold]

    assert holds == ["20s", "30s", "20s"]


def test_windows_line_ends_and_byte_order_mark() -> None:
    result = linked(
        "x.yaml", {"x.yaml": b"\xef\xbb\xbftitle: Demo\r\nsteps:\r\n  - say: >\r\n      One\r\n      two.\r\n"}
    )

    assert result.routine is not None
    assert isinstance(result.routine.steps[0], SayStep)
    assert result.routine.steps[0].text.lines == ("One two.",)


def test_library_alone_has_no_routine_and_no_error() -> None:
    result = linked("feet.coach.yaml", {"feet.coach.yaml": LIBRARY})

    assert result.kind == "library"
    assert result.routine is None
    assert result.problems == ()


def test_include_is_relative_to_its_file_and_stays_among_the_bundled() -> None:
    files = {
        "a/x.yaml": "title: Demo\ninclude: [lib/one.yaml, voicecoach:feet]\nsteps: [squat, calf-stretch, toe]\n",
        "a/lib/one.yaml": "library: one\nexercises: {squat: {reps: 8}}\n",
        "voicecoach:feet": LIBRARY.replace("title: Feet", "include: toes.coach.yaml"),
        "voicecoach:toes": "library: toes\nexercises: {toe: {hold: 5s}}\n",
    }

    result = linked("a/x.yaml", files)

    assert result.problems[0].code == "W303"
    assert set(result.sources) == set(files)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (FileNotFoundError("x"), "cannot find the included file 'lib.yaml'"),
        (IsADirectoryError("x"), "'lib.yaml' is a folder, not a file"),
        (PermissionError(13, "Permission denied"), "cannot read the included file 'lib.yaml': Permission denied"),
        (OutsideError(), "'lib.yaml' is outside this project"),
    ],
)
def test_file_that_cannot_be_read_is_a_problem(error: Exception, message: str) -> None:
    def read(name: str) -> bytes:
        if name == "x.yaml":
            return b"title: Demo\ninclude: lib.yaml\nsteps: [rest: 5s]\n"
        raise error

    result = link("x.yaml", read)

    assert [problem.what for problem in result.problems] == [message]


def test_outside_is_read_if_allowed() -> None:
    files = {
        "x.yaml": "title: Demo\ninclude: ../lib.yaml\nsteps: [plank]\n",
        "../lib.yaml": "library: l\nexercises: {plank: {hold: 5s}}\n",
    }

    result = linked("x.yaml", files, allow_outside=True)

    assert result.routine is not None


def test_bundled_scripts_have_no_errors() -> None:
    folder = Path(__file__).parents[2] / "scripts"

    def read(name: str) -> bytes:
        file = f"{name.removeprefix('voicecoach:')}-library.coach.yaml" if ":" in name else name
        return (folder / file).read_bytes()

    for path in folder.glob("*.coach.yaml"):
        result = link(path.name, read)

        assert not [problem for problem in result.problems if problem.severity == "error"], path.name


def test_one_side_needs_no_each() -> None:
    script = "title: Demo\nsteps:\n  - hold: 20s\n    side: left\n    how: Lift the $side arm.\n    note: as agreed\n"

    (step,) = routine(script).steps

    assert isinstance(step, WorkStep)
    assert step.exercise.side == "left"


def test_own_words_for_a_built_in_line() -> None:
    script = (
        'title: Demo\nphrases: {stop_if: "Stop with $signs.", switch: "Other side: $side $noun."}\nsteps: [rest: 5s]\n'
    )

    assert set(routine(script).phrases) == {"stop_if", "switch"}
