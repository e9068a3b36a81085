"""What a person should see and read at a moment of a session, in words; every front shows a Scene."""

from typing import Literal, NamedTuple, TypeAlias

from voicecoach.player.course import Course
from voicecoach.player.now import Now
from voicecoach.timeline import Bout, Cue
from voicecoach.units import SECOND, Milliseconds

Phase: TypeAlias = Literal[
    "listen", "get ready", "hold", "move", "breathe", "relax", "rest", "switch", "wait", "paused", "no sound", "done"
]


class Scene(NamedTuple):
    """One moment, ready to be shown.

    `what` is the exercise that is done now, or that comes next while there is a gap; `ways` the
    side and direction in words. `seconds` counts down to the end of the bout or gap, None where
    nobody knows (a gate). `counts` are lines such as `Hold 2 of 3`, `Set 1 of 2`, `Round 1 of 4`.
    `bout_share` and `session_share` go from 0 to 1, `chapters` are where chapters begin, from 0
    to 1. `tone` is the role of a tone that sounds now, empty if none: for a flash. `changes_in` is
    how long the digits, the words and the tone stay what they are by themselves, a second at most.
    """

    phase: Phase
    what: str
    ways: str
    seconds: int | None
    counts: tuple[str, ...]
    caption: str
    bout_share: float
    session_share: float
    chapters: tuple[float, ...]
    chapter: str
    elapsed_ms: int
    length_ms: int
    next: str
    hint: str
    tone: str
    changes_in: Milliseconds = 1_000

    @property
    def look_again_in(self) -> float:
        """Seconds until a front looks again: just after the next change, so that it has come."""
        return (self.changes_in + _JUST_AFTER) / SECOND


_JUST_AFTER: Milliseconds = 5


def scene(now: Now, course: Course | None = None) -> Scene:
    """The scene of a moment; `course` is that of `now.timeline`, if one is at hand."""
    course = course or Course(now.timeline)
    at, timeline = now.at, now.timeline
    unit = course.unit(at)
    bout = course.bout_at(at)
    ahead = bout or (course.bouts[unit] if unit < len(course.bouts) else None)
    start, end = (bout.start, bout.end) if bout else course.gap(unit)
    following = unit + 1 if bout else unit
    return Scene(
        phase=_phase(now, course, unit, bout),
        what=ahead.name if ahead else timeline.title,
        ways=ways(ahead) if ahead else "",
        seconds=_seconds(now, course, end),
        counts=_counts(ahead) if ahead else (),
        caption=_caption(now, course),
        bout_share=_share(at - start, end - start),
        session_share=_share(at, timeline.duration),
        chapters=tuple(_share(chapter.start, timeline.duration) for chapter in timeline.chapters),
        chapter=next((found.title for found in timeline.chapters if at < found.end), timeline.title),
        elapsed_ms=at,
        length_ms=timeline.duration,
        next=_next(course, following, bout),
        hint=_hint(now, course, bout),
        tone=_tone(now, course),
        changes_in=_changes_in(now, course, end),
    )


def ways(bout: Bout) -> str:
    """The side and direction of a bout in words: `left foot, clockwise`."""
    return ", ".join(f"{way} {axis}" if way in _SIDES and axis != "way" else way for axis, way in bout.ways)


_SIDES = ("left", "right")
_WORK: dict[str, Phase] = {"hold": "hold", "reps": "move", "time": "move", "breathe": "breathe"}
_LINGER: Milliseconds = 2_500
"""A caption stays this long after its last word, to be read to the end."""
_FLASH: Milliseconds = 250
"""A tone is shown at least this long: a tick of 60 ms would be missed."""
_TICK_EVERY: Milliseconds = 1_000
_READY: Milliseconds = 3_000


def _phase(now: Now, course: Course, unit: int, bout: Bout | None) -> Phase:
    match now.mode:
        case "paused":
            return "paused"
        case "lost":
            return "no sound"
        case "waiting":
            return "wait"
        case "ended":
            return "done"
    if now.prelude and bout:
        return "get ready"
    return _WORK[bout.kind] if bout else _phase_of_gap(course, unit, now.at)


def _phase_of_gap(course: Course, unit: int, at: Milliseconds) -> Phase:
    """What a gap is for, told from the bouts around it."""
    if unit >= len(course.bouts):
        return "listen"
    ready = course.ready(unit)
    announced = course.chapter_of(unit) <= at
    if ready is not None and at >= ready:
        return "get ready"
    if unit == 0:
        return "get ready" if announced else "listen"
    before, after = course.bouts[unit - 1], course.bouts[unit]
    if course.group_at(before.start) != course.group_at(after.start):
        circuit = after.round_no is not None and before.section == after.section
        return "get ready" if announced and not circuit else "rest"
    if after.set_no > before.set_no:
        return "rest"
    return "switch" if before.ways != after.ways else "relax"


def _seconds(now: Now, course: Course, end: Milliseconds) -> int | None:
    """Whole seconds that are left, the last one shown as 1."""
    if now.mode == "waiting":
        return None
    if now.prelude and now.mode != "paused" and course.bout_at(now.at):
        return _whole(now.prelude)
    if course.hold(now.at) < end:
        return None
    return _whole(now.prelude + end - now.at if course.bout_at(now.at) is None else end - now.at)


def _counts(bout: Bout) -> tuple[str, ...]:
    lines = []
    if bout.kind == "hold" and bout.reps > 1:
        lines.append(f"Hold {bout.rep_no} of {bout.reps}")
    elif bout.kind in {"reps", "breathe"}:
        word = "breath" if bout.kind == "breathe" else "repetition"
        lines.append(f"{bout.reps} {word}{'s' if bout.reps > 1 else ''}")
    if bout.sets > 1:
        lines.append(f"Set {bout.set_no} of {bout.sets}")
    if bout.round_no is not None and bout.rounds and bout.rounds > 1:
        lines.append(f"Round {bout.round_no} of {bout.rounds}")
    return tuple(lines)


def _caption(now: Now, course: Course) -> str:
    if now.repeated is not None:
        return now.repeated.text
    if now.prelude:
        return ""
    heard_to = now.at if now.mode == "waiting" else now.at + 1
    spoken = [cue for cue in course.cues(now.at - _LONGEST_CAPTION, heard_to) if cue.kind != "tone"]
    if not spoken:
        return ""
    last = spoken[-1]
    return last.text if now.mode == "waiting" or now.at < _shown_until(last) else ""


_LONGEST_CAPTION: Milliseconds = 60_000
"""How far back the line that is being said may have begun."""


def _next(course: Course, unit: int, bout: Bout | None) -> str:
    """The bout after this one, or after this gap: only what is new about it, and how long it is."""
    if unit >= len(course.bouts):
        return "the end" if bout else ""
    following = course.bouts[unit]
    length = f"{_whole(following.end - following.start)} s"
    if bout is None or bout.name != following.name:
        return ", ".join(word for word in (following.name, ways(following), length) if word)
    if bout.ways != following.ways:
        return f"{ways(following)}, {length}"
    return ", ".join([*_counts(following), length])


def _hint(now: Now, course: Course, bout: Bout | None) -> str:
    gate = course.gate(now.at)
    match now.mode:
        case "starting":
            return "The sound device is being opened"
        case "lost":
            return now.trouble
        case "paused":
            how = "SPACE goes on" + (" after three ticks" if bout else "")
            return f"{now.trouble}. {how}" if now.trouble else how
        case "waiting":
            return "Press SPACE when you are ready"
        case "ended":
            return ""
    if now.prelude and bout:
        return f"{_whole(bout.end - now.at)} s are left to do"
    if gate is not None:
        return "Press SPACE when you are ready" if gate.gate == "wait" else "Press SPACE when you are done"
    if now.level_at is not None and now.level is not None:
        return f"Level {now.level} from the next exercise on"
    return ""


def _tone(now: Now, course: Course) -> str:
    if now.mode != "playing":
        return ""
    if now.prelude:
        into = -now.prelude % _TICK_EVERY
        ticking = now.prelude <= _READY and course.bout_at(now.at) is not None
        return "tick" if ticking and into < _FLASH else ""
    found = [cue for cue in course.cues(now.at - _LONGEST_TONE, now.at + 1) if cue.kind == "tone"]
    return next((cue.tone for cue in reversed(found) if now.at < _shown_until(cue)), "")


_LONGEST_TONE: Milliseconds = 2_000


def _changes_in(now: Now, course: Course, end: Milliseconds) -> Milliseconds:
    if now.mode != "playing":
        return 1_000
    if now.prelude:
        return min((now.prelude - 1) % 1_000 + 1, _PRELUDE)
    shown = course.cues(now.at - _LONGEST_CAPTION, now.at + 1_000)
    moments = (moment for cue in shown for moment in (cue.start, _shown_until(cue)))
    return min([(end - now.at - 1) % 1_000 + 1, *(moment - now.at for moment in moments if moment > now.at)])


def _shown_until(cue: Cue) -> Milliseconds:
    """When its caption is gone, or its flash."""
    match cue.kind:
        case "speech":
            return cue.end + _LINGER
        case "tone":
            return max(cue.end, cue.start + _FLASH)
    return cue.end


_PRELUDE: Milliseconds = 250
"""What is said and ticks before work goes on may be something else so soon."""


def _share(part: Milliseconds, whole: Milliseconds) -> float:
    return min(max(part / whole, 0.0), 1.0) if whole > 0 else 1.0


def _whole(length: Milliseconds) -> int:
    return -(-length // 1_000)
