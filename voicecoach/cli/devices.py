"""`voicecoach devices`: what sound can come out of, and the way to hear it."""

import argparse
import json

from voicecoach.cli import DONE, MISSING, terminal
from voicecoach.cli.hearing import hear
from voicecoach.interrupts import load_whole
from voicecoach.output.backends import choose
from voicecoach.output.listing import Listed, listing
from voicecoach.report import plain
from voicecoach.timeline import Sound
from voicecoach.units import MIX_RATE

_TONE = "start"


def devices(chosen: argparse.Namespace) -> int:
    """Lists every sound device by backend, or plays the start tone on one."""
    if chosen.test is not None:
        return _test(chosen.test)
    found = listing()
    if chosen.json:
        terminal.out(json.dumps([one._asdict() for one in found], indent=2, ensure_ascii=False))
    else:
        _print(found)
    return DONE if any(one.devices for one in found if one.backend != "null") else MISSING


def _print(found: tuple[Listed, ...]) -> None:
    for one in found:
        mark = "  (default)" if one.default else ""
        terminal.out(f"{one.backend}{mark}: {one.what}")
        for device in one.devices if one.backend != "null" else ():
            terminal.out(f"  {plain(device)}")
        if not one.devices and not one.trouble:
            terminal.out("  no device")
        if one.trouble:
            terminal.out(f"  {plain(one.trouble)}")
            terminal.out(f"  fix: {plain(one.fix)}")
    if not any(one.devices for one in found if one.backend != "null"):
        terminal.say("no sound device: --device null plays without sound, voicecoach render makes a file")
        return
    terminal.say("hear one:      voicecoach devices --test NAME")
    terminal.say("choose one:    voicecoach play ROUTINE --device NAME   (a part of the name will do)")
    terminal.say("remember it:   voicecoach config device NAME")
    terminal.say("of another sound library:  --device sdl  or  --device sdl:NAME")


def _test(wanted: str) -> int:
    """Plays the start tone; raises DeviceError if the device does not open."""
    hear(_start_tone(), choose(wanted), "the start tone")
    return DONE


def _start_tone() -> bytes:
    load_whole("numpy")
    import numpy as np

    from voicecoach.sound.tones import tone
    from voicecoach.sound.toneset import DEFAULTS, natural_length

    name = DEFAULTS[_TONE]
    clip = tone(Sound(name), natural_length(name), MIX_RATE)
    pcm: bytes = (np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes()
    return pcm
