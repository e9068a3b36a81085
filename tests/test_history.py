"""The record of sessions: what is kept, what survives a kill, and what a broken file costs."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from voicecoach.errors import OutputError
from voicecoach.history import History, Whole
from voicecoach.history.database import VERSION, BusyError
from voicecoach.history.heatmap import Day, days_of, heatmap, streak, summary, weeks_in
from voicecoach.history.running import is_running, this_process

ZONE = timezone(timedelta(hours=2))
MORNING = datetime(2026, 11, 23, 7, 30, tzinfo=ZONE)


class SetClock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = MORNING) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **amount: float) -> None:
        self.now += timedelta(**amount)


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "history.sqlite3"


@pytest.fixture
def history(path: Path, clock: SetClock) -> Iterator[History]:
    with History(path, clock) as record:
        yield record


WHOLE = Whole("steady", 50, 600_000, 18, {"without": ["towel"], "side": None})


def begin(history: History, routine: str = "feet-morning", *, resumes: int | None = None) -> int:
    return history.begin(
        routine=routine,
        name=routine,
        title="[b]Feet[/b]",
        whole=WHOLE,
        digest="sha256:00",
        resumes=resumes,
    )


def sql(path: Path, statement: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        with connection:
            return connection.execute(statement).fetchall()
    finally:
        connection.close()


# ---- what is kept ----------------------------------------------------------------------------


def test_a_session_is_kept_with_everything_it_is_started_by(history: History, clock: SetClock) -> None:
    entry = begin(history)
    clock.pass_by(seconds=300)
    history.update(entry, 290_000, 9, 1)
    clock.pass_by(seconds=301)
    history.end(entry, "finished", 600_000, 17, 1)
    history.answer(entry, "right")

    found = history.entries()[0]

    assert (found.id, found.routine, found.name, found.title) == (entry, "feet-morning", "feet-morning", "[b]Feet[/b]")
    assert (found.level, found.dial, found.bouts, found.done, found.skipped) == ("steady", 50, 18, 17, 1)
    assert (found.at, found.length, found.outcome, found.answer) == (600_000, 600_000, "finished", "right")
    assert (found.started, found.ended) == (MORNING, MORNING + timedelta(seconds=601))
    assert found.started.utcoffset() == timedelta(hours=2)
    assert (found.options, found.digest) == ({"without": ["towel"], "side": None}, "sha256:00")
    assert found.spent == 600_000


@pytest.mark.parametrize("ended", [False, True])
def test_a_place_is_kept_with_the_whole_it_is_a_place_of(history: History, ended: bool) -> None:
    entry = begin(history)
    gentle = Whole("gentle", 0, 500_000, 16, {"dial": 0, "then": "strong"})

    if ended:
        history.end(entry, "stopped", 290_000, 9, 1, whole=gentle)
    else:
        history.update(entry, 290_000, 9, 1, whole=gentle)
        history.update(entry, 291_000, 9, 1)

    [found] = history.entries()
    assert (found.level, found.dial, found.length, found.bouts, found.options) == gentle
    assert (found.at, found.then) == (290_000 if ended else 291_000, "strong")


@pytest.mark.parametrize("options", [{}, {"then": "harder"}, {"then": ["strong"]}])
def test_a_level_that_is_none_does_not_come_next(history: History, options: dict[str, object]) -> None:
    entry = begin(history)

    history.update(entry, 1, 0, 0, whole=WHOLE._replace(options=options))

    assert history.entries()[0].then is None


def test_sessions_come_newest_first_and_can_be_chosen(history: History, clock: SetClock) -> None:
    ids = []
    for routine in ("feet-morning", "tabata", "feet-morning"):
        ids.append(begin(history, routine))
        clock.pass_by(hours=1)

    assert [entry.id for entry in history.entries()] == ids[::-1]
    assert [entry.id for entry in history.entries(1)] == [ids[2]]
    assert [entry.id for entry in history.entries(routine="feet-morning")] == [ids[2], ids[0]]
    assert history.times("feet-morning") == 2


def test_last_done_is_of_finished_sessions_only(history: History, clock: SetClock) -> None:
    history.end(begin(history), "finished", 600_000, 18, 0)
    clock.pass_by(days=1)
    history.end(begin(history), "stopped", 1, 0, 0)

    assert history.last_done() == {"feet-morning": MORNING}


def test_asking_makes_no_file(history: History) -> None:
    assert (history.entries(), history.last_done(), history.unfinished()) == ((), {}, None)
    assert history.times("feet-morning") == 0

    assert not history.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there are other rights there")
def test_only_the_person_may_read_it(history: History) -> None:
    begin(history)

    assert history.path.stat().st_mode & 0o077 == 0


def test_time_that_was_skipped_is_not_spent(history: History, clock: SetClock) -> None:
    entry = begin(history)
    clock.pass_by(seconds=20)
    history.end(entry, "finished", 600_000, 1, 17)

    assert history.entries()[0].spent == 20_000


# ---- sessions that were cut off --------------------------------------------------------------

KEPT_ALIVE = """
import sys, time
from pathlib import Path
from voicecoach.history import History, Whole
history = History(Path(sys.argv[1]))
entry = history.begin(routine="r", name="r", title="R", whole=Whole("", 0, 10**9, 1, {}))
at = 0
while True:
    at += 1
    history.update(entry, at, 0, 0)
    print(at, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL does not exist there")
def test_a_killed_session_has_lost_nothing_it_was_told(path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", KEPT_ALIVE, str(path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    told = [int(process.stdout.readline()) for _ in range(50)]
    with History(path) as history:
        assert history.entries()[0].outcome == "running"
        assert history.unfinished() is None

    process.send_signal(signal.SIGKILL)
    told += [int(line) for line in process.communicate()[0].splitlines()]

    with History(path) as history:
        found = history.unfinished()
    assert found is not None
    assert found.outcome == "crashed"
    assert told[-1] <= found.at <= told[-1] + 1


def test_a_session_whose_process_is_gone_has_crashed(history: History, path: Path, clock: SetClock) -> None:
    entry = begin(history)
    history.update(entry, 5_000, 1, 0)
    sql(path, "UPDATE sessions SET process = 999999999")

    found = history.unfinished()

    assert found is not None
    assert (found.id, found.outcome, found.at, found.ended) == (entry, "crashed", 5_000, None)


@pytest.mark.skipif(sys.platform != "linux", reason="only there a process is told from a later one of its number")
def test_a_number_that_now_belongs_to_another_process_counts_as_gone(history: History, path: Path) -> None:
    begin(history)
    sql(path, "UPDATE sessions SET born = 'another boot'")

    assert history.entries()[0].outcome == "crashed"


def test_a_session_nobody_updates_has_crashed_and_comes_back_with_its_next_update(path: Path, clock: SetClock) -> None:
    code = KEPT_ALIVE.replace("while True:\n    at += 1", "for line in sys.stdin:\n    at += 1")
    process = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def update() -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        print(file=process.stdin, flush=True)
        process.stdout.readline()

    with process, History(path, clock) as history:
        update()
        clock.now = datetime.now().astimezone() + timedelta(seconds=90)
        asleep = history.entries()[0].outcome
        update()
        clock.now = datetime.now().astimezone()
        awake = history.entries()[0].outcome
        process.stdin.close()

    assert (asleep, awake) == ("crashed", "running")


def test_a_session_stopped_by_the_person_is_offered_for_twelve_hours(history: History, clock: SetClock) -> None:
    entry = begin(history)
    history.end(entry, "stopped", 300_000, 9, 0)

    clock.pass_by(hours=12)
    offered = history.unfinished()
    clock.pass_by(seconds=1)

    assert offered is not None
    assert offered.id == entry
    assert history.unfinished() is None


@pytest.mark.parametrize(("outcome", "at"), [("finished", 300_000), ("stopped", 0), ("stopped", 600_000)])
def test_a_session_without_a_middle_is_not_offered(outcome: str, at: int, history: History) -> None:
    history.end(begin(history), outcome, at, 0, 0)  # type: ignore[arg-type]

    assert history.unfinished() is None


def test_an_offer_ends_when_it_is_dismissed_or_taken_up_or_the_routine_begins_anew(history: History) -> None:
    first, second, third = begin(history, "a"), begin(history, "b"), begin(history, "c")
    for entry in (first, second, third):
        history.end(entry, "stopped", 1_000, 0, 0)
    offers = [history.unfinished()]
    history.dismiss(third)
    offers.append(history.unfinished())
    begin(history, "elsewhere", resumes=second)
    offers.append(history.unfinished())
    begin(history, "a")
    offers.append(history.unfinished())

    assert [offer and offer.id for offer in offers] == [third, second, first, None]


def test_the_offer_of_one_routine_is_not_hidden_by_another(history: History) -> None:
    first, second = begin(history, "a"), begin(history, "b")
    for entry in (first, second):
        history.end(entry, "stopped", 1_000, 0, 0)

    found = [history.unfinished(routine) for routine in ("a", "b", "c")]

    assert [entry and entry.id for entry in found] == [first, second, None]


# ---- several at once -------------------------------------------------------------------------


def test_several_processes_begin_at_the_same_time(path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom voicecoach.history import History, Whole\n"
        "sys.stdin.readline()\nhistory = History(Path(sys.argv[1]))\n"
        "entry = history.begin(routine='r', name='r', title='R', whole=Whole('', 0, 9, 1, {}))\n"
        "for at in range(30):\n    history.update(entry, at, 0, 0)\n"
        "history.end(entry, 'finished', 9, 1, 0)\n"
    )
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, text=True) for _ in range(4)
    ]

    for process in processes:
        process.communicate("\n")

    assert [process.returncode for process in processes] == [0] * 4
    with History(path) as history:
        assert [(entry.outcome, entry.at) for entry in history.entries()] == [("finished", 9)] * 4


def test_several_threads_share_one_record(history: History) -> None:
    entries = [begin(history) for _ in range(4)]

    def work(entry: int) -> None:
        for at in range(50):
            history.update(entry, at, 0, 0)
        history.end(entry, "finished", 50, 1, 0)

    threads = [threading.Thread(target=work, args=(entry,)) for entry in entries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {(entry.outcome, entry.at) for entry in history.entries()} == {("finished", 50)}


def test_an_update_is_left_out_while_another_program_holds_the_file(history: History, path: Path) -> None:
    entry = begin(history)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    written = history.update(entry, 1_000, 0, 0)
    with pytest.raises(BusyError) as refused:
        history.answer(entry, "easy")
    holder.execute("ROLLBACK")
    holder.close()

    assert refused.value.fix == "try again in a moment"
    assert not written
    assert history.entries()[0].at == 0
    assert history.update(entry, 2_000, 0, 0)
    assert history.entries()[0].at == 2_000


def test_another_process_cannot_change_a_session(history: History, path: Path) -> None:
    entry = begin(history)
    sql(path, "UPDATE sessions SET process = 1, born = ''")

    history.end(entry, "finished", 9, 9, 9)

    assert history.entries()[0].done == 0


def test_this_process_is_running_and_one_that_ended_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    before = ended.wait()

    assert before == 0
    assert is_running(os.getpid(), this_process())
    assert not is_running(ended.pid, "")


# ---- files that cannot be used ---------------------------------------------------------------


@pytest.mark.parametrize("content", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 5_000])
def test_a_broken_file_is_moved_aside_and_said_so(content: bytes, history: History, path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(content)

    entry = begin(history)

    aside = path.with_name("history.broken-2026-11-23.sqlite3")
    assert aside.read_bytes() == content
    assert [found.id for found in history.entries()] == [entry]
    assert history.problem == f"the history was broken; a new one is begun, and the old one is kept as {aside}"


def test_a_file_that_breaks_while_it_is_used_is_moved_aside(history: History, path: Path) -> None:
    for number in range(200):
        begin(history, f"routine-{number}")
    history.close()
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)

    history.entries()
    begin(history)

    assert len(history.entries()) == 1
    assert path.with_name("history.broken-2026-11-23.sqlite3").exists()


def test_a_second_broken_file_of_a_day_does_not_replace_the_first(history: History, path: Path) -> None:
    path.parent.mkdir()
    for content in (b"first" * 100, b"second" * 100):
        history.close()
        path.write_bytes(content)
        begin(history)

    assert path.with_name("history.broken-2026-11-23.sqlite3").read_bytes() == b"first" * 100
    assert path.with_name("history.broken-2026-11-23-2.sqlite3").read_bytes() == b"second" * 100


def test_a_newer_schema_is_refused_and_left_alone(history: History, path: Path) -> None:
    path.parent.mkdir()
    sql(path, f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()

    with pytest.raises(OutputError) as refused:
        begin(history)

    assert refused.value.what == (
        f"the history in {path} is of a newer voicecoach (schema {VERSION + 1}; this one knows {VERSION})"
    )
    assert refused.value.fix == "update voicecoach; until then sessions play and are not recorded"
    assert path.read_bytes() == before


def test_a_new_file_has_the_schema_version_and_a_log_ahead_of_it(history: History, path: Path) -> None:
    begin(history)

    assert sql(path, "PRAGMA user_version") == [(VERSION,)]
    assert sql(path, "PRAGMA journal_mode") == [("wal",)]


def test_a_place_that_cannot_be_written_is_an_error_with_a_fix(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with History(tmp_path / "file" / "history.sqlite3") as history, pytest.raises(OutputError) as refused:
        begin(history)

    assert "VOICECOACH_DATA_DIR" in refused.value.fix


@pytest.mark.skipif(sys.platform == "win32", reason="there are no limits of this kind")
def test_a_full_disk_is_an_error_and_keeps_what_was_there(path: Path) -> None:
    code = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom voicecoach.errors import OutputError\n"
        "from voicecoach.history import History, Whole\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "history = History(Path(sys.argv[1]))\n"
        "entry = history.begin(routine='r', name='r', title='R', whole=Whole('', 0, 9, 1, {}))\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "try:\n    for at in range(10_000):\n"
        "        history.begin(routine='r', name='r', title='R' * 5000, whole=Whole('', 0, 9, 1, {}))\n"
        "except OutputError as error:\n    print(error.what)\n"
    )

    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)

    assert "cannot be used" in done.stdout
    with History(path) as history:
        assert len(history.entries()) >= 1
        assert history.problem is None


# ---- the picture -----------------------------------------------------------------------------

MONDAY = date(2026, 11, 23)


def drawn(days: dict[date, Day], today: date = MONDAY, weeks: int = 26) -> list[str]:
    return ["".join(cell.text for cell in line) for line in heatmap(days, today, weeks)]


def test_the_picture_has_a_row_for_each_day_and_a_column_for_each_week() -> None:
    lines = drawn({MONDAY: Day(1, 45), MONDAY - timedelta(days=1): Day(1, 12), date(2026, 6, 1): Day(1, 0)})

    assert lines[0] == "    Jun     Jul     Aug       Sep     Oct     Nov"
    assert lines[1] == "Mon ░ " + "· " * 24 + "█"
    assert lines[2] == "Tue " + " ".join("·" * 25)
    assert lines[7] == "Sun " + " ".join("·" * 24) + " ▒"
    assert [line[:4] for line in lines[1:8]] == ["Mon ", "Tue ", "Wed ", "Thu ", "Fri ", "Sat ", "Sun "]
    assert lines[8:] == [
        "",
        "· no session   ░ under 10 minutes   ▒ 10 or more",
        "▓ 20 or more   █ 40 or more",
    ]


@pytest.mark.parametrize(
    ("minutes", "mark"), [(0, "░"), (9, "░"), (10, "▒"), (19, "▒"), (20, "▓"), (39, "▓"), (40, "█"), (900, "█")]
)
def test_a_longer_day_is_darker(minutes: int, mark: str) -> None:
    assert drawn({MONDAY: Day(1, minutes)}, weeks=1)[1] == f"Mon {mark}"


@pytest.mark.parametrize(("width", "weeks"), [(200, 26), (80, 26), (55, 26), (54, 25), (40, 18), (5, 1), (0, 1)])
def test_the_picture_is_as_wide_as_there_is_room(width: int, weeks: int) -> None:
    assert weeks_in(width) == weeks
    if width >= 40:
        assert max(len(line) for line in drawn({}, weeks=weeks)) <= width


def test_two_sessions_of_a_day_are_added_up() -> None:
    assert days_of([(MONDAY, 60_000), (MONDAY, 600_000)]) == {MONDAY: Day(2, 11)}


@pytest.mark.parametrize(("back", "length"), [([0, 1, 2, 4], 3), ([1, 2], 2), ([2, 3], 0), ([], 0)])
def test_a_streak_goes_on_while_today_is_not_over(back: list[int], length: int) -> None:
    assert streak({MONDAY - timedelta(days=number) for number in back}, MONDAY) == length


def test_the_summary_counts_what_the_picture_shows() -> None:
    days = {MONDAY: Day(2, 31), MONDAY - timedelta(days=1): Day(1, 10), MONDAY - timedelta(days=500): Day(9, 900)}

    assert summary(days, MONDAY, 26) == "26 weeks: 3 sessions on 2 days, 41 minutes; current streak 2 days"
    assert summary({MONDAY: Day(1, 1)}, MONDAY, 1) == ("1 week: 1 session on 1 day, 1 minute; current streak 1 day")
