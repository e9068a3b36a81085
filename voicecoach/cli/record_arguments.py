"""The words of `voicecoach record`."""

import argparse
import re


def record_arguments(parser: argparse.ArgumentParser) -> None:
    """Adds them; the session options come beside them, because they decide what is said."""
    parser.add_argument("routine", metavar="ROUTINE", nargs="?", help="a script, or the id of a routine")
    what = "whose voice it is: a name for takes that belong together (default: that of the settings, else own)"
    parser.add_argument("--takes", metavar="NAME", help=what)
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--sheet", metavar="FILE", help="write the lines into a text file to read from")
    how.add_argument("--import", dest="folder", metavar="FOLDER", help="take in sound files named by number or words")
    how.add_argument("--mic", action="store_true", help="record line by line from a microphone")
    how.add_argument("--list", action="store_true", help="list all takes there are, or those of --takes")
    what = "remove takes: numbers of lines of ROUTINE, else ids of --list, or all; separated by commas"
    how.add_argument("--remove", metavar="WHICH", help=what)
    parser.add_argument("--lines", type=numbers, metavar="WHICH", help="only these lines with --mic, such as 3,7-9")
    parser.add_argument(
        "--device", metavar="D", default="", help="the microphone with --mic; a part of its name will do"
    )
    parser.add_argument("--json", action="store_true", help="the same as JSON")


def numbers(text: str) -> frozenset[int]:
    """`3,7-9` as numbers."""
    found: set[int] = set()
    for part in text.split(","):
        ends = re.fullmatch(r"\s*(\d{1,5})\s*(?:-\s*(\d{1,5})\s*)?", part)
        if ends is None or not int(ends[1]) <= int(ends[2] or ends[1]):
            raise argparse.ArgumentTypeError("lines are numbers such as 3 or 3,7-9")
        found.update(range(int(ends[1]), int(ends[2] or ends[1]) + 1))
    return frozenset(found)
