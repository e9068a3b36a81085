"""The bundled routines: safe, even, and complete."""

from collections import Counter
from pathlib import Path

import pytest

from voicecoach import locations
from voicecoach.compiler.options import Options
from voicecoach.session import estimated, prepare, read_script
from voicecoach.shelf import routines
from voicecoach.speech.choice import speaking
from voicecoach.units import MINUTE

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


LANGUAGES = ("de", "es")
FEET = ("feet-morning", "feet-midday", "feet-evening")
SHORTEST, LONGEST = 10 * MINUTE + 15_000, 14 * MINUTE + 45_000


def test_german_and_spanish_are_complete_and_up_to_date() -> None:
    for name in (*FEET, "feet-library"):
        script = read_script(name, every_language=True)

        assert script.problems == ()
        assert {f"{name}.{lang}.coach-text.yaml" for lang in LANGUAGES} <= {Path(file).name for file in script.sources}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*FEET, "feet-library"])
def test_every_text_of_a_translation_says_which_words_it_was_made_from(name: str, lang: str) -> None:
    """Or a change of the English would go unnoticed."""
    said = read_script(name, lang=lang).said
    assert said is not None
    (translation,) = said.translations

    assert [path for path, entry in translation.by_path.items() if entry.record != translation.said.get(path)] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("dial", [0, 50, 100])
@pytest.mark.parametrize("name", FEET)
def test_a_session_in_another_language_is_whole_and_has_the_same_work(name: str, dial: int, lang: str) -> None:
    script = read_script(name, lang=lang)
    compiled = estimated(script, Options(dial=dial, lang=lang))
    english = estimated(read_script(name), Options(dial=dial)).timeline
    timeline = compiled.timeline
    assert timeline is not None
    assert english is not None

    assert (script.problems, compiled.problems) == ((), ())
    assert [(b.exercise, b.ways, b.end - b.start, b.reps, b.sets) for b in timeline.bouts] == [
        (b.exercise, b.ways, b.end - b.start, b.reps, b.sets) for b in english.bouts
    ]
    spoken = {cue.text for cue in timeline.cues if cue.kind == "speech"}
    assert spoken.isdisjoint(cue.text for cue in english.cues)
    must = Counter(cue.source for cue in timeline.cues if cue.priority == "must")
    assert must == Counter(cue.source for cue in english.cues if cue.priority == "must")


@pytest.mark.parametrize("lang", [None, *LANGUAGES])
@pytest.mark.parametrize("dial", [0, 50, 100])
@pytest.mark.parametrize("name", FEET)
def test_a_session_takes_ten_to_fifteen_minutes(name: str, dial: int, lang: str | None) -> None:
    timeline = estimated(read_script(name), Options(dial=dial, lang=lang)).timeline
    assert timeline is not None

    assert SHORTEST <= timeline.duration <= LONGEST


@pytest.mark.parametrize("lang", [None, *LANGUAGES])
@pytest.mark.parametrize("name", FEET)
def test_a_spoken_session_takes_ten_to_fifteen_minutes(name: str, lang: str | None, shared_cache: Path) -> None:
    with speaking("espeak", shared_cache / "clips") as speaker:
        for dial in (0, 50, 100):
            session = prepare(read_script(name), Options(dial=dial, lang=lang), speaker)

            assert SHORTEST <= session.timeline.duration <= LONGEST
