"""The commands as a person types them: what they print, where, and how they end."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach import __version__
from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SMALL = "title: Small\nstop_if: [sharp pain]\nsteps:\n  - name: Squats\n    hold: 5s\n"
WRONG = "title: Wrong\nstop_if: [sharp pain]\nsteps:\n  - hold: 30\n  - hodl: 20s\n"


def test_bare_prints_the_help(capsys: Capture) -> None:
    assert run([]) == 0

    printed = capsys.readouterr()
    assert "voicecoach render feet-morning" in printed.out
    assert printed.err == ""


def test_version(capsys: Capture) -> None:
    assert run(["--version"]) == 0

    assert capsys.readouterr().out == f"voicecoach {__version__}\n"


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "plan",
        "explain",
        "play",
        "render",
        "listen",
        "serve",
        "record",
        "list",
        "show",
        "new",
        "tones",
        "devices",
        "doctor",
        "config",
        "history",
    ],
)
def test_every_command_has_help_with_an_example(command: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run([command, "--help"])

    assert ended.value.code == 0
    assert f"example:\n  voicecoach {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["fly"],
        ["plan"],
        ["plan", "minimal", "--level", "hard"],
        ["plan", "minimal", "--dial", "101"],
        ["plan", "minimal", "--dial", "-1"],
        ["plan", "minimal", "--pace", "fast"],
        ["plan", "minimal", "--est"],
        ["serve", "minimal", "--port", "65536"],
    ],
)
def test_a_command_line_that_makes_no_sense_ends_with_2(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(words)

    assert ended.value.code == 2
    assert "voicecoach" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--set", "hold"], "command line: error E044: --set hold: this is not NAME=VALUE"),
        (["--set", "nothing=3"], "error E0"),
        (["--stage", "squats=deep"], "'squats'"),
        (["--stage", "jumps=high"], "there is no exercise called 'jumps' in this routine"),
        (["--max-length", "long"], "--max-length long: this is not a duration"),
        (["--max-length", "2s"], "error E025: this session would last"),
    ],
)
def test_a_wrong_option_is_a_problem_and_ends_with_2(
    words: list[str], message: str, write: Write, capsys: Capture
) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["plan", name, "--estimate", *words]) == 2

    printed = capsys.readouterr()
    assert message in printed.err
    assert printed.out == ""


# ---- check -------------------------------------------------------------------------------


def test_check_reports_every_mistake_of_every_file_at_once(write: Write, capsys: Capture) -> None:
    files = [write("wrong.coach.yaml", WRONG), write("small.coach.yaml", SMALL), "missing.coach.yaml"]

    assert run(["check", *files]) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert "wrong.coach.yaml:4:11: error E020: 'hold: 30' has no unit" in printed.err
    assert "    4 |   - hold: 30\n      |           ^^\n" in printed.err
    assert "wrong.coach.yaml:5:5: error E0" in printed.err
    assert "missing.coach.yaml" in printed.err
    assert printed.err.endswith("3 files checked: 3 errors\n")


def test_check_is_done_when_there_is_nothing_to_say(write: Write, capsys: Capture) -> None:
    assert run(["check", "--strict", write("small.coach.yaml", SMALL)]) == 0

    assert capsys.readouterr().err == "1 file checked: no problems\n"


def test_check_is_strict_about_warnings_only_when_asked(write: Write) -> None:
    name = write("careless.coach.yaml", SMALL.replace("stop_if: [sharp pain]\n", ""))

    assert run(["check", name]) == 0
    assert run(["check", "--strict", name]) == 1


def test_check_finds_what_only_the_schedule_can_tell(write: Write, capsys: Capture) -> None:
    name = write("late.coach.yaml", SMALL + "    cues: {at 25s: Nearly}\n")

    assert run(["check", name]) == 2

    assert "error E037: the cue 'at 25s' is never heard: the bout is over after 5 seconds" in capsys.readouterr().err


def test_check_as_json_is_data_on_stdout(write: Write, capsys: Capture) -> None:
    assert run(["check", "--format", "json", write("wrong.coach.yaml", WRONG)]) == 2

    printed = capsys.readouterr()
    assert next(found["code"] for found in json.loads(printed.out)) == "E020"
    assert printed.err == ""


def test_check_for_github(write: Write, capsys: Capture) -> None:
    assert run(["check", "--format", "github", write("wrong.coach.yaml", WRONG)]) == 2

    assert capsys.readouterr().out.startswith("::error file=wrong.coach.yaml,line=4,col=11,")


# ---- plan and explain ------------------------------------------------------------------------


def test_plan_as_json_has_the_same_bytes_each_time_and_wherever_the_file_lies(write: Write, capsys: Capture) -> None:
    write("small.coach.yaml", SMALL)
    write("deep/down/small.coach.yaml", SMALL)

    outputs = []
    for name in ("small.coach.yaml", "small.coach.yaml", "deep/down/small.coach.yaml"):
        assert run(["plan", name, "--json", "--estimate"]) == 0
        outputs.append(capsys.readouterr().out)

    assert outputs[0] == outputs[1] == outputs[2]
    assert json.loads(outputs[0])["estimated"] is True


def test_plan_with_speech_is_measured(write: Write, capsys: Capture) -> None:
    name = write("small.coach.yaml", SMALL)

    assert run(["plan", name, "--json"]) == 0

    document = json.loads(capsys.readouterr().out)
    assert document["estimated"] is False
    assert document["options"]["engine"] == "espeak"
    assert document["options"]["voice"] == "en-gb"


def test_plan_shows_a_table(write: Write, capsys: Capture) -> None:
    assert run(["plan", write("small.coach.yaml", SMALL), "--estimate"]) == 0

    printed = capsys.readouterr().out
    assert printed.startswith("Small: 0:")
    assert "bout   Squats" in printed
    assert "start (bell)" in printed


def test_explain_says_what_was_decided(write: Write, capsys: Capture) -> None:
    name = write(
        "both.coach.yaml", SMALL + "    when: level at least steady\n  - rest: 1s\n    say: Have a rest now.\n"
    )

    assert run(["explain", name, "--estimate"]) == 0

    printed = capsys.readouterr().out
    assert "left out (when: level at least steady)" in printed
    assert "note I206: the rest at" in printed


def test_explain_one_moment(write: Write, capsys: Capture) -> None:
    assert run(["explain", write("small.coach.yaml", SMALL), "--estimate", "--at", "0:05"]) == 0

    assert "start tone" in capsys.readouterr().out


# ---- render ----------------------------------------------------------------------------------


def test_render_prints_only_the_path_on_stdout(write: Write, user_folders: Path, capsys: Capture) -> None:
    assert run(["render", write("small.coach.yaml", SMALL)]) == 0

    printed = capsys.readouterr()
    assert printed.out == "small.m4a\n"
    assert "writing" in printed.err
    assert (user_folders / "small.m4a").stat().st_size > 10_000


def test_render_several_into_a_folder(write: Write, user_folders: Path, capsys: Capture) -> None:
    files = [write("a.coach.yaml", SMALL), write("b.coach.yaml", SMALL)]

    assert run(["render", *files, "-o", "out/"]) == 0

    assert sorted(path.name for path in (user_folders / "out").iterdir()) == ["a.m4a", "b.m4a"]


@pytest.mark.parametrize(
    ("words", "ending"),
    [
        (["-o", "out.mp9"], (2, "unknown format '.mp9'")),
        (["-o", "nowhere/out.wav"], (4, "nowhere")),
        (["-o", "tone.wav"], (4, "is read by the routine itself")),
        (["--voice", "nobody"], (3, "nobody")),
        (["--lang", "nb"], (3, "no built-in lines in language 'nb'")),
    ],
)
def test_render_that_cannot_be_done_changes_nothing(
    words: list[str], ending: tuple[int, str], write: Write, user_folders: Path, capsys: Capture
) -> None:
    code, message = ending
    name = write("small.coach.yaml", SMALL + "  - tone: {file: tone.wav}\n")
    from voicecoach.locations import bundled_audio

    (user_folders / "tone.wav").write_bytes((bundled_audio() / "bell.wav").read_bytes())
    before = {path.name: path.read_bytes() for path in user_folders.iterdir()}

    assert run(["render", name, *words]) == code

    assert message in capsys.readouterr().err
    assert {path.name: path.read_bytes() for path in user_folders.iterdir()} == before


TWO = "title: 'Two: a/b'\nstop_if: [sharp pain]\nsteps:\n  - name: Calf\n    hold: 5s\n    each: leg\n"


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ([], ("two", ".m4a")),
        (["-o", "legs.day.mp3"], ("legs.day", ".mp3")),
        (["-o", "out/"], ("out/two", ".m4a")),
    ],
)
def test_render_splits_into_a_folder(
    words: list[str], written: tuple[str, str], write: Write, user_folders: Path, capsys: Capture
) -> None:
    folder, suffix = written

    assert run(["render", write("two.coach.yaml", TWO), "--split", *words]) == 0

    printed = capsys.readouterr()
    names = [f"{n:02d} {title}{suffix}" for n, title in enumerate(["Two- a-b", "Calf, left leg", "Calf, right leg"], 1)]
    names.append("00 Two- a-b.m3u8")
    assert printed.out.splitlines() == [str(Path(folder) / name) for name in names]
    assert f"{Path(folder)}{os.sep}: 3 files, " in printed.err
    assert {path.name for path in (user_folders / folder).iterdir()} == set(names)


def test_render_splits_into_no_file(write: Write, user_folders: Path, capsys: Capture) -> None:
    (user_folders / "two").write_text("mine")

    assert run(["render", write("two.coach.yaml", TWO), "--split"]) == 4

    assert "cannot write to two: it is a file" in capsys.readouterr().err
    assert (user_folders / "two").read_text() == "mine"


def test_the_help_of_render_names_every_suffix(capsys: Capture) -> None:
    from voicecoach.export.audio import formats

    with pytest.raises(SystemExit):
        run(["render", "--help"])

    shown = " ".join(capsys.readouterr().out.split())
    assert " ".join(form.suffix for form in formats()) in shown


def test_render_of_a_wrong_script_writes_nothing(write: Write, user_folders: Path) -> None:
    files = [write("small.coach.yaml", SMALL), write("wrong.coach.yaml", WRONG)]

    assert run(["render", *files, "-o", "out/"]) == 2

    assert not list(user_folders.rglob("*.m4a"))


@pytest.mark.parametrize("words", [["render"], ["plan", "--estimate"], ["show"], ["explain", "--estimate"]])
def test_a_library_is_no_session(words: list[str], write: Write, capsys: Capture) -> None:
    name = write("lib.coach.yaml", "library: lib\nexercises:\n  squats: {reps: 8}\n")

    assert run([*words, name]) == 2

    assert capsys.readouterr().err == (
        "lib.coach.yaml: error E057: this is a library of exercises: it has no steps of its own\n"
        "  fix: include it in a routine:  include: lib.coach.yaml\n"
    )
    assert run(["check", name]) == 0


def test_a_routine_id_cannot_leave_the_folder(write: Write, user_folders: Path) -> None:
    name = write("odd.coach.yaml", "id: ../../odd\n" + SMALL)

    run(["render", name])

    assert not (user_folders.parent.parent / "odd.m4a").exists()
    assert {path.parent for path in user_folders.parent.rglob("*.m4a")} <= {user_folders}


def test_interrupting_ends_with_130(write: Write, user_folders: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("SIGINT cannot be sent to one process there")
    import signal
    import time

    environment = {**os.environ, "VOICECOACH_CACHE_DIR": str(user_folders / "cold")}
    process = subprocess.Popen(
        [sys.executable, "-m", "voicecoach", "render", "feet-morning"],
        env=environment,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    while process.poll() is None and not list(user_folders.rglob("cold/clips/*")):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    talk = process.communicate()[1].decode()

    assert process.returncode == 130
    assert "Traceback" not in talk
    assert not list(user_folders.glob("*.m4a"))


# ---- list, show, new, tones -------------------------------------------------------------------------


def test_list_has_bundled_and_own_routines(write: Write, tmp_path: Path, capsys: Capture) -> None:
    write("mine.coach.yaml", SMALL)
    own = tmp_path / "data" / "routines"
    own.mkdir(parents=True)
    (own / "yours.coach.yaml").write_text(SMALL, encoding="utf-8")

    assert run(["list"]) == 0

    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert {"mine", "yours", "feet-morning", "tabata"} <= set(names)
    assert "feet-library" not in names


def test_an_own_routine_is_found_by_its_id(tmp_path: Path, user_folders: Path) -> None:
    own = tmp_path / "data" / "routines"
    own.mkdir(parents=True)
    (own / "yours.coach.yaml").write_text(SMALL, encoding="utf-8")

    assert run(["plan", "yours", "--estimate"]) == 0


def test_show_says_what_a_person_should_know_first(user_folders: Path, capsys: Capture) -> None:
    assert run(["show", "feet-midday"]) == 0

    printed = capsys.readouterr().out
    for words in ("towel", "marbles", "barefoot", "gentle 1", "strong 1", "Cautions:", "Advice:", "do not replace"):
        assert words in printed


def test_new_writes_a_script_that_checks_clean_and_never_overwrites(user_folders: Path, capsys: Capture) -> None:
    assert run(["new", "my evening: #1"]) == 0
    name = capsys.readouterr().out.strip()
    written = (user_folders / name).read_text(encoding="utf-8")

    assert run(["check", "--strict", name]) == 0
    assert run(["new", name]) == 4
    assert (user_folders / name).read_text(encoding="utf-8") == written


def test_tones_lists_sounds_with_their_files(capsys: Capture) -> None:
    assert run(["tones"]) == 0

    printed = capsys.readouterr().out
    assert "bell" in printed
    assert "chime.wav" in printed


# ---- user text is text ---------------------------------------------------------------------------------

MARKUP = "[bold]Hi[/bold] <speak>&amp; \U0001f600 \\e[31m red $$5 ``x`` %s {0}"


def test_markup_is_spoken_and_shown_as_text(write: Write, user_folders: Path, capsys: Capture) -> None:
    text = json.dumps(MARKUP, ensure_ascii=False).replace("\\\\e", "\\e")
    name = write(
        "odd.coach.yaml",
        f"title: {text}\nstop_if: [{text}]\nsteps:\n  - say: {text}\n  - name: {text}\n    hold: 5s\n    how: {text}\n",
    )

    for words in (["check"], ["show"], ["plan"], ["explain"], ["render"]):
        assert run([*words, name]) == 0, words
        printed = capsys.readouterr()
        assert "\x1b" not in printed.out + printed.err
    assert run(["plan", name]) == 0
    assert "[bold]Hi[/bold] <speak>&amp; \U0001f600" in capsys.readouterr().out


# ---- starting ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "absent"),
    [
        (["--version"], {"yaml", "numpy", "av", "rich", "textual", "argparse", "sqlite3", "tomllib"}),
        (["--help"], {"yaml", "numpy", "av", "rich", "textual"}),
        (["check", "minimal"], {"numpy", "av", "rich", "textual", "soundfile", "sqlite3", "tomllib"}),
        (["list"], {"numpy", "av", "rich", "textual", "soundfile"}),
        (["plan", "minimal", "--estimate"], {"numpy", "av", "rich", "textual", "soundfile"}),
        (["history"], {"yaml", "numpy", "av", "rich", "textual", "soundfile", "tomlkit"}),
        (["config"], {"numpy", "av", "rich", "textual", "soundfile", "sqlite3", "tomlkit"}),
        (["show", "minimal"], {"numpy", "av", "rich", "textual", "soundfile"}),
    ],
)
def test_a_command_loads_only_what_it_needs(words: list[str], absent: set[str], user_folders: Path) -> None:
    code = (
        "import sys\nfrom voicecoach.__main__ import main\n"
        f"sys.argv = ['voicecoach', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print(sorted({absent!r} & set(sys.modules)), file=sys.stderr)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stderr.splitlines()[-1] == "[]"


def test_the_library_loads_without_the_heavy_modules() -> None:
    code = "import voicecoach.session, sys; print({'numpy', 'av', 'textual', 'rich', 'soundfile'} & set(sys.modules))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_a_page_is_not_split(user_folders: Path, capsys: Capture) -> None:
    assert run(["render", "minimal", "--split", "-o", "minimal.html"]) == 2

    assert "a playlist cannot name files that end in .html" in capsys.readouterr().err
    assert list(user_folders.iterdir()) == []
