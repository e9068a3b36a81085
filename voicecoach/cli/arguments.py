"""The command line's words: commands, options, and help with an example for each."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from voicecoach import __version__
from voicecoach.compiler.options import MAX_LENGTH, Options
from voicecoach.engines import ENGINES
from voicecoach.errors import ScriptError
from voicecoach.interrupts import load_whole
from voicecoach.routine import LEVELS, MusicChoice
from voicecoach.script.keys import PACES, default_duck, default_music_gain, find
from voicecoach.sound.target import LOUDEST_LUFS, QUIETEST_LUFS, TARGET_LUFS
from voicecoach.source import COMMAND_LINE, Problem
from voicecoach.units import SECOND, Milliseconds

LONGEST_LEAD_IN: Milliseconds = 30 * SECOND

_COMMANDS: Mapping[str, tuple[str, str]] = {
    "check": ("report every mistake of every script at once", "voicecoach check my-routine.coach.yaml"),
    "plan": ("show what is heard when", "voicecoach plan feet-morning --level steady"),
    "explain": ("show every dose, default and decision, and why", "voicecoach explain feet-morning --at 2:21"),
    "play": ("play a session now, hands-free", "voicecoach play feet-morning"),
    "render": ("write an audio file for the phone", "voicecoach render feet-morning -o morning.m4a"),
    "listen": ("check that a sound file says what its plan says", "voicecoach listen morning.m4a --plan plan.json"),
    "serve": ("offer sessions to the phones of the home network", "voicecoach serve feet-morning"),
    "record": ("put lines into your own voice", "voicecoach record feet-morning --mic"),
    "list": ("list the routines that can be named", "voicecoach list"),
    "show": ("show equipment, cautions, exercises and length of a routine", "voicecoach show feet-evening"),
    "new": ("write a commented starter script", "voicecoach new my-routine.coach.yaml"),
    "strings": ("write or update the translation of a script", "voicecoach strings my-routine.coach.yaml --lang de"),
    "voices": ("list, add, try and choose voices", "voicecoach voices add de_DE-thorsten-medium"),
    "tones": ("list the built-in sounds", "voicecoach tones"),
    "devices": ("list the sound devices", "voicecoach devices"),
    "config": ("show or change what you chose for all sessions", "voicecoach config level steady"),
    "history": ("show past sessions", "voicecoach history --calendar"),
    "doctor": ("check what works on this machine, with fixes", "voicecoach doctor"),
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The parsed command line; `command` is the function to call. Exits with 2 if it makes no sense."""
    parser = _Parser(
        prog="voicecoach",
        description="Voice-guided sessions from a short text script, exact to the millisecond.",
        epilog="first steps:\n  voicecoach list\n  voicecoach show feet-morning\n  voicecoach render feet-morning",
        formatter_class=_Help,
    )
    parser.add_argument("--version", action="version", version=f"voicecoach {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", parser_class=_Parser)
    build: Mapping[str, Callable[[argparse.ArgumentParser], None]] = {
        "check": _check,
        "plan": _plan,
        "explain": _explain,
        "play": _play,
        "render": _render,
        "listen": _listen,
        "serve": _serve,
        "record": _record,
        "list": lambda _: None,
        "show": _show,
        "new": _new,
        "strings": _strings,
        "voices": _voices,
        "tones": lambda _: None,
        "devices": _devices,
        "config": _config,
        "history": _history,
        "doctor": _doctor,
    }
    at_home = not arguments and all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))
    arguments = ["play"] if at_home else arguments
    wanted = arguments[:1] if arguments and arguments[0] in build else list(build)
    for name, (what, example) in _COMMANDS.items():
        if name not in wanted:
            continue
        command = commands.add_parser(
            name,
            help=what,
            description=what[0].upper() + what[1:] + ".",
            epilog=f"example:\n  {example}",
            formatter_class=_Help,
        )
        build[name](command)
        command.set_defaults(command=_lazily(name), command_name=name)
    parser.set_defaults(command=lambda _: _help(parser))
    return parser.parse_args(list(arguments))


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; asked for by every option, so it is measured without further modules."""

    def __init__(self, prog: str) -> None:
        try:
            width = os.get_terminal_size().columns - 2
        except (OSError, ValueError):
            width = 78
        super().__init__(prog, width=max(width, 40))


class _Parser(argparse.ArgumentParser):
    """Options may not be shortened: a later option would silently change what a short one means."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, allow_abbrev=False)


def _lazily(name: str) -> Callable[[argparse.Namespace], int]:
    """The command's function, imported only when it is called."""

    def call(chosen: argparse.Namespace) -> int:
        home = {"list": "routines", "show": "routines", "new": "routines"}.get(name, name)
        load_whole(f"voicecoach.cli.{home}")
        function: Callable[[argparse.Namespace], int] = getattr(sys.modules[f"voicecoach.cli.{home}"], name)
        return function(chosen)

    return call


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="a script, or the id of a routine")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text", help="default: text, to stderr")
    parser.add_argument("--strict", action="store_true", help="exit with 1 if there are warnings")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="set a parameter")
    parser.add_argument("--lang", type=_tag, metavar="L", help="check the session in this language, such as de")
    _limits(parser)


def _plan(parser: argparse.ArgumentParser) -> None:
    _routine(parser)
    parser.add_argument("--json", action="store_true", help="the timeline as JSON")
    parser.add_argument("--estimate", action="store_true", help="estimate the speech instead of measuring it")
    _session(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    _routine(parser)
    parser.add_argument("--at", metavar="TIME", help="only what is decided around this moment, such as 2:21")
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    parser.add_argument("--estimate", action="store_true", help="estimate the speech instead of measuring it")
    _session(parser)


def _play(parser: argparse.ArgumentParser) -> None:
    what = "a script, or the id of a routine; without it, all routines are shown to choose from"
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help=what)
    parser.add_argument("--plain", action="store_true", help="plain lines instead of a full screen")
    parser.add_argument("--from", dest="begin", metavar="TIME", help="begin there, such as 2:21")
    parser.add_argument("--resume", action="store_true", help="go on where this session was left")
    parser.add_argument("--device", metavar="D", help="the sound device; `voicecoach devices` lists them")
    parser.add_argument("--volume", type=_volume, metavar="0..100", help="how loud, in per cent")
    _session(parser)
    _music(parser)


def _devices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    parser.add_argument("--test", metavar="D", help="play the start tone on a device")


def _render(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routines", nargs="+", metavar="ROUTINE", help="a script, or the id of a routine")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE or DIR",
        help="where to write; the suffix names the format: .m4a .m4b .mp3 .opus .ogg .flac .wav .html"
        " (default: ID.m4a here)",
    )
    what = "one file an exercise and a playlist, in a folder named like the file without its suffix"
    parser.add_argument("--split", action="store_true", help=what)
    _cover(parser)
    parser.add_argument(
        "--captions",
        type=_captions,
        default=(),
        metavar="KINDS",
        help="files of captions beside the audio file: any of vtt,srt,lrc, or all",
    )
    _session(parser)
    _music(parser)
    group = parser.add_argument_group("sound")
    what = "how loud the speech is, from -31 to -14 (default: -19, which measures -16 in stereo)"
    group.add_argument("--loudness", type=_loudness, metavar="LUFS", default=TARGET_LUFS, help=what)
    what = "an inaudible noise of this length before the session, for Bluetooth devices that swallow the first word"
    group.add_argument("--lead-in", metavar="TIME", help=what)


def _cover(parser: argparse.ArgumentParser) -> None:
    what = "a JPEG or PNG as the cover (default: one drawn for the session)"
    picture = parser.add_mutually_exclusive_group()
    picture.add_argument("--cover", metavar="FILE", help=what)
    picture.add_argument("--no-cover", action="store_true", help="no cover")


def _listen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a sound file of the session, of any usual format")
    what = "what should be heard, as `voicecoach plan ROUTINE --json` prints it with the same options"
    parser.add_argument("--plan", metavar="PLAN", required=True, help=what)
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    what = "how long the file sounds before the session begins, such as 1s"
    parser.add_argument("--lead-in", metavar="TIME", help=what)


def _music(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("music")
    how = group.add_mutually_exclusive_group()
    how.add_argument("--music", metavar="FILE", help="music under the session; wins over what the script says")
    how.add_argument("--no-music", action="store_true", help="without the script's music")
    what = f"how loud the music is in pauses, in dB against speech (default: {default_music_gain()})"
    group.add_argument("--music-gain", type=_music_gain, metavar="-60..0", help=what)


def _serve(parser: argparse.ArgumentParser) -> None:
    what = "a script, or the id of a routine; without it, every routine that `voicecoach list` shows"
    parser.add_argument("routines", nargs="*", metavar="ROUTINE", help=what)
    parser.add_argument("--host", metavar="ADDRESS", help="the one address to listen at (default: the home network's)")
    parser.add_argument("--port", type=_port, default=0, metavar="N", help="the port (default: one that is free)")
    parser.add_argument(
        "--format", action="append", metavar="SUFFIX", help="sound files beside the page, such as mp3 (default: m4a)"
    )
    _cover(parser)
    _session(parser)


def _record(parser: argparse.ArgumentParser) -> None:
    from voicecoach.cli.record_arguments import record_arguments

    record_arguments(parser)
    _session(parser, takes=False)


def _show(parser: argparse.ArgumentParser) -> None:
    _routine(parser)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="set a parameter")
    parser.add_argument("--lang", type=_tag, metavar="L", help="show it in this language, such as de")
    _limits(parser)


def _new(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="the script to write; a file that exists is never touched")


def _strings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="a script or library; the translation is written beside it")
    parser.add_argument("--lang", metavar="L", required=True, help="the language to translate into, such as de")
    parser.add_argument("--allow-outside", action="store_true", help="let the script include files outside its folder")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def _voices(parser: argparse.ArgumentParser) -> None:
    from voicecoach.cli.voices_arguments import voices_arguments

    voices_arguments(parser, _Help, _pace)


def _config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", nargs="?", metavar="KEY", help="a setting, such as level or stages.arch-lift")
    parser.add_argument("value", nargs="?", metavar="VALUE", help="its new value; a list is separated by commas")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--unset", metavar="KEY", help="forget a setting")
    how.add_argument("--path", action="store_true", help="print only where the file is")
    how.add_argument("--json", action="store_true", help="the same as JSON")


def _history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--routine", metavar="ID", help="only the sessions of this routine")
    parser.add_argument("--limit", type=_limit, metavar="N", help="only the newest N")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--calendar", action="store_true", help="the last 26 weeks as a picture")
    how.add_argument("--json", action="store_true", help="everything that is kept, as JSON")
    how.add_argument("--csv", action="store_true", help="the same as CSV, for spreadsheets")


def _routine(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("routine", metavar="ROUTINE", help="a script, or the id of a routine")


def _limits(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--max-length", metavar="TIME", help="the longest session allowed, such as 5h (default: 3h)")
    parser.add_argument("--allow-outside", action="store_true", help="let the script include files outside its folder")


def _session(parser: argparse.ArgumentParser, *, takes: bool = True) -> None:
    group = parser.add_argument_group("session")
    group.add_argument("--level", choices=tuple(LEVELS), help="how much to do (default: what the script says)")
    group.add_argument("--dial", type=_dial, metavar="0..100", help="the same in per cent; wins over --level")
    group.add_argument("--stage", action="append", default=[], metavar="EXERCISE=STAGE", help="choose a stage")
    group.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="set a parameter")
    group.add_argument("--without", action="append", default=[], metavar="ITEM", help="equipment that is not there")
    group.add_argument("--side", choices=("left", "right"), help="the side that goes first")
    group.add_argument("--lang", type=_tag, metavar="L", help="the language to speak, such as de or en-GB")
    group.add_argument("--guidance", choices=("full", "brief", "minimal"), help="how much to explain")
    group.add_argument("--engine", choices=ENGINES, help="who speaks (default: auto, the best for the language)")
    group.add_argument("--voice", metavar="V", help="the voice, such as en-us-female; see `voicecoach voices`")
    group.add_argument("--pace", type=_pace, metavar="P", help="slow, normal, brisk, or words a minute (80 to 300)")
    if takes:
        whose = group.add_mutually_exclusive_group()
        whose.add_argument("--takes", metavar="NAME", help="the recorded lines to use; `voicecoach record` makes them")
        whose.add_argument("--no-takes", action="store_true", help="no recorded lines, whatever the settings say")
    _limits(parser)


def session_options(chosen: argparse.Namespace) -> Options:
    """The compiler's options from the command line; raises ScriptError for what cannot be read."""
    dial = LEVELS[chosen.level] if chosen.level else None
    return Options(
        dial=dial if chosen.dial is None else chosen.dial,
        stages=pairs(chosen.stage, "--stage", "EXERCISE=STAGE"),
        settings=pairs(chosen.set, "--set", "NAME=VALUE"),
        without=frozenset(word.strip() for item in chosen.without for word in item.split(",") if word.strip()),
        side=chosen.side,
        lang=chosen.lang,
        guidance=chosen.guidance,
        voice=chosen.voice or "",
        wpm=chosen.pace,
        max_length=longest(chosen),
        music=_music_file(chosen),
        music_gain=getattr(chosen, "music_gain", None),
        no_music=getattr(chosen, "no_music", False),
    )


def _music_file(chosen: argparse.Namespace) -> MusicChoice | None:
    """`--music`, where a command has it."""
    path: str | None = getattr(chosen, "music", None)
    return None if path is None else MusicChoice(path, default_music_gain(), default_duck(), COMMAND_LINE)


def lead_in(chosen: argparse.Namespace) -> Milliseconds:
    """`--lead-in` in milliseconds; raises ScriptError if it is no duration, or too long to be meant."""
    if chosen.lead_in is None:
        return 0
    found = duration(chosen.lead_in)
    if found is None or found > LONGEST_LEAD_IN:
        what = f"--lead-in {chosen.lead_in}: this is not a duration up to {LONGEST_LEAD_IN // SECOND} s"
        raise _wrong(what, "write for example  --lead-in 1s")
    return found


def pairs(written: Sequence[str], option: str, form: str) -> dict[str, str]:
    """`NAME=VALUE` options as a mapping; raises ScriptError for one without `=`."""
    found: dict[str, str] = {}
    for text in written:
        name, equals, value = text.partition("=")
        if not (equals and name.strip() and value.strip()):
            raise _wrong(f"{option} {text}: this is not {form}", f"write  {option} {form}")
        found[name.strip()] = value.strip()
    return found


def longest(chosen: argparse.Namespace) -> Milliseconds:
    """`--max-length` in milliseconds; raises ScriptError if it is no duration."""
    if chosen.max_length is None:
        return MAX_LENGTH
    found = duration(chosen.max_length)
    if not found:
        raise _wrong(f"--max-length {chosen.max_length}: this is not a duration", "write for example  --max-length 5h")
    return found


def duration(text: str) -> Milliseconds | None:
    """One duration as scripts write it, in milliseconds; None if it is none."""
    from voicecoach.script.durations import milliseconds_of

    return milliseconds_of(text)


def _wrong(what: str, fix: str) -> ScriptError:
    return ScriptError([Problem("error", "E044", COMMAND_LINE, what, fix=fix)])


def _tag(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*", text):
        raise argparse.ArgumentTypeError("a language is a tag such as de or pt-BR")
    return text


def _dial(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise argparse.ArgumentTypeError("the dial is a whole number from 0 to 100")
    return int(text)


def _loudness(text: str) -> float:
    if not (re.fullmatch(r"-[0-9]{1,2}(\.[0-9])?", text) and QUIETEST_LUFS <= float(text) <= LOUDEST_LUFS):
        raise argparse.ArgumentTypeError(f"the loudness is a number from {QUIETEST_LUFS:g} to {LOUDEST_LUFS:g}")
    return float(text)


def _music_gain(text: str) -> int:
    row = find("music", "gain")
    if not (re.fullmatch(r"-?[0-9]{1,2}", text) and row.least <= int(text) <= row.most):
        raise argparse.ArgumentTypeError(f"the gain of music is a whole number from {row.least} to {row.most}")
    return int(text)


def _volume(text: str) -> int:
    if not text.isdecimal() or int(text) > 100:
        raise argparse.ArgumentTypeError("the volume is a whole number from 0 to 100")
    return int(text)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) < 65_536):
        raise argparse.ArgumentTypeError("the port is a whole number from 0 to 65535")
    return int(text)


CAPTIONS = ("vtt", "srt", "lrc")


def _captions(text: str) -> tuple[str, ...]:
    kinds = [word.strip().lower().removeprefix(".") for word in text.split(",") if word.strip()]
    if not kinds or not {*kinds} <= {*CAPTIONS, "all"}:
        raise argparse.ArgumentTypeError(f"captions are any of {','.join(CAPTIONS)}, or all")
    return tuple(kind for kind in CAPTIONS if kind in kinds or "all" in kinds)


_NEVER_SO_MANY = 10**9


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and text.strip("0")):
        raise argparse.ArgumentTypeError("the limit is a whole number from 1 on")
    return min(int(text[:12]), _NEVER_SO_MANY)


def _pace(text: str) -> int:
    if text in PACES:
        return PACES[text]
    if text.isdecimal() and 80 <= int(text) <= 300:
        return int(text)
    raise argparse.ArgumentTypeError("the pace is slow, normal, brisk, or 80 to 300 words a minute")
