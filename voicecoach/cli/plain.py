"""The live session in plain lines: for screen readers, pipes and small machines."""

from collections.abc import Callable
from typing import NamedTuple

from voicecoach.cli.elsewhere import Elsewhere
from voicecoach.cli.keyboard import Keyboard
from voicecoach.live import Live
from voicecoach.player.course import Course
from voicecoach.player.now import Command, Now
from voicecoach.player.scene import Scene, scene
from voicecoach.units import SECOND, clock

KEYS: dict[str, Command] = {
    " ": "toggle",
    "right": "next",
    "left": "back",
    "n": "next exercise",
    "p": "previous exercise",
    "r": "repeat set",
    "+": "longer",
    "=": "longer",
    "up": "louder",
    "down": "quieter",
    "m": "mute voice",
    "t": "mute tones",
    "1": "gentle",
    "2": "steady",
    "3": "strong",
}
"""The same keys as on the full screen."""

HELP = (
    "keys: SPACE pause or go on, right and left next and back, n p next and previous exercise, r repeat the set, "
    "+ ten seconds more of a rest, up down volume, m voice, t tones, 1 2 3 level, "
    "d another sound device, w why, ? keys, q quit"
)
ANSWERS = {"e": "easy", "r": "right", "h": "hard", "p": "pain"}
_LOOK_EVERY = 0.25
"""Seconds between two looks at the player, at most; lines and phases are looked for when they are due."""


class Shown(NamedTuple):
    """What the last lines said; a line is written when some of it changes."""

    state: tuple[object, ...] = ()
    line: tuple[object, ...] = ()
    trouble: str = ""


def run(live: Live, keyboard: Keyboard, out: Callable[[str], None]) -> bool:
    """Shows a session to its end, one line an event; False if the person quit."""
    shown, course, asked = Shown(), Course(live.player.now().timeline), False
    elsewhere = Elsewhere(live.devices)
    while True:
        now = live.player.now()
        if now.timeline is not course.timeline:
            course = Course(now.timeline)
        seen = scene(now, course)
        shown = _tell(shown, now, seen, course, out)
        if notice := live.player.notice():
            out(_line(now, "note", notice))
        for what, text in elsewhere.told():
            out(_line(now, what, text))
        if now.mode == "ended":
            return True
        for key in keyboard.keys(min(seen.look_again_in, _LOOK_EVERY)):
            if asked and key in {"y", "Y", "q", "\r", "\n"}:
                return False
            asked = key == "q"
            if not elsewhere.press(key):
                _press(key, live, now, out)


def ask_how_it_felt(live: Live, keyboard: Keyboard, out: Callable[[str], None]) -> None:
    """Asks for one answer; any other key is none."""
    out("How did it feel? e easy, r right, h hard, p pain, or Enter")
    while not (keys := keyboard.keys(1.0)):
        pass
    if answer := ANSWERS.get(keys[0]):
        live.answer(answer)
        out(answer)
        stop_if = live.summary().stop_if
        if answer == "pain" and stop_if:
            out(f"Stop if you feel: {', '.join(stop_if)}")


def closing(live: Live) -> list[str]:
    """What was done, and what the routine says about pain."""
    done = live.summary()
    skipped = f", {done.skipped} skipped" if done.skipped else ""
    ended = "Finished" if done.finished else f"Stopped at {_time(done.at_ms)} of {_time(done.length_ms)}"
    return [f"{ended}: {done.done} of {done.bouts} done{skipped}.", *done.advice]


def _press(key: str, live: Live, now: Now, out: Callable[[str], None]) -> None:
    if command := KEYS.get(key):
        if refusal := live.player.do(command):
            out(_line(now, "note", refusal))
        elif said := _said(live, command):
            out(_line(now, "note", said))
    elif key == "?":
        out(HELP)
    elif key == "w":
        for line in live.why(now.at) or ("nothing was decided about this moment",):
            out(_line(now, "why", line))
    elif key == "q":
        out(_line(now, "note", "quit? press q again, or any other key to go on"))


def _said(live: Live, command: Command) -> str:
    now = live.player.now()
    match command:
        case "louder" | "quieter":
            return f"volume {now.volume} %"
        case "mute voice":
            return f"voice {'on' if now.voice else 'off'}"
        case "mute tones":
            return f"tones {'on' if now.tones else 'off'}"
        case "longer":
            return "ten seconds more"
        case "gentle" | "steady" | "strong":
            return f"{command} from the next exercise on"
    return ""


def _tell(shown: Shown, now: Now, seen: Scene, course: Course, out: Callable[[str], None]) -> Shown:
    """Writes what is new."""
    state = (seen.phase, seen.what, seen.ways, seen.counts)
    if state != shown.state:
        out(_line(now, seen.phase, _description(now, seen, course)))
    spoken = [cue for cue in course.cues(0, now.at + 1) if cue.kind == "speech"][-1:]
    line: tuple[object, ...] = (now.repeated.start, now.repeated.text) if now.repeated else ()
    if not now.prelude and spoken and now.voice and now.mode in {"playing", "waiting"}:
        line = (spoken[0].start, spoken[0].text)
    if line and line != shown.line and (now.repeated or now.at - spoken[0].start < SECOND):
        out(_line(now, "says", str(line[1])))
    if now.trouble and now.trouble != shown.trouble:
        out(_line(now, "note", now.trouble + (f" ({now.fix})" if now.fix else "")))
    return Shown(state, line or shown.line, now.trouble)


def _description(now: Now, seen: Scene, course: Course) -> str:
    name = ", ".join(word for word in (seen.what, seen.ways) if word)
    counts = f" ({', '.join(line.lower() for line in seen.counts)})" if seen.counts else ""
    bout = course.bout_at(now.at)
    left = f", {-(-(bout.end - now.at) // SECOND)} s" if bout else f", {seen.seconds} s" if seen.seconds else ""
    hint = f". {seen.hint}" if seen.hint else ""
    return f"{name}{counts}{left}{hint}"


def _line(now: Now, what: str, text: str) -> str:
    return f"{_time(now.at)}  {what}: {text}"


def _time(at: int) -> str:
    return clock(at // SECOND * SECOND)
