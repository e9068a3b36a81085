"""`voicecoach strings`: the file of translations as a translator finds it, and every way it can fail."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.script.translating import GERMAN, SCRIPT
from voicecoach import worksheets
from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]
SHEET = "calves.de.coach-text.yaml"


def text(name: str = SHEET) -> str:
    return Path(name).read_text("utf-8")


def test_a_new_translation_is_written_beside_the_script(write: Write, capsys: Capture) -> None:
    write("lib/calves.coach.yaml", SCRIPT)

    code = run(["strings", "lib/calves.coach.yaml", "--lang", "de"])

    printed = capsys.readouterr()
    name = os.path.join("lib", SHEET)
    assert (code, printed.out) == (0, f"{name}\n")
    assert printed.err == (
        f"{name}: warning W067: 6 texts have no German translation: calf-stretch.name, calf-stretch.brief, "
        'calf-stretch.cues.half, title, "sharp pain", "Shake your legs."\n'
        "  why: they will be spoken in English\n"
        f"  fix: voicecoach strings {os.path.join('lib', 'calves.coach.yaml')} --lang de  adds to the file what is "
        "missing\n"
        "written: 6 still to translate\n"
    )
    assert text(name).startswith("# The words of calves.coach.yaml in German.")
    assert sorted(os.listdir("lib")) == ["calves.coach.yaml", SHEET]


def test_an_update_keeps_everything_and_the_file_as_it_was(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT.replace("Shake your legs.", "Shake your legs out."))
    write(SHEET, f"# von Anna\n{GERMAN}")

    code = run(["strings", "calves.coach.yaml", "--lang", "de"])

    assert code == 0
    assert capsys.readouterr().err.endswith(
        f"brought up to date; the file as it was is {SHEET}~: every text is translated, 1 to look at again\n"
    )
    assert text(f"{SHEET}~") == f"# von Anna\n{GERMAN}"
    rest = iter(text().splitlines())
    assert all(line in rest for line in f"# von Anna\n{GERMAN}".splitlines())
    assert "  # was: Shake your legs.\n  - en: Shake your legs out.\n    de: Schüttle die Beine aus.\n" in text()


def test_a_second_call_writes_nothing(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN)
    run(["strings", "calves.coach.yaml", "--lang", "de"])
    os.remove(f"{SHEET}~")
    before = Path(SHEET).stat()

    assert run(["strings", "calves.coach.yaml", "--lang", "de"]) == 0

    assert Path(SHEET).stat() == before
    assert not Path(f"{SHEET}~").exists()
    assert capsys.readouterr().err.endswith("nothing to change: every text is translated\n")


def test_line_ends_and_byte_order_mark_stay(write: Write) -> None:
    write("calves.coach.yaml", SCRIPT)
    Path(SHEET).write_bytes(b"\xef\xbb\xbf" + GERMAN.replace("title: Waden\n", "").replace("\n", "\r\n").encode())

    assert run(["strings", "calves.coach.yaml", "--lang", "de"]) == 0

    data = Path(SHEET).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert b"title:\r\n" in data


@pytest.mark.skipif(sys.platform == "win32", reason="modes of files")
def test_the_mode_of_the_file_stays(write: Write) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, "title: Waden\n")
    os.chmod(SHEET, 0o640)

    assert run(["strings", "calves.coach.yaml", "--lang", "de"]) == 0

    assert Path(SHEET).stat().st_mode & 0o777 == 0o640


def test_a_library_is_translated_like_a_routine(write: Write, capsys: Capture) -> None:
    write("hips.coach.yaml", "library: hips\nexercises:\n  pigeon: {name: Pigeon, hold: 20s}\n")

    assert run(["strings", "hips.coach.yaml", "--lang", "fr"]) == 0

    assert "  pigeon:\n    # en: Pigeon\n    name:\n" in text("hips.fr.coach-text.yaml")


def test_a_region_gets_a_file_of_its_own(write: Write) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN)

    assert run(["strings", "calves.coach.yaml", "--lang", "de-at"]) == 0

    assert "lang: de-AT\n" in text("calves.de-AT.coach-text.yaml")
    assert text() == GERMAN


def test_a_region_of_the_script_s_own_language_names_both_in_full(write: Write) -> None:
    write("calves.coach.yaml", f"lang: en-GB\n{SCRIPT}")

    assert run(["strings", "calves.coach.yaml", "--lang", "en-US"]) == 0

    assert "  - en-GB: sharp pain\n    en-US:\n" in text("calves.en-US.coach-text.yaml")


def test_a_translation_with_mistakes_is_left_as_it_is(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, "exercises:\n  calf-stretch:\n    hold: 60s\n")

    code = run(["strings", "calves.coach.yaml", "--lang", "de"])

    assert code == 2
    assert f"{SHEET}:3:5: error E067: 'hold' is no text" in capsys.readouterr().err
    assert text() == "exercises:\n  calf-stretch:\n    hold: 60s\n"
    assert sorted(os.listdir()) == ["calves.coach.yaml", SHEET]


def test_a_translation_that_cannot_be_added_to_is_left_as_it_is(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, "{title: Waden}\n")

    code = run(["strings", "calves.coach.yaml", "--lang", "de"])

    assert code == 4
    assert capsys.readouterr().err == (
        f"voicecoach: {SHEET} cannot be changed without harm to it\n  fix: add the texts by hand\n"
    )
    assert text() == "{title: Waden}\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["calves.coach.yaml", "--lang", "../x"], "--lang ../x: this is not a language tag\n"),
        (["calves.de.coach-text.yaml", "--lang", "de"], "calves.de.coach-text.yaml is a translation itself\n"),
        (["calves.coach.yaml", "--lang", "en"], "--lang en: the script itself is in this language\n"),
        (["nothing.coach.yaml", "--lang", "de"], "nothing.coach.yaml: error E050: cannot find 'nothing.coach.yaml'"),
        (["wrong.coach.yaml", "--lang", "de"], "wrong.coach.yaml:2:1: error E011: unknown key 'stepps' in routine"),
        (["plan.coach.yaml", "--lang", "de"], "plan.coach.yaml:1:1: error E015: this is a programme"),
    ],
)  # fmt: skip
def test_what_cannot_be_translated(write: Write, capsys: Capture, arguments: list[str], message: str) -> None:
    write("calves.coach.yaml", SCRIPT)
    write("wrong.coach.yaml", "title: T\nstepps: []\n")
    write("plan.coach.yaml", "programme: P\n")
    write(SHEET, GERMAN)
    before = sorted(os.listdir())

    code = run(["strings", *arguments])

    assert code == 2
    assert message in capsys.readouterr().err
    assert sorted(os.listdir()) == before


def test_a_folder_that_cannot_be_written(write: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    write("calves.coach.yaml", SCRIPT)

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(worksheets.tempfile, "mkstemp", full)

    assert run(["strings", "calves.coach.yaml", "--lang", "de"]) == 4
    assert capsys.readouterr().err == (
        f"voicecoach: {SHEET} cannot be written: No space left on device\n  fix: allow writing there\n"
    )
    assert os.listdir() == ["calves.coach.yaml"]


def test_a_file_that_another_program_changes_meanwhile_is_left_to_it(
    write: Write, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN)
    make = worksheets.tempfile.mkstemp

    def saved_in_an_editor(*arguments: object) -> object:
        write(SHEET, "title: Meine Waden\n")
        return make(*arguments)  # type: ignore[call-overload]

    monkeypatch.setattr(worksheets.tempfile, "mkstemp", saved_in_an_editor)

    assert run(["strings", "calves.coach.yaml", "--lang", "de"]) == 4
    assert capsys.readouterr().err == (
        f"voicecoach: {SHEET} was changed by another program meanwhile\n  fix: run the command again\n"
    )
    assert text() == "title: Meine Waden\n"
    assert sorted(os.listdir()) == ["calves.coach.yaml", SHEET]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege there")
def test_a_link_out_of_the_folder_is_neither_read_nor_written(write: Write, capsys: Capture, tmp_path: Path) -> None:
    write("calves.coach.yaml", SCRIPT)
    secret = tmp_path / "secret.yaml"
    secret.write_text(GERMAN, "utf-8")
    os.symlink(secret, SHEET)

    code = run(["strings", "calves.coach.yaml", "--lang", "de"])

    assert code == 2
    assert f"{SHEET}: error E052: '{SHEET}' is outside this project" in capsys.readouterr().err
    assert secret.read_text("utf-8") == GERMAN
    assert run(["strings", "calves.coach.yaml", "--lang", "de", "--allow-outside"]) == 0
    assert secret.read_text("utf-8") != GERMAN
    assert Path(SHEET).is_symlink()
