"""`voicecoach record`: what is to be read, what is taken in, and what a session makes of it."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reader import record
from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]

SCRIPT = """\
title: Two stretches
stop_if: [sharp pain]
steps:
  - {name: Neck, hold: 10s, reps: 2, relax: 8s}
"""


@pytest.fixture
def script(write: Write) -> str:
    return write("two.coach.yaml", SCRIPT)


@pytest.fixture
def takes(user_folders: Path) -> Path:
    return Path(os.environ["VOICECOACH_DATA_DIR"], "takes")


def listed(script: str, capsys: Capture, *more: str) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert run(["record", script, "--json", *more]) == 0
    return {line["text"]: line for line in json.loads(capsys.readouterr().out)["lines"]}


def number(script: str, capsys: Capture, text: str) -> int:
    found = listed(script, capsys)[text]["number"]
    assert isinstance(found, int)
    return found


def cues(script: str, capsys: Capture, *more: str) -> list[tuple[str, int]]:
    capsys.readouterr()
    assert run(["plan", script, "--json", *more]) == 0
    document = json.loads(capsys.readouterr().out)
    return [(cue["text"], cue["end_ms"] - cue["start_ms"]) for cue in document["cues"] if cue["kind"] != "tone"]


def test_it_lists_every_line_with_what_it_may_take(script: str, capsys: Capture) -> None:
    assert run(["record", script]) == 0

    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0] == "Two stretches: 7 lines, 0 of them recorded as “own”"
    assert lines[1].split() == ["no", "may", "take", "engine", "take", "heard", "line"]
    assert lines[2].split()[:3] == ["1", "any", "length"]
    assert lines[2].endswith("Stop if you feel sharp pain.")
    assert [line.rpartition("  ")[2] for line in lines[4:7]] == ["3", "2", "1"]
    assert "--sheet" in printed.err


def test_files_become_the_lines_of_a_session(script: str, user_folders: Path, capsys: Capture) -> None:
    one = number(script, capsys, "Neck.")
    record(user_folders / "spoken" / f"{one:02d}.mp3", "Neck.")
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    (user_folders / "spoken" / "99.wav").write_bytes(b"")
    without = cues(script, capsys)
    capsys.readouterr()

    assert run(["record", script, "--import", "spoken"]) == 0

    printed = capsys.readouterr()
    assert f"{one:02d}.mp3: line {one}, 0." in printed.out
    assert "relax.wav: line 6, 0." in printed.out
    assert "left over: 99.wav: there is no line 99 that was ever listed" in printed.err
    assert "2 of 3 files are takes of “own” now" in printed.err
    assert "missing: 5 of 7 lines, which the engine says: 1, 3, 4, 5, 7" in printed.err
    own = {text: line["take"] for text, line in listed(script, capsys).items() if line["take"]}
    assert own.keys() == {"Neck.", "Relax."}
    used = dict(cues(script, capsys, "--takes", "own"))
    for text, take in own.items():
        assert isinstance(take, dict)
        assert used[text] == take["length_ms"]
    assert {text for text, length in used.items() if dict(without)[text] != length} == own.keys()
    assert cues(script, capsys) == without


def test_renders_with_takes_are_the_same_bytes_and_the_takes_are_heard(
    script: str, user_folders: Path, capsys: Capture
) -> None:
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    listed(script, capsys)
    run(["record", script, "--import", "spoken", "--takes", "anna"])

    for name in ("a", "b"):
        assert run(["render", script, "-o", f"{name}.wav", "--takes", "anna"]) == 0
    assert run(["render", script, "-o", "engine.wav"]) == 0

    a, b, engine = (Path(f"{name}.wav").read_bytes() for name in ("a", "b", "engine"))
    assert a == b != engine


def test_a_take_serves_another_routine_with_the_same_words(
    script: str, user_folders: Path, write: Write, capsys: Capture
) -> None:
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    listed(script, capsys)
    run(["record", script, "--import", "spoken"])

    other = write("other.coach.yaml", SCRIPT.replace("Neck", "Hips").replace("10s", "12s"))

    assert listed(other, capsys)["Relax."]["take"]


def test_a_number_is_never_that_of_another_line(script: str, user_folders: Path, write: Write, capsys: Capture) -> None:
    old = number(script, capsys, "Neck.")
    write("two.coach.yaml", SCRIPT.replace("Neck", "Hip opener"))
    record(user_folders / "spoken" / f"{old}.wav", "Neck.")

    new = number(script, capsys, "Hip opener.")
    capsys.readouterr()
    assert run(["record", script, "--import", "spoken"]) == 0

    assert new != old
    assert f"{old}.wav: a line that is not in this session, " in capsys.readouterr().out
    assert listed(script, capsys)["Hip opener."]["take"] is None


def test_numbers_that_were_never_told_are_not_guessed(script: str, user_folders: Path, capsys: Capture) -> None:
    record(user_folders / "spoken" / "2.wav", "Neck.")

    assert run(["record", script, "--import", "spoken"]) == 2

    printed = capsys.readouterr()
    assert "there is no line 2 that was ever listed" in printed.err
    assert "nothing was taken in" in printed.err


def test_a_sheet_among_the_files_says_what_the_numbers_mean(
    script: str, user_folders: Path, takes: Path, capsys: Capture
) -> None:
    (user_folders / "spoken").mkdir()
    assert run(["record", script, "--sheet", "spoken/lines.txt", "--level", "steady"]) == 0
    assert capsys.readouterr().out == "spoken/lines.txt\n"
    old = number(script, capsys, "Relax.")
    for path in (takes / ".numbers").iterdir():
        path.unlink()
    record(user_folders / "spoken" / f"{old}.wav", "Relax.")

    assert run(["record", script, "--import", "spoken"]) == 0

    assert listed(script, capsys)["Relax."]["take"]


def test_a_file_that_cannot_be_used_is_told_and_the_others_are_taken(
    script: str, user_folders: Path, capsys: Capture
) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    (user_folders / "spoken" / "Neck.wav").write_bytes(b"garbage" * 100)
    (user_folders / "spoken" / "a\nb\x1b[31m.wav").write_bytes(b"")

    assert run(["record", script, "--import", "spoken"]) == 2

    printed = capsys.readouterr()
    assert "not usable: Neck.wav: no sound can be read from it" in printed.err
    assert "left over: a\\x0ab\\x1b[31m.wav" in printed.err
    assert "relax.wav: line 6" in printed.out


def test_a_take_that_is_too_long_is_told_as_any_cue_is(script: str, user_folders: Path, capsys: Capture) -> None:
    listed(script, capsys)
    count = number(script, capsys, "3")
    record(user_folders / "spoken" / "relax.wav", "Relax now, and let go of everything, and breathe, and smile.")
    record(user_folders / "spoken" / f"{count}.wav", "three, and there is a little more to come")

    assert run(["record", script, "--import", "spoken"]) == 0

    printed = capsys.readouterr().err
    assert "note: relax.wav: it is longer than the " in printed
    assert 'note I201: left out "Relax."' in printed
    lost = [line.split("note I209: ")[1] for line in printed.splitlines() if "I209" in line]
    assert 'count "3" in Neck became a tick: the word is too long for its place' in lost
    assert len(set(lost)) == len(lost)
    assert f"note: line {count} is not heard with these takes: 3" in printed
    assert "3" not in dict(cues(script, capsys, "--takes", "own"))


def test_a_must_line_that_no_longer_fits_is_an_error_and_its_take_can_be_removed(
    user_folders: Path, write: Write, capsys: Capture
) -> None:
    script = write(
        "must.coach.yaml",
        "title: T\nstop_if: [x]\nsteps:\n  - {name: N, hold: 4s, cues: {at 1s: {say: Stop, must: true}}}\n",
    )
    listed(script, capsys)
    record(user_folders / "spoken" / "stop.wav", "Stop this now, and put your foot down, and then begin again.")

    assert run(["record", script, "--import", "spoken"]) == 2

    printed = capsys.readouterr().err
    assert "error E208" in printed
    assert "remove the takes" in printed
    assert run(["render", script, "--takes", "own"]) == 2
    assert run(["record", script, "--remove", str(number(script, capsys, "Stop"))]) == 0
    assert run(["plan", script]) == 0


def test_the_settings_choose_takes_for_every_session(script: str, user_folders: Path, capsys: Capture) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    run(["record", script, "--import", "spoken", "--takes", "anna"])
    plain, own = cues(script, capsys), cues(script, capsys, "--takes", "anna")

    assert run(["config", "takes", "ana"]) == 3
    assert "did you mean 'anna'?" in capsys.readouterr().err
    assert run(["config", "takes", "anna"]) == 0

    assert cues(script, capsys) == own != plain
    assert cues(script, capsys, "--no-takes") == plain
    run(["plan", script])
    assert capsys.readouterr().err.count("from config.toml: takes anna") == 1
    assert run(["record", "--takes", "anna", "--remove", "all"]) == 0
    assert cues(script, capsys) == plain
    run(["plan", script])
    assert "config.toml:3:9: warning W065: there are no takes called 'anna'" in capsys.readouterr().err


def test_the_timeline_says_whose_takes_were_measured(script: str, user_folders: Path, capsys: Capture) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    run(["record", script, "--import", "spoken"])
    capsys.readouterr()

    documents = []
    for more in (["--takes", "own"], []):
        assert run(["plan", script, "--json", *more]) == 0
        documents.append(json.loads(capsys.readouterr().out))

    assert documents[0]["options"]["takes"] == "own"
    assert "takes" not in documents[1]["options"]
    assert documents[0]["sample_rate"] == 24_000


def test_takes_are_listed_and_removed(script: str, user_folders: Path, takes: Path, capsys: Capture) -> None:
    assert run(["record", "--list"]) == 0
    assert "there are no takes yet" in capsys.readouterr().err
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    record(user_folders / "spoken" / "neck.wav", "Neck.")
    run(["record", script, "--import", "spoken"])
    capsys.readouterr()

    assert run(["record", "--list"]) == 0
    assert capsys.readouterr().out.startswith("own: 2 lines, en, 1.")
    assert run(["record", "--list", "--takes", "own"]) == 0
    ids = {line.split(" s  ")[1]: line.split()[0] for line in capsys.readouterr().out.splitlines()}
    assert run(["record", "--list", "--takes", "own", "--json"]) == 0
    assert {take["text"] for take in json.loads(capsys.readouterr().out)} == {"Neck.", "Relax."}
    assert run(["record", "--takes", "own", "--remove", f"{ids['Neck.']},nothing"]) == 2
    assert run(["record", "--remove", ids["Neck."]]) == 2
    assert run(["record", "--takes", "own", "--remove", ids["Neck."]]) == 0
    assert "removed: Neck." in capsys.readouterr().err
    assert {text for text, line in listed(script, capsys).items() if line["take"]} == {"Relax."}
    assert run(["record", script, "--remove", "1"]) == 2
    assert "lines with a take: 6" in capsys.readouterr().err
    assert run(["record", script, "--remove", "6"]) == 0
    assert not (takes / "own").exists()


def test_a_damaged_take_is_told_and_the_engine_speaks(
    script: str, user_folders: Path, takes: Path, capsys: Capture
) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    run(["record", script, "--import", "spoken"])
    [path] = (takes / "own").iterdir()
    path.write_bytes(path.read_bytes()[:1_000])
    plain = cues(script, capsys)

    assert cues(script, capsys, "--takes", "own") == plain

    run(["plan", script, "--takes", "own"])
    assert f"note: the take {path} is not used: it is not complete" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["record"], 2, "which routine is to be read?"),
        (["record", "two", "--takes", "../x"], 2, "takes cannot be called so"),
        (["record", "two", "--takes", ""], 0, ""),
        (["record", "two", "--import", "nowhere"], 3, "the folder nowhere cannot be read: No such file or directory"),
        (["record", "two", "--sheet", "two.coach.yaml"], 2, "the routine itself is read from this file"),
        (["record", "two", "--sheet", "."], 4, "cannot write"),
        (["record", "two", "--remove", "x"], 2, "lines are numbers such as 3 or 3,7-9"),
        (["record", "two", "--remove", "2"], 2, "there is no take of line 2"),
        (["record", "--remove", "x"], 2, "whose takes?"),
        (["record", "--takes", "bob", "--remove", "x"], 3, "there are no takes called 'bob'"),
        (["record", "--takes", "bob", "--list"], 3, "there are no takes called 'bob'"),
        (["record", "two", "--mic"], 2, "--mic needs a terminal for its keys"),
        (["record", "two", "--lines", "3"], 2, "--lines is for --mic"),
        (["record", "two", "--device", "usb"], 2, "--device is for --mic"),
        (["record", "two", "--mic", "--json"], 2, "--json is for the lines"),
        (["record", "two", "--list"], 2, "--list lists takes, whatever routine says them"),
        (["record", "nothing"], 2, "there is no such file"),
        (["plan", "two", "--takes", "bob"], 3, "there are no takes called 'bob'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_sense_is_told(words: list[str], code: int, told: str, script: str, capsys: Capture) -> None:
    assert run(words) == code

    printed = capsys.readouterr().err
    assert told in printed
    assert "fix:" in printed or not told


@pytest.mark.parametrize("which", ["x", "3-1", "1,,2", "-1", "1-", "999999"])
def test_lines_that_are_none_are_refused(which: str, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["record", "minimal", f"--lines={which}"])

    assert ended.value.code == 2


def test_a_silent_engine_hears_no_takes_and_says_so(script: str, user_folders: Path, capsys: Capture) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    run(["record", script, "--import", "spoken"])
    capsys.readouterr()

    assert run(["plan", script, "--takes", "own", "--engine", "silent"]) == 0

    assert "the takes “own” are not heard" in capsys.readouterr().err


@pytest.mark.parametrize("which", ["all", "ID"])
def test_a_damaged_take_can_be_removed_and_other_files_stay(
    which: str, script: str, user_folders: Path, takes: Path, capsys: Capture
) -> None:
    listed(script, capsys)
    record(user_folders / "spoken" / "relax.wav", "Relax.")
    run(["record", script, "--import", "spoken"])
    [path] = (takes / "own").iterdir()
    path.write_bytes(b"")
    memo = path.with_name("memo.wav")
    memo.write_bytes(b"somebody put it here")

    assert run(["record", "--takes", "own", "--remove", which.replace("ID", path.stem)]) == 0

    assert f"removed: {path.name}, which was damaged" in capsys.readouterr().err
    assert [other.name for other in memo.parent.iterdir()] == [memo.name]
