"""Steps that stand for themselves: rest, say, wait, tone and breathe."""

from voicecoach.routine import BreatheStep, CueRule, Dose, RestStep, SayStep, Step, StepHead, ToneStep, WaitStep
from voicecoach.script import fields, keys, ways
from voicecoach.script.cues import cues, tone
from voicecoach.script.exercises import Draft, Pairs, draft
from voicecoach.script.keys import Place
from voicecoach.script.nodes import Mapping
from voicecoach.script.scope import Scope
from voicecoach.source import Span


def head_of(scope: Scope, pairs: Pairs, place: Span) -> StepHead:
    """What every kind of step may carry."""
    name = fields.identifier(scope, *pairs["id"][1:]) if "id" in pairs else None
    when = ways.condition(scope, *pairs["when"][1:]) if "when" in pairs else None
    optional = fields.yes_no(scope, *pairs["optional"][1:]) if "optional" in pairs else None
    return StepHead(place, name, when, optional or False)


def step_draft(scope: Scope, pairs: Pairs, place: Span, node: Mapping) -> Draft:
    """The exercise keys a step gives; a `note` is kept by its place, because it answers a warning."""
    note = node.key("note")
    return draft(scope, pairs, place, note=note.span if note else None)


def simple_step(scope: Scope, kind: Place, head: StepHead, pairs: Pairs, node: Mapping) -> Step | None:
    """A rest, say, wait, tone or breathe step; None if its own value is wrong."""
    row, key, value = pairs[kind]
    match kind:
        case "rest":
            length = fields.dose(scope, key, value, row.takes)
            say = fields.text(scope, *pairs["say"][1:]) if "say" in pairs else None
            until = fields.choice(scope, *pairs["until"][1:], pairs["until"][0].choices) if "until" in pairs else None
            rules: tuple[CueRule, ...] = cues(scope, *pairs["cues"][1:]) if "cues" in pairs else ()
            return None if length is None else RestStep(head, length, say, rules, until)
        case "say":
            must = fields.yes_no(scope, *pairs["must"][1:]) if "must" in pairs else None
            voice = fields.line(scope, *pairs["voice"][1:]) if "voice" in pairs else None
            words = fields.text(scope, key, value)
            return None if words is None else SayStep(head, words, must or False, voice)
        case "wait":
            audio = fields.duration(scope, *pairs["audio"][1:], gap=True) if "audio" in pairs else None
            longest = fields.duration(scope, *pairs["max"][1:]) if "max" in pairs else None
            words = fields.text(scope, key, value)
            return None if words is None else WaitStep(head, words, audio, longest)
        case "tone":
            sound = tone(scope, key, value, roles=True)
            return None if sound is None else ToneStep(head, sound)
    return _breathe(scope, head, pairs, node)


def _breathe(scope: Scope, head: StepHead, pairs: Pairs, node: Mapping) -> Step | None:
    phases = ways.breath(scope, *pairs["breathe"][1:])
    length = fields.dose(scope, *pairs["for"][1:], "work") if "for" in pairs else None
    cycles = fields.dose(scope, *pairs["cycles"][1:], "count") if "cycles" in pairs else None
    if "for" in pairs and "cycles" in pairs:
        what = "a breath step cannot have both 'for' and 'cycles'"
        scope.problems.error("E017", pairs["cycles"][1].span, what, fix="keep one of them")
        return None
    words = fields.number(scope, *pairs["words"][1:], pairs["words"][0]) if "words" in pairs else None
    exercise = step_draft(scope, pairs, head.span, node).exercise
    if phases is None:
        return None
    if length is None and cycles is None:
        length = Dose(((0, keys.default_breathing()),), head.span, text=keys.find("breathe", "for").default)
    return BreatheStep(head, phases, exercise, length, cycles, words)
