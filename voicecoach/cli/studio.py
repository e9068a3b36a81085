"""Opens live sessions for the fronts: script, settings, voice, device and record come together here."""

import argparse
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.cli import sessions
from voicecoach.cli.arguments import session_options
from voicecoach.cli.resuming import as_begun, words
from voicecoach.cli.saved import saved_settings
from voicecoach.cli.sound import OPEN_WITHIN, Sound
from voicecoach.compiler.options import Options
from voicecoach.errors import OutputError, ScriptError
from voicecoach.history.record import History
from voicecoach.live import Live, Request, restored
from voicecoach.player.programme import Loudness
from voicecoach.routine import LEVELS, Level
from voicecoach.session import Progress, Script, with_settings
from voicecoach.shelf import find
from voicecoach.speech.choice import speaking
from voicecoach.units import Milliseconds

if TYPE_CHECKING:
    from voicecoach.history.entry import Entry


class Studio:
    """Everything a command line and config.toml say about live sessions, and what is changed of it meanwhile.

    `notes` are for the person once no screen hides them.
    """

    def __init__(self, chosen: argparse.Namespace, sound: Sound | None = None) -> None:
        """`sound` is one that opens already, for the first session.

        Raises ReportedError for mistakes in config.toml, after printing them.
        """
        self.chosen = chosen
        self.loaded = saved_settings(chosen)
        self.settings = self.loaded.settings
        self.history = History()
        self.notes: list[str] = []
        self._device: str = self.settings.device if chosen.device is None else chosen.device
        self._volume: int = self.settings.volume if chosen.volume is None else chosen.volume
        self._remembering = threading.Lock()
        self._opening = sound

    def sound(self) -> Sound:
        """Starts to open the device that was chosen last, at first that of `--device` or the settings.

        Raises DeviceError.
        """
        opening, self._opening = self._opening, None
        if opening is None:
            return Sound(self._device, self._use_device)
        opening.choices_go_to(self._use_device)
        return opening

    def remember(self, **changes: object) -> None:
        """Keeps what the person changed in config.toml; a file that cannot be changed is left as it is, with a note."""
        from voicecoach.settings import remember

        try:
            with self._remembering:
                remember(**changes)
        except (ScriptError, OutputError, ValueError) as error:
            self.note(f"config.toml was not changed: {error}")

    def note(self, words: str) -> None:
        """Something to be told at the end, once."""
        if words not in self.notes:
            self.notes.append(words)

    def begin(
        self,
        script: Script,
        name: str,
        sound: Sound,
        *,
        level: Level | None = None,
        at: Milliseconds = 0,
        resumes: "Entry | None" = None,
        progress: Progress | None = None,
    ) -> Live:
        """Plays a script as soon as its first words are there; who shows it lets it be recorded.

        What `resumes` was begun with is as it was, but for what this command line says otherwise. Raises
        ScriptError, SpeechError, and DeviceError if no device opens.
        """
        chosen = self.chosen if resumes is None else as_begun(self.chosen, resumes)
        script = with_settings(script, session_options(chosen).settings)
        with ExitStack() as keep:
            keep.callback(sound.output.close)
            takes = sessions.takes(chosen)
            engine = sessions.engine(chosen)
            speaker = keep.enter_context(speaking(engine, locations.cache_dir() / "clips", takes))
            options = self._options(script, sessions.completed(script, chosen, speaker), level, resumes)
            loudness = Loudness(min(self._volume, 100))
            request = Request(script, options, name, at, loudness, words=words(chosen, script.folder))
            if resumes is not None:
                request = request._replace(resumes=resumes.id, then=self.chosen.level or resumes.then)
            kept = ExitStack()
            live = Live(
                request, speaker, sound.output, history=self.history, keep=kept, progress=progress, devices=sound
            )
            for trouble in takes.troubles if takes else ():
                self.note(trouble)
            kept.callback(self._keep_volume, live, loudness.volume)
            kept.push(keep.pop_all())
        sound.belongs_to(live)
        try:
            sound.output.wait_open(OPEN_WITHIN)
        except BaseException:
            live.close()
            raise
        return live

    def end(self, live: Live) -> None:
        """Closes a session; a second time does nothing."""
        live.close()
        if live.trouble:
            self.note(f"the history is not complete: {live.trouble}")

    def unfinished(self, name: str | None = None) -> "Entry | None":
        """The session that was cut off, of the routine of that name if one is given."""
        try:
            found = self.history.unfinished(name)
            elsewhere = found and found.file and name and find(name).absolute() != Path(found.file)
        except (OutputError, ScriptError):
            return None
        return None if elsewhere else found

    def dismiss(self, entry: "Entry") -> None:
        """The session is not offered again."""
        with suppress(OutputError):
            self.history.dismiss(entry.id)

    def _use_device(self, device: str) -> None:
        self._device = device
        self.remember(device=device)

    def _keep_volume(self, live: Live, before: int) -> None:
        """Remembers the volume a session was left with; with none at all, the next one would seem to be broken."""
        volume = live.player.now().volume
        if volume not in {before, 0}:
            self._volume = volume
            self.remember(volume=volume)

    def _options(self, script: Script, options: Options, level: Level | None, resumes: "Entry | None") -> Options:
        if resumes is not None:
            begun = restored(options, resumes.options)
            return begun._replace(voice=options.voice) if self.chosen.engine or self.chosen.voice else begun
        options = options._replace(session=self._times(script))
        return options if level is None else options._replace(dial=LEVELS[level])

    def _times(self, script: Script) -> int:
        """How often this routine was begun before: listed texts are said in turn."""
        try:
            return self.history.times(script.routine.id) if script.routine else 0
        except OutputError:
            return 0
