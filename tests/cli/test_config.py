"""`voicecoach config`, and what the session commands make of the settings."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SMALL = (
    "title: Small\nstop_if: [sharp pain]\nsteps:\n  - name: Squats\n    id: squats\n    hold: 5-10s\n"
    "    needs: [wall]\n    instead: seat\nexercises:\n  seat: {name: Seat, hold: 5s}\n"
)


@pytest.fixture
def config(user_folders: Path) -> Path:
    return Path(os.environ["VOICECOACH_CONFIG_DIR"], "config.toml")


def save(config: Path, text: str) -> None:
    config.parent.mkdir(exist_ok=True)
    config.write_text(text, encoding="utf-8")


def test_it_lists_every_key_with_its_value_and_origin(config: Path, capsys: Capture) -> None:
    save(config, 'level = "steady"\n[stages]\nbalance = "free"\n')

    assert run(["config"]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == str(config)
    rows = {line.split()[0]: line for line in lines[3:]}
    assert rows["level"].split()[1:3] == ["steady", "config.toml"]
    assert rows["stages"].split()[1:3] == ["balance=free", "config.toml"]
    assert rows["volume"].split()[1:3] == ["(100)", "default"]
    assert len(rows) == 16


def test_it_says_where_the_file_will_be(config: Path, capsys: Capture) -> None:
    assert run(["config", "--path"]) == 0
    assert capsys.readouterr().out == f"{config}\n"

    assert run(["config"]) == 0

    assert capsys.readouterr().out.startswith(f"{config}  (not there yet)\n")
    assert not config.exists()


def test_as_json_it_is_data(config: Path, capsys: Capture) -> None:
    save(config, 'without = ["towel"]\n')

    assert run(["config", "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["file"] == str(config)
    assert document["settings"]["without"] == {
        "value": ["towel"],
        "from": "config.toml",
        "meaning": "Equipment that is not there.",
    }
    assert document["settings"]["level"]["value"] is None


@pytest.mark.parametrize(
    ("typed", "written", "printed"),
    [
        ("level steady", 'level = "steady"\n', "steady"),
        ("pace brisk", 'pace = "brisk"\n', "brisk"),
        ("pace 120", "pace = 120\n", "120"),
        ("without towel, yoga mat", 'without = ["towel", "yoga mat"]\n', "towel, yoga mat"),
        ("captions off", "captions = false\n", "false"),
        ("reduced-motion yes", "reduced_motion = true\n", "true"),
        ("lexicon.en.Kegel kaygle", '[lexicon.en]\nKegel = "kaygle"\n', "kaygle"),
        ("stages.arch-lift seated", '[stages]\narch-lift = "seated"\n', "seated"),
        ("voice en-us", 'voice = "en-us"\n', "en-us"),
        ("engine pyttsx3", 'engine = "pyttsx3"\n', "pyttsx3"),
    ],
)
def test_a_setting_is_written_and_printed(
    typed: str, written: str, printed: str, config: Path, capsys: Capture
) -> None:
    key, _, value = typed.partition(" ")
    assert run(["config", key, value]) == 0
    assert config.read_text("utf-8").endswith(written)
    capsys.readouterr()

    assert run(["config", key]) == 0

    assert capsys.readouterr().out == f"{printed}\n"


def test_a_setting_is_forgotten(config: Path, capsys: Capture) -> None:
    save(config, 'level = "steady" # x\nvolume = 50\n')

    assert run(["config", "--unset", "level"]) == 0

    assert config.read_text("utf-8") == "volume = 50\n"
    capsys.readouterr()
    assert run(["config", "level"]) == 0
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("\n", "level: from default (the routine decides)\n")


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["lvl", "steady"], 2, "there is no setting 'lvl'\n  fix: did you mean 'level'?"),
        (["level", "hard"], 2, "level hard: this value is not possible\n  fix: allowed is gentle, steady or strong"),
        (["volume", "1000"], 2, "allowed is a whole number of per cent from 0 to 100"),
        (["captions", "maybe"], 2, "allowed is true or false"),
        (["level.x", "steady"], 2, "there is no setting 'level.x'"),
        (["stages", "x"], 2, "write  voicecoach config stages.EXERCISE STAGE"),
        (["engine", "festival"], 2, "allowed is auto, piper, espeak, pyttsx3 or silent"),
        (["lexicon", "x"], 2, "write  voicecoach config lexicon.LANGUAGE.WORD SPELLING"),
        (["lexicon.en", "x"], 2, "write  voicecoach config lexicon.LANGUAGE.WORD SPELLING"),
        (["lexicon.Kegel-exercises", "x"], 2, "there is no setting 'lexicon.Kegel-exercises'"),
        (["lexicon.en.--", "x"], 2, "write  voicecoach config lexicon.en.Kegel kaygle"),
        (["lexicon.en.Kegel", "..."], 2, "lexicon.en.Kegel ...: this value is not possible"),
        (["voice", "nobody"], 3, "no voice 'nobody'"),
        (["--unset", "colour"], 2, "there is no setting 'colour'"),
        (["level", "--unset", "voice"], 2, "change one at a time"),
    ],
)
def test_what_cannot_be_set_changes_nothing(
    words: list[str], code: int, message: str, config: Path, capsys: Capture
) -> None:
    assert run(["config", *words]) == code

    assert message in capsys.readouterr().err
    assert not config.exists()


def test_a_broken_file_is_told_and_left_alone(config: Path, capsys: Capture) -> None:
    save(config, "level = \n")

    assert run(["config"]) == 2
    assert run(["config", "volume", "80"]) == 2

    assert "nothing was changed" in capsys.readouterr().err
    assert config.read_text("utf-8") == "level = \n"


def test_a_wrong_value_is_mended_by_setting_it(config: Path, capsys: Capture) -> None:
    save(config, 'level = "hard"\n[stages]\na = 1\n')

    assert run(["config", "level", "strong"]) == 2
    assert run(["config", "stages.a", "x"]) == 2
    save(config, "[stages]\na = 1\n")
    assert run(["config", "stages.a", "x"]) == 0

    assert config.read_text("utf-8") == '[stages]\na = "x"\n'


# ---- in sessions ---------------------------------------------------------------------------------


def options_of(words: list[str], capsys: Capture) -> tuple[dict[str, object], str]:
    assert run(["plan", *words, "--json"]) == 0
    printed = capsys.readouterr()
    return json.loads(printed.out)["options"], printed.err


def test_plan_takes_settings_and_says_so(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'level = "strong"\nvoice = "en-us"\npace = 120\nside = "right"\nwithout = ["wall", "towel"]\n')

    options, talk = options_of([write("small.coach.yaml", SMALL)], capsys)

    assert (options["level"], options["voice"], options["rate"], options["side"], options["without"]) == (
        "strong",
        "en-us",
        120,
        "right",
        ["wall"],
    )
    assert "from config.toml: level strong, without wall, right side first, voice en-us, pace 120\n" in talk
    assert "W316" not in talk


def test_the_command_line_wins(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'level = "strong"\n')

    options, talk = options_of([write("small.coach.yaml", SMALL), "--estimate", "--dial", "20"], capsys)

    assert options["dial"] == 20
    assert "config.toml" not in talk


def test_a_voice_of_another_language_is_left_out(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'voice = "de"\n')

    options, talk = options_of([write("small.coach.yaml", SMALL)], capsys)

    assert options["voice"] == "en-gb"
    assert "config.toml" not in talk


def test_the_engine_of_the_settings_speaks_and_is_told_once(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'engine = "pyttsx3"\n')

    options, talk = options_of([write("small.coach.yaml", SMALL)], capsys)

    assert options["engine"] == "pyttsx3"
    assert talk.count("from config.toml: engine pyttsx3\n") == 1


def test_the_engine_of_the_command_line_wins(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'engine = "pyttsx3"\n')

    options, talk = options_of([write("small.coach.yaml", SMALL), "--engine", "auto"], capsys)

    assert options["engine"] == "espeak"
    assert "config.toml" not in talk


def test_a_voice_that_is_gone_is_a_warning(write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'voice = "nobody"\n')

    options, talk = options_of([write("small.coach.yaml", SMALL)], capsys)

    assert options["voice"] == "en-gb"
    assert f"{config}:1:9: warning W061: no voice 'nobody' in any speech engine here" in talk


def test_a_stage_that_needs_a_yes_needs_it_each_time(config: Path, capsys: Capture) -> None:
    save(config, '[stages]\none-leg-balance = "eyes-closed"\n')

    options, talk = options_of(["feet-evening", "--estimate"], capsys)

    assert options["stages"] == {}
    assert f"{config}:2:19: warning W320: the stage 'eyes-closed' of 'one-leg-balance' is only entered" in talk
    options, talk = options_of(["feet-evening", "--estimate", "--stage", "one-leg-balance=eyes-closed"], capsys)
    assert options["stages"] == {"one-leg-balance": "eyes-closed"}
    assert "W320" not in talk


@pytest.mark.parametrize("command", ["explain", "render"])
def test_other_sessions_take_settings_too(command: str, write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'level = "strong"\n')
    files = [write("a.coach.yaml", SMALL), write("b.coach.yaml", SMALL)]

    assert run([command, *(files if command == "render" else files[:1])]) == 0

    assert capsys.readouterr().err.count("from config.toml: level strong\n") == 1


@pytest.mark.parametrize("command", ["plan", "explain", "render"])
def test_a_mistake_in_the_settings_stops_a_session(command: str, write: Write, config: Path, capsys: Capture) -> None:
    save(config, 'level = "hard"\n')

    assert run([command, write("small.coach.yaml", SMALL)]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"{config}:1:9: error E071: level = hard")


def test_an_unknown_key_is_only_a_warning(write: Write, config: Path, capsys: Capture) -> None:
    save(config, "x = 1\n")

    _, talk = options_of([write("small.coach.yaml", SMALL), "--estimate"], capsys)

    assert talk.count("warning W071") == 1


def test_check_is_about_the_script_alone(write: Write, config: Path, capsys: Capture) -> None:
    save(config, "level = \n")

    assert run(["check", "--strict", write("small.coach.yaml", SMALL)]) == 0

    assert capsys.readouterr().err == "1 file checked: no problems\n"


def test_help_has_an_example(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        run(["config", "--help"])

    assert "example:\n  voicecoach config level steady" in capsys.readouterr().out
