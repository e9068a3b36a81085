"""What the commands write: data to stdout, talk to stderr, readable without colour."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager

from voicecoach.errors import VoicecoachError
from voicecoach.report import plain, text
from voicecoach.source import Problem, Source


class ReportedError(Exception):
    """The script is wrong, and its Problems have been printed."""


def coloured() -> bool:
    """True if stderr is a terminal and nobody asked for plain text (NO_COLOR)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def problems(found: Sequence[Problem], sources: Mapping[str, Source]) -> None:
    """Prints Problems to stderr as `file:line:col`, with source line, caret, why and fix."""
    for problem in found:
        say(text(problem, sources, colour=coloured()))


def failure(error: VoicecoachError) -> None:
    """Prints what happened and what to do about it to stderr."""
    say(f"voicecoach: {plain(error.what)}")
    if error.fix:
        say(f"  fix: {plain(error.fix)}")


def say(line: str) -> None:
    """One line of talk."""
    print(line, file=sys.stderr)


def notes(lines: Sequence[str]) -> None:
    """What the person should know, but what stopped nothing."""
    for line in lines:
        say(f"note: {plain(line)}")


def out(line: str) -> None:
    """One line of data."""
    print(line)


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on stderr for a run of phases, each called with its name, how many are done and of how many.

    Nothing is loaded or drawn for work that is never told of. Where stderr is no terminal, one plain
    line a phase is printed when it begins.
    """
    if not sys.stderr.isatty():
        begun: set[str] = set()

        def plainly(phase: str, _done: int, _total: int) -> None:
            if phase not in begun:
                begun.add(phase)
                say(phase)

        yield plainly
        return
    with ExitStack() as shown:
        draw: Callable[[str, int, int], None] | None = None

        def move(phase: str, done: int, total: int) -> None:
            nonlocal draw
            draw = draw or shown.enter_context(_bar())
            draw(phase, done, total)

        yield move


@contextmanager
def _bar() -> Iterator[Callable[[str, int, int], None]]:
    """What draws the bar, which is seen from the first time it is called."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(compact=True),
        console=Console(stderr=True, no_color=not coloured(), markup=False, highlight=False),
        transient=True,
    )
    task = bar.add_task("", total=None)

    def draw(phase: str, done: int, total: int) -> None:
        bar.update(task, description=phase, completed=done, total=total)
        bar.start()

    try:
        yield draw
    finally:
        bar.stop()
