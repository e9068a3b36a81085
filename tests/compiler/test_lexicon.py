import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compiler.compiling import estimated, routine
from voicecoach.compiler.compile import compile_routine
from voicecoach.compiler.lexicon import merged, respelling
from voicecoach.compiler.options import Options
from voicecoach.timeline import Timeline

SCRIPT = """\
title: Floor
lang: {lang}
stop_if: [pain]
lexicon: {lexicon}
steps:
  - say: Kegel exercises, then Qigong.
  - {{name: Kegel, hold: 10s}}
"""


def session(lexicon: str, options: Options | None = None, lang: str = "en") -> Timeline:
    chosen = options or Options()
    made = compile_routine(routine(SCRIPT.format(lexicon=lexicon, lang=lang)), chosen, estimated, estimated=True)
    assert made.timeline is not None
    return made.timeline


def spoken(lexicon: str, options: Options | None = None, lang: str = "en") -> dict[str, str]:
    """The texts of a session that are spelled otherwise for the voice."""
    utterances = [cue.utterance for cue in session(lexicon, options, lang).cues if cue.utterance]
    return {one.text: one.spoken for one in utterances if one.spoken}


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Kegel exercises", "kaygle exercises"),
        ("KEGEL. kegel! (Kegel)", "kaygle. kaygle! (kaygle)"),
        ("Kegel's", "kaygle's"),
        ("Kegels, Kegeling, aKegel, Kegel2", ""),
        ("the plantar fascia", "the planter fasha"),
        ("the Plantar  Fascia", "the planter fasha"),
        ("plantar and fascia", ""),
        ("10 Wdh. noch", "10 Wiederholungen noch"),
        ("u\u0308ben", "yben"),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_whole_words_are_spelled_otherwise_in_any_case(text: str, result: str) -> None:
    lexicon = {"Kegel": "kaygle", "plantar fascia": "planter fasha", "Wdh.": "Wiederholungen", "üben": "yben"}

    assert respelling(lexicon)(text) == result


def test_the_longest_phrase_wins_and_no_spelling_is_spelled_again() -> None:
    respell = respelling({"arch": "arrch", "arch lift": "bow", "bow": "arch"})

    assert respell("arch, arch lift, bow") == "arrch, bow, arch"


@given(st.dictionaries(st.text(min_size=1).filter(lambda word: word.strip()), st.text()), st.text())
def test_any_lexicon_and_any_text_are_possible(lexicon: dict[str, str], text: str) -> None:
    assert isinstance(respelling(lexicon)(text), str)
    assert respelling({})(text) == ""


def test_later_lexicons_and_nearer_languages_win() -> None:
    config = {"en": {"Kegel": "one", "Qi": "two"}, "en-us": {"QI": "three"}, "de": {"Qi": "vier"}}
    script = {"en": {"kegel": "five"}}

    assert merged("en-US", config, script) == {"QI": "three", "kegel": "five"}
    assert merged("en-GB", config, script) == {"Qi": "two", "kegel": "five"}
    assert merged("de", config, script) == {"Qi": "vier"}
    assert merged("fr", config, script) == {}


def test_a_session_is_spoken_with_the_lexicon_and_written_without_it() -> None:
    found = spoken("{kegel: kaygle}")

    assert found == {
        "Kegel exercises, then Qigong.": "kaygle exercises, then Qigong.",
        "Kegel.": "kaygle.",
    }


def test_the_script_wins_over_the_settings() -> None:
    settings = {"en": {"Kegel": "wrong", "Qigong": "chee gong"}}

    found = spoken("{Kegel: kaygle}", Options(lexicon=settings))

    assert found["Kegel exercises, then Qigong."] == "kaygle exercises, then chee gong."


def test_a_german_script_has_german_spellings() -> None:
    assert spoken("{Qigong: Tschigung}", lang="de") == {
        "Kegel exercises, then Qigong.": "Kegel exercises, then Tschigung."
    }
    by_language = "{Qigong: {en: chee gong, de-AT: Tschigong}}"
    assert spoken(by_language, lang="de") == {}
    assert spoken(by_language, lang="de-AT")["Kegel exercises, then Qigong."].endswith("Tschigong.")
    assert spoken(by_language, lang="en-GB")["Kegel exercises, then Qigong."].endswith("chee gong.")


def test_a_plain_spelling_is_not_for_another_language() -> None:
    timeline = session("{Kegel: kaygle}", Options(lang="de"))

    assert not any(cue.utterance and cue.utterance.spoken for cue in timeline.cues)


def test_the_plan_says_which_spellings_were_used() -> None:
    assert session("{Kegel: kaygle}").options["lexicon"] == {"Kegel": "kaygle"}
    assert "lexicon" not in session("{Kegel: {de: kehgel}}").options
