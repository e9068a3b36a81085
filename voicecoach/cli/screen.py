"""The full screen: what the terminal UI needs of scripts, settings, devices and the record."""

import argparse
import sys
import threading
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from voicecoach.cli import DONE, terminal
from voicecoach.cli.saved import saved_settings
from voicecoach.collector import begun
from voicecoach.interrupts import load_whole
from voicecoach.units import Milliseconds

if TYPE_CHECKING:
    from voicecoach.cli.opener import Opener
    from voicecoach.cli.studio import Studio
    from voicecoach.live import Live
    from voicecoach.routine import Level
    from voicecoach.tui.port import LookBack, Offer, Progress, Resume


def home(chosen: argparse.Namespace) -> int:
    """Opens the list of routines."""
    desk = _Desk(chosen)
    return _run(chosen, desk, resume=desk.cut_off)


def play(studio: "Studio", at: Milliseconds) -> int:
    """Plays one routine; if it was cut off lately, the screen asks first."""
    from voicecoach.cli import sessions

    chosen = studio.chosen
    desk = _Desk(chosen, studio)
    cut_off = None if at else studio.unfinished(chosen.routine)
    if cut_off is not None and not chosen.resume:
        return _run(chosen, desk, resume=lambda: desk.opener.resume(cut_off))
    sound = studio.sound()
    try:
        script = sessions.read(chosen, chosen.routine)
        with terminal.progress() as bar:
            live = studio.begin(
                script,
                chosen.routine,
                sound,
                at=cut_off.at if cut_off else at,
                resumes=cut_off,
                progress=partial(bar, f"{script.entry}: speaking"),
            )
    except BaseException:
        sound.output.close()
        raise
    desk.live = live
    return _run(chosen, desk)


class _Desk:
    """Answers the screens; what reads scripts and opens sessions is loaded when the first of them asks.

    The list of routines is on the screen by then.
    """

    def __init__(self, chosen: argparse.Namespace, studio: "Studio | None" = None) -> None:
        self._chosen = chosen
        self._studio = studio
        self._opener: Opener | None = None
        self._loading = threading.RLock()
        self._over = False
        self.live: Live | None = None
        """A session that was begun before there was a screen."""

    @property
    def opener(self) -> "Opener":
        """What opens sessions; slow the first time."""
        with self._loading:
            if self._opener is None:
                load_whole("voicecoach.cli.opener")
                from voicecoach.cli.opener import Opener
                from voicecoach.cli.studio import Studio

                self._studio = self._studio or Studio(self._chosen)
                self._opener = Opener(self._studio)
            return self._opener

    def start(self, name: str, level: "Level | None", progress: "Progress") -> "Live":
        """Starts a routine. Raises VoicecoachError."""
        return self.opener.start(name, level, progress)

    def shelf(self) -> "Sequence[Offer]":
        """Every routine with its lengths."""
        return self.opener.shelf()

    def cut_off(self) -> "Resume | None":
        """The offer to go on with what was cut off."""
        return self.opener.cut_off()

    def remember(self, **changes: object) -> None:
        """Keeps what the person changed."""
        self.opener.remember(**changes)

    def seen(self) -> None:
        """The first screen is there: the session is recorded, and shown to the desktop, too."""
        begun()
        with self._loading:
            if self.live is not None and not self._over:
                self.live.record()
                self.opener.opened(self.live)

    def close(self) -> None:
        """Ends what still runs, and says what the screen hid."""
        with self._loading:
            self._over = True
            if self._opener is not None:
                self._opener.close()
        if self._studio is not None:
            if self.live is not None:
                self._studio.end(self.live)
            terminal.notes(self._studio.notes)


def _run(chosen: argparse.Namespace, desk: _Desk, resume: "LookBack | None" = None) -> int:
    from voicecoach.tui.app import Coach
    from voicecoach.tui.port import View

    settings = saved_settings(chosen).settings
    view = View(settings.captions, settings.flash, settings.theme, settings.reduced_motion, settings.level)
    coach = Coach(
        desk.start, desk.shelf, live=desk.live, settings=view, remember=desk.remember, resume=resume, seen=desk.seen
    )
    try:
        coach.run()
    finally:
        desk.close()
    if coach.return_code:
        sys.stdout.flush()
    return coach.return_code or DONE
