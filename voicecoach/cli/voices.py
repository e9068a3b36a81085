"""`voicecoach voices`: which voices there are, and what can be done with them."""

import argparse
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from voicecoach import locations
from voicecoach.cli import DONE, MISSING, terminal
from voicecoach.interrupts import load_whole
from voicecoach.report import plain
from voicecoach.settings.reading import load
from voicecoach.speech.choice import TABLE
from voicecoach.speech.listing import listing
from voicecoach.speech.piper_card import licence_in
from voicecoach.speech.piper_installed import look

_HINTS = (
    "hear one:      voicecoach voices try VOICE",
    "choose one:    voicecoach play ROUTINE --voice VOICE",
    "remember it:   voicecoach voices default VOICE",
    "get another:   voicecoach voices list --catalogue --lang de, then  voicecoach voices add NAME",
)


class Row(NamedTuple):
    """One installed voice; `trouble` says what is wrong with one that cannot speak."""

    voice: str
    language: str
    gender: str
    engine: str
    title: str
    licence: str = ""
    default: bool = False
    trouble: str = ""


def voices(chosen: argparse.Namespace) -> int:
    """Does what the action says; without one, lists the installed voices."""
    actions: Mapping[str, tuple[str, str]] = {
        "add": ("voices_add", "add"),
        "try": ("voices_try", "try_voice"),
        "default": ("voices_default", "default"),
        "remove": ("voices_default", "remove"),
    }
    if chosen.action in actions:
        module, name = actions[chosen.action]
        load_whole(f"voicecoach.cli.{module}")
        import sys

        act: Callable[[argparse.Namespace], int] = getattr(sys.modules[f"voicecoach.cli.{module}"], name)
        return act(chosen)
    if chosen.catalogue:
        from voicecoach.cli.voices_catalogue import show

        return show(chosen)
    return _installed(chosen)


def _installed(chosen: argparse.Namespace) -> int:
    rows = [
        row
        for row in _rows()
        if (chosen.lang is None or _speaks(row, chosen.lang)) and chosen.engine in {None, row.engine}
    ]
    if chosen.json:
        terminal.out(json.dumps([row._asdict() for row in rows], indent=2, ensure_ascii=False))
    else:
        _print(rows)
    if any(not row.trouble for row in rows):
        return DONE
    if chosen.lang is not None:
        terminal.say(f"no voice of language {plain(chosen.lang)} is installed")
        terminal.say(f"  fix: voicecoach voices list --catalogue --lang {plain(chosen.lang)}")
    return MISSING


def _rows() -> list[Row]:
    """Natural voices first, then those that are built in, then those of the system."""
    defaults = {name.casefold() for name in load().settings.voices.values()}
    found = look(locations.voices_dir())
    rows = [
        Row(one.id, one.lang, "", "piper", one.title, licence_in(one.folder), one.id.casefold() in defaults)
        for one in found.voices
    ]
    rows += [Row(name, "", "", "piper", "", trouble=error.what) for name, error in found.broken.items()]
    for listed in listing([row for row in TABLE if row.name != "piper"]):
        rows += [
            Row(one.id, one.lang, one.gender, listed.engine, one.title, default=one.id.casefold() in defaults)
            for one in listed.voices
        ]
        if listed.trouble:
            rows.append(Row("", "", "", listed.engine, "", trouble=f"{listed.trouble}; fix: {listed.fix}"))
    return rows


def _print(rows: list[Row]) -> None:
    if rows:
        heads = ("voice", "language", "gender", "engine", "")
        cells = [heads, *((row.voice, row.language, row.gender or "-", row.engine, _words(row)) for row in rows)]
        widths = [max(len(cell[column]) for cell in cells) for column in range(4)]
        for cell in cells:
            line = "  ".join(f"{plain(text):<{width}}" for text, width in zip(cell, [*widths, 0], strict=True))
            terminal.out(line.rstrip())
    for hint in _HINTS:
        terminal.say(hint)


def _words(row: Row) -> str:
    if row.trouble:
        return f"cannot speak: {row.trouble}"
    licence = f"licence: {row.licence}" if row.licence else ""
    return "; ".join(word for word in (row.title, licence, "default" if row.default else "") if word)


def _speaks(row: Row, lang: str) -> bool:
    wanted = lang.replace("_", "-").casefold()
    return wanted in {row.language.casefold(), row.language.partition("-")[0].casefold()}
