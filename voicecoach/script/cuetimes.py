"""The keys under `cues:`: when inside a bout something is said (language.md C.5)."""

import re
from typing import Final

from voicecoach.routine import CueTime
from voicecoach.script.durations import milliseconds_of
from voicecoach.script.fault import Fault
from voicecoach.script.suggest import nearest

FIXED: Final[dict[str, CueTime]] = {
    "start": CueTime("start"),
    "half": CueTime("percent", 50),
    "end": CueTime("end"),
    "last rep": CueTime("last rep"),
    "last cycle": CueTime("last cycle"),
    "countdown": CueTime("countdown"),
}
_FORMS: Final = "use: start, half, end, at 10s, at 50%, every 10s, every 5 reps, rep 3, 10s left, countdown"


def cue_time(key: str) -> CueTime | Fault:
    """The moment a cue key names."""
    text = " ".join(key.split())
    return FIXED.get(text) or _counted(text) or _timed(text) or _unreadable(text)


def _counted(text: str) -> CueTime | None:
    if (match := re.fullmatch(r"at ([0-9]{1,3}) ?%", text)) and int(match.group(1)) <= 100:
        return CueTime("percent", int(match.group(1)))
    if (match := re.fullmatch(r"rep ([0-9]{1,6})", text)) and int(match.group(1)):
        return CueTime("rep", int(match.group(1)))
    if (match := re.fullmatch(r"every ([0-9]{1,6}) reps?", text)) and int(match.group(1)):
        return CueTime("every reps", int(match.group(1)))
    return None


def _timed(text: str) -> CueTime | None:
    if match := re.fullmatch(r"(at|every) (.+)", text):
        time = milliseconds_of(match.group(2))
        if time is None or (not time and match.group(1) == "every"):
            return None
        return CueTime("at", time) if match.group(1) == "at" else CueTime("every", time)
    if match := re.fullmatch(r"(.+) left", text):
        time = milliseconds_of(match.group(1))
        return CueTime("left", time) if time is not None else None
    return None


def _unreadable(text: str) -> Fault:
    bare = re.fullmatch(r"(at |every )?([0-9]+)( left)?", text)
    if bare:
        meant: str | None = f"{bare.group(1) or ('' if bare.group(3) else 'at ')}{bare.group(2)}s{bare.group(3) or ''}"
    else:
        meant = nearest(text, FIXED)
    hint = f"did you mean '{meant}'? " if meant else ""
    return Fault("E036", f"cannot read the cue time '{text[:60]}'", fix=hint + _FORMS)
