"""Opens live sessions for the fronts: script, settings, voice, device and record come together here."""

import argparse
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from voicecoach import locations
from voicecoach.cli import sessions
from voicecoach.compiler.options import Options
from voicecoach.errors import OutputError
from voicecoach.history.record import History
from voicecoach.live import Live, Request, restored
from voicecoach.output.backends import choose
from voicecoach.output.port import OutputEvent
from voicecoach.player.programme import Loudness
from voicecoach.routine import LEVELS, Level
from voicecoach.session import Progress, Script
from voicecoach.speech.choice import speaking
from voicecoach.units import Milliseconds

if TYPE_CHECKING:
    from voicecoach.history.entry import Entry

OPEN_WITHIN = 10.0
"""Seconds a sound device may take to open."""


class Sound:
    """A device that is being opened while the session is prepared; its events reach the player once there is one."""

    def __init__(self, device: str) -> None:
        """Raises DeviceError for a backend that is not there."""
        from voicecoach.output.process import AudioProcess

        choice = choose(device)
        self._live: Live | None = None
        self._waiting: list[OutputEvent] = []
        self.output: AudioProcess = AudioProcess(
            choice.backend, choice.device, notify=self._tell, log=locations.cache_dir() / "sound.log"
        )

    def belongs_to(self, live: Live) -> None:
        """From now on the session hears what happens to the device."""
        self._live = live
        while self._waiting:
            live.player.heed(self._waiting.pop(0))

    def _tell(self, event: OutputEvent) -> None:
        if self._live is None:
            self._waiting.append(event)
        else:
            self._live.player.heed(event)


class Studio:
    """Everything a command line and config.toml say about live sessions."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        """Raises ReportedError for mistakes in config.toml, after printing them."""
        self.chosen = chosen
        self.loaded = sessions.saved_settings(chosen)
        self.settings = self.loaded.settings
        self.history = History()

    def sound(self) -> Sound:
        """Starts to open the device of `--device`, else of the settings. Raises DeviceError."""
        device = self.chosen.device
        return Sound(self.settings.device if device is None else device)

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
        """Plays a script as soon as its first words are there.

        Raises ScriptError, SpeechError, and DeviceError if no device opens.
        """
        with ExitStack() as keep:
            keep.callback(sound.output.close)
            speaker = keep.enter_context(speaking(self.chosen.engine, locations.cache_dir() / "clips"))
            options = self._options(script, sessions.completed(script, self.chosen, speaker), level, resumes)
            volume = self.chosen.volume if self.chosen.volume is not None else self.settings.volume
            request = Request(
                script, options, name, at, Loudness(min(volume, 100)), resumes.id if resumes is not None else None
            )
            live = Live(request, speaker, sound.output, history=self.history, keep=keep.pop_all(), progress=progress)
        sound.belongs_to(live)
        try:
            sound.output.wait_open(OPEN_WITHIN)
        except BaseException:
            live.close()
            raise
        live.record()
        return live

    def unfinished(self, name: str | None = None) -> "Entry | None":
        """The session that was cut off, of the routine of that name if one is given."""
        try:
            return self.history.unfinished(name)
        except OutputError:
            return None

    def dismiss(self, entry: "Entry") -> None:
        """The session is not offered again."""
        with suppress(OutputError):
            self.history.dismiss(entry.id)

    def _options(self, script: Script, options: Options, level: Level | None, resumes: "Entry | None") -> Options:
        if resumes is not None:
            kept: Mapping[str, object] = resumes.options
            return restored(options, kept)
        options = options._replace(session=self._times(script))
        return options if level is None else options._replace(dial=LEVELS[level])

    def _times(self, script: Script) -> int:
        """How often this routine was begun before: listed texts are said in turn."""
        try:
            return self.history.times(script.routine.id) if script.routine else 0
        except OutputError:
            return 0
