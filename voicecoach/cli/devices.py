"""`voicecoach devices`: what sound can come out of, and the way to hear it."""

import argparse
import json
import time

from voicecoach.cli import DONE, MISSING, terminal
from voicecoach.errors import DeviceError
from voicecoach.interrupts import load_whole
from voicecoach.output.backends import choose
from voicecoach.output.listing import Listed, listing
from voicecoach.output.process import AudioProcess
from voicecoach.report import plain
from voicecoach.timeline import Sound
from voicecoach.units import MIX_RATE, SECOND, milliseconds

_OPEN_WITHIN = 10.0
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
    choice = choose(wanted)
    output = AudioProcess(choice.backend, choice.device)
    try:
        sound = _start_tone()
        name = output.wait_open(_OPEN_WITHIN)
        output.write(sound)
        terminal.say(f"playing the start tone on {plain(name)}")
        _wait_for_the_end(output, len(sound) // 2)
    finally:
        output.close()
    return DONE


def _wait_for_the_end(output: AudioProcess, end: int) -> None:
    """Until the device has taken everything and a little silence; raises DeviceError if it stops before."""
    patience = time.monotonic() + milliseconds(end, output.rate) / SECOND + _OPEN_WITHIN
    while output.place.frame < end or output.place.idle < output.rate // 5:
        if time.monotonic() > patience:
            raise DeviceError("the sound device opened, but does not play", "choose another one: voicecoach devices")
        time.sleep(0.02)


def _start_tone() -> bytes:
    load_whole("numpy")
    import numpy as np

    from voicecoach.sound.tones import tone
    from voicecoach.sound.toneset import DEFAULTS, natural_length

    name = DEFAULTS[_TONE]
    clip = tone(Sound(name), natural_length(name), MIX_RATE)
    pcm: bytes = (np.clip(clip.samples, -1, 1) * 32767).astype("<i2").tobytes()
    return pcm
