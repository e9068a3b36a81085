"""`voicecoach serve`: pages and sound files for the phones of the home network, until Ctrl-C."""

import argparse
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import TYPE_CHECKING

from voicecoach import api
from voicecoach.cli import DONE, sessions, terminal
from voicecoach.cli.cover import asked_cover
from voicecoach.compiler.identify import slug
from voicecoach.errors import ScriptError
from voicecoach.export import page
from voicecoach.export.audio import UnknownFormatError, format_of, formats
from voicecoach.report import plain
from voicecoach.serve.address import LOOPBACK, home_address, is_everywhere
from voicecoach.serve.listing import POLICY, Entry, Sound, listing
from voicecoach.serve.offer import Offer, offer
from voicecoach.serve.qr import fits, qr
from voicecoach.serve.server import Server
from voicecoach.session import Script, Session
from voicecoach.shelf import routines
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import clock

if TYPE_CHECKING:
    from voicecoach.export.labels import Picture

PAGE = ".html"
DEFAULT_SOUND = "m4a"

_NAME_LENGTH = 60


def serve(chosen: argparse.Namespace) -> int:
    """Renders into a folder that is removed at the end, whatever way it ends, and offers what is in it.

    Ctrl-C is the way to end it, so it then ends with 0; before anything is offered, with 130 as everywhere.
    """
    sounds = _sounds(chosen.format or [DEFAULT_SOUND])
    scripts = _scripts(chosen)
    cover = asked_cover(chosen, [Path(f"{name}{suffix}") for name in _names(scripts) for suffix in sounds])
    home = home_address()
    host = chosen.host or home or LOOPBACK
    with _ended_by_signals(), _folder() as folder, Server(host, chosen.port, terminal.say) as server:
        offers = _offers(chosen, scripts, folder, sounds, cover)
        _announce(server, chosen.host, home)
        try:
            server.run(offers)
        except KeyboardInterrupt:
            terminal.say("ended")
    return DONE


def _sounds(named: Sequence[str]) -> tuple[str, ...]:
    """The suffixes of the sound files; raises ScriptError for a format that does not exist."""
    found = dict.fromkeys(f".{name.strip().lower().removeprefix('.')}" for word in named for name in word.split(","))
    for suffix in found:
        try:
            format_of(Path(f"sound{suffix}"))
        except UnknownFormatError as error:
            known = " ".join(form.suffix.removeprefix(".") for form in formats() if form.suffix != PAGE)
            raise _wrong(f"--format {suffix[1:]}: there is no such format", f"write one of  {known}") from error
    return tuple(suffix for suffix in found if suffix != PAGE)


def _scripts(chosen: argparse.Namespace) -> list[Script]:
    """The routines that were named, which must all be right; else all there are, without those that are wrong."""
    if chosen.routines:
        return [sessions.read(chosen, name) for name in chosen.routines]
    found = []
    for shelved in routines():
        try:
            found.append(sessions.read(chosen, shelved.id))
        except terminal.ReportedError:
            terminal.say(f"note: {plain(shelved.id)} is left out")
    return found


def _offers(
    chosen: argparse.Namespace, scripts: Sequence[Script], folder: Path, sounds: Sequence[str], cover: "Picture | bool"
) -> list[Offer]:
    """Everything that is offered, rendered and in the folder, with the list of it under the empty name."""
    offers: list[Offer] = []
    entries = []
    with sessions.speaker(chosen) as speaking, terminal.progress() as bar:
        spoken = [
            sessions.ready(script, chosen, speaking, partial(bar, f"{script.entry}: speaking")) for script in scripts
        ]
        for name, session in zip(_names(scripts), spoken, strict=True):
            made = []
            for suffix in (PAGE, *sounds):
                path = folder / f"{len(offers)}{suffix}"
                writing = partial(bar, f"{name}{suffix}: writing")
                writing(0, 1)
                api.render(session, path, cover=cover, progress=writing)
                made.append(offer(path, f"{name}{suffix}", page.policy() if suffix == PAGE else ""))
                offers.append(made[-1])
            entries.append(_entry(session, made))
    index = folder / f"list{PAGE}"
    index.write_text(listing(entries), encoding="utf-8", errors="replace", newline="\n")
    return [*offers, offer(index, "", POLICY)]


def _entry(session: Session, made: Sequence[Offer]) -> Entry:
    timeline = session.timeline
    sounds = [Sound(one.name, one.size) for one in made[1:]]
    return Entry(timeline.title, timeline.lang, clock(timeline.duration // 1000 * 1000), made[0].name, sounds)


def _names(scripts: Sequence[Script]) -> list[str]:
    """What each routine is called in the address: its id, with a number from the second of that name on."""
    names: list[str] = []
    for script in scripts:
        name = slug(script.routine.id if script.routine else "")[:_NAME_LENGTH] or "session"
        same = (f"{name}-{number}" for number in range(2, len(scripts) + 2))
        names.append(name if name not in names else next(other for other in same if other not in names))
    return names


def _announce(server: Server, named: str | None, home: str | None) -> None:
    """The address on stdout, and around it what a person at the terminal needs."""
    everywhere = is_everywhere(named or "")
    link = server.link((home or LOOPBACK) if everywhere else None)
    if sys.stderr.isatty():
        _draw(link)
    terminal.out(link)
    sys.stdout.flush()
    if not (named or home):
        terminal.say("note: this computer is in no home network, so only its own browser can open this address")
        terminal.say("  fix: join the network of the phone, or name another address of this computer with --host")
    elif everywhere:
        terminal.say("note: every network that this computer is in can reach this address")
    terminal.say("Scan the code or open the address with a phone in the same network. Ctrl-C ends it.")


def _draw(link: str) -> None:
    coloured = terminal.coloured()
    try:
        " ▄▀█".encode(sys.stderr.encoding or "ascii")
        blocks = True
    except UnicodeEncodeError:
        blocks = False
    lines = qr(link, coloured=coloured and blocks, blocks=blocks)
    columns = 0
    with suppress(OSError, ValueError):
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    if fits(lines, columns, coloured=coloured and blocks):
        terminal.say("\n".join(lines))


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="voicecoach-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Whoever ends the program, or closes its terminal, leaves no files behind: both unwind like Ctrl-C."""
    names = ("SIGTERM", "SIGHUP", "SIGBREAK")
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, _end) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _wrong(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])
