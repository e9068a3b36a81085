"""Translations beside a script: what is taken from them, and every message about them."""

import pytest

from tests.script.linking import linked
from tests.script.translating import GERMAN, NAME, SCRIPT, SIDECAR, messages, translated
from voicecoach import report
from voicecoach.routine import SayStep, Text, WorkStep
from voicecoach.source import NOWHERE


def test_a_translation_without_a_mistake_says_nothing() -> None:
    assert messages(GERMAN) == ""


def test_every_text_is_said_in_its_language_and_stays_in_its_own() -> None:
    routine = translated({NAME: SCRIPT, SIDECAR: GERMAN}, lang="de").routine
    assert routine is not None
    work, say = routine.steps
    assert isinstance(work, WorkStep)
    assert isinstance(say, SayStep)

    texts = [routine.title, routine.stop_if[0], work.exercise.name, work.exercise.cues[0].text, say.text]

    assert [text.turn(0, "de-AT") for text in texts if text] == [
        "Waden", "stechenden Schmerz", "Wadendehnung", "Ferse am Boden", "Schüttle die Beine aus.",
    ]  # fmt: skip
    assert [text.turn(0, "en") for text in texts if text] == [
        "Calves", "sharp pain", "Calf stretch", "Heel down", "Shake your legs.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "there", "said"),
    [
        ("de-AT", ("de", "de-AT"), "de-AT"),
        ("de-AT", ("de-CH", "de"), "de"),
        ("de", ("de-CH",), "de-CH"),
        ("DE", ("de",), "de"),
        ("de-AT", ("es",), "en"),
    ],
)
def test_the_nearest_language_is_taken(asked: str, there: tuple[str, ...], said: str) -> None:
    text = Text(("en",), NOWHERE, tuple((tag, (tag,)) for tag in there))

    assert text.turn(0, asked) == said


def test_the_script_s_own_region_wins_over_a_translation_into_another() -> None:
    files = {NAME: f"lang: en-GB\n{SCRIPT}", "x.en-US.coach-text.yaml": "title: Calfs\n"}
    routine = translated(files, every_language=True).routine
    assert routine is not None

    assert [routine.title.turn(0, tag) for tag in ("en-GB", "en-US", "de")] == ["Calves", "Calfs", "Calves"]


def test_a_routine_in_another_language_takes_the_library_in_its_own() -> None:
    files = {
        NAME: "title: Meine\nlang: de\nstop_if: [Schmerz]\ninclude: l.coach.yaml\nsteps: [plank]\n",
        "l.coach.yaml": "library: l\nexercises:\n  plank: {name: Plank, hold: 20s}\n",
        "l.de.coach-text.yaml": "exercises:\n  plank: {name: Brett}\n",
    }

    found = translated(files)

    assert found.problems == ()
    assert found.routine is not None
    name = found.routine.exercises["plank"].name
    assert name is not None
    assert name.turn(0, "de") == "Brett"


def test_an_included_routine_has_words_for_steps_nobody_reads() -> None:
    files = {
        NAME: "title: {en: T, de: T}\nstop_if: [{en: x, de: x}]\ninclude: other.coach.yaml\nsteps: [calf-stretch]\n",
        "other.coach.yaml": SCRIPT,
        "other.de.coach-text.yaml": GERMAN,
    }

    assert translated(files, lang="de").problems == ()


def test_translations_are_read_only_when_they_are_spoken() -> None:
    found = linked(NAME, {NAME: SCRIPT, SIDECAR: "!"}, sidecars=lambda _: {"de": SIDECAR}, lang="en")

    assert found.problems == ()
    assert SIDECAR not in found.sources


def test_texts_that_are_missing() -> None:
    assert messages(GERMAN.replace("title: Waden\n", "").replace("Ferse am Boden", "")) == (
        "x.de.coach-text.yaml: warning W067: 2 texts have no German translation: calf-stretch.cues.half, title\n"
        "  why: they will be spoken in English\n"
        "  fix: voicecoach strings x.coach.yaml --lang de  adds to the file what is missing\n"
    )


def test_a_single_text_that_is_missing() -> None:
    assert messages(GERMAN.replace(", de: Schüttle die Beine aus.", "")) == (
        'x.de.coach-text.yaml: warning W067: 1 text has no German translation: "Shake your legs."\n'
        "  why: it will be spoken in English\n"
        "  fix: voicecoach strings x.coach.yaml --lang de  adds to the file what is missing\n"
    )


def test_a_language_without_any_translation() -> None:
    found = translated({NAME: SCRIPT}, lang="fr")

    assert report.texts(found.problems, found.sources) == (
        "x.coach.yaml: warning W067: 6 texts have no French translation: calf-stretch.name, calf-stretch.brief, "
        'calf-stretch.cues.half, title, "sharp pain", "Shake your legs."\n'
        "  why: they will be spoken in English\n"
        "  fix: voicecoach strings x.coach.yaml --lang fr  writes a file for them\n"
    )


def test_a_way_of_the_author_s_own_that_is_missing() -> None:
    script = SCRIPT.replace("each: leg", "each: {toes: [toes ahead, toes in]}").replace("$Side leg back", "Back")

    assert "1 text has no German translation: axes.toes.toes in\n" in messages(
        GERMAN.replace("$Side Bein", "Bein") + "axes: {toes: {toes ahead: Zehen nach vorn}}\n", script
    )


def test_texts_by_language_in_the_script_need_no_file() -> None:
    script = "title: {en: Rest, de: Pause}\nsteps:\n  - rest: 5s\n"

    assert translated({NAME: script}, lang="de").problems == ()


def test_an_exercise_that_does_not_exist() -> None:
    assert messages(GERMAN.replace("texts:", "  calf-strech: {name: Wade}\ntexts:")) == (
        "x.de.coach-text.yaml:7:17: warning W066: 'calf-strech' does not exist in x.coach.yaml\n"
        "    7 |   calf-strech: {name: Wade}\n"
        "      |                 ^^^^\n"
        "  fix: did you mean 'calf-stretch'?\n"
    )


def test_a_text_the_exercise_does_not_have() -> None:
    assert messages(GERMAN.replace("{half:", "{at 12s: Gleich, half:")) == (
        "x.de.coach-text.yaml:6:12: warning W066: 'calf-stretch.cues.at 12s' does not exist in x.coach.yaml\n"
        "    6 |     cues: {at 12s: Gleich, half: Ferse am Boden}\n"
        "      |            ^^^^^^\n"
        "  fix: did you mean 'calf-stretch.cues.half'?\n"
    )


def test_cue_times_are_the_same_in_any_spelling() -> None:
    assert messages(GERMAN.replace("{half:", "{at 50 %:")) == ""


def test_an_axis_and_a_way_that_do_not_exist() -> None:
    assert messages(GERMAN + "axes: {leg: {lift: linkes}, lag: {left: linkes}}\n") == (
        "x.de.coach-text.yaml:10:14: warning W066: 'leg' has no way 'lift'\n"
        "   10 | axes: {leg: {lift: linkes}, lag: {left: linkes}}\n"
        "      |              ^^^^\n"
        "  fix: did you mean 'left'?\n"
        "x.de.coach-text.yaml:10:35: warning W066: there is no axis 'lag' in x.coach.yaml\n"
        "   10 | axes: {leg: {lift: linkes}, lag: {left: linkes}}\n"
        "      |                                   ^^^^\n"
        "  fix: did you mean 'leg'?\n"
    )


def test_a_text_that_has_changed() -> None:
    german = GERMAN.replace("    name:", "    # en: Calf strech\n    name:")

    assert messages(german) == (
        "x.de.coach-text.yaml:5:5: warning W068: the English text has changed since this was translated\n"
        "    5 |     name: Wadendehnung\n"
        "      |     ^^^^\n"
        '  why: it was made from "Calf strech"\n'
        "  fix: voicecoach strings x.coach.yaml --lang de  writes above it what is said now\n"
    )


def test_a_changed_text_nobody_has_looked_at_yet() -> None:
    german = GERMAN.replace("    name:", "    # en: Calf stretch\n    # was: Calf strech\n    name:")

    assert messages(german) == (
        "x.de.coach-text.yaml:6:5: warning W068: the English text has changed since this was translated\n"
        "    6 |     name: Wadendehnung\n"
        "      |     ^^^^\n"
        '  why: it was made from "Calf strech"\n'
        "  fix: bring this up to date, then delete the comment  # was:  above it\n"
    )


def test_a_comment_that_tells_what_is_said_today_is_no_news() -> None:
    assert messages(GERMAN.replace("    name:", "    # Muskel\n    # en: Calf stretch\n    name:")) == ""


def test_words_the_script_does_not_say() -> None:
    assert messages(GERMAN.replace("en: Shake your legs.,", "en: Shake your leg,")) == (
        'x.de.coach-text.yaml: warning W067: 1 text has no German translation: "Shake your legs."\n'
        "  why: it will be spoken in English\n"
        "  fix: voicecoach strings x.coach.yaml --lang de  adds to the file what is missing\n"
        'x.de.coach-text.yaml:9:6: warning W069: "Shake your leg" is not said in x.coach.yaml\n'
        "    9 |   - {en: Shake your leg, de: Schüttle die Beine aus.}\n"
        "      |      ^^\n"
        '  fix: did you mean "Shake your legs."?\n'
    )


def test_a_dose_in_a_translation() -> None:
    assert messages(GERMAN.replace("    name:", "    hold: 60s\n    name:")) == (
        "x.de.coach-text.yaml:4:5: error E067: 'hold' is no text, and a translation changes nothing else\n"
        "    4 |     hold: 60s\n"
        "      |     ^^^^\n"
        "  fix: change it in the script, or delete it here; texts are brief, caution, finish, how, name, short, why, "
        "cues\n"
    )


def test_a_misspelt_text() -> None:
    assert messages(GERMAN.replace("brief:", "breif:")).startswith(
        "x.de.coach-text.yaml: warning W067: 1 text has no German translation: calf-stretch.brief\n"
        "  why: it will be spoken in English\n"
        "  fix: voicecoach strings x.coach.yaml --lang de  adds to the file what is missing\n"
        "x.de.coach-text.yaml:5:5: error E011: unknown key 'breif' in translation of an exercise\n"
        "    5 |     breif: $Side Bein nach hinten.\n"
        "      |     ^^^^^\n"
        "  fix: did you mean 'brief'?  (your own keys may start with x-)\n"
    )


def test_another_language_than_the_name_of_the_file() -> None:
    assert messages("lang: es\n" + GERMAN) == (
        "x.de.coach-text.yaml:1:7: error E068: 'lang: es' does not fit the name of this file, which says de\n"
        "    1 | lang: es\n"
        "      |       ^^\n"
        "  fix: write  lang: de  or rename the file\n"
    )


def test_another_script_than_the_name_of_the_file() -> None:
    assert messages("translates: feet.coach.yaml\n" + GERMAN) == (
        "x.de.coach-text.yaml:1:13: error E068: 'translates: feet.coach.yaml' does not fit the name of this file\n"
        "    1 | translates: feet.coach.yaml\n"
        "      |             ^^^^^^^^^^^^^^^\n"
        "  fix: write  translates: x.coach.yaml  or give the file the other script's name\n"
    )


def test_a_pair_without_the_words_of_the_script() -> None:
    assert messages(GERMAN + "  - {de: Weiter}\n") == (
        "x.de.coach-text.yaml:10:6: error E018: this pair does not say which words it translates: 'en' is missing\n"
        "   10 |   - {de: Weiter}\n"
        "      |      ^^\n"
        "  fix: add  en: the words of the script\n"
    )


def test_a_pair_in_a_third_language() -> None:
    assert messages(GERMAN + "  - {en: Go, fr: Allez}\n").startswith(
        'x.de.coach-text.yaml:10:6: warning W069: "Go" is not said in x.coach.yaml\n'
        "   10 |   - {en: Go, fr: Allez}\n"
        "      |      ^^\n"
        "  fix: delete it if it is of no use any more\n"
        "x.de.coach-text.yaml:10:14: error E011: unknown key 'fr' in texts\n"
        "   10 |   - {en: Go, fr: Allez}\n"
        "      |              ^^\n"
        "  fix: a pair has the words of the script under en: and yours under de:\n"
    )


def test_the_same_words_translated_twice() -> None:
    assert messages(GERMAN + "  - {en: sharp pain, de: Stechen}\n") == (
        "x.de.coach-text.yaml:10:6: error E008: these words are translated twice\n"
        "   10 |   - {en: sharp pain, de: Stechen}\n"
        "      |      ^^\n"
        "  why: first at x.de.coach-text.yaml:8:6\n"
        "  fix: keep one of them\n"
    )


def test_an_unknown_word_is_shown_where_it_is_written() -> None:
    assert messages(GERMAN.replace("$Side Bein", "$Sied Bein")) == (
        "x.de.coach-text.yaml:5:5: error E041: unknown word '$Sied' in spoken text\n"
        "    5 |     brief: $Sied Bein nach hinten.\n"
        "      |     ^^^^^\n"
        "  fix: did you mean $side?\n"
    )


def test_a_way_as_a_map_without_its_own_form() -> None:
    assert messages(GERMAN + "axes: {leg: {left: {dative: linken}}}\n") == (
        "x.de.coach-text.yaml:10:14: error E018: 'left' has no 'name'\n"
        "   10 | axes: {leg: {left: {dative: linken}}}\n"
        "      |              ^^^^\n"
        "  fix: add  name: the form it has on its own\n"
    )


@pytest.mark.parametrize(
    ("german", "code"),
    [
        ("- a list\n", "E013"),
        ("exercises: [calf-stretch]\n", "E019"),
        ("exercises: {calf-stretch: Wade}\n", "E019"),
        ("exercises: {calf-stretch: {cues: [a]}}\n", "E019"),
        ("exercises: {calf-stretch: {stages: [a]}}\n", "E019"),
        ("exercises: {calf-stretch: {name: {a: b}}}\n", "E019"),
        ("texts: {en: a}\n", "E019"),
        ("texts: [a]\n", "E019"),
        ("texts: [{en: [a], de: b}]\n", "E019"),
        ("axes: [leg]\n", "E019"),
        ("axes: {leg: links}\n", "E019"),
        ("steps: []\n", "E011"),
        ("title: a\ntitle: b\n", "E008"),
        ("title: [\n", "E010"),
        ("title: !x a\n", "E007"),
        ("\ttitle: a\n", "E003"),
        (b"title: \xff\n", "E065"),
        (b"title: \x00\n", "E002"),
        (b"title: " + b"x" * 4_000_001, "E049"),
        ("a: &a [x, x]\nb: &b [" + "*a, " * 600 + "]\n", "E046"),
        ("title: " + "[" * 60 + "]" * 60 + "\n", "E048"),
    ],
)
def test_a_broken_translation_is_an_error_with_its_place(german: str | bytes, code: str) -> None:
    found = translated({NAME: SCRIPT, SIDECAR: german}, lang="de")

    assert code in [problem.code for problem in found.problems if problem.severity == "error"]
    assert {problem.span.file for problem in found.problems if problem.severity == "error"} == {SIDECAR}
    assert found.routine is None


@pytest.mark.parametrize("german", ["", "\n\n", "# nur ein Kommentar\n", "lang: de\n", "title:\nexercises:\ntexts:\n"])
def test_an_empty_translation_lacks_everything(german: str) -> None:
    assert "warning W067: 6 texts have no German translation" in messages(german)


def test_a_file_that_cannot_be_read() -> None:
    found = linked(NAME, {NAME: SCRIPT}, sidecars=lambda _: {"de": SIDECAR}, lang="de")

    assert "x.de.coach-text.yaml: error E050: cannot find 'x.de.coach-text.yaml'\n" in report.texts(
        found.problems, found.sources
    )


def test_stations_and_named_phases_are_translated_by_their_words() -> None:
    script = """\
title: T
stop_if: [x]
steps:
  - section: Legs
    work: 20s
    steps: [step-ups]
  - name: Squats
    reps: 5
    tempo: {down: 3s, up: 1s}
"""
    german = (
        "title: T\ntexts: [{en: x, de: x}, {en: Legs, de: Beine}, {en: Step ups, de: Stufen}, "
        "{en: Squats, de: Kniebeugen}, {en: down, de: runter}, {en: up, de: hoch}]\n"
    )

    assert messages(german, script) == ""
