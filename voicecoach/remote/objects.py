"""The two D-Bus objects of MPRIS: the program, and the session as a player; needs dbus-fast."""

import math
from collections.abc import Callable
from typing import Annotated, TypeAlias

from dbus_fast import DBusError, ErrorType, PropertyAccess, Variant
from dbus_fast.annotations import DBusBool, DBusDict, DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.player.now import Command
from voicecoach.remote.display import Display, Track
from voicecoach.remote.port import Controls
from voicecoach.units import Milliseconds

Shown: TypeAlias = Callable[[], tuple[Display, Milliseconds]]
"""What is shown now, and the place on the timeline."""

DBusStrings: TypeAlias = Annotated[list[str], DBusSignature("as")]

_READ = PropertyAccess.READ


class Root(ServiceInterface):
    """The program. It can neither be quit from afar, as ending a session is asked at the keyboard, nor raised."""

    def __init__(self) -> None:
        super().__init__("org.mpris.MediaPlayer2")

    @dbus_method("Quit")
    def quit(self) -> None:
        """Nothing, as `CanQuit` says."""

    @dbus_method("Raise")
    def raise_window(self) -> None:
        """Nothing, as `CanRaise` says."""

    @dbus_property(_READ, "Identity")
    def identity(self) -> DBusStr:
        """The name that is shown."""
        return "voicecoach"

    @dbus_property(_READ, "CanQuit")
    def can_quit(self) -> DBusBool:
        """Never."""
        return False

    @dbus_property(_READ, "CanRaise")
    def can_raise(self) -> DBusBool:
        """A terminal cannot be raised from within."""
        return False

    @dbus_property(_READ, "HasTrackList")
    def has_track_list(self) -> DBusBool:
        """Bouts are skipped, not chosen."""
        return False

    @dbus_property(_READ, "SupportedUriSchemes")
    def supported_uri_schemes(self) -> DBusStrings:
        """Nothing can be opened."""
        return []

    @dbus_property(_READ, "SupportedMimeTypes")
    def supported_mime_types(self) -> DBusStrings:
        """Nothing can be opened."""
        return []


class Player(ServiceInterface):
    """The session. Times are microseconds here; what cannot be done just now has no effect."""

    def __init__(self, shown: Shown, controls: Controls) -> None:
        super().__init__("org.mpris.MediaPlayer2.Player")
        self._shown = shown
        self._controls = controls

    def _do(self, command: Command) -> None:
        if self._shown()[0].alive:
            self._controls.do(command)

    # ---- methods ------------------------------------------------------------------------

    @dbus_method("PlayPause")
    def play_pause(self) -> None:
        """The one button of a headset is SPACE: pause, go on, or say that one is done."""
        self._do("toggle")

    @dbus_method("Play")
    def play(self) -> None:
        """Goes on, also where the session waits."""
        self._do("play")

    @dbus_method("Pause")
    def pause(self) -> None:
        """Pauses."""
        self._do("pause")

    @dbus_method("Stop")
    def stop(self) -> None:
        """Pauses as well: a button in a pocket must not end a session."""
        self._do("pause")

    @dbus_method("Next")
    def next(self) -> None:
        """The next bout."""
        self._do("next")

    @dbus_method("Previous")
    def previous(self) -> None:
        """The start of this bout, or the one before."""
        self._do("back")

    @dbus_method("Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Moves by microseconds, as far as the session goes."""
        shown, at = self._shown()
        if shown.alive:
            self._controls.seek(min(max(at + offset // 1000, 0), shown.track.length))

    @dbus_method("SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Goes to a place of the session; a track that is over, or a place outside, is an old request and ignored."""
        shown, _ = self._shown()
        if shown.alive and track == shown.track.path and 0 <= position // 1000 <= shown.track.length:
            self._controls.seek(position // 1000)

    @dbus_method("OpenUri")
    def open_uri(self, uri: DBusStr) -> None:
        """Refused, as no URI scheme is supported."""
        raise DBusError(ErrorType.NOT_SUPPORTED, f"voicecoach plays routines, it cannot open {uri}")

    @dbus_signal("Seeked")
    def seeked(self, at: Milliseconds) -> DBusInt64:
        """The place is not where one would reckon it."""
        return at * 1000

    # ---- properties ---------------------------------------------------------------------

    @dbus_property(_READ, "PlaybackStatus")
    def playback_status(self) -> DBusStr:
        """Playing, Paused or Stopped; waiting is Paused."""
        return self._shown()[0].status

    @dbus_property(_READ, "Metadata")
    def metadata(self) -> DBusDict:
        """The bout or gap as a track."""
        return metadata(self._shown()[0].track)

    @dbus_property(_READ, "Position")
    def position(self) -> DBusInt64:
        """The place in the session; by the specification its changes are not signalled."""
        return self._shown()[1] * 1000

    @dbus_property(PropertyAccess.READWRITE, "Volume")
    def volume(self) -> DBusDouble:
        """1.0 is 100 per cent."""
        return self._shown()[0].volume / 100

    @volume.setter
    def set_volume(self, volume: DBusDouble) -> None:
        """Sets it, between 0.0 and 1.0."""
        if not math.isnan(volume) and self._shown()[0].alive:
            self._controls.set_volume(round(min(max(volume, 0.0), 1.0) * 100))

    @dbus_property(PropertyAccess.READWRITE, "Rate")
    def rate(self) -> DBusDouble:
        """A second is a second."""
        return 1.0

    @rate.setter
    def set_rate(self, rate: DBusDouble) -> None:
        """No other rate is offered; by the specification 0.0 pauses."""
        if rate == 0.0:
            self._do("pause")

    @dbus_property(_READ, "MinimumRate")
    def minimum_rate(self) -> DBusDouble:
        """The only rate."""
        return 1.0

    @dbus_property(_READ, "MaximumRate")
    def maximum_rate(self) -> DBusDouble:
        """The only rate."""
        return 1.0

    @dbus_property(_READ, "CanControl")
    def can_control(self) -> DBusBool:
        """Always, as the specification wants a constant here."""
        return True

    @dbus_property(_READ, "CanGoNext")
    def can_go_next(self) -> DBusBool:
        """Until the session has ended: after the last bout comes the end."""
        return self._shown()[0].alive

    @dbus_property(_READ, "CanGoPrevious")
    def can_go_previous(self) -> DBusBool:
        """Until the session has ended: before the first bout comes the beginning."""
        return self._shown()[0].alive

    @dbus_property(_READ, "CanPlay")
    def can_play(self) -> DBusBool:
        """Until the session has ended."""
        return self._shown()[0].alive

    @dbus_property(_READ, "CanPause")
    def can_pause(self) -> DBusBool:
        """Until the session has ended."""
        return self._shown()[0].alive

    @dbus_property(_READ, "CanSeek")
    def can_seek(self) -> DBusBool:
        """Until the session has ended."""
        return self._shown()[0].alive


def metadata(track: Track) -> dict[str, Variant]:
    """A track as MPRIS describes one."""
    found = {"mpris:trackid": Variant("o", track.path)}
    if not track.length:
        return found
    found |= {
        "mpris:length": Variant("x", track.length * 1000),
        "xesam:title": Variant("s", track.title),
        "xesam:artist": Variant("as", [track.artist]),
        "xesam:album": Variant("s", track.album),
    }
    if track.number:
        found["xesam:trackNumber"] = Variant("i", track.number)
    return found
