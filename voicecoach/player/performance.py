"""What is being played, and making the sound do what the transport decided."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.interrupts import load_whole
from voicecoach.output.port import Output
from voicecoach.player.ledger import Ledger
from voicecoach.player.programme import Loudness, Programme
from voicecoach.player.stream import Stream
from voicecoach.player.transport import Move, Transport
from voicecoach.session import Session
from voicecoach.units import Frames, Milliseconds

if TYPE_CHECKING:
    from voicecoach.accompaniment import Accompaniment
    from voicecoach.player.underlay import Underlay


class _Stage(NamedTuple):
    """A transport, and the output's generation in which its route began."""

    transport: Transport
    generation: int


class Performance:
    """One session on one output; its user holds a lock around every change, and asks without.

    Nothing beyond `sure` (ms) is played while not all speech is made; None is all of it. `switched`
    is called when other sound is wanted than was. The music of the `accompaniment` runs on from where
    it is, wherever the session goes.
    """

    def __init__(
        self,
        session: Session,
        output: Output,
        transport: Transport,
        *,
        loudness: Loudness,
        sure: Milliseconds | None,
        switched: Callable[[], None],
        accompaniment: "Accompaniment | None" = None,
    ) -> None:
        self.session = session
        self.output = output
        self.loudness = loudness
        self.sure = sure
        self.ledger = Ledger(looked_at=transport.at(0), first=transport.course.unit(transport.at(0)))
        self.stream = Stream(output)
        self._switched = switched
        self._accompaniment = accompaniment
        self._music_since: Frames = 0
        self._rested = False
        self._stage = _Stage(transport, 0)
        self._begun = False
        self.perform(Move(transport, "jump"))

    @property
    def transport(self) -> Transport:
        """The transport as it was last decided; `present` knows whether it has come to the end of its route."""
        return self._stage.transport

    def present(self) -> tuple[Transport, Frames]:
        """The transport at this moment, and what of its route was heard; asks again if both changed meanwhile."""
        while True:
            stage = self._stage
            heard = self.stream.heard(stage.generation)
            if stage is self._stage:
                return stage.transport.arrived(heard), heard

    def heard(self) -> Frames:
        """Frames of the present route that were heard."""
        return self.stream.heard(self._stage.generation)

    def settled(self) -> tuple[Transport, Frames]:
        """The transport at this moment, and what was heard, once a pause that was asked for has happened."""
        if self.transport.mode == "paused":
            self.stream.settle()
        heard = self.heard()
        return self.transport.arrived(heard), heard

    def take(self, transport: Transport) -> None:
        """The same sound goes on under another transport: it has arrived somewhere."""
        self._stage = self._stage._replace(transport=transport)

    def perform(self, move: Move) -> None:
        """Makes the sound do what the transport decided."""
        if move.sound == "pause":
            self.output.pause()
            self.take(move.transport)
        elif move.sound == "resume":
            self.take(move.transport)
            self.output.resume()
        elif move.sound == "jump":
            self._switch(move.transport, aligned=False)
        elif move.sound == "adjust" and self.heard() < move.transport.length:
            self._switch(move.transport, aligned=True)
        else:
            self.take(move.transport)

    def _underlay(self) -> "Underlay | None":
        if self._accompaniment is None:
            return None
        load_whole("voicecoach.player.underlay")
        from voicecoach.player.underlay import Underlay

        return Underlay(self._accompaniment, self._music_since, self._rested)

    def _switch(self, transport: Transport, *, aligned: bool) -> None:
        """The same place of a changed route, or the beginning of a new one."""
        before, ledger = self.transport, self.ledger
        if not aligned:
            heard = self.heard()
            ledger = ledger.heard(before.course, before.at(heard)).jumped(transport.at(0))
            self._music_since += heard
            self._rested = before.arrived(heard).mode == "waiting"
        programme = Programme(
            self.session,
            transport.timeline,
            transport.route,
            self.loudness,
            self.sure,
            underlay=self._underlay(),
            begins=not self._begun,
        )
        self._begun = True
        stage = _Stage(transport, self.stream.load(programme, aligned=aligned))
        self._stage, self.ledger = stage, ledger
        self.output.switch(aligned=aligned)
        if before.mode == "paused" and transport.mode != "paused":
            self.output.resume()
        self._switched()
