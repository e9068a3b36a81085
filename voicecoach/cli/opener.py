"""Sessions and routines for the screens of the terminal UI."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from voicecoach.cli.arguments import session_options
from voicecoach.cli.remotes import show_on_desktop
from voicecoach.cli.studio import Studio
from voicecoach.errors import OutputError, ScriptError
from voicecoach.live import Live
from voicecoach.overview import overview
from voicecoach.routine import LEVELS, Level
from voicecoach.session import checked, read_script
from voicecoach.shelf import Shelved, routines
from voicecoach.tui.port import Offer, Resume

if TYPE_CHECKING:
    from datetime import datetime

    from voicecoach.history.entry import Entry
    from voicecoach.tui.port import Progress


class Opener:
    """Opens sessions from inside the terminal UI, in its worker threads; ends them when it ends."""

    def __init__(self, studio: Studio) -> None:
        self._chosen = studio.chosen
        self._studio = studio
        self._open: list[tuple[Live, Callable[[], None]]] = []

    def start(self, name: str, level: Level | None, progress: "Progress", resumes: "Entry | None" = None) -> Live:
        """Starts a routine. Raises VoicecoachError."""
        self.close()
        sound = self._studio.sound()
        try:
            options, outside = session_options(self._chosen), self._chosen.allow_outside
            file = resumes.file if resumes is not None else ""
            script = read_script(
                file or name, settings=options.settings, allow_outside=outside, lang=options.lang or ""
            )
            checked(script)
            at = 0 if resumes is None else resumes.at
            speaking = partial(progress, "speaking")
            live = self._studio.begin(script, name, sound, level=level, at=at, resumes=resumes, progress=speaking)
        except BaseException:
            sound.output.close()
            raise
        live.record()
        self.opened(live)
        return live

    def opened(self, live: Live) -> None:
        """A session that is to be shown to the desktop, and closed at the end."""
        self.close()
        self._open.append((live, show_on_desktop(live)))

    def close(self) -> None:
        """Ends what still runs."""
        for live, hide in self._open:
            hide()
            self._studio.end(live)
        self._open.clear()

    def shelf(self) -> Sequence[Offer]:
        """Every routine with its lengths."""
        try:
            done = self._studio.history.last_done()
        except OutputError:
            done = {}
        return [self._offer(shelved, done) for shelved in routines()]

    def remember(self, **changes: object) -> None:
        """Keeps what the person changed."""
        self._studio.remember(**changes)

    def cut_off(self) -> Resume | None:
        """The offer to go on with the session that was cut off last, of any routine."""
        entry = self._studio.unfinished()
        return None if entry is None else self.resume(entry)

    def resume(self, entry: "Entry") -> Resume:
        """The offer to go on with a session that was cut off."""

        def settle(_choice: Literal["anew", "not now"]) -> None:
            self._studio.dismiss(entry)

        level = None  # in a session that is begun anew, what this command line says comes first
        if all(getattr(self._chosen, name, None) is None for name in ("level", "dial")):
            level = entry.then or next((name for name in LEVELS if name == entry.level), None)
        go_on = partial(self._go_on, entry)
        return Resume(entry.file or entry.name, entry.title, level, entry.at, entry.length, go_on, settle)

    def _go_on(self, entry: "Entry", progress: "Progress") -> Live:
        return self.start(entry.name, None, progress, entry)

    def _offer(self, shelved: Shelved, done: "dict[str, datetime]") -> Offer:
        script = read_script(str(shelved.path))
        last = done.get(script.routine.id) if script.routine else None
        try:
            seen = overview(script, session_options(self._chosen))
        except ScriptError as error:
            return Offer(shelved.id, shelved.id, "", (), (), last, shelved.kind, error.what)
        return Offer(shelved.id, seen.title, seen.summary, seen.needs, seen.lengths, last, shelved.kind)
