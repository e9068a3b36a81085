"""The words of `voicecoach voices`."""

import argparse
from collections.abc import Callable, Mapping

from voicecoach.engines import ENGINES

_ACTIONS: Mapping[str, tuple[str, str]] = {
    "list": ("list the voices that are installed, or those that can be added", "voicecoach voices list --lang de"),
    "add": (
        "get a natural voice from the internet, or take one from a file",
        "voicecoach voices add de_DE-thorsten-medium",
    ),
    "try": ("hear a voice", "voicecoach voices try en-us-female"),
    "default": ("show or choose the voice of a language", "voicecoach voices default de_DE-thorsten-medium"),
    "remove": ("remove a voice that was added", "voicecoach voices remove de_DE-thorsten-medium"),
}


def voices_arguments(
    parser: argparse.ArgumentParser, formatter: type[argparse.HelpFormatter], pace: Callable[[str], int]
) -> None:
    """Adds the actions and their options; without an action, the installed voices are listed."""
    _list(parser, pace)
    actions = parser.add_subparsers(title="actions", metavar="ACTION", dest="action", parser_class=type(parser))
    build = {"list": _list, "add": _add, "try": _try, "default": _default, "remove": _remove}
    for name, (what, example) in _ACTIONS.items():
        action = actions.add_parser(
            name,
            help=what,
            description=what[0].upper() + what[1:] + ".",
            epilog=f"example:\n  {example}",
            formatter_class=formatter,
        )
        build[name](action, pace)


def _list(parser: argparse.ArgumentParser, _pace: Callable[[str], int]) -> None:
    parser.add_argument("--lang", metavar="L", help="only those of a language, such as de or en-GB")
    speaking = [name for name in ENGINES if name not in {"auto", "silent"}]
    parser.add_argument("--engine", choices=speaking, help="only those of one speech engine")
    what = "the natural voices that can be added; asks huggingface.co, the only listing that uses the network"
    parser.add_argument("--catalogue", action="store_true", help=what)
    _home(parser)
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def _add(parser: argparse.ArgumentParser, _pace: Callable[[str], int]) -> None:
    what = "a voice of the catalogue, or a file NAME.onnx with NAME.onnx.json beside it"
    parser.add_argument("voice", metavar="NAME or FILE", help=what)
    _home(parser)


def _try(parser: argparse.ArgumentParser, pace: Callable[[str], int]) -> None:
    parser.add_argument("voice", metavar="VOICE", help="a voice of `voicecoach voices list`; a speaker follows a #")
    parser.add_argument("text", metavar="TEXT", nargs="?", help="what to say (default: a sentence in its language)")
    parser.add_argument("--pace", type=pace, metavar="P", help="slow, normal, brisk, or words a minute (80 to 300)")
    parser.add_argument("--device", metavar="D", default="", help="the sound device; `voicecoach devices` lists them")


def _default(parser: argparse.ArgumentParser, _pace: Callable[[str], int]) -> None:
    how = parser.add_mutually_exclusive_group()
    how.add_argument("voice", metavar="VOICE", nargs="?", help="the voice to take for its language from now on")
    how.add_argument("--forget", metavar="L", help="let the best installed voice of this language speak again")


def _remove(parser: argparse.ArgumentParser, _pace: Callable[[str], int]) -> None:
    parser.add_argument("voice", metavar="VOICE", help="a voice that was added")


def _home(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="home", metavar="URL", help="where the catalogue is, if not at huggingface.co")
