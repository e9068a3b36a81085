"""The one frozen description of what is heard when."""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias

from voicecoach.source import Severity, Span
from voicecoach.units import Milliseconds, Rate
from voicecoach.utterance import Utterance

Priority: TypeAlias = Literal["must", "should", "nice", "clock"]
Option: TypeAlias = "str | int | bool | Mapping[str, Option] | tuple[Option, ...] | None"


class Sound(NamedTuple):
    """What a tone cue plays: a built-in name, a wave, or a file.

    `name` is what `plan` prints. For a built-in sound `wave` and `path` are empty. A wave has
    `hz` and `gain` (dB). A file has `path`, as the linker's read understands it.
    """

    name: str
    wave: str = ""
    hz: int = 0
    gain: int = 0
    path: str = ""


class Cue(NamedTuple):
    """A clip or tone placed on the timeline, half-open `[start, end)`.

    Speech and counts carry `text` and the `utterance` that is heard; tones carry `tone` (the
    role or name) and `sound`.
    """

    kind: Literal["speech", "count", "tone"]
    start: Milliseconds
    end: Milliseconds
    priority: Priority
    source: Span
    text: str = ""
    utterance: Utterance | None = None
    rate_percent: int = 100
    tone: str = ""
    sound: Sound | None = None


class Bout(NamedTuple):
    """One piece of work of exact length between a start tone and an end tone."""

    exercise: str
    name: str
    kind: Literal["hold", "reps", "time", "breathe"]
    ways: tuple[tuple[str, str], ...]
    section: str | None
    round_no: int | None
    rounds: int | None
    set_no: int
    sets: int
    rep_no: int
    reps: int
    start: Milliseconds
    end: Milliseconds
    source: Span


class Chapter(NamedTuple):
    """A labelled span; chapters tile the session."""

    title: str
    start: Milliseconds
    end: Milliseconds


class Segment(NamedTuple):
    """A stretch between gates; segments tile the session, and only the last has the gate `end`.

    Live, from `opens` on the person may go on to the end at once: there the prompt of a wait, or
    the work that is done until one is done, begins. A wait stands still at `holds`, where its
    silence in an audio file begins, for `longest` milliseconds (None: until the person goes on).
    """

    start: Milliseconds
    end: Milliseconds
    gate: Literal["wait", "until-done", "end"]
    opens: Milliseconds | None = None
    holds: Milliseconds | None = None
    longest: Milliseconds | None = None


class Note(NamedTuple):
    """One decision of the scheduler, at a time of the session; `fix` says what to type, where it helps."""

    code: str
    severity: Severity
    message: str
    at: Milliseconds
    source: Span
    fix: str = ""


class Timeline(NamedTuple):
    """A compiled session; every time in milliseconds from its start."""

    routine_id: str
    title: str
    lang: str
    file: str
    options: Mapping[str, Option]
    sample_rate: Rate
    duration: Milliseconds
    estimated: bool
    segments: tuple[Segment, ...]
    chapters: tuple[Chapter, ...]
    bouts: tuple[Bout, ...]
    cues: tuple[Cue, ...]
    notes: tuple[Note, ...]


# ---- as JSON ----------------------------------------------------------------------------

FORMAT = "voicecoach-timeline/1"


def document(timeline: Timeline) -> dict[str, object]:
    """The timeline as the document of `plan --json`: integers, strings, booleans and null only.

    The digest is the SHA-256 of the document without it, as UTF-8 JSON with sorted keys and no spaces.
    """
    body: dict[str, object] = {
        "format": FORMAT,
        "routine": {
            "id": timeline.routine_id,
            "title": timeline.title,
            "lang": timeline.lang,
            "source": {"file": timeline.file},
        },
        "options": _plain(timeline.options),
        "sample_rate": timeline.sample_rate,
        "duration_ms": timeline.duration,
        "estimated": timeline.estimated,
    }
    rest: dict[str, object] = {
        "segments": [{"start_ms": s.start, "end_ms": s.end, "gate": s.gate} for s in timeline.segments],
        "chapters": [{"title": c.title, "start_ms": c.start, "end_ms": c.end} for c in timeline.chapters],
        "bouts": [_bout(bout) for bout in timeline.bouts],
        "cues": [_cue(cue) for cue in timeline.cues],
        "notes": [
            {
                "code": note.code,
                "severity": note.severity,
                "message": note.message,
                "at_ms": note.at,
                "source": _source(note.source),
            }
            for note in timeline.notes
        ],
    }
    import hashlib
    import json

    text = json.dumps({**body, **rest}, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return {**body, "digest": f"sha256:{digest}", **rest}


def to_json(timeline: Timeline) -> str:
    """The document as text: keys in their order, indented by 2, one final newline."""
    import json

    return json.dumps(document(timeline), ensure_ascii=False, indent=2) + "\n"


def _bout(bout: Bout) -> dict[str, object]:
    return {
        "exercise": bout.exercise,
        "name": bout.name,
        "kind": bout.kind,
        "ways": dict(bout.ways),
        "section": bout.section,
        "round_no": bout.round_no,
        "rounds": bout.rounds,
        "set_no": bout.set_no,
        "sets": bout.sets,
        "rep_no": bout.rep_no,
        "reps": bout.reps,
        "start_ms": bout.start,
        "end_ms": bout.end,
        "source": _source(bout.source),
    }


def _cue(cue: Cue) -> dict[str, object]:
    body: dict[str, object] = {"kind": cue.kind, "start_ms": cue.start, "end_ms": cue.end}
    if cue.sound is not None:
        body |= {"tone": cue.tone, "sound": cue.sound.name}
    else:
        body |= {"text": cue.text, "rate_percent": cue.rate_percent}
    return {**body, "priority": cue.priority, "source": _source(cue.source)}


def _source(span: Span) -> dict[str, object]:
    return {"file": span.file, "line": span.line, "col": span.col}


def _plain(value: Option) -> object:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return [_plain(inner) for inner in value]
    return value
