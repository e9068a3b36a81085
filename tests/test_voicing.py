"""The voice of a session, and that of single lines."""

from collections.abc import Callable

import pytest

from tests.speech.acting import acting
from voicecoach import report
from voicecoach.compiler.options import Options
from voicecoach.errors import SpeechError
from voicecoach.routine import Routine
from voicecoach.session import checked, read_script
from voicecoach.speech.auto import AutoEngine
from voicecoach.speech.choice import TABLE, Row
from voicecoach.voicing import voiced

Write = Callable[[str, str], str]

ESPEAK = next(row for row in TABLE if row.name == "espeak")
ANNA = Row("pyttsx3", "only German", lambda: True, acting, "pip install pyttsx3", "add one")


def routine(write: Write, head: str = "", line: str = "{say: Hello.}") -> Routine:
    text = f"title: It\nstop_if: [pain]\n{head}steps:\n  - {line}\n"
    return checked(read_script(write("it.coach.yaml", text)))


def test_auto_is_the_engine_that_really_speaks(write: Write) -> None:
    options, problems = voiced(routine(write), Options(), AutoEngine([ANNA, *TABLE]))

    assert (options.engine, options.voice, problems) == ("espeak", "en-gb", [])


def test_a_named_voice_brings_its_engine(write: Write) -> None:
    auto = AutoEngine([ESPEAK, ANNA])

    options, problems = voiced(routine(write, line="{say: Guten Tag., voice: anna}"), Options(), auto)

    assert (options.engine, options.voice, options.voices) == ("espeak", "en-gb", {"anna": "anna"})
    assert problems == []
    auto.close()


def test_a_voice_of_the_script_that_speaks_another_language_does_not_read_it(write: Write) -> None:
    script = routine(write, "voice: {name: de}\n")

    options, problems = voiced(script, Options(), AutoEngine(TABLE))

    assert options.voice == "en-gb"
    assert report.texts(problems, {}) == (
        "it.coach.yaml:3:15: warning W063: the voice 'de' speaks 'de', the session is in 'en'; using 'en-gb'\n"
        "  fix: --voice de  takes it all the same\n"
    )


def test_where_no_voice_speaks_the_language_the_way_to_get_one_is_told(write: Write) -> None:
    with acting() as engine, pytest.raises(SpeechError) as error:
        voiced(routine(write), Options(), engine)

    assert error.value.what == "no voice for language 'en' is installed"
    assert error.value.fix == (
        "add a voice of this language in the speech settings of your system;"
        " or choose another --lang or --engine: no voice reads another language"
    )
