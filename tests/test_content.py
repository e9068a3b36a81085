"""The bundled routines: safe, even, and complete."""

from collections import Counter
from pathlib import Path

import pytest

from voicecoach import locations
from voicecoach.compiler.options import Options
from voicecoach.session import estimated, read_script
from voicecoach.shelf import routines

NINE = {
    "calf-stretch",
    "arch-stretch",
    "toe-stretch",
    "towel-scrunch",
    "marble-pickup",
    "arch-lift",
    "one-leg-balance",
    "heel-to-toe",
    "ankle-circles",
}
BUNDLED = sorted(path.name for path in locations.bundled_scripts().glob("*.coach.yaml") if "library" not in path.name)


def test_every_bundled_routine_can_be_named(user_folders: Path) -> None:
    named = {shelved.path.name for shelved in routines() if shelved.kind == "bundled"}

    assert named == set(BUNDLED)
    assert {"feet-morning", "feet-midday", "feet-evening", "minimal", "tabata", "box-breathing"} <= {
        locations.without_suffix(name) for name in named
    }


@pytest.mark.parametrize("name", BUNDLED)
def test_a_bundled_routine_has_no_problem_of_any_kind(name: str) -> None:
    script = read_script(str(locations.bundled_scripts() / name))

    assert script.problems == ()
    for dial in (0, 50, 100):
        assert estimated(script, Options(dial=dial)).problems == ()


def test_the_feet_routines_hold_all_nine_exercises() -> None:
    done = set()
    for name in ("feet-morning", "feet-midday", "feet-evening"):
        timeline = estimated(read_script(name), Options()).timeline
        assert timeline is not None
        done |= {bout.exercise for bout in timeline.bouts if bout.kind != "breathe"}

    assert done == NINE


@pytest.mark.parametrize("dial", range(0, 101, 10))
@pytest.mark.parametrize("name", BUNDLED)
def test_left_and_right_get_equal_work_to_the_millisecond(name: str, dial: int) -> None:
    timeline = estimated(read_script(str(locations.bundled_scripts() / name)), Options(dial=dial)).timeline
    assert timeline is not None

    work: Counter[tuple[str, str]] = Counter()
    for bout in timeline.bouts:
        for _, way in bout.ways:
            work[bout.exercise, way] += bout.end - bout.start

    for (exercise, way), length in work.items():
        other = {"left": "right", "right": "left"}.get(way)
        assert other is None or work[exercise, other] == length


@pytest.mark.parametrize("name", ["feet-morning", "feet-midday", "feet-evening"])
def test_work_never_shrinks_as_the_dial_rises(name: str) -> None:
    script = read_script(name)

    lengths = []
    for dial in range(0, 101, 5):
        timeline = estimated(script, Options(dial=dial)).timeline
        assert timeline is not None
        lengths.append(sum(bout.end - bout.start for bout in timeline.bouts if bout.kind != "breathe"))

    assert lengths == sorted(lengths)


def test_every_dose_of_the_library_says_where_it_comes_from() -> None:
    text = (locations.bundled_scripts() / "feet-library.coach.yaml").read_text(encoding="utf-8")

    doses = [
        line
        for line in text.splitlines()
        if line.startswith("    ") and line.strip().split(":")[0] in {"hold", "reps", "time", "sets", "pace", "each"}
    ]
    assert len(doses) > 20
    assert [line for line in doses if "# article" not in line and "# ours" not in line] == []
