"""Media keys beside every front: one thread that shows the session to the desktop while it lives."""

import threading
from collections.abc import Callable

from voicecoach.live import Live
from voicecoach.player.course import Course
from voicecoach.player.now import Command
from voicecoach.player.scene import scene
from voicecoach.remote.mpris import Mpris, session_bus
from voicecoach.units import Milliseconds

PATIENCE = 3.0


class _Hands:
    """What the desktop may do; ending the session is not among it."""

    def __init__(self, live: Live) -> None:
        self._player = live.player

    def do(self, command: Command) -> None:
        self._player.do(command)

    def seek(self, at: Milliseconds) -> None:
        self._player.seek(at)

    def set_volume(self, percent: int) -> None:
        self._player.set_volume(percent)


def show_on_desktop(live: Live) -> Callable[[], None]:
    """Shows a session where a desktop has media keys; returns what ends that."""
    if not session_bus():
        return lambda: None
    ended, woken = threading.Event(), threading.Event()
    live.player.watch(woken.set)
    thread = threading.Thread(target=_show, args=(live, ended, woken), name="voicecoach-remote", daemon=True)
    thread.start()

    def end() -> None:
        ended.set()
        woken.set()
        thread.join(PATIENCE)

    return end


def _show(live: Live, ended: threading.Event, woken: threading.Event) -> None:
    remote = Mpris()
    if not remote.start(_Hands(live)):
        return
    course = Course(live.player.now().timeline)
    while not ended.is_set():
        woken.clear()
        now = live.player.now()
        if now.timeline is not course.timeline:
            course = Course(now.timeline)
        seen = scene(now, course)
        remote.show(now, seen)
        woken.wait(seen.look_again_in)
    remote.close()
