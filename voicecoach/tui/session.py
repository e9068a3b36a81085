"""The screen of a running session."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from voicecoach.player.course import Course
from voicecoach.player.devices import Devices, Outlet
from voicecoach.player.now import Command, Now
from voicecoach.player.scene import Scene, scene
from voicecoach.tui.keybar import KeyBar
from voicecoach.tui.keys import SESSION, Key, bindings
from voicecoach.tui.moving import Moved, move, opening
from voicecoach.tui.port import Remember, Running, View
from voicecoach.tui.sight import Sight
from voicecoach.tui.stage import Stage
from voicecoach.tui.threads import tell
from voicecoach.units import Milliseconds

BAR_STEP: Milliseconds = 1_000
"""Bars move in steps of this size, so that most looks draw nothing."""

FLASH = 0.25
"""Seconds that a tone lights up the screen."""

SIGN = 0.9
"""Seconds that the word for a tone stays."""

NOTICE = 4.0
"""Seconds that the answer to a key stays."""

_UNLIT = frozenset({"tick"})
"""Tones that come second by second: shown by their word, since light at that pace only disturbs."""


class SessionScreen(Screen[None]):
    """Shows and steers one run until it ends or is stopped; `ended` is then called.

    The windows over it are loaded when a key asks for them.
    """

    class Changed(Message, bubble=False):
        """Something happened to the player."""

    KEYS: ClassVar[tuple[Key, ...]] = SESSION
    BINDINGS: ClassVar[list[BindingType]] = list(bindings(SESSION))

    def __init__(self, running: Running, view: View, remember: Remember, ended: Callable[[], None]) -> None:
        super().__init__()
        self.running = running
        self._captions = view.captions
        self._flash = view.flash
        self._still = view.reduced_motion
        self._remember = remember
        self._ended = ended
        self._over = False
        self._course: Course | None = None
        self._seen: Scene | None = None
        self._tone = ""
        self._lit = False
        self._notice = ""
        self._later: dict[str, Timer] = {}
        self._opening = ""

    def compose(self) -> ComposeResult:
        """The stage, and the keys below it."""
        yield Stage()
        yield KeyBar(SESSION)

    def on_mount(self) -> None:
        """Looks at the player from now on."""
        self.running.player.watch(self._tell)
        self._look()

    # ---- looking ------------------------------------------------------------------------

    def _tell(self) -> None:
        """Called by the player, in any thread."""
        tell(self, self.Changed())

    def on_session_screen_changed(self) -> None:
        """The player is not where time alone would have brought it."""
        self._look()

    def _look(self) -> None:
        if self._over:
            return
        now = self.running.player.now()
        if now.mode == "ended":
            self._leave()
            return
        if self._course is None or self._course.timeline is not now.timeline:
            self._course = Course(now.timeline)
        seen = scene(now, self._course)
        self._after("look", seen.look_again_in, self._look)
        self._hear(seen.tone)
        if told := self.running.player.notice():
            self._notice = told
            self._after("notice", NOTICE, self._unsay)
        self._seen = self._in_steps(seen)
        sight = Sight(
            self._seen,
            now.timeline.title,
            _status(now),
            captions=self._captions,
            notice=self._notice,
            trouble=now.trouble,
            fix=now.fix,
            tone=self._tone,
            flash=self._lit,
        )
        self.query_one(Stage).show(sight)
        self.query_one(KeyBar).call(urgent=now.mode == "lost" and self.running.devices is not None)

    def _in_steps(self, seen: Scene) -> Scene:
        """The scene with the bars where they were, until they have a step to make or something else changed."""
        old = self._seen
        seen = seen._replace(tone="", changes_in=0)
        if old is None or abs(seen.elapsed_ms - old.elapsed_ms) >= BAR_STEP:
            return seen
        resting = seen._replace(bout_share=old.bout_share, session_share=old.session_share, elapsed_ms=old.elapsed_ms)
        return old if resting == old else seen

    def _hear(self, tone: str) -> None:
        """Makes a tone visible when it begins."""
        begins, self._heard = tone if tone != self._heard else "", tone
        if not begins or not self._flash:
            return
        self._tone = begins
        self._after("sign", SIGN, self._unsign)
        if begins not in _UNLIT and not self._still:
            self._lit = True
            self._after("light", FLASH, self._unlight)

    _heard = ""

    def _unsign(self) -> None:
        self._tone = ""
        self._look()

    def _unlight(self) -> None:
        self._lit = False
        self._look()

    def _say(self, notice: str) -> None:
        self._notice = notice
        self._after("notice", NOTICE, self._unsay)
        self._look()

    def _unsay(self) -> None:
        self._notice = self._opening
        self._look()

    def _after(self, what: str, seconds: float, act: Callable[[], None]) -> None:
        """Does something later; asked again, it only does it later still."""
        if what in self._later:
            self._later[what].stop()
        self._later[what] = self.set_timer(seconds, act)

    # ---- keys ---------------------------------------------------------------------------

    def action_command(self, name: str) -> None:
        """A key that the player answers."""
        self._say(self.running.player.do(cast(Command, name)))

    def action_captions(self) -> None:
        """Shows or hides the words that are spoken."""
        self._captions = not self._captions
        self._remember(captions=self._captions)
        self._say("Captions on" if self._captions else "Captions off")

    def action_flash(self) -> None:
        """Shows tones, or no longer."""
        self._flash = not self._flash
        self._remember(flash=self._flash)
        self._say("Tones are shown" if self._flash else "Tones are no longer shown")

    def action_devices(self) -> None:
        """Offers every sound device; the sound moves to the one that is chosen."""
        from voicecoach.tui.devices import DeviceDialog

        devices = self.running.devices
        if devices is None:
            self._say("There is no sound device to choose here")
        elif self._opening:
            self._say(self._opening)
        else:
            self.app.push_screen(DeviceDialog(devices), partial(self._use, devices))

    def _use(self, devices: Devices, outlet: Outlet | None) -> None:
        if outlet is None or self._over:
            return
        self._opening = opening(outlet)
        self._say(self._opening)
        move(self, devices, outlet)

    def on_moved(self, event: Moved) -> None:
        """The sound is on the device that was chosen, or that one did not open."""
        from voicecoach.tui.dialogs import Reading, lines_page

        self._opening = ""
        if self._over:
            return
        if event.trouble:
            self._unsay()
            self.app.push_screen(Reading("The sound stays where it was", lines_page(event.trouble)))
        else:
            self._say(f"The sound is on {event.name}")

    def action_why(self) -> None:
        """Tells why things were said or left out around this moment."""
        from voicecoach.tui.dialogs import Reading, lines_page

        lines = self.running.why(self.running.player.now().at)
        self.app.push_screen(Reading("Why", lines_page(lines or ("Nothing was left out or moved around here.",))))

    def action_help(self) -> None:
        """Lists the keys."""
        from voicecoach.tui.dialogs import Reading, key_page

        self.app.push_screen(Reading("Keys", key_page(SESSION, [("Ctrl+P", "All commands by name")])))

    def action_leave(self) -> None:
        """Asks once whether to stop; the session goes on meanwhile."""
        from voicecoach.tui.dialogs import Choice, Dialog

        answers = (Choice("y", "stop the session", "stop"), Choice("n", "go on", ""))
        self.app.push_screen(Dialog("Stop the session here?", "What was done is kept.", answers), self._stop)

    def _stop(self, answer: str | None) -> None:
        if answer == "stop" and not self._over:
            self._leave()

    def _leave(self) -> None:
        self._over = True
        self._ended()


def _status(now: Now) -> tuple[str, ...]:
    """What is not as it usually is."""
    words = [
        now.level or "",
        "" if now.volume == 100 else f"volume {now.volume} %",
        "" if now.voice else "voice off",
        "" if now.tones else "tones off",
    ]
    return tuple(word for word in words if word)
