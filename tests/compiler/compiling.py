"""Scripts held in memory, compiled with estimated or given speech."""

from collections.abc import Callable, Mapping

from voicecoach import report
from voicecoach.compiler.compile import Compiled, compile_routine
from voicecoach.compiler.options import Options
from voicecoach.compiler.speech import Measure
from voicecoach.estimate import estimate
from voicecoach.routine import Routine
from voicecoach.script.linker import Linked, link
from voicecoach.timeline import Bout, Cue, Timeline
from voicecoach.utterance import Utterance

NAME = "x.coach.yaml"
NORMAL = 160
"""Words a minute of a script that does not choose its pace; faster is faster speech."""


def linked(script: str, *, name: str = NAME, settings: Mapping[str, str] | None = None) -> Linked:
    def read(wanted: str) -> bytes:
        if wanted != name:
            raise FileNotFoundError(wanted)
        return script.encode()

    return link(name, read, settings=settings or {})


def routine(script: str, **options: object) -> Routine:
    result = linked(script, **options)  # type: ignore[arg-type]
    errors = [problem for problem in result.problems if problem.severity == "error"]
    assert result.routine is not None, report.texts(errors, result.sources)
    return result.routine


def table(lengths: Mapping[str, int], otherwise: int = 500, fast: Mapping[str, int] | None = None) -> Measure:
    """Speech of exactly these lengths; at the fast rate those of `fast`, else 100/115 of them, rounded up to 10."""

    def measure(utterance: Utterance) -> int:
        length = lengths.get(utterance.text, otherwise)
        if utterance.rate == NORMAL:
            return length
        if fast is not None and utterance.text in fast:
            return fast[utterance.text]
        return -(-length * 100 // 1150) * 10

    return measure


def estimated(utterance: Utterance) -> int:
    return estimate(utterance.text, utterance.rate)


def compiled(
    script: str,
    lengths: Mapping[str, int] | Measure | None = None,
    *,
    otherwise: int = 500,
    name: str = NAME,
    settings: Mapping[str, str] | None = None,
    **options: object,
) -> Compiled:
    """The script compiled; `lengths` are exact lengths of speech, without them it is estimated."""
    measure: Callable[[Utterance], int | None] = estimated
    if callable(lengths):
        measure = lengths
    elif lengths is not None:
        measure = table(lengths, otherwise)
    chosen = Options()._replace(**options)  # type: ignore[arg-type]
    return compile_routine(routine(script, name=name, settings=settings), chosen, measure, estimated=True)


def timeline(script: str, lengths: Mapping[str, int] | Measure | None = None, **options: object) -> Timeline:
    result = compiled(script, lengths, **options)  # type: ignore[arg-type]
    assert result.timeline is not None, [problem.what for problem in result.problems]
    return result.timeline


def codes(result: Compiled) -> list[str]:
    return [problem.code for problem in result.problems]


def rendered(script: str, result: Compiled, name: str = NAME) -> str:
    """Every error of a compile as a person sees it."""
    return report.texts(result.problems, linked(script, name=name).sources)


def speech(found: Timeline) -> list[tuple[int, str]]:
    """Every spoken line that is no count: when it begins, and its words."""
    return [(cue.start, cue.text) for cue in found.cues if cue.kind == "speech"]


def words(found: Timeline) -> list[str]:
    return [text for _, text in speech(found)]


def counts(found: Timeline) -> list[tuple[int, str]]:
    return [(cue.start, cue.text) for cue in found.cues if cue.kind == "count"]


def tones(found: Timeline, tone: str) -> list[int]:
    return [cue.start for cue in found.cues if cue.kind == "tone" and cue.tone == tone]


def notes(found: Timeline) -> list[tuple[str, str]]:
    return [(note.code, note.message) for note in found.notes]


def note_codes(found: Timeline) -> list[str]:
    return [note.code for note in found.notes]


def bout_lengths(found: Timeline) -> list[int]:
    return [bout.end - bout.start for bout in found.bouts]


def gaps(found: Timeline) -> list[int]:
    """The time between each bout and the next."""
    return [after.start - before.end for before, after in zip(found.bouts, found.bouts[1:], strict=False)]


def inside(found: Timeline, bout: Bout) -> list[tuple[int, str, str]]:
    """What is heard in a bout: when, from its start, as what, and the words or the tone."""
    return [
        (cue.start - bout.start, cue.kind, cue.text or cue.tone)
        for cue in found.cues
        if bout.start <= cue.start <= bout.end
    ]


def heard_between(found: Timeline, start: int, end: int) -> list[Cue]:
    return [cue for cue in found.cues if start <= cue.start < end]
