"""`voicecoach voices list --catalogue`: the natural voices that can be added."""

import argparse
import json

from voicecoach import locations
from voicecoach.catalogue.listing import HOME, Listed, fetch_list, of_language
from voicecoach.cli import DONE, WRONG, terminal
from voicecoach.report import plain
from voicecoach.script.suggest import listed as named
from voicecoach.speech.piper_installed import installed


def show(chosen: argparse.Namespace) -> int:
    """Fetches the list and prints it; raises DownloadError."""
    home = chosen.home or HOME
    terminal.say(f"asking {plain(home)}")
    everything = fetch_list(home)
    rows = of_language(everything, chosen.lang) if chosen.lang else everything
    here = {voice.id for voice in installed(locations.voices_dir())}
    if chosen.json:
        terminal.out(json.dumps([_document(row, row.name in here) for row in rows], indent=2, ensure_ascii=False))
    else:
        for row in rows:
            terminal.out(_line(row, row.name in here))
    if not rows:
        languages = dict.fromkeys(row.lang.partition("-")[0] for row in everything)
        terminal.say(f"the catalogue has no voice of language {plain(chosen.lang)}; it has {named(languages, 99)}")
        return WRONG
    terminal.say("get one:  voicecoach voices add NAME   (its licence is shown before it is fetched)")
    return DONE


def described(row: Listed) -> str:
    """A voice in words: language, quality, speakers and size."""
    speakers = f", {row.speakers} speakers" if row.speakers > 1 else ""
    return f"{plain(row.language)}, {plain(row.quality)} quality{speakers}, {row.size / 1e6:.0f} MB"


def _line(row: Listed, is_here: bool) -> str:
    return f"{row.name:<36}  {described(row)}{'; installed' if is_here else ''}"


def _document(row: Listed, is_here: bool) -> dict[str, object]:
    return {
        "voice": row.name,
        "language": row.lang,
        "title": row.language,
        "quality": row.quality,
        "speakers": row.speakers,
        "bytes": row.size,
        "installed": is_here,
    }
