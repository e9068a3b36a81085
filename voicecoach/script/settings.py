"""The keys of a routine that say how it sounds: voice, tones, phrases, announcements, defaults, fit."""

import re

from voicecoach.routine import Defaults, MusicChoice, Text, ToneChoice, VoiceChoice
from voicecoach.script import fields, keys
from voicecoach.script.cues import tone
from voicecoach.script.keys import Key, Place
from voicecoach.script.nodes import Broken, Mapping, Node, Scalar, Sequence
from voicecoach.script.scope import Scope


def voice(scope: Scope, key: Scalar, node: Node) -> VoiceChoice:
    """How the routine wants to be spoken: a name, or a map of name, pace and volume."""
    node = scope.given(node)
    if not isinstance(node, Mapping):
        name = fields.line(scope, key, node)
        return VoiceChoice(name, span=node.span)
    given = scope.known(node, "voice", "voice")
    name = fields.line(scope, *given["name"][1:]) if "name" in given else None
    pace = _pace(scope, *given["pace"]) if "pace" in given else None
    volume = fields.number(scope, *given["volume"][1:], given["volume"][0]) if "volume" in given else None
    span = given["name"][2].span if "name" in given else node.span
    return VoiceChoice(name, pace, volume, span)


def _pace(scope: Scope, row: Key, key: Scalar, node: Node) -> int | None:
    found = scope.given(node)
    if isinstance(found, Scalar) and re.fullmatch(r"[0-9]{1,6}", found.text.strip()):
        return fields.number(scope, key, found, row)
    word = fields.choice(scope, key, found, row.choices)
    return None if word is None else keys.PACES[word]


def _map(scope: Scope, key: Scalar, node: Node, place: Place) -> dict[str, tuple[Key, Scalar, Node]]:
    if isinstance(node, Mapping):
        return scope.known(node, place, key.text)
    if isinstance(node, Scalar) and node.empty:
        scope.empty(key)
    elif not isinstance(node, Broken):
        scope.shape(key, node, f"a map of: {', '.join(keys.keys_of(place))}")
    return {}


def tones(scope: Scope, key: Scalar, node: Node) -> dict[str, ToneChoice]:
    """The sound of each role."""
    given = _map(scope, key, node, "tones")
    found = {name: tone(scope, one, value) for name, (_, one, value) in given.items()}
    return {name: sound for name, sound in found.items() if sound is not None}


def music(scope: Scope, key: Scalar, node: Node) -> MusicChoice | None:
    """The music under the session: a file, or a map of file, gain and duck."""
    node = scope.given(node)
    gain, duck = keys.default_music_gain(), keys.default_duck()
    if not isinstance(node, Mapping):
        path = fields.line(scope, key, node)
        return None if path is None else MusicChoice(path, gain, duck, node.span)
    given = scope.known(node, "music", "music")
    loud = fields.number(scope, *given["gain"][1:], given["gain"][0]) if "gain" in given else gain
    down = fields.number(scope, *given["duck"][1:], given["duck"][0]) if "duck" in given else duck
    if "file" not in given:
        if not node.damaged:
            what = "this music does not say which file"
            scope.problems.error("E018", key.span, what, fix="write  music: {file: rain.ogg}")
        return None
    path = fields.line(scope, *given["file"][1:])
    if path is None or loud is None or down is None:
        return None
    return MusicChoice(path, loud, down, given["file"][2].span)


def announce(scope: Scope, key: Scalar, node: Node) -> dict[str, bool]:
    """Which built-in lines are said."""
    given = _map(scope, key, node, "announce")
    found = {name: fields.yes_no(scope, one, value) for name, (_, one, value) in given.items()}
    return {name: answer for name, answer in found.items() if answer is not None}


def phrases(scope: Scope, key: Scalar, node: Node) -> dict[str, Text]:
    """The author's own words for built-in lines."""
    given = _map(scope, key, node, "phrases")
    found = {name: fields.text(scope, one, value) for name, (_, one, value) in given.items()}
    return {name: text for name, text in found.items() if text is not None}


def defaults(scope: Scope, key: Scalar, node: Node) -> Defaults:
    """Values for steps that say nothing."""
    given = _map(scope, key, node, "defaults")
    doses = {
        name: fields.dose(scope, one, value, row.takes)
        for name, (row, one, value) in given.items()
        if row.takes in ("gap", "work")
    }
    count = fields.choice(scope, *given["count"][1:], keys.COUNTS) if "count" in given else None
    countdown: int | None = None
    if "countdown" in given:
        row, one, value = given["countdown"]
        off = isinstance(value, Scalar) and value.text == "false" and not value.quoted
        countdown = 0 if off else fields.number(scope, one, value, row)
    return Defaults(**doses, count=count, countdown=countdown)


def fit(scope: Scope, key: Scalar, node: Node) -> tuple[str, ...] | None:
    """The knobs that may be used to reach the length; none if `false`."""
    node = scope.given(node)
    if isinstance(node, Scalar) and node.text == "false":
        return ()
    items = node.items if isinstance(node, Sequence) else (node,)
    found = [fields.choice(scope, key, item, keys.FIT) for item in items]
    return tuple(knob for knob in found if knob is not None)
