"""Whole messages of what only a compile or a session can find out, caret included."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.compiler.compiling import compiled, rendered
from voicecoach.cli import run
from voicecoach.compiler.compile import Compiled

Write = Callable[[str, str], str]


def messages(script: str, **options: object) -> str:
    result: Compiled = compiled(script, **options)  # type: ignore[arg-type]
    return rendered(script, result)


def test_nothing_is_left() -> None:
    script = "title: T\nsteps:\n  - name: Squats\n    hold: 5s\n    when: level at least strong\n"

    assert messages(script) == (
        "x.coach.yaml:2:1: error E056: nothing is left of this session: every step is left out or takes no time\n"
        "    2 | steps:\n"
        "      | ^^^^^\n"
        "  fix: voicecoach explain  says why; change the level, the equipment or the conditions\n"
    )


def test_less_than_one_breath() -> None:
    script = "title: T\nsteps:\n  - breathe: 4-6\n    for: 5s\n"

    assert messages(script) == (
        "x.coach.yaml:4:10: error E059: 'for: 5s' is shorter than one breath of 10 s\n"
        "    4 |     for: 5s\n"
        "      |          ^^\n"
        "  why: only whole breaths are done, and none would be left\n"
        "  fix: lengthen it, or write  cycles: 1\n"
    )


def test_equipment_that_is_not_needed() -> None:
    script = "title: T\nsteps:\n  - name: Pull\n    hold: 5s\n    needs: [rope]\n"

    assert messages(script, without=frozenset({"chair"})) == (
        "command line: warning W316: --without chair: no exercise needs it\n  fix: this routine needs: rope\n"
    )


def test_a_language_without_built_in_lines() -> None:
    script = "title: T\nlang: nb\nsteps:\n  - rest: 5s\n"

    assert messages(script) == (
        "x.coach.yaml:2:1: warning W062: there are no built-in lines in language 'nb'; those shown are English\n"
        "    2 | lang: nb\n"
        "      | ^^^^\n"
        "  fix: use --lang with one of en, de, es, fr, it, nl, pt if the texts have it; render exits with 3 otherwise\n"
    )


COMMANDS = {
    "a stage that wants a yes": (
        "  - name: Stand\n    hold: 5s\n    stage: blind\n"
        "    stages:\n      held: {how: Hold on.}\n      blind: {how: Let go., confirm: true}\n",
        [],
        "it.coach.yaml:6:5: warning W320: the stage 'blind' of 'stand' is only entered after a yes; 'held' is used\n"
        "    6 |     stage: blind\n"
        "      |     ^^^^^\n"
        "  fix: to say yes here, add  --stage stand=blind\n",
    ),
    "equipment that is missing": (
        "  - rest: 5s\n  - name: Pull\n    hold: 5s\n    needs: [rope]\n",
        ["--without", "rope"],
        "it.coach.yaml:5:5: warning W317: 'pull' needs rope; it is left out\n"
        "    5 |   - name: Pull\n"
        "      |     ^\n"
        "  fix: give it another exercise:  instead: ...\n",
    ),
    "a voice that is not there": (
        "  - say: Hi\n    voice: en-us-femal\n",
        ["--engine", "espeak"],
        "it.coach.yaml:4:5: warning W061: the voice 'en-us-femal' is not installed; using 'en-gb'\n"
        "    4 |   - say: Hi\n"
        "      |     ^\n"
        "  fix: did you mean en-us-female or en-us-male or en-gb-female?\n",
    ),
    "a voice of another language": (
        "  - say: Hi\n",
        ["--engine", "espeak", "--voice", "de"],
        "command line: warning W063: --voice de: this voice speaks 'de', the session is in 'en'\n"
        "  fix: leave --voice out, or take en-gb\n",
    ),
}


@pytest.mark.parametrize("what", COMMANDS)
def test_warnings_of_a_session(what: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    steps, options, expected = COMMANDS[what]
    name = write("it.coach.yaml", "title: T\nstop_if: [pain]\nsteps:\n" + steps)

    assert run(["plan", name, *(options or ["--estimate"])]) == 0

    assert expected in capsys.readouterr().err


def test_an_audio_file_says_that_it_cannot_wait(
    write: Write, user_folders: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = write(
        "it.coach.yaml",
        "title: T\nstop_if: [pain]\nsteps:\n  - wait: Press space.\n  - name: Pick\n    time: 90s\n    until: done\n",
    )

    assert run(["render", name, "--engine", "silent", "-o", "it.wav"]) == 0

    talk = capsys.readouterr().err
    assert (
        'it.coach.yaml:4:5: warning W310: this audio file will have 10 s of silence for "Press space."\n'
        "    4 |   - wait: Press space.\n"
        "      |     ^\n"
        "  fix: say how long the pause may be: audio: 20s, and word it for listening\n"
    ) in talk
    assert (
        "it.coach.yaml:5:5: warning W311: 'pick' ends when you press SPACE; the audio file always takes the full "
        "1m30s\n"
    ) in talk
    assert run(["plan", name, "--estimate"]) == 0
    assert "W31" not in capsys.readouterr().err


def test_a_tone_file_that_is_no_sound(write: Write, user_folders: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (user_folders / "bowl.mp3").write_bytes(b"ID3 this is no WAV file")
    name = write("it.coach.yaml", "title: T\nstop_if: [pain]\ntones:\n  end: {file: bowl.mp3}\nsteps:\n  - rest: 5s\n")

    assert run(["plan", name, "--estimate"]) == 2

    assert capsys.readouterr().err == (
        "it.coach.yaml:4:15: error E061: the tone file bowl.mp3 is not a WAV file\n"
        "    4 |   end: {file: bowl.mp3}\n"
        "      |               ^^^^^^^^\n"
        "  fix: convert it: ffmpeg -i bowl.mp3 bowl.wav\n"
    )


def test_a_must_say_cue_that_does_not_fit_a_rest() -> None:
    script = "title: T\nsteps:\n  - rest: 2s\n    say: Hm.\n    cues:\n      at 1s: {say: A long caution, must: true}\n"

    assert messages(script, lengths={"A long caution": 5000, "Hm.": 500}) == (
        'x.coach.yaml:6:7: error E208: must-say cue "A long caution" (5.0 s) does not fit in the rest (2 s)\n'
        "    6 |       at 1s: {say: A long caution, must: true}\n"
        "      |       ^^^^^\n"
        "  fix: shorten it, or lengthen the rest\n"
    )
