"""`voicecoach history`: past sessions as people and programs read them."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from voicecoach.cli import run
from voicecoach.history import History, Whole

Capture = pytest.CaptureFixture[str]
Record = Callable[..., int]


@pytest.fixture
def record(user_folders: Path) -> Record:
    """Records one session that lasted `minutes` and began `ago`; the rest are fields of the entry."""

    def recorded(
        routine: str = "feet-morning", title: str = "Feet", minutes: float = 10, ago: timedelta = timedelta(hours=1)
    ) -> int:
        moments = [datetime.now().astimezone() - ago]
        with History(clock=lambda: moments[-1]) as history:
            entry = history.begin(
                routine=routine, name=f"{routine}.yaml", title=title, whole=Whole("", 30, 1_200_000, 18, {})
            )
            moments.append(moments[0] + timedelta(minutes=minutes))
            history.end(entry, "stopped", int(minutes * 60_000), 9, 1)
            history.answer(entry, "right")
        return entry

    return recorded


def test_without_sessions_it_says_so(user_folders: Path, capsys: Capture) -> None:
    assert run(["history"]) == 0

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "no session is recorded yet; one is with every  voicecoach play ROUTINE\n"


def test_the_table_has_the_newest_first(record: Record, capsys: Capture) -> None:
    record("tabata", ago=timedelta(days=2))
    record()

    assert run(["history"]) == 0

    head, newest, older = capsys.readouterr().out.splitlines()
    assert head.split("  ")[0] == "date"
    assert " ".join(newest.split()[2:]) == "feet-morning dial 30 10:00 / 20:00 9 of 18 1 stopped just right"
    assert older.split()[2] == "tabata"


def test_sessions_are_chosen_by_routine_and_number(record: Record, capsys: Capture) -> None:
    ids = [record("tabata"), record(), record()]

    assert run(["history", "--json", "--limit", "1"]) == 0
    assert [entry["id"] for entry in json.loads(capsys.readouterr().out)] == [ids[2]]

    assert run(["history", "--json", "--routine", "tabata"]) == 0
    assert [entry["id"] for entry in json.loads(capsys.readouterr().out)] == [ids[0]]

    assert run(["history", "--routine", "tabatta"]) == 0
    assert capsys.readouterr().err == ("no session of 'tabatta' is recorded; there are some of: feet-morning, tabata\n")


def test_json_has_everything(record: Record, capsys: Capture) -> None:
    record(title="[b]Füße[/b]")

    assert run(["history", "--json"]) == 0

    entry = json.loads(capsys.readouterr().out)[0]
    started, ended = datetime.fromisoformat(entry.pop("started")), datetime.fromisoformat(entry.pop("ended"))
    assert ended - started == timedelta(minutes=10)
    assert datetime.fromisoformat(entry.pop("updated")) == ended
    assert entry == {
        "id": 1,
        "routine": "feet-morning",
        "name": "feet-morning.yaml",
        "title": "[b]Füße[/b]",
        "level": None,
        "dial": 30,
        "at_ms": 600_000,
        "length_ms": 1_200_000,
        "bouts": 18,
        "done": 9,
        "skipped": 1,
        "outcome": "stopped",
        "answer": "right",
        "options": {},
        "digest": "",
    }


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ('Feet, "mine"\nand yours', 'Feet, "mine"\nand yours'),
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
    ],
)
def test_csv_is_quoted_and_no_cell_is_a_formula(title: str, cell: str, record: Record, capsys: Capture) -> None:
    record(title=title)

    assert run(["history", "--csv"]) == 0

    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 1
    assert (rows[0]["title"], rows[0]["done"], rows[0]["answer"], rows[0]["level"]) == (cell, "9", "right", "")


def test_csv_without_sessions_has_its_head(user_folders: Path, capsys: Capture) -> None:
    assert run(["history", "--csv"]) == 0

    assert capsys.readouterr().out.startswith("id,started,")


def calendar(**environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "voicecoach", "history", "--calendar"],
        env={**os.environ, **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout.decode("utf-8")


def test_the_calendar_is_a_picture_and_words(record: Record) -> None:
    record(minutes=15, ago=timedelta(minutes=20))
    record(minutes=15, ago=timedelta(days=30))

    printed = calendar(COLUMNS="80", PYTHONIOENCODING="utf-8")

    assert printed.count("▒") == 3
    assert "\nSun " in printed
    assert "\x1b" not in printed
    assert "26 weeks: 2 sessions on 2 days, 30 minutes; current streak 1 day" in printed


def test_the_calendar_fits_a_narrow_screen_that_knows_ascii_only(record: Record) -> None:
    record(minutes=15, ago=timedelta(minutes=20))

    printed = calendar(COLUMNS="40", PYTHONIOENCODING="ascii")

    assert printed.isascii()
    assert "\\" not in printed
    assert max(len(line) for line in printed.splitlines()[:8]) <= 40
    assert printed.count("+") == 2


def test_a_limit_means_nothing_to_the_calendar(user_folders: Path, capsys: Capture) -> None:
    assert run(["history", "--calendar", "--limit", "3"]) == 2

    assert "leave --limit out" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["--limit", "0"], ["--limit", "-1"], ["--limit", "x"], ["--json", "--csv"]])
def test_words_that_make_no_sense_end_with_2(words: list[str], capsys: Capture) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["history", *words])

    assert ended.value.code == 2


def test_a_broken_history_is_told(user_folders: Path, capsys: Capture) -> None:
    path = Path(os.environ["VOICECOACH_DATA_DIR"], "history.sqlite3")
    path.parent.mkdir()
    path.write_bytes(b"no database" * 100)

    assert run(["history"]) == 0

    assert "note: the history was broken; a new one is begun, and the old one is kept as " in capsys.readouterr().err


def test_a_history_that_cannot_be_opened_is_an_error(user_folders: Path, capsys: Capture) -> None:
    Path(os.environ["VOICECOACH_DATA_DIR"], "history.sqlite3").mkdir(parents=True)

    assert run(["history"]) == 4

    printed = capsys.readouterr().err
    assert "history.sqlite3 cannot be used" in printed
    assert "VOICECOACH_DATA_DIR" in printed


def test_control_characters_of_a_name_are_shown_and_never_sent(record: Record, capsys: Capture) -> None:
    record("x\x1b[31m")

    assert run(["history"]) == 0

    assert "x\\x1b[31m" in capsys.readouterr().out


def test_help_has_an_example(capsys: Capture) -> None:
    with pytest.raises(SystemExit):
        run(["history", "--help"])

    assert "example:\n  voicecoach history --calendar" in capsys.readouterr().out
