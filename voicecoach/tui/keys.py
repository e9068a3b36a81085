"""Every key of every screen: one table makes the bindings, the footer, the help and the palette."""

from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """One key: `keys` as Textual names them, `shown` as a person reads it, `label` for the footer.

    A key without a label is not in the footer; those that come first stay when it is narrow. An
    `urgent` key is there only while it is needed, and then it is the first one.
    """

    keys: str
    shown: str
    action: str
    help: str
    label: str = ""
    urgent: bool = False


SESSION: tuple[Key, ...] = (
    Key("space", "SPACE", "command('toggle')", "Pause and go on; go on from a wait; say that you are done", "pause"),
    Key("right", "→", "command('next')", "Skip to the next piece of work", "next"),
    Key("left", "←", "command('back')", "Back to the start of this one; twice: the one before", "back"),
    Key("plus,equals_sign", "+", "command('longer')", "Ten seconds more in a rest", "10 s"),
    Key("question_mark", "?", "help", "This list of keys", "help"),
    Key("q,ctrl+q,ctrl+c", "q", "leave", "Stop the session; asks once", "quit"),
    Key("r", "r", "command('repeat set')", "Repeat this set", "repeat"),
    Key("n", "n", "command('next exercise')", "Next exercise", "next exercise"),
    Key("p", "p", "command('previous exercise')", "Previous exercise"),
    Key("up", "↑", "command('louder')", "Louder", "louder"),
    Key("down", "↓", "command('quieter')", "Quieter", "quieter"),
    Key("m", "m", "command('mute voice')", "Voice off and on", "voice"),
    Key("t", "t", "command('mute tones')", "Tones off and on", "tones"),
    Key("d", "d", "devices", "Hear it on another sound device", "other device", urgent=True),
    Key("1", "1", "command('gentle')", "Gentle from the next exercise on", ""),
    Key("2", "2", "command('steady')", "Steady from the next exercise on", ""),
    Key("3", "3", "command('strong')", "Strong from the next exercise on", ""),
    Key("c", "c", "captions", "Show or hide the words that are spoken", "captions"),
    Key("f", "f", "flash", "Flash on tones, or not", ""),
    Key("w", "w", "why", "Why was that said, or left out", "why"),
)

HOME: tuple[Key, ...] = (
    Key("enter", "Enter", "play", "Play the chosen routine", "play"),
    Key("slash", "/", "search", "Search", "search"),
    Key("1", "1", "level('gentle')", "Gentle; again: as each routine has it", "gentle"),
    Key("2", "2", "level('steady')", "Steady; again: as each routine has it", "steady"),
    Key("3", "3", "level('strong')", "Strong; again: as each routine has it", "strong"),
    Key("q,ctrl+q,ctrl+c", "q", "leave", "Quit", "quit"),
    Key("question_mark", "?", "help", "This list of keys", "help"),
)

END: tuple[Key, ...] = (
    Key("e", "e", "felt('easy')", "It was easy", ""),
    Key("r", "r", "felt('right')", "It was just right", ""),
    Key("h", "h", "felt('hard')", "It was hard", ""),
    Key("p", "p", "felt('pain')", "There was pain", ""),
    Key("enter", "Enter", "take", "Take the marked answer; once it is given, go on", "answer"),
    Key("question_mark", "?", "help", "This list of keys", "help"),
    Key("q,escape,ctrl+q,ctrl+c", "q", "leave", "Leave this screen", "leave"),
)


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """The bindings of a screen."""
    return [Binding(key.keys, key.action, key.help, show=False) for key in keys]
