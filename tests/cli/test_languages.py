"""Sessions in another language, as a person asks for them."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.script.translating import GERMAN, SCRIPT
from voicecoach import locations
from voicecoach.cli import run

Write = Callable[[str, str], str]
Capture = pytest.CaptureFixture[str]
SHEET = "calves.de.coach-text.yaml"


@pytest.mark.parametrize("command", ["plan", "explain"])
def test_a_bundled_routine_in_german(command: str, user_folders: Path, capsys: Capture) -> None:
    code = run([command, "feet-morning", "--lang", "de", "--estimate"])

    printed = capsys.readouterr()
    assert (code, printed.err) == (0, "")
    assert {"plan": "Wechsel. Rechter Knöchel über das andere Knie.", "explain": "language de"}[command] in printed.out


def test_a_german_session_is_spoken_by_a_german_voice(user_folders: Path, capsys: Capture) -> None:
    assert run(["plan", "minimal", "--lang", "de-AT", "--json"]) == 0

    options = json.loads(capsys.readouterr().out)["options"]
    assert (options["lang"], options["voice"]) == ("de-AT", "de")


def test_a_rendered_file_says_its_language(user_folders: Path, capsys: Capture) -> None:
    assert run(["render", "feet-midday", "--lang", "es", "--engine", "silent", "-o", "pies.html"]) == 0

    page = Path("pies.html").read_text("utf-8")
    assert '"lang":"es"' in page.replace(" ", "")
    assert "Arrugar la toalla, pie izquierdo" in page


def test_a_language_the_script_does_not_have(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)

    assert run(["plan", "calves.coach.yaml", "--lang", "fr", "--estimate"]) == 0

    printed = capsys.readouterr()
    assert "calves.coach.yaml: warning W067: 6 texts have no French translation: calf-stretch.name" in printed.err
    assert "  fix: voicecoach strings calves.coach.yaml --lang fr  writes a file for them\n" in printed.err
    assert "Arrête-toi si tu ressens sharp pain." in printed.out
    assert "Change. Droite leg back." in printed.out


def test_a_mistake_in_the_translation_is_shown_with_its_line(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN.replace("$Side", "$Sied"))

    assert run(["play", "calves.coach.yaml", "--lang", "de", "--engine", "silent", "--plain"]) == 2

    assert (
        f"{SHEET}:5:5: error E041: unknown word '$Sied' in spoken text\n    5 |     brief:" in capsys.readouterr().err
    )
    assert run(["plan", "calves.coach.yaml", "--estimate"]) == 0


def test_what_is_no_language(user_folders: Path, capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["plan", "minimal", "--lang", "german!"])

    assert ended.value.code == 2
    assert "a language is a tag such as de or pt-BR" in capsys.readouterr().err


def test_check_reads_every_translation_beside_the_script(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN.replace("title: Waden\n", ""))
    write("calves.fr.coach-text.yaml", "lang: it\n")

    code = run(["check", "calves.coach.yaml"])

    printed = capsys.readouterr().err
    assert code == 2
    assert f"{SHEET}: warning W067: 1 text has no German translation: title\n" in printed
    assert "calves.fr.coach-text.yaml:1:7: error E068: 'lang: it' does not fit" in printed


def test_check_of_a_translation_tries_the_session_in_its_language(write: Write, capsys: Capture) -> None:
    script = (
        "title: T\nstop_if: [x]\nsteps:\n  - section: S\n    clock: strict\n    between: 4s\n    steps:\n"
        + "".join(f"      - {{name: {name}, time: 10s}}\n" for name in ("A", "B"))
    )
    write("tight.coach.yaml", script)
    write(
        "tight.de.coach-text.yaml",
        "title: T\ntexts: [{en: x, de: x}, {en: S, de: S}, {en: A, de: A}, "
        '{en: B, de: "Ein Name der viel zu lang ist für die kurze Zeit die dafür da ist, und noch etwas länger"}]\n',
    )

    assert run(["check", "tight.coach.yaml"]) == 0
    assert run(["check", "tight.coach.yaml", "--lang", "de"]) == 2
    assert run(["check", "tight.de.coach-text.yaml"]) == 2

    assert capsys.readouterr().err.count("error E205: must-say") == 2


def test_check_of_a_translation_says_only_what_is_its_own(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT.replace("stop_if: [sharp pain]\n", ""))
    write(SHEET, GERMAN.replace("  - {en: sharp pain, de: stechenden Schmerz}\n", ""))

    assert run(["check", "--strict", "calves.coach.yaml"]) == 1
    assert run(["check", "--strict", SHEET]) == 0

    assert capsys.readouterr().err.endswith("1 file checked: no problems\n")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nothing.de.coach-text.yaml", "there is no such file"),
        ("alone.de.coach-text.yaml", "the script it translates is not beside it: alone.coach.yaml"),
        ("alone.coach-text.yaml", "the name of this translation has no language"),
    ],
)
def test_check_of_a_translation_without_a_script(write: Write, capsys: Capture, name: str, message: str) -> None:
    write("alone.de.coach-text.yaml", GERMAN)
    write("alone.coach-text.yaml", GERMAN)

    assert run(["check", name]) == 2

    assert f"{name}: error E050: {message}" in capsys.readouterr().err


def test_a_link_out_of_the_folder_is_not_read(write: Write, capsys: Capture, tmp_path: Path) -> None:
    write("calves.coach.yaml", SCRIPT)
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: hunter2\n", "utf-8")
    os.symlink(secret, SHEET)

    assert run(["check", "calves.coach.yaml"]) == 2

    printed = capsys.readouterr().err
    assert f"{SHEET}: error E052: '{SHEET}' is outside this project" in printed
    assert "hunter2" not in printed


def test_a_translation_is_no_routine(write: Write, capsys: Capture) -> None:
    write("calves.coach.yaml", SCRIPT)
    write(SHEET, GERMAN)
    own = locations.own_routines()
    own.mkdir(parents=True)
    (own / "mine.yaml").write_text(SCRIPT, "utf-8")
    (own / "mine.de.coach-text.yaml").write_text(GERMAN, "utf-8")

    assert run(["list"]) == 0

    listed = capsys.readouterr().out
    assert "calves " in listed
    assert "mine " in listed
    assert "coach-text" not in listed


def test_show_in_another_language(user_folders: Path, capsys: Capture) -> None:
    assert run(["show", "feet-morning", "--lang", "es"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("Estiramientos de pies por la mañana\n")
    assert "  Estiramiento del arco en la silla  (seated, barefoot, chair)\n" in shown
    assert "  - dolor agudo\n" in shown
