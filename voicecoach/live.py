"""One run of a session: its sound, its record, and the speech that is still being made while it plays."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from voicecoach.compiler.explain import explanation
from voicecoach.compiler.options import Options
from voicecoach.compiler.sounds import Sounds, is_silent
from voicecoach.errors import OutputError, VoicecoachError
from voicecoach.output.port import Output
from voicecoach.player.asleep import slept
from voicecoach.player.course import Course
from voicecoach.player.devices import Devices
from voicecoach.player.now import Now
from voicecoach.player.player import Player
from voicecoach.player.programme import Loudness
from voicecoach.player.transport import start
from voicecoach.routine import LEVELS, Level
from voicecoach.session import Preparation, Progress, Script, Session, prepare
from voicecoach.source import NOWHERE
from voicecoach.timeline import Cue, Timeline
from voicecoach.units import SECOND, Milliseconds, clock

if TYPE_CHECKING:
    from voicecoach.history.entry import Answer, Outcome
    from voicecoach.history.record import History, Whole
    from voicecoach.speech.speaker import Speaker

ENOUGH: Milliseconds = 20 * SECOND
"""A session begins when all speech of this much of it is made."""
BATCH = 12
"""Lines spoken between two looks at whether it can begin."""
AROUND: Milliseconds = 10 * SECOND
"""`why` tells what was decided this long before and after a moment."""


class Request(NamedTuple):
    """What is to be played: `name` is what starts it again, `at` where it begins, `resumes` the entry it takes up.

    `then` is the level from the next exercise on, None for the same. `words` are kept in the history with the options.
    """

    script: Script
    options: Options
    name: str
    at: Milliseconds = 0
    loudness: Loudness = Loudness()
    resumes: int | None = None
    then: Level | None = None
    words: Mapping[str, object] = MappingProxyType({})


class Summary(NamedTuple):
    """What was done, and what the routine says about pain; times in milliseconds."""

    title: str
    done: int
    skipped: int
    bouts: int
    at_ms: Milliseconds
    length_ms: Milliseconds
    finished: bool
    advice: tuple[str, ...]
    stop_if: tuple[str, ...]


class Live:
    """Plays a request on an output from the moment it is made.

    `keep` is closed with it, after the sound: the engine behind `speaker` and the output belong
    there. `devices` are those the output can move to, None where there is no choice. Raises
    ScriptError and SpeechError as `session.prepare` does.
    """

    def __init__(
        self,
        request: Request,
        speaker: "Speaker",
        output: Output,
        *,
        history: "History | None" = None,
        keep: ExitStack | None = None,
        progress: Progress | None = None,
        devices: Devices | None = None,
    ) -> None:
        self.devices = devices
        self._request = request
        self._speaker = speaker
        self._history = history
        self._keep = keep or ExitStack()
        self._preparation = _begun(Preparation(request.script, request.options, speaker), request.at, progress)
        self.session: Session = self._preparation.session()
        timeline = self.session.timeline
        self._courses = {_level(timeline): Course(timeline)}
        self.player = Player(
            self.session,
            output,
            start(timeline, _tick(self.session), request.at),
            loudness=request.loudness,
            level=_level(timeline),
            again=self._again,
            slept=slept,
            sure=self._preparation.compiled.sure,
            accompaniment=self.session.accompaniment(),
        )
        self.entry: int | None = None
        self.trouble = ""
        self._ended = threading.Event()
        self._closed = False
        self._threads: list[threading.Thread] = []
        if self._preparation.compiled.missing:
            self._begin(self._complete)
        elif request.then is not None:
            self.player.do(request.then)

    def record(self) -> None:
        """Writes the session into the history, from now on once a second."""
        if self._history is not None:
            self._begin(self._record)

    def summary(self) -> Summary:
        """What was done so far."""
        now, (done, skipped) = self.player.now(), self.player.done()
        routine, lang = self.session.routine, self.session.timeline.lang
        return Summary(
            title=now.timeline.title,
            done=done,
            skipped=skipped,
            bouts=len(now.timeline.bouts),
            at_ms=now.at,
            length_ms=now.timeline.duration,
            finished=now.mode == "ended",
            advice=tuple(text.turn(0, lang) for text in routine.advice),
            stop_if=tuple(text.turn(0, lang) for text in routine.stop_if),
        )

    def why(self, at_ms: Milliseconds) -> tuple[str, ...]:
        """What is said around a moment, what was decided about it, and the dose of the exercise."""
        timeline = self.player.now().timeline
        course = Course(timeline)
        unit = min(course.unit(at_ms), len(course.bouts) - 1)
        exercise = course.bouts[unit].exercise if unit >= 0 else ""
        doses = explanation(self.session.compiled).doses
        lines = [f"{name}: {dose}" for _, name, dose in doses if name == exercise]
        lines += [
            f"{clock(cue.start)}  “{cue.text}”  {cue.priority}, line {cue.source.line} of {cue.source.file}"
            for cue in course.cues(at_ms - AROUND, at_ms + AROUND)
            if cue.kind == "speech"
        ]
        notes = [note for note in timeline.notes if abs(note.at - at_ms) <= AROUND]
        return (*lines, *(f"{clock(note.at)}  {note.code}: {note.message}" for note in notes))

    def answer(self, answer: str) -> None:
        """Records how it felt: easy, right, hard or pain."""
        if self._history is None or self.entry is None or answer not in {"easy", "right", "hard", "pain"}:
            return
        felt: Answer = answer  # type: ignore[assignment]
        with self._noticed() as history:
            history.answer(self.entry, felt)

    def close(self) -> None:
        """Ends the sound, and records how far it came."""
        if self._closed:
            return
        self._closed = True
        now = self.player.now()
        standing = None if self._history is None else self._standing(now)
        self.player.close()
        self._ended.set()
        for thread in self._threads:
            thread.join(2)
        if standing is not None and self.entry is not None:
            at, done, skipped, whole = standing
            outcome: Outcome = "finished" if now.mode == "ended" else "stopped"
            with self._noticed() as history:
                history.end(self.entry, outcome, at, done, skipped, whole=whole)
        self._keep.close()

    def _begin(self, work: Callable[[], None]) -> None:
        self._threads.append(threading.Thread(target=work, name="voicecoach-session", daemon=True))
        self._threads[-1].start()

    def _standing(self, now: Now) -> "tuple[Milliseconds, int, int, Whole]":
        """How far it is, bouts done and skipped, and the whole session that this is a place of.

        That is a session at the level of the present exercise, so that it can be taken up there and this exercise is
        ended as it was begun, alike on both sides. Rests made longer do not count.
        """
        whole = self._courses[now.level_here]
        length = whole.timeline.duration
        at = now.at if now.timeline is whole.timeline else Course(now.timeline).same_place(now.at, whole)
        return length if now.mode == "ended" else at, *self.player.done(), self._whole(now)

    def _whole(self, now: Now) -> "Whole":
        from voicecoach.history.record import Whole

        timeline, options, level = self._courses[now.level_here].timeline, self._request.options, now.level_here
        if level is not None and level != _level(self.session.timeline):
            options = options._replace(dial=LEVELS[level])
        more: dict[str, object] = {} if now.level == level else {"then": now.level}
        if self._request.words:
            more["words"] = dict(self._request.words)
        dial = timeline.options["dial"]
        assert isinstance(dial, int)
        return Whole(level or "", dial, timeline.duration, len(now.timeline.bouts), kept(options) | more)

    def _again(self, level: Level) -> Session:
        options = self._request.options._replace(dial=LEVELS[level])
        session = prepare(self._request.script, options, self._speaker)
        self._courses[level] = Course(session.timeline)
        return session

    def _complete(self) -> None:
        """Speaks the rest while the session plays."""
        try:
            while (missing := self._preparation.compiled.missing) and not self._ended.is_set():
                self._preparation.speak(missing[:BATCH])
            if not self._ended.is_set():
                session = self._preparation.session()
                self._courses[_level(session.timeline)] = Course(session.timeline)
                self.player.complete(session)
                if self._request.then is not None:
                    self.player.do(self._request.then)
        except VoicecoachError as error:
            self.player.fail(error.what, error.fix)

    def _record(self) -> None:
        """Writes once a second how far the session is; a record that cannot be written never stops it."""
        timeline, request = self.session.timeline, self._request
        told = self._whole(self.player.now())
        with self._noticed() as history:
            self.entry = history.begin(
                routine=timeline.routine_id,
                name=request.name,
                title=timeline.title,
                whole=told,
                at=request.at,
                resumes=request.resumes,
            )
        while self.entry is not None and not self._ended.wait(1):
            at, done, skipped, whole = self._standing(self.player.now())
            with self._noticed() as history:
                if history.update(self.entry, at, done, skipped, whole=None if whole == told else whole):
                    told = whole

    @contextmanager
    def _noticed(self) -> "Iterator[History]":
        """The record; why it could not be written is kept for the end of the session."""
        assert self._history is not None
        try:
            yield self._history
        except OutputError as error:
            self.trouble = error.what


def kept(options: Options) -> dict[str, object]:
    """The options as the history keeps them."""
    return {
        "dial": options.dial,
        "stages": dict(options.stages),
        "settings": dict(options.settings),
        "without": sorted(options.without),
        "side": options.side,
        "lang": options.lang,
        "guidance": options.guidance,
        "voice": options.voice,
        "wpm": options.wpm,
        "session": options.session,
    }


def restored(options: Options, kept: Mapping[str, object]) -> Options:
    """Options with those that a session was begun with; what is not known any more is left as it is."""
    known = {name: value for name, value in kept.items() if name in Options._fields}
    if isinstance(without := known.get("without"), list):
        known["without"] = frozenset(str(item) for item in without)
    return options._replace(**known)  # type: ignore[arg-type]


def _begun(preparation: Preparation, at: Milliseconds, progress: Progress | None) -> Preparation:
    """With all the speech that is known, and as much new speech as the beginning needs."""
    preparation.recall()
    while (compiled := preparation.compiled).missing and (compiled.sure or 0) < at + ENOUGH:
        preparation.speak(compiled.missing[:BATCH], progress)
    return preparation


def _level(timeline: Timeline) -> Level | None:
    dial = timeline.options["dial"]
    return next((level for level, value in LEVELS.items() if value == dial), None)


def _tick(session: Session) -> Cue | None:
    """One ready tick of the routine; None if it wants none."""
    sound, length = Sounds(session.routine.tones, {}).role("tick")
    if is_silent(sound):
        return None
    return Cue("tone", 0, length, "clock", NOWHERE, tone="tick", sound=sound)
