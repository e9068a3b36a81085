"""Cues and tones: what is heard besides the instructions."""

from voicecoach.routine import CueRule, CueTime, Text, ToneChoice, ToneFile, ToneName, ToneWave
from voicecoach.script import fields, keys
from voicecoach.script.cuetimes import cue_time
from voicecoach.script.fault import Fault
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar
from voicecoach.script.scope import Scope, skipped
from voicecoach.script.suggest import nearest

LONGEST_COUNTDOWN = 60


def cues(scope: Scope, key: Scalar, node: Node) -> tuple[CueRule, ...]:
    """The lines under `cues:`, in source order."""
    if isinstance(node, Scalar) and node.empty:
        scope.empty(key)
        return ()
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken):
            scope.shape(key, node, "a map of moments and words, such as  half: Halfway")
        return ()
    found: dict[CueTime, CueRule] = {}
    for when, value in node.pairs:
        if skipped(when.text):
            continue
        time = cue_time(when.text)
        if isinstance(time, Fault):
            scope.fault(when.span, time)
            continue
        if time in found:
            what = f"'{when.text}' and '{found[time].key}' are the same moment"
            scope.problems.error("E008", when.span, what, fix="keep one of them")
            continue
        rule = _rule(scope, time, when, value)
        if rule is not None:
            found[time] = rule
    return tuple(found.values())


def _rule(scope: Scope, time: CueTime, key: Scalar, node: Node) -> CueRule | None:
    written = scope.given(node) if time.kind == "countdown" else node
    if isinstance(written, Scalar) and written.text == "false" and not written.quoted:
        return CueRule(time, key.text, key.span, removed=True)
    if time.kind == "countdown":
        return _countdown(scope, time, key, written)
    if isinstance(node, Mapping) and any(name.text in keys.keys_of("cue") for name, _ in node.pairs):
        return _detailed(scope, time, key, node)
    words = fields.text(scope, key, node)
    return None if words is None else CueRule(time, key.text, key.span, text=words)


def _countdown(scope: Scope, time: CueTime, key: Scalar, node: Node) -> CueRule | None:
    if isinstance(node, Broken):
        return None
    text = node.text.strip() if isinstance(node, Scalar) else ""
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) > LONGEST_COUNTDOWN:
        shown = f", not '{text[:40]}'" if text else ""
        what = f"'countdown' is a number of seconds up to {LONGEST_COUNTDOWN}, or false{shown}"
        scope.problems.error("E035", node.span if text else key.span, what, fix="write for example  countdown: 5")
        return None
    if not int(text):
        return CueRule(time, key.text, key.span, removed=True)
    return CueRule(time, key.text, key.span, count=int(text))


def _detailed(scope: Scope, time: CueTime, key: Scalar, node: Mapping) -> CueRule | None:
    given = scope.known(node, "cue", "cue")
    words: Text | None = None
    sound: ToneChoice | None = None
    must = False
    if "say" in given:
        words = fields.text(scope, *given["say"][1:])
    if "tone" in given:
        sound = tone(scope, *given["tone"][1:], roles=True)
    if "must" in given:
        must = fields.yes_no(scope, *given["must"][1:]) or False
    if "say" in given and "tone" in given:
        what = "one cue cannot have both 'say' and 'tone'"
        scope.problems.error("E017", given["tone"][1].span, what, fix="keep one of them")
        return None
    if "say" not in given and "tone" not in given:
        if node.damaged:
            return None
        what = "this cue does not say what to do"
        scope.problems.error("E018", key.span, what, fix="add  say: words  or  tone: soft")
        return None
    if words is None and sound is None:
        return None
    return CueRule(time, key.text, key.span, text=words, tone=sound, must=must)


def tone(scope: Scope, key: Scalar, node: Node, *, roles: bool = False) -> ToneChoice | None:
    """A sound: a name, numbers, or a WAV file; `roles` lets a role's name stand for its sound."""
    node = scope.given(node)
    if isinstance(node, Mapping):
        return _described(scope, key, node)
    found = scope.scalar(key, node, "the name of a sound, or a map of numbers")
    if found is None:
        return None
    name = found.text.strip()
    known = dict.fromkeys((*keys.SOUNDS, *keys.ROLES)) if roles else dict.fromkeys(keys.SOUNDS)
    if name in known:
        return ToneName(name, found.span)
    close = nearest(name, known)
    hint = f"did you mean '{close}'? " if close else ""
    scope.problems.error("E060", found.span, f"unknown tone '{name[:40]}'", fix=f"{hint}voicecoach tones lists all")
    return None


def _described(scope: Scope, key: Scalar, node: Mapping) -> ToneChoice | None:
    given = scope.known(node, "wave", "tone")
    if "file" in given:
        others = [name for name in given if name != "file"]
        if others:
            what = f"a tone file takes no '{others[0]}'"
            scope.problems.error("E017", given[others[0]][1].span, what, fix="keep  file:  or the numbers")
            return None
        return _tone_file(scope, *given["file"][1:])
    if not given:
        if not node.pairs:
            scope.empty(key)
        return None
    numbers: dict[str, int | None] = {}
    for name in ("hz", "ms", "gain"):
        row = keys.find("wave", name)
        if name in given:
            numbers[name] = fields.number(scope, *given[name][1:], row)
        else:
            numbers[name] = int(row.default)
    wave: str | None = keys.find("wave", "wave").default
    if "wave" in given:
        wave = fields.choice(scope, *given["wave"][1:], keys.WAVES)
    hz, ms, gain = numbers["hz"], numbers["ms"], numbers["gain"]
    if wave is None or hz is None or ms is None or gain is None:
        return None
    return ToneWave(wave, hz, ms, gain, node.span)


def _tone_file(scope: Scope, key: Scalar, node: Node) -> ToneFile | None:
    path = fields.line(scope, key, node)
    if path is None:
        return None
    if not path.lower().endswith(".wav"):
        name = path.rpartition("/")[2]
        stem = name.rpartition(".")[0] or name
        scope.problems.error(
            "E061", node.span, f"the tone file {path} is not a WAV file", fix=f"convert it: ffmpeg -i {name} {stem}.wav"
        )
        return None
    return ToneFile(path, node.span)
